"""derivations.py: what `bpgen --explain` says of the derivations in lectures.json and of every function
that ops.def knows, against numbers that others have published or computed with 50 digits.

For each derivation: the values on the way forward, the gradient of every name on the way back, the
published digits, and the closed formulas, which are put into the model and evaluated at the point.
For every step: its local derivative as a formula, evaluated at the values shown, against the number
beside it, which comes from ops.def.

    derivations.py BPGEN LECTURES
"""
import json
import re
import subprocess
import sys

BPGEN, LECTURES = sys.argv[1:3]
passed = failed = 0


def judge(good, what):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print("explain:", what)


def run(model, *options):
    done = subprocess.run([BPGEN, *options, "-"], input=model, text=True, capture_output=True)
    return done.stdout if done.returncode == 0 else "status %d: %s" % (done.returncode, done.stderr)


def sections(text):
    """Heading -> rows of cells."""
    found, rows = {}, []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            rows = found.setdefault(line.split(":")[0].split(" of ")[0], [])
        elif line.strip():
            rows.append(re.split(r"\s{2,}", line.strip()))
    return found


def close(a, b, tolerance=2e-5):
    return abs(float(a) - float(b)) <= tolerance * max(abs(float(b)), 1e-3)


def rounds_to(value, published):
    """Do the published digits agree, rounded or cut off? Six digits are shown."""
    places = len(published.partition(".")[2])
    tolerance = max(1.01 * 10.0 ** -places, 5e-6 * abs(float(published)))
    return abs(float(value) - float(published)) <= tolerance


def at(point):
    return "--at=" + ", ".join("%s=%s" % pair for pair in point.items())


def evaluate(model, formulas, point, what):
    """Values of formulas that are added to a model."""
    names = ["closed%d" % i for i in range(len(formulas))]
    model += "\noutput " + ", ".join(names) + "\n"
    model += "\n".join("%s = %s" % pair for pair in zip(names, formulas)) + "\n"
    text = run(model, "--eval", at(point))
    values = dict(re.findall(r"^(\w+) = (\S+)$", text, re.M))
    judge(all(name in values for name in names), "%s: %s" % (what, text[:300]))
    return [float(values.get(name, "nan")) for name in names]


def values_of(rows):
    return {row[0]: row[-1] for row in rows if len(row) == 3}


def judge_locals(rows, values, what):
    """Each local derivative: the formula, at the values shown, and the number beside it."""
    for row in rows:
        cells = [cell for cell in row if re.match(r"d\w+/d\w+ = ", cell)]
        if not cells:
            continue
        formula, number = cells[0].split(" = ", 1)[1], row[row.index(cells[0]) + 1]
        point = {name: value for name, value in values.items() if re.search(r"\b%s\b" % name, formula)}
        point["zero_"] = "0" # for formulas without names
        model = "input " + ", ".join(point) + "\nlocal_ = " + formula + "\noutput local_\n"
        text = run(model, "--eval", at(point))
        found = re.search(r"^local_ = (\S+)$", text, re.M)
        judge(found and close(found[1], number, 2e-4), "%s: %s, not %s (%s)" % (what, cells[0], number, text))


def adjoints_of(rows, gradients):
    """Of each gate that hands something on its upstream gradient; of arguments their gradient."""
    found = {}
    for row in rows:
        gate = re.match(r"(\w+) = ", row[0])
        if gate and len(row) == 6:
            found[gate[1]] = row[1]
    for row in gradients:
        if len(row) == 3 and "/d" in row[0]:
            found[row[0].split("/d")[1]] = row[2]
    return found


def judge_lecture(case):
    what, model = case["name"], "\n".join(case["statements"]) + "\n"
    point = case["inputs"]
    declared = "input " + ", ".join(point) + "\noutput " + case["output"] + "\n" + model
    text = run(declared, "--explain", at(point))
    parts = sections(text)
    if "Gradients" not in parts:
        judge(False, what + ": " + text)
        return
    values, gradients = values_of(parts["Forward"]), parts["Gradients"]
    adjoints = adjoints_of(parts["Backward"], gradients)
    for name, value in case["values"].items():
        judge(name in values and close(values[name], value), "%s: %s = %s" % (what, name, value))
    wanted = {**case["grad"], **case["adjoint_of_temporaries"]}
    for name, value in wanted.items():
        judge(name in adjoints and close(adjoints[name], value),
              "%s: the gradient of %s is %s, not %s" % (what, name, value, adjoints.get(name)))
    for name, digits in case["published"].items():
        shown = values.get(name) if name in case["values"] else adjoints.get(name[1:])
        judge(shown is not None and rounds_to(shown, digits), "%s: published %s = %s" % (what, name, digits))
    formulas = [row for row in gradients
                if len(row) == 3 and "/d" in row[0] and row[0].split("/d")[1] in case["grad"]]
    closed = []
    for row in formulas:
        closed += [(row[0], form, case["grad"][row[0].split("/d")[1]]) for form in row[1].split(" = ")]
    plain = "input " + ", ".join(point) + "\n" + model
    for (name, form, want), value in zip(closed, evaluate(plain, [c[1] for c in closed], point, what)):
        judge(close(value, want), "%s: %s = %s is %s, not %s" % (what, name, form, value, want))
    judge_locals(parts["Backward"], values, what)
    tangents = [row[-1] for row in parts["Forward mode along " + next(iter(point))] if row[0] == case["output"] + "_dot"]
    judge(tangents and close(tangents[0], case["grad"][next(iter(point))]), "%s: the tangent" % what)


# Every function with a derivative, and where it has one.
CALLS = """sqrt(x) cbrt(x) exp(x) exp2(x) expm1(x) log(x) log2(x) log10(x) log1p(x) pow(x,y) x^3 x^(-2)
sin(x) cos(x) tan(x) asin(x/4) acos(x/4) atan(x) atan2(x,y) sinh(x) cosh(x) tanh(x) asinh(x) acosh(1+x)
atanh(x/4) hypot(x,y) abs(x) abs(-x) min(x,y) max(x,y) min(y,x) max(y,x) clamp(x,0,y) clamp(x,y,3)
clamp(x,0,1) mod(y,x) fdim(x,y) fdim(y,x) copysign(x,-y) copysign(-x,y) erf(x) erfc(x) tgamma(x) lgamma(x)
digamma(x) trigamma(x) logaddexp(x,y) sigmoid(x) softplus(x) relu(x) relu(-x) leaky_relu(x,y)
leaky_relu(-x,y) elu(x,y) elu(-x,y) gelu(x) silu(x) x-y x/y -x (x>y?x*y:x+y) (x<y?x*y:x+y) remainder(y,x)
sqrt(x^2+y^2) floor(x) sign(x)""".split()


def judge_function(call):
    point = {"x": "1.25", "y": "2.75"} if "y" in call else {"x": "1.25"}
    text = run("f = %s + 0*x\n" % call if "x" not in call else "f = %s\n" % call, "--explain", at(point))
    parts = sections(text)
    if "Backward" not in parts:
        judge(False, call + ": " + text)
        return
    judge_locals(parts["Backward"], {**point, **values_of(parts["Forward"])}, call)


# Models of arrays, each with a point: closed formulas in index notation are put into the model, and
# compared with diff.
ARRAYS = [
    ("""input A[2,3], B[3,4], v[4], s
C = A@B
r = C@v
q = v' @ (B'@B) @ v
L = sum(C*C) + dot(r, r)*s + q + sum(outer(v, v)) + norm(softmax(v)) + sum(A'@A)
""", {"A": "[1, 2, -3; 0.5, 1, 2]", "B": "[1, 0.5, 2, -1; 0, 1, 0.25, 3; -2, 1, 1, 0.5]",
      "v": "[0.5, -1, 0.25, 2]", "s": "1.5"}),
    ("""input W[3,2], b[3], x[2], v[3], t
z = W@x + b
h = tanh(z)
y = dot(v, h)
L = (y - t)^2/2 + 0.1*sum(W*W) + logsumexp(z) + max(v)
""", {"W": "[1, 2; 3, 4; 5, 6]", "b": "[1, 0, -1]", "x": "[0.5, -0.25]", "v": "[1, -1, 2]", "t": "0.5"}),
    ("""input A[5,5], b[5]
x = solve(A, b)
L = sum(x*x) + log(det(A))
""", {"A": "[9,1,2,0,1;1,8,1,2,0;0,1,7,1,1;2,0,1,9,1;1,1,0,1,6]", "b": "[1, 2, 3, 4, 5]"}),
    ("""input w[3], M[3,3]
L = sum[i,j](w[i]*M[i,j]*sin(w[j])) + prod[i](1 + w[i]^2) + max[i](sum[j](M[i,j]*w[j]))
""", {"w": "[0.5, -1, 2]", "M": "[1, 2, 0.5; -1, 0.25, 1; 3, 1, -2]"}),
]


def judge_arrays(model, point):
    """Gradients whose formulas speak of nothing but the model's names."""
    parts = sections(run(model, "--explain"))
    rows = [re.match(r"(\w+)_bar(\[.*?\]) = (.*)$", row[1]) for row in parts["Gradients"] if len(row) > 1]
    whole = [row for row in rows if row and "_bar" not in row[3] and "..." not in row[3]]
    judge(whole, "no closed formula in " + model)
    for row in whole:
        added = "closed%s = %s\ntruth = diff(L, %s)\noutput closed, truth\n" % (row[2], row[3], row[1])
        text = run(model + added, "--eval", at(point))
        values = [[float(x) for x in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", line)]
                  for line in re.findall(r"^(?:closed|truth) = (.*)$", text, re.M)]
        judge(len(values) == 2 and len(values[0]) == len(values[1]) and
              all(close(a, b) for a, b in zip(*values)), "%s_bar: %s: %s" % (row[1], row[3], text[:400]))


for lecture in json.load(open(LECTURES, encoding="utf-8")):
    judge_lecture(lecture)
for one in CALLS:
    judge_function(one)
for one in ARRAYS:
    judge_arrays(*one)
print("derivations: %d right, %d wrong" % (passed, failed))
print(passed, failed)
