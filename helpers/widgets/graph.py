"""The graph lab: choose a node of a computation graph, nudge it, and compare with its slope."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import traitlets

from .. import diagram
from ..graph import Graph
from ..plots import graph_text, graphs
from ..plots.graph_drawing import drawing, path_style
from ..plots.graph_layout import layout
from . import nudge, sweep
from .lab import SLIDERS, Lab, browser_module, style_sheet

MOST_NODES = 24
FIRST_NUDGE = 0.1
REACH = 2.0
WIDE = 520  # a picture wider than this gets the whole width of a page, or is turned


class GraphLab(Lab):
    """`GraphLab(graph, choose="w")`: a computation graph that can be clicked and nudged.

    graph    a Graph with at most 24 nodes
    choose   the node that is nudged first; by default the first input

    The chosen node's paths to the output light up, with their products and their sum. The nudge
    moves that node and all that comes after it; beside the true change of the output stands what
    the derivative predicts, nudge × slope.

    `lab.graph` is the graph at the inputs that the sliders say; `lab.chosen` and `lab.nudge` are
    the node and its nudge, `lab.values` what the sliders hold. `lab.change`, `lab.predicted` and
    `lab.difference` are the numbers shown. `lab.set(w=0.5, nudge=-0.2)` moves sliders,
    `lab.choose("s")` chooses, and `lab.observe(f, "nudge")` calls f when the nudge changes.
    """

    _esm = browser_module(*SLIDERS, "nudge.js", "graph.js")
    _css = style_sheet("lab.css", "graph.css", of="bp-graphlab")

    graph = traitlets.Instance(Graph, allow_none=True)
    nudge = traitlets.Float()

    def __init__(self, graph, choose=None):
        if not isinstance(graph, Graph):
            raise ValueError(f"GraphLab needs a Graph, not {type(graph).__name__}.")
        if len(graph.values) > MOST_NODES:
            raise ValueError(
                f"This graph has {len(graph.values)} nodes; the lab has room for {MOST_NODES}. "
                "Make some of its inputs constants."
            )
        self._nodes = list(graph.values)
        self._graph = graph
        self._paths = {n: graph.paths(n)[: graph_text.MOST_PATHS] for n in self._nodes}
        chosen = self._checked_node(choose if choose is not None else self._nodes[0])
        sliders = [
            sweep.in_range(name, "inputs", v, -REACH, REACH, place=(1 + i // 2, 1 + i % 2, 1))
            for i, (name, v) in enumerate(graph.inputs.items())
        ]
        sliders.append(nudge.slider(len(self._nodes)))
        at = nudge.position(self._nodes.index(chosen), FIRST_NUDGE)
        values = [*graph.inputs.values(), at]
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, chosen)

    # ---- what Lab asks for

    def quantities(self):
        g, text = self._graph, graph_text
        shown = text.places(g)
        return [
            *((f"value {n}", text.value_places(g, n)) for n in self._nodes),
            *((f"before {n}", text.value_places(g, n)) for n in self._nodes),
            *((f"local {a}>{b}", shown["local"]) for a, b in g.local),
            *((f"slope {n}", shown["slope"]) for n in self._nodes),
            *((f"sum {n}", text.product_places(g, n)) for n in self._nodes),
            *(
                (f"product {n} {k}", text.product_places(g, n))
                for n, paths in self._paths.items()
                for k in range(len(paths))
            ),
            *((name, 10) for name in ("change", "predicted", "difference", "tangent")),
        ]

    def evaluate(self, settings):
        with np.errstate(all="ignore"):  # where a gate has no value, it is NaN or infinite
            found = np.stack([*self._numbers(settings)], axis=1)
        return np.where(np.abs(found) < 1e30, found, np.nan)  # shown as a dash

    def _numbers(self, settings):
        """The columns of `evaluate`, (k,) each."""
        g, k = self._graph, len(settings)
        node, by = nudge.of_positions(settings[:, -1])
        inputs = dict(zip(g.inputs, settings.T))
        nudges = {name: np.where(node == j, by, 0.0) for j, name in enumerate(self._nodes)}
        before, after = (_filled(g.run(inputs, n), k) for n in (None, nudges))
        local = _filled(g.local_slopes(before), k)
        slopes = _filled(g.output_slopes(local), k)
        yield from after.values()
        yield from before.values()
        yield from local.values()
        yield from slopes.values()
        yield from slopes.values()  # once more, with the decimals of a sum of products
        for paths in self._paths.values():
            for path in paths:
                yield np.prod([local[edge] for edge in pairwise(path.nodes)] or np.ones((1, k)), 0)
        change = after[g.output] - before[g.output]
        predicted = by * np.stack([slopes[n] for n in self._nodes])[node, np.arange(k)]
        yield from (change, predicted, change - predicted, before[g.output] + predicted)

    def follow(self, values):
        *inputs, at = values.values()
        moved = self._graph.at(**dict(zip(self._graph.inputs, inputs)))
        node, by = nudge.of_positions(np.array([at]))
        with self.hold_trait_notifications():
            self.graph, self.nudge = moved, float(by[0])
            self.chosen = self._nodes[int(node[0])]

    def describe(self):
        g = self._graph
        common = super().describe()
        *inputs, _ = common["sliders"]
        return {
            **common,
            "inputs": inputs,
            "nodes": [self._node(name) for name in self._nodes],
            "output": g.output,
            "nudge": {"side": nudge.SIDE, "step": nudge.STEP},
            "styles": [path_style(k) for k in range(graph_text.MOST_PATHS)],
            "plot": nudge.inline_plot(),
            "wide": layout(g, graph_text.box_width(g)).width > WIDE,
        }

    def bands(self):
        return [[{"group": "inputs", "columns": min(2, len(self._graph.inputs))}]]

    def draw(self):
        """The picture across and the picture down, which a narrow page shows of a large graph."""
        pictures = [
            drawing(self._graph, slopes=True, choose="*", turned=turned) for turned in (False, True)
        ]
        parts = []
        for css, most, (body, w, h) in zip(("across", "down"), (1.4, 1.15), pictures):
            svg = diagram.inline(body, w, h, "Nodes of the graph: choose which one is nudged")
            size = f"max-width:{most * w:.0f}px"
            parts.append(f'<div class="bp-{css}" style="{size}">{svg}</div>')
        return "".join(parts)

    def figure(self):
        picture = graphs.graph(self.graph, slopes=True, choose=self.chosen)
        grid, curve, tangent = self.curve()
        plot = nudge.plot(grid, curve, tangent, self.nudge, self._shown(), self.chosen, self.output)
        caption = "The graph lab as it starts. Run the cell to choose a node and nudge it."
        return diagram.Figure([*picture.parts, plot], caption, f"{picture.alt} {self._in_words()}")

    # ---- for readers

    output = property(lambda self: self._graph.output, doc="name of the output")
    change = property(lambda self: self._shown()[0], doc="how far the output moves")
    predicted = property(lambda self: self._shown()[1], doc="nudge × slope")
    difference = property(lambda self: self._shown()[2], doc="change - predicted")

    def set(self, name=None, value=None, /, **more):
        """Move sliders: `lab.set("w", 0.3)` or `lab.set(w=0.3, nudge=0.01)`.

        ValueError for an unknown name, or a value that is no number or out of bounds; then
        nothing has moved.
        """
        changes = {**({} if name is None else {name: value}), **more}
        for name in changes:
            if name not in self._graph.inputs and name != "nudge":
                known = ", ".join(self._graph.inputs)
                raise ValueError(f"No slider {name!r}; there are {known} and nudge.")
        if "nudge" in changes and "nudge" not in self._graph.inputs:
            by = nudge.checked(changes.pop("nudge"))
            changes[nudge.NAME] = nudge.position(self._nodes.index(self.chosen), by)
        super().set(**changes)

    def choose(self, name: str) -> None:
        """Choose the node that is nudged; the nudge stays. ValueError for an unknown name."""
        node = self._nodes.index(self._checked_node(name))
        super().set(nudge.NAME, nudge.position(node, self.nudge))

    def curve(self, name: str | None = None):
        """(nudges, output, prediction) for the chosen node, or another."""
        node = self._nodes.index(self._checked_node(name or self.chosen))
        grid = nudge.grid()
        rows = np.tile([*self.values.values()], (len(grid), 1))
        rows[:, -1] = [nudge.position(node, by) for by in grid]
        found = self.evaluate(rows)
        return grid, found[:, self._nodes.index(self.output)], found[:, -1]

    # ---- inside

    def _take_choice(self, content):
        """The chosen node is part of the nudge's position."""

    def _checked_node(self, name):
        if name not in self._nodes:
            raise ValueError(f"No node {name!r}; there are {', '.join(self._nodes)}.")
        return name

    def _shown(self):
        found = self.evaluate(np.array([[*self.values.values()]]))[0]
        return [float(v) for v in found[-4:]]

    def _node(self, name: str) -> dict:
        """What the browser must know of a node."""
        return {
            "name": name,
            "letters": nudge.html_letters(name),
            "svg": graph_text.letters(name),
            "input": name in self._graph.inputs,
            "paths": [p.nodes for p in self._paths[name]],
            "places": self._fine(name),
            "more": len(self._graph.paths(name)) - len(self._paths[name]),
        }

    def _fine(self, name: str) -> int:
        """Decimals of the output's change when this node is nudged, and of its prediction."""
        return graph_text.decimals([FIRST_NUDGE / 10 * self._graph.slopes[name]], 6, 9)

    def _in_words(self):
        d = self._fine(self.chosen)
        change, predicted, difference, _ = self._shown()
        return (
            f"Graph lab. A nudge of {graph_text.trimmed(self.nudge, 6)} to {self.chosen} moves "
            f"{self.output} by {graph_text.trimmed(change, d)}; the derivative predicts "
            f"{graph_text.trimmed(predicted, d)}; the difference is "
            f"{graph_text.trimmed(difference, d)}."
        )


def _filled(numbers: dict, k: int) -> dict:
    """The same with arrays of length k, where one number holds for all."""
    return {n: np.broadcast_to(np.asarray(v, float), k) for n, v in numbers.items()}
