"""Derivations by hand, as a person writes them, with one mistake in them or none.

A case is a list of statements `name = expression` of scalars. The derivation of the output by an
input is the sum over all uses of it: adjoint of the user times local derivative, and so on. It has
nothing to do with how bpgen differentiates: it is text made from text by the rules of a textbook.

A mistake is made at one place: a (kind, place) that `Derivation` meets on its way."""
import ast
import functools
import math
import random

KINDS = ("sign", "factor", "path", "upstream", "operand", "inner", "exchanged", "logarithm", "value",
         "regularisation")

FUNCTIONS = {
    "exp": "exp(%s)", "log": "1/(%s)", "sin": "cos(%s)", "cos": "(-sin(%s))",
    "tan": "(1 + tan(%s)^2)", "tanh": "(1 - tanh(%s)^2)", "sqrt": "1/(2*sqrt(%s))",
    "relu": "((%s) > 0 ? 1 : 0)",
}


def parse(text):
    return ast.parse(text.replace("^", "**"), mode="eval").body


def show(e):
    """The text of an expression in the language of models."""
    if isinstance(e, ast.BinOp):
        op = {ast.Add: " + ", ast.Sub: " - ", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}[type(e.op)]
        return "(%s%s%s)" % (show(e.left), op, show(e.right))
    if isinstance(e, ast.UnaryOp):
        return "(-%s)" % show(e.operand)
    if isinstance(e, ast.Call):
        return "%s(%s)" % (e.func.id, ", ".join(show(a) for a in e.args))
    return ast.unparse(e)


@functools.lru_cache(maxsize=None)
def names(e):
    return [n.id for n in ast.walk(e) if isinstance(n, ast.Name)
            and n.id not in FUNCTIONS and n.id != "max"]


def constant(text):
    """The number that a text without names is; None for others."""
    return None if any(c.isalpha() for c in text) else value(text, {})


def unit(text):
    return constant(text) in (1, -1)


def is_sigmoid(e):
    """1/(1 + exp(-z)), with z."""
    text = show(e)
    if not text.startswith("(1/(1 + exp(") or not isinstance(e, ast.BinOp):
        return None
    inner = e.right.right.args[0]
    return inner.operand if isinstance(inner, ast.UnaryOp) else None


class Derivation:
    def __init__(self, statements, output):
        self.definitions = {}
        for s in statements:
            name, _, value = s.partition("=")
            self.definitions[name.strip()] = parse(value.strip())
        self.output = output
        self.places = []
        self.mistake = None

    def makes(self, kind, place):
        """Is the mistake to be made here? Notes that it could be."""
        if (kind, place) not in self.places:
            self.places.append((kind, place))
        return self.mistake == (kind, place)

    def local(self, e, x, where):
        """The derivative of an expression by a name, as text; None where it does not occur."""
        if isinstance(e, ast.Name):
            return "1" if e.id == x else None
        if x not in names(e):
            return None
        if isinstance(e, ast.UnaryOp):
            return "(-%s)" % self.local(e.operand, x, where)
        if isinstance(e, ast.Call):
            return self.of_call(e, x, where)
        if is_sigmoid(e) is not None:
            return self.of_sigmoid(e, x, where)
        return self.of_operator(e, x, where)

    def chain(self, outer, inner_expression, x, where):
        inner = self.local(inner_expression, x, where)
        if unit(inner):
            return outer if inner == "1" else "%s*%s" % (outer, inner)
        if self.makes("inner", (where, show(inner_expression), x)):
            return outer
        return "%s*%s" % (outer, inner)

    def of_call(self, e, x, where):
        if e.func.id == "max":
            a, b = e.args
            return "(%s > %s ? %s : %s)" % (show(a), show(b), self.local(a, x, where) or "0",
                                            self.local(b, x, where) or "0")
        inner = e.args[0]
        outer = FUNCTIONS[e.func.id] % show(inner)
        if e.func.id == "log" and self.makes("logarithm", (where, show(e), x)):
            outer = "1"
        if e.func.id == "tanh" and self.makes("value", (where, show(e), x)):
            outer = show(e)
        return self.chain(outer, inner, x, where)

    def of_sigmoid(self, e, x, where):
        s = show(e)
        outer = "%s*(1 - %s)" % (s, s)
        if self.makes("value", (where, s, x)):
            outer = s
        return self.chain(outer, is_sigmoid(e), x, where)

    def of_operator(self, e, x, where):
        a, b = self.local(e.left, x, where), self.local(e.right, x, where)
        u, v = show(e.left), show(e.right)
        if isinstance(e.op, (ast.Add, ast.Sub)):
            minus = isinstance(e.op, ast.Sub)
            terms = [a] if a else []
            if b:
                terms.append("(-%s)" % b if minus else b)
            return "(%s)" % " + ".join(terms)
        if isinstance(e.op, ast.Mult):
            terms = []
            if a:
                terms.append("%s*%s" % (a, u if names(e.right) and names(e.left) != names(e.right) and
                                        self.makes("operand", (where, u, v, x)) else v))
            if b:
                terms.append("%s*%s" % (b, v if names(e.left) and names(e.left) != names(e.right) and
                                        self.makes("operand", (where, v, u, x)) else u))
            return "(%s)" % " + ".join(terms)
        if isinstance(e.op, ast.Div):
            terms = []
            if a:
                terms.append("%s/%s" % (a, v))
            if b:
                terms.append("(-(%s*%s/%s^2))" % (u, b, v))
            return "(%s)" % " + ".join(terms)
        n = int(e.right.value)
        return self.chain("(%d*%s^%d)" % (n, u, n - 1) if n != 2 else "(2*%s)" % u, e.left, x, where)

    def adjoint(self, x):
        """The derivative of the output by a name."""
        if x == self.output:
            return "1"
        terms = []
        users = [q for q, e in self.definitions.items() if x in names(e)]
        for q in users:
            above = self.adjoint(q)
            if above == "0":
                continue
            if len(users) > 1 and self.makes("path", (q, x)):
                continue
            below = self.local(self.definitions[q], x, q)
            if above == "1":
                terms.append(below)
            elif not unit(above) and self.makes("upstream", (q, x, constant(above))):
                terms.append(below)
            else:
                terms.append("%s*%s" % (above, below) if below != "1" else above)
        return "(%s)" % " + ".join(terms) if terms else "0"

    def derive(self, x, mistake=None):
        self.mistake = mistake
        self.places = []
        text = self.adjoint(x)
        self.mistake = None
        return text


def value(text, point):
    """A number, to tell whether a mistake is none."""
    scope = {k: getattr(math, k) for k in ("exp", "log", "sin", "cos", "tan", "tanh", "sqrt")}
    scope.update(relu=lambda t: t if t > 0 else 0, max=max)
    code = text.replace("^", "**")
    while "?" in code:
        code = conditional(code)
    try:
        return eval(code, scope, dict(point))  # pylint: disable=eval-used
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def conditional(code):
    """The innermost `(c ? a : b)` as Python has it."""
    mark = code.rindex("?")
    start, depth = mark, 0
    while depth >= 0:
        start -= 1
        depth += (code[start] == ")") - (code[start] == "(")
    colon, depth = mark, 0
    while code[colon] != ":" or depth:
        colon += 1
        depth += (code[colon] == "(") - (code[colon] == ")")
    end, depth = colon, 0
    while depth >= 0:
        end += 1
        depth += (code[end] == "(") - (code[end] == ")")
    return "%s(%s) if (%s) else (%s)%s" % (code[:start + 1], code[mark + 1:colon],
                                           code[start + 1:mark], code[colon + 1:end], code[end:])


def points(inputs, definitions, count, seed):
    """Points with the values of all names."""
    rng = random.Random(seed)
    found = []
    for _ in range(50*count):
        point = {x: rng.choice((-1, 1, 1))*rng.uniform(0.2, 2) for x in inputs}
        for q, e in definitions.items():
            point[q] = value(show(e), point)
            if point[q] is None or abs(point[q]) > 1e12:
                break
        else:
            found.append(point)
        if len(found) == count:
            break
    return found
