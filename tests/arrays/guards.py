"""Random recurrences whose reads are guarded, from a seed, and what they mean in Python.

Mostly one equation gives all elements of an array, and conditions around what it reads say which
turns have nothing before them: by comparisons of indices however these are written, negated, within
each other, together with conditions on other indices, on masks, on entries of index arrays. What is
complete is read likewise, beyond either end, by later recurrences, sums, and sums of what is before."""
import random
from collections import namedtuple

from chains import PAIRS, SMOOTH, both, join, plus
from elements import Axis, Equation

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
INDICES = "ijklqrst"
INPUTS = {"w": "", "x": "n", "y": "m", "g": "d", "X": "nm", "p": "n", "P": "m", "c": "n"}
INDEX, MASKS = "c", "pP"  # an index array, its entries below n; masks, which are never active
STEPS = [(1, 0), (1, 0), (0, 1), (0, 1), (1, 1), (2, 0), (0, 2), (1, -1), (2, -1), (1, 2)]
BODIES = ["%s - %s", "%s + %s", "%s + 0.5*%s", "0.7*%s - 0.4*%s"]
BOUNDED = ["sin(%s + %s)", "tanh(%s - %s)", "cos(%s*%s)", "0.6*sin(%s) + 0.3*tanh(%s)"]

Condition = namedtuple("Condition", "yes no")  # and its negation, both in both languages
Array = namedtuple("Array", "name dims turn")
# where an element is on an axis: its subscript is an index and a number
Spot = namedtuple("Spot", "index more dim")


def subscript(spot, offset=0):
    return plus(spot.index, spot.more + offset)


def bracketed(text):
    return text if text.isalnum() else "(%s)" % text


def read(name, at):
    if not at:
        return name, name + "()"
    return "%s[%s]" % (name, ",".join(at)), "%s(%s)" % (name, ", ".join(at))


def conjunction(a, b):
    return Condition(("%s && %s" % (a.yes[0], b.yes[0]), "%s and %s" % (a.yes[1], b.yes[1])),
                     ("(%s || %s)" % (a.no[0], b.no[0]), "(%s or %s)" % (a.no[1], b.no[1])))


def select(condition, a, b):
    return ("(%s ? %s : %s)" % (condition[0], a[0], b[0]),
            "(%s if %s else %s)" % (a[1], condition[1], b[1]))


class Group:
    """Arrays that are one recurrence: the order of their axes, outermost first, and the directions."""

    def __init__(self, rng, dims):
        self.dims = dims
        self.order = rng.sample(range(len(dims)), len(dims))
        self.down = [rng.random() < 0.35 for _ in dims]
        self.first = rng.choice([0, 0, 0, 1, 2])  # elements with equations of their own, of one axis
        self.arrays = []


class Guards:
    """Grows one model."""

    def __init__(self, seed):
        self.rng = rng = random.Random("guards/%s" % seed)
        self.orders = seed % 5 in (0, 2)  # do conditions say in which order elements come?
        self.entries = seed % 7 == 3  # and of entries of an index array?
        self.used, self.least = set(), {"n": 0, "m": 0, "d": 0}
        self.inputs = rng.sample([n for n in INPUTS if n not in INDEX + MASKS], 3)
        self.equations, self.done = [], []
        self.group = self.array = None
        self.spots, self.free = [], []

    # ---- conditions

    def compare(self, left, op, right):
        """The comparison, with either side in front, and its negation in one of two ways."""
        left, right = str(left), str(right)
        if self.rng.random() < 0.2:
            left, op, right = right, MIRRORED[op], left
        yes = "%s %s %s" % (left, op, right)
        if self.rng.random() < 0.6:
            return Condition(both(yes), both("%s %s %s" % (left, OPPOSITE[op], right)))
        return Condition(both(yes), ("!(%s)" % yes, "not (%s)" % yes))

    def at_least(self, spot, number):
        """That the subscript here is."""
        k = number - spot.more
        forms = [(spot.index, ">=", k), (spot.index, ">", k - 1), (plus(spot.index, -k), ">=", 0)]
        if number == 1:
            forms.append((subscript(spot), "!=", 0))
        return self.compare(*self.rng.choice(forms))

    def before_end(self, spot, number):
        """That there are so many subscripts behind the one here."""
        k = number + spot.more
        forms = [(plus(spot.index, k), "<", spot.dim), (spot.index, "<", plus(spot.dim, -k)),
                 (plus(spot.index, k), "<=", plus(spot.dim, -1))]
        if number == 1:
            forms.append((subscript(spot), "!=", plus(spot.dim, -1)))
        return self.compare(*self.rng.choice(forms))

    def inside(self, spot, offset):
        """What must hold for the subscript so far from here, a list."""
        if offset == 0:
            return []
        return [self.at_least(spot, -offset) if offset < 0 else self.before_end(spot, offset)]

    def other(self):
        """Any condition: on an index, two of them, a mask, an entry, an input, a dim."""
        rng, spot = self.rng, self.rng.choice(self.spots) if self.spots else None
        if not spot or rng.random() < 0.1:
            dim = rng.choice("nm")
            return self.compare(dim, *rng.choice([(">", 2), ("==", 3), ("!=", 2), (">=", "n")]))
        here, roll = subscript(spot), rng.random()
        if len(self.spots) > 1 and roll < 0.3:
            return self.compare(subscript(self.spots[0]), rng.choice(["<", "<=", "==", "!="]),
                                subscript(self.spots[1]))
        if roll < 0.5:
            return self.compare("%s %% 2" % bracketed(here), "==", rng.choice([0, 1]))
        if roll < 0.65:
            return rng.choice([self.at_least, self.before_end])(spot, rng.choice([1, 2, 3]))
        if roll < 0.72 and spot.dim == "n":
            return self.compare_reads(INDEX, here, rng.choice(["<", "<=", "!="]), both(here))
        if roll < 0.85 and spot.dim in "nm":
            return self.compare_reads("p" if spot.dim == "n" else "P", here, ">", both("0"))
        return self.compare_texts(self.given(), ">", both("0.0371"))

    def compare_reads(self, name, at, op, right):
        self.used.add(name)
        return self.compare_texts(read(name, [at]), op, right)

    @staticmethod
    def compare_texts(left, op, right):
        yes = join("%s " + op + " %s", left, right)
        return Condition(yes, ("!(%s)" % yes[0], "not (%s)" % yes[1]))

    def guarded(self, needs, body):
        """What is read where all the conditions hold, and something else elsewhere."""
        if not needs:
            return body
        rng = self.rng
        self.rng.shuffle(needs)
        if len(needs) > 1 and rng.random() < 0.4:
            return self.guarded(needs[1:], self.guarded(needs[:1], body))
        need = needs[0]
        for more in needs[1:]:
            need = conjunction(need, more)
        elsewhere, roll = self.elsewhere(), rng.random()
        if roll < 0.4:
            return select(need.yes, body, elsewhere)
        if roll < 0.6:
            return select(need.no, elsewhere, body)
        if roll < 0.7:
            return select(conjunction(need, self.other()).yes, body, elsewhere)
        if roll < 0.8:
            return select(conjunction(self.other(), need).no, elsewhere, body)
        if roll < 0.9:
            return select(self.other().yes, select(need.yes, body, elsewhere), self.elsewhere())
        return select(need.yes, select(self.other().no, body, self.elsewhere()), elsewhere)

    def elsewhere(self):
        roll = self.rng.random()
        if roll < 0.6:
            return both(self.rng.choice(["0", "0", "1", "0.5"]))
        return self.given()

    def masked(self, body):
        """Where a mask is not set, nothing."""
        spots = [s for s in self.spots if s.dim in "nm"]
        if not spots:
            return body
        spot = self.rng.choice(spots)
        name = "p" if spot.dim == "n" else "P"
        return select(self.compare_reads(name, subscript(spot), ">", both("0")).yes, body, both("0"))

    # ---- what is read

    def bind(self, binders, low, high):
        i = self.free.pop()
        binders.append((i, low, high))
        return i

    def summed(self, binders, body):
        if not binders:
            return body
        ranges = ", ".join("%s in %s..%s" % b for b in binders)
        loops = " ".join("for %s in R(%s, %s)" % b for b in binders)
        return "sum[%s](%s)" % (ranges, body[0]), "total(%s %s)" % (body[1], loops)

    def given(self):
        """An element of an input at subscripts of this element, or a number."""
        name = self.rng.choice(self.inputs)
        at = []
        for dim in INPUTS[name]:
            near = [s for s in self.spots if s.dim == dim]
            if not near:
                self.used.add("w")
                return read("w", [])
            at.append(subscript(self.rng.choice(near)))
        self.used.add(name)
        return read(name, at)

    def place(self, dim, binders, needs):
        """A subscript on an axis that is complete."""
        rng, near = self.rng, [s for s in self.spots if s.dim == dim]
        roll = rng.random()
        if near and roll < 0.7:
            spot = rng.choice(near)
            if roll < 0.2:
                return subscript(spot)
            if roll < 0.3:
                return "%s-1-%s" % (dim, bracketed(subscript(spot)))
            if roll < 0.36 and dim == "n":
                self.used.add(INDEX)
                return "%s[%s]" % (INDEX, subscript(spot))
            offset = rng.choice([-2, -1, -1, 1, 1, 2])
            needs += self.inside(spot, offset)
            return subscript(spot, offset)
        if roll < 0.78:
            number = rng.choice([0, 0, 1])
            needs.append(self.compare(dim, ">", number))
            return str(number)
        if near and roll < 0.88:
            return self.window(rng.choice(near), binders, needs)
        return self.bind(binders, "0", dim)

    def window(self, spot, binders, needs):
        """The subscripts before or behind the one here: all, or at most two of them."""
        rng, here = self.rng, subscript(spot)
        kind = rng.randrange(4)
        if kind == 0:
            return self.bind(binders, "0", subscript(spot, 1))
        if kind == 1:
            return self.bind(binders, here, spot.dim)
        i = self.bind(binders, "0", spot.dim if kind == 2 else "2")
        if kind == 2:
            needs.append(self.compare(i, rng.choice(["<=", "<", ">=", "!="]), here))
            return i
        needs.append(self.compare("%s+%s" % (here, i), "<", spot.dim))
        return "%s+%s" % (here, i)

    def complete(self):
        """Of an input or an array that is there: an element, or a sum of such."""
        arrays = [a for a in self.done if a.dims]
        named = [(n, INPUTS[n]) for n in self.inputs]
        name, dims = self.rng.choice(named + 3*[(a.name, a.dims) for a in arrays])
        if name in INPUTS:
            self.used.add(name)
        binders, needs = [], []
        at = [self.place(dim, binders, needs) for dim in dims]
        return self.around(binders, needs, self.indexed(name, at))

    @staticmethod
    def indexed(name, at):
        """A read, where entries of the index array among the subscripts are calls in Python."""
        text = read(name, at)
        return text[0], text[1].replace("[", "(").replace("]", ")")

    def around(self, binders, needs, body):
        """The sum over bound indices, with conditions on these inside it."""
        bound = {i for i, _, _ in binders}
        inner = [n for n in needs if any(i in n.yes[0].replace("+", " ").split() for i in bound)]
        if binders and self.rng.random() < 0.3:
            body = self.masked(body)
        body = self.summed(binders, self.guarded(inner, body))
        return self.guarded([n for n in needs if n not in inner], body)

    def steps(self, same):
        """Offsets on each axis by which an element is earlier, in the order of the axes."""
        group = self.group
        if same and self.rng.random() < 0.5:
            return [0 for _ in group.dims]
        step = self.rng.choice(STEPS)
        if len(group.dims) == 1:
            step = [self.rng.choice([1, 1, 2, 3])]
        offsets = [0 for _ in group.dims]
        for axis, number in zip(group.order, step):
            offsets[axis] = number if group.down[axis] else -number
        return offsets

    def earlier(self):
        """An element of this recurrence that comes before, or a sum of several."""
        array = self.rng.choice(self.group.arrays)
        if self.rng.random() < 0.15 and self.spots:
            return self.convolution(array)
        if self.orders and self.rng.random() < 0.2 and self.spots:
            return self.conditional(array)
        offsets = self.steps(array.turn < self.array.turn)
        needs, at = [], []
        for spot, offset in zip(self.spots, offsets):
            needs += self.inside(spot, offset)
            at.append(subscript(spot, offset))
        return self.guarded(needs, read(array.name, at))

    def convolution(self, array):
        """The sum over the last elements on the outermost axis, as many as there are weights."""
        axis, binders = self.group.order[0], []
        i = self.bind(binders, "0", self.rng.choice(["2", "3", "d"]))
        weight = "g" if binders[0][2] == "d" else "w"
        self.used.add(weight)
        spot, at = self.spots[axis], [subscript(s) for s in self.spots]
        if self.group.down[axis]:
            at[axis] = subscript(spot, 1) + "+" + i
            need = self.compare(at[axis], "<", spot.dim)
        else:
            at[axis] = subscript(spot, -1) + "-" + i
            need = self.rng.choice([self.compare(at[axis], ">=", 0),
                                    self.compare(subscript(spot), ">", i)])
        body = join("%s*%s", read(weight, [i]*len(INPUTS[weight])), read(array.name, at))
        return self.summed(binders, select(need.yes, body, both("0")))

    def conditional(self, array):
        """What a condition alone says of that it comes before: an element in another place, or all
        that are before on the outermost axis."""
        rng, axis, binders = self.rng, self.group.order[0], []
        spot, at = self.spots[axis], [subscript(s) for s in self.spots]
        like = [s for s in self.spots if s.dim == spot.dim and s is not spot]
        if self.entries and spot.dim == "n" and rng.random() < 0.5:
            there = "%s[%s]" % (INDEX, subscript(spot))
            at[axis] = there
            need = self.compare_reads(INDEX, subscript(spot), ">" if self.group.down[axis] else "<",
                                      both(subscript(spot)))
            return self.guarded([need], self.indexed(array.name, at))
        kind = rng.choice([0, 1, 1, 2] if like else [0])
        if kind == 0:
            there = self.bind(binders, "0", spot.dim)
        else: # mirrored, or on the diagonal
            there = subscript(like[0])
            at[self.spots.index(like[0])] = subscript(spot) if kind == 1 else there
        at[axis] = there
        need = self.compare(there, ">" if self.group.down[axis] else "<", subscript(spot))
        if not binders:
            return self.guarded([need], read(array.name, at))
        body = read(array.name, at)
        if rng.random() < 0.5:
            body = join("%s*%s", self.given(), body)
        return self.summed(binders, select(need.yes, body, both("0")))

    # ---- elements

    def leaf(self):
        roll = self.rng.random()
        if self.group and roll < 0.4:
            return self.earlier()
        if roll < 0.7:
            return self.complete()
        if roll < 0.8:
            return self.masked(self.given())
        return self.given()

    def element(self, depth):
        rng = self.rng
        roll = rng.random()
        if depth <= 0 or roll < 0.2:
            return self.leaf()
        if roll < 0.4:
            return join(rng.choice(SMOOTH), join("(%s)", self.element(depth - 1)))
        if roll < 0.7:
            return join("(%s)" % rng.choice(PAIRS), self.element(depth - 1), self.element(depth - 1))
        a = self.element(depth - 1)
        return select(self.other().yes, a, self.element(depth - 1) if roll < 0.85 else both("0"))

    def body(self):
        """The right side, of an element of a recurrence with something before it."""
        rng = self.rng
        last = self.earlier() if self.group else self.complete()
        if not self.group and rng.random() < 0.3:
            return last
        if rng.random() < 0.4:
            return join(rng.choice(BODIES), self.leaf(), last)
        return join(rng.choice(BOUNDED), self.element(rng.randint(0, 2)), last)

    # ---- equations

    def equation(self, array, start):
        """All elements that come behind the first `start` ones on the outermost axis."""
        self.array, self.spots = array, []
        self.free = self.rng.sample(INDICES, len(INDICES)) + ["i%d" % k for k in range(30)]
        self.free.reverse()
        left, axes = [], []
        for axis, dim in enumerate(array.dims):
            spot = Spot(self.free.pop(), self.rng.choice([0, 0, 0, 0, 1, -1]), dim)
            low, high = "0", dim
            if start and axis == self.group.order[0]:
                low, high = ("0", plus(dim, -start)) if self.group.down[axis] else (str(start), dim)
            left.append("%s in %s..%s" % (subscript(spot), low, high))
            axes.append(Axis(spot.index, str(spot.more), low, high))
            self.spots.append(spot)
        self.add(array.name, left, axes, self.body())

    def begin(self, array, step):
        """The elements at one of the first steps on the outermost axis."""
        self.spots, self.free = [], list(INDICES)
        outer, group = self.group.order[0], self.group
        at = plus(array.dims[outer], -1 - step) if group.down[outer] else str(step)
        left, axes = [], []
        for axis, dim in enumerate(array.dims):
            if axis == outer:
                left.append(at)
                axes.append(Axis(None, at, None, None))
                continue
            spot = Spot(self.free.pop(), 0, dim)
            left.append("%s in 0..%s" % (spot.index, dim))
            axes.append(Axis(spot.index, "0", "0", dim))
            self.spots.append(spot)
        self.add(array.name, left, axes, join("0.5*%s", self.given()))

    def add(self, name, left, axes, body):
        left = "[%s]" % ", ".join(left) if left else ""
        self.equations.append(("%s%s = %s" % (name, left, body[0]),
                               Equation(name, tuple(axes), body[1])))

    def recurrence(self, names):
        self.group = group = Group(self.rng, self.rng.choice(["n", "n", "n", "m", "nm", "nm", "nn"]))
        group.arrays = [Array(name, group.dims, turn) for turn, name in enumerate(names)]
        outer = group.dims[group.order[0]]
        self.least[outer] = max(self.least[outer], group.first)
        for array in group.arrays:
            for step in range(group.first):
                self.begin(array, step)
            self.equation(array, group.first)
        self.done += group.arrays

    def plain(self, name):
        """An array that is no recurrence."""
        self.group = None
        array = Array(name, self.rng.choice(["n", "n", "m", "nm"]), 0)
        self.equation(array, 0)
        self.done.append(array)

    # ---- models

    def total(self, array):
        """A scalar of an array: a sum over all, of what a mask selects, or one element of it."""
        self.spots, self.free, binders, needs = [], list(INDICES[::-1]), [], []
        if self.rng.random() < 0.3:
            ends = [self.rng.choice([("0", 0), (plus(d, -1), 0)]) for d in array.dims]
            needs = [self.compare(d, ">", least) for d, (_, least) in zip(array.dims, ends)]
            return self.guarded(needs, read(array.name, [at for at, _ in ends]))
        at = [self.bind(binders, "0", dim) for dim in array.dims]
        self.spots = [Spot(i, 0, dim) for i, dim in zip(at, array.dims)]
        body = read(array.name, at)
        factor = self.rng.choice([None, self.given(), body, self.masked(self.given())])
        body = join("%s*%s", factor, body) if factor else body
        if self.rng.random() < 0.3:
            body = select(self.other().yes, body, both("0"))
        return self.summed(binders, body)

    def grow(self):
        rng, names = self.rng, list("zvuhb")
        for k in range(rng.choice([1, 2, 2, 3])):
            if rng.random() < 0.65:
                self.recurrence([names.pop() for _ in range(rng.choice([1, 1, 2]) if k < 2 else 1)])
            else:
                self.plain(names.pop())
        self.group, outputs = None, rng.choice([["F"], ["F"], ["F", "G"]])
        for name in outputs:
            read_by = [a for a in self.done if a is self.done[-1] or rng.random() < 0.7]
            totals = [self.total(a) for a in read_by]
            self.spots = []
            self.add(name, [], [], join(" + ".join(["%s"]*len(totals)), *totals))
        if rng.random() < 0.25:
            outputs = outputs + [a.name for a in rng.sample(self.done, 1)]
        return self.finish(outputs)

    def declaration(self, name):
        shape = "[%s]" % ",".join(INPUTS[name]) if INPUTS[name] else ""
        if name in INDEX:
            return "index %s%s < n" % (name, shape)
        return "%s %s%s" % ("param" if name in MASKS else "input", name, shape)

    def finish(self, outputs):
        used = [n for n in INPUTS if n in self.used]
        if not set(used) - set(INDEX + MASKS):
            used.append("w")
        declared = [self.declaration(n) for n in used]
        text = [t for t, _ in self.equations]
        self.rng.shuffle(text)
        letters = {w for t in declared + text
                   for w in "".join(c if c.isalnum() else " " for c in t).split()}
        dims = [d for d in self.least if d in letters]
        lines = ["dim " + ", ".join(dims)]*bool(dims) + declared + [
            "output " + ", ".join(outputs), *text, ""]
        return "\n".join(lines), [e for _, e in self.equations], {d: self.least[d] for d in dims}


def grow(seed):
    """A model's text, its equations for Elements, the least value of each dim."""
    return Guards(seed).grow()
