"""What a training run came to, in words."""

from __future__ import annotations

import numpy as np

from ..plots.training import short_error

LAST = 0.2  # the part of a run by which it is judged
STUCK, SLOW = 1e-5, 0.02  # E moves within this share of itself
JUMPS = 0.1  # share of the steps in which E rises by a percent, and of those in which it falls


def verdict(run, epochs: int, threshold: float) -> str:
    """One or two sentences: why a run ended, and where E was then."""
    last = f"{run.updates[-1]:,} update{'s' * (run.updates[-1] != 1)}"
    if run.stopped == "threshold":
        return f"Stopped: E is below {threshold:g} after {last}."
    if run.stopped == "diverged":
        return f"Stopped: diverged after {last}. The steps led E beyond all numbers."
    if run.stopped == "interrupted":
        return f"Interrupted after {last}, at E = {short_error(run.E[-1])}."
    return f"Not below {threshold:g} after {epochs:,} epochs: {_unfinished(run)}."


def _unfinished(run) -> str:
    E = np.array(run.E[-max(int(LAST * len(run.E)), 2) :])
    low, high = E.min(), E.max()
    if high - low <= STUCK * low:
        return f"stuck at E = {short_error(E[-1])}"
    if high - low <= SLOW * low:
        return f"E hardly moves, at {short_error(E[-1])}; a plateau, or stuck for good"
    change = E[1:] / E[:-1] - 1
    if min((change > 0.01).mean(), (change < -0.01).mean()) > JUMPS:
        return f"E jumps between {short_error(low)} and {short_error(high)}"
    if E[-1] < E[0]:
        return f"E = {short_error(E[-1])}, and still falling"
    return f"E = {short_error(E[-1])}, and rising"
