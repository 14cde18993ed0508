"""The forward and backward pass of a network with one hidden layer, with slips to switch on.

Without slips these functions give what `helpers.network` gives; a test holds them together.
Each slip stands beside the line that it spoils, under the id that the catalogue explains.
`slips` is any collection of ids; several at once spoil several lines.

Shapes: x (n, n_in), t and y (n, n_out), W (n_in + 1, n_h), U (n_h + 1, n_out), row 0 the bias.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ..activations import relu, sigmoid, sigmoid_prime, softmax, tanh
from ..network import with_one


def add_one(x, slips=()):
    """(1, x_1, x_2, ...) for one row or for a matrix of rows."""
    on = set(slips).__contains__
    x = np.asarray(x, dtype=float)
    one = np.ones((*x.shape[:-1], 1))
    if on("one-is-zero"):
        one = 0 * one
    if on("one-added-to-values"):
        return x + 1
    if on("one-row-for-all") and x.ndim == 2:
        return np.concatenate([np.ones((1, x.shape[1])), x], axis=0)
    parts = [x, one] if on("one-at-the-end") else [one, x]
    return np.concatenate(parts, axis=-1)


def net_input(x, W, slips=()):
    """z = with_one(x) @ W, written as products plus bias."""
    on = set(slips).__contains__
    bias, w = W[0], W[1:]
    if on("bias-in-last-row"):
        bias, w = W[-1], W[:-1]
    if on("rows-one-early"):
        w = W[:-1]
    if on("weights-transposed") and w.shape[0] == w.shape[1]:
        w = w.T
    if on("last-input-left-out"):
        x, w = x[..., :-1], w[:-1]
    if on("first-input-left-out"):
        x, w = x[..., 1:], w[1:]
    if on("inputs-reversed"):
        x = x[..., ::-1]
    products = x @ w
    if on("weights-added"):
        products = x.sum(axis=-1, keepdims=True) + w.sum(axis=0)
    if on("bias-forgotten"):
        bias = 0 * bias
    if on("bias-subtracted"):
        bias = -bias
    if on("bias-twice"):
        bias = 2 * bias
    if on("bias-times-inputs"):
        bias = bias * x.sum(axis=-1, keepdims=True)
    if on("bias-of-first-unit"):
        bias = np.full_like(bias, bias[0])
    return products + bias


def activate(z, slips=()):
    """h = sigma(z)."""
    on = set(slips).__contains__
    if on("exponent-sign"):
        z = -z
    f = sigmoid
    if on("tanh-for-sigmoid"):
        f = tanh
    if on("relu-for-sigmoid"):
        f = relu
    if on("softmax-for-sigmoid"):
        f = softmax
    if on("slope-for-value"):
        f = sigmoid_prime
    if on("activation-skipped"):
        return z
    return f(f(z)) if on("activation-twice") else f(z)


def layer(x, W, slips=()):
    """h = sigma(with_one(x) @ W): a layer of sigmoid units."""
    if "bias-after-activation" in slips:
        bias = net_input(0 * x, W, slips)
        return activate(net_input(x, W, slips) - bias, slips) + bias
    if "inputs-squashed" in slips:
        x = sigmoid(x)
    return activate(net_input(x, W, slips), slips)


HIDDEN_ONLY = {f"{slip}-hidden": slip for slip in ("activation-skipped", "bias-forgotten")}
OUTPUT_ONLY = {f"{slip}-output": slip for slip in ("activation-skipped", "bias-forgotten")}


def forward(x, W, U, slips=(), output="sigmoid"):
    """All values: z_h, h, z_y, y. A slip that ends in -hidden or -output spoils one layer."""
    slips = set(slips)
    in_hidden = slips | {HIDDEN_ONLY[s] for s in slips & HIDDEN_ONLY.keys()}
    in_output = slips | {OUTPUT_ONLY[s] for s in slips & OUTPUT_ONLY.keys()}
    v = SimpleNamespace(x=x)
    v.z_h = net_input(x, W, in_hidden)
    v.h = layer(x, W, in_hidden)
    into_output = x if "outputs-from-inputs" in slips and x.shape[-1] == v.h.shape[-1] else v.h
    into_output = v.z_h if "hidden-not-squashed-onward" in slips else into_output
    v.z_y = net_input(into_output, U, in_output)
    v.y = _probabilities(v.z_y, slips) if output == "softmax" else layer(into_output, U, in_output)
    return v


def _probabilities(z, slips):
    if "sigmoids-for-softmax" in slips:
        return sigmoid(z)
    if "softmax-wrong-axis" in slips:
        return softmax(z.T).T
    if "softmax-of-all-entries" in slips:
        return softmax(z.reshape(-1)).reshape(z.shape)
    if "softmax-not-normalised" in slips:
        return np.exp(z)
    return softmax(z)


def error(y, t, slips=(), loss="squared"):
    """E: summed over the outputs, averaged over the examples."""
    on = set(slips).__contains__
    e = _errors(y, t, on, loss)
    n, n_out = y.shape
    E = e.sum() / n
    if on("mean-over-outputs"):
        E = E / n_out
    if on("sum-over-examples"):
        E = E * n
    if on("loss-sign"):
        E = -E
    return E


def _errors(y, t, on, loss):
    if on("column-broadcast"):
        y, t = y.reshape(-1, 1), t.reshape(-1)
    if loss == "squared":
        e = np.abs(t - y) if on("absolute-for-square") else (t - y) ** 2
        return e if on("no-half") else 0.5 * e
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log10 if on("log10-for-ln") else np.log
        e = -t * log(y)
        if loss == "log" and not on("no-term-for-zero-targets"):
            e = e - (1 - t) * log(1 - y)
        if loss == "cross-entropy" and on("log-loss-for-cross-entropy"):
            e = e - (1 - t) * log(1 - y)
        if on("y-and-t-swapped"):
            e = -y * log(t)
    return e


def output_delta(v, t, slips=(), loss="squared"):
    """delta_y = (y - t) sigma'(z_y) for the squared loss, y - t for the two combined ones."""
    on = set(slips).__contains__
    error_y = t - v.y if on("target-minus-output") else v.y - t
    slope = v.y * (1 - v.y)
    if on("sigma-prime-of-y"):
        slope = sigmoid_prime(v.y)
    if on("y-for-slope"):
        slope = v.y
    if on("one-minus-y-for-slope"):
        slope = 1 - v.y
    if on("slope-squared"):
        slope = slope**2
    if loss == "squared":
        delta = error_y if on("no-sigma-prime-output") else error_y * slope
        delta = 2 * delta if on("kept-2") else delta
        return 0.5 * delta if on("extra-half") else delta
    return error_y * slope if on("extra-slope") else error_y


def hidden_delta(v, delta_y, t, U, slips=()):
    """delta_h = (delta_y @ U[1:].T) * sigma'(z_h): the paths through all outputs are added."""
    on = set(slips).__contains__
    sent = delta_y
    if on("raw-error-sent-back"):
        sent = v.y - t
    u = U[1:]
    if on("bias-row-sent-back"):
        u = U[:-1]
    if on("missing-transpose") and u.shape[0] == u.shape[1]:
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
