"""Losses: two curves over a prediction with their slopes, and softmax's probabilities as bars."""

from __future__ import annotations

import numpy as np

from .. import diagram, style
from ..diagram import Figure, number
from ..losses import LOSSES
from . import loss_pictures as draw
from .live import Ink
from .loss_numbers import (
    GRID,
    LOSS_NAMES,
    MOST,
    WIDTH,
    P,
    X,
    Y,
    bar_places,
    class_numbers,
    curve_places,
    one_output,
    places,
)

MOST_CLASSES = 4


def loss_curves(t: float = 1, mark: float | None = None, ax=None):
    """Squared error and log loss of one output over its prediction y, for the target t.

    mark   a prediction, 0.01 to 0.99: both errors there, both tangents, and their slopes de/dy
           and, with y = sigma(z), de/dz
    ValueError for a target that is no probability, or a mark beyond the curves.
    """
    t = _between("t", t, 0, 1)
    y = 0.5 if mark is None else _between("mark", mark, 0.01, 0.99)
    found = one_output([y], [t])
    values = _first({**found, **curve_places(found)})
    if ax is not None:
        return _curves_on(ax, values, mark is not None)
    ink = Ink(values, {name: places(name) for name in values})
    body = draw.curves(ink, mark is not None) + draw.key(ink, mark is not None)
    body += draw.numbers_below(ink) if mark is not None else ""
    height = draw.CURVES_HEIGHT if mark is None else draw.HEIGHT
    curve = {name: one_output(GRID, t)[f"e_{name}"] for name in LOSS_NAMES}
    shown = Figure(
        [(body, WIDTH, height)], _curves_caption(mark), _curves_alt(curve, ink.values, mark)
    )
    shown.values, shown.curves = values, curve
    return shown


def _between(name: str, value, low: float, high: float) -> float:
    number_given = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biuf"
    if not (number_given and low <= value <= high):
        raise ValueError(f"{name} is one number from {low:g} to {high:g}; got {value!r}.")
    return float(value)


def _first(found) -> dict[str, float]:
    return {name: float(column[0]) for name, column in found.items()}


def _curves_caption(mark) -> str:
    if mark is None:
        return (
            "The log loss grows without bound towards the wrong side; the squared error does not."
        )
    return (
        "The same prediction, two slopes: that of the squared error stays between −1 and 1, that "
        "of the log loss has no bound. The arrow heads point downhill."
    )


def _curves_alt(curve, values, mark) -> str:
    ends = "; ".join(
        f"the {words} goes from {number(curve[name][0], 4)} at y = 0.01 to "
        f"{number(curve[name][-1], 4)} at y = 0.99"
        for name, words in draw.NAMES.items()
    )
    t = diagram.short(values["t"])
    alt = f"Two losses over the prediction y, for the target t = {t}: {ends}."
    if mark is None:
        return alt
    at = " ".join(
        f"The {words} is {number(values[f'e_{name}'], 6)} with the slope "
        f"{number(values[f'dy_{name}'], 4)} along y and {number(values[f'dz_{name}'], 4)} along z."
        for name, words in draw.NAMES.items()
    )
    return f"{alt} At y = {diagram.short(values['y'])}: {at}"


def _curves_on(ax, values, marked: bool):
    """The same on a Matplotlib axes."""
    for name, words in draw.NAMES.items():
        e = one_output(GRID, values["t"])[f"e_{name}"]
        ax.plot(GRID, e, color=style.COLOUR["error"])
        x, y = _back(values, "name", name)
        ax.annotate(words, (x, y), ha="center")
        if marked:
            _tangent_on(ax, values, name)
    ax.plot([values["t"]], [0], style.MARKER["target"], color=style.COLOUR["target"])
    ax.set_xlabel("prediction $y$")
    ax.set_ylabel("$e$")
    return _bare(ax)


def _back(values, kind: str, name: str) -> tuple[float, float]:
    """A place in the picture as y and e."""
    x, y = values[f"{kind}_x_{name}"], values[f"{kind}_y_{name}"]
    return (x - X[0]) / (X[1] - X[0]), MOST * (y - Y[0]) / (Y[1] - Y[0])


def _tangent_on(ax, values, name: str):
    tip, tail = _back(values, "tip", name), _back(values, "tail", name)
    look = {"arrowstyle": "-|>", "color": style.COLOUR["gradient"], "lw": 3}
    ax.annotate("", tip, tail, arrowprops={**look, "shrinkA": 0, "shrinkB": 0})
    ax.plot([values["y"]], [values[f"e_{name}"]], "o", color=style.COLOUR["error"])


def _bare(ax):
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def probabilities(z, t=None, ax=None):
    """The scores z of up to four classes, and y = softmax(z) as bars.

    t   the target, one-hot or probabilities: the cross-entropy, and for each class the slope
        dE/dz_k = y_k - t_k, with an arrow from the bar to its target
    ValueError unless z is one row of two to four scores, and t a target for it.
    """
    z = np.asarray(z, float)
    if z.ndim != 1 or not 2 <= len(z) <= MOST_CLASSES:
        raise ValueError(
            f"The bars need one row of 2 to {MOST_CLASSES} scores, but z has shape {z.shape}."
        )
    names = [str(k + 1) for k in range(len(z))]
    aims = _target(z, t)
    found = class_numbers(z[None], aims[None], names)
    p = np.array([found[f"p_{name}"][0] for name in names])
    values = _first({**found, **bar_places(p[None], aims[None], names), "c": [1 + aims.argmax()]})
    if ax is not None:
        return _bars_on(ax, p, None if t is None else aims)
    shown = Figure([_bars(values, names, t is not None, aims)], *_bars_words(values, names, t))
    shown.values = values
    return shown


def _target(z, t):
    if t is None:
        return np.eye(len(z))[0]
    t = np.asarray(t, float)
    if t.shape != z.shape:
        raise ValueError(
            f"z has shape {z.shape}, t has shape {t.shape}: one target for each score."
        )
    if reason := LOSSES["cross-entropy"].complaint(t):
        raise ValueError(f"{reason}; got {t}.")
    return t


def _bars(values, names, aimed: bool, aims):
    sure = bool(np.isin(aims, (0, 1)).all())
    decimals = {name: places(name) for name in values}
    decimals.update({f"t_{name}": 0 if sure else 2 for name in names})
    ink = Ink(values, decimals)
    body = draw.bars(ink, names, aimed) + draw.numbers_under(ink, names, aimed)
    body += draw.cross_entropy(ink, sure) if aimed else ""
    return body, WIDTH, P[0] + (126 if aimed else 62)


def _bars_words(values, names, t) -> tuple[str, str]:
    each = "; ".join(
        f"class {k} with z = {number(values[f'z_{k}'], 2)} gets y = {number(values[f'p_{k}'], 4)}"
        for k in names
    )
    alt = f"Bars of y = softmax(z): {each}."
    if t is None:
        return "Softmax turns any scores into probabilities: positive, and 1 in all.", alt
    slopes = ", ".join(number(values[f"slope_{k}"], 4) for k in names)
    alt += f" The cross-entropy is {number(values['E'], 6)}; its slopes along z are {slopes}."
    return "The slope of the cross-entropy along a score is what y misses its target by.", alt


def _bars_on(ax, p, aims):
    """The same on a Matplotlib axes."""
    at = np.arange(1, len(p) + 1)
    ax.bar(at, p, 0.5, color=style.COLOUR["output"], edgecolor=style.COLOUR["edge"])
    if aims is not None:
        look = {"arrowstyle": "-|>", "color": style.COLOUR["gradient"], "lw": 3}
        for k, (value, aim) in enumerate(zip(p, aims)):
            arrow = {**look, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (at[k] + 0.33, aim), (at[k] + 0.33, value), arrowprops=arrow)
        ax.plot(at + 0.42, aims, style.MARKER["target"], color=style.COLOUR["target"])
    ax.set_xticks(at)
    ax.set_xlabel("class")
    ax.set_ylabel("$y$")
    return _bare(ax)
