"""Exercises that say what went wrong: `check(id, answer)` and `progress()`.

Where to read on, in the order in which an answer travels:
    engine         check(): id and answer in, verdict out
    registry       id -> exercise; chapter00, chapter01, ... hold the exercises
    exercise       what an exercise, a hidden case and a special case are
    layers, shapes, find_weights   what some exercises have of their own
    stubs          is there an answer yet?
    limit, surroundings, run, errors   call the reader's function safely, explain its exceptions
    judge, value, compare        right or wrong, and in which respect; functions and typed numbers
    diagnose                     which mistake explains a wrong answer, in this order:
        candidates               the slips of the exercise, one or two at a time
        looks                    what can be seen in any array of numbers
        probes                   special cases that show where the slip must be
        wording                  the sentences
    verdict        the card
    record, overview             what is solved, remembered and shown
    own_run, own_program         the reader's own network at the end of chapter 05
    table          what is recognised where, for teachers
"""

from .engine import check
from .overview import progress
from .own_run import your_network
from .verdict import NotSolved, Verdict

__all__ = ["NotSolved", "Verdict", "check", "progress", "your_network"]
