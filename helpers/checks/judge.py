"""From an answer to a finding, for functions and for values."""

import numpy as np

from . import compare, stubs
from .diagnose import diagnose
from .exercise import Case, Trial, not_attempted, not_yet, solved
from .run import call

FILL = "The `...` is still there: put your code in its place, then run this cell again."


def function(exercise, answer, surroundings):
    """Call the reader's function on every hidden case and compare."""
    problem = _not_a_function(exercise, answer)
    if problem:
        return not_yet(problem)
    trials, remark = [], ""
    for case in exercise.cases():
        arguments = case.fresh()
        result = call(answer, arguments, exercise.usage, surroundings)
        if result.not_attempted:
            return not_attempted(FILL)
        changed = "" if exercise.may_change_inputs else _changed(exercise, case, arguments)
        if result.problem:
            return not_yet(_after_praise(trials, case, result.problem))
        trial = _compare(exercise, case, result.value)
        if changed and all(each.difference is None for each in [*trials, trial]):
            return not_yet(f"The result is right{_for(case, trials)}, but {changed}")
        remark = remark or changed[:1].upper() + changed[1:]
        trials.append(trial)
        if trial.got is None:
            return not_yet(_after_praise(trials[:-1], case, _sentence(trial)), remark)
    return _verdict(exercise, answer, trials, remark or _remark(surroundings))


def _verdict(exercise, answer, trials, remark):
    """Diagnosed, or described, or right. No case has changed its inputs and come out right."""
    if any(trial.difference is not None for trial in trials):
        found = diagnose(exercise, trials)
        if found:
            return not_yet(found.sentence, remark)
        first = next(i for i, trial in enumerate(trials) if trial.difference is not None)
        return not_yet(
            _after_praise(
                trials[:first], trials[first].case, _sentence(trials[first], exercise.tolerance)
            ),
            remark,
        )
    problem = exercise.look_at(answer) if exercise.look_at else ""
    if problem:
        return not_yet(problem)
    return solved(f"{exercise.praise}.", exercise.compared, remark)


def _not_a_function(exercise, answer):
    name = exercise.hand_in
    if isinstance(answer, type):
        return f"This is a class: hand in the function `{name}` that you defined with `def`."
    if callable(answer):
        return ""
    return (
        f"A function is asked for: hand in `{name}` itself, without brackets and values after it. "
        f"What arrived is {_kind(answer)}."
    )


def _kind(answer):
    if answer is None:
        return "None"
    if isinstance(answer, str):
        return "text in quotes"
    if isinstance(answer, (int, float, complex)):
        return "a number"
    return f"of the type `{type(answer).__name__}`"


def _changed(exercise, case, arguments):
    """A sentence naming the first input that the function has changed, or ''."""
    names = exercise.usage.partition("(")[2].rstrip(")").split(", ")
    for name, before, after in zip(names, case.arguments, arguments, strict=True):
        if isinstance(before, np.ndarray) and not _same(before, after):
            return (
                f"your function changes its input `{name}`, which the caller still needs: "
                "compute into a new array instead (`a = a - b`, not `a -= b`)."
            )
    return ""


def _same(before, after):
    return before.shape == after.shape and np.array_equal(before, after)


def _compare(exercise, case, value):
    expected = np.asarray(exercise.reference(*case.fresh()), dtype=float)
    try:
        got = compare.as_numbers(value)
    except compare.NotNumbers as error:
        return Trial(case, expected, difference=compare.Difference("type", f"it is {error}"))
    fitted = exercise.accept(got, expected.shape)
    if fitted is None:
        return Trial(case, expected, got, None, compare.shape_difference(got, expected.shape))
    found = compare.difference(fitted, expected, exercise.tolerance)
    return Trial(case, expected, got, fitted, found)


def _after_praise(right, case, sentence):
    """First what is right, then the case that is not."""
    if right and all(trial.difference is None for trial in right):
        praise, sentence = f"Right for {right[-1].case.name}. ", _lower(sentence)
    elif sentence.startswith("Your "):
        return sentence
    else:
        praise = ""
    return f"{praise}For {case.name}{case.shapes()}: {sentence}"


def _lower(sentence):
    return "your" + sentence[4:] if sentence[:5] == "Your " else sentence


def _sentence(trial, tolerance=compare.TOLERANCE):
    if trial.difference.kind == "shape":
        return f"look at the shape of your result: {trial.difference.sentence}."
    if trial.difference.kind == "type":
        return f"look at what your function returns: {trial.difference.sentence}."
    if tolerance < 1e-9 and compare.close(trial.fitted, trial.expected, 1e-5).all():
        return (
            "five digits agree, and the exercise asks for twelve: compute in ordinary floats "
            "(float64), without rounding."
        )
    start = ""
    if trial.expected.size > 1 and "are right" not in trial.difference.sentence:
        start = "the shape is right, but "
    return f"{start}{trial.difference.sentence}."


def _for(case, trials):
    return "" if trials else f" for {case.name}"


def _remark(surroundings):
    """What deserves a word although the answer is right."""
    for message in surroundings.warned:
        if isinstance(message, RuntimeWarning):
            return f"NumPy warned on the way: {str(message)[:80]}."
    if surroundings.printed.length:
        return "Your function also prints; nothing of that was needed, or shown here."
    return ""


def value(exercise, answer):
    """Compare what was handed in with the expected array."""
    found = _open_or_unreadable(answer)
    if found:
        return found
    expected = np.asarray(exercise.expected(), dtype=float)
    got = compare.as_numbers(answer)
    fitted = compare.fit(got, expected.shape)
    if fitted is None and got.size == expected.size and expected.ndim == 1:
        fitted = got.reshape(expected.shape)  # typed-in values: a column does as well as a row
    case = Case("the example", ())
    if fitted is None:
        found = compare.shape_difference(got, expected.shape)
    else:
        found = compare.difference(fitted, expected, exercise.tolerance, exercise.labels)
    if found is None:
        return solved(f"{exercise.praise}.", exercise.compared)
    trial = Trial(case, expected, got, fitted, found)
    named = diagnose(exercise, [trial])
    if named:
        return not_yet(named.sentence)
    return not_yet(_value_sentence(exercise, trial))


def _value_sentence(exercise, trial):
    if trial.difference.kind == "shape":
        wanted = trial.expected.size
        return f"Hand in {wanted} number{'s' * (wanted > 1)}; {trial.got.size} arrived."
    sentence = trial.difference.sentence
    off = np.max(np.abs(trial.fitted - trial.expected)) if trial.fitted is not None else np.inf
    if off < 1e-3:  # the way is right, digits were lost
        return f"Very close: {sentence}. Carry at least eight digits through to the end."
    start = "" if sentence[0].isdigit() else "Look again: "
    return f"{start}{sentence}. Reread the section “{exercise.section}”."


def _open_or_unreadable(answer):
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
