"""Slices of E, their shape: valleys, hills, and where a descent ends. See slice_numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .slice_numbers import FAR, Slice, Surface

# How a descent ends: in valley 0, 1, 2, ... or
ON_ITS_WAY, STUCK, SWINGS, LEFT, RIGHT, GONE = range(10, 16)
NO_VALLEY = 20  # where a start would lead that follows the slope, if not to a valley
LEAVES = (LEFT, RIGHT, GONE)
LETTERS = "ABCDEFGHIJ"
FLOOR = 0.01  # of the range of E: no higher above the lowest point, and it is a valley's floor
NEAR = 0.004  # of a slice's width: a swing that can be seen
CREEP = 0.01  # of its width, in the last half of the steps: who moves less is stuck
FINE = 5  # points between two positions of the grid, for finding valleys
SHALLOW = 0.002  # of the whole range of E: a dent that is no valley
VISIBLE = 0.005  # of its width: a step that can be seen
LATEST = 20  # steps that tell whether a descent swings


@dataclass(frozen=True)
class Shape:
    """Valleys and hills of a slice, from left to right, as (s, E).

    floors   of each valley, from where to where E is as low as at its lowest point, nearly
    """

    valleys: tuple[tuple[float, float], ...]
    hills: tuple[tuple[float, float], ...]
    floors: tuple[tuple[float, float], ...]

    def home(self, s) -> np.ndarray:
        """The valley that a very small eta would reach from s, or NO_VALLEY."""
        between = [np.searchsorted([at for at, _ in self.hills], at) for at, _ in self.valleys]
        found = np.full(len(self.hills) + 1, NO_VALLEY)
        found[between] = np.arange(len(self.valleys))
        return found[np.searchsorted([at for at, _ in self.hills], s)]


def shape_of(surface: Surface, line: Slice) -> Shape:
    """Where dE/ds changes its sign, bisected; dents are left out."""
    fine = np.linspace(line.low, line.high, FINE * (len(line.grid) - 1) + 1)
    sign = np.sign(surface.slopes(line.weights(fine), line.d))
    known = np.flatnonzero(sign)
    turns = [(i, j) for i, j in pairwise(known) if sign[i] != sign[j]]
    if not turns:
        return Shape((), (), ())
    left, right = (fine[[turn[k] for turn in turns]] for k in (0, 1))
    falls = sign[[i for i, _ in turns]]
    for _ in range(60):
        middle = (left + right) / 2
        same = np.sign(surface.slopes(line.weights(middle), line.d)) == falls
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    E = surface.errors(line.weights(left))
    points = [(float(s), float(e), f < 0) for s, e, f in zip(left, E, falls)]
    along = surface.errors(line.weights(fine))
    points = _without_dents(points, SHALLOW * np.ptp(along))
    valleys = tuple((s, e) for s, e, valley in points if valley)
    hills = tuple((s, e) for s, e, valley in points if not valley)
    floors = tuple(_floor(fine, along, *valley) for valley in valleys)
    return Shape(valleys, hills, floors)


def _floor(fine, along, s, e):
    """The stretch around s where E is less than FLOOR of its range above e."""
    high = np.flatnonzero(along > e + FLOOR * np.ptp(along))
    left, right = high[fine[high] < s], high[fine[high] > s]
    ends = fine[left[-1]] if len(left) else fine[0], fine[right[0]] if len(right) else fine[-1]
    return float(ends[0]), float(ends[1])


def _without_dents(points, least):
    """Take out neighbours, one valley and one hill, that differ by less than `least`."""
    while len(points) > 1:
        depths = [abs(a[1] - b[1]) for a, b in pairwise(points)]
        k = int(np.argmin(depths))
        if depths[k] >= least:
            break
        points = points[:k] + points[k + 2 :]
    return points


def ends(line: Slice, shape: Shape, path) -> tuple[np.ndarray, np.ndarray]:
    """(how, steps) of descents, path (steps + 1, k): how each ends, and after how many steps.

    how     the number of a valley, or one of the words above
    steps   until it stays there; all of them where it does not reach a valley
    """
    last, end = len(path) - 1, path[-1]
    how = np.where(abs(end - path[last // 2]) > CREEP * line.width, ON_ITS_WAY, STUCK)
    moves = np.diff(path[-LATEST - 1 :], axis=0)
    to_and_fro = (moves[1:] * moves[:-1] < 0).any(axis=0)
    how[to_and_fro & (np.ptp(moves, axis=0) > NEAR * line.width)] = SWINGS
    how[(how != SWINGS) & (end < line.low)] = LEFT
    how[(how != SWINGS) & (end > line.high)] = RIGHT
    steps = np.full(path.shape[1], last)
    for v, (low, high) in enumerate(shape.floors):
        outside = (path < low) | (path > high)
        stays = ~outside[-LATEST:].any(axis=0)
        how[stays] = v
        came = np.where(outside.any(axis=0), last + 1 - outside[::-1].argmax(axis=0), 0)
        steps[stays] = came[stays]
    middle = (line.low + line.high) / 2
    how[~(abs(end - middle) < FAR * line.width)] = GONE
    return how, steps


def short(how: int) -> str:
    """One word or letter for an end."""
    if how < ON_ITS_WAY:
        return LETTERS[how]
    return {ON_ITS_WAY: "slow", STUCK: "stuck", SWINGS: "swings"}.get(how, "leaves")


def pieces(how) -> list[tuple[int, int, int]]:
    """Runs of equal ends along a grid, as (end, first position, last position)."""
    cuts = [0, *(np.flatnonzero(np.diff(how)) + 1), len(how)]
    return [(int(how[a]), int(a), int(b) - 1) for a, b in pairwise(cuts)]


def chord_gap(grid, E, s_one, E_one, s_other, E_other):
    """How far the curve rises above a chord, over the grid between its ends; arrays (k,).

    Returns the largest E(s) - chord(s), the s where it is, and the chord's height there. For a
    convex function it is never above 0.
    """
    ends = s_one, E_one, s_other, E_other
    s_one, E_one, s_other, E_other = (np.asarray(v, float)[:, None] for v in ends)
    span = np.where(s_other == s_one, 1.0, s_other - s_one)
    share = (grid - s_one) / span
    chord = E_one + share * (E_other - E_one)
    above = np.where((share >= 0) & (share <= 1) & (s_other != s_one), E - chord, -np.inf)
    k = above.argmax(axis=1)
    rows = np.arange(len(k))
    some = np.isfinite(above[rows, k])
    gap = np.where(some, above[rows, k], 0.0)
    at = np.where(some, grid[k], s_one[:, 0])
    return gap, at, np.where(some, chord[rows, k], E_one[:, 0])


def visible_steps(path, width: float, most: int) -> np.ndarray:
    """The positions of descents, (steps + 1, k), that can be told apart on a picture.

    Small steps are drawn together, big ones never: each row of the (most + 1, k) positions is
    more than VISIBLE of the width away from the row before. NaN where there are no more.
    """
    kept = np.full((most + 1, path.shape[1]), np.nan)
    kept[0] = last = path[0].copy()
    count = np.zeros(path.shape[1], int)
    for before, now in pairwise(path):
        moved = abs(now - last) > VISIBLE * width
        jumped = moved & (abs(now - before) > VISIBLE * width) & (before != last)
        for mask, value in ((jumped, before), (moved, now)):
            mask &= count < most
            count[mask] += 1
            kept[count[mask], np.flatnonzero(mask)] = value[mask]
            last = np.where(mask, value, last)
    return kept
