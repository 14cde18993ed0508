"""The picture of a slice of E as SVG: curve, valleys, basins, a descent's trail, or a chord.

The slice lab sends these same pieces to the browser, which only moves points over them.
"""

from __future__ import annotations

from html import escape

import numpy as np

from .. import diagram
from . import slice_ends
from .slice_numbers import GRID, Slice

WIDTH, HEIGHT = 460, 306
LEFT, RIGHT, TOP, LOWEST, AXIS = 64, 446, 54, 214, 238  # letters fit between curve and axis
BAND = (242, 260)
SHOWN = 40  # visible steps of a descent that are drawn
ROOM, WIDE, HIGH = 58, 120, 20  # half the width of words at a point; how far apart two of them

INK = {
    "trail": "fill:none;stroke:var(--bp-velocity);stroke-width:1.6",
    "dots": "fill:var(--bp-velocity);stroke:var(--bp-paper);stroke-width:.8",
    "start": "fill:var(--bp-error);stroke:var(--bp-paper);stroke-width:1.5",
    "end": "fill:var(--bp-paper);stroke:var(--bp-velocity);stroke-width:3",
    "drop": "fill:none;stroke:var(--bp-muted);stroke-width:1.2;stroke-dasharray:3 3",
    "chord": "fill:none;stroke:var(--bp-text);stroke-width:2",
    "above": "fill:var(--bp-error);fill-opacity:.2",
    "gap": "fill:none;stroke:var(--bp-text);stroke-width:1.4;stroke-dasharray:2 2",
    "grid": "fill:none;stroke:var(--bp-line);stroke-width:1",
}


class Frame:
    """Where things stand: x of a position s, y of an error E."""

    def __init__(self, line: Slice, E):
        low, high = float(np.min(E)), float(np.max(E))
        if high - low < 0.002:
            middle = max((low + high) / 2, 0.001)
            low, high = middle - 0.001, middle + 0.001
        self.line, self.low, self.high = line, low, high

    def x(self, s) -> float:
        return LEFT + (RIGHT - LEFT) * (s - self.line.low) / self.line.width

    def y(self, e) -> float:
        return LOWEST - (LOWEST - TOP) * (e - self.low) / (self.high - self.low)


def text(x, y, body, anchor="middle", css="small", more=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{css}" style="text-anchor:{anchor}"{more}>'
        f"{body}</text>"
    )


def tick(v: float) -> str:
    return f"{round(v, 4):g}".replace("-", "−")


def scales(frame: Frame) -> str:
    """Axes, their numbers, and what is along them."""
    line = frame.line
    along_line = bool(line.ends)
    at = (0, 0.5, 1) if along_line else line.low + line.width * np.linspace(0, 1, 5)
    parts = []
    for s in at:
        x = frame.x(s)
        parts.append(f'<path style="{INK["grid"]}" d="M{x:.1f} {TOP}V{AXIS}"/>')
        if not (along_line and s in (0, 1)):
            parts.append(text(x, BAND[1] + 16, tick(s)))
    for s, words in zip((0, 1), line.ends):
        parts.append(text(frame.x(s), BAND[1] + 16, escape(words), css="small strong"))
    name = "share of the way" if along_line else diagram.letters(line.name)
    parts += [
        f'<path class="axis" d="M{LEFT} {TOP}V{AXIS}H{RIGHT}"/>',
        text(LEFT - 6, TOP + 5, diagram.number(frame.high, 4), "end"),
        text(LEFT - 6, LOWEST + 4, diagram.number(frame.low, 4), "end"),
        text((LEFT + RIGHT) / 2, BAND[1] + 36, name),
        text(8, 18, f'<tspan class="it error">E</tspan> {title(line)}', "start"),
    ]
    return "".join(parts)


def title(line: Slice) -> str:
    if line.ends:
        return escape(line.title)
    return f"along {diagram.letters(line.name)}, all other weights held"


def curve(frame: Frame, E) -> str:
    """The points of the curve."""
    return " ".join(f"{frame.x(s):.1f},{frame.y(e):.1f}" for s, e in zip(frame.line.grid, E))


def letters(frame: Frame, shape) -> str:
    """A letter below the floor of each valley."""
    return "".join(
        text(frame.x((low + high) / 2), frame.y(e) + 17, slice_ends.LETTERS[v], css="strong halo")
        for v, ((_, e), (low, high)) in enumerate(zip(shape.valleys, shape.floors))
    )


# ---- basins


def band(how) -> str:
    """Under each start, where it leads."""
    step = (RIGHT - LEFT) / GRID
    parts = []
    for end, first, last in slice_ends.pieces(how):
        x0 = max(LEFT, LEFT + step * (first - 0.5))
        x1 = min(RIGHT, LEFT + step * (last + 0.5))
        parts.append(fill(end, x0, x1, *BAND))
        words = slice_ends.short(end)
        if x1 - x0 > 9 * len(words) + 6:
            parts.append(text((x0 + x1) / 2, BAND[1] - 4.5, words, css="small strong halo"))
    x, y, width, height = LEFT, BAND[0], RIGHT - LEFT, BAND[1] - BAND[0]
    outline = f'<rect class="axis" x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return "".join(parts) + outline


def fill(end: int, x0, x1, y0, y1) -> str:
    """A rectangle in the pattern of this end."""

    def box(style):
        return (
            f'<rect x="{x0:.1f}" y="{y0}" width="{x1 - x0:.1f}" height="{y1 - y0}" '
            f'style="{style}"/>'
        )

    if end < slice_ends.ON_ITS_WAY:
        return _valley_fill(end, box, x0, x1, y0, y1)
    if end in slice_ends.LEAVES:
        return box("fill:var(--bp-muted);fill-opacity:.45")
    if end == slice_ends.SWINGS:
        middle, style = (y0 + y1) / 2, "fill:none;stroke:var(--bp-muted);stroke-width:1.4"
        heights = (middle - 3, middle + 3)
        corners = enumerate(np.arange(x0, x1 + 0.01, 4))
        zigzag = " ".join(f"{x:.1f},{heights[k % 2]:.1f}" for k, x in corners)
        return f'<polyline points="{zigzag}" style="{style}"/>'
    return ""  # stuck, or on its way: empty


def _valley_fill(end, box, x0, x1, y0, y1):
    """Solid, upright stripes, level stripes, in turn."""
    tint, stroke = ("fill:var(--bp-velocity);fill-opacity:", "fill:none;stroke:var(--bp-velocity)")
    if end % 3 == 0:
        return box(f"{tint}.75")
    if end % 3 == 1:
        at = np.arange(np.ceil(x0 / 6) * 6, x1, 6)
        lines = "".join(f"M{x:.1f} {y0}V{y1}" for x in at)
    else:
        lines = "".join(f"M{x0:.1f} {y}H{x1:.1f}" for y in (y0 + 3, y0 + 9, y0 + 15) if y < y1)
    return box(f"{tint}.15") + f'<path d="{lines}" style="{stroke};stroke-width:2.4"/>'


# ---- what moves


def trail(frame: Frame, E, path) -> str:
    """The steps of a descent that can be seen: hops and dots."""
    seen = slice_ends.visible_steps(path[:, None], frame.line.width, SHOWN)[:, 0]
    points = trail_points(frame, E, seen[~np.isnan(seen)])
    hops, dots = [], []
    before = None
    for p in points:
        if p is not None and before is not None:
            hops.append(f"M{before[0]:.1f} {before[1]:.1f}L{p[0]:.1f} {p[1]:.1f}")
        if p is not None and p is not points[0]:
            dots.append(f'<circle cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="2.6"/>')
        before = p
    return f'<path style="{INK["trail"]}" d="{"".join(hops)}"/><g style="{INK["dots"]}">' + (
        "".join(dots) + "</g>"
    )


def trail_points(frame: Frame, E, path):
    """(x, y) of each position, on the curve as it is drawn; None outside of the picture."""
    line = frame.line
    inside = (path >= line.low) & (path <= line.high)
    heights = np.interp(path, line.grid, E)
    return [(frame.x(s), frame.y(e)) if seen else None for s, e, seen in zip(path, heights, inside)]


def descent(frame: Frame, E, path, E_ends) -> str:
    """Start, trail and end, with their errors."""
    start, end = trail_points(frame, E, np.array([path[0], path[-1]]))
    parts = [
        f'<path style="{INK["drop"]}" d="M{start[0]:.1f} {start[1]:.1f}V{BAND[0]}"/>',
        trail(frame, E, path),
    ]
    if end:
        parts.append(f'<circle style="{INK["end"]}" cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="5.5"/>')
    parts.append(f'<circle style="{INK["start"]}" cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="7"/>')
    words = f"start: {diagram.number(E_ends[0], 4)}"
    parts.append(beside(start, words))
    if end and not close(start, end):
        parts.append(beside(end, f"end: {diagram.number(E_ends[1], 4)}"))
    return "".join(parts)


def close(one, other) -> bool:
    """Whether words above both would cover each other."""
    return abs(one[0] - other[0]) < WIDE and abs(one[1] - other[1]) < HIGH


def beside(point, words: str) -> str:
    """Words above a point, within the picture."""
    x, y = point
    x = min(max(x, LEFT + ROOM), RIGHT - ROOM)
    return text(x, max(y - 12, TOP - 9), words, css="small halo")


def chord(frame: Frame, E, one: float, other: float, found) -> str:
    """The chord between two points of the curve, what of the curve is above it, and how far.

    found   (gap, at, height of the chord there)
    """
    line, (gap, at, height) = frame.line, found
    ends = trail_points(frame, E, np.array([one, other]))
    low, high = sorted((one, other))
    between = line.grid[(line.grid > low) & (line.grid < high)]
    seen = np.concatenate([[low], between, [high]])
    E_low, E_high = np.interp([low, high], line.grid, E)
    straight = E_low + (E_high - E_low) * (seen - low) / max(high - low, 1e-12)
    over = np.maximum(np.interp(seen, line.grid, E), straight)
    way = [*zip(seen, over), *zip(seen[::-1], straight[::-1])]
    area = "M" + "L".join(f"{frame.x(s):.1f} {frame.y(e):.1f}" for s, e in way) + "z"
    (x0, y0), (x1, y1) = ends
    parts = [
        f'<path style="{INK["above"]}" d="{area}"/>',
        f'<path style="{INK["chord"]}" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"/>',
    ]
    if gap > 0:
        x, y = frame.x(at), frame.y(height)
        way = f"M{x:.1f} {y:.1f}V{frame.y(height + gap):.1f}"
        parts.append(f'<path style="{INK["gap"]}" d="{way}"/>')
        parts.append(beside((x, frame.y(height + gap)), f"{diagram.number(gap, 4)} above"))
    for name, (x, y) in zip("PQ", ends):
        parts.append(f'<circle style="{INK["start"]}" cx="{x:.1f}" cy="{y:.1f}" r="7"/>')
        parts.append(text(x, y - 12, name, css="strong halo"))
    return "".join(parts)


def picture(frame: Frame, E, shape, how, moving: str) -> str:
    """The body of the SVG; `moving` is a descent or a chord."""
    return "".join(
        (
            f'<g data-c="scales">{scales(frame)}</g>',
            f'<polyline data-c="line" class="along" points="{curve(frame, E)}"/>',
            f'<g data-c="letters">{letters(frame, shape)}</g>',
            f'<g data-c="band">{band(how)}</g>' if how is not None else "",
            f'<g data-c="moving">{moving}</g>',
        )
    )
