"""The claims of chapter 08, and the loop with slips against the canonical one."""

import functools
import warnings

import numpy as np
import pytest

from helpers import Network, check, examples, train, train_many
from helpers.checks import solved_share
from helpers.mistakes import seeds as seed_slips
from helpers.mistakes import training

_, X, T = examples.xor()


def gradient_step(net, eta, w, x, t):
    moved = net.copy()
    moved.parameters = w
    return w - eta * moved.gradient(x, t).parameters


def test_the_loop_without_slips_is_the_canonical_one():
    net = Network.random((2, 3, 1), 4, loss="log")
    probe = net.copy()

    def error(w):
        probe.parameters = w
        return probe.error(X, T)

    step = functools.partial(gradient_step, net, 3.0)
    w, steps = training.until(lambda w: step(w, X, T), error, net.parameters.copy(), 0.1, 2000)
    run = train(net, X, T, eta=3.0, epochs=2000, stop_below=0.1)
    assert run.stopped == "threshold"
    assert steps == run.updates[-1]
    np.testing.assert_allclose(w, net.parameters, rtol=1e-9)
    E = error(w)  # a threshold that is met exactly
    _, steps = training.until(lambda w: step(w, X, T), error, w, E, 1)
    assert steps == train(net, X, T, eta=3.0, epochs=1, stop_below=E).updates[-1] == 1


def test_an_epoch_without_slips_is_the_canonical_one():
    rng = np.random.default_rng(1)
    net, x, t = Network.random((3, 2, 2), 5), rng.random((7, 3)), rng.random((7, 2))
    order = np.random.default_rng(9).permutation(7)  # as train draws it
    step = functools.partial(gradient_step, net, 0.7)
    w = training.one_epoch(net.parameters.copy(), x, t, order, 3, step)
    run = train(net, x, t, eta=0.7, epochs=1, batch_size=3, seed=9)
    assert run.updates[-1] == training.updates(7, 3, 1)[1] == 3
    np.testing.assert_allclose(w, net.parameters, rtol=1e-12)


def test_a_permuted_network_has_the_same_outputs():
    net = Network.random((3, 4, 2), 6)
    net.parameters += 0.3
    W, U = training.permuted(net.W, net.U, np.array([2, 0, 3, 1]))
    x = np.random.default_rng(2).random((5, 3))
    np.testing.assert_allclose(Network([W, U]).forward(x).y, net.forward(x).y, rtol=1e-12)
    assert not np.allclose(W, net.W)


def test_the_search_finds_the_limit_of_a_parabola():
    """w <- w - eta a w comes to rest below 2/a."""
    eta = training.largest_eta(lambda eta: abs(1 - eta * 4.7) < 1, 0, 1, 40)
    assert eta == pytest.approx(2 / 4.7, rel=1e-9)


@pytest.mark.parametrize("kind", [
    {}, {"loss": "log"}, {"hidden": "tanh", "output": "identity"},
    {"output": "softmax", "loss": "cross-entropy"},
])
def test_many_networks_end_where_each_would_alone(kind):
    rng = np.random.default_rng(3)
    x, t = rng.random((5, 3)), np.eye(2)[[0, 1, 1, 0, 1]]
    sizes = (3, 4, 3, 2)
    alone, together = ([Network.random(sizes, seed, **kind) for seed in (1, 2)] for _ in range(2))
    for net in alone:
        train(net, x, t, eta=0.8, epochs=6)
    train_many(together, x, t, eta=0.8, epochs=6)
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one.parameters, other.parameters, rtol=1e-12)


def test_networks_of_two_kinds_are_not_trained_together():
    for nets in ([], [Network.random((2, 2, 1)), Network.random((2, 3, 1))],
                 [Network.random((2, 2, 1)), Network.random((2, 2, 1), loss="log")]):
        with pytest.raises(ValueError, match=r"no network|one kind"):
            train_many(nets, X, T, eta=1, epochs=1)


@pytest.mark.parametrize(("name", "value"), [
    ("eta", 0), ("eta", "5"), ("eta", np.nan), ("epochs", 0), ("epochs", 1.5),
])
def test_many_networks_say_which_number_is_out_of_range(name, value):
    with pytest.raises(ValueError, match=name):
        train_many([Network.random((2, 2, 1))], X, T, **{"eta": 1, "epochs": 1, name: value})


def test_one_of_many_may_diverge_without_a_warning():
    nets = [Network([np.full((3, 1), w)], output="identity") for w in (1e150, 0.1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        train_many(nets, X, T, eta=1e200, epochs=3)
    assert not np.isfinite(nets[0].parameters).any()


def test_xor_is_solved_from_nearly_every_seed():
    """The settings that the chapter ends on, with other seeds than those of the chapter."""
    nets = [Network.random((2, 8, 1), seed, loss="log") for seed in range(1000, 1100)]
    train_many(nets, X, T, eta=5, epochs=500)
    assert seed_slips.share_solved(nets.__getitem__, range(100), X, T, 0.1) >= 0.95


def test_the_given_networks_are_as_new_whatever_was_done_to_them():
    train_from, seeds, x, *_ = solved_share._share_cases()[1].arguments
    before = [train_from(seed).forward(x).y.copy() for seed in seeds]
    for seed in seeds:
        train_from(seed).parameters[:] = 7
    after = [train_from(seed).forward(x).y for seed in seeds]
    np.testing.assert_array_equal(before, after)
    assert np.isnan(before).any()


@pytest.mark.parametrize("size", [1, 3, 7, 9])
def test_every_way_of_cutting_takes_every_example_once(size):
    seen = []

    def step(w, x, t):
        seen.extend(x[:, 0])
        return w

    x = np.arange(7.0)[:, None]
    training.one_epoch(0, x, x, np.random.default_rng(0).permutation(7), size, step)
    assert sorted(seen) == list(range(7))


def test_an_endless_loop_is_stopped(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.setattr("helpers.checks.limit.SECONDS", 0.2)

    def for_ever(step, error, w, below, at_most):
        while error(w) > -1:
            w = step(w)
        return w, 0

    assert "had not come to an end" in check("8.2", for_ever).message
