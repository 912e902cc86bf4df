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
