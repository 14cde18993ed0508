"""Call the reader's function on special cases to find out where the slip must be.

With all biases 0, or a single example instead of a batch, a wrong function may be right; then
the slip lies in what that case leaves out. What has no influence on the result is told as well.
"""

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
