"""Answers to chapter 04, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np
from answers import in_a_function, sigmoid

from helpers.checks import registry
from helpers.checks.exercise import Case
from helpers.network import with_one

from . import output_layer
from .peer import torch

# 4.1, 4.2 ---------------------------------------------------------------------------------------

X, T = np.array([0.6, -0.8]), np.array([0.9, 0.2])
W = np.array([[0.05, -0.1, 0.2], [0.1, 0.2, 0.3], [0.4, -0.5, 0.6]])
U = np.array([[0.15, -0.05], [0.7, -0.2], [0.3, 0.5], [-0.6, 0.1]])
Z_H = X @ W[1:] + W[0]
H = sigmoid(Z_H)
Z_Y = H @ U[1:] + U[0]
Y1, Y2 = sigmoid(Z_Y)
DELTA = (Y1 - 0.9) * Y1 * (1 - Y1)

# 4.3 --------------------------------------------------------------------------------------------


def delta_by_formula(y, t):
    return (y - t) * y * (1 - y)


def delta_with_lists(y, t):
    if y.ndim == 1:
        return [(a - b) * a * (1 - a) for a, b in zip(y, t, strict=True)]
    return [delta_with_lists(a, b) for a, b in zip(y, t, strict=True)]


def delta_by_sigmoid(y, t):
    z = np.log(y / (1 - y))
    return -(t - y) * np.exp(-z) / (1 + np.exp(-z)) ** 2


def delta_multiplied_out(y, t):
    return -(y**3) + (1 + t) * y**2 - t * y


def delta_in_place(y, t):
    d = y - t
    d *= y
    d *= 1 - y
    return d.astype(np.float32)


def delta_by_einsum(y, t):
    return np.einsum("...,...,...->...", y - t, y, 1 - y)


# 4.4 --------------------------------------------------------------------------------------------


def gradient_by_matrices(h, delta_y):
    h, delta_y = np.atleast_2d(h), np.atleast_2d(delta_y)
    return with_one(h).T @ delta_y / len(h)


def gradient_by_cases(h, delta_y):
    if h.ndim == 1:
        return np.outer([1, *h], delta_y)
    return np.mean([gradient_by_cases(a, d) for a, d in zip(h, delta_y, strict=True)], axis=0)


def gradient_by_loops(h, delta_y):
    h, delta_y = np.atleast_2d(h), np.atleast_2d(delta_y)
    slopes = []
    for j in range(h.shape[1] + 1):
        row = []
        for k in range(delta_y.shape[1]):
            total = 0
            for values, deltas in zip(h, delta_y, strict=True):
                total += deltas[k] * (values[j - 1] if j else 1)
            row.append(total / len(h))
        slopes.append(row)
    return slopes


def gradient_by_einsum(h, delta_y):
    h, delta_y = np.atleast_2d(h), np.atleast_2d(delta_y)
    rows = np.einsum("nj,nk->jk", h, delta_y) / h.shape[0]
    return np.vstack([delta_y.mean(axis=0), rows])


def gradient_by_broadcasting(h, delta_y):
    h, delta_y = np.atleast_2d(h), np.atleast_2d(delta_y)
    return (with_one(h)[:, :, None] * delta_y[:, None, :]).mean(axis=0)


# 4.5 --------------------------------------------------------------------------------------------


def step_by_matrices(U, h, t, eta):
    h, t = np.atleast_2d(h), np.atleast_2d(t)
    y = sigmoid(with_one(h) @ U)
    return U - eta * with_one(h).T @ ((y - t) * y * (1 - y)) / len(h)


def step_by_functions(U, h, t, eta):
    y = sigmoid(with_one(h) @ U)
    return U - eta * gradient_by_cases(h, delta_by_formula(y, t))


def step_on_a_copy(U, h, t, eta):
    new = U.copy()
    y = sigmoid(h @ U[1:] + U[0])
    new -= eta * gradient_by_einsum(h, delta_by_formula(y, t))
    return new


def step_with_the_sign_inside(U, h, t, eta):
    y = sigmoid(with_one(h) @ U)
    return U + eta * np.array(gradient_by_loops(h, (t - y) * y * (1 - y)))


def step_by_nudging(U, h, t, eta):
    def E(U):
        return 0.5 * np.sum((sigmoid(with_one(h) @ U) - t) ** 2) / (len(h) if h.ndim > 1 else 1)

    new = U.copy()
    for i in np.ndindex(U.shape):
        nudge = np.zeros_like(U)
        nudge[i] = 1e-5
        new[i] -= eta * (E(U + nudge) - E(U - nudge)) / 2e-5
    return new


# 4.6 --------------------------------------------------------------------------------------------


def softmax_by_rows(z, t):
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True) - t


def softmax_by_cases(z, t):
    if z.ndim == 2:
        return np.array([softmax_by_cases(row, wanted) for row, wanted in zip(z, t, strict=True)])
    powers = [np.exp(each - max(z)) for each in z]
    return np.array(powers) / sum(powers) - t


def softmax_by_logarithm(z, t):
    largest = z.max(axis=-1, keepdims=True)
    log_sum = largest + np.log(np.exp(z - largest).sum(axis=-1, keepdims=True))
    return np.exp(z - log_sum) - t


def softmax_by_slopes(z, t):
    """Every path: (-t / y) times the matrix of slopes, written so that it never divides."""
    y = softmax_by_rows(z, 0)
    return y * t.sum(axis=-1, keepdims=True) - t


def softmax_of_the_helpers(z, t):
    from helpers.activations import softmax

    return softmax(z) - t


RIGHT = {
    "4.1": [DELTA, [DELTA], np.float64(DELTA), round(DELTA, 7), (DELTA,), np.array([[DELTA]])],
    "4.2": [
        (DELTA * H[0], DELTA),
        [DELTA * H[0], DELTA],
        np.array([DELTA * H[0], DELTA]),
        [[DELTA * H[0]], [DELTA]],
        (round(DELTA * H[0], 7), round(DELTA, 7)),
    ],
    "4.3": [
        delta_by_formula, delta_with_lists, delta_by_sigmoid, delta_multiplied_out,
        delta_in_place, delta_by_einsum,
    ],
    "4.4": [
        gradient_by_matrices, gradient_by_cases, gradient_by_loops, gradient_by_einsum,
        gradient_by_broadcasting,
    ],
    "4.5": [
        step_by_matrices, step_by_functions, step_on_a_copy, step_with_the_sign_inside,
        step_by_nudging,
    ],
    "4.6": [
        softmax_by_rows, softmax_by_cases, softmax_by_logarithm, softmax_by_slopes,
        softmax_of_the_helpers,
    ],
    "4.7": [
        {"the flat start": "c", "the sudden fall": "a", "the slow end": "b"},
        ["c", "a", "b"],
        "cab",
        "(C), (A), (B)",
    ],
    "4.8": [dict(zip("ABCDE", "fcgae", strict=True)), list("fcgae"), "f c g a e", tuple("FCGAE")],
}  # fmt: skip

if torch is not None:

    def softmax_by_torch(z, t):
        z = torch.tensor(z, requires_grad=True)
        E = -(torch.tensor(t) * torch.log_softmax(z, dim=-1)).sum()
        E.backward()
        return z.grad

    RIGHT["4.6"].append(softmax_by_torch)

# Wrong answers ------------------------------------------------------------------------------------


def changes_U(U, h, t, eta):
    y = sigmoid(with_one(h) @ U)
    U -= eta * gradient_by_matrices(h, delta_by_formula(y, t))
    return U


def overflowing(z, t):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True) - t


def shifted_by_the_mean(z, t):
    return overflowing(z - z.mean(axis=-1, keepdims=True), t)


def one_shift_for_all(z, t):
    powers = np.exp(z - z.max())
    return powers / powers.sum(axis=-1, keepdims=True) - t


def of_one_example(h, delta_y):
    return np.outer([1, *h], delta_y)


def flat_only(h, delta_y):
    return with_one(h).T @ delta_y


OTHER_Y = np.array([0.7, 0.8])


def each_overwrites_the_last(h, delta_y):
    h, delta_y = np.atleast_2d(h), np.atleast_2d(delta_y)
    for a, d in zip(h, delta_y, strict=True):
        total = np.outer([1, *a], d)
    return total / len(h)


def of_the_page(h, delta_y):
    products = np.empty((4, 2))
    for j, h_j in enumerate([1, *H]):
        for k in range(2):
            products[j, k] = h_j * delta_y[k]
    return products


def one_after_the_other(U, h, t, eta):
    for a, wanted in zip(np.atleast_2d(h), np.atleast_2d(t), strict=True):
        U = step_by_functions(U, a, wanted, eta)
    return U


def one_n_th_after_the_other(U, h, t, eta):
    return one_after_the_other(U, h, t, eta / len(np.atleast_2d(h)))


def summed_by_python(z, t):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / sum(powers) - t


WRONG = [
    ("4.1", -DELTA, ["sign is that of t - y"]),
    ("4.1", Y1 - 0.9, ["left out sigma'(z)"]),
    ("4.1", 2 * DELTA, ["factor 2"]),
    ("4.1", (Y2 - 0.2) * Y2 * (1 - Y2), ["second output"]),
    ("4.1", Y1 * (1 - Y1), ["left out y - t"]),
    ("4.1", (Y1 - 0.2) * Y1 * (1 - Y1), ["target of the other output"]),
    ("4.1", -0.0753, ["right as far as it goes", "all the digits"]),
    ("4.1", DELTA * H[0], ["the slope of the weight u11"]),
    ("4.1", 0.138498562, ["worked example"]),
    ("4.2", (DELTA, DELTA * H[0]), ["in the other order"]),
    ("4.1", (Z_Y[0] - 0.9) * Y1 * (1 - Y1), ["target from the net input"]),
    ("4.1", (Y1 - 0.9) * Y1 * Y1, ["in place of 1 - y1"]),
    ("4.2", (DELTA * 0.4477, DELTA), ["1 of the 2 entries is right", "too low"]),
    ("4.2", (DELTA * H[0], 0), ["dE/du_11 is right", "slope of the biases is 0"]),
    ("4.2", (DELTA * H[0], DELTA * 0.15), ["dE/du_11 is right", "bias's own value"]),
    ("4.2", (DELTA * 0.7, DELTA), ["dE/du_01 is right", "weight's own value"]),
    ("4.2", (DELTA * H[1], DELTA), ["second hidden value"]),
    ("4.2", (-DELTA * H[0], -DELTA), ["sign is that of t - y"]),
    ("4.2", (DELTA * 0.6, DELTA), ["input x_1"]),
    ("4.3", lambda y, t: (t - y) * y * (1 - y), ["sign is that of t - y"]),
    ("4.3", lambda y, t: y - t * y * (1 - y), ["without brackets"]),
    ("4.3", lambda y, t: 0.25 * (y - t), ["one half your deltas are right"]),
    ("4.3", lambda y, t: np.mean((y - t) * y * (1 - y), axis=-1), ["averaged"]),
    ("4.4", of_one_example, ["Right for a single example"]),
    ("4.4", flat_only, ["on the left of `@` has 4 columns"]),
    ("4.4", lambda h, d: np.atleast_2d(h).T @ np.atleast_2d(d) / len(np.atleast_2d(h)),
     ["row of the biases is missing"]),
    ("4.4", lambda h, d: with_one(np.atleast_2d(h)).T @ np.atleast_2d(d), ["summed"]),
    ("4.4", lambda h, d: gradient_by_matrices(h, d).mean(axis=0), ["it is (2,)"]),
    ("4.4", lambda h, d: h.T @ d, ["columns", "for one example (shapes (3,) and (2,))"]),
    ("4.4", lambda h, d: gradient_by_matrices(h, d) / h.shape[-1],
     ["divided by the number of hidden values"]),
    ("4.4", lambda h, d: gradient_by_matrices(h, d) * len(np.atleast_2d(h)) / h.shape[-1],
     ["sum over the examples, divided by the number of hidden"]),
    ("4.3", lambda y, t: (y - t) * y(1 - y), ["a product needs a `*`"]),
    ("4.3", lambda t, y: delta_by_formula(y, t), ["exchanged y and t"]),
    ("4.5", changes_U, ["its input `U`"]),
    ("4.5", lambda U, h, t, eta: U - step_by_matrices(U, h, t, eta), ["eta times the gradient"]),
    ("4.5", lambda U, h, t, eta: U + U - step_by_matrices(U, h, t, eta), ["Either", "gradient"]),
    ("4.6", overflowing, ["ordinary size", "1000"]),
    ("4.6", lambda z, t: np.exp(z - max(z)) / sum(np.exp(z - max(z))) - t, ["own `max`"]),
    ("4.6", shifted_by_the_mean, ["ordinary size", "1000"]),
    ("4.6", lambda z, t: softmax_by_rows(z, t).mean(axis=0), ["single number"]),
    ("4.6", one_shift_for_all, ["each row", "largest"]),
    ("4.6", lambda z, t: (softmax_by_rows(z, t)) * (1 - t), ["too high"]),
    ("4.6", lambda z, t: softmax_by_rows(z, t).sum(axis=-1), ["added up"]),
    ("4.7", "bac", ["1 of the 3 is right", "“the flat start”"]),
    ("4.7", "cac", ["2 of the 3 are right", "“the slow end”", "never reaches 0"]),
    ("4.1", (0.772928465 - 0.99) * 0.772928465 * (1 - 0.772928465),
     ["worked example's second output"]),
    ("4.2", (DELTA * H, DELTA), ["dE/du_11 is a single number, and 3 stand in its place"]),
    ("4.2", (DELTA * H[0] * 0.7, DELTA * 0.15), ["the slope of u11 times the weight u11 itself"]),
    ("4.2", (0.7 - 0.5 * DELTA * H[0], 0.15 - 0.5 * DELTA), ["u11 after a step"]),
    ("4.3", lambda y, t: (0.5 * np.sum((t - y) ** 2, axis=-1) * (y * (1 - y)).T).T,
     ["the error of the whole example"]),
    ("4.3", lambda y, t: (OTHER_Y - t) * OTHER_Y * (1 - OTHER_Y),
     ["never uses its argument `y`"]),
    ("4.1", -0.3111 * 0.2421, ["was something rounded on the way?"]),
    ("4.2", (0.08216704, 0.13849856), ["the worked example's w5", "first output"]),
    ("4.3", lambda y, t: (y - t) * y * (1 - t), ["1 - t in place of 1 - y"]),
    ("4.3", lambda y, t: (y - t) * y - y**2, ["without brackets"]),
    ("4.3", lambda y, t: delta_by_formula(sigmoid(y), t), ["an output already"]),
    ("4.4", lambda h, d: np.outer(with_one(h), d) if h.ndim == 1
     else with_one(h).T @ d / with_one(h).shape[1], ["divided by the number of rows of U"]),
    ("4.6", lambda z, t: softmax_by_rows(z, t).sum(), ["or their sum where that is 0"]),
    ("4.4", each_overwrites_the_last, ["`=` stands where `+=` belongs"]),
    ("4.4", of_the_page, ["never uses its argument `h`"]),
    ("4.5", one_after_the_other, ["asked for is a single step"]),
    ("4.5", one_n_th_after_the_other, ["all slopes are taken at the same U"]),
    ("4.5", lambda U, h, t, eta: U - eta * gradient_by_cases(
        h, 0.5 * (t - sigmoid(with_one(h) @ U)) ** 2), ["in place of the deltas"]),
    ("4.6", summed_by_python, ["adds up the rows of a matrix"]),
    ("4.8", "bcgae", ["4 of the 5 are right", "“A”", "most of the rows"]),
    ("4.8", "fagce", ["3 of the 5 are right", "“B”"]),
]  # fmt: skip

# Each slip in two ways of writing ----------------------------------------------------------------

SLIPS = {
    "4.3": in_a_function("output_delta(y, t)", output_layer.DELTAS),
    "4.4": in_a_function("dE_dU(h, delta_y)", output_layer.GRADIENTS),
    "4.5": in_a_function("updated_U(U, h, t, eta)", output_layer.STEPS),
    "4.6": in_a_function("softmax_delta(z, t)", output_layer.SOFTMAX),
}

SOLUTIONS = {
    "4.3": (
        "def output_delta(y, t):\n    return (y - t) * y * (1 - y)",
        "def output_delta(y, t):\n    error = y - t\n    slope = y - y**2\n"
        "    return error * slope",
        "def output_delta(y, t):\n    rows = zip(np.atleast_2d(y), np.atleast_2d(t))\n"
        "    found = [[(a - b) * a * (1 - a) for a, b in zip(p, q)] for p, q in rows]\n"
        "    return found if y.ndim == 2 else found[0]",
    ),
    "4.4": (
        "def dE_dU(h, delta_y):\n    h, d = np.atleast_2d(h), np.atleast_2d(delta_y)\n"
        "    return with_one(h).T @ d / len(h)",
        "def dE_dU(h, delta_y):\n    if h.ndim == 1:\n        return np.outer([1, *h], delta_y)\n"
        "    g = np.zeros((h.shape[1] + 1, delta_y.shape[1]))\n    for i in range(len(h)):\n"
        "        g += np.outer([1, *h[i]], delta_y[i])\n    return g / len(h)",
        "def dE_dU(h, delta_y):\n    h, d = np.atleast_2d(h), np.atleast_2d(delta_y)\n"
        "    g = np.zeros((h.shape[1] + 1, d.shape[1]))\n    for k in range(d.shape[1]):\n"
        "        g[0, k] = d[:, k].mean()\n        for j in range(h.shape[1]):\n"
        "            g[j + 1, k] = (h[:, j] * d[:, k]).mean()\n    return g",
    ),
    "4.5": (
        "def updated_U(U, h, t, eta):\n    h, t = np.atleast_2d(h), np.atleast_2d(t)\n"
        "    y = sigmoid(with_one(h) @ U)\n    d = (y - t) * y * (1 - y)\n"
        "    return U - eta * with_one(h).T @ d / len(h)",
        "def updated_U(U, h, t, eta):\n    h, t = np.atleast_2d(h), np.atleast_2d(t)\n"
        "    y = sigmoid(h @ U[1:] + U[0])\n    d = (y - t) * y * (1 - y)\n    new = U.copy()\n"
        "    new[0] = new[0] - eta * d.mean(axis=0)\n"
        "    new[1:] = new[1:] - eta * (h.T @ d) / len(h)\n    return new",
    ),
    "4.6": (
        "def softmax_delta(z, t):\n    e = np.exp(z - np.max(z, axis=-1, keepdims=True))\n"
        "    return e / e.sum(axis=-1, keepdims=True) - t",
        "def softmax_delta(z, t):\n    if z.ndim == 2:\n"
        "        return [softmax_delta(a, b) for a, b in zip(z, t)]\n"
        "    e = np.exp(z - max(z))\n    y = e / sum(e)\n    return y - t",
    ),
}

BEYOND = {}


def _like_the_hidden_cases(number):
    """The kinds and shapes of the hidden cases; outputs, targets and hidden values in (0, 1)."""
    shares = {"4.3": (0, 1), "4.4": (0,), "4.5": (1, 2), "4.6": ()}[number]

    def cases():
        rng = np.random.default_rng(7)

        def fresh(k, a):
            if np.ndim(a) == 0:
                return float(rng.uniform(1.5, 4))
            if number == "4.6" and k == 1:
                return np.eye(a.shape[-1])[rng.integers(a.shape[-1], size=a.shape[:-1])]
            return rng.uniform(0.05, 0.95, a.shape) if k in shares else rng.normal(0, 1.3, a.shape)

        return [
            Case("fresh", tuple(fresh(k, a) for k, a in enumerate(case.arguments)), case.kind)
            for case in registry.find(number).cases()
            for _ in range(2)
        ]

    return cases


FRESH = {number: _like_the_hidden_cases(number) for number in ("4.3", "4.4", "4.5", "4.6")}
