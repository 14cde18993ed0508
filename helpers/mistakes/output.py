"""Deltas, gradients and steps at the output layer, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. One example comes as flat rows, many as the rows of a matrix:
y, t, z (n_out,) or (n, n_out), h (n_h,) or (n, n_h), U (n_h + 1, n_out).
"""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid_prime
from ..network import with_one
from . import forward, losses

# -- delta_y ------------------------------------------------------------------------------


def delta(y, t, slips=(), z=None):
    """delta_y = (y - t) y (1 - y): squared error, sigmoid outputs; z where a slip uses it."""
    on = set(slips).__contains__
    if on("slope-squared") and (on("y-for-slope") or on("one-minus-y-for-slope")):
        raise ValueError("what is squared then is not the slope")
    if on("sigma-prime-of-y") and (on("target-in-slope") or on("net-input-in-slope")):
        raise ValueError("then it is no slope at y")
    if on("output-and-target-exchanged"):
        y, t = t, y
    given = z if on("net-input-in-error") else y
    a, b = (t, given) if on("target-minus-output") else (given, t)
    if on("difference-without-brackets"):
        d = a - b * _slope(y, t, z, on)
    elif on("slope-without-brackets"):
        d = (a - b) * y * 1 - y
    else:
        d = _error(a, b, on) * _slope(y, t, z, on)
    if on("kept-2"):
        d = 2 * d
    if on("extra-half"):
        d = 0.5 * d
    if on("deltas-divided-by-length"):
        d = d / len(d)
    return d.sum(axis=-1) if on("deltas-summed") else d


def _error(a, b, on):
    if on("error-left-out"):
        return np.ones_like(a - b)
    if on("error-for-its-slope"):
        return 0.5 * (a - b) ** 2
    if on("difference-squared-in-delta"):
        return (a - b) ** 2
    if on("values-added-in-delta"):
        return a + b
    return np.abs(a - b) if on("delta-absolute") else a - b


def _slope(y, t, z, on):
    at = t if on("target-in-slope") else z if on("net-input-in-slope") else y
    slope = at * (1 - at)
    if on("sigma-prime-of-y"):
        slope = sigmoid_prime(at)
    if on("y-for-slope"):
        slope = at
    if on("one-minus-y-for-slope"):
        slope = 1 - at
    if on("slope-with-plus"):
        slope = at * (1 + at)
    if on("tanh-slope"):
        slope = 1 - at**2
    if on("slope-squared"):
        slope = slope**2
    if on("divided-by-slope"):
        slope = 1 / slope
    return np.ones_like(slope) if on("no-sigma-prime-output") else slope


# -- dE/dU --------------------------------------------------------------------------------


def gradient(h, delta_y, slips=()):
    """dE/dU = with_one(h).T @ delta_y / n; row 0 is the gradient of the biases."""
    on = set(slips).__contains__
    h, d = np.atleast_2d(h), np.atleast_2d(delta_y)
    h, d = _of_each_unit(h, d, on)
    if on("first-example-only"):
        h, d = h[:1], d[:1]
    if on("last-example-only"):
        h, d = h[-1:], d[-1:]
    n, n_out = d.shape
    g = with_one(h).T @ d
    if on("values-added-to-deltas"):
        g = with_one(h).sum(axis=0)[:, None] + d.sum(axis=0)
    if on("means-multiplied"):
        g = np.outer(with_one(h).mean(axis=0), d.sum(axis=0))
    if on("values-summed-first"):
        g = np.outer(with_one(h).sum(axis=0), d.sum(axis=0))
    g = _bias_row(g, h, d, on)
    if not on("gradient-summed"):
        g = g / n
    if on("gradient-averaged-twice"):
        g = g / n
    if on("gradient-divided-by-outputs"):
        g = g / n_out
    if on("gradient-turned"):
        g = -g
    return _arranged(g, on)


def _of_each_unit(h, d, on):
    if on("slope-of-h-for-h"):
        h = h * (1 - h)
    if on("values-left-out"):
        h = np.ones_like(h)
    if on("values-in-reverse"):
        h = h[:, ::-1]
    if on("first-value-for-all"):
        h = np.repeat(h[:, :1], h.shape[1], axis=1)
    if on("first-delta-for-all"):
        d = np.repeat(d[:, :1], d.shape[1], axis=1)
    if on("deltas-added-up"):
        d = np.repeat(d.sum(axis=1, keepdims=True), d.shape[1], axis=1)
    return h, d[:, ::-1] if on("deltas-in-reverse") else d


def _bias_row(g, h, d, on):
    n = len(d)
    if on("bias-gradient-times-input"):
        g[0] = (h[:, :1] * d).sum(axis=0)
    if on("bias-gradient-missing"):
        g[0] = 0
    if on("bias-gradient-one"):
        g[0] = n
    if on("bias-gradient-of-one-example"):
        g[0] = d[0] * n
    if on("bias-gradient-of-all-units"):
        g[0] = d.sum()
    if on("bias-gradient-summed"):
        g[0] = n * d.sum(axis=0)
    if on("bias-gradient-turned"):
        g[0] = -g[0]
    return g


def _arranged(g, on):
    if on("bias-row-left-out"):
        g = g[1:]
    if on("bias-row-last"):
        g = np.concatenate([g[1:], g[:1]])
    return g.T if on("gradient-transposed") else g


# -- the step -----------------------------------------------------------------------------


def updated_U(U, h, t, eta, slips=()):
    """U - eta dE/dU, from the hidden values h and the targets t of one example or a batch."""
    on = set(slips).__contains__
    h, t = np.atleast_2d(h), np.atleast_2d(t)
    y, z = forward.layer(h, U, slips), forward.net_input(h, U, slips)
    g = gradient(h, delta(y, t, slips, z), slips)
    if on("eta-fixed"):
        eta = 0.5
    if on("gradient-returned"):
        return g
    if on("step-size-returned"):
        return eta * g
    if on("eta-on-everything"):
        return eta * (U - g)
    step = -eta * g
    if on("eta-forgotten"):
        step = -g
    if on("eta-divides"):
        step = -g / eta
    if on("gradient-added"):
        step = -step
    return step if on("step-returned") else U + step


# -- softmax and cross-entropy ------------------------------------------------------------


def softmax_delta(z, t, slips=()):
    """dE/dz = softmax(z) - t for each example's cross-entropy."""
    on = set(slips).__contains__
    if on("largest-gets-all") and (on("extra-slope") or on("divided-by-slope")):
        raise ValueError("the slope is 0 everywhere")
    y = z if on("softmax-skipped") else losses.softmax(z, slips)
    d = t - y if on("target-minus-output") else y - t
    if on("targets-left-out"):
        d = y
    if on("cross-entropy-slope"):
        d = -t / y
    if on("own-path-only"):
        d = d * t
    if on("difference-squared-in-delta"):
        d = d**2
    if on("delta-absolute"):
        d = np.abs(d)
    if on("extra-slope"):
        d = d * y * (1 - y)
    if on("divided-by-slope"):
        d = d / (y * (1 - y))
    if on("times-y"):
        d = d * y
    if on("kept-2"):
        d = 2 * d
    if on("extra-half"):
        d = 0.5 * d
    return d / len(d) if on("deltas-divided-by-length") else d


# -- one number by hand -------------------------------------------------------------------


def first_delta(v, t, slips=()):
    """delta of the first output, one number, from the finished forward pass v."""
    on = set(slips).__contains__
    if on("net-input-for-y") and (on("sigma-prime-of-y") or on("net-input-in-error")):
        raise ValueError("then z is used in one of the two places, as it should be")
    y = v.z_y if on("net-input-for-y") else v.y
    t = t[::-1] if on("targets-exchanged") else t
    return delta(y, t, slips, v.z_y)[1 if on("second-output") else 0]


def weight_and_bias(v, t, U, slips=()):
    """(dE/du_11, dE/du_01): the slopes of one weight and of the bias of the first output."""
    on = set(slips).__contains__
    d, h = first_delta(v, t, slips), v.z_h if on("net-input-for-h") else v.h
    through, constant = h[0], 1.0
    if on("other-hidden-value"):
        through = h[1]
    if on("weight-for-value"):
        through = U[1, 0]
    if on("bias-for-the-1"):
        constant = U[0, 0]
    if on("input-for-h"):
        through = v.x[0]
    if on("slope-of-h-for-h"):
        through = h[0] * (1 - h[0])
    if on("values-left-out"):
        through = 1.0
    if on("bias-gradient-missing"):
        constant = 0.0
    if on("bias-gradient-times-input"):
        constant = h[0]
    pair = np.array([d * through, 1.0 if on("bias-gradient-one") else d * constant])
    return pair[::-1] if on("bias-first") else pair
