"""The nudge of the graph lab: which node, how far, and the plot of what it does.

Node and nudge are one slider: its positions run through all nudges of the first node, then of
the second, and so on. So one row of a sweep holds every nudge of every node, and the browser can
choose another node without asking Python.
"""

from __future__ import annotations

from html import escape

import numpy as np

from .. import diagram
from ..plots.graph_text import decimals, letters, parts_of, trimmed
from .sweep import Slider

NAME = "the nudge"  # no node can have this name
SIDE, STEP = 100, 0.01  # nudges from -1 to 1 in hundredths
EACH = 2 * SIDE + 1
DECIMALS = 9

WIDTH, HEIGHT = 404, 190
LEFT, RIGHT, TOP, BOTTOM = 78, 332, 30, 152


def slider(nodes: int) -> Slider:
    steps = nodes * EACH - 1
    return Slider(NAME, "nudge", 0.0, 1.0, steps, (0.0, float(steps)))


def grid() -> np.ndarray:
    """All nudges of one node."""
    return np.round(STEP * np.arange(-SIDE, SIDE + 1), DECIMALS)


def position(node: int, by: float) -> float:
    """The slider's position for this node and nudge; between two steps for a finer nudge."""
    return round(node * EACH + SIDE + by / STEP, DECIMALS - 2)


def of_positions(at):
    """Nodes and nudges of many positions."""
    node = np.floor(at / EACH).astype(int)
    return node, np.round((at - node * EACH - SIDE) * STEP, DECIMALS)


def checked(by) -> float:
    """The nudge as a float; ValueError if it is no number from -1 to 1."""
    try:
        number = float(by)
    except (TypeError, ValueError):
        raise ValueError(f"nudge needs a number; got {by!r}.") from None
    if not abs(number) <= SIDE * STEP:
        raise ValueError(f"nudge takes numbers from -1 to 1; got {by!r}.")
    return number


def html_letters(name: str) -> str:
    head, index = map(escape, parts_of(name))
    return f"<i>{head}</i><sub>{index}</sub>" if index else f"<i>{head}</i>"


# ---- the plot: the output against the nudge, with its tangent


def plot(nudges, curve, tangent, by: float, shown, name: str, output: str):
    """(body, width, height): the curve, the prediction, and both at the nudge `by`.

    shown   change, predicted, difference, tangent at `by`
    """
    seen = np.concatenate([curve, tangent])
    low, high = spread(float(np.nanmin(seen)), float(np.nanmax(seen)))
    places = decimals([high - low], 4, 6)
    middle = len(nudges) // 2
    start = curve[middle]

    def x(v):
        return round(LEFT + (RIGHT - LEFT) * (v - nudges[0]) / (nudges[-1] - nudges[0]), 1)

    def y(e):
        return round(BOTTOM - (BOTTOM - TOP) * (e - low) / (high - low), 1)

    def line(values):
        return " ".join(f"{x(v):g},{y(e):g}" for v, e in zip(nudges[::4], values[::4]) if e == e)

    ends = {"true": y(curve[-1]), "predicted": y(tangent[-1])}
    change, _, _, predicted = shown
    marks = {
        "base": f"M{LEFT} {y(start):g}H{RIGHT}M{x(0):g} {TOP}V{BOTTOM}",
        "gap": f"M{x(by):g} {y(predicted):g}V{y(start + change):g}",
        "curve": line(curve),
        "tangent": line(tangent),
        "aim": (x(by), y(predicted)),
        "point": (x(by), y(start + change)),
        "low": trimmed(low, places),
        "high": trimmed(high, places),
        **dict(zip(ends, (v + 4 for v in apart(*ends.values())))),
    }
    return frame(marks, name, output), WIDTH, HEIGHT


def spread(low: float, high: float) -> tuple[float, float]:
    """The range of the vertical axis: what is seen, but not so little that rounding shows."""
    if high - low >= 1e-6:
        return low, high
    return low - 5e-7, high + 5e-7


def apart(one: float, other: float, least: float = 15.0) -> tuple[float, float]:
    """Two heights of labels, moved apart if they would cover each other."""
    missing = max(0.0, least - abs(one - other)) / 2
    up = -missing if one <= other else missing
    return round(one + up, 1), round(other - up, 1)


def inline_plot() -> str:
    """The frame for the browser, which fills it."""
    marks = dict.fromkeys(("base", "gap", "curve", "tangent", "low", "high"), "")
    marks |= {"aim": (0, 0), "point": (0, 0), "true": 0, "predicted": 0}
    title = "The output against the nudge: its true course and the prediction"
    return diagram.inline(frame(marks, "", ""), WIDTH, HEIGHT, title)


def frame(m, name: str, output: str) -> str:
    """Axes, lines and words; everything that moves can be found by its data-c."""

    def text(x, y, key, anchor, body, more=""):
        return (
            f'<text x="{x}" y="{y}" class="small{more}" data-c="{key}" '
            f'style="text-anchor:{anchor}">{body}</text>'
        )

    thin = "fill:none;stroke:var(--bp-line);stroke-width:1.2"
    slope = "fill:none;stroke:var(--bp-gradient);stroke-width:2.4"
    aim = "fill:var(--bp-paper);stroke:var(--bp-gradient);stroke-width:2.4"
    gap = "fill:none;stroke:var(--bp-text);stroke-width:2.2"
    title = (
        f'<tspan data-c="output">{letters(output)}</tspan> against the nudge of '
        f'<tspan data-c="name">{letters(name)}</tspan>'
    )
    return "".join(
        (
            f'<path data-c="base" d="{m["base"]}" style="{thin}"/>',
            f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>',
            f'<polyline data-c="tangent" points="{m["tangent"]}" style="{slope}"/>',
            f'<polyline data-c="curve" class="along" points="{m["curve"]}"/>',
            f'<path data-c="gap" d="{m["gap"]}" style="{gap}"/>',
            f'<circle data-c="aim" cx="{m["aim"][0]}" cy="{m["aim"][1]}" r="4" style="{aim}"/>',
            f'<circle data-c="point" class="now" cx="{m["point"][0]}" cy="{m["point"][1]}" '
            'r="5.5"/>',
            text(LEFT - 66, 16, "title", "start", title),
            text(LEFT - 6, TOP + 5, "high", "end", m["high"]),
            text(LEFT - 6, BOTTOM + 4, "low", "end", m["low"]),
            text(LEFT, BOTTOM + 17, "left", "middle", "−1"),
            text((LEFT + RIGHT) / 2, BOTTOM + 17, "zero", "middle", "0"),
            text(RIGHT, BOTTOM + 17, "right", "middle", "1"),
            text((LEFT + RIGHT) / 2, BOTTOM + 34, "axis", "middle", "nudge"),
            text(RIGHT + 8, f"{m['true']:g}", "true", "start", "true"),
            text(RIGHT + 8, f"{m['predicted']:g}", "predicted", "start", "predicted"),
        )
    )
