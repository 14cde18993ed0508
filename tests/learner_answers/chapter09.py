"""Answers to chapter 09, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np

from helpers import quadratic
from helpers.checks import momentum as asked
from helpers.checks.exercise import Case
from helpers.network import Network, with_one
from helpers.training import train

from . import velocities
from .peer import torch


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 9.2, 9.3 ---------------------------------------------------------------------------------------


def step_lines(w, v, g, eta, mu):
    v = mu * v - eta * g
    return w + v, v


def step_with_minus(w, v, g, eta, mu):
    u = -mu * v + eta * g
    return [w - u, -u]


def step_by_entries(w, v, g, eta, mu):
    w, v, g = (np.array(each, dtype=float) for each in (w, v, g))
    new = np.empty_like(v)
    for index in np.ndindex(v.shape):
        new[index] = mu * v[index] - eta * g[index]
    return (w + new).tolist(), new.tolist()


def step_copies(w, v, g, eta, mu):
    v = np.array(v) * mu
    v -= eta * np.array(g)
    w = np.array(w)
    w = np.add(w, v)
    return w, v


def step_float32(w, v, g, eta, mu):
    w, v, g = (np.float32(each) for each in (w, v, g))
    v = np.float32(mu) * v - np.float32(eta) * g
    return w + v, v


def step_stacked(w, v, g, eta, mu):
    return np.array(step_lines(w, v, g, eta, mu))


STEPS = [step_lines, step_with_minus, step_by_entries, step_copies, step_float32, step_stacked]
if torch is not None:

    def step_torch(w, v, g, eta, mu):
        w, v, g = (torch.tensor(each) for each in (w, v, g))
        v = mu * v - eta * g
        return w + v, v

    STEPS.append(step_torch)


def layers_by_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    W, v_W = step_lines(W, v_W, dE_dW, eta, mu)
    U, v_U = step_lines(U, v_U, dE_dU, eta, mu)
    return W, U, v_W, v_U


def layers_zipped(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    vs = [mu * v - eta * g for v, g in ((v_W, dE_dW), (v_U, dE_dU))]
    return [*(w + v for w, v in zip((W, U), vs, strict=True)), *vs]


def layers_flat(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    w, v, g = (
        np.concatenate([a.ravel(), b.ravel()]) for a, b in ((W, U), (v_W, v_U), (dE_dW, dE_dU))
    )
    v = mu * v - eta * g
    w, n = w + v, W.size
    parts = (w[:n], w[n:], v[:n], v[n:])
    return tuple(p.reshape(s.shape).tolist() for p, s in zip(parts, (W, U, W, U), strict=True))


# 9.4 --------------------------------------------------------------------------------------------


def convert_short(eta, mu, v, convention):
    new = {"b": eta, "c": eta / (1 - mu)}[convention]
    return new, -v / new


def convert_by_cases(eta, mu, v, convention):
    if convention == "b":
        return [eta, np.asarray(v) / -eta]
    return [eta / (1 - mu), -(1 - mu) * np.asarray(v) / eta]


def convert_factor(eta, mu, v, convention):
    k = 1 - mu if convention == "c" else 1
    return eta / k, (-np.array(v) * k / eta).tolist()


# 9.5 --------------------------------------------------------------------------------------------


def ahead_lines(slope, w, v, eta, mu):
    v = mu * v - eta * slope(w + mu * v)
    return w + v, v


def ahead_from_there(slope, w, v, eta, mu):
    there = w + mu * v
    new = there - eta * slope(there)
    return new, new - w


def ahead_lists(slope, w, v, eta, mu):
    g = np.asarray(slope(np.asarray(w) + mu * np.asarray(v)))
    v = mu * np.asarray(v) - eta * g
    return [(w + v).tolist(), v.tolist()]


# 9.6 --------------------------------------------------------------------------------------------


def limit_max(a, mu):
    return 2 * (1 + mu) / max(a)


def limit_smallest(a, mu):
    return min((2 + 2 * mu) / each for each in a)


def limit_sorted(a, mu):
    return [(1 + mu) / np.sort(a)[-1] / 0.5]


def limit_helpers(a, mu):
    return quadratic.largest_eta(np.max(a), mu)


def limit_bisected(a, mu):
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        stable = quadratic.factor(a, middle, mu) < 1
        low, high = (middle, high) if stable else (low, middle)
    return low


# 9.8 --------------------------------------------------------------------------------------------


def run_by_steps(W, U, x, t, eta, mu, steps):
    v_W, v_U = 0 * W, 0 * U
    for _ in range(steps):
        g = Network([W, U]).gradient(x, t)
        dE_dW, dE_dU = g.dE_dW.copy(), g.dE_dU.copy()
        dE_dW[0] = dE_dU[0] = 0
        W, U, v_W, v_U = layers_by_step(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu)
    return W, U


def run_own_lines(W, U, x, t, eta, mu, steps):
    W, U = W.copy(), U.copy()
    v_W, v_U = np.zeros_like(W[1:]), np.zeros_like(U[1:])
    for _ in range(steps):
        h = sigmoid(with_one(x) @ W)
        y = sigmoid(with_one(h) @ U)
        d = (y - t) * y * (1 - y)
        e = d @ U[1:].T * h * (1 - h)
        v_U = mu * v_U - eta * np.outer(h, d)
        v_W = mu * v_W - eta * np.outer(x, e)
        U[1:] += v_U
        W[1:] += v_W
    return [W, U]


def run_helpers(W, U, x, t, eta, mu, steps):
    net = Network([W, U])
    train(net, x, t, eta=eta, mu=mu, epochs=steps, biases="frozen")
    return net.W.copy(), net.U.copy()


def run_differences(W, U, x, t, eta, mu, steps):
    old_W, old_U = W, U
    for _ in range(steps):
        g = Network([W, U]).gradient(x, t)
        g.dE_dW[0], g.dE_dU[0] = 0, 0
        new = W - eta * g.dE_dW + mu * (W - old_W), U - eta * g.dE_dU + mu * (U - old_U)
        (old_W, old_U), (W, U) = (W, U), new
    return W, U


RIGHT = {
    "9.1": [[1.4, 0.5, -0.37], (1.4, 0.5, -0.37), np.array([[1.4, 0.5, -0.37]]),
            [[1.4], [0.5], [-0.37]]],
    "9.2": STEPS,
    "9.3": [layers_by_step, layers_zipped, layers_flat],
    "9.4": [convert_short, convert_by_cases, convert_factor],
    "9.5": [ahead_lines, ahead_from_there, ahead_lists],
    "9.6": [limit_max, limit_smallest, limit_sorted, limit_helpers, limit_bisected],
    "9.7": [["b", "c", "a"], "b, c, a", ("B", "C", "A"),
            {"out of the dent": "b", "into the dent": "c", "the long ringing": "a"}],
    "9.8": [run_by_steps, run_own_lines, run_helpers, run_differences],
}  # fmt: skip

# Wrong answers ------------------------------------------------------------------------------------


def step_in_place(w, v, g, eta, mu):
    if np.ndim(v):
        v *= mu
        v -= eta * g
        w += v
        return w, v
    return step_lines(w, v, g, eta, mu)


def layers_in_place(W, U, v_W, v_U, dE_dW, dE_dU, eta, mu):
    v_W *= mu
    v_W -= eta * dE_dW
    v_U *= mu
    v_U -= eta * dE_dU
    return W + v_W, U + v_U, v_W, v_U


def run_at_most_50(W, U, x, t, eta, mu, steps):
    return run_by_steps(W, U, x, t, eta, mu, min(steps, 50))


def run_in_place(W, U, x, t, eta, mu, steps):
    for new, old in zip(run_by_steps(W, U, x, t, eta, mu, steps), (W, U), strict=True):
        old[...] = new
    return W, U


def slope_multiplied(slope, w, v, eta, mu):
    v = mu * v - eta * slope * (w + mu * v)
    return w + v, v


WRONG = [
    ("9.5", slope_multiplied, ["TypeError", "brackets right behind its name"]),
    ("9.6", lambda a, mu: 2 * (1 + mu) / a.max(), ["AttributeError", "A list has no `max`"]),
    ("9.1", [1.4, 0.98, 0.686], ["plain descent, done rightly"]),
    ("9.1", [-0.6, -0.9, -0.87], ["handed in the steps"]),
    ("9.1", [2, 1.4, 0.5], ["first value is that of the start"]),
    ("9.1", [1.4, 0.5, 0.37], ["minus signs are lost"]),
    ("9.1", [1.4, 0.5, -0.36], ["the third w is -0.36, which is too high"]),
    ("9.1", [1.7, 1.16, 0.428], ["You took 2 for the slope"]),
    ("9.1", [1.4, 0.5], ["3 numbers", "2 arrived"]),
    ("9.1", [1.4, 0.5, -0.955], ["after the fourth step"]),
    ("9.1", [1.7, 1.205, 0.62825], ["w²/2"]),
    ("9.2", lambda w, v, g, eta, mu: mu * v - eta * g, ["2 values", "one came back"]),
    ("9.2", lambda *a: step_lines(*a)[::-1], ["another order"]),
    ("9.2", step_in_place, ["changes its input"]),
    ("9.2", lambda w, v, g, eta, mu: (w, v), ["its input `w`"]),
    ("9.2", lambda w, v, g, eta, mu: (w - eta * g, -eta * g), ["carried nothing on"]),
    ("9.2", lambda w, v, g, eta, mu: (w + mu * v - eta * g * g, mu * v - eta * g * g),
     ["what the gradient does"]),
    ("9.2", lambda w, v, g, eta, mu: (w + mu**2 * v - eta * g, mu**2 * v - eta * g),
     ["look at what is carried on"]),
    ("9.2", lambda *a: [np.round(each, 4) for each in step_lines(*a)], ["rounded to 4 decimals"]),
    ("9.3", layers_in_place, ["changes its input `v_W`"]),
    ("9.3", lambda *a: layers_by_step(*a)[:2], ["4 values", "2 arrived"]),
    ("9.3", lambda W, U, v_W, v_U, dW, dU, eta, mu: (W - eta * dW, U - eta * dU, v_W, v_U),
     ["W"]),
    ("9.3", lambda W, U, v_W, v_U, dW, dU, eta, mu:
        (*layers_by_step(W, U, v_W, v_U, dW, 2 * dU, eta, mu),), ["`W` and `v_W` are right"]),
    ("9.4", lambda eta, mu, v, c: (eta, v), ["Two things at once", "handed on v"]),
    ("9.4", lambda eta, mu, v, c: convert_short(eta, mu, v, "b"), ["kept eta in convention c"]),
    ("9.4", lambda eta, mu, v, c: convert_short(eta, mu, v, c)[::-1], ["another order"]),
    ("9.4", lambda eta, mu, v, c: (convert_short(eta, mu, v, c)[0], v**2), ["Your eta is right"]),
    ("9.4", lambda eta, mu, v, c: (2 * eta, -v / eta / 2), ["look at eta"]),
    ("9.5", lambda f, w, v, eta, mu: step_lines(w, v, f(w), eta, mu), ["classical momentum"]),
    ("9.5", lambda f, w, v, eta, mu: step_lines(w, v, f(w + 0.5 * mu * v), eta, mu),
     ["the same everywhere your step is right"]),
    ("9.5", lambda f, w, v, eta, mu: ahead_lines(f, w, v, eta, mu)[0], ["2 values"]),
    ("9.6", lambda a, mu: 3.8, ["Every number that you return is 3.8"]),
    ("9.6", lambda a, mu: 2 / max(a), ["plain descent, without mu"]),
    ("9.6", lambda a, mu: 2 * (1 + mu) / np.median(a), ["For a single weight"]),
    ("9.6", lambda a, mu: 2 * (1 + mu**2) / max(a), ["Without momentum"]),
    ("9.6", lambda a, mu: 2 * (1 + mu) / max(a) ** 2, ["largest a_i is 1"]),
    ("9.7", "a, c, a", ["2 of the 3", "same learning rate"]),
    ("9.7", ["b", "b", "c"], ["the dent is the higher one"]),
    ("9.7", ["b", "c"], ["3 letters"]),
    ("9.8", run_at_most_50, ["after 100 steps", "set no limit"]),
    ("9.8", run_in_place, ["changes its input"]),
    ("9.8", lambda *a: run_by_steps(*a)[::-1], ["another order"]),
    ("9.8", lambda W, U, x, t, eta, mu, steps:
        run_by_steps(W, U, x, t, eta, mu if steps < 3 else mu / 2, steps), ["Two steps are right"]),
]  # fmt: skip

SLIPS = {
    "9.2": velocities.step_sources(),
    "9.3": velocities.network_sources(),
    "9.4": velocities.convention_sources(),
    "9.5": velocities.nesterov_sources(),
    "9.6": velocities.limit_sources(),
    "9.8": velocities.run_sources(),
}
SOLUTIONS = {
    "9.2": (
        velocities.STEP.format(**velocities.STEP_PARTS),
        "def momentum_step(w, v, g, eta, mu):\n    new_v = mu * v - eta * g\n"
        "    new_w = w + mu * v - eta * g\n    return new_w, new_v",
    ),
    "9.3": (velocities.NETWORK.format(**velocities.NETWORK_PARTS),),
    "9.4": (
        "def from_ours(eta, mu, v, convention):\n    if convention == 'c':\n"
        "        eta = eta / (1 - mu)\n    return eta, -v / eta",
        "def from_ours(eta, mu, v, convention):\n    if convention == 'b':\n"
        "        return eta, -v / eta\n    return eta / (1 - mu), -v * (1 - mu) / eta",
    ),
    "9.5": (
        velocities.NESTEROV.format(**velocities.NESTEROV_PARTS),
        "def nesterov_step(slope, w, v, eta, mu):\n    there = w + mu * v\n"
        "    new = there - eta * slope(there)\n    return new, new - w",
    ),
    "9.6": (
        "def largest_eta(a, mu):\n    return 2 * (1 + mu) / np.max(a)",
        "def largest_eta(a, mu):\n    limits = [(2 + 2 * mu) / each for each in a]\n"
        "    return min(limits)",
    ),
    "9.8": (velocities.WITH_NETWORK,),  # the lines of the gradient are chapter 05's
}


def _fresh_steps():
    rng = np.random.default_rng(92)
    return [
        Case("fresh", (*(rng.normal(0, 1.1, shape) for _ in range(3)), eta, mu))
        for shape, eta, mu in (((4,), 0.55, 0.3), ((2, 3), 0.15, 0.75), ((), 1.7, 0.85))
    ]


def _fresh_layers():
    rng = np.random.default_rng(93)
    found = []
    for (a, b, c), eta, mu in (((3, 2, 4), 0.55, 0.3), ((2, 2, 2), 0.15, 0.75)):
        shapes = 3 * [(a + 1, b), (b + 1, c)]
        found.append(Case("fresh", (*(rng.normal(0, 1.1, s) for s in shapes), eta, mu)))
    return found


def _fresh_conventions():
    rng = np.random.default_rng(94)
    return [
        Case("fresh", (eta, mu, rng.normal(0, 1, shape), convention), f"convention {convention}")
        for convention in "bc"
        for shape, eta, mu in (((2,), 0.55, 0.3), ((2, 2), 0.15, 0.75))
    ]


def _fresh_slopes():
    rng = np.random.default_rng(95)
    return [
        Case("fresh", (slope, rng.normal(0, 1, shape), rng.normal(0, 1, shape), eta, mu))
        for slope, shape, eta, mu in (
            (asked.cubic, (2,), 0.55, 0.35), (asked.mixed, (2, 2), 0.15, 0.75),
            (asked.waves, (3,), 0.9, 0.55),
        )
    ]  # fmt: skip


def _fresh_limits():
    rng = np.random.default_rng(96)
    return [
        Case("fresh", (rng.uniform(0.1, 5, n), mu)) for n, mu in ((3, 0.25), (4, 0.8), (6, 0.5))
    ]


def _fresh_runs():
    rng = np.random.default_rng(98)
    found = []
    for (a, b, c), *more in (
        ((2, 4, 3), 0.9, 0.5, 1), ((3, 3, 3), 0.6, 0.7, 2), ((4, 2, 5), 0.4, 0.85, 3),
        ((2, 2, 2), 0.7, 0.6, 4),
    ):  # fmt: skip
        shapes = ((a + 1, b), (b + 1, c), (a,), (c,))
        found.append(Case("fresh", (*(rng.normal(0, 1.1, s) for s in shapes), *more)))
    return found


FRESH = {
    "9.2": _fresh_steps, "9.3": _fresh_layers, "9.4": _fresh_conventions, "9.5": _fresh_slopes,
    "9.6": _fresh_limits, "9.8": _fresh_runs,
}  # fmt: skip
