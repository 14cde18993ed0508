"""The picture of a measured slope: the chords of a curve beside its tangent."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, Point, figure, ticks
from ..gradcheck import numerical_slope

ABOVE, BELOW = (-8, -8, "end"), (12, 12, "start")


def chords(f, w: float = 1.0, epsilon: float = 0.4, ax=None):
    """f around w: its tangent, the chord of a nudge upwards, and the chord of both nudges.

    f   a function of one number, which takes arrays as well
    The figure has `.slopes`: "tangent", "one-sided", "centred". ValueError unless epsilon > 0.
    """
    slopes = {"tangent": numerical_slope(f, w), "centred": numerical_slope(f, w, epsilon)}
    slopes["one-sided"] = (f(w + epsilon) - f(w)) / epsilon
    x = np.linspace(w - 1.3 * epsilon, w + 1.25 * epsilon, 81)
    ends = np.array([w - 1.3 * epsilon, w + 1.25 * epsilon])
    lines = [
        Line(x, f(x), "error"),
        Line(ends, f(w) + slopes["tangent"] * (ends - w), "gradient", width=1.6),
        _chord(f, w, w + epsilon, "muted", dashed=True),
        _chord(f, w - epsilon, w + epsilon, "text"),
    ]
    places = (("w − ε", w - epsilon, ABOVE), ("w", w, BELOW), ("w + ε", w + epsilon, ABOVE))
    points = [Point(v, float(f(v)), name, "gradient", place) for name, v, place in places]
    chart = Chart("w", "f", lines, points, ticks(*ends), ticks(0, f(ends[1]), 4))
    words = ", ".join(f"{name} {diagram.number(v, 3)}" for name, v in slopes.items())
    alt = (
        f"A curve bends upwards through w = {diagram.short(w)}. The chord from w − ε to w + ε is "
        f"nearly parallel to the tangent at w, the one from w to w + ε is steeper. Slopes: {words}."
    )
    caption = (
        f"The solid chord over both sides (slope {diagram.number(slopes['centred'], 2)}) runs "
        f"nearly parallel to the tangent (slope {diagram.number(slopes['tangent'], 2)}); the "
        f"one-sided, dashed, has slope {diagram.number(slopes['one-sided'], 2)}."
    )
    shown = figure(chart, caption, alt, ax)
    if ax is None:
        shown.slopes = slopes
    return shown


def _chord(f, a, b, colour, dashed=False):
    ends = np.array([a, b])
    return Line(ends, f(ends), colour, dashed, width=1.8)
