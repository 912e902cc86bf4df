"""What the references of the models are written with: plain Python over nested lists."""
import math
from math import *  # noqa: F401,F403 pylint: disable=wildcard-import,unused-wildcard-import

R = range


def sigmoid(x):
    return 1/(1 + math.exp(-x)) if x > -700 else 0.0


def softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def relu(x):
    return x if x > 0 else 0.0


def total(xs):
    return math.fsum(xs)


def least(xs):
    return min(xs, default=math.inf)


def most(xs):
    return max(xs, default=-math.inf)


def mean(xs):
    xs = list(xs)
    return math.fsum(xs)/len(xs) if xs else math.nan


def lse(xs):
    xs = list(xs)
    top = most(xs)
    if not math.isfinite(top):
        return top
    return top + math.log(math.fsum(math.exp(x - top) for x in xs))


def norm(xs):
    return math.sqrt(math.fsum(x*x for x in xs))


def softmax(xs):
    return [math.exp(x - lse(xs)) for x in xs]


def dot(a, b):
    return math.fsum(x*y for x, y in zip(a, b))


def cross(a, b):
    return [a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]]


def every(A):
    """All elements of an array of any rank."""
    return [e for a in A for e in every(a)] if isinstance(A, list) else [A]


def evaluate(program, dims, values):
    """The names that a reference program defines."""
    names = {k: v for k, v in globals().items() if not k.startswith("__")}
    names.update(dims)
    names.update(values)
    exec(program, names)  # pylint: disable=exec-used
    return names
