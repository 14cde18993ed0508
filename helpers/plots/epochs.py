"""E along several training runs in one picture."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, figure, ticks
from .training import error_range, error_ticks, thinned, update_ticks

WIDTHS = (3.2, 2.2, 1.5, 1.1)  # of the lines, first to last


def over_epochs(curves, caption: str, *, log: bool = True, above=(), ax=None):
    """E of several runs over the epochs: the first thick and solid, the later ones dashed.

    curves   {label: a History with an entry for each epoch, or (epochs, E)}
    caption  what the picture shows
    log      E in powers of ten
    above    labels that stand above the end of their curve; the others stand below
    ValueError for no run or more than four, and for an E that is not finite, or not positive
    on a scale of powers.
    """
    if not 1 <= len(curves) <= len(WIDTHS):
        raise ValueError(f"The picture shows one to {len(WIDTHS)} runs; got {len(curves)}.")
    drawn = {label: _curve(label, run, log) for label, run in curves.items()}
    scale = np.log10 if log else np.asarray
    ends = {True: (0, -9, "end"), False: (-30, 12, "end")}
    lines = []
    for k, (label, (n, E)) in enumerate(drawn.items()):
        n, E = thinned(n, E)
        lines.append(Line(n, scale(E), "error", k > 0, label, -1, WIDTHS[k], ends[label in above]))
    xticks = update_ticks(max(int(n[-1]) for n, _ in drawn.values()))
    yticks, ynames = _levels([E for _, E in drawn.values()], log)
    xnames = tuple(f"{n:,}" for n in xticks)
    chart = Chart("epochs", "E", lines, [], xticks, yticks, xnames=xnames, ynames=ynames)
    words = ". ".join(_in_words(label, *curve) for label, curve in drawn.items())
    scale_in_words = ", E in powers of ten" if log else ""
    return figure(chart, caption, f"The error E over the epochs{scale_in_words}. {words}.", ax)


def _curve(label, run, log: bool):
    """(epochs, E) of a run as arrays."""
    if hasattr(run, "E"):
        run = np.arange(len(run.E)), run.E
    n, E = np.asarray(run[0]), np.asarray(run[1], float)
    if len(n) != len(E) or len(n) < 2 or not np.isfinite(E).all() or (log and E.min() <= 0):
        kind = "finite and above 0" if log else "finite"
        raise ValueError(f"The run {label!r} needs two entries or more, and each E {kind}.")
    return n, E


def _levels(curves, log: bool):
    """Places and names of the ticks for E."""
    if not log:
        return ticks(0, max(float(E.max()) for E in curves), 5), ()
    return error_ticks(*error_range(curves, None))


def _in_words(label, n, E) -> str:
    low = int(E.argmin())
    lowest = f", lowest {diagram.number(E[low], 3)} after {n[low]:,}" if low != len(n) - 1 else ""
    first, last = (diagram.number(v, 3) for v in (E[0], E[-1]))
    return f"{label}: from {first} to {last} after {n[-1]:,}{lowest}"
