# example.mk: the whole Makefile of an example is `include ../example.mk`.
#
#     make -C examples/NAME          generates the C, compiles it and runs it
#     make -C examples/NAME clean
#
# Each NAME.expr of the folder becomes NAME_grad.c and NAME_grad.h; with main.c they are the
# program. What is made goes to OUT. BPGEN, CC, CFLAGS and OUT are yours to set.

ROOT := $(dir $(lastword $(MAKEFILE_LIST)))..
NAME := $(notdir $(CURDIR))
BUILD ?= $(ROOT)/build
BPGEN ?= $(BUILD)/bpgen
OUT ?= $(BUILD)/examples/$(NAME)
CFLAGS ?= -O2

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wdouble-promotion \
    -Wstrict-prototypes -Wmissing-prototypes -Werror
# A bpgen that is a file, not a name to be found on the PATH, is waited for.
TOOL := $(filter %/bpgen,$(BPGEN))
MODELS := $(sort $(basename $(wildcard *.expr)))
SOURCES := $(MODELS:%=$(OUT)/%_grad.c)
HEADERS := $(MODELS:%=$(OUT)/%_grad.h)

.PHONY: run clean
.DELETE_ON_ERROR:

run: $(OUT)/$(NAME)
	@$<

$(OUT)/$(NAME): main.c $(wildcard *.h ../*.h) $(SOURCES) $(HEADERS)
	$(CC) -std=c99 $(CFLAGS) $(WARNINGS) -I$(OUT) $(HEADERS:%=-include %) -o $@ main.c $(SOURCES) -lm

$(OUT)/%_grad.c: %.expr $(TOOL)
	@mkdir -p $(@D)
	$(BPGEN) -o $@ $<

$(OUT)/%_grad.h: %.expr $(TOOL)
	@mkdir -p $(@D)
	$(BPGEN) --emit=header -o $@ $<

$(ROOT)/build/bpgen:
	$(MAKE) -C $(ROOT)

clean:
	rm -rf $(OUT)
