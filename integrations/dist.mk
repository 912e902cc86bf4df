# dist.mk: make dist, make distcheck, make deb
#
# Part of the Makefile. The source archive is what the last commit holds, the same bytes each time;
# what is made of it is made in folders of its own.

DIST := bpgen-$(VERSION)

.PHONY: dist distcheck deb

dist:
	@mkdir -p $(BUILD)
	@git diff --quiet HEAD || echo 'dist: the last commit, without what was changed since' >&2
	git archive --format=tar --prefix=$(DIST)/ HEAD | gzip -9n >$(BUILD)/$(DIST).tar.gz

# An archive builds, is tested, installed and removed on its own, with no git around it.
distcheck: dist
	@rm -rf $(BUILD)/distcheck && mkdir -p $(BUILD)/distcheck
	tar -C $(BUILD)/distcheck -xzf $(BUILD)/$(DIST).tar.gz
	+cd $(BUILD)/distcheck/$(DIST) && export GIT_DIR=/nowhere && unset BUILD && \
	    $(MAKE) BUILD=build && $(MAKE) BUILD=build check && \
	    $(MAKE) BUILD=build prefix=/usr DESTDIR="$$PWD/stage" install && \
	    $(MAKE) BUILD=build prefix=/usr DESTDIR="$$PWD/stage" uninstall
	@rest=$$(cd $(BUILD)/distcheck/$(DIST)/stage && find . ! -type d) && \
	    test -z "$$rest" || { echo "distcheck: uninstall leaves $$rest" >&2; exit 1; }
	@rm -rf $(BUILD)/distcheck
	@echo 'distcheck: $(BUILD)/$(DIST).tar.gz is ready'

# Needs dpkg-dev, debhelper, fakeroot and lintian. Who makes a package answers for it, and says so
# as Debian's tools ask: DEBFULLNAME='A Name' DEBEMAIL=name@host make deb
deb: dist
	@rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb
	tar -C $(BUILD)/deb -xzf $(BUILD)/$(DIST).tar.gz
	@if [ -n "$$DEBEMAIL" ]; then cd $(BUILD)/deb/$(DIST)/debian && \
	    sed -i "s/bpgen maintainers <[^>]*>/$${DEBFULLNAME:-bpgen maintainers} <$$DEBEMAIL>/" \
	    control changelog; fi
	cd $(BUILD)/deb/$(DIST) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u BUILD \
	    dpkg-buildpackage -us -uc -b
	lintian --fail-on error,warning --info $(BUILD)/deb/*.changes
