"""The slice lab: E along one line through all weights, and the descent that begins on it."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram, examples
from ..examples import Example
from ..plots import slice_ends, slice_numbers, slice_picture
from ..plots.live import rounded
from ..plots.slice_numbers import EACH, GRID, Slice, Surface
from . import slice_words, sweep
from .lab import Lab, browser_module, style_sheet

VIEWS = ("descent", "chord")
START, ETA, CHORD = "start", "eta", "chord end"
MOST_SLICES = 20
MOST_OUTPUTS = 8  # that are listed, examples times outputs
Q = 130  # position of the chord's other end: 1 on a line
SHOWN = slice_picture.SHOWN
BARS = ("sigmoid", "softmax")  # outputs between 0 and 1

# 0.1 to 1000 on a logarithmic scale: 24 round numbers in each factor of ten.
_DECADE = [10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70]
_DECADE += [80, 90]
ETAS = [round(d / 100 * 10.0**k, 6) for k in range(4) for d in _DECADE] + [1000.0]


class SliceLab(Lab):
    """`SliceLab()`: E along a line through the space of all weights, and descent along it.

    example   an `Example`; without one, XOR: from a solution to the same net with its two hidden
              units swapped, from a net that is stuck to a solution, and single weights of the
              stuck net
    choose    the slice to begin with: "swap", or the name of a weight; with `towards` "line"
    eta       learning rate, 0.1 to 1000
    start     where the descent starts; a place that shows something where not given
    weights   names of the weights that get a slice; all where not given
    towards   a network of the same shape: adds the straight line to it
    view      "descent", or "chord" for the test of convexity

    `lab.set(start=2.5, eta=50)`, `lab.set(chord=4)` and `lab.choose("w02")` do what a reader
    does. `lab.path` holds every position of the descent; `lab.E`, `lab.slope`, `lab.end`,
    `lab.E_end`, `lab.steps`, `lab.how`, `lab.valleys`, `lab.hills`, `lab.basins` what is shown;
    `lab.network` is the network at the start. `lab.observe(f, "E")` calls f when E changes.

    ValueError for what it cannot show, saying what it can.
    """

    _esm = browser_module("store.js", "controls.js", "picture.js", "slice_plot.js", "slice.js")
    _css = style_sheet("lab.css", "slice.css")

    E = traitlets.Float()

    def __init__(
        self, example=None, choose=None, eta=20.0, start=None, *, weights=None, towards=None,
        view="descent",
    ):  # fmt: skip
        if view not in VIEWS:
            raise ValueError(f"view is {' or '.join(map(repr, VIEWS))}; got {view!r}.")
        self._view, self._path_at = view, None
        self._example, self._slices = (
            _default(weights) if example is None else _of(example, weights, towards)
        )
        self._net = self._example.net.copy()
        self._surface = Surface(self._net, self._example.x, self._example.t)
        self._names = [line.name for line in self._slices]
        self._grids = [line.grid for line in self._slices]
        self._along = [self._surface.errors(c.weights(c.grid)) for c in self._slices]
        self._shapes = [slice_ends.shape_of(self._surface, line) for line in self._slices]
        self._frames = [slice_picture.Frame(c, e) for c, e in zip(self._slices, self._along)]
        self._best = [_best_chord(*of) for of in zip(self._slices, self._along)]
        self._firsts = [_first(*of) for of in zip(self._grids, self._along, self._shapes)]
        choose = self._names[0] if choose is None else choose
        self._check_choice(choose)
        i = self._names.index(choose)
        at = self._first_of(i) if start is None else self._position(i, "start", start)
        sliders = _sliders(len(self._slices))
        values = [i * EACH + at, sliders[1].checked(eta), float(Q)]
        self.follow(dict(zip((START, ETA, CHORD), values)))
        super().start(sliders, values, START)

    # ---- what Lab asks for

    def quantities(self):
        outputs = np.size(self._example.t) if self._few else 0
        return [
            ("E", 6), ("slope", 6), ("end", 4), ("E_end", 6), ("slope_end", 6), ("how", 0),
            ("home", 0), ("steps", 0), ("E_chord", 6), ("gap", 6), ("gap_at", 4), ("height", 6),
            *((f"s{k}", 4) for k in range(1, SHOWN + 1)),
            *((name, 2) for name in self._example.names),
            *((f"y{k}", 4) for k in range(1, outputs + 1)),
        ]  # fmt: skip

    def evaluate(self, settings):
        which, at, eta, other = self._read(settings)
        lines = [self._slices[i] for i in which]
        path = self._paths(np.asarray(settings)[:, 0], lines, at, eta)
        found = np.zeros((len(at), len(self.quantities())))
        for i in np.unique(which):
            rows = which == i
            found[rows] = self._numbers(i, path[:, rows], other[rows])
        return found

    def _numbers(self, i, path, other):
        """Every quantity of starts on one slice, (k, quantities)."""
        line, shape, surface = self._slices[i], self._shapes[i], self._surface
        how, steps = slice_ends.ends(line, shape, path)
        P, P_end = line.weights(path[0]), line.weights(path[-1])
        E, s_other = surface.errors(P), line.low + line.step * other
        E_other = surface.errors(line.weights(s_other))
        gap = slice_ends.chord_gap(self._grids[i], self._along[i], path[0], E, s_other, E_other)
        columns = [
            E, surface.slopes(P, line.d), path[-1], surface.errors(P_end),
            surface.slopes(P_end, line.d), how, shape.home(path[0]), steps, E_other, *gap,
            *path[1 : SHOWN + 1],
            *(P[:, self._flat(name)] for name in self._example.names),
        ]  # fmt: skip
        if self._few:
            columns += [*surface.outputs(P).reshape(len(P), -1).T]
        return np.stack(columns, axis=1)

    def follow(self, values):
        row = np.array([[values[key] for key in (START, ETA, CHORD)]])
        (which,), (at,), _, _ = self._read(row)
        P = self._slices[which].weights([at])
        self._net.parameters = P[0]
        self.E = float(self._surface.errors(P)[0])

    def describe(self):
        """And the pictures of all slices, and what to say."""
        return {
            **super().describe(),
            "plot": self._frame_svg(),
            "slices": [self._describe(i) for i in range(len(self._slices))],
            "network": self._network_svg(),
            "weights": list(self._example.names),
            "view": self._view,
            "examples": self._examples(),
            "heading": slice_words.OUTPUTS if self._few else "",
            "rule": slice_words.RULE,
            "words": {str(k): words for k, words in slice_words.ENDS.items()},
            "chord": slice_words.CHORD,
            "grid": GRID,
            "shown": SHOWN,
            "steps": slice_numbers.STEPS,
            "near": slice_ends.ON_ITS_WAY,
            "letters": slice_ends.LETTERS,
        }

    def more(self):
        """The basins at the eta of this sweep: their band, their key, and what lies beyond."""
        how = [self._basin(i) for i in range(len(self._slices))]
        return {
            "basins": [
                {
                    "band": slice_picture.band(self._frames[i], how[i]),
                    "key": slice_words.key(self._slices[i], self._shapes[i], how[i]),
                    "beyond": slice_words.beyond(self._slices[i], self._shapes[i], how[i]),
                }
                for i in range(len(self._slices))
            ]
        }

    def draw(self):
        return self._network_svg()

    def figure(self):
        i = self._which
        line, frame, E = self._slices[i], self._frames[i], self._along[i]
        if self._view == "descent":
            moving = slice_picture.descent(frame, E, self.path, self.steps, (self.E, self.E_end))
        else:
            moving = slice_picture.chord(frame, E, self.start, self.chord, self.gap)
        body = slice_picture.picture(frame, E, self._shapes[i], self._basin(i), moving)
        caption = (
            f"The slice lab as it starts: E along {slice_words.plain(line)}. Run the cell to drag "
            "the start."
        )
        size = slice_picture.WIDTH, slice_picture.HEIGHT
        return diagram.Figure([(body, *size)], caption, self._in_words())

    # ---- for readers

    network = property(lambda self: self._net, doc="the network at the start")
    name = property(lambda self: self._names[self._which], doc="the slice that is shown")
    start = property(lambda self: self._at, doc="where the descent starts")
    eta = property(lambda self: self.values[ETA], doc="the learning rate")
    slope = property(lambda self: self._shown("slope"), doc="dE/ds at the start")
    end = property(lambda self: float(self.path[-1]), doc="where the descent ends")
    E_end = property(lambda self: self._shown("E_end"), doc="E where it ends")
    steps = property(lambda self: int(self._shown("steps")), doc="steps until it stays in a valley")
    valleys = property(lambda self: self._shapes[self._which].valleys, doc="(s, E) of each valley")
    hills = property(lambda self: self._shapes[self._which].hills, doc="(s, E) of each hill")

    @property
    def path(self) -> np.ndarray:
        """Every position of the descent, (201,)."""
        line = self._slices[self._which]
        return slice_numbers.descend(self._surface, [line], [self.start], [self.eta])[:, 0]

    @property
    def how(self) -> str:
        """How the descent ends: the letter of a valley, "stuck", "slow", "swings" or "leaves"."""
        return slice_ends.short(int(self._shown("how")))

    @property
    def basins(self) -> list[tuple[str, float, float]]:
        """(how, first start, last start) of each stretch of starts, at the current eta."""
        grid = self._grids[self._which]
        runs = slice_ends.pieces(self._basin(self._which))
        return [(slice_ends.short(h), float(grid[a]), float(grid[b])) for h, a, b in runs]

    @property
    def chord(self) -> float:
        """The other end of the chord, which begins at the start."""
        line = self._slices[self._which]
        return float(line.low + line.step * self.values[CHORD])

    @property
    def gap(self) -> tuple[float, float, float]:
        """(largest E - chord, where, the chord's height there), over the grid."""
        return tuple(self._shown(name) for name in ("gap", "gap_at", "height"))

    def set(self, name=None, value=None, /, **more):
        """`lab.set(start=2.5)`, `lab.set("eta", 50)`, `lab.set(chord=4)`: as a reader does.

        ValueError for an unknown name or a value out of bounds; then nothing has moved.
        """
        changes, i = {**({} if name is None else {name: value}), **more}, self._which
        for key in changes:
            if key not in ("start", "eta", "chord"):
                raise ValueError(f"No slider {key!r}; there are start, eta, chord.")
        new = {}
        if "start" in changes:
            new[START] = i * EACH + self._position(i, "start", changes["start"])
        if "chord" in changes:
            new[CHORD] = self._position(i, "chord", changes["chord"])
        if "eta" in changes:
            new[ETA] = changes["eta"]
        super().set(**new)

    def choose(self, name: str) -> None:
        """Show this slice; the descent starts at the slice's own first place."""
        self._check_choice(name)
        i = self._names.index(name)
        super().set(START, i * EACH + self._first_of(i))

    def curve(self, name: str | None = None):
        """(grid, E along it) of the slice that is shown, or another."""
        self._check_choice(name or self.name)
        i = self._names.index(name or self.name)
        return self._grids[i].copy(), self._along[i].copy()

    # ---- inside

    def _take_choice(self, content):
        """The slice is part of the start's position."""

    def _check_choice(self, name):
        if name not in self._names:
            raise ValueError(f"No slice {name!r}; there are {', '.join(self._names)}.")

    def _first_of(self, i: int) -> float:
        return float((self._firsts if self._view == "descent" else self._best)[i])

    def _position(self, i: int, key: str, value) -> float:
        """Where on the grid of slice i this value stands."""
        line = self._slices[i]
        found = sweep.Slider(key, "", 0, 1, 1, (line.low, line.high)).checked(value)
        return round((found - line.low) / line.step, 7)

    def _read(self, settings):
        """Slices, starts, etas, and the chord's other ends (as positions) of settings (k, 3)."""
        position, eta, other = np.asarray(settings, float).T
        which = np.floor(position / EACH).astype(int)
        low, step = (np.array([getattr(c, key) for c in self._slices]) for key in ("low", "step"))
        k = position - which * EACH
        return which, np.round(low[which] + step[which] * k, 9), eta, other

    def _paths(self, position, lines, at, eta):
        """Every position of these descents; those from the grid at the current eta are at hand."""
        known = (eta == self.values[ETA]) & (position % 1 == 0)
        if np.count_nonzero(known) < 2:
            return slice_numbers.descend(self._surface, lines, at, eta)
        path = np.empty((slice_numbers.STEPS + 1, len(at)))
        path[:, known] = self._from_grid()[:, position[known].astype(int)]
        rest = np.flatnonzero(~known)
        some = [lines[k] for k in rest]
        path[:, rest] = slice_numbers.descend(self._surface, some, at[rest], eta[rest])
        return path

    def _from_grid(self):
        """The descents from every position of every slice at the current eta."""
        if self._path_at != self.values[ETA]:
            lines = [line for line in self._slices for _ in range(EACH)]
            eta, starts = np.full(len(lines), self.values[ETA]), np.concatenate(self._grids)
            self._path = slice_numbers.descend(self._surface, lines, starts, eta)
            self._path_at = self.values[ETA]
        return self._path

    def _basin(self, i):
        """How the descent from each place of slice i ends, at the current eta."""
        path = self._from_grid()[:, i * EACH : (i + 1) * EACH]
        return slice_ends.ends(self._slices[i], self._shapes[i], path)[0]

    @property
    def _which(self) -> int:
        return int(self.values[START] // EACH)

    @property
    def _at(self) -> float:
        return float(self._read(np.array([[self.values[START], 1.0, 0.0]]))[1][0])

    def _shown(self, quantity: str) -> float:
        names = [name for name, _ in self.quantities()]
        row = self.evaluate(np.array([[*self.values.values()]]))[0]
        return float(row[names.index(quantity)])

    def _flat(self, name: str) -> int:
        return slice_numbers.flat(self._net, self._example.names[name][0])

    def _describe(self, i) -> dict:
        """What the browser must know of one slice."""
        line, frame, E = self._slices[i], self._frames[i], self._along[i]
        return {
            "name": line.name,
            "label": slice_words.label(line),
            "plain": slice_words.symbol(line),
            "low": line.low,
            "step": line.step,
            "first": self._firsts[i],
            "p": self._best[i],
            "E": [frame.low, frame.high],
            "scales": slice_picture.scales(frame),
            "curve": slice_picture.curve(frame, E),
            "letters": slice_picture.letters(frame, self._shapes[i]),
        }

    @property
    def _few(self) -> bool:
        return np.size(self._example.t) <= MOST_OUTPUTS

    def _examples(self) -> list[dict]:
        """Every output of every example: what to call it, its target, and whether it is a bar."""
        if not self._few:
            return []
        t, bar = np.atleast_2d(self._example.t), self._net.activations[-1].name in BARS
        several = t.shape[1] > 1
        return [
            {
                "name": slice_words.example(x, k + 1 if several else 0),
                "t": float(t[n, k]),
                "bar": bar,
            }
            for n, x in enumerate(np.atleast_2d(self._example.x))
            for k in range(t.shape[1])
        ]

    def _frame_svg(self):
        i = self._which
        body = slice_picture.picture(
            self._frames[i], self._along[i], self._shapes[i], self._basin(i), ""
        )
        size = slice_picture.WIDTH, slice_picture.HEIGHT
        return diagram.inline(body, *size, "E along the slice, with valleys, basins and descent")

    def _network_svg(self):
        body = diagram.draw(self._net, self._example.names, {}, "both")
        return diagram.inline(body, *diagram.size(self._net.sizes), "The network at the start")

    def _in_words(self):
        row = self.evaluate(np.array([[*self.values.values()]]))[0]
        found = {name: rounded(v, places) for (name, places), v in zip(self.quantities(), row)}
        numbers = {"s": self.start, "eta": self.eta, "q": self.chord, **found}
        i = self._which
        line, shape = self._slices[i], self._shapes[i]
        beyond = slice_words.beyond(line, shape, self._basin(i))
        said = slice_words.said(self._view, line, numbers, beyond)
        return f"Slice lab: E along {slice_words.plain(line)}. {said}"


def _default(weights):
    """XOR: a solution, a net that is stuck, and what lies between."""
    solved, stuck = examples.solved_xor(), examples.stuck_xor()
    named = ("w02", "w12", "u01") if weights is None else _checked_weights(stuck, weights)
    lines = [
        _swap(
            solved, "a solution", "from a solution straight to the same net, hidden units swapped"
        ),
        slice_numbers.line_to(
            stuck.net, solved.net, "line", "from a net that is stuck straight to a solution",
            ("stuck", "a solution"),
        ),
    ]  # fmt: skip
    return stuck, lines + [slice_numbers.along_weight(stuck.net, n, stuck.names[n]) for n in named]


def _of(example, weights, towards):
    """The slices of a given example."""
    if not isinstance(example, Example):
        raise ValueError(
            f"SliceLab needs an example, such as examples.xor(); got {type(example).__name__}. "
            "From a network of your own: Example(net, x, t, eta, names)."
        )
    example.net.error(example.x, example.t)  # complains about shapes
    lines = []
    if len(example.net.sizes) > 2 and example.net.sizes[1] > 1 and _differ(example.net):
        title = "from this net straight to the same net, h1 and h2 swapped"
        lines.append(_swap(example, "this net", title))
    if towards is not None:
        title, ends = "from this net straight to the other one", ("this net", "the other")
        lines.append(slice_numbers.line_to(example.net, towards, "line", title, ends))
    named = _checked_weights(example, example.names if weights is None else weights)
    lines += [slice_numbers.along_weight(example.net, n, example.names[n]) for n in named]
    if not 1 <= len(lines) <= MOST_SLICES:
        raise ValueError(
            f"The slice lab has room for 1 to {MOST_SLICES} slices, and this example has "
            f"{len(lines)}. Say which weights get one, such as weights={list(example.names)[:3]}."
        )
    return example, lines


def _checked_weights(example, weights) -> list[str]:
    weights = [weights] if isinstance(weights, str) else list(weights)
    for name in weights:
        if name not in example.names:
            raise ValueError(f"No weight {name!r}; there are {', '.join(example.names)}.")
    return weights


def _differ(net) -> bool:
    return bool(np.any(slice_numbers.swapped(net).parameters != net.parameters))


def _swap(example, name: str, title: str) -> Slice:
    other = slice_numbers.swapped(example.net)
    return slice_numbers.line_to(example.net, other, "swap", title, (name, "swapped"))


def _first(grid, E, shape) -> int:
    """A position that shows something: beside the highest hill, else on the high side."""
    if not shape.hills:
        return GRID // 8 if E[0] > E[-1] else GRID - GRID // 8
    hill, _ = max(shape.hills, key=lambda h: h[1])
    left, right = (
        min((e for s, e in shape.valleys if (s < hill) == before), default=np.inf)
        for before in (True, False)
    )
    side = -1 if left <= right + 1e-9 else 1  # towards the lower valley
    return int(np.clip(np.abs(grid - hill).argmin() + 4 * side, 0, GRID))


def _best_chord(line, E) -> int:
    """The P from which the chord to the usual Q runs farthest below the curve; 0 on a line."""
    grid = line.grid
    if line.ends:
        return int(np.abs(grid).argmin())
    gap, *_ = slice_ends.chord_gap(grid, E, grid, E, np.full(EACH, grid[Q]), np.full(EACH, E[Q]))
    return int(gap.argmax())


def _sliders(slices: int):
    end = float(slices * EACH - 1)
    return [
        sweep.Slider(START, "start", 0.0, 1.0, slices * EACH - 1, (0.0, end)),
        sweep.scale(ETA, "learning rate", ETAS),
        sweep.Slider(CHORD, "chord", 0.0, 1.0, GRID, (0.0, float(GRID))),
    ]
