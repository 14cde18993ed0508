"""Answers to chapter 05, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np
from answers import ByHand

from helpers.checks.exercise import Case
from helpers.examples import worked
from helpers.mistakes import descent, hidden
from helpers.network import Network, with_one

from . import way_back, whole_steps
from .peer import torch


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 5.1, 5.2 ---------------------------------------------------------------------------------------

D1, D2 = 0.13849856162855695, -0.038098236516556236
TERMS = [D1 * 0.45, D2 * 0.55, D1 * 0.45 + D2 * 0.55]
W11 = -0.010406016971417877

# 5.3 --------------------------------------------------------------------------------------------


def delta_matrix(delta_y, U, h):
    return delta_y @ U[1:].T * h * (1 - h)


def delta_turned(delta_y, U, h):
    return ((U[1:] @ np.transpose(delta_y)).T * (h - h**2)).tolist()


def delta_einsum(delta_y, U, h):
    return np.einsum("...k,jk->...j", delta_y, U[1:]) * h * (1 - h)


def delta_cut_afterwards(delta_y, U, h):
    return (delta_y @ U.T)[..., 1:] * h * (1 - h)


def delta_loops(delta_y, U, h):
    if h.ndim == 2:
        return [delta_loops(d, U, v) for d, v in zip(delta_y, h, strict=True)]
    return [
        v * (1 - v) * sum(d * u for d, u in zip(delta_y, row, strict=True))
        for v, row in zip(h, U[1:], strict=True)
    ]


def delta_float32(delta_y, U, h):
    delta_y, U, h = (np.float32(each) for each in (delta_y, U, h))
    return np.dot(delta_y, U[1:].T) * h * (1 - h)


def delta_jacobian(delta_y, U, h):
    if h.ndim == 2:
        return np.array([delta_jacobian(d, U, v) for d, v in zip(delta_y, h, strict=True)])
    return np.diag(h * (1 - h)) @ U[1:] @ delta_y


DELTAS = [
    delta_matrix, delta_turned, delta_einsum, delta_cut_afterwards, delta_loops, delta_float32,
    delta_jacobian,
]  # fmt: skip
if torch is not None:

    def delta_torch(delta_y, U, h):
        delta_y, U, h = (torch.tensor(each) for each in (delta_y, U, h))
        return delta_y @ U[1:].T * h * (1 - h)

    DELTAS.append(delta_torch)

# 5.4 --------------------------------------------------------------------------------------------


def table_outer(x, h, delta_y, U):
    return np.outer([1, *x], delta_matrix(delta_y, U, h))


def table_column(x, h, delta_y, U):
    return with_one(x)[:, None] * delta_cut_afterwards(delta_y, U, h)


def table_product(x, h, delta_y, U):
    return with_one(x)[None].T @ np.atleast_2d(delta_einsum(delta_y, U, h))


def table_rows(x, h, delta_y, U):
    delta_h = np.array(delta_loops(delta_y, U, h))
    return [delta_h, *(value * delta_h for value in x)]


def table_loops(x, h, delta_y, U):
    out = np.zeros((len(x) + 1, len(h)))
    for j in range(len(h)):
        e = 0
        for k in range(len(delta_y)):
            e += U[j + 1, k] * delta_y[k]
        out[0, j] = e * h[j] * (1 - h[j])
        for i in range(len(x)):
            out[i + 1, j] = out[0, j] * x[i]
    return out


TABLES = [table_outer, table_column, table_product, table_rows, table_loops]

# 5.6, 5.7, 5.8 ----------------------------------------------------------------------------------


def suspect_in_place(W, U, x, t, eta):
    W, U = W.copy(), U.copy()
    h = sigmoid(x @ W[1:] + W[0])
    y = sigmoid(h @ U[1:] + U[0])
    d = (y - t) * y * (1 - y)
    U[1:] -= eta * np.outer(h, d)
    W[1:] -= eta * np.outer(x, d @ U[1:].T * h * (1 - h))
    return W, U


def suspect_masked(W, U, x, t, eta):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    d = (y - t) * y * (1 - y)
    U2 = U - eta * np.outer([0, *h], d)
    return [(W - eta * np.outer([0, *x], (U2 @ d)[1:] * h * (1 - h))).tolist(), U2.tolist()]


def suspect_with_network(W, U, x, t, eta):
    net = Network([W, U])
    p = net.forward(x)
    g = net.backward(p, t)
    g.dE_dW[0] = g.dE_dU[0] = 0
    net.U -= eta * g.dE_dU
    g = net.backward(Network([W, U]).forward(x), t)  # the old pass, through the new U
    g.dE_dW[0] = 0
    return W - eta * g.dE_dW, net.U.copy()


def learn_short(W, U, x, t, eta, steps):
    for _ in range(steps):
        h = sigmoid(with_one(x) @ W)
        y = sigmoid(with_one(h) @ U)
        d = (y - t) * y * (1 - y)
        W, U = (
            W - eta * np.outer([1, *x], d @ U[1:].T * h * (1 - h)),
            U - eta * np.outer([1, *h], d),
        )
    return W, U


def learn_with_network(W, U, x, t, eta, steps):
    net = Network([W, U])
    for _ in range(steps):
        net.parameters -= eta * net.gradient(x, t).parameters
    return net.W.copy(), net.U.copy()


def learn_recursive(W, U, x, t, eta, steps):
    while steps > 0:
        g = Network([W, U]).gradient(x, t)
        W, U, steps = W - eta * g.dE_dW, U - eta * g.dE_dU, steps - 1
    return W, U


def learn_copies(W, U, x, t, eta, steps):
    W, U, x1 = W.copy(), U.copy(), np.append(1, x)
    for _ in range(steps):
        h = 1 / (1 + np.exp(-x1.dot(W)))
        h1 = np.append(1, h)
        y = 1 / (1 + np.exp(-h1.dot(U)))
        d = (y - t) * y * (1 - y)
        e = U.dot(d)[1:]
        U -= eta * h1[:, None] * d
        W -= eta * x1[:, None] * (e * h * (1 - h))
    return [W, U]


def three_short(x, t, W, V, U):
    values = [with_one(x)]
    for M in (W, V, U):
        values.append(with_one(sigmoid(values[-1] @ M)))
    y = values.pop()[1:]
    d, found = (y - t) * y * (1 - y), []
    for v, M in zip(values[::-1], (U, V, W), strict=True):
        found.insert(0, np.outer(v, d))
        d = ((M @ d) * v * (1 - v))[1:] if len(found) < 3 else None
    return tuple(found)


def three_with_network(x, t, W, V, U):
    return list(Network([W, V, U]).gradient(x, t).weights)


def three_lines(x, t, W, V, U):
    h = sigmoid(x @ W[1:] + W[0])
    q = sigmoid(h @ V[1:] + V[0])
    y = sigmoid(q @ U[1:] + U[0])
    a = (y - t) * y * (1 - y)
    b = U[1:] @ a * q * (1 - q)
    c = V[1:] @ b * h * (1 - h)
    return [[k * v for k in c] for v in [1, *x]], np.outer([1, *h], b), np.outer([1, *q], a)


RIGHT = {
    "5.1": [
        tuple(TERMS),
        TERMS,
        np.array(TERMS),
        np.array(TERMS)[:, None],
        [round(v, 6) for v in TERMS],
        np.float32(TERMS),
        [0.062324353, -0.02095403, 0.041370323],
    ],
    "5.2": [W11, [W11], (W11,), np.float32(W11), -0.010406, -0.0104060170],
    "5.3": DELTAS,
    "5.4": TABLES,
    "5.5": ["b, c", ("b", "c"), {"gradient": "b", "error": "C"}, ["(b)", "c)"]],
    "5.6": [suspect_in_place, suspect_masked, suspect_with_network, descent.published_step],
    "5.7": [learn_short, learn_with_network, learn_recursive, learn_copies],
    "5.8": [three_short, three_with_network, three_lines],
}

# Wrong answers ------------------------------------------------------------------------------------


def learn_in_place(W, U, x, t, eta, steps):
    for _ in range(steps):
        h = sigmoid(with_one(x) @ W)
        y = sigmoid(with_one(h) @ U)
        d = (y - t) * y * (1 - y)
        dW, dU = np.outer(with_one(x), d @ U[1:].T * h * (1 - h)), np.outer(with_one(h), d)
        W -= eta * dW
        U -= eta * dU
    return W, U


def learn_at_most_45(W, U, x, t, eta, steps):
    return learn_short(W, U, x, t, eta, min(steps, 45))


def learn_with_decay(W, U, x, t, eta, steps):
    for k in range(steps):
        W, U = learn_short(W, U, x, t, eta / (k + 1), 1)
    return W, U


def suspect_on_the_example_only(W, U, x, t, eta):
    net, *_ = worked()
    found = suspect_in_place(W, U, x, t, eta)
    return found if np.array_equal(U, net.U) else learn_short(W, U, x, t, eta, 1)


def suspect_by_rounding(W, U, x, t, eta):
    W_new, U_new = descent.published_step(W, U, x, t, eta, {"step-done-rightly"})
    return np.round(W_new, 6), np.round(U_new, 6)


def table_of_empty_deltas(x, h, delta_y, U):
    return np.outer(with_one(x), hidden_delta_to_be_written(delta_y, U, h) * 1.0)


def hidden_delta_to_be_written(delta_y, U, h): ...


def learn_without_the_one(W, U, x, t, eta, steps):
    for _ in range(steps):
        h = sigmoid(with_one(x) @ W)
        y = sigmoid(with_one(h) @ U)
        d = (y - t) * y * (1 - y)
        W, U = (
            W - eta * np.outer(x, d @ U[1:].T * h * (1 - h)),
            U - eta * np.outer(with_one(h), d),
        )
    return W, U


EH = [-0.07014110373, 0.02095388621, 0.05389968304]
WRONG = [
    ("5.1", [0.055399425, -0.019049118, 0.036350306], ["first hidden unit", "w6 and w8"]),
    ("5.1", [TERMS[0], -TERMS[1], TERMS[0] - TERMS[1]], ["lost the minus sign"]),
    ("5.1", [TERMS[1], TERMS[0], TERMS[2]], ["in another order"]),
    ("5.1", TERMS[:2], ["3 numbers", "2 arrived"]),
    ("5.1", [*TERMS[:2], 0.009954254705], ["h (1 - h) already"]),
    ("5.1", [*TERMS[:2], (TERMS[0] + TERMS[1]) / 2], ["averaged"]),
    ("5.1", [0.0623, -0.0210, 0.0414], ["right as far as they go"]),
    ("5.2", -0.0173433616, ["delta_h1", "through w11"]),
    ("5.1", [TERMS[0], -TERMS[1], TERMS[2]], ["dE/dh2 are right", "term of a path without"]),
    ("5.1", [TERMS[0], D2 * 0.50, TERMS[0] + D2 * 0.50], ["y2's term of the first hidden unit"]),
    ("5.1", [D1 * 0.40, TERMS[1], D1 * 0.40 + TERMS[1]], ["y1's term of the first hidden unit"]),
    ("5.2", EH[0], ["e_h1"]),
    ("5.2", 0.1 - 0.5 * W11, ["the new w11 after a step"]),
    ("5.2", -0.5 * W11, ["the move of w11"]),
    ("5.2", 0.1 * W11 / 0.6, ["delta_h1 times the weight w11"]),
    ("5.2", W11 / 2, ["half the right one", "1/2 in E"]),
    ("5.2", 2 * W11, ["times 2, as when the 2 of the square is kept"]),
    ("5.2", 0.0138746892, ["w21"]),
    ("5.2", -0.0337186118, ["the gradient of u11"]),
    ("5.2", -W11, ["the wrong sign"]),
    ("5.3", lambda d, U, h: d @ U.T * h * (1 - h), ["ValueError", "the biases in row 0"]),
    ("5.3", lambda d, U, h: h * (1 - h), ["the slope h (1 - h) alone"]),
    ("5.3", lambda d, U, h: np.zeros_like(h), ["is 0, whatever comes in"]),
    ("5.3", lambda d, U, h: -delta_matrix(d, U, h), ["opposite sign"]),
    ("5.3", lambda d, U, h: d, ["its input `delta_y`"]),
    ("5.3", lambda d, U, h: delta_matrix(d, U, h)[::-1], ["reverse order"]),
    ("5.4", lambda x, h, d, U: delta_matrix(d, U, h), ["delta_h"]),
    ("5.4", lambda x, h, d, U: np.outer(with_one(h), d), ["the gradient of U"]),
    ("5.4", lambda x, h, d, U: 0.5 * table_outer(x, h, d, U), ["0.5 times"]),
    ("5.4", table_of_empty_deltas, ["TypeError", "Something there is None", "to be written"]),
    ("5.5", "a, c", ["1 of the 2", "Nudge the shared bias"]),
    ("5.5", ["b", "a"], ["overshoot"]),
    ("5.6", suspect_by_rounding, ["After your step E is", "0.291027924"]),
    ("5.6", suspect_on_the_example_only, ["other networks"]),
    ("5.6", lambda W, U, x, t, eta: (W, U), ["0.298371109"]),
    ("5.6", lambda *a: descent.published_step(*a, {"step-done-rightly"})[::-1],
     ["return `W, U`"]),
    ("5.6", lambda *a: descent.published_step(*a, {"step-done-rightly", "biases-moved"}),
     ["Another mistake than the post's: you moved the biases"]),
    ("5.7", learn_in_place, ["changes its input"]),
    ("5.7", learn_without_the_one, ["ValueError", "one row more: row 0, the biases"]),
    ("5.7", learn_at_most_45, ["after 100 steps", "set no limit"]),
    ("5.7", lambda *a: learn_short(*a)[::-1], ["another order"]),
    ("5.7", learn_with_decay, ["One step is right, several are not"]),
    (
        "5.7",
        lambda W, U, *a: (1.1 * learn_short(W, U, *a)[0], learn_short(W, U, *a)[1]),
        ["`U` is right", "between delta_y and the new `W`"],
    ),
    (
        "5.7",
        lambda W, U, *a: (learn_short(W, U, *a)[0], 2 * learn_short(W, U, *a)[1]),
        ["`W` is right", "how `U` gets"],
    ),
    ("5.8", lambda *a: three_short(*a)[::-1], ["another order"]),
    ("5.8", lambda *a: three_short(*a)[0], ["3 values"]),
    ("5.8", lambda *a: [each[0] for each in three_short(*a)], ["it is (3,)"]),
]  # fmt: skip

SLIPS = {
    "5.3": way_back.delta_sources(),
    "5.4": way_back.table_sources(),
    "5.6": whole_steps.step_sources(),
    "5.7": whole_steps.own_sources(),
    "5.8": whole_steps.deep_sources(),
}
SOLUTIONS = {
    "5.3": (
        way_back.MATRIX.format(**way_back.MATRIX_PARTS),
        "def hidden_delta(delta_y, U, h):\n    e = np.dot(delta_y, np.transpose(U[1:]))\n"
        "    slope = h - h * h\n    return e * slope",
        "def hidden_delta(delta_y, U, h):\n    e = np.zeros(h.shape)\n"
        "    for j in range(h.shape[-1]):\n"
        "        e[..., j] = (delta_y * U[j + 1]).sum(axis=-1)\n"
        "    return h * (1 - h) * e",
    ),
    "5.4": (
        way_back.TABLE.format(**way_back.TABLE_PARTS),
        "def dE_dW(x, h, delta_y, U):\n    e = U[1:] @ delta_y\n    d = e * h * (1 - h)\n"
        "    rows = [d]\n    for i in range(len(x)):\n        rows.append(x[i] * d)\n"
        "    return np.array(rows)",
        "def dE_dW(x, h, delta_y, U):\n    d = delta_y @ U[1:].T * (h - h ** 2)\n"
        "    return np.concatenate([[1.0], x])[:, None] * d",
    ),
    # One source each: the others come in as slips, and their mutants would take a minute.
    "5.6": (whole_steps.LINES.format(**whole_steps.LINES_PARTS),),
    "5.7": (whole_steps.LEARN.format(**whole_steps.LEARN_PARTS),),
    "5.8": (whole_steps.THREE.format(**whole_steps.THREE_PARTS),),
}
BY_HAND = {
    "5.1": ByHand(
        "(d1 * w6, d2 * w8, d1 * w6 + d2 * w8)",
        lambda slips, x, W, U, t: hidden.path_terms(x, W, U, t, slips),
    ),
}


def _steps(sizes, *more):
    rng = np.random.default_rng(sum(sizes))
    n_in, n_h, n_out = sizes
    shapes = ((n_in + 1, n_h), (n_h + 1, n_out), (n_in,), (n_out,))
    return Case("fresh", (*(rng.normal(0, 1.1, shape) for shape in shapes), *more))


def _published():
    return [_steps(s, eta) for s, eta in (((2, 4, 3), 0.9), ((3, 3, 3), 1.4), ((4, 2, 2), 0.6))]


def _learnt():
    return [
        _steps((2, 4, 3), 0.9, 1), _steps((3, 3, 3), 1.4, 2), _steps((4, 2, 5), 0.6, 3),
        _steps((3, 2, 2), 0.7, 4),
    ]  # fmt: skip


FRESH = {"5.6": _published, "5.7": _learnt}
