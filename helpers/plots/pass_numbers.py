"""All numbers of one pass: forward, errors, deltas, gradients, update. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .. import diagram
from ..examples import Example, letter_names
from ..network import Gradient, Network, Pass
from ..network_input import checked_rows
from ..training import train

MOST_WEIGHTS, MOST_FLOWS = 24, 3


@dataclass(frozen=True)
class PassNumbers:
    """One full step for one example (x, t), every value taken from the canonical network.

    p, g      the finished pass and its gradient
    e, E      the error of each output, and their sum
    terms     terms[l][j, k]: what the delta of unit k of layer l + 2 sends back to unit j of the
              hidden layer l + 1, through their weight
    back      back[l][j]: dE/dh, all terms of that unit added up
    slopes    f'(z) of each layer; None at an output where it has cancelled against the loss
    after     the network with all weights moved; y_after and E_after are what it yields
    """

    net: Network
    x: np.ndarray
    t: np.ndarray
    eta: float
    biases: str
    names: Mapping[str, tuple]
    p: Pass
    g: Gradient
    e: np.ndarray
    E: float
    terms: list[np.ndarray]
    back: list[np.ndarray]
    slopes: list[np.ndarray | None]
    after: Network
    y_after: np.ndarray
    E_after: float

    @property
    def last(self) -> int:
        """The number of the output layer; layer 0 are the inputs."""
        return len(self.net.sizes) - 1

    def z(self, layer: int) -> np.ndarray:
        return self.p.Z[layer - 1][0]

    def h(self, layer: int) -> np.ndarray:
        """The values of a layer: x, h or y."""
        return self.p.x if layer == 0 else self.p.H[layer][0]

    def delta(self, layer: int) -> np.ndarray:
        return self.p.Delta[layer - 1][0]

    def name(self, layer: int, row: int, col: int) -> str:
        return self._by_index()[(layer, row, col)]

    def step(self, layer: int) -> np.ndarray:
        """By how much the weights of a layer move."""
        return self.after.weights[layer] - self.net.weights[layer]

    def _by_index(self) -> dict:
        return {index: name for name, indices in self.names.items() for index in indices}


def one_pass(example, eta: float = 0.5, biases: str | None = None, names=None) -> PassNumbers:
    """All numbers of one pass of `example`, which is an Example or (net, x, t).

    biases   "separate", "shared" or "frozen" as in `train`; left out, "frozen" where one name
             stands for a bias that a layer shares, as in the worked example, else "separate"
    ValueError where the network does not fit the picture, in words.
    """
    net, x, t, usual = checked(example)
    names = names or usual
    biases = biases or usual_biases(names)
    after = net.copy()
    train(after, x, t, eta=eta, epochs=1, biases=biases)
    p = net.forward(x)
    g = net.backward(p, t)
    deltas, layers = [d[0] for d in p.Delta], range(len(net.weights))
    return PassNumbers(
        net, x, t, float(eta), biases, names, p, g,
        e=net.errors(x, t),
        E=net.error(x, t),
        terms=[net.weights[l][1:] * deltas[l] for l in layers][1:],
        back=[p.E[l][0] for l in layers][:-1],
        slopes=[_slope(net, p, l) for l in layers],
        after=after,
        y_after=after.forward(x).y,
        E_after=after.error(x, t),
    )  # fmt: skip


def usual_biases(names: Mapping) -> str:
    return "frozen" if any(len(indices) > 1 for indices in names.values()) else "separate"


def _slope(net: Network, p: Pass, l: int):
    """f'(z): what the canonical pull-back makes of an error of 1."""
    if l == len(net.weights) - 1 and net.loss.name != "squared":
        return None
    z, out = p.Z[l], np.empty_like(p.Z[l])
    net.activations[l].pull_back(np.ones_like(z), z, p.H[l + 1], out)
    return out[0]


def parts_of(example, such_as: str = "examples.worked()"):
    """net, x and t of an Example or a tuple, or a ValueError that says what to give."""
    try:
        net, x, t = example
    except (TypeError, ValueError):
        raise ValueError(
            f"Give an example, such as {such_as}, or (net, x, t); got {type(example).__name__}."
        ) from None
    if not isinstance(net, Network):
        raise ValueError(f"The first of (net, x, t) is a Network, not {type(net).__name__}.")
    return net, x, t


def checked(example):
    """A copy of the network, x and t as flat rows, and names; or a ValueError in words."""
    net, x, t = parts_of(example)
    x, _ = checked_rows(x, net.sizes[0], "x")
    if len(x) != 1:
        raise ValueError(f"x has {len(x)} examples; the pass shows one. Choose it: x[0], t[0].")
    t = net.checked_targets(t, 1)
    _check_room(net)
    names = dict(example.names) if isinstance(example, Example) else _names(net)
    return net.copy(), x[0].copy(), t[0].astype(float), names


def _check_room(net: Network) -> None:
    count, widest = len(net.parameters), max(net.sizes[2:] or net.sizes[1:])
    shape = "-".join(map(str, net.sizes))
    if count > MOST_WEIGHTS:
        raise ValueError(
            f"A {shape} network has {count} weights; the picture of a pass has room for "
            f"{MOST_WEIGHTS}. Choose a smaller network."
        )
    if widest > MOST_FLOWS:
        raise ValueError(
            f"In a {shape} network {widest} flows meet at a unit; the picture tells "
            f"{MOST_FLOWS} apart. Choose a smaller network."
        )
    alone = [f.name != "softmax" for f in net.activations]
    if not all(alone[:-1]) or (not alone[-1] and net.loss.name == "squared"):
        raise ValueError(
            "The picture shows units that squash each its own net input; softmax fits only the "
            "outputs, with the cross-entropy loss."
        )


def _names(net: Network) -> dict:
    """Letters for one hidden layer; with more of them the layer is in the letter: w2_11."""
    if len(net.sizes) == 3:
        return letter_names(net)
    letter = "w" if len(net.sizes) == 2 else "w{}_"
    return {
        f"{letter.format(l + 1)}{row}{col + 1}": ((l, row, col),)
        for l, row, col in diagram.all_lines(net.sizes)
    }


# ---- numbers as text


def places(v: float) -> int:
    """The decimals that show v: four, or as many as three digits need."""
    v = abs(v)
    if v >= 0.00995 or v == 0:
        return 4
    return min(4 + next((k for k in (1, 2, 3) if v >= 0.00995 * 0.1**k), 4), 7)


def shown(v: float, decimals: int | None = None) -> str:
    """v as the picture prints it: 0.1385, 0.00877, 0.000439, 2.1e−7."""
    if decimals is None and 0 < abs(v) < 9.95e-6:
        return f"{v:.1e}".replace("e-0", "e-").replace("-", "−")
    return diagram.number(v, places(v) if decimals is None else decimals)


def added(terms) -> str:
    """'0.0554 − 0.0190', all terms to the same decimals."""
    decimals = places(max(map(abs, terms)))
    first, *rest = (shown(float(v), decimals) for v in terms)
    return first + "".join(f" − {v[1:]}" if v[0] == "−" else f" + {v}" for v in rest)


def total(terms, result: float) -> str:
    """'0.0554 − 0.0190 = 0.0364'; a single term is its own sum."""
    if len(terms) == 1:
        return added(terms)
    return f"{added(terms)} = {shown(result, places(max(map(abs, terms))))}"
