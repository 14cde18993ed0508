"""Exercises 9.4 and 9.6: settings carried over between conventions, and the limit of eta."""

import numpy as np

from helpers.mistakes import momentum

from .exercise import Case, FunctionExercise, Special
from .generic import numbers

# 9.4 ---------------------------------------------------------------------------------------------


def _conventions():
    v = numbers((3,), 961, 0.9)
    return [
        Case("convention b, one weight", (0.2, 0.9, -0.34, "b"), "convention b"),
        Case("convention c, one weight", (0.2, 0.9, -0.34, "c"), "convention c"),
        Case("convention b, three weights", (0.35, 0.7, v, "b"), "convention b"),
        Case("convention c, three weights", (0.35, 0.7, v, "c"), "convention c"),
        Case("convention c, a matrix", (1.7, 0.4, numbers((2, 3), 964), "c"), "convention c"),
        Case("convention b, a matrix", (1.7, 0.4, numbers((2, 3), 965), "b"), "convention b"),
    ]


def _would_go_on(trials):
    """The step that the other program would carry on, against ours."""
    etas = [t for t in trials if t.at[1] == 0]
    vs = [t for t in trials if t.at[1] == 1]
    if any(t.fitted is None or not np.isfinite(t.fitted).all() for t in trials):
        return ""
    if all(t.right for t in etas):
        return "Your eta is right. The step that is carried on has to be ours: look at v."
    off = [e.fitted * v.fitted + v.case.arguments[2] for e, v in zip(etas, vs, strict=True)]
    if all(np.allclose(each, 0) for each in off):
        return (
            "The step that is carried on is right, but the next gradient gets another weight than "
            "in ours: look at eta."
        )
    return ""


CONVERT = FunctionExercise(
    id="9.4",
    title="Convert between conventions",
    stars=2,
    section="Tell three conventions apart",
    hand_in="from_ours",
    usage="from_ours(eta, mu, v, convention)",
    reference=momentum.from_ours,
    returns=("eta", "v"),
    rows_are_examples=False,
    cases=_conventions,
    compared="eta and v of the other program, for both conventions and several eta and mu",
    praise="With these numbers the other program goes on just as ours would",
    slips=(
        "conventions-exchanged", "eta-always-converted", "eta-not-converted", "eta-made-smaller",
        "mu-for-one-minus-mu", "old-eta-in-v", "velocity-not-converted", "velocity-not-divided",
        "velocity-times-eta", "velocity-sign-kept",
    ),
    wrong=lambda slips, *a: momentum.from_ours(*a, slips),
    explain=_would_go_on,
)  # fmt: skip

# 9.6 ---------------------------------------------------------------------------------------------


def _curvatures():
    return [
        Case("three weights", (np.array([1.3, 4.7, 0.6]), 0.7)),
        Case("five weights", (np.array([2.9, 0.35, 1.7, 6.1, 3.3]), 0.35)),
        Case("two weights in a list", ([8.5, 3.2], 0.55)),
        Case("four weights", (np.array([0.21, 0.83, 0.47, 0.09]), 0.9)),
    ]


LIMIT = FunctionExercise(
    id="9.6",
    title="The largest eta",
    stars=2,
    section="Find the limit of eta",
    hand_in="largest_eta",
    usage="largest_eta(a, mu)",
    reference=momentum.largest_eta,
    cases=_curvatures,
    compared="the spectral radius of the step along every direction, which is 1 at this eta",
    praise="At this eta the first of the weights begins to run away",
    slips=(
        "gentlest-direction", "mean-direction", "directions-added", "first-direction",
        "last-direction", "number-of-directions", "directions-as-length", "every-direction",
        "limit-without-a", "limit-of-plain-descent", "one-minus-mu-in-limit",
        "brackets-left-out-of-limit", "limit-of-nesterov", "edge-of-swinging",
        "edge-of-crossing", "limit-halved", "times-a",
    ),
    wrong=lambda slips, *a: momentum.largest_eta(*a, slips),
    quantities=lambda a, mu: {
        "the largest of the a_i": np.max(a),
        "2 / (1 - mu), without a": 2 / (1 - mu),
        "the eta that is best for plain descent": 2 / (np.max(a) + np.min(a)),
        "the best eta for momentum, which is below the limit": 4
        / (np.sqrt(np.max(a)) + np.sqrt(np.min(a))) ** 2,
        "the eta at which the roots become complex": (1 - np.sqrt(mu)) ** 2 / np.max(a),
        "the limit for a final speed of eta / (1 - mu)": 2 * (1 - mu) / np.max(a),
    },
    specials=(
        Special(
            lambda a, mu: (a[:1], mu),
            right="For a single weight your limit is right, so look at how you choose among "
            "several.",
        ),
        Special(
            lambda a, mu: (a, 0.0),
            right="Without momentum (mu = 0) your limit is right, so look at how mu comes in.",
        ),
        Special(
            lambda a, mu: ([each / np.max(a) for each in a], mu),
            right="Where the largest a_i is 1 your limit is right, so look at how a comes in.",
        ),
        Special(lambda a, mu: (a, mu / 2), unmoved="mu has no influence on your result."),
    ),
)  # fmt: skip
