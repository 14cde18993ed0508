"""The backward pass with slips: right without them, wrong with each of them."""

import functools
import re
import tomllib

import numpy as np
import pytest

import helpers.losses
from helpers import examples, quadratic, training
from helpers.activations import sigmoid, softmax
from helpers.checks import registry
from helpers.mistakes import (
    CATALOGUE,
    arrays,
    backward,
    catalogue,
    descent,
    forward,
    hidden,
    losses,
    momentum,
    steps,
)  # fmt: skip
from helpers.network import Network

LOSSES = (("squared", "sigmoid"), ("log", "sigmoid"), ("cross-entropy", "softmax"))


def a_network(loss="squared", output="sigmoid", sizes=(3, 4, 2), n=5, seed=3):
    net = Network.random(sizes, seed, output=output, loss=loss)
    rng = np.random.default_rng(seed)
    net.parameters += 0.3 * rng.standard_normal(net.parameters.shape)
    x, t = rng.standard_normal((n, sizes[0])), rng.random((n, sizes[-1]))
    return net, x, t / t.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(("loss", "output"), LOSSES)
def test_without_slips_it_is_the_canonical_implementation(loss, output):
    net, x, t = a_network(loss, output)
    p = net.forward(x)
    g = net.backward(p, t)
    v = forward.forward(x, net.W, net.U, output=output)
    b = backward.backward(v, t, net.U, loss=loss)
    for mine, theirs in (
        (v.z_h, p.z_h), (v.h, p.h), (v.z_y, p.z_y), (v.y, p.y), (b.delta_y, p.delta_y),
        (b.delta_h, p.delta_h), (b.dE_dU, g.dE_dU), (b.dE_dW, g.dE_dW),
    ):  # fmt: skip
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("sizes", [(3, 4, 2), (2, 3, 5), (2, 2, 2)])
def test_the_way_back_without_slips_is_the_canonical_one(sizes):
    net, X, T = a_network(sizes=sizes)
    x, t = X[0], T[0]
    p = net.forward(x)
    g = net.backward(p, t)
    same = functools.partial(np.testing.assert_allclose, rtol=1e-12, atol=1e-15)
    same(hidden.hidden_delta(p.delta_y, net.U, p.h), p.delta_h)
    same(hidden.first_layer_gradient(x, p.h, p.delta_y, net.U), g.dE_dW)
    same(hidden.first_gradient(x, net.W, net.U[:, :2], t[:2]),
         Network([net.W, net.U[:, :2]]).gradient(x, t[:2]).dE_dW[1, 0])  # fmt: skip
    W, U = descent.learn(net.W, net.U, x, t, 0.7, 3)
    trained = net.copy()
    training.train(trained, x, t, eta=0.7, epochs=3)
    same(W, trained.W)
    same(U, trained.U)


def test_three_layers_without_slips_are_the_canonical_ones():
    net, X, T = a_network(sizes=(2, 3, 4, 2))
    g = net.gradient(X[0], T[0])
    for mine, theirs in zip(descent.three_layers(X[0], T[0], *net.weights), g.weights, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


def test_the_published_step_gives_the_published_error():
    net, x, t = examples.worked()
    for slips, E in (((), 0.291027924), (("step-done-rightly",), 0.291027774)):
        moved = net.copy()
        moved.weights = descent.published_step(net.W, net.U, x, t, 0.5, slips)
        assert moved.error(x, t) == pytest.approx(E, abs=5e-10)


def test_the_losses_without_slips_are_the_canonical_ones():
    rng = np.random.default_rng(4)
    y, t, z = rng.random((5, 3)), rng.integers(0, 2, (5, 3)), 3 * rng.standard_normal((5, 3))
    for a, b, c in ((y, t, z), (y[0], t[0], z[0])):
        assert losses.squared(a, b) == pytest.approx(helpers.losses.squared_error(a, b), rel=1e-12)
        assert losses.log(a, b) == pytest.approx(helpers.losses.log_loss(a, b), rel=1e-12)
        want = helpers.losses.log_loss(sigmoid(c), b)
        assert losses.log_from_z(c, b) == pytest.approx(want, rel=1e-12)
        np.testing.assert_allclose(losses.softmax(c), softmax(c), rtol=1e-12)


def or_raises(function, *arguments):
    """The result, or NaN where the slip raises, as a missing transpose does."""
    try:
        return function(*arguments)
    except (ValueError, IndexError):
        return np.nan


def all_passes(net, x, t, slips, loss, output):
    v = forward.forward(x, net.W, net.U, slips, output)
    b = backward.backward(v, t, net.U, slips, loss)
    return np.concatenate([
        np.ravel(a) for a in (v.z_h, v.h, v.z_y, v.y, b.delta_y, b.dE_dU, b.delta_h, b.dE_dW)
    ])  # fmt: skip


def everything(slips):
    """All that the modules compute, for square and other shapes, as one list."""
    results = all_arrays(slips)
    for (loss, output), sizes in ((pair, s) for pair in LOSSES for s in ((3, 4, 2), (3, 3, 3))):
        net, x, t = a_network(loss, output, sizes)
        results.append(or_raises(all_passes, net, x, t, slips, loss, output))
        results.append(or_raises(forward.nodes, x[0], net.W, net.U, slips))
    return results + all_steps(slips)


def all_arrays(slips):
    net, x, t = a_network(sizes=(2, 2, 2))
    t = t - 5
    pairs = [(t[0], x[0]), (t[0][:, None], x[0]), (t[0], x[0][:, None]), (t[:, :1], x[:, :1])]
    pairs += [(y, t) for t, y in pairs]
    return [
        arrays.make_input(x[0], t[0], slips),
        *(np.array(s) for s in arrays.network_shapes(2, 4, 3, slips).values()),
        *(arrays.difference(t, y, slips) for t, y in pairs),
        *(arrays.add_one(each, slips) for each in (x, x[0])),
        forward.first_net_input(x[0], net.W, net.U, slips),
    ]


def all_steps(slips):
    scales = np.array([1.0, 3.0])

    def gradient(w):
        return scales * w

    w = np.array([0.7, -0.4])
    return [
        steps.numerical_slope(np.sin, 0.7, slips=slips),
        steps.descend(gradient, w, 0.2, slips=slips),
    ]


def differs(one, other):
    return any(
        np.shape(a) != np.shape(b) or not np.allclose(a, b, rtol=1e-9, atol=1e-12)
        for a, b in zip(one, other, strict=True)
    )


NAMED_BY_A_CHECK = {slip for exercise in registry.exercises() for slip in exercise.slips}


@pytest.mark.parametrize("slip", [slip for slip in CATALOGUE if slip not in NAMED_BY_A_CHECK])
def test_every_slip_that_waits_for_its_exercise_changes_something(slip):
    """Those that an exercise names are handed in as a learner writes them, in test_diagnosis."""
    assert differs(everything({slip}), everything(set()))


def test_the_catalogue_is_large_and_its_sentences_are_sentences():
    assert len(CATALOGUE) >= 50
    for mistake in CATALOGUE.values():
        assert re.match(
            r"(You|Your|The|This|These|Each|Every|Both|All|At the) .*[.]$", mistake.says
        )
        assert not re.search(r"[.?!] ", mistake.says), mistake  # one sentence
        assert len(mistake.says) < 200, mistake
        assert re.match(r"chapter \d\d, ", mistake.reread), mistake
        assert not re.search(r"simpl|obvious|just|wrong answer|of course", mistake.says), mistake


def test_no_slip_is_in_the_catalogue_twice():
    """A second sentence under another place would silently take the place of the first."""
    places = tomllib.loads(catalogue.SENTENCES.read_text(encoding="utf-8"))
    ids = [slip for sentences in places.values() for slip in sentences]
    assert not {slip for slip in ids if ids.count(slip) > 1}


def test_every_switch_in_the_code_is_in_the_catalogue():
    folder = catalogue.SENTENCES.parent
    code = "".join(each.read_text() for each in folder.glob("*.py"))
    switches = set(re.findall(r'on\("([\w-]+)"\)|"([\w-]+)" (?:not )?in slips', code))
    assert {a or b for a, b in switches} <= set(CATALOGUE)


def test_one_sided_and_reference_slopes_agree():
    assert steps.numerical_slope(np.sin, 0.7) == pytest.approx(np.cos(0.7), rel=1e-9)


def test_momentum_without_slips_is_the_canonical_one():
    w, v, path = 1.0, 0.0, []
    for _ in range(4):
        w, v = momentum.one_step(w, v, w, 0.2, 0.9)
        path.append(w)
    np.testing.assert_allclose(path, [0.8, 0.46, 0.062, -0.3086], rtol=1e-12)
    net, x, t = examples.worked()
    W, U = momentum.learn(net.W, net.U, x, t, 0.5, 0.9, 7)
    training.train(net, x, t, eta=0.5, mu=0.9, epochs=7, biases="frozen")
    np.testing.assert_allclose(W, net.W, rtol=1e-12)
    np.testing.assert_allclose(U, net.U, rtol=1e-12)


def test_nesterov_without_slips_is_the_canonical_one():
    w, v, path = 1.0, 0.0, []
    for _ in range(3):
        w, v = momentum.nesterov_step(lambda w: w, w, v, 0.2, 0.9)
        path.append(w)
    np.testing.assert_allclose(path, quadratic.iterate([1.0], [1.0], 0.2, 0.9, 3, True)[1:, 0])
    assert momentum.largest_eta([2.0, 5.0], 0.9) == quadratic.largest_eta(5.0, 0.9)
