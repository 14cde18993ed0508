"""What can be seen in a wrong answer without knowing the exercise, each only if it always holds.

A look compares what was given with what the right result becomes when it is turned, cut,
rounded, negated, ... A sentence is true as it stands: it tells how the two are related, on every
entry of every hidden case, and never guesses why.
"""

import numpy as np

from . import compare

ENOUGH = 3  # numbers: two have too many explanations


def look(exercise, trials):
    """(name, sentence) of the first look that holds for all trials, or ('', '')."""
    if sum(trial.expected.size for trial in trials) < ENOUGH or _nearly_right(trials):
        return "", ""
    for name, sentence in _all_looks(exercise, trials):
        if sentence:
            return name, sentence
    return "", ""


def _all_looks(exercise, trials):
    tolerance = max(compare.TOLERANCE, exercise.tolerance)
    yield "all zero", _all_zero(trials)
    yield "an input", _an_input(exercise, trials)
    yield "a quantity", _a_quantity(exercise, trials, tolerance)
    rows_are_examples = getattr(exercise, "rows_are_examples", True)
    for name, turned, sentence in RELATED:
        if name in OF_EXAMPLES and not rows_are_examples:
            continue
        # "decided" is said to be exactly 0 or 1
        if _everywhere(trials, turned, 0 if name == "decided" else tolerance):
            yield name, sentence
    yield "the same everywhere", _constant(trials)
    yield "rounded", _rounded(trials)
    yield "one factor", _one_factor(trials, tolerance)
    yield "one offset", _one_offset(trials, tolerance)
    yield "one place", _one_place(trials)
    yield "signs", _signs(trials, tolerance)


def _nearly_right(trials):
    """Only digits are missing, where more are asked for than a look compares."""
    return all(
        t.fitted is not None and compare.close(t.fitted, t.expected, 1e-5).all() for t in trials
    )


# What the right result becomes -------------------------------------------------------------------


def _flat_as_column(e):
    return e[:, None] if e.ndim == 1 else None


def _several_rows(turned):
    """The same, where there are several rows; a single row is left as it is."""
    return lambda e: turned(e) if e.ndim == 2 and len(e) > 1 else e


def _several_entries(turned):
    return lambda e: turned(e) if e.ndim and e.shape[-1] > 1 else None


RELATED = (
    ("transposed", lambda e: e.T,
     "The numbers are right, but rows and columns are exchanged: transpose the result."),
    ("column", _flat_as_column,
     "The numbers are right, but they stand in a column, as when each has brackets of its own: "
     "a flat array is asked for."),
    ("nested", lambda e: e[..., None],
     "The numbers are right, but each has a pair of brackets of its own: leave those out."),
    ("flattened", lambda e: e.ravel(),
     "The numbers are right, but they come in one long row: keep the rows and columns."),
    ("reversed", _several_entries(lambda e: e[..., ::-1]),
     "The numbers are right, but each row comes in the reverse order."),
    ("rows reversed", _several_rows(lambda e: e[::-1]),
     "The numbers are right, but the rows come in the reverse order."),
    ("first entry only", _several_entries(lambda e: e[..., 0]),
     "Only the first entry of each row is there, as happens when `return` is indented into the "
     "loop, or with `[0]`: return all of them."),
    ("first entry only", _several_entries(lambda e: e[..., :1]),
     "Only the first entry of each row is there, as happens when `return` is indented into the "
     "loop, or with `[0]`: return all of them."),
    ("last entry only", _several_entries(lambda e: e[..., -1]),
     "Only the last entry of each row is there: collect the values of all rounds, "
     "and return the collection."),
    ("last entry only", _several_entries(lambda e: e[..., -1:]),
     "Only the last entry of each row is there: collect the values of all rounds, "
     "and return the collection."),
    ("last entry left out", _several_entries(lambda e: e[..., :-1]),
     "What is there is right, and the last entry of each row is missing: "
     "look at where your loop or slice ends."),
    ("first entry left out", _several_entries(lambda e: e[..., 1:]),
     "What is there is right, and the first entry of each row is missing: "
     "look at where your loop or slice begins."),
    ("first example only", _several_rows(lambda e: e[0]),
     "A single example comes out right. Of a batch only the first example is there: "
     "treat every row of x."),
    ("last example only", _several_rows(lambda e: e[-1]),
     "A single example comes out right. Of a batch only the last example is there: "
     "collect the results of all rows."),
    ("summed", lambda e: None if np.isclose(e.sum(), 0) else e.sum(),
     "A single number arrived: the sum of all the entries that are asked for."),
    ("averaged", lambda e: e.mean(), "A single number arrived: the mean of all the entries that "
     "are asked for, or their sum where that is 0."),
    ("summed over each row", _several_entries(lambda e: e.sum(axis=-1)),
     "Each row has been added up: return its entries instead of their sum."),
    ("averaged over each row", _several_entries(lambda e: e.mean(axis=-1)),
     "Each row has been averaged: return its entries instead of their mean."),
    ("summed over the examples", _several_rows(lambda e: e.sum(axis=0)),
     "A single example comes out right. A batch is added up over its examples: "
     "return one row for each."),
    ("averaged over the examples", _several_rows(lambda e: e.mean(axis=0)),
     "A single example comes out right. A batch is averaged over its examples: "
     "return one row for each."),
    ("negated", lambda e: -e, "The sizes are right, but every entry has the opposite sign."),
    ("one minus", lambda e: 1 - e, "Every entry is 1 minus what it should be."),
    ("reciprocal", lambda e: 1 / e, "Every entry is 1 divided by what it should be."),
    ("squared", lambda e: e**2, "Every entry is the square of what it should be."),
    ("absolute", np.abs, "The sizes are right, but the minus signs are lost."),
    ("exponential", np.exp, "Every entry is e to the power of what it should be."),
    ("cut off", lambda e: np.trunc(e) if np.trunc(e).any() else None,
     "Every entry has lost its decimals, as in an array of whole numbers: "
     "compute with floats, such as `np.zeros(3)`, and without `int`."),
    ("decided", lambda e: (e > 0.5).astype(float),
     "Every entry is exactly 0 or 1, as after a comparison or `np.clip`: the value in between "
     "is asked for."),
)  # fmt: skip

# These sentences speak of examples, so the rows of the result have to be examples.
OF_EXAMPLES = {
    "first example only", "last example only", "summed over the examples",
    "averaged over the examples",
}  # fmt: skip


def _everywhere(trials, turned, tolerance):
    """Did every case give just what `turned` makes of the right result?"""
    for trial in trials:
        with np.errstate(all="ignore"):
            wanted = turned(trial.expected)
        if wanted is None or not _equal(trial.got, np.asarray(wanted), tolerance):
            return False
    return True


def _equal(got, wanted, tolerance=compare.TOLERANCE):
    got, wanted = compare.bare(got), compare.bare(wanted)
    return got.shape == wanted.shape and bool(compare.close(got, wanted, tolerance).all())


def in_other_order(trials):
    """Several returned values: each case has the right ones, in one and the same other order."""
    cases = {}
    for trial in trials:
        cases.setdefault(trial.at[0], []).append(trial)
    orders = [_order(parts) for parts in cases.values()]
    return None not in orders and len(set(orders)) == 1


def _order(parts):
    """Which expected value each got one equals, as positions; None when one equals none."""
    found = []
    for part in parts:
        equal = [k for k, other in enumerate(parts) if _equal(part.got, other.expected)]
        if len(equal) != 1:
            return None
        found += equal
    return tuple(found) if len(set(found)) == len(parts) else None


# What it is, and how it is off -------------------------------------------------------------------


def _an_input(exercise, trials):
    names = getattr(exercise, "usage", "").partition("(")[2].rstrip(")").split(", ")
    for k, name in enumerate(names):
        if name and all(_is_array_like(trial, k) for trial in trials):
            return f"Your function returns its input `{name}` as it came in."
    return ""


def _is_array_like(trial, k):
    argument = trial.case.arguments[k]
    is_number = isinstance(argument, (int, float, np.number, np.ndarray))
    return is_number and _equal(trial.got, np.asarray(argument, dtype=float))


def _all_zero(trials):
    """Nothing but 0, where no number is so large that cutting off its decimals would show it."""
    if any(t.got.any() or np.trunc(t.expected).any() or not t.expected.ndim for t in trials):
        return ""
    return (
        "Every number is 0: either nothing was filled in, or an array of whole numbers has cut "
        "off all decimals."
    )


def _a_quantity(exercise, trials, tolerance):
    """Another quantity of the chapter in place of the one that is asked for."""
    if exercise.quantities is None:
        return ""
    with np.errstate(all="ignore"):
        tables = [exercise.quantities(*trial.case.fresh()) for trial in trials]
    found = [
        words
        for words in tables[0]
        if all(
            _equal(t.got, np.asarray(table[words]), tolerance) for t, table in zip(trials, tables)
        )
    ]
    return f"What you return is {found[0]}." if len(found) == 1 else ""


def _constant(trials):
    """The same number in every entry of every case, and several entries were to differ."""
    values = np.concatenate([trial.got.ravel() for trial in trials])
    if len(trials) < 2 or not len(values) or not np.isfinite(values).all() or np.ptp(values):
        return ""
    return f"Every number that you return is {compare.number(values[0])}, whatever comes in."


def _rounded(trials):
    for digits in range(6):
        if all(_rounds_to(trial, digits) for trial in trials):
            what = f"{digits} decimal{'s' * (digits > 1)}" if digits else "whole numbers"
            return f"The values are right and then rounded to {what}: return them unrounded."
    return ""


def _rounds_to(trial, digits):
    return _equal(trial.got, np.round(trial.expected, digits), 1e-9)


def _one_factor(trials, tolerance):
    """Every entry is the same multiple of what it should be (and some differ)."""
    got, expected = _all_entries(trials)
    if got is None or (np.abs(expected) < 1e-9).any():
        return ""
    ratios = got / expected
    factor = float(np.median(ratios))
    if (
        float(np.ptp(ratios)) > tolerance * abs(factor)
        or abs(factor - 1) < 1e-4
        or abs(factor) < 1e-9
    ):
        return ""
    return f"One factor is off: every entry is {_short(factor)} times what it should be."


def _one_offset(trials, tolerance):
    got, expected = _all_entries(trials)
    if got is None:
        return ""
    off = got[0] - expected[0]
    spread = float(np.ptp(got - expected))
    if abs(off) < 1e-4 or spread > tolerance * max(1.0, float(np.abs(got - expected).max())):
        return ""
    side = "high" if off > 0 else "low"
    return f"Every entry is too {side} by the same amount, {_short(abs(off))}."


def _signs(trials, tolerance):
    got, expected = _all_entries(trials)
    if got is None or not compare.close(np.abs(got), np.abs(expected), tolerance).all():
        return ""
    return "The sizes are right, but some of the signs are not."


def _one_place(trials):
    """All wrong entries lie in one row or one column, the same in every case."""
    if any(t.fitted is None or t.expected.ndim > 2 for t in trials):
        return ""
    wrong = [np.atleast_2d(~compare.close(t.fitted, t.expected)) for t in trials]
    for axis, word in ((0, "row"), (1, "column")):
        if max(each.shape[0] for each in wrong) < 2 or any(e.shape[axis] < 2 for e in wrong):
            continue
        places = {tuple(np.flatnonzero(each.any(axis=1 - axis))) for each in wrong}
        if len(places) == 1 and len(next(iter(places))) == 1:
            return f"All entries are right except those of {word} {next(iter(places))[0]}."
    return ""


def _all_entries(trials):
    """(got, expected) of all cases in a row, or (None, None) when shapes or numbers forbid."""
    if any(trial.fitted is None or not np.isfinite(trial.fitted).all() for trial in trials):
        return None, None
    return (
        np.concatenate([trial.fitted.ravel() for trial in trials]),
        np.concatenate([trial.expected.ravel() for trial in trials]),
    )


def _short(value):
    return compare.number(float(f"{value:.4g}"))
