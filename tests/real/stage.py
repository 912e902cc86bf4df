"""The stage: every model of the examples and of the golden and array tests in float and long double.

conversions  gcc and clang with all that they warn of where a number changes its type
literals     numbers of all kinds in each type: the nearest of the type, to the last bit
values       values and gradients against the same model in double (of float), or against --eval in
             arithmetic of 64 bits (of long double), within what rounding does: the results in all
             four directions of rounding tell how much that is, and by some units in the last place
"""
import ctypes
import ctypes.util
import glob
import json
import os
import platform
import re
import shlex
import subprocess
import sys
import zlib
from decimal import Decimal
from fractions import Fraction

import judge
from collection import CASES
from exact import FORMATS, numbers_of, round_to
from model import GUARD, Failure, Source, run_bpgen
from options import AnyModel, table_of

HERE = os.path.dirname(os.path.abspath(__file__))
WORK, BPGEN = os.environ["WORK"], os.environ["BPGEN"]
STRICT = ("-std=c99 -Wall -Wextra -pedantic -Wconversion -Wfloat-conversion -Wdouble-promotion "
          "-Wshadow -Werror").split()
X87 = platform.machine() in ("x86_64", "i686")
ROUNDINGS = (0, 0x400, 0x800, 0xc00)  # nearest, down, up, to zero
SPREADS, UNITS = 32, 24
LONGEST_ARRAY = 1 << 16
passed = failed = 0


def tally(name, function, *arguments):
    global passed, failed
    try:
        result = function(*arguments)
    except Failure as e:
        failed += 1
        print("real: %s: %s" % (name, e), flush=True)
        return None
    passed += 1
    return result


# ---- models

def golden_options(first):
    words = shlex.split(first[len("# bpgen "):].replace("-D ", "-D"))[:-1]
    return [w for w in words if re.match(r"-D|--(wrt|unroll|stack|checkpoint)=", w)]


def is_chosen(path):
    """One in six, by its name: which they are does not change with the models around."""
    return zlib.crc32(os.path.basename(path).encode()) % 6 == 0


def models(full):
    """Name, text, options of each; of some, or all."""
    paths = sorted(glob.glob(os.path.join(HERE, "..", "golden", "*.expr")) +
                   glob.glob(os.path.join(HERE, "..", "..", "examples", "*", "*.expr")))
    for path in paths if full else filter(is_chosen, paths):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if "include" in text:
            continue
        first = text.split("\n", 1)[0]
        yield (os.path.basename(path)[:-5], text,
               golden_options(first) if first.startswith("# bpgen ") else [])
    for case in CASES if full else CASES[::40]:
        yield case.name, "%s\n%s\n" % (case.declare.replace("; ", "\n"), case.forms[0]), []


def generate(number, text, options, real):
    """The C, with a gradient, if there can be one, else with the adjoints of all outputs; None of a
    number that the type has not."""
    options = ["-w", "--real=" + real, "--prefix=m%d" % number, *options]
    for kinds in ("value,forward,gradient", "value,forward,reverse"):
        try:
            return Source(text, "m%d" % number, "--with=" + kinds, *options[:2], *options[3:])
        except Failure as e:
            if "[range]" in str(e):
                return None
            if kinds.endswith("reverse"):
                raise e
    return None


# ---- conversions

def compile_all(sources, name):
    """With both compilers; a library of them by tcc."""
    path = os.path.join(WORK, name)
    with open(path + ".c", "w", encoding="utf-8") as f:
        for s in sources:
            f.write(s.c + table_of(s))
    for compiler in ("gcc", "clang"):
        said = subprocess.run([compiler, *STRICT, "-fsyntax-only", path + ".c"],
                              capture_output=True, text=True, check=False)
        if said.returncode:
            raise Failure("%s: %s" % (compiler, said.stderr[:3000]))
    subprocess.run(["tcc", "-shared", "-o", path + ".so", path + ".c", "-lm"], check=True)
    return ctypes.CDLL(path + ".so")


def check_text(source, real):
    """No literal and no function of another type."""
    bare = re.sub(r"/\*.*?\*/|\[[^]]*\]|^#.*?$", " ", source.c, flags=re.S | re.M)
    number = r"\b\d+\.\d*(?:e[+-]?\d+)?(?![\w.])"
    wrong = {"float": r"\bdouble\b|%s|\b[\d.e+-]+L\b" % number,
             "long double": r"(?<!long )double\b|\bfloat\b|%s|\b[\d.e+-]+f\b" % number}[real]
    found = re.search(wrong, bare)
    if found:
        raise Failure("'%s' in code of %s" % (bare[found.start() - 20:found.end() + 20], real))


# ---- values

libm = ctypes.CDLL(ctypes.util.find_library("m"))


class RawModel(AnyModel):
    """Gives fractions, exactly what is in memory."""

    def results(self, name, dims, read, written):
        out = {}
        for a, block in written:
            numbers = numbers_of(block, GUARD)
            if a["role"] != "work":
                out[a["role"], a["of"]] = numbers
        return out


def draw(model, dims):
    """Numbers that float has, apart from each other."""
    values = judge.draw(judge.random_of("real", model.source.text), model, dims, 0.2, 0.9)
    for name, numbers in values.items():
        if model.inputs[name]["kind"] != "index":
            values[name] = [float(round_to(Fraction(v), "float")) for v in numbers]
    return values


def results(model, dims, values):
    tangents = {a: [0.5]*len(values[a]) for a in model.active}
    seeds = {o: [1.0]*model.size(e, dims) for o, e in model.outputs.items()}
    out = {}
    for kind in model.functions:
        got = model.call(kind, dims, values, tangents=tangents, seeds=seeds)
        out.update({(kind, *key): v for key, v in got.items()})
    return out


def rounded(model, dims, values):
    """The results, and how far apart those of the directions of rounding are, by array."""
    every = []
    for direction in ROUNDINGS if X87 else (0,):
        libm.fesetround(direction)
        try:
            every.append(results(model, dims, values))
        finally:
            libm.fesetround(0)
    spread = {}
    for key in every[0]:
        columns = list(zip(*(r[key] for r in every)))
        spread[key] = max((max(c) - min(c) for c in columns if None not in c), default=Fraction(0))
    return every[0], spread


def compare(got, spread, wanted, real):
    unit = Fraction(2)**(1 - FORMATS[real][0])
    for key, numbers in wanted.items():
        if key not in got:
            continue
        most = max((abs(x) for x in numbers if x is not None), default=Fraction(0))
        bound = SPREADS*spread[key] + UNITS*unit*max(most, Fraction(1, 1000))
        for i, (a, b) in enumerate(zip(got[key], numbers)):
            if a is not None and b is not None and abs(a - b) > bound:
                raise Failure("%s, element %d: %.20g and %.20g are %.3g apart, which is more than "
                              "%.3g" % (" ".join(map(str, key)), i, a, b, abs(a - b), bound))


def sizes(model):
    return {d["name"]: 3 for d in model.dims if d["value"] is None}


def can_be_run(model):
    """Not those models whose arrays are there to be too long for the memory."""
    return all(model.size(x, sizes(model)) <= LONGEST_ARRAY for x in model.inputs.values())


def judge_float(library, source, library2, source2):
    model, twin = RawModel(library, source), RawModel(library2, source2)
    if not can_be_run(model):
        return
    dims = sizes(model)
    values = draw(model, dims)
    got, spread = rounded(model, dims, values)
    compare(got, spread, results(twin, dims, values), "float")


NUMBER = r"[-+]?(?:inf|nan|\d+\.?\d*(?:e[-+]?\d+)?)"


def exact_json(x):
    """All digits, which are more than a double needs to be told from others."""
    if isinstance(x, list):
        return "[%s]" % ", ".join(map(exact_json, x))
    return str(x) if isinstance(x, int) else format(Decimal(x), "f")


def evaluated(source, dims, values, options):
    """What --eval says in the type: outputs and derivatives."""
    point = {n: v if shape else v[0] for n, (v, shape) in values.items()}
    point.update(dims)
    path = os.path.join(WORK, "point.json")
    with open(path, "w", encoding="utf-8") as f:
        f.write("{%s}" % ", ".join("%s: %s" % (json.dumps(n), exact_json(v))
                                   for n, v in point.items()))
    said = run_bpgen(source.text, "--eval", "--at=@" + path, *options)
    out = {}
    for line in said.splitlines():
        left, _, right = line.partition(" = ")
        out[left] = [None if "n" in x else Fraction(x) for x in re.findall(NUMBER, right)]
    return out


def judge_long_double(library, source, options):
    model = RawModel(library, source)
    if not can_be_run(model):
        return
    dims = sizes(model)
    values = draw(model, dims)
    got, spread = rounded(model, dims, values)
    shaped = {n: (judge.nested(v, model.shape(model.inputs[n], dims)) if
                  model.inputs[n]["shape"] else v, model.inputs[n]["shape"])
              for n, v in values.items()}
    said = evaluated(source, dims, shaped, ["-w", "--real=long double", *options])
    wanted = {("value", "output", o): said[o] for o in model.outputs if o in said}
    if "gradient" in model.functions:
        output = next(iter(model.outputs))
        wanted.update({("gradient", "adjoint", a): said["diff(%s, %s)" % (output, a)]
                       for a in model.active if "diff(%s, %s)" % (output, a) in said})
    if not wanted:
        raise Failure("--eval says nothing: %s" % list(said))
    compare(got, spread, wanted, "long double")


# ---- literals

LITERALS = """0.1 0.2 0.3 0.7 1e-5 1e-10 3.3333333333333333333333333333 2.718281828459045235360287471352662
6.02214076e23 1.602176634e-19 1e10 1e15 1e16 123456789012345678901234567890 9007199254740993
18446744073709551617 1.00000000000000000005421 0.000123456789 1e-30 4.9e-30 1e30 16777217 0.5 1.5
8388608.5 33554433 1e-37 1.17549435e-38 3e38 1.4e-45""".split()
LONG = "1e300 1e-300 1e308 2.2250738585072014e-308 4.9406564584124654e-324".split()
LONGEST = "1e4000 1e-4000 1e4932 3.3621031431120935063e-4932 3.6e-4951 1.1897314953572317649e4932".split()


def check_literals(real):
    """Each as an output of its own: the number that C makes of it is the nearest."""
    texts = LITERALS + (LONG if real != "float" else []) + (LONGEST if real == "long double" else [])
    texts = [t for t in texts if round_to(Fraction(t), real)]
    text = "input x\n" + "".join("f%d = x*%s\n" % (i, t) for i, t in enumerate(texts))
    source = Source(text, "lit", "--with=value", "--real=" + real)
    name = "literals_" + real.replace(" ", "_")
    libraries = [compile_all([source], name)]
    path = os.path.join(WORK, name)
    for compiler in ("gcc", "clang"):
        subprocess.run([compiler, "-std=c99", "-O1", "-shared", "-fPIC", "-o",
                        "%s_%s.so" % (path, compiler), path + ".c"], check=True)
        libraries.append(ctypes.CDLL("%s_%s.so" % (path, compiler)))
    for library in libraries:
        got = RawModel(library, source).call("value", {}, {"x": [1.0]})
        for i, t in enumerate(texts):
            wanted = round_to(Fraction(t), real)
            if got["output", "f%d" % i] != [wanted]:
                raise Failure("%s is %s, not %s" % (t, got["output", "f%d" % i], wanted))


# ---- all of it

def run_models(full):
    sources = {"float": {}, "double": {}, "long double": {}}
    texts = {}
    for number, (name, text, options) in enumerate(models(full)):
        for real in sources:
            key = "%s in %s" % (name, real)
            source = tally(key, generate, number, text, options, real)
            if source:
                sources[real][number] = source
                texts[number] = name, options
                if real != "double":
                    tally(key + ": text", check_text, source, real)
    libraries = {real: tally("conversions of " + real, compile_all, list(sources[real].values()),
                             real.replace(" ", "_")) for real in sources}
    for number, (name, options) in texts.items():
        if libraries["float"] and number in sources["float"] and libraries["double"]:
            tally(name + " in float", judge_float, libraries["float"], sources["float"][number],
                  libraries["double"], sources["double"][number])
        if X87 and libraries["long double"] and number in sources["long double"]:
            tally(name + " in long double", judge_long_double, libraries["long double"],
                  sources["long double"][number], options)


def main(arguments):
    for real in FORMATS:
        if real != "long double" or X87:
            tally("literals of " + real, check_literals, real)
    run_models("--full" in arguments)
    print("real: %d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
