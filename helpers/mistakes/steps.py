"""Slopes by nudging and steps of descent, with slips to switch on.

The same plan as `passes`: without slips the right result, and each slip beside the line that
it spoils.
"""

from __future__ import annotations

import numpy as np

# -- the gradient check -------------------------------------------------------------------


def numerical_slope(f, w, epsilon=1e-5, slips=(), side="both"):
    """(f(w + epsilon) - f(w - epsilon)) / (2 epsilon), or one-sided, "right" or "left" of w."""
    on = set(slips).__contains__
    if on("nudge-too-small"):
        epsilon = 1e-300
    if on("nudge-too-large"):
        epsilon = epsilon if epsilon >= 0.01 else 1.0
    side = "right" if on("one-sided") else side
    high, low = w + epsilon * (side != "left"), w - epsilon * (side != "right")
    if on("value-for-slope"):
        return f(w)
    if on("value-over-w"):
        return f(w) / w
    if on("slope-of-the-square"):
        return 2 * w
    if on("f-of-the-nudge"):
        if on("differences-swapped"):
            raise ValueError("only one of the two values is taken near 0: no wrong order")
        high, low = epsilon, w
    width = epsilon * (2 if side == "both" else 1)
    change = width if on("nudge-outside-f") else f(high) - f(low)
    if on("values-added"):
        change = f(high) + f(low)
    if on("nothing-subtracted"):
        change = f(high)
    if on("brackets-left-out"):
        return f(high) - f(low) / width
    return _slope_from(change, width, epsilon, w, on)


def _slope_from(change, width, epsilon, w, on):
    if on("divided-by-one-nudge"):
        change = 2 * change
    if on("divided-by-two-nudges"):
        change = change / 2
    if on("differences-swapped"):
        change = -change
    if on("not-divided-by-nudge"):
        return change
    if on("multiplied-by-nudge"):
        return change * epsilon
    return change / w if on("divided-by-w") else change / width


# -- steps --------------------------------------------------------------------------------


def descend(gradient, w, eta, steps=3, slips=()):
    """w <- w - eta dE/dw, `steps` times; returns the path, w after every step."""
    on = set(slips).__contains__
    w = np.array(w, dtype=float)
    start, path, total = w.copy(), [], np.zeros_like(w)
    for _ in range(steps):
        g = gradient(start) if on("gradient-of-the-start") else gradient(w)
        total = total + g
        if on("gradients-not-reset"):
            g = total
        if on("eta-forgotten"):
            g = g / eta
        if on("eta-divides"):
            g = g / eta**2
        w = w + eta * g if on("gradient-added") else w - eta * g
        path.append(w.copy())
    return np.array(path)
