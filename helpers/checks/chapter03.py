"""The exercises of chapter 03: slopes of links, gates, paths and chains."""

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import chain
from helpers.mistakes import links as by_hand

from . import chains, links
from .choice import ChoiceExercise, Question
from .exercise import Case, FunctionExercise, Special, ValueExercise
from .generic import numbers

TITLE = "The chain rule"

# 3.1 ---------------------------------------------------------------------------------------------


TWO_LINKS = ValueExercise(
    id="3.1",
    title="Two links by hand",
    stars=1,
    section="Multiply the slopes along a path",
    hand_in="slope_w",
    expected=lambda: [by_hand.two_links(1.1)],
    labels=("dE/dw",),
    compared="the exact slope, 2z times 4",
    praise="Your slope is right: both links, multiplied",
    slips=(
        "derivative-at-wrong-point", "inner-derivative-forgotten", "outer-derivative-forgotten",
        "links-added", "links-divided", "value-for-outer-slope", "square-without-its-2",
        "value-for-inner-slope", "constant-in-the-slope", "constant-forgotten", "constant-added",
        "brackets-around-z", "value-for-slope",
    ),
    wrong=lambda slips: [by_hand.two_links(1.1, slips)],
    instead={"value-for-slope": "This is E itself; the slope says how fast E changes with w."},
    explain=links.exactly,
)  # fmt: skip

# 3.2 ---------------------------------------------------------------------------------------------


SIGMA_PRIME = FunctionExercise(
    id="3.2",
    title="The slope of the sigmoid",
    stars=2,
    section="Find each slope exactly",
    hand_in="sigma_prime",
    usage="sigma_prime(z)",
    reference=lambda z: sigmoid(z) * (1 - sigmoid(z)),
    cases=links.net_inputs,
    compared="the exact slope, for numbers and arrays of both signs",
    praise="Your slope is right, for one net input and for many",
    slips=(
        "sigma-prime-of-y", "net-input-in-the-formula", "net-input-for-first-factor",
        "net-input-in-second-factor", "sigmoid-of-1-minus-z", "plus-for-minus", "slope-of-tanh",
        "inner-link-left-out", "numerator-sign", "numerator-left-alone", "e-squared-alone",
        "slope-of-relu", "tanh-for-sigmoid", "brackets-around-1-minus-y", "factors-added",
        "only-first-factor",
        "only-second-factor", "differentiated-twice", "slope-negative", "sigmoid-brackets",
    ),
    wrong=lambda slips, z: by_hand.sigmoid_slope(z, slips),
    instead={
        "brackets-around-1-minus-y": "Your slope is 0 everywhere, as when `y * 1 - y` is written: "
        "the brackets belong around 1 - y.",
        "sigmoid-brackets": "Your y is 1 + e^-z, as when 1 / 1 + np.exp(-z) is written: the whole "
        "denominator needs brackets.",
    },
    explain=links.come_near,
    quantities=links.quantities,
    specials=(Special(lambda z: (z + 0.5,), unmoved="z has no influence on your result."),),
)  # fmt: skip

# 3.3 ---------------------------------------------------------------------------------------------

POINTS = ValueExercise(
    id="3.3",
    title="At which point?",
    stars=1,
    section="Take each slope at the value that enters",
    hand_in="points",
    expected=by_hand.points,
    labels=("(a)", "(b)", "(c)", "(d)"),
    compared="what enters each function when the values go forward",
    praise="All four points are right: each is what enters the function",
    slips=(
        "derivative-at-wrong-point", "one-link-early", "result-for-point", "slope-for-point",
        "constant-added", "constant-forgotten", "product-added", "other-factor-only", "minus-lost",
    ),
    wrong=by_hand.points,
    instead={
        "derivative-at-wrong-point": "That is w itself, where a nudge would start. "
        "The function sees another number: go forward to it.",
    },
)  # fmt: skip

# 3.4 ---------------------------------------------------------------------------------------------


def _gates():
    given = (
        ("add", 2.5, -1.5, 0.7), ("multiply", 2.0, -3.0, 0.5), ("max", 1.2, 3.4, -0.6),
        ("max", 2.3, -1.1, 1.7), ("max", -4.0, 1.4, 2.2), ("max", -0.9, -2.6, 0.8),
        ("max", -3.1, -0.3, -1.9), ("multiply", -1.3, -0.7, -2.4), ("multiply", 0.6, 1.9, 3.1),
        ("add", -2.7, -0.8, -1.2), ("add", 1.6, 0.45, 2.9),
    )  # fmt: skip
    kinds = {"add": "an add gate", "multiply": "a multiply gate", "max": "a max gate"}
    return [Case("{} with {} and {}".format(*each), each, kinds[each[0]]) for each in given]


def _gate_quantities(kind, a, b, arriving):
    return {
        "the two inputs, a and b": np.array([a, b]),
        "the two inputs, b and a": np.array([b, a]),
        "a and b times the slope that arrives, whatever the gate": np.array([a, b]) * arriving,
        "b and a times the slope that arrives, whatever the gate": np.array([b, a]) * arriving,
        "the slope that arrives, twice, whatever the gate": np.array([arriving, arriving]),
        "half of the slope that arrives, twice, whatever the gate": np.full(2, arriving / 2),
        "1 and 1, whatever the gate": np.ones(2),
    }


GATE = FunctionExercise(
    id="3.4",
    title="Three gates",
    stars=2,
    section="Hand the slope back through gates",
    hand_in="gate",
    usage="gate(kind, a, b, arriving)",
    reference=chain.gate,
    cases=_gates,
    compared="the exact slopes of eleven gates of the three kinds",
    praise="Your gates pass on, swap and route as they should",
    slips=(
        "own-factor", "add-gate-shares", "max-gate-to-smaller", "max-gate-to-both",
        "arriving-forgotten", "arriving-forgotten-at-multiply", "arriving-forgotten-at-max",
        "links-added", "arriving-divides", "pair-swapped", "add-gate-multiplies",
        "add-gate-as-max", "multiply-gate-as-max", "add-gate-swaps", "add-gate-sums",
        "add-gate-minus", "multiply-gate-passes",
        "multiply-gate-both-factors", "max-gate-shares", "max-gate-to-first",
        "max-gate-compares-with-0", "max-gate-absolute", "max-gate-multiplies",
        "max-gate-sends-input",
        "result-for-slopes", "every-gate-passes",
    ),
    wrong=lambda slips, *arguments: chain.gate(*arguments, slips),
    quantities=_gate_quantities,
    specials=chains.GATES,
)  # fmt: skip

# 3.5 ---------------------------------------------------------------------------------------------


def _places():
    return [
        Case("a value used in 2 places", (numbers((2,), 311), numbers((2,), 312))),
        Case("a value used in 3 places", (numbers((3,), 313), numbers((3,), 314))),
        Case("a value used in 5 places", (numbers((5,), 315), numbers((5,), 316))),
        Case("a value used in 4 places", (numbers((4,), 317), numbers((4,), 318))),
    ]


def _shared_quantities(local, arriving):
    paths = local * arriving
    return {
        "the root of the sum of the squared paths": np.sqrt(np.sum(paths**2)),
        "the sum of the squared paths": np.sum(paths**2),
        "the sum of the two sums": np.sum(local) + np.sum(arriving),
        "the product of all local slopes": np.prod(local),
        "the product of the slopes that arrive": np.prod(arriving),
        "the smallest of the paths": np.min(paths),
        "the median of the paths": np.median(paths),
        "the sum of the first two paths": paths[:2].sum() + 0 * paths.sum(),
        "the mean of the local slopes times the sum of those that arrive": local.mean()
        * arriving.sum(),
        "the sum of the local slopes times the mean of those that arrive": local.sum()
        * arriving.mean(),
        "the running sum of the paths": np.cumsum(paths),
    }


SHARED = FunctionExercise(
    id="3.5",
    title="A value used many times",
    stars=2,
    section="Add the paths",
    hand_in="slope_of_shared",
    usage="slope_of_shared(local, arriving)",
    reference=chain.shared,
    cases=_places,
    compared="the sum over the paths, for values used in 2 to 5 places",
    praise="Along a path you multiply, over the paths you add",
    slips=(
        "paths-multiplied", "paths-averaged", "first-path-only", "last-path-only",
        "first-path-left-out", "last-path-left-out", "largest-path-only", "steepest-path-only",
        "paths-not-added", "paths-absolute",
        "paths-subtracted", "links-added", "links-divided", "arriving-forgotten",
        "local-slopes-forgotten", "sums-multiplied", "places-crossed", "every-pair-of-places",
    ),
    wrong=lambda slips, *arguments: chain.shared(*arguments, slips),
    quantities=_shared_quantities,
    specials=chains.PLACES,
)  # fmt: skip

# 3.6 ---------------------------------------------------------------------------------------------

PATHS = ValueExercise(
    id="3.6",
    title="Count the paths",
    stars=1,
    section="Write it for every weight",
    hand_in="paths",
    expected=by_hand.path_counts,
    labels=("u in 2-3-2", "w in 2-3-2", "x in 2-3-2", "w in 4-5-3-2", "x in 4-5-3-2"),
    compared="the choices in each layer, multiplied",
    praise="All five counts are right",
    slips=(
        "choices-added", "one-error-only", "lines-counted", "all-of-the-layer",
        "end-of-weight-not-fixed", "constant-as-a-way", "next-layer-only",
        "last-layer-as-one-more", "starts-reversed", "one-path-each",
    ),
    only_whole=("lines-counted",),
    wrong=by_hand.path_counts,
)  # fmt: skip

# 3.7 ---------------------------------------------------------------------------------------------

CHAIN_SLOPE = FunctionExercise(
    id="3.7",
    title="A chain of any length",
    stars=3,
    section="Multiply many slopes",
    hand_in="chain_slope",
    usage="chain_slope(functions, slopes, w)",
    reference=chain.chain,
    cases=chains.cases,
    compared="the exact slopes of seven chains with 1 to 5 links",
    praise="Your slope is right for chains of any length",
    slips=(
        "derivative-at-wrong-point", "slope-at-the-result", "every-slope-at-the-end",
        "value-not-carried-on", "chain-reversed", "slopes-reversed", "last-link-only",
        "first-link-only", "links-added", "first-link-left-out", "last-link-left-out",
        "value-for-slope", "values-multiplied", "slopes-nested", "links-not-multiplied",
        "product-from-0", "product-from-w",
    ),
    wrong=lambda slips, *arguments, **more: chain.chain(*arguments, slips, **more),
    instead={
        "derivative-at-wrong-point": "You took every slope at w; each is taken at the value that "
        "reaches its own function.",
        "value-for-slope": "You returned the value at the end of the chain; the slope says how "
        "fast it changes with w.",
    },
    variants=({}, {"start": 1.0}),
    look_at=chains.never_asks_for_slopes,
    explain=chains.come_near,
    quantities=chains.quantities,
    specials=chains.LINKS,
)  # fmt: skip

# 3.8 ---------------------------------------------------------------------------------------------

EXPLAIN = ChoiceExercise(
    id="3.8",
    title="Explain the picture",
    stars=1,
    section="Multiply many slopes",
    hand_in="answers",
    compared="what the product of the links says about each line",
    praise="You read the picture rightly",
    questions=(
        Question("line B", "b", {
            "a": "with u = 1 each link is 1 times 1/4, and the product shrinks.",
            "c": "the sigmoid squashes the values; the slope of a link is u times 1/4, and "
            "that is not the same for every u.",
        }),
        Question("why straight", "a", {
            "b": "a straight line on an axis of powers of ten does not lose the same amount "
            "each time: from 1 to 1/10 is as far as from 1/10 to 1/100.",
            "c": "a curve may be nearly straight at one place; the axis across counts links, "
            "and each of them has a slope of its own.",
        }),
        Question("an early weight", "c", {
            "a": "a small slope means that E hardly moves with this weight alone; whether "
            "the weight has a good value is another question.",
            "b": "with a smaller eta the step would be smaller still: it is eta times the slope.",
        }),
    ),
)  # fmt: skip

EXERCISES = (
    TWO_LINKS, SIGMA_PRIME, POINTS, GATE, SHARED, PATHS, CHAIN_SLOPE, EXPLAIN,
)  # fmt: skip
