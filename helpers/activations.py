"""Activation functions, each beside its derivative.

A unit adds up its net input z and passes it through an activation function f: h = f(z).
The backward pass needs f'(z), taken at the net input z, never at the output h. For sigmoid,
tanh and ReLU that slope can be written with h = f(z), which is already there.

Every function takes scalars (softmax: rows), lists or arrays of any shape, computes in float64
(complex input stays complex, so that a complex step works), and writes into `out` if given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

# Arrays, because NumPy converts a Python float anew in each call: half the time of a small one.
ONE = np.array(1.0)
ZERO = np.array(0.0)
LARGEST = np.array(709.0)  # exp(709) is still finite, exp(710) is not


def _array(z) -> np.ndarray:
    z = np.asarray(z)
    return z if z.dtype.kind == "c" else np.asarray(z, dtype=np.float64)


def _room_for(z, out):
    if out is None:
        z = _array(z)
        out = np.empty_like(z)
    return z, out


def sigmoid(z, out=None):
    """sigma(z) = 1 / (1 + exp(-z)) = exp(z) / (1 + exp(z)), between 0 and 1.

    Computed in the second form, with z cut at 709, so that exp cannot overflow; there the
    value is 1 to the last digit.
    """
    z, h = _room_for(z, out)
    np.minimum(z, LARGEST, out=h)
    np.exp(h, out=h)
    np.divide(h, h + ONE, out=h)
    return h[()]


def sigmoid_prime(z):
    """sigma'(z) = sigma(z) (1 - sigma(z)): at most 1/4, at z = 0."""
    h = sigmoid(z)
    return h * (1 - h)


def _sigmoid_back(e, z, h, out):
    np.subtract(ONE, h, out=out)
    np.multiply(out, h, out=out)
    np.multiply(out, e, out=out)


def tanh(z, out=None):
    """tanh(z) = (exp(z) - exp(-z)) / (exp(z) + exp(-z)), between -1 and 1."""
    z, h = _room_for(z, out)
    return np.tanh(z, out=h)[()]


def tanh_prime(z):
    """tanh'(z) = 1 - tanh(z)^2: at most 1, at z = 0."""
    return 1 - tanh(z) ** 2


def _tanh_back(e, z, h, out):
    np.multiply(h, h, out=out)
    np.subtract(ONE, out, out=out)
    np.multiply(out, e, out=out)


def relu(z, out=None):
    """relu(z) = max(z, 0)."""
    z, h = _room_for(z, out)
    return np.maximum(z, ZERO, out=h)[()]


def relu_prime(z):
    """1 where z > 0, else 0. At z = 0, where there is no slope, we take 0."""
    return np.where(_array(z) > 0, 1.0, 0.0)[()]


def _relu_back(e, z, h, out):
    np.greater(z, ZERO, out=out)
    np.multiply(out, e, out=out)


def identity(z, out=None):
    """identity(z) = z: a linear unit, used at the output for regression."""
    z, h = _room_for(z, out)
    h[...] = z
    return h[()]


def identity_prime(z):
    """1 everywhere."""
    return np.ones_like(_array(z))[()]


def _identity_back(e, z, h, out):
    out[...] = e


def softmax(z, out=None):
    """y_k = exp(z_k) / sum_m exp(z_m), over the last axis: each row is positive and sums to 1.

    Where exp could leave its range, the largest z of each row is subtracted first, which
    changes no y.
    """
    z, y = _room_for(z, out)
    if z.ndim == 0:
        raise ValueError(f"softmax needs a row of net inputs; got the one number {z}.")
    if np.vdot(z, z).real < 700**2:  # the sum of all z^2, so no z is beyond 700
        np.exp(z, out=y)
    else:
        np.subtract(z, np.maximum.reduce(z, axis=-1, keepdims=True), out=y)
        np.exp(y, out=y)
    np.divide(y, y.dot(_ones(y.shape[-1])), out=y)  # the product writes its row's sum to each y
    return y


@cache
def _ones(n):
    return np.ones((n, n))


def _softmax_back(e, z, y, out):
    """dE/dz_k = y_k (e_k - sum_m e_m y_m): each z moves every y, so the paths are added."""
    np.multiply(e, y, out=out)
    through_the_sum = np.add.reduce(out, axis=-1, keepdims=True)
    np.subtract(e, through_the_sum, out=out)
    np.multiply(out, y, out=out)


@dataclass(frozen=True)
class Activation:
    """An activation function and its way back.

    f(z, out)                 h = f(z)
    pull_back(e, z, h, out)   dE/dz from e = dE/dh; elementwise this is e * f'(z)
    """

    name: str
    f: Callable
    pull_back: Callable


ACTIVATIONS = {
    a.name: a
    for a in (
        Activation("sigmoid", sigmoid, _sigmoid_back),
        Activation("tanh", tanh, _tanh_back),
        Activation("relu", relu, _relu_back),
        Activation("identity", identity, _identity_back),
        Activation("softmax", softmax, _softmax_back),
    )
}
