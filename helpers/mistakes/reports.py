"""Six reports of gradient checks, for the reader to judge: what can be concluded from each?"""

from __future__ import annotations

import numpy as np

from ..network import Network
from .museum import measured
from .nudges import relative_error

X, T = np.array([[0.6, -0.8], [1.1, 0.4], [-0.9, 0.3]]), np.array([[0.9], [0.2], [0.7]])
W = np.array([[0.1, -0.2, 0.3], [0.8, -0.7, 0.5], [0.4, 0.9, -0.6]])
U = np.array([[0.2], [0.7], [-0.9], [0.5]])


HEAD = ("report", "function", "numbers", "epsilon", "nearest z", "slope", "error")
WIDTHS = (7, 16, 9, 9, 11, 8, 6)


def table() -> str:
    """The six reports, A to F, one in a row."""
    found = (_right(), _at_a_kink(), _wrong(), _in_float32(), _dead(), _coarse())
    rows = [HEAD, *((letter, *row) for letter, row in zip("ABCDEF", found))]
    return "\n".join(
        "".join(f"{text:{width}}" for text, width in zip(row, WIDTHS)).rstrip() for row in rows
    )


def _compared(given, nudged) -> tuple[str, str]:
    """The largest slope and the largest relative error."""
    worst = float(relative_error(given, nudged).max())
    error = f"{worst:.2f}" if worst > 1e-6 else "< 1e-6"
    largest = np.abs(given).max()
    return f"{largest:.2g}" if largest < 100 else f"{largest:.0f}", error


def _right() -> tuple[str, ...]:
    net = Network([W, U])
    found = _compared(net.gradient(X, T).dE_dW, measured(net, X, T)[0])
    return "sigmoid", "float64", "1e-6", "-", *found


def _of_relu(W, spoil=1.0, examples=3) -> tuple[str, ...]:
    net, x, t = Network([W, U], hidden="relu", output="identity"), X[:examples], T[:examples]
    given = net.gradient(x, t).dE_dW
    given[0] *= spoil
    nearest = np.abs(net.forward(x).z_h).min()
    shown = f"{nearest:.2f}" if nearest > 0.01 else f"{nearest:.0e}"
    found = _compared(given, measured(net, x, t)[0])
    return "ReLU", "float64", "1e-6", shown, *found


def _at_a_kink() -> tuple[str, ...]:
    """The bias of unit 1 leaves z = 4e-7 in the first example."""
    moved = W.copy()
    moved[0, 0] -= (moved[0] + X[0] @ moved[1:])[0] - 4e-7
    return _of_relu(moved, examples=1)


def _wrong() -> tuple[str, ...]:
    return _of_relu(W, spoil=0.5)


def _dead() -> tuple[str, ...]:
    return _of_relu(W - np.array([[3.0], [0.0], [0.0]]))


def _cubed(w):
    return w * w * w


def _in_float32() -> tuple[str, ...]:
    """Products only, so that every machine rounds alike."""
    w, epsilon = np.float32(20), np.float32(1e-6)
    return "w**3 at w = 20", "float32", "1e-6", "-", *_of_cube(w, epsilon)


def _coarse() -> tuple[str, ...]:
    return "w**3 at w = 1", "float64", "0.5", "-", *_of_cube(1.0, 0.5)


def _of_cube(w, epsilon) -> tuple[str, str]:
    nudged = (_cubed(w + epsilon) - _cubed(w - epsilon)) / (epsilon + epsilon)
    return _compared([3.0 * float(w) ** 2], [float(nudged)])
