"""The digits race: train 64-...-10 on the handwritten digits, sigmoid hidden units, softmax and
cross-entropy, eta 0.1, momentum 0.9, mini-batches in a new order every epoch.

Each contender is a function of the task (hidden, batch, epochs) that prepares everything and
returns `run`; `run()` trains from the same initial weights and returns `finish`, which tells
the accuracy on the training set and is not timed.
"""

from __future__ import annotations

import numpy as np

from ..examples import digits
from ..network import Gradient, Network, Pass, with_one
from ..training import train

ETA, MU, SEED = 0.1, 0.9, 0


def start(task):
    """Network with the initial weights all contenders share, x, one-hot t, labels."""
    _, x, t = digits()
    sizes = (64, *task["hidden"], 10)
    net = Network.random(sizes, SEED, output="softmax", loss="cross-entropy")
    return net, x, t, t.argmax(axis=1)


def accuracy(y, labels):
    return lambda: {"accuracy": float((y().argmax(axis=1) == labels).mean())}


def ours(task, record_every=None):
    first, x, t, labels = start(task)

    def run():
        net = first.copy()
        train(net, x, t, eta=ETA, mu=MU, epochs=task["epochs"], batch_size=task["batch"],
              seed=SEED, record_every=record_every or task["epochs"])  # fmt: skip
        return accuracy(lambda: net.forward(x).y, labels)

    return run


def ours_with_curve(task):
    return ours(task, record_every=1)


def products(task):
    """Only the matrix products of our forward and backward pass, into our buffers: the floor.

    Without those of the two evaluations of E, which our run does as well.
    """
    net, x, _, _ = start(task)
    x1, g, n, batch = with_one(x), Gradient(net.sizes), len(x), task["batch"]
    passes = {min(batch, n - k): None for k in range(0, n, batch)}
    for rows in passes:
        passes[rows] = Pass(net.sizes, x1[:rows])
        passes[rows].make_room_for_errors()
        for array in (*passes[rows].E, *passes[rows].Delta):
            array[...] = 0.5
    layers = range(len(net.weights))

    def run():
        for _ in range(task["epochs"]):
            for k in range(0, n, batch):
                rows = x1[k : k + batch]
                p = passes[len(rows)]
                p.feed(rows)
                for l in layers:
                    p.H1[l].dot(net.weights[l], out=p.Z[l])
                for l in reversed(layers):
                    p.H1[l].T.dot(p.Delta[l], out=g.weights[l])
                    if l:
                        p.Delta[l].dot(net.weights[l][1:].T, out=p.E[l - 1])
        return dict

    return run


def plain_numpy(task):
    """As a tutorial would write it: one expression per formula, W and b apart."""
    first, x, t, labels = start(task)
    batch = task["batch"]

    def forward(W, b, h):
        H = [h]
        for k in range(len(W)):
            z = H[-1] @ W[k] + b[k]
            if k < len(W) - 1:
                H.append(1 / (1 + np.exp(-z)))
            else:
                e = np.exp(z - z.max(axis=1, keepdims=True))
                H.append(e / e.sum(axis=1, keepdims=True))
        return H

    def run():
        W, b = [w[1:].copy() for w in first.weights], [w[0].copy() for w in first.weights]
        v_W, v_b = [np.zeros_like(w) for w in W], [np.zeros_like(w) for w in b]
        rng = np.random.default_rng(SEED)
        for _ in range(task["epochs"]):
            order = rng.permutation(len(x))
            for k in range(0, len(x), batch):
                rows = order[k : k + batch]
                H = forward(W, b, x[rows])
                delta = (H[-1] - t[rows]) / len(rows)
                for l in reversed(range(len(W))):
                    dW, db = H[l].T @ delta, delta.sum(axis=0)
                    delta = (delta @ W[l].T) * H[l] * (1 - H[l]) if l else None
                    v_W[l] = MU * v_W[l] - ETA * dW
                    v_b[l] = MU * v_b[l] - ETA * db
                    W[l] = W[l] + v_W[l]
                    b[l] = b[l] + v_b[l]
        return accuracy(lambda: forward(W, b, x)[-1], labels)

    return run


def scikit_learn(task):
    """MLPClassifier, float64. It draws its own order; its loss curve cannot be switched off."""
    from sklearn.neural_network import MLPClassifier

    first, x, _, labels = start(task)

    class SameStart(MLPClassifier):
        def _init_coef(self, fan_in, fan_out, dtype):
            W = weights.pop(0)
            return W[1:].astype(dtype), W[0].astype(dtype)

    weights = []

    def run():
        weights[:] = [W.copy() for W in first.weights]
        model = SameStart(
            tuple(task["hidden"]), activation="logistic", solver="sgd", alpha=0,
            batch_size=task["batch"], learning_rate_init=ETA, momentum=MU,
            nesterovs_momentum=False, max_iter=task["epochs"], tol=0,
            n_iter_no_change=task["epochs"] + 1, random_state=SEED,
        )  # fmt: skip
        model.fit(x, labels)
        return accuracy(lambda: model.predict_proba(x), labels)

    return run


def pytorch(task, dtype="float32"):
    """nn.Sequential, CrossEntropyLoss, SGD, eager; batches cut from one tensor, no DataLoader."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    first, x, _, labels = start(task)
    X, targets = torch.tensor(x, dtype=getattr(torch, dtype)), torch.tensor(labels)
    batch = task["batch"]

    def model():
        layers = []
        for W in first.weights:
            linear = nn.Linear(W.shape[0] - 1, W.shape[1], dtype=X.dtype)
            with torch.no_grad():
                linear.weight.copy_(torch.tensor(W[1:].T))
                linear.bias.copy_(torch.tensor(W[0]))
            layers += [linear, nn.Sigmoid()]
        return nn.Sequential(*layers[:-1])

    def run():
        net, rng, loss = model(), np.random.default_rng(SEED), nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(net.parameters(), lr=ETA, momentum=MU)
        for _ in range(task["epochs"]):
            order = torch.tensor(rng.permutation(len(x)))
            shuffled, shuffled_targets = X[order], targets[order]
            for k in range(0, len(x), batch):
                optimizer.zero_grad()
                loss(net(shuffled[k : k + batch]), shuffled_targets[k : k + batch]).backward()
                optimizer.step()
        return accuracy(lambda: net(X).detach().numpy(), labels)

    return run


def pytorch_float64(task):
    return pytorch(task, "float64")


CONTENDERS = {
    "ours": ours,
    "ours, E every epoch": ours_with_curve,
    "matrix products alone": products,
    "plain NumPy": plain_numpy,
    "scikit-learn": scikit_learn,
    "PyTorch float32": pytorch,
    "PyTorch float64": pytorch_float64,
}
