"""Exercises of chapter 07 that hand in a pass for a batch: forward, each gradient, both at once."""

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import batches, hidden
from helpers.network import with_one

from . import compare, growth
from .exercise import Case, FunctionExercise, Special
from .generic import numbers
from .output_layer import between

OVER = {"examples": "n", "inputs": "n_in", "hidden units": "n_h", "outputs": "n_out"}

# 7.2: forward ------------------------------------------------------------------------------------


def _network(n, n_in, n_h, n_out, seed=700):
    """x, W, U for a batch."""
    W, U = numbers((n_in + 1, n_h), seed), numbers((n_h + 1, n_out), seed + 1)
    return numbers((n, n_in), seed + 2), W, U


def _forward_cases():
    return [
        Case("a batch of 2 examples", _network(2, 3, 4, 3, 701)),
        Case("a batch of 5 examples", _network(5, 2, 3, 4, 711)),
        Case("a batch of 4 examples", _network(4, 3, 3, 3, 721)),
        Case("a batch of 3 examples", _network(3, 4, 5, 2, 731)),
    ]


def _in_either_layer(*slips):
    return tuple(f"{slip}-{layer}" for slip in slips for layer in ("hidden", "output"))


def _forward_quantities(x, W, U):
    z_h = with_one(x) @ W
    h = _one_behind(x, W)
    behind = "with the constant 1 behind; the biases are row 0, so the 1 stands in front"
    return {
        "the net inputs of the hidden units, not yet squashed": z_h,
        f"the hidden values {behind}": h,
        f"the outputs {behind}": _one_behind(sigmoid(z_h), U),
        f"the outputs, from hidden values {behind}": _one_behind(h, U),
    }


def _one_behind(x, W):
    return sigmoid(x @ W[:-1] + W[-1])


FORWARD = FunctionExercise(
    id="7.2",
    title="Forward without a loop",
    stars=2,
    section="Remove one loop at a time",
    hand_in="forward",
    usage="forward(x, W, U)",
    reference=batches.both_layers,
    returns=("h", "y"),
    cases=_forward_cases,
    compared="the helpers' hidden values and outputs for four batches, and the steps that Python "
    "takes when the batch grows",
    praise="Your values are right, and no loop is left",
    slips=(
        "net-inputs-for-values", "hidden-not-squashed-onward", "outputs-from-inputs",
        "inputs-squashed", "one-returned-with-h", *_in_either_layer(
            "activation-skipped", "activation-twice", "bias-forgotten", "bias-twice",
            "bias-subtracted", "bias-after-activation", "weights-transposed", "inputs-reversed",
            "exponent-sign", "tanh-for-sigmoid", "softmax-for-sigmoid", "slope-for-value",
        ),
    ),
    wrong=lambda slips, x, W, U: batches.both_layers(x, W, U, slips),
    quantities=_forward_quantities,
    look_at=lambda function: growth.loop_that_is_left(function, _network, OVER),
)  # fmt: skip

# 7.3: dE/dU, some examples several times ---------------------------------------------------------


def _counted(n, n_h, n_out, seed=740):
    """h, delta_y, counts; the counts differ, and none is the number of rows."""
    counts = np.array([3, 1, 7, 2, 6][:n])
    return between((n, n_h), seed), numbers((n, n_out), seed + 1), counts


def _counted_cases():
    return [
        Case("3 rows, 4 hidden units, 2 outputs", _counted(3, 4, 2, 741)),
        Case("5 rows, 3 hidden units, 2 outputs", _counted(5, 3, 2, 751)),
        Case("4 rows, 2 hidden units, 4 outputs", _counted(4, 2, 4, 761)),
    ]


def _any_counted(n, n_h, n_out):
    return np.full((n, n_h), 0.4), np.full((n, n_out), 0.2), np.arange(1, n + 1)


def _counted_quantities(h, delta_y, counts):
    full, c = batches.counted_gradient(h, delta_y, counts), counts[:, None]
    return {
        "the deltas times the counts": delta_y * c,
        "the gradient, multiplied by the largest count": full * counts.max(),
        "the gradient, divided by the number of hidden values too": full / h.shape[1],
        "the counted sum, divided by the sum of the squared counts": full
        * counts.sum() / (counts**2).sum(),
        "the products h.T @ delta_y without counts, the 1 or the average": h.T @ delta_y,
        "the counted products below the bias row, not divided": h.T @ (delta_y * c),
        "row 0 of the gradient alone, that of the biases": full[0],
        "one table for each row, still to be added": with_one(h)[:, :, None]
        * (delta_y * c)[:, None],
    }  # fmt: skip


def _loops_or_repeats(function):
    """Whoever repeats rows cannot count by halves."""
    over = {each: OVER[each] for each in ("examples", "hidden units", "outputs")}
    left = growth.loop_that_is_left(function, _any_counted, over)
    h, delta_y, counts = _counted(4, 3, 2)
    try:
        found = compare.as_numbers(function(h, delta_y, counts / 2))
        right = compare.close(found, batches.counted_gradient(h, delta_y, counts)).all()
    except (TypeError, ValueError, IndexError):
        right = False
    if left or right:
        return left
    return (
        "The values are right for whole counts, and with counts such as 0.5 they are not, as when "
        "rows are repeated. Multiply by the counts: then an example may count as half a one, too."
    )


COUNTED = FunctionExercise(
    id="7.3",
    title="Count an example twice",
    stars=2,
    section="Let the product add up the examples",
    hand_in="dE_dU_counted",
    usage="dE_dU_counted(h, delta_y, counts)",
    reference=batches.counted_gradient,
    rows_are_examples=False,
    cases=_counted_cases,
    compared="the gradient of the full batch, with every row as often as its count says",
    praise="Your gradient is that of the full batch, and no row was repeated",
    slips=(
        "counts-ignored", "counts-used-twice", "counts-divide", "counts-for-outputs",
        "bias-not-counted", "only-biases-counted", "divided-by-rows", "gradient-summed",
        "gradient-averaged-twice", "gradient-divided-by-outputs", "gradient-transposed",
        "bias-row-left-out", "one-at-the-end", "bias-gradient-missing", "bias-gradient-summed",
        "bias-gradient-times-input", "bias-gradient-of-all-units", "values-left-out",
        "slope-of-h-for-h",
    ),
    wrong=lambda slips, *a: batches.counted_gradient(*a, slips),
    instead={
        "gradient-summed": "One thing is off, the rest is right. You added everything up and did "
        "not divide; E averages, so divide by the number of examples, repetitions included.",
        "gradient-averaged-twice": "One thing is off, the rest is right. You divided by the "
        "number of examples twice.",
    },
    quantities=_counted_quantities,
    specials=(
        Special(
            lambda h, d, c: (h, d, np.ones_like(c)),
            right="With all counts 1 your gradient is right, so look at how the counts come in.",
            unmoved="The counts have no influence on your result.",
        ),
        Special(
            lambda h, d, c: (0 * h, d, c),
            right="With hidden values of 0 your gradient is right, so look below the bias row.",
        ),
        Special(
            lambda h, d, c: (h[:1], d[:1], c[:1]),
            right="With a single row your gradient is right, so look at how several are added.",
        ),
        Special(
            lambda h, d, c: (h, d[:, :1], c),
            right="With a single output your gradient is right, so look at the columns.",
        ),
        Special(lambda h, d, c: (0.7 * h, d, c), unmoved="h has no influence on your result."),
        Special(
            lambda h, d, c: (h, d + 0.3, c), unmoved="delta_y has no influence on your result."
        ),
    ),
    look_at=lambda function: _loops_or_repeats(function),
)

# 7.4: dE/dW --------------------------------------------------------------------------------------


def _h(shape, seed):
    """Hidden values: between 0 and 1, not near the ends, no two alike or adding up to 1."""
    return np.round(sigmoid(numbers(shape, seed) * 1.3 - 0.21), 3)


def _backward(n, n_in, n_h, n_out, seed=770):
    """x, h, delta_y, U for a batch."""
    U = numbers((n_h + 1, n_out), seed)
    return numbers((n, n_in), seed + 1), _h((n, n_h), seed + 2), 4 * numbers((n, n_out), seed), U


def _backward_cases():
    return [
        Case("5 examples, 2 inputs, 3 hidden units, 4 outputs", _backward(5, 2, 3, 4, 771)),
        Case("6 examples, 3 inputs, 2 hidden units, 2 outputs", _backward(6, 3, 2, 2, 781)),
        Case("2 examples, 4 inputs, 3 hidden units, 3 outputs", _backward(2, 4, 3, 3, 791)),
    ]


def _any_backward(n, n_in, n_h, n_out):
    return tuple(np.full(s, 0.4) for s in ((n, n_in), (n, n_h), (n, n_out), (n_h + 1, n_out)))


def _backward_quantities(x, h, delta_y, U):
    n, e = len(x), delta_y @ U[1:].T
    delta_h = hidden.hidden_delta(delta_y, U, h)
    return {
        "delta_h, a row for each example": delta_h,
        "e_h, before the slope": e,
        "row 0 of the gradient alone, that of the biases": delta_h.mean(axis=0),
        "one table for each example, still to be averaged": with_one(x)[:, :, None]
        * delta_h[:, None],
        "the gradient of U": with_one(h).T @ delta_y / n,
        "the gradient of U, not divided by n": with_one(h).T @ delta_y,
        "the products of x and delta_h without the biases, not divided by n": x.T @ delta_h,
        "with_one(x) times h": with_one(x).T @ h / n,
        "the gradient, divided by the number of inputs in place of that of the examples":
            with_one(x).T @ delta_h / x.shape[1],
        "the gradient, divided by the number of hidden units in place of that of the examples":
            with_one(x).T @ delta_h / h.shape[1],
    }  # fmt: skip


FIRST_LAYER = FunctionExercise(
    id="7.4",
    title="The gradient of W for a batch",
    stars=2,
    section="Let the product add up the examples",
    hand_in="dE_dW",
    usage="dE_dW(x, h, delta_y, U)",
    reference=batches.first_layer_gradient,
    rows_are_examples=False,
    cases=_backward_cases,
    compared="the average of the examples' gradients, for three batches of different sizes",
    praise="Your gradient is right, biases included, and no loop is left",
    slips=(
        "gradient-summed", "gradient-averaged-twice", "gradient-transposed",
        "all-pairs-of-examples", "first-example-only", "last-example-only",
        "inputs-averaged-first", "W-bias-row-left-out", "one-at-the-end",
        "bias-gradient-missing", "bias-gradient-is-one", "bias-gradient-times-x",
        "bias-gradient-of-one-example", "bias-gradient-of-all-units", "bias-gradient-summed",
        "hidden-for-input", "inputs-left-out-of-gradient", "output-delta-for-hidden",
        "missing-transpose", "bias-row-sent-back", "weights-left-out", "paths-averaged",
        "one-output-only", "no-sigma-prime-hidden", "sigma-prime-of-h", "h-for-slope",
        "one-minus-h-for-slope", "slope-squared-hidden",
    ),
    wrong=lambda slips, *a: batches.first_layer_gradient(*a, slips),
    quantities=_backward_quantities,
    specials=(
        Special(
            lambda x, h, d, U: (x[:1], h[:1], d[:1], U),
            right="With a single example your gradient is right, so look at how several are "
            "brought together.",
        ),
        Special(
            lambda x, h, d, U: (x, np.full_like(h, 0.5), d, U),
            right="With all hidden values 0.5 your gradient is right, so look at the slope.",
        ),
        Special(
            lambda x, h, d, U: (x, h, d[:, :1], U[:, :1]),
            right="With a single output your gradient is right, so look at how the paths are "
            "added.",
        ),
        Special(
            lambda x, h, d, U: (0 * x, h, d, U),
            right="With inputs of 0 your gradient is right, so look below the bias row.",
        ),
        Special(lambda x, h, d, U: (x + 0.3, h, d, U), unmoved="x has no influence here."),
        Special(lambda x, h, d, U: (x, 0.9 * h, d, U), unmoved="h has no influence here."),
        Special(lambda x, h, d, U: (x, h, d + 0.3, U), unmoved="delta_y has no influence here."),
        Special(lambda x, h, d, U: (x, h, d, U + 0.3), unmoved="U has no influence here."),
    ),
    look_at=lambda function: growth.loop_that_is_left(function, _any_backward, OVER),
)  # fmt: skip
