"""From typed-in numbers to a finding.

Numbers that are typed by hand have few digits, and a few numbers have many explanations. So an
entry counts as explained only when it agrees to all the digits typed, at least three decimals,
and nothing else comes near.
"""

import numpy as np

from . import candidates, compare, looks, stubs, wording
from .diagnose import Diagnosis
from .exercise import Trial, not_attempted, not_yet, solved
from .judge import FILL

VALUES_ROUNDED = "values are right as far as they go"


def judge(exercise, answer):
    """Compare what was handed in with the expected array."""
    found = open_or_unreadable(answer, exercise.labels)
    if found:
        return found
    (case,) = exercise.cases()
    expected = np.asarray(exercise.expected(), dtype=float)
    got = compare.as_numbers(answer)
    fitted = exercise.accept(got, expected.shape)
    if fitted is None:
        found = compare.shape_difference(got, expected.shape)
    else:
        found = compare.difference(fitted, expected, exercise.tolerance, exercise.labels)
    if found is None:
        return solved(f"{exercise.praise}.", exercise.compared)
    found = _explain(exercise, Trial(case, expected, got, fitted, found))
    return not_yet(found.sentence, slips=found.slips)


def _explain(exercise, trial):
    if trial.fitted is None:
        return _wrong_count(exercise, trial)
    near = _near(trial.fitted, exercise.sharp)
    if _rounded(exercise, trial):
        return Diagnosis(
            "rounded",
            f"{_what_is_near(trial, near)}: hand in all the digits that your computation gives.",
        )
    for find in _FINDERS:
        found = find(exercise, trial, near)
        if found:
            return found
    return Diagnosis("", _first_wrong(exercise, trial))


def _what_is_near(trial, near):
    one = trial.expected.size == 1
    if near.max() > 2e-3:  # two decimals may come from another computation
        return f"{'That is' if one else 'These are'} close, but with few digits nobody can tell"
    return f"Your {'value is right as far as it goes' if one else VALUES_ROUNDED}"


# How many digits ---------------------------------------------------------------------------------


def decimals(value):
    """How many decimals a number has when it is written out: 3 for 0.378."""
    text = np.format_float_positional(value, trim="-")
    return len(text.partition(".")[2])


def _near(values, sharp):
    """For each entry, how far a number that was cut or rounded to its digits may be away."""
    return np.array(
        [max(sharp, 1.01 * 10.0 ** -decimals(v)) for v in values.flat]
    ).reshape(values.shape)


def _rounded(exercise, trial):
    """Is every entry the right value, rounded or cut to the digits that were typed?"""
    wrong = _wrong(exercise, trial)
    off = np.abs(trial.fitted - trial.expected)[wrong]
    if any(map(_has_all_digits, trial.fitted[wrong], trial.expected[wrong])):
        return False
    return bool((off <= np.minimum(_near(trial.fitted, exercise.sharp)[wrong], 0.0101)).all())


def _has_all_digits(value, expected):
    """Is the right value so short that none of its digits can have been left out?"""
    return decimals(np.round(expected, 9)) <= min(decimals(value), 6)


def _wrong(exercise, trial):
    return ~compare.close(trial.fitted, trial.expected, exercise.tolerance)


# Slips -------------------------------------------------------------------------------------------


def _single(exercise, trial, near):
    return _named(exercise, trial, near, 1, _all(trial))


def _pair(exercise, trial, near):
    """Two slips explain too much in a single number with few digits."""
    if trial.expected.size == 1 and near.max() > 2e-5:
        return None
    return _named(exercise, trial, near, 2, _all(trial))


def _partly(exercise, trial, near):
    """One slip in what is wrong, or in what comes first, such as the hidden values."""
    wrong = _wrong(exercise, trial)
    first = np.zeros_like(wrong)
    for stage in exercise.stages:
        first[list(stage)] = wrong[list(stage)] & ~first.any()
    found = _named(exercise, trial, near, 1, wrong)
    if found or first.sum() < 2 or not (first != wrong).any():
        return found
    return _named(exercise, trial, near, 1, first)


def _all(trial):
    return np.ones(trial.expected.shape, dtype=bool)


def _named(exercise, trial, near, count, where):
    """The one slip, or pair, that gives these entries; None when several do."""
    near = np.where(near > 2e-3, exercise.sharp, near)  # so few digits must be exact
    every, answer = candidates.of(exercise), compare.bare(trial.fitted)
    keys, given = every.table(count, trial).get(answer.shape, ([], answer[None][:0]))
    off = np.abs(given - answer).reshape(len(keys), -1)[:, where.ravel()]

    def fitting(within):
        rows = np.flatnonzero((off <= within[where]).all(axis=1))
        return _most_local(every.named(keys[k][0] for k in rows))

    exact, fits = fitting(np.minimum(near, exercise.sharp)), fitting(near)
    unfit = set(exercise.only_whole) if where.sum() < min(2, where.size) else set()
    unfit |= set() if where.all() else set(exercise.about_all)
    exact, fits = ([slips for slips in each if not set(slips) & unfit] for each in (exact, fits))
    if len(exact) == 1 or (len(fits) == 1 and len(fitting(3 * near)) == 1):
        return _sentence_for(exercise, trial, (exact or fits)[0], where)
    return None


def _most_local(fits):
    """Without a slip of the whole network where the same slip in one layer fits as well."""
    found = {slip for slips in fits for slip in slips}
    return [
        slips for slips in fits if not any({f"{s}-hidden", f"{s}-output"} & found for s in slips)
    ]


def _sentence_for(exercise, trial, slips, where):
    wrong = _wrong(exercise, trial)
    sentence = wording.for_slips(exercise, slips, exercise.alike, [trial])
    if wrong.size > 1 and not where.all():
        first = " first" if (where != wrong).any() else ""
        start = f"Look at {_names(exercise, where)}{first}: "
        sentence = start + wording.without_praise(sentence, True)
    elif wrong.size > 1 and not wrong.all():
        sentence = wording.without_praise(sentence, False)
    if wrong.size > 1 and not wrong.all():
        sentence = f"{_list(exercise, ~wrong)} right. {sentence}"
    return Diagnosis(" + ".join(slips), sentence, slips)


def _list(exercise, where):
    names = _names(exercise, where)
    return f"{names} {'is' if where.sum() == 1 else 'are'}"


def _names(exercise, where):
    """'h1, h2 and y1'."""
    names = [exercise.labels[i] for i in np.flatnonzero(where)]
    if not names:
        return "nothing"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# Without a name ----------------------------------------------------------------------------------


def _own(exercise, trial, near):
    sentence = exercise.explain([trial]) if exercise.explain else ""
    return Diagnosis("own", sentence) if sentence else None


def _other_quantities(exercise, trial, near):
    """Is there another quantity of the example in the place of one that is asked for?"""
    if exercise.quantities is None:
        return None
    found = []
    for i in np.flatnonzero(_wrong(exercise, trial)):
        value, close = trial.fitted.flat[i], near.flat[i]
        if close > 0.02:
            continue  # one decimal is no evidence
        if close > 2e-3 and abs(value - trial.expected.flat[i]) <= close:
            continue  # as likely the right value, with few digits
        fits = [
            words
            for words, each in exercise.quantities().items()
            if abs(each - value) <= (exercise.sharp if close > 2e-3 else close)
        ]
        if len(fits) == 1:
            found.append(f"in the place of {exercise.labels[i]} stands {fits[0]}")
    if not found:
        return None
    right = ~_wrong(exercise, trial)
    praise = f"{_list(exercise, right)} right. " if right.any() else ""
    text = ", and ".join(found[:2])
    return Diagnosis(
        "a quantity", f"{praise}{text[0].upper()}{text[1:]}. {wording.reread(exercise, ())}"
    )


def _alone(exercise, trial, near):
    """A single number that is another quantity: a simpler story than two slips."""
    return _other_quantities(exercise, trial, near) if trial.expected.size == 1 else None


def _decimal_point(exercise, trial, near):
    """The right digits with the decimal point in another place, the same for all wrong entries."""
    wrong = _wrong(exercise, trial)
    got, expected = trial.fitted[wrong], trial.expected[wrong]
    if not (got * expected > 0).all():
        return None
    places = np.round(np.log10(got / expected)).astype(int)
    shifted = expected * 10.0**places
    if not places[0] or np.ptp(places) or (np.abs(got - shifted) > near[wrong]).any():
        return None
    if (near[wrong] > 0.02 * np.abs(got)).any() and not np.allclose(got, shifted, rtol=1e-9):
        return None
    count, side = abs(int(places[0])), "right" if places[0] > 0 else "left"
    far = "one place" if count == 1 else f"{count} places"
    if wrong.all():
        whose = "number" if wrong.size == 1 else "numbers"
        start = f"The digits are right. The decimal point of your {whose}"
    else:
        names = _names(exercise, wrong)
        have, whose = ("has", "its") if wrong.sum() == 1 else ("have", "their")
        start = f"{_list(exercise, ~wrong)} right. {names} {have} the right digits; "
        start += f"{whose} decimal point"
    return Diagnosis("decimal point", f"{start} is {far} too far to the {side}.")


def _seen(exercise, trial, near):
    in_order = compare.close(trial.fitted, trial.expected, 1e-6).all()
    if not in_order and compare.close(*map(np.sort, _flat(trial)), 1e-6).all():
        order = ", ".join(exercise.labels or ())
        return Diagnosis("order", f"The numbers are right, in another order: {order} is asked for.")
    name, sentence = looks.look(exercise, [trial])
    return Diagnosis(name, sentence) if sentence else None


def _flat(trial):
    return trial.fitted.ravel(), trial.expected.ravel()


_FINDERS = (_single, _decimal_point, _alone, _pair, _partly, _own, _other_quantities, _seen)


def _wrong_count(exercise, trial):
    """Too many numbers or too few: a slip that does that, or whether the right ones are there."""
    fits = candidates.of(exercise).explaining([trial]) if exercise.slips else []
    if len(fits) == 1:
        sentence = wording.for_slips(exercise, fits[0], exercise.alike, [trial])
        return Diagnosis(" + ".join(fits[0]), sentence, fits[0])
    wanted, got = trial.expected.ravel(), trial.got.ravel()
    count = f"Hand in {len(wanted)} number{'s' * (len(wanted) > 1)}; {len(got)} arrived."
    starts = range(len(got) - len(wanted) + 1)
    if any(compare.close(got[k : k + len(wanted)], wanted, 1e-6).all() for k in starts):
        return Diagnosis("", f"{count} What is asked for is among them: leave the rest out.")
    if len(got) < len(wanted) and compare.close(got, wanted[: len(got)], 1e-6).all():
        given = np.arange(len(wanted)) < len(got)
        return Diagnosis("", f"{_list(exercise, given)} right, the rest is missing. {count}")
    return Diagnosis("", count)


def _first_wrong(exercise, trial):
    sentence = trial.difference.sentence
    start = "" if sentence[0].isdigit() else "Look again: "
    near = compare.nearly(trial.fitted, trial.expected)
    return f"{start}{sentence}. {near}{wording.reread(exercise, ())}"


def _place(key, answer, labels):
    """What a reader calls this entry."""
    if type(answer) is dict:
        return f"entry {key!r}"
    return labels[key] if len(labels) == len(answer) else f"entry {key + 1} of {len(answer)}"


def open_or_unreadable(answer, labels=()):
    """A finding for dots that are left and for what is no number; None when it can be read."""
    still_open = stubs.open_entries(answer)
    if still_open:
        if stubs.all_open(answer):
            return not_attempted(FILL)
        return not_yet(f"Still open (`...`): {_place(still_open[0], answer, labels or ())}.")
    crowded = compare.crowded(answer, labels or ())
    if crowded:
        return not_yet(crowded)
    try:
        compare.as_numbers(answer)
    except compare.NotNumbers as error:
        return not_yet(f"This is {error}.")
    return None
