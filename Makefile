# bpgen: make, make install, make demo, make check, make layers, make sanitize, make fault, make fuzz,
# make pairwise, make variants, make reals, make same, make mutate, make cover, make analyze, make bless, make bench, make dist,
# make distcheck, make deb, make clean
#
# Sources are found by wildcard: adding a file, a template or a suite of unit tests takes no
# change here. All output goes to $(BUILD). CC, CFLAGS, LDFLAGS and WERROR are yours to set.

BUILD ?= build
CFLAGS ?= -O2 -g
WERROR ?= -Werror
LEMON ?= lemon
RE2C ?= re2c
# Sees that tools and libraries are there; BOOTSTRAP=: if somebody else has.
BOOTSTRAP ?= ./bootstrap

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
# Generated code is held to less.
RELAXED := -Wno-conversion -Wno-sign-conversion -Wno-sign-compare -Wno-shadow \
    -Wno-missing-prototypes -Wno-unused-parameter -Wno-unused-variable \
    -Wno-unused-but-set-variable -Wno-implicit-fallthrough -Wno-type-limits
COMPILE = $(CC) -std=c11 $(WARNINGS) $(WERROR) -Isrc -I$(BUILD)/gen -D_XOPEN_SOURCE=700 \
    -MMD -MP $(CPPFLAGS) $(CFLAGS)
LIBS := -lmpfr -lgmp -lunistring -lm

SOURCES := $(filter-out src/cli/%,$(sort $(wildcard src/*/*.c)))
CLI := $(sort $(wildcard src/cli/*.c))
TEMPLATES := $(sort $(wildcard templates/*))
SUITES := $(sort $(wildcard tests/unit/test_*.c))
GENERATED := $(if $(wildcard grammar/lexer.re),lexer) $(if $(wildcard grammar/parser.y),parser) \
    $(if $(TEMPLATES),templates)
GENERATED_HEADERS := $(if $(wildcard grammar/parser.y),$(BUILD)/gen/parser.h)

OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o) $(GENERATED:%=$(BUILD)/obj/gen/%.o)
CLI_OBJECTS := $(CLI:%.c=$(BUILD)/obj/%.o)
UNIT_OBJECTS := $(SUITES:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/tests/unit/main.o
READY := $(BUILD)/ready
TESTS_READY := $(BUILD)/tests-ready

.PHONY: all demo check pairwise variants reals same random random-arrays random-recurrences random-guards random-triangles random-stationary random-checks break-rows depth fault replays libfuzzer fuzz mutate cover analyze layers sanitize bless bench bench-size clean
.DELETE_ON_ERROR:

all: $(BUILD)/bpgen share

# ---- tools and libraries --------------------------------------------------------------------

$(READY): bootstrap
	@mkdir -p $(@D)
	@$(BOOTSTRAP) build
	@touch $@

$(TESTS_READY): bootstrap
	@mkdir -p $(@D)
	@$(BOOTSTRAP) tests
	@touch $@

# ---- generated sources ----------------------------------------------------------------------

$(BUILD)/gen/lexer.c: grammar/lexer.re | $(READY)
	@mkdir -p $(@D)
	$(RE2C) -W --utf-8 --no-debug-info --no-generation-date -o $@ $<

LEMON_TEMPLATE := $(wildcard /usr/share/lemon/lempar.c)
$(BUILD)/gen/parser.c: grammar/parser.y | $(READY)
	@mkdir -p $(@D)
	$(LEMON) -l $(LEMON_TEMPLATE:%=-T%) -d$(@D) $<

$(BUILD)/gen/parser.h: $(BUILD)/gen/parser.c
	@touch $@

$(BUILD)/gen/templates.c: tools/embed templates $(TEMPLATES) | $(READY)
	@mkdir -p $(@D)
	sh tools/embed $(TEMPLATES) > $@

# One line `SUITE(name)` a file tests/unit/test_name.c; written anew when files come or go.
$(BUILD)/gen/suites.h: tests/unit
	@mkdir -p $(@D)
	@printf 'SUITE(%s)\n' $(SUITES:tests/unit/test_%.c=%) > $@

# ---- objects, library, command --------------------------------------------------------------

$(BUILD)/obj/src/%.o: src/%.c | $(READY) $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c | $(READY) $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(COMPILE) $(RELAXED) -c -o $@ $<

$(BUILD)/libbpgen.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/bpgen: $(CLI_OBJECTS) $(BUILD)/libbpgen.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

include integrations/install.mk integrations/dist.mk

# ---- tests ----------------------------------------------------------------------------------

$(BUILD)/obj/tests/%.o: tests/%.c | $(TESTS_READY) $(READY) $(BUILD)/gen/suites.h
	@mkdir -p $(@D)
	$(COMPILE) -Wno-gnu-zero-variadic-macro-arguments $$(pkg-config --cflags check) -c -o $@ $<

$(BUILD)/unit: $(UNIT_OBJECTS) $(BUILD)/libbpgen.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $$(pkg-config --libs check) $(LIBS)

# The command with everything in it that can fail replaced by tests/fault/fault.c, which makes it.
FAULTS := malloc calloc realloc ctx_alloc u8_normalize open read write close mkstemp fchmod fsync \
    rename readlink stat fstat isatty fopen fread fwrite fflush fclose
comma := ,
MAINLESS := $(filter-out %/main.o,$(CLI_OBJECTS)) $(BUILD)/obj/main-renamed.o

$(BUILD)/obj/main-renamed.o: src/cli/main.c | $(READY) $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(COMPILE) -Wno-missing-prototypes -Dmain=bpgen_main -c -o $@ $<

$(BUILD)/fault: $(BUILD)/obj/tests/fault/fault.o $(MAINLESS) $(BUILD)/libbpgen.a
	$(CC) $(CFLAGS) $(LDFLAGS) $(FAULTS:%=-Wl$(comma)--wrap=%) -o $@ $^ $(LIBS)

# The fuzz harnesses, here with a main that runs files (tests/fuzz/replay.c).
HARNESSES := bytes models options
REPLAYS := $(HARNESSES:%=$(BUILD)/fuzz/%)
FUZZ_JUDGES := command c derivatives
FUZZ_COMMON := $(FUZZ_JUDGES:%=$(BUILD)/obj/tests/fuzz/%.o) $(MAINLESS) \
    $(BUILD)/libbpgen.a
replays: $(REPLAYS)
.SECONDARY: $(HARNESSES:%=$(BUILD)/obj/tests/fuzz/%.o)

$(BUILD)/obj/tests/fuzz/%.o: tests/fuzz/%.c | $(READY)
	@mkdir -p $(@D)
	$(COMPILE) -D_GNU_SOURCE -c -o $@ $<

$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/replay.o $(FUZZ_COMMON)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The same with libFuzzer in place of that main.
LIBFUZZER := $(HARNESSES:%=$(BUILD)/libfuzzer/%)
libfuzzer: $(LIBFUZZER)

$(BUILD)/libfuzzer/%: $(BUILD)/obj/tests/fuzz/%.o $(FUZZ_COMMON)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# Fuzzing for so many seconds a harness, quick ones and such with the sanitizers.
FUZZ_SECONDS ?= 60
FUZZED := -DBPGEN_VERIFY -g -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp
FENCED := -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=address,undefined
fuzz: replays
	@$(MAKE) --no-print-directory BUILD=build-quick CC=clang WERROR= CFLAGS='$(FUZZED) -O2' libfuzzer
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang WERROR= CFLAGS='$(FUZZED) $(FENCED)' \
	    libfuzzer
	@BUILD=$(BUILD) FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/campaign

# On all processors, unless make was told on how many.
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
check:
	+@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS)) \
	    all $(BUILD)/unit $(BUILD)/fault $(REPLAYS)
	@BUILD=$(BUILD) CC='$(CC)' JOBS=$(JOBS) tests/run

bless: all
	@BUILD=$(BUILD) CC='$(CC)' tests/run --bless

# The same tests with the address and undefined-behaviour sanitizers in.
SANITIZE := -DBPGEN_VERIFY -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:
	@SANITIZED=1 $(MAKE) --no-print-directory BUILD=build-sanitize WERROR= CFLAGS='$(SANITIZE)' check

# Random models against the oracle, as many as wanted: make random N=10000.
N ?= 1000
random: $(BUILD)/bpgen
	@BUILD=$(BUILD) CC='$(CC)' RANDOM_MODELS=$(N) tests/run oracle

# Random models of arrays; FIRST is the first seed: make random-arrays N=200 FIRST=1000.
FIRST ?= 1
random-arrays: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-arrays
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-arrays \
	    tests/arrays/run random $(FIRST) $(N)

# Random systems of recurrences likewise: make random-recurrences N=200 FIRST=1000.
random-recurrences: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-recurrences
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-recurrences \
	    tests/arrays/run recurrences $(FIRST) $(N)

# Such whose reads are guarded: what has nothing before it is said by conditions.
random-guards: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-guards
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-guards \
	    tests/arrays/run guards $(FIRST) $(N)

# Such within triangles, whose inner ranges depend on outer indices.
random-triangles: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-triangles
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-triangles \
	    tests/arrays/run triangles $(FIRST) $(N)

# Second derivatives of random models where all first ones are 0: make random-stationary N=50 FIRST=100.
random-stationary: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-stationary
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-stationary \
	    tests/arrays/run stationary $(FIRST) $(N)

# Random models with their own gradients as checks, right and with a wrong change.
random-checks: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/random-checks
	@BUILD=$(abspath $(BUILD)) CC='$(CC)' WORK=$(abspath $(BUILD))/test/random-checks \
	    tests/check/run gradients $(FIRST) $(N)

# Every pair of values of options that shape the C, with gcc and clang.
pairwise: $(BUILD)/bpgen
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' tests/pairwise/run --full

# Models as users write them: all kinds of derivatives, under options, with all compilers.
variants: $(BUILD)/bpgen
	@mkdir -p $(BUILD)/test/variants
	@BPGEN=$(abspath $(BUILD))/bpgen CC='$(CC)' WORK=$(abspath $(BUILD))/test/variants JOBS=$(JOBS) \
	    tests/variants/run --full

# All models in float and long double.
reals: $(BUILD)/bpgen
	@BPGEN=$(abspath $(BUILD))/bpgen tests/real/run --full

# The same bytes from builds by other compilers, and of 32 bits.
same: $(BUILD)/bpgen
	@CC='$(CC)' BPGEN=$(abspath $(BUILD))/bpgen tests/same/run --builds

# Each partial derivative of the operator table broken on purpose: does a test notice?
break-rows: $(BUILD)/bpgen
	@BUILD=$(abspath $(BUILD)) CC='$(CC)' tools/break-rows

# Small mistakes in tables and passes, N of each file: do the tests notice?
mutate: N = 20
mutate:
	@tools/mutate -n $(N)

# Which lines and branches the tests reach.
cover:
	@tools/cover

# The analyzers of gcc, clang and cppcheck.
analyze: | $(READY) $(GENERATED_HEADERS)
	@CC='$(CC)' BUILD=$(BUILD) tools/analyze

# Models a thousand to a million deep, on a small stack, with the time each takes.
depth: $(BUILD)/bpgen
	@BUILD=$(BUILD) tests/depth/run --all

# Each allocation and call made to fail, in turn; every STEPth of the allocations.
STEP ?= 1
fault: $(BUILD)/fault
	@BUILD=$(BUILD) STEP=$(STEP) tests/run fault

layers: | $(READY)
	@sh tools/layers

demo:
	+@MAKE='$(MAKE)' CC='$(CC)' sh tools/demo $(BUILD)

# No test: counts instructions, and takes the time.
bench: $(BUILD)/bpgen
	@BUILD=$(abspath $(BUILD)) tests/bench/run

# What large models cost: seconds and memory against size.
bench-size: $(BUILD)/bpgen
	@BPGEN=$(abspath $(BUILD))/bpgen WORK=$(abspath $(BUILD))/bench \
	    PYTHONDONTWRITEBYTECODE=1 python3 tests/bench/size.py

clean:
	rm -rf build build-* $(BUILD)

-include $(wildcard $(BUILD)/obj/tests/fuzz/*.d)
-include $(BUILD)/obj/main-renamed.d $(BUILD)/obj/tests/fault/fault.d
-include $(OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_OBJECTS:.o=.d)
