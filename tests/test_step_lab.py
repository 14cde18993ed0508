"""The step lab without a browser: its numbers, its steps, its words, its messages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sweeps import look_up

from helpers import diagram, examples
from helpers.examples import Example, letter_names
from helpers.gradcheck import complex_step_gradient
from helpers.network import Network
from helpers.widgets import StepLab
from helpers.widgets import verdict as v
from helpers.widgets.step import ETAS


def example_of(*sizes, **names) -> Example:
    net = Network.random(sizes, seed=3, **names)
    net.U[0] = np.linspace(-0.3, 0.4, sizes[-1])
    x, t = np.linspace(-0.7, 0.8, sizes[0]), np.eye(sizes[-1])[0]
    return Example(net, x, t, 0.5, letter_names(net))


EXAMPLES = {
    "worked": examples.worked(),
    "schematic": examples.schematic(),
    "linear": example_of(2, 3, 1, hidden="tanh", output="identity"),
    "log": example_of(3, 2, 2, hidden="relu", loss="log"),
    "softmax": example_of(2, 2, 3, output="softmax", loss="cross-entropy"),
    "softmax, squared": example_of(2, 2, 3, output="softmax"),
}
every_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


def by_network(example: Example, name: str, eta: float) -> dict[str, float]:
    """The numbers of one step, from the canonical network and nothing else."""
    net = example.net.copy()
    at = example.names[name]
    slope = sum(net.gradient(example.x, example.t).weights[l][r, c] for l, r, c in at)
    moved = net.copy()
    for l, r, c in at:
        moved.weights[l][r, c] -= eta * slope
    value = float(net.weights[at[0][0]][at[0][1:]])
    return {
        "slope": slope,
        "step": eta * slope,
        "after": value - eta * slope,
        "E_after": moved.error(example.x, example.t),
    }


@every_example
def test_every_number_is_the_canonical_one(example):
    lab = StepLab(example)
    rng = np.random.default_rng(0)
    quantities = [name for name, _ in lab.quantities()]
    for _ in range(5):
        values = rng.uniform(-2, 2, len(lab.values) - 1)
        eta = float(rng.uniform(0.01, 30))
        lab.set(**dict(zip(lab.values, [*values, eta])))
        now = replace(example, net=lab.network)
        row = lab.evaluate(np.array([[*lab.values.values()]]))[0]
        found = dict(zip(quantities, row))
        for name in lab.spec["weights"]:
            for key, right in by_network(now, name, eta).items():
                assert found[f"{key}_{name}"] == pytest.approx(right, rel=1e-12, abs=1e-14), key
        p = lab.network.forward(example.x)
        last, width = len(example.net.weights), example.net.sizes[-1]
        for k in range(width):
            assert found[f"z{last}_{k + 1}"] == pytest.approx(p.z_y[k], rel=1e-12)
            assert found[f"h{last}_{k + 1}"] == pytest.approx(p.y[k], rel=1e-12)
            assert found[f"delta{k + 1}"] == pytest.approx(lab.delta_y[k], rel=1e-12)
        e = lab.network.errors(example.x, example.t)
        assert [found[f"e{k + 1}"] for k in range(width)] == pytest.approx(list(e), rel=1e-12)
        assert found["E"] == pytest.approx(lab.E, rel=1e-12)
        assert lab.E == lab.network.error(example.x, example.t)


def test_the_slope_agrees_with_the_complex_step():
    example = examples.schematic()
    lab = StepLab(example)
    independent = complex_step_gradient(example.net, example.x, example.t)
    for name, ((l, row, col),) in example.names.items():
        if l == 1:
            lab.choose(name)
            assert lab.slope == pytest.approx(independent.weights[l][row, col], rel=1e-12)


def test_the_slope_is_the_product_that_the_reader_sees():
    lab = StepLab(examples.worked())
    assert lab.chosen == "w5"
    assert lab.spec["terms"]["w5"] == [{"delta": 1, "h": 1, "value": lab.h[0]}]
    assert lab.delta_y[0] * lab.h[0] == pytest.approx(lab.slope, rel=1e-15)
    assert lab.slope == pytest.approx(0.082167040564230, rel=1e-12)
    assert lab.u_after == pytest.approx(0.358916479717885, rel=1e-12)
    for name, terms in lab.spec["terms"].items():
        lab.choose(name)
        products = [lab.delta_y[term["delta"] - 1] * term["value"] for term in terms]
        assert sum(products) == pytest.approx(lab.slope, rel=1e-14)
    assert [term["h"] for term in lab.spec["terms"]["b2"]] == [0, 0]  # times the constant 1


@pytest.mark.parametrize("example", [examples.worked(), examples.schematic()], ids=["222", "232"])
def test_a_sweep_holds_every_shown_digit(example):
    """What a reader can see of a weight: its own row, and the row of eta."""
    lab = StepLab(example, eta=7.3)
    names = list(lab.values)
    rng = np.random.default_rng(1)
    for i, name in enumerate(names):
        grid = lab._sliders[name].grid()
        for k in (0, len(grid) - 1, int(rng.integers(len(grid)))):
            other = StepLab(example, eta=7.3)
            other.set(name, grid[k])
            truth = other.evaluate(np.array([[*other.values.values()]]))[0]
            for (q, places), shown, true in zip(lab.quantities(), look_up(lab.sweep, i, k), truth):
                of_weight = q.split("_")[-1]
                beside = of_weight in names and name not in (of_weight, "eta")
                if beside or q.startswith(("share", "verdict")):
                    continue  # a step of a weight beside the one that moves is never shown
                assert diagram.number(shown, places) == diagram.number(true, places), (q, k)


@every_example
def test_a_sweep_says_the_same_of_a_step_as_the_lab_standing_there(example):
    lab = StepLab(example, [name for name in example.names if example.names[name][0][0]][-1])
    quantities = [name for name, _ in lab.quantities()]
    at = quantities.index(f"verdict_{lab.chosen}")
    i = list(lab.values).index("eta")
    told = [look_up(lab.sweep, i, k)[at] for k in range(0, len(ETAS), 25)]
    for eta, verdict in zip(ETAS[::25], told):
        lab.set(eta=eta)
        assert lab._shown("verdict") == verdict
    assert len(set(told)) > 1


def test_eta_goes_from_too_small_to_too_large():
    lab = StepLab(examples.worked())

    def said(eta, choose):
        lab.reset()
        lab.choose(choose)
        lab.set(eta=eta)
        return int(lab._shown("verdict"))

    assert [said(eta, "w5") for eta in (0.01, 0.5, 20, 100, 1000)] == [
        v.SMALL,
        v.SMALL,
        v.GOOD,
        v.GOOD,
        v.LOST,
    ]
    assert [said(eta, "b2") for eta in (0.1, 5, 20, 30, 1000)] == [
        v.SMALL,
        v.GOOD,
        v.OVER,
        v.HIGHER,
        v.HIGHER,
    ]
    assert "too large: the step lands higher, E rises from 0.298371 to 0.490100" in str(lab)


def test_a_parabola_is_judged_as_it_is():
    """E = u^2 / 2, at u = 1: eta = 1 is the lowest point, 2 the same height, more is higher."""
    eta = np.array([0.01, 0.5, 1, 1.2, 1.5, 2, 2.5])
    after = 1 - eta
    share, verdict = v.judged(0.5, after**2 / 2, 1.0, after, 0.0)
    assert share == pytest.approx(1 - after**2)
    assert list(verdict) == [v.SMALL, v.GOOD, v.GOOD, v.GOOD, v.OVER, v.LEVEL, v.HIGHER]
    E, slope = np.array([0.5, 0, 0]), np.array([1e-9, 1e-9, 0])
    assert list(v.judged(E, E, slope, slope, 0.0)[1]) == [v.FLAT, v.BOTTOM, v.FLAT]
    assert v.judged(0.5, np.array([0.2]), 1.0, np.array([0.0]), 0.0)[1] == v.LOST
    assert set(v.WORDS) == set(range(1, 9))


def test_taking_steps_walks_down():
    example = examples.worked()
    lab = StepLab(example, choose="b2", eta=8)
    net, x, t = example.net.copy(), example.x, example.t
    errors = []
    for _ in range(6):
        net.U[0] -= 8 * net.gradient(x, t).dE_dU[0].sum()  # one bias, shared
        errors.append(net.error(x, t))
    lab.take_step()
    lab.take_step(5)
    assert lab.u == pytest.approx(net.U[0, 0], rel=1e-12)
    assert [E for _, E in lab.sweep["trail"][1:]] == pytest.approx(errors, rel=1e-12)
    assert len(lab.sweep["trail"]) == 7
    assert errors == sorted(errors, reverse=True)
    lab.set(eta=1)
    assert len(lab.sweep["trail"]) == 7  # eta may change on the way
    lab.set(w5=0)
    assert lab.sweep["trail"] == []
    lab.take_step()
    lab.choose("w6")
    assert lab.sweep["trail"] == []
    lab.take_step()
    lab.reset()
    assert (lab.sweep["trail"], lab.E) == ([], pytest.approx(0.298371108760003, rel=1e-12))
    assert example.net.U[0, 0] == 0.6  # the lab has a copy


def test_a_large_eta_zigzags():
    lab = StepLab(examples.worked(), choose="b2", eta=15)
    lab.take_step(4)
    way = np.diff([u for u, _ in lab.sweep["trail"]])
    assert (np.sign(way[1:]) == -np.sign(way[:-1])).all()


def test_a_walk_that_runs_away_ends_with_words():
    lab = StepLab(EXAMPLES["linear"], eta=1000)
    with pytest.raises(ValueError, match="takes numbers from -1000 to 1000"):
        lab.take_step(9)
    assert abs(lab.u) <= 1000
    assert lab.sweep["values"] == [*lab.values.values()]


@pytest.mark.parametrize("times", [0, -1, 1.5, "many", 10**9])
def test_a_walk_has_a_number_of_steps(times):
    lab = StepLab(examples.worked())
    with pytest.raises(ValueError, match="times is a whole number from 1 to 1,000; got"):
        lab.take_step(times)
    assert lab.u == 0.4


def test_python_moves_sliders():
    lab = StepLab(examples.worked())
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "E")
    lab.set(w5=0.3, eta=12.34)  # between two positions of eta's slider
    assert lab.network.U[1, 0] == 0.3
    assert lab.E == seen[-1] == lab.network.error(examples.worked().x, examples.worked().t)
    assert lab.eta == 12.34
    assert lab.step == pytest.approx(12.34 * lab.slope)
    for wrong, words in (
        ({"w1": 1}, "No slider 'w1'; there are b2, w5, w6, w7, w8, eta"),
        ({"eta": 0}, "eta takes numbers from 0.01 to 1000; got 0"),
        ({"w5": "much"}, "w5 needs a number"),
    ):
        with pytest.raises(ValueError, match=words):
            lab.set(**wrong)
    with pytest.raises(ValueError, match="No output weight 'eta'; there are b2, w5"):
        lab.choose("eta")


def test_wrong_arguments_are_told_so():
    worked, xor = examples.worked(), examples.xor()
    for arguments, words in (
        ((worked.net,), r"needs an example, such as examples.worked\(\)"),
        ((xor,), r"x=example.x\[0\]"),
        ((worked, "w1"), "No output weight 'w1'; there are b2, w5"),
        ((worked, "w5", 0), "eta takes numbers from 0.01 to 1000"),
        ((worked, "w5", "big"), "eta needs a number"),
        ((example_of(2, 6, 2),), "has 14 output weights; the step lab has room for 12"),
        ((replace(worked, names={"w5": ((1, 1, 0),)}),), "each output weight exactly one name"),
        ((replace(worked, t=[1, 2, 3]),), "t has shape"),
    ):
        with pytest.raises(ValueError, match=words):
            StepLab(*arguments)
    assert StepLab(replace(xor, x=xor.x[1], t=xor.t[1])).chosen == "u11"


def test_messages():
    lab = StepLab(examples.worked())
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    values = [*lab.values.values()]
    values[-1] = 100.0
    message = {"values": values, "number": 4, "client": "me", "chosen": "eta"}
    lab._on_message(None, {"kind": "sweep", **message}, None)
    assert (lab.chosen, lab.eta, lab.sweep["number"]) == ("w5", 100.0, 4)  # eta is no weight
    lab._on_message(None, {"kind": "sweep", **message, "steps": 2}, None)
    assert len(lab.sweep["trail"]) == 3
    assert lab.sweep["values"][1] == lab.u == lab.sweep["trail"][-1][0]
    lab._on_message(None, {"kind": "sweep", **message, "chosen": "b2"}, None)
    assert (lab.chosen, lab.sweep["trail"]) == ("b2", [])
    linear = StepLab(EXAMPLES["linear"], eta=1000)
    message["values"] = [*linear.values.values()]
    linear._on_message(None, {"kind": "sweep", **message, "steps": 9}, None)
    assert "takes numbers from -1000 to 1000" in linear.sweep["words"]


def test_eta_has_a_scale_of_its_own():
    assert sorted(set(ETAS)) == ETAS
    assert (ETAS[0], ETAS[-1], 0.5 in ETAS) == (0.01, 1000.0, True)
    lab = StepLab(examples.worked())
    assert lab.sweep["rows"][-1]["grid"] == ETAS


def test_the_picture_and_the_words():
    bundles = [StepLab(examples.worked())._repr_mimebundle_()[0] for _ in range(2)]
    for bundle in bundles:
        assert bundle.pop("application/vnd.jupyter.widget-view+json")["model_id"]
    assert bundles[0] == bundles[1]
    words = bundles[0]["text/plain"]
    assert "dE/dw5 = 0.082167" in words
    assert "eta = 0.5 is too small: the step lowers E from 0.298371 to 0.294985" in words
    assert words in bundles[0]["text/html"].replace("&#x27;", "'")
    moved = StepLab(examples.worked(), choose="b2", eta=20)
    assert "now: 0.298371" in moved._repr_mimebundle_()[0]["image/svg+xml"]
    assert "after: 0.267535" in moved._repr_mimebundle_()[0]["image/svg+xml"]
