"""Pictures of a training run: E against the updates, and what the network has made of its plane."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .. import diagram
from ..chart import Chart, Line, Point, figure, ticks
from ..training import History
from . import plane

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
HIGHEST = 1e6  # an E beyond this is not drawn: the run has diverged
POINTS = 300  # of a curve
ROOM = 0.06  # above and below the curves, as a share of their range


def training(runs, threshold: float | None = None, ax=None):
    """E after each recorded update, and the threshold at which training stops.

    runs       a History, or {label: History} for up to three runs; later ones are dashed
    threshold  the error to fall below, drawn as a line; none where not given

    E is on a logarithmic scale. ValueError for no run, for more than three, and for runs without
    a finite E above 0.
    """
    runs = {"": runs} if isinstance(runs, History) else runs
    if not isinstance(runs, Mapping) or not 1 <= len(runs) <= 3:
        raise ValueError("Give the picture one to three runs: a history, or {label: history}.")
    curves = {label: thinned(*finite(run)) for label, run in runs.items()}
    lines = [Line(n, np.log10(E), "error", k > 0) for k, (n, E) in enumerate(curves.values())]
    xticks = update_ticks(max(n[-1] for n, _ in curves.values()))
    low, high = error_range([E for _, E in curves.values()], threshold)
    yticks, ynames = error_ticks(low, high)
    if threshold:
        level = np.full(2, np.log10(threshold))
        name = f"stop below {threshold:g}"
        ends = np.array([0.0, xticks[-1]])
        lines.append(Line(ends, level, "muted", True, name, 0, label_place=(6, -7, "start")))
    points = [
        Point(float(line.x[-1]), float(line.y[-1]), label, "error", _beside(line, low, high))
        for line, label in zip(lines, curves)
    ]
    xnames = tuple(f"{n:,}" for n in xticks)
    chart = Chart("updates", "E", lines, points, xticks, yticks, xnames=xnames, ynames=ynames)
    alt = "The error E against the number of updates. " + " ".join(
        _in_words(label, run) for label, run in runs.items()
    )
    caption = " ".join(_conclusion(label, run, threshold) for label, run in runs.items())
    return figure(chart, caption, alt, ax)


def decision_boundary(net, x, t, ax=None):
    """The output y over the plane of two inputs, the line where it is in the middle, the examples.

    net    a Network with 2 inputs and 1 output; x (n, 2), t (n, 1)
    ValueError for another network, or shapes that do not fit.
    """
    x, t = np.atleast_2d(np.asarray(x, float)), np.atleast_2d(np.asarray(t, float))
    view = plane.plane_of(net, x, t)
    if ax is not None:
        return _boundary_on(ax, view, net, x, t)
    sides = (net.forward(x).y > view.level) == (t > view.level)
    right, count = int(sides.sum()), len(t)
    caption = (
        f"Where y crosses {view.level:g} the network changes its answer: {right} of {count} "
        "examples lie on their side of the line."
    )
    places = [
        f"at ({a:g}, {b:g}) y = {diagram.number(y, 2)} for t = {target:g}"
        for (a, b), y, target in zip(x[:12], net.forward(x).y[:, 0], t[:, 0])
    ]
    alt = f"The output y over the inputs x1 and x2: {', '.join(places)}."
    return diagram.Figure([(plane.body(view, net, x, t), plane.WIDTH, plane.HEIGHT)], caption, alt)


# ---- scales, which the lab uses too


def finite(run: History):
    """(updates, E) of the entries that can be drawn, as arrays."""
    n, E = np.array(run.updates), np.array(run.E, float)
    kept = (E > 0) & (E <= HIGHEST)
    if not kept.any():
        raise ValueError(f"There is nothing to draw: the run has no error from 0 to {HIGHEST:g}.")
    return n[kept], E[kept]


def thinned(n, E):
    """As much of a curve as the eye can tell apart: of each stretch the first, lowest, highest."""
    bins = n * POINTS // max(n[-1], 1)
    starts = np.flatnonzero(np.diff(bins, prepend=-1))
    kept = {len(n) - 1}
    for a, b in zip(starts, [*starts[1:], len(n)]):
        kept |= {int(a), int(a + E[a:b].argmin()), int(a + E[a:b].argmax())}
    kept = sorted(kept)
    return n[kept], E[kept]


def update_ticks(last: int) -> tuple[int, ...]:
    """Whole round numbers from 0 to at least `last`."""
    last = max(int(last), 1)
    found = ticks(0, last)
    return tuple(map(int, found)) if found[1] >= 1 else tuple(range(last + 1))


def error_range(curves, threshold: float | None):
    """(low, high) of log10 E, with some room."""
    E = np.concatenate([*curves, [threshold] if threshold else []])
    low, high = float(np.log10(E.min())), float(np.log10(E.max()))
    room = max(ROOM * (high - low), 0.05)
    return low - room, high + room


def error_ticks(low: float, high: float):
    """(places, names) of round errors between 10^low and 10^high: powers, or 1, 2, 5 of them."""
    powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    factors = (1, 2, 5) if high - low < 2.2 else (1,)
    found = [(np.log10(f) + k, f, k) for k in powers for f in factors]
    found = [tick for tick in found if low <= tick[0] <= high]
    found = found[:: -(-len(found) // 7) or 1]
    return tuple(float(at) for at, _, _ in found), tuple(_power(f, k) for _, f, k in found)


def _power(factor: int, k: int) -> str:
    if -4 <= k <= 3:
        return f"{factor * 10**k:,}" if k >= 0 else f"{factor * 10.0**k:.{-k}f}"
    return ("10" if factor == 1 else f"{factor}·10") + str(k).translate(SUPERSCRIPT)


# ---- words


def short_error(E: float) -> str:
    """E with six decimals, or as a power of ten where that would hide it."""
    if not np.isfinite(E):
        return "beyond all numbers"
    return diagram.number(E, 6) if 1e-4 <= E < 1e4 else f"{E:.2e}".replace("e-0", "e-")


def _in_words(label: str, run: History) -> str:
    (n, E), name = finite(run), f"{label}: from" if label else "From"
    first, last = short_error(E[0]), short_error(E[-1])
    return f"{name} {first} after {n[0]:,} updates to {last} after {n[-1]:,}."


def _conclusion(label: str, run: History, threshold: float | None) -> str:
    begin = f"{label}: " if label else ""
    last, E = run.updates[-1], run.E[-1]
    if run.stopped == "diverged":
        return f"{begin}the run diverged after {last:,} updates."
    if threshold and threshold > E:
        return f"{begin}E is below {threshold:g} after {last:,} updates."
    return f"{begin}E = {short_error(E)} after {last:,} updates."


def _beside(line: Line, low: float, high: float):
    """Where the label of a curve stands at its end: below a high end, above a low one."""
    above = line.y[-1] < (low + high) / 2
    return (-4, -14 if above else 22, "end")


def _boundary_on(ax, view, net, x, t):
    from .. import style

    extent = (*view.x1, *view.x2)
    field = plane.STRENGTH * view.field(net) / 255
    colour = [int(style.COLOUR["output"][i : i + 2], 16) / 255 for i in (1, 3, 5)]
    image = np.dstack([np.full(field.shape, c) for c in colour] + [field])
    ax.imshow(image, extent=extent, interpolation="bilinear", aspect="auto")
    for points in view.lines(net):
        ax.plot(*points.T, color=style.COLOUR["edge"])
    for row, target in zip(x, t[:, 0]):
        ax.plot(*row, "x" if target > view.level else "o", color=style.COLOUR["target"],
                fillstyle="none", markersize=10, markeredgewidth=2.4)  # fmt: skip
    ax.set_xlim(view.x1)
    ax.set_ylim(view.x2)
    ax.set_xlabel("$x_1$")
    ax.set_ylabel("$x_2$")
    return ax
