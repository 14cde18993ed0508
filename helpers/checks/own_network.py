"""Two exercises of chapter 05 that hand in whole steps: the published one, and the reader's."""

import time

import numpy as np

from helpers.examples import worked
from helpers.mistakes import descent

from . import compare, limit, looks
from .exercise import Case, FunctionExercise
from .generic import numbers
from .own_run import REFERENCE

PUBLISHED = 0.291027924
PORTION = 50  # steps at a time
SHARE = 0.4  # of the time limit; a slow function is followed for fewer steps


def _given(sizes, seed, *more):
    """W, U, x, t for a step; the targets lie far off, so that every step is a large one."""
    n_in, n_h, n_out = sizes
    W, U = numbers((n_in + 1, n_h), seed, 1.2), numbers((n_h + 1, n_out), seed + 1, 1.2)
    return W, U, numbers((n_in,), seed + 2), 3 * numbers((n_out,), seed + 3), *more


def _worked(*more):
    net, x, t = worked()
    return np.array(net.W), np.array(net.U), np.array(x), np.array(t), *more


# 5.6 ---------------------------------------------------------------------------------------------


def _error(W, U):
    net, x, t = worked()
    net.weights = [W, U]
    return net.error(x, t)


def _published_cases():
    return [
        Case("the worked example", _worked(0.5)),
        Case("a 2-3-4 network", _given((2, 3, 4), 710, 0.8)),
        Case("a 3-2-2 network", _given((3, 2, 2), 720, 1.3)),
        Case("a 3-4-4 network", _given((3, 4, 4), 730, 1.7)),
    ]


def _what_E_is(trials):
    """How far the error of the worked example is from the published one."""
    first = trials[:2]
    if len(first) < 2 or any(t.fitted is None or not np.isfinite(t.fitted).all() for t in first):
        return ""
    E = _error(first[0].fitted, first[1].fitted)
    if abs(E - PUBLISHED) < 1e-9:
        return (
            "On the worked example E is the published one, but on other networks your step is "
            "another than that of the post: work with the arguments only."
        )
    if looks.in_other_order(trials):
        return ""
    biases = any(
        not compare.close(t.fitted[0], t.case.arguments[k][0]).all() for k, t in enumerate(first)
    )
    W, U = (t.case.arguments[k] for k, t in enumerate(first))
    if all(compare.close(t.fitted[0], each[0]).all() for t, each in zip(first, (U, W))):
        return "What comes first has the biases of U, what comes second those of W: return `W, U`."
    found = f"After your step E is {E:.9f} on the worked example; the post has {PUBLISHED:.9f}."
    if biases:
        return f"{found} Your step moves biases; in the post row 0 stays as it is."
    if abs(E - PUBLISHED) < 1e-7:
        return f"{found} You are near, but the mistake to be found agrees in all nine decimals."
    return found


def _after(E, words):
    return f"{words} After it E is {E}, and the post has 0.291027924."


FIND_MISTAKE = FunctionExercise(
    id="5.6",
    title="Find the mistake in the post",
    stars=3,
    section="A number that does not fit",
    hand_in="suspect_step",
    usage="suspect_step(W, U, x, t, eta)",
    reference=descent.published_step,
    rows_are_examples=False,
    returns=("W", "U"),
    cases=_published_cases,
    compared="the published error, 0.291027924, and the same mistake on three other networks",
    praise="Found. After your step E is 0.291027924: the program behind the post sends the error "
    "back through weights that have already moved",
    slips=(
        *descent.ORDERS, "biases-moved", "only-U-moved", "only-W-moved", "eta-forgotten",
        "gradient-added", "target-minus-output", "no-sigma-prime-output", "no-sigma-prime-hidden",
        "one-output-only", "weights-left-out", "bias-row-sent-back", "raw-error-sent-back",
        "kept-2", "h-for-slope", "missing-transpose", "paths-averaged",
    ),
    wrong=lambda slips, *a: descent.published_step(*a, slips),
    alike=(("gradient-added", "target-minus-output"),),
    instead={
        "step-done-rightly": "This is the step as it should be. After it E is 0.291027774: "
        "now find what the program behind the post does otherwise.",
        "new-forward-pass": _after(
            "0.291027900", "You send new deltas back through the new U: a near miss."
        ),
        "new-delta-old-U": _after(
            "0.291027748", "You take new deltas and send them through the old U."
        ),
        "W-moved-first": _after(
            "0.291027948", "You move W first, and U by the new hidden values: a near miss."
        ),
        "W-moved-first-then-all-anew": _after(
            "0.291027918", "You move W first, and then do everything anew for U: a near miss."
        ),
    },
    explain=_what_E_is,
)  # fmt: skip

# 5.7 ---------------------------------------------------------------------------------------------


def _learn_cases():
    return [
        Case("one step of a 2-3-2 network", _given((2, 3, 2), 750, 0.8, 1)),
        Case("one step of a 3-2-4 network", _given((3, 2, 4), 760, 1.3, 1)),
        Case("two steps of a 2-3-3 network", _given((2, 3, 3), 770, 0.7, 2)),
        Case("three steps of a 3-4-2 network", _given((3, 4, 2), 780, 0.6, 3)),
    ]


def _learn(W, U, x, t, eta, steps):
    return descent.learn(W, U, x, t, eta, steps)


def _where_it_leaves_the_way(trials):
    """Which matrix is wrong after one step, or that only further steps are."""
    if any(trial.fitted is None for trial in trials) or looks.in_other_order(trials):
        return ""
    one_step = [trial for trial in trials if trial.case.arguments[-1] == 1]
    W, U = (all(trial.right for trial in one_step if trial.at[1] == k) for k in (0, 1))
    if W and U:
        return "One step is right, several are not: look at what each step takes from the last."
    if U:
        return (
            "After one step `U` is right and `W` is not: the slip lies between delta_y and the "
            "new `W`."
        )
    if W:
        return "After one step `W` is right and `U` is not: look at how `U` gets its new values."
    return ""


def _long_run(learn):
    """(steps, E) at the last mark that the reader's function reached on the worked example."""
    W, U, x, t = _worked()
    start, done, reached = time.perf_counter(), 0, (0, np.nan)
    while done < max(REFERENCE) and time.perf_counter() - start < SHARE * limit.SECONDS:
        W, U = map(compare.as_numbers, learn(W, U, x.copy(), t.copy(), 0.5, PORTION))
        done += PORTION
        if done in REFERENCE:
            reached = (done, _error(W, U))
            if misses(REFERENCE, *reached):
                break
    return reached


def _does_not_last(learn):
    """A sentence when the worked example does not come to its reference values; or ''."""
    steps, E = _long_run(learn)
    return misses(REFERENCE, steps, E) if steps else ""


def misses(reference, steps, E):
    """A sentence when E after so many steps is not the reference value; or ''."""
    if abs(E - reference[steps]) < 1e-6 * reference[steps]:
        return ""
    return (
        "A few steps are right on every network that was tried. But on the worked example E is "
        f"{E:.10f} after {steps:,} steps, and not the reference value: compute in float64 and "
        "without rounding, and set no limit to the number of steps."
    )


LEARN = FunctionExercise(
    id="5.7",
    title="Your own network",
    stars=3,
    section="Your own network",
    hand_in="learn",
    usage="learn(W, U, x, t, eta, steps)",
    reference=_learn,
    rows_are_examples=False,
    returns=("W", "U"),
    cases=_learn_cases,
    compared="the canonical network, on four networks of different sizes, and the reference "
    "values of the worked example, for up to 10,000 steps",
    praise="Your own network learns, and on the worked example it comes to the reference values",
    look_at=_does_not_last,
    explain=_where_it_leaves_the_way,
    slips=(
        "updated-U-sent-back", "W-moved-first", "gradient-added", "target-minus-output",
        "eta-forgotten", "eta-divides", "eta-fixed", "biases-of-W-kept", "biases-of-U-kept",
        "only-U-moved", "only-W-moved", "gradient-for-weights", "step-for-weights",
        "gradient-of-the-start", "gradients-not-reset", "one-step-only",
        "one-step-too-many", "one-step-too-few", "bias-gradient-missing", "net-input-for-h",
        "no-sigma-prime-output", "sigma-prime-of-y", "y-for-slope", "one-minus-y-for-slope",
        "kept-2", "extra-half", "raw-error-sent-back", "no-sigma-prime-hidden",
        "sigma-prime-of-h", "h-for-slope", "one-minus-h-for-slope", "one-output-only",
        "paths-averaged", "paths-multiplied", "weights-left-out", "missing-transpose",
        "bias-row-sent-back", "inputs-left-out-of-gradient",
    ),
    wrong=lambda slips, *a: descent.learn(*a, slips),
    alike=(("gradient-added", "target-minus-output"),),
)  # fmt: skip
