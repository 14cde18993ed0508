"""Exercise 6.8: a test is handed in, and tried on right gradients and on mutants.

`passes(gradient)` gets a function gradient(net, x, t) -> [dE_dW, dE_dU]. It has to pass every
right one, in whatever way it computes, and to catch every mutant. A test that raises has caught.
"""

import dataclasses

import numpy as np

from helpers.network import Network

from . import run, stubs
from .exercise import Exercise, not_attempted, not_yet, solved
from .judge import FILL
from .mutants import (
    EQUAL_EXAMPLES,
    HALF,
    MUTANTS,
    NOT_THE_DATA,
    ONE_EXAMPLE,
    RIGHT,
    TOO_HIGH,
    TOO_LOW,
)

NOTHING = (
    "Your test returns nothing, whatever gradient it gets: end it with a `return` of True or False."
)


class Unsuitable(Exception):
    """The gradient functions cannot be asked about this network."""


class Watched:
    """A gradient function that remembers whether it was asked, and refuses other networks."""

    def __init__(self, function):
        self.function, self.asked, self.complaint = function, False, ""
        self.examples = self.different = 0  # of the largest data that came in

    def __call__(self, net, x, t):
        self.asked = True
        self._look_at(np.atleast_2d(x), np.atleast_2d(t))
        self.complaint = self.complaint or _complaint(net)
        if self.complaint:
            raise Unsuitable(self.complaint)
        return self.function(net, x, t)

    def _look_at(self, x, t):
        self.examples = max(self.examples, len(x))
        if len(x) == len(t):
            self.different = max(self.different, len(np.unique(np.hstack([x, t]), axis=0)))

    def fitting(self, hint):
        """The hint, or another one where the data are not what it says."""
        if hint is not ONE_EXAMPLE or self.examples < 2:
            return hint
        return EQUAL_EXAMPLES if self.different < 2 else NOT_THE_DATA


def _complaint(net):
    if not isinstance(net, Network):
        return "the first argument of `gradient(net, x, t)` is a `Network`"
    if len(net.weights) != 2:
        return f"your network has {len(net.weights) - 1} hidden layers, and one is agreed on"
    if {f.name for f in net.activations} != {"sigmoid"} or net.loss.name != "squared":
        return "sigmoid units and the squared error are agreed on"
    return ""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class TestExercise(Exercise):
    """Hand in passes(gradient) -> True for a right gradient function, False for a wrong one."""

    __test__ = False  # for pytest: this is no test class

    def judge(self, answer, surroundings):
        if stubs.all_open(answer):
            return not_attempted(FILL)
        if not callable(answer) or isinstance(answer, type):
            return not_yet("A function is asked for: hand in `passes` itself, without brackets.")
        for words, function in RIGHT.items():
            found = _on_right(words, function, answer, surroundings)
            if found:
                return found
        through, silent = {}, True
        for words, (function, hint) in MUTANTS.items():
            watched = Watched(function)
            found = _ask(answer, watched, surroundings)
            if found.problem:
                return not_yet(found.problem)
            if found.passed:
                through[words] = watched.fitting(hint)
                silent = silent and found.silent
        if silent and 2 * len(through) > len(MUTANTS):  # some mutants make any code raise
            return not_yet(NOTHING)
        again = _on_right(*next(iter(RIGHT.items())), answer, surroundings)
        return again or self._finding(through)

    def _finding(self, through):
        if not through:
            return solved(
                f"Your test passes every right gradient and catches all {len(MUTANTS)} mutants.",
                f"{len(RIGHT)} right gradient functions in different styles, and {len(MUTANTS)} "
                "mutants",
            )
        words, hint = _first(through)
        caught = len(MUTANTS) - len(through)
        count = f"Your test passes what is right and catches {caught} of {len(MUTANTS)} mutants. "
        if not caught:
            count = "Your test passes whatever comes. "
        return not_yet(f"{count}Slips through: {words}. {hint}", slips=tuple(through))


def _first(through):
    """The mutant to speak of: what passes on one side only tells more than anything else."""
    sides = [words for words in (TOO_LOW, TOO_HIGH) if words in through]
    words = sides[0] if len(sides) == 1 else next(iter(through))
    return words, NOT_THE_DATA if words in sides and len(sides) == 2 else through[words]


@dataclasses.dataclass(frozen=True)
class _Result:
    passed: bool = False
    problem: str = ""
    raised: str = ""
    silent: bool = False


def _on_right(words, function, answer, surroundings):
    """A finding when a right gradient function is not passed; or None."""
    watched = Watched(function)
    found = _ask(answer, watched, surroundings)
    if found is None:
        return not_attempted(FILL)
    if found.problem:
        return not_yet(found.problem)
    if watched.complaint:
        return not_yet(f"On what is your test based? Here {watched.complaint}.")
    if found.raised:
        return not_yet(f"On a right gradient your test raises an error. {found.raised}")
    if not watched.asked:
        return not_yet(
            "Your test never calls `gradient`: call `gradient(net, x, t)` with a network and data "
            "of your own, and look at what comes back."
        )
    if not found.passed and _ask(answer, Watched(MUTANTS[HALF][0]), surroundings).passed:
        return not_yet(
            "Your test returns False for a right gradient, and True for half of every gradient: "
            "look at the line that decides."
        )
    if not found.passed and _refuses_all(answer, surroundings):
        return not_yet(
            "Your test returns False for every right gradient, too: look at what it compares with "
            "what, and whether its limit leaves room for the last digits."
        )
    if not found.passed:
        return not_yet(
            f"Your test refuses a right gradient: {words}. Two right ways of computing agree "
            "closely, but not to the last digit."
        )
    return None


def _refuses_all(answer, surroundings):
    results = (_ask(answer, Watched(function), surroundings) for function in RIGHT.values())
    return not any(result and result.passed for result in results)


def _ask(answer, watched, surroundings):
    """The answer to one gradient function: None for a stub that is still open."""
    result = run.call(answer, (watched,), "passes(gradient)", surroundings)
    if result.not_attempted:
        return None
    if result.problem:
        if result.value is None and "returns None" in result.problem:
            return _Result(passed=True, silent=True)  # as a test that works with `assert`
        return _Result(raised=result.problem)
    return _read(result.value)


def _read(value):
    if hasattr(value, "ok") and hasattr(value, "verdict"):
        return _Result(problem="Your test returns the whole outcome, which always counts as true: "
                       "return its `.ok`.")  # fmt: skip
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(())[()]
    if isinstance(value, (bool, np.bool_)) or (isinstance(value, int) and value in (0, 1)):
        return _Result(passed=bool(value))
    return _Result(
        problem=f"Your test returns {_what(value)}: return True for a right gradient, False for a "
        "wrong one."
    )


def _what(value):
    if isinstance(value, (float, np.floating)):
        return "a number"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return "text" if isinstance(value, str) else f"something of the type `{type(value).__name__}`"


TEST = TestExercise(
    id="6.8",
    title="Write the test",
    stars=3,
    section="Put the test to the test",
    hand_in="passes",
)
