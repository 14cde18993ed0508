"""The bell curves of chapter 02, on their data."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import plots

PRICES = [2.0, 2.6, 2.3]


def test_the_curves_are_densities_around_the_predictions():
    *_, best, other = plots.bells(PRICES, 2.3, 4).chart.lines
    for line, y in ((best, 2.3), (other, 4)):
        assert line.x[line.y.argmax()] == pytest.approx(y, abs=0.03)
        assert line.y.sum() * (line.x[1] - line.x[0]) == pytest.approx(1, abs=3e-3)
        at = np.interp([y - 1, y + 1], line.x, line.y) / line.y.max()
        assert at == pytest.approx(np.exp(-0.5), abs=1e-3)  # the width is 1


def test_a_line_goes_up_from_each_price_to_the_best_curve():
    *sticks, best, _ = plots.bells(PRICES, 2.3, 4).chart.lines
    assert [list(each.x) for each in sticks] == [[p, p] for p in PRICES]
    assert [each.y[0] for each in sticks] == [0, 0, 0]
    assert [each.y[1] for each in sticks] == pytest.approx(
        list(np.interp(PRICES, best.x, best.y)), abs=1e-4
    )


def test_words_say_what_the_picture_shows():
    shown = plots.bells(PRICES, 2.3, 4)
    ElementTree.fromstring(shown.svg)
    assert shown.caption == (
        "Over all the prices the bell around 2.3 is higher than the one around 4."
    )
    assert "at 2 0.3814 and 0.0540; at 2.6 0.3814 and 0.1497; at 2.3 0.3989 and 0.0940" in shown.alt


def test_on_axes_of_the_readers_own():
    plt = pytest.importorskip("matplotlib.pyplot")
    _, ax = plt.subplots()
    assert plots.bells(PRICES, 2.3, 4, ax=ax) is ax
    assert len(ax.lines) == 5
    plt.close()
