"""What an exercise is: what to hand in, on which hidden cases it is tried, what is right.

Two kinds cover most of the book. A `FunctionExercise` calls the reader's function on hidden
cases and compares with a reference; a `ValueExercise` compares an array with the right one.
An exercise that fits neither overrides `judge`.
"""

import dataclasses
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from . import compare

NOT_ATTEMPTED, NOT_YET, SOLVED = "not attempted", "not yet", "solved"


class Finding(NamedTuple):
    """What a judge found: status, message, and for a solved one what it was compared to."""

    status: str
    message: str
    compared: str = ""
    remark: str = ""


def not_attempted(message):
    return Finding(NOT_ATTEMPTED, message)


def not_yet(message, remark=""):
    return Finding(NOT_YET, message, remark=remark)


def solved(message, compared, remark=""):
    return Finding(SOLVED, message, compared, remark)


@dataclasses.dataclass(frozen=True)
class Case:
    """One hidden case: `name` completes 'for ...' ("a batch of 4 examples")."""

    name: str
    arguments: tuple

    def fresh(self):
        """The arguments, arrays copied: a function that changes its inputs harms no one."""
        return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in self.arguments)

    def shapes(self):
        """' (shapes (4, 2) and (3, 5))', or '' without arrays."""
        words = [compare.shape(a.shape) for a in self.arguments if isinstance(a, np.ndarray)]
        return f" (shapes {' and '.join(words)})" if words else ""


@dataclasses.dataclass(frozen=True)
class Mistake:
    """A named wrong form. `wrong` is called like the reference and gives what the slip gives.

    The sentence is in the second person and says what happened and what to change.
    """

    name: str
    sentence: str
    wrong: Callable
    section: str = ""


@dataclasses.dataclass(frozen=True)
class Trial:
    """One hidden case with the right answer and the reader's: the food of the diagnosis.

    got is None when the answer could not be read as numbers; it keeps its own shape.
    fitted is got in the expected shape, None when the shapes differ.
    """

    case: Case
    expected: np.ndarray
    got: np.ndarray | None = None
    fitted: np.ndarray | None = None
    difference: compare.Difference | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Exercise:
    """id "1.4", title, stars (= points), the section to reread, and what is handed in."""

    id: str
    title: str
    stars: int
    section: str
    hand_in: str  # the name in the one-line check: "layer"
    tolerance: float = compare.TOLERANCE
    mistakes: tuple[Mistake, ...] = ()
    explain: Callable | None = None  # (trials) -> a sentence, when no named mistake fits; or ""

    def judge(self, answer, surroundings):
        """Return a Finding. Runs inside the time limit; may raise whatever the answer raises."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True, kw_only=True)
class FunctionExercise(Exercise):
    """Hand in a function. `cases()` yields the hidden cases, smallest first."""

    usage: str  # how it is called: "layer(x, W)"
    reference: Callable
    cases: Callable
    compared: str
    praise: str = "Your function is right"
    accept: Callable = compare.fit  # (got, shape) -> array of that shape, or None
    look_at: Callable | None = None  # (function) -> sentence that says why it is not yet, or ""
    may_change_inputs: bool = False

    def judge(self, answer, surroundings):
        from . import judge

        return judge.function(self, answer, surroundings)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ValueExercise(Exercise):
    """Hand in numbers. `expected()` gives them; labels name the entries of a flat array."""

    expected: Callable
    compared: str
    praise: str = "Your value is right"
    labels: tuple[str, ...] | None = None

    def judge(self, answer, surroundings):
        from . import judge

        return judge.value(self, answer)
