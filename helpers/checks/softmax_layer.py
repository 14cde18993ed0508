"""Exercise 4.6: what softmax and cross-entropy send back together."""

import numpy as np

from helpers.activations import softmax
from helpers.mistakes import output

from . import compare
from .exercise import Case, FunctionExercise, Special
from .generic import BATCH, SINGLE, numbers


def _one_hot(*classes, of):
    return np.eye(of)[list(classes)] if len(classes) > 1 else np.eye(of)[classes[0]]


def _scores():
    return [
        Case("one example", (numbers((3,), 61), _one_hot(0, of=3)), SINGLE),
        Case("one example with 4 classes", (numbers((4,), 62), _one_hot(2, of=4)), SINGLE),
        Case("a batch of 5 examples", (numbers((5, 3), 63), _one_hot(2, 0, 1, 1, 0, of=3)), BATCH),
        Case("a batch of 3 examples", (numbers((3, 4), 64), _one_hot(0, 3, 1, of=4)), BATCH),
        Case("a batch of 4 examples", (numbers((4, 4), 65), _one_hot(1, 3, 0, 2, of=4)), BATCH),
    ]


def _score_quantities(z, t):
    y = softmax(z)
    return {
        "y - t with each exponential divided by the sum down its column; Python's own `sum` adds "
        "up the rows of a matrix": _shifted_by_rows(z) - t,
        "the cross-entropy of each output": -t * np.log(y),
        "the logarithm of the probabilities": np.log(y),
        "the slope y (1 - y) alone": y * (1 - y),
        "y - t with a squared error in front, times the slopes of softmax": _through_softmax(y, t),
    }


def _shifted_by_rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=0)


def _through_softmax(y, t):
    e = y - t
    return y * (e - (e * y).sum(axis=-1, keepdims=True))


def _overflows(function):
    """Why it is not yet right for net inputs of 1000 and rows of very different size, or ''."""
    z = np.array(
        [[1000.0, 998.0, -1000.0], [0.5, -0.3, 1.1], [-1000.0, -999.0, -1001.0], [-1e3, 1e3, -1e3]]
    )
    t = _one_hot(1, 2, 0, 0, of=3)
    if not all(_right(function, *example) for example in zip(z, t, strict=True)):
        return (
            "Right for net inputs of ordinary size, but not with 1000 or -1000 among them: "
            "subtract the largest net input of each row first, and no exponential overflows."
        )
    if not _right(function, z, t):
        return (
            "Right for net inputs of ordinary size, and for one row with 1000. In a batch each row "
            "has a largest entry of its own: subtract that one from its row."
        )
    return ""


def _right(function, z, t):
    try:
        with np.errstate(all="ignore"):
            got = compare.as_numbers(function(z.copy(), t.copy()))
    except Exception:  # as when an integer power is too large
        return False
    fitted = compare.fit(got, t.shape)
    return fitted is not None and bool(compare.close(fitted, softmax(z) - t).all())


SOFTMAX_DELTA = FunctionExercise(
    id="4.6",
    title="Softmax and cross-entropy",
    stars=2,
    section="Do the same for softmax",
    hand_in="softmax_delta",
    usage="softmax_delta(z, t)",
    reference=output.softmax_delta,
    cases=_scores,
    compared="the slopes of the cross-entropy, also for net inputs of 1000",
    praise="Your deltas are right, and no net input is too large for them",
    slips=(
        "extra-slope", "target-minus-output", "targets-left-out", "cross-entropy-slope",
        "own-path-only", "softmax-skipped", "softmax-twice", "softmax-wrong-axis",
        "softmax-of-all-entries",
        "softmax-not-normalised", "sigmoids-for-softmax", "divided-by-slope", "times-y",
        "kept-2", "extra-half", "delta-absolute", "difference-squared-in-delta",
        "deltas-divided-by-length", "shifted-not-normalised", "scores-normalised",
        "divided-by-sum-of-scores", "largest-gets-all", "exponents-negated", "log-of-softmax",
    ),
    wrong=lambda slips, z, t: output.softmax_delta(z, t, slips),
    quantities=_score_quantities,
    specials=(
        Special(
            lambda z, t: (0 * z, t),
            right="With equal net inputs your deltas are right, so look at the probabilities.",
        ),
        Special(lambda z, t: (z[..., ::-1], t), unmoved="z has no influence on your result."),
        Special(lambda z, t: (z, t[..., ::-1]), unmoved="t has no influence on your result."),
    ),
    look_at=_overflows,
)  # fmt: skip
