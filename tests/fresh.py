"""Other cases than the hidden ones, to judge a diagnosis on, and answers made from source text."""

import ast
import math

import answers
import numpy as np

from helpers.activations import sigmoid_prime, softmax
from helpers.checks import candidates, compare
from helpers.checks.exercise import Case
from helpers.network import with_one


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def function_from(source):
    """The last function that the source defines, with what a chapter has imported."""
    names = {"np": np, "math": math, "sigmoid": sigmoid, "with_one": with_one}
    names |= {"sigmoid_prime": sigmoid_prime, "softmax": softmax}
    exec(compile(source, "<cell>", "exec"), names)
    defined = [line.name for line in ast.parse(source).body if isinstance(line, ast.FunctionDef)]
    return names[defined[-1]]


def cases(exercise):
    """The kinds and shapes of the hidden cases with new numbers, or the chapter's own ones."""
    own = answers.table("FRESH").get(exercise.id)
    if own:
        return own()
    rng = np.random.default_rng(5)
    return [
        Case("fresh", tuple(rng.normal(0, 1.3, a.shape) for a in case.arguments), case.kind)
        for case in exercise.cases()
        for _ in range(2)
    ]


def right(exercise, case):
    """The right values for a case, as a list of arrays: one, or as many as are returned."""
    expected = exercise.reference(*case.fresh())
    expected = expected if isinstance(expected, tuple) else (expected,)
    return [np.asarray(each, dtype=float) for each in expected]


def outcome(exercise, function, case):
    """What a function gives for a case, as a list of arrays, or RAISED."""
    try:
        with np.errstate(all="ignore"):
            value = function(*case.fresh())
            several = isinstance(value, tuple | list) and getattr(exercise, "returns", ())
            return [compare.as_numbers(each) for each in (value if several else [value])]
    except Exception:
        return candidates.RAISED


def same(exercise, one, other, tolerance):
    """Do two outcomes say the same, for shapes that the exercise would accept?"""
    if one is candidates.RAISED or other is candidates.RAISED:
        return one is other
    if len(one) != len(other):
        return False
    return all(_same(exercise, a, b, tolerance) for a, b in zip(one, other))


def _same(exercise, one, other, tolerance):
    shape = compare.bare(other).shape
    fitted = one if exercise.accept is compare.fit else exercise.accept(one, shape)
    one = one if fitted is None else fitted
    return candidates.agrees(compare.bare(one), compare.bare(other), tolerance)


def explains(exercise, slips, function, kind=""):
    """Do these slips, in one way of writing, give what the function gives on the fresh cases?"""
    chosen = [case for case in cases(exercise) if not kind or case.kind == kind]
    tolerance = 20 * exercise.match
    for more in exercise.variants:
        wrong = [
            outcome(exercise, lambda *a, m=more: exercise.wrong(frozenset(slips), *a, **m), case)
            for case in chosen
        ]
        given = [outcome(exercise, function, case) for case in chosen]
        if all(same(exercise, g, w, tolerance) for g, w in zip(given, wrong, strict=True)):
            return True
    return False
