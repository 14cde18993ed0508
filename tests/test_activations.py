"""Each activation against its definition, its derivative against a complex step."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers import activations
from helpers.activations import ACTIVATIONS, identity, relu, sigmoid, softmax, tanh

ELEMENTWISE = ("sigmoid", "tanh", "relu", "identity")
LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}
fixed = settings(derandomize=True, deadline=None, max_examples=100)
rows = arrays(float, (3, 4), elements=st.floats(-1e3, 1e3))


def prime(name):
    return getattr(activations, name + "_prime")


def test_values_of_the_definitions():
    z = np.array([-3.0, -0.5, 0.0, 0.5, 3.0])
    np.testing.assert_allclose(sigmoid(z), [1 / (1 + math.exp(-v)) for v in z], rtol=4e-16)
    np.testing.assert_allclose(tanh(z), [math.tanh(v) for v in z], rtol=4e-16)
    assert relu(z).tolist() == [0, 0, 0, 0.5, 3]
    assert identity(z).tolist() == z.tolist()
    y = [math.exp(v) for v in z]
    np.testing.assert_allclose(softmax(z), np.array(y) / sum(y), rtol=4e-16)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_derivative_is_the_complex_step(name):
    z = np.array([[-20.0, -3.0, -0.3], [0.2, 2.0, 25.0]])
    step = ACTIVATIONS[name].f(z + 1e-20j).imag / 1e-20
    np.testing.assert_allclose(prime(name)(z), step, rtol=1e-9, atol=1e-16)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_pull_back_is_the_complex_step_of_a_weighted_sum(name):
    rng = np.random.default_rng(1)
    z, e = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    f, out = ACTIVATIONS[name], np.empty((3, 4))
    f.pull_back(e, z, f.f(z), out)
    for row, col in np.ndindex(z.shape):
        nudged = z.astype(complex)
        nudged[row, col] += 1e-20j
        slope = (e * f.f(nudged)).sum().imag / 1e-20
        assert out[row, col] == pytest.approx(slope, rel=1e-13, abs=1e-16)


def test_relu_takes_slope_zero_at_its_kink():
    assert activations.relu_prime(0.0) == 0
    assert activations.relu_prime([-1e-300, 0.0, 1e-300]).tolist() == [0, 0, 1]


def test_extreme_net_inputs_stay_silent_and_reach_their_limits():
    with np.errstate(**LOUD):
        assert sigmoid([-1e308, -1000.0, 1000.0, 1e308]).tolist() == [0, 0, 1, 1]
        assert sigmoid(-700.0) == pytest.approx(math.exp(-700), rel=1e-12)
        assert activations.sigmoid_prime([-1000.0, 1000.0]).tolist() == [0, 0]
        assert tanh([-1000.0, 1000.0]).tolist() == [-1, 1]
        assert softmax([1000.0, 0.0, -1000.0]).tolist() == [1, 0, 0]
        assert softmax([1e308, 1e308, 0.0]).tolist() == [0.5, 0.5, 0]
        assert softmax([-1e308, -1e308]).tolist() == [0.5, 0.5]
        assert softmax([8e307, -8e307]).tolist() == [1, 0]


@fixed
@given(rows, st.floats(-1e3, 1e3))
def test_softmax_rows_sum_to_one_and_forget_a_common_shift(z, shift):
    y = softmax(z)
    assert (y >= 0).all()
    np.testing.assert_allclose(y.sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(softmax(z + shift), y, rtol=1e-11, atol=1e-300)


@fixed
@given(rows)
def test_sigmoid_is_symmetric_and_half_a_tanh(z):
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)
    np.testing.assert_allclose(sigmoid(z), 0.5 * (1 + tanh(z / 2)), rtol=0, atol=2e-16)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [[1, -2, 3], [[1, 2], [3, 4]], np.array([1, 2], dtype=np.float32)])
def test_lists_and_integers_become_float64_of_the_same_shape(name, z):
    h = ACTIVATIONS[name].f(z)
    assert h.dtype == np.float64
    assert h.shape == np.shape(z)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_a_number_gives_a_number(name):
    assert np.ndim(ACTIVATIONS[name].f(0.3)) == 0
    assert np.ndim(prime(name)(0.3)) == 0


def test_softmax_of_one_number_is_refused():
    with pytest.raises(ValueError, match=r"needs a row.*0\.3"):
        softmax(0.3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_input_is_left_alone_and_out_is_filled(name):
    z = np.array([[1.0, -2.0, 0.5]])
    before, out = z.copy(), np.empty_like(z)
    h = ACTIVATIONS[name].f(z)
    ACTIVATIONS[name].f(z, out=out)
    assert (z == before).all()
    assert (out == h).all()
    assert not np.shares_memory(h, z)
