"""The film of a pass: its numbers, its frames and what the picture shows in each."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from film_pictures import placed, visible

from helpers import diagram, examples, gradcheck
from helpers.network import Network
from helpers.plots.pass_frames import PHASES
from helpers.plots.pass_letters import maths
from helpers.plots.pass_numbers import added, one_pass, shown, total
from helpers.plots.pass_scene import Scene
from helpers.training import train

NETS = {
    "worked": examples.worked(),
    "schematic": examples.schematic(),
    "softmax": (
        Network.random((2, 2, 3), 1, output="softmax", loss="cross-entropy"), [0.1, 0.5], [0, 1, 0],
    ),
    "log": (Network.random((3, 2, 1), 2, hidden="tanh", loss="log"), [0.1, 0.5, -1], [1]),
    "linear": (Network.random((1, 4, 1), 3, hidden="relu", output="identity"), [0.7], [2.5]),
    "deep": (Network.random((2, 2, 2, 2), 4, hidden=["relu", "tanh"]), [0.1, 0.5], [0.5, 0.2]),
    "none": (Network.random((2, 2), 4), [0.1, 0.5], [0.5, 0.2]),
}  # fmt: skip

every = pytest.mark.parametrize("name", NETS)


# ---- numbers


@every
def test_numbers_are_the_networks(name):
    net, x, t = NETS[name]
    n = one_pass(NETS[name], eta=0.3)
    p = net.forward(x)
    g = net.backward(p, t)
    assert n.E == pytest.approx(net.error(x, t), rel=1e-12)
    assert n.e == pytest.approx(net.errors(x, t), rel=1e-12)
    for layer in range(1, n.last + 1):
        assert n.z(layer) == pytest.approx(p.Z[layer - 1][0], rel=1e-12)
        assert n.h(layer) == pytest.approx(p.H[layer][0], rel=1e-12)
        assert n.delta(layer) == pytest.approx(p.Delta[layer - 1][0], rel=1e-12)
    for l in range(n.last):
        assert n.g.weights[l] == pytest.approx(g.weights[l], rel=1e-12)
    for layer in range(1, n.last):  # what meets at the hidden units
        terms = n.delta(layer + 1) * net.weights[layer][1:]
        assert n.terms[layer - 1] == pytest.approx(terms, rel=1e-12)
        assert n.back[layer - 1] == pytest.approx(terms.sum(axis=1), rel=1e-12, abs=1e-16)
        assert n.delta(layer) == pytest.approx(n.back[layer - 1] * n.slopes[layer - 1], rel=1e-12)


@every
def test_gradients_agree_with_centred_differences(name):
    net, x, t = NETS[name]
    n = one_pass(NETS[name])
    found = gradcheck.numerical_gradient(net, x, t)
    assert n.g.parameters == pytest.approx(found.parameters, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("biases", ["separate", "shared", "frozen"])
def test_the_update_is_that_of_train(biases):
    net, x, t = examples.worked()
    train(net, x, t, eta=0.5, biases=biases)
    n = one_pass(examples.worked(), 0.5, biases)
    assert n.after.parameters == pytest.approx(net.parameters, rel=1e-12)
    assert n.E_after == pytest.approx(net.error(x, t), rel=1e-12)


def test_the_usual_biases():
    assert one_pass(examples.worked()).E_after == pytest.approx(0.291027773693599, rel=1e-12)
    assert one_pass(examples.schematic()).E_after == pytest.approx(0.0984116341631, rel=1e-11)
    assert one_pass(examples.schematic()).biases == "separate"


def test_numbers_as_text():
    assert [shown(v) for v in (0.13849856, 0.00877135, 0.000438568, 0, -0.0380982, 2.19e-6)] == [
        "0.1385", "0.00877", "0.000439", "0.0000", "−0.0381", "2.2e−6",
    ]  # fmt: skip
    assert added([0.0554, -0.0190, 0.00031]) == "0.0554 − 0.0190 + 0.0003"
    assert total([0.00231, -0.0005], 0.00181) == "0.00231 − 0.00050 = 0.00181"


# ---- frames


@every
def test_frames_tell_the_pass_in_order(name):
    scene = Scene(one_pass(NETS[name]))
    phases = [f.phase for f in scene.frames]
    assert sorted(phases, key=PHASES.index) == phases
    assert set(phases) == set(PHASES)
    assert len({f.key for f in scene.frames}) == len(scene.frames)
    net = NETS[name][0] if isinstance(NETS[name], tuple) else NETS[name].net
    flows = [f.key for f in scene.frames if f.key[0] == "flow"]
    assert len(flows) == sum(net.sizes[2:])
    for f in scene.frames:
        assert re.fullmatch(r"[A-Z][^.]*\.", f.caption), f.caption  # one sentence
        for text in (f.formula, f.numbers, f.label):
            assert not set(text) & set("\\^_${}"), text  # no markup of formulas is left over
        assert balanced(f.formula + f.numbers)


def balanced(html: str) -> bool:
    open_tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Tags().feed(html)
    return not open_tags


def plain(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


def test_the_story_of_the_worked_example():
    frames = {f.key: f for f in Scene(one_pass(examples.worked())).frames}
    assert list(frames) == [
        ("given",), ("z", 1), ("h", 1), ("z", 2), ("h", 2), ("e",), ("E",), ("gap",), ("delta", 2),
        ("flow", 1, 0), ("flow", 1, 1), ("sum", 1), ("delta", 1), ("gradient", 1),
        ("gradient", 0), ("steps",), ("update",), ("after",),
    ]  # fmt: skip
    for key, text in (
        (("z", 1), "zh1 = 0.35 + 0.05 × 0.15 + 0.10 × 0.20 = 0.3775"),
        (("h", 2), "y1 = σ(1.1059) = 0.7514"),
        (("e",), "e1 = ½ (0.01 − 0.7514)² = 0.274811"),
        (("E",), "E = 0.274811 + 0.023560 = 0.298371"),
        (("delta", 2), "δy1 = 0.7414 × 0.1868 = 0.1385"),
        (("flow", 1, 0), "δy1 w5 = 0.1385 × 0.40 = 0.0554"),
        (("flow", 1, 1), "δy2 w7 = −0.0381 × 0.50 = −0.0190"),
        (("sum", 1), "∂E/∂h1 = 0.0554 − 0.0190 = 0.0364"),
        (("delta", 1), "δh1 = 0.0364 × 0.2413 = 0.00877"),
        (("gradient", 1), "∂E/∂w5 = 0.5933 × 0.1385 = 0.0822"),
        (("gradient", 0), "∂E/∂w1 = 0.05 × 0.00877 = 0.000439"),
        (("update",), "w5 ← 0.40 − 0.0411 = 0.3589"),
        (("after",), "E: 0.298371109 → 0.291027774"),
    ):
        assert plain(frames[key].numbers) == text
    assert "biases stay" in frames["steps",].caption


def test_letters_become_html():
    assert maths("δ^y_1 u_jk") == "<i>δ</i><sup>y</sup><sub>1</sub> <i>u</i><sub>jk</sub>"
    assert maths("tanh(z) ln y") == "tanh(<i>z</i>) ln <i>y</i>"
    assert maths("σ(z_1 &gt; 0)") == "σ(<i>z</i><sub>1</sub> &gt; 0)"


@every
def test_the_film_shows_in_each_frame_what_the_still_shows(name):
    scene = Scene(one_pass(NETS[name]))
    svg = diagram.inline(scene.film(), *scene.size, "x")
    for k in range(len(scene.frames)):
        still = visible(diagram.inline(scene.still(k), *scene.size, "x"), k)
        assert visible(svg, k) == still


def test_numbers_stand_in_the_picture_from_their_frame_on():
    scene = Scene(one_pass(examples.worked()))
    svg = diagram.inline(scene.film(), *scene.size, "x")
    for key, text in (
        (("z", 1), "zh1 0.3775"), (("h", 1), "0.5933"), (("e",), "e1 0.274811"),
        (("E",), "0.298371"),
        (("gap",), "y − t = 0.7414"), (("delta", 2), "δy1 0.1385"), (("flow", 1, 0), "0.0554"),
        (("flow", 1, 1), "− 0.0190"), (("sum", 1), "= 0.0364"), (("delta", 1), "δh1 0.00877"),
        (("gradient", 1), "0.0822"), (("gradient", 0), "0.000439"), (("steps",), "−0.0411"),
        (("update",), "0.3589"), (("after",), "now y1 0.7421"),
    ):  # fmt: skip
        at = scene.at[key]
        assert text not in visible(svg, at - 1), key
        assert text in visible(svg, at), key


@every
def test_no_two_texts_stand_on_top_of_each_other(name):
    scene = Scene(one_pass(NETS[name]))
    svg = diagram.inline(scene.film(), *scene.size, "x")
    for k in range(len(scene.frames)):
        places = [place for _, place in placed(svg, k)]
        assert len(set(places)) == len(places), k


@every
def test_nothing_leaves_the_picture_or_hides_another_node(name):
    scene = Scene(one_pass(NETS[name]))
    width, height = scene.size
    layout = scene.layout
    for x, y in layout.labels.values():
        assert 30 < x < width - 30
        assert 12 < y < height - 12
    for layer, size in enumerate(layout.sizes):
        ys = [layout.node(layer, row)[1] for row in range(1, size + 1)]
        need = {"input": 60, "hidden": 112, "output": 126}
        if size > 1:
            kind = diagram.kind_of(layer, 1, layout.sizes)
            assert np.diff(ys).min() >= need[kind]
        if layer:
            assert layout.below(layer, size, 2)[1] < height
