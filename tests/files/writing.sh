# Outputs: complete or untouched, with one message and status 3 where they cannot be written.

# Is there nothing in the folder but this, and what the test itself made?
only() { # file...
    local found
    found=$(ls -A | grep -vxE 'm|out|err' | tr '\n' ' ')
    [[ $found = "${*:+$* }" ]] || { echo "expected: $*; found: $found"; return 1; }
}

case_write_input() {
    model m
    cp m before
    ln -s m link
    for output in m ./m link; do
        expect 3 "$BPGEN" -o $output m
        says "bpgen: error: cannot write $output: it was read, too; give the output another name"
    done
    expect 3 "$BPGEN" -o m - <m
    cmp m before
    only before link
}

case_write_links() {
    model m
    mkdir d
    echo old >d/old
    ln -s d/old link
    ln -s d/new dangling
    expect 0 "$BPGEN" -o link m
    expect 0 "$BPGEN" -o dangling m
    [[ -L link && -L dangling ]]
    cmp d/old d/new
    grep -q m_gradient d/new
    only d dangling link
}

case_write_loop() {
    model m
    ln -s loop loop
    expect 3 "$BPGEN" -o loop/x m
    only loop
}

case_write_modes() {
    model m
    touch a b
    chmod 600 a
    chmod 755 b
    (umask 027 && "$BPGEN" -o c m)
    expect 0 "$BPGEN" -o a m
    expect 0 "$BPGEN" -o b m
    [[ $(stat -c %a a b c | tr '\n' ' ') = '600 755 640 ' ]]
}

case_write_device_and_pipe() {
    model m
    mkfifo p
    cat p >seen &
    expect 0 "$BPGEN" -o p m
    wait
    expect 0 "$BPGEN" -o /dev/null m
    [[ -p p && -c /dev/null ]]
    "$BPGEN" m | sed 's/m_grad/&/' | cmp - seen
}

case_write_full() {
    model m
    echo old >old
    local text='No space left on device'
    expect 3 "$BPGEN" -o /dev/full m
    says "bpgen: error: cannot write /dev/full: $text"
    for words in m --help --version '--eval --at=x=1,y=2,z=3 m'; do
        # shellcheck disable=SC2086
        expect 3 sh -c '"$0" "$@" >/dev/full' "$BPGEN" $words
        says "bpgen: error: cannot write the standard output: $text"
        # shellcheck disable=SC2086
        expect 3 sh -c '"$0" "$@" >&-' "$BPGEN" $words
        says "bpgen: error: cannot write the standard output: Bad file descriptor"
    done
    (ulimit -f 1; expect 3 "$BPGEN" -o old m)
    says 'bpgen: error: cannot write old: File too large'
    [[ $(cat old) = old ]]
    only old
}

# A disk of 64 KiB, in a name space of its own: nothing is left to unmount.
case_write_dash() {
    model m
    "$BPGEN" m >good
    expect 0 "$BPGEN" -o - m
    cmp out good
    expect 0 "$BPGEN" -o - -MD m
    cmp out good
    [[ $(cat m.d) = 'm.c: m' && ! -e - ]]
    expect 2 "$BPGEN" --verify -o - m
    mentions 'needs -o FILE'
}

case_write_full_disk() {
    unshare -rm true 2>/dev/null || skip 'no right to mount a file system'
    for i in {1..400}; do echo "f$i = sin(x*$i)"; done >m
    mkdir d
    cat >on_disk <<'END'
mount -t tmpfs -o size=64k full d || exit 99
echo old >d/old.c
echo old >d/old.d
"$BPGEN" "$@" m
status=$?
[ "$(cat d/old.c) $(cat d/old.d) $(ls -A d | wc -l)" = "old old 2" ] || exit 98
exit $status
END
    local text='No space left on device'
    for output in d/new.c d/old.c; do
        expect 3 unshare -rm env BPGEN="$BPGEN" sh ./on_disk -o $output
        says "bpgen: error: cannot write $output: $text"
    done
    expect 3 unshare -rm env BPGEN="$BPGEN" sh ./on_disk -MD -MF d/old.d -MT "$(long_word)" -o a.c
    says "bpgen: error: cannot write d/old.d: $text"
    [[ ! -e a.c ]]
}

long_word() {
    head -c 100000 /dev/zero | tr '\0' a
}

case_write_nowhere() {
    model m
    mkdir d
    expect 3 "$BPGEN" -o d m
    says 'bpgen: error: cannot write d: Is a directory'
    expect 3 "$BPGEN" -o none/x m
    says 'bpgen: error: cannot write none/x: No such file or directory'
    only d
}

# A signal that comes between the writing and the moving: the process ends by it, behind the move.
# (What runs the tests may have it ignored, as nohup does, and that is inherited.)
case_write_interrupted() {
    model m
    cat >signal.c <<'END'
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
int fchmod(int file, mode_t mode)
{
    int number = atoi(getenv("SIGNAL"));
    (void)file, (void)mode;
    signal(number, SIG_DFL);
    return raise(number);
}
END
    ulimit -c 0
    "$CC" -shared -fPIC -o signal.so signal.c
    for signal in 1 2 3 15; do
        echo old >a
        expect $((128 + signal)) env ASAN_OPTIONS=verify_asan_link_order=0 SIGNAL=$signal \
            LD_PRELOAD="$PWD/signal.so" "$BPGEN" -o a m
        grep -q m_gradient a
        only a signal.c signal.so
    done
}
