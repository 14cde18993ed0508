"""The worked-example race: updates of the 2-2-2 network, every bias trained, eta 0.5.

The contenders look as in `digits`; `finish` tells E after the last update.
"""

from __future__ import annotations

import math

import numpy as np

from .. import examples
from ..training import train


def ours(task):
    def run():
        net, x, t = examples.worked()
        train(net, x, t, eta=0.5, epochs=task["updates"], record_every=task["updates"])
        return lambda: {"E": float(net.error(x, t))}

    return run


def micrograd(task):
    """Micrograd has no sigmoid; this one is a single node, as its own relu is."""
    from micrograd.engine import Value

    def sigmoid(z):
        h = Value(1 / (1 + math.exp(-z.data)), (z,), "sigmoid")

        def backward():
            z.grad += h.data * (1 - h.data) * h.grad

        h._backward = backward
        return h

    def layer(x, W):
        return [sigmoid(b + sum((w * v for w, v in zip(column, x)), Value(0))) for b, *column in W]

    def run():
        net, x, t = examples.worked()
        W, U = ([[Value(float(w)) for w in column] for column in M.T] for M in net.weights)
        weights = [w for M in (W, U) for column in M for w in column]
        x, t = x.tolist(), t.tolist()

        def error():
            return sum((y - target) ** 2 for y, target in zip(layer(layer(x, W), U), t)) * 0.5

        for _ in range(task["updates"]):
            for w in weights:
                w.grad = 0
            error().backward()
            for w in weights:
                w.data -= 0.5 * w.grad
        return lambda: {"E": error().data}

    return run


def pytorch(task):
    import torch
    from torch import nn

    torch.set_num_threads(1)

    def linear(W):
        layer = nn.Linear(2, 2, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(np.array(W[1:].T)))
            layer.bias.copy_(torch.tensor(W[0]))
        return layer

    def run():
        first, x, t = examples.worked()
        x, t = torch.tensor(x), torch.tensor(t)
        net = nn.Sequential(linear(first.W), nn.Sigmoid(), linear(first.U), nn.Sigmoid())
        optimizer = torch.optim.SGD(net.parameters(), lr=0.5)

        def error():
            return 0.5 * ((t - net(x)) ** 2).sum()

        for _ in range(task["updates"]):
            optimizer.zero_grad()
            error().backward()
            optimizer.step()
        return lambda: {"E": error().item()}

    return run


CONTENDERS = {"ours": ours, "micrograd": micrograd, "PyTorch": pytorch}
