"""Answers to chapter 06, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np
from answers import in_a_function

from helpers import gradcheck
from helpers.checks.exercise import Case
from helpers.network import Network

from . import nudged
from .peer import torch

# 6.2 --------------------------------------------------------------------------------------------


def two_values(f, w, epsilon):
    return (f(w + epsilon) - f(w - epsilon)) / (2 * epsilon)


def mean_of_both_sides(f, w, epsilon):
    right = (f(w + epsilon) - f(w)) / epsilon
    left = (f(w) - f(w - epsilon)) / epsilon
    return [(right + left) / 2]


def with_an_array(f, w, epsilon):
    low, high = f(w + np.array([-epsilon, epsilon]))
    return np.float64(high - low) / epsilon / 2


def with_gradient(f, w, epsilon):
    return np.gradient([f(w - epsilon), f(w), f(w + epsilon)], epsilon)[1]


def from_the_helpers(f, w, epsilon):
    return gradcheck.numerical_slope(f, w, epsilon)


# 6.3 --------------------------------------------------------------------------------------------


def where_both_are_0(a, b):
    size = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(size > 0, size, 1)


def nan_made_0(a, b):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.abs(a - b) / np.fmax(abs(a), abs(b)))


def divided_where_it_can_be(a, b):
    size = np.max([np.abs(a), np.abs(b)], axis=0)
    return np.divide(abs(b - a), size, out=np.zeros(a.shape), where=size != 0)


def loop_with_if(a, b):
    found = [
        0 if p == q else abs(p - q) / max(abs(p), abs(q))
        for p, q in zip(a.ravel(), b.ravel(), strict=True)
    ]
    return np.reshape(found, a.shape).tolist()


def vectorized(a, b):
    return np.vectorize(lambda p, q: abs(p - q) / (max(abs(p), abs(q)) or 1), otypes=[float])(a, b)


def tiny_floor(a, b):
    return np.abs(a - b) / np.maximum(1e-12, np.maximum(np.abs(a), np.abs(b)))


# 6.5 --------------------------------------------------------------------------------------------


def by_places(E, W, epsilon):
    slopes = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        before = W[i]
        W[i] = before + epsilon
        up = E(W)
        W[i] = before - epsilon
        slopes[i] = (up - E(W)) / (2 * epsilon)
        W[i] = before
    return slopes


def by_copies(E, W, epsilon):
    found = []
    for k in range(W.size):
        step = np.zeros(W.size)
        step[k] = epsilon
        step = step.reshape(W.shape)
        found.append((E(W + step) - E(W - step)) / (2 * epsilon))
    return np.array(found).reshape(W.shape).tolist()


def flat_view(E, W, epsilon):
    work = W.copy()
    flat, slopes = work.reshape(-1), np.empty(W.size)
    for k in range(flat.size):
        flat[k] += epsilon
        up = E(work)
        flat[k] = W.flat[k] - epsilon
        slopes[k] = (up - E(work)) / 2 / epsilon
        flat[k] = W.flat[k]
    return slopes.reshape(W.shape)


def by_iterator(E, W, epsilon):
    slopes, it = np.zeros_like(W), np.nditer(W, flags=["multi_index"])
    while not it.finished:
        i, old = it.multi_index, W[it.multi_index]
        W[i] = old + epsilon
        up = E(W)
        W[i] = old - epsilon
        down = E(W)
        W[i] = old
        slopes[i] = (up - down) / (2 * epsilon)
        it.iternext()
    return slopes


def gradient_from_the_helpers(E, W, epsilon):
    return gradcheck.numerical_slope(E, W, epsilon)


# 6.8 --------------------------------------------------------------------------------------------


def generic(sizes=(3, 4, 2), n=5, seed=1):
    rng = np.random.default_rng(seed)
    net = Network.random(sizes, seed=seed)
    net.W[0], net.U[0] = rng.normal(size=sizes[1]), rng.normal(size=sizes[2])
    return net, rng.normal(size=(n, sizes[0])), rng.uniform(size=(n, sizes[2]))


def with_check_gradient(gradient):
    case = generic()
    return gradcheck.check_gradient(*case, gradient(*case)).ok


def with_relative_error(gradient):
    case = generic((2, 3, 4), 3, 2)
    measured = gradcheck.numerical_gradient(*case).weights
    given = gradient(*case)
    return all((gradcheck.relative_error(a, b) < 1e-5).all()
               for a, b in zip(given, measured, strict=True))  # fmt: skip


def with_allclose(gradient):
    case = generic((4, 2, 3), 6, 3)
    measured = gradcheck.complex_step_gradient(*case).weights
    return np.all([np.allclose(a, b, rtol=1e-6, atol=1e-9)
                   for a, b in zip(gradient(*case), measured, strict=True)])  # fmt: skip


def with_assert(gradient):
    case = generic(seed=4)
    for a, b in zip(gradient(*case), gradcheck.numerical_gradient(*case).weights, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-9)


def with_own_nudges(gradient):
    net, x, t = generic((2, 3, 2), 4, 5)
    given = [np.array(each) for each in gradient(net, x, t)]
    for W, dE_dW in zip(net.weights, given, strict=True):
        if dE_dW.shape != W.shape:
            return 0
        measured = by_places(lambda _: net.error(x, t), W, 1e-5)
        if not np.max(where_both_are_0(measured, dE_dW)) < 1e-4:
            return 0
    return 1


def on_several_networks(gradient):
    cases = [generic(sizes, n, 6) for sizes, n in (((2, 3, 2), 1), ((3, 2, 4), 4))]
    return all(gradcheck.check_gradient(*case, gradient(*case)).ok for case in cases)


DIFFERENCES = [
    two_values, mean_of_both_sides, with_an_array, with_gradient, from_the_helpers,
]  # fmt: skip
ERRORS = [
    where_both_are_0, nan_made_0, divided_where_it_can_be, loop_with_if, vectorized, tiny_floor,
]  # fmt: skip
if torch is not None:

    def errors_in_torch(a, b):
        a, b = torch.tensor(a), torch.tensor(b)
        return torch.nan_to_num((a - b).abs() / torch.maximum(a.abs(), b.abs()))

    ERRORS.append(errors_in_torch)

RIGHT = {
    "6.1": [
        (14.56, 12.16, 12.04),
        [5.824 / 0.4, 9.728 / 0.8, 12 + 0.16 / 4],
        np.array([14.56, 12.16, (2.2**3 - 1.8**3) / 0.4]),
        np.float32([14.56, 12.16, 12.04]),
        [[14.56], [12.16], [12.04]],
    ],
    "6.2": DIFFERENCES,
    "6.3": ERRORS,
    "6.4": ["cbda", "c, b, d, a", ["C", "b)", "(d)", "a"],
            {"the right side": "c", "A thousandth": "b", "another function": "d", "float32": "a"}],
    "6.5": [by_places, by_copies, flat_view, by_iterator, gradient_from_the_helpers],
    "6.6": ["acbded", list("acbded"), "A, C, B, D, E, D",
            dict(zip([f"report {x}" for x in "ABCDEF"], "acbded", strict=True))],
    "6.7": ["ibkfhcje", list("IBKFHCJE"),
            {f"exhibit {k}": x for k, x in enumerate("ibkfhcje", start=1)}],
    "6.8": [with_check_gradient, with_relative_error, with_allclose, with_assert, with_own_nudges,
            on_several_networks],
}  # fmt: skip

# Wrong answers ------------------------------------------------------------------------------------


def five_points(f, w, h):
    return (-f(w + 2 * h) + 8 * f(w + h) - 8 * f(w - h) + f(w - 2 * h)) / (12 * h)


def without_a_copy(E, W, epsilon):
    slopes = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        up = down = W
        up[i] += epsilon
        down[i] -= epsilon
        slopes[i] = (E(up) - E(down)) / (2 * epsilon)
    return slopes


def almost_put_back(E, W, epsilon):
    slopes = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        W[i] += epsilon
        up = E(W)
        W[i] -= 2 * epsilon
        slopes[i] = (up - E(W)) / (2 * epsilon)
        W[i] += epsilon
    return slopes


def only_matrices(E, W, epsilon):
    slopes = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            step = np.zeros(W.shape)
            step[i, j] = epsilon
            slopes[i, j] = (E(W + step) - E(W - step)) / (2 * epsilon)
    return slopes


def numbers_for_E(E, W, epsilon):
    slopes = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        slopes[i] = (E(W[i] + epsilon) - E(W[i] - epsilon)) / (2 * epsilon)
    return slopes


def guarded_without_sizes(a, b):
    larger = np.maximum(a, b)
    return np.abs(a - b) / np.where(larger > 0, larger, 1)


def the_size_alone(a, b):
    size = np.maximum(np.abs(a), np.abs(b))
    return np.where(size > 0, size, 1)


def prints_only(gradient):
    case = generic()
    print(gradcheck.check_gradient(*case, gradient(*case)).ok)


def too_generous(gradient):
    net, x, t = generic()
    right = net.gradient(x, t).weights
    return all(np.allclose(a, b, atol=0.1) for a, b in zip(gradient(net, x, t), right, strict=True))


def equal_examples(gradient):
    net = generic()[0]
    x, t = np.ones((5, 3)), np.zeros((5, 2))
    return gradcheck.check_gradient(net, x, t, gradient(net, x, t)).ok


def without_sizes(gradient):
    net, x, t = generic()
    right = net.gradient(x, t).weights
    return all((a - b < 1e-6).all() for a, b in zip(gradient(net, x, t), right, strict=True))


def sums_compared(gradient):
    net, x, t = generic()
    right = net.gradient(x, t).weights
    return np.isclose(*(sum(a.sum() for a in each) for each in (gradient(net, x, t), right)))


def larger_with_its_sign(a, b):
    larger = np.where(np.abs(a) > np.abs(b), a, b)
    return np.abs(a - b) / np.where(larger > 0, larger, 1)


WRONG = [
    ("6.3", larger_with_its_sign, ["entries are right"]),
    ("6.8", without_sizes, ["too low by 5 %", "take the absolute value"]),
    ("6.8", sums_compared, ["upside down", "entry by entry"]),
    ("6.1", (14.56, 24.32, 15.08), ["d1 is right", "2 epsilon apart"]),
    ("6.1", (7.28, 12.16, 12.04), ["Look at d1", "one nudge apart"]),
    ("6.1", (14.56, 12.16, 12.08), ["halved the error", "square of epsilon"]),
    ("6.1", (14.56, 12.16, 3.04), ["divided the whole difference"]),
    ("6.1", (12.16, 14.56, 12.04), ["d3 is right", "in each other's place"]),
    ("6.1", (12.16, 14.56, 12.64), ["in each other's place", "quartered"][:1]),
    ("6.1", (14.56, 24.32, 24.08), ["2 epsilon apart"]),
    ("6.1", (9.76, 12.16, 12.04), ["taken downwards"]),
    ("6.1", (14.56, 12.16), ["3 numbers", "2 arrived"]),
    ("6.1", (12.0, 12.0, 12.0), ["the exact slope"]),
    ("6.1", (14.56, 12.16, 12.0), ["some error is left"]),
    ("6.1", (13.824, 12.16, 12.04), ["f(2.4)"]),
    ("6.2", five_points, ["at four places"]),
    ("6.2", lambda f, w, e: (f(w + e**2) - f(w - e**2)) / (2 * e**2), ["epsilon squared"]),
    ("6.2", lambda f, w, e: (f(w + 2e-3) - f(w - 2e-3)) / 4e-3, ["epsilon has no influence"]),
    ("6.2", lambda f, w, e: (f(w + 1e-6) - f(w)) / 1e-6, ["epsilon has no influence"]),
    ("6.2", lambda f, w, e: 4 * w**3 - 2, ["no influence"]),
    ("6.2", lambda f, w, e: ((w + e) - (w - e)) / (2 * e), ["comes out as 1"]),
    ("6.2", lambda f, w: f(w), ["cannot be called as"]),
    ("6.2", lambda f, w, e: (f * (w + e) - f * (w - e)) / (2 * e), ["'function' and 'float'"]),
    ("6.2", lambda f, w, e: f(), ["the function called there is missing 1"]),
    ("6.2", lambda f, w, e: f(w, e), ["takes 1 argument, and 2 came in"]),
    ("6.3", guarded_without_sizes, ["of -3 and -1"]),
    ("6.3", the_size_alone, ["what you return is the larger of the two sizes"]),
    ("6.2", lambda f, w, e: (f(w + e) - f(w - e)) / (2 * e) / f(w), ["divided by f(w)"]),
    ("6.2", lambda f, w, e: print((f(w + e) - f(w - e)) / (2 * e)), ["returns None"]),
    ("6.3", lambda a, b: abs(a - b) / np.maximum(abs(a), abs(b)), ["0 and 0", "NaN"]),
    ("6.3", lambda a, b: abs(a - b) / max(abs(a), abs(b)), ["ValueError", "Python's own `max`"]),
    ("6.3", lambda a, b: a / b, ["the ratio a / b"]),
    ("6.3", lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a), ["look at the shape"]),
    ("6.3", lambda a, b: abs(a - b) / np.maximum(1e-3, np.maximum(abs(a), abs(b))), ["tiny"]),
    ("6.3", lambda a, b: abs(a - b) / (1e-7 + np.maximum(abs(a), abs(b))), ["tiny"]),
    ("6.3", lambda a, b: abs(a - b) / np.max(abs(a), abs(b)), ["`np.maximum(a, b)`"]),
    ("6.3", lambda a, b: abs(a - b) / np.maximum(abs(a), abs(b), 1e-8), ["compare two arrays"]),
    ("6.3", lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)),
     ["one number for the whole array"]),
    ("6.3", lambda a, b: 1 - where_both_are_0(a, b), ["1 minus"]),
    ("6.3", lambda a, b: abs(a - b) / (abs(a) + 1e-30),
     ["pairs without a 0", "size of a alone"]),
    ("6.4", "abda", ["3 of the 4", "one power of ten"]),
    ("6.4", "cbba", ["Put the thousand under the root"]),
    ("6.5", without_a_copy, ["Every slope is 0", "W.copy()"]),
    ("6.5", almost_put_back, ["not what it was", "write that number back"]),
    ("6.5", only_matrices, ["(3,)"]),
    ("6.5", numbers_for_E, ["takes all of W, and a single number came in"]),
    ("6.5", lambda E, W, e: -by_places(E, W, e), ["wrong order"]),
    ("6.5", lambda E, W, e: by_places(E, W, e / 3), ["entry [0]"]),
    ("6.6", "bcbded", ["5 of the 6", "report A"]),
    ("6.6", "abbded", ["compare the nearest z with epsilon", "“Mind the kinks”"]),
    ("6.6", "acbbed", ["how exact the measured slope is", "“Check in float64”"]),
    ("6.7", "ibkfhcjd", ["7 of the 8", "exhibit 8", "would give 4.63"]),
    ("6.7", "ldkfhcje", ["exhibit 1", "row 0"]),
    ("6.8", prints_only, ["returns nothing"]),
    ("6.8", lambda gradient: not with_check_gradient(gradient), ["True for half of every"]),
    ("6.8", too_generous, ["first example alone", "every entry closely"]),
    ("6.8", equal_examples, ["the first example alone", "all examples are equal"]),
    ("6.8", lambda gradient: gradient(*generic()) is not None, ["passes whatever comes"]),
]  # fmt: skip

SLIPS = {
    "6.2": in_a_function("centred_difference(f, w, epsilon)", nudged.DIFFERENCES),
    "6.3": in_a_function("relative_error(a, b)", nudged.ERRORS),
    "6.5": in_a_function("numerical_gradient(E, W, epsilon)", nudged.GRADIENTS),
}

SOLUTIONS = {
    "6.2": (
        "def centred_difference(f, w, epsilon):\n"
        "    return (f(w + epsilon) - f(w - epsilon)) / (2 * epsilon)",
        "def centred_difference(f, w, epsilon):\n    up = f(w + epsilon)\n"
        "    down = f(w - epsilon)\n    return 0.5 * (up - down) / epsilon",
        "def centred_difference(f, w, epsilon):\n    right = (f(w + epsilon) - f(w)) / epsilon\n"
        "    left = (f(w) - f(w - epsilon)) / epsilon\n    return (left + right) / 2",
    ),
    "6.3": (
        "def relative_error(a, b):\n    size = np.maximum(np.abs(a), np.abs(b))\n"
        "    return np.abs(a - b) / np.where(size > 0, size, 1)",
        "def relative_error(a, b):\n    error = np.zeros(a.shape)\n"
        "    for i in np.ndindex(a.shape):\n        size = max(abs(a[i]), abs(b[i]))\n"
        "        if size > 0:\n            error[i] = abs(a[i] - b[i]) / size\n    return error",
    ),
    "6.5": (
        "def numerical_gradient(E, W, epsilon):\n    slopes = np.zeros(W.shape)\n"
        "    for i in np.ndindex(W.shape):\n        before = W[i]\n"
        "        W[i] = before + epsilon\n        up = E(W)\n        W[i] = before - epsilon\n"
        "        down = E(W)\n        W[i] = before\n"
        "        slopes[i] = (up - down) / (2 * epsilon)\n    return slopes",
        "def numerical_gradient(E, W, epsilon):\n    slopes = np.zeros(W.size)\n"
        "    for k in range(W.size):\n        step = np.zeros(W.size)\n        step[k] = epsilon\n"
        "        step = step.reshape(W.shape)\n"
        "        slopes[k] = (E(W + step) - E(W - step)) / (2 * epsilon)\n"
        "    return slopes.reshape(W.shape)",
    ),
}


def _other_curves():
    curves = (lambda w: w**3 + np.cos(w), lambda w: np.exp(0.7 * w) - w, lambda w: 1 / (2 + w * w))
    points = ((-1.3, 0.35), (0.55, 0.2), (1.9, 0.45))
    return [Case("fresh", (f, *point)) for f in curves for point in points]


def _other_pairs():
    rng = np.random.default_rng(8)
    found = []
    for shape, zeros in (((5,), False), ((3, 2), False), ((4,), True), ((2, 4), True)):
        a, b = rng.normal(0, 2, (2, *shape))
        if zeros:
            a.flat[1] = b.flat[1] = a.flat[2] = b.flat[3] = 0.0
        found.append(Case("fresh", (a, b), "pairs with a 0 among them" if zeros else
                          "pairs without a 0"))  # fmt: skip
    return found


def _other_errors():
    rng = np.random.default_rng(9)

    def bowl(W):
        W = np.asarray(W, dtype=float).ravel()
        return float(np.sum(np.cos(W * (1 + np.arange(W.size))) + W**3) * (1 + W[0] * W[-1]))

    shapes = ((4,), (3, 2), (2, 3), (3, 4))
    return [Case("fresh", (bowl, rng.normal(0, 1, s), 0.1 + 0.05 * k))
            for k, s in enumerate(shapes)]  # fmt: skip


FRESH = {"6.2": _other_curves, "6.3": _other_pairs, "6.5": _other_errors}
