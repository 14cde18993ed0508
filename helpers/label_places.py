"""Where the labels of a picture's lines stand, so that none hides another, a node or a line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np


def spread_labels(ends: Mapping, box, fixed) -> dict:
    """A place on its own line for each label of size `box`, so that none hides another.

    ends    (layer, row, column) -> x1, y1, x2, y2
    fixed   boxes to keep off: middle x, middle y, width, height

    Every label tries places along its own line; the cost counts the labels, nodes and lines it
    would cover. Going round a few times, each moves to its cheapest place.
    """
    return dict(_spread(tuple(ends.items()), tuple(box), tuple(map(tuple, fixed))))


@lru_cache(maxsize=64)
def _spread(ends, box, fixed) -> dict:
    ends = dict(ends)
    tries = {key: _along(end) for key, end in ends.items()}
    at = {key: places[len(places) // 3] for key, places in tries.items()}
    near = {key: [o for o in ends if o != key and o[0] == key[0]] for key in ends}
    covered = {  # nodes and lines stay where they are: counted once
        key: _covered(tries[key], box, fixed, [ends[o] for o in near[key]]) for key in ends
    }
    for _ in range(12):
        before = dict(at)
        for key in ends:
            others = [(*at[o], *box) for o in near[key]]
            costs = [
                sum(5 * _overlap((*place, *box), o) for o in others) + nodes + lines
                for place, (nodes, lines) in zip(tries[key], covered[key])
            ]
            at[key] = tries[key][costs.index(min(costs))]
        if at == before:
            break
    return at


def _along(end):
    x1, y1, x2, y2 = end
    return [
        (round(x1 + (x2 - x1) * s / 50, 1), round(y1 + (y2 - y1) * s / 50, 1)) for s in range(6, 45)
    ]


def _overlap(a, b) -> float:
    """The area that two boxes (middle x, middle y, width, height) share."""
    w = (a[2] + b[2]) / 2 - abs(a[0] - b[0])
    h = (a[3] + b[3]) / 2 - abs(a[1] - b[1])
    return max(w, 0) * max(h, 0)


def _covered(places, box, fixed, lines) -> list[tuple[float, float]]:
    """What a label at each place costs for the nodes, and for the lines, that it hides."""
    nodes = [sum(8 * _overlap((*place, *box), f) for f in fixed) for place in places]
    return [(n, int(6 * hidden)) for n, hidden in zip(nodes, _hidden(lines, places, box))]


def _hidden(lines, places, box):
    """How much of the lines runs through a box at each place, in fiftieths of a line."""
    s = np.arange(51)
    x1, y1, x2, y2 = np.array(lines).reshape(-1, 4, 1).swapaxes(0, 1)
    x, y = np.array(places).T[:, :, None, None]
    across = np.abs(x1 + (x2 - x1) * s / 50 - x) < box[0] / 2
    return (across & (np.abs(y1 + (y2 - y1) * s / 50 - y) < box[1] / 2)).sum(axis=(1, 2))
