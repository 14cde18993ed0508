"""Where the picture of a pass has its places, what its pieces are, and shapes that can grow."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, pi, sin

from .. import diagram, style
from ..label_places import spread_labels

ROW = 18
ROOM = {"input": 92, "hidden": 124, "output": 138}  # the height that a unit of a layer needs
BOX = (66, 29)

# Beyond the rules that every diagram has.
STYLE = {
    ".ps text": "fill:var(--bp-muted)",
    ".ps .keep": "fill:var(--bp-text)",
    ".ps .new text": "fill:var(--bp-text);font-weight:700",
    ".ring": "fill:none;stroke-width:2.6;stroke-linejoin:round",
    ".go": "fill:none;stroke:var(--bp-text);stroke-width:2.2",
    ".glow": "fill:none;stroke:var(--bp-gradient);stroke-width:4.5",
    ".moved": "fill:none;stroke:var(--bp-text);stroke-width:2.4",
}


def style_rules(scope: str = "") -> str:
    rules = {**STYLE}
    for k, (colour, _) in style.FLOW.items():
        rules[f".ps .flow{k}, {scope}.ps .new .flow{k}"] = f"fill:var(--bp-{colour})"
        rules[f".line{k}"] = f"fill:none;stroke:var(--bp-{colour});stroke-width:3.4"
    return "".join(f"{scope}{selector}{{{rule}}}" for selector, rule in rules.items())


@dataclass(frozen=True)
class Item:
    """A piece of SVG: in frames first to last, emphasised in the frames `new`."""

    body: str
    first: int = 0
    last: int = 10**6
    new: tuple[int, ...] = ()


class Layout:
    """Where everything stands: like `diagram`, with more room between and below the nodes."""

    def __init__(self, sizes, gap: int = 190):
        self.sizes, self.gap, self.last = tuple(sizes), gap, len(sizes) - 1
        self.height = max(
            diagram.HEIGHT,
            *(ROOM[diagram.kind_of(l, 1, sizes)] * size for l, size in enumerate(sizes)),
        )
        self.ends = {key: self._line(*key) for key in diagram.all_lines(sizes)}
        self.labels = spread_labels(self.ends, BOX, self._fixed())

    @property
    def size(self) -> tuple[int, int]:
        lowest = max(self.below(l, n, 2)[1] for l, n in enumerate(self.sizes) if l)
        return 34 + self.gap * self.last + 64, round(lowest) + 14

    def node(self, layer: int, row: int) -> tuple[float, float]:
        """The middle of a node; row 0 is the constant 1."""
        x = 34 + self.gap * layer
        if row == 0:
            return x, diagram.ONE_Y
        lift = {"input": 0, "hidden": -18, "output": -22}[diagram.kind_of(layer, row, self.sizes)]
        share = self.height / self.sizes[layer]
        return x, round(diagram.TOP + share * (row - 0.5) + lift, 1)

    def below(self, layer: int, row: int, slot: int = 0) -> tuple[float, float]:
        """The baseline of a line of text beneath a node."""
        x, y = self.node(layer, row)
        return x, y + diagram.NODE[diagram.kind_of(layer, row, self.sizes)][1] + 15 + ROW * slot

    def _line(self, l: int, row: int, col: int):
        kinds = (
            diagram.kind_of(l, row, self.sizes),
            diagram.kind_of(l + 1, col + 1, self.sizes),
        )
        return diagram.between(self.node(l, row), self.node(l + 1, col + 1), *kinds)

    def _fixed(self):
        """The boxes of nodes and of the text beneath them."""
        x_out = self.node(self.last, 1)[0]
        boxes = [(x_out, 34, 110, 60)]
        for layer, size in enumerate(self.sizes):
            for row in range(size + 1):
                kind = diagram.kind_of(layer, row, self.sizes)
                (x, y), (a, b) = self.node(layer, row), diagram.NODE[kind]
                boxes.append((x, y, 2 * a + 8, 2 * b + 8))
                if kind in ("hidden", "output"):
                    boxes.append((x, y + b + 1.5 * ROW + 2, 104, 3 * ROW))
        return boxes


# ---- shapes that grow


def text(x: float, y: float, body: str, css: str = "small halo", anchor: str = "middle") -> str:
    turn = "" if anchor == "middle" else f' style="text-anchor:{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" class="{css}"{turn}>{body}</text>'


def growing(points, css: str, dashes: str = "", colour: str = "") -> str:
    """A line through these points; `data-d` tells the browser how it grows."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    paint = f' style="stroke:var(--bp-{colour})"' if colour else ""
    return f'<polyline data-d="" class="{css}" points="{path}"{dashed}{paint}/>'


def head(x1, y1, x2, y2, colour: str) -> str:
    """An arrow head at x2, y2 that comes along from x1, y1."""
    turn = degrees(atan2(y2 - y1, x2 - x1))
    return (
        f'<path data-h="" d="M0 0L-11 -5.5L-11 5.5z" style="fill:var(--bp-{colour})" '
        f'transform="translate({x2:.1f} {y2:.1f}) rotate({turn:.1f})"/>'
    )


def arrow(x1, y1, x2, y2, css: str, colour: str, dashes: str = "") -> str:
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    tip = x2 - (x2 - x1) * 8 / length, y2 - (y2 - y1) * 8 / length
    return growing([(x1, y1), tip], css, dashes) + head(x1, y1, x2, y2, colour)


def beside(x1, y1, x2, y2, by: float) -> tuple[float, float, float, float]:
    """The same line, moved sideways."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = -(y2 - y1) * by / length, (x2 - x1) * by / length
    return x1 + dx, y1 + dy, x2 + dx, y2 + dy


def ring(kind: str, x: float, y: float, colour: str) -> str:
    """An outline around a node, drawn from its top."""
    a, b = (v + 5 for v in diagram.NODE[kind])
    if kind == "input":
        points = [(x, y - b), (x + a, y - b), (x + a, y + b), (x - a, y + b), (x - a, y - b)]
        points.append((x, y - b))
    elif kind == "output":
        points = [(x, y - b - 1), (x + a + 2, y), (x, y + b + 1), (x - a - 2, y), (x, y - b - 1)]
    else:
        points = [(x + a * sin(s * pi / 16), y - a * cos(s * pi / 16)) for s in range(33)]
    return growing(points, "ring", colour=colour)
