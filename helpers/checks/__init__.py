"""Exercises that say what went wrong: `check(id, answer)` and `progress()`.

Where to read on, in the order in which an answer travels:
    engine         check(): id and answer in, verdict out
    registry       id -> exercise; chapter00, chapter01, ... hold the exercises
    exercise       what an exercise, a hidden case and a named mistake are
    stubs          is there an answer yet?
    limit, surroundings, run     call the reader's function safely
    judge, compare               right or wrong, and in which respect
    diagnose                     which mistake explains a wrong answer
    verdict        the card
    record, overview             what is solved, remembered and shown
"""

from .engine import check
from .overview import progress
from .verdict import NotSolved, Verdict

__all__ = ["NotSolved", "Verdict", "check", "progress"]
