"""The figures of chapter 02 are tested on their data."""

from __future__ import annotations

import re

import numpy as np
import pytest

from helpers import activations, losses, plots


@pytest.mark.parametrize("t", [0.0, 0.3, 1.0])
def test_both_curves_are_the_losses(t):
    squared, log = plots.loss_curves(t, mark=0.2).chart.lines
    for line, value in ((squared, losses.squared_error), (log, losses.log_loss)):
        for y, e in list(zip(line.x, line.y))[::7]:
            assert e == pytest.approx(value([y], [t]), rel=1e-12, abs=1e-15)


def test_the_marked_point_is_told_with_its_slopes():
    shown = plots.loss_curves(t=1, mark=0.1)
    for words in ("e = 0.4050, slope −0.9000", "e = 2.3026, slope −10.0000"):
        assert words in str(shown)
    assert [round(p.y, 4) for p in shown.chart.points] == [0.405, 2.3026]
    assert plots.loss_curves().chart.points == []


def test_bars_are_softmax():
    z = np.array([2.0, 1.0, -1.0])
    shown = plots.probabilities(z, t=[0, 1, 0])
    assert shown.p == pytest.approx(activations.softmax(z), rel=1e-12)
    assert "probability 0.7054" in str(shown)
    assert "targets are 0, 1, 0" in str(shown)
    drawn = shown._repr_mimebundle_()["image/svg+xml"]
    bars = [float(v) for v in re.findall(r'class="output"[^>]* height="([\d.]+)"', drawn)]
    assert np.array(bars) / 170 == pytest.approx(shown.p, abs=1e-3)
    assert "0.7405" in drawn  # the slope of class 2, p - t
    assert "0.7405" not in plots.probabilities(z)._repr_mimebundle_()["image/svg+xml"]


def test_on_an_axes(ax):
    assert plots.loss_curves(mark=0.3, ax=ax) is ax
    assert len(ax.lines) == 4
    ax.clear()
    assert plots.probabilities([1, 2], ax=ax) is ax
    assert [bar.get_height() for bar in ax.patches] == pytest.approx(
        activations.softmax(np.array([1.0, 2.0]))
    )


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: plots.loss_curves(t=2), "between 0 and 1"),
        (lambda: plots.loss_curves(mark=0), "0.01 to 0.99"),
        (lambda: plots.probabilities([1.0]), "two to six"),
        (lambda: plots.probabilities([1, 2, 3], t=[1, 1, 0]), "add up to 1"),
        (lambda: plots.probabilities([1, 2, 3], t=[1, 0]), "3 targets"),
    ],
)
def test_bad_arguments_are_refused_in_words(draw, words):
    with pytest.raises(ValueError, match=words):
        draw()


def test_figures_are_the_same_every_time():
    for draw in (lambda: plots.loss_curves(mark=0.3), lambda: plots.probabilities([1, 2, 3])):
        assert draw()._repr_mimebundle_() == draw()._repr_mimebundle_()
