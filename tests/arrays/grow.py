"""Random models of arrays from a seed, smooth at the points that are drawn, and what they mean in
Python. Every value is wrapped so that it stays of the order of 1."""
import random

DIMS = "nmk"
SIZES = {"n": 3, "m": 2, "k": 4}
SMOOTH = [("sin(%s)", "sin(%s)"), ("cos(%s)", "cos(%s)"), ("tanh(%s)", "tanh(%s)"),
          ("exp(0.3*tanh(%s))", "exp(0.3*tanh(%s))"), ("sigmoid(%s)", "sigmoid(%s)"),
          ("softplus(%s)", "softplus(%s)"), ("sqrt(1.5 + sin(%s))", "sqrt(1.5 + sin(%s))"),
          ("log(2.5 + sin(%s))", "log(2.5 + sin(%s))"), ("-(%s)", "-(%s)"),
          ("atan(%s)", "atan(%s)"), ("sin(%s)^2", "sin(%s)**2"), ("tanh(%s)^3", "tanh(%s)**3"),
          ("sq(%s)", "((%s)**2 - 1)"), ("erf(%s)", "erf(%s)"), ("1/(2.5 + sin(%s))", "1/(2.5 + sin(%s))")]
PAIRS = [("%s + %s", "%s + %s"), ("%s - %s", "%s - %s"), ("(%s)*(%s)", "(%s)*(%s)"),
         ("(%s)/(2.5 + sin(%s))", "(%s)/(2.5 + sin(%s))"),
         ("hypot(%s, 1 + tanh(%s)^2)", "hypot(%s, 1 + tanh(%s)**2)"),
         ("atan2(%s, 2.5 + sin(%s))", "atan2(%s, 2.5 + sin(%s))"),
         ("mix(%s, %s)", "(lambda a, b: a*b + sin(a - b))(%s, %s)"),
         ("(1.5 + sin(%s))^(tanh(%s))", "(1.5 + sin(%s))**(tanh(%s))")]
FUNCTIONS = ["sq(t) = t^2 - 1", "mix(a, b) = a*b + sin(a - b)",
             "size2(v[len]) = { s = sum(v); s*s/(len + 1) + norm(1.5 + v*v) }",
             "pull(M[rows,cols], v[cols]) = { w = M @ v; dot(w, w)/(rows + 1) }"]


class Array:
    """A name with its shape, a list of dims; `extra` is what each axis is longer by."""

    def __init__(self, name, shape, extra=None):
        self.name, self.shape = name, shape
        self.extra = extra or [0]*len(shape)


class Grower:
    """Grows one model."""

    def __init__(self, seed):
        self.rng = random.Random("arrays/%s" % seed)
        # of every third seed, sums whose condition names an element: the draws beside are the same
        self.names = random.Random("names/%s" % seed) if int(seed) % 3 == 1 else None
        self.dims = list(DIMS[:self.rng.randint(1, 3)])
        self.arrays, self.gathers, self.lines, self.program = [], [], [], []
        self.bound = 0
        self.declare = ["dim " + ", ".join(self.dims)]

    def some_shape(self, most=3):
        rank = self.rng.choice([0, 1, 1, 1, 2, 2, 2, 3][:6 + (most > 2)*2])
        return [self.rng.choice(self.dims) for _ in range(rank)]

    def declare_inputs(self):
        for kind, count, letters in (("input", self.rng.randint(2, 4), "xyAB"),
                                     ("param", self.rng.randint(0, 2), "pq")):
            for letter in letters[:count]:
                shape = self.some_shape()
                extra = [self.rng.choice([0, 0, 0, 1, 2]) for _ in shape]
                axes = ["%s+%d" % (d, e) if e else d for d, e in zip(shape, extra)]
                self.declare.append("%s %s%s" % (kind, letter,
                                                 "[%s]" % ", ".join(axes) if axes else ""))
                self.arrays.append(Array(letter, shape, extra))
        for name in "gh"[:self.rng.randint(0, 2)]:
            over, into = self.rng.choice(self.dims), self.rng.choice(self.dims)
            self.declare.append("index %s[%s] < %s" % (name, over, into))
            self.gathers.append((name, over, into))

    # ---- subscripts

    def subscript(self, dim, extra, env):
        """Bpgen's and Python's text of a subscript of an axis of dim + extra; None if there is none."""
        rng = self.rng
        fitting = [i for i, d in env if d == dim]
        choices = []
        if fitting:
            i = rng.choice(fitting)
            shift = rng.randint(0, extra)
            plain = "%s+%d" % (i, shift) if shift else i
            choices += [(plain, plain)]*6
            choices += [("%s-1-%s" % (dim, i), "%s-1-%s" % (dim, i)),
                        ("%s/2" % i, "%s//2" % i),
                        ("%s > 0 ? %s-1 : 0" % (i, i), "(%s-1 if %s > 0 else 0)" % (i, i)),
                        ("min(%s+1, %s-1)" % (i, dim), "min(%s+1, %s-1)" % (i, dim))]
        for name, over, into in self.gathers:
            through = [i for i, d in env if d == over]
            if into == dim and through:
                text = "%s[%s]" % (name, rng.choice(through))
                choices += [(text, text)]*3
        choices.append(("0", "0"))
        if extra:
            choices.append((dim, dim))
        return rng.choice(choices)

    def read(self, env):
        array = self.arrays[-1] if self.rng.random() < 0.3 else self.rng.choice(self.arrays)
        if not array.shape:
            return array.name, array.name
        texts = [self.subscript(d, e, env) for d, e in zip(array.shape, array.extra)]
        return ("%s[%s]" % (array.name, ",".join(t for t, _ in texts)),
                array.name + "".join("[%s]" % p for _, p in texts))

    # ---- elements

    def number(self, env):
        rng = self.rng
        if env and rng.random() < 0.4:
            i, d = rng.choice(env)
            return rng.choice([("%s/(%s+1)" % (i, d), "%s/(%s+1)" % (i, d)),
                               ("0.1*%s" % i, "0.1*%s" % i)])
        value = rng.choice(["0.5", "2", "1.25", "3", "0.1*" + rng.choice(self.dims)])
        return value, value

    def limits(self, env, d):
        """A range within the dim, from an index around it: those that rise or fall with it, those
        that do neither, and those that end by an entry."""
        outer, od = self.rng.choice(env)
        choices = [("0", d)]
        if od == d:
            choices = [("0", outer), ("0", outer + "+1"), (outer, d), (outer + "+1", d),
                       ("0", "min(%s, %s-%s)" % (outer, d, outer)),
                       ("0", "max(%s, %s-1-%s)" % (outer, d, outer)),
                       ("min(%s, %s-%s)" % (outer, d, outer), d)]
        for name, over, into in self.gathers:
            if (over, into) == (od, d):
                entry = "%s[%s]" % (name, outer)
                choices += [("0", entry), ("0", entry + "+1"), (entry, d)]
        return self.rng.choice(choices)

    def named(self, env, inner):
        """A condition that says by an entry which element around a sum its term belongs to; None."""
        if not self.names or self.names.random() < 0.4:
            return None
        own = inner[len(env):]
        found = ["%s[%s] == %s" % (name, k, v) for name, over, into in self.gathers
                 for k, d in own if d == over for v, e in env + own if e == into and v != k]
        if not found:
            return None
        return " && ".join(self.names.sample(found, min(len(found), self.names.randint(1, 2))))

    def reduction(self, env, depth):
        rng = self.rng
        i, d = "i%d" % self.bound, rng.choice(self.dims)
        self.bound += 1
        lower, upper = self.limits(env, d) if rng.random() < 0.4 and env else ("0", d)
        inner = [*env, (i, d)]
        ranges = ["%s in %s..%s" % (i, lower, upper)]
        loops = "for %s in R(%s, %s)" % (i, lower, upper)
        plain = (lower, upper) == ("0", d)
        if rng.random() < 0.2:
            j, e = "i%d" % self.bound, rng.choice(self.dims)
            self.bound += 1
            inner.append((j, e))
            ranges.append("%s in 0..%s" % (j, e))
            loops += " for %s in R(%s)" % (j, e)
        text, python = self.element(inner, depth - 1)
        named = self.named(env, inner)
        if named:
            text, python = "%s ? %s : 0" % (named, text), "(%s) if %s else 0" % (
                python, named.replace("&&", "and"))
            return "0.3*sum[%s](%s)" % (", ".join(ranges), text), "0.3*total([%s %s])" % (python, loops)
        kinds = [("0.3*sum", "0.3*total")]*3 + [("prod", "prod")]
        if plain:
            kinds += [("mean", "mean"), ("logsumexp", "lse"), ("norm", "norm")]
        name, called = rng.choice(kinds)
        if name == "norm":
            return ("norm[%s](1.5 + (%s)^2)" % (", ".join(ranges), text),
                    "norm([1.5 + (%s)**2 %s])" % (python, loops))
        if name == "prod":
            text, python = "1 + 0.5*sin(%s)" % text, "1 + 0.5*sin(%s)" % python
        return "%s[%s](%s)" % (name, ", ".join(ranges), text), "%s([%s %s])" % (called, python, loops)

    def condition(self, env):
        rng = self.rng
        if len(env) > 1 and rng.random() < 0.6:
            (i, _), (j, _) = rng.sample(env, 2)
            op = rng.choice(["<", "==", ">=", "<="])
            return "%s %s %s" % (i, op, j), "%s %s %s" % (i, op, j)
        if env and rng.random() < 0.7:
            i, d = rng.choice(env)
            return rng.choice([("%s == 0" % i, "%s == 0" % i), ("%s %% 2 == 1" % i, "%s %% 2 == 1" % i),
                               ("%s < %s-1" % (i, d), "%s < %s-1" % (i, d))])
        a = self.read(env)
        return "%s > 0.05" % a[0], "%s > 0.05" % a[1]

    def vector_call(self, env):
        """A function or a reduction of a row of an array."""
        rows = [a for a in self.arrays if len(a.shape) > 0]
        if not rows:
            return self.read(env)
        a = self.rng.choice(rows)
        front = [self.subscript(d, e, env) for d, e in zip(a.shape[:-1], a.extra[:-1])]
        text = "%s[%s]" % (a.name, ",".join([*(t for t, _ in front), ":"]))
        python = a.name + "".join("[%s]" % p for _, p in front)
        return self.rng.choice([
            ("size2(%s)" % text, "(sum(%s)**2/(len(%s) + 1) + norm([1.5 + e*e for e in %s]))" %
             (python, python, python)),
            ("dot(%s, %s)" % (text, text), "dot(%s, %s)" % (python, python)),
            ("logsumexp(%s)" % text, "lse(%s)" % python),
            ("sum(%s)" % text, "sum(%s)" % python)])

    def element(self, env, depth):
        rng = self.rng
        roll = rng.random()
        if depth <= 0 or roll < 0.12:
            return self.read(env) if rng.random() < 0.85 else self.number(env)
        if roll < 0.32:
            a = self.element(env, depth - 1)
            t, p = rng.choice(SMOOTH)
            return t % a[0], p % a[1]
        if roll < 0.66:
            a, b = self.element(env, depth - 1), self.element(env, depth - 1)
            t, p = rng.choice(PAIRS)
            return "(" + t % (a[0], b[0]) + ")", "(" + p % (a[1], b[1]) + ")"
        if roll < 0.86:
            return self.reduction(env, depth)
        if roll < 0.94:
            c, a, b = self.condition(env), self.element(env, depth - 1), self.element(env, depth - 1)
            return "(%s ? %s : %s)" % (c[0], a[0], b[0]), "(%s if %s else %s)" % (a[1], c[1], b[1])
        return self.vector_call(env)

    def define_by_element(self, name):
        shape = self.some_shape()
        env = [("ijl"[axis], d) for axis, d in enumerate(shape)]
        self.bound = 0
        text, python = self.element(env, self.rng.randint(2, 4))
        text, python = "sin(%s)" % text, "sin(%s)" % python
        for i, d in reversed(env):
            python = "[%s for %s in R(%s)]" % (python, i, d)
        left = "[%s]" % ", ".join("%s in 0..%s" % e for e in env) if env else ""
        self.lines.append("%s%s = %s" % (name, left, text))
        self.program.append("%s = %s" % (name, python))
        self.arrays.append(Array(name, shape))

    # ---- whole arrays: text, python, shape; python's operators go through `each`

    def whole_leaf(self, shape):
        """An expression of the shape of dims, from an array or built of smaller ones."""
        rng = self.rng
        for a in rng.sample(self.arrays, len(self.arrays)):
            if a.shape == shape:
                if any(a.extra):
                    text, python = [], a.name
                    for d, e in zip(a.shape, a.extra):
                        s = rng.randint(0, e)
                        text.append("%d..%s+%d" % (s, d, s) if e else ":")
                    cuts = [(int(t.split("..")[0]) if t != ":" else 0, d)
                            for t, d in zip(text, a.shape)]
                    return "%s[%s]" % (a.name, ",".join(text)), "cut(%s, %s)" % (
                        python, "[" + ", ".join("(%d, %s)" % c for c in cuts) + "]")
                return a.name, a.name
            if a.shape == shape[::-1] and not any(a.extra):
                return a.name + "'", "turned(%s)" % a.name
        if len(shape) == 2:
            u, v = self.whole_leaf(shape[:1]), self.whole_leaf(shape[1:])
            return u and v and ("outer(%s, %s)" % (u[0], v[0]), "outer(%s, %s)" % (u[1], v[1]))
        if len(shape) == 1:
            for a in rng.sample(self.arrays, len(self.arrays)):
                if len(a.shape) == 2 and a.shape[1] == shape[0] and not any(a.extra):
                    return "%s[0,:]" % a.name, "%s[0]" % a.name
        return None

    def whole(self, shape, depth):
        rng = self.rng
        roll = rng.random()
        if depth > 0 and roll < 0.3:
            a = self.whole(shape, depth - 1)
            t, p = rng.choice(SMOOTH)
            return a and (t % a[0], "each(lambda e: %s, %s)" % (p % "e", a[1]))
        if depth > 0 and roll < 0.6:
            a, b = self.whole(shape, depth - 1), self.whole(shape, depth - 1)
            t, p = rng.choice(PAIRS)
            return a and b and ("(" + t % (a[0], b[0]) + ")",
                                "each(lambda e, f: %s, %s, %s)" % (p % ("e", "f"), a[1], b[1]))
        if depth > 0 and roll < 0.75 and len(shape) == 2:
            d = rng.choice(self.dims)
            a, b = self.whole([shape[0], d], depth - 1), self.whole([d, shape[1]], depth - 1)
            return a and b and ("((%s) @ (%s))" % (a[0], b[0]), "times(%s, %s)" % (a[1], b[1]))
        if depth > 0 and roll < 0.75 and len(shape) == 1:
            d = rng.choice(self.dims)
            a, b = self.whole([shape[0], d], depth - 1), self.whole([d], depth - 1)
            return a and b and ("((%s) @ (%s))" % (a[0], b[0]),
                                "times_vector(%s, %s)" % (a[1], b[1]))
        if depth > 0 and roll < 0.85:
            a = self.whole(shape, depth - 1)
            return a and rng.choice([
                ("softmax(%s)" % a[0], "last(softmax, %s)" % a[1]),
                ("log_softmax(%s)" % a[0], "last(log_softmax, %s)" % a[1])])
        return self.whole_leaf(shape)

    def define_whole(self, name):
        shape = self.some_shape(2)
        found = self.whole(shape, self.rng.randint(1, 3)) if shape else None
        if not found:
            self.define_by_element(name)
            return
        self.lines.append("%s = sin(%s)" % (name, found[0]))
        self.program.append("%s = each(sin, %s)" % (name, found[1]))
        self.arrays.append(Array(name, shape))

    def grow(self):
        self.declare_inputs()
        count = self.rng.randint(1, 4)
        names = ["u", "v", "w", "z"][:count]
        for name in names:
            self.rng.choice([self.define_by_element, self.define_by_element, self.define_whole])(name)
        outputs = sorted(set(self.rng.sample(names, self.rng.randint(1, count))) | {names[-1]})
        if self.rng.random() < 0.4:
            self.lines.append("F = sum(%s^2)" % names[-1] if self.arrays[-1].shape
                              else "F = %s^2" % names[-1])
            self.program.append("F = sum(e*e for e in every(%s))" % names[-1])
            outputs = ["F"]
        used = [f for f in FUNCTIONS if any(f.partition("(")[0] + "(" in x for x in self.lines)]
        text = "\n".join([*self.declare, "output " + ", ".join(outputs), *used, *self.lines, ""])
        return text, "\n".join(self.program), {d: SIZES[d] for d in self.dims}


def grow(seed):
    """A model's text, the Python of its definitions, its dims."""
    return Grower(seed).grow()
