"""The losses, softmax and the slopes that they send back, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. y and t have one shape: (n_out,) for one example, (n, n_out) for a batch.
"""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from ..activations import softmax as right_softmax

# -- from the errors of all outputs to one number -------------------------------------------


def total(e, on):
    """E from the errors e: added over the outputs, averaged over the examples."""
    n = len(e) if e.ndim == 2 else 1
    if on("first-example-only") and e.ndim == 2:
        return e[0].sum()
    if on("first-output-only-in-E"):
        e = e[..., :1]
    if on("last-output-only-in-E"):
        e = e[..., -1:]
    if on("errors-not-added"):
        return e
    if on("examples-not-averaged") and e.ndim == 2:
        return e.sum(axis=1)
    E = e.sum() / n
    if on("mean-over-outputs"):
        E = E / e.shape[-1]
    if on("sum-over-examples"):
        E = E * n
    return -E if on("loss-sign") or on("error-sign") else E


# -- the squared error ----------------------------------------------------------------------


def squared(y, t, slips=()):
    """E = 1/2 sum_k (t_k - y_k)^2, averaged over the examples."""
    on = set(slips).__contains__
    difference = t + y if on("t-and-y-added") else t - y
    if on("squared-after-sum"):
        difference = difference.sum(axis=-1, keepdims=True)
    if on("length-for-square"):
        if on("root-taken") or on("no-half") or on("half-squared-too"):
            raise ValueError("one way with the root and the 1/2 is enough")
        return np.mean(0.5 * np.sqrt((difference**2).sum(axis=-1)))
    if on("half-squared-too"):
        if on("no-half") or on("root-taken"):
            raise ValueError("the 1/2 is squared, and nothing else is done to it")
        difference = 0.5 * difference
    e = np.abs(difference) if on("absolute-for-square") else difference**2
    if on("square-forgotten"):
        e = difference
    E = total(e if on("no-half") or on("half-squared-too") else 0.5 * e, on)
    return _root(E) if on("root-taken") else E


def _root(E):
    if np.any(E < 0):
        raise ValueError("no root of a negative error")
    return np.sqrt(E)


def by_hand(y, t, slips=()):
    """E of two outputs, as it is typed."""
    on = set(slips).__contains__
    e = 0.5 * (t - y) ** 2
    if on("half-only-once"):
        return e[0] + 2 * e[1]
    if on("first-error-only"):
        return e[0]
    if on("second-error-only"):
        return e[1]
    if on("errors-subtracted"):
        return e[0] - e[1]
    return squared(y, t, slips)


def column(y, t, slips=(), per_row=False):
    """E of a network with one output: y (n, 1), t (n,) or (n, 1).

    per_row   the sum of all errors over the number of rows, in place of their mean
    """
    on, n = set(slips).__contains__, len(y)
    if on("row-minus-column"):
        t, y = t.reshape(1, -1), y.reshape(-1, 1)
    elif on("only-y-flattened"):
        y = y.ravel()
    elif not on("column-broadcast"):
        t = t.reshape(y.shape)
    difference = t - y
    if on("squared-after-sum"):
        difference = np.sum(difference)
    e = np.abs(difference) if on("absolute-for-square") else difference**2
    if on("square-forgotten"):
        e = difference
    E = np.sum(e) if on("sum-over-examples") else np.mean(e)
    if per_row:
        E = np.sum(e) / n
        if on("sum-over-examples") or on("squared-after-sum"):
            raise ValueError("one way to add up is enough")
    if on("root-taken"):
        E = _root(E)
    return E if on("no-half") else 0.5 * E


# -- the log loss ---------------------------------------------------------------------------


def log(y, t, slips=()):
    """E = -sum_k [t_k ln y_k + (1 - t_k) ln(1 - y_k)], averaged; every t_k is 0 or 1."""
    on = set(slips).__contains__
    if on("squared-for-log-loss"):
        return squared(y, t, set(slips) & OF_ANY_LOSS)
    p = np.where((t == 1) != on("targets-turned"), y, 1 - y)
    e = _cost(p, on)
    if on("no-term-for-zero-targets"):
        e = np.where(t == 1, e, 0.0)
    if on("no-term-for-one-targets"):
        e = np.where(t == 1, 0.0, e)
    if on("terms-subtracted"):
        e = np.where(t == 1, e, -e)
    return total(0.5 * e if on("half-in-log-loss") else e, on)


OF_ANY_LOSS = {"mean-over-outputs", "sum-over-examples", "loss-sign", "errors-not-added"}


def _cost(p, on):
    """-ln p, the price of what had the probability p."""
    if on("logarithm-forgotten"):
        return -p
    if on("one-minus-p"):
        return 1 - p
    logs = np.log1p(p) if on("log-of-one-plus") else np.log(p)
    return -logs / np.log(_base(on))


def _base(on):
    return 10 if on("log10-for-ln") else 2 if on("log2-for-ln") else np.e


def log_from_z(z, t, slips=()):
    """The log loss of sigma(z): ln(1 + e^z) - t z, averaged over the examples."""
    on = set(slips).__contains__
    if on("squashed-first"):
        z = sigmoid(z)
    if on("targets-turned"):
        t = 1 - t
    exponent = -np.abs(z)
    if on("exponent-without-absolute"):
        exponent = -z
    if on("exponent-without-minus"):
        exponent = -exponent
    small = np.logaddexp(np.log(2) if on("one-added-twice") else 0, exponent)
    if on("one-in-the-logarithm-forgotten"):
        small = -np.abs(z)
    small = small / np.log(_base(on))
    largest = np.maximum(-z if on("softplus-sign") else z, 0)
    if on("maximum-forgotten"):
        largest = 0
    if on("absolute-for-maximum"):
        largest = np.abs(z)
    if on("minimum-for-maximum"):
        largest = np.minimum(z, 0)
    if on("max-for-np-maximum"):
        largest = z.max(axis=0)
    e = largest + small
    if on("target-term-added"):
        e = e + t * z
    elif not on("target-term-missing"):
        e = e - t * (1 if on("z-missing-beside-t") else z)
    return total(0.5 * e if on("half-in-log-loss") else e, on)


# -- softmax --------------------------------------------------------------------------------


def softmax(z, slips=(), shifted=False):
    """exp(z_k) / sum_m exp(z_m), row by row."""
    on = set(slips).__contains__
    z = -z if on("exponents-negated") else z
    z = z * np.log(2) if on("powers-of-two") else z
    if on("sigmoids-for-softmax"):
        return sigmoid(z)
    if on("scores-normalised"):
        return z / _sum(z, on)
    if on("largest-gets-all"):
        return (z == z.max(axis=-1, keepdims=True)).astype(float)
    shift = z.max(axis=-1, keepdims=True)
    powers = np.exp(z - shift)
    if on("softmax-not-normalised"):
        return np.exp(z)
    if on("divided-by-sum-of-scores"):
        return np.exp(z) / _sum(z, on)
    if on("shifted-not-normalised"):
        return powers
    if on("divided-by-count"):
        return np.exp(z) / z.shape[-1]
    if on("shifted-above-only"):
        return powers / _sum(np.exp(z), on)
    if on("shifted-below-only"):
        return np.exp(z) / _sum(powers, on)
    return _finished(_divided(None if shifted else z, powers, on), on)


def _divided(z, powers, on):
    """z is None where the sums are those of the shifted powers."""
    if on("softmax-wrong-axis") or on("softmax-of-all-entries"):
        taken = powers if z is None else np.exp(z)
        return taken / _sum(taken, on)
    return powers / powers.sum(axis=-1, keepdims=True)


def _finished(p, on):
    if on("softmax-twice"):
        return right_softmax(p)
    if on("log-of-softmax"):
        return np.log(p)
    return p


def _sum(a, on):
    if on("softmax-of-all-entries"):
        return a.sum()
    return a.sum(axis=0 if on("softmax-wrong-axis") else -1, keepdims=True)


# -- what the losses send back --------------------------------------------------------------


def slopes(y, t, slips=()):
    """dE/dy of the squared error, y - t, and of the log loss, (y - t) / (y (1 - y))."""
    on = set(slips).__contains__
    sign = -1 if on("target-minus-output") else 1
    squared_slope = sign * (-1 if on("squared-slope-sign") else 1) * (y - t)
    if on("kept-2"):
        squared_slope = 2 * squared_slope
    if on("extra-half"):
        squared_slope = squared_slope / 2
    if on("slope-for-z"):
        squared_slope = squared_slope * y * (1 - y)
    if on("absolute-slope"):
        squared_slope = np.abs(squared_slope)
    if on("losses-for-slopes"):
        return 0.5 * (t - y) ** 2, -np.where(t == 1, np.log(y), np.log(1 - y))
    log_slope = sign * (-1 if on("log-slope-sign") else 1) * _log_slope(y, t, on)
    return squared_slope, log_slope


def _log_slope(y, t, on):
    if on("denominator-forgotten"):
        return y - t
    if on("multiplied-by-denominator"):
        return (y - t) * y * (1 - y)
    if on("y-as-denominator"):
        return (y - t) / y
    if on("denominator-brackets"):
        return (y - t) / y * (1 - y)
    if on("numerator-brackets"):
        return y - t / (y * (1 - y))
    if on("slope-for-one-targets-everywhere"):
        return -1 / y
    yes, no = -t / y, (1 - t) / (1 - y)
    if on("second-slope-sign"):
        no = -no
    if on("slope-for-zero-targets-left-out"):
        no = 0 * no
    if on("slope-for-one-targets-left-out"):
        yes = 0 * yes
    return yes + no
