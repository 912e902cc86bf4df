"""The stage: models as users write them, all kinds of derivatives against each other.

A model's reference is its C of no options: forward, reverse and differences agree there, Jacobian,
gradient, Hessian and Hessian products with them. The same numbers must come from every function
alone, under options that shape the C, packed, by some of the inputs, and by `diff` in the model.
And again where all adjoints are 0: of the energy sum((f - f0)^2)/2 at f = f0, whose Hessian is J'J
with the Jacobian J of f.

A model's first lines may say `# sizes n=1,2,3 T=0,4` (else 1, 2, 3), `# from 0.3 to 1.7` (what is
drawn; else -1.5 to 1.5)."""
import ctypes
import itertools
import os
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

import judge
from model import CC, Failure, STRICT, Source, WORK
from options import AnyModel, table_of

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "models")
SHORT = ("conditions", "last_elements", "late_states", "layers", "smoother", "triangle")  # of `make check`
FEW, MANY = 3, 4  # combinations of sizes
FIRST = ["value", "forward", "reverse", "jacobian"]
SECOND = ["gradient", "hessian", "hvp"]  # of one scalar output
SHAPES = [["--unroll=0"], ["--unroll=20"], ["--stack=0"], ["--split=3"], ["--checkpoint=2"],
          ["--checkpoint=2", "--stack=0", "--unroll=0"], ["--jacobian=forward"],
          ["--jacobian=reverse", "--unroll=0"], ["--pack"],
          ["--pack", "--unroll=0", "--stack=0", "--checkpoint=2"]]
COMPILERS = [[*CC, "-std=c99", "-O1", "-shared", "-fPIC", "-ffp-contract=off", "-o", "%s.so"],
             ["clang", "-std=c99", "-Wfloat-conversion", "-fsyntax-only"],
             ["g++", "-x", "c++", "-std=c++17", "-fsyntax-only"]]
QUICKLY = [["tcc", "-shared", "-o", "%s.so"], ["clang", "-std=c99", "-fsyntax-only"]]


def build(name, sources, compilers):
    """The functions of all sources, by one library."""
    path = os.path.join(WORK, name)
    with open(path + ".c", "w", encoding="utf-8") as f:
        f.writelines(s.c + table_of(s) for s in sources)
    for compiler in compilers:
        words = [w.replace("%s", path) for w in compiler]
        strict = [] if words[0] == "tcc" else [w for w in STRICT if words[0] != "g++" or
                                               w != "-Wstrict-prototypes"]
        library = ["-lm"] if "%s.so" in compiler else []
        said = subprocess.run([*words, *strict, path + ".c", *library], capture_output=True,
                              text=True, check=False)
        if said.returncode:
            raise Failure("%s: %s" % (" ".join(words), said.stderr[:2000]))
    library = ctypes.CDLL(path + ".so")
    return [AnyModel(library, s) for s in sources]


# ---- texts

class Text:
    """A model's text, and what its first lines say of it."""

    def __init__(self, name):
        with open(os.path.join(MODELS, name + ".expr"), encoding="utf-8") as f:
            self.text = f.read()
        self.name = name
        sizes = re.search(r"^# sizes (.*)$", self.text, re.M)
        self.sizes = {d: [int(n) for n in v.split(",")] for d, v in
                      (w.split("=") for w in (sizes[1].split() if sizes else []))}
        bounds = re.search(r"^# from (\S+) to (\S+)$", self.text, re.M)
        self.bounds = tuple(map(float, bounds.groups())) if bounds else (-1.5, 1.5)
        self.manifest = Source(self.text, "plain", "-w", "--with=value").manifest
        self.outputs = self.manifest["outputs"]
        self.active = [x["name"] for x in self.manifest["inputs"] if x["active"]]
        self.scalar = [o["shape"] for o in self.outputs] == [[]]

    def kinds(self):
        return FIRST + (SECOND if self.scalar else [])

    def with_outputs(self, names, more):
        """The same model with other outputs, and more lines."""
        kept = [x for x in self.text.split("\n") if not x.startswith("output ")]
        return "\n".join([*kept, *more, "output " + ", ".join(names)]) + "\n"

    def slopes(self):
        """(output, input, name) of the derivatives that diff takes."""
        return [(o["name"], x, "slope_%d_%d" % (i, k)) for i, o in enumerate(self.outputs)
                for k, x in enumerate(self.active)]

    def by_diff(self):
        return self.with_outputs([s for _, _, s in self.slopes()],
                                 ["%s = diff(%s, %s)" % (s, o, x) for o, x, s in self.slopes()])

    def energy(self, *more):
        """The energy of the outputs, which all are 0 at the param."""
        lines, terms = [], []
        for i, o in enumerate(self.outputs):
            shape = "[%s]" % ", ".join(map(str, o["shape"])) if o["shape"] else ""
            square = "(%s - target_%d)^2" % (o["name"], i)
            lines.append("param target_%d%s" % (i, shape))
            terms.append("sum(%s)/2" % square if shape else square + "/2")
        return [*lines, "energy = " + " + ".join(terms), *more]

    def at_rest(self):
        return self.with_outputs(["energy"], self.energy())

    def pulls(self):
        names = ["pull_%d" % k for k, _ in enumerate(self.active)]
        return self.with_outputs(names, self.energy(*["%s = diff(energy, %s)" % p
                                                      for p in zip(names, self.active)]))


def subsets(active):
    """What is tried by --wrt."""
    if len(active) < 2:
        return []
    return [[a] for a in active[:3]] + ([active[::2]] if len(active) > 2 else [])


class Variants:
    """All that is generated of a model, by key."""

    def __init__(self, text, compilers):
        every = "--with=" + ",".join(text.kinds())
        wanted = [("reference", text.text, [every])]
        wanted += [("--with=" + k, text.text, ["--with=" + k]) for k in text.kinds()]
        wanted += [(" ".join(s), text.text, [every, *s]) for s in SHAPES]
        wanted += [("--wrt=" + ",".join(s), text.text, [every, "--wrt=" + ",".join(s)])
                   for s in subsets(text.active)]
        first = "--with=" + ",".join(FIRST)
        wanted += [("diff", text.by_diff(), [first]), ("diff --unroll=0", text.by_diff(),
                                                       [first, "--unroll=0", "--stack=0"])]
        both = "--with=" + ",".join(FIRST + SECOND)
        wanted += [("rest", text.at_rest(), [both]), ("rest --unroll=0", text.at_rest(),
                                                      [both, "--unroll=0", "--jacobian=reverse"])]
        wanted += [("pulls", text.pulls(), [first]),
                   ("pulls --jacobian=reverse", text.pulls(), [first, "--jacobian=reverse"])]
        sources = [Source(t, "v%d" % i, "-w", *o) for i, (_, t, o) in enumerate(wanted)]
        self.models = dict(zip([k for k, _, _ in wanted], build(text.name, sources, compilers)))
        self.reference = self.models["reference"]


# ---- numbers

class Point:
    """A model's reference at sizes and a point."""

    def __init__(self, text, model, dims):
        self.text, self.model, self.dims = text, model, dims
        rng = judge.random_of(text.name, sorted(dims.items()))
        self.values = judge.draw(rng, model, dims, *text.bounds)
        self.tangents = {a: [round(rng.uniform(-1, 1), 3) for _ in self.values[a]]
                         for a in model.active}
        self.seeds = {o: [round(rng.uniform(-1, 1), 3) for _ in range(model.size(e, dims))]
                      for o, e in model.outputs.items()}
        judge.check(model, dims, self.values)
        self.got = {k: self.call(model, k) for k in model.functions}
        self.width = sum(len(self.values[a]) for a in model.active)
        self.jacobian = self.got["jacobian"]["jacobian", None]

    def call(self, model, kind, **more):
        tangents = {a: self.tangents[a] for a in model.active}
        return model.call(kind, self.dims, {**self.values, **more}, tangents=tangents,
                          seeds=self.seeds)

    def columns(self, names):
        """Where the derivatives by these inputs stand in a row, in the model's order."""
        places, at = [], 0
        for a in self.model.active:
            places += range(at, at + len(self.values[a])) if a in names else []
            at += len(self.values[a])
        return places

    def rows(self, output):
        """Likewise the elements of an output among all rows."""
        at = 0
        for o, e in self.model.outputs.items():
            size = self.model.size(e, self.dims)
            if o == output:
                return range(at, at + size)
            at += size
        return []

    def part(self, output, names):
        return [self.jacobian[r*self.width + c] for r in self.rows(output)
                for c in self.columns(names)]


def judge_same(point, key, model):
    """Every function gives what the reference's does."""
    for kind in model.functions:
        got = point.call(model, kind)
        for entry, numbers in got.items():
            judge.expect("%s: %s of %s" % (key, kind, entry[1] or entry[0]), numbers,
                         point.got[kind][entry], judge.SAME)


def judge_some(point, key, model):
    """By some of the inputs."""
    columns = point.columns(model.active)
    for kind in set(model.functions) & {"reverse", "gradient"}:
        got = point.call(model, kind)
        for a in model.active:
            judge.expect("%s: %s of %s" % (key, kind, a), got["adjoint", a],
                         point.got[kind]["adjoint", a], judge.SAME)
    got = point.call(model, "jacobian")["jacobian", None]
    height = len(point.jacobian)//point.width if point.width else 0
    judge.expect(key + ": jacobian", got, [point.jacobian[r*point.width + c] for r in range(height)
                                           for c in columns], judge.SAME)
    if "hessian" in model.functions:
        whole = point.got["hessian"]["hessian", None]
        judge.expect(key + ": hessian", point.call(model, "hessian")["hessian", None],
                     [whole[a*point.width + b] for a in columns for b in columns], judge.SAME)


def judge_diff(point, key, model):
    """The derivatives in the model are those beside it; and theirs, where there are second ones."""
    got = model.call("value", point.dims, point.values)
    for output, x, slope in point.text.slopes():
        judge.expect("%s: diff(%s, %s)" % (key, output, x), got["output", slope],
                     point.part(output, [x]), judge.SAME)
    rows = judge.check_slopes(model, point.dims, point.values, differences=False)
    judge.expect(key + ": its Jacobian",
                 model.call("jacobian", point.dims, point.values)["jacobian", None],
                 judge.flat(rows), judge.SAME)
    if point.text.scalar:
        judge.expect(key + ": its Jacobian and the Hessian", judge.flat(rows),
                     point.got["hessian"]["hessian", None], 1e-8)


def targets(point):
    return {"target_%d" % i: point.got["value"]["output", o]
            for i, o in enumerate(point.model.outputs)}


def squared(point):
    """J'J."""
    n = point.width
    rows = [point.jacobian[r*n:(r + 1)*n] for r in range(len(point.jacobian)//n if n else 0)]
    return [sum(r[a]*r[b] for r in rows) for a in range(n) for b in range(n)]


def judge_rest(point, key, model):
    values = {**point.values, **targets(point)}
    wanted = squared(point)
    scale = max(1.0, *map(abs, wanted)) if wanted else 1.0
    slopes = judge.adjoints_of(model.call("gradient", point.dims, values), model)
    judge.expect(key + ": gradient", slopes, [0.0]*point.width, judge.SAME, scale)
    judge.expect(key + ": hessian", model.call("hessian", point.dims, values)["hessian", None],
                 wanted, judge.SAME)
    products = []
    for t in judge.units(model, point.dims, model.active, "in"):
        got = model.call("hvp", point.dims, values, tangents=t)
        products += [x for a in model.active for x in got["adjoint_tangent", a]]
    judge.expect(key + ": hvp", products, wanted, judge.SAME)


def judge_pulls(point, key, model):
    """The gradient of the energy by diff, and its Jacobian."""
    values = {**point.values, **targets(point)}
    wanted = squared(point)
    got = model.call("jacobian", point.dims, values)["jacobian", None]
    judge.expect(key + ": jacobian", got, wanted, judge.SAME)
    judge.expect(key + ": forward and reverse",
                 judge.flat(judge.check_slopes(model, point.dims, values, differences=False)),
                 wanted, judge.SAME)


def judge_variant(point, key, model):
    if key.startswith("--wrt"):
        judge_some(point, key, model)
    elif key.startswith("diff"):
        judge_diff(point, key, model)
    elif key.startswith("rest"):
        judge_rest(point, key, model)
    elif key.startswith("pulls"):
        judge_pulls(point, key, model)
    else:
        judge_same(point, key, model)


# ---- the stage

class Tally:
    """Counts, and what went wrong."""

    def __init__(self):
        self.passed, self.failures = 0, []

    def attempt(self, name, function, *arguments):
        """Runs one check; gives what it gives, or None."""
        try:
            result = function(*arguments)
        except Failure as e:
            self.failures.append("%s: %s" % (name, e))
            return None
        self.passed += 1
        return result


def sizes_of(text, most):
    """Combinations of the sizes of dims, those of equal distance in the list of all of them."""
    free = [d["name"] for d in text.manifest["dims"] if d["value"] is None]
    every = list(itertools.product(*[text.sizes.get(d, [1, 2, 3]) for d in free]))
    step = -(-len(every)//most)
    return [dict(zip(free, c)) for c in every[::-1][::step]]


def judge_model(name, compilers, most):
    tally = Tally()
    text = tally.attempt(name, Text, name)
    variants = tally.attempt(name, Variants, text, compilers) if text else None
    for dims in sizes_of(text, most) if variants else ():
        at = "%s(%s)" % (name, ", ".join("%s=%d" % d for d in dims.items()))
        point = tally.attempt(at, Point, text, variants.reference, dims)
        for key, model in variants.models.items():
            if point:
                tally.attempt(at, judge_variant, point, key, model)
    return tally


def main(arguments):
    full = "--full" in arguments
    names = [a for a in arguments if a != "--full"]
    every = sorted(n[:-len(".expr")] for n in os.listdir(MODELS) if n.endswith(".expr"))
    chosen = names or (every if full else SHORT)
    passed = failed = 0
    with ProcessPoolExecutor(int(os.environ.get("JOBS", "1")) if full else 1) as pool:
        tallies = pool.map(judge_model, chosen, repeat(COMPILERS if full else QUICKLY),
                           repeat(MANY if full else FEW))
        for name, tally in zip(chosen, tallies):
            passed, failed = passed + tally.passed, failed + len(tally.failures)
            for failure in tally.failures:
                print("variants: " + failure)
            if full:
                print("%s: %d passed, %d failed" % (name, tally.passed, len(tally.failures)),
                      flush=True)
    print("variants: %d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
