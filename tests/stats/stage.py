"""The stage: every number of --stats against the C beside it, read by body.py, and the bytes of the
stack against what gcc says that it takes.

The numbers of operations are those of the text, so are statements, loops and the values alive at
once. Unoptimised, every value has a place of its own, so that gcc takes at least as much stack as
is said; optimised, it takes little more."""
import glob
import os
import platform
import re
import shlex
import subprocess
import sys

from body import RENAMED, summary
from collection import CASES

HERE = os.path.dirname(os.path.abspath(__file__))
BPGEN, WORK = os.environ["BPGEN"], os.environ["WORK"]
SIZES = {"float": 4, "double": 8, "long double": 16}
ALL = "--with=value,forward,reverse,jacobian"
SCALAR = "--with=value,forward,reverse,gradient,jacobian,hessian,hvp"
# the bytes below the stack that a function may use without saying so
RED_ZONE = ["-mno-red-zone"] if platform.machine() == "x86_64" else []
passed = failed = 0


def check(name, what, said, is_so):
    global passed, failed
    if is_so:
        passed += 1
        return
    failed += 1
    print("stats: %s: %s: %s" % (name, what, said), flush=True)


def run_bpgen(options, path, text=None):
    """The C, and the table and the rest of what --stats says; None if there is no such C."""
    said = subprocess.run([BPGEN, "--stats", "-w", *options, path], input=text, capture_output=True,
                          text=True, check=False, timeout=60)
    return (said.stdout, said.stderr) if said.returncode == 0 else None


def table(said):
    """The columns by kind: names of rows to numbers. Rows of one name are one behind the other."""
    lines = said.split("\n\n")[0].splitlines()
    kinds = lines[0].split()[1:]
    columns = {k: [] for k in kinds}
    for line in lines[1:]:
        for kind, number in zip(kinds, line[17:].split()):
            columns[kind].append((line[:17].strip(), number))
    return columns


def split_rows(rows):
    """Operations; the rest."""
    names = [n for n, _ in rows]
    end = names.index("all")
    operations = {}
    for n, number in rows[:end]:
        n = RENAMED.get(n, n)
        operations[n] = operations.get(n, 0) + int(number)
    return {n: k for n, k in operations.items() if k}, rows[end:]


def check_ratio(name, rows, base, what):
    """The ratio behind a row is that of its number and the value's."""
    for i, (row, number) in enumerate(rows):
        if row == what and i + 1 < len(rows) and rows[i + 1][0] == "ratio":
            first = int(dict(base)[what])
            check(name, "ratio of " + what, rows[i + 1],
                  abs(int(number)/first - float(rows[i + 1][1])) <= 0.0501)


def check_function(name, c, prefix, kind, rows, base, real):
    found = summary(c, prefix, kind, SIZES[real])
    operations, rest = split_rows(rows)
    numbers = {n: v for n, v in rest if n != "ratio"}
    check(name, "operations", (operations, dict(found["operations"])),
          operations == dict(found["operations"]))
    check(name, "all", numbers["all"], int(numbers["all"]) == sum(operations.values()))
    for what, row in (("calls", "calls"), ("statements", "statements"), ("loops", "loops"),
                      ("live", "live values")):
        check(name, row, (numbers[row], found[what]), int(numbers[row]) == found[what])
    least = found["arrays"] + SIZES[real]*found["live"]
    stack = int(numbers["stack bytes"])
    check(name, "stack bytes", (stack, least, found["frame"]),
          stack == least if not found["frame"] else least + found["frame"] <= stack)
    for what in ("all", "calls"):
        check_ratio(name, rest, split_rows(base)[1], what)
    return stack, found["loops"]


def check_model(name, options, path, text=None):
    """All functions of a model; gives the C, its prefix and the stack that each takes."""
    made = run_bpgen(options, path, text)
    if not made:
        return None
    c, said = made
    real = next((o[7:] for o in options if o.startswith("--real=")), "double")
    columns = table(said)
    prefix, stacks = re.search(r"void (\w+)_(?:%s)\(" % "|".join(columns), c)[1], {}
    for kind, rows in columns.items():
        if re.search(r"void %s_%s\(" % (prefix, kind), c):
            stacks[kind] = check_function("%s: %s" % (name, kind), c, prefix, kind, rows,
                                          columns["value"], real)
    return c, prefix, stacks


# ---- the compiler

def usage(c, level):
    """Bytes of the stack by function, as gcc has it."""
    path = os.path.join(WORK, "usage")
    with open(path + ".c", "w", encoding="utf-8") as f:
        f.write(c)
    subprocess.run(["gcc", "-std=c99", level, "-fno-inline", "-fstack-usage", *RED_ZONE, "-c", "-o",
                    path + ".o", path + ".c"], check=True)
    with open(path + ".su", encoding="utf-8") as f:
        lines = [line.split("\t") for line in f]
    return {line[0].rsplit(":", 1)[1]: int(line[1]) for line in lines}


def deepest(used, name):
    parts = [n for n in used if re.match(name + r"_part_\d+$", n)]
    return used[name] + max([used[p] for p in parts], default=0)


def check_compiler(name, c, prefix, stacks):
    plain, optimised = usage(c, "-O0"), usage(c, "-O2")
    for kind, (stack, loops) in stacks.items():
        function = "%s_%s" % (prefix, kind)
        check("%s: %s" % (name, kind), "stack by gcc -O0", (stack, deepest(plain, function)),
              stack <= deepest(plain, function))
        # what it saves of the registers, spills of subscripts and pointers
        check("%s: %s" % (name, kind), "stack by gcc -O2", (stack, deepest(optimised, function)),
              deepest(optimised, function) <= 1.5*stack + 300 + 24*loops)


# ---- models

def run_golden():
    for number, path in enumerate(sorted(glob.glob(os.path.join(HERE, "..", "golden", "*.expr")))):
        with open(path, encoding="utf-8") as f:
            words = shlex.split(f.readline()[len("# bpgen "):].replace("-D ", "-D"))[:-1]
        if "--eval" in words:  # some are evaluated alone: no loops are found for them
            continue
        if any(w in ("--pack", "--eval", "--explain", "--stats", "--linkage=static") or
               w.startswith(("--emit=", "--at", "--seed", "--expand", "--with")) for w in words):
            words = [w for w in words if w.startswith(("-D", "--unroll=", "--stack=", "--real="))]
        name = os.path.basename(path)
        made = check_model(name, [*words, SCALAR], path) or check_model(name, [*words, ALL], path)
        check(name, "bpgen", words, made is not None)
        if made and number % 4 == 0:
            check_compiler(name, *made)


def run_collection(step):
    for number, case in enumerate(CASES):
        if number % step:
            continue
        text = "%s\n%s\n" % (case.declare.replace("; ", "\n"), case.forms[0])
        sizes = [d for s in case.declare.replace("; ", "\n").split("\n") if s.startswith("dim ")
                 for d in s[4:].split(", ") if "=" not in d]
        fixed = ["-D%s=%d" % (d, case.sizes.get(d, n)) for d, n in zip(sizes, (3, 2, 4))]
        for key, options in (("run", []), ("rolled", [*fixed, "--unroll=0"]),
                             ("split", [*fixed, "--unroll=8", "--split=8"])):
            name = "%s/%s" % (case.name, key)
            made = check_model(name, ["--prefix=m", *options, SCALAR], "-", text) or \
                check_model(name, ["--prefix=m", *options, ALL], "-", text)
            check(name, "bpgen", options, made is not None)
            if made and key == "split":
                check_compiler(name, *made)


def main(arguments):
    run_golden()
    run_collection(int(arguments[0]) if arguments else 20)
    print("stats: %d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
