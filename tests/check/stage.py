"""The stage: derivations by hand as checks of models, right ones and wrong ones.

Right ones must be confirmed. Each of the classical mistakes is put into each of them wherever it
can be made; it must be refuted, and the reason given must be the mistake that was made. What comes
to the same as a wrong sign or a constant factor counts as that, too. Prints the share of right
diagnoses for each class."""
import json
import os
import random
import re
import subprocess
import sys

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

    def diagnosed(self, kinds, reason, what):
        """Counts a diagnosis of a mistake that any of these kinds is."""
        kind, parts = kinds[0], reason.split("; or: ")
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
    found = []
    f = case.output
    for x in case.inputs:
        right = case.derivation.derive(x)
        places = list(case.derivation.places)
        found.append((["sign"], x, "-" + right))
        found.append((["factor"], x, rng.choice(("2*%s", "%s/2", "3*%s")) % right))
        for y in case.inputs:
            if y != x:
                found.append((["exchanged"], x, case.derivation.derive(y)))
        for mistake in places:
            more = ["factor"] if mistake[0] == "upstream" and mistake[1][2] is not None else []
            found.append(([mistake[0]] + more, x, case.derivation.derive(x, mistake)))
    checks = []
    rng.shuffle(found)
    count = {k: 0 for k in KINDS}
    for kinds, x, text in found:
        equal, ratio = same(text, case.derivation.derive(x), case.samples)
        if equal or not case.samples or count[kinds[0]] == PLACES:
            continue
        count[kinds[0]] += 1
        others = [y for y in case.inputs if y != x and
                  same(text, case.derivation.derive(y), case.samples)[0]]
        kinds = kinds_of(kinds[0], ratio) + kinds[1:] + (["exchanged"] if others else [])
        checks.append((kinds, "check diff(%s, %s) == %s" % (f, x, text)))
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
    lines += [c for _, c in checks]
    status, verdicts, said = run(name, "\n".join(lines) + "\n")
    tally.expect(status == (1 if checks else 0), "%s: status %d\n%s" % (name, status, said))
    for i, (kinds, check) in enumerate(checks):
        verdict, reason = verdicts.get(first + i, ("missing", ""))
        tally.expect(verdict == "refuted", "%s: %s: %s" % (name, check, verdict))
        tally.diagnosed(kinds, reason, "%s: %s" % (name, check))


def regularised(case):
    """The model with a term more, and derivations that lack it."""
    checks, x = [], case.inputs[0]
    right = case.derivation.derive(x)
    other = Case.__new__(Case)
    other.statements = case.statements + ["reg_f = %s + reg_l*%s^2" % (case.output, x)]
    other.output = "reg_f"
    checks.append((["regularisation"], "check diff(reg_f, %s) == %s" % (x, right)))
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


def main():
    tally = Tally()
    judge_teaching(tally)
    judge_arrays(tally)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
