"""The slips of chapter 04 as learners write them, each in two ways: with arrays and with loops."""

import textwrap

# Deltas: with whole arrays, and entry by entry with a = y[i], b = t[i] ---------------------------

_DELTAS = {
    "no-sigma-prime-output": ("y - t", "a - b"),
    "sigma-prime-of-y": ("(y - t) * sigmoid_prime(y)",
                         "(a - b) * sigmoid(a) * (1 - sigmoid(a))"),
    "y-for-slope": ("(y - t) * y", "a * (a - b)"),
    "one-minus-y-for-slope": ("(y - t) * (1 - y)", "(1 - a) * (a - b)"),
    "slope-squared": ("(y - t) * (y * (1 - y)) ** 2", "(a - b) * a * (1 - a) * a * (1 - a)"),
    "slope-with-plus": ("(y - t) * y * (1 + y)", "(a - b) * (a + a**2)"),
    "tanh-slope": ("(y - t) * (1 - y**2)", "(a - b) * (1 - a) * (1 + a)"),
    "target-in-slope": ("(y - t) * t * (1 - t)", "(a - b) * (b - b**2)"),
    "divided-by-slope": ("(y - t) / (y * (1 - y))", "-b / a + (1 - b) / (1 - a)"),
    "output-and-target-exchanged": ("(t - y) * t * (1 - t)", "(b - a) * (b - b**2)"),
    "kept-2": ("2 * (y - t) * y * (1 - y)", "(a - b) * a * (1 - a) + (a - b) * a * (1 - a)"),
    "extra-half": ("0.5 * (y - t) * y * (1 - y)", "(a - b) * a * (1 - a) / 2"),
    "target-minus-output": ("(t - y) * y * (1 - y)", "-(a - b) * a * (1 - a)"),
    "difference-squared-in-delta": ("(t - y) ** 2 * y * (1 - y)", "(a - b) * (a - b) * (a - a**2)"),
    "error-for-its-slope": ("0.5 * (t - y) ** 2 * y * (1 - y)", "(b - a) ** 2 / 2 * a * (1 - a)"),
    "error-left-out": ("y * (1 - y)", "a - a**2"),
    "values-added-in-delta": ("(y + t) * y * (1 - y)", "(b + a) * a * (1 - a)"),
    "difference-without-brackets": ("y - t * y * (1 - y)", "a - b * a * (1 - a)"),
    "slope-without-brackets": ("(y - t) * y * 1 - y", "a * (a - b) - a"),
    "delta-absolute": ("abs(y - t) * y * (1 - y)", "max(a - b, b - a) * a * (1 - a)"),
}  # fmt: skip
_EACH = """d = np.zeros(y.shape)
for i in np.ndindex(y.shape):
    a, b = y[i], t[i]
    d[i] = {}
return d"""
DELTAS = {
    slip: (f"return {arrays}", _EACH.format(each)) for slip, (arrays, each) in _DELTAS.items()
} | {
    "deltas-summed": (
        "return ((y - t) * y * (1 - y)).sum(axis=-1)",
        "d = 0\nfor k in range(y.shape[-1]):\n    a, b = y[..., k], t[..., k]\n"
        "    d = d + (a - b) * a * (1 - a)\nreturn d",
    ),
    "deltas-divided-by-length": (
        "return (y - t) * y * (1 - y) / len(y)",
        "n = y.shape[0]\nd = []\nfor a, b in zip(y, t):\n    d.append((a - b) * a * (1 - a) / n)\n"
        "return d",
    ),
}

# Gradients: with matrices, and in loops over examples, rows and columns --------------------------

_ROWS = "h, d = np.atleast_2d(h), np.atleast_2d(delta_y)\nn = len(h)\n"
_MATRICES = {
    "bias-row-left-out": "return h.T @ d / n",
    "bias-row-last": "return np.vstack([h.T @ d, d.sum(axis=0)]) / n",
    "bias-gradient-missing": "return np.vstack([np.zeros(d.shape[1]), h.T @ d / n])",
    "bias-gradient-times-input": "return np.vstack([h[:, 0] @ d, h.T @ d]) / n",
    "bias-gradient-one": "return np.vstack([np.ones(d.shape[1]), h.T @ d / n])",
    "bias-gradient-of-one-example": "return np.vstack([d[0], h.T @ d / n])",
    "bias-gradient-of-all-units": "g = with_one(h).T @ d\ng[0] = d.sum()\nreturn g / n",
    "bias-gradient-summed": "return np.vstack([d.sum(axis=0), h.T @ d / n])",
    "bias-gradient-turned": "g = with_one(h).T @ d / n\ng[0] *= -1\nreturn g",
    "gradient-summed": "return with_one(h).T @ d",
    "gradient-averaged-twice": "d = d / n\nreturn with_one(h).T @ d / n",
    "gradient-divided-by-outputs": "return with_one(h).T @ d / d.size",
    "gradient-turned": "return -with_one(h).T @ d / n",
    "gradient-transposed": "return d.T @ with_one(h) / n",
    "first-example-only": "return np.outer(with_one(h)[0], d[0])",
    "last-example-only": "for a, b in zip(h, d):\n    g = np.outer([1, *a], b)\nreturn g",
    "slope-of-h-for-h": "return with_one(h * (1 - h)).T @ d / n",
    "values-left-out": "return np.ones_like(with_one(h)).T @ d / n",
    "values-in-reverse": "return with_one(h[:, ::-1]).T @ d / n",
    "deltas-in-reverse": "return with_one(h).T @ d[:, ::-1] / n",
    "first-value-for-all": "h = h[:, :1] * np.ones(h.shape)\nreturn with_one(h).T @ d / n",
    "first-delta-for-all": "d = d[:, :1] * np.ones(d.shape)\nreturn with_one(h).T @ d / n",
    "deltas-added-up": "d = d.sum(axis=1, keepdims=True) + 0 * d\nreturn with_one(h).T @ d / n",
    "values-added-to-deltas":
        "return np.mean([np.add.outer(a, b) for a, b in zip(with_one(h), d)], axis=0)",
    "means-multiplied": "return np.outer(with_one(h).mean(axis=0), d.mean(axis=0))",
    "values-summed-first": "return np.outer(with_one(h).sum(axis=0), d.sum(axis=0)) / n",
}  # fmt: skip
_LOOPS = """n_h, n_out = h.shape[1], d.shape[1]
g = np.zeros((n_h + 1, n_out))
for e in range(n):
    for k in range(n_out):
        g[0, k] += {bias}
        for j in range(n_h):
            g[j + 1, k] += {each}
return {end}"""


def _loops(bias="d[e, k]", each="h[e, j] * d[e, k]", end="g / n"):
    return _LOOPS.format(bias=bias, each=each, end=end)


_IN_LOOPS = {
    "bias-row-left-out": _loops(end="g[1:] / n"),
    "bias-row-last": _loops(end="np.roll(g, -1, axis=0) / n"),
    "bias-gradient-missing": _loops(bias="0"),
    "bias-gradient-times-input": _loops(bias="h[e, 0] * d[e, k]"),
    "bias-gradient-one": _loops(bias="1"),
    "bias-gradient-of-one-example": _loops(bias="d[0, k]"),
    "bias-gradient-of-all-units": _loops(bias="sum(d[e])"),
    "bias-gradient-summed": _loops(each="h[e, j] * d[e, k] / n", end="g"),
    "bias-gradient-turned": _loops(bias="-d[e, k]"),
    "gradient-summed": _loops(end="g"),
    "gradient-averaged-twice": _loops(bias="d[e, k] / n", each="h[e, j] * d[e, k] / n"),
    "gradient-divided-by-outputs": _loops(end="g / n / n_out"),
    "gradient-turned": _loops(bias="-d[e, k]", each="-h[e, j] * d[e, k]"),
    "gradient-transposed": _loops(end="np.transpose(g) / n"),
    "first-example-only": _loops(bias="d[0, k]", each="h[0, j] * d[0, k]"),
    "last-example-only": _loops(bias="d[-1, k]", each="h[-1, j] * d[-1, k]"),
    "slope-of-h-for-h": _loops(each="(h[e, j] - h[e, j] ** 2) * d[e, k]"),
    "values-left-out": _loops(each="d[e, k]"),
    "values-in-reverse": _loops(each="h[e, n_h - 1 - j] * d[e, k]"),
    "deltas-in-reverse": _loops(bias="d[e, -1 - k]", each="h[e, j] * d[e, -1 - k]"),
    "first-value-for-all": _loops(each="h[e, 0] * d[e, k]"),
    "first-delta-for-all": _loops(bias="d[e, 0]", each="h[e, j] * d[e, 0]"),
    "deltas-added-up": _loops(bias="sum(d[e])", each="h[e, j] * sum(d[e])"),
    "values-added-to-deltas": _loops(bias="1 + d[e, k]", each="h[e, j] + d[e, k]"),
    "means-multiplied": _loops(each="h[:, j].mean() * d[e, k]"),
    "values-summed-first": _loops(bias="n * d[e, k]", each="sum(h[:, j]) * d[e, k]"),
}
GRADIENTS = {slip: (_ROWS + each, _ROWS + _IN_LOOPS[slip]) for slip, each in _MATRICES.items()}

# Steps: the lines of a right answer, with one of them changed ------------------------------------

_ARRAYS = {
    "rows": "h, t = np.atleast_2d(h), np.atleast_2d(t)",
    "y": "y = sigmoid(with_one(h) @ U)",
    "d": "d = (y - t) * y * (1 - y)",
    "g": "g = with_one(h).T @ d / len(h)",
    "end": "return U - eta * g",
}
_BY_HAND = {
    "rows": "h, t = h.reshape(-1, len(U) - 1), t.reshape(-1, U.shape[1])\nn = h.shape[0]",
    "y": "z = h.dot(U[1:]) + U[0]\ny = 1 / (1 + np.exp(-z))",
    "d": "d = np.zeros(y.shape)\nfor i in np.ndindex(y.shape):\n"
    "    d[i] = (y[i] - t[i]) * y[i] * (1 - y[i])",
    "g": "g = np.zeros(U.shape)\nfor a, b in zip(h, d):\n    g[0] += b / n\n"
    "    g[1:] += a[:, None] * b / n",
    "end": "new = U.copy()\nfor i in np.ndindex(U.shape):\n    new[i] -= eta * g[i]\nreturn new",
}


def _both(arrays, by_hand):
    return (
        "\n".join((_ARRAYS | arrays).values()),
        "\n".join((_BY_HAND | by_hand).values()),
    )


def _delta(slip):
    """A slip of the delta; the entries are a and b there, y[i] and t[i] here."""
    arrays, each = _DELTAS[slip]
    by_hand = _EACH.format(each).removesuffix("\nreturn d")
    return _both({"d": f"d = {arrays}"}, {"d": by_hand})


_BY_ENTRY = "new = U.copy()\nfor i in np.ndindex(U.shape):\n    new[i] {} eta * g[i]\nreturn new"
_SAME_END = "new = np.array(U)\nnew = {}\nreturn new"
_EACH_EXAMPLE = "g = np.zeros(U.shape)\nfor a, b in zip(h, d):\n"
STEPS = {
    "gradient-added": _both(
        {"end": "return U + eta * g"},
        {"end": _BY_ENTRY.format("+=")},
    ),
    "eta-forgotten": _both({"end": "return U - g"}, {"end": _SAME_END.format("new - g")}),
    "eta-divides": _both({"end": "return U - g / eta"}, {"end": _SAME_END.format("new - g / eta")}),
    "eta-fixed": _both(
        {"end": "return U - 0.5 * g"}, {"end": _SAME_END.format("new - g / 2")}
    ),
    "net-input-in-slope": _both(
        {"d": "z = with_one(h) @ U\nd = (y - t) * z * (1 - z)"},
        {"d": "d = (y - t) * (z - z**2)"},
    ),
    "net-input-in-error": _both(
        {"d": "d = (with_one(h) @ U - t) * y * (1 - y)"}, {"d": "d = (z - t) * (y - y**2)"}
    ),
    "softmax-for-sigmoid": _both(
        {"y": "y = softmax(with_one(h) @ U)"},
        {"y": "e = np.exp(h.dot(U[1:]) + U[0])\ny = e / e.sum(axis=1, keepdims=True)"},
    ),
    "tanh-for-sigmoid": _both(
        {"y": "y = np.tanh(with_one(h) @ U)"}, {"y": "z = h.dot(U[1:]) + U[0]\ny = np.tanh(z)"}
    ),
    "eta-on-everything": _both(
        {"end": "return eta * (U - g)"}, {"end": _SAME_END.format("eta * new - eta * g")}
    ),
    "gradient-returned": _both({"end": "return g"}, {"end": "new = U - eta * g\nreturn g"}),
    "step-size-returned": _both(
        {"end": "return eta * g"}, {"end": "U_new = U - eta * g\nreturn U - U_new"}
    ),
    "step-returned": _both(
        {"end": "return -eta * g"}, {"end": "U_new = U - eta * g\nreturn U_new - U"}
    ),
    **{
        slip: _delta(slip)
        for slip in (
            "target-minus-output", "no-sigma-prime-output", "sigma-prime-of-y", "y-for-slope",
            "one-minus-y-for-slope", "slope-squared", "target-in-slope", "kept-2", "extra-half",
            "delta-absolute", "error-left-out", "output-and-target-exchanged",
        )
    },
    "activation-skipped": _both({"y": "y = with_one(h) @ U"}, {"y": "y = h.dot(U[1:]) + U[0]"}),
    "activation-twice": _both(
        {"y": "y = sigmoid(sigmoid(with_one(h) @ U))"},
        {"y": "z = sigmoid(h.dot(U[1:]) + U[0])\ny = 1 / (1 + np.exp(-z))"},
    ),
    "bias-after-activation": _both(
        {"y": "y = sigmoid(h @ U[1:]) + U[0]"}, {"y": "y = 1 / (1 + np.exp(-h.dot(U[1:]))) + U[0]"}
    ),
    "bias-forgotten": _both(
        {"y": "y = sigmoid(h @ U[1:])"}, {"y": "y = 1 / (1 + np.exp(-h.dot(U[1:])))"}
    ),
    "bias-in-last-row": _both(
        {"y": "y = sigmoid(h @ U[:-1] + U[-1])"},
        {"y": "z = h.dot(U[:-1]) + U[-1]\ny = 1 / (1 + np.exp(-z))"},
    ),
    "bias-gradient-missing": _both(
        {"g": "g = with_one(h).T @ d / len(h)\ng[0] = 0"},
        {"g": _EACH_EXAMPLE + "    g[1:] += a[:, None] * b / n"},
    ),
    "bias-gradient-times-input": _both(
        {"g": "g = with_one(h).T @ d / len(h)\ng[0] = h[:, 0] @ d / len(h)"},
        {"g": _EACH_EXAMPLE + "    g[0] += a[0] * b / n\n    g[1:] += a[:, None] * b / n"},
    ),
    "bias-gradient-of-one-example": _both(
        {"g": "g = with_one(h).T @ d / len(h)\ng[0] = d[0]"},
        {"g": _EACH_EXAMPLE + "    g[1:] += a[:, None] * b / n\ng[0] = d[0]"},
    ),
    "bias-gradient-of-all-units": _both(
        {"g": "g = with_one(h).T @ d / len(h)\ng[0] = d.sum() / len(h)"},
        {"g": _EACH_EXAMPLE + "    g[0] += b.sum() / n\n    g[1:] += a[:, None] * b / n"},
    ),
    "gradient-summed": _both(
        {"g": "g = with_one(h).T @ d"},
        {"g": _EACH_EXAMPLE + "    g[0] += b\n    g[1:] += a[:, None] * b"},
    ),
    "gradient-averaged-twice": _both(
        {"g": "d = d / len(h)\ng = with_one(h).T @ d / len(h)"},
        {"g": _EACH_EXAMPLE + "    g += np.outer([1, *a], b) / n**2"},
    ),
    "first-example-only": _both(
        {"g": "g = with_one(h[:1]).T @ d[:1]"},
        {"g": "g = np.outer([1, *h[0]], d[0])"},
    ),
    "means-multiplied": _both(
        {"g": "g = np.outer(with_one(h).mean(axis=0), d.mean(axis=0))"},
        {"g": "g = np.zeros(U.shape)\ng[0] = d.mean(axis=0)\n"
              "g[1:] = h.mean(axis=0)[:, None] * d.mean(axis=0)"},
    ),
    "values-left-out": _both(
        {"g": "g = np.ones_like(with_one(h)).T @ d / len(h)"},
        {"g": "g = np.zeros(U.shape)\nfor b in d:\n    g += b / n"},
    ),
    "deltas-added-up": _both(
        {"g": "d = d.sum(axis=1, keepdims=True) + 0 * d\ng = with_one(h).T @ d / len(h)"},
        {"g": _EACH_EXAMPLE + "    g += (np.array([1, *a]) * sum(b) / n)[:, None]"},
    ),
}  # fmt: skip

# Softmax and cross-entropy -----------------------------------------------------------------------

_Y = "e = np.exp(z - z.max(axis=-1, keepdims=True))\ny = e / e.sum(axis=-1, keepdims=True)\n"
_ROW_BY_ROW = """rows = []
for a, b in zip(np.atleast_2d(z), np.atleast_2d(t)):
    total = 0
    for each in a:
        total += math.exp(each)
    p = np.array([math.exp(each) / total for each in a])
{body}
return rows if z.ndim == 2 else rows[0]"""


def _row(expression, before=""):
    body = f"{before}rows.append({expression})"
    return _ROW_BY_ROW.format(body=textwrap.indent(body, "    "))


SOFTMAX = {
    "extra-slope": (_Y + "return (y - t) * y * (1 - y)", _row("(p - b) * (p - p**2)")),
    "target-minus-output": (_Y + "return t - y", _row("b - p")),
    "own-path-only": (_Y + "return t * (y - 1)", _row("np.where(b == 1, p - b, 0)")),
    "targets-left-out": (_Y + "return y", _row("p")),
    "cross-entropy-slope": (_Y + "return -t / y", _row("[-q / v for q, v in zip(b, p)]")),
    "softmax-skipped": ("return z - t", "return [a - b for a, b in zip(z, t)]"),
    "softmax-twice": (
        "return softmax(softmax(z)) - t",
        _row("p - b", "p = np.exp(p) / sum(np.exp(p))\n"),
    ),
    "softmax-wrong-axis": (
        "e = np.exp(z)\nreturn e / e.sum(axis=0) - t if z.ndim == 2 else e / e.sum() - t",
        "if z.ndim == 1:\n    return softmax(z) - t\nreturn softmax(z.T).T - t",
    ),
    "softmax-of-all-entries": (
        "e = np.exp(z)\nreturn e / e.sum() - t",
        "total = 0\nfor each in z.flat:\n    total += math.exp(each)\nreturn np.exp(z) / total - t",
    ),
    "softmax-not-normalised": (
        "return np.exp(z) - t",
        _row("p * total - b"),
    ),
    "sigmoids-for-softmax": ("return sigmoid(z) - t", _row("[sigmoid(v) for v in a] - b")),
    "divided-by-slope": (_Y + "return (y - t) / (y * (1 - y))", _row("(p - b) / p / (1 - p)")),
    "times-y": (_Y + "return (y - t) * y", _row("p * p - b * p")),
    "kept-2": (_Y + "return 2 * (y - t)", _row("(p - b) + (p - b)")),
    "extra-half": (_Y + "return 0.5 * (y - t)", _row("(p - b) / 2")),
    "delta-absolute": (_Y + "return abs(y - t)", _row("[max(v - q, q - v) for v, q in zip(p, b)]")),
    "difference-squared-in-delta": (_Y + "return (t - y) ** 2", _row("(p - b) * (p - b)")),
    "deltas-divided-by-length": (_Y + "return (y - t) / len(t)", _row("(p - b) / len(z)")),
    "shifted-not-normalised": (
        "return np.exp(z - z.max(axis=-1, keepdims=True)) - t",
        _row("[math.exp(v - max(a)) - q for v, q in zip(a, b)]"),
    ),
    "scores-normalised": (
        "return z / z.sum(axis=-1, keepdims=True) - t",
        _row("[v / sum(a) for v in a] - b"),
    ),
    "divided-by-sum-of-scores": (
        "return np.exp(z) / z.sum(axis=-1, keepdims=True) - t",
        _row("[math.exp(v) / sum(a) for v in a] - b"),
    ),
    "largest-gets-all": (
        "return (z == z.max(axis=-1, keepdims=True)) - t",
        _row("np.eye(len(a))[np.argmax(a)] - b"),
    ),
    "exponents-negated": (
        "e = np.exp(-z)\nreturn e / e.sum(axis=-1, keepdims=True) - t",
        _row("1 / np.exp(a) / sum(1 / np.exp(a)) - b"),
    ),
    "log-of-softmax": (_Y + "return np.log(y) - t", _row("a - math.log(total) - b")),
}
