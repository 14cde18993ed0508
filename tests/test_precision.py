"""Hundreds of wrong answers that are in no list: none accepted, none told a mistake it has not.

The mutants of right solutions are judged on cases that the checks do not use: what a diagnosis
names must give there what the mutant gives.
"""

import collections
import functools
import itertools

import answers
import fresh
import numpy as np
import pytest
from learner_answers.peer import torch
from mutants import mutants

from helpers.checks import candidates, check, compare, limit, registry
from helpers.checks.exercise import FunctionExercise

SOLUTIONS, BY_HAND = answers.table("SOLUTIONS"), answers.table("BY_HAND")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(limit, "SECONDS", 1.0)  # endless mutants; 7.8 times loops


@pytest.fixture(autouse=True, scope="module")
def _pytorch():
    if torch is not None:
        torch.load()


def judged(number, source):
    """accepted, equivalent, named, unnamed, not attempted, or wrongly named."""
    exercise, function = registry.find(number), fresh.function_from(source)
    verdict = check(number, function)
    if verdict.status == "solved":
        return "equivalent" if is_right(exercise, function) else "accepted"
    if not verdict.slips:
        return "unnamed"
    kinds = {case.kind for case in exercise.cases()}
    kind = next((k for k in kinds if k and f"For {k}:" in verdict.message), "")
    sets = [verdict.slips]
    if len(verdict.slips) > 2:  # "and either this or that"
        sets = [(verdict.slips[0], other) for other in verdict.slips[1:]]
    sets = [slips for each in sets for slips in with_alike(exercise, each)]
    if any(fresh.explains(exercise, slips, function, kind) for slips in sets):
        return "named"
    return "wrongly named"


def with_alike(exercise, slips):
    """The slip that the name of a group stands for may be any of the group."""
    groups = [next((g for g in exercise.alike if slip in g), (slip,)) for slip in slips]
    return itertools.product(*groups)


def is_right(exercise, function):
    for case in fresh.cases(exercise):
        expected, got = fresh.right(exercise, case), fresh.outcome(exercise, function, case)
        if got is candidates.RAISED or len(got) != len(expected):
            return False
        for one, other in zip(got, expected):
            fitted = exercise.accept(one, other.shape)
            if fitted is None or not compare.close(fitted, other, exercise.tolerance).all():
                return False
    return True


@functools.cache
def outcomes(number):
    found = collections.defaultdict(list)
    for solution in SOLUTIONS[number]:
        assert check(number, fresh.function_from(solution)), solution
        for source in mutants(solution):
            found[judged(number, source)].append(source)
    return found


@pytest.mark.parametrize("number", SOLUTIONS)
def test_no_mutant_is_accepted_or_misnamed(number):
    found = outcomes(number)
    print(f"\n{number}:", {kind: len(sources) for kind, sources in found.items()})
    assert not found["accepted"], found["accepted"][0]
    assert not found["wrongly named"], found["wrongly named"][0]


def test_there_are_many_mutants():
    total = collections.Counter()
    for number in SOLUTIONS:
        total.update({kind: len(sources) for kind, sources in outcomes(number).items()})
    print("\nmutants:", sum(total.values()), dict(total))
    assert sum(total.values()) - total["equivalent"] >= 300


# Numbers by hand: the formula is changed, the numbers it is judged on are other ones --------------


def wrong_by_hand(number, slips):
    """What the slips give on the other numbers."""
    wrong = BY_HAND[number].wrong(frozenset(slips), *answers.arrays(answers.OTHER))
    return np.ravel(wrong)


@pytest.mark.parametrize("number", BY_HAND)
def test_no_number_by_hand_is_accepted_or_misnamed(number):
    formula, found = BY_HAND[number].formula, collections.defaultdict(list)
    right = answers.evaluated(formula, answers.OTHER)
    assert check(number, answers.evaluated(formula, answers.WORKED))
    for mutant in mutants(formula):
        try:
            typed = answers.evaluated(mutant, answers.WORKED)
            other = answers.evaluated(mutant, answers.OTHER)
        except (TypeError, ValueError, ZeroDivisionError, AttributeError, OverflowError):
            continue
        found[judged_by_hand(number, typed, other, right)].append(mutant)
    print(f"\n{number}:", {kind: len(formulas) for kind, formulas in found.items()})
    assert not found["accepted"], found["accepted"]
    assert not found["wrongly named"], found["wrongly named"]


def judged_by_hand(number, typed, other, right):
    verdict = check(number, typed)
    if verdict.status == "solved":
        return "equivalent" if np.allclose(other, right) else "accepted"
    if not verdict.slips:
        return "unnamed"
    exercise = registry.find(number)
    where = ~np.isclose(other, right) if "Look at" in verdict.message else slice(None)
    if "first:" in verdict.message:
        where = [0, 1]
    for slips in with_alike(exercise, verdict.slips):
        wrong = wrong_by_hand(number, slips)
        if wrong.shape == other.shape and np.allclose(wrong[where], other[where]):
            return "named"
    return "wrongly named"


def test_every_function_exercise_has_mutants():
    numbers = [e.id for e in registry.exercises() if isinstance(e, FunctionExercise)]
    assert numbers == list(SOLUTIONS)


# No right answer is refused ----------------------------------------------------------------------


class Called:
    """An object that is called, and one of whose methods is handed in."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)

    def method(self, *arguments):
        return self.function(*arguments)


def read_only(array):
    array = np.array(array)
    array.flags.writeable = False
    return array


AS_WRITTEN = answers.table("AS_WRITTEN")
STYLED = [n for n in SOLUTIONS if n not in AS_WRITTEN and not registry.find(n).returns]
STYLES = {
    "lambda": lambda f: lambda *a: f(*a),
    "partial": lambda f: functools.partial(f),
    "method": lambda f: Called(f).method,
    "object": Called,
    "list": lambda f: lambda *a: np.array(f(*a)).tolist(),
    "tuple": lambda f: lambda *a: tuple(np.array(f(*a)).tolist()) if np.ndim(f(*a)) else f(*a),
    "list of arrays": lambda f: lambda *a: list(np.array(f(*a))) if np.ndim(f(*a)) else f(*a),
    "array": lambda f: lambda *a: np.asfortranarray(f(*a)),
    "objects": lambda f: lambda *a: np.array(f(*a), dtype=object),
    "read-only": lambda f: lambda *a: read_only(f(*a)),
    "matrix": lambda f: lambda *a: np.asmatrix(f(*a)),
    "masked": lambda f: lambda *a: np.ma.array(f(*a)),
    "in brackets": lambda f: lambda *a: [np.array(f(*a)).tolist()],
    "float32": lambda f: lambda *a: np.float32(f(*a)),
    "float64": lambda f: lambda *a: np.float64(f(*a)),
}


@pytest.mark.parametrize("number", STYLED)
def test_a_right_answer_is_solved_in_every_style(number):
    for style, solution in itertools.product(STYLES, SOLUTIONS[number]):
        column = number == "0.4" and solution is SOLUTIONS["0.4"][-1]
        if column and style == "in brackets":
            continue  # it has three axes then
        verdict = check(number, STYLES[style](fresh.function_from(solution)))
        assert verdict, (style, solution, verdict)


@pytest.mark.skipif(torch is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("number", STYLED)
def test_a_tensor_is_solved(number):
    for solution in SOLUTIONS[number]:
        function = fresh.function_from(solution)
        assert check(
            number, lambda *a, f=function: torch.tensor(np.array(f(*a)), requires_grad=True)
        )
