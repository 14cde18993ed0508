"""What the picture of a pass consists of, item by item, with the frames that each is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import diagram, style
from ..diagram import letters, number, short
from .pass_layout import Item, arrow, beside, growing, ring, text
from .pass_letters import raised
from .pass_numbers import places, shown

if TYPE_CHECKING:
    from .pass_scene import Scene

END = 10**6


def items_of(s: Scene) -> list[Item]:
    """Lines at the bottom, then arrows, then labels and nodes."""
    return [*_lines(s), *_arrows(s), *_labels(s), *_nodes(s), *_rings(s), *_total_error(s)]


# ---- weights


def _lines(s: Scene):
    old, new = s.n.net, s.n.after
    moved = s.at[("update",)]
    for key, end in s.layout.ends.items():
        l, row, col = key
        for net, first, last in ((old, 0, moved - 1), (new, moved, END)):
            w = float(net.weights[l][row, col])
            x1, y1, x2, y2 = end
            dashes = f' stroke-dasharray="{style.DASHES}"' if w < 0 else ""
            body = (
                f'<line class="w" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" '
                f'stroke-width="{style.line_width(w):g}"{dashes}/>'
            )
            yield Item(body, first, last)


def _arrows(s: Scene):
    for (l, row, col), end in s.layout.ends.items():
        x1, y1, x2, y2 = end
        now = s.at[("z", l + 1)]
        yield Item(arrow(*end, "go", "text"), now, now)
        now = s.at[("gradient", l)]
        yield Item(growing([(x1, y1), (x2, y2)], "glow"), now, now)
        if s.n.step(l)[row, col]:
            now = s.at[("update",)]
            yield Item(growing([(x1, y1), (x2, y2)], "moved"), now, now)
        if l and row:
            yield _flow(s, l, col, end)


def _flow(s: Scene, l: int, col: int, end) -> Item:
    """What unit col + 1 of the layer behind sends back through a weight."""
    colour, dashes = style.FLOW[col + 1]
    x1, y1, x2, y2 = beside(*end, 6 if 2 * col >= s.n.net.sizes[l + 1] - 1 else -6)
    first = s.at[("flow", l, col)]
    body = arrow(x2, y2, x1, y1, f"line{col + 1}", colour, dashes)
    return Item(body, first, s.at[("delta", l)])


def _labels(s: Scene):
    """Name and value of each weight; later its gradient, its step, its new value."""
    n, steps, moved = s.n, s.at[("steps",)], s.at[("update",)]
    for (l, row, col), (x, y) in s.layout.labels.items():
        name, w = letters(n.name(l, row, col)), short(float(n.net.weights[l][row, col]))
        step, gradient = float(n.step(l)[row, col]), s.at[("gradient", l)]
        yield Item(text(x, y - 3, name), 0, moved - 1 if step else END)
        if step:
            yield Item(text(x, y - 3, f'{name}<tspan class="old"> {w} →</tspan>'), moved, END)
        used = (0, s.at[("z", l + 1)], *([s.at[("flow", l, col)]] if l and row else []))
        slope = shown(float(n.g.weights[l][row, col]))
        change = ("+" if step > 0 else "") + shown(step) if step else "stays"
        after = number(float(n.after.weights[l][row, col]), 4) if step else w
        y += 11
        yield Item(text(x, y, w), 0, gradient - 1, used)
        yield Item(text(x, y, slope), gradient, steps - 1, (gradient,))
        yield Item(text(x, y, change), steps, moved - 1, (steps,))
        yield Item(text(x, y, after), moved, END, (moved,) if step else ())


# ---- nodes


def _nodes(s: Scene):
    for layer, size in enumerate(s.n.net.sizes):
        for row in range(size + 1):
            if row == 0 and layer == s.n.last:
                continue
            yield from _node(s, layer, row)


def _node(s: Scene, layer: int, row: int):
    kind = diagram.kind_of(layer, row, s.n.net.sizes)
    (x, y), (a, b) = s.layout.node(layer, row), diagram.NODE[kind]
    yield Item(_shape(kind, x, y, a, b))
    if row == 0:
        yield Item(text(x, y + 4.5, "1", "small keep"))
        return
    name = letters(diagram.unit_letter(layer, row, s.n.net.sizes))
    known = s.at[("h", layer)] if layer else 0
    lift = 4 if kind == "output" else 0
    v = float(s.n.h(layer)[row - 1])
    value = number(v, 4) if layer else short(v)
    if known:
        yield Item(text(x, y + 4.5, name, "keep"), 0, known - 1)
    yield Item(text(x, y - 4 - lift, name, "small keep"), known)
    yield Item(text(x, y + 12 - lift, value, "keep"), known, END, (known,))
    if kind == "hidden":
        yield from _below_hidden(s, layer, row)
    if kind == "output":
        yield from _below_output(s, row)


def _shape(kind: str, x: float, y: float, a: int, b: int) -> str:
    if kind == "input":
        return f'<rect class="input" x="{x - a:g}" y="{y - b:g}" width="{2 * a}" height="{2 * b}"/>'
    if kind == "output":
        corners = f"{x - a:g},{y:g} {x:g},{y - b:g} {x + a:g},{y:g} {x:g},{y + b:g}"
        return f'<polygon class="output" points="{corners}"/>'
    return f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{a}"/>'


def raised_letters(letter: str, up: str, index) -> str:
    """z or δ with a letter above and its index below, as SVG text."""
    return (
        f'<tspan class="it">{letter}</tspan><tspan dy="-5" font-size="72%" class="it">{up}</tspan>'
        f'<tspan dy="8" font-size="75%">{index}</tspan><tspan dy="-3">\u200b</tspan>'
    )


def _below_hidden(s: Scene, layer: int, row: int):
    """z; later the terms that meet, their sum, and delta."""
    n, (x, y) = s.n, s.layout.below(layer, row)
    up = raised(n, layer)
    z_at, back, delta = s.at[("z", layer)], s.at[("flow", layer, 0)], s.at[("delta", layer)]
    first_gradient = s.at[("gradient", n.last - 1)]
    z = number(float(n.z(layer)[row - 1]), 4)
    yield Item(text(x, y, f"{raised_letters('z', up, row)} {z}"), z_at, back - 1, (z_at,))
    terms = [float(v) for v in n.terms[layer - 1][row - 1]]
    decimals = places(max(map(abs, terms)))
    many, width = len(terms) > 1, 66 if len(terms) < 3 else 56
    for k, term in enumerate(terms):
        v = shown(term, decimals)
        if k:
            v = f"− {v[1:]}" if v[0] == "−" else f"+ {v}"
        at, place = s.at[("flow", layer, k)], x + width * (k - (len(terms) - 1) / 2)
        css = f"small halo strong flow{k + 1}"
        yield Item(text(place, y, v, css), at, first_gradient - 1, (at,))
    if many:
        back = shown(float(n.back[layer - 1][row - 1]), decimals)
        at = s.at[("sum", layer)]
        yield Item(text(x, y + 17, f"= {back}", "small halo keep"), at, first_gradient - 1, (at,))
    body = f"{raised_letters('δ', up, row)} {shown(float(n.delta(layer)[row - 1]))}"
    used = s.at[("gradient", layer - 1)]
    flow = s.at.get(("flow", layer - 1, row - 1), delta)
    yield Item(text(x, y + 36, body), delta, first_gradient - 1, (delta, flow))
    yield Item(text(x, y, body), first_gradient, END, (used,))


def _below_output(s: Scene, row: int):
    """The target; z, then e, then y - t, at last the new y; delta."""
    n, layer, k = s.n, s.n.last, row - 1
    x, y = s.layout.below(layer, row)
    at = s.at
    t = diagram._cross(x - 32, y - 4.5) + text(
        x + 9, y, f"{letters(f't{row}')} {short(float(n.t[k]))}"
    )
    yield Item(t, 0, END, (0, at[("e",)]))
    z = f"{raised_letters('z', 'y', row)} {number(float(n.z(layer)[k]), 4)}"
    yield Item(text(x, y + 18, z), at[("z", layer)], at[("e",)] - 1, (at[("z", layer)],))
    deltas = at.get(("gap",), at[("delta", layer)])
    e = f"{letters(f'e{row}')} {number(float(n.e[k]), 6)}"
    yield Item(text(x, y + 18, e), at[("e",)], deltas - 1, (at[("e",)],))
    if ("gap",) in at:
        gap = f"{letters('y')} − {letters('t')} = {shown(float(n.h(layer)[k] - n.t[k]))}"
        yield Item(text(x, y + 18, gap), deltas, at[("gradient", layer - 1)] - 1, (deltas,))
    delta, used = at[("delta", layer)], at[("gradient", layer - 1)]
    body = f"{raised_letters('δ', 'y', row)} {shown(float(n.delta(layer)[k]))}"
    flow = at.get(("flow", layer - 1, k), delta)
    slot = y + (37 if ("gap",) in at else 18)
    yield Item(text(x, slot, body), delta, used - 1, (delta, flow))
    yield Item(text(x, y + 18, body), used, at[("after",)] - 1, (used,))
    after = f"now {letters(f'y{row}')} {number(float(n.y_after[k]), 4)}"
    yield Item(text(x, y + 18, after), at[("after",)], END, (at[("after",)],))


def _rings(s: Scene):
    """Around the nodes whose numbers are being computed."""
    last = s.n.last
    around = [(("h", layer), layer, "text") for layer in range(1, last + 1)]
    around += [(("e",), last, "error"), (("gap",), last, "error")]
    around += [(("delta", layer), layer, "gradient") for layer in range(1, last + 1)]
    around += [(("sum", layer), layer, "text") for layer in range(1, last)]
    around += [(("given",), 0, "text"), (("after",), last, "text")]
    for key, layer, colour in around:
        if key not in s.at:
            continue
        at = s.at[key]
        for row in range(1, s.n.net.sizes[layer] + 1):
            kind = diagram.kind_of(layer, row, s.n.net.sizes)
            yield Item(ring(kind, *s.layout.node(layer, row), colour), at, at)


def _total_error(s: Scene):
    """E at the top right, and the new E beneath it."""
    n, x = s.n, s.layout.node(s.n.last, 1)[0]
    e, after, count = s.at[("E",)], s.at[("after",)], s.n.net.sizes[-1]
    total = " + ".join(letters(f"e{k}") for k in range(1, count + 1))
    yield Item(text(x, 20, f"{letters('E')} = {total}", "small error"), e, after - 1)
    yield Item(text(x, 39, number(n.E, 6), "keep"), e, after - 1, (e,))
    yield Item(text(x, 20, f"{letters('E')} {number(n.E, 6)} →", "small error"), after)
    yield Item(text(x, 39, number(n.E_after, 6), "keep"), after, END, (after,))
    box = [(x, 5), (x + 58, 5), (x + 58, 47), (x - 58, 47), (x - 58, 5), (x, 5)]
    for at in (e, after):
        yield Item(growing(box, "ring", colour="error"), at, at)
