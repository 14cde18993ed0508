"""Exercise 2.5: softmax of scores of any size."""

import numpy as np

from helpers.mistakes import losses

from .bets import LARGE, finite, not_finite
from .exercise import Case, FunctionExercise, Special
from .generic import BATCH, SINGLE, numbers


def _scores():
    apart = numbers((3, 4), 245) + np.array([[1000.0], [0.0], [-1000.0]])
    return [
        Case("one row of scores", (numbers((3,), 249, 2.5),), SINGLE),
        Case("one row of 5 scores", (numbers((5,), 248, 2.5),), SINGLE),
        Case("a batch of 4 rows", (numbers((4, 3), 243, 2.5),), BATCH),
        Case("a batch of 2 rows", (numbers((2, 5), 244, 2.5),), BATCH),
        Case("scores of about 1000", (numbers((4,), 246) + 1000,), LARGE),
        Case("scores of about -1000", (numbers((3,), 247) - 1000,), LARGE),
        Case("a row from 1000 to -1000", (np.array([1000.0, 0.5, -1000.0, 999.2]),), LARGE),
        Case("rows of about 1000, 0 and -1000", (apart,), LARGE),
    ]


def _too_large(trials):
    wrong = [trial for trial in trials if not trial.right]
    if all(trial.case.kind == LARGE and finite(trial) for trial in wrong):
        return _cut_off(wrong)
    if not all(trial.case.kind == LARGE and not_finite(trial) for trial in wrong):
        return ""
    if all(trial.case.arguments[0].ndim == 2 for trial in wrong):
        return (
            "Right for every single row. In a batch with rows of about 1000 and -1000 a row "
            "comes out as NaN: each row needs its own largest score, and not that of the batch."
        )
    which = {np.sign(t.case.arguments[0].flat[0]) for t in wrong if t.case.arguments[0].ndim == 1}
    if all("from" in t.case.name for t in wrong if t.case.arguments[0].ndim == 1):
        return (
            "Right as long as the scores of a row lie close together. In a row from 1000 to -1000 "
            "your shift leaves a power of e that overflows: which score must become 0?"
        )
    if which == {1.0}:
        where = "of about 1000 a power of e overflows to infinity"
    elif which == {-1.0}:
        where = "of about -1000 every power of e is 0"
    else:
        where = "of about 1000 the powers of e overflow, and of about -1000 they are all 0"
    return f"Right for moderate scores. Among scores {where}: the largest exponent should be 0."


def _cut_off(wrong):
    """Scores that lie beyond a limit have all become that limit."""
    close = [trial for trial in wrong if "about" in trial.case.name and trial.fitted.ndim == 1]
    if not close or any(_spread(trial) for trial in close):
        return ""
    where = " and ".join(trial.case.name.rsplit(maxsplit=1)[1] for trial in close)
    return (
        f"Right for moderate scores. Scores of about {where} come out as if all of them were "
        "equal. Were they cut off? Only their differences count, and these must stay."
    )


def _spread(trial):
    """Are the probabilities of a row not all equal, or none at all?"""
    return np.ptp(trial.fitted) > 0 or abs(trial.fitted.sum() - 1) > 1e-6


SOFTMAX = FunctionExercise(
    id="2.5",
    title="Code softmax",
    stars=2,
    section="Choose one of several",
    hand_in="softmax",
    usage="softmax(z)",
    reference=losses.softmax,
    cases=_scores,
    compared="the helpers' softmax, for rows, batches and scores of 1000 and -1000",
    praise="Your softmax is right, and no score breaks it",
    slips=(
        "softmax-wrong-axis", "softmax-of-all-entries", "softmax-not-normalised",
        "shifted-not-normalised", "shifted-above-only", "shifted-below-only",
        "sigmoids-for-softmax", "scores-normalised", "divided-by-sum-of-scores",
        "divided-by-count", "exponents-negated", "powers-of-two", "largest-gets-all",
        "softmax-twice", "log-of-softmax",
    ),
    wrong=lambda slips, z, **more: losses.softmax(z, slips, **more),
    variants=({}, {"shifted": True}),
    explain=_too_large,
    specials=(
        Special(lambda z: (z + 0.5 * np.arange(z.shape[-1]),),
                unmoved="z has no influence on your result."),
    ),
)  # fmt: skip
