"""The slices of a slice lab and every number on them, for many starts, etas and chords at once."""

from __future__ import annotations

import numpy as np

from ..plots import slice_ends, slice_picture
from ..plots.slice_numbers import EACH, GRID, STEPS, Surface, descend, flat
from . import slice_words

Q = 130  # usual position of the chord's other end: 1 on a line
BESIDE = 4  # positions from the top of a hill to the first start
MOST_OUTPUTS = 8  # that are listed, examples times outputs
BARS = ("sigmoid", "softmax")  # outputs between 0 and 1


class SliceSet:
    """Slices of one network's shape and data, with their curves and shapes.

    A place is one number: `EACH` times the slice's number, and the position on its grid. So one
    slider holds every start of every slice, and the browser can choose a slice by itself.
    """

    def __init__(self, example, lines):
        self.example, self.lines = example, lines
        self.names = [line.name for line in lines]
        self.surface = Surface(*example)
        self.grids = [line.grid for line in lines]
        self.curves = [self.surface.errors(c.weights(g)) for c, g in zip(lines, self.grids)]
        self.shapes = [slice_ends.shape_of(self.surface, line) for line in lines]
        self.frames = [slice_picture.Frame(c, E) for c, E in zip(lines, self.curves)]
        self.firsts = [first(*of) for of in zip(self.grids, self.curves, self.shapes)]
        self.best = [best_chord(*of) for of in zip(lines, self.curves)]
        self.listed = np.size(example.t) if np.size(example.t) <= MOST_OUTPUTS else 0
        self._flat = [flat(example.net, places[0]) for places in example.names.values()]
        self._paths, self._paths_at = None, None

    def quantities(self) -> list[tuple[str, int]]:
        """Name and shown decimals of what `numbers` gives."""
        return [
            ("E", 6), ("slope", 6), ("end", 4), ("E_end", 6), ("slope_end", 6), ("how", 0),
            ("home", 0), ("steps", 0), ("E_chord", 6), ("gap", 6), ("gap_at", 4), ("height", 6),
            *((f"s{k}", 4) for k in range(1, slice_picture.SHOWN + 1)),
            *((name, 2) for name in self.example.names),
            *((f"y{k}", 4) for k in range(1, self.listed + 1)),
        ]  # fmt: skip

    def numbers(self, settings, eta_now: float):
        """Every quantity for settings (k, 3): place, eta, position of the chord's other end."""
        place, eta, other = np.asarray(settings, float).T
        which, s = self.read(place)
        path = self._path_of(place, which, s, eta, eta_now)
        found = np.empty((len(s), len(self.quantities())))
        for i in np.unique(which):
            rows = which == i
            found[rows] = self._on_one(i, path[:, rows], other[rows])
        return found

    def read(self, place):
        """Slices and positions s of places."""
        which = np.floor(place / EACH).astype(int)
        low, step = (np.array([getattr(c, key) for c in self.lines]) for key in ("low", "step"))
        return which, np.round(low[which] + step[which] * (place - which * EACH), 9)

    def _on_one(self, i, path, other):
        line, shape, surface = self.lines[i], self.shapes[i], self.surface
        how, steps = slice_ends.ends(line, shape, path)
        P, P_end = line.weights(path[0]), line.weights(path[-1])
        E, s_other = surface.errors(P), line.low + line.step * other
        E_other = surface.errors(line.weights(s_other))
        gap = slice_ends.chord_gap(self.grids[i], self.curves[i], path[0], E, s_other, E_other)
        seen = slice_ends.visible_steps(path, line.width, slice_picture.SHOWN)
        columns = [
            E, surface.slopes(P, line.d), path[-1], surface.errors(P_end),
            surface.slopes(P_end, line.d), how, shape.home(path[0]), steps, E_other, *gap,
            *seen[1:], *P[:, self._flat].T,
        ]  # fmt: skip
        if self.listed:
            columns += [*surface.outputs(P).reshape(len(P), -1).T]
        return np.stack(columns, axis=1)

    # ---- descents

    def paths(self, settings, eta_now: float):
        """Every position of the descents of these settings, (STEPS + 1, k)."""
        place, eta, _ = np.asarray(settings, float).T
        return self._path_of(place, *self.read(place), eta, eta_now)

    def _path_of(self, place, which, s, eta, eta_now):
        """Every position of these descents; those from the grid at the current eta are at hand."""
        lines = [self.lines[i] for i in which]
        known = (eta == eta_now) & (place % 1 == 0)
        if np.count_nonzero(known) < 2 and self._paths_at != eta_now:  # too few to run them all
            return descend(self.surface, lines, s, eta)
        path = np.empty((STEPS + 1, len(s)))
        path[:, known] = self.from_grid(eta_now)[:, place[known].astype(int)]
        rest = np.flatnonzero(~known)
        if len(rest):
            path[:, rest] = descend(self.surface, [lines[k] for k in rest], s[rest], eta[rest])
        return path

    def from_grid(self, eta: float):
        """The descents from every place, (STEPS + 1, places)."""
        if self._paths_at != eta:
            lines = [line for line in self.lines for _ in range(EACH)]
            starts = np.concatenate(self.grids)
            self._paths = descend(self.surface, lines, starts, np.full(len(lines), eta))
            self._paths_at = eta
        return self._paths

    def basin(self, i: int, eta: float):
        """How the descent from each position of slice i ends."""
        path = self.from_grid(eta)[:, i * EACH : (i + 1) * EACH]
        return slice_ends.ends(self.lines[i], self.shapes[i], path)[0]

    # ---- for the browser

    def describe(self, i: int) -> dict:
        """What the browser must know of one slice, once."""
        line, frame = self.lines[i], self.frames[i]
        return {
            "name": line.name,
            "label": slice_words.label(line),
            "plain": slice_words.symbol(line),
            "low": line.low,
            "step": line.step,
            "first": self.firsts[i],
            "p": self.best[i],
            "E": [frame.low, frame.high],
            "scales": slice_picture.scales(frame),
            "curve": slice_picture.curve(frame, self.curves[i]),
            "letters": slice_picture.letters(frame, self.shapes[i]),
        }

    def basins(self, i: int, eta: float) -> dict:
        """What the browser must know of one slice at this eta."""
        line, shape, how = self.lines[i], self.shapes[i], self.basin(i, eta)
        return {
            "band": slice_picture.band(how),
            "key": slice_words.key(line, shape, how),
            "beyond": slice_words.beyond(line, shape, how),
        }

    def outputs(self) -> list[dict]:
        """Every listed output: what to call it, its target, and whether it is a bar."""
        if not self.listed:
            return []
        net, x, t = self.example.net, *map(np.atleast_2d, (self.example.x, self.example.t))
        bar, several = net.activations[-1].name in BARS, t.shape[1] > 1
        return [
            {"name": slice_words.example(x[n], k + 1 if several else 0), "t": float(v), "bar": bar}
            for (n, k), v in np.ndenumerate(t)
        ]


def first(grid, E, shape) -> int:
    """A position that shows something: beside the highest hill, else on the high side."""
    if not shape.hills:
        return GRID // 8 if E[0] > E[-1] else GRID - GRID // 8
    hill, _ = max(shape.hills, key=lambda h: h[1])
    left, right = (
        min((e for s, e in shape.valleys if (s < hill) == before), default=np.inf)
        for before in (True, False)
    )
    side = -1 if left <= right + 1e-9 else 1  # towards the lower valley
    return int(np.clip(np.abs(grid - hill).argmin() + BESIDE * side, 0, GRID))


def best_chord(line, E) -> int:
    """The P from which the chord to the usual Q runs farthest below the curve; 0 on a line."""
    grid = line.grid
    if line.ends:
        return int(np.abs(grid).argmin())
    gap, *_ = slice_ends.chord_gap(grid, E, grid, E, np.full(EACH, grid[Q]), np.full(EACH, E[Q]))
    return int(gap.argmax())
