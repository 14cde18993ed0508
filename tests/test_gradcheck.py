"""Gradient checking: it agrees where it should, and finds what is planted."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from test_network import fixed, networks

from helpers import examples
from helpers.gradcheck import (
    _nearest_kink,
    check_gradient,
    complex_step_gradient,
    numerical_gradient,
    numerical_slope,
    relative_error,
)
from helpers.network import Network


@fixed
@given(networks())
def test_backpropagation_passes_its_check_for_any_network(case):
    net, x, t = case
    assume(_nearest_kink(net, x) > 1e-4)
    outcome = check_gradient(net, x, t)
    assert outcome.ok, str(outcome)


def test_a_wrong_entry_is_found_and_located():
    net, x, t = examples.schematic()
    for layer, row, col in ((0, 0, 2), (0, 2, 1), (1, 3, 0)):
        g = net.gradient(x, t)
        g.weights[layer][row, col] *= 1.01
        outcome = check_gradient(net, x, t, g)
        assert not outcome.ok
        assert outcome.where == (layer, row, col)
        assert outcome.worst == pytest.approx(0.01 / 1.01, rel=1e-3)
        assert outcome.verdict.startswith("The gradient is wrong.")
        assert f"weights[{layer}][{row}, {col}]" in str(outcome)
        assert outcome.given == g.weights[layer][row, col]


def test_the_published_slip_is_found():
    """The hidden gradients from the already updated output weights: E hides it, this does not."""
    net, x, t = examples.worked()
    g, stale = net.gradient(x, t), net.copy()
    stale.U[1:] -= 0.5 * g.dE_dU[1:]
    p = stale.forward(x)
    p.make_room_for_errors()
    p.delta_y[...] = net.backward(net.forward(x), t).dE_dU[0]
    e = p.delta_y @ stale.U[1:].T
    g.dE_dW[...] = np.outer([1, *x], e * p.h * (1 - p.h))
    outcome = check_gradient(net, x, t, g)
    assert not outcome.ok
    assert outcome.where[0] == 0


def test_a_gradient_may_be_a_list_of_arrays():
    net, x, t = examples.schematic()
    assert check_gradient(net, x, t, [g.tolist() for g in net.gradient(x, t).weights]).ok


def test_doubt_and_kink_have_verdicts_of_their_own():
    net, x, t = examples.schematic()
    g = net.gradient(x, t)
    g.parameters[...] *= 1 + 1e-5
    assert check_gradient(net, x, t, g).verdict.startswith("Doubtful")
    relu = Network([[[0.0], [1.0]], [[0.0], [1.0]]], hidden="relu", output="identity")
    outcome = check_gradient(relu, [0.0], [1.0])
    assert outcome.verdict.startswith("Not decided: a ReLU unit has z = 0.0e+00")
    assert not outcome.ok


@pytest.mark.parametrize("method", [numerical_gradient, complex_step_gradient, check_gradient])
def test_the_network_is_put_back_bit_for_bit(method):
    net, x, t = examples.schematic()
    net.parameters *= 1 / 3
    before = net.parameters.tobytes()
    method(net, x, t, epsilon=0.7)  # w - 0.7 + 0.7 would lose bits of w
    assert net.parameters.tobytes() == before


def test_the_network_is_put_back_when_the_error_raises():
    net, x, t = examples.schematic()
    before, calls = net.parameters.tobytes(), []

    class Failing(Network):
        def error(self, x, t):
            calls.append(1)
            if len(calls) == 4:
                raise KeyboardInterrupt
            return super().error(x, t)

    net.__class__ = Failing
    with pytest.raises(KeyboardInterrupt):
        numerical_gradient(net, x, t)
    assert net.parameters.tobytes() == before


def test_slopes_of_any_function():
    assert numerical_slope(math.sin, 0.7) == pytest.approx(math.cos(0.7), rel=1e-9)
    w = np.array([[1.0, 2.0], [3.0, -4.0]])
    np.testing.assert_allclose(numerical_slope(lambda v: (v**3).sum(), w), 3 * w**2, rtol=1e-8)
    assert w.tolist() == [[1, 2], [3, -4]]
    assert numerical_slope(lambda v: float(v @ v), [3, 1]) == pytest.approx([6, 2], rel=1e-9)


def test_a_smaller_epsilon_cuts_off_less_until_rounding_wins():
    errors = [abs(numerical_slope(math.exp, 1.0, e) - math.e) for e in (1e-2, 1e-4, 1e-13)]
    assert errors[1] < errors[0] * 1e-3
    assert errors[2] > errors[1] * 100


def test_relative_error_and_its_corners():
    assert relative_error(0.0, 0.0) == 0
    assert relative_error(1.0, 1.1) == pytest.approx(0.1 / 1.1)
    assert relative_error(1.0, -1.0) == 2
    assert relative_error(0.0, 1e-30) == 1
    assert relative_error(0.0, 1e-30, floor=1e-10) == pytest.approx(1e-20)
    corners = relative_error([0.0, np.nan, np.inf, 1.0], [0.0, 1.0, np.inf, np.nan])
    assert corners.tolist() == [0, np.inf, np.inf, np.inf]
    with pytest.raises(ValueError, match=r"\(3,\) and \(3, 1\)"):
        relative_error(np.zeros(3), np.zeros((3, 1)))


def test_nan_never_agrees():
    net, x, t = examples.schematic()
    g = net.gradient(x, t)
    g.dE_dU[2, 1] = np.nan
    outcome = check_gradient(net, x, t, g)
    assert outcome.worst == np.inf
    assert outcome.where == (1, 2, 1)


@pytest.mark.parametrize("epsilon", [0, -1e-6, math.nan, math.inf, None, "small", [1e-6]])
def test_bad_epsilons_are_refused(epsilon):
    net, x, t = examples.schematic()
    for call in (numerical_gradient, complex_step_gradient):
        with pytest.raises(ValueError, match="epsilon must be"):
            call(net, x, t, epsilon)
    with pytest.raises(ValueError, match="epsilon must be"):
        numerical_slope(math.sin, 1.0, epsilon)


def test_a_gradient_of_another_shape_is_refused_with_both():
    net, x, t = examples.schematic()
    with pytest.raises(ValueError, match=r"\(2, 3\).*\(3, 3\)"):
        check_gradient(net, x, t, [np.zeros((2, 3)), np.zeros((4, 2))])


@pytest.mark.parametrize("gradient", [3, "text", ["a", "b"], [[1, [2]], [3]]])
def test_what_is_no_gradient_is_refused(gradient):
    net, x, t = examples.schematic()
    with pytest.raises(ValueError, match="list with an array of numbers per layer"):
        check_gradient(net, x, t, gradient)
