"""The race lab: plain descent, classical and Nesterov momentum on one network, side by side."""

from __future__ import annotations

from numbers import Integral

import numpy as np

from .. import diagram
from ..plots import race_picture
from ..plots.momentum import race_in_words
from ..plots.race_numbers import CALLED, GOALS, RUNNERS, checked, race, shown
from ..plots.race_picture import RacePicture, power
from .lab import RUNS, browser_module, style_sheet
from .run_lab import RunLab, rate_sliders

RATE = 12  # frames a second


class RaceLab(RunLab):
    """`RaceLab()` or `RaceLab(example, eta=0.5, mu=0.9)`: who comes down fastest.

    example   an Example or (net, x, t); the worked example, its biases frozen, where not given.
              The lab keeps a copy; all three runners start from its weights
    eta, mu   learning rate of all three, 0.01 to 100, and momentum of two, 0 to 0.99
    epochs    the length of the race in updates, each with the whole set

    `lab.frame` is the frame that is shown, 0 to `lab.frames - 1`; it can be assigned and observed.
    `lab.update`, `lab.E` (by runner: "plain", "classical", "Nesterov"), `lab.leader` and
    `lab.words` belong to it; `lab.runs` are the three histories, an entry for each update.
    `lab.set(eta=1, mu=0.5)` runs another race, `lab.show(update)` goes to an update, and
    `lab.reset()` shows the first race from its start.

    ValueError for what it cannot run, saying what it can.
    """

    _esm = browser_module(*RUNS, "race.js")
    _css = style_sheet("lab.css", "film.css", "race.css", of="bp-race")

    _sliders = rate_sliders(4)

    def __init__(self, example=None, eta=0.5, mu=0.9, epochs: int = 1000):
        net, x, t, self._biases = checked(example)
        self._example = (net.copy(), np.array(x, float), np.array(t, float))
        self._epochs, self._version = epochs, 0
        self._settings = self._checked({"eta": eta, "mu": mu})
        self._first_settings = dict(self._settings)
        self._run()
        self.spec = self._describe()
        self._hand_over()
        super().__init__()
        self.on_msg(self._on_message)

    # ---- for readers

    eta = property(lambda self: self._settings["eta"], doc="the learning rate of all three")
    mu = property(lambda self: self._settings["mu"], doc="the momentum of two of them")
    epochs = property(lambda self: self._epochs, doc="the length of the race")
    runs = property(lambda self: self._race.runs, doc="{runner: History}")
    frames = property(lambda self: len(self._updates), doc="number of frames")
    update = property(lambda self: int(self._updates[self.frame]), doc="updates so far")
    leader = property(lambda self: self._race.order(self.update)[0], doc="whose E is smallest")
    words = property(lambda self: self._race.words(self.update), doc="who is ahead")

    @property
    def E(self) -> dict[str, float]:
        """The error of each runner in this frame."""
        return {runner: self._race.E(runner, self.update) for runner in RUNNERS}

    def show(self, update: int) -> None:
        """Go to the frame of this update, or the nearest one before it.

        ValueError for an update that the race has not.
        """
        last = int(self._updates[-1])
        if not (isinstance(update, Integral) and 0 <= update <= last):
            raise ValueError(f"The race goes from update 0 to {last:,}; got {update!r}.")
        self.frame = int(np.searchsorted(self._updates, update, side="right")) - 1

    def figure(self):
        last = self._race.updates
        size = race_picture.LANES_WIDTH, race_picture.LANES_HEIGHT
        parts = [(self._picture.lanes(last), *size), self._picture.chart.part()]
        caption = (
            f"The race lab: {self._race.words(last)} Run the cell to watch the race, and to run "
            "it with another <i>η</i> and <i>μ</i>."
        )
        return diagram.Figure(parts, caption, f"Race lab. {race_in_words(self._race)}")

    # ---- inside

    def _checked(self, settings):
        return self._rates(settings)

    def _asked(self, content):
        return dict(zip(self._settings, content["values"]))

    def _run(self) -> None:
        net, x, t = self._example
        self._race = race((net, x, t), **self._settings, epochs=self._epochs, biases=self._biases)
        self._picture = RacePicture(self._race)
        self._updates = self._race.frames()

    def _take(self, settings, reset=False, client="python", number=0):
        update = 0 if reset else self.update
        if settings != self._settings:
            before, self._settings = self._settings, settings
            try:
                self._run()
            except ValueError:
                self._settings = before
                raise
        frame = int(np.searchsorted(self._updates, update, side="right")) - 1
        with self.hold_sync(), self.hold_trait_notifications():
            self._hand_over(client, number)
            self.frame = frame

    def _hand_over(self, client="python", number=0) -> None:
        self._version += 1
        updates = [int(u) for u in self._updates]
        dots = [[self._picture.dot(r, u) for r in RUNNERS] for u in updates]
        self.film = {
            "count": len(updates),
            "updates": updates,
            "plot": diagram.inline(*self._picture.curves(), "E over the updates"),
            "lanes": diagram.inline(
                self._picture.lanes(),
                race_picture.LANES_WIDTH,
                race_picture.LANES_HEIGHT,
                "Three lanes: how far each run has come down",
            ),
            "dots": np.array(dots, "<f4").tobytes(),
            "places": np.array(
                [[self._picture.lane_x(r, u) for r in RUNNERS] for u in updates], "<f4"
            ).tobytes(),
            "E": [[shown(self._race.E(r, u)) for r in RUNNERS] for u in updates],
            "words": [self._race.words(u) for u in updates],
            "goals": self._goals(),
            "settings": [self.eta, self.mu],
            "label": {"version": self._version, "client": client, "number": number},
        }

    def _goals(self) -> list[list[str]]:
        """For each goal the update at which each runner first reaches it."""
        found = [[self._race.reached(r, goal) for r in RUNNERS] for goal in GOALS]
        return [["–" if n is None else f"{n:,}" for n in row] for row in found]

    def _describe(self) -> dict:
        return {
            "sliders": self._slider_rows(),
            "runners": [CALLED[r] for r in RUNNERS],
            "goals": [power(int(np.log10(goal))) for goal in GOALS],
            "lanes": [race_picture.LANE_Y[r] for r in RUNNERS],
            "start": race_picture.LANE[0],
            "right": race_picture.RIGHT,
            "rate": RATE,
        }
