"""What one step of gradient descent along one weight did, in one word and in a sentence."""

from __future__ import annotations

import numpy as np

# What a step does, as the browser gets it.
SMALL, GOOD, OVER, LEVEL, HIGHER, LOST, FLAT, BOTTOM = range(1, 9)
UNSEEN = 5e-7  # smaller than what six decimals show
A_LITTLE, MOST = 0.05, 0.9  # of the way down to the lowest point

WORDS = {
    SMALL: "eta = {eta} is too small: the step lowers E from {E} to {E_after}, only "
    "{share} % of the way down to the lowest point.",
    GOOD: "eta = {eta}: the step lowers E from {E} to {E_after}, {share} % of the way down.",
    OVER: "eta = {eta} is too large: the step flies over the lowest point; it lowers "
    "E from {E} to {E_after}, {share} % of the way down.",
    LEVEL: "eta = {eta} is too large: the step flies across the valley to the same height, "
    "E = {E}; the next one will come back.",
    HIGHER: "eta = {eta} is too large: the step lands higher, E rises from {E} to {E_after}.",
    LOST: "eta = {eta} is too large: the step ends on flat ground at {name} = "
    "{after}. E is {E_after} there, but the slope is 0, and the next step does not move.",
    FLAT: "Flat ground: the slope along {name} is {slope}, so a step hardly moves it.",
    BOTTOM: "{name} is at the lowest point of this curve: E = {E}, slope {slope}.",
}


def judged(E, E_after, slope, slope_after, lowest):
    """(share, verdict) of steps: how much of the way down to `lowest`, and what to say of it.

    All of one shape, or broadcast to it. A share of 1 is the lowest point; below 0 is uphill.
    """
    lowest = np.minimum(np.minimum(E, E_after), lowest)
    way = E - lowest
    share = np.divide(E - E_after, way, out=np.zeros_like(E_after), where=way > 0)
    crossed = slope * slope_after < 0
    bottom = (way < 2 * UNSEEN) & (E_after <= E + UNSEEN)
    lost = (abs(slope_after) < UNSEEN) & (E_after > lowest + 2 * UNSEEN)
    cases = [
        (slope == 0, FLAT),
        (bottom, BOTTOM),
        (abs(slope) < UNSEEN, FLAT),
        ((abs(E_after - E) < UNSEEN) & crossed, LEVEL),
        (E_after > E, HIGHER),
        (lost, LOST),
        (crossed & (share < MOST), OVER),
        (~crossed & (share < A_LITTLE), SMALL),
    ]
    verdict = np.select([c for c, _ in cases], [v for _, v in cases], GOOD)
    return share, verdict
