"""The loss lab without a browser: its numbers, its sweep, its pictures, its words."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from sweeps import look_up

from helpers import LossLab, diagram
from helpers.activations import sigmoid, softmax
from helpers.losses import cross_entropy, log_loss, squared_error
from helpers.network import Network
from helpers.plots import live, loss_numbers
from helpers.widgets.losses import computed

SETTINGS = np.array(
    [
        [0.1, 1.0, 0.5, 2.0, -1.0, 1],
        [0.01, 1.0, 6, -6, 0, 2],
        [0.99, 0.0, -6, -6, -6, 3],
        [0.37, 0.63, 0.05, -2.35, 1.9, 2],
        [0.5, 0.5, 0, 0, 0, 1],
    ]
)
SLOPES = {  # de/dy from the losses' definitions, in plain Python
    "squared": lambda y, t: y - t,
    "log": lambda y, t: -t / y + (1 - t) / (1 - y),
}
LOSS = {"squared": squared_error, "log": log_loss}


def numbers(row) -> dict[str, float]:
    return {name: float(v[0]) for name, v in computed(row[None]).items()}


@pytest.mark.parametrize("row", SETTINGS, ids=str)
@pytest.mark.parametrize("name", LOSS)
def test_one_output_equals_the_canonical_losses(row, name):
    y, t = row[:2]
    found = numbers(row)
    assert sigmoid(found["z"]) == pytest.approx(y, rel=1e-12)
    assert found[f"e_{name}"] == pytest.approx(LOSS[name]([y], [t]), rel=1e-12, abs=1e-15)
    slope = SLOPES[name](y, t)
    assert found[f"dy_{name}"] == pytest.approx(slope, rel=1e-12, abs=1e-12)
    assert found[f"dz_{name}"] == pytest.approx(slope * y * (1 - y), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("row", SETTINGS, ids=str)
@pytest.mark.parametrize("loss", LOSS)
def test_the_slope_along_z_is_the_networks(row, loss):
    """A unit with the weight 1 on its input z, and dE/dw of its bias."""
    y, t = row[:2]
    net = Network([np.array([[0.0], [1.0]])], output="sigmoid", loss=loss)
    x = [math.log(y / (1 - y))]
    gradient = net.backward(net.forward(x), [t]).dE_dU
    assert numbers(row)[f"dz_{loss}"] == pytest.approx(gradient[0, 0], rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("row", SETTINGS, ids=str)
def test_three_classes_equal_the_canonical_losses(row):
    z, target = row[2:5], np.eye(3)[int(row[5]) - 1]
    found, p = numbers(row), softmax(row[2:5])
    assert [found[f"p_{k}"] for k in (1, 2, 3)] == pytest.approx(p, rel=1e-12)
    assert found["E"] == pytest.approx(cross_entropy(p, target), rel=1e-12)
    assert [found[f"slope_{k}"] for k in (1, 2, 3)] == pytest.approx(p - target, abs=1e-12)
    h = 1e-6
    for k in range(3):
        up, down = z + h * np.eye(3)[k], z - h * np.eye(3)[k]
        nudged = (cross_entropy(softmax(up), target) - cross_entropy(softmax(down), target)) / 2 / h
        assert found[f"slope_{k + 1}"] == pytest.approx(nudged, abs=1e-8)


def test_what_the_picture_says_about_bounds():
    """Over all y and t; each bound that is named is close to what is reached."""
    y, t = np.meshgrid(np.linspace(1e-6, 1 - 1e-6, 2001), np.linspace(0, 1, 101))
    found = loss_numbers.one_output(y.ravel(), t.ravel())
    said = re.findall(r"never beyond ±([\d.]+)|no bound", LossLab().picture)
    assert len(said) == 4
    for bound, name in zip(said, ("dy_squared", "dy_log", "dz_squared", "dz_log")):
        most = np.abs(found[name]).max()
        assert 0.95 * float(bound) < most <= float(bound) if bound else most > 1e5, name


@pytest.fixture
def lab():
    return LossLab()


def test_the_sweep_holds_every_shown_digit(lab):
    places = [p for _, p in lab.quantities()]
    for i, name in enumerate(lab.values):
        row = lab.sweep["rows"][i]
        for k in {0, row["steps"] // 3, row["steps"]}:
            settings = np.array([[*lab.values.values()]])
            settings[0, i] = round(row["low"] + k * row["step"], 10)
            exact = lab.evaluate(settings)[0]
            for shown, true, p in zip(look_up(lab.sweep, i, k), exact, places):
                wanted = diagram.number(live.rounded(true, p), p)
                assert diagram.number(shown, p) == wanted, (name, k)


def test_the_halves_do_not_meet(lab):
    """The browser relies on it: a slider of one half moves nothing of the other."""
    moves = [set(row["moves"]) for row in lab.sweep["rows"]]
    parts = lab.spec["parts"]
    assert len(parts) == len(moves) == 6
    for i, mine in enumerate(moves):
        assert mine
        for j, others in enumerate(moves):
            assert parts[i] == parts[j] or not mine & others


def test_both_ends_of_the_target_are_reached(lab):
    row = lab.sweep["rows"][list(lab.values).index("t")]
    assert (row["low"], round(row["low"] + row["step"] * row["steps"], 10)) == (0, 1)
    row = lab.sweep["rows"][list(lab.values).index("y")]
    assert (row["low"], round(row["low"] + row["step"] * row["steps"], 10)) == (0.01, 0.99)


def test_python_and_sliders(lab):
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "E")
    lab.set(z1=3, c=2)
    lab.set("y", 0.25)
    assert (lab.y, lab.t, lab.c) == (0.25, 1, 2)
    assert list(lab.z) == [3, 2, -1]
    assert lab.p == pytest.approx(softmax([3, 2, -1]))
    assert lab.E == seen[-1] == pytest.approx(cross_entropy(softmax([3, 2, -1]), [0, 1, 0]))
    assert lab.dE_dz == pytest.approx(lab.p - [0, 1, 0])
    assert lab.e == {"squared": pytest.approx(0.28125), "log": pytest.approx(math.log(4))}
    assert lab.de_dy == {"squared": pytest.approx(-0.75), "log": pytest.approx(-4)}
    assert lab.de_dz == {"squared": pytest.approx(-0.140625), "log": pytest.approx(-0.75)}
    lab.reset()
    assert (lab.y, lab.c, list(lab.z)) == (0.1, 1, [0.5, 2, -1])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"y": 0}, "y takes numbers from 0.01 to 0.99"),
        ({"t": 1.5}, "t takes numbers from 0 to 1"),
        ({"t": "one"}, "t needs a number; got 'one'"),
        ({"z": (1, 2)}, r"z needs three scores, .* shape \(2,\)"),
        ({"z": (1, 2, 9)}, "z3 takes numbers from -6 to 6"),
        ({"c": 1.5}, "true class, 1, 2 or 3; got 1.5"),
        ({"c": 4}, "c takes numbers from 1 to 3"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        LossLab(**arguments)


def test_a_class_between_two_is_refused_and_nothing_moves(lab):
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    values = [*lab.values.values()]
    values[-1] = 2.5
    lab._on_message(None, {"kind": "sweep", "values": values, "number": 7, "client": "me"}, None)
    assert sent == [
        {
            "kind": "refused",
            "number": 7,
            "client": "me",
            "why": "c is the true class, 1, 2 or 3; got 2.5.",
        }
    ]
    assert lab.c == 1
    with pytest.raises(ValueError, match="true class"):
        lab.set(y=0.5, c=1.2)
    assert lab.y == 0.1


def filled(svg: str, values: dict, places: dict) -> str:
    """The picture as the browser redraws it: templates and texts filled in with these values."""
    root = ElementTree.fromstring(svg)
    for node in root.iter():
        if name := node.get("data-q"):
            node.text = diagram.number(values[name], places[name])
        for form in filter(None, (node.get("data-form") or "").split("|")):
            attribute, template = form.split(":", 1)
            put = lambda m: f"{values[m[1]] + 0.0:.{places[m[1]]}f}"  # noqa: E731
            node.set(attribute, re.sub(r"\{(\w+)\}", put, template))
    return ElementTree.tostring(root, encoding="unicode")


@pytest.mark.parametrize("row", SETTINGS, ids=str)
def test_the_browsers_picture_is_pythons(lab, row):
    """The starting picture filled in with other numbers is the picture drawn there."""
    places, start = dict(lab.quantities()), [lab.picture, lab.spec["second"]]
    lab.set(**dict(zip(lab.values, row)))
    for svg, now in zip(start, (lab._draw(0), lab._draw(1))):
        again = ElementTree.tostring(ElementTree.fromstring(now), encoding="unicode")
        assert filled(svg, lab._ink().values, places) == again


def test_the_picture_and_the_words():
    view = "application/vnd.jupyter.widget-view+json"
    bundles = [LossLab()._repr_mimebundle_()[0] for _ in range(2)]
    for bundle in bundles:
        assert bundle.pop(view)["model_id"]
    assert bundles[0] == bundles[1]
    bundle = bundles[0]
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    words = bundle["text/plain"]
    assert "y = 0.10, t = 1.00. Squared error 0.405000, slope −0.9000 along y, −0.0810" in words
    assert "Log loss 2.302585, slope −10.0000 along y, −0.9000" in words
    assert "0.1753, 0.7856, 0.0391; true class 1. Cross-entropy E = 1.741311" in words
    assert "{" not in words
    assert "downhill" in bundle["text/html"]
    assert "data-form" not in bundle["image/svg+xml"]  # the committed notebooks stay small
    assert len(bundle["text/html"]) < 60_000
