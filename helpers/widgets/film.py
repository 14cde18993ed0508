"""The film lab: one pass step by step, forward and back, with every number in its place."""

from __future__ import annotations

from numbers import Integral

import traitlets

from .. import diagram
from ..plots.pass_layout import style_rules
from ..plots.pass_numbers import checked, one_pass, usual_biases
from ..plots.pass_scene import Scene
from ..plots.passes import strip_of
from ..training import train
from .lab import FILM, Pictured, browser_module, check_count, style_sheet
from .thumbnails import thumbnail

MOST_PASSES = 100_000
WORDS_A_SECOND, LOOK = 4.0, 1.2  # how long a frame stays while the film plays


class PassLab(Pictured):
    """`PassLab(example, eta=0.5)`: the pass as a film strip.

    example  an Example or (net, x, t): one example and a network with at most 24 weights, in
             which at most three flows meet at a unit; the lab keeps a copy
    eta      the learning rate
    biases   "separate", "shared" or "frozen" as in `train`; left out, "frozen" where one name
             stands for a bias that a layer shares, as in the worked example, else "separate"

    `lab.frame` is the number of the frame, from 0; `lab.set_frame(11)` or
    `lab.set_frame("deltas")` shows another one, and `lab.observe(f, "frame")` calls f whenever
    it changes. `lab.next_pass()` goes on with the updated weights, `lab.reset()` returns to the
    first pass. `lab.network`, `lab.E` and `lab.numbers` belong to the pass that is shown,
    `lab.history` is E before each update so far, and now.
    """

    _esm = browser_module(*FILM, "film.js")
    _css = style_sheet("lab.css", "film.css", of="bp-film") + style_rules(".bp-film svg ")

    film = traitlets.Dict().tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)
    passes = traitlets.Int(0)

    def __init__(self, example, eta: float = 0.5, biases: str | None = None):
        self._net, self._x, self._t, self._names = checked(example)
        self._eta, self._biases = eta, biases or usual_biases(self._names)
        self._first = self._net.copy()
        self.history: list[float] = []
        self._show(0)
        super().__init__()
        self.on_msg(self._on_message)

    # ---- for readers

    network = property(lambda self: self._net, doc="the network of this pass, before its update")
    E = property(lambda self: self.numbers.E, doc="the error in this pass")
    labels = property(lambda self: [f["label"] for f in self.film["frames"]], doc="of all frames")

    def set_frame(self, frame) -> None:
        """Show a frame by its number, from 0, or the first one of a phase by its name.

        ValueError for one that there is not.
        """
        phases = self.scene.phase_starts()
        if isinstance(frame, str):
            if frame not in phases:
                raise ValueError(f"No phase {frame!r}; there are {', '.join(phases)}.")
            frame = phases[frame]
        if not isinstance(frame, Integral):
            raise ValueError(f"A frame is a whole number or the name of a phase; got {frame!r}.")
        self.frame = int(frame)

    def next_pass(self, passes: int = 1) -> None:
        """Update the weights, so many times, and show the pass with the new ones.

        ValueError for anything but a whole number from 1 to 100,000.
        """
        check_count("passes", passes, MOST_PASSES)
        done = train(self._net, self._x, self._t, eta=self._eta, epochs=passes, biases=self._biases)
        self.history = [*self.history[:-1], *map(float, done.E)]
        self._show(self.passes + passes)

    def reset(self) -> None:
        """Return to the first pass and its first frame."""
        self._net, self.history = self._first.copy(), []
        self._show(0)

    def figure(self):
        return strip_of(
            Scene(self.numbers, gap=150),
            "The film lab: the pass in five pictures. Run the cell to step through it.",
        )

    # ---- inside

    @traitlets.validate("frame")
    def _checked_frame(self, proposal):
        count = len(self.scene.frames)
        if not 0 <= proposal["value"] < count:
            raise ValueError(f"Frames go from 0 to {count - 1}; got {proposal['value']}.")
        return proposal["value"]

    def _show(self, passes: int) -> None:
        """Compute everything about the pass with the present weights and send it, once."""
        self.numbers = one_pass(
            (self._net, self._x, self._t), self._eta, self._biases, names=self._names
        )
        self.scene = Scene(self.numbers)
        self.history = self.history or [float(self.numbers.E)]
        film = self._film(passes)
        with self.hold_sync(), self.hold_trait_notifications():
            self.passes, self.film, self.frame = passes, film, 0

    def _film(self, passes: int) -> dict:
        width, height = self.scene.size
        picture = diagram.inline(self.scene.film(), width, height, "The network with the numbers")
        starts = self.scene.phase_starts()
        return {
            "passes": passes,
            "picture": picture,
            "frames": [_frame(f) for f in self.scene.frames],
            "phases": [
                {"name": name, "first": first, "picture": thumbnail(name)}
                for name, first in starts.items()
            ],
            "about": _about(passes, self.numbers),
        }

    def _on_message(self, _, content, __) -> None:
        kind = content.get("kind")
        if kind == "hello":
            self.send({"kind": "here"})
        elif kind == "next":
            self.next_pass()
        elif kind == "reset":
            self.reset()


def _frame(frame) -> dict:
    words = len(frame.caption.split())
    return {
        "phase": frame.phase,
        "label": frame.label,
        "formula": frame.formula,
        "numbers": frame.numbers,
        "caption": frame.caption,
        "seconds": round(LOOK + words / WORDS_A_SECOND, 2),
    }


def _about(passes: int, n) -> str:
    since = "with the weights as given"
    if passes:
        since = f"after {passes:,} update{'s' * (passes > 1)}"
    return f"Pass {passes + 1:,}, {since}: <i>E</i> = {diagram.number(n.E, 9)}"
