# The point of --at=@FILE.json. The model of these cases:
springs() {
    cat >springs.expr <<'END'
dim n, m
input x[n], W[m,n], θ
param k
index c[m] < n
f = sum[i](k*x[i]^2)/2 + θ*sum[j,i](W[j,i]*x[c[j]])
END
}

evaluates() { # json text of standard output, its first line
    printf '%s' "$1" >point.json
    expect 0 "$BPGEN" --eval --at=@point.json springs.expr
    [[ $(head -n 1 out) = "$2" ]] || { head -n 1 out; return 1; }
}

refuses_point() { # json line:column and sentence of the message
    printf '%s' "$1" >point.json
    expect 2 "$BPGEN" --eval --at=@point.json springs.expr
    [[ ! -s out ]]
    mentions "point.json:$2"
}

case_point() {
    springs
    evaluates '{"n": 2, "m": 3, "x": [1, 2], "W": [[1, 2], [3, 4], [5, 6]], "θ": 0.5, "k": 2,
                "c": [0, 1, 1]}' 'f = 24.5'
    "$BPGEN" --eval --at='n=2, m=3, x=[1, 2], W=[1, 2; 3, 4; 5, 6], θ=0.5, k=2, c=[0, 1, 1]' \
        springs.expr >known
    cmp known out
    # the order and blanks do not matter, sizes are what the arrays say
    evaluates '{"c":[0,1,1],"k":2,"\u03b8":5e-1,"W":[[1,2],[3,4],[5,6]]
,"x":[1.0,20E-1]}' 'f = 24.5'
    cmp known out
    "$BPGEN" --eval --at='c=[0, 1, 1], x=[1, 2], W=[1, 2; 3, 4; 5, 6], θ=0.5, k=2' springs.expr >out
    cmp known out
    expect 0 "$BPGEN" --eval --at=@- springs.expr <point.json
    cmp known out
}

# One row, no row, a table of empty rows.
case_point_sizes() {
    springs
    evaluates '{"x": [3], "W": [[2]], "c": [0], "k": 0, "θ": 1}' 'f = 6'
    evaluates '{"x": [3, 1], "W": [], "c": [], "k": 1, "θ": 1}' 'f = 5'
    evaluates '{"x": [], "W": [[], []], "n": 0, "m": 0, "c": [], "k": 1, "θ": 1}' 'f = 0' && return 1
    mentions "point.json:1:11: error: expected an array of the shape [0,0] for 'W', found one of the shape [2,0]"
}

# Arrays without elements may be left out, or are empty brackets, of any shape.
case_point_empty() {
    springs
    "$BPGEN" --eval --at='n=0, m=0, k=1, θ=1' springs.expr >known
    expect 0 "$BPGEN" --eval --at='x=[], m=0, W=[], c=[], k=1, θ=1' springs.expr
    cmp known out
    expect 2 "$BPGEN" --eval --at='x=[], m=1, W=[], c=[], k=1, θ=1' springs.expr
    mentions "--at:1:18: error: expected an array of the shape [1] for 'c', found one of the shape [0]"
    expect 2 "$BPGEN" --eval --at='x=[3], m=1, W=[], c=[0], k=1, θ=1' springs.expr
    mentions "--at:1:13: error: expected an array of the shape [1,1] for 'W', found one of the shape [0]"
    expect 2 "$BPGEN" --eval --at='x=[], m=0, k=[], θ=1' springs.expr
    mentions "--at:1:12: error: expected a scalar for 'k', found one of the shape [0]"
}

# A size that is compiled in may be given as well, as it is.
case_point_compiled_sizes() {
    springs
    expect 0 "$BPGEN" --eval -D n=2 --at='m=0, x=[1, 2], n=1 + 1, k=1, θ=1' springs.expr
    cp out known
    printf '{"m": 0, "n": 2, "x": [1, 2], "k": 1, "θ": 1}' >point.json
    expect 0 "$BPGEN" --eval -D n=2 --at=@point.json springs.expr
    cmp known out
    for n in 3 2.5 inf-inf '[2]' '[]'; do
        expect 2 "$BPGEN" --eval -D n=2 --at="n=$n, m=0, x=[1, 2], k=1, θ=1" springs.expr
        mentions "--at:1:1: error: the size 'n' is compiled in as 2, and must not be another"
    done
}

# As exact as literals: digits beyond those of the type, names in any form of Unicode.
case_point_digits() {
    local number=0.$(printf '123456789%.0s' {1..200})e1 real
    echo 'f = x' >f.expr
    for real in float double 'long double'; do
        printf '{"x": -%s}' "$number" >p
        expect 0 "$BPGEN" --real="$real" --eval --at=@p f.expr
        cp out known
        expect 0 "$BPGEN" --real="$real" --eval --at="x=-$number" f.expr
        cmp known out
    done
    echo 'f = é + 𝛼' >f.expr
    printf '{"e\\u0301": 1, "\\ud835\\uDEFC": 2}' >p
    expect 0 "$BPGEN" --eval --at=@p f.expr
    grep -qx 'f = 3' out
    echo 'f = x' >f.expr
    printf '\xef\xbb\xbf{"x": -0}\r\n' >p
    expect 0 "$BPGEN" --eval --at=@p f.expr
    grep -qx 'f = -0' out
}

case_point_elsewhere() {
    local kind
    echo 'f = (x + y)*z' >f.expr
    echo '{"x": -2, "y": 5, "z": -4}' >p.json
    for kind in --explain --emit=dot --emit=latex --emit=markdown --emit=html --emit=test; do
        expect 0 "$BPGEN" $kind --at='x=-2, y=5, z=-4' f.expr
        cp out known
        expect 0 "$BPGEN" $kind --at=@p.json f.expr
        cmp known out
    done
    expect 0 "$BPGEN" --emit=dot --at=@p.json -o f.dot -MD f.expr
    [[ $(cat f.d) = 'f.dot: f.expr p.json' ]]
    expect 3 "$BPGEN" --emit=dot --at=@p.json -o p.json f.expr
    mentions 'it was read, too'
    expect 2 "$BPGEN" --emit=c --at=@p.json f.expr
}

# Without a point, sizes as the model assumes them.
case_point_assumed() {
    local assumed args
    while read -r args assumed; do
        printf 'dim n, k\nassume %s\ninput x[n], w[k]\nf = sum(x) + sum(w)\n' "$assumed" >s.expr
        expect 0 "$BPGEN" --emit=test s.expr
        grep -q "ARGS = $args," out || { echo "$assumed"; return 1; }
    done <<'END'
5 n > k
6 n < k
12 n == k
3 n == 2*k
11 n == 7, k > 3, 2*k < 10
END
    printf 'dim n\nassume n < 0\ninput x[n]\nf = sum(x)\n' >s.expr
    expect 2 "$BPGEN" --emit=test s.expr
    says 'bpgen: error: no small sizes found that the model allows; give a point by --at'
}

case_point_missing() {
    springs
    expect 3 "$BPGEN" --eval --at=@no.json springs.expr
    says "bpgen: error: cannot read 'no.json': No such file or directory"
    expect 3 "$BPGEN" --eval --at=@ springs.expr
    expect 2 "$BPGEN" --eval --at=@- - <springs.expr
    says "bpgen: error: the model and the point are two files; found '-' for both; try 'bpgen --help'"
    echo '{"x": [1]}' >p
    expect 2 "$BPGEN" --eval --at=@p springs.expr
    says "bpgen: error: --at lacks a value for m"
    refuses_point '{"x": [[1], [2]], "k": [1]}' \
        "1:2: error: expected an array of 1 axis for 'x', found one of the shape [2,1] [shape]"
    mentions "point.json:1:19: error: expected a scalar for 'k', found one of the shape [1] [shape]"
    refuses_point '{"x": [1], "W": [[[1]]], "k": 1}' \
        "1:12: error: expected an array of 2 axes for 'W', found one of the shape [1,1,1] [shape]"
    refuses_point '{"n": [1], "k": 1}' "1:2: error: expected a scalar for 'n', found one of the shape [1]"
    refuses_point '{"x": [[1], [2]], "W": [[1, 2]]}' \
        "1:2: error: expected an array of the shape [2] for 'x', found one of the shape [2,1] [shape]"
    expect 2 "$BPGEN" --eval --at='W=[[1, 2; 3, 4], [1, 2; 3, 4]]' springs.expr
    mentions "expected an array of 2 axes for 'W', found one of the shape [2,2,2]"
    expect 2 "$BPGEN" --eval --at='x=[1; 2; 3]' springs.expr
    says "bpgen: error: --at lacks a value for n, m"
}

case_point_grammar() {
    springs
    refuses_point '' "1:1: error: expected an object, as {\"x\": 1.5, \"A\": [[1, 2], [3, 4]]}, found the end of the file"
    refuses_point '[1]' "1:1: error: expected an object"
    refuses_point '{"x": [1, 2,]}' "1:13: error: expected a number or an array of numbers, found ']'"
    refuses_point '{"x": 1,}' "1:9: error: expected a name in double quotes, found '}'"
    refuses_point "{'x': 1}" "1:2: error: expected a name in double quotes, found '''"
    refuses_point '{x: 1}' "1:2: error: expected a name in double quotes, found 'x'"
    refuses_point '{"x" 1}' "1:6: error: expected ':' and a value, found '1'"
    refuses_point '{"x": 1 "k": 2}' "1:9: error: expected ',' or '}', found '\"'"
    refuses_point '{"x": [1 2]}' "1:10: error: expected ',' or ']', found '2'"
    refuses_point '{"x": [1' "1:9: error: expected ',' or ']', found the end of the file"
    refuses_point '{"k": 1} {' "1:10: error: expected nothing behind the object, found '{'"
    refuses_point '{"k": 1 # one' "1:9: error: expected ',' or '}', found '#'"
    refuses_point '{"k' "1:4: error: expected a quote at the end of the name, found the end of the file"
    refuses_point '{"\q": 1}' '1:3: error: expected one of \" \\ \/ \b \f \n \r \t \u, found'
    refuses_point '{"\u12g4": 1}' "1:3: error: expected a character behind the backslash"
    refuses_point '{"\ud835x": 1}' "1:3: error: expected a character behind the backslash, as '\u03b8', found '\ud835'"
    refuses_point '{"\u0000": 1}' "1:3: error: expected a character behind the backslash"
    refuses_point $'{"\xff": 1}' "1:3: error: expected UTF-8, found '<FF>'"
    refuses_point $'{\n"\u03b8": 1, "\u03b8\u03b8" 2}' "2:29: error: expected ':' and a value"
    local number
    for number in +1 .5 1. 01 -01 1e 1e+ 0x10 1_000 1d0 - --1 NaN Infinity inf nan null true '"1"' 1.5.2; do
        refuses_point "{\"k\": $number}" "1:7: error: expected a number or an array of numbers"
    done
    refuses_point '{"k": .5}' 1:7
    mentions "hint: numbers of JSON are as -12, 0.5, 1.5e-3"
    refuses_point '{"k": NaN}' 1:7
    mentions "hint: what is no number is not read from a file"
    refuses_point '{"k": {"k": 1}}' "1:7: error: expected a number or an array of numbers, found '{'"
    printf '{"k": 1\0}' >point.json
    expect 2 "$BPGEN" --eval --at=@point.json springs.expr
    mentions "point.json:1:8: error: expected ',' or '}', found a byte 0"
    refuses_point "{\"k\": $(printf '[%.0s' {1..100000})" "1:71: error: expected arrays of at most 64 axes"
}

case_point_values() {
    springs
    local rest='"W": [[1, 1]], "c": [0], "k": 1, "θ": 1}'
    refuses_point '{"x": [[1, 2], [3]]}' "1:16: error: expected rows of the same length and depth [json]"
    refuses_point '{"x": [1, [2]]}' "1:11: error: expected rows of the same length and depth"
    refuses_point '{"x": [[1], 2]}' "1:13: error: expected rows of the same length and depth"
    refuses_point '{"x": [[], [1]]}' "1:12: error: expected rows of the same length and depth"
    refuses_point '{"x": [[], 1]}' "1:12: error: expected rows of the same length and depth"
    refuses_point '{"x": [[[]], []]}' "1:14: error: expected rows of the same length and depth"
    refuses_point '{"x": [[1], [1, 2]], "k": [[1], [2, 3]]}' "1:13: error"
    mentions "point.json:1:33: error"
    refuses_point "{\"x\": [1, 2], \"x\": [1, 2], $rest" "1:15: error: 'x' is given twice [redefined]"
    refuses_point "{\"x\": [1, 2], \"kk\": 1, $rest" "1:15: error: the model has no input 'kk'"
    mentions "hint: did you mean 'k'?"
    refuses_point "{\"x\": [1, 2], \"f\": 1, $rest" "1:15: error: the model has no input 'f'"
    refuses_point "{\"x\": [1, 2, 3], $rest" "1:18: error: expected an array of the shape [1,3] for 'W', found one of the shape [1,2]"
    refuses_point "{\"x\": 1, \"n\": 1, $rest" "1:2: error: expected an array of the shape [1] for 'x', found a scalar"
    refuses_point "{\"x\": [[1, 2]], $rest" "1:2: error: expected an array of the shape [2] for 'x', found one of the shape [1,2]"
    refuses_point "{\"x\": [1, 2], \"n\": [2], $rest" "1:15: error: expected a scalar for 'n', found one of the shape [1]"
    refuses_point "{\"x\": [1, 2], \"n\": 2.5, $rest" "1:15: error: expected an integer from 0 for 'n', found 2.5"
    refuses_point "{\"x\": [1, 2], \"n\": 1e30, $rest" "1:15: error: expected an integer from 0 to 1000000000 for 'n', found 1e30"
    refuses_point '{"x": [1, 2], "W": [[1, 2]], "k": 1, "θ": 1, "c": [2]}' \
        "1:46: error: expected integers from 0 to below 2 for 'c', found 2"
    refuses_point '{"x": [1, 1e999], "W": [[1, 1e-999999]], "c": [0], "k": 1, "θ": 1}' \
        "1:11: error: the number 1e999 is beyond the range of double [range]"
    mentions "1:29: error: the number 1e-999999 is beyond the range of double [range]"
}

# Determinants, inverses and equations at a point whose numbers are exact: the derivatives are the
# cofactors, -u*x' with A'*u = 1, and -B[i,k]*B[l,j].
case_point_linear() {
    local line
    cat >linear.expr <<'END'
input A[2,2], b[2]
d = det(A)
s = sum(solve(A, b))
B = inv(A)
output d, s, B
END
    echo '{"A": [[2, 0], [1, 4]], "b": [2, 9]}' >p
    expect 0 "$BPGEN" --eval --at=@p linear.expr
    sed 's/-0\([],;]\)/0\1/g' out >plain
    for line in 'd = 8' 'diff(d, A) = [4, -1; 0, 2]' 's = 3' 'diff(s, b) = [0.375, 0.25]' \
        'diff(s, A) = [-0.375, -0.75; -0.25, -0.5]' 'B = [0.5, 0; -0.125, 0.25]' \
        'diff(B, A) = [[-0.25, 0.0625; 0, 0], [0, -0.125; 0, 0]; [0.0625, -0.015625; -0.125, 0.03125], [0, 0.03125; 0, -0.0625]]'; do
        grep -qxF "$line" plain || { cat plain; return 1; }
    done
}
