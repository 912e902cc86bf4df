"""The stage: derivations by hand as checks of models, right ones and wrong ones.

Right ones must be confirmed. Each of the classical mistakes is put into each of them wherever it
can be made; it must be refuted, and the reason given must be the mistake that was made. What comes
to the same as a wrong sign or a constant factor counts as that, too. Prints the share of right
diagnoses for each class."""
import json
import os
import random
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from derivation import KINDS, Derivation, points, value

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ["WORK"]
BPGEN = os.environ["BPGEN"]
PLACES = 4  # of a mistake in a case

# What a diagnosis says of each class.
WORDS = {
    "sign": "sign",
    "factor": "a factor",
    "path": "the path through|left out",
    "upstream": "upstream factor|the local derivative of .* is missing",
    "operand": "other factor|other operand",
    "inner": "inner derivative|the local derivative of .* is missing",
    "exchanged": "exchanged",
    "logarithm": "logarithm",
    "value": "stands for its derivative",
    "regularisation": "left out|the path through",
    "transposed": "transposed",
    "unsummed": "not summed",
    "summed": "once too often|a factor [a-z]* is too much",
    "batch": "a factor [a-z]+ is",
}


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.right = {k: 0 for k in WORDS}
        self.second = {k: 0 for k in WORDS}
        self.wrong = {k: 0 for k in WORDS}
        self.none = {k: 0 for k in WORDS}

    def expect(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL", what, flush=True)

    def diagnosed(self, kinds, reason, what, names=()):
        """Counts a diagnosis of a mistake that any of these kinds is; that of a forgotten path has
        to name one of these."""
        kind, parts = kinds[0], reason.split("; or: ")
        if kind == "path" and names and not any(
                re.search(r"(?<!\w)%s(?!\w)" % n, reason) for n in names):
            self.expect(False, "%s: no path by way of %s: %s" % (what, names, reason))
        if any(re.search(WORDS[k], parts[0]) for k in kinds):
            self.right[kind] += 1
        elif any(re.search(WORDS[k], p) for k in kinds for p in parts[1:]):
            self.second[kind] += 1
        elif reason:
            self.wrong[kind] += 1
        else:
            self.none[kind] += 1
        if os.environ.get("SHOW") and not any(re.search(WORDS[k], parts[0]) for k in kinds):
            print("%s: %s\n    said: %s" % (kind, what, reason))

    def finish(self):
        print("mistake          right  second  wrong  none")
        for kind in WORDS:
            counts = (self.right[kind], self.second[kind], self.wrong[kind], self.none[kind])
            print("%-15s %6d %7d %6d %5d" % ((kind,) + counts))
            share = (counts[0] + counts[1])/max(1, sum(counts))
            self.expect(sum(counts) and share >= 0.9,
                        "%s: %d%% of the diagnoses are right" % (kind, 100*share))
        print("check: %d passed, %d failed" % (self.passed, self.failed))
        return self.failed > 0


def run(name, text, *options):
    """Judges a model: the exit status, a verdict and reason for each line that has a check, all
    that was said."""
    path = os.path.join(WORK, name + ".expr")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    done = subprocess.run([BPGEN, "--check", *options, path], capture_output=True, text=True,
                          check=False, timeout=300)
    verdicts = {}
    for line in done.stdout.split("\n"):
        m = re.match(r".*?:(\d+): (confirmed|refuted|undecided): ", line)
        if m:
            claim = text.split("\n")[int(m.group(1)) - 1]
            verdicts[int(m.group(1))] = (m.group(2), line[m.end() + len(claim) + 2:])
    return done.returncode, verdicts, done.stdout + done.stderr


# ---- scalars: the teaching cases

def same(a, b, samples):
    """Are two derivations equal as numbers? And if not, is one a constant times the other?"""
    ratios = []
    for p in samples:
        u, d = value(a, p), value(b, p)
        if u is None or d is None:
            return False, None
        if abs(u - d) <= 1e-9*max(abs(u), abs(d)):
            ratios.append(1.0)
        else:
            ratios.append(u/d if d else None)
        if u == 0 and d == 0:
            ratios.pop()
    if not ratios or all(r == 1.0 for r in ratios):
        return True, None
    constant = None not in ratios and max(ratios) - min(ratios) < 1e-9
    return False, ratios[0] if constant else None


def kinds_of(kind, ratio):
    """The kinds that a mistake counts as."""
    if ratio is None:
        return [kind]
    return [kind, "sign" if ratio == -1 else "factor"]


class Case:
    def __init__(self, case):
        self.statements = case["statements"]
        self.inputs = list(case["inputs"])
        self.point = case["inputs"]
        self.output = case["output"]
        self.grad = case["grad"]
        self.derivation = Derivation(self.statements, self.output)
        self.samples = points(self.inputs, self.derivation.definitions, 4, 1)


def right_checks(case):
    """Each derivative as a formula; and as a number at the published point."""
    lines = []
    at = ", ".join("%s=%s" % kv for kv in case.point.items())
    for x in case.inputs:
        if x not in case.grad:
            continue
        lines.append("check diff(%s, %s) == %s" % (case.output, x, case.derivation.derive(x)))
        number = case.grad[x] if "e" not in case.grad[x] else repr(float(case.grad[x]))
        lines.append("check diff(%s, %s) == %s within 1e-12 at (%s)" %
                     (case.output, x, number, at))
    return lines


def wrong_checks(case, rng):
    """(kinds, check) for mistakes."""
    found, rights = [], {x: case.derivation.derive(x) for x in case.inputs}
    f = case.output
    for x in case.inputs:
        right = rights[x] = case.derivation.derive(x)
        places = list(case.derivation.places)
        found.append((["sign"], x, "-" + right, ()))
        found.append((["factor"], x, rng.choice(("2*%s", "%s/2", "3*%s")) % right, ()))
        for y in case.inputs:
            if y != x:
                found.append((["exchanged"], x, rights[y], ()))
        for mistake in places:
            more = ["factor"] if mistake[0] == "upstream" and mistake[1][2] is not None else []
            found.append(([mistake[0]] + more, x, case.derivation.derive(x, mistake), mistake[1]))
    checks = []
    rng.shuffle(found)
    count = {k: 0 for k in KINDS}
    for kinds, x, text, place in found:
        if not case.samples or count[kinds[0]] == PLACES:
            continue
        equal, ratio = same(text, rights[x], case.samples)
        if equal:
            continue
        count[kinds[0]] += 1
        others = [y for y in case.inputs if y != x and
                  same(text, rights[y], case.samples)[0]]
        kinds = kinds_of(kinds[0], ratio) + kinds[1:] + (["exchanged"] if others else [])
        checks.append((kinds, "check diff(%s, %s) == %s" % (f, x, text),
                       [n for n in place if isinstance(n, str)] if kinds[0] == "path" else ()))
    return checks


def judge_right(tally, name, case):
    lines = list(case.statements) + ["output " + case.output] + right_checks(case)
    status, verdicts, said = run(name, "\n".join(lines) + "\n")
    for i, line in enumerate(lines):
        if line.startswith("check"):
            verdict = verdicts.get(i + 1, ("missing", ""))[0]
            tally.expect(verdict == "confirmed" or (verdict == "undecided" and kink(case, line)),
                         "%s: %s: %s\n%s" % (name, line, verdict, said))
    tally.expect(status == 0, "%s: status %d" % (name, status))


def kink(_case, line):
    """A derivative at a published point that is a matter of convention."""
    return " at (" in line


def judge_wrong(tally, name, case, checks, extra=()):
    lines = list(case.statements) + list(extra) + ["output " + case.output]
    first = len(lines) + 1
    lines += [c[1] for c in checks]
    status, verdicts, said = run(name, "\n".join(lines) + "\n")
    tally.expect(status == (1 if checks else 0), "%s: status %d\n%s" % (name, status, said))
    for i, (kinds, check, names) in enumerate(checks):
        verdict, reason = verdicts.get(first + i, ("missing", ""))
        tally.expect(verdict == "refuted", "%s: %s: %s" % (name, check, verdict))
        tally.diagnosed(kinds, reason, "%s: %s" % (name, check), names)


def regularised(case):
    """The model with a term more, and derivations that lack it."""
    checks, x = [], case.inputs[0]
    right = case.derivation.derive(x)
    other = Case.__new__(Case)
    other.statements = case.statements + ["reg_f = %s + reg_l*%s^2" % (case.output, x)]
    other.output = "reg_f"
    checks.append((["regularisation"], "check diff(reg_f, %s) == %s" % (x, right), ()))
    return other, checks


def judge_teaching(tally):
    with open(os.path.join(HERE, "data", "teaching.json"), encoding="utf-8") as f:
        cases = json.load(f)["cases"]
    rng = random.Random(1)
    for number, raw in enumerate(cases):
        case = Case(raw)
        name = "case%d" % number
        judge_right(tally, name, case)
        judge_wrong(tally, name + "w", case, wrong_checks(case, rng))
        other, checks = regularised(case)
        judge_wrong(tally, name + "r", other, checks)


# ---- arrays

def judge_arrays(tally):
    """Models in files: `check ...` are right, `# wrong KIND: check ...` are not."""
    folder = os.path.join(HERE, "arrays")
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as f:
            text = f.read()
        name = file[:-5]
        status, verdicts, said = run(name, text)
        rights = [i + 1 for i, l in enumerate(text.split("\n")) if l.startswith("check ")]
        tally.expect(status == 0 and rights, "%s: status %d\n%s" % (name, status, said))
        for i in rights:
            tally.expect(verdicts.get(i, ("missing",))[0] == "confirmed", "%s:%d" % (name, i))
        wrong, kinds = re.subn(r"(?m)^check .*$", "#", text), []
        lines = wrong[0].split("\n")
        for i, line in enumerate(lines):
            m = re.match(r"# wrong (\S+): (check .*)$", line)
            if m:
                lines[i] = m.group(2)
                kinds.append((i + 1, m.group(1).split("/")))
        status, verdicts, said = run(name + "w", "\n".join(lines))
        tally.expect(status == 1, "%s: status %d\n%s" % (name + "w", status, said))
        for i, kind in kinds:
            verdict, reason = verdicts.get(i, ("missing", ""))
            tally.expect(verdict == "refuted", "%s: %s: %s\n%s" % (name, lines[i - 1], verdict, said))
            tally.diagnosed(kind, reason, "%s: %s" % (name, lines[i - 1]))


# ---- hard points, assumptions

def judge_expected(tally):
    """Files whose checks say what is to come out: `# VERDICT: part of the reason`."""
    for name in ("hard", "assumed", "impossible"):
        with open(os.path.join(HERE, name + ".expr"), encoding="utf-8") as f:
            text = f.read()
        status, verdicts, said = run(name, text)
        for i, line in enumerate(text.split("\n")):
            m = re.search(r"# (confirmed|refuted|undecided): (.*)$", line)
            if line.startswith("check") and m:
                verdict, reason = verdicts.get(i + 1, ("missing", ""))
                said_so = m.group(2) in reason or m.group(2) in said
                tally.expect(verdict == m.group(1) and said_so,
                             "%s:%d: %s: %s" % (name, i + 1, verdict, reason))
        tally.expect(status == (1 if "# refuted" in text else 0), "%s: status %d" % (name, status))


# Gradients of arrays that are numbers only where they are read, differentiated once more.
WITHIN = ["""input x[n], z
param a, c
e[i] = hypot(sqrt(x[i] - a), 0.5)
y[i] = e[i]*z
s = sum[i](x[i] > a ? y[i]*c : 0) + sum[i in 0..n-1](x[i+1] > a ? y[i+1] : 0)
g = diff(s, x)
output g
""", """input x[n]
param a, w
e[i] = sqrt(x[i] - a)
y[i] = e[i]^2*x[i]
s = sum[i](x[i] > a && w > -9 ? y[i]*y[i] : 0) + sum[i in 0..n-1](x[i+1] > a ? w*y[i+1] : 0)
g = diff(diff(s, x), x)
output g
""", """input x[n], z
param a, w
e[i] = sqrt(x[i] - a)
y[i] = e[i]*z
s = sum[i](x[i] > a ? sin(y[i]) : 0) + (x[0] > a ? w*y[0] : 0)
g = diff(diff(s, z), x)
output g
"""]


# Elements of the Jacobian are 0, of which the oracle's differences leave 2^-850.
NOISE = """dim n
input x[n], z
param a, w, c, k[3]
y[i] = x[i] > a ? 1/(x[i] - a) : 0
s = mean[i](x[i] > a ? y[i]*z : 0)
g = diff(s, x)
output g, s
"""


def judge_command(tally):
    """Seeds, statuses, wrong options."""
    model = "f = sin(x)*y\ncheck diff(f, x) == cos(x)*y\ncheck diff(f, y) == -sin(x)\n"
    status, _, first = run("seed", model)
    again = run("seed", model)[2]
    other = run("seed", model, "--seed=7")[2]
    tally.expect(status == 1 and first == again, "the same seed gives the same points")
    tally.expect("(seed 1)" in first and "(seed 7)" in other, "the seed is printed")
    where = re.compile(r"yours .* at (x=[^:]*):")
    tally.expect(where.search(first).group(1) != where.search(other).group(1),
                 "another seed gives other points")
    sizes = "dim n\ninput x[n]\nf = sum(x)\ncheck f == n*mean(x) at (n=%s)\n"
    tally.expect([run("sizes", sizes % n)[0] for n in ("3", "-1", "2.5")] == [0, 1, 1],
                 "sizes are integers from 0")
    kink = "f = abs(x)\ncheck diff(f, x) == 0 at (x=0)\n"
    tally.expect(run("kink", kink)[0] == 0, "an undecided check is no error")
    tally.expect(run("kink", kink, "-Werror")[0] == 1, "but with -Werror")
    pole = "input x, y\nparam s\nq = 0\nf = sqrt(s*q*x) + y\ng = cbrt(s*q*x) + y\n"
    status, _, said = run("pole", pole)
    tally.expect(status == 0 and said.count("at a kink or pole of its own\n") == 4,
                 "IEEE arithmetic at a pole: %s" % said)
    beyond = "input x\nassume -0.4 <= x <= 0.4\nf = atan((1 + x)/round(x))\n"
    tally.expect("at a kink or pole of its own\n" in run("beyond", beyond)[2],
                 "what goes on from an infinite value")
    none = "dim n = 0\ninput x[n], c\nz[i] = c*x[i]\nf = sum(z) + c\noutput z, f\n"
    status, _, said = run("none", none, "-Werror")
    tally.expect(status == 0 and said.count(": it has no elements\n") == 3,
                 "derivatives of no elements: %s" % said)
    half = "dim n\ninput x[n]\nL[i in 0..n, j in 0..i+1] = x[i]*x[j]\n"
    tally.expect("\nconfirmed: diff(L, x)" in "\n" + run("half", half, "-Werror")[2],
                 "elements that no equation gives are not asked for")
    edges = "input x\nassume 0 <= x <= 0\nf = abs(x)\ng = sqrt(x)\nh = floor(x)\n"
    said = run("edges", edges)[2]
    tally.expect(all("undecided: diff(%s, x): the derivative is %s\n" % e in said for e in
                     (("f", "at a kink, with different derivatives from left and right"),
                      ("g", "at a pole"), ("h", "at a jump"))), "derivatives at hard points: " + said)
    great = "input x\nk = 6.02e23\ng(u) = k*u\nrule diff(g(u), u) = 2*k\nf = g(x)\n"
    tally.expect("refuted: diff(f, x)\n" in run("great", great)[2],
                 "a great factor is no pole")
    for number, text in enumerate(WITHIN):
        found = [run("within", "dim n\n" + text, "--seed=%d" % s)[0] for s in (1, 2)]
        tally.expect(found == [0, 0], "what is no number outside a guard: %d" % number)
    great = "input x, y\nassume 1 < x < 2\nf = sin(1e300*x)*y\n"
    tally.expect("confirmed: diff(f, y)" in run("far", great)[2], "a sine of a great argument")
    tally.expect(run("noise", NOISE)[0] == 0, "what differences of differences leave is 0")
    singular = "dim n\ninput b[3], W[3,n], S[3,3]\nq[i in 0..n] = b[0]\n" \
               "f = det(atan(W)@outer(erfc(b), softmax(q))')*S\n"
    tally.expect([run("singular", singular, "--seed=%d" % s)[0] for s in (9, 11, 14)] == [0, 0, 0],
                 "what is left of a singular matrix by rounding is nothing")
    for options in (["--seed=1", "--check=1"], ["--check", "--eval", "--at=x=1"], ["--seed=2"],
                    ["--check", "--wrt=x"], ["--check", "--seed=x"]):
        done = subprocess.run([BPGEN, *options, os.path.join(WORK, "kink.expr")], check=False,
                              capture_output=True)
        tally.expect(done.returncode == 2, "bpgen %s: status %d" % (options, done.returncode))


# ---- derivatives that are wrong

BROKEN = [("SIN", '"cos(x)"', '"-cos(x)"', "f = sin(x)*y"),
          ("DIV", '"-f/y"', '"f/y"', "f = exp(x)/(1 + y^2)"),
          ("TANH", '"f^2 < 0.5 ? 1 - f^2', '"f^2 < 0.5 ? 1 + f^2', "f = tanh(x*y/9)"),
          ("MUL", '"y", "x"', '"x", "y"', "f = x*sin(y)")]


def judge_broken(tally):
    """bpgen itself with a row of the operator table broken: its derivatives are refuted."""
    root = os.path.join(HERE, "..", "..")
    build = os.environ.get("BUILD", os.path.join(root, "build"))
    objects = [os.path.join(build, "obj/src/cli", f) for f in os.listdir(build + "/obj/src/cli")
               if f.endswith(".o")]
    with open(os.path.join(root, "src/graph/ops.def"), encoding="utf-8") as f:
        table = f.read()
    os.makedirs(os.path.join(WORK, "graph"), exist_ok=True)
    flags = ["-fsanitize=address,undefined"] if os.environ.get("SANITIZED") else []
    for row, right, wrong, model in BROKEN:
        line = next(l for l in table.split("\n") if l.startswith("OP(%s," % row))
        head, found, tail = line.rpartition(right)
        with open(os.path.join(WORK, "graph/ops.def"), "w", encoding="utf-8") as f:
            f.write(table.replace(line, head + wrong + tail))
        broken = os.path.join(WORK, "broken")
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-O0", "-D_XOPEN_SOURCE=700", *flags,
                        "-I" + WORK, "-I" + root + "/src", "-I" + build + "/gen", "-o", broken,
                        root + "/src/graph/op.c", *objects, build + "/libbpgen.a", "-lmpfr",
                        "-lgmp", "-lunistring", "-lm"], check=True)
        path = os.path.join(WORK, "broken.expr")
        with open(path, "w", encoding="utf-8") as f:
            f.write(model + "\n")
        done = subprocess.run([broken, "--check", path], capture_output=True, text=True, check=False)
        tally.expect(found and done.returncode == 1 and "refuted: diff(f, " in done.stdout,
                     "%s broken: %s%s" % (row, done.stdout, done.stderr))


# ---- random models with their own gradients

HEAVY = re.compile(r"gamma\(")  # functions that take long in many bits


def judge_file(path):
    done = subprocess.run([BPGEN, "--check", path], capture_output=True, text=True, check=False,
                          timeout=600)
    checks = re.findall(r":\d+: (confirmed|refuted|undecided): check", done.stdout)
    bad = re.search(r"(?m)^refuted: ", done.stdout)
    if "at a kink or pole of its own" in done.stdout:  # as in min(x, x): bpgen's own is a convention
        return path, [], 0, ""
    return path, checks, done.returncode, (done.stdout + done.stderr if bad else "")


def judge_gradients(tally, first, count, heavy):
    folder = os.path.join(WORK, "gradients.d")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    subprocess.run([os.path.join(WORK, "gradients"), folder, str(first), str(count)], check=True)
    files = []
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as f:
            if heavy or not HEAVY.search(f.read()):
                files.append(os.path.join(folder, file))
    seen = {"confirmed": 0, "undecided": 0, "refuted": 0}
    with ThreadPoolExecutor(2) as pool:
        for path, checks, status, said in pool.map(judge_file, files):
            wrong = path.endswith("_wrong.expr") and checks
            good = not said and ("refuted" in checks) == bool(wrong) and status == int(bool(wrong))
            tally.expect(good, "%s: status %d, %s\n%s" % (path, status, checks, said))
            for c in checks if not wrong else []:
                seen[c] += 1
    wrong = sum(f.endswith("_wrong.expr") for f in files)
    print("gradients: %d models, checks %s; %d wrong ones" % (len(files) - wrong, seen, wrong))


def main():
    tally = Tally()
    if sys.argv[1:2] == ["gradients"]:
        judge_gradients(tally, int(sys.argv[2]), int(sys.argv[3]), True)
        print("check: %d passed, %d failed" % (tally.passed, tally.failed))
        return tally.failed > 0
    judge_expected(tally)
    judge_command(tally)
    judge_teaching(tally)
    judge_arrays(tally)
    judge_broken(tally)
    judge_gradients(tally, 1, 100, False)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
