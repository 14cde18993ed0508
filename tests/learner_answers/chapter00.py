"""Answers to chapter 00, right and wrong. What each name holds is said in `answers.py`."""

import numpy as np
from answers import Curve, in_a_function

from helpers.checks.exercise import Case


def frozen(values):
    array = np.array(values)
    array.flags.writeable = False
    return array


def one_sided(f, w):
    return (f(w + 1e-6) - f(w)) / 1e-6


def both_sided(f, w):
    h = 1e-4
    return [(f(w + h) - f(w - h)) / (2 * h)]


def backwards(f, w):
    return float(np.float32((f(w) - f(w - 1e-5)) / 1e-5))


def complex_step(f, w):
    return f(w + 1e-30j).imag / 1e-30


def five_points(f, w):
    h = 1e-2
    return (-f(w + 2 * h) + 8 * f(w + h) - 8 * f(w - h) + f(w - 2 * h)) / (12 * h)


def with_an_array_of_nudges(f, w):
    nudges = np.array([-1e-4, 1e-4])
    low, high = f(w + nudges)
    return np.array((high - low) / 2e-4)


def flattened(t, y):
    return np.ravel(t) - np.ravel(y)


def as_a_column(t, y):
    return np.reshape(t, (-1, 1)) - np.reshape(y, (-1, 1))


def with_a_loop(t, y):
    result = []
    for i in range(len(t)):
        result.append(float(t.flat[i]) - float(y.flat[i]))  # noqa: PERF401
    return result


def in_float32(t, y):
    return t.astype(np.float32).squeeze() - y.astype(np.float32).squeeze()


def with_matching_shapes(t, y):
    return t.reshape(y.shape) - y


IN_ORDER = [(3,), (3, 4), (4,), (4,), (5, 3), (3,)]
NAMES = ["with_one(x)", "W", "z_h", "h", "U", "y"]

RIGHT = {
    "0.1": [
        np.array([0.05, 0.10]),
        [0.05, 0.1],
        (0.05, 0.1),
        np.array([[0.05, 0.1]]),
        np.array([0.05, 0.1], dtype=np.float64)[:, None],
        np.asmatrix([0.05, 0.1]),
        frozen([0.05, 0.1]),
        [np.float64(0.05), 1 / 10],
    ],
    "0.2": [
        IN_ORDER,
        tuple(IN_ORDER),
        dict(zip(NAMES, IN_ORDER, strict=True)),
        [list(shape) for shape in IN_ORDER],
        [3, (3, 4), 4, 4, (5, 3), 3],
        [(1, 3), (3, 4), (1, 4), (1, 4), (5, 3), (1, 3)],
        [np.array(shape) for shape in IN_ORDER],
        dict(reversed(list(zip(["with_one( x )", *NAMES[1:]], IN_ORDER, strict=True)))),
        [np.zeros(shape).shape for shape in IN_ORDER],
    ],
    "0.3": [
        one_sided,
        both_sided,
        backwards,
        complex_step,
        five_points,
        with_an_array_of_nudges,
        lambda f, w: (f(w + 1e-5) - f(w)) / 1e-5,
    ],
    "0.4": [flattened, as_a_column, with_a_loop, in_float32, with_matching_shapes],
}


def named_shapes(**changed):
    return [changed.get(name, shape) for name, shape in zip(NAMES, IN_ORDER, strict=True)]


WRONG = [
    ("0.1", [0.10, 0.05], ["in the other order"]),
    ("0.1", [1, 0.05, 0.10], ["leave it out here"]),
    ("0.1", [0.5, 0.1], ["x2 is right", "x1 has the right digits", "decimal point"]),
    ("0.1", [0.05], ["2 numbers", "1 arrived"]),
    ("0.1", [0.05, -0.1], ["x2", "wrong sign"]),
    ("0.2", named_shapes(U=(4, 3)), ["Five of the six", "bias row out of U"]),
    ("0.2", named_shapes(W=(2, 4)), ["bias row out of W", "row 0 holds the biases"]),
    ("0.2", named_shapes(U=(3, 5)), ["exchanged rows and columns of U"]),
    ("0.2", named_shapes(h=(5,)), ["h holds the hidden units alone"]),
    ("0.2", named_shapes(y="(2,)"), ["in quotes"]),
    ("0.2", named_shapes(y=...), ["`y` is still open"]),
    ("0.2", named_shapes(y=2.0), ["whole numbers"]),
    ("0.2", named_shapes(W=(9, 9)), ["`W`", "not (9, 9)"]),
    ("0.2", IN_ORDER[:5], ["Six shapes", "5 arrived"]),
    ("0.2", {"W": (3, 3)}, ["`with_one(x)` is missing"]),
    ("0.3", lambda f, w: (f(w + 1e-16) - f(w)) / 1e-16, ["exactly 0", "take a larger one"]),
    ("0.3", lambda f, w: 2 * w, ["slope of w² only"]),
    ("0.3", lambda f, w: -one_sided(f, w), ["wrong order", "wrong sign"]),
    ("0.3", lambda f, w: f(w + 1e-5) - f(w), ["did not divide by the nudge"]),
    ("0.3", lambda f, w: f(w + 0.001) - f(w - 0.001), ["did not divide by the nudge"]),
    ("0.3", lambda f, w: (f(w + 1e-5) - f(w - 1e-5)) / 1e-5, ["twice", "`2 * nudge`"]),
    ("0.3", lambda f, w: (f(w + 1e-5) - f(w)) / 2e-5, ["half"]),
    ("0.3", lambda f, w: (f(w + 1e-20) - f(w)) / 1e-20, ["so small that w + nudge equals w"]),
    ("0.3", lambda f, w: (f(w + 0.1) - f(w)) / 0.1, ["too large"]),
    ("0.3", lambda f, w: (f(w + 0.1) - f(w - 0.1)) / 0.2, ["too large"]),
    ("0.3", lambda f, w: f(w), ["the value of f"]),
    ("0.3", lambda f, w: f, ["a function, where its value belongs"]),
    ("0.3", lambda f: f, ["cannot be called as `slope(f, w)`"]),
    ("0.4", lambda t, y: t - y, ["every prediction was compared with every target"]),
    ("0.4", lambda t, y: np.ravel(y) - np.ravel(t), ["every sign is opposite", "t - y"]),
    ("0.4", lambda t, y: y - t, ["Two things at once"]),
    ("0.4", lambda t, y: t.ravel() - y, ["flatten both"]),
    ("0.4", lambda t, y: t - y.ravel(), ["flatten both"]),
    ("0.4", lambda t, y: np.sum(np.ravel(t) - np.ravel(y)), ["added up the differences"]),
    ("0.4", lambda t, y: abs(np.ravel(t) - np.ravel(y)), ["absolute value"]),
]

# Each slip in two ways of writing ----------------------------------------------------------------

SLOPES = {
    "nudge-too-large": (
        "return f(w + 1) - f(w)",
        "h = 0.1\nreturn (f(w + h) - f(w - h)) / (2 * h)",
    ),
    "nudge-too-small": (
        "return (f(w + 1e-20) - f(w)) / 1e-20",
        "h = 1e-30\nup, down = f(w + h), f(w - h)\nreturn (up - down) / (2 * h)",
    ),
    "not-divided-by-nudge": (
        "return f(w + 1e-5) - f(w)",
        "h = 0.001\nchange = f(w + h) - f(w - h)\nreturn change",
    ),
    "multiplied-by-nudge": (
        "return (f(w + 1e-4) - f(w)) * 1e-4",
        "h = 1e-3\nreturn (f(w + h) - f(w - h)) * h",
    ),
    "divided-by-w": (
        "return (f(w + 1e-5) - f(w)) / w",
        "h = 1e-4\nchange = f(w + h) - f(w - h)\nreturn change / w",
    ),
    "divided-by-one-nudge": (
        "return (f(w + 1e-5) - f(w - 1e-5)) / 1e-5",
        "nudge = 1e-4\nup = f(w + nudge)\ndown = f(w - nudge)\nreturn (up - down) / nudge",
    ),
    "divided-by-two-nudges": (
        "return (f(w + 1e-5) - f(w)) / (2 * 1e-5)",
        "nudge = 1e-4\nreturn (f(w) - f(w - nudge)) / (2 * nudge)",
    ),
    "differences-swapped": (
        "return (f(w) - f(w + 1e-5)) / 1e-5",
        "h = 1e-4\nlow, high = f(w - h), f(w + h)\nreturn (low - high) / (2 * h)",
    ),
    "value-for-slope": ("return f(w)", "nudge = 1e-5\nreturn f(w + nudge)"),
    "value-over-w": ("return f(w) / w", "rise, run = f(w), w\nreturn rise / run"),
    "slope-of-the-square": ("return 2 * w", "power = 2\nreturn power * w ** (power - 1)"),
    "nudge-outside-f": (
        "return (f(w) + 1e-5 - f(w)) / 1e-5",
        "h = 0.001\nup = f(w) + h\nreturn (up - f(w)) / h",
    ),
    "nothing-subtracted": (
        "return f(w + 1e-5) / 1e-5",
        "h = 0.001\nup = f(w + h)\nreturn up / h",
    ),
    "f-of-the-nudge": (
        "return (f(1e-5) - f(w)) / 1e-5",
        "h = 0.001\nup = f(h)\nreturn (up - f(w)) / h",
    ),
    "brackets-left-out": (
        "return f(w + 1e-5) - f(w) / 1e-5",
        "h = 0.001\nreturn f(w + h) - f(w) / h",
    ),
    "values-added": (
        "return (f(w + 1e-5) + f(w)) / 1e-5",
        "h = 0.001\nreturn (f(w + h) + f(w - h)) / (2 * h)",
    ),
}

DIFFERENCES = {
    "column-broadcast": ("return t - y", "d = np.subtract(t, y)\nreturn d"),
    "broadcast-then-flattened": ("return (t - y).reshape(-1)", "d = t - y\nreturn d.flatten()"),
    "row-minus-column": (
        "return t.reshape(1, -1) - y.reshape(-1, 1)",
        "return [[a - b for a in t.flat] for b in y.flat]",
    ),
    "column-minus-row": (
        "return t.reshape(-1, 1) - y.reshape(1, -1)",
        "return [[a - b for b in y.flat] for a in t.flat]",
    ),
    "prediction-minus-target": (
        "return np.ravel(y) - np.ravel(t)",
        "d = []\nfor i in range(len(t)):\n    d.append(y.flat[i] - t.flat[i])\nreturn d",
    ),
    "only-t-flattened": ("return t.reshape(-1) - y", "t = t.squeeze()\nreturn t - y"),
    "only-y-flattened": ("return t - y.reshape(-1)", "y = y.flatten()\nreturn t - y"),
    "only-t-made-a-column": (
        "return t.reshape(-1, 1) - y",
        "t = t.reshape(len(t), 1)\nreturn t - y",
    ),
    "only-y-made-a-column": (
        "return t - y.reshape(-1, 1)",
        "y = y.reshape(len(y), 1)\nreturn t - y",
    ),
    "t-and-y-added": (
        "return np.ravel(t) + np.ravel(y)",
        "return [a + b for a, b in zip(t.flat, y.flat)]",
    ),
    "difference-absolute": (
        "return np.abs(np.ravel(t) - np.ravel(y))",
        "return [abs(a - b) for a, b in zip(t.flat, y.flat)]",
    ),
    "difference-squared": (
        "return (np.ravel(t) - np.ravel(y)) ** 2",
        "return [(a - b) ** 2 for a, b in zip(t.flat, y.flat)]",
    ),
    "differences-summed": (
        "return np.sum(np.ravel(t) - np.ravel(y))",
        "d = 0\nfor a, b in zip(t.flat, y.flat):\n    d += a - b\nreturn d",
    ),
    "differences-averaged": (
        "return np.mean(np.ravel(t) - np.ravel(y))",
        "d = 0\nfor a, b in zip(t.flat, y.flat):\n    d += a - b\nreturn d / len(t)",
    ),
}

SLIPS = {
    "0.3": in_a_function("slope(f, w)", SLOPES),
    "0.4": in_a_function("difference(t, y)", DIFFERENCES),
}

SOLUTIONS = {
    "0.3": (
        "def slope(f, w):\n    h = 0.0001\n    return (f(w + h) - f(w - h)) / (2 * h)",
        "def slope(f, w):\n    h = 1e-05\n    return (f(w + h) - f(w)) / h",
        "def slope(f, w):\n    up, down = f(w + 1e-05), f(w - 1e-05)\n    change = up - down\n"
        "    return change / 2e-05",
    ),
    "0.4": (
        "def difference(t, y):\n    return np.ravel(t) - np.ravel(y)",
        "def difference(t, y):\n    t = t.reshape(-1)\n    y = y.reshape(-1)\n    return t - y",
        "def difference(t, y):\n    n = len(t)\n"
        "    return [float(t.flat[i]) - float(y.flat[i]) for i in range(n)]",
        "def difference(t, y):\n    return np.reshape(t, (-1, 1)) - np.reshape(y, (-1, 1))",
    ),
}


def _other_functions():
    cubic = Curve(lambda w: w**3 - w + 2, lambda w: 3 * w**2 - 1)
    cosine = Curve(lambda w: np.cos(w) + 3, lambda w: -np.sin(w))
    growth = Curve(lambda w: 2 * np.exp(0.7 * w), lambda w: 1.4 * np.exp(0.7 * w))
    return [Case("fresh", (f, w)) for f in (cubic, cosine, growth) for w in (-1.7, 0.55, 1.25)]


FRESH = {"0.3": _other_functions}
BLIND = [
    ("0.3", "w += 1e-5\nreturn (f(w) - f(w)) / 1e-5", "Your nudge is so small", "0 everywhere"),
    ("0.3", "return (f(w + 2e-5) - f(w)) / 1e-5", "with a nudge to", "as when"),
    ("0.3", "return (f(w + 1e-5) - f(1e-5)) / 1e-5", "wrong order", "far too high"),
    ("0.3", "return round((f(w + 1e-5) - f(w)) / 1e-5, 1)", "Try a nudge", "rounded"),
    ("0.3", "return (f(w * 1.00001) - f(w)) / (w * 1e-5)", "solved", "at every w but 0"),
]
