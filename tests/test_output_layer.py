"""Chapter 04: its slips without any switched on, the specimens of 4.8, and numbers by hand."""

import collections

import numpy as np
import pytest
from mutants import mutants

from helpers.activations import sigmoid, sigmoid_prime, softmax
from helpers.checks import check, registry
from helpers.examples import schematic
from helpers.mistakes import forward, output, specimens
from helpers.network import Network
from helpers.training import Optimizer


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def a_network(n, loss="squared", unit="sigmoid", seed=2):
    net = Network.random((3, 4, 2), seed, output=unit, loss=loss)
    rng = np.random.default_rng(seed)
    net.parameters += 0.4 * rng.standard_normal(net.parameters.shape)
    x, t = rng.standard_normal((n, 3)), np.eye(2)[rng.integers(2, size=n)]
    return (net, x, t) if n > 1 else (net, x[0], t[0])


@pytest.mark.parametrize("n", [1, 5])
def test_without_slips_it_is_the_canonical_implementation(n):
    net, x, t = a_network(n)
    p = net.forward(x)
    g = net.backward(p, t)
    np.testing.assert_allclose(output.delta(p.y, t), p.delta_y, rtol=1e-12)
    np.testing.assert_allclose(output.gradient(p.h, p.delta_y), g.dE_dU, rtol=1e-12)
    wanted, x1 = net.copy(), np.hstack([np.ones((n, 1)), np.atleast_2d(x)])
    Optimizer(wanted, eta=0.7).update(x1, np.atleast_2d(t))
    np.testing.assert_allclose(output.updated_U(net.U, p.h, t, 0.7), wanted.U, rtol=1e-12)


@pytest.mark.parametrize("n", [1, 5])
def test_softmax_and_cross_entropy_send_back_what_the_network_says(n):
    net, x, t = a_network(n, "cross-entropy", "softmax")
    p = net.forward(x)
    net.backward(p, t)
    np.testing.assert_allclose(output.softmax_delta(p.z_y, t), p.delta_y, rtol=1e-12, atol=1e-15)


# The five answers of 4.8 --------------------------------------------------------------------------


def traces(case):
    """What each of the seven mistakes of the list gives, computed once more and differently."""
    y, t, slope = case.y, case.t, case.y * (1 - case.y)
    right, column = case.dE_dU, np.append(1.0, case.h)[:, None]
    bias_row = np.vstack([right[:1] * case.h[0], right[1:]])
    return {
        "a": right / slope,
        "b": right / (1 - y),
        "c": right / y,
        "d": column * (y - t) * sigmoid_prime(y),
        "e": np.append(1.0, case.z_h)[:, None] * case.delta_y,
        "f": bias_row,
        "g": -right,
    }


def test_each_specimen_shows_one_mistake_of_the_list_and_no_other():
    case = specimens.output_gradients()
    questions = {q.name: q.right for q in registry.find("4.8").questions}
    assert list(questions) == list(case.answers)
    for name, given in case.answers.items():
        fitting = [
            letter
            for letter, trace in traces(case).items()
            if np.allclose(given, trace, rtol=1e-9, atol=0)
        ]
        assert fitting == [questions[name]]
        off = [abs(given - trace).max() for trace in traces(case).values()]
        assert sorted(off)[1] > 0.01  # far from any other, as printed


def test_the_specimens_right_gradient_is_the_networks():
    case = specimens.output_gradients()
    np.testing.assert_allclose(case.dE_dU, case.net.gradient(case.x, case.t).dE_dU, rtol=1e-12)
    assert (case.z_h < 0).any()
    assert (case.delta_y[0] > 0) != (case.delta_y[1] > 0)


# Numbers by hand: the formula is changed, and judged on another network ---------------------------

DELTA = "(y1 - t1) * y1 * (1 - y1)"
BY_HAND = {
    "4.1": (DELTA, lambda v, t, U, slips: [output.first_delta(v, t, slips)]),
    "4.2": (f"({DELTA} * h1, {DELTA} * 1)", output.weight_and_bias),
}


def another():
    net = Network(
        [[[0.2, -0.5, 0.3], [0.9, 0.4, -0.7], [-0.3, 0.8, 0.6]],
         [[-0.4, 0.7], [0.5, -0.9], [1.1, 0.3], [0.6, -0.8]]]
    )  # fmt: skip
    return net, np.array([-0.7, 0.4]), np.array([0.15, 0.7])


def values(net, x, t):
    v = forward.forward(x, net.W, net.U)
    names = {"sigmoid": sigmoid, "np": np, "u11": net.U[1, 0], "u01": net.U[0, 0]}
    for letter, row in {"x": x, "t": t, "h": v.h, "z_h": v.z_h, "y": v.y, "z_y": v.z_y}.items():
        names |= {f"{letter}{k}": each for k, each in enumerate(row, 1)}
    return v, t, net.U, names


def evaluated(formula, names):
    with np.errstate(all="ignore"):
        return np.ravel(np.array(eval(formula, dict(names)), dtype=float))


def judged(number, typed, other, right, wrong):
    verdict = check(number, typed)
    if verdict.status == "solved":
        return "equivalent" if np.allclose(other, right) else "accepted"
    if not verdict.slips:
        return "unnamed"
    given = np.ravel(wrong(verdict.slips))
    where = ~np.isclose(other, right) if "Look at" in verdict.message else slice(None)
    fits = given.shape == other.shape and np.allclose(given[where], other[where])
    return "named" if fits else "wrongly named"


@pytest.mark.parametrize("number", BY_HAND)
def test_no_number_by_hand_is_accepted_or_misnamed(number):
    formula, slipped = BY_HAND[number]
    *_, names = values(*schematic())
    v, t, U, others = values(*another())
    right, found = evaluated(formula, others), collections.defaultdict(list)
    assert check(number, evaluated(formula, names))
    for mutant in mutants(formula):
        try:
            typed, other = evaluated(mutant, names), evaluated(mutant, others)
        except (TypeError, ValueError, ZeroDivisionError, AttributeError, OverflowError):
            continue
        kind = judged(number, typed, other, right, lambda s: slipped(v, t, U, frozenset(s)))
        found[kind].append(mutant)
    print(f"\n{number}:", {kind: len(formulas) for kind, formulas in found.items()})
    assert not found["accepted"], found["accepted"]
    assert not found["wrongly named"], found["wrongly named"]


def test_one_delta_of_softmax_needs_no_division():
    """What the chapter's matrix of slopes gives is y - t, also where y is nearly 0."""
    z, t = np.array([30.0, 0.0, -30.0]), np.array([0.0, 1.0, 0.0])
    y = softmax(z)
    slopes = np.diag(y) - np.outer(y, y)
    np.testing.assert_allclose((-t / y) @ slopes, y - t, rtol=1e-9, atol=1e-12)
