"""The figure of a slice of E: along one weight, or straight from one network to another."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, Point, figure, ticks
from ..examples import letter_names
from ..network import Network
from . import slice_ends, slice_numbers

ALONG = "the other network"


def slice_of_E(net, x, t, along, names=None, start=None, eta=1.0, steps=40, ax=None):
    """E along a weight or towards another network, its valleys, and descents along that slice.

    along   name of a weight, such as "w02"; or a Network of the same shape: the straight line
            from net (share 0) to it (share 1)
    names   label -> index tuples; letters w and u where not given
    start   one start or several: from each a descent of `steps` steps with `eta`
    ValueError for an unknown name, a network of another shape, or a start outside the slice.
    """
    line = _slice(net, along, names or letter_names(net))
    surface = slice_numbers.Surface(net, x, t)
    E = surface.errors(line.weights(line.grid))
    shape = slice_ends.shape_of(surface, line)
    starts = np.atleast_1d(np.asarray([] if start is None else start, float))
    for s in starts:
        if not line.low <= s <= line.high:
            raise ValueError(f"The slice goes from {line.low:g} to {line.high:g}; start is {s:g}.")
    paths = slice_numbers.descend(surface, [line] * len(starts), starts, eta * np.ones(len(starts)),
                                  steps) if len(starts) else np.empty((steps + 1, 0))  # fmt: skip
    lines = [Line(line.grid, E, "error"), *(_trail(line, E, path) for path in paths.T)]
    points = [
        Point(s, e, slice_ends.LETTERS[v], "gradient", (0, 18, "middle"))
        for v, (s, e) in enumerate(shape.valleys)
    ]
    points += [Point(float(s), float(np.interp(s, line.grid, E)), "", "error") for s in starts]
    shown = (0, 1) if line.ends else (line.low, line.high)
    xticks = tuple(float(s) for s in np.linspace(*shown, 5))
    name = "share of the way" if line.ends else "_".join(diagram.split_name(line.name))
    chart = Chart(name, "E", lines, points, xticks, ticks(E.min(), E.max(), 4))
    return figure(chart, _caption(line, shape), _alt(line, E, shape, starts, paths), ax)


def _slice(net, along, names):
    if isinstance(along, Network):
        return slice_numbers.line_to(net, along, "line", ALONG, ("this net", "the other"))
    if along not in names:
        raise ValueError(f"No weight {along!r}; there are {', '.join(names)}.")
    return slice_numbers.along_weight(net, along, names[along])


def _trail(line, E, path) -> Line:
    """The steps of a descent, on the curve; what leaves the picture is left out."""
    seen = path[(path >= line.low) & (path <= line.high)]
    return Line(seen, np.interp(seen, line.grid, E), "velocity", width=1.6)


def _where(line) -> str:
    return "on the straight line to another network" if line.ends else f"along {line.name} alone"


def _caption(line, shape) -> str:
    count = len(shape.valleys)
    if count < 2:
        return f"E {_where(line)}."
    return f"E {_where(line)} has {count} valleys: where a descent ends depends on its start."


def _alt(line, E, shape, starts, paths) -> str:
    def words(points):
        return " and ".join(
            f"{diagram.number(s, 2)} with E = {diagram.number(e, 4)}" for s, e in points
        )

    parts = [f"The error E {_where(line)}, from {diagram.number(E.min(), 4)} to "
             f"{diagram.number(E.max(), 4)}."]  # fmt: skip
    if shape.valleys:
        parts.append(f"Valleys at {words(shape.valleys)}.")
    if shape.hills:
        parts.append(f"Hills at {words(shape.hills)}.")
    for s, end in zip(starts, paths[-1] if len(starts) else ()):
        a, b = diagram.number(s, 2), diagram.number(end, 2)
        parts.append(f"A descent from {a} ends at {b} after {len(paths) - 1} steps.")
    return " ".join(parts)
