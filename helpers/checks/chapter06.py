"""The exercises of chapter 06: a gradient is put to the test."""

from helpers.mistakes import nudges

from . import evidence, nudging, own_test, relative_errors
from .choice import ChoiceExercise, Question
from .exercise import ValueExercise

TITLE = "Put a gradient to the test"

# 6.1 ---------------------------------------------------------------------------------------------


def _around_two():
    return {
        "f(2.4)": 2.4**3,
        "f(1.6)": 1.6**3,
        "f(2.2)": 2.2**3,
        "f(1.8)": 1.8**3,
        "f(2)": 8.0,
        "the exact slope": 12.0,
        "the error of the centred difference": nudges.by_hand()[1] - 12,
        "the error of the one-sided difference": nudges.by_hand()[0] - 12,
        "the one-sided difference for epsilon = 0.2": (2.2**3 - 8) / 0.2,
        "f(2.4) - f(1.6), not yet divided": 2.4**3 - 1.6**3,
        "f(2.4) - f(2), not yet divided": 2.4**3 - 8,
        "the slope of w squared": 4.0,
    }


BY_HAND = ValueExercise(
    id="6.1",
    title="From one side, from both",
    stars=1,
    section="Measure a slope from both sides",
    hand_in="by_hand",
    expected=nudges.by_hand,
    labels=("d1", "d2", "d3"),
    compared="the differences of w**3 at w = 2, computed in full",
    praise="All three are right; half the epsilon leaves a quarter of the error",
    slips=(
        "one-sided-left", "divided-by-one-nudge", "one-side-over-two-nudges",
        "differences-swapped", "not-divided-by-nudge",
        "values-added", "halved-then-multiplied", "multiplied-by-nudge",
        "exact-slope-for-difference", "differences-exchanged", "first-place-for-w",
        "error-only-halved", "error-not-shrunk", "whole-value-divided", "whole-value-halved",
        "error-for-difference", "error-grows", "half-exact",
    ),
    wrong=nudges.by_hand,
    variants=({}, {"quartered": True}),
    instead={
        "one-sided-left": "This one-sided difference is taken downwards; asked for is the one "
        "from 2 up to 2.4.",
        "divided-by-one-nudge": "The two places of a centred difference "
        "are 2 epsilon apart, so divide by 2 epsilon.",
    },
    about_all=("exact-slope-for-difference", "differences-exchanged", "first-place-for-w"),
    quantities=_around_two,
)  # fmt: skip

# 6.4 ---------------------------------------------------------------------------------------------

VALLEY = ChoiceExercise(
    id="6.4",
    title="Read the valley",
    stars=1,
    section="Choose epsilon",
    hand_in="valley",
    compared="the four answers and their reasons",
    praise="You can read the valley: cut-off on the right, rounding on the left",
    questions=(
        Question("the right side", "c", {
            "a": "Follow the thick line and the thin one for one power of ten of epsilon, and "
            "count how many each falls. In the lab a switch makes the other one thick.",
            "b": "On the right side epsilon is large, and rounding is at its smallest there.",
            "d": "Both are cut-off, and yet the two lines part: what is cut off starts at another "
            "term of the series.",
        }),
        Question("a thousandth", "b", {
            "a": "That is what the cut-off does. Which of the two errors is the larger one at "
            "both ends of this step?",
            "c": "Read both heights in the picture: the line climbs all the way to the left.",
            "d": "Rounding goes with 1 / epsilon, without a square.",
        }),
        Question("another function", "d", {
            "a": "The third derivative stands in the cut-off error, so the right side of the "
            "valley moves.",
            "b": "Put the thousand under the root: it is no square root, and there is a root.",
            "c": "With more cut-off the right side rises. To which side does the floor move then?",
        }),
        Question("float32", "a", {
            "b": "Look at the line for float32 above this epsilon: how many digits does that "
            "error leave?",
            "c": "There a nudge is lost in the last digit of the weight, and the difference is 0.",
            "d": "Where rounding is all that counts, epsilon is too small. What remains at the "
            "floor of the valley?",
        }),
    ),
)  # fmt: skip

# 6.6 ---------------------------------------------------------------------------------------------

VERDICTS = ChoiceExercise(
    id="6.6",
    title="Which verdict to trust",
    stars=2,
    section="Mind the kinks",
    hand_in="conclusions",
    compared="what can be concluded from each of the six reports",
    praise="All six are judged rightly: two can be trusted, four ask for another measurement",
    questions=(
        Question("report A", "a", {
            "b": "The two agree to six digits and more. On data like these a wrong one would not.",
            "c": "A sigmoid is smooth: it has no kink.",
            "d": "float64 and a millionth lie near the floor of the valley, and the error is tiny.",
            "e": "The largest slope is not 0, so these data do reach the weights.",
        }, "Choose epsilon"),
        Question("report B", "c", {
            "a": "An error of 0.30 is no agreement.",
            "b": "Before you accuse the gradient, compare the nearest z with epsilon: can the "
            "nudge change its sign?",
            "d": "For a smooth function float64 and a millionth are a good choice. Look at where "
            "the function is measured.",
            "e": "The largest slope is not 0, so these data do reach the weights.",
        }),
        Question("report C", "b", {
            "a": "An error of 0.50 is no agreement.",
            "c": "The nearest z is 0.26. A nudge of a millionth moves it by about a millionth.",
            "d": "With float64 and this epsilon a centred difference has many right digits, and "
            "0.50 means that not even the first one fits.",
            "e": "The largest slope is not 0, so these data do reach the weights.",
        }),
        Question("report D", "d", {
            "a": "An error of 0.45 is no agreement.",
            "b": "Before you accuse the gradient, ask how exact the measured slope is: f is 8000 "
            "here, and float32 has seven digits.",
            "c": "The cube of w is smooth: it has no kink.",
            "e": "The largest slope is 1200, which is far from 0.",
        }, "Check in float64"),
        Question("report E", "e", {
            "a": "0 agrees with 0 whatever the formula is: this gradient has not been tried.",
            "b": "Nothing here speaks against the gradient. Does anything speak for it?",
            "c": "The nearest z is 1.86, far beyond the reach of the nudge.",
            "d": "With any epsilon that is small the measured slopes would be 0 again.",
        }, "Compare two slopes fairly"),
        Question("report F", "d", {
            "a": "8 % is far more than a right gradient should be off, if the measured slope were "
            "exact.",
            "b": "Before you accuse the gradient, ask how exact the measured slope is with a nudge "
            "of one half.",
            "c": "The cube of w is smooth: it has no kink.",
            "e": "The largest slope is 3, so it is not 0.",
        }, "Choose epsilon"),
    ),
)  # fmt: skip

EXERCISES = (
    BY_HAND, nudging.DIFFERENCE, relative_errors.RELATIVE, VALLEY, nudging.GRADIENT, VERDICTS,
    evidence.exercise(), own_test.TEST,
)  # fmt: skip
