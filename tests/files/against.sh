# shellcheck shell=bash disable=SC2154,SC2034
# Headers of --against.

# A gradient of 300 inputs, the last of which has the type given; a line an argument.
wide_header() { # type
    local i
    echo 'void wide('
    for ((i = 0; i < 299; i++)); do
        echo "    double x$i,"
    done
    echo "    $1 x299,"
    for ((i = 0; i < 299; i++)); do
        echo "    double *g$i,"
    done
    echo '    double *g299);'
}

case_against_wide() {
    local i
    for ((i = 0; i < 300; i++)); do
        printf '%s' "$([[ $i = 0 ]] && echo 'f = ' || echo ' + ')x$i"
    done >wide.expr
    wide_header double >wide.h
    expect 0 "$BPGEN" --emit=test --against=wide.h:wide wide.expr
    wide_header 'double *' >wide.h
    expect 2 "$BPGEN" --emit=test --against=wide.h:wide wide.expr
    mentions "wide.h:301:5: error: expected 'double x299' as argument 300 of 'wide', found 'double * x299' [prototype]"
}

# A header that is read counts as the model does.
case_against_files() {
    echo 'f = x' >m.expr
    echo 'double mine(double x, double *x_bar);' >mine.h
    expect 0 "$BPGEN" --emit=test --against=mine.h:mine -MD -o test.c m.expr
    [[ $(cat test.d) = 'test.c: m.expr mine.h' ]]
    expect 3 "$BPGEN" --emit=test --against=mine.h:mine -o mine.h m.expr
    mentions 'it was read, too'
    expect 2 "$BPGEN" --emit=test --against=-:mine m.expr <mine.h
    says "bpgen: error: --against: C cannot include a header of the name '-'"
    printf '\xef\xbb\xbfdouble mine(double x,\r\n    double *x_bar);\r\n' >mine.h
    expect 0 "$BPGEN" --emit=test --against=mine.h:mine m.expr
    echo 'double mine(double x[, double *x_bar);' >mine.h
    expect 2 "$BPGEN" --emit=test --against=mine.h:mine m.expr
    mentions "mine.h:1:8: error: expected 3 arguments of 'mine', or 2 without the values, found 1"
    printf 'double mine(double x, \0double *x_bar);\n' >mine.h
    expect 2 "$BPGEN" --emit=test --against=mine.h:mine m.expr
    says "bpgen: error: mine.h: no prototype of 'mine' found"
}
