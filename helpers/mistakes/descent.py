"""Whole steps of gradient descent on one example, and three layers, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. (The published step of the worked example is a slip itself, so there the
right step is one of the things that can be switched on.)
"""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from ..network import with_one
from .hidden import hidden_delta, outer, output_delta

HIDDEN_TO_OUTPUT = {  # what spoils only the gradient of W leaves that of U alone
    "inputs-left-out-of-gradient", "gradient-rows-reversed", "hidden-for-input",
}  # fmt: skip


def _values(x, W, U):
    z_h = with_one(x) @ W
    h = sigmoid(z_h)
    return z_h, h, sigmoid(with_one(h) @ U)


def gradients(W, U, x, t, eta, slips=()):
    """dE/dW, dE/dU of one example; eta is needed for a U that has been updated too early."""
    on = set(slips).__contains__
    z_h, h, y = _values(x, W, U)
    delta_y = output_delta(y, t, on)
    dE_dU = outer(z_h if on("net-input-for-h") else h, delta_y, set(slips) - HIDDEN_TO_OUTPUT)
    if on("updated-U-sent-back"):
        U = U - eta * dE_dU
    sent = y - t if on("raw-error-sent-back") else delta_y
    delta_h = hidden_delta(sent, U, h, slips)
    return outer(x, delta_h, slips), dE_dU


def learn(W, U, x, t, eta, steps, slips=()):
    """W, U after `steps` steps w <- w - eta dE/dw."""
    on = set(slips).__contains__
    if on("only-U-moved") and on("only-W-moved"):
        raise ValueError("nothing moves at all")
    steps += on("one-step-too-many") - on("one-step-too-few")
    steps = min(steps, 1) if on("one-step-only") else steps
    start, sums = (W, U), [np.zeros_like(W), np.zeros_like(U)]
    rate = -eta if on("gradient-added") else eta
    if on("eta-forgotten"):
        rate = rate / eta
    if on("eta-divides"):
        rate = rate / eta**2
    if on("eta-fixed"):
        rate = 0.5 * rate / eta
    for _ in range(steps):
        g = gradients(*(start if on("gradient-of-the-start") else (W, U)), x, t, rate, slips)
        if on("W-moved-first"):
            g = (g[0], gradients(W - rate * g[0], U, x, t, rate, slips)[1])
        if on("gradients-not-reset"):
            g = sums = [total + each for total, each in zip(sums, g)]
        for kept, gradient in (("biases-of-W-kept", g[0]), ("biases-of-U-kept", g[1])):
            if kept in slips:
                gradient[0] = 0
        W = W if on("only-U-moved") else W - rate * g[0]
        U = U if on("only-W-moved") else U - rate * g[1]
    if on("gradient-for-weights"):
        return tuple(g)
    if on("step-for-weights"):
        return W - start[0], U - start[1]
    return W, U


# The published step of the worked example ---------------------------------------------------------

ORDERS = (
    "step-done-rightly", "new-forward-pass", "new-delta-old-U", "W-moved-first",
    "W-moved-first-then-all-anew",
)  # fmt: skip


def published_step(W, U, x, t, eta, slips=()):
    """The step of the post: the errors go back through the U that has moved; biases stay."""
    on = set(slips).__contains__
    if len(set(slips) & set(ORDERS)) > 1:
        raise ValueError("a step has one order")
    rate = -eta if on("gradient-added") else eta
    rate = rate / eta if on("eta-forgotten") else rate
    _, h, y = _values(x, W, U)
    delta_y = output_delta(y, t, on)
    if on("W-moved-first") or on("W-moved-first-then-all-anew"):
        W_new = W - rate * _frozen(outer(x, hidden_delta(delta_y, U, h, slips)), on)
        _, h, y = _values(x, W_new, U)
        if on("W-moved-first-then-all-anew"):
            delta_y = output_delta(y, t, on)
        U_new = U - rate * _frozen(outer(h, delta_y), on)
    else:
        U_new = U - rate * _frozen(outer(h, delta_y), on)
        if on("new-forward-pass") or on("new-delta-old-U"):
            delta_y = output_delta(_values(x, W, U_new)[2], t, on)
        behind = U if on("step-done-rightly") or on("new-delta-old-U") else U_new
        if on("raw-error-sent-back"):
            delta_y = y - t
        W_new = W - rate * _frozen(outer(x, hidden_delta(delta_y, behind, h, slips)), on)
    if on("only-U-moved") and on("only-W-moved"):
        raise ValueError("nothing moves at all")
    if on("only-U-moved"):
        W_new = W
    if on("only-W-moved"):
        U_new = U
    return W_new, U_new


def _frozen(gradient, on):
    """Biases that stay as they are."""
    if not on("biases-moved"):
        gradient[0] = 0
    return gradient


# Three layers ------------------------------------------------------------------------------------


def three_layers(x, t, W, V, U, slips=()):
    """dE/dW, dE/dV, dE/dU of a network with the hidden layers h and q."""
    on, slips = set(slips).__contains__, set(slips)
    h = sigmoid(with_one(x) @ W)
    q = sigmoid(with_one(h) @ V)
    y = sigmoid(with_one(q) @ U)
    delta_y = output_delta(y, t, on)
    late, early = set(slips), set(slips)
    if on("no-slope-at-q"):
        late.add("no-sigma-prime-hidden")
    if on("no-slope-at-h"):
        early.add("no-sigma-prime-hidden")
    sent = y - t if on("raw-error-sent-back") else delta_y
    delta_q = hidden_delta(sent, U, q, late)
    onward = delta_q
    if on("slope-of-q-not-sent-on"):
        onward = hidden_delta(sent, U, q, late | {"no-sigma-prime-hidden"})
    if on("output-delta-sent-twice"):
        onward = delta_y
    delta_h = hidden_delta(onward, U if on("U-used-twice") else V, h, early)
    return outer(x, delta_h, slips), outer(h, delta_q, slips), outer(q, delta_y, slips)
