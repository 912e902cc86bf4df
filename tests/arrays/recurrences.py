"""Random recurrences: the generated C against an interpreter of the equations and its derivatives
by numbers with infinitesimals, which shares nothing with bpgen, at extents from 0 on."""
from collections import namedtuple

import chains
import hyper
import judge
from elements import Elements
from hyper import Hyper
from model import Failure, Model, Source

SCALAR, SEVERAL = "--with=value,forward,reverse,gradient,", "--with=value,forward,reverse,"
MOST = 10  # equations of a model that the Hessian is taken of

SETTINGS = [(3, 2, 2), (0, 0, 0), (1, 1, 1), (2, 3, 1), (1, 4, 2), (4, 1, 3), (2, 0, 2), (0, 2, 2),
            (3, 1, 0), (3, 4, 2)]

Effort = namedtuple("Effort", "sizes variants")  # at how many sizes, in which variants
QUICK = Effort(6, ("run", "rolled", "unrolled"))
FULL = Effort(10, (*QUICK.variants, "loops"))
FIXED = ("unrolled", "loops")  # what has the usual sizes compiled in
LOOPS = [[], ["--stack=0"], ["--checkpoint=2"], ["--jacobian=reverse"], ["--split=8"]]


def settings(least, count):
    """Values of the dims, none below its least: the usual ones first."""
    seen = []
    for sizes in SETTINGS:
        dims = {d: max(least[d], sizes["nmd".index(d)]) for d in least}
        if dims not in seen:
            seen.append(dims)
    return seen[:count]


def interpret(program, model, dims, values, moved):
    """All outputs in a row, where inputs are `moved(name, i)`: first and second infinitesimal."""
    inputs = {}
    for name, numbers in values.items():
        if model.inputs[name]["kind"] != "index":
            numbers = [Hyper(x, *moved(name, i)) for i, x in enumerate(numbers)]
        inputs[name] = judge.nested(numbers, model.shape(model.inputs[name], dims))
    elements = Elements(program, model.sizes(dims), inputs)
    return [x for o in model.outputs
            for x in elements.array(o, model.shape(model.outputs[o], dims))]


def derive(program, model, dims, values, direction):
    """Outputs, the columns of the Jacobian, and for each column its derivative along the direction."""
    active = set(model.active)

    def along(name, i):
        return direction[name][i] if name in active else 0.0
    outputs = interpret(program, model, dims, values, lambda name, i: (0.0, along(name, i)))
    columns, curves = [], []
    for name in model.active:
        for i in range(len(values[name])):
            found = interpret(program, model, dims, values, lambda n, k, name=name, i=i: (
                float((n, k) == (name, i)), along(n, k)))
            columns.append([x.b for x in found])
            curves.append([x.d for x in found])
    return [x.a for x in outputs], columns, curves


class Reference:
    """What the interpreter says of a model at a point."""

    def __init__(self, seed, program, model, dims):
        rng = judge.random_of("recurrence", seed, sorted(dims.items()))
        self.values = judge.draw(rng, model, dims)
        self.direction = {a: [rng.uniform(-1, 1) for _ in self.values[a]] for a in model.active}
        self.outputs, self.columns, self.curves = derive(program, model, dims, self.values,
                                                         self.direction)


def judge_first(model, dims, reference):
    """Values by all functions; the Jacobian by columns, by rows, and whole."""
    values = reference.values
    seeds = {o: [0.5]*model.size(e, dims) for o, e in model.outputs.items()}
    tangents = {a: [0.25]*len(values[a]) for a in model.active}
    for kind in model.functions:
        if kind != "hvp":
            got = model.call(kind, dims, values, tangents=tangents, seeds=seeds)
            judge.expect("value by " + kind, judge.outputs_of(got, model), reference.outputs, 1e-11)
    rows = judge.transposed(reference.columns, len(reference.outputs))
    judge.expect("forward", judge.flat(judge.forward_columns(model, dims, values)),
                 judge.flat(reference.columns), 1e-10)
    judge.expect("reverse", judge.flat(judge.reverse_rows(model, dims, values)), judge.flat(rows), 1e-10)
    if "jacobian" in model.functions:
        got = model.call("jacobian", dims, values)
        judge.expect("Jacobian", got["jacobian", None], judge.flat(rows), 1e-10)
    if "gradient" in model.functions:
        got = model.call("gradient", dims, values)
        judge.expect("gradient", judge.adjoints_of(got, model), judge.flat(rows), 1e-10)


def judge_second(model, dims, reference):
    """The Hessian, symmetric, times the direction; and the function that computes just that."""
    if "hvp" not in model.functions:
        return
    direction = [x for a in model.active for x in reference.direction[a]]
    wanted = judge.flat(reference.curves)
    got = model.call("hvp", dims, reference.values, tangents=reference.direction)
    judge.expect("Hessian product", [x for a in model.active for x in got["adjoint_tangent", a]],
                 wanted, 1e-9)
    if "hessian" not in model.functions:
        return
    hessian = judge.nested(model.call("hessian", dims, reference.values)["hessian", None],
                           [len(direction)]*2)
    judge.expect("Hessian", [sum(a*b for a, b in zip(row, direction)) for row in hessian], wanted, 1e-9)
    judge.expect("symmetry", judge.flat(hessian), [row[i] for i in range(len(direction))
                                                   for row in hessian], 1e-11)


def judge_recurrence(model, dims, reference):
    if isinstance(reference, Failure):
        raise reference
    judge_first(model, dims, reference)
    judge_second(model, dims, reference)


def variants(seed, least):
    fixed = ["-D%s=%d" % d for d in settings(least, 1)[0].items()]
    yield "run", "q%s_d" % seed, []
    yield "rolled", "q%s_r" % seed, ["--unroll=0", "--stack=0", "--checkpoint=2", "--jacobian=reverse"]
    yield "unrolled", "q%s_u" % seed, [*fixed, "--unroll=20", "--split=12"]
    yield "loops", "q%s_l" % seed, [*fixed, "--unroll=0", *LOOPS[seed % len(LOOPS)]]


def judge_model(tally, kind, seed, grown, models, effort):
    """All variants of a model at all sizes."""
    text, program, least = grown
    for dims in settings(least, effort.sizes):
        reference = None
        for key, _, _ in variants(seed, least):
            model = models.get("%s%s/%s" % (kind, seed, key))
            if not model or key in FIXED and dims != settings(least, 1)[0]:
                continue
            if not reference:
                try:
                    reference = Reference(seed, program, model, dims)
                except Failure as e:
                    reference = e
            tally.attempt("%s%s/%s%s\n%s" % (kind, seed, key, dims, text), judge_recurrence,
                          model, dims, reference)


# ---- long ones

LONG = 1000000
OSCILLATOR = """dim n
input x0, v0, h
x[0] = x0
v[0] = v0
x[t+1 in 1..n+1] = x[t] + h*v[t+1]
v[t+1 in 1..n+1] = v[t] - h*sin(x[t])
F = x[n]*v[n]
"""


def follow(x, v, h, steps):
    """The same in Python."""
    for _ in range(steps):
        v = v - h*hyper.sin(x)
        x = x + h*v
    return x*v


def judge_long(compile_library):
    """A million steps: values need no memory, the adjoint sweep that of the states."""
    source = Source(OSCILLATOR, "long", "--with=value,forward,gradient")
    library, said = compile_library("long", [source], "-O1")
    if not library:
        raise Failure(said)
    model = Model(library, source)
    for kind, most in (("value", 0), ("forward", 0), ("gradient", 4*(LONG + 2))):
        work = [a for a in model.functions[kind]["args"] if a["role"] == "work"]
        if work and model.work(work[0], {"n": LONG}) > most:
            raise Failure("%s: work of %s" % (kind, work[0]["shape"][0]))
    point = {"x0": [0.4], "v0": [-0.3], "h": [1e-5]}
    tangents = {"x0": [0.7], "v0": [0.2], "h": [1e-6]}
    wanted = follow(*(Hyper(point[n][0], tangents[n][0]) for n in ("x0", "v0", "h")), LONG)
    dims = {"n": LONG}
    judge.expect("value", model.call("value", dims, point)["output", "F"], [wanted.a], 1e-9)
    got = model.call("forward", dims, point, tangents=tangents)
    judge.expect("tangent", got["output_tangent", "F"], [wanted.b], 1e-9)
    got = model.call("gradient", dims, point)
    along = sum(got["adjoint", n][0]*tangents[n][0] for n in tangents)
    judge.expect("gradient", [along], [wanted.b], 1e-9)


# ---- random ones

def functions(text, program, key):
    """Which functions are wanted: not the large ones of large models."""
    scalar = "output F\n" in text
    several = SCALAR if scalar else SEVERAL
    if key == "unrolled":
        return several.rstrip(",")
    second = ",hvp"*scalar + ",hessian"*(scalar and len(program) <= MOST)
    return several + "jacobian" + second


def refuse(tally, kind, seeds, refused):
    """Models whose loops bpgen does not find are no wrong ones; too many of them are."""
    if refused:
        print("%s %s: no loop was found" % (kind, ", ".join(map(str, sorted(refused)))))
    if 2*len(refused) > len(seeds):
        tally.failure(kind, "%d of %d models refused" % (len(refused), len(seeds)))


def run_recurrences(tally, seeds, compile_all, effort=QUICK, kind="recurrence", grow=chains.grow):
    grown, sources, refused = {seed: grow(seed) for seed in seeds}, [], set()
    for seed, (text, program, least) in grown.items():
        for key, prefix, options in variants(seed, least):
            if key not in effort.variants:
                continue
            name = "%s%s/%s" % (kind, seed, key)
            try:
                sources.append((name, Source(text, prefix, functions(text, program, key), *options)))
            except Failure as e:
                if "no loop was found" in str(e):
                    refused.add(seed)
                else:
                    tally.failure(name, "%s%s" % (text, e))
    refuse(tally, kind, seeds, refused)
    models = compile_all(tally, "%s%d_" % (kind, seeds[0]), sources)
    for seed in set(seeds) - refused:
        judge_model(tally, kind, seed, grown[seed], models, effort)
