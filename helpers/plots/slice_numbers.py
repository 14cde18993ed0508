"""Slices of E, the numbers: a straight line through the space of all weights, E along it, and
descent that stays on it.

    w(s)  = base + s d               all weights of the network as one flat vector
    dE/ds = sum_i dE/dw_i d_i
    s    <- s - eta rate dE/ds

Along a weight, s is that weight and rate is 1. Along a line between two weight vectors, s is the
share of the way and rate is 1 / sum_i d_i^2: a step is then as long in weight space as the part
of -eta dE/dw that lies along the line.

Many points are computed at once; the tests hold them against `Network`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ..network import with_one

GRID = 160  # steps from one end of a slice to the other
EACH = GRID + 1
STEPS = 200  # of a descent
FAR = 50.0  # times the width of a slice: who is farther away has left for good
STILL = 1e-14  # of that width: who moves less than this stands still
LINE = (-0.3, 0.01)  # first position and step along a line: 0 and 1 are its ends
PACES = (0.1, 0.2, 0.25, 0.5, 1.0)  # of a weight's grid, the first one that shows the weight


@dataclass(frozen=True)
class Slice:
    """A line through weight space.

    name    of the weight, or of the line
    base    all weights at s = 0, flat
    d       how they change with s
    here    the s of the network itself
    low     first s of the grid; its step is `step`
    rate    see above
    title   what is along a line between two networks, and `ends`, what its ends are called
    """

    name: str
    base: np.ndarray
    d: np.ndarray
    here: float
    low: float
    step: float
    rate: float = 1.0
    title: str = ""
    ends: tuple[str, ...] = ()

    @cached_property
    def grid(self) -> np.ndarray:
        return np.round(self.low + self.step * np.arange(EACH), 10)

    @cached_property
    def high(self) -> float:
        return float(self.grid[-1])

    @property
    def width(self) -> float:
        return self.high - self.low

    def weights(self, s) -> np.ndarray:
        """All weights at each s: (k,) -> (k, number of weights)."""
        return self.base + np.multiply.outer(np.asarray(s, float), self.d)


def flat(net, index) -> int:
    """Where the weight (layer, row, column) stands in the flat vector."""
    l, row, col = index
    shapes = [W.shape for W in net.weights]
    return sum(r * c for r, c in shapes[:l]) + row * shapes[l][1] + col


def along_weight(net, name: str, indices) -> Slice:
    """The slice along one weight; along all of them at once where several share a name."""
    base, d = net.parameters.copy(), np.zeros(net.parameters.size)
    places = [flat(net, index) for index in indices]
    here = float(base[places[0]])
    base[places], d[places] = 0.0, 1.0
    reach = abs(here) / 0.8
    step = next((p for p in PACES if p * GRID / 2 >= reach), float(np.ceil(reach / GRID * 2)))
    return Slice(name, base, d, here, -step * GRID / 2, step)


def line_to(net, other, name: str, title: str, ends) -> Slice:
    """The slice from this network (s = 0) to one of the same shape (s = 1)."""
    if other.sizes != net.sizes:
        raise ValueError(
            f"A line needs two networks of one shape; these have sizes {net.sizes} and "
            f"{other.sizes}."
        )
    d = other.parameters - net.parameters
    if not np.any(d):
        raise ValueError(f"The line {name!r} goes from these weights to the very same ones.")
    return Slice(name, net.parameters.copy(), d, 0.0, *LINE, float(1 / (d @ d)), title, ends)


def swapped(net, one: int = 1, other: int = 2):
    """The same network with two units of its first hidden layer in each other's place."""
    if len(net.sizes) < 3 or net.sizes[1] < 2:
        raise ValueError("This network has no two hidden units to swap.")
    new = net.copy()
    order = list(range(net.sizes[1]))
    order[one - 1], order[other - 1] = order[other - 1], order[one - 1]
    new.weights[0] = net.weights[0][:, order]
    new.weights[1] = net.weights[1][[0, *(unit + 1 for unit in order)]]
    return new


class Surface:
    """E of one network's shape and data, at many weight vectors at once."""

    def __init__(self, net, x, t):
        x, t = np.atleast_2d(np.asarray(x, float)), np.atleast_2d(np.asarray(t, float))
        self.x1, self.t, self.net = with_one(x), t, net
        self.shapes = [(n_in + 1, n_out) for n_in, n_out in pairwise(net.sizes)]
        self.ends = np.cumsum([rows * cols for rows, cols in self.shapes])

    def matrices(self, P):
        """(k, number of weights) as one (k, n_in + 1, n_out) per layer."""
        parts = np.split(P, self.ends[:-1], axis=1)
        return [part.reshape(len(P), *shape) for part, shape in zip(parts, self.shapes)]

    def forward(self, matrices):
        """H1 and Z of each layer, and y: (k, n, ...) each."""
        h1, H1, Z, H = self.x1[None], [], [], []
        for W, f in zip(matrices, self.net.activations):
            z = h1 @ W
            h = f.f(z)
            H1.append(h1)
            Z.append(z)
            H.append(h)
            h1 = np.concatenate([np.ones((*h.shape[:2], 1)), h], axis=2)
        return H1, Z, H

    def outputs(self, P) -> np.ndarray:
        """y of every example at each weight vector, (k, n, n_out)."""
        return self.forward(self.matrices(P))[2][-1]

    def errors(self, P) -> np.ndarray:
        """E at each weight vector, (k,)."""
        _, Z, H = self.forward(self.matrices(P))
        return self._error(Z, H)

    def _error(self, Z, H):
        t = np.broadcast_to(self.t, Z[-1].shape)
        return self.net.loss.errors(H[-1], t, Z[-1]).sum(axis=(1, 2)) / len(self.t)

    def slopes(self, P, d) -> np.ndarray:
        """dE/ds at each weight vector, (k,); d is (k, number of weights) or one for all."""
        return self.slopes_of(self.matrices(P), self.matrices(np.broadcast_to(d, P.shape)))

    def slopes_of(self, matrices, along) -> np.ndarray:
        """The same, everything given as matrices: forward, then delta backward, as in Network."""
        H1, Z, H = self.forward(matrices)
        loss, t = self.net.loss, np.broadcast_to(self.t, Z[-1].shape)
        delta, slope = np.empty_like(Z[-1]), 0.0
        loss.delta(H[-1], t, Z[-1], self.net.activations[-1], out=delta)
        for l in range(len(matrices) - 1, -1, -1):
            slope = slope + ((H1[l] @ along[l]) * delta).sum(axis=(1, 2))
            if l:
                e = delta @ matrices[l][:, 1:].swapaxes(1, 2)
                delta = np.empty_like(e)
                self.net.activations[l - 1].pull_back(e, Z[l - 1], H[l - 1], delta)
        return slope / len(self.t)


def descend(surface: Surface, slices, s, eta, steps: int = STEPS) -> np.ndarray:
    """Every position of many descents, (steps + 1, k); row i along slices[i] from s[i] with eta[i].

    Who stands still (see STILL) stays there; who leaves for good (see FAR), where it was first
    seen out there.
    """
    base, along = (
        surface.matrices(np.array([getattr(c, key) for c in slices])) for key in ("base", "d")
    )
    pace = np.asarray(eta, float) * [c.rate for c in slices]
    middle, width = np.array([((c.low + c.high) / 2, c.width) for c in slices]).T
    path = np.empty((steps + 1, len(s)))
    path[0] = now = np.array(s, float)
    rows = np.arange(len(now))
    for k in range(1, steps + 1):
        at = now[rows]
        W = [b + at[:, None, None] * d for b, d in zip(base, along)]
        after = at - pace[rows] * surface.slopes_of(W, along)
        now[rows] = after
        path[k] = now
        far = abs(after - middle[rows]) >= FAR * width[rows]
        stays = ~far & (abs(after - at) > STILL * width[rows])
        if not stays.all():
            rows = rows[stays]
            base, along = ([M[stays] for M in group] for group in (base, along))
        if not len(rows):
            path[k:] = now
            break
    return path
