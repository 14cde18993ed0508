"""Other cases than the hidden ones, to judge a diagnosis on, and answers made from source text."""

import math

import numpy as np

from helpers.checks import candidates, compare
from helpers.checks.exercise import Case
from helpers.network import with_one


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def function_from(source):
    """The last function that the source defines, with what a chapter has imported."""
    names = {"np": np, "math": math, "sigmoid": sigmoid, "with_one": with_one}
    exec(compile(source, "<cell>", "exec"), names)
    return [each for each in names.values() if callable(each)][-1]


class Curve:
    """A function with its slope, as exercise 0.3 hands it to the reader's."""

    def __init__(self, f, exact):
        self.f, self.exact = f, exact

    def __call__(self, w):
        return self.f(w)


def cases(exercise):
    """The kinds and shapes of the hidden cases with new numbers; new functions for 0.3."""
    if exercise.id == "0.3":
        cubic = Curve(lambda w: w**3 - w + 2, lambda w: 3 * w**2 - 1)
        cosine = Curve(lambda w: np.cos(w) + 3, lambda w: -np.sin(w))
        growth = Curve(lambda w: 2 * np.exp(0.7 * w), lambda w: 1.4 * np.exp(0.7 * w))
        return [Case("fresh", (f, w)) for f in (cubic, cosine, growth) for w in (-1.7, 0.55, 1.25)]
    rng = np.random.default_rng(5)
    return [
        Case("fresh", tuple(rng.normal(0, 1.3, a.shape) for a in case.arguments), case.kind)
        for case in exercise.cases()
        for _ in range(2)
    ]


def outcome(function, case):
    """What a function gives for a case, as numbers, or RAISED."""
    try:
        with np.errstate(all="ignore"):
            return compare.as_numbers(function(*case.fresh()))
    except Exception:
        return candidates.RAISED


def same(exercise, one, other, tolerance):
    """Do two outcomes say the same, for a shape that the exercise would accept?"""
    if one is candidates.RAISED or other is candidates.RAISED:
        return one is other
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
            outcome(lambda *a, m=more: exercise.wrong(frozenset(slips), *a, **m), case)
            for case in chosen
        ]
        given = [outcome(function, case) for case in chosen]
        if all(same(exercise, g, w, tolerance) for g, w in zip(given, wrong, strict=True)):
            return True
    return False
