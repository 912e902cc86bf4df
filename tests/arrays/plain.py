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


def each(function, *arrays):
    """The function elementwise."""
    if isinstance(arrays[0], list):
        return [each(function, *e) for e in zip(*arrays)]
    return function(*arrays)


def last(function, A):
    """The function of vectors along the last axis."""
    return [last(function, a) for a in A] if A and isinstance(A[0], list) else function(A)


def times(A, B):
    return [[math.fsum(a[k]*B[k][j] for k in range(len(B))) for j in range(len(B[0]))] for a in A]


def times_vector(A, x):
    return [dot(a, x) for a in A]


def solved(A, b):
    """The solution of A x = b, without exchanges: for matrices with a heavy diagonal."""
    rows = [[*a, x] for a, x in zip(A, b)]
    for k, pivot in enumerate(rows):
        for i, row in enumerate(rows):
            if i != k:
                factor = row[k]/pivot[k]
                rows[i] = [x - factor*y for x, y in zip(row, pivot)]
    return [row[-1]/row[k] for k, row in enumerate(rows)]


def inverse(A):
    n = len(A)
    return turned([solved(A, [float(i == k) for i in range(n)]) for k in range(n)])


def outer(x, y):
    return [[a*b for b in y] for a in x]


def log_softmax(xs):
    return [x - lse(xs) for x in xs]


def turned(A):
    """The axes reversed."""
    if not isinstance(A, list) or not isinstance(A[0], list):
        return A
    if not isinstance(A[0][0], list):
        return [list(r) for r in zip(*A)]
    return [[[A[i][j][k] for i in range(len(A))] for j in range(len(A[0]))]
            for k in range(len(A[0][0]))]


def cut(A, ranges):
    """A slice of each axis: where it starts and how long it is."""
    if not ranges:
        return A
    (start, count), rest = ranges[0], ranges[1:]
    return [cut(a, rest) for a in A[start:start + count]]


def evaluate(program, dims, values):
    """The names that a reference program defines."""
    names = {k: v for k, v in globals().items() if not k.startswith("__")}
    names.update(dims)
    names.update(values)
    exec(program, names)  # pylint: disable=exec-used
    return names
