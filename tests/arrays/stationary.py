"""Second derivatives where all first ones are 0: of a sum of squared residuals that are 0, the
Hessian is J'J with the Jacobian J of the residuals, to rounding. There every adjoint is 0, and what
is guarded by a test of an adjoint must still have its derivatives.

The residuals are the outputs of a random model, or square roots of them where they are over a
bound, less what they are at the point."""
import judge
from model import Failure, Model, Source

FIRST = "--with=value,forward,reverse,jacobian"
SECOND = "--with=value,gradient,hessian,hvp"
MOST = 3  # residual arrays
FORMS = ["where(%s)", "%s"]
GUARD = "where(t) = t > bound ? sqrt(t - bound) : 0"


def outputs_of(text):
    line = next(x for x in text.split("\n") if x.startswith("output "))
    return line, line[len("output "):].split(", ")[:MOST]


def rewritten(text, seed, shapes, outputs):
    """The model with the residuals h_u for each output u, and further outputs."""
    line, names = outputs_of(text)
    form = FORMS[seed % len(FORMS)]
    more = ["param bound", GUARD]
    more += ["param r_%s%s" % (u, shapes[u]) for u in names]
    more += ["h_%s = %s" % (u, form % u) for u in names]
    squares = ["%s((h_%s - r_%s)^2)/2" % ("sum" if shapes[u] else "", u, u) for u in names]
    more += ["energy = " + " + ".join(squares)]
    wanted = [w for u in names for w in outputs(u)]
    return text.replace(line, "output " + ", ".join(wanted)) + "\n".join(more) + "\n"


def shapes_of(model):
    return {u["name"]: "[%s]" % ", ".join(map(str, u["shape"])) if u["shape"] else ""
            for u in model["outputs"]}


class Stationary:
    """The models that are made of one: residuals, gradients by diff, of one that again, the energy."""

    def __init__(self, seed, text, key, *options):
        plain = Source(text, "s", "--with=value").manifest
        shapes = shapes_of(plain)
        names = outputs_of(text)[1]
        self.active = [x["name"] for x in plain["inputs"] if x["active"]]
        self.text = rewritten(text, seed, shapes, lambda u: [u, "h_" + u])
        slopes = rewritten(text, seed, shapes, lambda u: ["h_" + u])
        slopes = slopes.replace("output ", "output %s, " % ", ".join("g_" + x for x in self.active))
        slopes += "".join("g_%s = diff(energy, %s)\n" % (x, x) for x in self.active)
        curves = slopes.replace("output ", "output H, ") + "H = diff(g_%s, %s)\n" % (
            self.active[0], self.active[0])
        energy = rewritten(text, seed, shapes, lambda u: ["energy"] if u == names[0] else [])
        self.sources = {
            "residuals": Source(self.text, "sr%s_%s" % (seed, key), "-w", FIRST, *options),
            "slopes": Source(slopes, "ss%s_%s" % (seed, key), "-w", FIRST, *options),
            "curves": Source(curves, "sc%s_%s" % (seed, key), "-w", "--with=value", *options),
            "energy": Source(energy, "se%s_%s" % (seed, key), "-w", SECOND, *options)}


def bound_between(numbers):
    """What is far from all the numbers: in the middle of the widest gap, or below them."""
    known = sorted({0.0, *numbers})
    gaps = [(b - a, (a + b)/2) for a, b in zip(known, known[1:])]
    return max(gaps, default=(0, 0))[1] if max(gaps, default=(0, 0))[0] > 0.05 else known[0] - 1


def values_at(seed, models, dims):
    """A point, with the residuals 0."""
    residuals = models["residuals"]
    values = judge.draw(judge.random_of("stationary", seed, sorted(dims.items())), residuals, dims)
    raw = [u for u in residuals.outputs if not u.startswith("h_")]
    got = residuals.call("value", dims, values)
    values["bound"] = [bound_between([x for u in raw for x in got["output", u]])]
    got = models["slopes"].call("value", dims, values)
    for u in raw:
        values["r_" + u] = list(got["output", "h_" + u])
    return values


def squared(rows, width):
    """J'J, row by row."""
    return [sum(r[i]*r[k] for r in rows) for i in range(width) for k in range(width)]


def check_slopes(model, dims, values, wanted, count):
    """The Jacobian of the gradients, forward, reverse and whole."""
    columns = judge.forward_columns(model, dims, values)
    rows = judge.reverse_rows(model, dims, values)[:count]
    judge.expect("forward", judge.flat([c[:count] for c in columns]), wanted, judge.SAME)
    judge.expect("reverse", judge.flat(rows), wanted, judge.SAME)
    jacobian = model.call("jacobian", dims, values)["jacobian", None]
    judge.expect("Jacobian", jacobian[:count*count], wanted, judge.SAME)


def check_curves(model, dims, values, wanted, count):
    """The derivatives by diff of the gradient by the first input."""
    first = len(values[model.active[0]])
    block = [wanted[i*count + k] for i in range(first) for k in range(first)]
    judge.expect("diff of diff", model.call("value", dims, values)["output", "H"], block, judge.SAME)


def check_energy(model, dims, values, wanted):
    judge.expect("Hessian", model.call("hessian", dims, values)["hessian", None], wanted, judge.SAME)
    products = []
    for t in judge.units(model, dims, model.active, "in"):
        product = model.call("hvp", dims, values, tangents=t)
        products += [x for a in model.active for x in product["adjoint_tangent", a]]
    judge.expect("Hessian products", products, wanted, judge.SAME)


def judge_stationary(seed, models, dims):
    values = values_at(seed, models, dims)
    residuals = models["residuals"]
    if not all(abs(x) < 1e9 for v in values.values() for x in v):
        raise Failure("the point is none: %s" % values)
    count = sum(len(values[x]) for x in residuals.active)
    rows, kept = judge.reverse_rows(residuals, dims, values), []
    for u, entry in residuals.outputs.items():
        size = residuals.size(entry, dims)
        kept += rows[:size] if u.startswith("h_") else []
        rows = rows[size:]
    wanted = squared(kept, count)
    check_slopes(models["slopes"], dims, values, wanted, count)
    check_curves(models["curves"], dims, values, wanted, count)
    check_energy(models["energy"], dims, values, wanted)


def variants(seed, dims):
    fixed = ["-D%s=%d" % d for d in dims.items()]
    yield "run", ["--jacobian=reverse"] if seed % 2 else []
    yield "rolled", [*fixed, "--unroll=0", "--jacobian=forward"]


def make(tally, seed, text, dims):
    """(name, Source) of all variants."""
    for key, options in variants(seed, dims):
        try:
            made = Stationary(seed, text, key, *options)
        except Failure as e:
            if "no loop was found" not in str(e):
                tally.failure("stationary%s/%s" % (seed, key), "%s%s" % (text, e))
            continue
        for part, source in made.sources.items():
            yield "stationary%s/%s/%s" % (seed, key, part), source


def run_stationary(tally, grown, compile_all):
    """`grown`: text and dims by seed."""
    first = min(grown)
    sources = [s for seed, (text, dims) in grown.items() for s in make(tally, seed, text, dims)]
    compiled = compile_all(tally, "stationary%d_" % first, sources)
    for seed, (text, dims) in grown.items():
        for key, _ in variants(seed, dims):
            name = "stationary%s/%s" % (seed, key)
            models = {part: compiled.get("%s/%s" % (name, part))
                      for part in ("residuals", "slopes", "curves", "energy")}
            if all(models.values()):
                tally.attempt("%s%s\n%s" % (name, dims, models["slopes"].source.text),
                              judge_stationary, seed, models, dims)
