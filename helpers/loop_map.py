"""Two pictures of ideas: the whole loop of learning, and what one unit does."""

from __future__ import annotations

from . import diagram, examples
from .diagram import Figure, letters, number

SIDE, TALL = 300, 262
X = (46, 150, 254)
Y = {0: (96, 186), 1: (70, 141, 212), 2: (96, 186)}
FORWARD, BACK = "var(--bp-text)", "var(--bp-gradient)"


def loop_map() -> Figure:
    """Values go forward, errors go back, and all of it repeats until E is small enough."""
    alt = (
        "Three pictures. First: values go forward from two inputs through three hidden units to "
        "two outputs, the prediction. Second: the error is known there and goes back along the "
        "same lines. Third: forward, error, back, adjust the weights, and round again until the "
        "error is below a threshold."
    )
    caption = (
        "One round of learning: values go forward, errors go back, every weight moves a little. "
        "The round repeats until the error is below a threshold chosen beforehand."
    )
    return Figure([_forward(), _back(), _round()], caption, alt)


def _title(number_: int, text: str) -> str:
    return (
        f'<text x="14" y="24" style="text-anchor:start"><tspan class="strong">{number_}</tspan> '
        f"{text}</text>"
    )


def _text(x, y, body, css="small", anchor="middle", **more) -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor}">{body}</text>'


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" style="fill:{colour}"/></marker>'
    )


def _arrow(x1, y1, x2, y2, head: str, colour: str, width: float = 1.3) -> str:
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" marker-end="url(#{head})" '
        f'style="stroke:{colour};stroke-width:{width:g}"/>'
    )


def _nodes() -> str:
    kinds = ("input", "hidden", "output")
    names = ("x", "h", "y")
    shapes = []
    for layer, kind in enumerate(kinds):
        for unit_, y in enumerate(Y[layer], start=1):
            x = X[layer]
            if kind == "input":
                shapes.append(
                    f'<rect class="input" x="{x - 15}" y="{y - 15}" width="30" height="30"/>'
                )
            elif kind == "hidden":
                shapes.append(f'<circle class="hidden" cx="{x}" cy="{y}" r="17"/>')
            else:
                shapes.append(f'<path class="output" d="M{x} {y - 21}l21 21l-21 21l-21 -21z"/>')
            shapes.append(_text(x, y + 4.5, letters(f"{names[layer]}{unit_}")))
    return "".join(shapes)


def _pairs():
    for layer in (0, 1):
        for ya in Y[layer]:
            for yb in Y[layer + 1]:
                yield X[layer] + 20, ya, X[layer + 1] - 23, yb


def _forward():
    arrows = "".join(_arrow(*pair, "bp-go", FORWARD) for pair in _pairs())
    words = _text(46, 250, "inputs") + _text(150, 250, "hidden") + _text(254, 250, "prediction")
    title = _title(1, "Values go forward")
    return _head("bp-go", FORWARD) + title + arrows + _nodes() + words, SIDE, TALL


def _back():
    arrows = "".join(
        _arrow(x2 + 2, y2, x1, y1, "bp-back", BACK, 1.8) for x1, y1, x2, y2 in _pairs()
    )
    crosses = "".join(
        f'<path class="target" d="M{X[2] + 31} {y - 5}l10 10m0 -10l-10 10"/>' for y in Y[2]
    )
    words = _text(150, 250, "the true values are known, and so is the error")
    title = _title(2, "Errors go back")
    return _head("bp-back", BACK) + title + arrows + _nodes() + crosses + words, SIDE, TALL


def _box(x, y, width, text: str, colour: str) -> str:
    return (
        f'<rect x="{x - width / 2:g}" y="{y - 17}" width="{width}" height="34" rx="8" '
        f'style="fill:var(--bp-{colour});fill-opacity:.16;stroke:var(--bp-{colour});'
        f'stroke-width:2"/>{_text(x, y + 4.5, text)}'
    )


def _round():
    e = '<tspan class="it error">E</tspan>'
    boxes = (
        _box(84, 74, 108, "forward pass", "hidden")
        + _box(222, 74, 100, f"error {e}", "error")
        + _box(222, 162, 116, "errors go back", "gradient")
        + _box(84, 162, 124, "adjust weights", "weight")
    )
    arrows = (
        _arrow(140, 74, 169, 74, "bp-go", FORWARD, 1.8)
        + _arrow(222, 93, 222, 142, "bp-go", FORWARD, 1.8)
        + _arrow(162, 162, 149, 162, "bp-go", FORWARD, 1.8)
        + _arrow(84, 143, 84, 94, "bp-go", FORWARD, 1.8)
    )
    words = (
        _text(153, 122, "again and again", "small")
        + _text(150, 218, f"until {e} is below a threshold")
        + _text(150, 236, "that was chosen beforehand")
    )
    return (
        _head("bp-go", FORWARD) + _title(3, "The whole loop") + arrows + boxes + words,
        SIDE,
        TALL,
    )


def unit(example=None, hidden: int = 2) -> Figure:
    """What one hidden unit does: add up its net input, then squash it."""
    example = example or examples.worked()
    net, x = example.net, example.x
    p = net.forward(x)
    weights = net.W[:, hidden - 1]
    z, h = float(p.z_h[hidden - 1]), float(p.h[hidden - 1])
    rows = [("1", 1.0, weights[0])]
    rows += [(f"x{i}", float(v), weights[i]) for i, v in enumerate(x, 1)]
    named = {at: name for name, indices in example.names.items() for at in indices}
    parts = [_head("bp-go", FORWARD)]
    for i, (letter, value, w) in enumerate(rows):
        y = 46 + 62 * i
        name = named[(0, i, hidden - 1)]
        parts.append(_unit_row(i, y, letter, value, name, float(w)))
    parts += [
        '<rect x="190" y="64" width="92" height="88" rx="44" class="hidden"/>',
        _text(236, 90, "add up"),
        _text(236, 110, letters("z") + " = " + number(z, 4), "small strong"),
        _text(236, 130, "net input"),
        _arrow(284, 108, 322, 108, "bp-go", FORWARD, 1.8),
        '<rect x="326" y="64" width="92" height="88" rx="44" class="hidden"/>',
        _text(372, 90, "squash"),
        _text(372, 110, letters(f"h{hidden}") + " = " + number(h, 4), "small strong"),
        _text(372, 130, "σ(z)"),
    ]
    terms = " + ".join(f"{diagram.short(float(w))} × {diagram.short(v)}" for _, v, w in rows[1:])
    alt = (
        f"One unit: its net input is z = {terms} + {diagram.short(float(weights[0]))} = "
        f"{number(z, 4)}; squashed by the sigmoid this becomes h{hidden} = {number(h, 4)}."
    )
    caption = "A unit adds up its inputs, each times its weight, and squashes the total."
    return Figure([("".join(parts), 432, 216)], caption, alt)


def _unit_row(i: int, y: float, letter: str, value: float, name: str, w: float) -> str:
    if i == 0:
        node = f'<circle class="one" cx="40" cy="{y}" r="13"/>{_text(40, y + 4.5, "1")}'
    else:
        node = (
            f'<rect class="input" x="13" y="{y - 20}" width="54" height="40"/>'
            + _text(40, y - 4, letters(letter))
            + _text(40, y + 12, diagram.short(value), "strong")
        )
    arrow = _arrow(70 if i else 56, y, 190, 108 + (i - 1) * 18, "bp-go", FORWARD)
    middle = y + (108 + (i - 1) * 18 - y) * 0.42
    label = letters(name) + " = " + diagram.short(w)
    return arrow + node + _text(118, middle - 5, label, "small halo")
