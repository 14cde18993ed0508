"""The end of chapter 05: the reader's own network, ten thousand steps beside the reference."""

import dataclasses
import sys
import textwrap

import numpy as np

from helpers.examples import worked

from . import compare, limit
from .own_program import program
from .run import message_of
from .stubs import is_stub, raises_not_implemented
from .surroundings import Surroundings

SECONDS = 30.0  # for ten thousand steps; with NumPy they take less than one
AGREE, NEARLY = 1e-9, 1e-6  # relative; float32 does not come nearer than the second
REFERENCE = {  # E of the worked example after so many steps, a bias for each unit, eta = 0.5
    1: 0.28047144679143016, 10: 0.12552703804413207, 100: 0.006083131061206281,
    1000: 0.00027070458789574324, 10_000: 2.4475622359322466e-06,
}  # fmt: skip
OUTPUTS = (0.011587527390870083, 0.9884589350256716)  # after the last of them
ETA = 0.5
WIDTH = 66  # of a line; a narrow page breaks longer ones within a word

WAITS = (
    "Here your own network will take its 10,000 steps. It waits for exercise 5.7: write `learn` "
    "there, run its cell, then this one."
)
FAILED = 'Your network did not get through its 10,000 steps: {}. `check("5.7", learn)` says more.'
OFF = 'Not the reference values yet: `check("5.7", learn)` may say why.'
AGREED = "Every value agrees with the reference."
ROUNDED = "Every value agrees to six digits. In float64, and without rounding, it agrees to more."


@dataclasses.dataclass(frozen=True)
class OwnRun:
    """What your network has reached: `E` after 1, 10, ... steps, the last `W`, `U` and `y`."""

    words: str
    table: str = ""
    program: str = ""
    E: dict = dataclasses.field(default_factory=dict)
    W: object = None
    U: object = None
    y: object = None

    def __repr__(self):
        words = textwrap.fill(self.words, WIDTH)
        return "\n\n".join(part for part in (self.table, words, self.program) if part)


def your_network(learn):
    """Train the worked example with the reader's `learn`, and lay it beside the reference.

    Returns an OwnRun, whatever `learn` does; one that shows how to go on where it is not yet
    written or does not get through.
    """
    if is_stub(learn) or not callable(learn):
        return OwnRun(WAITS)
    try:
        with Surroundings():  # what it prints is kept back
            return limit.bounded(lambda: _run(learn), SECONDS)
    except limit.TimeUp:
        return OwnRun(FAILED.format(f"it had not come to an end after {SECONDS:g} seconds"))
    except (Exception, SystemExit) as error:
        if raises_not_implemented(learn, error):
            return OwnRun(WAITS)
        said = f"{type(error).__name__}: {message_of(error)}".rstrip(": ")
        return OwnRun(FAILED.format(said))


def _run(learn):
    at, x, t = worked()
    done, E = 0, {}
    for steps in REFERENCE:
        given = (at.W.copy(), at.U.copy(), np.array(x), np.array(t))
        W, U = map(compare.as_numbers, learn(*given, ETA, steps - done))
        at.weights, done = [W, U], steps
        E[steps] = at.error(x, t)
    y = at.forward(x).y
    reached, wanted = [*E.values(), *y], [*REFERENCE.values(), *OUTPUTS]
    text = ""
    if np.allclose(reached, wanted, rtol=AGREE, atol=0):
        words, text = _program_in_words(learn)
    else:
        words = ROUNDED if np.allclose(reached, wanted, rtol=NEARLY, atol=0) else OFF
    return OwnRun(words, _table(E, y, t), text, E, at.W.copy(), at.U.copy(), y)


def _table(E, y, t):
    lines = [f"{'steps':>7} {'your E':>16} {'reference':>16}"]
    lines += [f"{n:7,} {E[n]:16.12f} {wanted:16.12f}" for n, wanted in REFERENCE.items()]
    lines += ["", f"{'':7} {'your output':>16} {'reference':>16} {'target':>8}"]
    for k, wanted in enumerate(OUTPUTS):
        lines.append(f"    y_{k + 1} {y[k]:16.12f} {wanted:16.12f} {t[k]:8}")
    return "\n".join(lines)


def _program_in_words(learn):
    """What to say of a run that agrees, and the program."""
    found = program(learn, ETA, max(REFERENCE))
    if found is None:
        return AGREED, ""
    text, libraries = found
    further = libraries - {"numpy"} - sys.stdlib_module_names
    needs = " and ".join(["NumPy", *sorted(further)])
    whose = "" if further else " No network but your own computed them."
    return (
        f"{AGREED}{whose} Here it is as a whole: {len(text.splitlines())} lines, and nothing but "
        f"{needs} beneath them. In a file of its own it runs:"
    ), text
