"""Wrong answers to the other exercises of chapters 00 and 01, two ways of writing each slip."""

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

_ONES = "one = np.ones((*x.shape[:-1], 1))\n"
_ROWS = "rows = np.atleast_2d(x)\n"
_ONE_OR_MANY = "return result[0] if x.ndim == 1 else result"
ONES = {
    "one-at-the-end": (
        _ONES + "return np.concatenate([x, one], axis=-1)",
        _ROWS + "result = [[*row, 1] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-is-zero": (
        "return np.insert(x, 0, 0, axis=-1)",
        _ROWS + "result = [[0, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-is-minus-one": (
        "return np.insert(x, 0, -1, axis=-1)",
        _ROWS + "result = [[-1, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-row-for-all": (
        "return np.insert(x, 0, 1, axis=0)",
        "if x.ndim == 1:\n    return [1, *x]\nreturn [[1] * x.shape[1], *x]",
    ),
    "one-row-below": (
        "if x.ndim == 1:\n    return np.append(1, x)\nreturn np.vstack([x, np.ones(x.shape[1])])",
        "if x.ndim == 1:\n    return [1, *x]\nreturn [*x, [1] * x.shape[1]]",
    ),
    "batch-flattened": (
        "return np.append(1, x)",
        "out = [1]\nfor v in x.flat:\n    out.append(v)\nreturn out",
    ),
    "one-added-to-values": (
        "return x + 1",
        _ROWS + "result = [[v + 1 for v in row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-replaces-value": (
        "out = x.copy()\nout[..., 0] = 1\nreturn out",
        _ROWS + "result = [[1, *row[1:]] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-for-every-value": (
        "return np.c_[np.ones(len(x)), x]",
        "if x.ndim == 1:\n    return [[1, v] for v in x]\nreturn [[1, *row] for row in x]",
    ),
    "one-not-added": ("return x.copy()", "return [row for row in x]"),
    "zeros-around": (
        "return np.pad(x, (1, 0))",
        "if x.ndim == 1:\n    return [0, *x]\nrow = [0] * (x.shape[1] + 1)\n"
        "return [row, *[[0, *r] for r in x]]",
    ),
    "padded-with-ones": (
        "return np.pad(x, (1, 0), constant_values=1)",
        "if x.ndim == 1:\n    return [1, *x]\nrow = [1] * (x.shape[1] + 1)\n"
        "return [row, *[[1, *r] for r in x]]",
    ),
    "ones-on-both-sides": (
        _ONES + "return np.concatenate([one, x, one], axis=-1)",
        _ROWS + "result = [[1, *row, 1] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-second": (
        "return np.insert(x, 1, 1, axis=-1)",
        _ROWS + "result = [[row[0], 1, *row[1:]] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-twice": (
        _ONES + "return np.concatenate([one, one, x], axis=-1)",
        _ROWS + "result = [[1, 1, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
}

# Numbers typed by hand, computed as a reader would: the line that gives the answer.
_H = "h1, h2 = s(0.3775), s(0.3925)\n"
NET_INPUT = {
    "bias-forgotten": ("0.15 * 0.05 + 0.20 * 0.10", "0.0275"),
    "squashed-already": ("s(0.3775)", "0.593270"),
    "second-unit": ("0.25 * 0.05 + 0.30 * 0.10 + 0.35", "0.3925"),
    "weights-leaving-the-input": ("0.15 * 0.05 + 0.25 * 0.10 + 0.35", "0.3825"),
    "third-weight-for-the-first": ("0.25 * 0.05 + 0.20 * 0.10 + 0.35", "0.3825"),
    "inputs-reversed": ("0.15 * 0.10 + 0.20 * 0.05 + 0.35", "0.375"),
    "bias-of-other-layer": ("0.15 * 0.05 + 0.20 * 0.10 + 0.60", "0.6275"),
    "inputs-left-out": ("0.15 + 0.20 + 0.35", "0.700"),
    "weights-added": ("(0.15 + 0.05) + (0.20 + 0.10) + 0.35", "0.850"),
    "bias-subtracted": ("0.15 * 0.05 + 0.20 * 0.10 - 0.35", "-0.3225"),
    "bias-twice": ("0.15 * 0.05 + 0.20 * 0.10 + 2 * 0.35", "0.7275"),
    "first-input-left-out": (None, None),  # 0.37 is also 0.3775, cut short
    "last-input-left-out": ("0.15 * 0.05 + 0.35", "0.3575"),
    "first-input-for-all": ("0.15 * 0.05 + 0.20 * 0.05 + 0.35", "0.3675"),
    "last-input-for-all": ("0.15 * 0.10 + 0.20 * 0.10 + 0.35", "0.385"),
    "bias-times-inputs": ("0.15 * 0.05 + 0.20 * 0.10 + 0.35 * 0.15", "0.0800"),
    "products-averaged": ("(0.15 * 0.05 + 0.20 * 0.10) / 2 + 0.35", "0.36375"),
}
