# bpgen.mk: rules that generate C from models, for Makefiles.
#
#     BPGEN_OUT = gen
#     include $(shell pkg-config --variable=makefile bpgen)
#
#     program: main.c gen/model_grad.c gen/model_grad.h
#             $(CC) -Igen -o $@ $(filter %.c,$^) -lm
#
# NAME_grad.c and NAME_grad.h are made from NAME.expr, in the folder BPGEN_OUT, or beside the
# Makefile without one, and again when the model, a file that it includes, or bpgen has changed.
# BPGEN, BPGENFLAGS (the options) and BPGEN_OUT are yours to set, BPGEN_OUT before the inclusion.
# GNU Make.

BPGEN ?= bpgen
BPGENFLAGS ?=
BPGEN_OUT ?=

bpgen_folder := $(BPGEN_OUT:%=%/)
bpgen_program := $(wildcard $(shell command -v $(firstword $(BPGEN))))
# What a file was made from, a file each.
bpgen_deps = $(bpgen_folder).bpgen/$(subst /,+,$@).d

# What the including Makefile makes by default is still its own first target.
bpgen_goal := $(.DEFAULT_GOAL)

$(bpgen_folder)%_grad.c: %.expr $(bpgen_program)
	@mkdir -p $(@D) $(dir $(bpgen_deps))
	$(BPGEN) $(BPGENFLAGS) -MD -MP -MF $(bpgen_deps) -MQ $@ -o $@ $<

$(bpgen_folder)%_grad.h: %.expr $(bpgen_program)
	@mkdir -p $(@D) $(dir $(bpgen_deps))
	$(BPGEN) $(BPGENFLAGS) --emit=header -MD -MP -MF $(bpgen_deps) -MQ $@ -o $@ $<

-include $(wildcard $(bpgen_folder).bpgen/*.d)

.DEFAULT_GOAL := $(bpgen_goal)
