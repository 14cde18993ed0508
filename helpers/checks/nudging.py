"""The functions of chapter 06: a centred difference, the relative error, a whole gradient."""

import dataclasses

import numpy as np

from helpers.mistakes import nudges

from . import compare
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

# 6.3 ---------------------------------------------------------------------------------------------

ORDINARY, WITH_ZEROS = "pairs without a 0", "pairs with a 0 among them"


# Either may be the larger in size, with equal signs and with opposite ones; one pair is tiny.
FOUR = np.array([[0.73, -1.05, 0.4, -26.0], [0.6789, -0.74, 1.31, -27.82]])
SIX = np.array([
    [[0.29, -0.8, -1.32], [2e-6, -0.45, -16.2]], [[0.2697, 0.88, 0.53], [1.2e-6, -0.84, -17.334]],
])  # fmt: skip


def _pair(shape, seed, zeros=(), tiny=None):
    """Two arrays of mixed signs and sizes; zeros: (index, which) with which "a", "b" or both.

    tiny   the place of a pair of very small numbers, which a floor under the size would show
    """
    a, b = numbers(shape, seed), numbers(shape, seed + 50)
    a.flat[-1] *= 20
    b.flat[-1] = 1.07 * a.flat[-1]
    b.flat[0] = 0.93 * a.flat[0]
    if tiny is not None:
        a.flat[tiny], b.flat[tiny] = 2e-6, 1.2e-6
    for k, which in zeros:
        if "a" in which:
            a.flat[k] = 0.0
        if "b" in which:
            b.flat[k] = 0.0
    return a, b


def _pair_cases():
    return [
        Case("four pairs", (FOUR[0].copy(), FOUR[1].copy()), ORDINARY),
        Case("a 2 × 3 array", (SIX[0].copy(), SIX[1].copy()), ORDINARY),
        Case("five pairs, one of them 0 and 0", _pair((5,), 863, [(2, "ab")]), WITH_ZEROS),
        Case("a 3 × 3 array with zeros",
             _pair((3, 3), 864, [(1, "a"), (4, "ab"), (6, "b")], tiny=7), WITH_ZEROS),
    ]  # fmt: skip


def _what_special_pairs_give(trials):
    """Right but for 0 against 0, or but for tiny numbers; or ''."""
    if any(trial.fitted is None for trial in trials):
        return ""
    return _what_tiny_pairs_give(trials) or _what_zeros_give(trials)


def _what_tiny_pairs_give(trials):
    """Something beside the larger size keeps the result small where both are tiny."""
    too_low = []
    for trial in trials:
        tiny = (sizes := np.max(np.abs(trial.case.arguments), axis=0)) < 1e-3
        if not compare.close(trial.fitted, trial.expected, 1e-3)[~tiny].all():
            return ""
        tiny &= sizes > 0
        too_low += list(trial.fitted[tiny] < 0.999 * trial.expected[tiny])
    if not too_low or not all(too_low):
        return ""
    return (
        "Right for slopes of ordinary size. Where both are tiny your result is too low: nothing "
        "large may be added to the size or stand in its place, since small slopes count as well."
    )


def _what_zeros_give(trials):
    """Right but for the entries where a and b are both 0, which give NaN; or ''."""
    seen = {"both": [], "one": []}
    for trial in trials:
        a, b = trial.case.arguments
        both, one = (a == 0) & (b == 0), (a == 0) ^ (b == 0)
        right = compare.close(trial.fitted, trial.expected)
        if not right[~(both | one)].all():
            return ""
        seen["both"] += list(trial.fitted[both])
        seen["one"] += list(trial.fitted[one][~right[one]])
    both = np.array(seen["both"])
    if seen["one"] or not len(both):
        return ""
    if np.isnan(both).all():
        return (
            "Right for every pair but 0 and 0: there your function gives NaN, which is 0 / 0. "
            "Two slopes that are both 0 agree, so let the error be 0 there."
        )
    return ""


def _pair_quantities(a, b):
    with np.errstate(all="ignore"):
        return {
            "one number for the whole array, made of the lengths of a - b, a and b":
                np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)),
            "one number for the whole array: the length of a - b, divided by the larger length":
                np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)),
            "the ratio a / b": a / b,
            "the ratio b / a": b / a,
            "1 minus the relative error": 1 - nudges.relative_error(a, b),
            "the larger of a and b": np.maximum(a, b),
            "the larger of the two sizes": np.maximum(np.abs(a), np.abs(b)),
            "whether a and b are close, as 1 or 0": np.isclose(a, b).astype(float),
        }  # fmt: skip


RELATIVE = FunctionExercise(
    id="6.3",
    title="The relative error",
    stars=2,
    section="Compare two slopes fairly",
    hand_in="relative_error",
    usage="relative_error(a, b)",
    reference=nudges.relative_error,
    cases=_pair_cases,
    rows_are_examples=False,
    compared="the relative errors of arrays with both signs, and with 0 in a, in b and in both",
    praise="Your relative errors are right, and 0 against 0 counts as agreement",
    slips=(
        "no-absolute-value", "absolute-error", "signed-scale", "sizes-added", "size-of-the-mean",
        "size-of-a-only", "size-of-b-only", "smaller-size", "larger-not-larger-size",
        "size-of-the-larger", "divided-by-a", "divided-by-b", "sizes-multiplied",
        "largest-size-of-all", "one-added-to-size", "sizes-compared",
        "added-instead-of-subtracted", "error-squared", "error-turned-over",
        "zero-beside-a-number", "one-for-two-zeros", "in-percent", "largest-error-only",
        "errors-averaged",
    ),
    wrong=lambda slips, a, b, **more: nudges.relative_error(a, b, slips, **more),
    variants=({}, {"guarded": True}),
    explain=_what_special_pairs_give,
    quantities=_pair_quantities,
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
