"""The slice lab: E along one line through all weights, and the descent that begins on it."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram
from ..plots import slice_ends, slice_picture
from ..plots.live import rounded
from ..plots.slice_numbers import EACH, GRID, STEPS
from . import slice_words, sweep
from .lab import SLIDERS, Lab, browser_module, style_sheet
from .slice_choice import chosen_slices
from .slice_set import Q, SliceSet

VIEWS = ("descent", "chord")
PLACE, ETA, CHORD = "start", "eta", "chord end"  # the sliders; for the first see SliceSet

# 0.1 to 1000 on a logarithmic scale: 24 round numbers in each factor of ten.
_DECADE = [*range(10, 16), *range(16, 30, 2), *range(30, 75, 5), 80, 90]
ETAS = [round(d / 100 * 10.0**k, 6) for k in range(4) for d in _DECADE] + [1000.0]


class SliceLab(Lab):
    """`SliceLab()`: E along a line through the space of all weights, and descent along it.

    example   an `Example`; without one, XOR: from a solution to the same net with its two hidden
              units swapped, from a net that is stuck to a solution, and single weights of the
              stuck net (how that net was found: `examples.stuck_xor`)
    choose    the slice to begin with: "swap", or the name of a weight; with `towards` "line"
    eta       learning rate, 0.1 to 1000
    start     where the descent starts; beside the highest hill where not given
    weights   names of the weights that get a slice; all of them where not given
    towards   a network of the same shape: adds the straight line to it
    view      "descent", or "chord" for the test of convexity: P is the start, Q is `chord`

    `lab.set(start=2.5, eta=50)`, `lab.set(chord=4)` and `lab.choose("w02")` do what a reader
    does. `lab.path` is every position of the descent; `lab.E`, `lab.slope`, `lab.end`,
    `lab.E_end`, `lab.steps`, `lab.how`, `lab.valleys`, `lab.hills`, `lab.basins`, `lab.gap` hold
    what is shown, `lab.network` the network at the start. `lab.observe(f, "E")` calls f when the
    error at the start changes.

    ValueError for what it cannot show, saying what it can.
    """

    _esm = browser_module(*SLIDERS, "picture.js", "slice_plot.js", "slice.js")
    _css = style_sheet("lab.css", "slice.css", of="bp-slices")

    E = traitlets.Float()

    def __init__(
        self, example=None, choose=None, eta=20.0, start=None, *, weights=None, towards=None,
        view="descent",
    ):  # fmt: skip
        if view not in VIEWS:
            raise ValueError(f"view is {' or '.join(map(repr, VIEWS))}; got {view!r}.")
        self._view, self._set = view, SliceSet(*chosen_slices(example, weights, towards))
        self._net = self._set.example.net.copy()
        choose = self._set.names[0] if choose is None else choose
        i = self._number(choose)
        at = self._first_of(i) if start is None else self._position(i, "start", start)
        sliders = _sliders(len(self._set.lines))
        values = [i * EACH + at, sliders[1].checked(eta), float(Q)]
        self.follow(dict(zip((PLACE, ETA, CHORD), values)))
        super().start(sliders, values, choose)

    # ---- what Lab asks for

    def quantities(self):
        return self._set.quantities()

    def evaluate(self, settings):
        return self._set.numbers(settings, self.values[ETA])

    def follow(self, values):
        (i,), (s,) = self._set.read(np.array([values[PLACE]]))
        P = self._set.lines[i].weights([s])
        self._net.parameters = P[0]
        with self.hold_trait_notifications():
            self.chosen = self._set.names[i]
            self.E = float(self._set.surface.errors(P)[0])

    def describe(self):
        """And the pieces of all slices' pictures, and what to say."""
        return {
            **super().describe(),
            "plot": diagram.inline(*self._part(""), slice_words.PLOT),
            "slices": [self._set.describe(i) for i in range(len(self._set.lines))],
            "weights": list(self._set.example.names),
            "view": self._view,
            "outputs": self._set.outputs(),
            "words": slice_words.for_browser(),
            "grid": GRID,
            "shown": slice_picture.SHOWN,
            "steps": STEPS,
        }

    def more(self):
        """Where each start of each slice leads at the eta of this sweep."""
        eta = self.values[ETA]
        return {"basins": [self._set.basins(i, eta) for i in range(len(self._set.lines))]}

    def draw(self):
        body = diagram.draw(self._net, self._set.example.names, {}, "both")
        return diagram.inline(body, *diagram.size(self._net.sizes), slice_words.NETWORK)

    def figure(self):
        frame, E = self._set.frames[self._which], self._set.curves[self._which]
        if self._view == "descent":
            moving = slice_picture.descent(frame, E, self.path, (self.E, self.E_end))
        else:
            moving = slice_picture.chord(frame, E, self.start, self.chord, self.gap)
        caption = f"The slice lab as it starts: E along {slice_words.plain(self._line)}. Run the "
        return diagram.Figure(
            [self._part(moving)], caption + "cell to drag the start.", self._in_words()
        )

    # ---- for readers

    network = property(lambda self: self._net, doc="the network at the start")
    eta = property(lambda self: self.values[ETA], doc="the learning rate")
    slope = property(lambda self: self._shown("slope"), doc="dE/ds at the start")
    end = property(lambda self: float(self.path[-1]), doc="where the descent ends")
    E_end = property(lambda self: self._shown("E_end"), doc="E where it ends")
    steps = property(lambda self: int(self._shown("steps")), doc="steps until it stays in a valley")
    valleys = property(lambda self: self._shape.valleys, doc="(s, E) of each valley")
    hills = property(lambda self: self._shape.hills, doc="(s, E) of each hill")

    @property
    def start(self) -> float:
        """Where the descent starts, and the chord: P."""
        return float(self._set.read(np.array([self.values[PLACE]]))[1][0])

    @property
    def chord(self) -> float:
        """Where the chord ends: Q."""
        return float(np.round(self._line.low + self._line.step * self.values[CHORD], 9))

    @property
    def path(self) -> np.ndarray:
        """Every position of the descent, (201,)."""
        return self._set.paths(np.array([[*self.values.values()]]), self.eta)[:, 0]

    @property
    def how(self) -> str:
        """How the descent ends: the letter of a valley, "stuck", "slow", "swings" or "leaves"."""
        return slice_ends.short(int(self._shown("how")))

    @property
    def basins(self) -> list[tuple[str, float, float]]:
        """(how, first start, last start) of each stretch of starts, at the current eta."""
        grid = self._set.grids[self._which]
        runs = slice_ends.pieces(self._set.basin(self._which, self.eta))
        return [(slice_ends.short(h), float(grid[a]), float(grid[b])) for h, a, b in runs]

    @property
    def gap(self) -> tuple[float, float, float]:
        """(largest E - chord, where, the chord's height there), over the grid between P and Q."""
        return tuple(self._shown(name) for name in ("gap", "gap_at", "height"))

    def set(self, name=None, value=None, /, **more):
        """`lab.set(start=2.5)`, `lab.set("eta", 50)`, `lab.set(chord=4)`: as a reader does.

        ValueError for an unknown name or a value out of bounds; then nothing has moved.
        """
        changes, i, new = {**({} if name is None else {name: value}), **more}, self._which, {}
        for key, v in changes.items():
            if key == "start":
                new[PLACE] = i * EACH + self._position(i, key, v)
            elif key == "chord":
                new[CHORD] = self._position(i, key, v)
            elif key == "eta":
                new[ETA] = v
            else:
                raise ValueError(f"No slider {key!r}; there are start, eta and chord.")
        super().set(**new)

    def choose(self, name: str) -> None:
        """Show this slice; the start goes to the slice's own first place."""
        i = self._number(name)
        super().set(PLACE, i * EACH + self._first_of(i))

    def curve(self, name: str | None = None):
        """(grid, E along it) of the slice that is shown, or another."""
        i = self._number(name or self.chosen)
        return self._set.grids[i].copy(), self._set.curves[i].copy()

    # ---- inside

    def _take_choice(self, content):
        """The slice is part of the start's place."""

    def _number(self, name) -> int:
        if name not in self._set.names:
            raise ValueError(f"No slice {name!r}; there are {', '.join(self._set.names)}.")
        return self._set.names.index(name)

    _which = property(lambda self: int(self.values[PLACE] // EACH))
    _line = property(lambda self: self._set.lines[self._which])
    _shape = property(lambda self: self._set.shapes[self._which])

    def _first_of(self, i: int) -> float:
        return float((self._set.firsts if self._view == "descent" else self._set.best)[i])

    def _position(self, i: int, key: str, value) -> float:
        """Where on the grid of slice i this value stands."""
        line = self._set.lines[i]
        found = sweep.Slider(key, "", 0, 1, 1, (line.low, line.high)).checked(value)
        return round((found - line.low) / line.step, 7)

    def _row(self) -> dict[str, float]:
        row = self.evaluate(np.array([[*self.values.values()]]))[0]
        return {name: rounded(v, places) for (name, places), v in zip(self.quantities(), row)}

    def _shown(self, quantity: str) -> float:
        names = [name for name, _ in self.quantities()]
        return float(self.evaluate(np.array([[*self.values.values()]]))[0, names.index(quantity)])

    def _part(self, moving: str):
        """(body, width, height) of the plot with a descent or a chord."""
        i = self._which
        pieces = self._set.frames[i], self._set.curves[i], self._set.shapes[i]
        body = slice_picture.picture(*pieces, self._set.basin(i, self.eta), moving)
        return body, slice_picture.WIDTH, slice_picture.HEIGHT

    def _in_words(self):
        numbers = {"s": self.start, "eta": self.eta, "q": self.chord, **self._row()}
        beyond = self._set.basins(self._which, self.eta)["beyond"]
        said = slice_words.said(self._view, self._line, numbers, beyond)
        return f"Slice lab: E along {slice_words.plain(self._line)}. {said}"


def _sliders(slices: int):
    last = slices * EACH - 1
    return [
        sweep.Slider(PLACE, "start", 0.0, 1.0, last, (0.0, float(last))),
        sweep.scale(ETA, "learning rate", ETAS),
        sweep.Slider(CHORD, "chord", 0.0, 1.0, GRID, (0.0, float(GRID))),
    ]
