"""Is a generated model right at a point? Forward and reverse against each other, element by
element, against central differences of the value, and the value against Python's."""
import math
import random

from model import Failure

EXACT, SAME, SLOPE = 1e-12, 1e-9, 2e-8  # relative to the greatest number of the array


def flat(x):
    if isinstance(x, (list, tuple)):
        return [e for y in x for e in flat(y)]
    return [float(x)]


def nested(numbers, shape):
    if not shape:
        return numbers[0]
    step = math.prod(shape[1:])
    return [nested(numbers[i*step:(i + 1)*step], shape[1:]) for i in range(shape[0])]


def close(a, b, bound, scale=1.0):
    """Lists of numbers, equal within the bound relative to the greatest?"""
    if len(a) != len(b):
        return False
    finite = [abs(x) for x in [*a, *b] if math.isfinite(x)]
    most = bound*max([scale, *finite])
    return all(abs(x - y) <= most if math.isfinite(x) and math.isfinite(y)
               else x == y or (x != x and y != y) for x, y in zip(a, b))


def expect(what, a, b, bound, scale=1.0):
    if not close(a, b, bound, scale):
        worst = [i for i, (x, y) in enumerate(zip(a, b)) if not close([x], [y], bound, scale)]
        at = worst[0] if worst else 0
        raise Failure("%s: %s but %s, at %d of %d" %
                      (what, (a[at:] or ["nothing"])[:4], (b[at:] or ["nothing"])[:4], at, len(a)))


def draw(rng, model, dims, low=-1.0, high=1.0, ranges=None):
    """A value for each input: numbers apart from each other and from 0."""
    values = {}
    for name, x in model.inputs.items():
        count = model.size(x, dims)
        if x["kind"] == "index":
            values[name] = [rng.randrange(max(1, model.limit(x, dims))) for _ in range(count)]
        else:
            a, b = (ranges or {}).get(name, (low, high))
            values[name] = [round(rng.uniform(a, b), 3) + 1e-4 for _ in range(count)]
    return values


def zeros(model, dims, names, kind):
    entries = model.inputs if kind == "in" else model.outputs
    return {n: [0.0]*model.size(entries[n], dims) for n in names}


def units(model, dims, names, kind):
    """The directions along one element each."""
    for name in names:
        size = len(zeros(model, dims, [name], kind)[name])
        for i in range(size):
            direction = zeros(model, dims, names, kind)
            direction[name][i] = 1.0
            yield direction


def outputs_of(result, model, role="output"):
    return [x for o in model.outputs for x in result[role, o]]


def adjoints_of(result, model):
    return [x for a in model.active for x in result["adjoint", a]]


def forward_columns(model, dims, values):
    return [outputs_of(model.call("forward", dims, values, tangents=t), model, "output_tangent")
            for t in units(model, dims, model.active, "in")]


def reverse_rows(model, dims, values):
    return [adjoints_of(model.call("reverse", dims, values, seeds=s), model)
            for s in units(model, dims, list(model.outputs), "out")]


def difference_columns(call, dims, values, names):
    """Five-point central differences of `call(values)`, a list, in each element of the names."""
    columns = []
    for name in names:
        for i in range(len(values[name])):
            h = 1e-3*max(1.0, abs(values[name][i]))

            def at(step, name=name, i=i, h=h):
                moved = dict(values)
                moved[name] = list(values[name])
                moved[name][i] += step*h
                return call(moved)
            columns.append([(8*(b - a) - (d - c))/(12*h)
                            for a, b, c, d in zip(at(-1), at(1), at(-2), at(2))])
    return columns


def transposed(columns, rows):
    return [[c[r] for c in columns] for r in range(rows)]


def check_values(model, dims, values, reference):
    """The outputs by value, forward and reverse are those of the reference, a dict."""
    got = model.call("value", dims, values)
    if reference is not None:
        for name in model.outputs:
            expect("value of " + name, got["output", name], flat(reference[name]), 1e-11)
    for kind in model.functions:
        if kind in ("value", "hvp"):
            continue
        seeds = {o: [0.5]*model.size(e, dims) for o, e in model.outputs.items()}
        tangents = {a: [0.25]*len(values[a]) for a in model.active}
        again = model.call(kind, dims, values, tangents=tangents, seeds=seeds)
        for name in model.outputs:
            expect("%s of %s by %s" % ("value", name, kind), again["output", name],
                   got["output", name], EXACT)
    return got


def check_slopes(model, dims, values, differences=True):
    """Forward, reverse and differences agree; gives the Jacobian, a list of rows."""
    columns = forward_columns(model, dims, values)
    rows = reverse_rows(model, dims, values)
    expect("reverse and forward", flat(rows), flat(transposed(columns, len(rows))), SAME)
    if differences:
        numbers = difference_columns(
            lambda v: outputs_of(model.call("value", dims, v), model), dims, values, model.active)
        if any(x != x for c in columns for x in c):
            raise Failure("a derivative is NaN")
        expect("derivatives and differences", flat(columns), flat(numbers), SLOPE)
    return rows


def check_more(model, dims, values, rows, differences=True):
    """The gradient, Jacobian, Hessian and its product, where the model has such functions."""
    if "gradient" in model.functions:
        got = model.call("gradient", dims, values)
        expect("gradient and reverse", adjoints_of(got, model), flat(rows), SAME)
    if "jacobian" in model.functions:
        got = model.call("jacobian", dims, values)
        expect("Jacobian and reverse", got["jacobian", None], flat(rows), SAME)
    if "hvp" not in model.functions or not differences:
        return

    def gradient(v):
        seeds = {o: [1.0] for o in model.outputs}
        return adjoints_of(model.call("reverse", dims, v, seeds=seeds), model)
    numbers = difference_columns(gradient, dims, values, model.active)
    got = model.call("hessian", dims, values)
    expect("Hessian and differences", got["hessian", None], flat(numbers), SLOPE)
    products = []
    for t in units(model, dims, model.active, "in"):
        product = model.call("hvp", dims, values, tangents=t)
        products += [x for a in model.active for x in product["adjoint_tangent", a]]
    expect("Hessian products and Hessian", products, got["hessian", None], SAME)


def check(model, dims, values, reference=None, differences=True):
    got = check_values(model, dims, values, reference)
    rows = check_slopes(model, dims, values, differences)
    check_more(model, dims, values, rows, differences)
    return {n: got["output", n] for n in model.outputs}, rows


def random_of(*words):
    return random.Random("/".join(map(str, words)))
