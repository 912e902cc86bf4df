"""Time of a gradient as a multiple of its value's: models of arrays, generated and compiled.

What is compared is called in turns, and the medians are compared, so that a machine that is busy for
a while slows all of it alike. mlp_hand.c is the same gradient written by hand. (Pointers that are
said not to overlap, `restrict`, change none of these by more than the noise: gcc and clang look at
the addresses before a loop that they vectorise.)
"""
import ctypes
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "arrays"))
import model  # noqa: E402  (beside this folder)

ROUNDS = 61
AD = os.path.join(HERE, "..", "arrays", "ad")
EXAMPLES = os.path.join(HERE, "..", "..", "examples")
MODELS = {
    "network": (os.path.join(AD, "mlp.expr"), {"b": 128, "d": 64, "h": 64, "o": 10}),
    "mixture": (os.path.join(AD, "gmm.expr"), {"n": 500, "k": 10, "d": 8}),
    "bundle": (os.path.join(EXAMPLES, "bundle", "bundle.expr"),
               {"nc": 20, "np": 1000, "no": 10000}),
    "factors": (os.path.join(EXAMPLES, "factors", "factors.expr"),
                {"m": 200, "n": 200, "r": 8, "s": 10000}),
    "messages": (os.path.join(HERE, "..", "golden", "array_messages.expr"),
                 {"nodes": 10000, "edges": 50000}),
}


def library(name, text, compiler, level):
    """The model's functions, compiled, and where there is one the hand-written gradient."""
    source = model.Source(text, "m", "--with=value,reverse")
    source = source if len(source.manifest["outputs"]) > 1 else \
        model.Source(text, "m", "--with=value,gradient")
    path = os.path.join(model.WORK, "%s_%s%s" % (name, compiler, level))
    with open(path + ".c", "w", encoding="utf-8") as f:
        f.write(source.c)
    files = [path + ".c"] + ([os.path.join(HERE, "mlp_hand.c")] if name == "network" else [])
    subprocess.run([compiler, "-std=c99", level, "-shared", "-fPIC", "-o", path + ".so", *files,
                    "-lm"], check=True)
    return model.Model(ctypes.CDLL(path + ".so"), source)


def arguments(m, dims):
    draw = random.Random(1)
    values = {}
    for name, entry in m.inputs.items():
        count = math.prod(m.shape(entry, dims))
        if entry["type"] == "int":
            values[name] = [draw.randrange(m.limit(entry, dims)) for _ in range(count)]
        else:
            values[name] = [draw.uniform(-0.5, 0.5) for _ in range(count)]
    seeds = {n: [1.0]*m.size(o, dims) for n, o in m.outputs.items()}
    return values, seeds


def seconds(function, given):
    before = time.perf_counter()
    function(*given)
    return time.perf_counter() - before


def compare(name, compiler, level):
    path, dims = MODELS[name]
    with open(path, encoding="utf-8") as f:
        m = library(name, f.read(), compiler, level)
    values, seeds = arguments(m, dims)
    kind = "gradient" if "gradient" in m.functions else "reverse"
    bound = [m.bind("value", dims, values), m.bind(kind, dims, values, seeds=seeds)]
    calls = [(b[0], b[1]) for b in bound]
    if name == "network":
        work = (ctypes.c_double*(2*(dims["h"] + dims["o"])))()
        m.library.hand_gradient.restype = None
        written = [model.Block(ctypes.c_double, [0.0]*b.count) for k, b in bound[1][3].items()
                   if k[0] != "work"]
        given = bound[1][1][:-len(written) - 1] + [b.argument() for b in written]
        calls.append((m.library.hand_gradient, [*given, ctypes.byref(work)]))
    times = [[] for _ in calls]
    for _ in range(ROUNDS):
        for t, (function, given) in zip(times, calls):
            t.append(seconds(function, given))
    if name == "network":
        agree([b for k, b in bound[1][3].items() if k[0] != "work"], written)
    return [statistics.median(t)*1e6 for t in times]


def agree(generated, hand):
    for g, w in zip(generated, hand):
        for x, y in zip(g.values(), w.values()):
            assert abs(x - y) <= 1e-9*(abs(x) + 1), "mlp_hand.c gives another gradient"


def main():
    print("%-10s %-12s %12s %12s %8s %12s" %
          ("model", "compiler", "value", "gradient", "ratio", "by hand"))
    for name in MODELS:
        for compiler in ("gcc", "clang"):
            for level in ("-O2", "-O3"):
                if not shutil.which(compiler):
                    continue
                value, gradient, *hand = compare(name, compiler, level)
                print("%-10s %-12s %12.1f %12.1f %8.2f %12s" %
                      (name, compiler + " " + level, value, gradient, gradient/value,
                       "%.1f" % hand[0] if hand else ""))
    print("microseconds a call, medians of %d" % ROUNDS)


main()
