# Rules of make, as gcc writes them, and outputs that are up to date or not.

# A model that includes a file in another folder, with a long name.
parts() {
    mkdir -p parts
    echo 'param k' >parts/k.expr
    echo 'param a' >"$1"
    printf 'include "%s"\ninclude "parts/k.expr"\ninput x\nf = k*a*x\n' "$1" >m.expr
}

rule() { # expected, options...
    expect 0 "$BPGEN" "${@:2}"
    diff <(printf "$1") out
}

case_verify() {
    model m
    expect 1 "$BPGEN" --verify -o a.c m
    says 'bpgen: error: a.c is not up to date'
    expect 1 "$BPGEN" --verify -o none/a.c m
    [[ ! -e a.c && ! -e none ]]
    "$BPGEN" -o a.c m
    expect 0 "$BPGEN" --verify -o a.c m
    says ''
    cp a.c good
    for change in 's/x/y/' '$d' '$a//' 1d; do
        sed "$change" good >a.c
        cp a.c before
        expect 1 "$BPGEN" --verify -o a.c m
        says 'bpgen: error: a.c is not up to date'
        cmp a.c before
    done
    cp good a.c
    expect 1 "$BPGEN" --verify --pack -o a.c m
    expect 1 "$BPGEN" --verify -o /dev/null m
    for about in --help --version --list-options; do # these are outputs, too
        expect 1 "$BPGEN" --verify $about -o a.c
        says 'bpgen: error: a.c is not up to date'
        cmp a.c good
        expect 0 "$BPGEN" $about -o about
        expect 0 "$BPGEN" --verify $about -o about
    done
    echo 'f = ' >m
    expect 1 "$BPGEN" --verify -o a.c m
    mentions 'm:1:'
}

case_if_changed() {
    model m
    expect 0 "$BPGEN" --if-changed -MD -o a.c m
    touch -d 2001-01-01 a.c a.d
    expect 0 "$BPGEN" --if-changed -MD -o a.c m
    [[ $(stat -c %Y a.c a.d | sort -u) = $(date -d 2001-01-01 +%s) ]]
    expect 0 "$BPGEN" -o a.c m
    [[ $(stat -c %Y a.c) != $(date -d 2001-01-01 +%s) ]]
    touch -d 2001-01-01 a.c
    expect 0 "$BPGEN" --if-changed --pack -o a.c m
    expect 0 "$BPGEN" --verify --pack -o a.c m
    [[ $(stat -c %Y a.c) != $(date -d 2001-01-01 +%s) ]]
}

case_depend_rules() {
    parts a.expr
    local files='m.expr a.expr parts/k.expr'
    rule "m.c: $files\n" -M m.expr
    rule "m.c: $files\na.expr:\nparts/k.expr:\n" -M -MP m.expr
    rule "m.c: $files\n" -M -MF - m.expr
    rule "b.c: $files\n" -M -MF - -o b.c m.expr
    rule '$(x) a$$b c\\ d: '"$files\n" -M '-MT$(x)' '-MQa$b' -MQ 'c d' m.expr
    rule "model.c: a.expr parts/k.expr\n" -M - <m.expr
    rule '' -M -o b.d m.expr
    diff <(echo "m.c: $files") b.d
    rule '' -MD -o b.x.c m.expr
    diff <(echo "b.x.c: $files") b.x.d
    rule '' -MD -MFrule -o c.c m.expr
    diff <(echo "c.c: $files") rule
    expect 0 "$BPGEN" -MD m.expr
    diff <(echo "m.c: $files") m.d
    diff <("$BPGEN" m.expr) out
    [[ ! -e b.c && -e b.x.c && -e c.c && ! -e c.d ]]
}

# What gcc says of the same names, with another main file and suffix.
case_depend_as_gcc() {
    local odd=('a b' 'c$d' 'e#f' 'g\ h' 'i\\  j' 'k\l' "$(printf 'm\tn')" 'a_name_of_some_length'
        'another_name_of_some_length')
    : >m.expr
    for name in "${odd[@]}"; do
        : >"$name"
        printf 'include "%s"\n' "$name" >>m.expr
    done
    sed 's/include/#include/' m.expr >m.c
    echo 'f = x' >>m.expr
    expect 0 "$BPGEN" -M -MP -MQ 't$ #u' m.expr
    gcc -MM -MP -MQ 't$ #u' m.c | sed -z 's/ \\\n / /g; s/ m\.c / m.expr /' >as_gcc
    grep -q 'a\\ b' as_gcc
    sed -z 's/ \\\n / /g' out | diff as_gcc -
    (($(wc -L <out) <= 73))
}

# Nothing escapes a line break in a rule, so that it would begin another one.
case_depend_line_break() {
    model $'m\nall:'
    model m
    for words in "-M -MT t" "-MD -o a.c" "-MD -MF d"; do
        # shellcheck disable=SC2086
        expect 2 "$BPGEN" $words $'m\nall:'
        mentions "bpgen: error: a rule of make cannot hold a name with a line break: 'm<U+000A>all:"
        [[ ! -s out && ! -e a.c && ! -e d ]]
    done
    expect 2 "$BPGEN" -M '-MQ'$'a\nb' m
    expect 2 "$BPGEN" -M '-MT'$'a\nb' m
    mentions "bpgen: error: a rule of make cannot hold a name with a line break: 'a<U+000A>b'"
    expect 2 "$BPGEN" -MD -o $'a\nb.c' m
    [[ ! -e $'a\nb.c' ]]
}

case_depend_make() {
    local odd='a  b $c #d.expr'
    parts "$odd"
    printf '%s\n' 'all: m.c' 'm.c: m.expr' $'\t"$(BPGEN)" -MD -MP -o $@ $<' '-include m.d' >Makefile
    export BPGEN
    remade() { make >log && grep -q -e -MD log; }
    remade
    ! remade
    touch -d '+2 seconds' "$odd" && touch -d '+1 second' m.expr
    remade
    touch -d '-1 hour' "$odd" m.expr parts/k.expr
    ! remade
    for part in "$odd" parts/k.expr m.expr; do
        touch -d '+1 hour' "$part"
        remade
        touch -d '-1 hour' "$part"
        ! remade
    done
    rm "$odd"
    echo 'f = x' >m.expr
    remade
    echo 'm.c: m.expr' | diff - m.d
}

case_depend_failed() {
    model m
    echo old >m.d
    echo 'f = ' >bad
    expect 1 "$BPGEN" -MD -MF m.d -o a.c bad
    expect 1 "$BPGEN" -M -o m.d bad
    printf 'f = x\ncheck f == 2*x\n' >wrong
    expect 1 "$BPGEN" --check -MD -MF m.d -o a.c wrong
    [[ $(cat m.d) = old ]]
    expect 3 "$BPGEN" -MD -MF m -o a.c m
    says 'bpgen: error: cannot write m: it was read, too; give the output another name'
    expect 3 "$BPGEN" -MD -MF /dev/full -o a.c m
    expect 2 "$BPGEN" -MD -o b.d m
    says "bpgen: error: the output and its rule are two files; found 'b.d' for both; try 'bpgen --help'"
    mkdir -p sub && ln -s ../b.c sub/link && ln -s . here # other names of one place
    for rule in ./b.c sub/../b.c sub/link "$PWD/b.c" here/b.c; do
        expect 2 "$BPGEN" -MD -MF "$rule" -o b.c m
        says "bpgen: error: the output and its rule are two files; found 'b.c' for both; try 'bpgen --help'"
        [[ ! -e b.c ]]
    done
    rm -f m.d
    cp m n.m
    expect 3 "$BPGEN" -MD -o n.m n.m
    [[ ! -e n.d ]] # no rule without an output
    expect 0 "$BPGEN" -MD -o /dev/null m # as with gcc, nothing beside a device
    [[ -e m.d && ! -e /dev/null.d ]]
    expect 3 "$BPGEN" -MD -MF none/m.d -o b.c m
    [[ ! -e b.c ]] # no new output with an old rule
    expect 3 "$BPGEN" -MD -MF m.d -o none/a.c m
    [[ $(cat m.d) = 'none/a.c: m' ]]
}

case_depend_usage() {
    model m
    for words in '--verify m' '--if-changed m' '--verify --if-changed -o a m' '-M -MD m' '-MP m' \
        '-MF a m' '-MT a m' '-MQ a m' '-MX m' '-MDx m' '-M m -MF' '-MD -MF a -o a m' '-MD -MF - m' \
        '--verify -MD -MF - -o a m'; do
        # shellcheck disable=SC2086
        expect 2 "$BPGEN" $words
        mentions "bpgen: error: "
    done
    [[ ! -e a ]]
    expect 0 "$BPGEN" --help -M
    grep -q Usage out
}
