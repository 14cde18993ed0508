"""Momentum, classical and Nesterov's, its conventions and its limit, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. `one_step` is the heart; the others repeat it.
"""

from __future__ import annotations

import numpy as np

from .descent import gradients

IN_A_STEP = (
    "velocity-reset", "mu-forgotten", "one-minus-mu", "one-minus-mu-for-eta", "mu-on-everything",
    "eta-on-what-is-kept", "mu-and-eta-swapped", "one-minus-mu-kept", "carried-backwards",
    "eta-forgotten", "eta-divides", "gradient-added", "velocity-subtracted", "old-velocity-added",
    "gradient-on-top", "eta-on-the-step",
)  # fmt: skip
# From rest, and where no velocity is handed in, these are the same as two of the others.
WITH_A_VELOCITY = (*IN_A_STEP, "plain-step-taken", "mu-on-the-step")


def one_step(w, v, g, eta, mu, slips=()):
    """w, v after v <- mu v - eta g, w <- w + v."""
    on = set(slips).__contains__
    if on("mu-and-eta-swapped"):
        eta, mu = mu, eta
    kept, pull = _kept(v, mu, on), _pull(g, eta, mu, on)
    if on("mu-on-everything"):
        pull = mu * pull
    if on("eta-on-what-is-kept"):
        kept = eta * kept
    if on("gradient-added"):
        pull = -pull
    new = kept - pull
    step = new
    if on("sum-of-gradients") or on("average-of-gradients"):
        new = kept + pull / eta * (1 - mu if on("average-of-gradients") else 1)
        step = -eta * new
    step = _spoiled(step, v, pull, eta, mu, on)
    moved = step if on("step-for-new-w") else w + step
    return moved, v + 0 * g if on("old-velocity-returned") else new


def _kept(v, mu, on):
    """What is carried on."""
    if on("velocity-reset"):
        return 0 * v
    if on("mu-forgotten"):
        return v
    kept = (1 - mu) * v if on("one-minus-mu-kept") else mu * v
    return -kept if on("carried-backwards") else kept


def _pull(g, eta, mu, on):
    """What the gradient adds, without its sign."""
    if on("one-minus-mu-for-eta"):
        return (1 - mu) * g
    rate = 1 if on("eta-forgotten") else 1 / eta if on("eta-divides") else eta
    return rate * (1 - mu if on("one-minus-mu") else 1) * g


def _spoiled(step, v, pull, eta, mu, on):
    """The step that is added to w."""
    if on("old-velocity-added"):
        step = v
    if on("plain-step-taken"):
        step = -pull
    if on("gradient-on-top"):
        step = step - pull
    if on("mu-on-the-step"):
        step = mu * step
    if on("eta-on-the-step"):
        step = eta * step
    return -step if on("velocity-subtracted") else step


def path(w, eta, mu, steps=3, slips=()):
    """w after each of `steps` steps on f(w) = w^2, whose slope is 2 w, as one does it by hand."""
    on = set(slips).__contains__
    start, v, old, ws, vs = w, 0.0, 0.0, [w], []
    for _ in range(steps):
        at = start if on("gradient-of-the-start") else w
        at = w + mu * v if on("nesterov-mixed-up") else at
        g = at**2 if on("value-for-slope") else at if on("slope-without-2") else 2 * at
        g = 2.0 if on("slope-without-w") else g
        w, v = one_step(w, -eta * old if on("last-gradient-only") else v, g, eta, mu, slips)
        old = g
        ws.append(w)
        vs.append(v)
    if on("velocities-handed-in"):
        return np.array(vs)
    return np.array(ws[:-1] if on("start-handed-in") else ws[1:])


# One velocity for each weight --------------------------------------------------------------------


def network_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu, slips=()):
    """W, U, v_W, v_U after one step of both layers."""
    on = set(slips).__contains__
    if on("each-others-gradients"):
        dE_dW, dE_dU = dE_dU, dE_dW
    olds = [v_U, v_W] if on("velocities-exchanged") else [v_W, v_U]
    if on("velocity-of-W-for-U"):
        olds = [v_W, v_W]
    found = []
    for k, (w, v, g) in enumerate(zip((W, U), olds, (dE_dW, dE_dU), strict=True)):
        if k and on("shared-velocity"):
            v = found[0][1]
        if on(("no-velocity-for-W", "no-velocity-for-U")[k]):
            v = 0 * v
        new_w, new_v = _layer(w, v, g, eta, mu, slips)
        if on(("only-U-moved", "only-W-moved")[k]):
            new_w = w
        found.append((new_w, new_v))
    (W, v_W), (U, v_U) = found
    return W, U, v_W, v_U


def _layer(w, v, g, eta, mu, slips):
    """One layer's step; biases in row 0."""
    on = set(slips).__contains__
    if on("biases-without-velocity"):
        v = np.concatenate([0 * v[:1], v[1:]])
    moved, new = one_step(w, v, g, eta, mu, slips)
    if on("one-velocity-per-layer"):
        new = np.full_like(new, new.mean())
        moved = w + new
    if on("one-velocity-per-unit"):
        new = new.mean(axis=0) + 0 * new
        moved = w + new
    if on("biases-left-behind"):
        moved = np.concatenate([w[:1], moved[1:]])
    return moved, new


# Conventions -------------------------------------------------------------------------------------


def from_ours(eta, mu, v, convention, slips=()):
    """eta, v for v <- mu v + g ("b") or v <- mu v + (1 - mu) g ("c"), both with w <- w - eta v."""
    on = set(slips).__contains__
    if on("conventions-exchanged"):
        convention = {"b": "c", "c": "b"}[convention]
    part = mu if on("mu-for-one-minus-mu") else 1 - mu
    new = eta if convention == "b" else eta / part
    if on("eta-always-converted"):
        new = eta / part
    if on("eta-made-smaller"):
        new = eta if convention == "b" else eta * part
    if on("eta-not-converted"):
        new = eta
    rate = eta if on("old-eta-in-v") else new
    if on("velocity-not-converted"):
        return new, v
    found = v * rate if on("velocity-times-eta") else v / rate
    if on("velocity-not-divided"):
        found = v
    return new, found if on("velocity-sign-kept") else -found


# Nesterov ----------------------------------------------------------------------------------------


def nesterov_step(slope, w, v, eta, mu, slips=()):
    """w, v after v <- mu v - eta slope(w + mu v), w <- w + v."""
    on = set(slips).__contains__
    ahead = mu * v
    if on("whole-velocity-ahead"):
        ahead = v
    if on("looked-back"):
        ahead = -ahead
    if on("nesterov-mixed-up"):
        ahead = 0 * v
    if on("ahead-by-the-whole-step"):
        ahead = ahead - eta * slope(w)
    if on("ahead-by-eta"):
        ahead = eta * v
    at = ahead if on("ahead-without-w") else w + ahead
    base = w + ahead if on("stepped-from-ahead") else w
    return one_step(base, v, slope(at), eta, mu, slips)


# The limit ---------------------------------------------------------------------------------------


def largest_eta(a, mu, slips=()):
    """2 (1 + mu) / max(a)."""
    on = set(slips).__contains__
    a = np.asarray(a, dtype=float)
    for slip, pick in (
        ("gentlest-direction", np.min), ("mean-direction", np.mean), ("directions-added", np.sum),
        ("first-direction", lambda a: a.flat[0]), ("last-direction", lambda a: a.flat[-1]),
        ("number-of-directions", np.size), ("directions-as-length", np.linalg.norm),
        ("every-direction", lambda a: a), ("limit-without-a", lambda a: 1.0),
    ):  # fmt: skip
        if on(slip):
            a = pick(a)
    a = np.max(a) if np.ndim(a) and not on("every-direction") else a
    mu = 0 if on("limit-of-plain-descent") else mu
    top = 2 * (1 + mu)
    if on("one-minus-mu-in-limit"):
        top = 2 * (1 - mu)
    if on("brackets-left-out-of-limit"):
        top = 2 * 1 + mu
    if on("limit-of-nesterov"):
        top = top / (1 + 2 * mu)
    if on("edge-of-swinging"):
        top = (1 + np.sqrt(mu)) ** 2
    if on("limit-halved"):
        top = top / 2
    if on("edge-of-crossing"):
        top = 1
    return top * a if on("times-a") else top / a


# The whole run -----------------------------------------------------------------------------------


def learn(W, U, x, t, eta, mu, steps, slips=()):
    """W, U after `steps` momentum steps on one example; the biases stay as they are."""
    on, slips = set(slips).__contains__, set(slips)
    steps += on("one-step-too-many") - on("one-step-too-few")
    steps = min(steps, 1) if on("one-step-only") else steps
    start, weights = (W, U), [W, U]
    vs, olds = [np.zeros_like(W), np.zeros_like(U)], [np.zeros_like(W), np.zeros_like(U)]
    sums = [np.zeros_like(W), np.zeros_like(U)]
    for _ in range(steps):
        at = start if on("gradient-of-the-start") else weights
        if on("nesterov-mixed-up"):
            at = [w + mu * v for w, v in zip(weights, vs, strict=True)]
        gs = list(gradients(*at, x, t, eta, slips))
        if not on("biases-moved"):
            gs = [_without_biases(g) for g in gs]
        if on("W-moved-first"):
            W_new = one_step(weights[0], vs[0], gs[0], eta, mu, slips)[0]
            gs[1] = gradients(W_new, weights[1], x, t, eta, slips)[1]
            gs[1] = gs[1] if on("biases-moved") else _without_biases(gs[1])
        if on("gradients-not-reset"):
            gs = sums = [total + g for total, g in zip(sums, gs, strict=True)]
        if on("last-gradient-only"):
            vs = [-eta * old for old in olds]
        olds = gs
        weights, vs = _both(weights, vs, gs, eta, mu, on, slips)
    return tuple(vs) if on("velocities-returned") else tuple(weights)


def _both(weights, vs, gs, eta, mu, on, slips):
    """Both layers' step; what one of them has left in v may come into the other's."""
    if on("shared-velocity"):
        vs = [vs[1], vs[0]]
    found = []
    for k in (0, 1):
        v = found[0][1] if k and on("shared-velocity") else vs[k]
        found.append(one_step(weights[k], v, gs[k], eta, mu, slips))
    moved = [found[0][0], found[1][0]]
    if on("only-U-moved"):
        moved[0] = weights[0]
    if on("only-W-moved"):
        moved[1] = weights[1]
    return moved, [found[0][1], found[1][1]]


def _without_biases(gradient):
    gradient = gradient.copy()
    gradient[0] = 0
    return gradient
