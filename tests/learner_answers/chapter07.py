"""Answers to chapter 07, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np

from helpers.checks import chapter07, without_loops
from helpers.checks.exercise import Case
from helpers.network import Network, with_one

from . import batches
from .peer import torch


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# 7.2 ---------------------------------------------------------------------------------------------


def forward_short(x, W, U):
    h = sigmoid(with_one(x) @ W)
    return h, sigmoid(with_one(h) @ U)


def forward_bias_apart(x, W, U):
    h = sigmoid(x @ W[1:] + W[0])
    return [h, sigmoid(h.dot(U[1:]) + U[0])]


def forward_padded(x, W, U):
    h = sigmoid(np.pad(x, ((0, 0), (1, 0)), constant_values=1) @ W)
    return h.tolist(), sigmoid(np.hstack([np.ones((len(h), 1)), h]) @ U).tolist()


def forward_einsum(x, W, U):
    h = sigmoid(np.einsum("mi,ij->mj", with_one(x), W))
    return h, np.float32(sigmoid(np.einsum("mj,jk->mk", with_one(h), U)))


def forward_network(x, W, U):
    p = Network([W, U]).forward(x)
    return p.h, p.y


def forward_over_layers(x, W, U):
    found = [x]
    for M in (W, U):  # a loop over the layers is none over examples, units or inputs
        found.append(sigmoid(with_one(found[-1]) @ M))
    return found[1], found[2]


def forward_turned(x, W, U):
    h = sigmoid(W[1:].T @ x.T + W[0][:, None])
    return h.T, sigmoid((U[1:].T @ h).T + U[0])


FORWARDS = [
    forward_short, forward_bias_apart, forward_padded, forward_einsum, forward_network,
    forward_over_layers, forward_turned,
]  # fmt: skip

# 7.3 ---------------------------------------------------------------------------------------------


def counted_deltas(h, delta_y, counts):
    return with_one(h).T @ (delta_y * counts[:, None]) / counts.sum()


def counted_values(h, delta_y, counts):
    return (with_one(h) * counts.reshape(-1, 1)).T @ delta_y / np.sum(counts)


def counted_shares(h, delta_y, counts):
    return with_one(h).T * (counts / counts.sum()) @ delta_y


def counted_einsum(h, delta_y, counts):
    return (np.einsum("m,mj,mk->jk", counts, with_one(h), delta_y) / counts.sum()).tolist()


def counted_average(h, delta_y, counts):
    tables = with_one(h)[:, :, None] * delta_y[:, None, :]
    return np.average(tables, axis=0, weights=counts)


def counted_diagonal(h, delta_y, counts):
    return np.vstack([counts @ delta_y, h.T @ np.diag(counts) @ delta_y]) / np.sum(counts)


def counted_float32(h, delta_y, counts):
    return np.float32(with_one(h).T @ (delta_y.T * counts).T / counts.sum())


COUNTED = [
    counted_deltas, counted_values, counted_shares, counted_einsum, counted_average,
    counted_diagonal, counted_float32,
]  # fmt: skip

# 7.4 ---------------------------------------------------------------------------------------------


def first_matrix(x, h, delta_y, U):
    delta_h = delta_y @ U[1:].T * h * (1 - h)
    return with_one(x).T @ delta_h / len(x)


def first_bias_apart(x, h, delta_y, U):
    d = (U[1:] @ delta_y.T).T * (h - h**2)
    return np.vstack([d.mean(axis=0), x.T @ d / x.shape[0]])


def first_tables(x, h, delta_y, U):
    d = np.einsum("mk,jk->mj", delta_y, U[1:]) * h * (1 - h)
    return (with_one(x)[:, :, None] * d[:, None, :]).mean(axis=0)


def first_cut_later(x, h, delta_y, U):
    d = (delta_y @ U.T)[:, 1:] * h * (1 - h)
    return (d.T.dot(with_one(x)).T / len(d)).tolist()


def first_float32(x, h, delta_y, U):
    x, h, delta_y, U = (np.float32(each) for each in (x, h, delta_y, U))
    return with_one(x).T @ (delta_y @ U[1:].T * h * (1 - h)) / len(x)


FIRST = [first_matrix, first_bias_apart, first_tables, first_cut_later, first_float32]
if torch is not None:

    def first_torch(x, h, delta_y, U):
        x, h, delta_y, U = (torch.tensor(each) for each in (with_one(x), h, delta_y, U))
        return x.T @ (delta_y @ U[1:].T * h * (1 - h)) / len(x)

    FIRST.append(first_torch)

# 7.6, 7.7, 7.8 -----------------------------------------------------------------------------------


def step_sum(w, b, x, delta, eta):
    return w - eta * x.T @ delta / len(x), b - eta * delta.sum(axis=0) / len(x)


def step_mean(w, b, x, delta, eta):
    return [w - eta / len(x) * (x.T @ delta), b - eta * np.mean(delta, axis=0)]


def step_row_0(w, b, x, delta, eta):
    W = np.vstack([b, w]) - eta * with_one(x).T @ delta / len(x)
    return W[1:], W[0]


def step_loops(w, b, x, delta, eta):
    w, b, n = w.copy(), b.copy(), len(x)
    for m in range(n):
        w -= eta * np.outer(x[m], delta[m]) / n
        b -= eta * delta[m] / n
    return w.tolist(), b.tolist()


def step_ones(w, b, x, delta, eta):
    ones = np.ones(len(x))
    return w - eta * x.T @ delta / len(x), b - eta * (ones @ delta) / ones.sum()


def step_keepdims(w, b, x, delta, eta):
    return w - eta * x.T @ delta / len(x), b - eta * delta.mean(axis=0, keepdims=True)


def against_list(gradient, x, t):
    single = [gradient(x[m], t[m]) for m in range(len(x))]
    return np.abs(np.mean(single, axis=0) - gradient(x, t)).max()


def against_sum(gradient, x, t):
    total = 0
    for a, b in zip(x, t, strict=True):
        total = total + gradient(a, b)
    return float(np.max(abs(gradient(x, t) - total / len(x))))


def against_rows(gradient, x, t):
    total = sum(gradient(x[m : m + 1], t[m : m + 1]) for m in range(x.shape[0]))
    return [np.linalg.norm((total / len(t) - gradient(x, t)).ravel(), np.inf)]


def against_flat(gradient, x, t):
    one = np.array([np.ravel(gradient(*pair)) for pair in zip(x, t, strict=True)]).mean(axis=0)
    return max(abs(a - b) for a, b in zip(one, gradient(x, t).ravel(), strict=True))


def fast_lines(x, t, W, U):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    d = (y - t) * y * (1 - y)
    q = d @ U[1:].T * h * (1 - h)
    return with_one(x).T @ q / len(x), with_one(h).T @ d / len(x)


def fast_bias_apart(x, t, W, U):
    h = sigmoid(x @ W[1:] + W[0])
    y = sigmoid(h @ U[1:] + U[0])
    d = (y - t) * (y - y * y) / len(x)
    q = d @ U[1:].T * h * (1 - h)
    return [np.vstack([q.sum(axis=0), x.T @ q]), np.vstack([d.sum(axis=0), h.T @ d])]


def fast_network(x, t, W, U):
    g = Network([W, U]).gradient(x, t)
    return g.dE_dW, g.dE_dU


def fast_over_layers(x, t, W, U):
    H = [x]
    for M in (W, U):
        H.append(sigmoid(with_one(H[-1]) @ M))
    y, found = H.pop(), []
    delta = (y - t) * y * (1 - y)
    for M, h in ((U, H[1]), (W, H[0])):
        found.append(with_one(h).T @ delta / len(x))
        delta = delta @ M[1:].T * h * (1 - h)
    return found[1], found[0]


def fast_einsum(x, t, W, U):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    d = (y - t) * y * (1 - y)
    q = np.einsum("mk,jk,mj->mj", d, U[1:], h * (1 - h))
    return np.einsum("mi,mj->ij", with_one(x), q) / len(x), np.einsum(
        "mj,mk->jk", with_one(h), d
    ) / len(x)


NAMES = ("with_one(h)", "U", "delta_y", "delta_h", "dE_dU", "dE_dW")
SHAPES = [(10, 6), (6, 3), (10, 3), (10, 5), (6, 3), (9, 5)]
RIGHT = {
    "7.1": [
        SHAPES,
        tuple(SHAPES),
        [list(each) for each in SHAPES],
        dict(zip(NAMES, SHAPES, strict=True)),
    ],
    "7.2": FORWARDS,
    "7.3": COUNTED,
    "7.4": FIRST,
    "7.5": [
        "b, c, b", ["b", "c", "b"], {"twice the data": "B", "their eta": "c", "np.mean": "(b)"},
    ],
    "7.6": [step_sum, step_mean, step_row_0, step_loops, step_ones, step_keepdims],
    "7.7": [against_list, against_sum, against_rows, against_flat],
    "7.8": [fast_lines, fast_bias_apart, fast_network, fast_over_layers, fast_einsum],
}  # fmt: skip

# Wrong answers -----------------------------------------------------------------------------------


def forward_with_a_loop(x, W, U):
    h = np.array([sigmoid(W[0] + row @ W[1:]) for row in x])
    return h, sigmoid(with_one(h) @ U)


def forward_over_outputs(x, W, U):
    h = sigmoid(with_one(x) @ W)
    return h, np.transpose([sigmoid(with_one(h) @ column) for column in U.T])


def forward_vectorized(x, W, U):
    h = np.vectorize(sigmoid)(with_one(x) @ W)
    return h, sigmoid(with_one(h) @ U)


def forward_by_itself(x, W, U):
    if len(x) == 0:
        return np.zeros((0, W.shape[1])), np.zeros((0, U.shape[1]))
    h, y = forward_short(x[:1], W, U)
    more = forward_by_itself(x[1:], W, U)
    return np.vstack([h, more[0]]), np.vstack([y, more[1]])


def counted_repeats(h, delta_y, counts):
    rows = np.repeat(np.arange(len(h)), counts.astype(int))
    return with_one(h[rows]).T @ delta_y[rows] / len(rows)


def counted_loop(h, delta_y, counts):
    total = 0
    for a, d, c in zip(h, delta_y, counts, strict=True):
        total = total + c * np.outer(with_one(a), d)
    return total / counts.sum()


def first_loop(x, h, delta_y, U):
    d = delta_y @ U[1:].T * h * (1 - h)
    return sum(np.outer(with_one(a), b) for a, b in zip(x, d, strict=True)) / len(x)


def step_in_place(w, b, x, delta, eta):
    w -= eta * x.T @ delta / len(x)
    b -= eta * delta.sum(axis=0) / len(x)
    return w, b


def step_with_bug(w, b, x, delta, eta):
    w = w - eta * x.T @ delta / len(x)
    b = b - eta * delta / len(x)
    return w, b


def fast_with_rows(x, t, W, U):
    parts = [fast_lines(a[None], b[None], W, U) for a, b in zip(x, t, strict=True)]
    return tuple(np.mean(each, axis=0) for each in zip(*parts, strict=True))


def fast_with_units(x, t, W, U):
    h = np.transpose([sigmoid(with_one(x) @ column) for column in W.T])
    y = sigmoid(with_one(h) @ U)
    d = (y - t) * y * (1 - y)
    q = d @ U[1:].T * h * (1 - h)
    return with_one(x).T @ q / len(x), with_one(h).T @ d / len(x)


def fast_wasteful(x, t, W, U):
    np.sort(np.sin(np.arange(500_000.0)))  # longer than the loops, in one step of Python
    return fast_lines(x, t, W, U)


def bug_summed_afterwards(w, b, x, delta, eta):
    w, b = step_with_bug(w, b, x, delta, eta)
    return w, b.sum(axis=0)


def not_squashed(x, W, U):
    h = with_one(x) @ W
    return h, with_one(h) @ U


def one_behind(x, W, U):
    h = sigmoid(np.c_[x, np.ones(len(x))] @ W)
    return h, sigmoid(np.c_[h, np.ones(len(h))] @ U)


def divided_before_and_after(x, t, W, U):
    h = sigmoid(with_one(x) @ W)
    y = sigmoid(with_one(h) @ U)
    d = (y - t) * y * (1 - y) / len(x)
    q = d @ U[1:].T * h * (1 - h)
    return with_one(x).T @ q / len(x), with_one(h).T @ d


WRONG = [
    ("7.2", one_behind, ["Look at `h`", "so the 1 stands in front"]),
    ("7.8", divided_before_and_after, ["`dE_dU` is right", "examples once more"]),
    ("7.2", not_squashed, ["Look at `h`", "not yet squashed"]),
    ("7.6", bug_summed_afterwards, ["`w` is right", "sum of the wrong biases"]),
    ("7.7", lambda gradient, x, t: gradient(x), ["the function called there is missing 1"]),
    ("7.1", [(6,), (6, 3), (3,), (5,), (6, 3), (9, 5)], ["shapes of one example"]),
    ("7.1", [*SHAPES[:4], (10, 3), (10, 5)], ["the examples are summed over"]),
    ("7.1", [(10, 5), *SHAPES[1:]], ["left the 1 out of `with_one(h)`"]),
    ("7.1", [*SHAPES[:5], (9, 6)], ["rows of `dE_dW` is right"]),
    ("7.2", forward_with_a_loop, ["values are right", "loop over the examples is left"]),
    ("7.2", forward_over_outputs, ["values are right", "loop over the outputs is left"]),
    ("7.2", forward_vectorized, ["loop over the examples and the hidden units is left"]),
    ("7.2", forward_by_itself, ["loop over the examples is left"]),
    ("7.2", lambda x, W, U: forward_short(x, W, U)[::-1], ["return `h, y`"]),
    ("7.2", lambda x, W, U: forward_short(x, W, U)[1], ["2 values", "one came back"]),
    ("7.2", lambda x, W, U: forward_short(x.mean(axis=0), W, U), ["shape"]),
    ("7.3", counted_repeats, ["right for whole counts", "Multiply by the counts"]),
    ("7.3", counted_loop, ["values are right", "loop over the examples is left"]),
    ("7.3", lambda h, d, c: with_one(h).T @ (d * c) / c.sum(), ["stretched the counts"]),
    ("7.3", lambda h, d, c: d * c[:, None], ["the deltas times the counts"]),
    ("7.3", lambda h, d, c: counted_deltas(h, d, c) ** 2, ["the square"]),
    ("7.3", lambda h, d, c: counted_deltas(h, d, np.sqrt(c)), ["With all counts 1"]),
    ("7.4", first_loop, ["values are right", "loop over the examples is left"]),
    ("7.4", lambda x, h, d, U: d @ U[1:].T * h * (1 - h), ["delta_h, a row for each example"]),
    ("7.4", lambda x, h, d, U: with_one(h).T @ d / len(x), ["the gradient of U"]),
    ("7.4", lambda x, h, d, U: x @ (d @ U[1:].T * h * (1 - h)), ["ValueError"]),
    ("7.4", lambda x, h, d, U: first_matrix(x[::-1], h, d, U), ["With a single example"]),
    ("7.5", "a, c, b", ["2 of the 3", "“twice the data”", "twice as many terms"]),
    ("7.5", "b, b, b", ["“their eta”", "64 times smaller"]),
    ("7.5", "b, c, c", ["“np.mean”", "adds nothing"]),
    ("7.6", step_in_place, ["changes its input"]),
    ("7.6", step_with_bug, ["`w` is right", "a row for each example"]),
    ("7.6", lambda *a: step_sum(*a)[::-1], ["return `w, b`"]),
    ("7.6", lambda *a: step_sum(*a)[0], ["2 values"]),
    ("7.6", lambda w, b, x, d, eta: (w - eta * x.T @ d / len(x), d.mean(axis=0)),
     ["`w` is right", "the gradient of b"]),
    ("7.7", lambda gradient, x, t: 0.0, ["Every number that you return is 0"]),
    ("7.7", lambda gradient, x, t: against_list(gradient, x, t) < 1e-12, ["True or False"]),
    ("7.7", lambda gradient, x, t: 2 * against_list(gradient, x, t), ["is 2 times"]),
    ("7.7", lambda gradient, x, t: np.abs(gradient(x, t)).max(),
     ["the largest entry of the batch's gradient"]),
    ("7.8", without_loops.slow_gradients, ["values are right", "a loop over the examples"]),
    ("7.8", fast_with_rows, ["values are right", "a loop over the examples is left"]),
    ("7.8", fast_with_units, ["values are right", "a loop over the hidden units is left"]),
    ("7.8", fast_wasteful, ["not five times as fast"]),
    ("7.8", lambda *a: fast_lines(*a)[::-1], ["return `dE_dW, dE_dU`"]),
    ("7.8", lambda x, *a: (fast_lines(x, *a)[0], len(x) * fast_lines(x, *a)[1]),
     ["`dE_dW` is right", "not yet divided"]),
    ("7.8", lambda *a: (2 * fast_lines(*a)[0], fast_lines(*a)[1]), ["`dE_dU` is right", "2 times"]),
    ("7.8", lambda *a: (fast_lines(*a)[0] ** 2 - 1, fast_lines(*a)[1]),
     ["`dE_dU` is right", "between `delta_y` and `dE_dW`"]),
]  # fmt: skip

SLIPS = {
    "7.2": batches.forward_sources(),
    "7.3": batches.counted_sources(),
    "7.4": batches.first_layer_sources(),
    "7.6": batches.apart_sources(),
    "7.7": batches.against_sources(),
    "7.8": batches.whole_sources(),
}
SOLUTIONS = {
    "7.2": (
        "def forward(x, W, U):\n    h = sigmoid(with_one(x) @ W)\n"
        "    y = sigmoid(with_one(h) @ U)\n    return h, y",
        "def forward(x, W, U):\n    h = 1 / (1 + np.exp(-(x @ W[1:] + W[0])))\n"
        "    return h, 1 / (1 + np.exp(-(h @ U[1:] + U[0])))",
    ),
    "7.3": (
        batches.COUNTED.format(**batches.COUNTED_PARTS),
        "def dE_dU_counted(h, delta_y, counts):\n"
        "    h1 = np.concatenate([np.ones((len(h), 1)), h], axis=1)\n"
        "    return (h1 * counts[:, None]).T @ delta_y / counts.sum()",
    ),
    "7.4": (
        batches.FIRST.format(**batches.FIRST_PARTS),
        "def dE_dW(x, h, delta_y, U):\n    d = delta_y @ U[1:].T * (h - h ** 2)\n"
        "    return np.vstack([d.sum(axis=0), x.T @ d]) / len(x)",
    ),
    # One source each: the others come in as slips, and their mutants would take too long.
    "7.6": (batches.APART.format(**batches.APART_PARTS),),
    "7.7": (batches.AGAINST.format(**batches.AGAINST_PARTS),),
    "7.8": (batches.WHOLE.format(**batches.WHOLE_PARTS),),
}


def _counted():
    rng = np.random.default_rng(71)
    return [
        Case("fresh", (rng.random((n, n_h)), rng.normal(0, 1, (n, n_out)), rng.integers(1, 9, n)))
        for n, n_h, n_out in ((3, 2, 4), (5, 4, 3), (4, 3, 4), (6, 2, 2))
    ]


def _apart():
    rng = np.random.default_rng(72)
    return [
        Case("fresh", (*(rng.normal(0, 1, s) for s in ((i, j), (j,), (n, i), (n, j))), eta))
        for n, i, j, eta in ((4, 2, 3, 0.6), (5, 3, 2, 1.4), (3, 4, 3, 2.1), (2, 2, 5, 0.3))
    ]


def _against():
    sizes = ((3, 2, 3), (5, 3, 2), (4, 2, 4), (6, 4, 2))
    return [
        Case("fresh", chapter07.planted_gradient(*size, 40 * k + 7, (-1) ** k * (k + 1)))
        for k, size in enumerate(sizes)
    ]


FRESH = {"7.3": _counted, "7.6": _apart, "7.7": _against}
