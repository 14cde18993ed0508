"""Bell curves around predictions: how probable each makes what was measured."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, figure

REACH = 3  # how far the picture goes beyond the outermost bell's middle


def bells(measured, best: float, other: float, ax=None):
    """Two bell curves of width 1, around the predictions `best` and `other`, over the same data.

    From each measured value a line goes up to the density around `best`; where it meets the
    dashed curve is the density around `other`.
    """
    measured = np.asarray(measured, dtype=float)
    x = np.linspace(min(best, other) - REACH, max(best, other) + REACH, 241)
    top = int(np.abs(x - best).argmin())
    far = int(np.abs(x - other).argmin())
    sticks = [Line(np.full(2, m), np.array([0.0, density(m, best)]), "target") for m in measured]
    chart = Chart(
        "price t",
        "p(t)",
        [
            *sticks,
            Line(x, density(x, best), "output", False, f"y = {best:g}", top),
            Line(x, density(x, other), "output", True, f"y = {other:g}", far, 2.2),
        ],
        xticks=tuple(range(int(np.ceil(x[0])), int(x[-1]) + 1)),
        yticks=(0, 0.2, 0.4),
    )
    return figure(chart, _caption(best, other), _alt(measured, best, other), ax)


def density(t, y):
    """p(t) of the bell curve around y."""
    return np.exp(-0.5 * (t - y) ** 2) / np.sqrt(2 * np.pi)


def _caption(best, other) -> str:
    return f"Over all the prices the bell around {best:g} is higher than the one around {other:g}."


def _alt(measured, best, other) -> str:
    each = "; ".join(
        f"at {m:g} {diagram.number(density(m, best), 4)} and {diagram.number(density(m, other), 4)}"
        for m in measured
    )
    return f"Bell curves around y = {best:g} and y = {other:g} have the densities: {each}."
