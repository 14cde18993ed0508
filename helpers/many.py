"""Many networks of one kind, trained side by side: a stack of matrices for each layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .network import Network, checked_rows


def train_many(nets: Sequence[Network], x, t, *, eta: float, epochs: int) -> None:
    """Plain gradient descent on the whole training set, `epochs` steps of every network.

    nets   networks of the same sizes, activations and loss; they are changed in place
    x, t   (n, n_in) and (n, n_out)

    The layers of all networks are stacked, W (nets, n_in + 1, n_out), and `@` multiplies every
    matrix of a stack. Each network ends with the weights that `train` would give it. ValueError
    for no network, networks that differ, and data that do not fit.
    """
    first = _checked(nets)
    x, _ = checked_rows(x, first.sizes[0], "x")
    t = first.checked_targets(t, len(x))
    stacks = [np.array([net.weights[l] for net in nets]) for l in range(len(first.weights))]
    for _ in range(epochs):
        for W, step in zip(stacks, _gradients(first, stacks, x, t)):
            W -= eta * step
    for k, net in enumerate(nets):
        net.weights = [W[k] for W in stacks]


def _gradients(first: Network, stacks, x, t):
    """dE/dW of every layer, for all networks at once."""
    values, Z, last = [x], [], len(stacks) - 1
    for W, f in zip(stacks, first.activations):
        Z.append(_with_one(values[-1]) @ W)
        values.append(np.empty_like(Z[-1]))
        f.f(Z[-1], out=values[-1])
    delta = np.empty_like(Z[-1])
    first.loss.delta(values[-1], t, Z[-1], first.activations[-1], out=delta)
    gradients = []
    for l in range(last, -1, -1):
        gradients.insert(0, _with_one(values[l]).swapaxes(-1, -2) @ delta / len(x))
        if l > 0:
            e = delta @ stacks[l][:, 1:].swapaxes(-1, -2)
            delta = np.empty_like(e)
            first.activations[l - 1].pull_back(e, Z[l - 1], values[l], out=delta)
    return gradients


def _with_one(h):
    """A column of ones in front of every matrix of a stack."""
    return np.concatenate([np.ones((*h.shape[:-1], 1)), h], axis=-1)


def _checked(nets) -> Network:
    if not nets:
        raise ValueError("There is no network to train.")
    kinds = {(net.sizes, str(net)) for net in nets}
    if len(kinds) > 1:
        raise ValueError(f"Networks that are trained together must be of one kind; got {kinds}.")
    return nets[0]
