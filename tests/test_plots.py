"""Figures are tested on their data, and on both of their ways to be drawn."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import chart, examples, plots
from helpers.activations import sigmoid


def test_the_sigmoid_and_its_marked_point(ax):
    shown = plots.sigmoid_curve(mark={"h_2": 0.3925})
    line, point = shown.chart.lines[0], shown.chart.points[0]
    assert np.array_equal(line.y, sigmoid(line.x))
    assert (line.x[0], line.x[-1]) == (-6, 6)
    assert (point.x, point.y) == (0.3925, sigmoid(0.3925))
    assert "h_2 = 0.5969 at z = 0.3925" in str(shown)
    assert plots.sigmoid_curve(ax, mark={"h_2": 0.3925}) is ax
    assert np.array_equal(ax.lines[0].get_ydata(), line.y)
    assert not ax.spines["top"].get_visible()


def test_the_error_along_a_weight(ax):
    net, x, t = example = examples.worked()
    shown = plots.error_along(net, x, t, "w5", example.names)
    line, point = shown.chart.lines[0], shown.chart.points[0]
    assert (point.x, point.y) == (0.40, net.error(x, t))
    for w, error in zip(line.x[::30], line.y[::30]):
        net.U[1, 0] = w
        assert error == net.error(x, t)
    net.U[1, 0] = 0.40
    assert plots.error_along(net, x, t, "w5", example.names, ax=ax) is ax
    with pytest.raises(ValueError, match="No weight 'w9'; there are w01"):
        plots.error_along(net, x, t, "w9")


def test_a_shared_bias_moves_both_units():
    net, x, t = example = examples.worked()
    line = plots.error_along(net, x, t, "b1", example.names).chart.lines[0]
    net.W[0] = line.x[7]
    assert line.y[7] == net.error(x, t)


def test_network_says_what_it_shows():
    assert "w5 = 0.40" in str(plots.network(examples.worked()))
    assert "0.40" not in str(plots.network(examples.worked(), letters=True))
    assert "y1 = 0.7514" in str(plots.network(examples.worked(), values=True))
    with pytest.raises(ValueError, match=r"use x\[0\]"):
        plots.network(examples.xor())


@pytest.mark.parametrize(
    "make",
    [
        plots.loop_map,
        plots.unit,
        lambda: plots.network(examples.schematic()),
        lambda: plots.sigmoid_curve(mark={"h_2": 0.3925}),
        lambda: plots.error_along(*examples.schematic(), "u11"),
    ],
)
def test_every_figure_is_whole(make):
    figure = make()
    bundle = figure._repr_mimebundle_()
    assert bundle == make()._repr_mimebundle_()
    ElementTree.fromstring(bundle["image/svg+xml"])
    for body, width, height in figure.parts:
        from helpers.diagram import document

        ElementTree.fromstring(document(body, width, height, figure.alt))
    assert len(bundle["text/plain"]) > 40
    assert figure.caption.endswith(".")


def test_unit_adds_up_and_squashes():
    assert "0.25 × 0.05 + 0.30 × 0.10 + 0.35 = 0.3925" in str(plots.unit())
    assert "h2 = 0.5969" in str(plots.unit())


def test_ticks_are_round_and_span_the_data():
    assert chart.ticks(-3, 3) == (-3, -2, -1, 0, 1, 2, 3)
    assert chart.ticks(0.06, 0.26, 4) == (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    for low, high in ((0, 1), (-0.013, 0.4), (2.61, 8.61), (0.2, 0.2)):
        found = chart.ticks(low, high)
        assert found[0] <= low
        assert found[-1] >= high


def test_figures_need_no_matplotlib():
    code = (
        "import sys; from helpers import plots, examples; plots.loop_map().html; "
        "plots.sigmoid_curve().html; assert 'matplotlib' not in sys.modules, 'matplotlib'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
