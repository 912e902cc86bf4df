"""The stage: models of arrays against each other, against differences and against Python."""
import json
import os
import re
import shutil
import subprocess
import sys
import traceback

import chains
import guards
import judge
import plain
import triangles
from collection import CASES
from grow import grow
from model import CC, SANITIZED, Failure, Model, Source, compile_library
from recurrences import FULL, QUICK, judge_long, run_recurrences
from recurrences import settings as settings_of_recurrence
from stationary import run_stationary

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 40
RANDOM = 40  # models
RECURRENCES = [*range(4, 19), 51, 163]  # seeds: in the last ones an array waits for another
TRIANGLES = (1, 4, 60, 62, 329, 383, 466, 593, 1084, 2000005, 2000009)  # seeds
GUARDS = (1, 42, 43, 70, 89, 99, 215, 367, 1081, 1153, 1312)  # seeds
STATIONARY = (4, 6, 8, 9)  # seeds
CHECKED = 3  # more of them, with the sanitizers
EVERY = "--with=value,forward,reverse,jacobian"
SCALAR = "--with=value,forward,reverse,gradient,jacobian,hessian,hvp"


class Tally:
    """Counts."""

    def __init__(self):
        self.passed = self.failed = 0

    def failure(self, name, why):
        self.failed += 1
        print("%s: %s" % (name, why), flush=True)

    def attempt(self, name, function, *arguments):
        """Runs one check; gives what it gives, or None."""
        try:
            result = function(*arguments)
        except Failure as e:
            self.failure(name, e)
            return None
        except Exception:  # pylint: disable=broad-except
            self.failure(name, traceback.format_exc())
            return None
        self.passed += 1
        return result

    def finish(self):
        print("arrays: %d passed, %d failed" % (self.passed, self.failed))
        return self.failed > 0


def compile_all(tally, name, sources, *flags):
    """A Model for each (key, Source) that compiles; the others count as failed. Of each model one
    variant is optimized, for what compilers warn of only then; with the sanitizers, none is."""
    models = {}
    first = [s for s in sources if s[0].endswith(("/run", "/form0"))]
    rest = [s for s in sources if s not in first]
    parts = ((first, ["-O1"]), (rest, [])) if not SANITIZED else ((sources, ["-O0"]),)
    for part, level in parts:
        for start in range(0, len(part), BATCH):
            compile_batch(tally, "%s%s_%d" % (name, "".join(level), start),
                          part[start:start + BATCH], models, *level, *flags)
    return models


def compile_batch(tally, name, part, models, *flags):
    """Compiles all at once; those that the compiler complains of apart."""
    library, said = compile_library(name, [s for _, s in part], *flags)
    if library:
        models.update((key, Model(library, source)) for key, source in part)
        return
    bad = [(k, s) for k, s in part if re.search(r"\b%s_" % s.prefix, said)]
    good = [p for p in part if p not in bad]
    if len(part) == 1 or not good:
        for i, (key, source) in enumerate(part if len(part) > 1 else ()):
            compile_batch(tally, "%s_%d" % (name, i), [(key, source)], models, *flags)
        if len(part) == 1:
            key, source = part[0]
            tally.failure(key, "does not compile with %s\n%s%s" %
                          (" ".join(source.options), source.text, said[:3000]))
        return
    if not bad:
        bad, good = part[:1], part[1:]
    compile_batch(tally, name + "a", good, models, *flags)
    for i, entry in enumerate(bad):
        compile_batch(tally, "%sb%d" % (name, i), [entry], models, *flags)


def parse_dims(declare):
    """The dims without a value in the order of declaration."""
    for statement in declare.replace(";", "\n").split("\n"):
        if statement.startswith("dim "):
            return [d.strip() for d in statement[4:].split(", ") if "=" not in d]
    return []


def settings(case):
    """Values of the dims: distinct ones, then each 0 and 1."""
    dims = parse_dims(case.declare)
    usual = {d: case.sizes.get(d, s) for d, s in zip(dims, (3, 2, 4))}
    yield usual
    for d in dims:
        for small in (1, 0):
            if small >= case.least.get(d, 0) and usual[d] != small:
                yield {**usual, d: small}


def text_of(case, form):
    return "%s\n%s\n" % (case.declare.replace("; ", "\n"), form)


def scalar_output(manifest):
    return len(manifest["outputs"]) == 1 and manifest["outputs"][0]["shape"] == []


def generate(text, prefix, *options):
    """With all functions that the model can have."""
    try:
        return Source(text, prefix, SCALAR, *options)
    except Failure as e:
        source = Source(text, prefix, EVERY, *options)
        if scalar_output(source.manifest):
            raise e
        return source


def has_recurrence(form):
    """Does an equation read an array that it or a later one defines?"""
    lines = [line.partition(" = ") for line in form.split("\n")]
    names = [left.partition("[")[0] for left, _, _ in lines]
    return any(re.search(r"\b%s\[" % name, right) for i, (_, _, right) in enumerate(lines)
               for name in names[i:] if name.isidentifier())


def variants(case, number):
    """(key, options, form, dims compiled in) of all that is generated of a case."""
    usual = next(settings(case))
    fixed = ["-D%s=%d" % d for d in usual.items()]
    for k, form in enumerate(case.forms):
        yield "form%d" % k, form, "a%d_%d" % (number, k), ["--jacobian=reverse"] if k else []
    form = case.forms[0]
    if has_recurrence(form):
        yield "blocks", form, "a%d_b" % number, ["--unroll=0", "--stack=0", "--checkpoint=2",
                                                 "--jacobian=reverse"]
    yield "rolled", form, "a%d_r" % number, [*fixed, "--unroll=0", "--jacobian=reverse"]
    yield "unrolled", form, "a%d_u" % number, [*fixed, "--unroll=8", "--split=8",
                                               "--jacobian=forward"]
    if case.at or not usual:
        return
    for small in (1, 0):
        dims = ["-D%s=%d" % (d, max(small, case.least.get(d, 0))) for d in usual]
        yield "all%d" % small, form, "a%d_s%d" % (number, small), dims


def point(case, model, dims):
    """Values of inputs and what the reference says of them."""
    rng = judge.random_of(case.name, sorted(dims.items()))
    values = judge.draw(rng, model, dims, ranges=case.ranges)
    if dims == next(settings(case)):
        values.update(case.at)
    arrays = {}
    for n, v in values.items():
        shape = model.shape(model.inputs[n], dims)
        arrays[n] = judge.nested(v, shape)
    return values, plain.evaluate(case.reference, model.sizes(dims), arrays)


def judge_case(case, model, dims):
    values, reference = point(case, model, dims)
    return judge.check(model, dims, values, reference, not case.kink)


def same(one, other):
    """The Jacobians of two forms."""
    judge.expect("Jacobian and the first form's", judge.flat(other[1]), judge.flat(one[1]), 1e-10)


def run_collection(tally, cases):
    sources = []
    for number, case in enumerate(cases):
        for key, form, prefix, options in variants(case, number):
            name = "%s/%s" % (case.name, key)
            try:
                sources.append((name, generate(text_of(case, form), prefix, *options)))
            except Failure as e:
                tally.failure(name, "%s%s" % (text_of(case, form), e))
    models = compile_all(tally, "collection", sources)
    for case in cases:
        first = None
        for key, form, _, _ in variants(case, 0):
            name = "%s/%s" % (case.name, key)
            model = models.get(name)
            if not model:
                continue
            for dims in settings(case):
                if any(x["value"] is not None and x["name"] in dims for x in model.dims):
                    dims = {x["name"]: x["value"] for x in model.dims if x["name"] in dims}
                    at = name
                else:
                    at = "%s(%s)" % (name, ",".join("%s=%d" % d for d in dims.items()))
                result = tally.attempt(at, judge_case, case, model, dims)
                usual = dims == next(settings(case))
                if result and usual and not first:
                    first = result
                elif result and usual:
                    tally.attempt(at + ": same", same, first, result)
                if "(" not in at:
                    break


# ---- benchmarks with derivatives of sixty digits

def judge_benchmark(case, model):
    dims = case["dims"]
    values = {k: v if isinstance(v, list) else [v] for k, v in case["values"].items()}
    reference = {k: v if isinstance(v, list) else [v] for k, v in case["outputs"].items()}
    judge.check_values(model, dims, values, reference)
    rows = judge.check_slopes(model, dims, values, differences=case["problem"] != "kmeans")
    judge.check_more(model, dims, values, rows, differences=False)
    row = 0
    for output in model.outputs:
        for i in range(model.size(model.outputs[output], dims)):
            wanted = judge.flat([case["jacobian"][output][x][i] for x in model.active])
            judge.expect("row %d of %s" % (i, output), rows[row], wanted, 1e-12)
            row += 1


def run_benchmarks(tally):
    with open(os.path.join(HERE, "ad", "small.json"), encoding="utf-8") as f:
        cases = json.load(f)["cases"]
    sources = []
    for case in cases:
        with open(os.path.join(HERE, "ad", case["problem"] + ".expr"), encoding="utf-8") as f:
            text = f.read()
        fixed = ["-D%s=%d" % d for d in case["dims"].items()]
        for key, options in (("run", []), ("rolled", [*fixed, "--unroll=0"]), ("fixed", fixed)):
            name = "%s/%s" % (case["name"], key)
            source = tally.attempt(name, generate, text, "%s_%s" % (case["problem"], key), *options)
            if source:
                sources.append((name, source))
    models = compile_all(tally, "benchmarks", sources)
    for case in cases:
        for key in ("run", "rolled", "fixed"):
            name = "%s/%s" % (case["name"], key)
            if name in models:
                tally.attempt(name, judge_benchmark, case, models[name])


# ---- sizes

def judge_length(text, sizes):
    """The C of the model with n compiled in has as many tokens, whatever n is."""
    lengths = []
    for size in sizes:
        c = Source(text, "s", "-Dn=%d" % size, EVERY).c
        lengths.append(len(re.findall(r"\w+|[^\w\s]", c)))
    judge.expect("tokens", lengths[1:], lengths[:1]*(len(lengths) - 1), 1e-9)


def judge_work(text, most):
    """No function's work grows with the samples: value, tangents and adjoints of a sum over them run
    in one pass."""
    source = Source(text, "s", "--with=value,forward,reverse")
    for function in source.manifest["functions"]:
        for a in function["args"]:
            if a["role"] == "work" and re.search(most, str(a["shape"][0])):
                raise Failure("%s: work of %s" % (function["kind"], a["shape"][0]))


CAMERAS = """dim n, m
input w[m,3], p[m,3]
param X[n,3]
index cam[n] < m
k[c] = norm[i](w[c,i])
r[i,a] = sin(k[cam[i]])*X[i,a] + p[cam[i],a]*cos(k[cam[i]])
share[c in 0..m] = sum[i](cam[i] == c ? r[i,0] : 0)
F = sum(r^2) + sum(share^2)
output F
"""
COUNT = """
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
    size_t n = (size_t)atol(argv[1]), m = (size_t)atol(argv[2]);
    double *w = calloc(9*m + 9, sizeof *w), *p = calloc(9*m + 9, sizeof *p);
    double *X = calloc(3*n + 9, sizeof *X), *w_bar = calloc(9*m + 9, sizeof *w);
    double *p_bar = calloc(9*m + 9, sizeof *p), F;
    int *cam = calloc(n + 1, sizeof *cam);
    double *work = calloc(c_gradient_work(n, m) + 1, sizeof *work);
    (void)argc;
    for (size_t i = 0; i < 3*m; i++)
        w[i] = 0.5 + (double)(i % 7), p[i] = 1;
    for (size_t i = 0; i < n; i++)
        cam[i] = (int)(i % m), X[i] = 1;
    c_gradient(n, m, w, p, X, cam, &F, w_bar, p_bar, work);
    return !(F >= 0);
}
"""


def judge_linear():
    """Instructions of a gradient through an index array, and of a sum for each entry: linear in the
    observations, however many entries there are to choose from."""
    source = Source(CAMERAS, "c", "--with=gradient")
    path = os.path.join(os.environ.get("WORK", "/tmp"), "cameras")
    with open(path + ".c", "w", encoding="utf-8") as f:
        f.write(source.c + COUNT)
    subprocess.run([*CC, "-O1", "-o", path, path + ".c", "-lm"], check=True)

    def instructions(n, m):
        said = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                               path, str(n), str(m)], capture_output=True, text=True, check=True)
        return int(re.search(r"Collected : (\d+)", said.stderr).group(1))
    base = instructions(1, 1)
    few, many = instructions(4000, 10) - base, instructions(4000, 1000) - base
    double = instructions(8000, 10) - base
    if many > 2*few or double > 2.1*few:
        raise Failure("instructions: %d for 4000 observations of 10, %d for 8000, %d of 1000" %
                      (few, double, many))


def run_sizes(tally):
    with open(os.path.join(HERE, "ad", "gmm.expr"), encoding="utf-8") as f:
        mixture = f.read()
    tally.attempt("length/gmm", judge_length, mixture, (1000, 1000000))
    tally.attempt("length/cameras", judge_length, CAMERAS, (1000, 1000000))
    for name, samples in (("ad/gmm", "n"), ("ad/kmeans", "n"), ("ad/mlp", "b"),
                          ("../../examples/mixture/mixture", "n"),
                          ("../../examples/iris/iris", "n"),
                          ("../../examples/factors/factors", "s")):
        with open(os.path.join(HERE, name + ".expr"), encoding="utf-8") as f:
            tally.attempt("work/" + os.path.basename(name), judge_work, f.read(),
                          r"\b%s\b" % samples)
    if shutil.which("valgrind"):
        tally.attempt("linear/cameras", judge_linear)


# ---- random models

def judge_random(seed, program, model, dims):
    rng = judge.random_of("point", seed)
    values = judge.draw(rng, model, dims)
    arrays = {n: judge.nested(v, model.shape(model.inputs[n], dims)) for n, v in values.items()}
    return judge.check(model, dims, values, plain.evaluate(program, model.sizes(dims), arrays))


def run_random(tally, seeds):
    grown = {seed: grow(seed) for seed in seeds}
    sources = []
    for seed, (text, _, dims) in grown.items():
        fixed = ["-D%s=%d" % d for d in dims.items()]
        for key, options in (("run", ["--jacobian=reverse"] if seed % 2 else []),
                             ("rolled", [*fixed, "--unroll=0", "--jacobian=reverse"]),
                             ("unrolled", [*fixed, "--unroll=8", "--jacobian=forward"])):
            name = "random%s/%s" % (seed, key)
            try:
                sources.append((name, generate(text, "r%s_%s" % (seed, key), *options)))
            except Failure as e:
                tally.failure(name, "%s%s" % (text, e))
    models = compile_all(tally, "random%d_" % seeds[0], sources)
    for name, model in models.items():
        seed = int(name.partition("/")[0][6:])
        text, program, dims = grown[seed]
        tried = [dims] if "/run" not in name else [dims, {d: 1 for d in dims}]
        for at in tried:
            tally.attempt("%s%s\n%s" % (name, list(at.values()), text),
                          judge_random, seed, program, model, at)


# ---- the sanitizers

def run_sanitized(tally):
    """Some models once more, as `stage.py sanitized`, in a Python with the sanitizers loaded."""
    def judge_sanitized():
        asan = subprocess.run([*CC, "-print-file-name=libasan.so"], capture_output=True, text=True,
                              check=True).stdout.strip()
        said = subprocess.run([sys.executable, os.path.abspath(__file__), "sanitized"],
                              env={**os.environ, "ARRAYS_SANITIZED": "1", "LD_PRELOAD": asan,
                                   "PYTHONMALLOC": "malloc",
                                   "ASAN_OPTIONS": "detect_leaks=0:verify_asan_link_order=0"},
                              capture_output=True, text=True, timeout=300, check=False)
        if said.returncode:
            raise Failure("%s%s" % (said.stdout[-3000:], said.stderr[:3000]))
    tally.attempt("sanitized", judge_sanitized)


def stationary_models(seeds):
    """Random models, and random recurrences for every third seed."""
    models = {}
    for seed in seeds:
        if seed % 3:
            text, _, dims = grow(seed)
        else:
            text, _, least = chains.grow(seed)
            dims = settings_of_recurrence(least, 1)[0]
        models[seed] = text, dims
    return models


def run_triangles(tally, seeds, effort=QUICK):
    run_recurrences(tally, seeds, compile_all, effort, "triangle", triangles.grow)


def run_guards(tally, seeds, effort=QUICK):
    run_recurrences(tally, seeds, compile_all, effort, "guards", guards.grow)


CAMPAIGNS = {  # by the first argument; the others are the first seed and how many
    "random": run_random,
    "recurrences": lambda tally, seeds: run_recurrences(tally, seeds, compile_all, FULL),
    "guards": lambda tally, seeds: run_guards(tally, seeds, FULL),
    "triangles": lambda tally, seeds: run_triangles(tally, seeds, FULL),
    "stationary": lambda tally, seeds: run_stationary(tally, stationary_models(seeds), compile_all)}


def main(arguments):
    tally = Tally()
    if arguments and arguments[0] in CAMPAIGNS:
        first, end = int(arguments[1]), int(arguments[1]) + int(arguments[2])
        for start in range(first, end, 10):
            CAMPAIGNS[arguments[0]](tally, range(start, min(start + 10, end)))
        return tally.finish()
    if arguments == ["sanitized"]:
        del os.environ["LD_PRELOAD"]  # not for compilers
        run_recurrences(tally, RECURRENCES[:CHECKED], compile_all)
        run_guards(tally, GUARDS[:CHECKED])
        run_triangles(tally, TRIANGLES[:CHECKED])
        run_random(tally, range(RANDOM + 1, RANDOM + 1 + CHECKED))
        run_collection(tally, [c for c in CASES if not c.kink and len(c.forms) == 1][::7])
        return tally.finish()
    if not arguments or "benchmarks" in arguments:
        run_benchmarks(tally)
    if not arguments or "sizes" in arguments:
        run_sizes(tally)
    if not arguments:
        run_random(tally, range(1, 1 + RANDOM))
        run_recurrences(tally, RECURRENCES, compile_all)
        run_guards(tally, GUARDS)
        run_triangles(tally, TRIANGLES)
        run_stationary(tally, stationary_models(STATIONARY), compile_all)
        tally.attempt("long", judge_long, compile_library)
        run_sanitized(tally)
    run_collection(tally, [c for c in CASES if not arguments or "collection" in arguments or
                           c.name in arguments])
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
