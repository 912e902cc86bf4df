"""Random systems of recurrences from a seed, in random text order, and what they mean in Python.

Each has one or two systems of one to four arrays. An array has a place (`Place`) on each axis of
time or of rows: how many elements at its start have equations of their own, how much longer it is
than the dim, and how many steps it is ahead of the others. What an element may read follows from
these: any that is earlier, in the order of steps, of rows, and of the arrays within a step."""
import random
from collections import namedtuple

from elements import Axis, Equation

SMOOTH = ["sin(%s)", "tanh(%s)", "cos(%s)", "sigmoid(%s)", "atan(%s)", "0.5*%s", "-%s", "%s",
          "exp(-0.2*tanh(%s))", "sqrt(1.5 + sin(%s))", "log(2.5 + sin(%s))", "softplus(%s)"]
PAIRS = ["%s + %s", "%s - %s", "(%s)*(%s)", "%s/(2.5 + sin(%s))", "0.7*%s + 0.2*%s"]
NAMES = [["u", "v", "w", "z"], ["e", "f", "g", "h"]]  # two of which C has, in letters that jacobians use
INDICES = "ijklpqrst"
# inputs: name, axes; what is over a dim is longer than any array
INPUTS = {"a": "", "b": "", "x": "n", "y": "m", "X": "nm", "k0": "d", "U": "nd", "W": "dd"}
LONGER, ACTIVE = 4, 3  # what inputs are longer by; how many derivatives are taken of

Place = namedtuple("Place", "base longer ahead")
# where an element is on an axis: at a fixed step (index None, first == the step), or all steps from
# `first` to the dim's size + `last`, by an index that is `more` less than the subscript
Spot = namedtuple("Spot", "index more first last")


class Array:
    """One array of a system; its axes in the order of its subscripts, of "time", "row", "inner"."""

    def __init__(self, name, axes, places, phase, turn):
        self.name, self.axes, self.places = name, axes, places
        self.phase, self.turn = phase, turn  # the order within a step: loop over rows, and in that


def plus(text, number):
    return text + ("+%d" % number if number > 0 else "%d" % number if number else "")


def both(text):
    """The same in both languages."""
    return text, text


def join(form, *parts):
    return form % tuple(p[0] for p in parts), form % tuple(p[1] for p in parts)


class System:
    """Axes and arrays that are one recurrence."""

    def __init__(self, rng, names, dims):
        self.rng = rng
        self.two = rng.random() < 0.5
        self.dim = dict(zip(("time", "row", "inner"), dims))
        self.down = {"time": rng.random() < 0.4, "row": rng.random() < 0.4}
        self.inner = rng.random() < 0.6
        self.arrays = []
        count = rng.choice([1, 1, 1, 2, 2, 2, 3, 4])
        for turn, name in enumerate(names[:count]):
            self.arrays.append(self.make(name, turn))

    def make(self, name, turn):
        rng = self.rng
        axes = ["time"]
        if self.two and (turn == 0 or rng.random() < 0.75):
            axes.append("row")
        if self.inner and rng.random() < 0.7:
            axes.append("inner")
        rng.shuffle(axes)
        places = {}
        for axis in axes:
            base = rng.choice([1, 1, 1, 2, 2, 3] if axis == "time" else [0, 1, 1, 1, 2])
            longer = base + rng.choice([0, 0, 0, 1, -1, -base])
            places[axis] = Place(base, max(longer, 0), rng.choice([0, 0, 0, 1, -1]))
        last = self.arrays[-1] if self.arrays else None
        same = last and "row" in axes and "row" in last.axes and rng.random() < 0.6
        phase = (last.phase + (not same)) if last else 0
        return Array(name, axes, places, phase, turn)


class Chains:
    """Grows one model."""

    def __init__(self, seed):
        self.rng = random.Random("chains/%s" % seed)
        self.inputs = self.rng.sample(list(INPUTS), 4)
        self.least = {"n": 0, "m": 0, "d": 0}
        self.used, self.free = set(), []
        self.equations = []  # text, Equation
        self.done = []  # arrays of systems before, with these
        self.system = self.array = self.spots = None
        self.loose = None  # the inner index, where its range follows from what it reads

    # ---- subscripts

    def size(self, array, axis):
        """The text of an array's length."""
        dim = self.system_of(array).dim[axis]
        return plus(dim, array.places[axis].longer) if axis != "inner" else dim

    def system_of(self, array):
        return next((s for s, a in self.done if a is array), self.system)

    def demand(self, dim, least):
        """Whether the dim may be asked to be at least that."""
        if least > 2:
            return False
        self.least[dim] = max(self.least[dim], least)
        return True

    def fixed(self, array, axis, step):
        """The subscript of an array at a step that is a number."""
        system = self.system_of(array)
        if system.down[axis]:
            return plus(system.dim[axis], array.places[axis].longer - 1 - step)
        return "%d" % step

    def along(self, array, axis, offset):
        """The subscript of an array so many steps from where this element is, or None."""
        spot, place = self.spots[axis], array.places[axis]
        if spot.first + offset < 0:
            return None
        if spot.index is None:
            step = spot.first + offset
            if step >= place.base:  # else the turns of a loop would stand before it and behind it
                return None
            if step >= place.longer and not self.demand(self.system.dim[axis], step + 1 - place.longer):
                return None
            return self.fixed(array, axis, step)
        if spot.last + offset >= place.longer:
            return None
        more = spot.more + offset
        if self.system.down[axis]:
            more = spot.more + place.longer - self.array.places[axis].longer - offset
        return plus(spot.index, more)

    def latest(self, array, axis, same):
        """The greatest offset at which an array's element is earlier on an axis, or as early."""
        return array.places[axis].ahead - self.array.places[axis].ahead - (not same)

    def fresh(self):
        if not self.free:
            self.free = ["%s%d" % (i, n) for n in range(1, 4) for i in INDICES]
            self.rng.shuffle(self.free)
        return self.free.pop()

    # ---- what is read

    def offset(self, top):
        return top - self.rng.choice([0, 0, 0, 1, 1, 2])

    def inner_subscript(self, binders):
        """A subscript of an inner axis; where a sum is wanted, the sum's index is among binders."""
        rng, dim = self.rng, self.system.dim["inner"]
        j = self.spots.get("inner")
        roll = rng.random()
        if j and roll < 0.45:
            return j
        if j and roll < 0.55:
            return "%s-1-%s" % (dim, j)
        if j and roll < 0.62:
            return "max(%s-1, 0)" % j
        if roll < 0.68 and self.demand(dim, 1):
            return "0"
        return self.bind(binders, "0", dim)

    def bind(self, binders, low, high):
        i = self.fresh()
        binders.append((i, low, high))
        return i

    def subscripts(self, array, binders):
        """Subscripts of an earlier element of the same system, or None."""
        rng, here, at = self.rng, self.array, {}
        phased = array.phase < here.phase
        time = self.along(array, "time", self.offset(self.latest(array, "time", True)))
        tops = [(self.latest(array, "time", False), True)]
        if phased:
            tops.append((self.latest(array, "time", True), True))
        if array.phase == here.phase and "row" in here.axes and "row" in array.axes:
            tops.append((self.latest(array, "time", True), False))
        elif array.phase == here.phase and array.turn < here.turn:
            tops.append((self.latest(array, "time", True), True))
        top, whole = rng.choice(tops)
        exact = not whole
        offset = top if exact else self.offset(top)
        time = self.along(array, "time", offset)
        if time is None:
            return None
        at["time"] = time
        if "row" in array.axes:
            at["row"] = self.row(array, binders, exact)
            if at["row"] is None:
                return None
        if "inner" in array.axes:
            at["inner"] = self.inner_subscript(binders)
        return [at[a] for a in array.axes]

    def row(self, array, binders, exact):
        """The subscript on the axis of rows: an earlier one, if exact; else any."""
        rng = self.rng
        if exact:
            same = array.turn < self.array.turn
            return self.along(array, "row", self.offset(self.latest(array, "row", same)))
        if "row" in self.spots and rng.random() < 0.7:
            return self.along(array, "row", rng.choice([0, 0, -1, -1, 1]))
        if rng.random() < 0.3 and self.demand(self.system.dim["row"], 1 - array.places["row"].longer):
            return self.fixed(array, "row", 0)
        return self.bind(binders, "0", self.size(array, "row"))

    def summed(self, binders, body):
        """A reduction over the binders."""
        if not binders:
            return body
        rng = self.rng
        ranges = ", ".join("%s in %s..%s" % b for b in binders)
        loops = " ".join("for %s in R(%s, %s)" % b for b in binders)
        kind = rng.random()
        if kind < 0.75:
            return "0.4*sum[%s](%s)" % (ranges, body[0]), "0.4*total(%s %s)" % (body[1], loops)
        if kind < 0.9:
            return ("sqrt(0.5 + sum[%s]((%s)^2))" % (ranges, body[0]),
                    "sqrt(0.5 + total((%s)**2 %s))" % (body[1], loops))
        return ("prod[%s](1 + 0.3*sin(%s))" % (ranges, body[0]),
                "prod(1 + 0.3*sin(%s) %s)" % (body[1], loops))

    def read(self, array, at):
        return ("%s[%s]" % (array.name, ",".join(at)), "%s(%s)" % (array.name, ", ".join(at)))

    def weighted(self, binders, body):
        """Times a weight or an input of the bound index."""
        for i, _, high in binders:
            if high == "d" and self.system.dim["inner"] == "d":
                j = self.spots.get("inner")
                name, at = ("W", [j, i]) if j and self.rng.random() < 0.8 else ("k0", [i])
                self.used.add(name)
                return join("%s*%s", self.input_read(name, at), body)
        return body

    def input_read(self, name, at):
        self.used.add(name)
        if not at:
            return name, name + "()"
        return "%s[%s]" % (name, ",".join(at)), "%s(%s)" % (name, ", ".join(at))

    def earlier(self):
        """An earlier element, or a sum of such; None if there is none by this draw."""
        rng = self.rng
        array = rng.choice(self.system.arrays + [self.array])
        if rng.random() < 0.12:
            return self.triangle(array)
        binders = []
        at = self.subscripts(array, binders)
        if at is None:
            return None
        return self.summed(binders, self.weighted(binders, self.read(array, at)))

    def triangle(self, array):
        """The sum over all earlier steps."""
        if self.spots["time"].index is None:
            return None
        top = self.latest(array, "time", array.phase < self.array.phase)
        spot, place = self.spots["time"], array.places["time"]
        top = min(top, place.longer - 1 - spot.last)
        i = self.fresh()
        if self.system.down["time"]:
            more = spot.more + place.longer - self.array.places["time"].longer - top
            reach = plus(spot.index, more), self.size(array, "time")
        else:
            reach = "0", plus(spot.index, spot.more + top + 1)
        binders, at = [(i, *reach)], {"time": i}
        if "row" in array.axes:
            at["row"] = self.row(array, binders, False)
            if at["row"] is None:
                return None
        if "inner" in array.axes:
            at["inner"] = self.inner_subscript(binders)
        body = self.read(array, [at[a] for a in array.axes])
        return self.summed(binders, self.weighted(binders, body))

    def before(self):
        """An element of a system that is complete, or a sum over it."""
        rng = self.rng
        system, array = rng.choice(self.done)
        binders, at = [], []
        for axis in array.axes:
            dim, size = system.dim[axis], self.size(array, axis)
            near = [(i, last) for i, d, last in self.walks()
                    if d == dim and axis != "inner" and last < array.places[axis].longer]
            if axis == "inner" and dim == self.system.dim["inner"] and self.spots.get("inner"):
                at.append(self.spots["inner"])
            elif near and rng.random() < 0.7:
                at.append(rng.choice(near)[0])
            elif axis != "inner" and rng.random() < 0.4 and self.demand(
                    dim, 1 - array.places[axis].longer):
                at.append(rng.choice(["0", plus(size, -1)]))
            else:
                at.append(self.bind(binders, "0", size))
        return self.summed(binders, self.read(array, at))

    def walks(self):
        """Subscripts that step over an axis: text, the dim, the last more than the dim."""
        for axis, spot in self.spots.items():
            if axis != "inner" and spot.index is not None:
                longer = self.array.places[axis].longer
                yield plus(spot.index, spot.more), self.system.dim[axis], longer - 1

    def given(self):
        """An element of an input, or a number."""
        rng = self.rng
        name = rng.choice(self.inputs)
        at = []
        for dim in INPUTS[name]:
            near = [i for i, d, _ in self.walks() if d == dim and d != "d"]
            if dim == self.system.dim["inner"] and dim == "d" and self.spots.get("inner"):
                at.append(self.spots["inner"])
            elif near:
                at.append(rng.choice(near))
            elif dim != "d":
                at.append("%d" % rng.randint(0, LONGER - 1))
            else:
                return self.number()
        return self.input_read(name, at)

    def number(self):
        walks = [i for i, _, _ in self.walks()]
        if walks and self.rng.random() < 0.4:
            return both("0.1*(%s)" % self.rng.choice(walks))
        return both(self.rng.choice(["0.5", "1.25", "0.3", "2/(n+1)"]))

    # ---- elements

    def leaf(self):
        roll = self.rng.random()
        if roll < 0.6 and self.array and self.spots is not None:
            for _ in range(6):
                found = self.earlier()
                if found:
                    return found
        if self.done and roll < 0.75:
            return self.before()
        return self.given() if roll < 0.95 else self.number()

    def condition(self):
        rng, walks = self.rng, [i for i, _, _ in self.walks()]
        j = self.spots.get("inner")
        if len(walks) > 1 and rng.random() < 0.5:
            return both("%s %s %s" % (walks[0], rng.choice(["<", "==", ">="]), walks[1]))
        if walks:
            i = rng.choice(walks)
            return both(rng.choice(["%s == 2", "(%s) %% 2 == 1", "%s < n-1"]) % i)
        if j:
            return both("%s == 0" % j)
        return join("%s > 0.05", self.given())

    def element(self, depth):
        rng = self.rng
        roll = rng.random()
        if depth <= 0 or roll < 0.15:
            return self.leaf()
        if roll < 0.4:
            return join(rng.choice(SMOOTH), join("(%s)", self.element(depth - 1)))
        if roll < 0.88:
            return join("(" + rng.choice(PAIRS) + ")", self.element(depth - 1), self.element(depth - 1))
        if roll < 0.93:
            a, b = self.element(depth - 1), self.element(depth - 1)
            word = rng.choice([("max", "most"), ("min", "least")])
            return ("%s(%s, %s)" % (word[0], a[0], b[0]), "%s(%s, %s)" % (word[1], a[1], b[1]))
        c, a, b = self.condition(), self.element(depth - 1), self.element(depth - 1)
        return "(%s ? %s : %s)" % (c[0], a[0], b[0]), "(%s if %s else %s)" % (a[1], c[1], b[1])

    def body(self, recurrent):
        """The right side; one that must read an earlier element does."""
        wrap = self.rng.choice(["sin(%s)", "tanh(%s)", "sin(%s)", "0.5*(%s)"])
        element = self.element(self.rng.randint(0, 2))
        if recurrent:
            for _ in range(20):
                found = self.earlier()
                if found:
                    element = join("%s + %s", element, found)
                    break
        if self.loose:
            self.used.add("k0")
            element = join("%s*%s", self.input_read("k0", [self.spots["inner"]]),
                           join("(%s)", element))
        return join(wrap, element)

    # ---- equations

    def pick_spot(self, array, axis, first, last):
        """An index for a range of steps."""
        if self.system.down[axis]:
            low = array.places[axis].longer - 1 - last
        else:
            low = first
        return Spot(self.fresh(), self.rng.choice([0, 0, low, 1, -1]), first, last)

    def left(self, array, axis, spot):
        """Text of the left side's subscript, and the Axis."""
        dim = self.system.dim[axis]
        if axis == "inner":
            return (spot if self.loose else "%s in 0..%s" % (spot, dim)), Axis(spot, "0", "0", dim)
        if spot.index is None:
            text = self.fixed(array, axis, spot.first)
            return text, Axis(None, text, None, None)
        longer = array.places[axis].longer
        # a range of steps that ends before all do is one of numbers
        ends = "%d" % (spot.first + 1) if spot.last is None else plus(dim, spot.last + 1)
        low, high = "%d" % spot.first, ends
        if self.system.down[axis]:
            low, high = "%d" % (longer - 1 - spot.last), plus(dim, longer - spot.first)
        text = "%s in %s..%s" % (plus(spot.index, spot.more), low, high)
        return text, Axis(spot.index, "%d" % spot.more, low, high)

    def equation(self, array, spots, recurrent):
        """One equation of an array, for a part of each axis of steps."""
        self.array, self.spots = array, dict(spots)
        self.free = list(INDICES)
        self.rng.shuffle(self.free)
        for axis, spot in spots.items():
            if spot.index is not None and spot.index in self.free:
                self.free.remove(spot.index)
        self.loose = None
        if "inner" in array.axes:
            self.spots["inner"] = self.fresh()
            self.loose = self.system.dim["inner"] == "d" and self.rng.random() < 0.3
        body = self.body(recurrent)
        texts, axes = zip(*(self.left(array, a, self.spots[a]) for a in array.axes))
        self.equations.append(("%s[%s] = %s" % (array.name, ", ".join(texts), body[0]),
                               Equation(array.name, axes, body[1])))

    def parts(self, array, axis):
        """The parts of an axis: each first step by itself, then the rest."""
        place = array.places[axis]
        dim = self.system.dim[axis]
        self.least[dim] = max(self.least[dim], place.base - place.longer)
        last = place.longer - 1
        return ([Spot(None, 0, step, step) for step in range(place.base)],
                self.pick_spot(array, axis, place.base, last))

    def define(self, array):
        """The equations of an array: the rest of all axes; borders."""
        starts, rest = self.parts(array, "time")
        if "row" not in array.axes:
            for spot in starts:
                self.equation(array, {"time": spot}, False)
            self.equation(array, {"time": rest}, True)
            return
        columns, row = self.parts(array, "row")
        whole = self.pick_spot(array, "row", 0, array.places["row"].longer - 1)
        for spot in starts:
            if columns and self.rng.random() < 0.5:
                for column in columns:
                    self.equation(array, {"time": spot, "row": column}, False)
                self.equation(array, {"time": spot, "row": row}, False)
            else:
                self.equation(array, {"time": spot, "row": whole}, False)
        for column in columns:
            self.equation(array, {"time": rest, "row": column}, False)
        self.equation(array, {"time": rest, "row": row}, True)

    # ---- models

    def result(self, name):
        """A scalar of what there is: the last element of an array, a sum over all, another array's."""
        rng = self.rng
        self.array, self.spots, self.loose = None, {}, None
        self.free = []
        kind = rng.random()
        if kind < 0.4:
            system, array = self.done[-1] if rng.random() < 0.5 else rng.choice(self.done)
            at = []
            for axis in array.axes:
                if axis == "inner":
                    at.append("0")
                    self.demand(system.dim[axis], 1)
                    continue
                self.demand(system.dim[axis], 1 - array.places[axis].longer)
                last = plus(self.size(array, axis), -1)
                at.append("0" if system.down[axis] and rng.random() < 0.8 else last)
            body = self.read(array, at)
        elif kind < 0.6:
            array = rng.choice(self.done)[1]
            binders = [("i%d" % k, "0", self.size(array, a)) for k, a in enumerate(array.axes)]
            ranges = " ".join("for %s in R(%s, %s)" % b for b in binders)
            at = [b[0] for b in binders]
            body = ("sum(%s^2)" % array.name,
                    "total(%s(%s)**2 %s)" % (array.name, ", ".join(at), ranges))
        else:
            body = join("%s + %s", self.before(), self.before())
        self.equations.append(("%s = %s" % (name, body[0]), Equation(name, (), body[1])))

    def grow(self):
        rng = self.rng
        for k in range(rng.choice([1, 1, 1, 2])):
            dims = rng.sample(["n", "m", "d"], 3) if rng.random() < 0.2 else ["n", "m", "d"]
            self.system = System(rng, NAMES[k], dims)
            for array in self.system.arrays:
                self.define(array)
            self.done += [(self.system, array) for array in self.system.arrays]
        names = [a.name for _, a in self.done]
        scalars = ["F"] if rng.random() < 0.7 else ["F", "G"]
        for name in scalars:
            self.result(name)
        outputs = scalars
        if rng.random() < 0.35:
            outputs = rng.sample(names, rng.randint(1, len(names))) + rng.choice([[], scalars])
        return self.finish(outputs)

    def finish(self, outputs):
        rng = self.rng
        used = [n for n in INPUTS if n in self.used] or ["a"]
        active = rng.sample(used, rng.randint(1, min(ACTIVE, len(used))))
        kinds = {n: "input" if n in active else "param" for n in used}
        declared = ["%s %s" % (kinds[n], n + ("[%s]" % ",".join(
            d if d == "d" else "%s+%d" % (d, LONGER) for d in INPUTS[n]) if INPUTS[n] else ""))
                    for n in used]
        text = [t for t, _ in self.equations]
        rng.shuffle(text)
        dims = [d for d in "nmd" if any(
            d in "".join(c if c.isalnum() else " " for c in t).split() for t in declared + text)]
        lines = ["dim " + ", ".join(dims)]*bool(dims) + declared + [
            "output " + ", ".join(outputs), *text, ""]
        return "\n".join(lines), [e for _, e in self.equations], {d: self.least[d] for d in dims}


def grow(seed):
    """A model's text, its equations for Elements, the least value of each dim."""
    return Chains(seed).grow()
