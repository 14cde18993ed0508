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
    slips: tuple[str, ...] = ()  # the mistakes that explain a wrong answer, by their ids


def not_attempted(message):
    return Finding(NOT_ATTEMPTED, message)


def not_yet(message, remark="", slips=()):
    return Finding(NOT_YET, message, remark=remark, slips=slips)


def solved(message, compared, remark=""):
    return Finding(SOLVED, message, compared, remark)


@dataclasses.dataclass(frozen=True)
class Case:
    """One hidden case: `name` completes 'for ...' ("a batch of 4 examples").

    Cases of one `kind` ("a single example", "a batch") are also diagnosed by themselves.
    """

    name: str
    arguments: tuple
    kind: str = ""

    def fresh(self):
        """The arguments, arrays and lists copied: who changes an input harms no one."""
        return tuple(a.copy() if isinstance(a, (np.ndarray, list)) else a for a in self.arguments)

    def shapes(self):
        """' (shapes (4, 2) and (3, 5))', or '' without arrays."""
        words = [compare.shape(a.shape) for a in self.arguments if isinstance(a, np.ndarray)]
        return f" (shapes {' and '.join(words)})" if words else ""


@dataclasses.dataclass(frozen=True)
class Special:
    """A special case that shows where to look when nothing else explains a wrong function.

    change(*arguments) -> the arguments with, say, all biases 0. `right` is what to say when the
    function is right there, `unmoved` when the change makes no difference to its result.
    """

    change: Callable
    right: str = ""
    unmoved: str = ""


@dataclasses.dataclass(frozen=True)
class Trial:
    """One hidden case with the right answer and the reader's: the food of the diagnosis.

    got is None when the answer could not be read as numbers; it keeps its own shape.
    fitted is got in the expected shape, None when the shapes differ.
    problem says why the function gave no value at all.
    """

    case: Case
    expected: np.ndarray
    got: np.ndarray | None = None
    fitted: np.ndarray | None = None
    difference: compare.Difference | None = None
    problem: str = ""
    at: tuple[int, int] = (0, 0)  # number of the case, and of the returned value among several

    @property
    def right(self):
        return self.difference is None and not self.problem


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Exercise:
    """id "1.4", title, stars (= points), the section to reread, and what is handed in.

    The slips are ids of `helpers.mistakes.CATALOGUE`; wrong(slips, *arguments) gives what these
    slips would have given, and raises where their code would. `variants` are further keyword
    arguments of `wrong` for ways of writing that are not mistakes, such as the size of a nudge.
    Slips that no answer can tell apart are listed in `alike`.
    """

    id: str
    title: str
    stars: int
    section: str
    hand_in: str  # the name in the one-line check: "layer"
    tolerance: float = compare.TOLERANCE
    slips: tuple[str, ...] = ()
    wrong: Callable | None = None
    variants: tuple[dict, ...] = ({},)
    match: float = compare.TOLERANCE  # how closely a wrong answer has to agree with a slip
    alike: tuple[tuple[str, ...], ...] = ()
    instead: dict[str, str] = dataclasses.field(default_factory=dict)  # slip -> own sentence
    explain: Callable | None = None  # (trials) -> a sentence, when no named mistake fits; or ""
    quantities: Callable | None = None  # (*arguments) -> {"the net input z": array, ...}
    accept: Callable = compare.fit  # (got, shape) -> array of that shape, or None

    def judge(self, answer, surroundings):
        """Return a Finding. Runs inside the time limit; may raise whatever the answer raises."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class FunctionExercise(Exercise):
    """Hand in a function. `cases()` yields the hidden cases, smallest first.

    A reference that returns a tuple asks for several values, whose names are in `returns`.
    """

    usage: str  # how it is called: "layer(x, W)"
    reference: Callable
    cases: Callable
    compared: str
    praise: str = "Your function is right"
    returns: tuple[str, ...] = ()
    specials: tuple[Special, ...] = ()
    look_at: Callable | None = None  # (function) -> sentence that says why it is not yet, or ""
    may_change_inputs: bool = False
    rows_are_examples: bool = True  # of the result; those of a gradient are not

    def judge(self, answer, surroundings):
        from . import judge

        return judge.function(self, answer, surroundings)


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class ValueExercise(Exercise):
    """Hand in numbers. `expected()` gives them; labels name the entries of a flat array."""

    expected: Callable
    compared: str
    praise: str = "Your value is right"
    labels: tuple[str, ...] | None = None
    stages: tuple[tuple[int, ...], ...] = ()  # entries that come before others: (0, 1), (2, 3)
    sharp: float = 1e-8  # how closely a computed number agrees; one that is typed has its digits
    only_whole: tuple[str, ...] = ()  # slips that no single entry is evidence for
    about_all: tuple[str, ...] = ()  # slips whose sentence speaks of every entry
    accept: Callable = compare.fit_typed

    def judge(self, answer, surroundings):
        from . import value

        return value.judge(self, answer)

    def cases(self):
        """The one case: the chapter's own numbers."""
        return [Case("the example", ())]

    def reference(self):
        return self.expected()
