"""The exercises of chapter 01: the forward pass."""

import dataclasses

import numpy as np

from . import compare, judge
from .exercise import (
    Case,
    Exercise,
    FunctionExercise,
    Mistake,
    ValueExercise,
    not_yet,
    solved,
)
from .generic import numbers
from .loops import why_it_is_no_loop

TITLE = "The forward pass"


def _sigmoid(z):
    from helpers.activations import sigmoid

    return sigmoid(np.asarray(z, dtype=float))


def _with_one(x):
    from helpers.network import with_one

    return with_one(np.asarray(x, dtype=float))


# 1.1 and 1.2: the worked example by hand ---------------------------------------------------------

BY_HAND = 5.001e-7  # six correct decimals


def _worked():
    from helpers.examples import worked

    example = worked()
    return example.net, np.asarray(example.x, dtype=float)


def _worked_nodes():
    net, x = _worked()
    forward = net.forward(x)
    return np.concatenate([np.ravel(forward.h), np.ravel(forward.y)])


def _z_h1(x1=0.05, x2=0.10, w1=0.15, w2=0.20, bias=0.35):
    return x1 * w1 + x2 * w2 + bias


ONE_NET_INPUT = ValueExercise(
    id="1.1",
    title="One net input by hand",
    stars=1,
    section="One unit adds up, then squashes",
    hand_in="z_h1",
    expected=lambda: np.ravel(_worked()[0].forward(_worked()[1]).z_h)[:1],
    labels=("z_h1",),
    tolerance=BY_HAND,
    compared="the net input of the first hidden unit, from the helpers' network",
    praise="Your net input is right",
    mistakes=(
        Mistake(
            "bias forgotten",
            "Both products and their sum are right. The bias of 0.35 is still missing.",
            lambda: [_z_h1(bias=0)],
        ),
        Mistake(
            "squashed",
            "This is h_1: you squashed already. The net input is the sum before the sigmoid.",
            lambda: [_sigmoid(_z_h1())],
        ),
        Mistake(
            "second unit",
            "This is the net input of the second hidden unit. "
            "The first one has the weights 0.15 and 0.20.",
            lambda: [_z_h1(w1=0.25, w2=0.30)],
        ),
        Mistake(
            "weights exchanged",
            "Three terms, and the bias is among them. The weights are exchanged: "
            "0.15 belongs to the input 0.05, and 0.20 to 0.10.",
            lambda: [_z_h1(w1=0.20, w2=0.15)],
        ),
        Mistake(
            "weights of the first input",
            "The bias is there. You took both weights that leave the first input, 0.15 and 0.25; "
            "needed are both that enter the first unit, 0.15 and 0.20.",
            lambda: [_z_h1(w2=0.25)],
        ),
        Mistake(
            "bias of the output layer",
            "The products are right. The bias is that of the output layer; here it is 0.35.",
            lambda: [_z_h1(bias=0.60)],
        ),
        Mistake(
            "inputs forgotten",
            "You added the weights and the bias. Multiply each weight by its input first.",
            lambda: [_z_h1(1, 1)],
        ),
    ),
)


def _nodes_from(z_to_h=None, h_to_y=None, first=None):
    """The four nodes with a slip in the hidden layer, the output layer, or the input."""
    net, x = _worked()
    z_h = _with_one(x) @ net.W if first is None else first(x, net.W)
    h = (z_to_h or _sigmoid)(z_h)
    return np.concatenate([h, (h_to_y or _plain_output)(h, z_h, x, net.U)])


def _plain_output(h, z_h, x, U):
    return _sigmoid(_with_one(h) @ U)


ALL_NODES = ValueExercise(
    id="1.2",
    title="All four nodes",
    stars=1,
    section="The next layer does the same",
    hand_in="nodes",
    expected=_worked_nodes,
    labels=("h1", "h2", "y1", "y2"),
    tolerance=BY_HAND,
    compared="h1, h2, y1 and y2 of the helpers' network, to six decimals",
    praise="All four values are right",
    mistakes=(
        Mistake(
            "outputs first",
            "All four values are right. The order is h1, h2, y1, y2: hidden units first.",
            lambda: _worked_nodes()[[2, 3, 0, 1]],
        ),
        Mistake(
            "no squashing",
            "You added up correctly. Every sum still has to go through the sigmoid.",
            lambda: _nodes_from(lambda z: z, lambda h, z_h, x, U: _with_one(h) @ U),
        ),
        Mistake(
            "outputs not squashed",
            "h1 and h2 are right. y1 and y2 are still net inputs: squash them too.",
            lambda: _nodes_from(h_to_y=lambda h, z_h, x, U: _with_one(h) @ U),
        ),
        Mistake(
            "net inputs handed on",
            "h1 and h2 are right. The outputs take h1 and h2 in; "
            "you gave them the net inputs of the hidden units.",
            lambda: _nodes_from(h_to_y=lambda h, z_h, x, U: _sigmoid(_with_one(z_h) @ U)),
        ),
        Mistake(
            "inputs handed on",
            "h1 and h2 are right. The outputs take h1 and h2 in, not the inputs x1 and x2.",
            lambda: _nodes_from(h_to_y=lambda h, z_h, x, U: _sigmoid(_with_one(x) @ U)),
        ),
        Mistake(
            "output bias forgotten",
            "h1 and h2 are right. The bias of 0.60 is missing in the outputs.",
            lambda: _nodes_from(h_to_y=lambda h, z_h, x, U: _sigmoid(h @ U[1:])),
        ),
        Mistake(
            "biases forgotten",
            "The weights are all used rightly. The biases, 0.35 and 0.60, are missing.",
            lambda: _nodes_from(
                first=lambda x, W: x @ W[1:], h_to_y=lambda h, z_h, x, U: _sigmoid(h @ U[1:])
            ),
        ),
        Mistake(
            "weights crossed in the output layer",
            "h1 and h2 are right. The weights of the outputs are crossed: "
            "0.40 and 0.45 both lead to y1, 0.50 and 0.55 to y2.",
            lambda: _nodes_from(h_to_y=lambda h, z_h, x, U: _sigmoid(U[0] + h @ U[1:].T)),
        ),
    ),
)

# 1.3: the bias as an input -----------------------------------------------------------------------


def _row_and_batches():
    return [
        Case("one example", (numbers((3,), 11),)),
        Case("a batch of 4 examples", (numbers((4, 2), 12),)),
        Case("a batch of 2 examples", (numbers((2, 5), 13),)),
        Case("a batch of one example", (numbers((1, 3), 14),)),
    ]


def _ones_like_rows(x, value=1.0):
    return np.full((*x.shape[:-1], 1), value)


ADD_ONE = FunctionExercise(
    id="1.3",
    title="The bias as an input",
    stars=2,
    section="The bias is the weight of a 1",
    hand_in="add_one",
    usage="add_one(x)",
    reference=_with_one,
    cases=_row_and_batches,
    compared="`with_one`, for one example and for three batches",
    praise="Your function puts the 1 in front, of one row and of many",
    mistakes=(
        Mistake(
            "behind",
            "The 1 is there, but behind. Row 0 of W belongs to it, so it has to be in front.",
            lambda x: np.concatenate([x, _ones_like_rows(x)], axis=-1),
        ),
        Mistake(
            "zero",
            "The place is right. It is a 1 that goes there, not a 0.",
            lambda x: np.concatenate([_ones_like_rows(x, 0.0), x], axis=-1),
        ),
        Mistake(
            "one row on top",
            "One example comes out right. A batch gets a row of ones on top; "
            "each example needs its own 1, so put a column of ones in front.",
            lambda x: np.concatenate([np.ones((1, *x.shape[1:])), x], axis=0),
        ),
        Mistake(
            "flattened",
            "One example comes out right. A batch is flattened to a single row: "
            "each example keeps its own row and gets its own 1.",
            lambda x: np.concatenate([[1.0], x.ravel()]),
        ),
        Mistake(
            "added",
            "You added 1 to every input. Put one more entry, a 1, in front instead.",
            lambda x: x + 1.0,
        ),
    ),
)

# 1.4, 1.6, 1.7: a layer --------------------------------------------------------------------------


def _layer(x, W):
    return _sigmoid(_with_one(x) @ W)


def _layer_cases():
    return [
        Case("one example", (numbers((2,), 21), numbers((3, 3), 22))),
        Case("one example with 4 inputs", (numbers((4,), 23), numbers((5, 2), 24))),
        Case("a batch of 5 examples", (numbers((5, 2), 25), numbers((3, 4), 26))),
        Case("a batch of 3 examples", (numbers((3, 3), 27), numbers((4, 2), 28))),
    ]


LAYER_MISTAKES = (
    Mistake(
        "bias after the activation",
        "The weights are used rightly. The bias is added after the squashing; "
        "it belongs to the net input, so add it before the sigmoid.",
        lambda x, W: _sigmoid(x @ W[1:]) + W[0],
    ),
    Mistake(
        "bias forgotten",
        "Weights and sigmoid are right. The bias, row 0 of W, is missing in the net input.",
        lambda x, W: _sigmoid(x @ W[1:]),
    ),
    Mistake(
        "activation skipped",
        "The net input is right. Now squash it: the layer's values are its sigmoid.",
        lambda x, W: _with_one(x) @ W,
    ),
    Mistake(
        "one at the end",
        "The sigmoid is right. The 1 stands behind x; row 0 of W is the bias, "
        "so the 1 goes in front.",
        lambda x, W: _sigmoid(np.concatenate([x, _ones_like_rows(x)], axis=-1) @ W),
    ),
    Mistake(
        "bias subtracted",
        "Weights and sigmoid are right. The bias is subtracted where it has to be added.",
        lambda x, W: _sigmoid(x @ W[1:] - W[0]),
    ),
    Mistake(
        "sign of z",
        "The net input is right. The sigmoid has `exp(-z)`; yours has the sign of z turned.",
        lambda x, W: _sigmoid(-(_with_one(x) @ W)),
    ),
    Mistake(
        "bias outside, activation skipped",
        "Bias and squashing are both missing: add row 0 of W, then take the sigmoid.",
        lambda x, W: x @ W[1:],
    ),
    Mistake(
        "inputs squashed",
        "Bias and weights are used rightly. You squash the inputs; squash the net input instead.",
        lambda x, W: _with_one(_sigmoid(x)) @ W,
    ),
)

LAYER = FunctionExercise(
    id="1.4",
    title="Code a layer",
    stars=2,
    section="A whole layer in one line",
    hand_in="layer",
    usage="layer(x, W)",
    reference=_layer,
    cases=_layer_cases,
    compared="the helpers' layer, for single examples and batches of different sizes",
    praise="Your layer is right, for one example and for a batch",
    mistakes=LAYER_MISTAKES,
)

FIND_BUG = FunctionExercise(
    id="1.6",
    title="Find the bug",
    stars=3,
    section="A whole layer in one line",
    hand_in="layer_fixed",
    usage="layer_fixed(x, W)",
    reference=_layer,
    cases=_layer_cases,
    compared="the helpers' layer, for single examples and batches of different sizes",
    praise="Mended: the bias is part of the net input",
    mistakes=(
        dataclasses.replace(
            LAYER_MISTAKES[0],
            sentence="The weights are used rightly. The bug is still there: look at what is "
            "inside the sigmoid and what is outside.",
        ),
        *LAYER_MISTAKES[1:],
    ),
)

LOOP = FunctionExercise(
    id="1.7",
    title="The loop is the matrix",
    stars=3,
    section="Many examples at once",
    hand_in="layer_loop",
    usage="layer_loop(x, W)",
    reference=_layer,
    cases=lambda: (
        [case for case in _layer_cases() if case.arguments[0].ndim == 1]
        + [Case("one example with 3 inputs", (numbers((3,), 29), numbers((4, 6), 30)))]
    ),
    tolerance=1e-12,
    compared="the helpers' layer, `sigmoid(with_one(x) @ W)`, to twelve digits",
    praise="Your loops agree with the matrix product",
    mistakes=LAYER_MISTAKES,
    look_at=why_it_is_no_loop,
)

# 1.5: find the weights ---------------------------------------------------------------------------

WITHIN = 0.005


@dataclasses.dataclass(frozen=True, kw_only=True)
class WeightsExercise(Exercise):
    """Any U that brings the outputs of the schematic network to their targets."""

    def judge(self, answer, surroundings):
        from helpers.examples import schematic

        example = schematic()
        U, problem = _their_U(answer, example.net)
        if problem:
            return problem
        h = np.ravel(example.net.forward(example.x).h)
        y, t = _sigmoid(_with_one(h) @ U), np.ravel(example.t)
        return _near_targets(self, y, t)


def _their_U(answer, net):
    """(U, None), or (None, finding)."""
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
    found = judge._open_or_unreadable(answer)
    if found:
        return None, found
    U = compare.as_numbers(answer)
    if U.shape == (net.U.shape[0] - 1, net.U.shape[1]):
        return None, not_yet("`U` has one row too few: row 0 holds the biases of the outputs.")
    if U.shape != net.U.shape:
        wanted, given = compare.shape(net.U.shape), compare.shape(U.shape)
        return None, not_yet(f"`U` has the shape {wanted}; what arrived is {given}.")
    if not np.isfinite(U).all():
        return None, not_yet("`U` holds an entry that is infinite or not a number.")
    return U, None


def _near_targets(exercise, y, t):
    off = [k for k in range(len(t)) if not abs(y[k] - t[k]) <= WITHIN]
    if not off:
        values = " and ".join(f"{each:.3f}" for each in y)
        return solved(
            f"With your weights the outputs are {values}.",
            f"the targets 0.9 and 0.2, each within {WITHIN}",
        )
    k = off[0]
    praise = f"y{2 - k} is on target. " if len(off) == 1 else ""
    side = "high" if y[k] > t[k] else "low"
    return not_yet(
        f"{praise}y{k + 1} is {y[k]:.3f}, still too {side} for {t[k]:g}: move a weight that leads "
        f"to y{k + 1}."
    )


FIND_WEIGHTS = WeightsExercise(
    id="1.5",
    title="Find the weights",
    stars=2,
    section="Slide any number",
    hand_in="U_found",
)

EXERCISES = (ONE_NET_INPUT, ALL_NODES, ADD_ONE, LAYER, FIND_WEIGHTS, FIND_BUG, LOOP)
