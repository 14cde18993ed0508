"""The exercises of chapter 05: the error is sent back through the hidden layer."""

import numpy as np

from helpers.examples import schematic, worked
from helpers.mistakes import hidden

from . import own_network, way_back
from .choice import ChoiceExercise, Question
from .exercise import ValueExercise

TITLE = "Send the error back"

BY_HAND = 5.001e-7  # six correct decimals

# 5.1 and 5.2: by hand ----------------------------------------------------------------------------


def _net_and_data(example):
    """x, W, U, t as the slips want them."""
    net, x, t = example
    return np.asarray(x, dtype=float), net.W, net.U, np.asarray(t, dtype=float)


def _quantities_worked():
    net, x, t = worked()
    p = net.forward(x)
    g = net.backward(p, t)
    d1, d2 = p.delta_y
    return {
        "dE/dh_1": d1 * 0.40 + d2 * 0.50,
        "delta_h1": p.delta_h[0],
        "delta_h2": p.delta_h[1],
        "the gradient of w6": g.dE_dU[2, 0],
        "the gradient of w8": g.dE_dU[2, 1],
        "y1's term of the first hidden unit": d1 * 0.40,
        "y2's term of the first hidden unit": d2 * 0.50,
        "delta_y1": d1,
        "delta_y2": d2,
        "h_2": p.h[1],
    }


PATH_TERMS = ValueExercise(
    id="5.1",
    title="The two path terms",
    stars=1,
    section="Two paths, one sum",
    hand_in="path_terms",
    expected=lambda: hidden.path_terms(*_net_and_data(worked())),
    labels=("y1's term", "y2's term", "dE/dh2"),
    tolerance=BY_HAND,
    compared="the deltas of the helpers' network times w6 and w8, to six decimals",
    praise="Both terms and their sum are right",
    slips=(
        "other-hidden-unit", "weights-into-one-output", "deltas-exchanged", "weights-left-out",
        "raw-error-sent-back", "error-sent-back", "hidden-value-for-weight", "slope-too-early",
        "path-minus-lost", "term-without-sign", "updated-U-sent-back", "paths-averaged",
        "paths-multiplied", "paths-subtracted", "one-output-only", "last-output-only",
        "y-for-slope", "one-minus-y-for-slope",
    ),
    instead={
        "other-hidden-unit": "These are the paths of the first hidden unit, computed rightly. "
        "Asked for is the second: its weights are w6 and w8.",
    },
    about_all=("other-hidden-unit",),
    wrong=lambda slips: hidden.path_terms(*_net_and_data(worked()), slips),
    quantities=_quantities_worked,
)  # fmt: skip


def _quantities_schematic():
    net, x, t = schematic()
    p = net.forward(x)
    g = net.backward(p, t)
    e = p.delta_y @ net.U[1:].T
    found = {f"the gradient of u{j}{k + 1}": g.dE_dU[j, k] for j in range(4) for k in range(2)}
    found |= {f"the gradient of w{i}{j + 1}": g.dE_dW[i, j]
              for i in range(1, 3) for j in range(3) if (i, j) != (1, 0)}  # fmt: skip
    found |= {f"delta_h{j + 1}": p.delta_h[j] for j in range(3)}
    found |= {f"e_h{j + 1}": e[j] for j in range(3)}
    found["delta_h1 times the weight w11, where what comes through it belongs"] = 0.1 * p.delta_h[0]
    found["the new w11 after a step with eta = 0.5"] = 0.1 - 0.5 * g.dE_dW[1, 0]
    found["the move of w11 in a step with eta = 0.5"] = -0.5 * g.dE_dW[1, 0]
    found["the right number times 2, as when the 2 of the square is kept"] = 2 * g.dE_dW[1, 0]
    return found | {"delta_y1": p.delta_y[0], "delta_y2": p.delta_y[1]}


BY_HAND_SLIPS = (
    "no-sigma-prime-hidden", "h-for-slope", "one-minus-h-for-slope", "sigma-prime-of-h",
    "slope-squared-hidden", "slope-of-tanh-hidden", "one-output-only", "last-output-only",
    "paths-averaged", "paths-multiplied", "paths-subtracted", "weights-left-out",
    "raw-error-sent-back", "weights-into-one-output", "bias-row-sent-back", "other-hidden-unit",
    "other-input", "hidden-for-input", "inputs-left-out-of-gradient",
)  # fmt: skip

FIRST_GRADIENT = ValueExercise(
    id="5.2",
    title="dE/dw11 by hand",
    stars=1,
    section="Each u feeds one error, each w feeds both",
    hand_in="dE_dw11",
    expected=lambda: [hidden.first_gradient(*_net_and_data(schematic()))],
    labels=("dE/dw11",),
    tolerance=BY_HAND,
    compared="the gradient that the helpers compute, to six decimals",
    praise="That is the slope of E along w11",
    slips=BY_HAND_SLIPS,
    wrong=lambda slips: [hidden.first_gradient(*_net_and_data(schematic()), slips)],
    instead={
        "paths-averaged": "Your number is half the right one, as when the two paths are averaged; "
        "they are added, and the 1/2 in E is used up.",
        "inputs-left-out-of-gradient": "This is delta_h1, computed rightly. "
        "What comes through w11 is still missing.",
        "other-input": "This is the gradient of w21, computed rightly. w11 carries the other "
        "input, x1 = 0.6.",
    },
    quantities=_quantities_schematic,
)

# 5.5: shared or separate -------------------------------------------------------------------------

BIASES = ChoiceExercise(
    id="5.5",
    title="Shared or separate",
    stars=1,
    section="Train the biases as well",
    hand_in="bias_answers",
    compared="both answers and their reasons",
    praise="Right, both times: the paths are added, and here they pull in opposite directions",
    questions=(
        Question("gradient", "b", {
            "a": "A mean would say that E changes less because two units use the number. Nudge "
            "the shared bias: both net inputs move, each by the whole nudge.",
            "c": "Slopes are multiplied along one path. Here two different paths lead from the "
            "bias to E.",
            "d": "Nudge the bias, and E moves. What comes through it is the constant 1.",
        }),
        Question("error", "c", {
            "a": "More numbers can also overshoot, so counting them proves nothing. Look at the "
            "signs of delta_y.",
            "b": "A shared bias of the outputs moves by -0.5 times the sum of two deltas with "
            "opposite signs. That is less than a separate one moves, and not twice as far.",
            "d": "A shared bias hears of both outputs; you said so in the first question if you "
            "chose the sum. Look at the signs of what they say.",
        }),
    ),
)  # fmt: skip

EXERCISES = (
    PATH_TERMS, FIRST_GRADIENT, way_back.HIDDEN_DELTA, way_back.ALL_OF_W, BIASES,
    own_network.FIND_MISTAKE, own_network.LEARN, way_back.THREE_LAYERS,
)  # fmt: skip
