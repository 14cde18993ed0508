"""Exercise 7.8: both passes for a batch, with no loop left, and faster than the loops."""

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import batches

from . import faster, growth, looks
from .exercise import Case, FunctionExercise
from .generic import numbers

TIMES = 5  # what is asked for; without loops it is far more than a hundred


def slow_gradients(x, t, W, U):
    """dE_dW and dE_dU with loops over examples, units and weights, as the chapter gives them."""
    n, n_h, n_out = len(x), W.shape[1], U.shape[1]
    dE_dW, dE_dU = np.zeros_like(W), np.zeros_like(U)
    for m in range(n):
        x1, delta_y = [1.0, *x[m]], []
        h1 = [1.0] + [sigmoid(sum(x1[i] * W[i, j] for i in range(len(x1)))) for j in range(n_h)]
        for k in range(n_out):
            y = sigmoid(sum(h1[j] * U[j, k] for j in range(n_h + 1)))
            delta_y.append((y - t[m, k]) * y * (1 - y))
            for j in range(n_h + 1):
                dE_dU[j, k] += h1[j] * delta_y[k] / n
        for j in range(1, n_h + 1):
            e = sum(delta_y[k] * U[j, k] for k in range(n_out))
            for i in range(len(x1)):
                dE_dW[i, j - 1] += x1[i] * e * h1[j] * (1 - h1[j]) / n
    return dE_dW, dE_dU


def batch(n, n_in, n_h, n_out, seed=800):
    """x, t, W, U; the targets lie far off, so that no two slips come near each other."""
    W, U = numbers((n_in + 1, n_h), seed, 1.2), numbers((n_h + 1, n_out), seed + 1, 1.2)
    return numbers((n, n_in), seed + 2), 3 * numbers((n, n_out), seed + 3), W, U


def _large():
    """40 examples, 12 inputs, 10 hidden units, 8 outputs."""
    draw = np.random.default_rng(8)
    shapes = ((40, 12), (40, 8), (13, 10), (11, 8))
    return tuple(draw.uniform(-1, 1, shape) for shape in shapes)


def _cases():
    return [
        Case("2 examples in a 2-3-4 network", batch(2, 2, 3, 4, 801)),
        Case("5 examples in a 3-2-2 network", batch(5, 3, 2, 2, 811)),
        Case("6 examples in a 4-3-3 network", batch(6, 4, 3, 3, 821)),
        Case("7 examples in a 3-3-2 network", batch(7, 3, 3, 2, 831)),
    ]


def _quantities(x, t, W, U):
    n, (dE_dW, dE_dU) = len(x), batches.gradients(x, t, W, U)
    return {
        "the sum over the examples, not yet divided by n": n * dE_dW,
        "the sum over the examples, not yet divided by their number": n * dE_dU,
        "the right gradient of W, divided by the number of examples once more": dE_dW / n,
        "the right gradient of U, divided by the number of examples once more": dE_dU / n,
        "W after a step, from which the gradient has been subtracted": W - dE_dW,
        "U after a step, from which the gradient has been subtracted": U - dE_dU,
    }


def _where(trials):
    """Which of the two gradients is wrong, when nothing else can be said of it."""
    if any(trial.fitted is None for trial in trials) or looks.in_other_order(trials):
        return ""
    right = [all(trial.right for trial in trials if trial.at[1] == k) for k in (0, 1)]
    wrong = [trial for trial in trials if not right[trial.at[1]]]
    if right == [False, False] or looks.look(FAST, wrong)[1]:
        return ""
    if right[1]:
        return "`dE_dU` is right, so `delta_y` is, too: look between `delta_y` and `dE_dW`."
    return "`dE_dW` is right, so all deltas are: look at the last line of `dE_dU`."


def _no_loop_and_fast(function):
    left = growth.loop_that_is_left(
        function, batch_of_ones,
        {"examples": "n", "inputs": "n_in", "hidden units": "n_h", "outputs": "n_out"},
    )  # fmt: skip
    if left or faster.is_faster(function, slow_gradients, _large, TIMES):
        return left
    return (
        "The values are right, and no loop is left, but on 40 examples your function is not five "
        "times as fast as the loops: look for work that is done more often than needed."
    )


def batch_of_ones(n, n_in, n_h, n_out):
    return tuple(np.ones(s) for s in ((n, n_in), (n, n_out), (n_in + 1, n_h), (n_h + 1, n_out)))


FAST = FunctionExercise(
    id="7.8",
    title="Remove the loops, and be faster",
    stars=3,
    section="Time both",
    hand_in="fast_gradients",
    usage="fast_gradients(x, t, W, U)",
    reference=batches.gradients,
    rows_are_examples=False,
    returns=("dE_dW", "dE_dU"),
    cases=_cases,
    compared="the results of the loops on four batches, the steps that Python takes when there is "
    "more to do, and the time of both on a batch of 40 examples",
    praise="The same gradients, no loop left, and more than five times as fast on this machine",
    slips=(
        "gradient-summed", "gradient-averaged-twice", "gradient-divided-by-outputs",
        "gradient-transposed", "W-bias-row-left-out", "first-example-only", "bias-gradient-missing",
        "bias-gradient-of-one-example", "bias-gradient-of-all-units", "target-minus-output",
        "no-sigma-prime-output", "sigma-prime-of-y", "y-for-slope", "one-minus-y-for-slope",
        "kept-2", "extra-half", "raw-error-sent-back", "bias-row-sent-back", "missing-transpose",
        "one-output-only", "paths-averaged", "weights-left-out", "no-sigma-prime-hidden",
        "sigma-prime-of-h", "h-for-slope", "net-input-for-h", "bias-forgotten-output",
        "activation-skipped-hidden",
    ),
    wrong=lambda slips, *a: batches.gradients(*a, slips),
    explain=_where,
    quantities=_quantities,
    look_at=_no_loop_and_fast,
)  # fmt: skip
