"""The exercises of chapter 01: the forward pass."""

import numpy as np

from helpers.activations import sigmoid
from helpers.examples import worked
from helpers.mistakes import arrays, forward
from helpers.network import with_one

from . import compare
from .exercise import Case, FunctionExercise, Special, ValueExercise
from .find_weights import WeightsExercise
from .generic import numbers
from .loops import why_it_is_no_loop

TITLE = "The forward pass"
SINGLE, BATCH = "a single example", "a batch"

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
        "inputs-reversed", "bias-of-other-layer", "inputs-left-out", "weights-added",
        "bias-subtracted", "bias-twice", "first-input-left-out", "last-input-left-out",
        "first-input-for-all", "last-input-for-all", "bias-times-inputs", "products-averaged",
    ),
    wrong=lambda slips: [forward.first_net_input(*_worked(), slips)],
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


def _layer_cases():
    return [
        Case("one example", (numbers((2,), 21), numbers((3, 3), 22)), SINGLE),
        Case("one example with 4 inputs", (numbers((4,), 23), numbers((5, 2), 24)), SINGLE),
        Case("one example with 3 inputs", (numbers((3,), 33), numbers((4, 3), 34)), SINGLE),
        Case("a batch of 5 examples", (numbers((5, 2), 25), numbers((3, 4), 26)), BATCH),
        Case("a batch of 3 examples", (numbers((3, 3), 27), numbers((4, 2), 28)), BATCH),
        Case("a batch of 4 examples", (numbers((4, 3), 35), numbers((4, 3), 36)), BATCH),
    ]


def _loop_cases():
    single = [case for case in _layer_cases() if case.arguments[0].ndim == 1]
    return [
        *single,
        Case("one example and 6 units", (numbers((3,), 29), numbers((4, 6), 30)), SINGLE),
    ]


def _layer(x, W):
    return sigmoid(with_one(x) @ W)


def _layer_quantities(x, W):
    z = with_one(x) @ W
    return {
        "the net input z without its bias; add row 0 of W, then squash": x @ W[1:],
        "the right value minus the bias": sigmoid(z) - W[0],
        "sigma(z) times z": sigmoid(z) * z,
        "ln(sigma(z)), the logarithm of what it should be": np.log(sigmoid(z)),
        "e to the power of -z": np.exp(-z),
        "the right value divided by the length of x": sigmoid(z) / len(x),
        "ln(1 + e^z), another function than the sigmoid": np.log(1 + np.exp(z)),
        "z / (1 + |z|), another function than the sigmoid": z / (1 + np.abs(z)),
        "the sigmoid of the weighted sum times the sigmoid of the bias": sigmoid(x @ W[1:])
        * sigmoid(W[0]),
    }


def _with_row_0(W, value):
    return np.vstack([np.full((1, W.shape[1]), value), W[1:]])


LAYER_SPECIALS = (
    Special(
        lambda x, W: (x, _with_row_0(W, 0.0)),
        right="With all biases 0 your layer is right, so look at what happens to the bias.",
    ),
    Special(
        lambda x, W: (0 * x, W),
        right="With inputs of 0 your layer is right, so bias and sigmoid are fine: look at how "
        "inputs and weights meet.",
    ),
    Special(
        lambda x, W: (x[..., :1], W[:2]),
        right="With a single input your layer is right, so look at how several are added up.",
    ),
    Special(
        lambda x, W: (x, W[:, :1]),
        right="With a single unit your layer is right, so look at how you go from one to the next.",
    ),
    Special(
        lambda x, W: (x, _with_row_0(W, 0.7)),
        unmoved="Row 0 of W, the biases, has no influence on your result.",
    ),
    Special(lambda x, W: (x + 0.3, W), unmoved="x has no influence on your result."),
    Special(lambda x, W: (x, W + 0.3), unmoved="W has no influence on your result."),
    Special(
        lambda x, W: (np.concatenate([x[..., :-1], x[..., -1:] + 0.3], axis=-1), W),
        unmoved="The last input has no influence on your result.",
    ),
)

LAYER_SLIPS = (
    "bias-after-activation", "bias-forgotten", "activation-skipped", "one-at-the-end",
    "bias-subtracted", "bias-twice", "bias-times-inputs", "bias-for-every-input",
    "bias-of-first-unit", "bias-in-last-row", "bias-squashed-apart", "rows-one-early",
    "exponent-sign", "activation-twice", "tanh-for-sigmoid", "relu-for-sigmoid",
    "softmax-for-sigmoid", "slope-for-value", "sigmoid-brackets", "sigmoid-without-one",
    "sigmoid-minus", "inputs-squashed", "weights-squashed", "products-squashed",
    "squashed-in-every-step", "weights-transposed", "inputs-reversed", "last-input-left-out",
    "first-input-left-out", "weights-added", "products-averaged", "inputs-left-out",
    "last-product-only", "sum-not-reset", "products-not-reset", "weights-of-first-unit",
    "first-input-for-all", "last-input-for-all", "units-reversed", "one-added-to-values",
    "bias-multiplied",
)  # fmt: skip

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
    slips=LAYER_SLIPS,
    wrong=lambda slips, x, W: forward.layer(x, W, slips),
    quantities=_layer_quantities,
    specials=LAYER_SPECIALS,
    alike=(("bias-in-last-row", "one-at-the-end"),),
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
    slips=LAYER_SLIPS,
    wrong=lambda slips, x, W: forward.layer(x, W, slips),
    quantities=_layer_quantities,
    specials=LAYER_SPECIALS,
    alike=LAYER.alike,
    instead={
        "bias-after-activation": "The weights are used rightly. The bug is still there: look at "
        "what is inside the sigmoid and what is outside."
    },
)

LOOP = FunctionExercise(
    id="1.7",
    title="The loop is the matrix",
    stars=3,
    section="Many examples at once",
    hand_in="layer_loop",
    usage="layer_loop(x, W)",
    reference=_layer,
    cases=_loop_cases,
    tolerance=1e-12,
    compared="the helpers' layer, `sigmoid(with_one(x) @ W)`, to twelve digits",
    praise="Your loops agree with the matrix product",
    slips=LAYER_SLIPS,
    wrong=lambda slips, x, W: forward.layer(x, W, slips),
    quantities=_layer_quantities,
    specials=LAYER_SPECIALS,
    alike=LAYER.alike,
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
