"""The two passes: the published numbers, batches, extreme and refused input, no aliasing."""

import copy
import json
import pickle
import re
from decimal import Decimal, getcontext
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import examples
from helpers.activations import ACTIVATIONS
from helpers.losses import LOSSES
from helpers.network import Network, with_one

REFERENCE = json.loads(Path(__file__).with_name("reference_numbers.json").read_text("utf-8"))
fixed = settings(derandomize=True, deadline=None, max_examples=60)


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=0)


# The worked example, 2-2-2


def test_every_forward_value_of_the_worked_example():
    net, x, t = examples.worked()
    p, ref = net.forward(x), REFERENCE["forward"]
    close(p.z_h, ref["net_h"])
    close(p.h, ref["out_h"])
    close(p.z_y, ref["net_o"])
    close(p.y, ref["out_o"])
    close(net.errors(x, t), ref["E_o"])
    close(net.error(x, t), ref["E_total"])


def test_every_gradient_of_the_worked_example():
    net, x, t = examples.worked()
    p, ref = net.forward(x), REFERENCE["backward"]
    g = net.backward(p, t)
    close(p.delta_y, ref["delta_o"])
    close(p._row(p.E, 0), ref["dE_dout_h"])
    close(p.delta_h, ref["delta_h"])
    names = examples.worked().names
    for k, slope in enumerate(ref["dE_dw"], start=1):
        ((layer, row, col),) = names[f"w{k}"]
        close(g.weights[layer][row, col], slope)
    close([*g.dE_dW[0], *g.dE_dU[0]], ref["dE_db_per_neuron"])
    close([g.dE_dW[0].sum(), g.dE_dU[0].sum()], [ref["dE_db1"], ref["dE_db2"]])


# The schematic example, 2-3-2, against 40-digit arithmetic written out here


def schematic_in_decimals():
    getcontext().prec = 40
    d = [[Decimal(s) for s in row.split()] for row in (".6 -.8", ".9 .2", ".05 -.1 .2", ".15 -.05")]
    x, t, b_h, b_y = d
    W = [[Decimal(s) for s in row.split()] for row in (".1 .2 .3", ".4 -.5 .6")]
    U = [[Decimal(s) for s in row.split()] for row in (".7 -.2", ".3 .5", "-.6 .1")]

    def forward():
        h = [1 / (1 + (-(b_h[j] + x[0] * W[0][j] + x[1] * W[1][j])).exp()) for j in range(3)]
        z = [b_y[k] + sum(h[j] * U[j][k] for j in range(3)) for k in range(2)]
        y = [1 / (1 + (-v).exp()) for v in z]
        return h, y, sum((b - a) ** 2 for a, b in zip(y, t)) / 2

    h, y, E = forward()
    delta_y = [(y[k] - t[k]) * y[k] * (1 - y[k]) for k in range(2)]
    delta_h = [sum(delta_y[k] * U[j][k] for k in range(2)) * h[j] * (1 - h[j]) for j in range(3)]
    dE_dU = [delta_y, *([h[j] * delta_y[k] for k in range(2)] for j in range(3))]
    dE_dW = [delta_h, *([x[i] * d for d in delta_h] for i in range(2))]
    for rows, slopes in ((W, dE_dW), (U, dE_dU)):
        for i, row in enumerate(rows):
            rows[i] = [w - s / 2 for w, s in zip(row, slopes[i + 1])]
    b_h = [b - s / 2 for b, s in zip(b_h, delta_h)]
    b_y = [b - s / 2 for b, s in zip(b_y, delta_y)]
    return h, y, E, delta_y, delta_h, dE_dW, dE_dU, forward()[2]


def as_floats(values):
    return np.array(values, dtype=float)


def test_the_schematic_example():
    net, x, t = examples.schematic()
    h, y, E, delta_y, delta_h, dE_dW, dE_dU, E_after = schematic_in_decimals()
    p = net.forward(x)
    g = net.backward(p, t)
    for actual, expected in ((p.h, h), (p.y, y), (p.delta_y, delta_y), (p.delta_h, delta_h)):
        close(actual, as_floats(expected))
    close(net.error(x, t), float(E))
    close(g.dE_dW, as_floats(dE_dW))
    close(g.dE_dU, as_floats(dE_dU))
    net.parameters -= 0.5 * g.parameters
    close(net.error(x, t), float(E_after))


def test_the_numbers_that_the_text_prints_for_the_schematic_example():
    net, x, t = examples.schematic()
    p = net.forward(x)
    g = net.backward(p, t)
    printed = {
        0.11042658741936: net.error(x, t),
        -0.0753165234369: p.delta_y[0],
        0.0870976862388: p.delta_y[1],
        -0.0173433616190: p.delta_h[0],
        0.0050140809029: p.delta_h[1],
        0.0134412894359: p.delta_h[2],
        -0.0104060169714: g.dE_dW[1, 0],
        -0.0337186118211: g.dE_dU[1, 0],
    }
    for number, value in printed.items():
        assert value == pytest.approx(number, rel=1e-11)


# Properties


@st.composite
def networks(draw, hidden=("sigmoid", "tanh", "relu", "identity")):
    """A random network with x and t: any depth and width, any loss, biases of either sign."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    output = draw(st.sampled_from(LOSSES[loss].outputs))
    names = [draw(st.sampled_from(hidden)) for _ in sizes[2:]]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = [rng.normal(size=(a + 1, b)) for a, b in pairwise(sizes)]
    n = draw(st.integers(1, 6))
    t = ACTIVATIONS["softmax"].f(rng.normal(size=(n, sizes[-1])))
    return Network(weights, names, output, loss), rng.normal(size=(n, sizes[0])), t


def nearly(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-14)


@fixed
@given(networks())
def test_a_batch_is_its_examples_stacked(case):
    net, x, _ = case
    nearly(net.forward(x).y, [net.forward(row).y for row in x])


@fixed
@given(networks())
def test_E_and_gradient_of_a_batch_are_means(case):
    net, x, t = case
    nearly(net.error(x, t), np.mean([net.error(a, b) for a, b in zip(x, t)]))
    singles = [net.gradient(a, b).parameters for a, b in zip(x, t)]
    nearly(net.gradient(x, t).parameters, np.mean(singles, axis=0))
    nearly(net.errors(x, t).sum() / len(x), net.error(x, t))


@fixed
@given(networks(), st.data())
def test_permuting_hidden_units_changes_nothing(case, data):
    net, x, t = case
    assume(len(net.sizes) > 2)
    before, W, U = net.error(x, t), *net.copy().weights[:2]
    order = np.array(data.draw(st.permutations(range(net.sizes[1]))))
    net.weights[0], net.weights[1] = W[:, order], U[[0, *(order + 1)]]
    nearly(net.error(x, t), before)


@fixed
@given(networks())
def test_a_small_step_down_the_gradient_lowers_E(case):
    net, x, t = case
    before, g = net.error(x, t), net.gradient(x, t).parameters
    assume(np.linalg.norm(g) > 1e-3)
    net.parameters -= 1e-7 * g / np.linalg.norm(g)
    assert net.error(x, t) < before


@given(st.integers(1, 5), st.integers(1, 5))
@fixed
def test_with_one_puts_the_constant_in_front(n, width):
    x = np.random.default_rng(n).normal(size=(n, width))
    x1 = with_one(x)
    assert x1.shape == (n, width + 1)
    assert (x1[:, 0] == 1).all()
    assert (x1[:, 1:] == x).all()
    assert with_one(x[0]).tolist() == [1, *x[0]]


def test_with_one_refuses_other_shapes():
    for x in (3.0, np.zeros((2, 2, 2))):
        with pytest.raises(ValueError, match=r"\(n_in,\) or \(n, n_in\)"):
            with_one(x)


# Nothing is shared behind the reader's back


def test_results_of_two_calls_have_arrays_of_their_own():
    net, x, t = examples.schematic()
    p1, g1 = net.forward(x), net.gradient(x, t)
    y, h, slopes = p1.y.copy(), p1.h.copy(), g1.parameters.copy()
    net.forward(-x)
    net.backward(net.forward(-x), t)
    net.parameters += 1
    assert (p1.y == y).all()
    assert (p1.h == h).all()
    assert (g1.parameters == slopes).all()


@pytest.mark.parametrize("loss", LOSSES)
def test_inputs_are_never_changed(loss):
    output = "softmax" if loss == "cross-entropy" else "sigmoid"
    net = Network.random((3, 4, 2), output=output, loss=loss)
    x, t = np.ones((2, 3)), np.array([[1.0, 0.0], [0.0, 1.0]])
    x.flags.writeable = t.flags.writeable = False
    w = net.parameters.copy()
    net.error(x, t)
    net.gradient(x, t)
    assert (net.parameters == w).all()


def test_a_pass_does_not_follow_its_input():
    net, x, _ = examples.schematic()
    x = x.copy()
    p = net.forward(x)
    x[:] = 0
    assert p.x.tolist() == [0.6, -0.8]


def test_weights_are_copied_in_and_stay_views_of_the_parameters():
    W, U = np.ones((3, 2)), np.ones((3, 1))
    net = Network([W, U])
    W[:] = 5
    assert (net.parameters == 1).all()
    net.weights[0] = np.full((3, 2), 2.0)
    net.U = net.U * 3
    net.weights[1] -= 1
    assert net.parameters.tolist() == [2.0] * 6 + [2.0] * 3
    net.weights[:] = [np.zeros((3, 2)), np.zeros((3, 1))]
    assert not net.parameters.any()
    with pytest.raises(ValueError, match=r"\(3, 1\).*\(3, 2\)"):
        net.weights[1] = np.zeros((3, 2))


def test_new_weights_are_those_that_an_update_of_the_parameters_changes():
    net, x, t = examples.schematic()
    other = Network.random((2, 3, 2), seed=1)
    net.weights = [other.W, other.U]
    assert net.error(x, t) == other.error(x, t)
    net.parameters = net.parameters - 0.5 * net.gradient(x, t).parameters
    assert net.error(x, t) < other.error(x, t)
    with pytest.raises(ValueError, match=r"\(3, 3\).*\(3, 2\)"):
        net.weights = [np.zeros((3, 2)), np.zeros((4, 2))]


@pytest.mark.parametrize(
    "clone", [Network.copy, copy.deepcopy, copy.copy, lambda net: pickle.loads(pickle.dumps(net))]
)
def test_clones_are_whole_and_independent(clone):
    net = Network.random((3, 4, 2), hidden="tanh", output="softmax", loss="cross-entropy")
    x, t = np.ones(3), np.array([1.0, 0.0])
    before, other = net.error(x, t), clone(net)
    assert other.error(x, t) == before
    other.parameters += np.arange(other.parameters.size)
    assert other.error(x, t) != before
    assert net.error(x, t) == before


def test_deltas_before_a_backward_pass_say_what_is_missing():
    net, x, _ = examples.schematic()
    with pytest.raises(ValueError, match="backward"):
        _ = net.forward(x).delta_y


def test_the_same_seed_gives_the_same_network():
    a, b, c = (Network.random((5, 4, 3), seed) for seed in (1, 1, 2))
    assert (a.parameters == b.parameters).all()
    assert (a.parameters != c.parameters).any()
    assert not a.W[0].any()


# Refusals


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.zeros(2), "(2,)"),
        (np.zeros((4, 2)), "(4, 2)"),
        (np.zeros((3, 1)), "(3, 1)"),
        (np.zeros((1, 1, 3)), "(1, 1, 3)"),
        (np.zeros((0, 3)), "(0, 3)"),
        (1.0, "()"),
        ([[1, 2, np.nan]], "(1, 3)"),
        ([1, np.inf, 3], "(3,)"),
        (["a", "b", "c"], "numbers"),
        (None, "()"),
        ([[1, 2, 3], [4, 5]], "numbers"),
        ([1, None, 3], "(3,)"),
    ],
)
def test_bad_x_is_refused_with_its_shape(x, said):
    net = Network.random((3, 2, 2))
    for call in (net.forward, lambda x: net.error(x, [0, 1]), lambda x: net.gradient(x, [0, 1])):
        with pytest.raises(ValueError, match=re.escape(said)):
            call(x)


@pytest.mark.parametrize(
    ("t", "said"),
    [
        (np.zeros(2), "(2,)"),
        (np.zeros((5, 3)), "(5, 3)"),
        (np.zeros((4, 2)), "(4, 2)"),
        (np.zeros((0, 2)), "(0, 2)"),
        (np.full((5, 2), np.nan), "(5, 2)"),
    ],
)
def test_bad_t_is_refused_with_its_shape(t, said):
    net, x = Network.random((3, 2, 2)), np.zeros((5, 3))
    for call in (net.error, net.gradient, net.errors):
        with pytest.raises(ValueError, match=re.escape(said)):
            call(x, t)


@pytest.mark.parametrize(
    ("names", "t"),
    [
        ({"loss": "log"}, [0.5, 1.5]),
        ({"loss": "log"}, [-0.5, 0.5]),
        ({"output": "softmax", "loss": "cross-entropy"}, [0.5, 0.6]),
        ({"output": "softmax", "loss": "cross-entropy"}, [1.5, -0.5]),
    ],
)
def test_targets_that_the_loss_cannot_take_are_refused(names, t):
    with pytest.raises(ValueError, match=r"targets.*\(2,\)"):
        Network.random((3, 2), **names).error([1, 2, 3], t)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"hidden": "sigmoind"}, "'sigmoind'; choose from sigmoid, tanh"),
        ({"hidden": None}, "None"),
        ({"hidden": ["tanh", "tanh"]}, "2 activations for 1 hidden"),
        ({"hidden": [["tanh"]]}, "['tanh']"),
        ({"output": "softmx"}, "'softmx'"),
        ({"loss": "mse"}, "'mse'; choose from squared, log, cross-entropy"),
        ({"loss": None}, "None"),
        ({"loss": "log", "output": "softmax"}, "needs the output activation sigmoid"),
        ({"loss": "cross-entropy"}, "needs the output activation softmax"),
    ],
)
def test_unknown_names_are_refused(names, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        Network.random((3, 2, 2), **names)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([], "empty"),
        (None, "a list with one matrix per layer"),
        (np.zeros((3, 2)), "(3, 2)"),
        ([np.zeros((3, 2)), np.zeros((2, 2))], "[(3, 2), (2, 2)]"),
        ([np.zeros(3)], "[(3,)]"),
        ([np.zeros((1, 2))], "[(1, 2)]"),
        ([np.zeros((3, 0))], "[(3, 0)]"),
        ([np.full((3, 2), np.nan)], "(3, 2)"),
        ([[["a", "b"], ["c", "d"]]], "(2, 2)"),
        ([[[1, 2], [3]]], "a list with one matrix per layer"),
    ],
)
def test_bad_weights_are_refused(weights, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        Network(weights)


@pytest.mark.parametrize("sizes", [(), (3,), 3, (3, 0), (2.5, 1), ("3", "2"), None, (3, -1)])
def test_bad_sizes_are_refused(sizes):
    with pytest.raises(ValueError, match="sizes are whole numbers"):
        Network.random(sizes)
