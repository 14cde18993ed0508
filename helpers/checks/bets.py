"""The exercises of chapter 02 on probabilities: log loss and slopes."""

import dataclasses

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import losses

from .exercise import Case, FunctionExercise, Special
from .generic import BATCH, SINGLE, numbers

EXTREME = "outputs of 0 and 1"
LARGE = "large scores"


def outputs(shape, seed):
    """Numbers between 0 and 1, no two alike."""
    return np.round(0.5 + numbers(shape, seed, 1.4) / 3, 4)


def zeros_and_ones(shape, seed):
    """Targets of 0 and 1, with both in every row, and rows that differ."""
    t = (numbers(shape, seed) > 0).astype(float)
    rows = np.atleast_2d(t)
    for i, row in enumerate(rows):
        if np.ptp(row) == 0:
            row[i % len(row)] = 1 - row[i % len(row)]
    return rows.reshape(shape)


ONE_NUMBER = (
    "mean-over-outputs", "sum-over-examples", "errors-not-added", "examples-not-averaged",
    "first-output-only-in-E", "last-output-only-in-E", "first-example-only",
)  # fmt: skip


def _other_targets(t):
    """All 0, or for an even number of entries all 1."""
    return np.full_like(t, 1 - t.size % 2)


UNMOVED = (
    Special(lambda y, t: (y + 0.1 * np.arange(1, 1 + y.size).reshape(y.shape), t),
            unmoved="y has no influence on your result."),
    Special(lambda y, t: (y, _other_targets(t)), unmoved="t has no influence on your result."),
    Special(
        lambda y, t: (y[..., :1], t[..., :1]),
        right="With a single output it is right, so look at how several are added up.",
    ),
)  # fmt: skip

# 2.4 ---------------------------------------------------------------------------------------------


def _bets(seed, shape):
    return outputs(shape, seed), zeros_and_ones(shape, seed + 1)


def _sure(seed, shape):
    """Some outputs are exactly 0 or 1, and right."""
    y, t = _bets(seed, shape)
    y.flat[::2] = t.flat[::2]
    return y, t


def _bet_cases():
    return [
        Case("one example", _bets(221, (4,)), SINGLE),
        Case("one example with 3 outputs", _bets(223, (3,)), SINGLE),
        Case("a batch of 5 examples", _bets(225, (5, 3)), BATCH),
        Case("a batch of 3 examples", _bets(227, (3, 4)), BATCH),
        Case("one example with outputs of exactly 0 and 1", _sure(229, (5,)), EXTREME),
        Case("a batch with outputs of exactly 0 and 1", _sure(231, (4, 3)), EXTREME),
    ]


def _no_number(kind, sentence):
    """An `explain` for code that is right but where the computer's numbers end."""

    def explain(trials):
        wrong = [trial for trial in trials if not trial.right]
        if not all(trial.case.kind == kind and not_finite(trial) for trial in wrong):
            return ""
        return f"Right, as long as the numbers are moderate. {sentence}"

    return explain


def not_finite(trial):
    return trial.fitted is not None and not finite(trial)


_SWITCHED_OFF = _no_number(
    EXTREME,
    "An output of exactly 0 or 1 gives no number: 0 times ln 0 is computed where a term "
    "is switched off.",
)


def _at_0_and_1(trials):
    """A NaN, a 0 in its place for the other outputs as well, or a price for what is sure."""
    wrong = [trial for trial in trials if not trial.right]
    start = "Right, as long as no output is exactly 0 or 1."
    if all(trial.case.kind == EXTREME and _nothing(trial) for trial in wrong):
        return (
            f"{start} There you return 0 for the whole example or batch; only the term that is "
            "switched off is 0."
        )
    if all(trial.case.kind == EXTREME and _above(trial) for trial in wrong):
        return f"{start} There your error is too large: a sure and right output costs nothing."
    return _SWITCHED_OFF(trials)


def _above(trial):
    return finite(trial) and bool((trial.fitted > trial.expected).all())


def finite(trial):
    return trial.fitted is not None and bool(np.isfinite(trial.fitted).all())


def _nothing(trial):
    return trial.fitted is not None and not trial.fitted.any()


LOG_LOSS = FunctionExercise(
    id="2.4",
    title="Code the log loss",
    stars=2,
    section="Bet on a yes or a no",
    hand_in="log_loss",
    usage="log_loss(y, t)",
    reference=losses.log,
    cases=_bet_cases,
    compared="the helpers' log loss, for outputs up to exactly 0 and 1",
    praise="Your log loss is right, and a sure and right output costs nothing",
    slips=(
        *ONE_NUMBER, "loss-sign", "log10-for-ln", "log2-for-ln", "log-of-one-plus",
        "no-term-for-zero-targets", "no-term-for-one-targets", "terms-subtracted",
        "targets-turned", "half-in-log-loss", "squared-for-log-loss", "logarithm-forgotten",
        "one-minus-p",
    ),
    wrong=lambda slips, y, t: losses.log(y, t, slips),
    explain=_at_0_and_1,
    specials=UNMOVED[1:],
)  # fmt: skip

# 2.7 ---------------------------------------------------------------------------------------------


def _single_bets():
    return [
        Case("one example", _bets(251, (4,))),
        Case("one example with 3 outputs", _bets(253, (3,))),
        Case("one example with 6 outputs", _bets(255, (6,))),
    ]


SLOPES = FunctionExercise(
    id="2.7",
    title="Code the slopes",
    stars=2,
    section="Watch what each loss sends back",
    hand_in="slopes",
    usage="slopes(y, t)",
    reference=losses.slopes,
    cases=_single_bets,
    returns=("squared", "log"),
    compared="the exact slopes of both losses, for three examples",
    praise="Both slopes are right",
    slips=(
        "target-minus-output", "squared-slope-sign", "kept-2", "extra-half", "slope-for-z",
        "absolute-slope", "losses-for-slopes", "log-slope-sign", "denominator-forgotten",
        "multiplied-by-denominator", "y-as-denominator", "denominator-brackets",
        "numerator-brackets", "second-slope-sign",
        "slope-for-zero-targets-left-out", "slope-for-one-targets-left-out",
        "slope-for-one-targets-everywhere",
    ),
    wrong=lambda slips, y, t: losses.slopes(y, t, slips),
)  # fmt: skip

# 2.8 ---------------------------------------------------------------------------------------------


def _net_inputs():
    def case(name, seed, shape, size, kind):
        return Case(name, (numbers(shape, seed, size), zeros_and_ones(shape, seed + 1)), kind)

    far = np.array([1000.0, -1000.0, 800.0, -37.0]), np.array([0.0, 0.0, 1.0, 1.0])
    mixed = np.array([[45.0, 0.3], [-1000.0, 1000.0], [1.2, -720.0]])
    return [
        case("one example", 266, (4,), 2.5, SINGLE),
        case("one example with 3 outputs", 263, (3,), 2.5, SINGLE),
        case("a batch of 5 examples", 265, (5, 3), 2.5, BATCH),
        case("a batch of 3 examples", 267, (3, 4), 2.5, BATCH),
        Case("net inputs of 1000 and -1000", far, LARGE),
        Case("a batch with large net inputs", (mixed, np.array([[0.0, 1.0]] * 3)), LARGE),
    ]


_OVERFLOWS = _no_number(
    LARGE,
    "With large net inputs infinity or NaN comes out: a power of e overflows, or the sigmoid is "
    "so close to 0 or 1 that its logarithm is lost.",
)


def _far_out(trials):
    """Large net inputs: no number, or an error that was cut off somewhere."""
    wrong = [trial for trial in trials if not trial.right]
    if all(trial.fitted is not None and np.isnan(trial.fitted).all() for trial in trials):
        return (
            "Every result is NaN, not a number, as from the logarithm of a negative number. "
            "z is a net input and no probability: it may be negative."
        )
    if all(trial.case.kind == LARGE and _below(trial) for trial in wrong):
        return (
            "Right, as long as the net inputs are moderate. For large ones your error is too "
            "small. Was something cut off on the way? This loss has no upper limit."
        )
    return _OVERFLOWS(trials)


def _below(trial):
    return finite(trial) and bool((trial.fitted < trial.expected).all())


LOSS_FROM_Z = dataclasses.replace(
    LOG_LOSS,
    id="2.8",
    title="Code the log loss from the net input",
    stars=3,
    section="Compute the loss before the sigmoid",
    hand_in="log_loss_from_z",
    usage="log_loss_from_z(z, t)",
    reference=losses.log_from_z,
    cases=_net_inputs,
    compared="the log loss of the exact sigmoid, for net inputs from -1000 to 1000",
    praise="Right from z = -1000 to z = 1000",
    slips=(
        *ONE_NUMBER, "loss-sign", "squashed-first", "softplus-sign", "maximum-forgotten",
        "minimum-for-maximum", "absolute-for-maximum", "max-for-np-maximum",
        "one-in-the-logarithm-forgotten", "one-added-twice",
        "exponent-without-absolute", "exponent-without-minus",
        "target-term-added", "target-term-missing", "z-missing-beside-t", "targets-turned",
        "half-in-log-loss", "log10-for-ln",
    ),
    wrong=lambda slips, z, t: losses.log_from_z(z, t, slips),
    alike=(("exponent-without-absolute", "absolute-for-maximum"),),
    explain=_far_out,
    quantities=lambda z, t: {"the sum of t z": np.sum(t * z), "ln(1 + e^z), added up": np.sum(
        np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))),
        "the squared error of the sigmoids": 0.5 * np.sum((sigmoid(z) - t) ** 2)},
)  # fmt: skip
