"""Name the mistake in a wrong answer, or say nothing.

`diagnose(exercise, trials)` gets every hidden case with the right answer and the reader's (see
`exercise.Trial`). First the exercise's named mistakes are tried, then its own `explain`, then
what can be seen in any array of numbers: transposed, negated, one factor, one row or column.
Nothing is guessed: an explanation has to hold for every entry of every case, and when two
different ones hold, none is given.
"""

from typing import NamedTuple

import numpy as np

from . import compare

SAME = 1e-9  # two different slips on the hidden cases differ by far more


class Diagnosis(NamedTuple):
    """The name of a mistake and the sentence for the reader."""

    name: str
    sentence: str


def diagnose(exercise, trials):
    """Return the one Diagnosis that explains all trials, or None."""
    if not trials or any(trial.got is None for trial in trials):
        return None
    named = [
        Diagnosis(mistake.name, mistake.sentence)
        for mistake in exercise.mistakes
        if all(_explains(exercise, mistake, trial) for trial in trials)
    ]
    if len({found.name for found in named}) == 1:
        return named[0]
    if named:
        return None
    own = exercise.explain(trials) if exercise.explain else ""
    return Diagnosis("own", own) if own else _generic(trials)


def _explains(exercise, mistake, trial):
    """Would this slip have given just what was handed in, for this case?"""
    try:
        wrong = np.asarray(mistake.wrong(*trial.case.fresh()), dtype=float)
    except (ValueError, IndexError):
        return False  # the slip would have raised here, the reader's function did not
    got = compare.fit(trial.got, wrong.shape)
    tolerance = max(exercise.tolerance, SAME)
    return got is not None and bool(compare.close(got, wrong, tolerance).all())


def _generic(trials):
    for look in (_transposed, _negated, _one_factor, _one_offset, _one_place):
        if sum(trial.expected.size for trial in trials) < 3:
            return None  # two numbers have too many explanations
        sentence = look(trials)
        if sentence:
            return Diagnosis(look.__name__.strip("_").replace("_", " "), sentence)
    return None


def _transposed(trials):
    seen = False
    for trial in trials:  # a single row is its own transpose
        turned = trial.got.T
        if turned.shape != trial.expected.shape:
            return None
        if not compare.close(turned, trial.expected).all():
            return None
        seen = seen or trial.fitted is None or not compare.close(trial.fitted, trial.expected).all()
    if not seen:
        return None
    return "The numbers are right, but rows and columns are exchanged: transpose the result."


def _negated(trials):
    if _everywhere(trials, lambda got, expected: compare.close(got, -expected)):
        return "The sizes are right, but every entry has the opposite sign."
    return None


def _one_factor(trials):
    """Every entry is the same multiple of what it should be (and some differ)."""
    ratios = _ratios(trials)
    if ratios is None or not _constant(ratios):
        return None
    factor = float(np.median(ratios))
    if abs(factor - 1) < 1e-4 or abs(factor) < 1e-6:
        return None
    return f"One factor is off: every entry is {compare.number(factor)} times what it should be."


def _ratios(trials):
    if any(trial.fitted is None for trial in trials):
        return None
    got, expected = _all_entries(trials)
    if not np.isfinite(got).all() or (np.abs(expected) < 1e-9).any():
        return None
    return got / expected


def _one_offset(trials):
    """Every entry is off by the same amount."""
    if any(trial.fitted is None for trial in trials):
        return None
    got, expected = _all_entries(trials)
    if not np.isfinite(got).all():
        return None
    off = got - expected
    if not _constant(off) or abs(off[0]) < 1e-4:
        return None
    return f"Every entry is too {'high' if off[0] > 0 else 'low'} by the same amount."


def _one_place(trials):
    """All wrong entries lie in one row or one column, the same in every case."""
    wrong = []
    for trial in trials:
        if trial.fitted is None or trial.expected.ndim > 2 or not np.isfinite(trial.fitted).all():
            return None
        wrong.append(np.atleast_2d(~compare.close(trial.fitted, trial.expected)))
    if max(min(each.shape) for each in wrong) < 2:
        return None  # only rows: the first wrong entry says more
    for axis, word in ((0, "row"), (1, "column")):
        places = [tuple(np.flatnonzero(each.any(axis=1 - axis))) for each in wrong]
        whole = all(each.all(axis=1 - axis).any() for each in wrong)
        several = all(each.shape[axis] > 1 for each in wrong)
        if whole and several and len(set(places)) == 1 and len(places[0]) == 1:
            return f"All entries are right except those of {word} {places[0][0]}."
    return None


def _everywhere(trials, agree):
    if any(trial.fitted is None for trial in trials):
        return False
    got, expected = _all_entries(trials)
    return bool(agree(got, expected).all()) and bool((np.abs(expected) > 1e-6).any())


def _all_entries(trials):
    return (
        np.concatenate([trial.fitted.ravel() for trial in trials]),
        np.concatenate([trial.expected.ravel() for trial in trials]),
    )


def _constant(values):
    return bool(np.isfinite(values).all()) and float(np.ptp(values)) <= 1e-6 * max(
        1.0, float(np.max(np.abs(values)))
    )
