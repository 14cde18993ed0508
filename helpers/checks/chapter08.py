"""The exercises of chapter 08: the training loop, its batches, rates, starts and stops."""

import numpy as np

from helpers.activations import sigmoid
from helpers.mistakes import training
from helpers.network import with_one

from .choice import ChoiceExercise, Question
from .exercise import Case, FunctionExercise, ValueExercise
from .generic import numbers
from .solved_share import SHARE
from .training_loop import EPOCH, LARGEST, UNTIL

TITLE = "Train until the error is small enough"

# 8.1 ---------------------------------------------------------------------------------------------

DIGITS = (1797, 32, 12)  # examples, size of a mini-batch, epochs

UPDATES = ValueExercise(
    id="8.1",
    title="Count the updates",
    stars=1,
    section="Choose how many examples share an update",
    hand_in="updates",
    expected=lambda: training.updates(*DIGITS),
    labels=("online", "mini-batches", "batch"),
    compared="the updates that `train` does with the 1,797 digits",
    praise="All three counts are right",
    slips=(
        "epochs-forgotten", "last-batch-dropped", "updates-not-whole", "size-for-number",
        "last-batch-for-all", "online-as-one-update", "whole-set-as-single-examples",
        "online-and-batch-exchanged", "rounded-at-the-end", "rounded-down-at-the-end",
    ),
    wrong=lambda slips: training.updates(*DIGITS, slips),
)  # fmt: skip

# 8.4 ---------------------------------------------------------------------------------------------


def _network(n_in, n_h, n_out, order, seed):
    W, U = numbers((n_in + 1, n_h), seed, 2.5), numbers((n_h + 1, n_out), seed + 1, 2.5)
    return Case(f"a {n_in}-{n_h}-{n_out} network", (W, U, np.array(order)))


def _networks():
    return [
        _network(2, 3, 1, (2, 0, 1), 860),
        _network(3, 4, 2, (1, 3, 0, 2), 862),
        _network(2, 5, 3, (3, 0, 4, 2, 1), 864),
        _network(4, 3, 3, (1, 2, 0), 866),
    ]


def _outputs(W, U):
    x = numbers((4, len(W) - 1), 870)
    return sigmoid(with_one(sigmoid(with_one(x) @ W)) @ U)


def _same_network(trials):
    """Do the returned matrices make a network with the same outputs, in another order?"""
    pairs = list(zip(trials[::2], trials[1::2]))
    if any(t.fitted is None or not np.isfinite(t.fitted).all() for t in trials):
        return ""
    same = [
        np.allclose(_outputs(W.fitted, U.fitted), _outputs(*W.case.arguments[:2]), atol=1e-9)
        for W, U in pairs
    ]
    if all(same):
        return (
            "The outputs are the same as before, but the hidden units are not in the order that "
            "is asked for."
        )
    if any(same):
        return ""
    for k, (right, wrong) in enumerate((("W", "U"), ("U", "W"))):
        if all(t.right for t in trials[k::2]):
            return f"`{right}` is right. Your `{wrong}` changes the outputs."
    return "With your `W` and `U` the outputs are others than before."


PERMUTE = FunctionExercise(
    id="8.4",
    title="Exchange the hidden units",
    stars=2,
    section="See why E is not convex",
    hand_in="permute_hidden",
    usage="permute_hidden(W, U, order)",
    reference=training.permuted,
    cases=_networks,
    compared="four networks of different sizes, entry by entry",
    praise="Other weights, the same outputs, the same E",
    returns=("W", "U"),
    rows_are_examples=False,
    slips=(
        "order-turned-round", "order-turned-round-in-W", "order-turned-round-in-U",
        "hidden-order-reversed", "only-W-reordered", "only-U-reordered",
        "hidden-biases-not-moved", "only-biases-of-W-moved", "rows-of-W-moved",
        "columns-of-U-moved", "bias-row-counted-as-unit", "bias-row-lost", "bias-row-at-the-end",
        "unit-rows-one-early", "overwritten-while-reading",
    ),
    wrong=lambda slips, *a: training.permuted(*a, slips),
    explain=_same_network,
)  # fmt: skip

# 8.5 ---------------------------------------------------------------------------------------------

EQUAL_STARTS = ChoiceExercise(
    id="8.5",
    title="Identical starts",
    stars=1,
    section="Break the symmetry",
    hand_in="start_letters",
    compared="three runs of 1,000 epochs on XOR",
    praise="All three are right: what is equal stays equal, and only a difference makes more",
    questions=(
        Question("All equal", "b", {
            "a": "Equal units do the same sums with the same numbers, and round them in the same "
            "way.",
            "c": "A gradient is a delta times a value. With weights of 0.5 the outputs miss their "
            "targets, so the deltas are not 0.",
        }),
        Question("Only W equal", "b", {
            "a": "The hidden values are the same at the start. But what is sent back to a unit is "
            "weighted with its own row of U.",
            "c": "All units see the same inputs anyway. Look at the way back: what differs there?",
        }),
        Question("All zero", "c", {
            "a": "To go anywhere it needs a slope. Compute the gradient of U at this start.",
            "b": "Nothing is divided by a weight. Every y is the sigmoid of 0.",
        }),
    ),
)  # fmt: skip

# 8.8 ---------------------------------------------------------------------------------------------

WHEN_TO_STOP = ChoiceExercise(
    id="8.8",
    title="When to stop",
    stars=1,
    section="Stop before the net learns by heart",
    hand_in="stop_letters",
    compared="the two curves of the picture",
    praise="You let the right curve decide",
    questions=(
        Question("Weights", "c", {
            "a": "The training error says how well it answers examples whose labels it was given.",
            "b": "Where the curves cross, the two errors are equal by chance, and neither need be "
            "small.",
            "d": "The validation curve wobbles: after its first rise it falls again, and further.",
        }),
        Question("Reason", "b", {
            "a": "What the digits have in common would help with the validation set as well; "
            "look at its curve there.",
            "c": "A curve that falls shows that something is learned. What, says the other curve.",
        }),
        Question("Threshold", "b", {
            "a": "The loop would stop. Look at the validation curve where it does.",
            "c": "Lower means later. Look at where the validation curve goes then.",
        }),
    ),
)  # fmt: skip

EXERCISES = (
    UPDATES, UNTIL, EPOCH, PERMUTE, EQUAL_STARTS, LARGEST, SHARE, WHEN_TO_STOP,
)  # fmt: skip
