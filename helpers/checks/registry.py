"""Find an exercise by its id. A chapter's module is imported when one of its ids is asked for.

Chapter 07's exercises live in chapter07.py, which holds `TITLE` and the tuple `EXERCISES`.
"""

import functools
import importlib
import re
from pathlib import Path

_ID = re.compile(r"(\d+)\.(\d+)")


@functools.cache
def chapters():
    """The numbers of the chapters that have exercises, in order."""
    files = Path(__file__).parent.glob("chapter[0-9][0-9]*.py")
    return tuple(sorted(int(file.stem[len("chapter") :]) for file in files))


def chapter(number):
    """The module of one chapter; KeyError when there is none."""
    if number not in chapters():
        raise KeyError(number)
    return importlib.import_module(f"{__package__}.chapter{number:02d}")


def exercises(number=None):
    """All exercises, or those of one chapter, in order."""
    numbers = chapters() if number is None else [number]
    return [each for n in numbers for each in chapter(n).EXERCISES]


def find(exercise_id):
    """The exercise with this id, or None."""
    match = _ID.fullmatch(exercise_id)
    if match is None or int(match[1]) not in chapters():
        return None
    found = [each for each in exercises(int(match[1])) if each.id == exercise_id]
    return found[0] if found else None


def nearest(exercise_id, count=3):
    """The ids closest to a mistyped one: same chapter first, then by number."""
    digits = [int(d) for d in re.findall(r"\d+", exercise_id)[:2]] or [0]
    digits += [0] * (2 - len(digits))

    def distance(each):
        own = [int(d) for d in each.id.split(".")]
        return abs(own[0] - digits[0]), abs(own[1] - digits[1]), own

    return sorted([each.id for each in sorted(exercises(), key=distance)[:count]], key=_key)


def _key(exercise_id):
    return tuple(int(d) for d in exercise_id.split("."))
