"""Losses: how far the outputs y are from the targets t, each value beside its derivative.

e_k is the part of output k; E is the sum of the e_k over the outputs, averaged over the
examples. y and t have one shape: (n_out,) for one example, (n, n_out) for n of them.

Sources: Nielsen 2015, ch. 3 (log loss and learning slowdown); Goodfellow, Bengio, Courville
2016, section 6.2 (each loss as a negative log-likelihood).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import ACTIVATIONS, ZERO, Activation


def same_shape(y, t) -> tuple[np.ndarray, np.ndarray]:
    """y and t as float arrays. ValueError unless their shapes are equal and hold something.

    NumPy would stretch (n,) against (n, 1) to (n, n) without a word, and E would be wrong.
    """
    y, t = _numbers(y, "y"), _numbers(t, "t")
    if y.shape != t.shape:
        raise ValueError(
            f"y has shape {y.shape}, t has shape {t.shape}: reshape one, as in t.reshape(y.shape)."
        )
    if y.size == 0:
        raise ValueError(f"y and t are empty, of shape {y.shape}; a loss needs an example.")
    return y, t


def _numbers(values, name) -> np.ndarray:
    try:
        a = np.asarray(values)
        a = a if a.dtype.kind == "c" else np.asarray(a, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is not an array of numbers: {str(values)[:60]}.") from None
    if np.isnan(a).any():
        raise ValueError(f"{name} of shape {a.shape} holds NaN.")
    return a


def mean_over_examples(e) -> float:
    """E = (1/n) sum_n sum_k e_nk, from the errors e of shape (n_out,) or (n, n_out)."""
    rows = e.shape[0] if e.ndim > 1 else 1
    return np.add.reduce(e, axis=None)[()] / rows


def squared_error(y, t) -> float:
    """E = 1/2 sum_k (t_k - y_k)^2, averaged over the examples. The 1/2 makes dE/dy = y - t."""
    y, t = same_shape(y, t)
    return mean_over_examples(0.5 * (t - y) ** 2)


def log_loss(y, t) -> float:
    """E = -sum_k [t_k ln y_k + (1 - t_k) ln(1 - y_k)], averaged over the examples.

    Also called binary cross-entropy. A sure and wrong y (0 for t = 1) costs infinity.
    """
    y, t = _probabilities(y, t, _target_is_probability)
    return mean_over_examples(-_times_log(t, y) - _times_log(1 - t, 1 - y))


def cross_entropy(y, t) -> float:
    """E = -sum_k t_k ln y_k, averaged over the examples; each row of y and t sums to 1."""
    y, t = _probabilities(y, t, _target_rows_sum_to_one)
    return mean_over_examples(-_times_log(t, y))


def _probabilities(y, t, complaint) -> tuple[np.ndarray, np.ndarray]:
    y, t = same_shape(y, t)
    if np.any(y < 0) or np.any(y > 1 + 1e-9):  # y may be a rounding error above 1
        raise ValueError(
            f"y of shape {y.shape} has values from {y.min()} to {y.max()}; this loss needs "
            "probabilities, between 0 and 1, as sigmoid and softmax give."
        )
    if reason := complaint(t):
        raise ValueError(f"{reason}; t has shape {t.shape}, values {t.min()} to {t.max()}.")
    return y, t


def _times_log(t, y) -> np.ndarray:
    """t ln y with 0 ln y = 0, also for y = 0; no warning for ln 0."""
    logs = np.full(np.shape(y), -np.inf)
    np.log(y, out=logs, where=y > 0)
    return np.multiply(t, logs, out=np.zeros(np.shape(y)), where=t != 0)


def _squared_errors(y, t, z):
    return 0.5 * (t - y) ** 2


def _squared_delta(y, t, z, output: Activation, out):
    """dE/dz = (y - t) f'(z)."""
    output.pull_back(np.subtract(y, t), z, y, out)


def _log_errors(y, t, z):
    """ln(1 + exp(z)) - t z: the log loss of y = sigma(z), from z, where nothing saturates."""
    softplus = np.maximum(z, ZERO) + np.log1p(np.exp(np.minimum(z, -z)))
    return softplus - t * z


def _cross_entropy_errors(y, t, z):
    """t_k (ln sum_m exp(z_m) - z_k): the cross-entropy of y = softmax(z), from z."""
    z = z - np.maximum.reduce(z, axis=-1, keepdims=True)
    return t * (np.log(np.exp(z).sum(axis=-1, keepdims=True)) - z)


def _combined_delta(y, t, z, output: Activation, out):
    """dE/dz = y - t: the slope of the activation cancels against that of the logarithm."""
    np.subtract(y, t, out=out)


def _any_target(t) -> str | None:
    return None


def _target_is_probability(t) -> str | None:
    if np.any(t < 0) or np.any(t > 1):
        return "the log loss needs targets between 0 and 1"
    return None


def _target_rows_sum_to_one(t) -> str | None:
    if np.any(t < 0) or not np.allclose(t.sum(axis=-1), 1, rtol=0, atol=1e-9):
        return "the cross-entropy needs targets >= 0 whose rows sum to 1 (one-hot, for example)"
    return None


@dataclass(frozen=True)
class Loss:
    """A loss and its way back.

    errors(y, t, z)              e, of the shape of y, from the outputs y = f(z)
    delta(y, t, z, output, out)  dE/dz at the output, for each example's own error
    outputs                      names of the output activations it goes with
    complaint(t)                 what is wrong with these targets, or None
    """

    name: str
    errors: Callable
    delta: Callable
    outputs: tuple[str, ...]
    complaint: Callable


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("squared", _squared_errors, _squared_delta, tuple(ACTIVATIONS), _any_target),
        Loss("log", _log_errors, _combined_delta, ("sigmoid",), _target_is_probability),
        Loss(
            "cross-entropy",
            _cross_entropy_errors,
            _combined_delta,
            ("softmax",),
            _target_rows_sum_to_one,
        ),
    )
}
