"""A small chart: lines and marked points with their labels, drawn as SVG or on a Matplotlib axes.

A notebook shows the SVG, since it carries its alt text, follows the theme, and is the same text
with every version of Matplotlib. On an `ax`, the same data become an ordinary Matplotlib plot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import numpy as np

from . import diagram, style

WIDTH, HEIGHT = 404, 236
LEFT, RIGHT, TOP, BOTTOM = 56, 380, 30, 192


@dataclass
class Line:
    x: np.ndarray
    y: np.ndarray
    colour: str
    dashed: bool = False
    label: str = ""  # stands beside the point with the number `label_at`
    label_at: int = -1
    width: float = 0  # where not given, thin if dashed
    label_place: tuple = ()  # (right, down, anchor) of its label, where not the usual one


@dataclass
class Point:
    x: float
    y: float
    label: str
    kind: str  # decides colour and shape, see `style`
    label_place: tuple = ()  # (right, down, anchor) of its label, where not the usual one


@dataclass
class Arrow:
    """From (x0, y0) to (x1, y1): a tangent that points downhill, or a step."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    width: float = 3
    label: str = ""  # stands before its tip; for arrows to the left or right


@dataclass
class Chart:
    """The data of a chart. Labels are plain text; what stands in _ is lowered, as in h_2.

    xnames, ynames   what to write at the ticks in place of their numbers
    """

    xlabel: str
    ylabel: str
    lines: list[Line] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    xticks: tuple = ()
    yticks: tuple = ()
    arrows: list[Arrow] = field(default_factory=list)
    xnames: tuple = ()
    ynames: tuple = ()

    @property
    def limits(self):
        """(left, right), (bottom, top), holding all lines, arrows and ticks."""
        arrows_x = [v for a in self.arrows for v in (a.x0, a.x1)]
        arrows_y = [v for a in self.arrows for v in (a.y0, a.y1)]
        x = np.concatenate([*(line.x for line in self.lines), self.xticks, arrows_x])
        y = np.concatenate([*(line.y for line in self.lines), self.yticks, arrows_y])
        return (float(x.min()), float(x.max())), (float(y.min()), float(y.max()))

    def on(self, ax):
        """Draw on a Matplotlib axes and return it."""
        for line in self.lines:
            dashes = "--" if line.dashed else "-"
            ax.plot(line.x, line.y, dashes, color=style.COLOUR[line.colour])
            if line.label:
                beside = {"textcoords": "offset points", "xytext": (4, 6)}
                ax.annotate(_maths(line.label), line_end(line), **beside)
        for a in self.arrows:
            look = {"arrowstyle": "-|>", "color": style.COLOUR[a.colour], "lw": a.width}
            look |= {"shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (a.x1, a.y1), (a.x0, a.y0), arrowprops=look)
            if a.label:
                left = a.x1 < a.x0
                beside = {"ha": "right" if left else "left", "va": "center"}
                beside |= {"textcoords": "offset points", "xytext": (-6 if left else 6, 0)}
                ax.annotate(_maths(a.label), (a.x1, a.y1), **beside)
        for p in self.points:
            marker, colour = style.MARKER.get(p.kind, "o"), style.COLOUR[p.kind]
            ax.plot([p.x], [p.y], marker, color=colour, markeredgecolor=style.COLOUR["edge"])
            ax.annotate(_maths(p.label), (p.x, p.y), textcoords="offset points", xytext=(8, -14))
        ax.set_xlabel(_maths(self.xlabel))
        ax.set_ylabel(_maths(self.ylabel))
        ax.set_xticks(self.xticks, self.xnames or None)
        ax.set_yticks(self.yticks, self.ynames or None)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        return ax

    def part(self):
        """(body, width, height) of the SVG."""
        (x0, x1), (y0, y1) = self.limits

        def at(x, y):
            return (
                round(LEFT + (RIGHT - LEFT) * (x - x0) / (x1 - x0), 1),
                round(BOTTOM - (BOTTOM - TOP) * (y - y0) / (y1 - y0), 1),
            )

        body = [f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>', *self._ticks(at)]
        for line in self.lines:
            path = " ".join("{:g},{:g}".format(*at(x, y)) for x, y in zip(line.x, line.y))
            dashes = ' stroke-dasharray="5 4"' if line.dashed else ""
            body.append(
                f'<polyline points="{path}" style="fill:none;stroke:var(--bp-{line.colour});'
                f'stroke-width:{line.width or (1.2 if line.dashed else 2.6)}"{dashes}/>'
            )
        body += [_arrow(a, at(a.x0, a.y0), at(a.x1, a.y1)) for a in self.arrows]
        body += [_line_label(line, *at(*line_end(line))) for line in self.lines if line.label]
        body += [_point(p, *at(p.x, p.y)) for p in self.points]
        body.append(_label(RIGHT, BOTTOM + 34, self.xlabel, "end"))
        body.append(_label(8, 16, self.ylabel, "start"))
        return "".join(body), WIDTH, HEIGHT

    def _ticks(self, at):
        (x0, _), (y0, _) = self.limits
        for v, name in zip(self.xticks, self.xnames or map(_tick, self.xticks)):
            x, y = at(v, y0)
            yield f'<path class="axis" d="M{x:g} {y:g}v4"/>{_label(x, y + 18, name)}'
        for v, name in zip(self.yticks, self.ynames or map(_tick, self.yticks)):
            x, y = at(x0, v)
            yield f'<path class="axis" d="M{x:g} {y:g}h-4"/>{_label(x - 8, y + 4, name, "end")}'


def _tick(v) -> str:
    return f"{v:g}".replace("-", "−")


def _label(x, y, text: str, anchor: str = "middle", css: str = "small") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor}">'
        f"{_lowered(text)}</text>"
    )


def _lowered(text: str) -> str:
    """'h_2 = 0.5' with the 2 lowered."""
    head, *rest = text.split("_")
    parts = [escape(head)]
    for piece in rest:
        digits = len(piece) - len(piece.lstrip("0123456789"))
        index, after = piece[:digits], piece[digits:]
        parts.append(f'<tspan dy="3" font-size="75%">{escape(index)}</tspan>')
        parts.append(f'<tspan dy="-3">{escape(after) or chr(0x200B)}</tspan>')
    return "".join(parts)


def _maths(text: str) -> str:
    """The same for Matplotlib: h_2 becomes $h_2$."""
    return " ".join(f"${word}$" if "_" in word else word for word in text.split(" "))


def line_end(line: Line):
    """Where the label of a line stands."""
    return float(line.x[line.label_at]), float(line.y[line.label_at])


def _line_label(line: Line, x: float, y: float) -> str:
    anchor = "end" if x > RIGHT - 60 else "start" if x < LEFT + 60 else "middle"
    right, down, anchor = line.label_place or (0, -9, anchor)
    return _label(x + right, y + down, line.label, anchor, "small halo")


def arrow_paths(start, end, longest: float = 10.0) -> tuple[str, str]:
    """Shaft and head of an arrow, as two SVG paths; the head shrinks with a short arrow."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1e-9
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    head = min(longest, length)
    x, y, wide = x1 - dx * head, y1 - dy * head, head * 0.6
    corners = (x1, y1, x - dy * wide, y + dx * wide, x + dy * wide, y - dx * wide)
    tip = "M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}z".format(*corners)
    return f"M{x0:.1f} {y0:.1f}L{x:.1f} {y:.1f}", tip


def _arrow(a: Arrow, start, end) -> str:
    shaft, head = arrow_paths(start, end)
    colour = f"var(--bp-{a.colour})"
    return (
        f'<path d="{shaft}" style="fill:none;stroke:{colour};stroke-width:{a.width:g}"/>'
        f'<path d="{head}" style="fill:{colour}"/>' + _arrow_label(a, *end)
    )


def _arrow_label(a: Arrow, x: float, y: float) -> str:
    side, anchor = (-8, "end") if a.x1 < a.x0 else (8, "start")
    return _label(x + side, y + 4, a.label, anchor, "small halo") if a.label else ""


def _point(p: Point, x: float, y: float) -> str:
    shapes = {
        "input": f'<rect class="input" x="{x - 6:g}" y="{y - 6:g}" width="12" height="12"/>',
        "output": f'<path class="output" d="M{x:g} {y - 8:g}l8 8l-8 8l-8 -8z"/>',
        "error": f'<circle class="now" cx="{x:g}" cy="{y:g}" r="5.5"/>',
        "velocity": f'<circle cx="{x:g}" cy="{y:g}" r="5.5" '
        'style="fill:var(--bp-paper);stroke:var(--bp-velocity);stroke-width:3"/>',
        "gradient": f'<circle cx="{x:g}" cy="{y:g}" r="4" style="fill:var(--bp-gradient)"/>',
    }
    circle = f'<circle class="hidden" cx="{x:g}" cy="{y:g}" r="6.5"/>'
    end = x > (LEFT + RIGHT) / 2
    shift, anchor = (-12, "end") if end else (12, "start")
    lift = -8 if end else 16
    if p.kind == "error":
        lift = -12
    if p.kind == "gradient":
        shift, anchor, lift = 8, "start", -8
    if p.label_place:
        shift, lift, anchor = p.label_place
    return shapes.get(p.kind, circle) + _label(x + shift, y + lift, p.label, anchor, "small halo")


def ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """About `count` round numbers that span [low, high]."""
    step = (high - low) / (count - 1) or 1.0
    size = 10.0 ** np.floor(np.log10(step))
    step = size * min((1, 2, 2.5, 5, 10), key=lambda m: abs(m * size - step))
    first, last = int(np.floor(low / step)), int(np.ceil(high / step))
    return tuple(round(float(k * step), 12) for k in range(first, last + 1))


def figure(chart: Chart, caption: str, alt: str, ax=None):
    """What every plot returns: the given `ax`, or a figure for the notebook."""
    if ax is not None:
        return chart.on(ax)
    shown = diagram.Figure([chart.part()], caption, alt)
    shown.chart = chart
    return shown
