"""Batches: shapes, counted examples, both passes, biases kept apart; with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. Every array that belongs to examples has a row for each of them.
"""

from __future__ import annotations

import numpy as np

from ..network import with_one
from . import backward, forward, hidden

# Shapes ------------------------------------------------------------------------------------------


def batch_shapes(n, n_in, n_h, n_out, slips=()):
    """The shapes of a pass for n examples, by name."""
    on = set(slips).__contains__
    shapes = {
        "with_one(h)": (n, n_h + (not on("one-missing-in-with-one-of-h"))),
        "U": (n_h + (not on("no-bias-row-in-U")), n_out),
        "delta_y": (n, n_out),
        "delta_h": (n, n_h + on("one-kept-in-delta-h")),
        "dE_dU": (n_h + 1, n_out),
        "dE_dW": (n_in + 1, n_h),
    }
    if on("one-as-a-row"):
        shapes["with_one(h)"] = (n + 1, n_h)
    if on("U-turned"):
        shapes["U"] = (n_out, n_h + 1)
    if on("output-delta-for-hidden-delta"):
        shapes["delta_h"] = (n, n_out)
    if on("shapes-of-one-example"):
        shapes |= {name: shapes[name][1:] for name in ("with_one(h)", "delta_y", "delta_h")}
    if on("examples-as-columns"):
        shapes |= {name: shapes[name][::-1] for name in ("with_one(h)", "delta_y", "delta_h")}
    if on("gradients-without-bias-row"):
        shapes |= {"dE_dU": (n_h, n_out), "dE_dW": (n_in, n_h)}
    if on("gradients-with-rows-of-examples"):
        shapes |= {"dE_dU": (n, n_out), "dE_dW": (n, n_h)}
    if on("gradients-of-each-example"):
        shapes |= {"dE_dU": (n, n_h + 1, n_out), "dE_dW": (n, n_in + 1, n_h)}
    if on("gradients-turned"):
        shapes |= {name: shapes[name][::-1] for name in ("dE_dU", "dE_dW")}
    if on("gradients-exchanged"):
        shapes |= {"dE_dU": shapes["dE_dW"], "dE_dW": shapes["dE_dU"]}
    return shapes


# Forward -----------------------------------------------------------------------------------------


def both_layers(x, W, U, slips=()):
    """h and y of a batch."""
    v = forward.forward(x, W, U, slips)
    h, y = (v.z_h, v.z_y) if "net-inputs-for-values" in slips else (v.h, v.y)
    return with_one(h) if "one-returned-with-h" in slips else h, y


# Gradients ---------------------------------------------------------------------------------------


def counted_gradient(h, delta_y, counts, slips=()):
    """with_one(h).T @ (delta_y * counts) / sum of the counts: a row that occurs several times."""
    on = set(slips).__contains__
    c = counts[:, None]
    if on("counts-for-outputs"):
        c = np.broadcast_to(counts, delta_y.shape)
    if on("counts-ignored"):
        c = np.ones_like(c)
    if on("counts-used-twice"):
        c = c**2
    if on("counts-divide"):
        c = 1 / c
    h1 = with_one(_values(h, on))
    d = delta_y * c
    table = h1.T @ d
    if on("bias-not-counted"):
        table[0] = delta_y.sum(axis=0)
    if on("only-biases-counted"):
        table[1:] = h1[:, 1:].T @ delta_y
    table = _bias_row(table, h, d, on)
    return _arranged(_divided(table, len(h), counts.sum(), d.shape[1], on), on)


def first_layer_gradient(x, h, delta_y, U, slips=()):
    """with_one(x).T @ delta_h / n, with delta_h = (delta_y @ U[1:].T) * h * (1 - h)."""
    on = set(slips).__contains__
    if on("output-delta-for-hidden") and on("hidden-for-input"):
        raise ValueError("this is the gradient of U, and no slip on the way to W")
    d = delta_y if on("output-delta-for-hidden") else hidden.hidden_delta(delta_y, U, h, slips)
    x = _values(h if on("hidden-for-input") else x, on)
    if on("all-pairs-of-examples"):
        return np.outer(with_one(x), d) / (1 if on("gradient-summed") else len(x))
    if on("first-example-only"):
        x, d = x[:1], d[:1]
    if on("last-example-only"):
        x, d = x[-1:], d[-1:]
    if on("inputs-averaged-first"):
        x = np.broadcast_to(x.mean(axis=0), x.shape)
    table = _bias_row(with_one(x).T @ d, x, d, on)
    return _arranged(_divided(table, len(d), len(d), d.shape[1], on), on)


def gradients(x, t, W, U, slips=()):
    """dE_dW and dE_dU of a batch: forward and backward."""
    v = forward.forward(x, W, U, slips)
    g = backward.backward(v, t, U, slips)
    found = g.dE_dW, g.dE_dU
    if "gradient-divided-by-outputs" in slips:
        found = tuple(each / U.shape[1] for each in found)
    if "W-bias-row-left-out" in slips:
        turned = "gradient-transposed" in slips
        found = tuple(each[:, 1:] if turned else each[1:] for each in found)
    return found


def _values(values, on):
    if on("values-left-out") or on("inputs-left-out-of-gradient"):
        return np.ones_like(values)
    return values * (1 - values) if on("slope-of-h-for-h") else values


def _bias_row(table, values, d, on):
    """Row 0 of the table of sums."""
    if on("bias-gradient-missing"):
        table[0] = 0
    if on("bias-gradient-is-one"):
        table[0] = len(d)
    if on("bias-gradient-times-input") or on("bias-gradient-times-x"):
        table[0] = values[:, 0] @ d
    if on("bias-gradient-of-one-example"):
        table[0] = d[0] * len(d)
    if on("bias-gradient-of-all-units"):
        table[0] = d.sum()
    return table


def _divided(table, rows, total, units, on):
    if on("gradient-divided-by-outputs"):
        table = table / units
    if on("gradient-averaged-twice"):
        table = table / total
    if on("divided-by-rows"):
        total = rows
    table = table if on("gradient-summed") else table / total
    if on("bias-gradient-summed"):
        table[0] = table[0] * total
    return table


def _arranged(table, on):
    if on("bias-row-left-out") or on("W-bias-row-left-out"):
        table = table[1:]
    if on("one-at-the-end"):
        table = np.roll(table, -1, axis=0)
    return table.T if on("gradient-transposed") else table


# A layer that keeps its biases apart -------------------------------------------------------------


def step_apart(w, b, x, delta, eta, slips=()):
    """w - eta x.T @ delta / n and b - eta (sum of delta over the examples) / n."""
    on = set(slips).__contains__
    n = len(x)
    g_w, g_b = x.T @ delta / n, _bias_gradient(b, x, delta, on)
    if on("gradient-summed"):
        g_w, g_b = n * g_w, n * g_b
    if on("weights-summed-only"):
        g_w = n * g_w
    if on("gradient-added"):
        g_w, g_b = -g_w, -g_b
    if on("bias-gradient-turned"):
        g_b = -g_b
    rate_w = rate_b = eta
    if on("eta-forgotten"):
        rate_w = rate_b = 1
    if on("eta-forgotten-at-the-bias"):
        rate_b = 1
    if on("weights-kept"):
        rate_w = 0
    if on("biases-kept"):
        rate_b = 0
    return w - rate_w * g_w, b - rate_b * g_b


def _bias_gradient(b, x, delta, on):
    n = len(delta)
    if on("bias-not-summed"):
        return delta / n
    if on("bias-summed-over-units"):
        return delta.sum(axis=1) / n
    if on("bias-gradient-of-all-units"):
        return np.full_like(b, delta.sum() / n)
    if on("bias-averaged-over-everything"):
        return np.full_like(b, delta.mean())
    if on("bias-gradient-summed"):
        return delta.sum(axis=0)
    if on("bias-averaged-twice"):
        return delta.mean(axis=0) / n
    if on("bias-gradient-of-one-example"):
        return delta[0]
    if on("bias-of-last-example"):
        return delta[-1]
    if on("bias-share-of-one-example"):
        return delta[0] / n
    if on("bias-gradient-times-x"):
        return x[:, 0] @ delta / n
    if on("bias-multiplied-by-itself"):
        return b * delta.mean(axis=0)
    if on("largest-delta-for-the-bias"):
        return delta.max(axis=0)
    return delta.mean(axis=0)


# Loop against batch ------------------------------------------------------------------------------


def loop_against_batch(gradient, x, t, slips=(), turned=False):
    """max |mean over m of gradient(x[m], t[m]) - gradient(x, t)|."""
    on = set(slips).__contains__
    single = np.array([gradient(x[m], t[m]) for m in range(len(x))])
    loop, batch = single.mean(axis=0), gradient(x, t)
    if on("examples-summed"):
        loop = single.sum(axis=0)
    if on("batch-divided-again"):
        batch = batch / len(x)
    if on("first-example-for-all"):
        loop = single[0]
    if on("last-example-for-all"):
        loop = single[-1]
    if on("last-example-forgotten"):
        loop = single[:-1].mean(axis=0)
    if on("each-example-compared"):
        loop = single
    difference = batch - loop if turned else loop - batch
    if on("average-of-one-gradient"):
        difference = single.mean(axis=(1, 2)).mean() - batch
    if on("largest-entries-compared"):
        return np.abs(np.abs(loop).max() - np.abs(batch).max())
    if on("relative-difference"):
        difference = difference / np.abs(batch).max()
    if not on("sign-kept"):
        difference = np.abs(difference)
    return _in_one_number(difference, on)


def _in_one_number(difference, on):
    if on("difference-squared-here"):
        difference = difference**2
    if on("differences-added-up"):
        return difference.sum()
    if on("mean-difference"):
        return difference.mean()
    if on("root-of-squares"):
        return np.sqrt((difference**2).sum())
    if on("smallest-difference"):
        return difference.min()
    if on("bias-row-not-compared"):
        return difference[..., 1:, :].max()
    if on("differences-returned"):
        return difference
    return difference.max()
