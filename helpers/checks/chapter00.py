"""The exercises of chapter 00: arrays, shapes, a slope, broadcasting."""

import dataclasses

import numpy as np

from . import compare, judge, stubs
from .exercise import (
    Case,
    Exercise,
    FunctionExercise,
    Mistake,
    ValueExercise,
    not_attempted,
    not_yet,
    solved,
)
from .generic import numbers

TITLE = "Start here"

# 0.1 ---------------------------------------------------------------------------------------------


def _wrong_inputs(*values):
    return lambda: np.array(values)


MAKE_INPUT = ValueExercise(
    id="0.1",
    title="Make the input",
    stars=1,
    section="How the exercises work",
    hand_in="x_worked",
    expected=lambda: np.array([0.05, 0.10]),
    labels=("x1", "x2"),
    tolerance=1e-9,
    compared="the input of the worked example, (0.05, 0.10)",
    praise="That is the input of the worked example",
    mistakes=(
        Mistake(
            "order",
            "Both numbers are right, and they stand in the wrong order: x1 comes first.",
            _wrong_inputs(0.10, 0.05),
        ),
        Mistake(
            "bias included",
            "Both inputs are right. Leave the 1 out: the network puts it in front by itself.",
            _wrong_inputs(1.0, 0.05, 0.10),
        ),
    ),
)

# 0.2 ---------------------------------------------------------------------------------------------

SHAPES = {
    "with_one(x)": (3,),
    "W": (3, 3),
    "z_h": (3,),
    "h": (3,),
    "U": (4, 2),
    "y": (2,),
}

_SHAPE_SLIPS = {
    ("with_one(x)", (2,)): "`with_one(x)` has one entry more than x: the 1 in front.",
    ("W", (2, 3)): "`W` needs one row more: row 0 holds the biases.",
    ("U", (3, 2)): "`U` needs one row more: row 0 holds the biases.",
    ("U", (2, 4)): "`U` has rows and columns exchanged: one row for each value that comes in.",
    ("U", (2, 3)): "`U` has one row for each value that comes in, the 1 among them.",
    ("h", (4,)): "`h` holds the hidden units alone; the 1 is put in front when U is applied.",
    ("z_h", (4,)): "`z_h` holds one number for each hidden unit; there is no 1 among them.",
    ("y", (3,)): "`y` holds one number for each output, without a 1.",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShapesExercise(Exercise):
    """Six shapes, in order or in a dict with the names."""

    def judge(self, answer, surroundings):
        if stubs.all_open(answer):
            return not_attempted(judge.FILL)
        given = _by_name(answer)
        if isinstance(given, str):
            return not_yet(given)
        read = {name: _as_shape(value) for name, value in given.items()}
        right = [name for name in SHAPES if _same_shape(read[name], SHAPES[name])]
        if len(right) == len(SHAPES):
            plain = [name for name in SHAPES if isinstance(given[name], (int, np.integer))]
            remark = "The shape of a row is a tuple: `(3,)` with the comma." if plain else ""
            return solved("All six shapes are right.", "the shapes of the 2-3-2 network", remark)
        return not_yet(_first_wrong_shape(given, read, right))


def _by_name(answer):
    """The answer as a dict by name, or a sentence."""
    if isinstance(answer, dict):
        names = {str(key).replace(" ", ""): value for key, value in answer.items()}
        for name in SHAPES:
            if name not in names:
                return f"An entry for `{name}` is missing."
        given = {name: names[name] for name in SHAPES}
    elif isinstance(answer, (list, tuple)):
        if len(answer) != len(SHAPES):
            return (
                f"Six shapes are asked for, in the order {', '.join(SHAPES)}; "
                f"{len(answer)} arrived. A shape with one number needs its comma: `(3,)`."
            )
        given = dict(zip(SHAPES, answer, strict=True))
    else:
        return "Hand in six shapes, separated by commas, in the square brackets."
    for name, value in given.items():
        if value is Ellipsis:
            return f"The shape of `{name}` is still open."
    return given


def _as_shape(value):
    """A tuple of whole numbers, or None when it is no shape."""
    if isinstance(value, (bool, str)):
        return None
    if isinstance(value, (int, np.integer)):
        return (int(value),)
    if isinstance(value, (list, tuple, np.ndarray)) and len(value) < 10:
        numbers_only = all(isinstance(n, (int, np.integer)) for n in value)
        return tuple(int(n) for n in value) if numbers_only else None
    return None


def _same_shape(given, wanted):
    return given == wanted or (len(wanted) == 1 and given == (1, *wanted))


def _first_wrong_shape(given, read, right):
    name = next(each for each in SHAPES if each not in right)
    praise = f"{len(right)} of the six shapes are right. " if right else ""
    if read[name] is None:
        kind = "in quotes" if isinstance(given[name], str) else "not made of whole numbers"
        return f"{praise}The shape of `{name}` is {kind}: write it as a tuple, such as `(5,)`."
    slip = _SHAPE_SLIPS.get((name, read[name]))
    return praise + (slip or f"Look at `{name}` again: it is not {compare.shape(read[name])}.")


PREDICT_SHAPES = ShapesExercise(
    id="0.2",
    title="Predict the shapes",
    stars=1,
    section="The letters",
    hand_in="shapes",
)

# 0.3 ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Curve:
    """A function with its exact slope; called with a float, a complex number or an array."""

    f: object
    exact: object
    words: str

    def __call__(self, w):
        return self.f(w)


def _sigmoid(w):
    return 1 / (1 + np.exp(-w))


_CURVES = (
    _Curve(lambda w: w * w, lambda w: 2 * w, "f(w) = w * w"),
    _Curve(lambda w: 0.5 * w**3 - 2 * w, lambda w: 1.5 * w**2 - 2, "f(w) = 0.5 * w**3 - 2 * w"),
    _Curve(np.sin, np.cos, "f = sin"),
    _Curve(np.exp, np.exp, "f = exp"),
    _Curve(_sigmoid, lambda w: _sigmoid(w) * (1 - _sigmoid(w)), "f = sigmoid"),
    _Curve(lambda w: 3 - 4 * w, lambda w: -4.0, "f(w) = 3 - 4 * w"),
)
_POINTS = (1.5, 2.25, 0.7, -0.4, 0.9, -1.3)


def _slope_cases():
    return [
        Case(f"{curve.words} at w = {w}", (curve, w))
        for curve, w in zip(_CURVES, _POINTS, strict=True)
    ] + [Case(f"{_CURVES[1].words} at w = -0.6", (_CURVES[1], -0.6))]


def _explain_slopes(trials):
    """What the hidden slopes have in common when they are wrong, in a sentence; or ''."""
    if any(trial.fitted is None or not np.isfinite(trial.fitted).all() for trial in trials):
        return ""
    got = np.array([float(trial.fitted) for trial in trials])
    exact = np.array([float(trial.expected) for trial in trials])
    if not got.any():
        return (
            "Every slope comes out as exactly 0. With a nudge that is too small, `w + nudge` is "
            "the same number as w in the computer: take a larger one, such as 1e-5."
        )
    ratios = got / exact
    factor = float(np.median(ratios))
    if 0 < abs(factor) < 0.02 and np.ptp(ratios) < 0.05 * abs(factor):
        return (
            f"Every slope is about {compare.number(float(f'{factor:.1g}'))} times what it should "
            "be: divide the difference of the two values of f by the nudge."
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
    mistakes=(
        Mistake(
            "sign",
            "The size is right and the sign is opposite: subtract f(w) from f(w + nudge), "
            "not the other way round.",
            lambda f, w: -f.exact(w),
        ),
        Mistake(
            "twice",
            "Every slope is twice what it should be: from w - nudge to w + nudge it is 2 nudges, "
            "so divide by `2 * nudge`.",
            lambda f, w: 2 * f.exact(w),
        ),
        Mistake(
            "half",
            "Every slope is half of what it should be: from w to w + nudge it is one nudge, "
            "so divide by `nudge`.",
            lambda f, w: 0.5 * f.exact(w),
        ),
        Mistake(
            "value",
            "Your function gives the value f(w). The slope says how fast f changes there.",
            lambda f, w: f(w),
        ),
    ),
)

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
    mistakes=(
        Mistake(
            "broadcast",
            "Two flat arrays come out right. A flat array minus a column is stretched to a "
            "square of all pairs: bring both to the same shape before you subtract.",
            lambda t, y: t - y,
        ),
        Mistake(
            "sign",
            "The sizes are right and the sign is opposite: t - y is asked for.",
            lambda t, y: np.ravel(y) - np.ravel(t),
        ),
        Mistake(
            "broadcast, sign",
            "Two things: y - t has the opposite sign of t - y, and a flat array with a column "
            "is stretched to a square. Bring both to the same shape before you subtract.",
            lambda t, y: y - t,
        ),
        Mistake(
            "only t flattened",
            "t is flattened, y is not, so a column y is still stretched: flatten both.",
            lambda t, y: np.ravel(t) - y,
        ),
        Mistake(
            "only y flattened",
            "y is flattened, t is not, so a column t is still stretched: flatten both.",
            lambda t, y: t - np.ravel(y),
        ),
    ),
)

EXERCISES = (MAKE_INPUT, PREDICT_SHAPES, SLOPE, DIFFERENCE)
