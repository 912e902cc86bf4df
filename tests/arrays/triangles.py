"""Random recurrences in triangles, from a seed, and what they mean in Python: ranges of inner indices
depend on the outer ones, and every equation has names of its own for them.

Elements come in the order of their subscripts, each axis upward or downward, and of the arrays at
one place. An array may lack the innermost axis; then it comes before or behind the rows of others.
What is read is earlier by that order: on one axis, with all before it the same, or of an array that
comes before. Where a subscript may leave what the equations give, a condition is around it."""
import random
import re
from collections import namedtuple

import chains
from chains import SMOOTH, join
from elements import Axis, Equation

# ranges of an axis by the subscripts on the axes before it
OUTER = [("0", "n"), ("0", "n"), ("1", "n"), ("0", "n+1"), ("1", "n+1")]
INNER = [("0", "{0}+1"), ("0", "{0}+1"), ("0", "{0}"), ("{0}", "n"), ("{0}+1", "n"), ("0", "n-{0}"),
         ("max({0}-1, 0)", "{0}+1"), ("1", "{0}+1"), ("{0}", "{0}+2"), ("0", "n"), ("0", "m")]
INNERMOST = [("0", "{1}+1"), ("{1}", "n"), ("0", "{0}+1"), ("{1}", "{0}+1"), ("0", "{1}"), ("0", "m")]
FILLED = [("0", "{0}+1"), ("{0}", "{0}+2"), ("0", "{1}+1"), ("0", "n"), ("0", "m")]  # ends can be told
INPUTS = {"x": 1, "X": 2, "a": 0}
LONGER = 4
INDICES = "ijklpqrstuvw"

Array = namedtuple("Array", "name levels phase turn")


def bracketed(text):
    return text if text.isalnum() else "(%s)" % text


def tidy(text):
    """An index or a size and numbers with these as one."""
    found = re.match(r"\(?([a-z]\d?|\d+)([+-]\d+)?\)?((?:[+-]\d+)*)$", text)
    if not found:
        return text
    numbers = re.findall(r"[+-]\d+", text[found.start(2) if found[2] else found.start(3):])
    more = sum(map(int, numbers))
    return "%d" % (int(found[1]) + more) if found[1].isdigit() else chains.plus(found[1], more)


def plus(text, number):
    return tidy(chains.plus(text, number))


def less_one(text):
    """One less than the end of a range, which is an index and a number or without an index."""
    number = re.search(r"\+\d$", text)
    less = chains.plus(text[:number.start()], int(number[0]) - 1) if number else chains.plus(text, -1)
    return tidy(less)


class Triangles:
    """Grows one model."""

    def __init__(self, seed):
        self.rng = rng = random.Random("triangles/%s" % seed)
        self.rank = rng.choice([2, 2, 2, 3])
        self.down = [rng.random() < 0.3 for _ in range(self.rank)]
        self.used, self.equations, self.arrays, self.free = {"a"}, [], [], []
        self.least = {"n": 0, "m": 0}
        self.array = self.here = None
        levels = self.draw_levels()
        for turn, name in enumerate("bceh"[:rng.choice([1, 1, 2, 2, 3])]):
            if rng.random() < 0.3:
                levels = self.draw_levels()
            short = rng.random() < 0.2
            last = self.arrays[-1] if self.arrays else None
            phase = 0 if not last else last.phase + (short or len(last.levels) < self.rank)
            self.arrays.append(Array(name, self.whole(levels[:self.rank - short]), phase, turn))

    def draw_levels(self):
        levels = [self.rng.choice(kind) for kind in (OUTER, INNER, INNERMOST)[:self.rank]]
        for k, (low, high) in enumerate(levels):
            if (k == 0 and low == "1") or high == "{%d}" % (k - 1):  # as many as the size, less one
                self.least["m" if k and levels[k - 1][1] == "m" else "n"] = 1
        return levels

    @staticmethod
    def whole(levels):
        """What is a box has elements from 0 on."""
        if any("{" in end for level in levels for end in level):
            return levels
        return [("0", high) for _, high in levels]

    # ---- what is read

    def reach(self, array, at):
        """The range of the axis behind these subscripts."""
        return tuple(tidy(end.format(*map(bracketed, at))) for end in array.levels[len(at)])

    def fresh(self):
        return self.free.pop()

    def bind(self, binders, low, high):
        i = self.fresh()
        binders.append((i, low, high))
        return i

    def any(self, array, at, binders, guards):
        """A subscript on an axis of which all is there: near the one here, or any."""
        k = len(at)
        if k < len(self.here) and self.rng.random() < 0.5:
            i = plus(self.here[k], self.rng.choice([0, 0, -1, 1]))
            self.guard(array, at, i, guards)
            return i
        return self.bind(binders, *self.reach(array, at))

    def guard(self, array, at, i, guards):
        """What must hold of the subscript; nothing where it is that of the element itself."""
        k = len(at)
        low, high = self.reach(array, at)
        if array.levels[:k + 1] == self.array.levels[:k + 1] and at + [i] == self.here[:k + 1]:
            return
        guards += ["%s <= %s" % (low, i), "%s < %s" % (i, high)]

    def sooner(self, array, at, binders, guards):
        """A subscript that comes before the one here on the axis, or all that do."""
        here, down = self.here[len(at)], self.down[len(at)]
        low, high = self.reach(array, at)
        if self.rng.random() < 0.35:
            if down:
                return self.bind(binders, "max(%s, %s)" % (plus(here, 1), low), high)
            return self.bind(binders, low, "min(%s, %s)" % (here, high))
        i = plus(here, self.rng.choice([1, 1, 2])*(1 if down else -1))
        self.guard(array, at, i, guards)
        return i

    def earlier(self):
        """An earlier element, or a sum of such."""
        array = self.rng.choice(self.arrays)
        shared = self.rank if array.phase == self.array.phase else self.rank - 1
        shared = min(shared, len(array.levels), len(self.here))
        before = array.turn < self.array.turn
        level = self.rng.randrange(shared + before)
        at, binders, guards = [], [], []
        for k in range(len(array.levels)):
            if k < level:
                self.guard(array, at, self.here[k], guards)
                at.append(self.here[k])
            elif k == level and level < shared:
                at.append(self.sooner(array, at, binders, guards))
            else:
                at.append(self.any(array, at, binders, guards))
        bound = {i for i, _, _ in binders}
        inner = [g for g in guards if bound & set(re.findall(r"\w+", g))]
        body = self.guarded(inner, self.read(array.name, at))
        return self.guarded([g for g in guards if g not in inner], self.summed(binders, body))

    @staticmethod
    def guarded(guards, body):
        if not guards:
            return body
        return ("(%s ? %s : 0)" % (" && ".join(guards), body[0]),
                "(%s if %s else 0)" % (body[1], " and ".join(guards)))

    def summed(self, binders, body):
        if not binders:
            return body
        ranges = ", ".join("%s in %s..%s" % b for b in binders)
        loops = " ".join("for %s in R(%s, %s)" % b for b in binders)
        return ("sum[%s](%s*%s)" % (ranges, self.weight(binders)[0], body[0]),
                "total(%s*%s %s)" % (self.weight(binders)[1], body[1], loops))

    def weight(self, binders):
        return self.given([binders[0][0]])

    @staticmethod
    def read(name, at):
        return "%s[%s]" % (name, ",".join(at)), "%s(%s)" % (name, ", ".join(at))

    def given(self, walks):
        """An element of an input at subscripts that are not below 0."""
        name = "X" if len(walks) > 1 else "x"
        self.used.add(name)
        return self.read(name, walks[:2])

    # ---- elements

    def element(self, depth):
        rng = self.rng
        if depth <= 0 or rng.random() < 0.2:
            if rng.random() < 0.3:
                return self.given(self.here)
            return self.earlier()
        if rng.random() < 0.4:
            return join(rng.choice(SMOOTH), join("(%s)", self.element(depth - 1)))
        return join(rng.choice(["(%s + %s)", "(%s - %s)", "%s*%s", "(0.7*%s + 0.2*%s)"]),
                    self.element(depth - 1), self.element(depth - 1))

    def body(self):
        element = join("%s + %s", self.earlier(), self.element(self.rng.randint(0, 2)))
        return join(self.rng.choice(["sin(%s + %s)", "tanh(%s - %s)", "%s*cos(%s)"]),
                    self.given(self.here), element)

    # ---- equations

    def equation(self, array, edge):
        """All elements, or those at the edge of one axis: (axis, whether they are the first, whether
        it is the rest)."""
        self.array, self.here = array, []
        self.free = ["%s%d" % (i, n) for n in (2, 1) for i in INDICES]
        self.free[len(INDICES):] = self.rng.sample(INDICES, len(INDICES))
        left, axes = [], []
        for k in range(len(array.levels)):
            low, high = self.reach(array, self.here)
            if edge and edge[0] == k and not edge[2]:
                at = low if edge[1] else less_one(high)
                left.append(at)
                axes.append(Axis(None, at, None, None))
                self.here.append(at)
                continue
            if edge and edge[0] == k:
                low, high = (plus(low, 1), high) if edge[1] else (low, less_one(high))
            index, more = self.fresh(), self.rng.choice([0, 0, 0, 1, -1])
            at = plus(index, more)
            left.append("%s in %s..%s" % (at, low, high))
            axes.append(Axis(index, "%d" % more, low, high))
            self.here.append(at)
        body = self.body()
        self.equations.append(("%s[%s] = %s" % (array.name, ", ".join(left), body[0]),
                               Equation(array.name, tuple(axes), body[1])))

    def define(self, array):
        axis = self.rng.randrange(len(array.levels))
        first = self.down[axis] == (self.rng.random() < 0.2)
        if self.rng.random() < 0.5 or (axis and array.levels[axis] not in FILLED):
            self.equation(array, None)
            return
        for dim in self.least:  # an element of it is there always
            if array.levels[axis][1].startswith(dim) and "{" not in array.levels[axis][1]:
                self.least[dim] = 2
        self.equation(array, (axis, first, False))
        self.equation(array, (axis, first, True))

    # ---- models

    def result(self, array):
        """A sum over all of an array, by loops in which there may be nothing."""
        self.here, self.free = [], list(INDICES[::-1])
        binders, at = [], []
        for _ in array.levels:
            at.append(self.bind(binders, *self.reach(array, at)))
        return self.summed(binders, join("%s^2" if self.rng.random() < 0.5 else "%s",
                                         self.read(array.name, at)))

    def grow(self):
        for array in self.arrays:
            self.define(array)
        results = [self.result(a) for a in self.arrays]
        body = join(" + ".join(["%s"]*len(results)), *results)
        body = body[0], body[1].replace("^2", "**2")
        self.equations.append(("F = " + body[0], Equation("F", (), body[1])))
        declared = ["input %s" % n + ("[%s]" % ",".join(["n+%d" % LONGER]*INPUTS[n]) if INPUTS[n] else "")
                    for n in INPUTS if n in self.used]
        text = [t for t, _ in self.equations]
        self.rng.shuffle(text)
        dims = [d for d in "nm" if any(d in "".join(
            c if c.isalnum() else " " for c in t).split() for t in declared + text)]
        lines = ["dim " + ", ".join(dims), *declared, "output F", *text, ""]
        return "\n".join(lines), [e for _, e in self.equations], {d: self.least[d] for d in dims}


def grow(seed):
    """A model's text, its equations for Elements, the least value of each dim."""
    return Triangles(seed).grow()
