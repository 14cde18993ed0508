"""The bug museum: backward passes with one slip each, and the evidence that it leaves behind.

The evidence is the ratio of the gradient that is given to the gradient that is measured, entry by
entry, once for a single example and once for four. A ratio of 1 says that the entry is right.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import numpy as np

from ..network import Network
from . import backward, forward, nudges

SLIPS = {  # the letter of an option in the text -> the slip
    "a": "target-minus-output",
    "b": "no-sigma-prime-output",
    "c": "no-sigma-prime-hidden",
    "d": "raw-error-sent-back",
    "e": "one-output-only",
    "f": "updated-U-sent-back",
    "g": "missing-transpose",
    "h": "net-input-for-h",
    "i": "bias-gradient-times-input",
    "j": "bias-gradient-of-one-example",
    "k": "gradient-summed",
    "l": "kept-2",
}
EXHIBITS = ("i", "b", "k", "f", "h", "c", "j", "e")  # exhibit 1, 2, ...
SHOWN = "h-for-slope"  # the one that the text works through: exhibit 0


def gradient(net, x, t, slips=()):
    """[dE_dW, dE_dU] of a sigmoid network with one hidden layer, with these slips."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    g = backward.backward(forward.forward(x, net.W, net.U), t, net.U, slips)
    return [g.dE_dW, g.dE_dU]


def measured(net, x, t, epsilon=1e-6):
    """[dE_dW, dE_dU] by centred differences."""

    def error_with(layer):
        def E(W):
            nudged = net.copy()
            nudged.weights[layer] = W
            return nudged.error(x, t)

        return E

    return [nudges.gradient(error_with(k), W, epsilon) for k, W in enumerate(net.weights)]


@cache
def case() -> SimpleNamespace:
    """The 2-3-2 network of the museum with four examples; the single example is the first.

    net, x, t      the network, four inputs, four targets
    p, g           passes forward and backward of the first example
    """
    W = [[0.3, -0.6, 0.2], [-0.9, 0.5, 1.4], [0.4, 1.7, -0.8]]
    U = [[0.2, -0.4], [1.3, -0.9], [0.6, 1.1], [-0.5, 1.6]]
    x = np.array([[0.9, -0.5], [-0.4, 0.8], [1.3, 0.3], [-0.7, -1.1]])
    t = np.array([[0.1, 0.95], [0.8, 0.1], [0.3, 0.2], [0.9, 0.6]])
    net = Network([W, U])
    p = net.forward(x[0])
    return SimpleNamespace(net=net, x=x, t=t, p=p, g=net.backward(p, t[0]))


@cache
def evidence(slip: str, examples: int) -> list[np.ndarray]:
    """given / measured of dE_dW and of dE_dU, with the first so many examples."""
    the = case()
    given = gradient(the.net, the.x[:examples], the.t[:examples], {slip})
    return [a / b for a, b in zip(given, _measured(examples))]


@cache
def _measured(examples):
    the = case()
    return measured(the.net, the.x[:examples], the.t[:examples])


def slip_of(exhibit: int) -> str:
    """The slip of exhibit 1 to 8, or of exhibit 0, which the text works through."""
    return SLIPS[EXHIBITS[exhibit - 1]] if exhibit else SHOWN


def exhibit(number: int) -> SimpleNamespace:
    """An exhibit to draw: `number`, and its ratios with `one` example and with `four`."""
    slip = slip_of(number)
    return SimpleNamespace(number=number, one=evidence(slip, 1), four=evidence(slip, 4))
