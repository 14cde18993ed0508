"""The figures of the losses, on their data and on both of their ways to be drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import plots
from helpers.activations import softmax
from helpers.losses import log_loss, squared_error
from helpers.plots import loss_numbers


def in_data(points):
    """Places in the picture as y and e."""
    (x0, x1), (y0, y1) = loss_numbers.X, loss_numbers.Y
    points = np.asarray(points, float)
    return (points[:, 0] - x0) / (x1 - x0), 5 * (points[:, 1] - y0) / (y1 - y0)


@pytest.mark.parametrize("t", [0, 0.3, 1])
def test_the_curves_are_the_losses(t):
    shown = plots.loss_curves(t)
    svg = ElementTree.fromstring(shown.svg)
    drawn = [e.get("points") for e in svg.iter() if e.tag.endswith("polyline")]
    for (name, loss), points in zip({"squared": squared_error, "log": log_loss}.items(), drawn):
        exact = [loss([y], [t]) for y in loss_numbers.GRID]
        assert shown.curves[name] == pytest.approx(exact, rel=1e-12, abs=1e-15)
        y, e = in_data([pair.split(",") for pair in points.split()])
        assert y == pytest.approx(loss_numbers.GRID, abs=2e-4)
        assert e == pytest.approx(exact, abs=2e-3)


@pytest.mark.parametrize(("t", "y"), [(1, 0.1), (1, 0.01), (0, 0.9), (0.4, 0.8), (0.7, 0.99)])
@pytest.mark.parametrize("name", ["squared", "log"])
def test_a_tangent_touches_its_curve_and_points_downhill(t, y, name):
    v = plots.loss_curves(t, mark=y).values
    at = [(v[f"{end}_x_{name}"], v[f"{end}_y_{name}"]) for end in ("tail", "tip")]
    middle = (v["x_y"], v[f"y_{name}"])
    assert np.mean(at, axis=0) == pytest.approx(middle)
    (y0, y1, ym), (e0, e1, em) = in_data([*at, middle])
    assert (ym, em) == pytest.approx((y, v[f"e_{name}"]))
    assert (e1 - e0) / (y1 - y0) == pytest.approx(v[f"dy_{name}"], rel=1e-9)
    assert e1 < e0
    assert np.hypot(*np.subtract(*at)) == pytest.approx(2 * loss_numbers.REACH)


def test_a_flat_tangent_has_no_head():
    v = plots.loss_curves(0.5, mark=0.5).values
    assert v["tip_x_squared"] == v["end_x_squared"] == v["left_x_squared"]
    assert v["tail_y_squared"] == v["tip_y_squared"] == v["y_squared"]


def test_the_numbers_stand_beside_the_curves():
    shown = plots.loss_curves(mark=0.1)
    texts = set(re.findall(r">(−?[\d.]+)<", shown.svg))
    assert {"0.405000", "2.302585", "−0.9000", "−10.0000", "−0.0810", "0.10", "1.00"} <= texts
    assert "log loss is 2.302585 with the slope −10.0000 along y and −0.9000 along z" in str(shown)
    assert "−10.0000" not in plots.loss_curves().svg


def test_the_curves_on_axes(ax):
    assert plots.loss_curves(0, mark=0.9, ax=ax) is ax
    lines = [line for line in ax.lines if len(line.get_xdata()) == len(loss_numbers.GRID)]
    assert [line.get_ydata()[-1] for line in lines] == pytest.approx(
        [squared_error([0.99], [0]), log_loss([0.99], [0])]
    )
    assert not ax.spines["top"].get_visible()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"t": 2}, "t is one number from 0 to 1; got 2"),
        ({"t": [0, 1]}, "t is one number"),
        ({"t": "one"}, "t is one number"),
        ({"mark": 0}, r"mark is one number from 0.01 to 0.99; got 0"),
        ({"mark": float("nan")}, "mark is one number"),
    ],
)
def test_wrong_arguments_of_the_curves(arguments, words):
    with pytest.raises(ValueError, match=words):
        plots.loss_curves(**arguments)


def rectangles(figure):
    svg = ElementTree.fromstring(figure.svg)
    return [e for e in svg.iter() if e.tag.endswith("rect") and e.get("class") == "output"]


@pytest.mark.parametrize("z", [[1, 2], [0.5, 2, -1], [1000, 999, -1000, 998]])
def test_bars_are_as_high_as_softmax_says(z):
    shown = plots.probabilities(z)
    bottom, top = loss_numbers.P
    heights = [float(e.get("height")) / (bottom - top) for e in rectangles(shown)]
    assert heights == pytest.approx(softmax(z), abs=5e-4)
    assert all(
        float(e.get("y")) + float(e.get("height")) == pytest.approx(bottom, abs=0.11)
        for e in rectangles(shown)
    )
    assert all(f"y = {p:.4f}" in str(shown) for p in softmax(z))


@pytest.mark.parametrize("t", [[1, 0, 0], [0, 0, 1], [0.2, 0.5, 0.3]])
def test_arrows_are_as_long_as_the_slopes_and_point_downhill(t):
    z = [0.5, 2, -1]
    v = plots.probabilities(z, t).values
    bottom, top = loss_numbers.P
    for k, slope in enumerate(softmax(z) - t, start=1):
        assert v[f"slope_{k}"] == pytest.approx(slope, abs=1e-15)
        start, tip = v[f"bar_{k}"], v[f"tip_y_{k}"]
        assert (tip - start) / (bottom - top) == pytest.approx(slope, abs=1e-9)  # up is minus
        assert tip == v[f"aim_{k}"]
        assert min(start, tip) <= v[f"end_y_{k}"] <= max(start, tip)  # the head ends at the tip


def test_the_cross_entropy_beside_the_bars():
    shown = plots.probabilities([0.5, 2, -1], [0, 1, 0])
    assert "cross-entropy is 0.241311; its slopes along z are 0.1753, −0.2144, 0.0391" in str(shown)
    assert "−ln" in shown.svg
    assert "0.241311" in shown.svg
    soft = plots.probabilities([0.5, 2, -1], [0.25, 0.5, 0.25]).svg
    assert "−ln" not in soft  # E is a sum of three such terms there
    assert ">0.25<" in soft
    assert "cross-entropy" not in str(plots.probabilities([0.5, 2, -1]))


def test_the_bars_on_axes(ax):
    assert plots.probabilities([0.5, 2, -1], [0, 1, 0], ax=ax) is ax
    assert [bar.get_height() for bar in ax.patches[:3]] == pytest.approx(softmax([0.5, 2, -1]))
    assert list(ax.lines[0].get_ydata()) == [0, 1, 0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((3,), r"2 to 4 scores, but z has shape \(\)"),
        (([1],), r"shape \(1,\)"),
        ((np.zeros((2, 3)),), r"shape \(2, 3\)"),
        (([1, 2, 3], 2), r"t has shape \(\)"),
        (([1, 2, 3], [1, 1, 0]), "rows sum to 1"),
    ],
)
def test_wrong_arguments_of_the_bars(arguments, words):
    with pytest.raises(ValueError, match=words):
        plots.probabilities(*arguments)


@pytest.mark.parametrize(
    "make",
    [
        plots.loss_curves,
        lambda: plots.loss_curves(0.5, mark=0.5),
        lambda: plots.probabilities([0.5, 2, -1]),
        lambda: plots.probabilities([0.5, 2, -1, 0], [0, 1, 0, 0]),
    ],
)
def test_every_figure_is_whole(make):
    figure = make()
    bundle = figure._repr_mimebundle_()
    assert bundle == make()._repr_mimebundle_()
    ElementTree.fromstring(bundle["image/svg+xml"])
    assert "nan" not in bundle["image/svg+xml"]
    assert "{" not in re.sub(r"<style>.*?</style>", "", bundle["image/svg+xml"])
    assert len(bundle["text/plain"]) > 40
    assert figure.caption.endswith(".")
