"""The stage: models of arrays against each other, against differences and against Python."""
import os
import sys
import traceback

import judge
import plain
from collection import CASES
from grow import grow
from model import Failure, Model, Source, compile_library

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 40
EVERY = "--with=value,forward,reverse,jacobian"
SCALAR = "--with=value,forward,reverse,gradient,jacobian,hessian,hvp"


class Tally:
    """Counts; what is known to fail counts as failed, but says so."""

    def __init__(self):
        self.passed = self.failed = 0
        self.known = {}
        with open(os.path.join(HERE, "known.txt"), encoding="utf-8") as f:
            for line in f:
                name, _, reason = line.strip().partition(" ")
                if name and not name.startswith("#"):
                    self.known[name] = reason.strip()
        self.seen = set()

    def failure(self, name, why):
        self.failed += 1
        key = name.partition("/")[0]
        if key in self.known:
            if key not in self.seen:
                print("%s: KNOWN: %s" % (key, self.known[key]))
            self.seen.add(key)
            return
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
        for name in set(self.known) - self.seen:
            print("known.txt: %s does not fail" % name)
        print("arrays: %d passed, %d failed" % (self.passed, self.failed))
        return self.failed > 0


def compile_all(tally, name, sources, *flags):
    """A Model for each (key, Source) that compiles; the others count as failed."""
    models = {}
    for start in range(0, len(sources), BATCH):
        part = sources[start:start + BATCH]
        library, _ = compile_library("%s%d" % (name, start), [s for _, s in part], *flags)
        for key, source in part:
            alone, said = library, ""
            if not library:
                alone, said = compile_library("%s_alone_%s" % (name, source.prefix), [source], *flags)
            if alone:
                models[key] = Model(alone, source)
            else:
                tally.failure(key, "does not compile with %s\n%s%s" %
                              (" ".join(source.options), source.text, said))
    return models


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
    source = Source(text, prefix, EVERY, *options)
    if scalar_output(source.manifest):
        return Source(text, prefix, SCALAR, *options)
    return source


def variants(case, number):
    """(key, options, form, dims compiled in) of all that is generated of a case."""
    usual = next(settings(case))
    fixed = ["-D%s=%d" % d for d in usual.items()]
    for k, form in enumerate(case.forms):
        yield "form%d" % k, form, "a%d_%d" % (number, k), []
    form = case.forms[0]
    yield "rolled", form, "a%d_r" % number, [*fixed, "--unroll=0"]
    yield "unrolled", form, "a%d_u" % number, [*fixed, "--unroll=8"]
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
    models = compile_all(tally, "collection", sources, "-O1")
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
        for key, options in (("run", []), ("rolled", [*fixed, "--unroll=0"]),
                             ("unrolled", [*fixed, "--unroll=8"])):
            name = "random%s/%s" % (seed, key)
            try:
                sources.append((name, generate(text, "r%s_%s" % (seed, key), *options)))
            except Failure as e:
                tally.failure(name, "%s%s" % (text, e))
    models = compile_all(tally, "random", sources, "-O1")
    for name, model in models.items():
        seed = int(name.partition("/")[0][6:])
        text, program, dims = grown[seed]
        tried = [dims] if "/run" not in name else [dims, {d: 1 for d in dims}]
        for at in tried:
            tally.attempt("%s%s\n%s" % (name, list(at.values()), text),
                          judge_random, seed, program, model, at)


def main(arguments):
    tally = Tally()
    if arguments and arguments[0] == "random":
        first, count = int(arguments[1]), int(arguments[2])
        for start in range(first, first + count, 20):
            run_random(tally, range(start, min(start + 20, first + count)))
        return tally.finish()
    cases = [c for c in CASES if not arguments or c.name in arguments]
    run_collection(tally, cases)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
