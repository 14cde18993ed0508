"""Sweeps: every number a lab shows, for every position of each of its sliders, ahead of time.

A slider must answer within a frame, and Python may be 200 ms away. So Python computes, for each
slider, all shown quantities over that slider's whole range while the others stand still, in one
vectorised call, and sends the table. The browser looks numbers up; it never computes one.

A sweep belongs to the values the sliders had when it was computed (`values`). The table of one
slider stays right for as long as the *other* sliders keep those values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

LARGEST = 100.0


@dataclass(frozen=True)
class Slider:
    """One number that the reader can move.

    name    label and accessible name, such as "w5"
    group   heading under which it stands
    steps   number of steps from low to high; position k means low + k * step
    bounds  what may be typed; the slider's range moves along within them
    place   row, column and number of columns under the heading, counted from 1
    """

    name: str
    group: str
    low: float
    step: float
    steps: int
    bounds: tuple[float, float] = (-LARGEST, LARGEST)
    place: tuple[int, int, int] = (1, 1, 1)

    @property
    def high(self) -> float:
        return round(self.low + self.step * self.steps, 10)

    @property
    def row(self) -> dict:
        """Its positions, for the browser."""
        return {"low": self.low, "step": self.step, "steps": self.steps}

    def grid(self) -> np.ndarray:
        """The values at all positions."""
        return np.round(self.low + self.step * np.arange(self.steps + 1), 10)

    def holding(self, value: float) -> Slider:
        """The same slider, its range moved so that `value` lies in it."""
        if self.low <= value <= self.high:
            return self
        width = self.step * self.steps
        low = min(max(value - width / 2, self.bounds[0]), self.bounds[1] - width)
        return replace(self, low=round(round(low / self.step) * self.step, 10))

    def checked(self, value) -> float:
        """`value` as a float; ValueError in words if it is no number or out of bounds."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise ValueError(f"{self.name} needs a number; got {value!r}.") from None
        low, high = self.bounds
        if not low <= number <= high:
            raise ValueError(f"{self.name} takes numbers from {low:g} to {high:g}; got {value!r}.")
        return number


@dataclass(frozen=True)
class Scale(Slider):
    """A slider over given numbers that are not evenly spaced, as on a logarithmic scale.

    Made by `scale`; its positions are those of `numbers`, and its range stays where it is.
    """

    numbers: tuple[float, ...] = ()

    @property
    def high(self) -> float:
        return self.numbers[-1]

    @property
    def row(self) -> dict:
        return {**super().row, "grid": list(self.numbers)}

    def grid(self) -> np.ndarray:
        return np.array(self.numbers)

    def holding(self, value: float) -> Slider:
        return self


def scale(name: str, group: str, numbers: Sequence[float], **more) -> Scale:
    """A slider over these rising numbers; what is typed may lie between them."""
    ends = (numbers[0], numbers[-1])
    more = {"bounds": ends, **more}
    return Scale(name, group, ends[0], 1, len(numbers) - 1, numbers=tuple(numbers), **more)


def in_range(name: str, group: str, value: float, low: float, high: float, **more) -> Slider:
    """A slider in hundredths from low to high, moved if `value` lies elsewhere."""
    steps = round((high - low) / 0.01)
    return Slider(name, group, low, 0.01, steps, **more).holding(value)


def points(sliders: Sequence[Slider], values: Sequence[float]) -> np.ndarray:
    """All settings of a sweep, (1 + total positions, number of sliders): first `values` itself,
    then for each slider a row per position, with the other sliders at `values`.
    """
    grids = [s.grid() for s in sliders]
    rows = np.tile(np.asarray(values, float), (1 + sum(map(len, grids)), 1))
    at = 1
    for column, grid in enumerate(grids):
        rows[at : at + len(grid), column] = grid
        at += len(grid)
    return rows


def table(
    sliders: Sequence[Slider],
    values: Sequence[float],
    evaluate: Callable[[np.ndarray], np.ndarray],
    places: Sequence[int | None],
    dtype: str = "<f4",
) -> dict:
    """The sweep as the browser gets it.

    evaluate  (k, sliders) settings -> (k, quantities), in one vectorised call
    places    decimals shown of each quantity; numbers are rounded here, so that the browser shows
              digit for digit what Python would print; None leaves a number as it is
    dtype     "<f4", or "<f8" where more than seven digits are shown

    Returns `values`, `state` (the quantities at `values`, None where one has no value), `rows`
    (for each slider its grid, the quantities that change along it, and where they start in
    `data`) and `data`, as `bytes` each.
    """
    settings = points(sliders, values)
    found = evaluate(settings)
    scale = 10.0 ** np.array([p or 0 for p in places])
    exact = [p is None for p in places]
    rounded = np.where(exact, found, np.rint(found * scale) / scale + 0.0).astype(dtype)
    rows, blocks, at, start = [], [], 1, 0
    for slider in sliders:
        count = slider.steps + 1
        block = rounded[at : at + count]
        moved = np.flatnonzero((block != rounded[0]).any(axis=0))
        rows.append({**slider.row, "start": start, "moves": moved.tolist()})
        blocks.append(block[:, moved].T.ravel())
        at += count
        start += count * len(moved)
    return {
        "values": [float(v) for v in values],
        "state": [float(v) if np.isfinite(v) else None for v in rounded[0].astype(float)],
        "rows": rows,
        "bytes": np.dtype(dtype).itemsize,
        "data": np.concatenate(blocks).tobytes(),
    }
