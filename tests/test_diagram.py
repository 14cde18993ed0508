"""The diagram of a network: numbers, shapes, and labels that do not hide one another."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from helpers import diagram, examples, plots, style

NETS = [examples.worked(), examples.schematic()]
SVG = "{http://www.w3.org/2000/svg}"


def parsed(example, values=None, labels="letters"):
    body = diagram.draw(example.net, example.names, values, labels)
    return ElementTree.fromstring(diagram.document(body, *diagram.size(example.net.sizes), "x"))


def texts(root) -> list[str]:
    return ["".join(t.itertext()).replace("\u200b", "") for t in root.iter(SVG + "text")]


def test_every_number_of_the_worked_example_is_in_the_picture():
    example = NETS[0]
    root = parsed(example, diagram.values_of(example.net, example.x, example.t), "both")
    shown = {t.get("data-q"): t.text for t in root.iter(SVG + "text") if t.get("data-q")}
    assert shown == {
        "z1_1": "0.3775", "h1_1": "0.5933", "z1_2": "0.3925", "h1_2": "0.5969",
        "z2_1": "1.1059", "h2_1": "0.7514", "e1": "0.274811",
        "z2_2": "1.2249", "h2_2": "0.7729", "e2": "0.023560", "E": "0.298371",
    }  # fmt: skip
    weights = {t.get("data-v"): t.text for t in root.iter(SVG + "text") if t.get("data-v")}
    assert weights["w5"] == "0.40"
    assert weights["b2"] == "0.60"


def test_a_line_is_as_wide_as_its_weight_and_dashed_if_negative():
    example = NETS[1]
    root = parsed(example, diagram.values_of(example.net, example.x, example.t))
    lines = {g.get("data-s"): g.findall(SVG + "line")[1] for g in root.iter(SVG + "g")}
    assert len(lines) == 17
    assert float(lines["u11"].get("stroke-width")) == style.line_width(0.7)
    assert lines["u11"].get("stroke-dasharray") is None
    assert lines["u31"].get("stroke-dasharray") == style.DASHES
    assert style.line_width(-0.6) > style.line_width(0.3)
    assert style.line_width(50) == style.LINE_WIDTH["widest"]


def test_shapes_repeat_what_colours_say():
    root = parsed(NETS[1])
    count = {}
    for element in root.iter():
        kind = element.get("class")
        if kind in ("input", "hidden", "output", "one"):
            count[kind, element.tag.removeprefix(SVG)] = count.get((kind, element.tag), 0) + 1
    assert set(count) == {
        ("input", "rect"), ("hidden", "circle"), ("output", "polygon"), ("one", "circle"),
    }  # fmt: skip


def share(a, b) -> float:
    w = (a[2] + b[2]) / 2 - abs(a[0] - b[0])
    h = (a[3] + b[3]) / 2 - abs(a[1] - b[1])
    return max(w, 0) * max(h, 0) / min(a[2] * a[3], b[2] * b[3])


@pytest.mark.parametrize("example", NETS, ids=["2-2-2", "2-3-2"])
@pytest.mark.parametrize(
    ("box", "values"), [((26, 15), False), ((26, 15), True), ((36, 15), False), ((36, 29), True)]
)
def test_labels_lie_on_their_lines_and_cover_nothing(example, box, values):
    sizes = tuple(example.net.sizes)
    places = diagram.label_places(sizes, box, values)
    boxes = [(*place, *box) for place in places.values()]
    for i, a in enumerate(boxes):
        assert all(share(a, b) < 0.08 for b in boxes[:i])
        assert all(share(a, b) < 0.12 for b in diagram._node_boxes(sizes, values))
    for key, (x, y) in places.items():
        x1, y1, x2, y2 = diagram.line(*key, sizes)
        assert abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) < 40  # on the line


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3, 2), (1, 4, 1), (3, 3, 3, 2)])
def test_everything_lies_within_the_picture(sizes):
    width, height = diagram.size(sizes)
    for l, layer in enumerate(diagram.positions(sizes)):
        for row, (x, y) in enumerate(layer):
            if y < 0:
                continue
            a, b = diagram.NODE[diagram.kind_of(l, row, sizes)]
            below = 0 if diagram.kind_of(l, row, sizes) != "output" else 54
            assert a <= x <= width - a
            assert b <= y <= height - b - below


def test_numbers():
    assert diagram.number(-0.00001, 4) == "0.0000"
    assert diagram.number(-0.25, 2) == "−0.25"
    assert [diagram.short(v) for v in (0.6, 0.125, -0.8, 3, 0.12345)] == [
        "0.60", "0.125", "−0.80", "3.00", "0.1235",
    ]  # fmt: skip
    assert diagram.split_name("w1_12") == ("w1", "12")


def test_the_figure_is_one_text_with_caption_and_alt():
    figures = [plots.network(NETS[1], values=True) for _ in range(2)]
    bundles = [f._repr_mimebundle_() for f in figures]
    assert bundles[0] == bundles[1]
    html = bundles[0]["text/html"]
    assert "<figcaption" in html
    assert re.search(r'<img alt="A 2-3-2 network\. .*Error E = 0\.110427\."', html)
    assert "<svg" not in html  # JupyterLab strips it from a notebook that it does not trust
    ElementTree.fromstring(bundles[0]["image/svg+xml"])
    assert "0x" not in bundles[0]["text/plain"]


def test_labels_are_escaped():
    example = NETS[0]
    names = {("<b>" if name == "w1" else name): at for name, at in example.names.items()}
    assert "<b>" not in diagram.draw(example.net, names)
