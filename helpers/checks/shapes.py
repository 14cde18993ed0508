"""An exercise whose answer is a handful of shapes, in order or in a dict with the names."""

import dataclasses
import itertools
from collections.abc import Callable

import numpy as np

from helpers.mistakes import CATALOGUE

from . import compare, stubs, wording
from .exercise import Exercise, not_attempted, not_yet, solved
from .judge import FILL


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class ShapesExercise(Exercise):
    """`shapes(slips)` gives the shapes by name, right ones without slips."""

    shapes: Callable
    compared: str

    def judge(self, answer, surroundings):
        if stubs.all_open(answer):
            return not_attempted(FILL)
        wanted = self.shapes(())
        given = _by_name(answer, wanted)
        if isinstance(given, str):
            return not_yet(given)
        read = {name: _as_shape(value) for name, value in given.items()}
        right = [name for name in wanted if _same_shape(read[name], wanted[name])]
        if len(right) == len(wanted):
            plain = any(isinstance(value, (int, np.integer)) for value in given.values())
            remark = "The shape of a row is a tuple: `(3,)` with the comma." if plain else ""
            return solved(f"All {_count(wanted)} shapes are right.", self.compared, remark)
        slips = () if None in read.values() else _slips_of(self, read)
        return not_yet(_explain(self, given, read, right, slips), slips=slips)


def _count(shapes):
    return ("no", "one", "two", "three", "four", "five", "six")[len(shapes)]


def _by_name(answer, wanted):
    """The answer as a dict by name, or a sentence."""
    if isinstance(answer, dict):
        names = {str(key).replace(" ", ""): value for key, value in answer.items()}
        for name in wanted:
            if name not in names:
                return f"An entry for `{name}` is missing."
        given = {name: names[name] for name in wanted}
    elif isinstance(answer, (list, tuple)):
        while len(answer) == 1 and isinstance(answer[0], (list, tuple)):
            answer = answer[0]  # a second pair of brackets around all of them
        if len(answer) != len(wanted):
            return (
                f"{_count(wanted).capitalize()} shapes are asked for, "
                f"in the order {', '.join(wanted)}; {len(answer)} arrived. "
                "A shape with one number needs its comma: `(3,)`."
            )
        given = dict(zip(wanted, answer, strict=True))
    else:
        return f"Hand in {_count(wanted)} shapes, separated by commas, in the square brackets."
    for name, value in given.items():
        if value is Ellipsis:
            return f"The shape of `{name}` is still open."
    return given


def _as_shape(value):
    """A tuple of whole numbers, or None when it is no shape."""
    if isinstance(value, (bool, str)):
        return None
    if isinstance(value, (int, np.integer)):
        return (int(value),)
    if isinstance(value, (list, tuple, np.ndarray)) and len(value) < 10:
        numbers_only = all(isinstance(n, (int, np.integer)) for n in value)
        return tuple(int(n) for n in value) if numbers_only else None
    return None


def _same_shape(given, wanted):
    return given == wanted or (len(wanted) == 1 and given == (1, *wanted))


def _explain(exercise, given, read, right, slips):
    wanted = exercise.shapes(())
    count = "One" if len(right) == 1 else _count(right).capitalize()
    verb = "is" if len(right) == 1 else "are"
    praise = f"{count} of the {_count(wanted)} shapes {verb} right. " if right else ""
    for name in wanted:
        if read[name] is None:
            kind = "in quotes" if isinstance(given[name], str) else "not made of whole numbers"
            return f"{praise}The shape of `{name}` is {kind}: write it as a tuple, such as `(5,)`."
    if slips:
        return f"{praise}{wording.happened(slips)} {wording.reread(exercise, slips)}"
    return f"{praise}{_first_wrong(exercise, read, right)} {wording.reread(exercise, ())}"


def _slips_of(exercise, read):
    """The one set of at most two slips that gives all the shapes; () when there is none."""
    for count in (1, 2):
        found = []
        for slips in itertools.combinations(exercise.slips, count):
            wrong = exercise.shapes(slips)
            if all(_same_shape(read[name], wrong[name]) for name in wrong):
                found.append(slips)
        if found:
            return found[0] if len(found) == 1 else ()
    return ()


def _first_wrong(exercise, read, right):
    """The first shape that is wrong, with the one slip that gives it, if there is one."""
    wanted = exercise.shapes(())
    name = next(each for each in wanted if each not in right)
    slips = [
        slip
        for slip in exercise.slips
        if read[name] == exercise.shapes((slip,))[name] != wanted[name]
    ]
    if len(slips) == 1:
        return CATALOGUE[slips[0]].says
    shape = read[name]
    if len(shape) != len(wanted[name]):
        axes = len(wanted[name])
        kind = "a row, with one number in its shape" if axes == 1 else "a matrix: rows and columns"
        return f"Look at `{name}` again: it is {kind}."
    if len(shape) == 2 and (shape[0] == wanted[name][0]) != (shape[1] == wanted[name][1]):
        good, bad = ("columns", "rows") if shape[1] == wanted[name][1] else ("rows", "columns")
        return f"The number of {good} of `{name}` is right; count its {bad} again."
    return f"Look at `{name}` again: it is not {compare.shape(shape)}."
