"""Contour lines on a grid: where a surface has a given height, as lines through grid cells."""

from __future__ import annotations

import numpy as np

# Of a cell's corners (1 left low, 2 right low, 4 right high, 8 left high) those above the level
# -> the edges (0 low, 1 right, 2 high, 3 left) that a line joins.
_JOINS = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip
_SADDLES = {5: (((3, 2), (1, 0)), ((3, 0), (1, 2))), 10: (((0, 3), (2, 1)), ((0, 1), (2, 3)))}


def contour(xs, ys, heights, level: float) -> list[np.ndarray]:
    """The lines on which `heights` (len(ys), len(xs)) equals `level`, an (n, 2) array each.

    A closed line ends where it begins. Between two grid points the surface is taken as straight;
    the middle of a cell decides how a saddle is crossed. An edge of the grid is named the same
    from both of its cells: by its first point, and 1 if it goes along x.
    """
    above = heights > level
    code = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    follows: dict[tuple, list] = {}
    for i, j in np.argwhere((code > 0) & (code < 15)).tolist():
        edges = (i, j, 1), (i, j + 1, 0), (i + 1, j, 1), (i, j, 0)
        for a, b in _joins(int(code[i, j]), heights, i, j, level):
            a, b = edges[a], edges[b]
            follows.setdefault(a, []).append(b)
            follows.setdefault(b, []).append(a)
    return [_crossings(chain, xs, ys, heights, level) for chain in _chains(follows)]


def _joins(code: int, heights, i: int, j: int, level: float):
    """The pairs of edges that lines join in the cell whose first corner is (i, j)."""
    if code in _JOINS:
        return _JOINS[code]
    return _SADDLES[code][bool(heights[i : i + 2, j : j + 2].mean() <= level)]


def _crossings(chain, xs, ys, heights, level) -> np.ndarray:
    """Where the level is on each edge of a chain, (n, 2)."""
    i, j, along_x = np.array(chain).T
    i2, j2 = i + 1 - along_x, j + along_x
    a, b = heights[i, j], heights[i2, j2]
    share = (level - a) / (b - a)
    return np.stack([xs[j] + share * (xs[j2] - xs[j]), ys[i] + share * (ys[i2] - ys[i])], axis=1)


def _chains(follows: dict):
    """Edges in the order of the lines; open lines from an end, then what is closed."""
    ends = [edge for edge, near in follows.items() if len(near) == 1]
    done = set()
    for start in (*ends, *follows):
        if start in done:
            continue
        chain, at = [start], start
        done.add(start)
        while at := next((e for e in follows[at] if e not in done), None):
            done.add(at)
            chain.append(at)
        if len(follows[start]) == 2:
            chain.append(start)
        yield chain
