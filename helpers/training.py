"""Training: gradient descent with momentum, and the loop that repeats it.

One update, with the gradient taken at the current weights w:

    v <- mu v - eta dE/dw
    w <- w + v

so v is the step. mu = 0 is plain gradient descent. Nesterov momentum takes the gradient
at w + mu v, where the velocity alone would lead.

Sources: Polyak 1964 (heavy ball); Nesterov 1983; Sutskever, Martens, Dahl, Hinton 2013.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from numbers import Integral, Real

import numpy as np

from .long_run import LongRun
from .network import Gradient, Network, Pass
from .network_input import checked_rows

BIASES = ("separate", "shared", "frozen")
BLOCK = 256


class Optimizer:
    """Momentum (classical or Nesterov) on all weights of a network at once.

    biases   "separate" trains each bias; "shared" keeps one bias per layer, with the sum of
             the gradients of its units; "frozen" leaves them as they are (as the published
             2-2-2 example does)
    """

    def __init__(self, net: Network, eta: float, mu=0.0, nesterov=False, biases="separate"):
        check_rates(eta, mu, nesterov, biases)
        self.net, self.nesterov, self.biases = net, nesterov, biases
        self._eta, self._mu = float(eta), np.array(float(mu))
        self.gradient = Gradient(net.sizes)
        self.v = Gradient(net.sizes)  # the velocity has the layout of a gradient
        self._trained = self._without_biases() if biases == "frozen" else None
        self._passes: dict[int, Pass] = {}
        self._minus_eta_over: dict[int, np.ndarray] = {}

    def pass_for(self, x1) -> Pass:
        """Arrays for a pass with x1 = with_one(x), used again for every x1 of that length."""
        p = self._passes.get(len(x1))
        if p is None:
            p = self._passes[len(x1)] = Pass(self.net.sizes, x1)
            self._minus_eta_over[p.n] = np.array(-self._eta / p.n)
        p.feed(x1)
        return p

    def update(self, x1, t) -> Pass:
        """One update of the weights from the examples in x1 = with_one(x), and t."""
        net, v, w = self.net, self.v.parameters, self.net.parameters
        p = self.pass_for(x1)
        if self._mu:
            np.multiply(v, self._mu, out=v)
        if self.nesterov:
            np.add(w, v, out=w)  # look ahead: w + mu v
        net.run_forward(p)
        net.run_backward(p, t, self.gradient)
        if self.biases != "separate":
            self._tie_biases()
        # the gradient, still a sum over the examples, becomes the step: the 1/n goes in with eta
        step = self.gradient.parameters
        np.multiply(step, self._minus_eta_over[p.n], out=step)
        if self._mu:
            np.add(v, step, out=v)
        np.add(w, v if self._mu and not self.nesterov else step, out=w)
        return p

    def _without_biases(self) -> np.ndarray:
        trained = Gradient(self.net.sizes)
        for weights in trained.weights:
            weights[1:] = 1
        return trained.parameters

    def _tie_biases(self) -> None:
        if self.biases == "frozen":
            self.gradient.parameters *= self._trained
            return
        for dE_dW in self.gradient.weights:
            dE_dW[0] = dE_dW[0].sum()


@dataclass
class History:
    """What a training run leaves behind, one entry per recorded update.

    updates, E   number of updates done so far, and E on the whole training set then
    weights      the weights then, as one flat vector each (`states(k)` shapes them)
    stopped      "threshold", "epochs", "diverged" or "interrupted"
    """

    sizes: tuple[int, ...]
    updates: list[int] = field(default_factory=list)
    E: list[float] = field(default_factory=list)
    weights: list[np.ndarray] = field(default_factory=list)
    stopped: str = "epochs"
    _place: _Place | None = field(default=None, repr=False, compare=False)

    def states(self, k: int) -> list[np.ndarray]:
        """The weight matrices of entry k."""
        state = Gradient(self.sizes)
        state.parameters[...] = self.weights[k]
        return state.weights

    def _add(self, updates: int, E: float, net: Network) -> None:
        self.updates.append(updates)
        self.E.append(float(E))
        self.weights.append(net.parameters.copy())

    def _without_last(self) -> None:
        for entries in (self.updates, self.E, self.weights):
            entries.pop()


@dataclass
class _Place:
    """Where in its epochs a run is: what `resume` needs beside the weights.

    updates        done so far
    epoch, start   whole epochs done, and examples done in the one that is under way
    order          that epoch's order of the examples; None between epochs, or if never shuffled
    rng            draws the next orders
    v              the velocity
    batches        number of examples, and of those in a batch
    """

    updates: int = 0
    epoch: int = 0
    start: int = 0
    order: np.ndarray | None = None
    rng: np.random.Generator | None = None
    v: np.ndarray | None = None
    batches: tuple[int, int] = (0, 0)


def train(
    net: Network,
    x,
    t,
    *,
    eta: float,
    mu: float = 0.0,
    nesterov: bool = False,
    epochs: int = 1,
    batch_size: int | None = None,
    shuffle: bool = True,
    seed: int = 0,
    biases: str = "separate",
    stop_below: float | None = None,
    record_every: int = 1,
    resume: History | None = None,
) -> History:
    """Repeat the update until E is below a threshold, or `epochs` passes over the data are done.

    x, t           (n, n_in) and (n, n_out), or one example as flat rows
    batch_size     examples per update: 1 is online, None the whole set (batch)
    shuffle, seed  a new order for every epoch, drawn from the seed; the whole set keeps its order
    stop_below     stop as soon as E on the whole set, looked at after every `record_every`
                   epochs, is below this
    record_every   epochs between two entries of the history; the first and last are always in
    resume         the history of an earlier run, to go on where that one ended: the same weights
                   to the last bit as a run that never stopped. `epochs` counts from its start

    Changes `net` in place. A run whose E becomes infinite or NaN ends as "diverged", with the
    weights that made it so. A run of more than a second shows a bar. One that is interrupted
    (Ctrl-C, or the stop button) ends as "interrupted" after the update it is in. Raises
    ValueError for data that do not fit the network and for numbers out of range.
    """
    X1, T = _checked_data(net, x, t)
    batch_size = _checked_loop(len(T), epochs, batch_size, record_every, stop_below)
    optimizer = Optimizer(net, eta, mu, nesterov, biases)
    history, place = _beginning(resume, optimizer, len(T), batch_size)
    shuffled = shuffle and batch_size < len(T)
    place.rng = (place.rng or np.random.default_rng(seed)) if shuffled else None
    # a run that diverges is reported below
    with np.errstate(over="ignore", invalid="ignore"), LongRun(epochs, place.epoch, "epoch") as run:
        while True:
            stop = run.stop_asked and place.epoch < epochs
            last = stop or place.epoch >= epochs
            if last or not (place.start or place.epoch % record_every):
                history._add(place.updates, _error_on_all(optimizer, X1, T), net)
                history.stopped = _reason_to_stop(history.E[-1], stop_below, stop) or "epochs"
            if last or history.stopped != "epochs":
                break
            _one_epoch(optimizer, X1, T, place, run)
            run.at(place.epoch)
    place.v = optimizer.v.parameters
    if history.stopped == "interrupted":
        print(f"Stopped in epoch {place.epoch + 1} of {epochs}. resume=history goes on from here.")
    return history


def _beginning(resume: History | None, optimizer: Optimizer, n: int, batch_size: int):
    """A history and a place: new ones, or those of the run to resume, which keeps its own."""
    if resume is None:
        place = _Place(batches=(n, batch_size))
        return History(optimizer.net.sizes, _place=place), place
    history = _checked_resume(resume, optimizer.net, n, batch_size)
    place = history._place
    optimizer.net.parameters[...] = history.weights[-1]
    optimizer.v.parameters[...] = place.v
    history._without_last()  # it is taken again where it is due
    place.batches, history.stopped = (n, batch_size), "epochs"
    return history, place


def _one_epoch(optimizer: Optimizer, X1, T, place: _Place, run: LongRun) -> None:
    """Every example once, batch by batch, or up to where a stop is asked for."""
    n, batch_size = place.batches
    if place.rng is not None:
        if place.order is None:
            place.order = place.rng.permutation(n)
        X1, T = X1.take(place.order, axis=0), T.take(place.order, axis=0)
    for start in range(place.start, n, batch_size):
        optimizer.update(X1[start : start + batch_size], T[start : start + batch_size])
        place.updates += 1
        if run.stop_asked and start + batch_size < n:
            place.start = start + batch_size
            return
    place.epoch, place.start, place.order = place.epoch + 1, 0, None


def _error_on_all(optimizer: Optimizer, X1, T) -> float:
    """E of the whole set, in blocks that fit a processor's cache."""
    net, total = optimizer.net, 0.0
    for start in range(0, len(T), BLOCK):
        p = optimizer.pass_for(X1[start : start + BLOCK])
        net.run_forward(p)
        total += p.n * net.run_error(p, T[start : start + BLOCK])
    return total / len(T)


def _reason_to_stop(E: float, stop_below: float | None, stop_asked: bool) -> str | None:
    if not np.isfinite(E):
        return "diverged"
    if stop_below is not None and E < stop_below:
        return "threshold"
    return "interrupted" if stop_asked else None


def _checked_resume(resume, net: Network, n: int, batch_size: int) -> History:
    """A copy of the history to resume, if it fits."""
    if not isinstance(resume, History) or resume._place is None:
        raise ValueError("resume takes the history that an earlier train(...) returned.")
    if resume.sizes != net.sizes:
        raise ValueError(f"The history is of a network {resume.sizes}, this one is {net.sizes}.")
    if resume._place.start and resume._place.batches != (n, batch_size):
        raise ValueError(
            "The run stopped inside an epoch: go on with the same number of examples "
            f"({resume._place.batches[0]}) and batch_size ({resume._place.batches[1]})."
        )
    return deepcopy(resume)


def _checked_data(net: Network, x, t):
    """with_one(x) and t as rows. One copy, so that training never touches the reader's data."""
    rows, _ = checked_rows(x, net.sizes[0], "x")
    T = net.checked_targets(t, len(rows)).copy()
    for name, values in (("x", rows), ("t", T), ("the network", net.parameters)):
        if values.dtype.kind == "c":
            raise ValueError(f"Training needs real numbers; {name} holds complex ones.")
    X1 = np.ones((len(rows), net.sizes[0] + 1))
    X1[:, 1:] = rows
    return X1, T


def _is_number(value) -> bool:
    return isinstance(value, Real) and bool(np.isfinite(value))


def check_rates(eta, mu=0.0, nesterov=False, biases="separate") -> None:
    """ValueError, in words for the reader, for settings with which no update can be done."""
    if not (_is_number(eta) and eta > 0):
        raise ValueError(f"The learning rate eta must be a positive number; got {eta!r}.")
    if not (_is_number(mu) and 0 <= mu < 1):
        raise ValueError(f"The momentum mu must be at least 0 and less than 1; got {mu!r}.")
    if nesterov and not mu:
        raise ValueError("Nesterov momentum needs mu > 0.")
    if biases not in BIASES:
        raise ValueError(f"biases is one of {', '.join(BIASES)}; got {biases!r}.")


def check_count(name: str, value) -> None:
    """ValueError unless the argument of this name is a whole number of at least 1."""
    if not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {value!r}.")


def _checked_loop(n, epochs, batch_size, record_every, stop_below) -> int:
    batch_size = n if batch_size is None else batch_size
    counts = {"epochs": epochs, "record_every": record_every, "batch_size": batch_size}
    for name, value in counts.items():
        check_count(name, value)
    if stop_below is not None and not (_is_number(stop_below) and stop_below > 0):
        raise ValueError(f"stop_below must be a positive error; got {stop_below!r}.")
    return min(int(batch_size), n)
