"""The chords beside the tangent: their slopes, what is said of them, and the errors."""

import numpy as np
import pytest

from helpers import plots


def fourth(w):
    return w * w * w * w


def test_the_slopes_are_those_of_the_two_differences():
    shown = plots.chords(fourth, w=1.0, epsilon=0.4)
    assert shown.slopes["tangent"] == pytest.approx(4, rel=1e-9)
    assert shown.slopes["one-sided"] == pytest.approx((1.4**4 - 1) / 0.4)
    assert shown.slopes["centred"] == pytest.approx(4 + 4 * 0.4**2)


def test_the_chords_join_points_of_the_curve():
    curve, tangent, one_sided, centred = plots.chords(fourth, w=1.0, epsilon=0.4).chart.lines
    for chord, ends in ((one_sided, (1.0, 1.4)), (centred, (0.6, 1.4))):
        np.testing.assert_allclose(chord.x, ends)
        np.testing.assert_allclose(chord.y, [fourth(v) for v in ends])
    assert np.ptp(tangent.y) / np.ptp(tangent.x) == pytest.approx(4, rel=1e-9)
    np.testing.assert_allclose(curve.y, fourth(curve.x))


def test_the_words_hold_the_slopes():
    shown = plots.chords(fourth, w=1.0, epsilon=0.4)
    for number in ("4.00", "4.64", "7.10"):
        assert number in shown.caption
    assert "centred 4.640, one-sided 7.104" in shown.alt


def test_it_draws_on_axes():
    plt = pytest.importorskip("matplotlib.pyplot")
    figure, ax = plt.subplots()
    assert plots.chords(np.exp, ax=ax) is ax
    assert len(ax.lines) >= 4
    plt.close(figure)


def test_a_nudge_is_positive():
    with pytest.raises(ValueError, match="epsilon"):
        plots.chords(fourth, epsilon=0.0)
