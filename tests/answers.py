"""The answers that the checks are tested with: one module for each chapter, all of one form.

`learner_answers/chapterNN.py` holds tables, each from the id of an exercise:

RIGHT      right answers, at least three for every exercise, in as many styles as come to mind
WRONG      a list of (id, answer, [words that the message must hold])
SLIPS      for every function: {slip: (source, source)}, each slip in two ways of writing
TYPED      for numbers typed by hand: {slip: (expression, expression)}; `s` is the sigmoid, None
           where the digits cannot show the slip. An exercise that is not here, and hands in
           numbers, has its slips tested on `wrong(slip)`, rounded to 6 and to 12 decimals
SOLUTIONS  for every function: sources of right answers, whose mutants are handed in
BY_HAND    ByHand(formula, wrong): formulas of the numbers typed by hand, whose mutants are too
FRESH      cases for judging a diagnosis, where random numbers in the shapes of the hidden
           cases will not do
BLIND      a list of (id, source of the function, words that must not be said, words that must)
BEYOND     ids whose pairs of slips need not be named in nine of ten cases, each with the reason
AS_WRITTEN ids of functions that are handed in as they are, each with the reason

Every table may be left out.
"""

import importlib
import textwrap
from pathlib import Path
from typing import NamedTuple

import numpy as np

HERE = Path(__file__).parent / "learner_answers"


def chapters():
    """The module of each chapter, in order."""
    files = sorted(HERE.glob("chapter[0-9][0-9].py"))
    return [importlib.import_module(f"learner_answers.{file.stem}") for file in files]


def table(name):
    """One table of all chapters: a dict, or a list."""
    found = [getattr(chapter, name) for chapter in chapters() if hasattr(chapter, name)]
    if any(isinstance(each, list) for each in found):
        return [entry for each in found for entry in each]
    return {id: entry for each in found for id, entry in each.items()}


def in_a_function(head, bodies):
    """{slip: (body, body)} as whole functions: "def slope(f, w):" and the body."""
    return {
        slip: tuple(f"def {head}:\n{textwrap.indent(body, '    ')}\n" for body in each)
        for slip, each in bodies.items()
    }


class Curve:
    """A function with its slope, as exercise 0.3 hands it to the reader's."""

    def __init__(self, f, exact):
        self.f, self.exact = f, exact

    def __call__(self, w):
        return self.f(w)


class ByHand(NamedTuple):
    """The formula behind numbers typed by hand, and what slips give: wrong(slips, x, W, U, t).

    The formula may use x1, x2, w1 to w8, b1, b2, t1, t2 and what is computed from them: z_h1,
    h1, z_y1, y1, d1 (= delta_y1) and so on, besides `sigmoid`.
    """

    formula: str
    wrong: object


NAMES = ("x1", "x2", "w1", "w2", "w3", "w4", "b1", "w5", "w6", "w7", "w8", "b2", "t1", "t2")
WORKED = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.01, 0.99)
OTHER = (0.61, -0.83, 1.2, -0.7, 0.45, 0.95, -0.31, 0.83, -1.13, 0.37, 0.71, 0.57, 0.93, 0.24)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def arrays(numbers):
    """x, W, U and t of the 2-2-2 network with these numbers, in the order of NAMES."""
    x1, x2, w1, w2, w3, w4, b1, w5, w6, w7, w8, b2, t1, t2 = numbers
    W = np.array([[b1, b1], [w1, w3], [w2, w4]])
    U = np.array([[b2, b2], [w5, w7], [w6, w8]])
    return np.array([x1, x2]), W, U, np.array([t1, t2])


def evaluated(formula, numbers):
    """The numbers that the formula gives, as a flat array."""
    names = dict(zip(NAMES, numbers, strict=True)) | {"sigmoid": sigmoid, "np": np}
    x, W, U, t = arrays(numbers)
    z_h = x @ W[1:] + W[0]
    z_y = sigmoid(z_h) @ U[1:] + U[0]
    y = sigmoid(z_y)
    delta = (y - t) * y * (1 - y)
    found = {"z_h": z_h, "h": sigmoid(z_h), "z_y": z_y, "y": y, "d": delta}
    names |= {f"{q}{k + 1}": values[k] for q, values in found.items() for k in (0, 1)}
    with np.errstate(all="ignore"):
        return np.ravel(np.array(eval(formula, names), dtype=float))
