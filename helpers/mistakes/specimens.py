"""Wrong answers to look at: each made with one slip switched on, and labelled with a letter only.

A chapter prints them, and its reader finds out which slip is in which.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ..network import Network
from . import forward, output

OUTPUT_SLIPS = {
    "A": "bias-gradient-times-input",
    "B": "one-minus-y-for-slope",
    "C": "target-minus-output",
    "D": "no-sigma-prime-output",
    "E": "net-input-for-h",
}


def output_gradients() -> SimpleNamespace:
    """dE/dU of a 2-3-2 network, right and with one slip in each of five answers.

    net, x, t      the network with its one example
    z_h, h, y      its values, flat rows
    delta_y, dE_dU the right results
    answers        "A" to "E" -> a wrong dE_dU
    """
    W = [[0.3, -0.2, 0.1], [-0.9, 0.5, 0.8], [0.4, 0.7, -0.6]]
    U = [[0.2, -0.4], [0.8, -0.9], [0.6, 0.3], [-0.5, -0.7]]
    net, x, t = Network([W, U]), np.array([0.9, -0.5]), np.array([0.3, 0.95])
    v = forward.forward(x, net.W, net.U)
    answers = {}
    for letter, slip in OUTPUT_SLIPS.items():
        values = v.z_h if slip == "net-input-for-h" else v.h
        answers[letter] = output.gradient(values, output.delta(v.y, t, [slip]), [slip])
    delta_y = output.delta(v.y, t)
    right = output.gradient(v.h, delta_y)
    return SimpleNamespace(
        net=net, x=x, t=t, z_h=v.z_h, h=v.h, y=v.y, delta_y=delta_y, dE_dU=right, answers=answers
    )
