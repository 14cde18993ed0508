"""Three exercises of chapter 05 that send deltas back in code: one layer, its gradient, three."""

from itertools import pairwise

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import descent, hidden
from helpers.network import Network, with_one

from .exercise import Case, FunctionExercise, Special
from .generic import BATCH, SINGLE, numbers

# 5.3: the hidden deltas --------------------------------------------------------------------------


def _one(n_out, n_h, seed):
    return (4 * numbers((n_out,), seed), numbers((n_h + 1, n_out), seed + 1), _h((n_h,), seed + 2))


def _many(n, n_out, n_h, seed):
    U = numbers((n_h + 1, n_out), seed + 1)
    return 4 * numbers((n, n_out), seed), U, _h((n, n_h), seed + 2)


def _h(shape, seed):
    """Hidden values: between 0 and 1, not near the ends, no two alike or adding up to 1."""
    return np.round(sigmoid(numbers(shape, seed) * 1.3 - 0.21), 3)


def _delta_cases():
    return [
        Case("one example", _one(2, 3, 510), SINGLE),
        Case("one example with 3 outputs and 2 hidden units", _one(3, 2, 520), SINGLE),
        Case("one example with 3 outputs and 3 hidden units", _one(3, 3, 530), SINGLE),
        Case("a batch of 4 examples", _many(4, 2, 3, 540), BATCH),
        Case("a batch of 5 examples", _many(5, 3, 2, 550), BATCH),
        Case("a batch of 2 examples", _many(2, 3, 3, 560), BATCH),
    ]


def _delta_quantities(delta_y, U, h):
    e, slope = delta_y @ U[1:].T, h * (1 - h)
    return {
        "the slope h (1 - h) alone, without what comes back": slope,
        "h times the right value": h * e * slope,
        "h minus the right value": h - e * slope,
        "the right value divided by h": e * (1 - h),
        "e_h times h (1 + h)": e * h * (1 + h),
        "e_h times h - 1": e * (h - 1),
        "e_h times 2h - 1": e * (2 * h - 1),
        "e_h minus the slope": e - slope,
        "sigma(e_h) times the slope": sigmoid(e) * slope,
        "e_h times its own slope e_h (1 - e_h)": e * e * (1 - e),
        "the slope at e_h": e * (1 - e),
    }


DELTA_SPECIALS = (
    Special(
        lambda d, U, h: (d, U, np.full_like(h, 0.5)),
        right="With all hidden values 0.5 your function is right, so look at the slope.",
    ),
    Special(
        lambda d, U, h: (d[..., :1], U[:, :1], h),
        right="With a single output your function is right, so look at how the paths are added.",
    ),
    Special(
        lambda d, U, h: (d, U[:2], h[..., :1]),
        right="With a single hidden unit your function is right, so look at how you go from one "
        "to the next.",
    ),
    Special(lambda d, U, h: (d + 0.3, U, h), unmoved="delta_y has no influence on your result."),
    Special(lambda d, U, h: (d, U + 0.3, h), unmoved="U has no influence on your result."),
    Special(lambda d, U, h: (d, U, 0.9 * h), unmoved="h has no influence on your result."),
)

ON_THE_WAY_BACK = (
    "no-sigma-prime-hidden", "sigma-prime-of-h", "h-for-slope", "one-minus-h-for-slope",
    "slope-of-tanh-hidden", "slope-squared-hidden", "slope-added", "slope-divides",
    "brackets-of-one-minus-h", "one-output-only", "last-output-only", "paths-averaged",
    "paths-multiplied", "paths-subtracted", "weights-left-out", "weights-squared",
    "weights-absolute", "weights-added-to-deltas", "errors-shared-out", "missing-transpose",
    "bias-row-sent-back",
)  # fmt: skip

HIDDEN_DELTA = FunctionExercise(
    id="5.3",
    title="The hidden deltas in code",
    stars=2,
    section="The whole layer at once",
    hand_in="hidden_delta",
    usage="hidden_delta(delta_y, U, h)",
    reference=hidden.hidden_delta,
    cases=_delta_cases,
    compared="the helpers' deltas, for single examples and batches of different sizes",
    praise="Your deltas are right, for one example and for a batch",
    slips=(*ON_THE_WAY_BACK, "constant-kept", "paths-not-added"),
    wrong=lambda slips, delta_y, U, h: hidden.hidden_delta(delta_y, U, h, slips),
    quantities=_delta_quantities,
    specials=DELTA_SPECIALS,
)

# 5.4: the gradient of all of W -------------------------------------------------------------------


def _gradient_cases():
    return [
        Case("2 inputs, 3 hidden units, 4 outputs", _for_gradient(2, 3, 4, 610)),
        Case("3 inputs, 2 hidden units, 2 outputs", _for_gradient(3, 2, 2, 620)),
        Case("4 inputs, 3 hidden units, 3 outputs", _for_gradient(4, 3, 3, 630)),
        Case("3 inputs, 4 hidden units, 2 outputs", _for_gradient(3, 4, 2, 640)),
    ]


def _for_gradient(n_in, n_h, n_out, seed):
    delta_y, U, h = _one(n_out, n_h, seed)
    return numbers((n_in,), seed + 7), h, delta_y, U


def _gradient(x, h, delta_y, U):
    return hidden.first_layer_gradient(x, h, delta_y, U)


def _gradient_quantities(x, h, delta_y, U):
    delta_h = hidden.hidden_delta(delta_y, U, h)
    return {
        "delta_h": delta_h,
        "e_h, before the slope": delta_y @ U[1:].T,
        "the gradient of U": np.outer(with_one(h), delta_y),
        "the gradient without its bias row, transposed": np.outer(delta_h, x),
        "the inputs times h": np.outer(with_one(x), h),
        "x times delta_h, with the 1 added to every input": np.outer(with_one(x + 1), delta_h),
    }


ALL_OF_W = FunctionExercise(
    id="5.4",
    title="The gradient of all of W",
    stars=2,
    section="The gradient of all of W",
    hand_in="dE_dW",
    usage="dE_dW(x, h, delta_y, U)",
    reference=_gradient,
    rows_are_examples=False,
    cases=_gradient_cases,
    compared="the helpers' gradient, for four networks of different sizes",
    praise="Your gradient is right, biases included",
    slips=(
        *ON_THE_WAY_BACK, "gradient-transposed", "W-bias-row-left-out", "bias-gradient-missing",
        "bias-gradient-is-one", "bias-gradient-times-input", "bias-gradient-of-all-units",
        "one-at-the-end", "gradient-rows-reversed", "hidden-for-input",
        "inputs-left-out-of-gradient", "inputs-added-to-deltas", "output-delta-for-hidden",
    ),
    wrong=lambda slips, *a: hidden.first_layer_gradient(*a, slips),
    instead={
        "one-at-the-end": "The slopes of the biases stand in the last row, as when the 1 is put "
        "behind the inputs; they are row 0.",
    },
    quantities=_gradient_quantities,
    specials=(
        Special(
            lambda x, h, d, U: (x, np.full_like(h, 0.5), d, U),
            right="With all hidden values 0.5 your gradient is right, so look at the slope.",
        ),
        Special(
            lambda x, h, d, U: (x, h, d[:1], U[:, :1]),
            right="With a single output your gradient is right, so look at how the paths are "
            "added.",
        ),
        Special(
            lambda x, h, d, U: (x + 0.3, h, d, U), unmoved="x has no influence on your result."
        ),
        Special(
            lambda x, h, d, U: (x, h, d + 0.3, U),
            unmoved="delta_y has no influence on your result.",
        ),
        Special(
            lambda x, h, d, U: (x, h, d, U + 0.3), unmoved="U has no influence on your result."
        ),
    ),
)  # fmt: skip

# 5.8: three layers ------------------------------------------------------------------------------


def _three_cases():
    return [
        Case("a 2-3-4-2 network", _three((2, 3, 4, 2), 810)),
        Case("a 3-2-3-3 network", _three((3, 2, 3, 3), 820)),
        Case("a 3-3-3-3 network", _three((3, 3, 3, 3), 830)),
    ]


def _three(sizes, seed):
    matrices = [
        numbers((n_in + 1, n_out), seed + k) for k, (n_in, n_out) in enumerate(pairwise(sizes))
    ]
    x, t = numbers((sizes[0],), seed + 5), 3 * numbers((sizes[-1],), seed + 6)
    return x, t, *matrices


def _three_right(x, t, W, V, U):
    net = Network([W, V, U])
    return tuple(net.gradient(x, t).weights)


THREE_LAYERS = FunctionExercise(
    id="5.8",
    title="Three layers",
    stars=3,
    section="Any depth",
    hand_in="three_layers",
    usage="three_layers(x, t, W, V, U)",
    reference=_three_right,
    rows_are_examples=False,
    returns=("dE_dW", "dE_dV", "dE_dU"),
    cases=_three_cases,
    compared="the canonical network with three matrices, for three networks of different sizes",
    praise="All three gradients are right: you can send the error back through any depth",
    slips=(
        "no-slope-at-q", "no-slope-at-h", "slope-of-q-not-sent-on", "output-delta-sent-twice",
        "U-used-twice", "no-sigma-prime-hidden", "h-for-slope", "one-minus-h-for-slope",
        "sigma-prime-of-h", "one-output-only", "paths-averaged",
        "weights-left-out", "missing-transpose", "bias-row-sent-back", "raw-error-sent-back",
        "no-sigma-prime-output", "y-for-slope", "sigma-prime-of-y", "kept-2", "extra-half",
        "target-minus-output", "gradient-transposed", "W-bias-row-left-out",
        "bias-gradient-missing", "one-at-the-end", "inputs-left-out-of-gradient",
    ),
    wrong=lambda slips, *a: descent.three_layers(*a, slips),
    instead={
        "target-minus-output": "All three gradients have the opposite sign, as when y is "
        "subtracted from t.",
    },
)  # fmt: skip
