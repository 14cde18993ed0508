"""Diagrams of networks, with letters or with numbers."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..diagram import Figure
from ..examples import letter_names


def network(example, letters: bool = False, values: bool = False, caption: str | None = None):
    """The diagram of a network with one example.

    letters   only the letters
    values    every computed number too; without, the given numbers: x, t and the weights
    ValueError if the example holds several rows.
    """
    net, x, t = example
    if np.ndim(x) != 1:
        raise ValueError(f"The diagram shows one example, but x has shape {np.shape(x)}; use x[0].")
    names = getattr(example, "names", None) or letter_names(net)
    known = diagram.values_of(net, x, t)
    given = {k: v for k, v in known.items() if k[0] in "xt"}
    shown = {} if letters else known if values else given
    body = diagram.draw(net, names, shown, "letters" if letters else "both")
    sizes = "-".join(map(str, net.sizes))
    alt = diagram.in_words(net, known) if values else _weights_in_words(net, names, letters)
    caption = caption or (
        f"The {sizes} network: values go from left to right; the hollow nodes are constants 1, "
        "and their weights are the biases."
    )
    return Figure([(body, *diagram.size(net.sizes))], caption, alt)


def _weights_in_words(net, names, letters: bool) -> str:
    sizes = "-".join(map(str, net.sizes))
    weights = [
        name if letters else f"{name} = {diagram.short(net.weights[at[0][0]][at[0][1:]])}"
        for name, at in names.items()
    ]
    return f"Diagram of a {sizes} network with the weights {', '.join(weights)}."
