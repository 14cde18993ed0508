"""Answers to chapter 03, right and wrong. What each name holds is said in `answers.py`."""

import math
from fractions import Fraction

import numpy as np
from answers import in_a_function

from helpers.activations import sigmoid, sigmoid_prime
from helpers.checks.exercise import Case

# Right answers ------------------------------------------------------------------------------------


def slope_by_exponentials(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def slope_by_two_sigmoids(z):
    return sigmoid(z) * sigmoid(-z)


def slope_by_tanh(z):
    return 0.25 * (1 - np.tanh(np.asarray(z) / 2) ** 2)


def slope_as_difference(z):
    y = 1 / (1 + np.exp(-z))
    return y - y**2


def slope_entry_by_entry(z):
    flat = [sigmoid(v) * (1 - sigmoid(v)) for v in np.ravel(z)]
    return np.reshape(flat, np.shape(z)).tolist()


def slope_in_float32(z):
    y = np.float32(sigmoid(z))
    return y * (1 - y)


def gate_with_a_dict(kind, a, b, arriving):
    local = {"add": (1, 1), "multiply": (b, a), "max": (int(a > b), int(a < b))}[kind]
    return [arriving * each for each in local]


def gate_with_match(kind, a, b, arriving):
    match kind:
        case "add":
            return np.array([arriving, arriving])
        case "multiply":
            return np.array([b, a]) * arriving
        case _:
            return np.where(np.array([a > b, b > a]), arriving, 0)


def gate_by_nudging(kind, a, b, arriving):
    f = {"add": lambda a, b: a + b, "multiply": lambda a, b: a * b, "max": max}[kind]
    n = 1e-4
    to_a = (f(a + n, b) - f(a - n, b)) / (2 * n)
    return to_a * arriving, (f(a, b + n) - f(a, b - n)) / (2 * n) * arriving


def gate_with_booleans(kind, a, b, arriving):
    if kind == "max":
        return (a > b) * arriving, (b > a) * arriving
    return (arriving, arriving) if kind == "add" else (b * arriving, a * arriving)


def shared_by_a_loop(local, arriving):
    total = 0
    for k in range(len(local)):
        total += local[k] * arriving[k]
    return total


def shared_by_a_product(local, arriving):
    return local @ arriving


def shared_by_sum(local, arriving):
    return sum(a * b for a, b in zip(local, arriving, strict=True))


def shared_by_einsum(local, arriving):
    return [np.einsum("k,k->", local, arriving)]


def shared_in_fractions(local, arriving):
    return sum(Fraction(a) * Fraction(b) for a, b in zip(local.tolist(), arriving.tolist()))


def chain_by_a_loop(functions, slopes, w):
    product = 1
    for k in range(len(functions)):
        product *= slopes[k](w)
        w = functions[k](w)
    return product


def chain_by_lists(functions, slopes, w):
    values = [w]
    for f in functions[:-1]:
        values.append(f(values[-1]))
    return np.prod([s(v) for s, v in zip(slopes, values, strict=True)])


def chain_by_recursion(functions, slopes, w):
    if not functions:
        return 1.0
    return slopes[0](w) * chain_by_recursion(functions[1:], slopes[1:], functions[0](w))


def chain_by_popping(functions, slopes, w):
    product = 1
    while functions:
        product = product * slopes.pop(0)(w)
        w = functions.pop(0)(w)
    return product


def chain_backwards(functions, slopes, w):
    values = [w]
    for f in functions:
        values.append(f(values[-1]))
    slope = 1.0
    for k in reversed(range(len(slopes))):
        slope *= slopes[k](values[k])
    return slope


RIGHT = {
    "3.1": [4 * 2 * (4 * 1.1 - 2.5), 15.2, [15.2], np.float32(15.2), np.array([[15.2]]), (15.2,)],
    "3.2": [
        sigmoid_prime,
        slope_by_exponentials,
        slope_by_two_sigmoids,
        slope_by_tanh,
        slope_as_difference,
        slope_entry_by_entry,
        slope_in_float32,
    ],
    "3.3": [
        (5, -2, 1.5, 2.25),
        [5, -2, 1.5, 2.25],
        np.array([5.0, -2.0, 1.5, 2.25]),
        np.array([[5], [-2], [1.5], [2.25]]),
        np.float32([5, -2, 1.5, 2.25]),
    ],
    "3.4": [gate_with_a_dict, gate_with_match, gate_by_nudging, gate_with_booleans],
    "3.5": [
        shared_by_a_loop,
        shared_by_a_product,
        shared_by_sum,
        shared_by_einsum,
        shared_in_fractions,
    ],
    "3.6": [(1, 2, 6, 6, 30), [1, 2, 6, 6, 30], np.array([1, 2, 6, 6, 30]), (1.0, 2, 6.0, 6, 30)],
    "3.7": [
        chain_by_a_loop,
        chain_by_lists,
        chain_by_recursion,
        chain_by_popping,
        chain_backwards,
    ],
    "3.8": ["bac", ["b", "a", "c"], ("B", "A", "C"), "b, a, c",
            {"line B": "b", "why straight": "a", "an early weight": "c"}],
}  # fmt: skip

# Wrong answers ------------------------------------------------------------------------------------


def chain_by_nudging(functions, slopes, w):
    def end(v):
        for f in functions:
            v = f(v)
        return v

    return (end(w + 1e-6) - end(w - 1e-6)) / 2e-6


def only_two_links(functions, slopes, w):
    if len(functions) == 1:
        return slopes[0](w)
    return slopes[0](w) * slopes[1](functions[0](w))


WRONG = [
    ("3.1", 8.8, ["outer slope at w"]),
    ("3.1", 7.8, ["added the slopes"]),
    ("3.1", 15, ["dE/dw"]),
    ("3.1", 1.9, ["This is z"]),
    ("3.1", 15.216, ["a nudge of 0.001"]),
    ("3.1", -15.2, ["wrong sign"]),
    ("3.1", 3.8, ["inner function"]),
    ("3.2", lambda z: sigmoid(z), ["only the first factor"]),
    ("3.2", lambda z: z * (1 - z), ["z itself"]),
    ("3.2", lambda z: sigmoid(z) * 1 - sigmoid(z), ["brackets"]),
    ("3.2", lambda z: (sigmoid(z + 0.05) - sigmoid(z)) / 0.05, ["as after a nudge"]),
    ("3.2", lambda z: np.round(sigmoid_prime(z), 2), ["rounded to 2 decimals"]),
    ("3.2", lambda z: 0.25, ["is 0.25, whatever comes in"]),
    ("3.2", lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2, ["array"]),
    ("3.3", (5, -2, 1.5, 1.5), ["(a), (b) and (c) are right", "(d)"]),
    ("3.3", (2, 0.5, 2.5, 2.5), ["w itself"]),
    ("3.3", (10, sigmoid_prime(-2), 3, sigmoid_prime(2.25)), ["slopes themselves"]),
    (
        "3.4",
        lambda kind, a, b, s: (s, s),
        ["unchanged at every gate", "tell the three kinds apart"],
    ),
    ("3.4", lambda kind, a, b, s: s, ["its input `arriving`"]),
    ("3.5", lambda local, arriving: local * arriving, ["stopped before the sum"]),
    ("3.5", lambda local, arriving: np.prod(local * arriving), ["multiplied the paths"]),
    ("3.6", (1, 2, 5, 5, 10), ["added the choices"]),
    ("3.6", (1, 2, 6, 30, 6), ["w in 4-5-3-2"]),
    ("3.6", (1, 2, 6, 10, 30), ["4 of the 5 entries are right"]),
    ("3.7", chain_by_nudging, ["found without `slopes`"]),
    ("3.7", only_two_links, ["longer ones"]),
    ("3.8", "aac", ["2 of the 3 are right", "line B", "1 times 1/4"]),
    ("3.8", "bbb", ["1 of the 3 is right", "why straight"]),
]

# Slips, each in two ways of writing ---------------------------------------------------------------

_Y = "y = 1 / (1 + np.exp(-z))\n"
SLOPES = {
    "sigma-prime-of-y": (
        "y = sigmoid(z)\nreturn sigmoid_prime(y)",
        _Y + "y = 1 / (1 + np.exp(-y))\nreturn y * (1 - y)",
    ),
    "net-input-in-the-formula": ("return z * (1 - z)", "y = z\nreturn y - y**2"),
    "net-input-for-first-factor": (
        "return z * (1 - sigmoid(z))",
        "a = np.exp(-z)\nreturn z * a / (1 + a)",
    ),
    "net-input-in-second-factor": (
        "return sigmoid(z) * (1 - z)",
        _Y + "slope = y - y * z\nreturn slope",
    ),
    "sigmoid-of-1-minus-z": (
        "return sigmoid(z) * sigmoid(1 - z)",
        _Y + "other = 1 / (1 + np.exp(-(1 - z)))\nreturn y * other",
    ),
    "plus-for-minus": ("y = sigmoid(z)\nreturn y * (1 + y)", _Y + "return y + y**2"),
    "slope-of-tanh": ("y = sigmoid(z)\nreturn 1 - y**2", _Y + "return (1 - y) * (1 + y)"),
    "inner-link-left-out": (
        "return 1 / (1 + np.exp(-z)) ** 2",
        "b = 1 + np.exp(-z)\nreturn (1 / b) * (1 / b)",
    ),
    "numerator-sign": (
        "return np.exp(z) / (1 + np.exp(-z)) ** 2",
        "a, b = np.exp(z), 1 + np.exp(-z)\nreturn a / b**2",
    ),
    "e-squared-alone": (
        "return np.exp(-z) / (1 + np.exp(-z) ** 2)",
        "a = np.exp(-z)\nb = 1 + a**2\nreturn a / b",
    ),
    "numerator-left-alone": ("return np.exp(-z)", "a = 1 / np.exp(z)\nreturn a"),
    "slope-of-relu": (
        "return np.where(np.array(z) > 0, 1.0, 0.0)",
        "return (np.asarray(z) > 0).astype(float)",
    ),
    "tanh-for-sigmoid": (
        "y = np.tanh(z)\nreturn y * (1 - y)",
        "y = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))\nreturn y - y**2",
    ),
    "brackets-around-1-minus-y": (
        "return sigmoid(z) * 1 - sigmoid(z)",
        "y = sigmoid(z)\nslope = y * 1 - y\nreturn slope",
    ),
    "factors-added": ("y = sigmoid(z)\nreturn y + (1 - y)", "return 1.0 + 0 * z"),
    "only-first-factor": ("return sigmoid(z)", _Y + "return y"),
    "sigmoid-brackets": (
        "y = 1 / 1 + np.exp(-z)\nreturn y * (1 - y)",
        "y = 1 + np.exp(-z)\nslope = y - y**2\nreturn slope",
    ),
    "only-second-factor": ("return 1 - sigmoid(z)", "return np.exp(-z) / (1 + np.exp(-z))"),
    "differentiated-twice": (
        "y = sigmoid(z)\nreturn y * (1 - y) * (1 - 2 * y)",
        _Y + "return y - 3 * y**2 + 2 * y**3",
    ),
    "slope-negative": (
        "y = sigmoid(z)\nreturn y * (y - 1)",
        "return -np.exp(-z) / (1 + np.exp(-z)) ** 2",
    ),
}

_HEAD = "if kind == 'add':\n    return {add}\nif kind == 'multiply':\n    return {multiply}\n"
_GATE = _HEAD + "return {max}"
_IF_MAX = "({first}) if a > b else ({second})"


def _gate(add="s, s", multiply="b * s, a * s", first="s, 0", second="0, s", max=None):
    body = _GATE.format(
        add=add, multiply=multiply, max=max or _IF_MAX.format(first=first, second=second)
    )
    return "s = arriving\n" + body


def _local(add="(1, 1)", multiply="(b, a)", max="(int(a > b), int(b > a))", end=None):
    table = f"local = {{'add': {add}, 'multiply': {multiply}, 'max': {max}}}[kind]\n"
    return table + (end or "return np.array(local) * arriving")


GATES = {
    "own-factor": (_gate(multiply="a * s, b * s"), _local(multiply="(a, b)")),
    "add-gate-shares": (_gate(add="s / 2, s / 2"), _local(add="(0.5, 0.5)")),
    "max-gate-to-smaller": (
        _gate(first="0, s", second="s, 0"),
        _local(max="(int(a < b), int(b < a))"),
    ),
    "max-gate-to-both": (_gate(first="s, s", second="s, s"), _local(max="(1, 1)")),
    "arriving-forgotten": (
        _gate("1, 1", "b, a", "1, 0", "0, 1"),
        _local(end="return list(local)"),
    ),
    "arriving-forgotten-at-multiply": (
        _gate(multiply="b, a"),
        _local(multiply="(b / arriving, a / arriving)"),
    ),
    "arriving-forgotten-at-max": (
        _gate(first="1, 0", second="0, 1"),
        _gate(max="[float(a > b), float(b > a)]"),
    ),
    "links-added": (
        _gate("1 + s, 1 + s", "b + s, a + s", "1 + s, s", "s, 1 + s"),
        _local(end="return [each + arriving for each in local]"),
    ),
    "arriving-divides": (
        _gate("1 / s, 1 / s", "b / s, a / s", "1 / s, 0", "0, 1 / s"),
        _local(end="return np.array(local) / arriving"),
    ),
    "pair-swapped": (
        _gate("s, s", "a * s, b * s", "0, s", "s, 0"),
        _local(end="return np.array(local)[::-1] * arriving"),
    ),
    "add-gate-multiplies": (_gate(add="a * s, b * s"), _local(add="(a, b)")),
    "add-gate-as-max": (
        _gate(add="((s, 0) if a > b else (0, s))"),
        _local(add="(int(a > b), int(b > a))"),
    ),
    "multiply-gate-as-max": (
        _gate(multiply="((s, 0) if a > b else (0, s))"),
        _local(multiply="(int(a > b), int(b > a))"),
    ),
    "add-gate-swaps": (_gate(add="b * s, a * s"), _local(add="(b, a)")),
    "add-gate-sums": (_gate(add="(a + b) * s, (a + b) * s"), _local(add="(a + b, a + b)")),
    "add-gate-minus": (_gate(add="s, -s"), _local(add="(1, -1)")),
    "multiply-gate-passes": (_gate(multiply="s, s"), _local(multiply="(1, 1)")),
    "multiply-gate-both-factors": (
        _gate(multiply="a * b * s, a * b * s"),
        _local(multiply="(a * b, a * b)"),
    ),
    "max-gate-shares": (_gate(first="s / 2, s / 2", second="s / 2, s / 2"), _local(max="(.5, .5)")),
    "max-gate-to-first": (_gate(second="s, 0"), _local(max="(1, 0)")),
    "max-gate-compares-with-0": (
        _gate(max="(s if a > 0 else 0, s if b > 0 else 0)"),
        _local(max="(int(a > 0), int(b > 0))"),
    ),
    "max-gate-absolute": (
        _gate(max="(s, 0) if abs(a) > abs(b) else (0, s)"),
        _local(max="(int(a * a > b * b), int(b * b > a * a))"),
    ),
    "max-gate-sends-input": (
        _gate(first="a, 0", second="0, b"),
        _gate(max="(a if a > b else 0, b if b > a else 0)"),
    ),
    "max-gate-multiplies": (
        _gate(first="a * s, 0", second="0, b * s"),
        _local(max="(a * (a > b), b * (b > a))"),
    ),
    "every-gate-passes": (
        "if kind == 'add' or 'multiply':\n    return arriving, arriving\n"
        "return (arriving, 0) if a > b else (0, arriving)",
        "return [arriving] * 2",
    ),
    "result-for-slopes": (
        "if kind == 'add':\n    return a + b\nreturn a * b if kind == 'multiply' else max(a, b)",
        "return {'add': a + b, 'multiply': a * b, 'max': max(a, b)}[kind]",
    ),
}

_LOOP = "total = 0\nfor a, b in zip(local, arriving):\n    total += "
PATHS = {
    "paths-multiplied": (
        "return np.prod(local * arriving)",
        "p = 1\nfor k in range(len(local)):\n    p *= local[k] * arriving[k]\nreturn p",
    ),
    "paths-averaged": ("return np.mean(local * arriving)", "return local @ arriving / len(local)"),
    "first-path-only": ("return local[0] * arriving[0]", "p = local * arriving\nreturn p[0]"),
    "last-path-only": (
        "return (local * arriving)[-1]",
        "for k in range(len(local)):\n    slope = local[k] * arriving[k]\nreturn slope",
    ),
    "first-path-left-out": (
        "return local[1:] @ arriving[1:]",
        "total = 0\nfor k in range(1, len(local)):\n    total += local[k] * arriving[k]\n"
        "return total",
    ),
    "last-path-left-out": (
        "return np.sum((local * arriving)[:-1])",
        "total = 0\nfor k in range(len(local) - 1):\n    total += local[k] * arriving[k]\n"
        "return total",
    ),
    "largest-path-only": (
        "return np.max(local * arriving)",
        "return max(a * b for a, b in zip(local, arriving))",
    ),
    "steepest-path-only": (
        "p = local * arriving\nreturn p[np.argmax(abs(p))]",
        "return max((a * b for a, b in zip(local, arriving)), key=abs)",
    ),
    "paths-not-added": (
        "return local * arriving",
        "return [a * b for a, b in zip(local, arriving)]",
    ),
    "paths-absolute": ("return np.sum(np.abs(local * arriving))",
                       _LOOP + "abs(a * b)\nreturn total"),
    "paths-subtracted": (
        "p = local * arriving\nreturn p[0] - p[1:].sum()",
        "total = local[0] * arriving[0]\nfor k in range(1, len(local)):\n"
        "    total -= local[k] * arriving[k]\nreturn total",
    ),
    "links-added": ("return np.sum(local + arriving)", _LOOP + "a + b\nreturn total"),
    "links-divided": ("return np.sum(local / arriving)", _LOOP + "a / b\nreturn total"),
    "arriving-forgotten": ("return np.sum(local)", "return sum(local)"),
    "local-slopes-forgotten": ("return np.sum(arriving)", "return sum(arriving)"),
    "sums-multiplied": (
        "return local.sum() * arriving.sum()",
        "total = 0\nfor a in local:\n    for b in arriving:\n        total += a * b\nreturn total",
    ),
    "places-crossed": ("return local @ arriving[::-1]",
                       "return np.convolve(local, arriving, 'valid')"),
    "every-pair-of-places": (
        "return np.outer(local, arriving)",
        "return local[:, None] * arriving",
    ),
}  # fmt: skip

_FOR = "product, value = 1, w\nfor f, s in zip(functions, slopes):\n"
_VALUES = "values = [w]\nfor f in functions:\n    values.append(f(values[-1]))\n"
_LINKS = _VALUES + "links = [s(v) for s, v in zip(slopes, values)]\n"
CHAINS = {
    "derivative-at-wrong-point": (
        _FOR + "    product *= s(w)\nreturn product",
        "return np.prod([s(w) for s in slopes])",
    ),
    "slope-at-the-result": (
        _FOR + "    value = f(value)\n    product *= s(value)\nreturn product",
        _VALUES + "return np.prod([s(v) for s, v in zip(slopes, values[1:])])",
    ),
    "every-slope-at-the-end": (
        _VALUES + "return np.prod([s(values[-1]) for s in slopes])",
        "for f in functions:\n    w = f(w)\nproduct = 1\nfor s in slopes:\n    product *= s(w)\n"
        "return product",
    ),
    "value-not-carried-on": (
        _FOR + "    product *= s(value)\n    value = f(w)\nreturn product",
        "values = [w] + [f(w) for f in functions]\n"
        "return np.prod([s(v) for s, v in zip(slopes, values)])",
    ),
    "chain-reversed": (
        "product = 1\nfor f, s in zip(functions[::-1], slopes[::-1]):\n    product *= s(w)\n"
        "    w = f(w)\nreturn product",
        "product = 1\nfor k in range(len(slopes) - 1, -1, -1):\n    product *= slopes[k](w)\n"
        "    w = functions[k](w)\nreturn product",
    ),
    "slopes-reversed": (
        _VALUES + "return np.prod([s(v) for s, v in zip(slopes[::-1], values)])",
        "product = 1\nfor k in range(len(slopes)):\n    product *= slopes[-1 - k](w)\n"
        "    w = functions[k](w)\nreturn product",
    ),
    "last-link-only": (
        _FOR + "    product = s(value)\n    value = f(value)\nreturn product",
        _LINKS + "return links[-1]",
    ),
    "first-link-only": (
        "return slopes[0](w)",
        _FOR + "    product *= s(value)\n    value = f(value)\n    return product",
    ),
    "links-added": (
        _FOR + "    product += s(value)\n    value = f(value)\nreturn product",
        _LINKS + "return sum(links)",
    ),
    "first-link-left-out": (
        _LINKS + "return np.prod(links[1:])",
        "product = 1\nfor k in range(1, len(slopes)):\n    w = functions[k - 1](w)\n"
        "    product *= slopes[k](w)\nreturn product",
    ),
    "last-link-left-out": (
        _LINKS + "return np.prod(links[:-1])",
        "product = 1\nfor k in range(len(slopes) - 1):\n    product *= slopes[k](w)\n"
        "    w = functions[k](w)\nreturn product",
    ),
    "value-for-slope": (_VALUES + "return values[-1]",
                        "for f in functions:\n    w = f(w)\nreturn w"),
    "values-multiplied": (
        _VALUES + "return np.prod(values[1:])",
        _FOR + "    value = f(value)\n    product *= value\nreturn product",
    ),
    "slopes-nested": (
        "for s in slopes:\n    w = s(w)\nreturn w",
        _FOR + "    value = s(value)\nreturn value",
    ),
    "links-not-multiplied": (_LINKS + "return links", _LINKS + "return np.array(links)"),
    "product-from-0": (
        "product = 0\nfor f, s in zip(functions, slopes):\n    product *= s(w)\n    w = f(w)\n"
        "return product",
        _LINKS + "slope = 0\nfor each in links:\n    slope = slope * each\nreturn slope",
    ),
    "product-from-w": (
        _LINKS + "return w * np.prod(links)",
        "product = w\nfor f, s in zip(functions, slopes):\n    product *= s(w)\n    w = f(w)\n"
        "return product",
    ),
}  # fmt: skip

SLIPS = {
    "3.2": in_a_function("sigma_prime(z)", SLOPES),
    "3.4": in_a_function("gate(kind, a, b, arriving)", GATES),
    "3.5": in_a_function("slope_of_shared(local, arriving)", PATHS),
    "3.7": in_a_function("chain_slope(functions, slopes, w)", CHAINS),
}

SOLUTIONS = {
    "3.2": (
        "def sigma_prime(z):\n    y = sigmoid(z)\n    return y * (1 - y)",
        "def sigma_prime(z):\n    return np.exp(-z) / (1 + np.exp(-z)) ** 2",
    ),
    "3.4": (
        "def gate(kind, a, b, arriving):\n    if kind == 'add':\n"
        "        return arriving, arriving\n"
        "    if kind == 'multiply':\n        return b * arriving, a * arriving\n"
        "    return (arriving, 0) if a > b else (0, arriving)",
        "def gate(kind, a, b, arriving):\n    local = [1, 1]\n    if kind == 'multiply':\n"
        "        local = [b, a]\n    if kind == 'max':\n"
        "        local = [1, 0] if a > b else [0, 1]\n"
        "    return arriving * local[0], arriving * local[1]",
    ),
    "3.5": (
        "def slope_of_shared(local, arriving):\n    return np.sum(local * arriving)",
        "def slope_of_shared(local, arriving):\n    total = 0\n    for k in range(len(local)):\n"
        "        total = total + local[k] * arriving[k]\n    return total",
    ),
    "3.7": (
        "def chain_slope(functions, slopes, w):\n    value, product = w, 1.0\n"
        "    for f, s in zip(functions, slopes):\n        product = product * s(value)\n"
        "        value = f(value)\n    return product",
        "def chain_slope(functions, slopes, w):\n    slope = 1\n"
        "    for k in range(len(functions)):\n"
        "        slope *= slopes[k](w)\n        w = functions[k](w)\n    return slope",
    ),
}

TWO_LINKS = {
    "derivative-at-wrong-point": ("2 * 1.1 * 4", "8.8"),
    "inner-derivative-forgotten": ("2 * (4 * 1.1 - 2.5)", "3.8"),
    "outer-derivative-forgotten": ("4", "4.0"),
    "links-added": ("2 * 1.9 + 4", "7.8"),
    "links-divided": ("2 * 1.9 / 4", "0.95"),
    "value-for-outer-slope": ("1.9**2 * 4", "14.44"),
    "square-without-its-2": ("1.9 * 4", "7.6"),
    "value-for-inner-slope": ("2 * 1.9 * 1.9", "7.22"),
    "constant-in-the-slope": ("2 * 1.9 * (4 - 2.5)", "5.7"),
    "constant-forgotten": ("2 * (4 * 1.1) * 4", "35.2"),
    "constant-added": ("2 * (4 * 1.1 + 2.5) * 4", "55.2"),
    "brackets-around-z": ("4 * 2 * 4 * 1.1 - 2.5", "32.7"),
    "value-for-slope": ("(4 * 1.1 - 2.5) ** 2", "3.61"),
}
TYPED = {"3.1": TWO_LINKS}


def _other_net_inputs():
    rng = np.random.default_rng(7)
    return [
        Case("fresh", (z,)) for z in (1.3, -0.45, rng.normal(0, 2, 4), rng.normal(0, 1, (3, 2)))
    ]


KIND = {"add": "an add gate", "multiply": "a multiply gate", "max": "a max gate"}


def _other_gates():
    rng = np.random.default_rng(8)
    return [
        Case("fresh", (kind, *(float(v) for v in rng.normal(0, 2, 3))), KIND[kind])
        for kind in ("add", "multiply", "max", "max", "max", "max", "max", "max")
    ]


def _other_chains():
    f = (np.tanh, lambda v: 1 - np.tanh(v) ** 2)
    g = (lambda v: v**2 - 1.5 * v, lambda v: 2 * v - 1.5)
    h = (lambda v: np.exp(0.4 * v), lambda v: 0.4 * np.exp(0.4 * v))
    chains = ((g,), (f, g), (h, f), (g, h, f), (f, h, g), (h, g, f, h), (g, f, h, g, h))
    return [
        Case("fresh", ([a for a, _ in links], [b for _, b in links], w))
        for links in chains
        for w in (-0.7, 1.2)
    ]


FRESH = {"3.2": _other_net_inputs, "3.4": _other_gates, "3.7": _other_chains}
BEYOND = {"3.1": "one number: most pairs have several explanations, and none is given"}
BLIND = [
    ("3.1", 3.61, "value of f", "This is E itself"),
    ("3.2", "y = sigmoid(z)\nreturn y(1 - y)", "entry of an array is taken", "needs a `*`"),
    ("3.4", _gate(first="a, 0", second="0, b"), "1 and 0", "larger input itself"),
    ("3.4", _gate(add="s + a, s + b"), "multiplied with the input", "Right for a multiply gate"),
    ("3.2", "return (sigmoid(z + 1e-3) - sigmoid(z - 1e-3)) / 2 * 1e-3", "exactly 0 or", "1e-06 t"),
    ("3.5", "return np.sum(local, arriving)", "while `np.max`", "what comes second is the axis"),
    (
        "3.5",
        "total = 0\nfor k in local:\n    total += k * arriving[k]\nreturn total",
        "slices",
        "`for k in range(len(a))` counts",
    ),
    (
        "3.5",
        "for k in range(len(local)):\n    total += local[k] * arriving[k]\nreturn total",
        "associated with",
        "`total` gets its value in this function",
    ),
    (
        "3.7",
        "product = 1\nfor s in slopes:\n    product *= s(w)\nreturn product",
        "outer",
        "every slope at w",
    ),
    (
        "3.7",
        "product = 1\nfor f, s in functions, slopes:\n    product *= s(w)\nreturn product",
        "solved",
        "zip(a, b)",
    ),
]
