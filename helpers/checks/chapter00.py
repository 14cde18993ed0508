"""The exercises of chapter 00: arrays, shapes, a slope, broadcasting."""

import dataclasses

import numpy as np

from helpers.mistakes import arrays, steps

from . import compare
from .exercise import Case, FunctionExercise, Special, ValueExercise
from .generic import numbers
from .shapes import ShapesExercise

TITLE = "Start here"

# 0.1 ---------------------------------------------------------------------------------------------

INPUT, TARGET = (0.05, 0.10), (0.01, 0.99)  # of the worked example

MAKE_INPUT = ValueExercise(
    id="0.1",
    title="Make the input",
    stars=1,
    section="How the exercises work",
    hand_in="x_worked",
    expected=lambda: arrays.make_input(INPUT, TARGET),
    labels=("x1", "x2"),
    tolerance=1e-8,  # 0.10 as float32 is off by 1.5e-9
    compared="the input of the worked example, (0.05, 0.10)",
    praise="That is the input of the worked example",
    slips=("inputs-in-wrong-order", "one-included", "targets-for-inputs"),
    wrong=lambda slips: arrays.make_input(INPUT, TARGET, slips),
)

# 0.2 ---------------------------------------------------------------------------------------------

PREDICT_SHAPES = ShapesExercise(
    id="0.2",
    title="Predict the shapes",
    stars=1,
    section="The letters",
    hand_in="shapes",
    shapes=lambda slips: arrays.network_shapes(2, 4, 3, slips),
    compared="the shapes of a 2-4-3 network",
    slips=(
        "one-missing-in-with-one", "no-bias-row-in-W", "W-only-for-one-unit", "W-turned",
        "W-turned-without-bias", "one-kept-in-z", "one-kept-in-h",
        "hidden-units-counted-as-inputs", "no-bias-row-in-U", "U-turned", "U-turned-without-bias",
        "one-kept-in-y", "rows-as-columns",
    ),
)  # fmt: skip

# 0.3 ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Function:
    """A function with its exact slope; called with a float, a complex number or an array."""

    f: object
    exact: object
    words: str

    def __call__(self, w):
        return self.f(w)


def _sigmoid(w):
    return 1 / (1 + np.exp(-w))


_CURVES = (
    Function(lambda w: w * w, lambda w: 2 * w, "f(w) = w * w"),
    Function(lambda w: 0.5 * w**3 - 2 * w, lambda w: 1.5 * w**2 - 2, "f(w) = 0.5 * w**3 - 2 * w"),
    Function(np.sin, np.cos, "f = sin"),
    Function(np.exp, np.exp, "f = exp"),
    Function(_sigmoid, lambda w: _sigmoid(w) * (1 - _sigmoid(w)), "f = sigmoid"),
    Function(lambda w: 3 - 4 * w, lambda w: -4.0, "f(w) = 3 - 4 * w"),
)
_POINTS = (1.5, 2.25, 0.7, -0.4, 0.9, -1.3)


def _slope_cases():
    return [
        Case(f"{curve.words} at w = {w}", (curve, w))
        for curve, w in zip(_CURVES, _POINTS, strict=True)
    ] + [Case(f"{_CURVES[1].words} at w = -0.6", (_CURVES[1], -0.6))]


def _slope_quantities(f, w):
    slope = f.exact(w)
    return {
        "w times the slope": w * slope,
        "the slope divided by f(w)": slope / f(w),
        "an angle, the arc tangent of the slope": np.arctan(slope),
        "the value of f plus the slope": f(w) + slope,
        "the value of f minus the slope": f(w) - slope,
        "w itself": w,
        "the slope at 0": f.exact(0.0),
    }


def _explain_slopes(trials):
    """A nudge of any size, when the slopes show what it was; or ''."""
    if any(trial.fitted is None or not np.isfinite(trial.fitted).all() for trial in trials):
        return ""
    got = np.array([float(trial.fitted) for trial in trials])
    exact = np.array([float(trial.expected) for trial in trials])
    if 1 < (got == 0).sum() < len(got):
        return (
            "Some of your slopes are exactly 0, as happens with a nudge so small that `w + nudge` "
            "equals `w` in the computer: take a larger one."
        )
    ratios = got / exact
    factor = float(np.median(ratios))
    if 0 < abs(factor) < 0.02 and np.ptp(ratios) < 0.05 * abs(factor):
        return (
            f"Every slope is about {compare.number(float(f'{factor:.1g}'))} times what it should "
            "be: divide the difference of the two values of f by the nudge."
        )
    if (abs(ratios - 1) < 0.2).all() and not _nudge_too_large(trials, got, exact):
        return (
            "The slopes come near, but not to one in a thousand. A nudge between 1e-3 and 1e-8 "
            "is fine; if yours is one of these, look for something that is rounded."
        )
    return _nudge_too_large(trials, got, exact)


def _nudge_too_large(trials, got, exact):
    """Does one large nudge explain every slope, to the last digits?"""
    one_sided = got[0] - exact[0]  # for f = w * w the error is the nudge itself
    both_sided = np.sqrt(2 * max(0.0, got[1] - exact[1]))  # for 0.5 * w**3 it is nudge**2 / 2
    for nudge, left in ((one_sided, 0.0), (both_sided, both_sided)):
        if abs(nudge) < 1e-4:
            continue
        curves = [trial.case.arguments for trial in trials]
        given = [(f(w + nudge) - f(w - left)) / (nudge + left) for f, w in curves]
        if compare.close(got, np.array(given), 1e-7).all():
            size = compare.number(float(f"{abs(nudge):.3g}"))
            return (
                "The formula is right. "
                f"A nudge of {size} is too large for an error of one in a thousand: "
                "take a smaller one."
            )
    return ""


def _slope_with(slips, f, w, epsilon, side):
    """A nudge that is too large is a slip of its own, and no way of writing the others."""
    if ("nudge-too-large" in slips) != (epsilon > (0.02 if side == "both" else 0.005)):
        raise ValueError("another variant says this")
    return steps.numerical_slope(f, w, epsilon, slips, side)


def _fails_at_zero(slope):
    """A nudge that is a part of w vanishes with w."""
    try:
        with np.errstate(all="ignore"):
            found = compare.as_numbers(slope(Function(np.exp, np.exp, "f = exp"), 0.0))
    except Exception:  # divided by a nudge of 0
        found = np.array(np.nan)
    if compare.close(found, 1.0, 2e-3).all():
        return ""
    return (
        "Right at every w but 0, where no slope comes out: "
        "let the nudge be a number of its own, and not a part of w."
    )


SLOPE = FunctionExercise(
    id="0.3",
    title="The slope of any function",
    stars=2,
    section="What you need: a slope",
    hand_in="slope",
    usage="slope(f, w)",
    reference=lambda f, w: f.exact(w),
    cases=_slope_cases,
    tolerance=1e-3,
    compared="the exact slopes of six functions, to one in a thousand",
    praise="Your slopes are right, for functions that you had not seen",
    explain=_explain_slopes,
    slips=(
        "nudge-too-large", "nudge-too-small", "not-divided-by-nudge", "multiplied-by-nudge",
        "divided-by-w", "divided-by-one-nudge", "divided-by-two-nudges", "differences-swapped",
        "value-for-slope", "value-over-w", "slope-of-the-square", "nudge-outside-f",
        "nothing-subtracted", "f-of-the-nudge", "brackets-left-out", "values-added",
    ),
    wrong=_slope_with,
    variants=tuple(
        {"epsilon": epsilon, "side": side}
        for side in ("both", "right", "left")
        for epsilon in (1e-5, 1e-6, 1e-4, 1e-3, 0.01, 0.1, 1.0, 1e-7, 1e-8, 0.5, 0.05, 1e-9, 1e-10)
    ),
    match=1e-4,
    look_at=_fails_at_zero,
    quantities=_slope_quantities,
    specials=(
        Special(lambda f, w: (f, w + 0.5), unmoved="w has no influence on your result."),
        Special(
            lambda f, w: (_CURVES[f is _CURVES[0]], w),
            unmoved="f has no influence on your result: a nudge of f itself works for every f.",
        ),
    ),
    alike=(
        ("not-divided-by-nudge", "multiplied-by-nudge"),
        ("nothing-subtracted", "values-added"),
    ),
)  # fmt: skip

# 0.4 ---------------------------------------------------------------------------------------------


def _pair_cases():
    t3, y3 = numbers((3,), 1), numbers((3,), 2)
    t4, y4 = numbers((4,), 3), numbers((4,), 4)
    t5, y5 = numbers((5,), 5), numbers((5,), 6)
    return [
        Case("two flat arrays", (t3, y3)),
        Case("a flat t and a column y", (t4, y4[:, None])),
        Case("a column t and a flat y", (t5[:, None], y5)),
        Case("two columns", (t4[:, None], y4[:, None])),
    ]


def _flat_or_column(got, shape):
    """n numbers in one row or one column; the square of the trap has n * n."""
    return got.reshape(shape) if got.ndim <= 2 and got.size == shape[0] else None


def _difference_quantities(t, y):
    t, y = np.ravel(t), np.ravel(y)
    return {
        "t alone, without y": t,
        "y alone, without t": y,
        "the product of t and y": t * y,
        "half the square of the difference": 0.5 * (t - y) ** 2,
        "the ratio of t and y": t / y,
        "t minus y in reverse order": t - y[::-1],
    }


DIFFERENCE = FunctionExercise(
    id="0.4",
    title="The broadcasting trap",
    stars=2,
    section="What you need: arrays that do not stretch",
    hand_in="difference",
    usage="difference(t, y)",
    reference=lambda t, y: np.ravel(t) - np.ravel(y),
    cases=_pair_cases,
    accept=_flat_or_column,
    compared="t - y entry by entry, for flat arrays and columns in all four combinations",
    praise="Your differences are right",
    slips=(
        "column-broadcast", "broadcast-then-flattened", "row-minus-column", "column-minus-row",
        "prediction-minus-target", "only-t-flattened", "only-y-flattened",
        "only-t-made-a-column", "only-y-made-a-column",
        "t-and-y-added", "difference-absolute", "difference-squared", "differences-summed",
        "differences-averaged",
    ),
    wrong=lambda slips, t, y: arrays.difference(t, y, slips),
    quantities=_difference_quantities,
)  # fmt: skip

EXERCISES = (MAKE_INPUT, PREDICT_SHAPES, SLOPE, DIFFERENCE)
