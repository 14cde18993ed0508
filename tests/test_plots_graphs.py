"""Pictures of computation graphs: their numbers, their places, their words."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from helpers import examples, plots, style
from helpers.diagram import document
from helpers.graph import Graph, of_network, two_paths, worked_example
from helpers.plots import graph_drawing, graph_layout, graph_text

SKIPPING = Graph(
    {"w": 0.4, "x": 1.2, "b": 0.3},
    {
        "a": ("multiply", "w", "x"),
        "s": ("square", "a"),
        "q": ("add", "s", "w"),
        "E": ("max", "q", "b"),
    },
)
GRAPHS = {
    "two paths": two_paths(),
    "w5": worked_example("w5"),
    "worked": worked_example(),
    "six paths": of_network(examples.schematic(), "x1"),
    "large": of_network(examples.schematic(), "w11", "w12", "u11", "x1", "x2"),
    "skipping": SKIPPING,
    "one gate": Graph({"a": 1}, {"E": ("square", "a")}),
}
every = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
both_ways = pytest.mark.parametrize("turned", [False, True], ids=["across", "down"])


def texts(svg: str, key: str) -> dict[str, str]:
    """What stands at each element with this data attribute."""
    root = ElementTree.fromstring(svg)
    return {
        e.attrib[f"data-{key}"]: "".join(e.itertext())
        for e in root.iter()
        if f"data-{key}" in e.attrib
    }


def as_number(text: str) -> float:
    return float(text.replace("−", "-"))


@every
def test_the_numbers_are_those_of_the_graph(graph):
    svg = plots.graph(graph, slopes=True).svg
    for key, numbers in (("value", graph.values), ("slope", graph.slopes)):
        found = texts(svg, key)
        assert set(found) == set(numbers)
        for name, v in numbers.items():
            assert as_number(found[name]) == pytest.approx(v, abs=5.1e-5, rel=2e-3), (key, name)
    found = texts(svg, "local")
    assert found.keys() == {f"{a}>{b}" for a, b in graph.local}
    for (a, b), v in graph.local.items():
        assert as_number(found[f"{a}>{b}"]) == pytest.approx(v, abs=5.1e-5)


def test_what_is_not_asked_for_is_not_there():
    svg = plots.graph(two_paths(), values=False, local=False).svg
    assert not texts(svg, "value")
    assert not texts(svg, "local")
    assert not texts(svg, "slope")
    assert "0.64" not in plots.graph(two_paths(), values=False, local=False).alt
    assert not texts(plots.graph(two_paths()).svg, "slope")
    assert not texts(plots.graph(two_paths()).svg, "paths")


def overlap(a, b, room: float = 0.0) -> bool:
    return all(abs(a[i] - b[i]) < (a[i + 2] + b[i + 2]) / 2 + room for i in (0, 1))


@every
@both_ways
def test_nothing_overlaps(graph, turned):
    at = graph_layout.layout(graph, graph_text.box_width(graph), True, turned)
    boxes = {name: (*xy, *at.box) for name, xy in at.boxes.items()}
    for (a, one), (b, other) in combinations(boxes.items(), 2):
        assert not overlap(one, other, 8), (a, b)
    for name, (x, y, w, h) in boxes.items():
        assert 0 < x - w / 2 < x + w / 2 < at.width, name
        assert 0 < y - h / 2 < y + h / 2 < at.height, name
    spots = {e: (*p, *graph_drawing.LABEL) for e, p in graph_drawing._label_spots(at).items()}
    for (a, one), (b, other) in combinations(spots.items(), 2):
        assert not overlap(one, other), (a, b)
    for edge, points in at.lines.items():
        for name, box in boxes.items():
            if name not in edge:
                assert not any(overlap((*p, 0, 0), box) for p in points), (edge, name)


@every
@both_ways
def test_values_go_one_way(graph, turned):
    at = graph_layout.layout(graph, graph_text.box_width(graph), True, turned)
    for a, b in graph.local:
        assert at.boxes[a][turned] < at.boxes[b][turned]
    for (a, b), points in at.lines.items():
        for end, name in ((points[0], a), (points[-1], b)):
            across = abs(end[1 - turned] - at.boxes[name][1 - turned])
            along = abs(end[turned] - at.boxes[name][turned])
            assert across < at.box[1 - turned] / 2
            assert along == pytest.approx(at.box[turned] / 2, abs=0.11)


def test_an_input_stands_just_before_its_first_use():
    at = graph_layout.layout(worked_example(), 90)
    assert at.boxes["w5"][0] == at.boxes["h1"][0]
    assert at.boxes["w1"][0] < at.boxes["z_h1"][0] < at.boxes["w5"][0]


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "skipping"])
def test_no_column_would_stand_better_elsewhere(name):
    """Moved up or down, the lines to a column's neighbours are longer, taken together."""
    graph = GRAPHS[name]
    at = graph_layout.layout(graph, 90)
    y = {n: place[1] for n, place in at.boxes.items()}

    def slant(y):
        return sum((y[a] - y[b]) ** 2 for a, b in graph.local)

    for x in {place[0] for place in at.boxes.values()}:
        for by in (-2, 2):
            moved = {n: v + by * (at.boxes[n][0] == x) for n, v in y.items()}
            assert slant(moved) >= slant(y)


def test_a_chain_is_straight():
    at = graph_layout.layout(worked_example(), 90)
    for chain in (("w1", "z_h1", "h1"), ("z_y1", "y1", "e1"), ("z_y2", "y2", "e2")):
        y = [at.boxes[name][1] for name in chain]
        assert max(y) - min(y) < 0.2


def test_two_paths_with_their_products_and_their_sum():
    figure = plots.graph(two_paths(), choose="w")
    assert "w → s → E: 0.80 × 1.00 = 0.80; w → p → E: 1.20 × 1.00 = 1.20." in figure.alt
    assert figure.alt.endswith("Sum: dE/dw = 0.80 + 1.20 = 2.00.")
    assert figure.caption == ("Two paths lead from w to E: multiply along each, then add them up.")
    drawn = re.search(r'<g data-paths="w">(.*?)</g>', figure.svg).group(1)
    assert drawn.count("<path") == 2
    assert len(set(re.findall(r"stroke-dasharray:([^;\"]*)", drawn))) == 2
    one = plots.graph(two_paths(), choose="x")
    assert one.alt.endswith("Paths from x: x → p → E: 0.40 × 1.00 = 0.40. Sum: dE/dx = 0.40.")
    assert "One path leads" in one.caption


def test_negative_and_many_products():
    figure = plots.graph(worked_example(), choose="w1")
    net, x, _ = example = examples.worked()
    p = net.forward(x)
    net.backward(p, example.t)
    each = p.delta_y * net.U[1] * p.h[0] * (1 - p.h[0]) * x[0]
    assert [f"{v:.7f}" for v in each] == ["0.0006684", "-0.0002298"]
    assert "Sum: dE/dw1 = 0.0006684 + (−0.0002298) = 0.0004386." in figure.alt
    graph = of_network(examples.schematic(), "x1")
    products = [p.product for p in graph.paths("x1")]
    found = graph_text.sum_of_paths(graph, "x1")
    *terms, total = (as_number(v.strip("()")) for v in re.split(r" [+=] ", found))
    assert terms == pytest.approx(products, abs=5e-6)
    assert sum(terms) == pytest.approx(total, abs=1e-9)  # what is shown adds up
    assert "Six paths" in plots.graph(graph, choose="x1").caption
    steps = {f"a{i}": ("square", "w") for i in range(8)}
    many = Graph({"w": 2}, {**steps, "E": ("add", *steps)})
    assert "and 2 more" in plots.graph(many, choose="w").alt
    assert graph_text.sum_of_paths(many, "w").endswith("4.00 + … = 32.00")


def test_shared_lines_carry_paths_side_by_side():
    svg = plots.graph(worked_example(), choose="w1").svg
    drawn = re.findall(r'd="(M[^"]*)"', re.search(r'data-paths="w1">(.*?)</g>', svg).group(1))
    starts = [d.split("C")[0] for d in drawn]
    assert len(starts) == len(set(starts)) == 2
    last = [d.split("M")[-1] for d in drawn]  # apart again: each in the middle of its own line
    assert last[0] != last[1]


def test_names_formulas_and_colours():
    g = SKIPPING
    assert (
        graph_text.formula(g, "s") == '<tspan class="it">s</tspan> = <tspan class="it">a</tspan>²'
    )
    assert graph_text.plain(graph_text.formula(g, "a")) == "a = w × x"
    assert graph_text.plain(graph_text.formula(g, "E")) == "E = max(q, b)"
    g = worked_example("w5")
    assert graph_text.plain(graph_text.formula(g, "z_y1")) == "zy1 = Σ w x"
    assert graph_text.plain(graph_text.formula(g, "E")) == "E"  # with its constant it is too long
    names = ["E", "e1", "w5", "u11", "b", "x", "t", "h1", "z_h1", "z_y1", "y1", "q"]
    kinds = [graph_text.colour(name) for name in names]
    assert kinds[:5] == ["error"] * 2 + ["weight"] * 3
    assert kinds[5:] == ["input", "target", "hidden", "hidden", "output", "output", "muted"]
    assert set(kinds) <= style.COLOUR.keys()


@every
@pytest.mark.parametrize("choose", [True, False])
def test_every_picture_is_whole_and_the_same_again(graph, choose):
    asked = {"slopes": choose, "choose": next(iter(graph.inputs)) if choose else None}
    figure = plots.graph(graph, **asked)
    assert figure._repr_mimebundle_() == plots.graph(graph, **asked)._repr_mimebundle_()
    for body, width, height in figure.parts:
        ElementTree.fromstring(document(body, width, height, figure.alt))
    assert figure.caption.endswith(".")
    assert all(name in figure.alt for name in graph.values)
    assert "nan" not in figure.svg


def test_a_wrong_name_and_a_caption_of_ones_own():
    with pytest.raises(ValueError, match="No node 'q'; there are w, x"):
        plots.graph(two_paths(), choose="q")
    assert plots.graph(two_paths(), caption="Look.").caption == "Look."
