"""The way back through hidden layers, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. One example at a time, as flat rows; `hidden_delta` takes a batch as well.
"""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid, sigmoid_prime
from ..network import with_one

# By hand -----------------------------------------------------------------------------------------


def path_terms(x, W, U, t, slips=()):
    """delta_y1 u_21, delta_y2 u_22 and their sum dE/dh_2, of a network with two outputs."""
    on = set(slips).__contains__
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    delta = output_delta(y, t, on)
    if on("raw-error-sent-back"):
        delta = y - t
    if on("error-sent-back"):
        delta = 0.5 * (y - t) ** 2
    if on("deltas-exchanged"):
        delta = delta[::-1]
    if on("updated-U-sent-back"):
        U = U - 0.5 * np.outer(with_one(h), output_delta(y, t, ()))
    u = U[1] if on("other-hidden-unit") else U[2]
    if on("weights-into-one-output"):
        u = U[1:, 1]
    if on("hidden-value-for-weight"):
        u = h[[1, 1]]
    paths = delta * (1 if on("weights-left-out") else u)
    if on("slope-too-early"):
        paths = paths * h[1] * (1 - h[1])
    if on("path-minus-lost"):
        paths[1] = -paths[1]
    terms = np.array([*paths, _added(paths, on)])
    if on("term-without-sign"):
        terms[1] = -terms[1]
    return terms


def _added(paths, on):
    """The sum over the paths, the last axis."""
    if on("one-output-only"):
        return paths[..., 0]
    if on("last-output-only"):
        return paths[..., -1]
    if on("paths-averaged"):
        return paths.mean(axis=-1)
    if on("paths-multiplied"):
        return paths.prod(axis=-1)
    if on("paths-subtracted"):
        return 2 * paths[..., 0] - paths.sum(axis=-1)
    return paths.sum(axis=-1)


def first_gradient(x, W, U, t, slips=()):
    """dE/dw_11, by hand."""
    on = set(slips).__contains__
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    delta = y - t if on("raw-error-sent-back") else output_delta(y, t, on)
    j = 1 if on("other-hidden-unit") else 0
    u = U[0] if on("bias-row-sent-back") else U[1 + j]
    if on("weights-into-one-output"):
        u = U[1:3, 0]
    e = _added(delta * (1 if on("weights-left-out") else u), on)
    through = x[1] if on("other-input") else x[0]
    if on("hidden-for-input"):
        through = h[j]
    if on("inputs-left-out-of-gradient"):
        through = 1
    return e * _slope(h[j], on) * through


# One layer ---------------------------------------------------------------------------------------


def output_delta(y, t, on):
    """delta_y = (y - t) sigma'(z_y); `on` is a set of slips, or a function that knows them."""
    on = on if callable(on) else set(on).__contains__
    slope = y * (1 - y)
    if on("sigma-prime-of-y"):
        slope = sigmoid_prime(y)
    if on("y-for-slope"):
        slope = y
    if on("one-minus-y-for-slope"):
        slope = 1 - y
    if on("no-sigma-prime-output"):
        slope = 1
    delta = (t - y if on("target-minus-output") else y - t) * slope
    if on("kept-2"):
        delta = 2 * delta
    return delta / 2 if on("extra-half") else delta


def _slope(h, on):
    """sigma'(z) at a hidden unit, from its value h = sigma(z)."""
    slope = h * (1 - h)
    if on("sigma-prime-of-h"):
        slope = sigmoid_prime(h)
    if on("h-for-slope"):
        slope = h
    if on("one-minus-h-for-slope"):
        slope = 1 - h
    if on("slope-of-tanh-hidden"):
        slope = 1 - h**2
    if on("slope-squared-hidden"):
        slope = slope**2
    return np.ones_like(h) if on("no-sigma-prime-hidden") else slope


def arriving(delta, U, slips=()):
    """e_h = delta @ U[1:].T: what comes back to each unit, the paths to all outputs added."""
    on = set(slips).__contains__
    u = U[:-1] if on("bias-row-sent-back") else U[1:]
    if on("constant-kept"):
        u = U
    if on("missing-transpose"):
        u = _turned(u)
    if on("weights-squared"):
        u = u**2
    if on("weights-absolute"):
        u = np.abs(u)
    if on("errors-shared-out"):
        u = u / u.sum(axis=0)
    paths = np.expand_dims(delta, -2) * (np.ones_like(u) if on("weights-left-out") else u)
    if on("weights-added-to-deltas"):
        paths = np.expand_dims(delta, -2) + u
    return _added(paths, on)


def _turned(u):
    """As without the transpose: NumPy raises, unless the matrix is square."""
    if u.shape[0] != u.shape[1]:
        raise ValueError("matmul: the shapes do not match")
    return u.T


def hidden_delta(delta_y, U, h, slips=()):
    """delta_h = (delta_y @ U[1:].T) * h * (1 - h), for one example or a batch."""
    on = set(slips).__contains__
    e = arriving(delta_y, U, slips)
    slope = _slope(with_one(h) if on("constant-kept") else h, on)
    if on("paths-not-added"):
        return (np.expand_dims(delta_y, -2) * U[1:]) * slope[..., None]
    if on("slope-added"):
        return e + slope
    if on("brackets-of-one-minus-h"):
        return e * h - h
    return e / slope if on("slope-divides") else e * slope


def outer(x, delta, slips=()):
    """dE/dW = (1, x_1, x_2, ...) times delta: a row for each input, a column for each unit."""
    on = set(slips).__contains__
    table = np.outer(with_one(x), delta)
    if on("inputs-left-out-of-gradient"):
        table = np.outer(np.ones(len(x) + 1), delta)
    if on("inputs-added-to-deltas"):
        table = with_one(x)[:, None] + delta
    if on("bias-gradient-missing"):
        table[0] = 0
    if on("bias-gradient-is-one"):
        table[0] = 1
    if on("bias-gradient-times-input"):
        table[0] = x[0] * delta
    if on("bias-gradient-of-all-units"):
        table[0] = np.sum(delta)
    if on("gradient-rows-reversed"):
        table[1:] = table[:0:-1]
    if on("one-at-the-end"):
        table = np.roll(table, -1, axis=0)
    if on("W-bias-row-left-out"):
        table = table[1:]
    return table.T if on("gradient-transposed") else table


def first_layer_gradient(x, h, delta_y, U, slips=()):
    """dE/dW from the deltas of the outputs: hidden deltas, then the table of products."""
    on = set(slips).__contains__
    if on("output-delta-for-hidden") and on("hidden-for-input"):
        raise ValueError("this is the gradient of U, and no slip on the way to W")
    delta_h = delta_y if on("output-delta-for-hidden") else hidden_delta(delta_y, U, h, slips)
    return outer(h if on("hidden-for-input") else x, delta_h, slips)
