"""Exercises 4.3 to 4.5: the deltas, the gradient and the step of an output layer of sigmoids."""

import random

import numpy as np

from helpers.activations import sigmoid, sigmoid_prime
from helpers.mistakes import output
from helpers.network import with_one

from .exercise import Case, FunctionExercise, Special
from .generic import BATCH, SINGLE, numbers


def between(shape, seed):
    """Like `numbers`, but between 0 and 1, as outputs, targets and hidden values are."""
    draw = random.Random(seed)
    count = int(np.prod(shape, dtype=int))
    return np.array(draw.sample(range(6, 95), count)).reshape(shape) / 100


# 4.3: delta_y ------------------------------------------------------------------------------------


DELTA_SLIPS = (
    "no-sigma-prime-output", "sigma-prime-of-y", "y-for-slope", "one-minus-y-for-slope",
    "slope-squared", "slope-with-plus", "tanh-slope", "target-in-slope", "divided-by-slope",
    "kept-2", "extra-half", "target-minus-output", "difference-squared-in-delta",
    "error-for-its-slope", "error-left-out", "values-added-in-delta",
    "difference-without-brackets", "slope-without-brackets",
)  # fmt: skip


def _outputs_and_targets():
    return [
        Case("one example", (between((3,), 1), between((3,), 2)), SINGLE),
        Case("one example with 4 outputs", (between((4,), 3), between((4,), 4)), SINGLE),
        Case("a batch of 5 examples", (between((5, 3), 5), between((5, 3), 6)), BATCH),
        Case("a batch of 3 examples", (between((3, 4), 7), between((3, 4), 8)), BATCH),
        Case("a batch of 4 examples", (between((4, 4), 9), between((4, 4), 10)), BATCH),
    ]


def _delta_quantities(y, t):
    return {
        "the slope y (1 - y), with 1 - t in place of 1 - y": y * (1 - t),
        "(y - t) y (1 - t), with 1 - t in place of 1 - y": (y - t) * y * (1 - t),
        "(y - t) y minus y^2, as when y - y^2 stands without brackets": (y - t) * y - y**2,
        "the delta of sigmoid(y), and y is an output already": output.delta(sigmoid(y), t),
        "the delta times y once more": (y - t) * y**2 * (1 - y),
        "y - t times sigma'(t), the slope at the target": (y - t) * sigmoid_prime(t),
        "(y - t) y y, with y in place of 1 - y": (y - t) * y * y,
        "(y - t) (1 - y) (1 - y), with 1 - y in place of y": (y - t) * (1 - y) ** 2,
        "the log loss of each output": -t * np.log(y) - (1 - t) * np.log(1 - y),
        "the sum of the two factors, which are multiplied": y - t + y * (1 - y),
        "the error of the whole example, where y - t belongs, times the slope": 0.5
        * ((y - t) ** 2).sum(axis=-1, keepdims=True)
        * y
        * (1 - y),
        "the slope of the log loss with respect to y, with the opposite sign": (t - y)
        / (y * (1 - y)),
    }


OUTPUT_DELTA = FunctionExercise(
    id="4.3",
    title="Every delta at once",
    stars=2,
    section="Write it with indices",
    hand_in="output_delta",
    usage="output_delta(y, t)",
    reference=output.delta,
    cases=_outputs_and_targets,
    compared="the formula for each output, for single examples and for three batches",
    praise="Your deltas are right, for one example and for many",
    slips=(
        *DELTA_SLIPS, "output-and-target-exchanged", "delta-absolute", "deltas-summed",
        "deltas-divided-by-length",
    ),
    wrong=lambda slips, y, t: output.delta(y, t, slips),
    quantities=_delta_quantities,
    specials=(
        Special(
            lambda y, t: (np.full_like(y, 0.5), t),
            right="Where y is one half your deltas are right, so look at the slope of the sigmoid.",
        ),
        Special(
            lambda y, t: (y, 0 * t),
            right="With targets of 0 your deltas are right, so look at how t comes in.",
        ),
        Special(
            lambda y, t: (y[..., :1], t[..., :1]),
            right="With a single output your deltas are right: no output may change another's.",
        ),
        Special(lambda y, t: (y, 0.7 * t), unmoved="t has no influence on your result."),
        Special(lambda y, t: (0.7 * y, t), unmoved="y has no influence on your result."),
    ),
)

# 4.4: dE/dU --------------------------------------------------------------------------------------


def _values_and_deltas():
    def both(n, n_h, n_out, seed):
        if n:
            return between((n, n_h), seed), numbers((n, n_out), seed + 1)
        return between((n_h,), seed), numbers((n_out,), seed + 1)

    return [
        Case("one example", both(0, 3, 2, 21), SINGLE),
        Case("one example with 2 hidden units", both(0, 2, 4, 23), SINGLE),
        Case("one example with a square U", both(0, 3, 4, 25), SINGLE),
        Case("a batch of 5 examples", both(5, 2, 4, 27), BATCH),
        Case("a batch of 3 examples", both(3, 4, 2, 29), BATCH),
        Case("a batch of 4 examples", both(4, 2, 3, 31), BATCH),
    ]


def _gradient_quantities(h, delta_y):
    d = np.atleast_2d(delta_y)
    last = output.gradient(h, delta_y, ["last-example-only"])
    return {
        "the matrix of the last example, divided by n, as when `=` stands where `+=` belongs": last
        / len(d),
        "the gradient, divided by the number of hidden values too": output.gradient(h, delta_y)
        / np.shape(h)[-1],
        "the sum over the examples, divided by the number of hidden values": output.gradient(
            h, delta_y
        )
        * len(d)
        / np.shape(h)[-1],
        "the sum over the examples, divided by the number of rows of U": output.gradient(h, delta_y)
        * len(d)
        / (np.shape(h)[-1] + 1),
        "the mean of the deltas over the examples, which is row 0 alone": d.mean(axis=0),
        "`with_one(h)`, without the deltas": with_one(h),
        "`with_one(h)` times the mean delta of each example": with_one(h)
        * np.mean(delta_y, axis=-1, keepdims=True),
    }


GRADIENT_SLIPS = (
    "bias-row-left-out", "bias-row-last", "bias-gradient-missing", "bias-gradient-times-input",
    "bias-gradient-one", "bias-gradient-of-one-example", "bias-gradient-of-all-units",
    "bias-gradient-summed", "bias-gradient-turned", "gradient-summed", "gradient-averaged-twice",
    "gradient-divided-by-outputs", "gradient-turned", "gradient-transposed",
    "first-example-only", "last-example-only", "slope-of-h-for-h", "values-left-out",
    "values-in-reverse", "deltas-in-reverse", "first-value-for-all", "first-delta-for-all",
    "deltas-added-up", "values-added-to-deltas", "means-multiplied", "values-summed-first",
)  # fmt: skip

GRADIENT = FunctionExercise(
    id="4.4",
    title="The gradient of U",
    stars=2,
    section="Fill the whole matrix",
    hand_in="dE_dU",
    usage="dE_dU(h, delta_y)",
    reference=output.gradient,
    rows_are_examples=False,
    cases=_values_and_deltas,
    compared="the products of all values and deltas, for single examples and for three batches",
    praise="Your gradient is right, biases included, for one example and for a batch",
    slips=GRADIENT_SLIPS,
    wrong=lambda slips, h, delta_y: output.gradient(h, delta_y, slips),
    quantities=_gradient_quantities,
    specials=(
        Special(
            lambda h, d: (0 * h, d),
            right="With hidden values of 0 your gradient is right, so look below the bias row.",
        ),
        Special(
            lambda h, d: (np.ones_like(h), d),
            right="With hidden values of 1 your gradient is right, so look at what h does.",
        ),
        Special(
            lambda h, d: (h, d[..., :1]),
            right="With a single output your gradient is right, so look at the columns.",
        ),
        Special(
            lambda h, d: (h[..., :1], d),
            right="With a single hidden unit your gradient is right, so look at the rows.",
        ),
        Special(lambda h, d: (h * 0.7, d), unmoved="h has no influence on your result."),
        Special(lambda h, d: (h, d + 0.3), unmoved="delta_y has no influence on your result."),
    ),
)

# 4.5: the step -----------------------------------------------------------------------------------


def _steps():
    def case(name, n, n_h, n_out, eta, seed):
        shapes = ((n, n_h), (n, n_out)) if n else ((n_h,), (n_out,))
        h, t = between(shapes[0], seed), between(shapes[1], seed + 1)
        return Case(name, (numbers((n_h + 1, n_out), seed + 2), h, t, eta), BATCH if n else SINGLE)

    return [
        case("one example", 0, 3, 2, 2.5, 41),
        case("one example with 4 outputs", 0, 2, 4, 4.0, 44),
        case("a batch of 5 examples", 5, 2, 4, 3.5, 47),
        case("a batch of 3 examples", 3, 4, 2, 6.0, 50),
        case("a batch of 4 examples", 4, 3, 3, 5.0, 53),
    ]


def _step_quantities(U, h, t, eta):
    y = sigmoid(with_one(h) @ U)
    slopes = output.gradient(h, output.delta(y, t))
    n = len(np.atleast_2d(h))
    return {
        "U after one step for each example in turn; asked for is a single step, with the average "
        "of their slopes": _in_turn(U, h, t, eta),
        "U after one step for each example in turn, each divided by n; in a single step all "
        "slopes are taken at the same U": _in_turn(U, h, t, eta / n),
        "U after a step with the errors 1/2 (t - y)^2 in place of the deltas": U
        - eta * output.gradient(h, 0.5 * (t - y) ** 2),
        "U as it came in": U,
        "the outputs y": y,
        "the deltas": output.delta(y, t),
        "the outputs y after the step": sigmoid(with_one(h) @ (U - eta * slopes)),
        "U after two steps with the same slopes": U - 2 * eta * slopes,
        "U after a step that is also multiplied by the weights": U - eta * slopes * U,
        "U minus eta, without the slopes": U - eta,
    }


def _in_turn(U, h, t, eta):
    for one in zip(np.atleast_2d(h), np.atleast_2d(t), strict=True):
        U = output.updated_U(U, *one, eta)
    return U


STEP = FunctionExercise(
    id="4.5",
    title="Move all of U",
    stars=2,
    section="Take the step",
    hand_in="updated_U",
    usage="updated_U(U, h, t, eta)",
    reference=output.updated_U,
    rows_are_examples=False,
    cases=_steps,
    compared="one step of gradient descent, with another eta for each of five cases",
    praise="Your step is right, biases included",
    slips=(
        "gradient-added", "target-minus-output", "eta-forgotten", "eta-divides",
        "eta-on-everything", "eta-fixed", "gradient-returned", "step-returned",
        "step-size-returned", "no-sigma-prime-output", "output-and-target-exchanged",
        "sigma-prime-of-y", "y-for-slope", "one-minus-y-for-slope", "slope-squared",
        "target-in-slope", "net-input-in-slope", "kept-2", "extra-half", "delta-absolute",
        "error-left-out", "net-input-in-error", "tanh-for-sigmoid", "softmax-for-sigmoid",
        "activation-skipped", "activation-twice", "bias-after-activation", "bias-forgotten",
        "bias-in-last-row", "bias-gradient-missing", "bias-gradient-times-input",
        "bias-gradient-of-one-example", "bias-gradient-of-all-units", "gradient-summed",
        "gradient-averaged-twice", "first-example-only", "means-multiplied", "values-left-out",
        "deltas-added-up",
    ),
    alike=(("gradient-added", "target-minus-output"),),
    wrong=lambda slips, U, h, t, eta: output.updated_U(U, h, t, eta, slips),
    quantities=_step_quantities,
    specials=(
        Special(
            lambda U, h, t, eta: (U, h, t, 1.0),
            right="With eta = 1 your U is right, so look at how eta comes in.",
        ),
        Special(
            lambda U, h, t, eta: (U, 0 * h, t, eta),
            right="With hidden values of 0 your U is right, so look below the bias row.",
        ),
        Special(
            lambda U, h, t, eta: (U[:, :1], h, t[..., :1], eta),
            right="With a single output your U is right, so look at the columns.",
        ),
        Special(
            lambda U, h, t, eta: (U[:2], h[..., :1], t, eta),
            right="With a single hidden unit your U is right, so look at the rows.",
        ),
        Special(lambda U, h, t, eta: (U, h, t, eta + 1), unmoved="eta has no influence here."),
        Special(lambda U, h, t, eta: (U, h, 0.7 * t, eta), unmoved="t has no influence here."),
        Special(lambda U, h, t, eta: (U, 0.7 * h, t, eta), unmoved="h has no influence here."),
    ),
)  # fmt: skip
