"""Exercise 6.7: which slip is in which exhibit. What speaks against a choice is computed.

For every exhibit and every other slip the two kinds of evidence are laid side by side, and the
first thing in which they differ is said: the examples, the layer, the bias row, the factor, or the
ratio of one entry.
"""

import numpy as np

from helpers.mistakes import museum

from .choice import ChoiceExercise, Question

NAMES = {
    "a": "The error t - y in place of y - t",
    "b": "A slope that is left out at the outputs",
    "c": "A slope that is left out at the hidden units",
    "d": "The raw error sent back",
    "e": "A single path sent back",
    "f": "An error sent back through weights that have moved",
    "h": "z_h in the place of h",
    "i": "A bias gradient times the first value",
    "j": "A bias gradient of the first example alone",
    "k": "A sum over the examples",
    "l": "A 2 that is kept",
}
RAISES = (
    "Without the transpose NumPy raises an error, since `U[1:]` is 3 × 2 in this network: "
    "no numbers would have come out at all."
)
ROWS = (("1", "x1", "x2"), ("1", "h1", "h2", "h3"))
COLUMNS = (("h1", "h2", "h3"), ("y1", "y2"))
LAYERS = ("dE_dW", "dE_dU")


def against(letter, exhibit):
    """A true sentence that speaks against this letter for this exhibit."""
    slip, name = museum.SLIPS[letter], NAMES.get(letter)
    if name is None:
        return RAISES
    pair = slip, museum.slip_of(exhibit)
    supposed, seen = ([museum.evidence(each, n) for n in (1, 4)] for each in pair)
    for find in (_examples, _layer, _bias_row, _factor):
        if found := find(supposed, seen):
            return f"{name} {found}."
    return f"{name} {_entry(supposed, seen)}."


def _right(ratios):
    return np.abs(ratios - 1) < 5e-3


def _all_right(layers):
    return all(_right(each).all() for each in layers)


def _examples(supposed, seen):
    """Does it show with a single example?"""
    if _all_right(supposed[0]) and not _all_right(seen[0]):
        return "shows nothing with one example, and here one example is off already"
    if _all_right(seen[0]) and not _all_right(supposed[0]):
        return "shows with one example, too, and here one example comes out right"
    return ""


def _which(seen):
    """One example, or four where one comes out right with both."""
    return 1 if _all_right(seen[0]) else 0


def _layer(supposed, seen):
    n = _which(seen)
    for layer in (1, 0):
        ours, theirs = _right(supposed[n][layer]).all(), _right(seen[n][layer]).all()
        if ours and not theirs:
            return f"leaves {LAYERS[layer]} right, and here it is off"
        if theirs and not ours:
            return f"spoils {LAYERS[layer]}, and here that is right"
    return ""


def _bias_row(supposed, seen):
    n = _which(seen)
    for layer in (1, 0):
        ours, theirs = _right(supposed[n][layer]), _right(seen[n][layer])
        if ours.all():
            continue
        if ours[1:].all() and not theirs[1:].all():
            return f"spoils row 0 of {LAYERS[layer]} alone, and here other rows are off, too"
        if theirs[1:].all() and not ours[1:].all():
            return f"spoils more than row 0 of {LAYERS[layer]}, and here the other rows are right"
    return ""


def _factor(supposed, seen):
    n = _which(seen)
    ours, theirs = (np.concatenate([each.ravel() for each in s[n]]) for s in (supposed, seen))
    one, other = np.ptp(ours) < 5e-3, np.ptp(theirs) < 5e-3
    if one and other:
        return f"multiplies every entry by {ours[0]:.0f}, and here the factor is {theirs[0]:.0f}"
    if one:
        return f"multiplies every entry by {ours[0]:.0f}, and here the ratios differ"
    if other:
        return f"gives different ratios, and here every entry is off by {theirs[0]:.0f}"
    return ""


def _entry(supposed, seen):
    """The entry in which the two differ most, of the first layer that differs."""
    n = _which(seen)
    for layer in (1, 0):
        off = np.abs(supposed[n][layer] - seen[n][layer]).round(6)
        if off.max() > 0.01:
            i, j = np.unravel_index(int(off.argmax()), off.shape)
            row = ROWS[layer][i] if i else 0
            where = f"row {row} and column {COLUMNS[layer][j]} of {LAYERS[layer]}"
            ours, theirs = supposed[n][layer][i, j], seen[n][layer][i, j]
            what = ("one example", "four examples")[n]
            return f"would give {ours:.2f} in {where} for {what}, where this has {theirs:.2f}"
    raise ValueError("the two cannot be told apart")


def _questions():
    for number, right in enumerate(museum.EXHIBITS, start=1):
        others = [letter for letter in museum.SLIPS if letter != right]
        yield Question(f"exhibit {number}", right, {x: against(x, number) for x in others})


def exercise():
    return ChoiceExercise(
        id="6.7",
        title="The bug museum",
        stars=3,
        section="Read the evidence",
        hand_in="slips_found",
        compared="the eight slips that are switched on in the museum",
        praise="All eight are found, each from its evidence",
        questions=tuple(_questions()),
    )
