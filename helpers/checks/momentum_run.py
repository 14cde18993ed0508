"""Exercise 9.8: the worked example, trained with momentum."""

import time

import numpy as np

from helpers.examples import worked
from helpers.mistakes import momentum

from . import compare, limit
from .exercise import Case, FunctionExercise
from .generic import numbers
from .own_network import SHARE, misses

REFERENCE = {  # E of the worked example after so many steps, eta = 0.5, mu = 0.9, biases frozen
    3: 0.25613847466738104, 100: 0.0003607542579392579, 1000: 1.9727329643512722e-05,
}  # fmt: skip


def _given(sizes, seed, *more):
    """W, U, x, t for a step; the targets lie far off, so that every step is a large one."""
    n_in, n_h, n_out = sizes
    W, U = numbers((n_in + 1, n_h), seed, 1.2), numbers((n_h + 1, n_out), seed + 1, 1.2)
    return W, U, numbers((n_in,), seed + 2), 3 * numbers((n_out,), seed + 3), *more


def _cases():
    return [
        Case("one step of a 2-3-4 network", _given((2, 3, 4), 980, 0.8, 0.6, 1)),
        Case("two steps of a 3-2-4 network", _given((3, 2, 4), 985, 0.55, 0.8, 2)),
        Case("three steps of a 2-2-2 network", _given((2, 2, 2), 990, 0.4, 0.7, 3)),
        Case("four steps of a 3-4-2 network", _given((3, 4, 2), 995, 0.3, 0.85, 4)),
    ]


def _where_it_leaves_the_way(trials):
    """Up to which step all is right, or which matrix is wrong after the first."""
    if any(trial.fitted is None for trial in trials):
        return ""
    wrong = [t.case.arguments[-1] for t in trials if not t.right]
    if min(wrong) > 1 and all(t.right for t in trials if t.case.arguments[-1] < min(wrong)):
        return {
            2: "One step is right, two are not: look at what is kept from the first to the second.",
            3: "Two steps are right, three are not: the whole velocity is carried on, with all "
            "that was in it.",
        }.get(min(wrong), "The first steps are right, later ones are not: look at what changes.")
    if any(not compare.close(t.fitted[0], t.case.arguments[t.at[1]][0]).all() for t in trials):
        return "Your run moves biases; here row 0 of both matrices stays as it is."
    first = [trial for trial in trials if trial.case.arguments[-1] == 1]
    if first[1].right:
        return "After one step `U` is right and `W` is not: look at how `W` gets its new values."
    if first[0].right:
        return "After one step `W` is right and `U` is not: look at how `U` gets its new values."
    return ""


def _error_after(learn, steps):
    """E of the worked example after a run of the reader's, and the seconds that it took."""
    net, x, t = worked()
    start = time.perf_counter()
    given = (np.array(each) for each in (net.W, net.U, x, t))
    W, U = learn(*given, 0.5, 0.9, steps)
    seconds = time.perf_counter() - start
    net.weights = [compare.as_numbers(W), compare.as_numbers(U)]
    return net.error(x, t), seconds


def _does_not_last(learn):
    """A sentence when the worked example does not come to its reference values; or ''."""
    for steps in REFERENCE:
        E, seconds = _error_after(learn, steps)
        if missed := misses(REFERENCE, steps, E):
            return missed
        if steps > 3 and seconds * 10 > SHARE * limit.SECONDS:
            break
    return ""


LEARN = FunctionExercise(
    id="9.8",
    title="Train the worked example with momentum",
    stars=3,
    section="Race on the worked example",
    hand_in="learn_with_momentum",
    usage="learn_with_momentum(W, U, x, t, eta, mu, steps)",
    reference=momentum.learn,
    rows_are_examples=False,
    returns=("W", "U"),
    cases=_cases,
    compared="momentum on four networks of different sizes, and the reference values of the worked "
    "example, for up to 1,000 steps",
    praise="Your run keeps its speed, and on the worked example it comes to the reference values",
    look_at=_does_not_last,
    explain=_where_it_leaves_the_way,
    slips=(
        "velocity-reset", "mu-forgotten", "one-minus-mu", "mu-on-everything",
        "mu-and-eta-swapped", "eta-forgotten", "gradient-added", "velocity-subtracted",
        "old-velocity-added", "gradient-on-top", "last-gradient-only", "nesterov-mixed-up",
        "shared-velocity", "velocities-returned", "biases-moved", "only-U-moved", "only-W-moved",
        "W-moved-first", "updated-U-sent-back", "gradient-of-the-start", "gradients-not-reset",
        "one-step-only", "one-step-too-many", "one-step-too-few", "target-minus-output",
        "no-sigma-prime-output", "no-sigma-prime-hidden",
    ),
    wrong=lambda slips, *a: momentum.learn(*a, slips),
    alike=(("gradient-added", "velocity-subtracted", "target-minus-output"),),
)  # fmt: skip
