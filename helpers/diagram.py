"""The picture of a network, written once: figure, lab and fallback are this same SVG.

Inputs are squares, hidden units circles, outputs diamonds, targets crosses; the constant 1 is
hollow. A weight is a line as wide as |w|, dashed if w is negative. Elements carry data
attributes, by which a lab's browser module finds what to redraw:

    data-s="w5"    the line of the weight w5       data-v="x1"   text: a value on a slider
    data-q="z1_2"  text: a computed quantity, here the net input of layer 1, unit 2

All numbers are rounded to what is shown, so the text is the same with any NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import pairwise
from urllib.parse import quote

from . import style
from .label_places import spread_labels

GAP, MARGIN, ONE_Y, TOP, HEIGHT = 158, 34, 30, 66, 372
NODE = {"input": (27, 21), "hidden": (29, 29), "output": (47, 37), "one": (12, 12)}
PLACES = {"z": 4, "h": 4, "e": 6, "E": 6}

STYLE = {
    "text": f"font-family:{style.FONT};font-size:13px;fill:var(--bp-text);text-anchor:middle;"
    "font-variant-numeric:tabular-nums",
    ".halo": "paint-order:stroke;stroke:var(--bp-paper);stroke-width:4px;stroke-linejoin:round",
    ".small": "font-size:12px",
    ".strong": "font-weight:600",
    ".it": "font-style:italic",
    ".w": "stroke:var(--bp-weight);fill:none",
    ".hit": "stroke:transparent;stroke-width:14;fill:none",
    ".input": "fill:var(--bp-input);fill-opacity:.16;stroke:var(--bp-input);stroke-width:2.2",
    ".hidden": "fill:var(--bp-hidden);fill-opacity:.16;stroke:var(--bp-hidden);stroke-width:2.2",
    ".output": "fill:var(--bp-output);fill-opacity:.5;stroke:var(--bp-edge);stroke-width:2",
    ".one": "fill:var(--bp-paper);stroke:var(--bp-muted);stroke-width:1.6",
    ".target": "stroke:var(--bp-target);stroke-width:2.4;fill:none",
    ".behind": "fill:var(--bp-paper)",
    ".error": "fill:var(--bp-error_text);font-weight:600",
    ".along": "fill:none;stroke:var(--bp-error);stroke-width:2.4",
    ".now": "fill:var(--bp-paper);stroke:var(--bp-error);stroke-width:3",
    ".axis": "stroke:var(--bp-muted);stroke-width:1.2;fill:none",
}


def style_rules(scope: str = "") -> str:
    """The CSS of the pictures; with a scope such as ".bp-lab svg " for pictures in a page."""
    return "".join(f"{scope}{selector}{{{rule}}}" for selector, rule in STYLE.items())


# ---- numbers and letters


def number(v: float, places: int) -> str:
    """v with so many decimals, a true minus sign, and never a negative zero."""
    text = f"{v:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def short(v: float) -> str:
    """v with two to four decimals, as many as it needs: 0.60, 0.125."""
    whole, _, decimals = number(v, 4).partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def split_name(name: str) -> tuple[str, str]:
    """'w11' as its letter and its index."""
    head = name.rstrip("0123456789")
    return head.rstrip("_"), name[len(head) :]


def letters(name: str) -> str:
    """'w11' as SVG text: the letter in italics, the index lowered."""
    letter, index = (escape(part) for part in split_name(name))
    if not index:
        return f'<tspan class="it">{letter}</tspan>'
    return (
        f'<tspan class="it">{letter}</tspan><tspan dy="3" font-size="75%">{index}</tspan>'
        '<tspan dy="-3">\u200b</tspan>'
    )


# ---- geometry


def positions(sizes) -> list[list[tuple[float, float]]]:
    """(x, y) of every node, layer by layer; entry 0 of a layer is its constant 1 (not the last)."""
    last = len(sizes) - 1
    layers = []
    for l, size in enumerate(sizes):
        x = MARGIN + l * GAP
        one = [(x, ONE_Y)] if l < last else [(x, -1000)]
        units = [(x, round(TOP + HEIGHT * (i + 0.5) / size, 1)) for i in range(size)]
        layers.append(one + units)
    return layers


def kind_of(layer: int, row: int, sizes) -> str:
    if row == 0:
        return "one"
    return "input" if layer == 0 else "output" if layer == len(sizes) - 1 else "hidden"


def _edge(kind: str, dx: float, dy: float) -> float:
    """How far from the middle of such a node its outline lies, towards (dx, dy) of length 1."""
    a, b = NODE[kind]
    dx, dy = abs(dx), abs(dy)
    if kind == "input":
        return min(a / dx if dx else 1e9, b / dy if dy else 1e9)
    if kind == "output":
        return 1 / (dx / a + dy / b)
    return a


def line(layer: int, row: int, col: int, sizes) -> tuple[float, float, float, float]:
    """The visible part of the line of weight (layer, row, col): x1, y1, x2, y2."""
    nodes = positions(sizes)
    kinds = kind_of(layer, row, sizes), kind_of(layer + 1, col + 1, sizes)
    return between(nodes[layer][row], nodes[layer + 1][col + 1], *kinds)


def between(a, b, kind_a: str, kind_b: str) -> tuple[float, float, float, float]:
    """The line from node a to node b, (x, y) each, between their outlines: x1, y1, x2, y2."""
    (xa, ya), (xb, yb) = a, b
    dx, dy = xb - xa, yb - ya
    length = (dx * dx + dy * dy) ** 0.5
    dx, dy = dx / length, dy / length
    start = _edge(kind_a, dx, dy) + 1
    end = length - _edge(kind_b, dx, dy) - 2
    return tuple(
        round(v, 1) for v in (xa + dx * start, ya + dy * start, xa + dx * end, ya + dy * end)
    )


def all_lines(sizes) -> list[tuple[int, int, int]]:
    return [
        (l, row, col)
        for l, (n_in, n_out) in enumerate(pairwise(sizes))
        for col in range(n_out)
        for row in range(n_in + 1)
    ]


def label_places(sizes: tuple[int, ...], box: tuple[float, float], with_values: bool):
    """Where each weight's label sits on its line; see `spread_labels`."""
    ends = {key: line(*key, sizes) for key in all_lines(sizes)}
    return spread_labels(ends, box, _node_boxes(sizes, with_values))


def _node_boxes(sizes, with_values: bool):
    """What labels must keep off: the nodes and the text beneath them."""
    boxes = []
    for l, layer in enumerate(positions(sizes)):
        for row, (x, y) in enumerate(layer):
            kind = kind_of(l, row, sizes)
            a, b = NODE[kind]
            boxes.append((x, y, 2 * a + 4, 2 * b + 4))
            if with_values and kind == "hidden":
                boxes.append((x, y + b + 12, 62, 18))
            if with_values and kind == "output":
                boxes.append((x, y + b + 32, 84, 56))
    return boxes


# ---- drawing


def _text(x, y, body: str, css: str = "", **attributes) -> str:
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in attributes.items())
    css = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}"{css}{extra}>{body}</text>'


def _node_shape(kind: str, x: float, y: float) -> str:
    a, b = NODE[kind]
    if kind == "input":
        return f'<rect class="input" x="{x - a:g}" y="{y - b:g}" width="{2 * a}" height="{2 * b}"/>'
    if kind == "output":
        corners = f"{x - a:g},{y:g} {x:g},{y - b:g} {x + a:g},{y:g} {x:g},{y + b:g}"
        return f'<polygon class="output" points="{corners}"/>'
    return f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{a}"/>'


def _cross(x: float, y: float, r: float = 4.5) -> str:
    path = f"M{x - r:g} {y - r:g}l{2 * r:g} {2 * r:g}m0 {-2 * r:g}l{-2 * r:g} {2 * r:g}"
    return f'<circle class="behind" cx="{x:g}" cy="{y:g}" r="8"/><path class="target" d="{path}"/>'


def unit_letter(layer: int, unit: int, sizes) -> str:
    """x1, h2 or y1; in a network with several hidden layers h1_2, layer first."""
    last = len(sizes) - 1
    if layer == 0:
        return f"x{unit}"
    if layer == last:
        return f"y{unit}"
    return f"h{unit}" if last == 2 else f"h{layer}{unit}"


def _node(layer: int, row: int, xy, sizes, values: Mapping) -> str:
    """One node with its letter and whatever numbers of it are known."""
    x, y = xy
    kind = kind_of(layer, row, sizes)
    if kind == "one":
        return _node_shape(kind, x, y) + _text(x, y + 4.5, "1", "small")
    name = unit_letter(layer, row, sizes)
    shape = _node_shape(kind, x, y)
    key = name if layer == 0 else f"h{layer}_{row}"
    if key in values:
        lift = 4 if kind == "output" else 0
        value = short(values[key]) if layer == 0 else number(values[key], 4)
        id_ = {"data_v": name} if layer == 0 else {"data_q": key}
        parts = [
            shape,
            _text(x, y - 4 - lift, letters(name), "small"),
            _text(x, y + 12 - lift, value, "strong", **id_),
        ]
    else:
        parts = [shape, _text(x, y + 4.5, letters(name))]
    below = y + NODE[kind][1] + 15
    if layer and f"z{layer}_{row}" in values:
        parts.append(_net_input(layer, row, x, below, values))
        below += 18
    if kind == "output" and f"t{row}" in values:
        parts.append(_target(row, x, below, values))
    if kind == "output" and f"e{row}" in values:
        parts.append(_error(row, x, below + 18, values))
    return "".join(parts)


def _net_input(layer: int, row: int, x: float, y: float, values: Mapping) -> str:
    q = f"z{layer}_{row}"
    return _text(x - 28, y, letters("z"), "small halo") + _text(
        x + 5, y, number(values[q], 4), "small halo", data_q=q
    )


def _target(k: int, x: float, y: float, values: Mapping) -> str:
    return (
        _cross(x - 40, y - 4.5)
        + _text(x - 23, y, letters(f"t{k}"), "small halo")
        + _text(x + 10, y, short(values[f"t{k}"]), "small halo", data_v=f"t{k}")
    )


def _error(k: int, x: float, y: float, values: Mapping) -> str:
    return _text(x - 33, y, letters(f"e{k}"), "small halo error") + _text(
        x + 10, y, number(values[f"e{k}"], 6), "small halo", data_q=f"e{k}"
    )


def _total_error(sizes, values: Mapping) -> str:
    x = MARGIN + GAP * (len(sizes) - 1)
    if "E" not in values:
        return ""
    outputs = sizes[-1]
    parts = [f"e{k}" for k in range(1, outputs + 1)] if outputs < 4 else ["e1", "…", f"e{outputs}"]
    total = " + ".join(letters(p) for p in parts)
    return _text(x, 20, letters("E") + " = " + total, "small error") + _text(
        x, 39, number(values["E"], 6), "strong", data_q="E"
    )


def _weight_line(key, name: str, w: float | None, sizes) -> str:
    x1, y1, x2, y2 = line(*key, sizes)
    ends = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
    width = 1.6 if w is None else style.line_width(w)
    dashes = f' stroke-dasharray="{style.DASHES}"' if w is not None and w < 0 else ""
    drawn = f'<line class="w" {ends} stroke-width="{width:g}"{dashes}/>'
    return f'<g data-s="{escape(name)}"><line class="hit" {ends}/>{drawn}</g>'


def _weight_label(place, name: str, w: float | None, labels: str) -> str:
    x, y = place
    if labels == "both" and w is not None:
        value = _text(x, y + 11, short(w), "small halo strong", data_v=name)
        return value + _text(x, y - 3, letters(name), "small halo")
    body = short(w) if labels == "values" and w is not None else letters(name)
    return _text(x, y + 4, body, "small halo", data_l=escape(name))


def draw(net, names: Mapping, values: Mapping | None = None, labels: str = "letters") -> str:
    """The inside of the SVG of a network.

    names    label -> index tuples (layer, row, column), as in `Example.names`
    values   from `values_of`, or a part of it; without, the nodes carry letters only
    labels   what stands on the lines: "letters", "values" or "both"
    """
    sizes, live, values = tuple(net.sizes), bool(values), values or {}
    box = {"letters": (26, 15), "values": (36, 15), "both": (36, 29)}[labels]
    places = label_places(sizes, box, live)
    by_index = {index: name for name, indices in names.items() for index in indices}
    lines, texts = [], []
    for key in all_lines(sizes):
        name = by_index.get(key, "")
        l, row, col = key
        w = float(net.weights[l][row, col]) if live or labels != "letters" else None
        lines.append(_weight_line(key, name, w, sizes))
        texts.append(_weight_label(places[key], name, w, labels))
    nodes = [
        _node(l, row, xy, sizes, values)
        for l, layer in enumerate(positions(sizes))
        for row, xy in enumerate(layer)
        if xy[1] > 0
    ]
    return "".join([*lines, *texts, *nodes, _total_error(sizes, values)])


def size(sizes) -> tuple[int, int]:
    """Width and height of the picture of such a network."""
    return 2 * MARGIN + GAP * (len(sizes) - 1) + 20, TOP + HEIGHT + 6


def values_of(net, x, t=None) -> dict[str, float]:
    """Everything the picture shows, for one example: x, z, h, y, t, e and E by name."""
    p = net.forward(x)
    values = {f"x{i + 1}": float(v) for i, v in enumerate(p.x)}
    for l in range(1, len(net.sizes)):
        for j in range(net.sizes[l]):
            values[f"z{l}_{j + 1}"] = float(p.Z[l - 1][0, j])
            values[f"h{l}_{j + 1}"] = float(p.H[l][0, j])
    if t is not None:
        errors = net.errors(x, t)
        for k, (target, error) in enumerate(zip(t, errors)):
            values[f"t{k + 1}"], values[f"e{k + 1}"] = float(target), float(error)
        values["E"] = float(net.error(x, t))
    return values


# ---- whole documents


def document(body: str, width: float, height: float, alt: str, themed: bool = True) -> str:
    """An SVG document with its own paper and colours.

    Themed, it follows the colour scheme of the page it is put in as an image.
    """
    flows = "--bp-flow" in body
    dark = f"@media (prefers-color-scheme:dark){{svg{{{style.css_variables(True, flows)}}}}}"
    css = f"svg{{{style.css_variables(flows=flows)}}}{dark if themed else ''}{style_rules()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(alt)}">'
        f'<style>{css}</style><rect width="{width:g}" height="{height:g}" '
        f'style="fill:var(--bp-paper)"/>{body}</svg>'
    )


def inline(body: str, width: float, height: float, alt: str) -> str:
    """The same for a page that brings style and colours itself, as a lab does."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'role="img" aria-label="{escape(alt)}">{body}</svg>'
    )


class Figure:
    """One or more pictures with a caption that says what to see.

    In a notebook it is an HTML <figure>. The SVG goes in as an image, not inline: JupyterLab
    takes inline SVG out of a notebook that it does not trust yet, which is every notebook just
    downloaded, and would leave the bare labels behind. An image stays. It follows JupyterLab's
    theme by the `color-scheme` of the page, and brings its own paper where it cannot.
    """

    def __init__(self, parts, caption: str, alt: str, scale: float | None = None):
        self.parts, self.caption, self.alt = list(parts), caption, alt
        # three of them fit beside each other
        self.scale = scale or (1.3 if len(self.parts) == 1 else 1.1)

    @property
    def svg(self) -> str:
        """All parts side by side in one SVG document, on light paper."""
        x, inner = 0, []
        for body, width, _ in self.parts:
            inner.append(f'<g transform="translate({x:g} 0)">{body}</g>')
            x += width
        height = max(part[2] for part in self.parts)
        return document("".join(inner), x, height, self.alt, themed=False)

    @property
    def html(self) -> str:
        alts = [self.alt, *[""] * (len(self.parts) - 1)]
        images = "".join(_image(*part, alt, self.scale) for part, alt in zip(self.parts, alts))
        return (
            f'<figure class="bp-figure" style="margin:0.5em 0">{IMAGE_THEME}'
            f'<div style="display:flex;flex-wrap:wrap;align-items:center;gap:8px">{images}</div>'
            f'<figcaption style="max-width:46em">{self.caption}</figcaption></figure>'
        )

    def __str__(self) -> str:
        return self.alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "image/svg+xml": self.svg, "text/plain": self.alt}


IMAGE_THEME = (
    '<style>body[data-jp-theme-light="false"] .bp-figure img{color-scheme:dark !important}</style>'
)


def _image(body: str, width: float, height: float, alt: str, scale: float) -> str:
    data = quote(document(body, width, height, alt), safe=" !'()*+,-./:;=?@[]_~{}")
    return (
        f'<img alt="{escape(alt)}" src="data:image/svg+xml,{data}" '
        f'style="color-scheme:light;width:{scale * width:.0f}px;max-width:100%;height:auto;'
        'border-radius:6px"/>'
    )


def in_words(net, values: Mapping) -> str:
    """The picture in words, for a screen reader and for plain text."""
    shape = "-".join(str(s) for s in net.sizes)
    sentences = [f"A {shape} network."]
    for layer, letter in (
        (0, "inputs"),
        *((l, "hidden units") for l in range(1, len(net.sizes) - 1)),
    ):
        names = [unit_letter(layer, j + 1, net.sizes) for j in range(net.sizes[layer])]
        keys = names if layer == 0 else [f"h{layer}_{j + 1}" for j in range(net.sizes[layer])]
        shown = [
            f"{n} = {short(values[k]) if layer == 0 else number(values[k], 4)}"
            for n, k in zip(names, keys)
        ]
        sentences.append(f"{letter.capitalize()} {', '.join(shown)}.")
    last = len(net.sizes) - 1
    outputs = [f"y{k} = {number(values[f'h{last}_{k}'], 4)}" for k in range(1, net.sizes[-1] + 1)]
    sentences.append(f"Outputs {', '.join(outputs)}.")
    if "E" in values:
        targets = [f"t{k} = {short(values[f't{k}'])}" for k in range(1, net.sizes[-1] + 1)]
        sentences.append(f"Targets {', '.join(targets)}. Error E = {number(values['E'], 6)}.")
    return " ".join(sentences)
