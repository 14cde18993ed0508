"""What the training lab can take: examples, networks, settings."""

from __future__ import annotations

from numbers import Integral

from ..examples import Example, xor
from ..network import Network
from ..network_input import checked_rows
from ..plots.pass_numbers import parts_of, usual_biases

MOST_WEIGHTS, MOST_OUTPUTS, MOST_UPDATES = 80, 32, 100_000
HIDDEN = 4


def default_example() -> Example:
    example = xor()
    net = Network.random((2, HIDDEN, 1), 0)
    return Example(net, example.x, example.t, example.eta, {})


def checked_example(example):
    """A copy of the network, x (n, n_in), t (n, n_out) and which biases are trained."""
    net, x, t = parts_of(example, "examples.xor()")
    x, _ = checked_rows(x, net.sizes[0], "x")
    t = net.checked_targets(t, len(x)).astype(float)
    shape = "-".join(map(str, net.sizes))
    if len(net.parameters) > MOST_WEIGHTS:
        raise ValueError(
            f"A {shape} network has {len(net.parameters)} weights; the training lab has room for "
            f"{MOST_WEIGHTS}. Choose a smaller network."
        )
    if t.size > MOST_OUTPUTS:
        raise ValueError(
            f"{len(t)} examples with {t.shape[1]} outputs are {t.size} lines; the training lab has "
            f"room for {MOST_OUTPUTS}. Choose fewer examples."
        )
    return net.copy(), x.copy(), t, usual_biases(getattr(example, "names", {}))


def checked_size(settings: dict, n: int, epochs: int) -> dict:
    """Batches and seed of a training on n examples, or a ValueError in words."""
    batch, seed = settings["batch_size"], settings["seed"]
    if batch is not None and not (isinstance(batch, Integral) and batch >= 1):
        raise ValueError(f"batch_size is a whole number of at least 1, or None; got {batch!r}.")
    if seed is not None and not (isinstance(seed, Integral) and seed >= 0):
        raise ValueError(f"seed is a whole number of at least 0, or None; got {seed!r}.")
    if not (isinstance(epochs, Integral) and epochs >= 1):
        raise ValueError(f"epochs must be a whole number of at least 1; got {epochs!r}.")
    batch = None if batch is None or batch >= n else int(batch)
    updates = epochs * -(-n // (batch or n))
    if updates > MOST_UPDATES:
        raise ValueError(
            f"{epochs:,} epochs are {updates:,} updates; the lab takes at most "
            f"{MOST_UPDATES:,}. Choose fewer epochs or larger batches."
        )
    return {"batch_size": batch, "seed": None if seed is None else int(seed)}
