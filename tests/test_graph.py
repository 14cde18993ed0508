"""The computation graph against independent derivatives: by hand, by nudge, by the network."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import examples, gradcheck
from helpers.graph import GATES, Graph, Path, of_network, two_paths, worked_example


def test_the_small_graph_by_hand():
    g = two_paths()
    assert g.output == "E"
    assert g.values == pytest.approx({"w": 0.4, "x": 1.2, "s": 0.16, "p": 0.48, "E": 0.64})
    assert g.local["w", "s"] == pytest.approx(0.8)
    assert g.local["w", "p"] == 1.2
    assert g.local["s", "E"] == 1
    assert g.slopes == pytest.approx({"w": 2.0, "x": 0.4, "s": 1, "p": 1, "E": 1})
    nodes, product = g.paths("w")[0]
    assert (nodes, product) == (("w", "s", "E"), pytest.approx(0.8))
    assert g.paths("w")[1] == Path(("w", "p", "E"), 1.2)
    assert g.paths("E") == [Path(("E",), 1.0)]
    assert g.factors(g.paths("x")[0]) == [0.4, 1.0]
    assert [g.written(n) for n in g.values] == ["", "", "w²", "w × x", "s + p"]
    assert repr(g) == "<Graph w, x → s, p, E>"


def test_a_nudge_changes_only_what_comes_after():
    g = two_paths()
    assert g.nudged("w", 0.1) == pytest.approx({"w": 0.5, "x": 1.2, "s": 0.25, "p": 0.6, "E": 0.85})
    assert g.nudged("s", 0.1) == {**g.values, "s": g.values["s"] + 0.1, "E": g.values["E"] + 0.1}
    by = np.array([[-1.0, 0.0], [0.1, 1.0]])
    many = g.nudged("w", by)
    for at in np.ndindex(by.shape):
        assert {n: v[at] for n, v in many.items()} == g.nudged("w", by[at])
    assert g.values["w"] == 0.4  # nothing of the graph itself has moved
    assert g.at(w=0.5).values == g.nudged("w", 0.1)


def test_entering_a_gate_twice_adds_the_local_slopes():
    g = Graph({"a": 3}, {"E": ("multiply", "a", "a")})
    assert g.local == {("a", "E"): 6}
    assert g.paths("a") == [Path(("a", "E"), 6)]
    g = Graph({"a": 3}, {"E": ("subtract", "a", "a")})
    assert g.slopes["a"] == 0


POINTS = {
    "divide": [(0.7, -1.3), (2, 0.5)],
    "log": [(0.3,), (4,)],
    "squared_error": [(0.2, 0.9)],
    "net_input": [(0.1, 2, 3), (0.5, -1, 2, 0.25, -4)],
}


@pytest.mark.parametrize("op", GATES)
def test_every_gate_has_the_slopes_of_its_own_value(op):
    """A complex step, which knows nothing of the slopes, where the gate takes complex numbers."""
    gate = GATES[op]
    points = POINTS.get(op) or [(0.7, -1.3, 0.4)[: gate.takes[0]], (-0.2, 0.9)[: gate.takes[0]]]
    for point in points:
        for k, slope in enumerate(gate.slopes(*point)):
            e = 1e-6
            up = [v + e * (i == k) for i, v in enumerate(point)]
            down = [v - e * (i == k) for i, v in enumerate(point)]
            centred = (gate.value(*up) - gate.value(*down)) / (2 * e)
            assert float(slope) == pytest.approx(centred, rel=1e-8, abs=1e-8), (point, k)


def test_a_tie_of_max_agrees_with_relu():
    g = Graph({"z": 0}, {"E": ("max", "z", 0)})
    assert g.slopes["z"] == Graph({"z": 0}, {"E": ("relu", "z")}).slopes["z"] == 0
    assert Graph({"a": 2, "b": 1}, {"E": ("max", "a", "b")}).slopes == {"a": 1, "b": 0, "E": 1}


@st.composite
def graphs(draw):
    """A graph of smooth gates whose every node is used."""
    number = st.floats(-1.5, 1.5).map(lambda v: round(v, 3))
    inputs = {f"x{i}": draw(number) for i in range(draw(st.integers(1, 3)))}
    known, steps = list(inputs), {}
    for i in range(draw(st.integers(1, 6))):
        op = draw(st.sampled_from(["add", "subtract", "multiply", "square", "sigmoid", "tanh"]))
        taken = [draw(st.sampled_from(known)) for _ in range(GATES[op].takes[0])]
        steps[f"a{i}"] = (op, *taken)
        known.append(f"a{i}")
    used = {s for _, *taken in steps.values() for s in taken}
    steps["E"] = ("add", 0.5, *(name for name in known if name not in used))
    return Graph(inputs, steps)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_slopes_are_sums_over_paths_and_agree_with_nudges(g):
    for name in g.values:
        total = sum(path.product for path in g.paths(name))
        assert g.slopes[name] == pytest.approx(total, rel=1e-12, abs=1e-12)
        up, down = (g.nudged(name, by)[g.output] for by in (1e-5, -1e-5))
        assert g.slopes[name] == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-5)
        for path in g.paths(name):
            assert path.product == pytest.approx(np.prod(g.factors(path)), rel=1e-12, abs=0)


@settings(max_examples=20, deadline=None)
@given(graphs(), st.integers(0, 2**32 - 1))
def test_many_graphs_at_once_equal_each_alone(g, seed):
    rng = np.random.default_rng(seed)
    inputs = {name: rng.uniform(-1, 1, 4) for name in g.inputs}
    values = g.run(inputs)
    local = g.local_slopes(values)
    slopes = g.output_slopes(local)
    for k in range(4):
        alone = g.at(**{name: float(v[k]) for name, v in inputs.items()})
        for found, own in ((values, alone.values), (local, alone.local), (slopes, alone.slopes)):
            mine = {n: np.broadcast_to(v, 4)[k] for n, v in found.items()}
            assert mine == pytest.approx(own, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("example", [examples.worked(), examples.schematic()], ids=["222", "232"])
def test_a_network_as_a_graph(example):
    net, x, t = example
    weights = [name for name in example.names if len(example.names[name]) == 1]
    g = of_network(example, *weights, "x1", "x2")
    p = net.forward(x)
    gradient = net.backward(p, t)
    assert g.values["E"] == pytest.approx(net.error(x, t), rel=1e-12)
    for letter, values in (("z_h", p.z_h), ("h", p.h), ("z_y", p.z_y), ("y", p.y)):
        assert [g.values[f"{letter}{k + 1}"] for k in range(len(values))] == pytest.approx(
            values, rel=1e-12
        )
    for name in weights:
        l, row, col = example.names[name][0]
        assert g.slopes[name] == pytest.approx(gradient.weights[l][row, col], rel=1e-12)
    for letter, delta in (("z_h", p.delta_h), ("z_y", p.delta_y)):
        assert [g.slopes[f"{letter}{k + 1}"] for k in range(len(delta))] == pytest.approx(
            delta, rel=1e-12
        )


def test_a_shared_bias_is_one_node():
    g = worked_example("b1")
    example = examples.worked()
    gradient = example.net.gradient(example.x, example.t)
    assert g.slopes["b1"] == pytest.approx(gradient.dE_dW[0].sum(), rel=1e-12)
    assert len(g.paths("b1")) == 4


def test_the_worked_paths():
    g = worked_example("w5")
    assert list(g.values) == ["w5", "z_y1", "y1", "e1", "E"]
    assert g.factors(g.paths("w5")[0])[:3] == pytest.approx(
        [0.593269992107187, 0.751365069552316 * 0.248634930447684, 0.741365069552316], rel=1e-12
    )
    assert g.slopes["w5"] == pytest.approx(0.0821670405642308, rel=1e-12)
    g = worked_example()
    assert [p.nodes[3] for p in g.paths("w1")] == ["z_y1", "z_y2"]
    assert g.slopes["w1"] == pytest.approx(0.000438567734474347, rel=1e-12)
    assert len(of_network(examples.schematic(), "x1").paths("x1")) == 6
    assert len(of_network(examples.schematic(), "w11").paths("w11")) == 2


def test_the_graph_agrees_with_gradcheck():
    g = worked_example("w1", "w5")
    for name, w in g.inputs.items():
        slope = gradcheck.numerical_slope(lambda v, n=name: g.at(**{n: float(v)}).values["E"], w)
        assert g.slopes[name] == pytest.approx(float(slope), rel=1e-6)


STEP = {"E": ("square", "w")}


@pytest.mark.parametrize(
    ("inputs", "steps", "words"),
    [
        ({}, STEP, "inputs is a dict with at least one entry"),
        ([1], STEP, "inputs is a dict"),
        ({"w": 1}, {}, "steps is a dict with at least one entry"),
        ({"w": "much"}, STEP, "The input w needs a number; got 'much'"),
        ({"w": float("nan")}, STEP, "The input w needs a finite number"),
        ({"w 1": 1}, STEP, "needs a name such as 'w' or 'z_h1'; got 'w 1'"),
        ({3: 1}, STEP, "got 3"),
        ({"w": 1}, {"E": "square"}, r'E: a step is \("operation", "name", ...\); got \'square\''),
        ({"w": 1}, {"E": ()}, "E: a step is"),
        ({"w": 1}, {"E": ("squared", "w")}, "no operation 'squared'; there are add, subtract"),
        ({"w": 1}, {"E": (["square"], "w")}, "no operation"),
        ({"w": 1}, {"E": ("add", "w")}, "add takes 2 values or more; got 1"),
        ({"w": 1}, {"E": ("square", "w", "w")}, "square takes 1 value; got 2"),
        ({"w": 1}, {"E": ("net_input", "w", "w", "w", "w")}, "a bias, then pairs"),
        ({"w": 1}, {"E": ("add", "w", None)}, "A constant of E needs a number; got None"),
        ({"w": 1}, {"E": ("square", 2)}, "E uses constants only"),
        ({"w": 1}, {"E": ("add", "w", "v")}, "E uses 'v'; there are w"),
        ({"w": 1}, {"w": ("square", "w")}, "w is both an input and a step"),
        ({"w": 1}, {"a": ("square", "b"), "b": ("square", "w")}, "a uses b, which is not computed"),
        ({"w": 1}, {"a": ("add", "a", "w")}, "none leads back to itself"),
        ({"w": 1, "v": 2}, STEP, "v is used by no step. Only the last step, E, is an output"),
        ({"w": 1}, {"a": ("square", "w"), "E": ("half", "w")}, "a is used by no step"),
        ({"w": -1}, {"E": ("log", "w")}, "E = ln w has no finite value: log of -1"),
        ({"w": 0}, {"E": ("divide", 1, "w")}, "E = 1 / w has no finite value: divide of 1, 0"),
        ({"w": 1e200}, STEP, "no finite value"),
    ],
)
def test_wrong_graphs_are_told_so(inputs, steps, words):
    with pytest.raises(ValueError, match=words):
        Graph(inputs, steps)


def test_unknown_names_are_told_so():
    g = two_paths()
    for ask in (g.paths, lambda n: g.nudged(n, 0.1)):
        with pytest.raises(ValueError, match="No node 'q'; there are w, x, s, p, E"):
            ask("q")
    with pytest.raises(ValueError, match="No input 's'; there are w, x"):
        g.at(s=1)
    with pytest.raises(ValueError, match="No 'w9'; there are b1"):
        worked_example("w9")
    with pytest.raises(ValueError, match="No name was given"):
        of_network(examples.worked())
    for other in (examples.xor(), examples.digits()):
        with pytest.raises(ValueError, match="one example of a network with one hidden layer"):
            of_network(other, "w11")
