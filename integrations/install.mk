# install.mk: make share, make install, make uninstall
#
# Part of the Makefile. The variables are those of the GNU conventions: prefix and the folders
# below it, DESTDIR in front of all of them, INSTALL. What is installed in a folder DIR is listed
# once, in FILES_DIR; of a file NAME.in, NAME is installed, with the folders put in. What `make`
# has built, `make install` does not build again.
#
# libbpgen is not installed: its interface is all of bpgen's insides, and changes with them. What
# stays is the language, the command line, the generated C and the manifest.

prefix ?= /usr/local
exec_prefix ?= $(prefix)
bindir ?= $(exec_prefix)/bin
datarootdir ?= $(prefix)/share
datadir ?= $(datarootdir)
mandir ?= $(datarootdir)/man
docdir ?= $(datarootdir)/doc/bpgen
man1dir ?= $(mandir)/man1
pkgconfigdir ?= $(datadir)/pkgconfig
cmakedir ?= $(datadir)/cmake/bpgen
bashdir ?= $(datadir)/bash-completion/completions
zshdir ?= $(datadir)/zsh/site-functions
fishdir ?= $(datadir)/fish/vendor_completions.d
vimdir ?= $(datadir)/vim/vimfiles
pkgdatadir = $(datadir)/bpgen

INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL)
INSTALL_DATA ?= $(INSTALL) -m 644

SHARE := $(BUILD)/share
VERSION := $(shell sed -n 's/^\#define BPGEN_VERSION "\(.*\)"/\1/p' src/emit/emit.h)

# The command that is asked for its options: one that runs here, if $(BUILD)/bpgen does not.
BPGEN_HERE ?= $(BUILD)/bpgen

# ---- what is installed ----------------------------------------------------------------------

vimsyntaxdir = $(vimdir)/syntax
vimftdetectdir = $(vimdir)/ftdetect
vimftplugindir = $(vimdir)/ftplugin
vscodedir = $(pkgdatadir)/vscode
vscodesyntaxesdir = $(vscodedir)/syntaxes

FILES_man1dir := $(SHARE)/bpgen.1
FILES_bashdir := $(SHARE)/bash/bpgen
FILES_zshdir := $(SHARE)/zsh/_bpgen
FILES_fishdir := $(SHARE)/fish/bpgen.fish
FILES_vimsyntaxdir := integrations/editors/vim/syntax/bpgen.vim.in
FILES_vimftdetectdir := integrations/editors/vim/ftdetect/bpgen.vim
FILES_vimftplugindir := integrations/editors/vim/ftplugin/bpgen.vim
FILES_vscodedir := $(addprefix integrations/editors/vscode/,package.json.in \
    language-configuration.json)
FILES_vscodesyntaxesdir := integrations/editors/vscode/syntaxes/bpgen.tmLanguage.json.in
FILES_pkgconfigdir := integrations/pkgconfig/bpgen.pc.in
FILES_cmakedir := $(addprefix integrations/cmake/,bpgenConfig.cmake.in \
    bpgenConfigVersion.cmake.in bpgenGenerate.cmake)
FILES_pkgdatadir := integrations/make/bpgen.mk
FILES_docdir := LICENSE $(sort $(wildcard doc/*.md))

DATA_DIRS := man1dir bashdir zshdir fishdir vimsyntaxdir vimftdetectdir vimftplugindir \
    vscodesyntaxesdir vscodedir pkgconfigdir cmakedir pkgdatadir docdir
# Folders of bpgen's own, to be removed with the files in them, in this order.
OWN_DIRS := vscodesyntaxesdir vscodedir cmakedir pkgdatadir docdir

# ---- what is made for it --------------------------------------------------------------------

.PHONY: share install install-strip uninstall
share: $(filter $(SHARE)/%,$(foreach dir,$(DATA_DIRS),$(FILES_$(dir))))

$(SHARE)/options: $(BPGEN_HERE)
	@mkdir -p $(@D)
	$(abspath $(BPGEN_HERE)) --list-options >$@

$(SHARE)/bpgen.1: doc/bpgen.1.in tools/man $(SHARE)/options
	sh tools/man $(VERSION) $(SHARE)/options <$< >$@

$(SHARE)/bash/bpgen $(SHARE)/zsh/_bpgen $(SHARE)/fish/bpgen.fish: tools/completions \
    $(SHARE)/options
	@mkdir -p $(@D)
	sh tools/completions $(notdir $(@D)) <$(SHARE)/options >$@

# ---- to their places ------------------------------------------------------------------------

# What is put into a NAME.in: folders, the version, and the words of the language.
FILL = sed -e 's|@prefix@|$(prefix)|' -e 's|@below_exec_prefix@|$(exec_prefix:$(prefix)%=$${prefix}%)|' \
    -e 's|@bindir@|$(bindir)|' -e 's|@version@|$(VERSION)|' \
    -e 's|@below_bindir@|$(bindir:$(prefix)/%=$${prefix}/%)|' \
    -e 's|@below_datadir@|$(datadir:$(prefix)/%=$${prefix}/%)|' \
    $$(sh tools/words | sed 's/\([a-z]*\) \(.*\)/-e s,@\1@,\2,/')

define install_file # file, folder
	@echo '  $(2)/$(notdir $(1:.in=))'
	@$(if $(filter %.in,$(1)),$(FILL) $(1) >'$(DESTDIR)$(2)/$(notdir $(1:.in=))' && \
	    chmod 644 '$(DESTDIR)$(2)/$(notdir $(1:.in=))', \
	    $(INSTALL_DATA) $(1) '$(DESTDIR)$(2)/$(notdir $(1))')

endef

install: all
	@echo 'installing:'
	@$(INSTALL) -d '$(DESTDIR)$(bindir)' $(foreach dir,$(DATA_DIRS),'$(DESTDIR)$($(dir))')
	@echo '  $(bindir)/bpgen'
	@$(INSTALL_PROGRAM) $(BUILD)/bpgen '$(DESTDIR)$(bindir)/bpgen'
	$(foreach dir,$(DATA_DIRS),$(foreach file,$(FILES_$(dir)),$(call install_file,$(file),$($(dir)))))

install-strip:
	@$(MAKE) --no-print-directory INSTALL_PROGRAM='$(INSTALL) -s' install

uninstall:
	rm -f '$(DESTDIR)$(bindir)/bpgen' $(foreach dir,$(DATA_DIRS), \
	    $(foreach file,$(FILES_$(dir)),'$(DESTDIR)$($(dir))/$(notdir $(file:.in=))'))
	-for dir in $(foreach dir,$(OWN_DIRS),'$(DESTDIR)$($(dir))'); do \
	    ! test -d "$$dir" || rmdir "$$dir"; done
