"""Hundreds of wrong answers that are in no list: none accepted, none told a mistake it has not.

The mutants of right solutions are judged on cases that the checks do not use: what a diagnosis
names must give there what the mutant gives.
"""

import collections
import functools
import itertools

import fresh
import numpy as np
import pytest
from mutants import mutants

from helpers.checks import candidates, check, compare, limit, registry
from helpers.checks.exercise import FunctionExercise
from helpers.mistakes import forward

try:
    import torch
except ImportError:
    torch = None

LAYERS = (
    "def layer(x, W):\n    return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))",
    "def layer(x, W):\n    one = np.ones((*x.shape[:-1], 1))\n"
    "    return sigmoid(np.concatenate([one, x], axis=-1) @ W)",
    "def layer(x, W):\n    z = np.dot(x, W[1:])\n    z = z + W[0]\n    return sigmoid(z)",
)
LOOPS = (
    "def layer_loop(x, W):\n    h = []\n    for j in range(W.shape[1]):\n        z = W[0, j]\n"
    "        for i in range(len(x)):\n            z += x[i] * W[i + 1, j]\n"
    "        h.append(sigmoid(z))\n    return h",
    "def layer_loop(x, W):\n    h = []\n    for j in range(W.shape[1]):\n"
    "        z = sum(x[i] * W[i + 1, j] for i in range(len(x))) + W[0, j]\n"
    "        h.append(1 / (1 + math.exp(-z)))\n    return h",
)
SOLUTIONS = {
    "0.3": (
        "def slope(f, w):\n    h = 0.0001\n    return (f(w + h) - f(w - h)) / (2 * h)",
        "def slope(f, w):\n    h = 1e-05\n    return (f(w + h) - f(w)) / h",
        "def slope(f, w):\n    up, down = f(w + 1e-05), f(w - 1e-05)\n    change = up - down\n"
        "    return change / 2e-05",
    ),
    "0.4": (
        "def difference(t, y):\n    return np.ravel(t) - np.ravel(y)",
        "def difference(t, y):\n    t = t.reshape(-1)\n    y = y.reshape(-1)\n    return t - y",
        "def difference(t, y):\n    n = len(t)\n"
        "    return [float(t.flat[i]) - float(y.flat[i]) for i in range(n)]",
        "def difference(t, y):\n    return np.reshape(t, (-1, 1)) - np.reshape(y, (-1, 1))",
    ),
    "1.3": (
        "def add_one(x):\n    one = np.ones((*x.shape[:-1], 1))\n"
        "    return np.concatenate([one, x], axis=-1)",
        "def add_one(x):\n    if x.ndim == 1:\n        return np.concatenate([[1.0], x])\n"
        "    return np.hstack([np.ones((len(x), 1)), x])",
        "def add_one(x):\n    return np.insert(x, 0, 1, axis=-1)",
        "def add_one(x):\n    out = np.ones((*x.shape[:-1], x.shape[-1] + 1))\n"
        "    out[..., 1:] = x\n    return out",
    ),
    "1.4": LAYERS,
    "1.6": LAYERS[:1],
    "1.7": LOOPS,
}


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(limit, "SECONDS", 0.3)


def judged(number, source):
    """accepted, equivalent, named, unnamed, not attempted, or wrongly named."""
    exercise, function = registry.find(number), fresh.function_from(source)
    verdict = check(number, function)
    if verdict.status == "solved":
        return "equivalent" if is_right(exercise, function) else "accepted"
    if not verdict.slips:
        return "unnamed"
    kind = next((k for k in KINDS if f"For {k}:" in verdict.message), "")
    sets = [verdict.slips]
    if len(verdict.slips) > 2:  # "and either this or that"
        sets = [(verdict.slips[0], other) for other in verdict.slips[1:]]
    sets = [slips for each in sets for slips in with_alike(exercise, each)]
    if any(fresh.explains(exercise, slips, function, kind) for slips in sets):
        return "named"
    return "wrongly named"


KINDS = ("a single example", "a batch")


def with_alike(exercise, slips):
    """The slip that the name of a group stands for may be any of the group."""
    groups = [next((g for g in exercise.alike if slip in g), (slip,)) for slip in slips]
    return itertools.product(*groups)


def is_right(exercise, function):
    for case in fresh.cases(exercise):
        expected = np.asarray(exercise.reference(*case.fresh()), dtype=float)
        got = fresh.outcome(function, case)
        if got is candidates.RAISED:
            return False
        fitted = exercise.accept(got, expected.shape)
        if fitted is None or not compare.close(fitted, expected, exercise.tolerance).all():
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

NAMES = ("x1", "x2", "w1", "w2", "w3", "w4", "b1", "w5", "w6", "w7", "w8", "b2")
WORKED = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60)
OTHER = (0.61, -0.83, 1.2, -0.7, 0.45, 0.95, -0.31, 0.83, -1.13, 0.37, 0.71, 0.57)
BY_HAND = {
    "1.1": "x1 * w1 + x2 * w2 + b1",
    "1.2": "(sigmoid(x1 * w1 + x2 * w2 + b1), sigmoid(x1 * w3 + x2 * w4 + b1), "
    "sigmoid(h1 * w5 + h2 * w6 + b2), sigmoid(h1 * w7 + h2 * w8 + b2))",
}


def evaluated(formula, numbers):
    values = dict(zip(NAMES, numbers, strict=True)) | {"sigmoid": fresh.sigmoid, "np": np}
    for name, w in (("h1", ("w1", "w2")), ("h2", ("w3", "w4"))):
        z = values["x1"] * values[w[0]] + values["x2"] * values[w[1]] + values["b1"]
        values[name] = fresh.sigmoid(z)
    with np.errstate(all="ignore"):
        return np.ravel(np.array(eval(formula, values), dtype=float))


def wrong_by_hand(number, slips):
    """What the slips give on the other numbers."""
    x1, x2, w1, w2, w3, w4, b1, w5, w6, w7, w8, b2 = OTHER
    x, W = np.array([x1, x2]), np.array([[b1, b1], [w1, w3], [w2, w4]])
    U = np.array([[b2, b2], [w5, w7], [w6, w8]])
    answer = forward.first_net_input if number == "1.1" else forward.nodes
    return np.ravel(answer(x, W, U, frozenset(slips)))


@pytest.mark.parametrize("number", BY_HAND)
def test_no_number_by_hand_is_accepted_or_misnamed(number):
    right, found = evaluated(BY_HAND[number], OTHER), collections.defaultdict(list)
    assert check(number, evaluated(BY_HAND[number], WORKED))
    for formula in mutants(BY_HAND[number]):
        try:
            typed, other = evaluated(formula, WORKED), evaluated(formula, OTHER)
        except (TypeError, ValueError, ZeroDivisionError, AttributeError, OverflowError):
            continue
        found[judged_by_hand(number, typed, other, right)].append(formula)
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


def tensor(array):
    return torch.tensor(np.array(array), requires_grad=True)


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
    "tensor": lambda f: lambda *a: tensor(f(*a)),
    "float32": lambda f: lambda *a: np.float32(f(*a)),
    "float64": lambda f: lambda *a: np.float64(f(*a)),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("number", [n for n in SOLUTIONS if n != "1.7"])  # whose loops are read
def test_a_right_answer_is_solved_in_every_style(number, style):
    if style == "tensor" and torch is None:
        pytest.skip("PyTorch is not installed")
    solutions = SOLUTIONS[number]
    if number == "0.4" and style == "in brackets":
        solutions = solutions[:-1]  # a column in brackets has three axes
    for solution in solutions:
        assert check(number, STYLES[style](fresh.function_from(solution)))
