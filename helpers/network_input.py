"""What may go into a network, and what is said of anything else: always a ValueError."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .activations import ACTIVATIONS
from .losses import LOSSES


def checked_rows(values, width: int, name: str) -> tuple[np.ndarray, bool]:
    """`values` as (n, width), and whether they came as one flat row.

    ValueError for text, another width, no examples, and NaN or infinity.
    """
    try:
        rows = np.asarray(values)
        rows = rows if rows.dtype.kind == "c" else rows.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is not an array of numbers: {str(values)[:60]}.") from None
    if rows.ndim not in (1, 2) or rows.shape[-1] != width:
        raise ValueError(
            f"{name} has shape {rows.shape}; this network expects ({width},) for one example "
            f"or (n, {width}) for n of them."
        )
    if rows.size == 0:
        raise ValueError(f"{name} has shape {rows.shape}: there is no example in it.")
    if not np.isfinite(rows).all():
        bad = tuple(int(i) for i in np.argwhere(~np.isfinite(rows))[0])
        raise ValueError(f"{name} of shape {rows.shape} holds {rows[bad]} at {bad}.")
    return np.atleast_2d(rows), rows.ndim == 1


def checked_weights(weights) -> list[np.ndarray]:
    if isinstance(weights, np.ndarray) and weights.ndim == 2:
        raise ValueError(f"weights is one array of shape {weights.shape}; put it in a list: [W].")
    try:
        weights = [np.asarray(W) for W in weights]
    except (TypeError, ValueError):
        raise ValueError("weights is a list with one matrix per layer: [W, U].") from None
    shapes = [W.shape for W in weights]
    if not weights:
        raise ValueError("A network needs at least one weight matrix; the list is empty.")
    for W in weights:
        if W.ndim != 2 or W.shape[0] < 2 or W.shape[1] < 1 or W.dtype.kind not in "biufc":
            raise ValueError(
                f"Each weight matrix is (n_in + 1, n_out), row 0 the bias; got shapes {shapes}."
            )
        if not np.isfinite(W).all():
            raise ValueError(f"A weight matrix of shape {W.shape} holds NaN or infinity.")
    for before, after in pairwise(shapes):
        if after[0] != before[1] + 1:
            raise ValueError(
                f"Weights of shapes {shapes} do not chain: {before[1]} units need "
                f"{before[1] + 1} rows in the next matrix (one for the bias), not {after[0]}."
            )
    return weights


def checked_activations(hidden, output: str, layers: int):
    one_for_all = isinstance(hidden, str) or not isinstance(hidden, Sequence)
    hidden = [hidden] * (layers - 1) if one_for_all else list(hidden)
    if len(hidden) != layers - 1:
        raise ValueError(f"{len(hidden)} activations for {layers - 1} hidden layers.")
    for name in (*hidden, output):
        if not isinstance(name, str) or name not in ACTIVATIONS:
            raise ValueError(f"Unknown activation {name!r}; choose from {', '.join(ACTIVATIONS)}.")
    return [ACTIVATIONS[name] for name in (*hidden, output)]


def checked_loss(loss: str, output: str):
    if not isinstance(loss, str) or loss not in LOSSES:
        raise ValueError(f"Unknown loss {loss!r}; choose from {', '.join(LOSSES)}.")
    if output not in LOSSES[loss].outputs:
        needed = " or ".join(LOSSES[loss].outputs)
        raise ValueError(f"The {loss} loss needs the output activation {needed}, not {output!r}.")
    return LOSSES[loss]


def checked_sizes(sizes) -> tuple[int, ...]:
    whole = np.ndim(sizes) == 1 and all(isinstance(s, (int, np.integer)) for s in sizes)
    if not whole or len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes are whole numbers >= 1, such as (2, 3, 2); got {sizes!r}.")
    return tuple(int(s) for s in sizes)
