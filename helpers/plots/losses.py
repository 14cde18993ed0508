"""The losses over a prediction, and the probabilities that softmax makes of scores."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Chart, Line, Point
from ..diagram import Figure
from . import loss_numbers, loss_pictures
from .live import Ink

EMPTY = 40  # above the bars, where the lab writes E


def loss_curves(t: float = 1.0, mark: float | None = None, ax=None):
    """Squared error and log loss over the prediction y, for the target t.

    mark   a prediction: its point on both curves, with the tangents there
    ValueError unless t lies in 0 to 1 and mark in 0.01 to 0.99.
    """
    if not 0 <= t <= 1:
        raise ValueError(f"t is a target between 0 and 1; got {t!r}.")
    if mark is not None and not 0.01 <= mark <= 0.99:
        raise ValueError(f"mark is a prediction from 0.01 to 0.99; got {mark!r}.")
    y = 0.5 if mark is None else float(mark)
    one = loss_numbers.one_output(np.array([y]), np.array([float(t)]))
    now = {k: v[0] for k, v in {**one, **loss_numbers.curve_places(one)}.items()}
    caption = (
        "The squared error has a slope of at most 1; the log loss grows without bound "
        "as the prediction approaches the wrong side."
    )
    if ax is not None:
        return _chart(t, mark, one).on(ax)
    body = loss_pictures.curves(_ink(now), mark=mark is not None)
    part = body, loss_numbers.WIDTH, loss_pictures.CURVES_HEIGHT
    shown = Figure([part], caption, _curves_in_words(t, mark, now))
    shown.chart = _chart(t, mark, one)
    return shown


def _chart(t, mark, one) -> Chart:
    grid = loss_numbers.GRID
    curves = loss_numbers.one_output(grid, t)
    lines = [Line(grid, curves[f"e_{name}"], "error") for name in loss_numbers.LOSS_NAMES]
    points = [
        Point(float(mark), float(one[f"e_{name}"][0]), loss_pictures.NAMES[name], "error")
        for name in loss_numbers.LOSS_NAMES
        if mark is not None
    ]
    return Chart("y", "e", lines, points, (0, 0.5, 1), (0, 1, 2, 3, 4, 5))


def _curves_in_words(t, mark, now) -> str:
    words = f"Two errors over the prediction y from 0 to 1, for the target t = {t:g}."
    if mark is None:
        return words
    each = [
        f"{name}: e = {diagram.number(now[f'e_{key}'], 4)}, "
        f"slope {diagram.number(now[f'dy_{key}'], 4)}"
        for key, name in loss_pictures.NAMES.items()
    ]
    return f"{words} At y = {mark:g}, {'; '.join(each)}."


def probabilities(z, t=None, ax=None):
    """Bars of softmax(z); with targets t also the slopes p - t, as arrows from t to p.

    z, t   (classes,), two to six of them
    ValueError for other shapes, or targets that are negative or do not add up to 1.
    """
    z = np.asarray(z, float)
    if z.ndim != 1 or not 2 <= z.size <= 6:
        raise ValueError(f"z needs two to six scores in a flat row; got shape {z.shape}.")
    aims = np.zeros_like(z) if t is None else np.asarray(t, float)
    if t is not None and (aims.shape != z.shape or aims.min() < 0 or abs(aims.sum() - 1) > 1e-9):
        raise ValueError(f"t needs {z.size} targets, none negative, that add up to 1; got {t!r}.")
    names = [str(k + 1) for k in range(z.size)]
    found = loss_numbers.class_numbers(z[None], aims[None], names)
    p = np.array([found[f"p_{name}"][0] for name in names])
    if ax is not None:
        return _bars_on(ax, names, p)
    places = loss_numbers.bar_places(p[None], aims[None], names)
    ink = _ink({k: v[0] for k, v in {**found, **places}.items()})
    aimed = t is not None
    body = loss_pictures.bars(ink, names, aimed) + loss_pictures.numbers_under(ink, names, aimed)
    rows = loss_pictures.rows_height(aimed) - EMPTY
    body = f'<g transform="translate(0 {-EMPTY})">{body}</g>'
    caption = "Softmax: the larger the score, the larger the share; all shares add up to 1."
    if aimed:
        caption += " Each arrow is the slope, from the target to the probability."
    shown = Figure([(body, loss_numbers.WIDTH, rows)], caption, _bars_in_words(z, p, t))
    shown.p = p
    return shown


def _bars_on(ax, names, p):
    from .. import style

    ax.bar(names, p, color=style.COLOUR["output"], edgecolor=style.COLOUR["edge"])
    ax.set_xlabel("class")
    ax.set_ylabel("p")
    ax.set_ylim(0, 1)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def _bars_in_words(z, p, t) -> str:
    each = [
        f"class {k + 1}: score {diagram.short(z[k])}, probability {diagram.number(p[k], 4)}"
        for k in range(len(z))
    ]
    aims = "" if t is None else f" The targets are {', '.join(f'{v:g}' for v in t)}."
    return f"Probabilities by softmax. {'; '.join(each)}.{aims}"


def _ink(now) -> Ink:
    return Ink(now, {name: loss_numbers.places(name) for name in now})
