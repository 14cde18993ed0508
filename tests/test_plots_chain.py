"""The figures of chapter 03: their data are slopes that a nudge confirms."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from helpers import plots
from helpers.activations import sigmoid
from helpers.plots.chain import slopes_of_sigmoids

NUDGE = 1e-5


def nested(w, count):
    for _ in range(count):
        w = sigmoid(w)
    return w


def test_the_curves_are_the_sigmoid_and_its_slope():
    value, slope = plots.sigmoid_slope().chart.lines
    assert np.allclose(value.y, 1 / (1 + np.exp(-value.x)), rtol=1e-12)
    by_nudging = (sigmoid(slope.x + NUDGE) - sigmoid(slope.x - NUDGE)) / (2 * NUDGE)
    assert np.allclose(slope.y, by_nudging, atol=1e-9)
    assert slope.y.max() == 0.25


def test_a_mark_sits_on_the_slope_and_is_told_in_words():
    figure = plots.sigmoid_slope(mark={"z": 1.1059})
    (point,) = figure.chart.points
    assert (point.x, round(point.y, 4)) == (1.1059, 0.1868)
    assert "At z = 1.1059 the slope is 0.1868." in figure.alt


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_slope_of_sigmoids_in_a_row_is_what_a_nudge_gives(count):
    by_nudging = (nested(0.5 + NUDGE, count) - nested(0.5 - NUDGE, count)) / (2 * NUDGE)
    assert slopes_of_sigmoids(0.5, count)[-1] == pytest.approx(by_nudging, rel=1e-6)


def test_the_slopes_vanish_below_their_bound():
    figure = plots.vanishing()
    bound, slopes = figure.chart.lines
    assert (slopes.y < bound.y).all()
    assert np.allclose(bound.y, -slopes.x * np.log10(4))
    assert [p.y for p in figure.chart.points] == slopes.y.tolist()
    assert "10 to the power of −6.5 for 10" in figure.alt


def test_the_three_chains_rise_stay_and_fall():
    rising, flat, falling = plots.chains().chart.lines
    assert [line.label for line in (rising, flat, falling)] == ["A", "B", "C"]
    assert np.allclose(flat.y, 0)
    assert np.allclose(np.diff(rising.y), np.log10(6 / 4))
    assert np.allclose(np.diff(falling.y), np.log10(1 / 4))


def test_a_line_label_is_in_the_picture_and_on_an_ax():
    assert ">A</text>" in plots.chains().svg
    ax = plots.chains(ax=Figure().add_subplot())
    assert [text.get_text() for text in ax.texts] == ["A", "B", "C"]
