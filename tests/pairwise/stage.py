"""The stage: models under combinations of options in which every pair of values occurs.

Of each model a reference: the C of no options, whose derivatives forward, reverse and by differences
agree. Each row of the covering array is compiled with every warning an error, with its header before
it, and gives the reference's numbers: values, tangents, adjoints, Jacobians, Hessians."""
import os
import shlex
import subprocess
import sys

import judge
from cover import rows
from model import Failure, STRICT, Source, run_bpgen
from options import AnyModel, table_of

WORK = os.environ["WORK"]
CC = os.environ.get("CC", "cc").split()
BOUND = {"float": 2e-4, "double": 1e-9, "long double": 1e-9}
SCALAR = ("gradient", "hessian", "hvp")


class Example:
    def __init__(self, text, dims, first, last, scalar=True):
        self.text, self.dims, self.first, self.last, self.scalar = text, dims, first, last, scalar


MODELS = {
    "scalars": Example("input x, y; param k\na = sin(x*y) + k\n"
                       "f = a*exp(-y) + (x > 0.5 ? x^3 : max(x, y)) + hypot(a, 2.5)\n",
                       {}, "x", "y"),
    "outputs": Example("input x, y, z\nf = tanh(x*y)/(1 + z^2)\ng = f*log(2 + x) - abs(y)\n",
                       {}, "x", "z", False),
    "matrices": Example("dim n, m; input A[n,m], x[m], s; param b[n]\n"
                        "r = A @ x - b\nF = sum(r^2)*s + logsumexp(x) + norm(A)\n",
                        {"n": 3, "m": 2}, "A", "s"),
    "gathers": Example("dim n, m; input W[m,2], c; param X[n]; index lab[n] < m\n"
                       "z[i] = W[lab[i],0]*X[i] + W[lab[i],1]*c\n"
                       "F = mean[i](softplus(z[i]))\ny[i] = sigmoid(z[i])\noutput y, F\n",
                       {"n": 4, "m": 3}, "W", "c", False),
    "recurrence": Example("dim T; input h0, w, u[T]\nh[0] = h0\n"
                          "h[t+1 in 1..T+1] = tanh(w*h[t] + u[t])\nF = sum[t in 1..T+1](h[t]^2)\noutput F\n",
                          {"T": 7}, "h0", "u"),
    "solved": Example("dim n; input A[n,n], b[n]\nB[i,j] = A[i,j] + (i == j ? 3 : 0)\n"
                      "x = solve(B, b)\nF = sum(x^2) + det(B)/50\noutput F\n",
                      {"n": 3}, "A", "b"),
}
FACTORS = {
    "model": list(MODELS),
    "--real": ["double", "float", "long double"],
    "--pack": ["", "yes"],
    "--linkage": ["extern", "static"],
    "--with": ["", "value", "forward", "reverse,jacobian", "value,forward,reverse,gradient,hvp",
               "jacobian,hessian"],
    "--wrt": ["", "first", "last", "both"],
    "--unroll": ["0", "4", "9"],
    "--stack": ["0", "64", "4096"],
    "--split": ["0", "3", "12", "1000"],
    "--checkpoint": ["", "1", "3"],
    "--jacobian": ["cheaper", "forward", "reverse"],
    "--prefix": ["m", "a_much_longer_prefix_of_the_users"],
    "-D": ["", "yes"],
}
SLICE = 9  # rows


def options_of(row):
    """The words of the command line, without those that a model has no use for."""
    example = MODELS[row["model"]]
    words = ["--%s=%s" % (o, row["--" + o]) for o in ("real", "linkage", "unroll", "stack", "split",
                                                     "jacobian")]
    if row["--checkpoint"]:
        words.append("--checkpoint=" + row["--checkpoint"])
    if row["--pack"]:
        words.append("--pack")
    kinds = [k for k in row["--with"].split(",") if example.scalar or k not in SCALAR]
    if kinds != [""]:
        words.append("--with=" + ",".join(kinds or ["jacobian"]))
    wrt = {"": None, "first": example.first, "last": example.last,
           "both": example.last + "," + example.first}[row["--wrt"]]
    if wrt:
        words.append("--wrt=" + wrt)
    if row["-D"]:
        words += ["-D%s=%d" % d for d in example.dims.items()]
    return words


def build(name, source, compilers):
    """A library of the row's C, by the first compiler; the others only judge."""
    path = os.path.join(WORK, name)
    header = run_bpgen(source.text, "--emit=header", *source.options)
    with open(path + ".h", "w", encoding="utf-8") as f:
        f.write(header)
    with open(path + ".c", "w", encoding="utf-8") as f:
        static = "--linkage=static" in source.options
        f.write("%s%s%s" % ("" if static else '#include "%s.h"\n' % name, source.c, table_of(source)))
    for number, compiler in enumerate(compilers):
        output = ["-fsyntax-only"] if number else ["-shared", "-fPIC", "-o", path + ".so"]
        said = subprocess.run([*compiler, "-std=c99", *STRICT, *output, path + ".c",
                               *([] if number else ["-lm"])], capture_output=True, text=True, check=False)
        if said.returncode:
            raise Failure("%s: %s" % (" ".join(compiler), said.stderr[:2000]))
    import ctypes
    return AnyModel(ctypes.CDLL(path + ".so"), source)


REFERENCES = {}


def reference(name):
    """The model without options, at a point: it, the point and its rows, of all inputs."""
    if name not in REFERENCES:
        example = MODELS[name]
        kinds = "value,forward,reverse,jacobian" + (",gradient,hessian,hvp" if example.scalar else "")
        source = Source(example.text, "ref_" + name, "--with=" + kinds)
        model = build("ref_" + name, source, [[*CC, "-O1"]])
        values = judge.draw(judge.random_of("pairwise", name), model, example.dims)
        judge.check(model, example.dims, values)
        REFERENCES[name] = model, values, judge.reverse_rows(model, example.dims, values)
    return REFERENCES[name]


def columns_of(model, names, dims):
    """Where the derivatives by these inputs stand in a row of those by all."""
    places, at = [], 0
    for name in model.active:
        size = model.size(model.inputs[name], dims)
        places += [(name, at + i) for i in range(size)]
        at += size
    return [p for n in names for name, p in places if name == n]


def check_row(name, row, source, model):
    example = MODELS[row["model"]]
    dims, bound = example.dims, BOUND[row["--real"]]
    ref, values, all_rows = reference(row["model"])
    columns = columns_of(ref, model.active, dims)
    wanted = [[r[c] for c in columns] for r in all_rows]
    outputs = judge.outputs_of(ref.call("value", dims, values), ref)
    one = {o: [1.0]*model.size(e, dims) for o, e in model.outputs.items()}
    still = {a: [0.5]*len(values[a]) for a in model.active}
    for kind in model.functions:
        got = model.call(kind, dims, values, tangents=still, seeds=one)
        judge.expect("value by " + kind, judge.outputs_of(got, model), outputs, bound)
    if "forward" in model.functions:
        got = judge.transposed(judge.forward_columns(model, dims, values), len(wanted))
        judge.expect("forward", judge.flat(got), judge.flat(wanted), bound)
    if "reverse" in model.functions:
        judge.expect("reverse", judge.flat(judge.reverse_rows(model, dims, values)),
                     judge.flat(wanted), bound)
    if "gradient" in model.functions:
        judge.expect("gradient", judge.adjoints_of(model.call("gradient", dims, values), model),
                     wanted[0], bound)
    if "jacobian" in model.functions:
        judge.expect("jacobian", model.call("jacobian", dims, values)["jacobian", None],
                     judge.flat(wanted), bound)
    if not {"hessian", "hvp"} & set(model.functions):
        return
    n = len(all_rows[0])
    whole = ref.call("hessian", dims, values)["hessian", None]
    hessian = [[whole[a*n + b] for b in columns] for a in columns]
    if "hessian" in model.functions:
        judge.expect("hessian", model.call("hessian", dims, values)["hessian", None],
                     judge.flat(hessian), 10*bound)
    if "hvp" in model.functions:
        products = []
        for t in judge.units(model, dims, model.active, "in"):
            got = model.call("hvp", dims, values, tangents=t)
            products += [x for a in model.active for x in got["adjoint_tangent", a]]
        judge.expect("products", products, judge.flat(hessian), 10*bound)


def run_row(number, row, compilers):
    """False, and a message, if it is wrong."""
    words = options_of(row)
    try:
        source = Source(MODELS[row["model"]].text, row["--prefix"] + str(number), *words)
        model = build("row%d" % number, source, compilers)
        check_row("row%d" % number, row, source, model)
    except Failure as e:
        print("pairwise: %s with %s: %s" % (row["model"], shlex.join(words), e), flush=True)
        return False
    return True


def main(arguments):
    full = "--full" in arguments
    compilers = [[*CC, "-O2"], ["clang", "-O2"]] if full else [[*CC, "-O1"]]
    right = wrong = 0
    for seed in range(3 if full else 1):
        table = rows(FACTORS, seed)
        step = 1 if full else max(1, len(table)//SLICE)
        for number, row in list(enumerate(table))[::step]:
            if run_row(100*seed + number, row, compilers):
                right += 1
            else:
                wrong += 1
    print("pairwise: %d passed, %d failed" % (right, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
