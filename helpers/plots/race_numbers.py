"""The race: one network trained three times from the same weights, with and without momentum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import diagram
from ..examples import Example, worked
from ..training import History, train
from .pass_numbers import parts_of, usual_biases
from .training import SUPERSCRIPT

RUNNERS = ("plain", "classical", "Nesterov")
CALLED = {"plain": "Plain descent", "classical": "Classical momentum", "Nesterov": "Nesterov"}
GOALS = (0.1, 0.01, 0.001, 0.0001)
MOST = 20_000  # updates
FRAMES = 150
LEVEL = 1e-9  # relative difference below which two runners are level


@dataclass
class Race:
    """Three histories with an entry for each update, by the runner's name."""

    runs: dict[str, History]
    eta: float
    mu: float

    @property
    def updates(self) -> int:
        """How long the race is; one that diverges may end earlier."""
        return max(int(run.updates[-1]) for run in self.runs.values())

    def E(self, runner: str, update: int) -> float:
        """The error then; infinite where this run has ended before."""
        errors = self.runs[runner].E
        return float(errors[update]) if update < len(errors) else float("inf")

    def order(self, update: int) -> list[str]:
        """The runners, the one with the smallest E first."""
        return sorted(RUNNERS, key=lambda runner: self.E(runner, update))

    def reached(self, runner: str, goal: float) -> int | None:
        """The first update after which E is at most `goal`; None if there is none."""
        below = np.flatnonzero(np.array(self.runs[runner].E) <= goal)
        return int(below[0]) if len(below) else None

    def frames(self) -> np.ndarray:
        """The updates to show: each of the first, then evenly in the logarithm, and round ones."""
        last = self.updates
        later = np.geomspace(1, max(last, 1), FRAMES).round().astype(int)
        round_ones = [d * 10**k for k in range(5) for d in (1, 2, 5)]
        found = np.unique(np.concatenate([np.arange(21), later, round_ones]))
        return found[found <= last]

    def words(self, update: int) -> str:
        """Who is ahead, and how long plain descent needs for the same E."""
        first, second, third = (self.E(runner, update) for runner in self.order(update))
        start = f"After {update:,} update{'s' * (update != 1)}"
        if update == 0:
            return f"At the start all have E = {shown(first)}."
        if _level(first, third):
            return f"{start} all three are level: E = {shown(first)}."
        ahead = self.order(update)[0]
        if _level(first, second):
            pair = [r for r in RUNNERS if r in self.order(update)[:2]]
            return f"{start} {pair[0]} and {pair[1]} are level, ahead with E = {shown(first)}."
        words = f"{start} {_called(ahead)} is ahead: E = {shown(first)}."
        return words if ahead == "plain" else f"{words} {self._plain_needs(first, update)}"

    def _plain_needs(self, E: float, update: int) -> str:
        needs = self.reached("plain", E)
        if needs is None:
            return f"Plain descent does not get there in {self.updates:,} updates."
        if needs < update:
            return f"Plain descent had been there after {needs:,}, and has gone up since."
        return f"Plain descent needs {needs:,} updates for that."


def race(example=None, eta=0.5, mu=0.9, epochs: int = 1000, biases: str | None = None) -> Race:
    """Train the example three times: plain, with classical and with Nesterov momentum.

    example  an Example or (net, x, t); the worked example, its biases frozen, where not given
    epochs   passes over the whole set, one update each
    biases   as in `train`; the usual ones of the example where not given
    ValueError as `train` says it, and for another kind of example or too long a race.
    """
    net, x, t, usual = checked(example)
    if not (isinstance(epochs, int) and 1 <= epochs <= MOST):
        raise ValueError(f"epochs is a whole number from 1 to {MOST:,}; got {epochs!r}.")
    kinds = {"plain": (0.0, False), "classical": (mu, False), "Nesterov": (mu, mu != 0)}
    alike = {"eta": eta, "epochs": epochs, "biases": biases or usual}
    runs = {
        runner: train(net.copy(), x, t, mu=m, nesterov=n, **alike)
        for runner, (m, n) in kinds.items()
    }
    return Race(runs, float(eta), float(mu))


def checked(example):
    """(net, x, t, which biases are trained), or a ValueError that says what to give."""
    example = worked() if example is None else example
    net, x, t = parts_of(example)
    names = example.names if isinstance(example, Example) else {}
    return net, x, t, usual_biases(names)


def shown(E: float) -> str:
    """E with ten decimals, or with ten digits and a power of ten where it is small."""
    if not np.isfinite(E):
        return "beyond all numbers"
    if 0.001 <= E < 1000:
        return diagram.number(E, 10)
    digits, power = f"{E:.9e}".split("e")
    return f"{digits}·10{str(int(power)).translate(SUPERSCRIPT)}"


def _level(a: float, b: float) -> bool:
    return a == b or (np.isfinite(b) and abs(a - b) <= LEVEL * abs(b))


def _called(runner: str) -> str:
    return CALLED[runner] if runner == "Nesterov" else CALLED[runner].lower()
