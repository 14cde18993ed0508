"""Call the reader's function on special cases to find out where the slip must be.

With all biases 0, or a single example instead of a batch, a wrong function may be right; then
the slip lies in what that case leaves out. What has no influence on the result is told as well.
"""

import types

import numpy as np

from . import compare
from .run import call


def locate(exercise, answer, surroundings):
    """A sentence that holds in all hidden cases, or ''."""
    for special in exercise.specials:
        if special.right and _is_right(exercise, answer, special, surroundings):
            return special.right
    for special in exercise.specials:
        if special.unmoved and not _moves(exercise, answer, special, surroundings):
            return special.unmoved
    return ""


def never_used(answer):
    """A sentence naming the arguments that the function's code never reads, or ''."""
    if not isinstance(answer, types.FunctionType):
        return ""
    import dis

    code = answer.__code__
    if {"locals", "vars", "eval", "exec"} & set(code.co_names):
        return ""
    read = {name for step in dis.get_instructions(code) for name in _read_by(step)}
    names = code.co_varnames[: code.co_argcount]
    unread = [f"`{name}`" for name in names if name not in read.union(code.co_cellvars)]
    if not unread:
        return ""
    return f"Your function never uses its argument{'s' * (len(unread) > 1)} {' and '.join(unread)}."


def _read_by(step):
    """The names that one step of the code reads; in Python 3.13 a step may read two."""
    if "LOAD_FAST" not in step.opname:
        return ()
    return step.argval if isinstance(step.argval, tuple) else (step.argval,)


def _is_right(exercise, answer, special, surroundings):
    """Is the function right whenever the arguments are changed like this?"""
    for case in exercise.cases():
        arguments = special.change(*case.fresh())
        expected = np.asarray(exercise.reference(*arguments), dtype=float)
        got = _value(exercise, answer, special.change(*case.fresh()), surroundings)
        fitted = None if got is None else exercise.accept(got, expected.shape)
        if fitted is None or not compare.close(fitted, expected, compare.TOLERANCE).all():
            return False
    return True


def _moves(exercise, answer, special, surroundings):
    """Does the change of the arguments change the result, in any case?"""
    for case in exercise.cases():
        before = _value(exercise, answer, case.fresh(), surroundings)
        after = _value(exercise, answer, special.change(*case.fresh()), surroundings)
        if before is None or after is None or not np.array_equal(before, after):
            return True
        if not np.isfinite(before).all():
            return True  # infinity and NaN hide what comes in
    return False


def _value(exercise, answer, arguments, surroundings):
    result = call(answer, arguments, exercise.usage, surroundings)
    if result.problem or result.not_attempted:
        return None
    try:
        return compare.as_numbers(result.value)
    except compare.NotNumbers:
        return None
