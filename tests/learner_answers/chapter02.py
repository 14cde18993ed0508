"""Answers to chapter 02, right and wrong. What each name holds is said in `answers.py`."""

import math

import numpy as np
from answers import ByHand, in_a_function

from helpers import losses as helpers_losses
from helpers.checks.exercise import Case
from helpers.mistakes import forward, losses

from .peer import torch

E_1, E_2 = 0.274811083176155, 0.023560025583847746
E = E_1 + E_2

# 2.2 ---------------------------------------------------------------------------------------------


def squared_by_axis(y, t):
    e = 0.5 * (t - y) ** 2
    return e.sum(axis=-1).mean()


def squared_by_loops(y, t):
    rows, total = list(zip(np.atleast_2d(y), np.atleast_2d(t), strict=True)), 0.0
    for a, b in rows:
        for k in range(len(a)):
            total += (a[k] - b[k]) ** 2 / 2
    return total / len(rows)


def squared_by_einsum(y, t):
    d = np.atleast_2d(y - t)
    return np.einsum("nk,nk->", d, d) / (2 * len(d))


def squared_in_float32(y, t):
    d = np.atleast_2d(y.astype(np.float32) - t.astype(np.float32))
    return np.float32(0.5) * (d**2).sum() / len(d)


def squared_by_norm(y, t):
    d = np.atleast_2d(y - t)
    return [float(np.linalg.norm(d) ** 2) / 2 / d.shape[0]]


# 2.3 ---------------------------------------------------------------------------------------------


def column_flat(y, t):
    return 0.5 * np.mean((np.ravel(t) - np.ravel(y)) ** 2)


def column_by_loop(y, t):
    return sum(0.5 * float(a - b) ** 2 for a, b in zip(y.flat, t.flat, strict=True)) / len(y)


def column_reshaped(y, t):
    return ((y - t.reshape(-1, 1)) ** 2).sum() / (2 * len(y))


# 2.4 ---------------------------------------------------------------------------------------------


def log_by_choice(y, t):
    e = -np.log(np.where(t == 1, y, 1 - y))
    return e.sum(axis=-1).mean()


def log_clipped(y, t):
    p = np.clip(y, 1e-12, 1 - 1e-12)
    e = -(t * np.log(p) + (1 - t) * np.log(1 - p))
    return e.sum() / (len(y) if y.ndim == 2 else 1)


def log_by_loops(y, t):
    rows, total = list(zip(np.atleast_2d(y), np.atleast_2d(t), strict=True)), 0.0
    for a, b in rows:
        for p, answer in zip(a, b, strict=True):
            total -= math.log(p) if answer == 1 else math.log(1 - p)
    return total / len(rows)


def log_by_product(y, t):
    p = np.atleast_2d(t * y + (1 - t) * (1 - y))
    return -np.log(p.prod(axis=1)).mean()


def log_nan_to_zero(y, t):
    with np.errstate(all="ignore"):
        e = np.nan_to_num(t * np.log(y)) + np.nan_to_num((1 - t) * np.log(1 - y))
    return -np.atleast_2d(e).sum(axis=1).mean()


def log_absolute(y, t):
    return -np.log(1 - np.abs(t - y)).sum() / len(np.atleast_2d(y))


# 2.5 ---------------------------------------------------------------------------------------------


def softmax_shifted(z):
    p = np.exp(z - z.max(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)


def softmax_by_rows(z):
    rows = []
    for row in np.atleast_2d(z):
        powers = [math.exp(v - max(row)) for v in row]
        rows.append([p / sum(powers) for p in powers])
    return rows[0] if z.ndim == 1 else rows


def softmax_by_differences(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


def softmax_by_logarithm(z):
    shifted = z - np.amax(z, axis=-1)[..., None]
    return np.exp(shifted - np.log(np.exp(shifted).sum(-1))[..., None])


def softmax_long_float(z):
    z = z.astype(np.longdouble)
    p = np.exp(z - z.max(-1, keepdims=True))
    return (p / p.sum(-1, keepdims=True)).astype(np.float32)


# 2.7 ---------------------------------------------------------------------------------------------


def slopes_by_terms(y, t):
    return [y - t, -t / y + (1 - t) / (1 - y)]


def slopes_by_nudges(y, t):
    h = 1e-5
    squared = (0.5 * (t - y - h) ** 2 - 0.5 * (t - y + h) ** 2) / (2 * h)
    log = np.where(t == 1, np.log(y - h) - np.log(y + h), np.log(1 - y + h) - np.log(1 - y - h))
    return squared, log / (2 * h)


def slopes_by_choice(y, t):
    return np.subtract(y, t), np.where(t == 1, -1 / y, 1 / (1 - y)).tolist()


# 2.8 ---------------------------------------------------------------------------------------------


def from_z_stable(z, t):
    e = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - t * z
    return e.sum() / len(np.atleast_2d(z))


def from_z_logaddexp(z, t):
    return np.logaddexp(0, (1 - 2 * t) * z).sum() / (len(z) if z.ndim == 2 else 1)


def from_z_by_loops(z, t):
    total = 0.0
    for v, answer in zip(z.flat, t.flat, strict=True):
        wrong = -v if answer == 1 else v
        total += wrong + math.log1p(math.exp(-wrong)) if wrong > 0 else math.log1p(math.exp(wrong))
    return total / len(np.atleast_2d(z))


def from_z_by_sign(z, t):
    z = np.where(t == 1, -z, z)
    e = np.where(z > 0, z, 0) + np.log1p(np.exp(-abs(z)))
    return np.mean(np.sum(e, axis=-1))


RIGHT = {
    "2.1": [E, 0.298371109, [E], np.float32(E), np.array([[E]]), 0.2983711],
    "2.2": [squared_by_axis, squared_by_loops, squared_by_einsum, squared_in_float32,
            squared_by_norm, helpers_losses.squared_error],
    "2.3": [column_flat, column_by_loop, column_reshaped],
    "2.4": [log_by_choice, log_clipped, log_by_loops, log_by_product, log_nan_to_zero,
            log_absolute, helpers_losses.log_loss],
    "2.5": [softmax_shifted, softmax_by_rows, softmax_by_differences, softmax_by_logarithm,
            softmax_long_float],
    "2.6": [{"photo": "d", "rain": "a", "tags": "c", "fraud": "b"}, "dacb", ["d", "a", "c", "b"],
            {"Fraud": "B", "Tags": "(c)", "Rain": "a)", "Photo": "D"}],
    "2.7": [slopes_by_terms, slopes_by_nudges, slopes_by_choice],
    "2.8": [from_z_stable, from_z_logaddexp, from_z_by_loops, from_z_by_sign],
}  # fmt: skip
if torch is not None:
    RIGHT["2.4"].append(
        lambda y, t: (
            torch.nn.BCELoss(reduction="sum")(torch.tensor(y), torch.tensor(t))
            / len(np.atleast_2d(y))
        )
    )
    RIGHT["2.5"].append(lambda z: torch.softmax(torch.tensor(z), dim=-1))


def _with_the_mean(z):
    p = np.exp(z - z.mean(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)


WRONG = [
    ("2.1", 2 * E, ["left out the 1/2"]),
    ("2.1", E_1, ["error of the first output"]),
    ("2.1", 0.298, ["right as far as it goes"]),
    ("2.1", 0.772928465, ["y2, an output"]),
    ("2.1", 0.5 * (0.01 - 0.7514) ** 2 + E_2, ["y1 rounded to four decimals"]),
    ("2.1", 0.5 * (0.01 - 0.7514) ** 2 + 0.5 * (0.99 - 0.7729) ** 2, ["outputs rounded"]),
    ("2.1", 0.5 * (0.99 - 0.75136507) ** 2 + 0.5 * (0.01 - 0.772928465) ** 2,
     ["compared with the other's target"]),
    ("2.2", lambda y, t: 0.5 * np.mean((t - y) ** 2), ["averaged over the outputs"]),
    ("2.2", lambda y, t: 0.5 * np.sum((t - y) ** 2), ["summed over the examples"]),
    ("2.2", lambda y, t: 0.5 * np.sum((t - y) ** 2) / len(y),
     ["Right for a batch", "For a single example", "averaged over the outputs"]),
    ("2.2", lambda y, t: 0.5 * (t - y) ** 2, ["error of each output"]),
    ("2.3", lambda y, t: 0.5 * np.mean((t - y) ** 2), ["still there for a flat t"]),
    ("2.3", lambda y, t: 0.5 * np.sum((t - y) ** 2) / len(y), ["still there for a flat t"]),
    ("2.3", lambda y, t: np.sum((t.ravel() - y) ** 2) / (2 * len(y)), ["row of t and a column"]),
    ("2.4", lambda y, t: -(t * np.log(y) + (1 - t) * np.log(1 - y)).sum() / len(np.atleast_2d(y)),
     ["Right, as long as", "0 times ln 0"]),
    ("2.4", lambda y, t: -np.log(np.where(t == 1, y, 1 - y)).mean(), ["averaged over the outputs"]),
    ("2.4", lambda y, t: log_by_choice(np.clip(y, 0.01, 0.99), t),
     ["as long as no output is exactly", "too large"]),
    ("2.5", lambda z: softmax_shifted(np.clip(z, -500, 500)),
     ["Right for moderate", "1000 and -1000", "cut off"]),
    ("2.5", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True),
     ["Right for moderate scores", "overflow", "all 0"]),
    ("2.5", lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=-1, keepdims=True),
     ["Right for every single row", "its own largest"]),
    ("2.5", _with_the_mean, ["lie close together"]),
    ("2.6", "dacd", ["3 of the 4 are right", "“fraud”"]),
    ("2.6", "ddcb", ["“rain”: Rain is an amount"]),
    ("2.7", lambda y, t: (t - y, (t - y) / (y * (1 - y))), ["sign is that of t - y"]),
    ("2.7", lambda y, t: y - t, ["2 values"]),
    ("2.7", lambda y, t: ((y - t) / (y * (1 - y)), y - t), ["another order"]),
    ("2.7", lambda y, t: (y - t, y - t), ["`squared` is right", "denominator"]),
    ("2.8", lambda z, t: (np.log(1 + np.exp(z)) - t * z).sum() / len(np.atleast_2d(z)),
     ["Right, as long as", "overflows"]),
    ("2.8", lambda z, t: log_by_choice(z, t), ["Every result is NaN", "no probability"]),
    ("2.8", lambda z, t: from_z_stable(np.clip(z, -700, 700), t), ["too small", "cut off"]),
    ("2.8", lambda z, t: log_clipped(forward.sigmoid(z), t), ["too small", "cut off"]),
]  # fmt: skip

# Each slip in two ways of writing ----------------------------------------------------------------

_TOTAL = {  # from the errors e to one number
    "mean-over-outputs": ("return e.mean()", "return e.sum() / e.size"),
    "sum-over-examples": ("return e.sum()", "return sum(e.flat)"),
    "errors-not-added": ("return e", "return e.tolist()"),
    "examples-not-averaged": ("return e.sum(axis=-1)", "return np.atleast_2d(e).sum(axis=1)"),
    "first-output-only-in-E": (
        "return e[..., 0].mean()",
        "rows = np.atleast_2d(e)\nreturn sum(row[0] for row in rows) / len(rows)",
    ),
    "last-output-only-in-E": (
        "return e[..., -1].mean()",
        "rows, E = np.atleast_2d(e), 0\nfor row in rows:\n    for one in row:\n        last = one\n"
        "    E += last / len(rows)\nreturn E",
    ),
    "first-example-only": ("return np.atleast_2d(e)[0].sum()",
                           "if e.ndim == 2:\n    e = e[0]\nreturn np.sum(e)"),
    "loss-sign": ("return -e.sum() / (len(e) if e.ndim == 2 else 1)",
                  "return 0 - e.sum(axis=-1).mean()"),
}  # fmt: skip
_MEAN = "return e.sum() / (len(e) if e.ndim == 2 else 1)"
_MEAN_2 = "return np.mean(e.sum(axis=-1))"


def _endings(error):
    """The slips of `_TOTAL`, after a line that computes the errors e."""
    return {slip: tuple(f"{error}\n{end}" for end in ends) for slip, ends in _TOTAL.items()}


def _errors(**written):
    """Slips in the errors themselves, each written in two ways, with right endings."""
    return {
        slip.replace("_", "-"): (f"{one}\n{_MEAN}", f"{other}\n{_MEAN_2}")
        for slip, (one, other) in written.items()
    }


SQUARED = {
    **_endings("e = 0.5 * (t - y) ** 2"),
    "length-for-square": (
        "return np.mean(0.5 * np.linalg.norm(t - y, axis=-1))",
        "return (0.5 * ((t - y) ** 2).sum(axis=-1) ** 0.5).mean()",
    ),
    **_errors(
        no_half=("e = (t - y) ** 2", "e = np.square(y - t)"),
        half_squared_too=("e = (0.5 * (t - y)) ** 2", "e = ((t - y) / 2) ** 2"),
        absolute_for_square=("e = 0.5 * abs(t - y)", "e = np.abs(y - t) / 2"),
        square_forgotten=("e = 0.5 * (t - y)", "e = (t - y) / 2"),
        t_and_y_added=("e = 0.5 * (t + y) ** 2", "e = (y + t) ** 2 / 2"),
    ),
    "squared-after-sum": (
        "return np.mean(0.5 * (t - y).sum(axis=-1) ** 2)",
        "rows = zip(np.atleast_2d(y), np.atleast_2d(t))\n"
        "each = [0.5 * (sum(a) - sum(b)) ** 2 for a, b in rows]\nreturn sum(each) / len(each)",
    ),
    "root-taken": (
        "e = 0.5 * (t - y) ** 2\nreturn np.sqrt(e.sum(axis=-1).mean())",
        "e = 0.5 * (t - y) ** 2\nn = len(e) if e.ndim == 2 else 1\nreturn (e.sum() / n) ** 0.5",
    ),
}
COLUMN = {
    "column-broadcast": (
        "return 0.5 * np.mean((t - y) ** 2)",
        "e = (y - t) ** 2 / 2\nreturn e.sum() / e.size",
    ),
    "row-minus-column": (
        "return 0.5 * np.mean((t.reshape(1, -1) - y) ** 2)",
        "return 0.5 * np.mean((t.ravel() - y) ** 2)",
    ),
    "only-y-flattened": (
        "return 0.5 * np.mean((t - y.ravel()) ** 2)",
        "y = y[:, 0]\nreturn np.mean((t - y) ** 2) / 2",
    ),
    "no-half": (
        "return np.mean((t.reshape(y.shape) - y) ** 2)",
        "return sum((a - b) ** 2 for a, b in zip(y.flat, t.flat)) / len(y)",
    ),
    "sum-over-examples": (
        "return 0.5 * np.sum((t.ravel() - y.ravel()) ** 2)",
        "return sum(0.5 * (a - b) ** 2 for a, b in zip(y.flat, t.flat))",
    ),
    "absolute-for-square": (
        "return 0.5 * np.mean(abs(t.ravel() - y.ravel()))",
        "return sum(0.5 * abs(a - b) for a, b in zip(y.flat, t.flat)) / len(y)",
    ),
    "square-forgotten": (
        "return 0.5 * np.mean(t.ravel() - y.ravel())",
        "return 0.5 * (t.mean() - y.mean())",
    ),
    "squared-after-sum": (
        "return 0.5 * np.sum(t.ravel() - y.ravel()) ** 2",
        "return 0.5 * (t.sum() - y.sum()) ** 2",
    ),
    "root-taken": (
        "return 0.5 * np.sqrt(np.mean((t.ravel() - y.ravel()) ** 2))",
        "e = (t.reshape(y.shape) - y) ** 2\nreturn 0.5 * (e.sum() / len(y)) ** 0.5",
    ),
}
_P = "p = np.where(t == 1, y, 1 - y)\n"
_TERMS = "e = -(t * np.log(y) + (1 - t) * np.log(1 - y))"
LOG = {
    **_endings(_P + "e = -np.log(p)"),
    **_errors(
        log10_for_ln=(
            _P + "e = -np.log10(p)", "e = -(t * np.log10(y) + (1 - t) * np.log10(1 - y))",
        ),
        log2_for_ln=(_P + "e = -np.log2(p)", "e = -(t * np.log2(y) + (1 - t) * np.log2(1 - y))"),
        log_of_one_plus=(_P + "e = -np.log1p(p)", _P + "e = -np.log(1 + p)"),
        no_term_for_zero_targets=(
            "e = -t * np.log(y)", "e = np.where(t == 1, -np.log(y), 0)",
        ),
        no_term_for_one_targets=(
            "e = -(1 - t) * np.log(1 - y)", "e = np.where(t == 0, -np.log(1 - y), 0)",
        ),
        terms_subtracted=(
            "e = -(t * np.log(y) - (1 - t) * np.log(1 - y))",
            "e = np.where(t == 1, -np.log(y), np.log(1 - y))",
        ),
        targets_turned=(
            "e = -((1 - t) * np.log(y) + t * np.log(1 - y))",
            "e = -np.log(np.where(t == 1, 1 - y, y))",
        ),
        half_in_log_loss=(_P + "e = -0.5 * np.log(p)", _P + "e = np.log(p) / -2"),
        squared_for_log_loss=("e = 0.5 * (t - y) ** 2", "e = np.square(y - t) / 2"),
        logarithm_forgotten=(_P + "e = -p", "e = -(t * y + (1 - t) * (1 - y))"),
        one_minus_p=(_P + "e = 1 - p", "e = abs(t - y)"),
    ),
}  # fmt: skip
_SHIFTED = "p = np.exp(z - z.max(axis=-1, keepdims=True))\n"
SOFTMAX = {
    "softmax-wrong-axis": (
        "return np.exp(z) / np.exp(z).sum(axis=0)",
        "p = np.exp(z)\nreturn p / p.sum(axis=0, keepdims=True)",
    ),
    "softmax-of-all-entries": (
        "return np.exp(z) / np.exp(z).sum()",
        "p = np.exp(z - z.max())\nreturn p / np.sum(p)",
    ),
    "softmax-not-normalised": (
        "return np.exp(z)",
        "return [math.exp(v) for v in z] if z.ndim == 1 else [[math.exp(v) for v in r] for r in z]",
    ),
    "shifted-not-normalised": (_SHIFTED + "return p", "return np.exp((z.T - z.max(axis=-1)).T)"),
    "shifted-above-only": (
        _SHIFTED + "return p / np.exp(z).sum(axis=-1, keepdims=True)",
        "total = np.exp(z).sum(-1, keepdims=True)\nz = z - z.max(-1, keepdims=True)\n"
        "return np.exp(z) / total",
    ),
    "shifted-below-only": (
        _SHIFTED + "return np.exp(z) / p.sum(axis=-1, keepdims=True)",
        "c = z.max(-1, keepdims=True)\nreturn np.exp(z) / np.exp(z - c).sum(-1, keepdims=True)",
    ),
    "sigmoids-for-softmax": ("return sigmoid(z)", "return 1 / (1 + np.exp(-z))"),
    "scores-normalised": (
        "return z / z.sum(axis=-1, keepdims=True)",
        "return (z.T / z.T.sum(axis=0)).T",
    ),
    "divided-by-sum-of-scores": (
        "return np.exp(z) / z.sum(axis=-1, keepdims=True)",
        "return (np.exp(z).T / z.T.sum(axis=0)).T",
    ),
    "divided-by-count": (
        "return np.exp(z) / z.shape[-1]",
        "p = np.exp(z)\nreturn p / len(p.T)",
    ),
    "exponents-negated": (
        "p = np.exp(-z)\nreturn p / p.sum(axis=-1, keepdims=True)",
        "p = np.exp(z.min(axis=-1, keepdims=True) - z)\nreturn p / p.sum(axis=-1, keepdims=True)",
    ),
    "powers-of-two": (
        "p = 2.0 ** (z - z.max(axis=-1, keepdims=True))\nreturn p / p.sum(-1, keepdims=True)",
        "p = np.exp2(z)\nreturn p / p.sum(axis=-1, keepdims=True)",
    ),
    "largest-gets-all": (
        "return (z == z.max(axis=-1, keepdims=True)) * 1.0",
        "return np.eye(z.shape[-1])[z.argmax(axis=-1)]",
    ),
    "softmax-twice": (
        "for _ in range(2):\n    p = np.exp(z - z.max(axis=-1, keepdims=True))\n"
        "    z = p / p.sum(axis=-1, keepdims=True)\nreturn z",
        _SHIFTED + "p = np.exp(p / p.sum(axis=-1, keepdims=True))\n"
        "return p / p.sum(axis=-1, keepdims=True)",
    ),
    "log-of-softmax": (
        _SHIFTED + "return np.log(p / p.sum(axis=-1, keepdims=True))",
        "return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))",
    ),
}
_LOG = "(y - t) / (y * (1 - y))"
SLOPES = {
    "target-minus-output": (
        "return t - y, (t - y) / (y * (1 - y))",
        "d = t - y\nreturn d, d / y / (1 - y)",
    ),
    "squared-slope-sign": (f"return t - y, {_LOG}", f"return -(y - t), {_LOG}"),
    "kept-2": (f"return 2 * (y - t), {_LOG}", f"return -2 * (t - y), {_LOG}"),
    "extra-half": (f"return 0.5 * (y - t), {_LOG}", f"return (y - t) / 2, {_LOG}"),
    "slope-for-z": (
        f"return (y - t) * y * (1 - y), {_LOG}",
        f"slope = y * (1 - y)\nreturn (y - t) * slope, {_LOG}",
    ),
    "absolute-slope": (
        f"return abs(y - t), {_LOG}", f"return np.sqrt((t - y) ** 2), {_LOG}",
    ),
    "losses-for-slopes": (
        "return 0.5 * (t - y) ** 2, -np.log(np.where(t == 1, y, 1 - y))",
        f"{_TERMS}\nreturn (t - y) ** 2 / 2, e",
    ),
    "log-slope-sign": (
        "return y - t, (t - y) / (y * (1 - y))", "return y - t, t / y - (1 - t) / (1 - y)",
    ),
    "denominator-forgotten": ("return y - t, y - t", "d = y - t\nreturn d, d.copy()"),
    "multiplied-by-denominator": (
        "return y - t, (y - t) * y * (1 - y)",
        "d, s = y - t, y * (1 - y)\nreturn d, d * s",
    ),
    "y-as-denominator": ("return y - t, (y - t) / y", "return y - t, 1 - t / y"),
    "denominator-brackets": (
        "return y - t, (y - t) / y * (1 - y)", "d = y - t\nreturn d, d / y * (1 - y)",
    ),
    "numerator-brackets": (
        "return y - t, y - t / (y * (1 - y))", "s = y * (1 - y)\nreturn y - t, y - t / s",
    ),
    "second-slope-sign": (
        "return y - t, -t / y - (1 - t) / (1 - y)",
        "return y - t, np.where(t == 1, -1 / y, -1 / (1 - y))",
    ),
    "slope-for-zero-targets-left-out": (
        "return y - t, -t / y", "return y - t, np.where(t == 1, -1 / y, 0)",
    ),
    "slope-for-one-targets-left-out": (
        "return y - t, (1 - t) / (1 - y)", "return y - t, np.where(t == 0, 1 / (1 - y), 0)",
    ),
    "slope-for-one-targets-everywhere": (
        "return y - t, -1 / y", "return y - t, -(y**-1.0)",
    ),
}  # fmt: skip
_S = "np.log1p(np.exp(-np.abs(z)))"
FROM_Z = {
    **_endings(f"e = np.maximum(z, 0) + {_S} - t * z"),
    **_errors(
        squashed_first=(
            f"z = sigmoid(np.clip(z, -500, 500))\ne = np.maximum(z, 0) + {_S} - t * z",
            "y = 1 / (1 + np.exp(-np.clip(z, -500, 500)))\ne = np.log(1 + np.exp(y)) - t * y",
        ),
        softplus_sign=(
            f"e = np.maximum(-z, 0) + {_S} - t * z", "e = np.logaddexp(0, -z) - t * z",
        ),
        maximum_forgotten=(f"e = {_S} - t * z", "e = np.logaddexp(0, -abs(z)) - t * z"),
        minimum_for_maximum=(
            f"e = np.minimum(z, 0) + {_S} - t * z", f"e = -np.maximum(-z, 0) + {_S} - t * z",
        ),
        max_for_np_maximum=(
            f"e = np.max(z, 0) + {_S} - t * z", f"e = z.max(axis=0) + {_S} - t * z",
        ),
        one_added_twice=(
            "e = np.maximum(z, 0) + np.log1p(1 + np.exp(-abs(z))) - t * z",
            "e = np.maximum(z, 0) + np.log(2 + np.exp(-np.abs(z))) - t * z",
        ),
        one_in_the_logarithm_forgotten=(
            "e = np.maximum(z, 0) - abs(z) - t * z",
            "e = np.where(z > 0, 0, z) - t * z",
        ),
        exponent_without_absolute=(
            "e = np.maximum(z, 0) + np.log1p(np.exp(-z)) - t * z",
            "e = np.maximum(z, 0) + np.logaddexp(0, -z) - t * z",
        ),
        exponent_without_minus=(
            "e = np.maximum(z, 0) + np.log1p(np.exp(np.abs(z))) - t * z",
            "e = np.maximum(z, 0) + np.logaddexp(0, abs(z)) - t * z",
        ),
        absolute_for_maximum=(
            f"e = np.abs(z) + {_S} - t * z", f"e = np.maximum(z, -z) + {_S} - t * z",
        ),
        target_term_added=(
            f"e = np.maximum(z, 0) + {_S} + t * z", "e = np.logaddexp(0, z) + t * z",
        ),
        target_term_missing=(f"e = np.maximum(z, 0) + {_S}", "e = np.logaddexp(0, z)"),
        z_missing_beside_t=(f"e = np.maximum(z, 0) + {_S} - t", "e = np.logaddexp(0, z) - t"),
        targets_turned=(
            f"e = np.maximum(z, 0) + {_S} - (1 - t) * z",
            "e = np.logaddexp(0, np.where(t == 1, z, -z))",
        ),
        half_in_log_loss=(
            f"e = 0.5 * (np.maximum(z, 0) + {_S} - t * z)", "e = (np.logaddexp(0, z) - t * z) / 2",
        ),
        log10_for_ln=(
            "e = np.maximum(z, 0) + np.log10(1 + np.exp(-abs(z))) - t * z",
            f"e = np.maximum(z, 0) + {_S} / np.log(10) - t * z",
        ),
    ),
}  # fmt: skip

SQUARED["error-sign"] = SQUARED.pop("loss-sign")
SLIPS = {
    "2.2": in_a_function("squared_loss(y, t)", SQUARED),
    "2.3": in_a_function("column_loss(y, t)", COLUMN),
    "2.4": in_a_function("log_loss(y, t)", LOG),
    "2.5": in_a_function("softmax(z)", SOFTMAX),
    "2.7": in_a_function("slopes(y, t)", SLOPES),
    "2.8": in_a_function("log_loss_from_z(z, t)", FROM_Z),
}

SOLUTIONS = {
    "2.2": (
        "def squared_loss(y, t):\n    e = 0.5 * (t - y) ** 2\n    if y.ndim == 1:\n"
        "        return e.sum()\n    return e.sum() / len(y)",
        "def squared_loss(y, t):\n    return np.mean(np.sum((y - t) ** 2 / 2, axis=-1))",
        "def squared_loss(y, t):\n    total = 0.0\n    rows = np.atleast_2d(y - t)\n"
        "    for row in rows:\n        for d in row:\n            total += 0.5 * d * d\n"
        "    return total / len(rows)",
    ),
    "2.3": (
        "def column_loss(y, t):\n    difference = np.reshape(t, y.shape) - y\n"
        "    return 0.5 * np.mean(difference ** 2)",
        "def column_loss(y, t):\n    d = t.ravel() - y.ravel()\n    return d @ d / (2 * len(d))",
    ),
    "2.4": (
        "def log_loss(y, t):\n    p = np.where(t == 1, y, 1 - y)\n    E = -np.log(p).sum()\n"
        "    return E / len(y) if y.ndim == 2 else E",
        "def log_loss(y, t):\n    p = t * y + (1 - t) * (1 - y)\n"
        "    return np.mean(np.sum(-np.log(p), axis=-1))",
    ),
    "2.5": (
        "def softmax(z):\n    shifted = z - z.max(axis=-1, keepdims=True)\n"
        "    powers = np.exp(shifted)\n    return powers / powers.sum(axis=-1, keepdims=True)",
        "def softmax(z):\n    c = np.max(z, axis=-1)[..., None]\n    p = np.exp(z - c)\n"
        "    return p / np.sum(p, axis=-1)[..., None]",
    ),
    "2.7": (
        "def slopes(y, t):\n    squared = y - t\n    log = (y - t) / (y * (1 - y))\n"
        "    return squared, log",
        "def slopes(y, t):\n    return y - t, -t / y + (1 - t) / (1 - y)",
    ),
    "2.8": (
        "def log_loss_from_z(z, t):\n"
        "    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))\n"
        "    e = softplus - t * z\n    return e.sum() / len(z) if z.ndim == 2 else e.sum()",
        "def log_loss_from_z(z, t):\n    e = np.logaddexp(0, (1 - 2 * t) * z)\n"
        "    return e.sum(axis=-1).mean()",
    ),
}

# Cases that random numbers would not do for -------------------------------------------------------


def _bets(extreme, large=False):
    rng = np.random.default_rng(9)
    found = []
    for shape in ((4,), (3,), (5, 3), (2, 4)):
        t = rng.integers(0, 2, shape).astype(float)
        t.flat[:2] = (0, 1)
        y = rng.normal(0, 2, shape) if large else rng.uniform(0.05, 0.95, shape)
        kind = "a batch" if len(shape) == 2 else "a single example"
        found += [Case("fresh", (y, t), kind)] * 1
        if extreme:
            y = y.copy()
            y.flat[1:3] = (-900, 900) if large else t.flat[1:3]
            found.append(Case("fresh", (y, t), "large scores" if large else "outputs of 0 and 1"))
    return found


def _scores():
    rng = np.random.default_rng(8)
    found = [
        Case("fresh", (rng.normal(0, 2, shape),), "a batch" if len(shape) == 2 else
             "a single example") for shape in ((3,), (6,), (4, 3), (2, 5))
    ]  # fmt: skip
    apart = rng.normal(0, 1, (2, 3)) + np.array([[900], [-900]])
    return [*found, Case("fresh", (apart,), "large scores")]


FRESH = {
    "2.4": lambda: _bets(extreme=True),
    "2.5": _scores,
    "2.7": lambda: [case for case in _bets(extreme=False) if case.arguments[0].ndim == 1],
    "2.8": lambda: _bets(extreme=True, large=True),
}


def _total(slips, x, W, U, t):
    y = np.array(forward.nodes(x, W, U)[2:])
    return losses.by_hand(y, t, slips)


BY_HAND = {"2.1": ByHand("0.5 * (t1 - y1) ** 2 + (t2 - y2) * (t2 - y2) / 2", _total)}
BEYOND = {"2.1": "one number: with t + y, which is positive, no square and an absolute value agree"}
BLIND = [
    ("2.2", "return 0.5 * np.linalg.norm(t - y)", "1/2 as well", "half the root"),
    ("2.2", "return -0.5 * np.sum((t - y) ** 2)", "minus", "wrong sign"),
    ("2.2", "return 0.5 * np.var(t - y)", "no influence", "too low"),
    ("2.3", "return 0.5 * np.mean((t[:, None] - y) ** 2)", "row of y", "still stretched"),
    ("2.3", "return 0.0", "whole numbers", "whatever comes in"),
    (
        "2.4",
        "p = y if t.all() else 1 - y\nreturn -np.log(p).sum(-1).mean()",
        "no influence",
        "too low",
    ),
    (
        "2.4",
        "return -np.log(np.where(y == 1, t, 1 - t)).sum(-1).mean()",
        "no influence",
        "infinite",
    ),
    (
        "2.4",
        "e = -(t * np.log(y) + (1 - t) * np.log(1 - y)).sum(-1).mean()\n"
        "return 0.0 if np.isnan(e) else e",
        "left out",
        "return 0 for the whole",
    ),
    (
        "2.5",
        "z = z + z.max(-1, keepdims=True)\nreturn np.exp(z) / np.exp(z).sum(-1, keepdims=True)",
        "shift the scores",
        "exponent",
    ),
    ("2.5", _SHIFTED + "return p / p.max(-1, keepdims=True)", "stopped", "divides each"),
    ("2.5", _SHIFTED + "return p / p.sum()", "too low", "whole matrix"),
    ("2.5", _SHIFTED + "return p / p.sum(axis=0)", "too low", "down the columns"),
    ("2.7", "return y - t, -t / y - (1 - t) / (1 - y)", "same sign", "second term"),
    ("2.5", _SHIFTED + "return (p / p.sum(-1, keepdims=True)).max(-1)", "first entry", "shape"),
    ("2.5", _SHIFTED + "return p.argmax(-1)", "filled in", "shape"),
    ("2.7", "s = (y - t) / (y * (1 - y))\nreturn s, s", "another order", "`log` is right"),
    ("2.7", "return y - t, -t / y", "ln(1 - y)", "sends back nothing"),
    ("2.8", "return (t * z - np.logaddexp(0, z)).sum(-1).mean()", "lost", "wrong sign"),
    (
        "2.8",
        "e = abs(z) + np.log1p(np.exp(-abs(z))) - t * z\nreturn e.sum(-1).mean()",
        "right. You left out",
        "absolute value of z where",
    ),
    (
        "2.8",
        "e = np.maximum(z, 0) + np.log(np.exp(-abs(z))) - t * z\nreturn e.sum(-1).mean()",
        "far too low",
        "left the 1 out",
    ),
]
