"""What the exercises on a layer share: hidden cases, slips, special cases, other quantities."""

import numpy as np

from helpers.activations import sigmoid
from helpers.network import with_one

from .exercise import Case, Special
from .generic import BATCH, SINGLE, numbers


def cases():
    return [
        Case("one example", (numbers((2,), 21), numbers((3, 4), 100)), SINGLE),
        Case("one example with 4 inputs", (numbers((4,), 23), numbers((5, 2), 24)), SINGLE),
        Case("one example with 3 inputs", (numbers((3,), 33), numbers((4, 3), 34)), SINGLE),
        Case("a batch of 5 examples", (numbers((5, 2), 25), numbers((3, 4), 26)), BATCH),
        Case("a batch of 3 examples", (numbers((3, 3), 27), numbers((4, 2), 28)), BATCH),
        Case("a batch of 4 examples", (numbers((4, 3), 35), numbers((4, 3), 36)), BATCH),
    ]


def single_cases():
    single = [case for case in cases() if case.arguments[0].ndim == 1]
    return [
        *single,
        Case("one example and 6 units", (numbers((3,), 29), numbers((4, 6), 30)), SINGLE),
    ]


def right(x, W):
    return sigmoid(with_one(x) @ W)


def quantities(x, W):
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


SPECIALS = (
    Special(
        lambda x, W: (x, _with_row_0(W, 0.0)),
        right="With all biases 0 your layer is right, so look at what happens to the bias.",
    ),
    Special(
        lambda x, W: (0 * x, W),
        right="With inputs of 0 your layer is right, so look at what the inputs change.",
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

SLIPS = (
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
    "bias-multiplied", "products-subtracted",
)  # fmt: skip
