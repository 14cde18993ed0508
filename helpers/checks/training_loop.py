"""Three exercises of chapter 08 in which what is trained comes in as a function."""

import functools

import numpy as np

from helpers.mistakes import training

from .exercise import Case, FunctionExercise, Special
from .generic import numbers

# 8.2: the loop and its stop rule -----------------------------------------------------------------


class _Errors:
    """step and error for a run whose E is given; the first weight counts the steps."""

    def __init__(self, *values):
        self.values = values

    def step(self, w):
        w = np.array(w, dtype=float)
        w[1:] = 0.8 * w[1:] + 0.3
        w[0] += 1
        return w

    def error(self, w):
        """The given values, and behind them E falls on slowly, or stays what it is."""
        k = int(np.round(np.ravel(w)[0]))
        last = len(self.values) - 1
        return float(self.values[min(k, last)] * 0.9 ** max(0, k - last))


def _until(name, values, below, at_most, n=3):
    run, start = _Errors(*values), np.append(0.0, numbers((n,), 800 + n))
    return Case(name, (run.step, run.error, start, below, at_most))


@functools.cache
def _until_cases():
    inf, nan = np.inf, np.nan
    return [
        _until("an E that falls", (0.9, 0.7, 0.52, 0.37, 0.24, 0.13, 0.08), 0.3, 9),
        _until("an E that stays above the threshold", (0.95, 0.83, 0.71, 0.62, 0.53), 0.1, 3, 2),
        _until("weights that are good enough at the start", (0.05, 0.25, 0.18, 0.09), 0.1, 6, 4),
        _until("an E that rises on the way", (0.6, 0.75, 0.9, 0.5, 0.2, 0.1), 0.3, 8, 2),
        _until("an E that becomes infinite", (0.8, 1.9, 40.0, inf), 0.2, 7),
        _until("an E that becomes NaN", (0.8, 3.0, nan), 0.2, 5, 4),
        _until("an E that meets the threshold exactly", (1.0, 0.5, 0.25, 0.125), 0.25, 6, 2),
    ]


def _which_part(trials):
    """Whether the weights or the number of steps is at fault."""
    if any(trial.fitted is None for trial in trials):
        return ""
    w, steps = (all(trial.right for trial in trials if trial.at[1] == k) for k in (0, 1))
    if w:
        return "The weights are right in every run, the number of steps is not."
    if steps:
        return "The number of steps is right in every run, the weights are not."
    pairs = zip(trials[::2], trials[1::2])
    return next(filter(None, (_how_far(t, said.fitted) for t, said in pairs if not t.right)), "")


def _how_far(trial, said):
    """Too many or too few whole steps, when that is all that is wrong with the weights."""
    step, _, w = trial.case.arguments[:3]
    taken, asked = trial.fitted[0], int(trial.expected[0])
    if not 0 <= taken < 2000 or taken != int(taken):
        return ""
    for _ in range(int(taken)):
        w = step(w)
    if not np.allclose(w, trial.fitted, rtol=1e-9):
        return ""
    if said != taken:
        return (
            f"For {trial.case.name} the weights that you return have taken {taken:g} steps, and "
            f"your number of steps is {float(said):g}."
        )
    how = "goes on too long" if taken > asked else "ends too early"
    return f"For {trial.case.name} your loop {how}: {taken:g} steps, and {asked} are right."


UNTIL = FunctionExercise(
    id="8.2",
    title="The loop and its stop rule",
    stars=2,
    section="Stop for a reason",
    hand_in="train_until",
    usage="train_until(step, error, w, below, at_most)",
    reference=training.until,
    cases=_until_cases,
    compared="seven runs: E falls, stays, rises on the way, becomes infinite or NaN, is small at "
    "the start, and meets the threshold exactly",
    praise="Your loop stops when it should, with the right weights",
    returns=("w", "steps"),
    rows_are_examples=False,
    slips=(
        "threshold-ignored", "error-of-the-start-only", "comparison-turned", "change-for-error",
        "stopped-when-E-rises", "stepped-before-looking", "stopped-at-the-threshold",
        "divergence-unseen", "infinity-unseen", "nan-unseen", "limit-ignored", "loop-too-long",
        "loop-too-short", "steps-from-the-start", "weights-before-the-last-step",
        "weights-of-the-start", "steps-that-are-left", "steps-counted-from-one",
        "single-step-only", "step-not-kept",
    ),
    wrong=lambda slips, *a: training.until(*a, slips),
    explain=_which_part,
)  # fmt: skip

# 8.3: one epoch ----------------------------------------------------------------------------------


def linear_step(eta, w, x, t):
    """One update of a linear layer; ValueError where no example is left."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    if x.size == 0:
        raise ValueError("a batch without an example")
    return w - eta * x.T @ (x @ w - t) / len(x)


def _epoch(n, size, n_in, n_out, order, eta):
    w, x, t = (
        numbers(shape, 820 + n + k)
        for k, shape in enumerate(((n_in, n_out), (n, n_in), (n, n_out)))
    )
    step = functools.partial(linear_step, eta)
    name = f"{n} examples in batches of {size}"
    return Case(name, (w, x, t, np.array(order), size, step))


@functools.cache
def _epoch_cases():
    return [
        _epoch(7, 3, 2, 1, (3, 0, 5, 1, 6, 4, 2), 0.3),
        _epoch(8, 4, 3, 2, (5, 2, 7, 0, 3, 1, 6, 4), 0.4),
        _epoch(10, 4, 2, 3, (8, 3, 5, 0, 9, 2, 6, 1, 7, 4), 0.2),
        _epoch(5, 8, 3, 2, (2, 4, 1, 0, 3), 0.5),
        _epoch(11, 3, 2, 2, (6, 9, 1, 4, 10, 0, 7, 3, 8, 2, 5), 0.25),
    ]


EPOCH = FunctionExercise(
    id="8.3",
    title="One epoch of mini-batches",
    stars=2,
    section="Take every example once",
    hand_in="one_epoch",
    usage="one_epoch(w, x, t, order, size, step)",
    reference=training.one_epoch,
    cases=_epoch_cases,
    compared="the weights after an epoch of 5 to 11 examples, with and without a smaller last "
    "batch",
    praise="Every example has its turn, once, and with its own label",
    rows_are_examples=False,
    slips=(
        "targets-not-shuffled", "inputs-not-shuffled", "order-ignored", "order-turned-round",
        "each-batch-from-the-start", "results-averaged", "last-batch-dropped", "size-for-number",
        "size-ignored", "whole-set-at-once", "batches-overlap", "one-example-left-out",
        "first-batch-only", "last-batch-only", "first-batch-each-time", "last-batch-filled-up",
        "last-batch-wrapped", "batches-evened-out", "batches-reversed", "step-result-subtracted",
        "step-result-added", "first-example-left-out", "one-example-too-many", "shuffled-twice",
    ),
    wrong=lambda slips, *a: training.one_epoch(*a, slips),
    alike=(("each-batch-from-the-start", "last-batch-only"),),
    instead={
        "order-turned-round": "You read the order the other way round: it lists which example "
        "comes first, which second, and so on.",
        "size-for-number": "You made `size` batches; each batch holds `size` examples.",
    },
    specials=(
        Special(
            lambda w, x, t, order, size, step: (w, x, t, order[::-1], size, step),
            unmoved="`order` has no influence on your result.",
        ),
    ),
)  # fmt: skip

# 8.6: the largest stable rate --------------------------------------------------------------------


def _border(border, low, high, halvings):
    stable = functools.partial(_below, border)
    name = f"a border between {low:g} and {high:g} with {halvings} halvings"
    return Case(name, (stable, low, high, halvings))


def _below(border, eta):
    return bool(eta < border)


@functools.cache
def _border_cases():
    return [
        _border(0.43, 0.0, 1.0, 5),
        _border(5.3, 0.5, 8.0, 4),
        _border(3.1, 0.0, 20.0, 6),
        _border(2.81, 2.0, 3.0, 3),
        _border(1.23, 0.1, 9.0, 5),
        _border(6.9, 1.0, 7.0, 4),
        _border(0.93, 0.5, 9.0, 5),
        _border(2.03, 2.0, 6.0, 5),
    ]


def _is_it_stable(trials):
    """Rates above the border, or closer to it than is asked for, in every case."""
    if any(t.fitted is None or not np.isfinite(t.fitted).all() for t in trials):
        return ""
    got = [float(t.fitted) for t in trials]
    if all(not t.case.arguments[0](g) for t, g in zip(trials, got)):
        return "Every rate that you return is above the border: it is not stable."
    if all(t.expected - 1e-9 <= g < t.case.arguments[0].args[0] for t, g in zip(trials, got)):
        return (
            "Your rates are stable, and at least as close to the border as they should be: halve "
            "the interval `halvings` times, no more and no less."
        )
    return ""


LARGEST = FunctionExercise(
    id="8.6",
    title="The largest stable rate",
    stars=2,
    section="Find the learning rate",
    hand_in="largest_eta",
    usage="largest_eta(stable, low, high, halvings)",
    reference=training.largest_eta,
    cases=_border_cases,
    compared="eight intervals with borders that are known",
    praise="Your search closes in on the border from below",
    slips=(
        "halves-exchanged", "only-low-moves", "only-high-moves", "stopped-at-the-first-unstable",
        "middle-not-renewed", "upper-end-returned", "last-middle-returned", "new-middle-returned",
        "difference-for-middle", "root-for-middle", "only-one-end-halved",
        "half-of-the-upper-end", "lower-end-tried",
        "stable-not-called", "first-halving-only", "one-halving-too-many",
        "one-halving-too-few", "both-ends-moved",
    ),
    wrong=lambda slips, *a: training.largest_eta(*a, slips),
    alike=(
        ("only-low-moves", "stopped-at-the-first-unstable"),
        ("middle-not-renewed", "first-halving-only"),
    ),
    explain=_is_it_stable,
)  # fmt: skip
