"""The backward pass of a network with one hidden layer, with slips to switch on.

The same plan as `forward`: without slips the right result, and each slip beside the line that
it spoils. Shapes: x (n, n_in), t and y (n, n_out), W (n_in + 1, n_h), U (n_h + 1, n_out).
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ..activations import sigmoid_prime
from ..network import with_one
from . import output


def output_delta(v, t, slips=(), loss="squared"):
    """delta_y = (y - t) sigma'(z_y) for the squared loss, y - t for the two combined ones."""
    if loss == "squared":
        return output.delta(v.y, t, slips, v.z_y)
    error_y = t - v.y if "target-minus-output" in slips else v.y - t
    return error_y * v.y * (1 - v.y) if "extra-slope" in slips else error_y


def hidden_delta(v, delta_y, t, U, slips=()):
    """delta_h = (delta_y @ U[1:].T) * sigma'(z_h): the paths through all outputs are added."""
    on = set(slips).__contains__
    sent = delta_y
    if on("raw-error-sent-back"):
        sent = v.y - t
    u = U[1:]
    if on("bias-row-sent-back"):
        u = U[:-1]
    if on("missing-transpose"):
        u = u.T
    e = sent @ u.T
    if on("one-output-only"):
        e = sent[:, :1] @ u[:, :1].T
    if on("paths-averaged"):
        e = e / u.shape[1]
    if on("paths-multiplied"):
        e = np.prod(sent[:, None, :] * u[None], axis=2)
    if on("weights-left-out"):
        e = np.broadcast_to(sent.sum(axis=1, keepdims=True), e.shape)
    slope = v.h * (1 - v.h)
    if on("sigma-prime-of-h"):
        slope = sigmoid_prime(v.h)
    if on("h-for-slope"):
        slope = v.h
    return e if on("no-sigma-prime-hidden") else e * slope


def weight_gradient(values, delta, slips=()):
    """dE/dW = with_one(values).T @ delta / n; row 0 is the gradient of the biases."""
    on = set(slips).__contains__
    n = len(delta)
    gradient = with_one(values).T @ delta
    if on("bias-gradient-times-input"):
        gradient[0] = (values[:, :1] * delta).sum(axis=0)
    if on("bias-gradient-missing"):
        gradient[0] = 0
    if on("bias-gradient-of-one-example"):
        gradient[0] = delta[0]
    if on("bias-gradient-of-all-units"):
        gradient[0] = delta.sum()
    if on("gradient-rows-reversed"):
        gradient[1:] = gradient[:0:-1]
    if not on("gradient-summed"):
        gradient = gradient / n
    if on("gradient-averaged-twice"):
        gradient = gradient / n
    if on("first-example-only"):
        gradient = with_one(values[:1]).T @ delta[:1]
    return gradient.T if on("gradient-transposed") else gradient


def backward(v, t, U, slips=(), loss="squared", eta=0.5):
    """delta_y, dE_dU, delta_h, dE_dW of the finished forward pass v."""
    slips = set(slips)
    g = SimpleNamespace(delta_y=output_delta(v, t, slips, loss))
    hidden_values = v.z_h if "net-input-for-h" in slips else v.h
    g.dE_dU = weight_gradient(hidden_values, g.delta_y, slips)
    if "updated-U-sent-back" in slips:
        U = U - eta * weight_gradient(hidden_values, g.delta_y, slips - {"gradient-transposed"})
    g.delta_h = hidden_delta(v, g.delta_y, t, U, slips)
    inputs = v.x if "hidden-for-input" not in slips or v.x.shape != v.h.shape else v.h
    g.dE_dW = weight_gradient(inputs, g.delta_h, slips)
    return g
