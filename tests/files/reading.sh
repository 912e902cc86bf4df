# What is no model, or no file.

case_read_zeros() {
    expect 1 "$BPGEN" /dev/zero
    mentions '/dev/zero:1:1: error: the invisible character U+0000 is not allowed [character]'
    (($(wc -l <err) == 4 && $(wc -c <err) < 400))
}

case_read_fifo() {
    mkfifo p
    model m
    cat m >p &
    expect 0 "$BPGEN" p
    grep -q '^void p_value' out
}

case_read_directory() {
    expect 3 "$BPGEN" .
    says "bpgen: error: cannot read '.': Is a directory"
}

case_read_missing() {
    expect 3 "$BPGEN" $'a\nb\e[31m.expr'
    says "bpgen: error: cannot read 'a<U+000A>b<U+001B>[31m.expr': No such file or directory"
}

case_read_long_line() {
    { printf 'f = x'; printf '+x%.0s' {1..100000}; printf '+2y'; printf '+x%.0s' {1..100000}; } >m
    expect 1 "$BPGEN" m
    mentions 'm:1:200007: error: the number '
    (($(wc -c <err) < 500))
}

# What does not end comes to the limit of memory, or to that of the sources together.
case_read_endless() {
    [[ -z ${SANITIZED-} ]] || skip 'the sanitizers need the memory'
    # shellcheck disable=SC2016
    expect 3 bash -c 'ulimit -v 300000; yes "" | "$0" -' "$BPGEN"
    mentions 'bpgen: error: out of memory'
    echo 'include "p"' >m
    mkfifo p
    (yes '# no end' 2>/dev/null >p &)
    expect 3 bash -c 'ulimit -v 300000; "$0" m' "$BPGEN"
    [[ ! -s out ]]
}

case_read_no_input() {
    expect 3 sh -c '"$0" - <&-' "$BPGEN"
    says 'bpgen: error: cannot read the standard input: Bad file descriptor'
    expect 3 sh -c '"$0" - <.' "$BPGEN"
    says 'bpgen: error: cannot read the standard input: Is a directory'
    expect 1 "$BPGEN" - </dev/null
    mentions '[no-output]'
}

# Ten million bytes of one kind, in a line.
long() { # letter, in front, behind
    printf '%s' "$2"
    head -c 10000000 /dev/zero | tr '\0' "$1"
    printf '%s\n' "$3"
}

case_read_very_long_line() {
    long a 'f = x # ' '' >comment
    long ' ' 'f = x +' 'y' >blanks
    long 7 'f = x*0.' '' >digits
    long a 'f = ' '' >name
    expect 0 "$BPGEN" --with=value comment
    expect 0 "$BPGEN" --with=value blanks
    expect 0 "$BPGEN" --with=value name
    expect 3 "$BPGEN" digits
    mentions 'digits:1:7: error: a number of 10000002 characters is longer than 10000000 [limit]'
    long 7 'f = x*0.' '' | sed 's/777//' >digits
    expect 0 "$BPGEN" --with=value digits
    grep -qF '*f = x*0.777777777777777' out
}

# Messages are to be read, whatever they are about.
case_read_long_names() {
    long a 'input x; f = ' '' >name
    long a 'include "' '"' >path
    { printf 'input x; f = '; yes θ | head -n 3000000 | tr -d '\n'; } >greek
    long '(' 'f = ' '' >open
    for file in name path greek open; do
        expect 1 "$BPGEN" $file
        (($(wc -c <err) < 6000))
        iconv -f UTF-8 -t UTF-8 err >/dev/null
    done
    mentions "open:1:10000004: error: expected a ')'"
}
