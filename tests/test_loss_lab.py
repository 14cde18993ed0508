"""The loss lab without a browser: its numbers against the losses, its words, its messages."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import losses
from helpers.activations import sigmoid, softmax
from helpers.gradcheck import numerical_slope
from helpers.plots.loss_numbers import LOSS_NAMES
from helpers.widgets import LossLab

VALUE = {"squared": losses.squared_error, "log": losses.log_loss}


def look_up(lab, slider: int, position: int) -> dict[str, float]:
    """What the browser does: the state, with the numbers that this slider moves put in."""
    row, data = lab.sweep["rows"][slider], np.frombuffer(lab.sweep["data"], "<f4")
    state = list(lab.sweep["state"])
    for m, quantity in enumerate(row["moves"]):
        state[quantity] = data[row["start"] + m * (row["steps"] + 1) + position]
    return dict(zip([name for name, _ in lab.quantities()], state))


@pytest.mark.parametrize("y", [0.01, 0.3, 0.99])
@pytest.mark.parametrize("t", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_errors_and_slopes_of_one_output(y, t, loss):
    lab = LossLab(y=y, t=t)
    value = VALUE[loss]
    assert lab.e[loss] == pytest.approx(value([y], [t]), rel=1e-12, abs=1e-15)
    by_nudging = numerical_slope(lambda v: value([v], [t]), y, 1e-6)
    assert lab.de_dy[loss] == pytest.approx(by_nudging, rel=1e-6, abs=1e-8)
    z = np.log(y / (1 - y))
    along_z = numerical_slope(lambda v: value([sigmoid(v)], [t]), z, 1e-6)
    assert lab.de_dz[loss] == pytest.approx(along_z, rel=1e-6, abs=1e-8)


def test_the_three_classes():
    for z, c in (((0.5, 2.0, -1.0), 1), ((-6, 6, 0), 3), ((0, 0, 0), 2)):
        lab = LossLab(z=z, c=c)
        t = np.eye(3)[c - 1]
        p = softmax(np.array(z, float))
        assert lab.p == pytest.approx(p, rel=1e-12)
        assert pytest.approx(losses.cross_entropy(p, t), rel=1e-12) == lab.E
        assert lab.dE_dz == pytest.approx(p - t, rel=1e-12, abs=1e-15)
        assert lab.dE_dz.sum() == pytest.approx(0, abs=1e-15)


def test_every_position_of_every_slider_is_what_python_computes():
    lab = LossLab(y=0.3, t=0.8, z=(1.0, -0.5, 0.2), c=2)
    for i, name in enumerate(lab.values):
        slider = lab._sliders[name]
        for position in {0, slider.steps // 3, slider.steps}:
            found = look_up(lab, i, position)
            now = LossLab(y=0.3, t=0.8, z=(1.0, -0.5, 0.2), c=2)
            now.set(name, slider.grid()[position])
            for quantity, places in now.quantities():
                half = 0.501 * 10.0**-places
                assert found[quantity] == pytest.approx(now._now[quantity], abs=half), quantity


def test_the_squared_errors_slope_is_bounded_and_the_log_losss_is_not():
    lab = LossLab(y=0.01, t=1)
    assert abs(lab.de_dy["squared"]) < 1
    assert lab.de_dy["log"] == pytest.approx(-100)


def test_the_table_is_small():
    assert len(LossLab().sweep["data"]) < 300_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"y": 1.0}, "y takes numbers from 0.01 to 0.99"),
        ({"y": "much"}, "y needs a number"),
        ({"t": 2}, "t takes numbers from 0 to 1"),
        ({"z": (1, 2)}, "three scores"),
        ({"c": 4}, "c takes numbers from 1 to 3"),
        ({"c": 1.5}, "true class, 1, 2 or 3"),
    ],
)
def test_bad_arguments_are_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        LossLab(**arguments)


def test_a_bad_move_changes_nothing():
    lab = LossLab()
    with pytest.raises(ValueError, match="c is the true class"):
        lab.set(c=1.5, y=0.5)
    assert lab.y == 0.1
    assert lab.c == 1


def test_python_moves_it_watches_it_and_puts_it_back():
    lab, seen = LossLab(), []
    lab.observe(lambda change: seen.append(change.new), "E")
    lab.set(y=0.7, z1=3)
    assert lab.y == 0.7
    assert seen == [lab.E]
    lab.reset()
    assert lab.y == 0.1
    assert str(lab) == str(LossLab())


def test_without_a_browser_it_is_a_picture_with_words():
    lab = LossLab()
    data, _ = lab._repr_mimebundle_()
    assert "<img" in data["text/html"]
    assert "<svg" in data["image/svg+xml"]
    assert "data-form" not in data["image/svg+xml"]
    for words in ("y = 0.10, t = 1.00", "slope along y −10.0000", "cross-entropy E = 1.7413"):
        assert words in str(lab)


def test_the_live_pictures_hold_every_number():
    lab = LossLab()
    both = lab.picture + lab.spec["second"]
    for name in ("e_squared", "dy_log", "dz_log", "p_1", "slope_3", "E", "c"):
        assert f'data-q="{name}"' in both
    assert 'role="img"' in both or "aria-label" in both
