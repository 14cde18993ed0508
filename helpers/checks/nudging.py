"""Two functions of chapter 06: a centred difference, and a whole gradient of them."""

import dataclasses

import numpy as np

from helpers.mistakes import nudges

from .exercise import Case, FunctionExercise, Special
from .generic import numbers

# 6.2 ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Named:
    """A function with the words by which a message speaks of it."""

    f: object
    words: str

    def __call__(self, w):
        return self.f(w)


Named.__name__ = "function"  # what Python's messages call it


def _bent(w):
    return w**4 - 2 * w


def _rational(w):
    return 1 / (1 + w * w)


POWER = Named(_bent, "f(w) = w**4 - 2 * w")
EXP, SINE = Named(np.exp, "f = exp"), Named(lambda w: 2 * np.sin(w) + 1, "f(w) = 2 * sin(w) + 1")
BELL = Named(_rational, "f(w) = 1 / (1 + w * w)")
CURVES = (
    (POWER, 1.5, 0.4), (EXP, -0.7, 0.25), (SINE, 2.3, 0.3), (BELL, 0.8, 0.15), (POWER, -0.9, 0.2),
    (EXP, 0.6, 0.5),
)  # fmt: skip


def _difference_cases():
    return [
        Case(f"{f.words} at w = {w} with epsilon = {epsilon}", (f, w, epsilon))
        for f, w, epsilon in CURVES
    ]


def _difference_quantities(f, w, epsilon):
    both = nudges.centred(f, w, epsilon)
    half, double = nudges.centred(f, w, epsilon / 2), nudges.centred(f, w, 2 * epsilon)
    return {
        "more exact than a centred difference: it takes f at four places": (4 * both - double) / 3,
        "a centred difference improved with half of epsilon": (4 * half - both) / 3,
        "a centred difference with a nudge of 2 epsilon": double,
        "a centred difference with a nudge of epsilon squared": nudges.centred(f, w, epsilon**2),
        "the centred difference times epsilon": both * epsilon,
        "the centred difference divided by epsilon": both / epsilon,
        "the mean of f(w + epsilon) and f(w - epsilon)": (f(w + epsilon) + f(w - epsilon)) / 2,
        "the value of f plus the slope": f(w) + both,
        "the relative change: the slope divided by f(w)": both / f(w),
        "the difference of the two one-sided slopes":
            (f(w + epsilon) - 2 * f(w) + f(w - epsilon)) / epsilon,
        "f(w + epsilon)": f(w + epsilon),
        "f(w - epsilon)": f(w - epsilon),
    }  # fmt: skip


DIFFERENCE = FunctionExercise(
    id="6.2",
    title="The centred difference",
    stars=2,
    section="Measure a slope from both sides",
    hand_in="centred_difference",
    usage="centred_difference(f, w, epsilon)",
    reference=nudges.centred,
    cases=_difference_cases,
    compared="the centred differences of four functions, with six large values of epsilon",
    praise="Your centred differences are right",
    slips=(
        "one-sided", "one-sided-left", "one-side-over-two-nudges", "half-the-nudge",
        "nudge-in-percent", "epsilon-of-your-own", "divided-by-one-nudge", "differences-swapped",
        "not-divided-by-nudge", "multiplied-by-nudge", "halved-then-multiplied",
        "divided-by-two-only", "divided-by-w", "brackets-left-out", "values-added",
        "nothing-subtracted", "value-for-slope", "nudge-outside-f", "f-of-the-nudge",
        "slope-absolute", "second-difference",
    ),
    wrong=lambda slips, f, w, epsilon: nudges.centred(f, w, epsilon, slips),
    instead={
        "nudge-outside-f": "Every slope comes out as 1, since the change is that of the nudge "
        "itself: nudge w inside the brackets of f, and subtract the two values of f.",
        "divided-by-one-nudge": "Every slope is twice what it should be: the two places are "
        "2 epsilon apart, so divide by `2 * epsilon`.",
        "nothing-subtracted": "You divided f(w + epsilon) by 2 epsilon without subtracting "
        "f(w - epsilon) first; the slope needs the change of f.",
        "not-divided-by-nudge": "You returned the change of f; divided by the distance of the "
        "two places it becomes a slope.",
        "multiplied-by-nudge": "You multiplied by 2 epsilon; the slope is the change divided by "
        "it.",
        "brackets-left-out": "You divided only the second value by 2 epsilon: put brackets "
        "around the difference, and divide all of it.",
    },
    quantities=_difference_quantities,
    specials=(
        Special(lambda f, w, e: (f, w, e / 2), unmoved="epsilon has no influence on your result."),
        Special(lambda f, w, e: (f, w + 0.5, e), unmoved="w has no influence on your result."),
        Special(lambda f, w, e: (Named(lambda v: f(v) + 0.3 * v * v, ""), w, e),
                unmoved="f has no influence on your result."),
    ),
)  # fmt: skip

# 6.5 ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class OfWeights:
    """A function of so many weights, which refuses a single number and a single row."""

    f: object
    size: int

    def __call__(self, W):
        if np.size(W) != self.size:
            what = "a single number" if np.ndim(W) == 0 else f"an array of shape {np.shape(W)}"
            raise ValueError(f"E takes all of W, and {what} came in")
        return self.f(W)


OfWeights.__name__ = Named.__name__


def _coupled(W):
    """Every entry counts, each in its own way, and beside its neighbours."""
    W = np.asarray(W, dtype=float).ravel()
    k = 1 + np.arange(W.size)
    return float(np.sum(np.sin(k * 0.7 + W)) + 0.5 * (W @ (W * k)) + 0.3 * np.sum(W) ** 3 / k[-1])


def _products(W):
    W = np.asarray(W, dtype=float).ravel()
    return float(np.sum(np.exp(0.4 * W)) * (1 + W[0] * W[-1]) + 0.2 * np.sum(W[1:] * W[:-1] ** 2))


def _gradient_cases():
    return [
        Case("W of shape (3,)", (OfWeights(_coupled, 3), numbers((3,), 881), 0.2)),
        Case("W of shape (3, 2)", (OfWeights(_products, 6), numbers((3, 2), 882), 0.15)),
        Case("W of shape (2, 3)", (OfWeights(_coupled, 6), numbers((2, 3), 883), 0.1)),
    ]


def _gradient_quantities(E, W, epsilon):
    both, half = nudges.gradient(E, W, epsilon), nudges.gradient(E, W, epsilon / 2)
    return {
        "the weights and their slopes added": W + both,
        "W minus the slopes, as after a step": W - both,
        "more exact than centred differences: it asks E at more places": (4 * half - both) / 3,
        "the slopes for half of epsilon": half,
        "the sizes of the slopes without their signs": np.abs(both),
        "the change of E, not yet divided by 2 epsilon": 2 * epsilon * both,
        "the slopes for a much smaller epsilon than the one given": nudges.gradient(E, W, 1e-5),
    }


def _all_zero(trials):
    """E was asked at the same place twice, or never; or ''."""
    if any(trial.fitted is None or trial.fitted.any() for trial in trials):
        return ""
    return (
        "Every slope is 0: nothing was filled in, or both values of E were taken at the same W. "
        "`up = down = W` makes two names for one array; `W.copy()` makes another array."
    )


def _not_put_back(numerical_gradient):
    """A sentence when W is not what it was, to the last bit; or ''."""
    for case in _gradient_cases():
        E, W, epsilon = case.fresh()
        numerical_gradient(E, W, epsilon)
        if W.shape != case.arguments[1].shape or not np.array_equal(W, case.arguments[1]):
            return (
                "Every slope is right, but afterwards W is not what it was, to the last bit. "
                "Keep each old number before you nudge it, and write that number back."
            )
    return ""


GRADIENT = FunctionExercise(
    id="6.5",
    title="Nudge every weight",
    stars=2,
    section="Nudge every weight, and put it back",
    hand_in="numerical_gradient",
    usage="numerical_gradient(E, W, epsilon)",
    reference=nudges.gradient,
    cases=_gradient_cases,
    rows_are_examples=False,
    compared="centred differences of two functions of many weights, entry by entry, and W to the "
    "last bit",
    praise="Every slope is right, and W is as it was",
    slips=(
        "one-sided", "one-sided-left", "one-side-over-two-nudges", "half-the-nudge",
        "not-put-back-after-down", "not-put-back-after-up", "divided-by-one-nudge",
        "differences-swapped", "not-divided-by-nudge", "halved-then-multiplied",
        "brackets-left-out", "values-added", "second-difference", "nudge-in-percent",
        "nudges-pile-up", "all-entries-nudged",
        "whole-row-nudged", "row-not-copied", "whole-column-nudged", "slopes-written-into-W",
        "first-row-left-out", "first-entry-only",
        "gradient-transposed", "slopes-added-up", "slopes-flattened",
    ),
    wrong=lambda slips, E, W, epsilon: nudges.gradient(E, W, epsilon, slips),
    instead={
        "divided-by-one-nudge": DIFFERENCE.instead["divided-by-one-nudge"],
        "not-divided-by-nudge": "You returned the changes of E; divided by 2 epsilon they become "
        "slopes.",
        "brackets-left-out": DIFFERENCE.instead["brackets-left-out"],
        "values-added": "You added the two values of E; the slope needs their difference.",
        "gradient-transposed": "The slopes are right, but rows and columns are exchanged: each "
        "belongs where its weight stands in W.",
    },
    quantities=_gradient_quantities,
    explain=_all_zero,
    look_at=_not_put_back,
    may_change_inputs=True,  # but not for good
    specials=(
        Special(lambda E, W, e: (E, W, e / 2), unmoved="epsilon has no influence on your result."),
        Special(lambda E, W, e: (E, W + 0.3, e), unmoved="W has no influence on your result."),
    ),
)  # fmt: skip
