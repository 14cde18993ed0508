"""Exercises 9.2, 9.3 and 9.5: one momentum step, of a whole network, and Nesterov's."""

import numpy as np

from helpers.mistakes import momentum

from .exercise import Case, FunctionExercise, Special
from .generic import numbers

# 9.2 ---------------------------------------------------------------------------------------------


def _step_cases():
    def case(name, shape, eta, mu, seed):
        w, v, g = (numbers(shape, seed + k, size) for k, size in enumerate((1.5, 0.9, 2.5)))
        if not shape:
            w, v, g = float(w), float(v), float(g)
        return Case(name, (w, v, g, eta, mu))

    return [
        case("single numbers", (), 0.35, 0.8, 902),
        case("three weights", (3,), 0.2513, 0.847, 904),
        case("a matrix of weights", (3, 2), 1.3, 0.6, 907),
        case("a matrix with 4 columns", (2, 4), 0.07, 0.45, 910),
    ]


def _step_quantities(w, v, g, eta, mu):
    return {
        "the step of plain descent, -eta g": -eta * g,
        "w after a step of plain descent": w - eta * g,
        "w plus the old velocity": w + v,
        "w plus mu v, without the gradient": w + mu * v,
        "mu v, without the gradient": mu * v,
        "w + mu v - eta g with the new v, which is another method": w
        + mu * (mu * v - eta * g)
        - eta * g,
        "w after two steps with the same velocity": w + 2 * (mu * v - eta * g),
        "mu w - eta g, with w in the place of v": mu * w - eta * g,
    }


STEP_SPECIALS = (
    Special(
        lambda w, v, g, eta, mu: (w, 0 * v, g, eta, mu),
        right="From rest, with v = 0, your step is right, so look at what is carried on.",
    ),
    Special(
        lambda w, v, g, eta, mu: (w, v, 0 * g, eta, mu),
        right="Where the gradient is 0 your step is right, so look at what the gradient does.",
    ),
    Special(
        lambda w, v, g, eta, mu: (w, v, g, 1.0, mu),
        right="With eta = 1 your step is right, so look at how eta comes in.",
    ),
    Special(
        lambda w, v, g, eta, mu: (w, v, g, eta, 1.0),
        right="With mu = 1 your step is right, so look at how mu comes in.",
    ),
    Special(lambda w, v, g, eta, mu: (w, v + 0.7, g, eta, mu), unmoved="v has no influence here."),
    Special(lambda w, v, g, eta, mu: (w, v, g + 0.7, eta, mu), unmoved="g has no influence here."),
    Special(
        lambda w, v, g, eta, mu: (w, v, g, eta + 0.7, mu), unmoved="eta has no influence here."
    ),
    Special(lambda w, v, g, eta, mu: (w, v, g, eta, mu / 2), unmoved="mu has no influence here."),
)

STEP = FunctionExercise(
    id="9.2",
    title="One momentum step",
    stars=2,
    section="Write it in two lines",
    hand_in="momentum_step",
    usage="momentum_step(w, v, g, eta, mu)",
    reference=momentum.one_step,
    returns=("w", "v"),
    rows_are_examples=False,
    cases=_step_cases,
    compared="the two lines of the chapter, for numbers and arrays, each with another eta and mu",
    praise="Your step is right, and so is the velocity that it hands on",
    slips=(
        *momentum.WITH_A_VELOCITY, "sum-of-gradients", "average-of-gradients", "step-for-new-w",
        "old-velocity-returned",
    ),
    wrong=lambda slips, *a: momentum.one_step(*a, slips),
    quantities=_step_quantities,
    specials=STEP_SPECIALS,
)  # fmt: skip

# 9.3 ---------------------------------------------------------------------------------------------


def _layers(sizes, eta, mu, seed):
    n_in, n_h, n_out = sizes
    shapes = ((n_in + 1, n_h), (n_h + 1, n_out))
    arrays = [
        numbers(shape, seed + 2 * k + l, size)
        for k, size in enumerate((1.5, 0.9, 2.5))
        for l, shape in enumerate(shapes)
    ]
    return *arrays, eta, mu


def _layer_cases():
    return [
        Case("a 2-3-4 network", _layers((2, 3, 4), 0.3, 0.8, 921)),
        Case("a 2-2-2 network", _layers((2, 2, 2), 0.2513, 0.847, 931)),
        Case("a 3-3-3 network", _layers((3, 3, 3), 1.3, 0.6, 941)),
        Case("a 4-2-3 network", _layers((4, 2, 3), 0.07, 0.45, 951)),
    ]


def _which_layer(trials):
    """One layer right, the other not: that is worth a sentence."""
    right = [all(trial.right for trial in trials if trial.at[1] == k) for k in range(4)]
    for a, b, good, bad in ((0, 1, "W", "U"), (1, 0, "U", "W")):
        if right[a] and right[2 + a] and not right[b] and not right[2 + b]:
            return (
                f"`{good}` and `v_{good}` are right, `{bad}` and `v_{bad}` are not: "
                f"both layers take the same two lines, each with its own arrays."
            )
    return ""


NETWORK_STEP = FunctionExercise(
    id="9.3",
    title="One velocity for each weight",
    stars=2,
    section="Give every weight its own velocity",
    hand_in="network_step",
    usage="network_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu)",
    reference=momentum.network_step,
    returns=("W", "U", "v_W", "v_U"),
    rows_are_examples=False,
    cases=_layer_cases,
    compared="the step of each weight by itself, on four networks of different sizes",
    praise="Every weight has its own velocity, and every step is right",
    slips=(
        "shared-velocity", "velocity-of-W-for-U", "velocities-exchanged", "each-others-gradients",
        "one-velocity-per-layer", "one-velocity-per-unit", "no-velocity-for-W",
        "no-velocity-for-U", "biases-without-velocity", "biases-left-behind", "only-W-moved",
        "only-U-moved", "velocity-reset", "mu-forgotten", "one-minus-mu", "mu-and-eta-swapped",
        "eta-forgotten", "gradient-added", "velocity-subtracted", "old-velocity-added",
        "sum-of-gradients", "step-for-new-w", "old-velocity-returned",
    ),
    wrong=lambda slips, *a: momentum.network_step(*a, slips),
    explain=_which_layer,
)  # fmt: skip

# 9.5 ---------------------------------------------------------------------------------------------


def cubic(w):
    """A slope that bends."""
    return 0.8 * w**3 - 1.1 * w + 0.4


def waves(w):
    return np.sin(2 * w) + 0.5 * w


def mixed(w):
    """The slope along each weight depends on the other weights, too."""
    return w * np.linspace(0.6, 2.2, np.size(w)).reshape(np.shape(w)) + 0.3 * np.sum(w)


def _nesterov_cases():
    return [
        Case("one weight", (cubic, 1.3, -0.7, 0.3, 0.8)),
        Case("one weight on waves", (waves, -0.9, 1.2, 0.45, 0.6)),
        Case("three weights", (mixed, numbers((3,), 971), numbers((3,), 972, 0.9), 0.25, 0.85)),
        Case("a matrix", (cubic, numbers((2, 3), 973), numbers((2, 3), 974, 0.9), 0.6, 0.7)),
    ]


def _nesterov_quantities(slope, w, v, eta, mu):
    new = momentum.nesterov_step(slope, w, v, eta, mu)[1]
    g = slope(w)
    return {
        "the place ahead, w + mu v": w + mu * v,
        "the slope ahead": slope(w + mu * v),
        "the slope at w": g,
        "the place ahead of the new w, w + v + mu v": w + new + mu * new,
        "w + mu v - eta g with the slope at w and the new v, as libraries write it for weights "
        "that are kept ahead": w + mu * (mu * v - eta * g) - eta * g,
        "w after a step of plain descent": w - eta * g,
        "w plus mu times the new v": w + mu * new,
        "the new place ahead, if w is the place ahead already": w - mu * v + (1 + mu) * new,
    }


NESTEROV = FunctionExercise(
    id="9.5",
    title="Nesterov's step",
    stars=2,
    section="Look ahead, then step",
    hand_in="nesterov_step",
    usage="nesterov_step(slope, w, v, eta, mu)",
    reference=momentum.nesterov_step,
    returns=("w", "v"),
    rows_are_examples=False,
    cases=_nesterov_cases,
    compared="Nesterov's step on four slopes, for single weights and for arrays",
    praise="Your step looks ahead, and steps from where it is",
    slips=(
        "nesterov-mixed-up", "whole-velocity-ahead", "looked-back", "ahead-without-w",
        "ahead-by-the-whole-step", "ahead-by-eta", "stepped-from-ahead", "velocity-reset",
        "mu-forgotten", "one-minus-mu", "mu-on-everything", "mu-and-eta-swapped", "eta-forgotten",
        "gradient-added", "velocity-subtracted", "old-velocity-added", "gradient-on-top",
        "sum-of-gradients", "step-for-new-w", "old-velocity-returned",
    ),
    instead={
        "nesterov-mixed-up": "This is classical momentum, done rightly: its slope is taken at w. "
        "Nesterov's step takes the slope ahead.",
    },
    wrong=lambda slips, *a: momentum.nesterov_step(*a, slips),
    quantities=_nesterov_quantities,
    specials=(
        Special(
            lambda f, w, v, eta, mu: (lambda w: 0.7 + 0 * w, w, v, eta, mu),
            right="On a slope that is the same everywhere your step is right, so look at where "
            "you take it.",
        ),
        Special(
            lambda f, w, v, eta, mu: (f, w, 0 * v, eta, mu),
            right="From rest, with v = 0, your step is right, so look at what v does.",
        ),
        Special(
            lambda f, w, v, eta, mu: (lambda w: 0 * w, w, v, eta, mu),
            right="On flat ground your step is right, so look at what the slope does.",
        ),
        Special(
            lambda f, w, v, eta, mu: (f, w, v, 1.0, mu),
            right="With eta = 1 your step is right, so look at how eta comes in.",
        ),
        Special(lambda f, w, v, eta, mu: (f, w, v + 0.7, eta, mu), unmoved="v has no influence."),
        Special(lambda f, w, v, eta, mu: (f, w, v, eta, mu / 2), unmoved="mu has no influence."),
    ),
)  # fmt: skip
