"""From typed-in numbers to a finding.

Numbers that are typed by hand have few digits, and a few numbers have many explanations. So an
entry counts as explained only when it agrees to all the digits typed, at least three decimals,
and nothing else comes near.
"""

import numpy as np

from . import candidates, compare, looks, stubs, wording
from .diagnose import Diagnosis, diagnose
from .exercise import Trial, not_attempted, not_yet, solved
from .judge import FILL

SHARP = 1e-8  # how well a computed number agrees; one that is typed has its own digits


def judge(exercise, answer):
    """Compare what was handed in with the expected array."""
    found = open_or_unreadable(answer)
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
    return not_yet(_explain(exercise, Trial(case, expected, got, fitted, found)))


def _explain(exercise, trial):
    if trial.fitted is None:
        named = diagnose(exercise, [trial])
        return named.sentence if named else _wrong_count(trial)
    near = _near(trial.fitted)
    if _rounded(exercise, trial):
        return (
            f"{_its(trial)} right as far as {_it(trial)}, and rounded: "
            "carry at least eight digits through to the end."
        )
    for find in (_named, _own, _other_quantities, _seen):
        found = find(exercise, trial, near)
        if found:
            return found.sentence
    return _first_wrong(exercise, trial)


def _its(trial):
    return "Your value is" if trial.expected.size == 1 else "Your values are"


def _it(trial):
    return "it goes" if trial.expected.size == 1 else "they go"


# How many digits ---------------------------------------------------------------------------------


def decimals(value):
    """How many decimals a number has when it is written out: 3 for 0.378."""
    text = np.format_float_positional(value, trim="-")
    return len(text.partition(".")[2])


def _near(values):
    """For each entry, how far a number that was cut or rounded to its digits may be away."""
    return np.array(
        [SHARP if decimals(v) > 8 else 1.01 * 10.0 ** -decimals(v) for v in values.flat]
    ).reshape(values.shape)


def _rounded(exercise, trial):
    """Is every entry the right value, rounded or cut to the digits that were typed?"""
    wrong = _wrong(exercise, trial)
    off = np.abs(trial.fitted - trial.expected)[wrong]
    return bool((off <= np.minimum(_near(trial.fitted)[wrong], 0.006)).all())


def _wrong(exercise, trial):
    return ~compare.close(trial.fitted, trial.expected, exercise.tolerance)


# Slips -------------------------------------------------------------------------------------------


def _named(exercise, trial, near):
    """One slip, or one pair, that gives every wrong entry; the right ones are praised."""
    if not exercise.slips:
        return None
    wrong = _wrong(exercise, trial)
    if (near[wrong] > 2e-3).any():
        near = np.where(near > 2e-3, SHARP, near)  # so few digits must be exact
    every = candidates.of(exercise)
    for slip_sets in (every.singles(), every.pairs()):
        values = {slips: every.given(slips, 0, trial) for slips in slip_sets}
        for where in (np.ones_like(wrong), wrong):
            fits = every.named(_fitting(trial, values, near, where))
            if fits:
                break
        if len(fits) == 1 and len(every.named(_fitting(trial, values, 3 * near, where))) == 1:
            return _sentence_for(exercise, trial, fits[0], wrong, bool(where.all()))
        if fits:
            return None  # several fit: whatever was said would be a guess
        if wrong.sum() < 2 and trial.expected.size > 1:
            return None  # a pair for a single number among several explains too much
    return None


def _fitting(trial, values, near, where):
    """The slip sets whose result agrees with the answer at these entries."""
    found = []
    for slips, value in values.items():
        if value is candidates.RAISED or value.size != trial.expected.size:
            continue
        off = np.abs(value.reshape(trial.fitted.shape) - trial.fitted)
        if (off <= near)[where].all():
            found.append(slips)
    return found


def _sentence_for(exercise, trial, slips, wrong, whole):
    sentence = wording.for_slips(exercise, slips, exercise.alike, [trial])
    if trial.expected.size > 1 and wrong.any() and not wrong.all():
        start = f"{_list(exercise, ~wrong)} right. "
        place = "" if whole else f"Look at {_names(exercise, wrong)}: "
        sentence = start + place + wording.without_praise(sentence, bool(place))
    return Diagnosis(" + ".join(slips), sentence, slips)


def _list(exercise, where):
    names = _names(exercise, where)
    return f"{names} {'is' if where.sum() == 1 else 'are'}"


def _names(exercise, where):
    """'h1, h2 and y1'."""
    names = [exercise.labels[i] for i in np.flatnonzero(where)]
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
        value = trial.fitted.flat[i]
        fits = [
            words
            for words, each in exercise.quantities().items()
            if abs(each - value) <= (SHARP if near.flat[i] > 2e-3 else near.flat[i])
        ]
        if len(fits) == 1:
            found.append(f"in the place of {exercise.labels[i]} stands {fits[0]}")
    if not found:
        return None
    right = ~_wrong(exercise, trial)
    praise = f"{_list(exercise, right)} right. " if right.any() else ""
    text = ", and ".join(found[:2])
    place = f"Reread the section “{exercise.section}”."
    return Diagnosis("a quantity", f"{praise}{text[0].upper()}{text[1:]}. {place}")


def _seen(exercise, trial, near):
    if np.array_equal(np.sort(trial.fitted.flat), np.sort(trial.expected.flat)) or (
        trial.expected.size > 1
        and compare.close(np.sort(trial.fitted.flat), np.sort(trial.expected.flat), 1e-6).all()
    ):
        order = ", ".join(exercise.labels or ())
        return Diagnosis("order", f"The numbers are right, in another order: {order} is asked for.")
    name, sentence = looks.look(exercise, [trial])
    return Diagnosis(name, sentence) if sentence else None


def _wrong_count(trial):
    wanted = trial.expected.size
    return f"Hand in {wanted} number{'s' * (wanted > 1)}; {trial.got.size} arrived."


def _first_wrong(exercise, trial):
    sentence = trial.difference.sentence
    start = "" if sentence[0].isdigit() else "Look again: "
    return f"{start}{sentence}. Reread the section “{exercise.section}”."


def open_or_unreadable(answer):
    """A finding for dots that are left and for what is no number; None when it can be read."""
    still_open = stubs.open_entries(answer)
    if still_open:
        if stubs.all_open(answer):
            return not_attempted(FILL)
        return not_yet(f"Still open (`...`): entry {still_open[0]!r}.")
    try:
        compare.as_numbers(answer)
    except compare.NotNumbers as error:
        return not_yet(f"This is {error}.")
    return None
