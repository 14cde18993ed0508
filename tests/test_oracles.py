"""Backpropagation against four ways to a gradient that share no line with it.

Complex step and centred differences go through the package's forward pass only. HIPS autograd
and PyTorch (where installed) get forward passes and losses written out here. At least 200 random
networks for each loss: random depth, widths, activations, batch sizes, biases of both signs.
The worst relative errors are printed.
"""

from itertools import pairwise

import numpy as np
import pytest

from helpers.gradcheck import complex_step_gradient, numerical_gradient
from helpers.losses import LOSSES
from helpers.network import Network

NETWORKS = 200
HIDDEN = ("sigmoid", "tanh", "relu", "identity", "softmax")


def random_case(loss, seed):
    """A network with x and t, no ReLU unit near its kink (there is no slope at a kink)."""
    rng = np.random.default_rng([seed, sorted(LOSSES).index(loss)])
    sizes = rng.integers(1, 6, size=rng.integers(2, 6))
    if loss == "cross-entropy":
        sizes[-1] += 1
    weights = [rng.normal(size=(a + 1, b)) for a, b in pairwise(sizes)]
    hidden = [str(name) for name in rng.choice(HIDDEN, size=len(sizes) - 2)]
    net = Network(weights, hidden, str(rng.choice(LOSSES[loss].outputs)), loss)
    n = int(rng.integers(1, 8))
    while True:
        x = rng.normal(size=(n, sizes[0]))
        Z = net.forward(x).Z
        kinks = [np.abs(z).min() for z, f in zip(Z, net.activations) if f.name == "relu"]
        if min(kinks, default=1) > 1e-4:
            break
    t = rng.random((n, sizes[-1]))
    if loss == "cross-entropy":
        t = t / t.sum(axis=1, keepdims=True) if seed % 2 else np.eye(sizes[-1])[t.argmax(axis=1)]
    elif loss == "log" and seed % 2:
        t = t.round()
    return net, x, t


def names_of(net):
    return [f.name for f in net.activations]


def autograd_gradient(net, x, t):
    import autograd.numpy as anp
    from autograd import grad

    f = {
        "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
        "tanh": anp.tanh,
        "relu": lambda z: z * (z > 0),
        "identity": lambda z: z,
        "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
    }
    cost = {
        "squared": lambda z, y: anp.sum((y - t) ** 2) / 2,
        "log": lambda z, y: anp.sum(anp.logaddexp(0, z) - t * z),
        "cross-entropy": lambda z, y: -anp.sum(t * anp.log(y)),
    }[net.loss.name]

    def E(weights):
        h = x
        for W, name in zip(weights, names_of(net)):
            z = anp.dot(h, W[1:]) + W[0]
            h = f[name](z)
        return cost(z, h) / len(x)

    return np.concatenate([g.ravel() for g in grad(E)([W.copy() for W in net.weights])])


def torch_gradient(net, x, t):
    import torch

    f = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "identity": lambda z: z,
        "softmax": lambda z: torch.softmax(z, dim=1),
    }
    weights = [torch.tensor(W, requires_grad=True) for W in net.weights]
    h, t = torch.tensor(x), torch.tensor(t)
    for W, name in zip(weights, names_of(net)):
        z = h @ W[1:] + W[0]
        h = f[name](z)
    cost = torch.nn.functional
    E = {
        "squared": lambda: ((h - t) ** 2).sum() / 2,
        "log": lambda: cost.binary_cross_entropy_with_logits(z, t, reduction="sum"),
        "cross-entropy": lambda: cost.cross_entropy(z, t, reduction="sum"),
    }[net.loss.name]()
    (E / len(x)).backward()
    return np.concatenate([W.grad.numpy().ravel() for W in weights])


ORACLES = {
    "complex step": (lambda *case: complex_step_gradient(*case).parameters, None, 1e-9),
    "centred differences": (lambda *case: numerical_gradient(*case).parameters, None, 1e-4),
    "HIPS autograd": (autograd_gradient, "autograd", 1e-9),
    "PyTorch float64": (torch_gradient, "torch", 1e-9),
}


def worst_relative_error(a, b):
    """Entry by entry, |a - b| / max(|a|, |b|); entries below 1e-4 of the largest, or so small
    that the oracle's own rounding is all there is, are compared on that scale."""
    size = np.maximum(np.abs(a), np.abs(b))
    return (np.abs(a - b) / np.maximum(size, max(1e-4 * size.max(), 1e-6))).max()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("oracle", ORACLES)
def test_backpropagation_agrees_with(oracle, loss, capsys, record_property):
    gradient, package, bound = ORACLES[oracle]
    if package:
        pytest.importorskip(package, reason=f"{package} is not installed")
    worst = 0.0
    for seed in range(NETWORKS):
        net, x, t = random_case(loss, seed)
        worst = max(worst, worst_relative_error(net.gradient(x, t).parameters, gradient(net, x, t)))
    record_property("worst relative error", float(worst))
    with capsys.disabled():
        print(f"\n  {loss} loss, {NETWORKS} networks, {oracle}: worst relative error {worst:.1e}")
    assert worst < bound


@pytest.mark.parametrize("loss", LOSSES)
def test_the_random_networks_cover_what_they_should(loss):
    cases = [random_case(loss, seed) for seed in range(NETWORKS)]
    assert {len(net.sizes) for net, _, _ in cases} == {2, 3, 4, 5}
    assert {name for net, _, _ in cases for name in names_of(net)[:-1]} == set(HIDDEN)
    assert {name for net, _, _ in cases for name in names_of(net)[-1:]} == set(LOSSES[loss].outputs)
    assert {len(x) for _, x, _ in cases} == set(range(1, 8))
    assert (
        min(net.parameters[0] for net, _, _ in cases)
        < 0
        < max(net.parameters[0] for net, _, _ in cases)
    )
