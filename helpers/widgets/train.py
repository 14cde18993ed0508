"""The training lab: error curve, weights, outputs and decision boundary of a run, as one film."""

from __future__ import annotations

from .. import diagram, style
from ..network import Network
from ..plots import plane
from ..plots import training as training_picture
from ..training import train
from . import train_net, train_plots
from .lab import RUNS, browser_module, style_sheet
from .run_lab import RunLab, rate_sliders
from .train_checks import checked_example, checked_size, default_example
from .train_film import Data, chosen_entries, film
from .train_words import verdict

MOST_ENTRIES = 5_000  # of a history; longer runs are recorded every few epochs
RATE = 20  # frames a second


class TrainLab(RunLab):
    """`TrainLab()` or `TrainLab(example)`: a training run to play, stop, step through and repeat.

    example     an Example or (net, x, t) with at most 80 weights and 32 outputs to draw; XOR with
                a 2-4-1 network where not given. The lab keeps a copy
    eta, mu     learning rate, 0.01 to 1000, and momentum, 0 to 0.99
    batch_size  examples per update; the whole set where not given
    seed        of the start weights and of the order; a given example begins with its own
                weights where it is left out
    epochs      after so many the run stops anyway
    stop_below  the error at which it stops

    `lab.history` is the run. `lab.frame` is the frame that is shown, 0 to `lab.frames - 1`; it can
    be assigned and observed. `lab.update`, `lab.E`, `lab.y` and `lab.network` belong to it.
    `lab.set(eta=5, mu=0.9, batch_size=1, seed=3)` trains again, `lab.another_start()` with the
    next seed, and `lab.reset()` shows the first run from its beginning.

    ValueError for what it cannot train or show, saying what it can.
    """

    _esm = browser_module(*RUNS, "train.js")
    _css = style_sheet("lab.css", "film.css", "train.css", of="bp-train")

    _sliders = rate_sliders(5)

    def __init__(
        self, example=None, eta=2.0, batch_size=None, mu=0.0, seed=None, epochs=3000,
        stop_below=0.01,
    ):  # fmt: skip
        seed = 0 if example is None and seed is None else seed
        self._net, x, t, self._biases = checked_example(
            default_example() if example is None else example
        )
        self._data = Data(self._net, x, t)
        self._epochs, self.stop_below = epochs, stop_below
        self._settings = self._checked({"eta": eta, "mu": mu, "seed": seed,
                                        "batch_size": batch_size})  # fmt: skip
        self.history, self._before, self._version = self._train(), None, 0
        self._first_settings = self._settings
        self._first = (self.history, self._film())
        self._entries = chosen_entries(self.history)
        self.spec = self._describe()
        self._hand_over()
        super().__init__()
        self.on_msg(self._on_message)

    # ---- for readers

    eta = property(lambda self: self._settings["eta"], doc="the learning rate of this run")
    mu = property(lambda self: self._settings["mu"], doc="the momentum of this run")
    seed = property(lambda self: self._settings["seed"], doc="None: the example's own weights")
    batch_size = property(lambda self: self._settings["batch_size"], doc="examples per update")
    epochs = property(lambda self: self._epochs, doc="after so many a run stops anyway")
    frames = property(lambda self: len(self._entries), doc="number of frames of this run")
    update = property(lambda self: int(self.history.updates[self._entry]), doc="updates so far")
    E = property(lambda self: float(self.history.E[self._entry]), doc="the error in this frame")
    y = property(lambda self: self.network.forward(self._data.x).y, doc="outputs, (n, n_out)")
    words = property(lambda self: verdict(self.history, self._epochs, self.stop_below),
                     doc="how the run ended")  # fmt: skip

    @property
    def network(self) -> Network:
        """The network with the weights of this frame."""
        net = self._net.copy()
        net.parameters[...] = self.history.weights[self._entry]
        return net

    def another_start(self) -> None:
        """Train again from other random weights: those of the next seed."""
        self.set(seed=self._next_seed())

    def figure(self):
        """The run as a picture: E, and the plane at its beginning, on its way and at its end."""
        curve = training_picture(self.history, self.stop_below)
        shown = [0, len(self._entries) // 2, len(self._entries) - 1]
        parts = [*curve.parts, *(self._still(k) for k in shown if self._data.plane)]
        caption = (
            f"The training lab as it starts. {self.words} Run the cell to play the run and to "
            "train again with other settings."
        )
        return diagram.Figure(parts, caption, f"Training lab. {curve.alt} {self.words}")

    # ---- inside

    @property
    def _entry(self) -> int:
        return int(self._entries[self.frame])

    def _checked(self, settings):
        return {**self._rates(settings), **checked_size(settings, len(self._data.x), self._epochs)}

    def _asked(self, content):
        eta, mu, batch = content["values"]
        seed = self._next_seed() if content.get("seed") == "next" else self.seed
        return {"eta": eta, "mu": mu, "batch_size": int(batch), "seed": seed}

    def _train(self):
        net, s = self._net.copy(), self._settings
        if s["seed"] is not None:
            net.parameters[...] = Network.random(net.sizes, s["seed"]).parameters
        return train(
            net, self._data.x, self._data.t, eta=s["eta"], mu=s["mu"], seed=s["seed"] or 0,
            batch_size=s["batch_size"], epochs=self._epochs, stop_below=self.stop_below,
            biases=self._biases, record_every=-(-self._epochs // MOST_ENTRIES),
        )  # fmt: skip

    def _take(self, settings, reset=False, client="python", number=0):
        at_end = self.frame == self.frames - 1
        if settings != self._settings:
            self._before, self._settings = self.history, settings
            self.history = self._first[0] if reset else self._train()
            self._entries = chosen_entries(self.history)
        self._before = None if reset else self._before
        last = self.frames - 1
        frame = 0 if reset else last if at_end else min(self.frame, last)
        with self.hold_sync(), self.hold_trait_notifications():
            self._hand_over(client, number)
            self.frame = frame

    def _hand_over(self, client="python", number=0) -> None:
        self._version += 1
        is_first = self.history is self._first[0] and self._before is None
        found = self._first[1] if is_first else self._film()
        n, s = len(self._data.x), self._settings
        per_epoch = -(-n // (s["batch_size"] or n))
        self.film = {
            **found,
            "epochs": [-(-u // per_epoch) for u in found["updates"]],
            "settings": [s["eta"], s["mu"], s["batch_size"] or n],
            "seed": "" if s["seed"] is None else str(s["seed"]),
            "words": self.words,
            "label": {"version": self._version, "client": client, "number": number},
        }

    def _film(self) -> dict:
        return film(self.history, self._net, self._data, self.stop_below, self._before)

    def _describe(self) -> dict:
        n = len(self._data.x)
        names, targets = self._data.names(), self._data.t.ravel()
        body = train_plots.outputs_body(names, targets, self._data.span)
        size = train_plots.outputs_size(len(targets))
        net = (train_net.body(self._net.sizes), train_net.WIDTH, train_net.HEIGHT)
        return {
            "sliders": self._slider_rows(),
            "batches": self._batches(n),
            "net": diagram.inline(*net, "The network with its weights"),
            "outputs": diagram.inline(body, *size, "Each output beside its target"),
            "plane": self._plane_frame(),
            "plot": [train_plots.WIDTH, train_plots.HEIGHT],
            "box": [train_plots.LEFT, train_plots.RIGHT],
            "cells": plane.CELLS,
            "strength": plane.STRENGTH,
            "dashes": style.DASHES,
            "rate": RATE,
            "targets": [f"{v:g}" for v in targets],
        }

    def _plane_frame(self) -> dict:
        if not self._data.plane:
            return {}
        body = plane.line_element("") + plane.frame(self._data.plane, self._data.x, self._data.t)
        alt = "The output y over the plane of the two inputs"
        w, h = plane.WIDTH, plane.HEIGHT
        place = (plane.LEFT / w, plane.TOP / h, plane.SIDE / w, plane.SIDE / h)
        low, high = self._data.span
        return {
            "svg": diagram.inline(body, w, h, alt),
            "place": [round(100 * v, 4) for v in place],
            "ends": [f"{low:g}", f"{high:g}"],
            "level": f"{self._data.plane.level:g}",
        }

    def _batches(self, n: int) -> list[dict]:
        sizes = {1: "online", 2: "mini-batch", n: "whole set"}
        mine = self._settings["batch_size"]
        if mine:
            sizes.setdefault(mine, "mini-batch")
        return [{"size": k, "name": sizes[k]} for k in sorted(sizes) if k <= n]

    def _still(self, k: int):
        """The plane in frame k, with the number of updates above it."""
        net = self._net.copy()
        net.parameters[...] = self.history.weights[self._entries[k]]
        update = self.history.updates[self._entries[k]]
        body = plane.body(self._data.plane, net, self._data.x, self._data.t)
        words = f'<text x="{plane.LEFT + plane.SIDE / 2:g}" y="14">after {update:,} updates</text>'
        return f'{words}<g transform="translate(0 8)">{body}</g>', plane.WIDTH, plane.HEIGHT + 8

    def _next_seed(self) -> int:
        return 0 if self.seed is None else self.seed + 1
