"""`check(id, answer)`: from an id and an answer to a verdict, without ever raising.

Only nbgrader makes it raise (`NotSolved`), and only the reader's own Ctrl-C passes through.
"""

from . import limit, record, registry
from .compare import NotNumbers
from .exercise import not_attempted, not_yet
from .judge import FILL, NO_CODE
from .limit import TimeUp
from .run import message_of
from .stubs import is_stub, lost_its_dots
from .surroundings import Surroundings
from .verdict import NotSolved, Verdict, under_nbgrader


def check(exercise_id=None, *answers):
    """Check one answer: `check("1.4", layer)` as the last line of a cell.

    Returns a Verdict ("not attempted", "not yet" or "solved"), which is truthy when solved.
    A function is stopped after about two seconds of work. Under nbgrader anything but solved raises
    NotSolved, an AssertionError with the verdict's sentence.
    """
    for_grading = under_nbgrader()  # asked before the reader's code could change it
    exercise = registry.find(exercise_id) if isinstance(exercise_id, str) else None
    if exercise is None:
        verdict = _unknown(exercise_id)
    else:
        verdict = Verdict(exercise.id, *_judge(exercise, answers), title=exercise.title)
    if for_grading:
        if not verdict:
            raise NotSolved(str(verdict))
    elif verdict:
        record.note_solved(verdict.exercise)
    return verdict


def _unknown(exercise_id):
    """A verdict for an id that no exercise has."""
    if not isinstance(exercise_id, str):
        return Verdict(
            "?",
            *not_attempted(
                'The exercise\'s number comes first, in quotes: `check("1.4", layer)`, for example.'
            ),
        )
    shown = exercise_id[:20]
    near = " or ".join(f'"{each}"' for each in registry.nearest(exercise_id))
    return Verdict(
        shown, *not_attempted(f"There is no exercise {shown!r}. The nearest numbers are {near}.")
    )


def _judge(exercise, answers):
    """A Finding for the answers, whatever they are."""
    usage = f'`check("{exercise.id}", {exercise.hand_in})`'
    if not answers:
        return not_attempted(f"Nothing was handed in: write {usage}.")
    if len(answers) > 1:
        return not_yet(
            f"{len(answers)} things were handed in, and one is asked for: write {usage}. "
            "Several numbers go into one pair of brackets."
        )
    answer = answers[0]
    if is_stub(answer):
        return not_attempted(NO_CODE if lost_its_dots(answer) else FILL)
    with Surroundings() as surroundings:
        try:
            return limit.bounded(lambda: _guarded(exercise, answer, surroundings))
        except TimeUp:
            what = "function" if callable(answer) else "answer"
            return not_yet(
                f"Your {what} had not come to an end after {limit.SECONDS:g} seconds, so it was "
                "stopped. Look for a loop whose condition never becomes false, or for slow work "
                "such as drawing."
            )


def _guarded(exercise, answer, surroundings):
    """An object may raise when it is only looked at (its __array__, its __len__, ...)."""
    try:
        return exercise.judge(answer, surroundings)
    except (KeyboardInterrupt, TimeUp):
        raise
    except NotNumbers as error:
        return not_yet(f"This is {error}.")
    except MemoryError:
        return not_yet("Your answer needs far more memory than this exercise does.")
    except BaseException as error:
        words = message_of(error)
        return not_yet(
            f"Your answer could not be read: looking at it raised {type(error).__name__}"
            f"{f' ({words})' if words else ''}. "
            "Hand in plain numbers, a list, an array or a function."
        )
