"""Inputs, shapes, differences and the constant 1, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils.
"""

from __future__ import annotations

import numpy as np


def make_input(x, t, slips=()):
    """The input x of an example as a flat array."""
    on = set(slips).__contains__
    x = np.array(t if on("targets-for-inputs") else x, dtype=float)
    if on("inputs-in-wrong-order"):
        x = x[::-1]
    return np.concatenate([[1.0], x]) if on("one-included") else x


def network_shapes(n_in, n_h, n_out, slips=()):
    """The shapes of one pass with a single row x, by name."""
    on = set(slips).__contains__
    shapes = {
        "with_one(x)": (n_in + (not on("one-missing-in-with-one")),),
        "W": (n_in + (not on("no-bias-row-in-W")), 1 if on("W-only-for-one-unit") else n_h),
        "z_h": (n_h + on("one-kept-in-z"),),
        "h": (n_h + on("one-kept-in-h"),),
        "U": (n_h + (not on("no-bias-row-in-U")), n_out),
        "y": (n_out + on("one-kept-in-y"),),
    }
    if on("hidden-units-counted-as-inputs"):
        shapes["z_h"] = shapes["h"] = (n_in,)
    if on("W-turned"):
        shapes["W"] = (n_h, n_in + 1)
    if on("W-turned-without-bias"):
        shapes["W"] = (n_h, n_in)
    if on("U-turned"):
        shapes["U"] = (n_out, n_h + 1)
    if on("U-turned-without-bias"):
        shapes["U"] = (n_out, n_h)
    if on("rows-as-columns"):
        shapes = {name: (*s, 1) if len(s) == 1 else s for name, s in shapes.items()}
    return shapes


def difference(t, y, slips=()):
    """t - y entry by entry, for flat arrays (n,) and columns (n, 1)."""
    on = set(slips).__contains__
    t, y = _brought_together(t, y, on)
    if on("prediction-minus-target"):
        t, y = y, t
    d = t + y if on("t-and-y-added") else t - y
    if on("difference-absolute"):
        d = np.abs(d)
    if on("difference-squared"):
        d = d**2
    if on("broadcast-then-flattened"):
        return d.ravel()
    if on("differences-averaged"):
        return np.mean(d)
    return np.sum(d) if on("differences-summed") else d


def _brought_together(t, y, on):
    if on("column-broadcast") or on("broadcast-then-flattened"):
        return t, y
    if on("row-minus-column"):
        return t.reshape(1, -1), y.reshape(-1, 1)
    if on("column-minus-row"):
        return t.reshape(-1, 1), y.reshape(1, -1)
    if on("only-t-flattened"):
        return np.ravel(t), y
    if on("only-y-flattened"):
        return t, np.ravel(y)
    if on("only-t-made-a-column"):
        return t.reshape(-1, 1), y
    if on("only-y-made-a-column"):
        return t, y.reshape(-1, 1)
    return np.ravel(t), np.ravel(y)


def add_one(x, slips=()):
    """(1, x_1, x_2, ...) for one row or for a matrix of rows."""
    on = set(slips).__contains__
    x = np.asarray(x, dtype=float)
    one = np.ones((*x.shape[:-1], 1))
    if on("one-is-zero"):
        one = 0 * one
    if on("one-is-minus-one"):
        one = -one
    if on("one-not-added"):
        return x
    if on("one-added-to-values"):
        return x + 1
    if on("one-replaces-value"):
        return np.concatenate([one, x[..., 1:]], axis=-1)
    if on("batch-flattened"):
        x, one = x.ravel(), one.ravel()[:1]
    if on("one-for-every-value") and x.ndim == 1:
        return np.stack([np.full_like(x, one[0]), x], axis=1)
    if on("one-second"):
        return np.concatenate([x[..., :1], one, x[..., 1:]], axis=-1)
    if on("padded-with-ones"):
        return np.pad(x, (1, 0), constant_values=1)
    if on("zeros-around"):
        return np.pad(x, (1, 0))
    return _joined(x, one, on)


def _joined(x, one, on):
    row = np.full((1, x.shape[-1]), one.flat[0])
    if on("one-row-for-all") and x.ndim == 2:
        return np.concatenate([row, x], axis=0)
    if on("one-row-below") and x.ndim == 2:
        return np.concatenate([x, row], axis=0)
    if on("ones-on-both-sides"):
        return np.concatenate([one, x, one], axis=-1)
    if on("one-twice"):
        return np.concatenate([one, one, x], axis=-1)
    parts = [x, one] if on("one-at-the-end") else [one, x]
    return np.concatenate(parts, axis=-1)
