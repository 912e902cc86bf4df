# Functions for tests/numeric/run and tests/hand/run: a table of models (driver.c) in, C from
# bpgen, compiled with the driver, and what it says out.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BPGEN=${BPGEN:-$here/../../build/bpgen}
read -ra CC <<<"${CC:-cc}"
if [[ -z ${WORK-} ]]; then
    WORK=$(mktemp -d)
    trap 'rm -rf "$WORK"' EXIT
fi

passed=0 failed=0
derivatives=0 within=0 # of all tables: computed, and within the bound

# Adds to the sums.
count() { # passed failed
    passed=$((passed + $1)) failed=$((failed + $2))
}

fail() { # message...
    echo "$*"
    count 0 1
}

# For tests of the exceptions: a compiler may compute both arms of a condition unless it is told
# that exceptions count.
strict=()
if "${CC[@]}" -ftrapping-math -E - </dev/null >/dev/null 2>&1; then
    strict=(-ftrapping-math)
fi

# Each model of the table to DIR/m<line>.c; says which bpgen refuses.
generate() { # table dir
    local line=0 id model rest
    while IFS=$'\t' read -r id model rest; do
        line=$((line + 1))
        [[ $id != '#'* && -n $model && $model != '"' ]] || continue
        ([[ ${SANITIZED-} ]] || ulimit -v 1000000; exec "$BPGEN" --prefix=m$line -o "$2/m$line.c" -) \
            <<<"$model" 2>"$2/errors" && continue
        echo "${1##*/}: $id: $model"
        cat "$2/errors"
        rm -f "$2/m$line.c"
    done <"$1"
}

# Compiles DIR/m*.c with the driver in two calls at a time: DIR/driver.
compile() { # dir flags...
    local dir=$1 half
    shift
    ls "$dir"/m*.c >"$dir/list" || return
    half=$(($(wc -l <"$dir/list") / 2 + 1))
    xargs awk -f "$here/models.awk" < <(head -n $half "$dir/list") >"$dir/one.c"
    xargs awk -f "$here/models.awk" < <(tail -n +$((half + 1)) "$dir/list") >"$dir/two.c"
    xargs awk -v list=1 -f "$here/models.awk" <"$dir/list" >"$dir/all.c"
    sed -i '1i #include "driver.h"' "$dir/one.c" "$dir/two.c" "$dir/all.c"
    "${CC[@]}" -std=c99 "$@" -I"$here" -c -o "$dir/one.o" "$dir/one.c" &
    "${CC[@]}" -std=c99 "$@" -I"$here" -c -o "$dir/two.o" "$dir/two.c" &&
        "${CC[@]}" -std=c11 -O1 -I"$here" -c -o "$dir/all.o" "$dir/all.c" &&
        "${CC[@]}" -std=c11 -O1 -I"$here" -c -o "$dir/driver.o" "$here/driver.c"
    local status=$?
    wait $! && ((status == 0)) &&
        "${CC[@]}" -o "$dir/driver" "$dir/one.o" "$dir/two.o" "$dir/all.o" "$dir/driver.o" -lm
}

# All of a table; the words are the driver's.
check_table() { # table flags words...
    local table=$1 flags=$2 dir=$WORK/${1##*/}
    shift 2
    rm -rf "$dir"
    mkdir -p "$dir"
    generate "$table" "$dir"
    # shellcheck disable=SC2086 # flags are words
    if ! compile "$dir" $flags; then
        fail "${table##*/}: does not compile"
        return
    fi
    "$dir/driver" "$@" "$table" >"$dir/said"
    sed '$d' "$dir/said"
    local -a last
    read -ra last < <(tail -n 1 "$dir/said")
    if [[ ${last[*]} =~ ^[0-9]+\ [0-9]+\ [0-9]+\ [0-9]+$ ]]; then
        count "${last[0]}" "${last[1]}"
        derivatives=$((derivatives + last[2])) within=$((within + last[3]))
    else
        fail "${table##*/}: the driver died: ${last[*]}"
    fi
}

# The last line of a stage.
finish() { # name
    echo "$1: $passed passed, $failed failed"
    ((failed == 0))
}
