# Models of several files: what the golden tests and those of errors do not show.

chain() { # length
    for ((i = 0; i < $1; i++)); do
        printf 'include "%d.expr"\ng%d(x) = g%d(x) + 1\n' $((i + 1)) "$i" $((i + 1)) >"$i.expr"
    done
    echo "g$1(x) = x" >"$1.expr"
    echo 'f = g0(x)' >>0.expr
}

case_include_deep() {
    chain 200
    expect 0 "$BPGEN" --eval --at=x=1 0.expr
    grep -qx 'f = 201' out
}

case_include_too_deep() {
    chain 201
    expect 3 "$BPGEN" 0.expr
    mentions "200.expr:1:1: error: cannot read '201.expr': includes are nested too deep"
    (($(grep -c error err) == 1))
}

case_include_wide() {
    for ((i = 0; i < 10000; i++)); do
        echo "a$i = x + $i" >"$i.expr"
    done
    for ((i = 0; i < 10000; i++)); do
        echo "include \"$i.expr\""
    done >all
    echo 'f = a0 + a9999' >>all
    echo 'output f' >>all
    expect 0 "$BPGEN" --eval --at=x=1 all
    grep -qx 'f = 10001' out
}

# From the standard input names are relative to the current folder, whatever it is.
case_include_from_stdin() {
    mkdir -p in/deep
    echo 'include "deep/b"' >in/a
    echo 'c = 2' >in/deep/b
    printf 'include "in/a"; include "%s/in/../in/a"; f = c*x\n' "$PWD" >top
    expect 0 "$BPGEN" --eval --at=x=3 - <top
    grep -qx 'f = 6' out
}

# A file is the same under whatever name.
case_include_links() {
    echo 'c = 2' >a
    ln -s a b
    ln a d
    printf 'include "a"; include "b"; include "./d"; f = c*x\n' >top
    expect 0 "$BPGEN" --eval --at=x=3 top
    ln -s top self
    echo 'include "self"' >>top
    expect 1 "$BPGEN" top
    mentions "top:2:1: error: the file includes itself: 'top' is included by 'top' [include]"
}

# A model of a stranger's, in the folder up/; all of the links are the stranger's, too.
strangers() {
    mkdir -p up/lib up-else
    echo 'secret = 1 +' >secret
    echo 'secret = 1 +' >up-else/secret
    echo 'c = 2' >up/lib/c
    ln -s ../secret up/leads-out
    ln -s .. up/folder-out
    ln -s ../up/lib/c up/leads-in
    ln -s nothing up/leads-nowhere
    mkfifo fifo
}

refuses() { # path
    printf 'include "%s"\nf = c*x\n' "$1" >up/top
    expect 1 "$BPGEN" --include-root=up up/top
    [[ ! -s out ]]
    ! grep -q '1 +' err
    mentions "there is no such file in the folder of --include-root [include]"
}

case_include_root() {
    strangers
    local path
    for path in lib/c leads-in ./lib/../lib/c "$PWD/up/lib/c" ../up/lib/c folder-out/up/lib/c; do
        printf 'include "%s"\nf = c*x\n' "$path" >up/top
        expect 0 "$BPGEN" --include-root=up --eval --at=x=3 up/top
        expect 0 "$BPGEN" --include-root="$PWD/up/" --eval --at=x=3 up/top
        expect 0 "$BPGEN" --include-root=/ --eval --at=x=3 up/top
        (cd up && expect 0 "$BPGEN" --include-root=. --eval --at=x=3 - <top)
    done
    for path in ../secret ../nothing leads-out leads-nowhere folder-out/secret ../up-else/secret \
        "$PWD/secret" /dev/zero /etc/passwd ../fifo lib/../../secret nothing; do
        refuses "$path"
    done
}

# Whether there is a file elsewhere is not told: the messages differ in the path only.
case_include_root_tells_nothing() {
    strangers
    refuses ../secret
    sed 's/secret/nothin/g' err >known
    refuses ../nothin
    cmp known err
}

case_include_root_deep() {
    strangers
    echo 'include "../../secret"' >up/lib/c
    printf 'include "lib/c"\nf = c*x\n' >up/top
    expect 1 "$BPGEN" --include-root=up up/top
    mentions "up/lib/c:1:1: error: cannot include 'up/lib/../../secret'"
    ! grep -q '1 +' err
}

case_include_root_none() {
    model m.expr
    expect 3 "$BPGEN" --include-root=nowhere m.expr
    says "bpgen: error: cannot read 'nowhere': No such file or directory"
    expect 3 "$BPGEN" --include-root=m.expr m.expr
    says "bpgen: error: cannot read 'm.expr': Not a directory"
}

case_include_none() {
    strangers
    printf 'include "lib/c"; include "../secret"; include "top"\nf = c*x\n' >up/top
    expect 1 "$BPGEN" --no-include up/top
    (($(grep -c 'no-include allows one file only' err) == 3))
    model up/one
    expect 0 "$BPGEN" --no-include up/one
    expect 2 "$BPGEN" --no-include --include-root=. up/one
    says "bpgen: error: --no-include allows no file, --include-root some; give one of them; try 'bpgen --help'"
}

# Root, whom no mode hinders, runs it as somebody else, in a folder where that one may be.
case_include_unreadable() {
    local as=() bpgen=$BPGEN
    if [[ $(id -u) = 0 ]]; then
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        cd "$folder"
        chmod 755 .
        cp "$BPGEN" bpgen
        bpgen=$folder/bpgen
    fi
    echo 'c = 2' >a
    chmod 0 a
    printf 'f = 2*c\n  include "a"\n' >top
    expect 1 "${as[@]}" "$bpgen" top
    says 'top:2:3: error: cannot read '"'a'"': Permission denied [include]
  include "a"
  ^~~~~~~~~~~'
}

case_include_fifo() {
    mkfifo a
    echo 'c = 2' >a &
    printf 'include "a"; include "a"; f = c*x\n' >top
    expect 0 "$BPGEN" --eval --at=x=3 top
    grep -qx 'f = 6' out
}

# Comments are carried to their own names only.
case_include_comments() {
    printf '# of the file\nc = 2' >a
    printf 'input x\ninclude "a"\ninput y   # the y\n# no name\nf = c*x*y' >top
    expect 0 "$BPGEN" --emit=header top
    grep -q 'the y' out
    ! grep -qE 'of the file|no name' out
}
