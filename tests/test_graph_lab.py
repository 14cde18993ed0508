"""The graph lab without a browser: its sweeps against the graph itself, its link to Python."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from sweeps import look_up

from helpers import diagram, examples, gradcheck
from helpers.graph import Graph, of_network, two_paths, worked_example
from helpers.plots import graph_text
from helpers.widgets import GraphLab, nudge

KINKED = Graph({"a": 0.3, "b": 0.5}, {"m": ("max", "a", "b"), "l": ("log", "m"), "E": ("exp", "l")})
GRAPHS = {
    "two paths": two_paths(),
    "worked": worked_example(),
    "w5": worked_example("w5"),
    "six paths": of_network(examples.schematic(), "x1"),
    "kinked": KINKED,
}
every = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)


def by_graph(graph, inputs, name, by) -> dict[str, float]:
    """What the graph itself says, one node and one nudge at a time."""
    g = graph.at(**inputs)
    after = g.nudged(name, by)
    change = after[g.output] - g.values[g.output]
    found = {f"value {n}": v for n, v in after.items()}
    found |= {f"before {n}": v for n, v in g.values.items()}
    found |= {f"local {a}>{b}": v for (a, b), v in g.local.items()}
    found |= {f"{kind} {n}": v for kind in ("slope", "sum") for n, v in g.slopes.items()}
    found |= {f"product {n} {k}": p.product for n in g.values for k, p in enumerate(g.paths(n))}
    predicted = by * g.slopes[name]
    return found | {
        "change": change,
        "predicted": predicted,
        "difference": change - predicted,
        "tangent": g.values[g.output] + predicted,
    }


@every
def test_the_vectorised_pass_equals_the_graph(graph):
    lab = GraphLab(graph)
    rng = np.random.default_rng(0)
    names = list(graph.values)
    settings, wanted = [], []
    for _ in range(12):
        inputs = {name: float(rng.uniform(0.2, 1.5)) for name in graph.inputs}
        node, by = int(rng.integers(len(names))), float(np.round(rng.uniform(-0.19, 1), 3))
        settings.append([*inputs.values(), nudge.position(node, by)])
        wanted.append(by_graph(graph, inputs, names[node], by))
    found = lab.evaluate(np.array(settings))
    for row, want in zip(found, wanted):
        assert [n for n, _ in lab.quantities()] == list(want)
        assert row == pytest.approx([*want.values()], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["two paths", "worked", "six paths"])
def test_a_sweep_holds_every_shown_digit(name):
    graph = GRAPHS[name]
    lab = GraphLab(graph)
    last = len(graph.inputs)
    shown = [n for n, _ in lab.quantities()]
    for node, chosen in enumerate(graph.values):
        for by in (-1, -0.37, 0.01, 1):
            at = round(nudge.position(node, by))
            state = dict(zip(shown, look_up(lab.sweep, last, at)))
            exact = by_graph(graph, {}, chosen, by)
            for quantity, places in lab.quantities()[:-4]:
                text = diagram.number(state[quantity], places)
                assert text == diagram.number(exact[quantity], places), (chosen, by, quantity)
            for quantity in ("change", "predicted", "difference"):
                seven = 6 - int(f"{exact[quantity]:e}".split("e")[1])  # digits, as in graph.js
                d = min(lab._fine(chosen), seven)
                text = diagram.number(state[quantity], d)
                assert text == diagram.number(exact[quantity], d), (chosen, by, quantity)
    for i, (moved, start) in enumerate(graph.inputs.items()):
        row = lab.sweep["rows"][i]
        k = round((start - row["low"]) / row["step"]) + 7
        value = round(row["low"] + k * row["step"], 10)
        exact = by_graph(graph, {moved: value}, lab.chosen, 0.1)
        for (quantity, places), state in zip(lab.quantities()[:-4], look_up(lab.sweep, i, k)):
            assert diagram.number(state, places) == diagram.number(exact[quantity], places)


def test_the_slopes_shown_are_those_of_the_network():
    example = examples.worked()
    slope = gradcheck.numerical_gradient(example.net, example.x, example.t)
    lab = GraphLab(worked_example("w1", "w5"))
    shown = dict(zip([n for n, _ in lab.quantities()], lab.sweep["state"]))
    assert shown["slope w1"] == pytest.approx(slope.dE_dW[1, 0], abs=5e-7)
    assert shown["slope w5"] == pytest.approx(slope.dE_dU[1, 0], abs=5e-7)
    assert shown["value E"] == pytest.approx(
        by_graph(lab.graph, {}, "w1", 0.1)["value E"], abs=5e-7
    )


def test_positions_run_through_all_nudges_of_all_nodes():
    for node in (0, 3, 23):
        for by in (-1, -0.5, 0, 0.001, 0.1, 0.123456, 1):
            nodes, nudges = nudge.of_positions(np.array([nudge.position(node, by)]))
            assert (nodes[0], nudges[0]) == (node, by)
    slider = nudge.slider(2)
    nodes, nudges = nudge.of_positions(slider.grid())
    assert list(nudges) == [*nudge.grid(), *nudge.grid()]
    assert list(nodes) == [0] * 201 + [1] * 201


def test_python_moves_sliders_and_sliders_move_python():
    graph = two_paths()
    lab = GraphLab(graph)
    assert (lab.chosen, lab.nudge, lab.output) == ("w", 0.1, "E")
    assert (lab.change, lab.predicted, lab.difference) == pytest.approx((0.21, 0.2, 0.01))
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "nudge")
    version = lab.sweep["version"]
    lab.set("nudge", 0.001)  # finer than the slider's steps
    assert seen == [0.001]
    assert lab.difference == pytest.approx(1e-6)
    assert lab.sweep["version"] == version + 1
    lab.set(w=0.5, nudge=-0.2)
    assert lab.graph.values["s"] == 0.25
    assert graph.values["w"] == 0.4  # the reader's own graph is as it was
    lab.choose("s")
    assert (lab.chosen, lab.nudge, lab.predicted) == ("s", -0.2, -0.2)
    lab.set(x=5)
    assert lab.sweep["rows"][1]["low"] == 3
    lab.reset()
    assert (lab.chosen, lab.nudge, lab.graph.inputs) == ("w", 0.1, graph.inputs)
    assert GraphLab(graph, choose="p").chosen == "p"


def test_the_curve_and_its_tangent():
    lab = GraphLab(two_paths())
    grid, curve, tangent = lab.curve()
    assert curve == pytest.approx((0.4 + grid) ** 2 + 1.2 * (0.4 + grid), rel=1e-12, abs=1e-15)
    assert tangent == pytest.approx(0.64 + 2.0 * grid, rel=1e-12, abs=1e-15)
    _, curve, tangent = lab.curve("x")
    assert curve == pytest.approx(tangent, rel=1e-12, abs=1e-15)


def test_where_a_gate_has_no_value_nothing_is_shown():
    lab = GraphLab(Graph({"a": 0.5}, {"l": ("log", "a"), "E": ("square", "l")}))
    _, curve, tangent = lab.curve("a")
    assert np.isnan(curve[:51]).all()
    assert np.isfinite(curve[51:]).all()
    assert np.isfinite(tangent).all()
    lab.set(nudge=-0.7)
    shown = dict(zip([n for n, _ in lab.quantities()], lab.sweep["state"]))
    assert shown["value E"] is None
    assert shown["before E"] == pytest.approx(0.4805, abs=5e-5)
    with pytest.raises(ValueError, match="l = ln a has no finite value: log of -1"):
        lab.set(a=-1)
    assert lab.graph.inputs["a"] == 0.5
    ElementTree.fromstring(lab.figure().svg)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda lab: lab.set("q", 1), "No slider 'q'; there are w, x and nudge"),
        (lambda lab: lab.set(s=1), "No slider 's'"),
        (lambda lab: lab.set(w="much"), "w needs a number; got 'much'"),
        (lambda lab: lab.set(nudge="much"), "nudge needs a number; got 'much'"),
        (lambda lab: lab.set(nudge=1.5), "nudge takes numbers from -1 to 1; got 1.5"),
        (lambda lab: lab.set(nudge=float("nan")), "from -1 to 1"),
        (lambda lab: lab.set(w=0.5, x=1e9), "from -100 to 100"),
        (lambda lab: lab.choose("q"), "No node 'q'; there are w, x, s, p, E"),
        (lambda lab: lab.curve("q"), "No node 'q'"),
    ],
)
def test_a_wrong_move_changes_nothing(act, words):
    lab = GraphLab(two_paths())
    before = dict(lab.values)
    with pytest.raises(ValueError, match=words):
        act(lab)
    assert lab.values == before


def test_wrong_arguments_are_told_so():
    with pytest.raises(ValueError, match="GraphLab needs a Graph, not dict"):
        GraphLab({})
    with pytest.raises(ValueError, match="No node 'q'"):
        GraphLab(two_paths(), choose="q")
    steps = {f"a{i}": ("square", "w") for i in range(30)}
    with pytest.raises(ValueError, match="has 32 nodes; the lab has room for 24"):
        GraphLab(Graph({"w": 1}, {**steps, "E": ("add", *steps)}))


def test_messages():
    lab = GraphLab(two_paths())
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    values = [0.4, 1.2, nudge.position(2, -0.5)]
    message = {"values": values, "number": 3, "client": "me", "chosen": "w"}
    lab._on_message(None, {"kind": "move", **message}, None)
    assert sent.pop() == {"kind": "moved", "number": 3, "client": "me"}
    assert (lab.chosen, lab.nudge) == ("s", -0.5)
    lab._on_message(None, {"kind": "sweep", **message}, None)
    assert [lab.sweep[k] for k in ("client", "number", "chosen")] == ["me", 3, "s"]
    values[0] = 1e9
    lab._on_message(None, {"kind": "sweep", **message}, None)
    assert sent.pop()["why"].startswith("w takes numbers from -100 to 100")
    lab._on_message(None, {"kind": "reset", "chosen": "x"}, None)
    assert (lab.chosen, lab.nudge) == ("w", 0.1)


@every
def test_both_pictures_hold_all_that_the_browser_looks_for(graph):
    lab = GraphLab(graph)
    root = ElementTree.fromstring(f"<div>{lab.picture}</div>")
    pictures = [e for e in root.iter() if e.tag.endswith("svg")]
    assert len(pictures) == 2
    for picture in pictures:
        for key, wanted in (
            ("node", set(graph.values)),
            ("value", set(graph.values)),
            ("slope", set(graph.values)),
            ("paths", set(graph.values)),
            ("local", {f"{a}>{b}" for a, b in graph.local}),
        ):
            found = [e.attrib[f"data-{key}"] for e in picture.iter() if f"data-{key}" in e.attrib]
            assert len(found) == len(set(found))
            assert set(found) == wanted
    assert [n["name"] for n in lab.spec["nodes"]] == list(graph.values)
    for node in lab.spec["nodes"]:
        assert [tuple(p) for p in node["paths"]] == [p.nodes for p in graph.paths(node["name"])]
    assert lab.spec["wide"] == (graph is not GRAPHS["two paths"])
    ElementTree.fromstring(lab.spec["plot"])


def test_the_picture_and_the_words():
    bundles = [GraphLab(two_paths())._repr_mimebundle_()[0] for _ in range(2)]
    for bundle in bundles:
        assert bundle.pop("application/vnd.jupyter.widget-view+json")["model_id"]
    assert bundles[0] == bundles[1]
    bundle = bundles[0]
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert "Sum: dE/dw = 0.80 + 1.20 = 2.00." in bundle["text/plain"]
    assert bundle["text/plain"].endswith(
        "A nudge of 0.10 to w moves E by 0.21; the derivative predicts 0.20; the difference is "
        "0.01."
    )
    ElementTree.fromstring(bundle["image/svg+xml"])
    moved = GraphLab(worked_example())
    moved.choose("h1")
    moved.set(w1=1)
    assert "w1 = 1.00" in repr(moved)
    assert "to h1 moves E" in repr(moved)


def test_the_static_plot_lies_on_the_numbers():
    lab = GraphLab(two_paths())
    grid, curve, tangent = lab.curve()
    shown = [lab.change, lab.predicted, lab.difference, 0.84]
    body, *_ = nudge.plot(grid, curve, tangent, 0.1, shown, "w", "E")
    root = ElementTree.fromstring(f"<g>{body}</g>")
    parts = {e.attrib["data-c"]: e for e in root.iter() if "data-c" in e.attrib}
    low, high = -1.36, 3.64

    def place(v, e):
        share = (e - low) / (high - low)
        return (
            nudge.LEFT + (nudge.RIGHT - nudge.LEFT) * (v + 1) / 2,
            nudge.BOTTOM - (nudge.BOTTOM - nudge.TOP) * share,
        )

    for key, value in (("point", 0.85), ("aim", 0.84)):
        found = [float(parts[key].attrib[k]) for k in ("cx", "cy")]
        assert found == pytest.approx(place(0.1, value), abs=0.06)
    last = parts["curve"].attrib["points"].split()[-1]
    assert [float(v) for v in last.split(",")] == pytest.approx(place(1, 3.64), abs=0.06)
    assert "".join(parts["high"].itertext()) == graph_text.trimmed(high, 4)
    assert nudge.apart(100, 104) == (94.5, 109.5)
    assert nudge.apart(104, 100) == (109.5, 94.5)
    assert nudge.apart(10, 100) == (10, 100)
