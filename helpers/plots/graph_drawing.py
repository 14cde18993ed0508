"""The drawing of a computation graph as SVG.

A box is an input (square corners) or a gate (round ones). What is pink is a slope: in the little
labels on the lines the local ones, at the foot of a box the slope of the output with respect to
it. Elements carry data attributes, by which the lab's browser module finds what to redraw:

    data-node="w"   a box               data-value="w"    text: its value
    data-slope="w"  text: its slope     data-local="w>s"  text: a local slope
    data-paths="w"  all paths from this node to the output
"""

from __future__ import annotations

from html import escape
from itertools import pairwise

import numpy as np

from . import graph_layout
from .graph_layout import HEIGHT, STRIP
from .graph_text import MOST_PATHS, box_width, colour, formula, places, shown_value, trimmed

LABEL = (48, 15)
DASHES = ("none", "7 4", "2 3", "9 3 2 3")
SLOPE_FILL = "fill:var(--bp-gradient);fill-opacity:.3"


def drawing(graph, values=True, local=True, slopes=False, choose=None, turned=False):
    """(body, width, height). `choose="*"` draws the paths of all nodes, for a page to show one."""
    at = graph_layout.layout(graph, box_width(graph), slopes, turned)
    shown = places(graph)
    chosen = graph.values if choose == "*" else [choose] if choose else []
    parts = [_edge(points, at) for points in at.lines.values()]
    parts += [_paths(graph, name, at) for name in chosen]
    if local:
        spots = _label_spots(at)
        parts += [_label(spots[edge], edge, v, shown["local"]) for edge, v in graph.local.items()]
    parts = [f'<g aria-hidden="true">{"".join(parts)}</g>']
    for name in sorted(graph.values, key=lambda n: at.boxes[n][:: -1 if turned else 1]):
        slope = trimmed(graph.slopes[name], shown["slope"]) if slopes else None
        value = shown_value(graph, name, graph.values[name]) if values else None
        parts.append(_box(graph, name, at, value, slope, choose == name))
    return "".join(parts), at.width, at.height


def _curve(points, at, shift: float = 0.0) -> str:
    """A path through the points, straight past boxes and curved between them."""
    flat = [(y, x) if at.turned else (x, y) for x, y in points]
    (x, y), *rest = [(u, v + shift) for u, v in flat]
    pieces = [_point("M", [(x, y)], at)]
    for k, (u, v) in enumerate(rest):
        middle = (x + u) / 2
        straight = k % 2 == 1
        pieces.append(
            _point("L", [(u, v)], at)
            if straight
            else _point("C", [(middle, y), (middle, v), (u, v)], at)
        )
        x, y = u, v
    return "".join(pieces)


def _point(command: str, points, at) -> str:
    return command + " ".join(
        f"{v:.4g} {u:.4g}" if at.turned else f"{u:.4g} {v:.4g}" for u, v in points
    )


def _edge(points, at) -> str:
    x, y = points[-1]
    head = "l-4 -7h8z" if at.turned else "l-7 -4v8z"
    return (
        f'<path d="{_curve(points, at)}" style="fill:none;stroke:var(--bp-muted);'
        f'stroke-width:1.4"/><path d="M{x:g} {y:g}{head}" style="fill:var(--bp-muted)"/>'
    )


def _paths(graph, name: str, at) -> str:
    """All paths from a node, side by side where they share a line."""
    paths = graph.paths(name)[:MOST_PATHS]
    users = {}
    for k, path in enumerate(paths):
        for edge in pairwise(path.nodes):
            users.setdefault(edge, []).append(k)
    lines = []
    for k, path in enumerate(paths):
        pieces = []
        for edge in pairwise(path.nodes):
            n = len(users[edge])
            shift = min(5.0, 20 / n) * (users[edge].index(k) - (n - 1) / 2)
            pieces.append(_curve(at.lines[edge], at, shift))
        lines.append(f'<path d="{"".join(pieces)}" style="{path_style(k)}"/>')
    return f'<g data-paths="{escape(name)}">{"".join(lines)}</g>'


def path_style(k: int) -> str:
    """Paths differ in their dashes, and every second one is darker."""
    colour = "var(--bp-gradient)"
    if k % 2:
        colour = f"color-mix(in srgb,{colour} 55%,var(--bp-text))"
    return (
        f"fill:none;stroke:{colour};stroke-width:3.6;stroke-linejoin:round;"
        f"stroke-dasharray:{DASHES[k % len(DASHES)]}"
    )


def _label_spots(at) -> dict:
    """A place for each local slope on its own line, where it covers no other, no box, no line.

    Every label tries places along its own line; going round a few times, each moves to its
    cheapest one.
    """
    boxes = np.array([(x, y, *at.box) for x, y in at.boxes.values()])
    tries = {e: _along(line, at, np.arange(5, 21) / 25) for e, line in at.lines.items()}
    courses = {e: _along(line, at, np.arange(31) / 30) for e, line in at.lines.items()}
    still = {}
    for e, free in tries.items():
        others = np.concatenate([c for o, c in courses.items() if o != e] or [np.empty((0, 2))])
        still[e] = 4 * _shared(free, boxes) + 9 * _covered(free, others)
        still[e] += abs(free - courses[e][15]).sum(axis=1)
    spots = {e: free[8] for e, free in tries.items()}
    for _ in range(8):
        before = dict(spots)
        for e, free in tries.items():
            others = np.array([(*p, *LABEL) for o, p in spots.items() if o != e]).reshape(-1, 4)
            spots[e] = free[np.argmin(np.round(still[e] + 8 * _shared(free, others), 6))]
        if all(np.array_equal(spots[e], before[e]) for e in spots):
            break
    return {e: (float(x), float(y)) for e, (x, y) in spots.items()}


def _apart(places, others):
    """How far (in x, in y) each label lies from each other thing, (places, others, 2)."""
    return abs(places[:, None, :] - others[None, :, :2])


def _shared(places, boxes):
    """The area that a label at each place shares with all boxes (middle x, y, width, height)."""
    room = (np.add(LABEL, (4, 3)) + boxes[None, :, 2:]) / 2 - _apart(places, boxes)
    return np.maximum(room, 0).prod(axis=2).sum(axis=1)


def _covered(places, points):
    """How many of these points a label at each place covers."""
    return (_apart(places, points) < np.add(LABEL, (4, 3)) / 2).all(axis=2).sum(axis=1)


def _along(points, at, t):
    """Points (len(t), 2) of the first curved piece of a line."""
    (x0, y0), (x1, y1) = (p[::-1] if at.turned else p for p in points[:2])
    s = 1 - t
    u = s**3 * x0 + 3 * s * t * (x0 + x1) / 2 + t**3 * x1
    v = (s**3 + 3 * s * s * t) * y0 + (3 * s * t * t + t**3) * y1
    found = np.round(np.stack([u, v], axis=1), 1)
    return found[:, ::-1] if at.turned else found


def _label(spot, edge, v: float, decimals: int) -> str:
    x, y = spot
    w, h = LABEL
    return (
        f'<rect x="{x - w / 2:g}" y="{y - h / 2:g}" width="{w}" height="{h}" rx="7" '
        'style="fill:var(--bp-paper)"/>'
        f'<rect x="{x - w / 2:g}" y="{y - h / 2:g}" width="{w}" height="{h}" rx="7" '
        f'style="{SLOPE_FILL}"/>'
        f'<text x="{x:g}" y="{y + 4:g}" style="font-size:11px" data-local="{edge[0]}>{edge[1]}">'
        f"{trimmed(v, decimals)}</text>"
    )


def _box(graph, name: str, at, value, slope, chosen: bool) -> str:
    (x, y), (w, h) = at.boxes[name], at.box
    left, top = x - w / 2, y - h / 2
    ink = colour(name)
    round_ = 3 if name in graph.inputs else 13
    frame = f'x="{left:g}" y="{top:g}" width="{w}" height="{h:g}" rx="{round_}"'
    width = 3.4 if chosen else 2 if ink != "muted" else 1.6
    parts = [
        f'<rect class="behind" {frame}/>',
        f'<rect class="box" {frame} style="fill:var(--bp-{ink});fill-opacity:.13;'
        f'stroke:var(--bp-{ink});stroke-width:{width}"/>',
    ]
    middle, written = top + HEIGHT / 2, formula(graph, name)
    if value is None:
        parts.append(f'<text x="{x:g}" y="{middle + 4:g}">{written}</text>')
    else:
        parts.append(f'<text x="{x:g}" y="{top + 18:g}" class="small">{written}</text>')
        parts.append(
            f'<text x="{x:g}" y="{top + 36:g}" class="strong" data-value="{escape(name)}">'
            f"{value}</text>"
        )
    if slope is not None:
        parts.append(_foot(name, x, top, w, round_, slope))
    return f'<g data-node="{escape(name)}">{"".join(parts)}</g>'


def _foot(name: str, x: float, top: float, w: float, r: float, slope: str) -> str:
    left, y, h = x - w / 2, top + HEIGHT, STRIP
    d = f"M{left:g} {y:g}h{w}v{h - r:g}q0 {r:g} {-r:g} {r:g}h{2 * r - w:g}q{-r:g} 0 {-r:g} {-r:g}z"
    return (
        f'<path d="{d}" style="{SLOPE_FILL}"/><text x="{x:g}" y="{y + 13:g}" '
        f'style="font-size:11.5px">← <tspan data-slope="{escape(name)}">{slope}</tspan></text>'
    )
