"""Gradient checking: the same slope once more, measured instead of derived.

Nudge one weight up and down, see how far E moves, and divide:

    dE/dw  ~  (E(w + epsilon) - E(w - epsilon)) / (2 epsilon)         centred difference

The cut-off error shrinks like epsilon^2, the rounding error grows like 1/epsilon; near
epsilon = 1e-6 both are small. The complex step has no difference in it, so nothing cancels:

    dE/dw  ~  Im E(w + i epsilon) / epsilon                           epsilon = 1e-20

Sources: Squire, Trapp 1998, SIAM Review 40, 110-112 (complex step); Karpathy, CS231n notes,
Learning and evaluation (relative error, kinks).
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np

from .network import Gradient, Network

AGREES = 1e-6  # above: rounding alone no longer explains the difference
WRONG = 1e-3  # above: no choice of epsilon explains it, only a kink or a bug


def numerical_slope(f, w, epsilon: float = 1e-6):
    """(f(w + epsilon) - f(w - epsilon)) / (2 epsilon), the centred difference of any f at w.

    w is a number, or an array with one slope per entry (then f(w) must be a number). The
    array is not changed: f gets copies. ValueError if epsilon is not positive.
    """
    _check_epsilon(epsilon)
    if np.ndim(w) == 0:
        return (f(w + epsilon) - f(w - epsilon)) / (2 * epsilon)
    w = np.array(w, dtype=np.float64)
    slopes = np.empty_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += epsilon
        down[i] -= epsilon
        slopes[i] = (f(up) - f(down)) / (2 * epsilon)
    return slopes


def numerical_gradient(net: Network, x, t, epsilon: float = 1e-6) -> Gradient:
    """dE/dw of every weight by centred differences: two forward passes for each.

    Every weight is put back to the very bits it had, also when something raises. ValueError
    for x and t that do not fit the network, and for an epsilon that is not positive.
    """
    _check_epsilon(epsilon)
    g, w = Gradient(net.sizes), net.parameters
    for k, before in enumerate(w.copy()):
        try:
            w[k] = before + epsilon
            up = net.error(x, t)
            w[k] = before - epsilon
            down = net.error(x, t)
        finally:
            w[k] = before
        g.parameters[k] = (up - down) / (2 * epsilon)
    return g


def complex_step_gradient(net: Network, x, t, epsilon: float = 1e-20) -> Gradient:
    """dE/dw = Im E(w + i epsilon) / epsilon for every weight: exact to rounding.

    It works because every function of the network also takes complex numbers. A copy of the
    network is nudged, never the network.
    """
    _check_epsilon(epsilon)
    g, nudged = Gradient(net.sizes), net.copy(dtype=complex)
    w = nudged.parameters
    for k in range(w.size):
        w[k] += 1j * epsilon
        g.parameters[k] = nudged.error(x, t).imag / epsilon
        w[k] = w[k].real
    return g


def relative_error(a, b, floor: float = 0.0):
    """|a - b| / max(|a|, |b|, floor), entry by entry; 0/0 counts as 0.

    `floor` is the size below which numbers are too small to be told apart. Where a or b is
    NaN or infinite the error is infinite: such numbers never agree. ValueError for two
    different shapes, which NumPy might otherwise stretch.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"Two gradients of shapes {a.shape} and {b.shape} cannot be compared.")
    finite = np.isfinite(a) & np.isfinite(b)
    apart = np.abs(np.subtract(a, b, out=np.zeros_like(a), where=finite))
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), floor)
    error = np.where(finite, 0.0, np.inf)
    return np.divide(apart, size, out=error, where=finite & (size > 0))[()]


@dataclass(frozen=True)
class GradientCheck:
    """The outcome of `check_gradient`: print it, or look at its parts.

    worst              the largest relative error of all weights
    where              (layer, row, column) of that weight
    given, measured    its two gradients: backpropagation's (or yours), and the centred difference
    ok                 worst <= 1e-6
    verdict            the same in words
    """

    worst: float
    where: tuple[int, int, int]
    given: float
    measured: float
    verdict: str

    @property
    def ok(self) -> bool:
        return self.worst <= AGREES

    def __str__(self) -> str:
        return self.verdict


def check_gradient(net: Network, x, t, gradient=None, epsilon: float = 1e-6) -> GradientCheck:
    """Compare a gradient with centred differences, weight by weight.

    gradient   what to check: a Gradient, or one array per layer, shaped like net.weights;
               backpropagation's own if left out

    Rounding leaves about 1e-16 / epsilon in each centred difference, more if E > 1, so entries
    smaller than ten million times that are compared on that scale and not on their own.
    ValueError for a gradient of another shape, and for x and t that do not fit.
    """
    measured = numerical_gradient(net, x, t, epsilon)
    given = _as_flat(net.gradient(x, t) if gradient is None else gradient, net)
    floor = 1e7 * np.finfo(float).eps * max(1.0, abs(net.error(x, t))) / epsilon
    errors = relative_error(given, measured.parameters, floor)
    k = int(np.argmax(errors))
    worst, where = float(errors[k]), _position(net, k)
    a, b = float(given[k]), float(measured.parameters[k])
    return GradientCheck(worst, where, a, b, _verdict(net, x, worst, where, a, b, epsilon))


def _check_epsilon(epsilon) -> None:
    if not (isinstance(epsilon, Real) and np.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"epsilon must be a small positive number such as 1e-6; got {epsilon!r}.")


def _as_flat(gradient, net: Network) -> np.ndarray:
    try:
        layers = [np.asarray(g, dtype=np.float64) for g in getattr(gradient, "weights", gradient)]
    except (TypeError, ValueError):
        raise ValueError(
            "The gradient must be a Gradient, or a list with an array of numbers per layer."
        ) from None
    got, needed = [g.shape for g in layers], [W.shape for W in net.weights]
    if got != needed:
        raise ValueError(f"The gradient has arrays of shapes {got}; the weights have {needed}.")
    return np.concatenate([g.ravel() for g in layers])


def _position(net: Network, k: int) -> tuple[int, int, int]:
    """(layer, row, column) of entry k of the flat vector."""
    for layer, W in enumerate(net.weights):
        if k < W.size:
            return layer, k // W.shape[1], k % W.shape[1]
        k -= W.size
    raise IndexError(k)


def _verdict(net, x, worst, where, given, measured, epsilon) -> str:
    layer, row, column = where
    place = f"weights[{layer}][{row}, {column}]: {given:.9g} given, {measured:.9g} measured"
    found = f"Largest relative error {worst:.1e}, at {place}."
    if worst <= AGREES:
        return f"The gradient agrees with centred differences. {found}"
    if (z := _nearest_kink(net, x)) < 100 * epsilon:
        return (
            f"Not decided: a ReLU unit has z = {z:.1e}, so near its kink that a nudge of "
            f"{epsilon:.0e} may cross it, and there is no slope to compare. Try other data or a "
            f"smaller epsilon. {found}"
        )
    if worst <= WRONG:
        return f"Doubtful: too far apart for rounding. Try another epsilon (1e-5, 1e-7). {found}"
    return f"The gradient is wrong. {found}"


def _nearest_kink(net: Network, x) -> float:
    """The smallest |z| of all ReLU units; infinity without one."""
    Z = net.forward(x).Z
    sizes = [np.abs(z).min() for z, f in zip(Z, net.activations) if f.name == "relu"]
    return float(min(sizes, default=np.inf))
