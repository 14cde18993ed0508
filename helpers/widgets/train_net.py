"""The network in the training lab: small, with the weights' numbers on their lines."""

from __future__ import annotations

from functools import lru_cache

from .. import diagram

WIDTH, HEIGHT = 360, 384
MARGIN, ONE_Y, TOP = 24, 20, 44
RADIUS = {"input": 15, "hidden": 16, "output": 19, "one": 10}
BOX = (44, 15)  # of a number on its line
MOST_NUMBERS = 26  # weights that have room for a number each
THINNEST, WIDEST, PER_UNIT = 0.8, 6.0, 2.2


def widths(weights):
    """Line widths (frames, weights) with the weights' signs: as wide as |w|, the same scale in the
    whole film, on which the largest weight is the widest line."""
    largest = abs(weights).max(initial=0.0)
    scale = min(PER_UNIT, (WIDEST - THINNEST) / largest) if largest else PER_UNIT
    wide = THINNEST + scale * abs(weights)
    wide[weights < 0] *= -1
    return wide


def body(sizes) -> str:
    """The picture without numbers; its lines and texts are in the order of net.parameters."""
    sizes = tuple(sizes)
    keys = sorted(diagram.all_lines(sizes))
    lines = "".join(_line(key, sizes) for key in keys)
    places = _places(sizes) if len(keys) <= MOST_NUMBERS else {}
    texts = "".join(_text(*places[key], "", "small halo", "weight") for key in keys if places)
    nodes = "".join(
        _node(l, row, *xy, sizes)
        for l, layer in enumerate(_positions(sizes))
        for row, xy in layer.items()
    )
    return lines + nodes + texts


def _positions(sizes):
    """For each layer {row: (x, y)}; row 0 is the constant 1."""
    gap = (WIDTH - 2 * MARGIN) / (len(sizes) - 1)
    height = HEIGHT - TOP
    layers = []
    for l, size in enumerate(sizes):
        x = round(MARGIN + l * gap, 1)
        ones = {0: (x, ONE_Y)} if l < len(sizes) - 1 else {}
        units = {i + 1: (x, round(TOP + height * (i + 0.5) / size, 1)) for i in range(size)}
        layers.append(ones | units)
    return layers


def _ends(key, sizes):
    l, row, col = key
    nodes = _positions(sizes)
    (xa, ya), (xb, yb) = nodes[l][row], nodes[l + 1][col + 1]
    length = ((xb - xa) ** 2 + (yb - ya) ** 2) ** 0.5
    dx, dy = (xb - xa) / length, (yb - ya) / length
    a = RADIUS[diagram.kind_of(l, row, sizes)] + 1
    b = length - RADIUS[diagram.kind_of(l + 1, col + 1, sizes)] - 1
    return tuple(round(v, 1) for v in (xa + dx * a, ya + dy * a, xa + dx * b, ya + dy * b))


@lru_cache(maxsize=16)
def _places(sizes):
    ends = {key: _ends(key, sizes) for key in diagram.all_lines(sizes)}
    fixed = [
        (x, y, 2 * RADIUS[diagram.kind_of(l, row, sizes)] + 2,
         2 * RADIUS[diagram.kind_of(l, row, sizes)] + 2)
        for l, layer in enumerate(_positions(sizes)) for row, (x, y) in layer.items()
    ]  # fmt: skip
    return diagram.spread_labels(ends, BOX, fixed)


def _line(key, sizes) -> str:
    x1, y1, x2, y2 = _ends(key, sizes)
    return f'<line class="w" data-c="line" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def _node(l: int, row: int, x: float, y: float, sizes) -> str:
    kind = diagram.kind_of(l, row, sizes)
    r = RADIUS[kind]
    circle = f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{r}"/>'
    shape = {
        "input": f'<rect class="input" x="{x - r:g}" y="{y - r:g}" width="{2 * r}" '
        f'height="{2 * r}"/>',
        "output": f'<path class="output" d="M{x:g} {y - r:g}l{r} {r}l-{r} {r}l-{r} -{r}z"/>',
    }.get(kind, circle)
    paper = f'<circle class="behind" cx="{x:g}" cy="{y:g}" r="{r - 1}"/>'
    name = "1" if kind == "one" else diagram.letters(diagram.unit_letter(l, row, sizes))
    return paper * (kind != "output") + shape + _text(x, y + 4, name)


def _text(x, y, body: str, css: str = "small", mark: str = "") -> str:
    mark = f' data-c="{mark}"' if mark else ""
    down = 4 if mark else 0
    return f'<text x="{x:g}" y="{y + down:g}" class="{css}"{mark}>{body}</text>'
