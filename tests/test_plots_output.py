"""The figures of the output layer, tested on their data."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import examples, plots
from helpers.activations import sigmoid
from helpers.losses import log_loss, squared_error
from helpers.network import Network


def moved(example, name, value) -> float:
    net = example.net.copy()
    for l, row, col in example.names[name]:
        net.weights[l][row, col] = value
    return net.error(example.x, example.t)


@pytest.mark.parametrize(
    ("example", "name"),
    [
        (examples.worked(), "w5"),
        (examples.worked(), "b2"),
        (examples.worked(), "w1"),
        (examples.schematic(), "u12"),
    ],
    ids=["w5", "b2", "w1", "u12"],
)
def test_a_step_along_a_weight(example, name, ax):
    etas = [0.5, 30.0, 5.0]
    shown = plots.step_along(example, name, etas)
    places = example.names[name]
    now = example.net.weights[places[0][0]][places[0][1:]]
    gradient = example.net.gradient(example.x, example.t)
    slope = sum(gradient.weights[l][row, col] for l, row, col in places)
    step, chart = shown.step, shown.chart
    assert (step.now, step.E) == (now, example.net.error(example.x, example.t))
    assert step.slope == pytest.approx(slope, rel=1e-12)
    assert step.after == pytest.approx(now - np.array(etas) * slope, rel=1e-12)
    for u, E in zip(step.after, step.E_after):
        assert E == pytest.approx(moved(example, name, u), rel=1e-12)
    curve, tangent = chart.lines[0], chart.arrows[0]
    for u, E in zip(curve.x[::40], curve.y[::40]):
        assert E == moved(example, name, u)
    assert curve.x[0] < min(now, *step.after) < max(now, *step.after) < curve.x[-1]
    # The tangent has the slope, goes through the point, and points downhill.
    assert (tangent.y1 - tangent.y0) / (tangent.x1 - tangent.x0) == pytest.approx(slope)
    assert (tangent.x0 + tangent.x1) / 2 == pytest.approx(now)
    assert tangent.y1 < step.E < tangent.y0
    # Each step is an arrow from the weight to where it lands; the longest is the lowest.
    arrows = chart.arrows[1:]
    assert [a.label for a in arrows] == ["η = 0.5", "η = 5", "η = 30"]
    assert [a.x1 for a in arrows] == pytest.approx([step.after[0], step.after[2], step.after[1]])
    assert all(a.x0 == now and a.y0 == a.y1 < curve.y.min() for a in arrows)
    assert arrows[0].y0 > arrows[1].y0 > arrows[2].y0
    assert plots.step_along(example, name, etas, ax=ax) is ax
    assert np.array_equal(ax.lines[0].get_ydata(), curve.y)


def test_the_words_say_what_the_step_does():
    shown = plots.step_along(examples.worked(), "w5", 0.5)
    assert shown.caption.endswith("against the slope of w5 lowers E from 0.2984 to 0.2950.")
    assert "With eta 0.5 the step ends at w5 = 0.3589, where E = 0.294985." in str(shown)
    assert "to smaller w5" in str(shown)
    assert [p.label for p in shown.chart.points] == ["now", "E = 0.2950"]
    assert "raises E" in plots.step_along(examples.worked(), "b2", 30).caption
    assert "to larger w7" in str(plots.step_along(examples.worked(), "w7", 1))
    both = plots.step_along(examples.worked(), "b2", [5, 30]).caption
    ends = "E comes to 0.2528 with η = 5 and to 0.3655 with η = 30."
    assert both.endswith(f"{ends} The longest step ends higher than the shortest.")
    assert "higher" not in plots.step_along(examples.worked(), "w5", [0.5, 5]).caption


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("w9", 0.5), "No weight 'w9'; there are b1"),
        (("w5", 0), "eta is a positive number"),
        (("w5", [0.5, -1]), "eta is a positive number"),
        (("w5", "much"), "eta is a positive number"),
        (("w5", []), "eta is a positive number"),
        (("w5", 0.5, None, -2), "reach is a positive number"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        plots.step_along(examples.worked(), *arguments)


@pytest.mark.parametrize("loss", ["squared", "log"])
def test_slow_learning_is_what_the_formulas_say(loss):
    """The same run by hand: one weight, one bias, the delta of either loss in scalars."""
    run = plots.slowdown(weight=1.5, bias=2.5, eta=0.3, epochs=50).runs[loss]
    w, b = 1.5, 2.5
    for k in range(51):
        y = float(sigmoid(w + b))
        error = squared_error if loss == "squared" else log_loss
        assert run["y"][k] == pytest.approx(y, rel=1e-12)
        assert run["E"][k] == pytest.approx(error([y], [0.0]), rel=1e-9)
        delta = y if loss == "log" else y * y * (1 - y)
        w, b = w - 0.3 * delta, b - 0.3 * delta


def test_the_squared_error_starts_slowly(ax):
    shown = plots.slowdown()
    squared, log = shown.runs["squared"], shown.runs["log"]
    assert squared["y"][0] == log["y"][0] == Network([[[2.0], [2.0]]]).forward([1.0]).y[0]
    assert squared["E"][100] / squared["E"][0] > 0.9
    assert log["E"][30] / log["E"][0] < 0.1
    for line, run in zip(shown.chart.lines, (squared, log)):
        assert np.array_equal(line.y, run["E"] / run["E"][0])
    assert "E is halved after 212 updates, and with the log loss after 8." in shown.caption
    assert squared["E"][211] > squared["E"][0] / 2 >= squared["E"][212]
    shown = plots.slowdown(2, 3, 0.5, show="y")
    assert shown.caption.endswith("After 300 updates its y is 0.07, and with the log loss 0.0034.")
    heights = plots.slowdown(show="y").chart.lines
    assert np.array_equal(heights[0].y, squared["y"])
    assert [line.label for line in heights] == ["squared error", "log loss"]
    assert plots.slowdown(ax=ax) is ax
    assert np.array_equal(ax.lines[1].get_ydata(), log["E"] / log["E"][0])
    with pytest.raises(ValueError, match='show is "E" or "y"'):
        plots.slowdown(show="z")
    with pytest.raises(ValueError, match="eta"):
        plots.slowdown(eta=-1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: plots.step_along(examples.schematic(), "u11", 20),
        lambda: plots.step_along(examples.schematic(), "u11", [20, 100]),
        plots.slowdown,
        lambda: plots.slowdown(show="y"),
    ],
)
def test_every_figure_is_whole(make):
    figure = make()
    bundle = figure._repr_mimebundle_()
    assert bundle == make()._repr_mimebundle_()
    ElementTree.fromstring(bundle["image/svg+xml"])
    assert len(bundle["text/plain"]) > 40
    assert figure.caption.endswith(".")
