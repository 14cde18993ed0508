"""The exercises of chapter 09: momentum."""

from helpers.mistakes.momentum import IN_A_STEP, path

from . import momentum, momentum_run, momentum_settings
from .choice import ChoiceExercise, Question
from .exercise import ValueExercise

TITLE = "Keep the speed"

BY_HAND = 5.001e-7  # six correct decimals


def _quantities():
    """Other numbers that stand on the same sheet of paper."""
    w1, w2, w3 = path(2.0, 0.15, 0.8)
    plain = path(2.0, 0.15, 0.0)
    return {
        "w after the fourth step": path(2.0, 0.15, 0.8, 4)[3],
        "w after the second step of plain descent": plain[1],
        "w after the third step of plain descent": plain[2],
        "the third step itself": w3 - w2,
        "the size of the first step": 2.0 - w1,
        "the size of the second step": w1 - w2,
        "the slope at the second value": 2 * w2,
        "f after the first step": w1**2,
    }


THREE_STEPS = ValueExercise(
    id="9.1",
    title="Three steps by hand",
    stars=1,
    section="Let the last step run on",
    hand_in="three_steps",
    expected=lambda: path(2.0, 0.15, 0.8),
    labels=("the first w", "the second w", "the third w"),
    tolerance=BY_HAND,
    compared="the three steps, computed with the two lines of the chapter",
    praise="All three are right",
    slips=(
        *IN_A_STEP, "last-gradient-only", "slope-without-2", "slope-without-w", "value-for-slope",
        "gradient-of-the-start", "nesterov-mixed-up", "velocities-handed-in", "start-handed-in",
    ),
    wrong=lambda slips: path(2.0, 0.15, 0.8, 3, slips),
    alike=(("gradient-added", "velocity-subtracted"),),
    instead={
        "value-for-slope": "You took the value of f for its slope. At w = 2 the slope of w² is 4, "
        "as f is; at the next w it is not.",
        "velocity-reset": "This is plain descent, done rightly: each step begins from rest. With "
        "momentum, mu times the last step is carried on.",
    },
    quantities=_quantities,
)  # fmt: skip

PICTURES = ChoiceExercise(
    id="9.7",
    title="Explain three pictures",
    stars=1,
    section="Leave a dent, and a good valley",
    hand_in="explanations",
    compared="the velocities of the runs, and the roots for the third",
    praise="All three are explained",
    questions=(
        Question("out of the dent", "b", {
            "a": "Both runs of the picture have the same learning rate, 0.1.",
            "c": "Behind the bottom of the dent the slope pulls back to that bottom, for every mu. "
            "What carries the run on against it?",
            "d": "A run knows the slope where it is, and nothing of other valleys.",
        }),
        Question("into the dent", "c", {
            "a": "Beyond the limit a run leaves every bound. This one settles.",
            "b": "f is about 0.08 in the dent and 0 in the good valley, so the dent is the higher "
            "one.",
            "d": "On the way down from the left every slope points to the good valley. The run "
            "goes through it.",
        }),
        Question("the long ringing", "a", {
            "b": "A run that creeps stays on one side. This one crosses the minimum again and "
            "again.",
            "c": "The limit of eta a is 2 (1 + mu) = 3.98, and here eta a is 0.2.",
            "d": "The parabola has no dent, and the swings become smaller, if slowly.",
        }),
    ),
)  # fmt: skip

EXERCISES = (
    THREE_STEPS, momentum.STEP, momentum.NETWORK_STEP, momentum_settings.CONVERT, momentum.NESTEROV,
    momentum_settings.LIMIT, PICTURES, momentum_run.LEARN,
)  # fmt: skip
