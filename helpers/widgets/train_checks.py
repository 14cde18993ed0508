"""What the training lab can take: examples, networks, settings."""

from __future__ import annotations

from numbers import Integral

from ..examples import Example, xor
from ..network import Network, checked_rows
from ..plots.pass_numbers import usual_biases
from . import sweep

MOST_WEIGHTS, MOST_OUTPUTS, MOST_UPDATES = 80, 32, 100_000
_DECADE = (1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9)
ETAS = [round(d * 10.0**k, 6) for k in range(-2, 3) for d in _DECADE] + [1000.0]
HIDDEN = 4


def default_example() -> Example:
    example = xor()
    net = Network.random((2, HIDDEN, 1), 0)
    return Example(net, example.x, example.t, example.eta, {})


def checked_example(example):
    """A copy of the network, x (n, n_in), t (n, n_out) and which biases are trained."""
    try:
        net, x, t = example
    except (TypeError, ValueError):
        raise ValueError(
            "Give an example, such as examples.xor(), or (net, x, t); got "
            f"{type(example).__name__}."
        ) from None
    if not isinstance(net, Network):
        raise ValueError(f"The first of (net, x, t) is a Network, not {type(net).__name__}.")
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


def sliders() -> list[sweep.Slider]:
    return [
        sweep.scale("eta", "learning rate", ETAS, place=(2, 1, 1)),
        sweep.Slider("mu", "momentum", 0.0, 0.01, 99, bounds=(0.0, 0.99), place=(2, 1, 1)),
    ]


def positions(s: sweep.Slider) -> dict:
    """Its positions, as a sweep gives them."""
    row = {"low": s.low, "step": s.step, "steps": s.steps}
    return {**row, "grid": list(s.numbers)} if isinstance(s, sweep.Scale) else row


def checked_settings(settings: dict, n: int, epochs: int) -> dict:
    """The settings of a training on n examples, or a ValueError in words."""
    found = {s.name: s.checked(settings[s.name]) for s in sliders()}
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
    return {**found, "batch_size": batch, "seed": None if seed is None else int(seed)}
