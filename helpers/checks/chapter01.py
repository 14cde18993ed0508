"""The exercises of chapter 01: the forward pass."""

import dataclasses

import numpy as np

from helpers.activations import sigmoid
from helpers.examples import worked
from helpers.mistakes import arrays, forward
from helpers.network import with_one

from . import compare, layers
from .exercise import Case, FunctionExercise, ValueExercise
from .find_weights import WeightsExercise
from .generic import BATCH, SINGLE, numbers
from .loops import why_it_is_no_loop

TITLE = "The forward pass"

# 1.1 and 1.2: the worked example by hand ---------------------------------------------------------

BY_HAND = 5.001e-7  # six correct decimals


def _worked():
    """x, W and U of the worked example."""
    net, x, _ = worked()
    return np.asarray(x, dtype=float), net.W, net.U


def _quantities_by_hand():
    """Every number of the worked example, in words, for an answer that is one of the others."""
    net, x, t = worked()
    p = net.forward(x)
    found = {"the bias of the hidden units": 0.35, "the bias of the outputs": 0.60}
    for letter, words, values in (
        ("x", "an input", x), ("t", "a target", t), ("z_h", "a net input", p.z_h),
        ("h", "a hidden value", p.h), ("z_y", "a net input", p.z_y), ("y", "an output", p.y),
    ):  # fmt: skip
        for k, each in enumerate(np.ravel(values), 1):
            found[f"{letter}{k}, {words}"] = each
    for name, ((layer, row, column),) in _single_weights():
        found[f"the weight {name}"] = net.weights[layer][row, column]
    z_h = np.ravel(p.z_h)
    found["x1 * w1, one product"] = x[0] * net.W[1, 0]
    found["x2 * w2, one product"] = x[1] * net.W[2, 0]
    found["the sum z_h1 + z_h2"] = z_h.sum()
    found["the error E"] = net.error(x, t)
    return found


def _single_weights():
    return [(name, places) for name, places in worked().names.items() if len(places) == 1]


ONE_NET_INPUT = ValueExercise(
    id="1.1",
    title="One net input by hand",
    stars=1,
    section="One unit adds up, then squashes",
    hand_in="z_h1",
    expected=lambda: [forward.first_net_input(*_worked())],
    labels=("z_h1",),
    tolerance=BY_HAND,
    compared="the net input of the first hidden unit, from the helpers' network",
    praise="Your net input is right",
    slips=(
        "bias-forgotten", "squashed-already", "second-unit", "weights-leaving-the-input",
        "third-weight-for-the-first",
        "inputs-reversed", "bias-of-other-layer", "inputs-left-out", "weights-added",
        "bias-subtracted", "bias-twice", "first-input-left-out", "last-input-left-out",
        "first-input-for-all", "last-input-for-all", "bias-times-inputs", "products-averaged",
    ),
    wrong=lambda slips: [forward.first_net_input(*_worked(), slips)],
    alike=(("weights-leaving-the-input", "third-weight-for-the-first"),),  # x2 is twice x1
    instead={
        "bias-forgotten": "Both products and their sum are right. The bias of 0.35 is missing.",
        "bias-of-other-layer": "The products are right. The bias is that of the outputs; "
        "here it is 0.35.",
        "inputs-reversed": "The bias is there. The weights are exchanged: 0.15 belongs to the "
        "input 0.05, and 0.20 to 0.10.",
    },
    quantities=_quantities_by_hand,
)  # fmt: skip


def _follows_from(trials):
    """The outputs may follow rightly from hidden values that are wrong."""
    given, expected = trials[0].fitted, trials[0].expected
    if not np.isfinite(given).all() or (abs(given) > 100).any():
        return ""
    wrong = ~compare.close(given[:2], expected[:2], BY_HAND)
    outputs = sigmoid(with_one(given[:2]) @ _worked()[2])
    if not wrong.any() or not compare.close(outputs, given[2:], 1e-5).all():
        return ""
    which = "h1 and h2 are" if wrong.all() else ("h1 is" if wrong[0] else "h2 is")
    return (
        "Your y1 and y2 follow rightly from your h1 and h2. "
        f"Only {which} off: compute the net input and its sigmoid again."
    )


def _in_either_layer(*slips):
    """Each slip in both layers, and in one of the two."""
    return tuple(f"{slip}{layer}" for slip in slips for layer in ("", "-hidden", "-output"))


ALL_NODES = ValueExercise(
    id="1.2",
    title="All four nodes",
    stars=1,
    section="The next layer does the same",
    hand_in="nodes",
    expected=lambda: forward.nodes(*_worked()),
    labels=("h1", "h2", "y1", "y2"),
    tolerance=BY_HAND,
    compared="h1, h2, y1 and y2 of the helpers' network, to six decimals",
    praise="All four values are right",
    slips=(
        "outputs-first", "net-inputs-for-values", "hidden-not-squashed-onward",
        "outputs-from-inputs", "bias-of-other-layer", "hidden-bias-at-the-outputs",
        "inputs-squashed", *_in_either_layer(
            "activation-skipped", "activation-twice", "bias-forgotten", "bias-twice",
            "bias-subtracted", "bias-after-activation", "weights-transposed", "inputs-reversed",
            "exponent-sign", "tanh-for-sigmoid", "sigmoid-brackets", "softmax-for-sigmoid",
            "slope-for-value", "inputs-left-out", "weights-added",
        ),
    ),
    stages=((0, 1), (2, 3)),
    about_all=("outputs-first",),
    only_whole=tuple(
        f"{slip}{layer}"
        for slip in ("weights-transposed", "inputs-reversed")
        for layer in ("", "-hidden", "-output")
    ),
    wrong=lambda slips: forward.nodes(*_worked(), slips),
    explain=_follows_from,
    quantities=_quantities_by_hand,
)  # fmt: skip

# 1.3: the bias as an input -----------------------------------------------------------------------


def _row_and_batches():
    return [
        Case("one example", (numbers((3,), 11),), SINGLE),
        Case("one example with 5 inputs", (numbers((5,), 16),), SINGLE),
        Case("a batch of 4 examples", (numbers((4, 2), 12),), BATCH),
        Case("a batch of 2 examples", (numbers((2, 5), 13),), BATCH),
        Case("a batch of 3 examples", (numbers((3, 3), 15),), BATCH),
        Case("a batch of one example", (numbers((1, 3), 14),), BATCH),
    ]


ADD_ONE = FunctionExercise(
    id="1.3",
    title="The bias as an input",
    stars=2,
    section="The bias is the weight of a 1",
    hand_in="add_one",
    usage="add_one(x)",
    reference=with_one,
    cases=_row_and_batches,
    compared="`with_one`, for single examples and for four batches",
    praise="Your function puts the 1 in front, of one row and of many",
    slips=(
        "one-at-the-end", "one-is-zero", "one-is-minus-one", "one-row-for-all", "one-row-below",
        "batch-flattened", "one-added-to-values", "one-replaces-value", "one-for-every-value",
        "one-not-added", "zeros-around", "ones-on-both-sides", "padded-with-ones", "one-second",
        "one-twice",
    ),
    wrong=lambda slips, x: arrays.add_one(x, slips),
)  # fmt: skip

# 1.4, 1.6, 1.7: a layer --------------------------------------------------------------------------


LAYER = FunctionExercise(
    id="1.4",
    title="Code a layer",
    stars=2,
    section="A whole layer in one line",
    hand_in="layer",
    usage="layer(x, W)",
    reference=layers.right,
    cases=layers.cases,
    compared="the helpers' layer, for single examples and batches of different sizes",
    praise="Your layer is right, for one example and for a batch",
    slips=layers.SLIPS,
    wrong=lambda slips, x, W: forward.layer(x, W, slips),
    quantities=layers.quantities,
    specials=layers.SPECIALS,
    alike=(("bias-in-last-row", "one-at-the-end"),),
)

FIND_BUG = dataclasses.replace(
    LAYER,
    id="1.6",
    title="Find the bug",
    stars=3,
    hand_in="layer_fixed",
    usage="layer_fixed(x, W)",
    praise="Mended: the bias is part of the net input",
    instead={
        "bias-after-activation": "The weights are used rightly. The bug is still there: look at "
        "what is inside the sigmoid and what is outside."
    },
)

LOOP = dataclasses.replace(
    LAYER,
    id="1.7",
    title="The loop is the matrix",
    stars=3,
    section="Many examples at once",
    hand_in="layer_loop",
    usage="layer_loop(x, W)",
    cases=layers.single_cases,
    tolerance=1e-12,
    compared="the helpers' layer, `sigmoid(with_one(x) @ W)`, to twelve digits",
    praise="Your loops agree with the matrix product",
    look_at=why_it_is_no_loop,
)

# 1.5: find the weights ---------------------------------------------------------------------------

FIND_WEIGHTS = WeightsExercise(
    id="1.5",
    title="Find the weights",
    stars=2,
    section="Slide any number",
    hand_in="U_found",
)

EXERCISES = (ONE_NET_INPUT, ALL_NODES, ADD_ONE, LAYER, FIND_WEIGHTS, FIND_BUG, LOOP)
