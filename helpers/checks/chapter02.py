"""The exercises of chapter 02: the losses."""

import numpy as np

from helpers.examples import worked
from helpers.mistakes import losses

from .bets import LOG_LOSS, LOSS_FROM_Z, ONE_NUMBER, SLOPES, UNMOVED
from .choice import ChoiceExercise, Question
from .exercise import Case, FunctionExercise, ValueExercise
from .generic import BATCH, SINGLE, numbers
from .scores import SOFTMAX

TITLE = "The losses"

# 2.1 ---------------------------------------------------------------------------------------------


def _worked():
    net, x, t = worked()
    return net.forward(x).y, np.asarray(t, dtype=float)


def _quantities_by_hand():
    y, t = _worked()
    found = {}
    for k in (0, 1):
        found[f"y{k + 1}, an output"] = y[k]
        found[f"t{k + 1}, a target"] = t[k]
        found[f"the difference t{k + 1} - y{k + 1}"] = t[k] - y[k]
        found[f"the square of t{k + 1} - y{k + 1}, not yet halved"] = (t[k] - y[k]) ** 2
    rounded = y.round(4)
    found["E computed from outputs rounded to four decimals"] = losses.by_hand(rounded, t)
    found["E computed with y1 rounded to four decimals"] = losses.by_hand(
        np.array([rounded[0], y[1]]), t
    )
    found["E with each output compared with the other's target"] = losses.by_hand(y, t[::-1])
    return found


E_TOTAL = ValueExercise(
    id="2.1",
    title="The total error",
    stars=1,
    section="Square the error of an output",
    hand_in="E_total",
    expected=lambda: [losses.by_hand(*_worked())],
    labels=("E",),
    tolerance=5.001e-7,
    compared="E of the helpers' network, to six decimals",
    praise="Your total error is right",
    slips=(
        "no-half", "half-only-once", "half-squared-too", "mean-over-outputs", "first-error-only",
        "second-error-only", "errors-subtracted", "squared-after-sum", "absolute-for-square",
        "square-forgotten", "t-and-y-added", "root-taken",
    ),
    wrong=lambda slips: [losses.by_hand(*_worked(), slips)],
    alike=(("mean-over-outputs", "half-squared-too"),),  # there are two outputs
    quantities=_quantities_by_hand,
)  # fmt: skip

# 2.2 ---------------------------------------------------------------------------------------------


def _predictions():
    return [
        Case("one example", (numbers((3,), 275), numbers((3,), 202)), SINGLE),
        Case("one example with 2 outputs", (numbers((2,), 277), numbers((2,), 204)), SINGLE),
        Case("a batch of 4 examples", (numbers((4, 3), 205), numbers((4, 3), 206)), BATCH),
        Case("a batch of 3 examples", (numbers((3, 5), 207), numbers((3, 5), 208)), BATCH),
    ]


SQUARED_LOSS = FunctionExercise(
    id="2.2",
    title="Code the squared error",
    stars=2,
    section="Average over the examples",
    hand_in="squared_loss",
    usage="squared_loss(y, t)",
    reference=losses.squared,
    cases=_predictions,
    compared="the helpers' squared error, for single examples and batches",
    praise="Your squared error is right, for one example and for a batch",
    slips=(
        *ONE_NUMBER, "error-sign", "length-for-square", "no-half", "half-squared-too",
        "absolute-for-square", "square-forgotten", "squared-after-sum",
        "t-and-y-added", "root-taken",
    ),
    wrong=lambda slips, y, t: losses.squared(y, t, slips),
    specials=UNMOVED,
    quantities=lambda y, t: {
        "half the product of y and t, added up": 0.5 * np.sum(y * t),
        "the largest error of an output": np.max(0.5 * (t - y) ** 2),
    },
)  # fmt: skip

# 2.3 ---------------------------------------------------------------------------------------------


def _columns():
    return [
        Case("a flat t", (numbers((4, 1), 211), numbers((4,), 212)), "a flat t"),
        Case("a longer flat t", (numbers((6, 1), 213), numbers((6,), 214)), "a flat t"),
        Case("a column t", (numbers((5, 1), 215), numbers((5, 1), 216)), "a column t"),
        Case("a longer column t", (numbers((7, 1), 217), numbers((7, 1), 218)), "a column t"),
    ]


COLUMN_LOSS = FunctionExercise(
    id="2.3",
    title="Mend the error of a column",
    stars=2,
    section="Distrust an error that looks fine",
    hand_in="column_loss",
    usage="column_loss(y, t)",
    reference=losses.column,
    cases=_columns,
    compared="the helpers' squared error, for flat targets and for columns",
    praise="Mended: each prediction meets its own target",
    slips=(
        "column-broadcast", "row-minus-column", "only-y-flattened", "no-half",
        "sum-over-examples", "absolute-for-square", "square-forgotten", "squared-after-sum",
        "root-taken",
    ),
    wrong=lambda slips, y, t, **more: losses.column(y, t, slips, **more),
    variants=({}, {"per_row": True}),
    instead={
        "column-broadcast": "The bug is still there for a flat t: print the shape of the "
        "difference.",
        "only-y-flattened": "Right for a flat t. A column t is still stretched: print the shape "
        "of the difference for it.",
    },
    quantities=lambda y, t: {
        "the error of a prediction that is the mean of y": 0.5 * np.mean((t - y.mean()) ** 2)
    },
)  # fmt: skip

# 2.6 ---------------------------------------------------------------------------------------------

WHICH_LOSS = ChoiceExercise(
    id="2.6",
    title="Which loss for which task",
    stars=1,
    section="Let the task choose the loss",
    hand_in="choices",
    questions=(
        Question("photo", "d", {
            "a": "An animal is no quantity: halfway between cat and dog lies no other animal.",
            "b": "One question with two answers cannot hold five animals.",
            "c": "Separate sigmoids could give both cat and dog 0.9; only one of them is there.",
        }),
        Question("rain", "a", {
            "b": "Millimetres are no yes or no, and can be more than 1.",
            "c": "There is one thing to predict here, and it is an amount.",
            "d": "Rain is an amount, not one of several classes: 12 mm are close to 13 mm.",
        }),
        Question("tags", "c", {
            "a": "A tag is there or not; nothing lies in between.",
            "b": "There is more than one question: one for each tag.",
            "d": "The tags would compete for a sum of 1, but several can be right at once.",
        }),
        Question("fraud", "b", {
            "a": "Fraud or not is no quantity; a probability is wanted, between 0 and 1.",
            "c": "There is one question here, so one output is enough.",
            "d": "With two outputs that would do the same work twice; there is a smaller answer.",
        }),
    ),
    compared="the table of tasks, outputs and losses",
    praise="All four fit",
)  # fmt: skip

EXERCISES = (
    E_TOTAL, SQUARED_LOSS, COLUMN_LOSS, LOG_LOSS, SOFTMAX, WHICH_LOSS, SLOPES, LOSS_FROM_Z,
)  # fmt: skip
