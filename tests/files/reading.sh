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
