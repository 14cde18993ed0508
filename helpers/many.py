"""Many networks of one kind, trained side by side: a stack of matrices for each layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .long_run import LongRun
from .network import Network
from .network_input import checked_rows
from .training import check_count, check_rates


def train_many(nets: Sequence[Network], x, t, *, eta: float, epochs: int) -> None:
    """Plain gradient descent on the whole training set, `epochs` steps of every network.

    nets   networks of the same sizes, activations and loss; they are changed in place
    x, t   (n, n_in) and (n, n_out)

    The layers of all networks are stacked, W (nets, n_in + 1, n_out), and `@` multiplies every
    matrix of a stack. Each network ends with the weights that `train` would give it, one that
    diverges with infinite ones or NaN. A run of more than a second shows a bar. One that is
    interrupted ends after its epoch and says so; calling again goes on from there. ValueError for
    no network, networks that differ, data that do not fit, and numbers out of range.
    """
    first = _checked(nets)
    check_rates(eta)
    check_count("epochs", epochs)
    x, _ = checked_rows(x, first.sizes[0], "x")
    t = first.checked_targets(t, len(x))
    stacks = [np.array([net.weights[l] for net in nets]) for l in range(len(first.weights))]
    H1 = [np.ones((len(nets), len(x), rows)) for rows in (W.shape[1] for W in stacks)]
    H1[0][..., 1:] = x
    with np.errstate(over="ignore", invalid="ignore"), LongRun(epochs, unit="epoch") as run:
        for epoch in range(1, epochs + 1):
            Z, y = _forward(first, stacks, H1)
            _step_back(first, stacks, H1, Z, y, t, eta / len(x))
            run.at(epoch)
            if run.stop_asked:
                break
    for k, net in enumerate(nets):
        net.weights = [W[k] for W in stacks]
    if epoch < epochs:
        print(f"Stopped after epoch {epoch} of {epochs}: train for {epochs - epoch} more to go on.")


def _forward(first: Network, stacks, H1):
    """The net inputs of every layer, and the outputs; fills H1, the values with their 1."""
    Z, last = [], len(stacks) - 1
    for l, (W, f) in enumerate(zip(stacks, first.activations)):
        Z.append(H1[l] @ W)
        h = np.empty_like(Z[l])
        f.f(Z[l], out=h)
        if l < last:
            H1[l + 1][..., 1:] = h
    return Z, h


def _step_back(first: Network, stacks, H1, Z, y, t, rate: float) -> None:
    """Errors go back, and every weight takes its step; each delta is taken from the old weights."""
    delta = np.empty_like(y)
    first.loss.delta(y, t, Z[-1], first.activations[-1], out=delta)
    for l in range(len(stacks) - 1, -1, -1):
        step = rate * (H1[l].swapaxes(-1, -2) @ delta)
        if l > 0:
            e = delta @ stacks[l][:, 1:].swapaxes(-1, -2)
            delta = np.empty_like(e)
            first.activations[l - 1].pull_back(e, Z[l - 1], H1[l][..., 1:], out=delta)
        stacks[l] -= step


def _checked(nets) -> Network:
    if not nets:
        raise ValueError("There is no network to train.")
    kinds = {(net.sizes, str(net)) for net in nets}
    if len(kinds) > 1:
        raise ValueError(f"Networks that are trained together must be of one kind; got {kinds}.")
    return nets[0]
