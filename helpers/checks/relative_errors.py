"""Exercise 6.3: the relative error of two slopes."""

import numpy as np

from helpers.mistakes import nudges

from . import compare
from .exercise import Case, FunctionExercise
from .generic import numbers

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
