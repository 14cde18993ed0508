"""Descent on a quadratic, f(w) = sum_i a_i w_i^2 / 2: what momentum does, in closed form.

With the curvatures a_i > 0 the slope along w_i is a_i w_i, and each w_i goes its own way:

    v <- mu v - eta a w          (Nesterov: - eta a (w + mu v))
    w <- w + v

is a matrix times (w, v), the same one in each step. Its larger eigenvalue in size, the spectral
radius, is the factor by which a step shrinks the distance to the minimum in the long run. Below 1
the run converges; 0.9 means a tenth closer with each step.

Sources: Polyak 1964 (heavy ball); Lessard, Recht, Packard 2016 (Nesterov on a quadratic).
"""

from __future__ import annotations

import numpy as np


def value(a, w):
    """f(w) = sum_i a_i w_i^2 / 2, over the last axis."""
    return (np.asarray(a, float) * np.square(w)).sum(axis=-1) / 2


def iterate(a, w0, eta, mu=0.0, steps: int = 1, nesterov: bool = False) -> np.ndarray:
    """All points of a run that starts at w0 with v = 0, (..., steps + 1, n).

    a, w0     curvatures and start, (n,)
    eta, mu   numbers, or arrays of one shape (...) for as many runs at once
    """
    eta, mu = (np.asarray(z, float)[..., None] for z in (eta, mu))
    a, w = np.asarray(a, float), np.asarray(w0, float)
    w = np.broadcast_to(w, np.broadcast_shapes(eta.shape, mu.shape, w.shape)).copy()
    v, path = np.zeros_like(w), [w]
    for _ in range(steps):
        at = w + mu * v if nesterov else w
        v = mu * v - eta * a * at
        w = w + v
        path.append(w)
    return np.stack(path, axis=-2)


def matrix(a, eta, mu, nesterov: bool = False) -> np.ndarray:
    """The matrix of one step along one curvature a, on (w, v), (..., 2, 2).

    Classical [[1 - x, mu], [-x, mu]] with x = eta a; Nesterov [[1 - x, mu (1 - x)],
    [-x, mu (1 - x)]].
    """
    x, mu = np.broadcast_arrays(np.multiply(eta, a).astype(float), np.asarray(mu, float))
    kept = mu * (1 - x) if nesterov else mu
    return np.stack([np.stack([1 - x, kept], -1), np.stack([-x, kept], -1)], -2)


def factors(a, eta, mu, nesterov: bool = False) -> np.ndarray:
    """The spectral radius of `matrix`, in closed form.

    The eigenvalues solve z^2 - T z + D = 0 with trace T and determinant D, x = eta a:

        classical  T = 1 + mu - x            D = mu
        Nesterov   T = (1 + mu) (1 - x)      D = mu (1 - x)

    Two complex ones (T^2 < 4 D) have the size sqrt(D); of two real ones the larger has the size
    (|T| + sqrt(T^2 - 4 D)) / 2.
    """
    T, D, under = _equation(a, eta, mu, nesterov)
    real = (np.abs(T) + np.sqrt(np.maximum(under, 0))) / 2
    return np.where(under < 0, np.sqrt(np.maximum(D, 0)), real)


def factor(a, eta, mu, nesterov: bool = False) -> np.ndarray:
    """The largest of the `factors` of all curvatures a = (a_1, ...): the run is no faster."""
    return np.max([factors(each, eta, mu, nesterov) for each in a], axis=0)


def discriminant(a, eta, mu, nesterov: bool = False) -> np.ndarray:
    """T^2 - 4 D: below 0 the run swings, above it does not, at 0 it is critically damped."""
    return _equation(a, eta, mu, nesterov)[2]


def _equation(a, eta, mu, nesterov: bool):
    """T, D and T^2 - 4 D.

    Where T^2 and 4 D nearly cancel, the plain formula would lose all digits, and the root in
    `factors` half of them. So x, T and T^2 are kept as sums of two numbers, the second of which is
    what the first rounds off.
    """
    x, x_rest = _product(np.asarray(eta, float), np.asarray(a, float))
    mu = np.asarray(mu, float)
    s, s_rest = _sum(1.0, mu)
    if not nesterov:
        T, T_rest = _less((s, s_rest), x, x_rest)
        square, rest = _product(T, T)
        under = (square - 4 * mu) + (rest + 2 * T * T_rest)
        return T, np.broadcast_to(mu, under.shape), under
    u, u_rest = _less((1.0, 0.0), x, x_rest)  # 1 - x; T^2 - 4 D = u ((1 + mu)^2 u - 4 mu)
    square, rest = _product(s, s)
    part, part_rest = _product(square, u)
    part_rest = part_rest + square * u_rest + (rest + 2 * s * s_rest) * u
    return s * u, mu * u, u * ((part - 4 * mu) + part_rest)


def _sum(a, b):
    """a + b as (rounded, what was rounded off). Source: Knuth, TAOCP 2, 4.2.2."""
    s = a + b
    b_seen = s - a
    return s, (a - (s - b_seen)) + (b - b_seen)


def _less(pair, x, x_rest):
    """pair - (x + x_rest), again as such a pair."""
    s, rest = _sum(pair[0], -x)
    return _sum(s, rest + pair[1] - x_rest)


def _product(a, b):
    """a b as (rounded, what was rounded off). Source: Dekker 1971."""
    (a1, a2), (b1, b2) = _halves(a), _halves(b)
    p = a * b
    return p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2


def _halves(a):
    """a as a sum of two numbers with half of its digits each."""
    high = a * 134217729.0  # 2^27 + 1
    high = high - (high - a)
    return high, a - high


# ---- regions and special points of the eta-mu plane


def largest_eta(a, mu, nesterov: bool = False):
    """The stability limit: a run converges for 0 < eta < this, with the largest a there is.

    Classical 2 (1 + mu) / a, Nesterov 2 (1 + mu) / ((1 + 2 mu) a); for 0 <= mu < 1.
    """
    return 2 * (1 + np.asarray(mu, float)) / (1 + 2 * np.multiply(mu, nesterov)) / np.asarray(a)


def critical_eta(a, mu, nesterov: bool = False):
    """(lower, upper): between them the run along a swings, outside it does not.

    Classical (1 -+ sqrt(mu))^2 / a; Nesterov ((1 - mu) / (1 + mu))^2 / a and 1 / a.
    """
    mu = np.asarray(mu, float)
    if nesterov:
        return ((1 - mu) / (1 + mu)) ** 2 / a, np.ones_like(mu) / a
    return (1 - np.sqrt(mu)) ** 2 / a, (1 + np.sqrt(mu)) ** 2 / a


def within(level: float, a, mu, nesterov: bool = False):
    """(lowest, highest) eta at which `factor` is at most `level`; highest < lowest if nowhere.

    a   all curvatures. Where z = level or z = -level solves z^2 - T z + D = 0 with
        x = eta a the edge is (classical) x = (1 - level) (1 - mu / level) below and
        (1 + level) (1 + mu / level) above, for level^2 >= mu.
    """
    r, mu = level, np.asarray(mu, float)
    a_low, a_high = np.min(a), np.max(a)
    if not nesterov:
        low, high = (1 - r) * (1 - mu / r), (1 + r) * (1 + mu / r)
        return np.where(mu > r * r, np.inf, low / a_low), high / a_high
    high = 1 + r * r / ((1 + mu) * r + mu)
    swings = r < 2 * mu / (1 + mu)  # at the lower edge two complex ones of size sqrt(mu (1 - x))
    real = r * r / np.where(swings, 1.0, (1 + mu) * r - mu)
    low = 1 - np.where(swings, r * r / np.where(mu > 0, mu, 1.0), real)
    return low / a_low, high / a_high


def best(a, nesterov: bool = False) -> tuple[float, float, float]:
    """(eta, mu, factor): the fastest run for curvatures a, with condition number k = max / min.

    Classical (Polyak 1964), with s = sqrt(k): mu = ((s - 1) / (s + 1))^2,
    eta = 4 / (sqrt(max) + sqrt(min))^2, factor sqrt(mu).
    Nesterov (Lessard, Recht, Packard 2016), with s = sqrt(3 k + 1): mu = (s - 2) / (s + 2),
    eta = 4 / (3 max + min), factor 1 - 2 / s.
    """
    low, high = float(np.min(a)), float(np.max(a))
    if nesterov:
        s = np.sqrt(3 * high / low + 1)
        return 4 / (3 * high + low), float((s - 2) / (s + 2)), float(1 - 2 / s)
    s = np.sqrt(high / low)
    rate = float((s - 1) / (s + 1))
    return float(4 / (np.sqrt(high) + np.sqrt(low)) ** 2), rate * rate, rate


def best_plain(a) -> tuple[float, float]:
    """(eta, factor) of the fastest plain descent: 2 / (max + min), (k - 1) / (k + 1)."""
    low, high = float(np.min(a)), float(np.max(a))
    return 2 / (high + low), (high - low) / (high + low)
