"""The exercises of chapter 07: a whole batch at once."""

from functools import cache

import numpy as np

from helpers.mistakes import batches
from helpers.network import with_one

from . import batch_passes, compare, looks, without_loops
from .choice import ChoiceExercise, Question
from .exercise import Case, FunctionExercise, Special
from .generic import numbers
from .shapes import ShapesExercise

TITLE = "Do a whole batch at once"

# 7.1: shapes -------------------------------------------------------------------------------------

SHAPES = ShapesExercise(
    id="7.1",
    title="Predict the shapes",
    stars=1,
    section="Let the shapes check you",
    hand_in="batch_shapes",
    shapes=lambda slips: batches.batch_shapes(10, 8, 5, 3, slips),
    compared="the shapes of an 8-5-3 network with a batch of 10",
    slips=(
        "one-missing-in-with-one-of-h", "one-as-a-row", "no-bias-row-in-U", "U-turned",
        "one-kept-in-delta-h", "output-delta-for-hidden-delta", "shapes-of-one-example",
        "examples-as-columns", "gradients-without-bias-row", "gradients-with-rows-of-examples",
        "gradients-of-each-example", "gradients-turned", "gradients-exchanged",
    ),
)  # fmt: skip

# 7.5: sum or mean --------------------------------------------------------------------------------

SUM_OR_MEAN = ChoiceExercise(
    id="7.5",
    title="Sum or mean",
    stars=1,
    section="Choose a sum or a mean",
    hand_in="sum_or_mean",
    compared="the three answers and their reasons",
    praise="Right, all three: a mean keeps the size of a step, and eta belongs to the convention",
    questions=(
        Question("twice the data", "b", {
            "a": "That holds for the mean. A sum has twice as many terms of the same kind.",
            "c": "A mean is divided by the new number of examples, but it has as many more terms. "
            "A sum is not divided at all.",
            "d": "The mean is divided by the number of examples, so twice as many terms leave it "
            "about where it was.",
        }),
        Question("their eta", "c", {
            "a": "The two gradients differ by a factor 8, so with the same eta the steps do, too.",
            "b": "Your gradient is 8 times smaller already. Divided by 8 once more, the step would "
            "be 64 times smaller than theirs.",
        }),
        Question("np.mean", "b", {
            "a": "Our E adds over the outputs. Count by how many numbers `np.mean` divides.",
            "c": "`np.mean` divides by the number of all entries, so it adds nothing that our E "
            "does not add.",
            "d": "All entries of the gradient change by one factor, and a factor turns no "
            "direction.",
        }),
    ),
)  # fmt: skip

# 7.6: the biases apart ---------------------------------------------------------------------------


def _step_cases():
    def case(n, n_in, n_h, eta, seed):
        w, b = numbers((n_in, n_h), seed), numbers((n_h,), seed + 1)
        x, delta = numbers((n, n_in), seed + 2), 2 * numbers((n, n_h), seed + 3)
        return Case(f"{n} examples, {n_in} inputs, {n_h} units", (w, b, x, delta, eta))

    return [case(4, 2, 3, 0.7, 841), case(5, 3, 2, 1.6, 851), case(3, 4, 3, 2.5, 861)]


def _step_quantities(w, b, x, delta, eta):
    g_w, g_b = x.T @ delta / len(x), delta.mean(axis=0)
    return {
        "the gradient of w; the new w is asked for": g_w,
        "the gradient of b; the new b is asked for": g_b,
        "the step of w; it is subtracted from the old w": eta * g_w,
        "the step of b; it is subtracted from the old b": eta * g_b,
        "minus the step of b; it is added to the old b": -eta * g_b,
        "w as it came in": w,
        "the sum of the wrong biases over the examples, with the old b in each of them": len(x) * b
        - eta * g_b,
    }


def _which_part(trials):
    """w is right in the function with the bug, so most wrong answers are wrong in b alone."""
    if looks.in_other_order(trials):
        return ""
    shapes = {trial.got.shape for trial in trials if trial.at[1] and trial.got is not None}
    wanted = {trial.expected.shape for trial in trials if trial.at[1]}
    if not shapes or shapes & wanted:
        return ""
    if all(len(shape) == 2 and 1 not in shape for shape in shapes):
        return "Your biases have become a matrix: look at what is subtracted from b, and its shape."
    return ""


STEP_APART = FunctionExercise(
    id="7.6",
    title="Mend the biases",
    stars=2,
    section="Watch the bias row",
    hand_in="step_fixed",
    usage="step_fixed(w, b, x, delta, eta)",
    reference=batches.step_apart,
    rows_are_examples=False,
    returns=("w", "b"),
    cases=_step_cases,
    compared="one step with the biases in row 0, for three layers of different sizes",
    praise="Both are right: each unit has one bias, which has heard of every example",
    slips=(
        "bias-not-summed", "bias-summed-over-units", "bias-gradient-of-all-units",
        "bias-averaged-over-everything", "bias-gradient-summed", "bias-averaged-twice",
        "bias-gradient-of-one-example", "bias-of-last-example", "bias-share-of-one-example",
        "bias-gradient-times-x", "bias-multiplied-by-itself", "largest-delta-for-the-bias",
        "bias-gradient-turned", "eta-forgotten-at-the-bias", "biases-kept", "weights-kept",
        "weights-summed-only", "gradient-summed", "gradient-added", "eta-forgotten",
    ),
    wrong=lambda slips, *a: batches.step_apart(*a, slips),
    instead={
        "bias-gradient-summed": "The step of w is right. In that of b you summed over the "
        "examples and did not divide by their number.",
    },
    explain=_which_part,
    quantities=_step_quantities,
)  # fmt: skip

# 7.7: loop against batch -------------------------------------------------------------------------


class Gradient:
    """A gradient to be tested: the average over the examples, and a planted mistake in batches."""

    def __init__(self, planted):
        self.planted = planted

    def __call__(self, x, t):
        x, t = np.atleast_2d(x), np.atleast_2d(t)
        n = len(x)
        return with_one(x).T @ (t - 0.4) / n + (n - 1) * self.planted


def planted_gradient(n, n_in, n_out, seed, size):
    """A gradient with a planted mistake, whose largest entry has the sign of `size`; a batch."""
    batch = numbers((n, n_in), seed + 1), numbers((n, n_out), seed + 2)
    return _with_mistake(n_in, n_out, seed, size), *batch


@cache
def _with_mistake(n_in, n_out, seed, size):
    planted = numbers((n_in + 1, n_out), seed)
    return Gradient(planted * size * np.sign(planted.flat[np.abs(planted).argmax()]))


def _tested_cases():
    return [
        Case("the first planted mistake", planted_gradient(3, 2, 3, 871, 1)),
        Case("the second planted mistake", planted_gradient(5, 3, 2, 882, -1)),
        Case("the third planted mistake", planted_gradient(4, 2, 4, 893, 2)),
    ]


def _passes_the_right_one(function):
    """A sentence when a right gradient does not come out below 1e-12, as far as floats go."""
    found = compare.as_numbers(function(*planted_gradient(4, 3, 2, 904, 0)))
    if np.max(found) < 1e-12:
        return ""
    return (
        "All planted mistakes are found, but a right gradient does not come out below 1e-12: "
        "compute in ordinary floats (float64), without rounding."
    )


def _tested_quantities(gradient, x, t):
    single, batch = np.array([gradient(a, b) for a, b in zip(x, t)]), gradient(x, t)
    difference = single.mean(axis=0) - batch
    return {
        "the largest entry of the batch's gradient": np.abs(batch).max(),
        "the largest entry of the examples' average": np.abs(single.mean(axis=0)).max(),
        "the first entry of the difference": np.abs(difference[0, 0]),
        "the largest difference among the biases": np.abs(difference[0]).max(),
        "the largest difference, divided by the number of examples": np.abs(difference).max()
        / len(x),
        "the largest difference, times the number of examples": np.abs(difference).max() * len(x),
        "the largest sum of a row of differences": np.abs(difference).sum(axis=1).max(),
        "the largest sum of a column of differences": np.abs(difference).sum(axis=0).max(),
        "the largest difference between two entries of the two gradients, wherever they stand":
            np.ptp(np.r_[batch.ravel(), single.mean(axis=0).ravel()]),
        "the largest singular value of the differences": np.linalg.norm(difference, 2),
        "half the largest difference": np.abs(difference).max() / 2,
    }  # fmt: skip


LOOP_AGAINST_BATCH = FunctionExercise(
    id="7.7",
    title="Test any gradient",
    stars=2,
    section="Prove that loop and matrix agree",
    hand_in="loop_against_batch",
    usage="loop_against_batch(gradient, x, t)",
    reference=batches.loop_against_batch,
    cases=_tested_cases,
    compared="the largest difference of three gradients with a planted mistake and of a right one",
    praise="Your test finds every planted mistake, and lets the right gradient pass",
    slips=(
        "examples-summed", "batch-divided-again", "first-example-for-all",
        "last-example-for-all", "last-example-forgotten", "each-example-compared",
        "average-of-one-gradient", "largest-entries-compared", "relative-difference", "sign-kept",
        "difference-squared-here", "differences-added-up", "mean-difference", "root-of-squares",
        "smallest-difference", "bias-row-not-compared", "differences-returned",
    ),
    look_at=_passes_the_right_one,
    variants=({}, {"turned": True}),
    wrong=lambda slips, *a, **more: batches.loop_against_batch(*a, slips, **more),
    quantities=_tested_quantities,
    specials=(
        Special(
            lambda gradient, x, t: (gradient, x[:1], t[:1]),
            unmoved="Your result is the same for a single example as for all of them: "
            "go through all rows.",
        ),
    ),
)  # fmt: skip

EXERCISES = (
    SHAPES, batch_passes.FORWARD, batch_passes.COUNTED, batch_passes.FIRST_LAYER, SUM_OR_MEAN,
    STEP_APART, LOOP_AGAINST_BATCH, without_loops.FAST,
)  # fmt: skip
