"""The picture of a network that learns: E against the number of steps."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, Point, figure

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
ABOVE, BELOW = (6, -52, "end"), (-14, 6, "end")  # of the end of a curve that falls
POINTS = 160  # of a curve, evenly spread over the powers of ten


def learning(runs, ax=None):
    """E after each step of one or two runs, both axes in powers of ten.

    runs   {label: History}, recorded at every step or nearly so; the second curve is dashed
    ValueError for more than two runs, and for one without a step or with an E of 0.
    """
    if not 1 <= len(runs) <= 2:
        raise ValueError(f"The picture shows one run or two; got {len(runs)}.")
    curves = {label: _curve(label, run) for label, run in runs.items()}
    lines = [Line(*np.log10(c), "error", k > 0) for k, c in enumerate(curves.values())]
    lowest = min(line.y[-1] for line in lines) if len(lines) > 1 else -np.inf
    points = [
        Point(float(line.x[-1]), y := float(line.y[-1]), label, "error",
              BELOW if y == lowest else ABOVE)
        for line, label in zip(lines, curves)
    ]  # fmt: skip
    xticks, xnames = _powers(np.concatenate([line.x for line in lines]), lambda k: f"{10**k:,}")
    yticks, ynames = _powers(np.concatenate([line.y for line in lines]), _power)
    chart = Chart("steps", "E", lines, points, xticks, yticks, xnames=xnames, ynames=ynames)
    ends = ". ".join(_in_words(label, *curve) for label, curve in curves.items())
    alt = f"The error E against the number of steps, both axes in powers of ten. {ends}."
    caption = "The error keeps falling, but each further gain takes ten times as many steps."
    return figure(chart, caption, alt, ax)


def _curve(label, run):
    """(steps, E) of a run, thinned out evenly in the logarithm."""
    steps, E = np.array(run.updates)[1:], np.array(run.E)[1:]
    if not len(steps) or not (E > 0).all():
        raise ValueError(f"The run {label!r} needs a step, and errors above 0, to be drawn.")
    marks = np.geomspace(steps[0], steps[-1], POINTS)
    kept = np.unique(np.searchsorted(steps, marks * (1 - 1e-9)).clip(0, len(steps) - 1))
    return steps[kept], E[kept]


def _powers(values, name):
    """Ticks at the powers of ten around the values, with their names."""
    ticks = range(int(np.floor(values.min())), int(np.ceil(values.max() - 1e-9)) + 1)
    return tuple(map(float, ticks)), tuple(map(name, ticks))


def _power(k: int) -> str:
    return {0: "1", 1: "10"}.get(k) or "10" + str(k).translate(SUPERSCRIPT)


def _in_words(label, steps, E) -> str:
    first, last = (diagram.number(v, 3) if v >= 0.001 else f"{v:.1e}" for v in (E[0], E[-1]))
    return f"{label}: from {first} after step {steps[0]:,} to {last} after step {steps[-1]:,}"
