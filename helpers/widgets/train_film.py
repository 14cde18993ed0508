"""A training run as a film: which of its updates to show, and every number of them."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..plots import plane
from ..plots.training import HIGHEST, short_error
from . import train_net
from .train_plots import ErrorPlot, output_x

FRAMES = 180
DIGITS = {"weights": 2, "outputs": 4}


def chosen_entries(run, frames: int = FRAMES) -> np.ndarray:
    """At most so many entries of a history, first and last among them, where it is worth looking.

    They are evenly spread over the sum of three ways, each counted from 0 to 1: the updates,
    the way that log E goes, and the way that the weights go. What lies beyond the highest error
    that is drawn is left out.
    """
    kept = np.flatnonzero(np.nan_to_num(run.E, nan=np.inf) <= HIGHEST)
    if len(kept) <= frames:
        return kept
    E = np.log10(np.array(run.E)[kept].clip(1e-12))
    weights = np.array([run.weights[k] for k in kept])
    steps = [np.diff(np.array(run.updates)[kept]), abs(np.diff(E))]
    steps.append(np.sqrt((np.diff(weights, axis=0) ** 2).sum(axis=1)))
    way = sum(np.cumsum(s) / s.sum() for s in steps if s.sum() > 0)
    marks = np.linspace(0, way[-1], frames)
    return kept[np.unique(np.searchsorted(np.concatenate([[0], way]), marks * (1 - 1e-12)))]


def film(run, net, data, threshold: float, before=None) -> dict:
    """Everything that the browser shows of a run, frame by frame.

    run     a History recorded once an epoch or more rarely
    net     the network it belongs to, whose weights do not matter
    data    a `Data`: the examples, and where their outputs are drawn
    before  the run before this one, for comparison
    """
    net = net.copy()
    entries = chosen_entries(run)
    weights = np.array([run.weights[k] for k in entries])
    outputs, fields, lines = [], [], []
    for w in weights:
        net.parameters[...] = w
        outputs.append(net.forward(data.x).y.ravel())
        if data.plane:
            fields.append(data.plane.field(net))
            lines.append(data.plane.line(net))
    outputs = np.array(outputs)
    updates = np.array(run.updates)[entries]
    E = np.array(run.E)[entries]
    plot = ErrorPlot(run, threshold, before)
    return {
        "count": len(entries),
        "updates": updates.tolist(),
        "E": [short_error(e) for e in E],
        "plot": plot.body(),
        "dots": _floats(np.stack(plot.at(updates, E.clip(1e-300)), axis=1)),
        "weights": _numbers(weights, DIGITS["weights"]),
        "widths": _floats(train_net.widths(weights)),
        "outputs": _numbers(outputs, DIGITS["outputs"]),
        "places": _floats(output_x(outputs, data.span)),
        "fields": np.array(fields, np.uint8).tobytes(),
        "lines": lines,
    }


class Data:
    """The examples of a lab: x (n, n_in), t (n, n_out), their names, and their plane if any."""

    def __init__(self, net, x, t):
        self.x, self.t = x, t
        self.span = plane.output_range(net, t)
        flat = (net.sizes[0], net.sizes[-1]) == (2, 1) and len(x) > 1
        self.plane = plane.plane_of(net, x, t) if flat else None

    def names(self) -> list[str]:
        """What stands before each output: the inputs, or the output's letter, or both."""
        n, outputs = self.t.shape
        letters = [diagram.letters(f"y{k + 1}") for k in range(outputs)]
        if n == 1:
            return letters
        rows = [_example(row) if self.x.shape[1] <= 2 else str(i + 1) for i, row in
                enumerate(self.x)]  # fmt: skip
        return rows if outputs == 1 else [f"{r}: {name}" for r in rows for name in letters]


def _example(row) -> str:
    return "(" + ", ".join(f"{v:g}".replace("-", "−") for v in row) + ")"


def _floats(values) -> bytes:
    return np.asarray(values, "<f4").tobytes()


def _numbers(table, places: int) -> list[list[str]]:
    """Each number as it is shown."""
    return [[_number(v, places) for v in row] for row in table.tolist()]


def _number(v: float, places: int) -> str:
    return diagram.number(v, places) if abs(v) < 1000 else f"{v:.1e}".replace("e+0", "e")
