"""From a reader's function to a finding: call it on every hidden case, compare, explain."""

import numpy as np

from . import compare, probes, wording
from .diagnose import Diagnosis, diagnose
from .exercise import Trial, not_attempted, not_yet, solved
from .run import call

NO_CODE = "Your function computes nothing yet: write its lines, run that cell, then this one."
FILL = "The `...` is still there: put your code in its place, run that cell, then this one."


def function(exercise, answer, surroundings):
    """Call the reader's function on every hidden case and compare."""
    problem = _not_a_function(exercise, answer)
    if problem:
        return not_yet(problem)
    trials, remark, shared = [], "", ""
    for number, case in enumerate(exercise.cases()):
        arguments = case.fresh()
        result = call(answer, arguments, exercise.usage, surroundings)
        if result.not_attempted:
            return not_attempted(FILL)
        made = _trials(exercise, number, case, result)
        trials += made
        changed = "" if exercise.may_change_inputs else _changed(exercise, case, arguments)
        if changed and all(trial.right for trial in trials):
            return not_yet(f"The result is right{_for(case, number)}, but {changed}")
        remark = remark or changed[:1].upper() + changed[1:]
        shared = shared or _shares(exercise, result.value, arguments)
        if any(each.got is None and not result.raised for each in made):
            break
    if not all(trial.right for trial in trials):
        found = _explain(exercise, answer, trials, surroundings)
        return not_yet(found.sentence, remark, found.slips)
    problem = exercise.look_at(answer) if exercise.look_at else ""
    if problem:
        return not_yet(problem)
    return solved(
        f"{exercise.praise}.", exercise.compared, remark or shared or _remark(surroundings)
    )


def _explain(exercise, answer, trials, surroundings):
    """Diagnosed, or the first case that is wrong, and where the slip must be."""
    found = diagnose(exercise, trials)
    if found:
        return found
    first = next(trial for trial in trials if not trial.right)
    sentence = _first_wrong(exercise, trials, first)
    where = ""
    exact = first.difference is None or not _only_digits_missing(first, exercise.tolerance)
    if exact and all(trial.got is not None for trial in trials):
        where = probes.locate(exercise, answer, surroundings)
    return Diagnosis("", f"{sentence} {where or probes.never_used(answer)}".rstrip())


# One case ----------------------------------------------------------------------------------------


def _trials(exercise, number, case, result):
    """One Trial for each value that the function has to return."""
    expected = exercise.reference(*case.fresh())
    expected = expected if isinstance(expected, tuple) else (expected,)
    expected = [np.asarray(each, dtype=float) for each in expected]
    problem, values = result.problem, [result.value]
    if not problem and exercise.returns:
        values = _several(result.value, expected)
        if len(values) != len(expected):
            problem = _wrong_count(exercise, values)
    if problem:
        return [
            Trial(case, each, problem=problem, at=(number, k)) for k, each in enumerate(expected)
        ]
    return [
        _compare(exercise, case, wanted, value, (number, k))
        for k, (wanted, value) in enumerate(zip(expected, values, strict=True))
    ]


def _several(value, expected):
    """The returned values; an array may hold them one above the other."""
    stack = (len(expected), *expected[0].shape)
    stacked = isinstance(value, np.ndarray) and value.shape == stack
    return list(value) if stacked or isinstance(value, (tuple, list)) else [value]


def _wrong_count(exercise, values):
    names = ", ".join(exercise.returns)
    count = f"{len(values)} arrived" if len(values) > 1 else "one came back"
    return f"Your function is to return {len(exercise.returns)} values, `{names}`; {count}."


def _compare(exercise, case, expected, value, at):
    try:
        got = compare.as_numbers(value)
    except compare.NotNumbers as error:
        return Trial(case, expected, difference=compare.Difference("type", f"it is {error}"), at=at)
    fitted = exercise.accept(got, expected.shape)
    if fitted is None:
        found = compare.shape_difference(got, expected.shape)
    else:
        found = compare.difference(fitted, expected, exercise.tolerance)
    return Trial(case, expected, got, fitted, found, at=at)


# Words -------------------------------------------------------------------------------------------


def _first_wrong(exercise, trials, first):
    """First what is right, then the first case and value that are not."""
    praise = wording.what_is_right(exercise, trials)
    if first.problem:
        sentence = first.problem
        if not praise and sentence.startswith("Your "):
            shapes = "raised ValueError" in sentence and first.case.shapes()
            return f"{sentence} That was for {first.case.name}{shapes}." if shapes else sentence
        sentence = sentence[:1].lower() + sentence[1:]
    else:
        sentence = _sentence(first, exercise.tolerance)
    part = f"`{exercise.returns[first.at[1]]}`: " if exercise.returns else ""
    return f"{praise}For {first.case.name}{first.case.shapes()}: {part}{sentence}"


def _sentence(trial, tolerance):
    kind, words = trial.difference.kind, trial.difference.sentence
    if kind == "shape":
        return f"look at the shape of your result: {words}."
    if kind == "type":
        return f"look at what your function returns: {words}."
    if _only_digits_missing(trial, tolerance):
        return (
            "five digits agree, and the exercise asks for twelve: compute in ordinary floats "
            "(float64), without rounding."
        )
    start = ""
    if trial.expected.size > 1 and "are right" not in words:
        start = "the shape is right, but "
    return f"{start}{words}."


def _only_digits_missing(trial, tolerance):
    if tolerance >= 1e-9 or trial.fitted is None:
        return False
    return bool(compare.close(trial.fitted, trial.expected, 1e-5).all())


def _for(case, number):
    return "" if number else f" for {case.name}"


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


# Inputs that were changed or shared, and remarks -------------------------------------------------


def _names(exercise):
    return exercise.usage.partition("(")[2].rstrip(")").split(", ")


def _changed(exercise, case, arguments):
    """A sentence naming the first input that the function has changed, or ''."""
    for name, before, after in zip(_names(exercise), case.arguments, arguments, strict=True):
        if isinstance(before, np.ndarray) and not _same(before, after):
            return (
                f"your function changes its input `{name}`, which the caller still needs: "
                "compute into a new array instead (`a = a - b`, not `a -= b`)."
            )
    return ""


def _same(before, after):
    return before.shape == after.shape and np.array_equal(before, after)


def _shares(exercise, value, arguments):
    """A remark when what came back is no array of its own."""
    if type(value) is not np.ndarray:
        return ""
    for name, argument in zip(_names(exercise), arguments, strict=True):
        if isinstance(argument, np.ndarray) and np.may_share_memory(value, argument):
            return (
                f"What you return is part of `{name}`: a change of one changes the other. "
                "A copy is safer."
            )
    return ""


def _remark(surroundings):
    """What deserves a word although the answer is right."""
    for message in surroundings.warned:
        if isinstance(message, RuntimeWarning):
            return f"NumPy warned on the way: {str(message)[:80]}."
    if surroundings.printed.length:
        return "Your function also prints; nothing of that was needed, or shown here."
    return ""
