"""Ready-made graphs: a small one, and networks."""

from __future__ import annotations

import numpy as np

from .. import examples
from .core import Graph
from .gates import GATES


def two_paths() -> Graph:
    """E = w² + w × x: w is used twice, so two paths lead from it to E; dE/dw = 0.8 + 1.2 = 2."""
    steps = {"s": ("square", "w"), "p": ("multiply", "w", "x"), "E": ("add", "s", "p")}
    return Graph({"w": 0.4, "x": 1.2}, steps)


def worked_example(*names: str) -> Graph:
    """The error of the worked 2-2-2 network as a graph of these weights, by default w1 and w5."""
    return of_network(examples.worked(), *(names or ("w1", "w5")))


def of_network(example, *names: str) -> Graph:
    """E of a network with one hidden layer and squared error, as a graph.

    names   weights, biases or inputs ("w11", "x1") that become inputs of the graph; all other
            numbers are constants of the gates, and what depends on constants only is one, too

    The nodes are z_h1, h1, ..., z_y1, y1, ..., e1, ..., E. ValueError for an unknown name or
    another kind of network.
    """
    net, x, t = example
    fits = len(net.weights) == 2 and net.loss.name == "squared" and np.ndim(x) == 1
    if not fits or any(f.name not in GATES for f in net.activations):
        raise ValueError(
            "of_network takes one example of a network with one hidden layer, squared error and "
            "no softmax."
        )
    known = {index: name for name, places in example.names.items() for index in places}
    given = {name: float(net.weights[l][row, col]) for (l, row, col), name in known.items()}
    given.update((f"x{i}", float(v)) for i, v in enumerate(x, 1))
    if not names or (unknown := [name for name in names if name not in given]):
        found = f"No {unknown[0]!r}" if names else "No name was given"
        raise ValueError(f"{found}; there are {', '.join(given)}.")
    steps = {}

    def gate(name, op, *taken):
        """The gate's name; or its value, if it takes constants only."""
        if not any(isinstance(v, str) for v in taken):
            return float(GATES[op].value(*taken))
        steps[name] = (op, *taken)
        return name

    layer = [f"x{i}" if f"x{i}" in names else float(v) for i, v in enumerate(x, 1)]
    for l, (letter, W) in enumerate(zip("hy", net.weights)):
        units, before, f = [], layer, net.activations[l].name
        for k in range(W.shape[1]):
            w = [known[l, row, k] for row in range(len(W))]
            w = [name if name in names else given[name] for name in w]
            pairs = [v for pair in zip(w[1:], before) for v in pair]
            z = gate(f"z_{letter}{k + 1}", "net_input", w[0], *pairs)
            units.append(gate(f"{letter}{k + 1}", f, z))
        layer = units
    pairs = zip([float(v) for v in t], layer)
    errors = [gate(f"e{k}", "squared_error", *pair) for k, pair in enumerate(pairs, 1)]
    gate("E", "add", *errors)
    return Graph({name: given[name] for name in names}, steps)
