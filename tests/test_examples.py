"""The running examples: their numbers, their names, and that XOR and the digits can be learned."""

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from helpers import examples
from helpers.training import train

SETUP = json.loads(Path(__file__).with_name("reference_numbers.json").read_text())["setup"]


def at(example, label):
    return [float(example.net.weights[layer][row, col]) for layer, row, col in example.names[label]]


def test_the_worked_example_has_the_published_numbers():
    example = examples.worked()
    assert example.x.tolist() == SETUP["x"]
    assert example.t.tolist() == SETUP["t"]
    assert example.eta == SETUP["eta"]
    assert [at(example, f"w{k}") for k in range(1, 9)] == [[w] for w in SETUP["w"]]
    assert at(example, "b1") == [SETUP["b1"]] * 2
    assert at(example, "b2") == [SETUP["b2"]] * 2


def test_the_schematic_example_has_the_numbers_of_the_text():
    example = examples.schematic()
    assert example.x.tolist() == [0.6, -0.8]
    assert example.t.tolist() == [0.9, 0.2]
    values = {
        "w01": 0.05, "w02": -0.1, "w03": 0.2, "w11": 0.1, "w12": 0.2, "w13": 0.3,
        "w21": 0.4, "w22": -0.5, "w23": 0.6, "u01": 0.15, "u02": -0.05, "u11": 0.7, "u12": -0.2,
        "u21": 0.3, "u22": 0.5, "u31": -0.6, "u32": 0.1,
    }  # fmt: skip
    assert {label: at(example, label)[0] for label in example.names} == values


@pytest.mark.parametrize("make", [examples.worked, examples.schematic, examples.xor])
def test_every_weight_has_exactly_one_name(make):
    example = make()
    places = [place for spots in example.names.values() for place in spots]
    assert len(places) == len(set(places)) == example.net.parameters.size


@pytest.mark.parametrize("make", [examples.worked, examples.schematic, examples.xor])
def test_each_call_makes_a_new_example(make):
    first = make()
    first.net.parameters += 1
    first.x[...] = 9
    assert (make().net.parameters != first.net.parameters).all()
    assert (make().x != 9).all()
    net, x, t = make()
    assert net.error(x, t) > 0


def test_xor_is_learned():
    net, x, t = examples.xor()
    assert sorted(x.tolist()) == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert (t[:, 0] == (x[:, 0] != x[:, 1])).all()
    history = train(net, x, t, eta=2.0, mu=0.9, epochs=5000, stop_below=0.005, record_every=10)
    assert history.stopped == "threshold"
    assert np.round(net.forward(x).y).tolist() == t.tolist()


def test_digits_are_whole():
    _, x, t = examples.digits()
    assert x.shape == (1797, 64)
    assert t.shape == (1797, 10)
    assert (x.min(), x.max()) == (0, 1)
    assert (t.sum(axis=1) == 1).all()
    assert t.sum(axis=0).astype(int).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_are_those_of_scikit_learn():
    """Read from its file: importing scikit-learn takes seconds."""
    spec = find_spec("sklearn")
    if spec is None:
        pytest.skip("scikit-learn is not installed")
    file = Path(spec.origin).parent / "datasets" / "data" / "digits.csv.gz"
    theirs, (_, x, t) = np.loadtxt(file, delimiter=","), examples.digits()
    assert (x * 16 == theirs[:, :-1]).all()
    assert (t.argmax(axis=1) == theirs[:, -1]).all()


def test_digits_are_learned():
    net, x, t = examples.digits()
    train(net, x, t, eta=0.1, mu=0.9, epochs=10, batch_size=32, record_every=10)
    assert (net.forward(x).y.argmax(axis=1) == t.argmax(axis=1)).mean() > 0.97
