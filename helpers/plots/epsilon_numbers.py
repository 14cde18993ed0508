"""The numbers of a difference quotient: E beside a weight, in float64 and truly in float32.

Every addition, product and quotient is rounded once, to the type of its numbers, and so is exp
(the package `decimal` gives its digits). So the picture is the same, to the last bit, on every
machine; the canonical forward pass gives these numbers too, but for the last bit or two.
With `Decimal` numbers the same pass has 60 digits: that is where the exact slope comes from. It
is what backpropagation gives, to 14 digits or more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from ..gradcheck import relative_error

FORMULAS = ("one-sided", "centred")
TYPES = {"float32": np.float32, "float64": np.float64}
VARIANTS = tuple((formula, kind) for formula in FORMULAS for kind in TYPES)
DIGITS = {"float32": 9, "float64": 17}  # which tell all its numbers apart
_STEPS = (1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8)
EPSILONS = (*(float(f"{m}e{k}") for k in range(-16, 0) for m in _STEPS), 1.0)


# ---- one forward pass in the arithmetic of its numbers


@lru_cache(maxsize=100_000)
def _exp_of(z):
    return float(Decimal(z).exp())


def _exp(z):
    """exp, rounded once. z is an array of float32, float64 or Decimal."""
    if z.dtype == object:
        return np.array([v.exp() for v in z.ravel()], object).reshape(z.shape)
    values = [_exp_of(float(v)) for v in z.ravel()]
    with np.errstate(over="ignore"):
        return np.array(values).astype(z.dtype).reshape(z.shape)


def _sigmoid(z):
    return 1 / (1 + _exp(-z))


def _tanh(z):
    e = _exp(-2 * abs(z))
    h = (1 - e) / (1 + e)
    return np.where(z < 0, -h, h)


ACTIVATIONS = {
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": lambda z: np.where(z > 0, z, 0 * z),
    "identity": lambda z: z,
}


def _as(numbers, kind):
    """An array of this type; exact, where the type is Decimal."""
    a = np.asarray(numbers, float)
    if kind is not object:
        return a.astype(kind)
    return np.array([Decimal(float(v)) for v in a.ravel()], object).reshape(a.shape)


def error_at(example, places, w):
    """E of an example with the weight at `places` moved to each of w, (k,), in w's arithmetic.

    places   ((layer, row, column), ...), as in `Example.names`: one number for all of them
    """
    net, x, t = example
    kind = w.dtype.type if w.dtype != object else object
    h = _as(np.atleast_2d(x), kind).T[..., None]  # (n_in, n, 1)
    for l, (W, f) in enumerate(zip(net.weights, net.activations)):
        W = [[np.full((1, 1), v, w.dtype) for v in row] for row in _as(W, kind)]
        for layer, row, col in places:
            if layer == l:
                W[row][col] = w[None]
        h = [ACTIVATIONS[f.name](_net_input(h, [row[k] for row in W])) for k in range(len(W[0]))]
    return _squared_error(h, _as(np.atleast_2d(t), kind).T[..., None], kind) + 0 * w


def _net_input(h, column):
    z = column[0]
    for value, weight in zip(h, column[1:]):
        z = z + value * weight
    return z


def _squared_error(y, t, kind):
    half, total = _as(0.5, kind)[()], 0
    for mine, aim in zip(y, t):
        total = total + half * (aim - mine) * (aim - mine)
    n = total.shape[0]
    E = total[0]
    for row in total[1:]:
        E = E + row
    return E / _as(n, kind)[()] if n > 1 else E


# ---- the difference quotients


@dataclass(frozen=True)
class Measured:
    """A number w at which the slope of E is measured, and what is true there.

    E        E(w)
    exact    its slope; `second` and `third` are the next derivatives
    """

    name: str
    w: float
    E: float
    exact: float
    second: float
    third: float
    error: Callable  # w (k,) -> E (k,)
    letter: str = "E"

    def quotients(self, formula: str, kind: str, epsilon):
        """up, down, difference and slope for each epsilon, in this arithmetic, (k,) each."""
        number = TYPES[kind]
        w, e = number(self.w), np.asarray(epsilon, float).astype(number)
        up = self.error(w + e)
        down = self.error(w - e if formula == "centred" else w + 0 * e)
        difference = up - down
        return up, down, difference, difference / (2 * e if formula == "centred" else e)

    def relative_error(self, formula: str, kind: str, epsilon):
        """Of the slope against the exact one, for each epsilon, (k,)."""
        slope = self.quotients(formula, kind, epsilon)[3].astype(float)
        return relative_error(slope, np.full(slope.shape, self.exact))

    def cut_off(self, formula: str) -> tuple[float, int]:
        """(C, p): the cut-off error is about C epsilon^p of the slope, by Taylor's series."""
        if self.exact == 0:
            return np.inf, 1
        if formula == "centred":
            return abs(self.third / (6 * self.exact)), 2
        return abs(self.second / (2 * self.exact)), 1

    def rounding(self, kind: str) -> float:
        """R: the rounding error is about R / epsilon of the slope, as E carries one rounding."""
        if self.exact == 0:
            return np.inf
        return float(np.finfo(TYPES[kind]).eps) * abs(self.E / self.exact)

    def best(self, formula: str, kind: str) -> float | None:
        """The epsilon at which C epsilon^p + R / epsilon is smallest; None where C is 0."""
        (C, p), R = self.cut_off(formula), self.rounding(kind)
        if not 0 < C < np.inf or not 0 < R < np.inf:
            return None
        return float((R / (p * C)) ** (1 / (p + 1)))


def weight(example, name: str) -> Measured:
    """The weight of this name. ValueError where its E cannot be computed here."""
    check(example)
    places = example.names[name]
    layer, row, col = places[0]
    w = float(example.net.weights[layer][row, col])
    with localcontext() as context:
        context.prec = 60
        h = Decimal("1e-12")
        steps = np.array([Decimal(w) + k * h for k in (-2, -1, 0, 1, 2)], object)
        a, b, E, c, d = error_at(example, places, steps)
        slopes = (c - b) / (2 * h), (b - 2 * E + c) / h**2, (d - 2 * c + 2 * b - a) / (2 * h**3)
    return Measured(name, w, float(E), *map(float, slopes), lambda w: error_at(example, places, w))


def function(f, at: float = 1.0) -> Measured:
    """A function of one number at this place; its slope from a complex step.

    ValueError where f takes no complex number, or no array.
    """
    step = 1e-20

    def slope(w):
        return np.imag(f(np.asarray(w) + 1j * step)) / step

    try:
        w, h = float(at), 1e-4
        below, exact, above = (float(v) for v in slope(np.array([w - h, w, w + h])))
        E = float(f(np.float64(w)))
    except Exception as reason:
        raise ValueError(
            "f must be a function of one number that takes NumPy's arrays, also complex ones, and "
            f"at the place where its slope is wanted; got {reason!r}."
        ) from None
    bends = (above - below) / (2 * h), (above - 2 * exact + below) / h**2
    return Measured("w", w, E, exact, *(v if abs(v) > 1e-6 else 0.0 for v in bends), f, "f")


def check(example) -> None:
    """ValueError for a network that this module has no arithmetic for, saying which it has."""
    names = {f.name for f in example.net.activations}
    if example.net.loss.name != "squared" or not names <= set(ACTIVATIONS):
        raise ValueError(
            "E is measured here for the squared error and the activations "
            f"{', '.join(ACTIVATIONS)}; this network has the {example.net.loss.name} loss and "
            f"{', '.join(sorted(names))}."
        )
