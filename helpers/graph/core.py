"""The graph: every value forward, every slope backward."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import prod
from typing import NamedTuple

import numpy as np

from . import checked
from .gates import GATES


class Path(NamedTuple):
    """One way from a node to the output, and the product of the local slopes along it."""

    nodes: tuple[str, ...]
    product: float


class Graph:
    """`Graph({"w": 0.4, "x": 2}, {"z": ("multiply", "w", "x"), "h": ("sigmoid", "z")})`.

    inputs   name -> number
    steps    name -> (operation, what it takes ...): names of inputs or of earlier steps, or plain
             numbers, which are constants of the gate. The last step is the output.

    `values`  name -> value of the node
    `local`   (name, name of a gate it enters) -> local slope; added up if it enters twice
    `slopes`  name -> d(output) / d(name)
    `output`  name of the output

    ValueError says what is wrong with inputs or steps.
    """

    def __init__(self, inputs: Mapping, steps: Mapping):
        self.inputs = checked.inputs(inputs)
        self.steps = checked.steps(steps, self.inputs)
        self.output = next(reversed(self.steps))
        self.sources = {
            name: tuple(dict.fromkeys(s for s in taken if isinstance(s, str)))
            for name, (_, *taken) in self.steps.items()
        }
        self.values = {name: float(v) for name, v in self.run().items()}
        checked.all_finite(self)
        self.local = {edge: float(v) for edge, v in self.local_slopes(self.values).items()}
        self.slopes = {name: float(v) for name, v in self.output_slopes(self.local).items()}

    # The forward pass, the local slopes, and the backward pass.

    def run(self, inputs: Mapping | None = None, nudges: Mapping | None = None) -> dict:
        """The value of every node; `nudges` are added to nodes on the way."""
        nudges, values = nudges or {}, {}
        with np.errstate(all="ignore"):  # where a gate has no value, it is NaN or infinite
            for name, value in {**self.inputs, **(inputs or {})}.items():
                values[name] = value + nudges.get(name, 0.0)
            for name, (op, *taken) in self.steps.items():
                value = GATES[op].value(*self._taken(values, taken))
                values[name] = value + nudges.get(name, 0.0)
        return values

    def local_slopes(self, values: Mapping) -> dict:
        """d(gate) / d(what it takes) for every edge, at these values."""
        local = {}
        with np.errstate(all="ignore"):
            for name, (op, *taken) in self.steps.items():
                slopes = GATES[op].slopes(*self._taken(values, taken))
                for source, slope in zip(taken, slopes):
                    if isinstance(source, str):
                        local[source, name] = local.get((source, name), 0.0) + slope
        return local

    def output_slopes(self, local: Mapping) -> dict:
        """d(output) / d(node) for every node, from the output back to the inputs."""
        slopes = {**dict.fromkeys([*self.inputs, *self.steps], 0.0), self.output: 1.0}
        for name in reversed(self.steps):
            for source in self.sources[name]:
                slopes[source] = slopes[source] + slopes[name] * local[source, name]
        return slopes

    # For readers.

    def paths(self, name: str) -> list[Path]:
        """All paths from this node to the output. ValueError for an unknown name."""
        self._check(name)
        return [Path(p, float(prod(self.factors(p)))) for p in self._walk(name)]

    def factors(self, nodes) -> list[float]:
        """The local slopes along a path, or along its nodes."""
        nodes = nodes.nodes if isinstance(nodes, Path) else nodes
        return [self.local[edge] for edge in pairwise(nodes)]

    def nudged(self, name: str, by) -> dict:
        """All values after this node, an input or an inner one, is moved `by`.

        What comes before it stays; everything after it is computed anew. `by` may be an array:
        then every value is an array of its shape. ValueError for an unknown name.
        """
        self._check(name)
        by = np.asarray(by, float)
        moved = self.run(nudges={name: by})
        if by.ndim:
            return {n: np.broadcast_to(np.asarray(v, float), by.shape) for n, v in moved.items()}
        return {n: float(v) for n, v in moved.items()}

    def at(self, **inputs) -> Graph:
        """The same graph with other inputs: `g.at(w=0.5)`."""
        unknown = [name for name in inputs if name not in self.inputs]
        if unknown:
            raise ValueError(f"No input {unknown[0]!r}; there are {', '.join(self.inputs)}.")
        return Graph({**self.inputs, **inputs}, self.steps)

    def written(self, name: str) -> str:
        """The formula of a gate: "w × x"; empty for an input."""
        if name in self.inputs:
            return ""
        op, *taken = self.steps[name]
        words = [s if isinstance(s, str) else f"{s:.4g}".replace("-", "−") for s in taken]
        form = GATES[op].written
        return form.join(words) if form.startswith(" ") else form.format(*words)

    def __repr__(self):
        return f"<Graph {', '.join(self.inputs)} → {', '.join(self.steps)}>"

    def _taken(self, values, taken):
        return [values[s] if isinstance(s, str) else s for s in taken]

    def _walk(self, name):
        if name == self.output:
            return [(name,)]
        after = [gate for gate, sources in self.sources.items() if name in sources]
        return [(name, *rest) for gate in after for rest in self._walk(gate)]

    def _check(self, name):
        if name not in self.values:
            raise ValueError(f"No node {name!r}; there are {', '.join(self.values)}.")
