"""What a system of recurrences means: each element by the one equation that covers it, wherever
that stands, from the elements that this reads; in no order but that of need.

An equation is a name, its axes, and Python of its element. An axis is text of a fixed subscript, or
an index, what the subscript is more than it, and the range of the subscript."""
import itertools
from collections import namedtuple

import hyper
from model import Failure

Equation = namedtuple("Equation", "name axes element")
Axis = namedtuple("Axis", "index more low high")  # index None: more is the text of the subscript


class Elements:
    """The arrays of a program at a point, as functions of their subscripts."""

    def __init__(self, program, sizes, inputs):
        self.sizes, self.memory, self.under_way = sizes, {}, set()
        self.scope = {**sizes, "R": range, **{n: getattr(hyper, n) for n in dir(hyper)}}
        for name, value in inputs.items():
            self.scope[name] = self.reader_of_input(name, value)
        self.equations = {}
        for equation in program:
            self.add(equation)

    @staticmethod
    def reader_of_input(name, value):
        def read(*at):
            if any(i < 0 for i in at):
                raise Failure("the reference reads %s%s" % (name, list(at)))
            x = value
            for i in at:
                x = x[i]
            return x
        return read

    def add(self, equation):
        name, axes, element = equation
        indices = ", ".join(a.index for a in axes if a.index)
        scope = {**self.sizes, "max": max, "min": min}

        def function(text):
            return eval("lambda %s: %s" % (indices, text), scope)
        where = [(eval(a.more, scope), function(a.low), function(a.high)) if a.index else
                 (None, function(a.more), None) for a in axes]
        self.equations.setdefault(name, []).append(
            (where, eval("lambda %s: %s" % (indices, element), self.scope)))
        self.scope[name] = lambda *at: self.element(name, at)

    @staticmethod
    def match(where, at):
        """The values of an equation's indices, or None. Ranges may depend on them."""
        values = [i - more for (more, _, _), i in zip(where, at) if more is not None]
        for (more, low, high), i in zip(where, at):
            inside = i == low(*values) if more is None else low(*values) <= i < high(*values)
            if not inside:
                return None
        return values

    def element(self, name, at):
        key = name, at
        if key in self.memory:
            return self.memory[key]
        found = [(f, v) for where, f in self.equations[name]
                 for v in [self.match(where, at)] if v is not None]
        if len(found) != 1 or key in self.under_way:
            raise Failure("%s%s is given by %d equations%s" %
                          (name, list(at), len(found), " through itself"*(key in self.under_way)))
        self.under_way.add(key)
        function, values = found[0]
        self.memory[key] = function(*values)
        self.under_way.remove(key)
        return self.memory[key]

    def array(self, name, shape):
        """All elements in a row."""
        return [hyper.hyper(self.element(name, at)) for at in itertools.product(*map(range, shape))]
