"""The gates of a computation graph: what each computes, beside its local slopes.

Every gate takes floats or arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from ..activations import relu, relu_prime, sigmoid, sigmoid_prime, tanh, tanh_prime


@dataclass(frozen=True)
class Gate:
    """What a gate computes, beside its slope with respect to each value it takes.

    written   the formula as text; {0}, {1} are the values it takes
    takes     how many of them, and how many at most (None: any number)
    """

    value: Callable
    slopes: Callable
    written: str
    takes: tuple[int, int | None] = (1, 1)


def _net_input(bias, *pairs):
    return bias + sum(w * x for w, x in zip(pairs[::2], pairs[1::2]))


def _net_input_slopes(_, *pairs):
    return 1.0, *(v for w, x in zip(pairs[::2], pairs[1::2]) for v in (x, w))


def _squared_error(t, y):
    return (t - y) * (t - y) / 2


def _divide_slopes(a, b):
    return np.divide(1.0, b), -np.divide(a, b * b)


def _product_slopes(*values):
    return [prod(v for i, v in enumerate(values) if i != k) for k in range(len(values))]


GATES = {
    "add": Gate(lambda *v: sum(v), lambda *v: [1.0] * len(v), " + ", (2, None)),
    "subtract": Gate(lambda a, b: a - b, lambda a, b: (1.0, -1.0), "{0} − {1}", (2, 2)),
    "multiply": Gate(lambda *v: prod(v), _product_slopes, " × ", (2, None)),
    "divide": Gate(np.divide, _divide_slopes, "{0} / {1}", (2, 2)),
    # At a tie there is no slope; the second value gets it, so that max(z, 0) agrees with ReLU.
    "max": Gate(np.maximum, lambda a, b: (a > b, a <= b), "max({0}, {1})", (2, 2)),
    "square": Gate(lambda a: a * a, lambda a: (2 * a,), "{0}²"),
    "half": Gate(lambda a: a / 2, lambda a: (0.5,), "½ {0}"),
    "negate": Gate(lambda a: -a, lambda a: (-1.0,), "−{0}"),
    "exp": Gate(np.exp, lambda a: (np.exp(a),), "exp {0}"),
    "log": Gate(np.log, lambda a: (np.divide(1.0, a),), "ln {0}"),
    "identity": Gate(lambda a: a, lambda a: (1.0,), "{0}"),
    "sigmoid": Gate(sigmoid, lambda a: (sigmoid_prime(a),), "σ({0})"),
    "tanh": Gate(tanh, lambda a: (tanh_prime(a),), "tanh {0}"),
    "relu": Gate(relu, lambda a: (relu_prime(a),), "ReLU({0})"),
    # Two larger ones, so that a network stays a small graph.
    "net_input": Gate(_net_input, _net_input_slopes, "net input", (3, None)),
    "squared_error": Gate(_squared_error, lambda t, y: (t - y, y - t), "½(t − y)²", (2, 2)),
}
