# What `make install` puts where, and `make uninstall` takes away. Sets prefix.

# The same names that the rest is installed under, with the kinds of their permissions.
if [[ -z ${INSTALLED-} ]]; then
    install() { # goal
        make -s -C "$root" BUILD="$BUILD" prefix=/opt/bpgen DESTDIR="$WORK/a stage" "$1"
    }
    listing() {
        (cd "$WORK/a stage" 2>/dev/null && find . ! -type d -printf '%m %p\n' | sort -k 2)
    }
    expected="\
755 ./opt/bpgen/bin/bpgen
644 ./opt/bpgen/share/bash-completion/completions/bpgen
644 ./opt/bpgen/share/bpgen/bpgen.mk
644 ./opt/bpgen/share/bpgen/vscode/language-configuration.json
644 ./opt/bpgen/share/bpgen/vscode/package.json
644 ./opt/bpgen/share/bpgen/vscode/syntaxes/bpgen.tmLanguage.json
644 ./opt/bpgen/share/cmake/bpgen/bpgenConfig.cmake
644 ./opt/bpgen/share/cmake/bpgen/bpgenConfigVersion.cmake
644 ./opt/bpgen/share/cmake/bpgen/bpgenGenerate.cmake
644 ./opt/bpgen/share/doc/bpgen/LICENSE
$(cd doc && for text in *.md; do echo "644 ./opt/bpgen/share/doc/bpgen/$text"; done)
644 ./opt/bpgen/share/fish/vendor_completions.d/bpgen.fish
644 ./opt/bpgen/share/man/man1/bpgen.1
644 ./opt/bpgen/share/pkgconfig/bpgen.pc
644 ./opt/bpgen/share/vim/vimfiles/ftdetect/bpgen.vim
644 ./opt/bpgen/share/vim/vimfiles/ftplugin/bpgen.vim
644 ./opt/bpgen/share/vim/vimfiles/syntax/bpgen.vim
644 ./opt/bpgen/share/zsh/site-functions/_bpgen"

    install all >"$log" 2>&1
    touch "$WORK/before"
    (umask 077 && install install >"$log" 2>&1)
    prints 'install: all files, for everybody' "$expected" listing
    prints 'install: folders are open' '' find "$WORK/a stage/opt" -type d ! -perm 755
    prints 'install: nothing is built' '' find "$BUILD/bpgen" "$BUILD/libbpgen.a" "$BUILD/obj/src" \
        "$BUILD/gen" "$BUILD/share" -newer "$WORK/before" -type f
    prints 'install: nothing is left to be filled in' '' grep -rlE '@[a-z_]+@' "$WORK/a stage/opt/bpgen/share"

    touch "$WORK/a stage/opt/bpgen/share/doc/mine"
    install uninstall >"$log" 2>&1
    prints 'uninstall: leaves what is not its own' '644 ./opt/bpgen/share/doc/mine' \
        eval 'listing; find "$WORK/a stage" -name "*bpgen" ! -path "*/opt/bpgen"'

    INSTALLED=$WORK/prefix
    must 'install: into a prefix' make -s -C "$root" BUILD="$BUILD" prefix="$INSTALLED" install
fi

prefix=$INSTALLED share=$INSTALLED/share
version=$(sed -n 's/^#define BPGEN_VERSION "\(.*\)"/\1/p' src/emit/emit.h)
export PATH=$prefix/bin:$PATH PKG_CONFIG_PATH=$share/pkgconfig
prints 'the command' "bpgen $version" bpgen --version

prints 'pkg-config: version' "$version" pkg-config --modversion bpgen
prints 'pkg-config: the command' "$prefix/bin/bpgen" pkg-config --variable=bpgen bpgen
prints 'pkg-config: the rules of Make' "$share/bpgen/bpgen.mk" \
    pkg-config --variable=makefile bpgen
prints 'pkg-config: may be moved' /else/bin/bpgen \
    pkg-config --define-variable=prefix=/else --variable=bpgen bpgen
prints 'pkg-config: nothing to link' '' eval 'pkg-config --cflags --libs bpgen | tr -d " \n"'

if [[ -f $share/man/man1/bpgen.1 ]]; then # a distribution may have packed it
    items() { # what each item of the page begins with
        sed -n '/^\.TP$/ { n; s/^\\fB\([^\]*\(\\-[^\]*\)*\)\\f.*/\1/p; }' "$1" | sed 's/\\//g; s/=$//'
    }
    prints 'manual page: mandoc has nothing to say' '' \
        mandoc -T lint -W all "$share/man/man1/bpgen.1"
    prints 'manual page: all options' "$(bpgen --list-options | cut -f 2)" \
        items "$share/man/man1/bpgen.1"
fi
prints 'changelog: of this version' "$version" \
    eval 'test ! -f debian/changelog || sed -n "1s/.*(\(.*\)).*/\1/p" debian/changelog'
