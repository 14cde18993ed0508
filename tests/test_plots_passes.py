"""The figures of the pass, tested on their numbers; and the colours of the flows."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import examples, plots, style
from helpers.diagram import document
from helpers.network import Network

THREE = Network.random((2, 2, 3), 1, output="softmax", loss="cross-entropy"), [0.1, 0.5], [0, 1, 0]
ONE = Network.random((2, 2, 1), 1, hidden="tanh", loss="log"), [0.1, 0.5], [0.5]
DEEP = Network.random((2, 2, 2, 2), 4, hidden="relu"), [0.1, 0.5], [0.5, 0.2]


@pytest.mark.parametrize("example", [examples.worked(), examples.schematic(), THREE, ONE])
def test_flows_add_up_to_what_the_network_sends_back(example):
    net, x, t = example
    p = net.forward(x)
    net.backward(p, t)
    for j in range(net.sizes[1]):
        numbers = plots.flows(example, f"h{j + 1}").numbers
        terms = [p.delta_y[k] * net.U[j + 1, k] for k in range(net.sizes[-1])]
        assert numbers["terms"] == pytest.approx(terms, rel=1e-12)
        assert numbers["back"] == pytest.approx(sum(terms), rel=1e-12, abs=1e-16)
        assert numbers["delta"] == pytest.approx(p.delta_h[j], rel=1e-12)
        tanh = net.activations[0].name == "tanh"
        slope = 1 - p.h[j] ** 2 if tanh else p.h[j] * (1 - p.h[j])
        assert numbers["slope"] == pytest.approx(slope, rel=1e-12)


def test_the_worked_example_prints_its_known_sum():
    figure = plots.flows(examples.worked())
    assert "0.1385 × 0.40 = 0.0554" in str(figure)
    assert "0.0554 − 0.0190 = 0.0364" in str(figure)
    assert "its delta, 0.00877" in str(figure)
    for text in ("0.1385 × 0.40 = 0.0554", "−0.0381 × 0.50 = −0.0190", "= 0.0364", "slope 0.2413"):
        assert text in figure.svg
    assert "(−0.20)" in str(plots.flows(examples.schematic()))


def test_flows_refuses_what_it_cannot_show():
    for bad, words in (
        ((examples.worked(), "h3"), "there are h1, h2"),
        ((examples.worked(), None), "there are h1, h2"),
        ((examples.xor(),), r"x\[0\]"),
        ((examples.digits(),), "784|2,0|examples"),
        ((7,), "examples.worked"),
        (((1, 2, 3),), "is a Network"),
        (((Network.random((2, 2)), [1, 2], [1, 0]),), "no hidden units"),
        (((Network.random((2, 2, 4)), [1, 2], [1, 0, 0, 0]),), "tells 3 apart"),
        (((Network.random((4, 4, 2)), [1, 2, 3, 4], [1, 0]),), "30 weights"),
        (((Network.random((2, 2, 2), output="softmax"), [1, 2], [1, 0]),), "cross-entropy"),
    ):
        with pytest.raises(ValueError, match=words):
            plots.flows(*bad)


@pytest.mark.parametrize(
    "make",
    [
        lambda: plots.flows(examples.worked()),
        lambda: plots.flows(examples.schematic(), "h3"),
        lambda: plots.flows(THREE, "h2"),
        lambda: plots.flows(ONE),
        lambda: plots.flows(DEEP, "h22"),
    ],
)
def test_every_figure_is_whole(make):
    figure = make()
    assert figure._repr_mimebundle_() == make()._repr_mimebundle_()
    for body, width, height in figure.parts:
        ElementTree.fromstring(document(body, width, height, figure.alt))
    assert len(str(figure)) > 60
    assert figure.caption.endswith(".")


# ---- the colours of the two flows

# How colours look to people without one kind of cone (severity 1.0), for linear RGB.
# Source: Machado, Oliveira, Fernandes 2009, IEEE TVCG 15(6), 1291, table 1.
SEEN_BY = {
    "all cones": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2."""
    low, high = sorted(linear(c) @ TO_XYZ[1] for c in (a, b))
    return (high + 0.05) / (low + 0.05)


def cielab(rgb) -> np.ndarray:
    f = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(f > 216 / 24389, np.cbrt(f), (24389 / 27 * f + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("palette", [style.COLOUR, {**style.COLOUR, **style.DARK}])
def test_flows_stand_out_from_the_paper_and_from_each_other(palette):
    flows = [palette[style.FLOW[k][0]] for k in (1, 2, 3)]
    for flow in flows:
        assert contrast(flow, palette["paper"]) >= 4.5  # their numbers are text
    for matrix in SEEN_BY.values():
        first, second, _ = (cielab(np.array(matrix) @ linear(flow)) for flow in flows)
        assert np.linalg.norm(first - second) > 60
    assert len({dashes for _, dashes in style.FLOW.values()}) == 3
    assert style.DASHES not in [dashes for _, dashes in style.FLOW.values()]


def test_the_measure_knows_a_bad_pair():
    """Okabe and Ito's green and vermilion in equal lightness would fail it."""
    matrix = np.array(SEEN_BY["deuteranopia"])
    a, b = (cielab(matrix @ linear(c)) for c in ("#C2543B", "#7A7A2E"))
    assert np.linalg.norm(a - b) < 60
