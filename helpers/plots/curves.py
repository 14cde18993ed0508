"""Curves: the sigmoid, and the error along one weight."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..activations import ACTIVATIONS
from ..chart import Chart, Line, Point, figure, ticks
from ..examples import letter_names


def sigmoid_curve(ax=None, mark=None, name: str = "sigmoid"):
    """sigma(z) from -6 to 6 with marked points: `mark={"h_2": 0.3925}` puts h_2 at that z."""
    f = ACTIVATIONS[name].f
    z = np.linspace(-6, 6, 121)
    points = [
        Point(float(v), float(f(v)), f"{label} = {diagram.number(float(f(v)), 4)}", "hidden")
        for label, v in (mark or {}).items()
    ]
    chart = Chart(
        "net input z",
        "σ(z)",
        [Line(z, f(z), "hidden"), Line(np.array([-6.0, 6.0]), np.full(2, 0.5), "line", True)],
        points,
        (-6, -3, 0, 3, 6),
        (0, 0.5, 1),
    )
    where = "".join(f" {p.label} at z = {diagram.number(p.x, 4)}." for p in points)
    alt = (
        "The sigmoid σ(z) rises from almost 0 at z = −6 through one half at z = 0 to almost 1 "
        f"at z = 6.{where}"
    )
    caption = "The sigmoid squashes any net input into the range from 0 to 1, steepest at z = 0."
    return figure(chart, caption, alt, ax)


def error_along(net, x, t, name: str, names=None, ax=None, reach: float = 3.0):
    """E as a function of one weight, all others held still, with the point where it is now.

    names   label -> index tuples; letters w and u where not given
    ValueError for an unknown name, with the known ones.
    """
    names = names or letter_names(net)
    if name not in names:
        raise ValueError(f"No weight {name!r}; there are {', '.join(names)}.")
    now = float(net.weights[names[name][0][0]][names[name][0][1:]])
    grid = np.round(np.linspace(now - reach, now + reach, 121), 10)
    errors = np.array([_error_at(net, x, t, names[name], w) for w in grid])
    label = diagram.split_name(name)
    point = Point(now, float(net.error(x, t)), "now", "error")
    chart = Chart(
        "_".join(label),
        "E",
        [Line(grid, errors, "error")],
        [point],
        ticks(grid[0], grid[-1]),
        ticks(errors.min(), errors.max(), 4),
    )
    best = grid[errors.argmin()]
    alt = (
        f"The error E along {name}, from {diagram.number(errors.max(), 4)} at most to "
        f"{diagram.number(errors.min(), 4)} near {name} = {diagram.number(best, 2)}; now "
        f"{name} = {diagram.short(now)} and E = {diagram.number(point.y, 6)}."
    )
    return figure(chart, f"The error E as {name} moves alone.", alt, ax)


def _error_at(net, x, t, indices, w: float) -> float:
    moved = net.copy()
    for l, row, col in indices:
        moved.weights[l][row, col] = w
    return float(moved.error(x, t))
