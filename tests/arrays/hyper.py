"""Numbers with two infinitesimals whose squares are 0: a + b*e1 + c*e2 + d*e1*e2.

A function of x + v*e1 + w*e2 has its value in a, its derivatives along v and w in b and c, and the
second one along both in d, all to rounding."""
import math


class Hyper:
    """One number."""

    __slots__ = ("a", "b", "c", "d")

    def __init__(self, a, b=0.0, c=0.0, d=0.0):
        self.a, self.b, self.c, self.d = a, b, c, d

    def through(self, f, slope, curve):
        """The value of a function, given that and its derivatives here."""
        return Hyper(f, slope*self.b, slope*self.c, slope*self.d + curve*self.b*self.c)

    def __add__(self, y):
        y = hyper(y)
        return Hyper(self.a + y.a, self.b + y.b, self.c + y.c, self.d + y.d)

    def __neg__(self):
        return Hyper(-self.a, -self.b, -self.c, -self.d)

    def __sub__(self, y):
        return self + -hyper(y)

    def __rsub__(self, y):
        return hyper(y) + -self

    def __mul__(self, y):
        y = hyper(y)
        return Hyper(self.a*y.a, self.a*y.b + self.b*y.a, self.a*y.c + self.c*y.a,
                     self.a*y.d + self.b*y.c + self.c*y.b + self.d*y.a)

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, y):
        y = hyper(y)
        return self*y.through(1/y.a, -1/y.a**2, 2/y.a**3)

    def __rtruediv__(self, y):
        return hyper(y)/self

    def __pow__(self, n):
        return self.through(self.a**n, n*self.a**(n - 1), n*(n - 1)*self.a**(n - 2) if n > 1 else 0)

    def __gt__(self, y):
        return self.a > hyper(y).a

    def __lt__(self, y):
        return self.a < hyper(y).a


def hyper(x):
    return x if isinstance(x, Hyper) else Hyper(float(x))


def sin(x):
    x = hyper(x)
    return x.through(math.sin(x.a), math.cos(x.a), -math.sin(x.a))


def cos(x):
    x = hyper(x)
    return x.through(math.cos(x.a), -math.sin(x.a), -math.cos(x.a))


def tanh(x):
    x = hyper(x)
    f = math.tanh(x.a)
    return x.through(f, 1 - f*f, -2*f*(1 - f*f))


def exp(x):
    x = hyper(x)
    f = math.exp(x.a)
    return x.through(f, f, f)


def log(x):
    x = hyper(x)
    return x.through(math.log(x.a), 1/x.a, -1/x.a**2)


def sqrt(x):
    x = hyper(x)
    f = math.sqrt(x.a)
    return x.through(f, 0.5/f, -0.25/f**3)


def sigmoid(x):
    x = hyper(x)
    f = 1/(1 + math.exp(-x.a))
    return x.through(f, f*(1 - f), f*(1 - f)*(1 - 2*f))


def softplus(x):
    return log(1 + exp(x))


def atan(x):
    x = hyper(x)
    return x.through(math.atan(x.a), 1/(1 + x.a**2), -2*x.a/(1 + x.a**2)**2)


def most(x, y):
    return x if hyper(x) > y else y


def least(x, y):
    return x if hyper(x) < y else y


def total(xs):
    return sum(xs, Hyper(0.0))


def prod(xs):
    f = Hyper(1.0)
    for x in xs:
        f = f*x
    return f


def lse(xs):
    return log(total(map(exp, xs)))


def norm(xs):
    return sqrt(total(x*x for x in xs))


def mean(xs):
    xs = list(xs)
    return total(xs)/len(xs)
