"""The exercises of chapter 04: deltas, gradients and steps at the output layer."""

import numpy as np

from helpers.examples import schematic, worked
from helpers.mistakes import forward, output

from .choice import ChoiceExercise, Question
from .exercise import ValueExercise
from .output_layer import DELTA_SLIPS, GRADIENT, OUTPUT_DELTA, STEP
from .softmax_layer import SOFTMAX_DELTA

TITLE = "Move the output weights"

BY_HAND = 5.001e-7  # six correct decimals

# 4.1 and 4.2: the schematic network by hand ------------------------------------------------------


def _schematic():
    """The finished forward pass, t and U of the schematic network."""
    return _passed(schematic())


def _passed(example):
    net, x, t = example
    return forward.forward(x, net.W, net.U), t, net.U


def _quantities_by_hand():
    """Every number of the schematic network, in words."""
    v, t, U = _schematic()
    found = {"y1 * (1 - y1), one of the two factors": v.y[0] * (1 - v.y[0])}
    for letter, words, values in (
        ("x", "an input", v.x), ("t", "a target", t), ("z_h", "a net input", v.z_h),
        ("h", "a hidden value", v.h), ("z_y", "a net input", v.z_y), ("y", "an output", v.y),
        ("e", "the error of an output", 0.5 * (t - v.y) ** 2),
    ):  # fmt: skip
        found |= {f"{letter}{k}, {words}": each for k, each in enumerate(np.ravel(values), 1)}
    found |= {f"the weight u{j}{k + 1}": U[j, k] for j in range(4) for k in range(2)}
    delta = output.delta(v.y, t)
    found["(y1 - t1) y1 y1, with y1 in place of 1 - y1"] = (v.y[0] - t[0]) * v.y[0] ** 2
    found |= {f"the slope of the weight u{j + 1}1": v.h[j] * delta[0] for j in range(3)}
    found |= {f"the slope of the weight u{j + 1}2": v.h[j] * delta[1] for j in range(3)}
    other, t_other, _ = _passed(worked())
    for name, each in zip(("first", "second"), output.delta(other.y, t_other), strict=True):
        found[f"the delta of the worked example's {name} output"] = each
    found["the slope of the worked example's w5"] = (other.h * output.delta(other.y, t_other))[0]
    slope = v.h[0] * delta[0]
    found["the slope of u11 times the weight u11 itself"] = slope * U[1, 0]
    found["u11 after a step with eta = 0.5"] = U[1, 0] - 0.5 * slope
    found["u01 after a step with eta = 0.5"] = U[0, 0] - 0.5 * delta[0]
    return found


ONE_DELTA = ValueExercise(
    id="4.1",
    title="One delta by hand",
    stars=1,
    section="Name what the weights share",
    hand_in="delta_y1_23",
    expected=lambda: [output.first_delta(*_schematic()[:2])],
    labels=("delta_y1",),
    tolerance=BY_HAND,
    sharp=1e-7,  # of a product of numbers with seven digits
    compared="the helpers' delta of the first output",
    praise="Your delta is right",
    slips=(*DELTA_SLIPS, "second-output", "targets-exchanged", "net-input-for-y",
           "net-input-in-error"),
    wrong=lambda slips: [output.first_delta(*_schematic()[:2], slips)],
    quantities=_quantities_by_hand,
)

WEIGHT_AND_BIAS = ValueExercise(
    id="4.2",
    title="A weight and its bias",
    stars=1,
    section="Use one delta for every weight of a unit",
    hand_in="dE_du11_and_du01",
    expected=lambda: output.weight_and_bias(*_schematic()),
    labels=("dE/du_11", "dE/du_01"),
    tolerance=BY_HAND,
    sharp=1e-7,  # of a product of numbers with seven digits
    compared="two entries of the helpers' dE/dU",
    praise="Both slopes are right, that of the weight and that of its bias",
    slips=(
        "bias-first", "other-hidden-value", "weight-for-value", "input-for-h", "net-input-for-h",
        "slope-of-h-for-h", "values-left-out", "bias-gradient-missing",
        "bias-gradient-times-input", "bias-gradient-one", "bias-for-the-1", "second-output",
        "no-sigma-prime-output", "sigma-prime-of-y", "y-for-slope", "one-minus-y-for-slope",
        "kept-2", "extra-half", "target-minus-output",
    ),
    about_all=("bias-first",),
    wrong=lambda slips: output.weight_and_bias(*_schematic(), slips),
    quantities=_quantities_by_hand,
)  # fmt: skip

# 4.7: explain the picture ------------------------------------------------------------------------

SLOWDOWN = ChoiceExercise(
    id="4.7",
    title="Explain the slow start",
    stars=1,
    section="Watch the squared error learn slowly",
    hand_in="reasons",
    compared="the two deltas, (y - t) y (1 - y) and y - t, along both curves",
    praise="All three reasons are right",
    questions=(
        Question(
            "the flat start",
            "c",
            {
                "a": "Both units learn with the same rate, and only one of them waits.",
                "b": "The unit is at 0.99 and ought to be at 0: its error is nearly as large as "
                "it can be.",
                "d": "At a minimum the curve would stay flat. It falls later, with no help from "
                "outside.",
            },
        ),
        Question(
            "the sudden fall",
            "a",
            {
                "b": "The learning rate is one number for the whole run.",
                "c": "The size of a weight is not in the delta. Look at its two factors, at "
                "y = 0.99 and at y = 0.5.",
            },
        ),
        Question(
            "the slow end",
            "b",
            {
                "a": "The delta of the log loss has no such factor.",
                "c": "A sigmoid never reaches 0, so the log loss still falls, only slower.",
            },
        ),
    ),
)

# 4.8: five wrong gradients -----------------------------------------------------------------------

_TRACE = {
    "a": "Without the slope, all entries of a column would be more than four times as large as the "
    "right ones.",
    "b": "With y for the slope, column k would be too large by the factor 1 / (1 - y_k).",
    "c": "With 1 - y for the slope, column k would be too large by the factor 1 / y_k.",
    "d": "Taken at an output, the slope of the sigmoid is between 0.19 and 0.25, so neither column "
    "would be off by more than a third.",
    "e": "With net inputs for hidden values the bias row would stay as it is, and the rows of "
    "negative net inputs would turn their signs.",
    "f": "A hidden value in the bias's slope would change row 0, and no other.",
    "g": "The other sign would turn every entry, and change no size.",
}
_SEEN = {
    "A": "In A most of the rows are right.",
    "B": "In B the signs are right, and each column is off by a factor of its own.",
    "C": "In C the sizes are right.",
    "D": "In D the signs are right, and each column is off by a factor of its own.",
    "E": "In E one row is right, and in the others both columns are off by the same factor.",
}


def _answer(letter, right):
    say = {each: f"{trace} {_SEEN[letter]}" for each, trace in _TRACE.items() if each != right}
    return Question(letter, right, say)


FIVE_ANSWERS = ChoiceExercise(
    id="4.8",
    title="Diagnose five wrong answers",
    stars=3,
    section="Read the mistake from the numbers",
    hand_in="mistakes",
    compared="the slip that was switched on when each answer was made",
    praise="All five mistakes are found",
    questions=tuple(
        _answer(letter, right)
        for letter, right in {"A": "f", "B": "c", "C": "g", "D": "a", "E": "e"}.items()
    ),
)

EXERCISES = (
    ONE_DELTA, WEIGHT_AND_BIAS, OUTPUT_DELTA, GRADIENT, STEP, SOFTMAX_DELTA, SLOWDOWN,
    FIVE_ANSWERS,
)  # fmt: skip
