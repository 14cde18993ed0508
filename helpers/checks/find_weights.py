"""An exercise with many right answers: weights that bring the outputs to their targets."""

import dataclasses

import numpy as np

from helpers.activations import sigmoid
from helpers.examples import schematic
from helpers.network import with_one

from . import compare, value
from .exercise import Exercise, not_yet, solved

WITHIN = 0.005
EXACT = 1e-6  # weights that were computed; with the lab nobody hits a target like this by chance


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class WeightsExercise(Exercise):
    """Any U that brings the outputs of the schematic network to their targets."""

    def judge(self, answer, surroundings):
        example = schematic()
        U, problem = _their_U(answer, example)
        if problem:
            return problem
        y, t = _outputs(U, example), np.ravel(example.t)
        off = [k for k in range(len(t)) if not abs(y[k] - t[k]) <= WITHIN]
        if not off:
            values = " and ".join(f"{each:.3f}" for each in y)
            return solved(
                f"With your weights the outputs are {values}.",
                f"the targets 0.9 and 0.2, each within {WITHIN}",
            )
        return not_yet(_what_else(U, example) or _which_output(off, y, t))


def _outputs(U, example):
    return sigmoid(with_one(np.ravel(example.net.forward(example.x).h)) @ U)


def _hits(y, t, within=WITHIN):
    return bool(np.all(np.abs(np.ravel(y) - np.ravel(t)) <= within))


def _their_U(answer, example):
    """(U, None), or (None, finding)."""
    net = example.net
    while hasattr(answer, "network"):  # a lab
        answer = answer.network
    if hasattr(answer, "U") and hasattr(answer, "W"):
        W = compare.as_numbers(answer.W)
        if W.shape != net.W.shape or not compare.close(W, net.W, 1e-9).all():
            return None, not_yet(
                "Only U may change, and W has changed too: reset the first layer, "
                "then move the weights between hidden units and outputs."
            )
        answer = answer.U
    found = value.open_or_unreadable(answer)
    if found:
        return None, found
    U = compare.as_numbers(answer)
    fitted = compare.fit(U, net.U.shape)
    U = U if fitted is None else fitted
    if U.shape != net.U.shape:
        return None, not_yet(_wrong_shape(U, example))
    if not np.isfinite(U).all():
        return None, not_yet("`U` holds an entry that is infinite or not a number.")
    return U, None


# What else it is -----------------------------------------------------------------------------


def _wrong_shape(U, example):
    net = example.net
    wanted, given = compare.shape(net.U.shape), compare.shape(U.shape)
    if U.shape == net.U.T.shape and _hits(_outputs(U.T, example), example.t):
        return "The numbers are right, but rows and columns are exchanged: transpose `U`."
    if U.shape == net.W.shape:
        return f"This has the shape of `W`, {given}: hand in the weights of the outputs, `U`."
    if U.shape == (net.U.shape[0] - 1, net.U.shape[1]):
        return "`U` has one row too few: row 0 holds the biases of the outputs."
    if U.size == len(np.ravel(example.t)):
        return "Two numbers arrived. Asked for are the weights `U`, not the outputs they give."
    return f"`U` has the shape {wanted}; what arrived is {given}."


def _what_else(U, example):
    """What the weights do instead, where that is beyond doubt; or ''."""
    t = np.ravel(example.t)
    p = example.net.forward(example.x)
    h = np.ravel(p.h)
    if np.array_equal(U, example.net.U):
        return (
            "These are still the weights of the start: move a weight that leads to an output. "
            "In the lab, hand in `lab_23.network.U` after moving it."
        )
    if _hits(_outputs(U, example), t[::-1]):
        return "Both targets are hit, but exchanged: y1 is to be 0.9, and y2 0.2."
    if _hits(with_one(h) @ U, t):
        return (
            "Your net inputs are 0.9 and 0.2, but the outputs are their sigmoids: "
            "choose weights for which the outputs are 0.9 and 0.2."
        )
    if _hits(_outputs(np.roll(U, 1, axis=0), example), t, EXACT):
        return "The weights are right, but the biases are in the last row: they belong in row 0."
    if _hits(sigmoid(with_one(np.ravel(p.z_h)) @ U), t, EXACT):
        return (
            "With the net inputs of the hidden units the targets would be hit; "
            "the outputs see the squashed values h."
        )
    if _hits(sigmoid(h @ U[1:]), t, EXACT):
        return "Without the biases in row 0 the targets would be hit; with them they are not."
    return ""


def _which_output(off, y, t):
    k = off[0]
    praise = f"y{2 - k} is on target. " if len(off) == 1 else ""
    side = "high" if y[k] > t[k] else "low"
    return (
        f"{praise}y{k + 1} is {y[k]:.3f}, still too {side} for {t[k]:g}: move a weight that leads "
        f"to y{k + 1}."
    )
