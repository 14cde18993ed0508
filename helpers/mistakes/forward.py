"""The forward pass of a layer and of a network, with slips to switch on.

Without slips these functions give what `helpers.network` gives; a test holds them together.
Each slip stands beside the line that it spoils, under the id that the catalogue explains.
`slips` is any collection of ids; several at once spoil several lines.

Shapes: x (n_in,) or (n, n_in), W (n_in + 1, n_h), U (n_h + 1, n_out), row 0 the bias. A slip
raises where the code it stands for would: `weights-transposed`, unless the weights are square.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from ..activations import relu, sigmoid, sigmoid_prime, softmax, tanh


def net_input(x, W, slips=()):
    """z = with_one(x) @ W, written as products plus bias."""
    on = set(slips).__contains__
    if on("products-subtracted") and len(set(slips)) > 1:
        raise ValueError("beside another slip it is told as the sign of the exponent")
    x, w, bias = _what_meets(x, W, on)
    bias = _bias(x, bias, on)
    if on("sum-not-reset"):
        return np.cumsum(_weighted_sum(x, w, on) + bias, axis=-1)
    if on("bias-multiplied"):
        return _weighted_sum(x, w, on) * bias
    return _weighted_sum(x, w, on) + bias


def _what_meets(x, W, on):
    """The inputs, the weights that they meet, and the biases."""
    bias, w = W[0], W[1:]
    if on("bias-in-last-row") or on("one-at-the-end"):
        bias, w = W[-1], W[:-1]
    if on("rows-one-early"):
        w = W[:-1]
    if on("weights-squashed"):
        w = sigmoid(w)
    if on("weights-transposed"):
        w = w.T
    if on("weights-of-first-unit"):
        w = np.repeat(w[:, :1], w.shape[1], axis=1)
    if on("last-input-left-out"):
        x, w = x[..., :-1], w[:-1]
    if on("first-input-left-out"):
        x, w = x[..., 1:], w[1:]
    if on("inputs-reversed"):
        x = x[..., ::-1]
    if on("first-input-for-all"):
        x = np.repeat(x[..., :1], x.shape[-1], axis=-1)
    if on("last-input-for-all"):
        x = np.repeat(x[..., -1:], x.shape[-1], axis=-1)
    if on("inputs-left-out"):
        x = np.ones_like(x)
    return x, w, bias


def _weighted_sum(x, w, on):
    if on("weights-added"):
        return x.sum(axis=-1, keepdims=True) + w.sum(axis=0)
    if on("last-product-only"):
        return x[..., -1:] * w[-1]
    if on("products-squashed"):
        return sigmoid(x[..., None] * w).sum(axis=-2)
    products = x @ w
    if on("products-averaged"):
        products = products / x.shape[-1]
    if on("products-subtracted"):
        products = -products
    return np.cumsum(products, axis=-1) if on("products-not-reset") else products


def _bias(x, bias, on):
    if on("bias-forgotten") or on("one-is-zero"):
        bias = 0 * bias
    if on("bias-subtracted"):
        bias = -bias
    if on("bias-twice"):
        bias = 2 * bias
    if on("bias-for-every-input"):
        bias = x.shape[-1] * bias
    if on("bias-times-inputs"):
        bias = bias * x.sum(axis=-1, keepdims=True)
    return np.full_like(bias, bias[0]) if on("bias-of-first-unit") else bias


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
    if on("sigmoid-brackets"):
        f = lambda z: 1 + np.exp(-z)  # noqa: E731
    if on("sigmoid-without-one"):
        f = np.exp
    if on("sigmoid-minus"):
        f = lambda z: 1 / (1 - np.exp(-z))  # noqa: E731
    if on("activation-skipped"):
        return z
    return f(f(z)) if on("activation-twice") else f(z)


def layer(x, W, slips=()):
    """h = sigma(with_one(x) @ W): a layer of sigmoid units."""
    on = set(slips).__contains__
    if on("inputs-squashed"):
        x = sigmoid(x)
    if on("one-added-to-values"):
        x = x + 1
    if on("bias-after-activation") or on("bias-squashed-apart"):
        bias = net_input(0 * x, W, slips)
        outside = activate(bias, slips) if on("bias-squashed-apart") else bias
        h = activate(net_input(x, W, slips) - bias, slips) + outside
    elif on("squashed-in-every-step"):
        h = _squashed_step_by_step(x, W, slips)
    else:
        h = activate(net_input(x, W, slips), slips)
    return h[..., ::-1] if on("units-reversed") else h


def _squashed_step_by_step(x, W, slips):
    z = net_input(0 * x, W, slips)
    for i in range(x.shape[-1]):
        z = activate(z + x[..., i : i + 1] * W[i + 1], slips)
    return z


def forward(x, W, U, slips=(), output="sigmoid"):
    """All values: z_h, h, z_y, y. A slip that ends in -hidden or -output spoils one layer."""
    slips = set(slips)
    on = slips.__contains__
    in_hidden = {slip.removesuffix("-hidden") for slip in slips}
    in_output = {slip.removesuffix("-output") for slip in slips}
    if on("bias-of-other-layer"):
        W, U = np.vstack([U[:1], W[1:]]), np.vstack([W[:1], U[1:]])
    if on("hidden-bias-at-the-outputs"):
        U = np.vstack([W[:1], U[1:]])
    v = SimpleNamespace(x=x)
    v.z_h = net_input(x, W, in_hidden)
    v.h = layer(x, W, in_hidden)
    into_output = x if on("outputs-from-inputs") and x.shape[-1] == v.h.shape[-1] else v.h
    into_output = v.z_h if on("hidden-not-squashed-onward") else into_output
    in_output -= {"inputs-squashed"}  # the inputs of the network, not the hidden values
    v.z_y = net_input(into_output, U, in_output)
    v.y = _probabilities(v.z_y, slips) if output == "softmax" else layer(into_output, U, in_output)
    return v


def nodes(x, W, U, slips=()):
    """What the units put out, hidden ones first: (h_1, h_2, ..., y_1, y_2, ...)."""
    v = forward(x, W, U, slips)
    if "net-inputs-for-values" in slips:
        v.h, v.y = v.z_h, v.z_y
    parts = [v.y, v.h] if "outputs-first" in slips else [v.h, v.y]
    return np.concatenate(parts)


def first_net_input(x, W, U, slips=()):
    """z of the first hidden unit, one number."""
    on = set(slips).__contains__
    if on("bias-of-other-layer"):
        W = np.vstack([U[:1], W[1:]])
    if on("weights-leaving-the-input"):
        W = np.vstack([W[:2], [W[1, 1], W[1, 0]]])
    if on("third-weight-for-the-first"):
        W = np.vstack([W[:1], W[1:2, ::-1], W[2:]])
    if on("second-unit") and (on("weights-leaving-the-input") or on("third-weight-for-the-first")):
        raise ValueError("these two are slips in the sum of the first unit")
    z = net_input(x, W, slips)[1 if on("second-unit") else 0]
    return sigmoid(z) if on("squashed-already") else z


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
