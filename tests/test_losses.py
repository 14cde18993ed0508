"""Losses: values, slopes, extreme outputs, and refusals."""

import math
import re

import numpy as np
import pytest

from helpers.activations import ACTIVATIONS
from helpers.losses import LOSSES, cross_entropy, log_loss, squared_error
from helpers.network import Network

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}
FUNCTIONS = {"squared": squared_error, "log": log_loss, "cross-entropy": cross_entropy}
OUTPUT = {"squared": "sigmoid", "log": "sigmoid", "cross-entropy": "softmax"}


def test_values_by_hand():
    assert squared_error([0.5, 0.0], [1.0, 2.0]) == 0.5 * (0.25 + 4)
    assert log_loss([0.25], [1]) == pytest.approx(math.log(4), rel=1e-15)
    assert log_loss([0.25, 0.5], [0, 0.5]) == pytest.approx(
        -math.log(0.75) + math.log(2), rel=1e-15
    )
    assert cross_entropy([0.25, 0.75], [1, 0]) == pytest.approx(math.log(4), rel=1e-15)


def test_summed_over_outputs_averaged_over_examples():
    y, t = np.array([[0.1, 0.9], [0.4, 0.6], [0.7, 0.3]]), np.array([[0, 1], [1, 0], [0.5, 0.5]])
    for loss in FUNCTIONS.values():
        assert loss(y, t) == pytest.approx(np.mean([loss(a, b) for a, b in zip(y, t)]), rel=1e-15)


@pytest.mark.parametrize("name", LOSSES)
def test_errors_from_z_add_up_to_the_loss_of_y(name):
    rng = np.random.default_rng(3)
    z = rng.normal(size=(5, 3))
    t = ACTIVATIONS["softmax"].f(rng.normal(size=(5, 3)))
    y = ACTIVATIONS[OUTPUT[name]].f(z)
    e = LOSSES[name].errors(y, t, z)
    assert e.shape == y.shape
    assert e.sum() / 5 == pytest.approx(FUNCTIONS[name](y, t), rel=1e-14)


def test_log_of_zero_costs_infinity_only_where_it_counts():
    with np.errstate(**LOUD):
        assert log_loss([1.0, 0.0], [1, 0]) == 0
        assert log_loss([0.0], [1]) == math.inf
        assert log_loss([1.0], [0]) == math.inf
        assert cross_entropy([1.0, 0.0], [1, 0]) == 0
        assert cross_entropy([0.0, 1.0], [1, 0]) == math.inf


@pytest.mark.parametrize("z", [1000.0, 30.0, -30.0, -1000.0])
@pytest.mark.parametrize("t", [0.0, 1.0, 0.25])
def test_log_loss_of_a_saturated_unit_is_its_exact_limit(z, t):
    """ln(1 + exp z) - t z is z (1 - t) for large z and -t z for small; dE/dz = sigma(z) - t."""
    net = Network([[[0.0], [1.0]]], loss="log")
    sigma = 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
    with np.errstate(**LOUD):
        E, g = net.error([z], [t]), net.gradient([z], [t])
    assert E == pytest.approx(max(z, 0) - t * z + math.log1p(math.exp(-abs(z))), rel=1e-15)
    assert g.parameters.tolist() == pytest.approx([sigma - t, (sigma - t) * z], rel=1e-14)


@pytest.mark.parametrize("size", [30.0, 1000.0, 1e308])
def test_cross_entropy_of_a_saturated_softmax_is_its_exact_limit(size):
    """Right and sure costs nothing; wrong and sure costs the difference of the two z."""
    net = Network([[[size, 0.0, 0.0], [0.0, 0.0, 0.0]]], output="softmax", loss="cross-entropy")
    with np.errstate(**LOUD):
        right, wrong = net.error([1.0], [1, 0, 0]), net.error([1.0], [0, 1, 0])
        g = net.gradient([1.0], [0, 1, 0]).weights[0][0]
    assert right == pytest.approx(math.log1p(2 * math.exp(-size)), rel=1e-2, abs=1e-15)
    assert wrong == pytest.approx(size, rel=1e-12)
    assert g.tolist() == pytest.approx([1, -1, math.exp(-size)], rel=1e-12)


def test_cross_entropy_over_the_whole_range_of_floats():
    net = Network([[[8e307, -8e307], [0.0, 0.0]]], output="softmax", loss="cross-entropy")
    with np.errstate(**LOUD):
        assert net.error([1.0], [1, 0]) == 0
        assert net.gradient([1.0], [1, 0]).weights[0][0].tolist() == [0, 0]


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("loss", LOSSES)
def test_saturated_networks_have_no_nan_and_give_no_warning(hidden, loss):
    net = Network.random((3, 4, 2), 5, hidden=hidden, output=OUTPUT[loss], loss=loss)
    with np.errstate(**LOUD):
        for scale in (1e3, -1e3, 1e5):
            x = scale * np.array([[1.0, -2.0, 0.5], [0.3, 1.0, -1.0]])
            assert np.isfinite(net.error(x, [[1, 0], [0, 1]]))
            assert np.isfinite(net.gradient(x, [[1, 0], [0, 1]]).parameters).all()


@pytest.mark.parametrize("loss", FUNCTIONS.values())
@pytest.mark.parametrize("shapes", [((3,), (3, 1)), ((2, 3), (3, 2)), ((4,), (3,))])
def test_shapes_that_do_not_match_are_named(loss, shapes):
    with pytest.raises(ValueError, match=".*".join(re.escape(str(s)) for s in shapes)):
        loss(np.full(shapes[0], 0.5), np.full(shapes[1], 0.5))


@pytest.mark.parametrize("loss", FUNCTIONS.values())
@pytest.mark.parametrize("shape", [(0,), (0, 3)])
def test_nothing_has_no_loss(loss, shape):
    with pytest.raises(ValueError, match=r"empty.*" + re.escape(str(shape))):
        loss(np.zeros(shape), np.zeros(shape))


@pytest.mark.parametrize("loss", FUNCTIONS.values())
@pytest.mark.parametrize("bad", [[0.5, np.nan], ["a", "b"], [None, 1], [[1], [1, 2]]])
def test_nan_and_text_are_refused(loss, bad):
    with pytest.raises(ValueError, match=r"^[yt] "):
        loss(bad, [0.5, 0.5])
    with pytest.raises(ValueError, match=r"^[yt] "):
        loss([0.5, 0.5], bad)


@pytest.mark.parametrize(
    ("loss", "y", "t"),
    [
        (log_loss, [0.5, 1.5], [0, 1]),
        (log_loss, [0.5, -0.1], [0, 1]),
        (log_loss, [0.5, 0.5], [0, 2]),
        (cross_entropy, [-0.5, 1.5], [0, 1]),
        (cross_entropy, [0.5, 0.5], [1, 1]),
    ],
)
def test_what_is_no_probability_is_refused_with_its_shape(loss, y, t):
    with pytest.raises(ValueError, match=r"\(2,\)"):
        loss(y, t)


def test_integers_do_not_wrap_around():
    assert squared_error(np.array([1], np.uint8), np.array([0], np.uint8)) == 0.5
    assert squared_error(np.array([True]), np.array([False])) == 0.5


def test_losses_leave_their_arguments_alone():
    y, t = np.array([0.2, 0.8]), np.array([0.0, 1.0])
    for loss in FUNCTIONS.values():
        loss(y, t)
    assert y.tolist() == [0.2, 0.8]
    assert t.tolist() == [0, 1]
