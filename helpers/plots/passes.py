"""The pass in pictures: the flows that meet at a hidden unit, and the strip of a whole pass."""

from __future__ import annotations

from math import atan2, degrees

from .. import diagram, style
from ..diagram import Figure, letters
from .pass_numbers import PassNumbers, added, one_pass, shown, total
from .pass_scene import Scene

TALL = 146


def flows(example, unit: str = "h1", caption: str | None = None):
    """The flows that come back to one hidden unit and add up there, with their numbers.

    unit    "h1", "h2", ..., a unit of the last hidden layer
    The figure keeps its numbers in `numbers`: "terms" (one for each output), "back" (their sum,
    dE/dh), "slope" (f'(z)) and "delta" (dE/dz).
    ValueError for an unknown unit, several examples, or a network too large for the picture.
    """
    n = one_pass(example)
    j = _unit_index(n, unit)
    numbers = {
        "terms": n.terms[-1][j],
        "back": float(n.back[-1][j]),
        "slope": float(n.slopes[-2][j]),
        "delta": float(n.delta(n.last - 1)[j]),
    }
    outputs = n.net.sizes[-1]
    height = max(TALL * outputs, 200)
    here = (222 if outputs > 2 else 150) + diagram.NODE["hidden"][0], height / 2
    there = [(here[0] + 370, height * (k + 0.5) / outputs - 8) for k in range(outputs)]
    arrows = "".join(_flow(n, j, k, there[k], here) for k in range(outputs))
    nodes = "".join(_output(n, k, place) for k, place in enumerate(there))
    body = arrows + nodes + _hidden(n, j, unit, numbers, here)
    part = body, there[0][0] + 66, height
    figure = Figure([part], caption or _caption(n, unit), _words(n, j, unit, numbers))
    figure.numbers = numbers
    return figure


def film_strip(example, eta: float = 0.5, biases: str | None = None, caption: str | None = None):
    """A whole pass in five small pictures: forward, errors, deltas, gradients, update.

    Each shows the end of its phase, with what is new in bold. `numbers` of the figure holds them
    all, as `pass_numbers.PassNumbers`. The arguments are those of the film lab, `PassLab`.
    ValueError where the network does not fit the picture.
    """
    n = one_pass(example, eta, biases)
    figure = strip_of(Scene(n, gap=150), caption)
    figure.numbers = n
    return figure


def strip_of(scene: Scene, caption: str | None = None) -> Figure:
    """The film strip of a pass that is drawn already."""
    starts = scene.phase_starts()
    ends = [*list(starts.values())[1:], len(scene.frames)]
    parts = []
    for i, (phase, end) in enumerate(zip(starts, ends), start=1):
        width, height = scene.size
        title = (
            f'<text x="6" y="18" style="text-anchor:start;font-size:15px">'
            f'<tspan class="strong">{i}</tspan> {phase}</text>'
        )
        picture = scene.still(end - 1, since=starts[phase])
        parts.append((f'{title}<g transform="translate(0 22)">{picture}</g>', width, height + 22))
    caption = caption or (
        "One pass: values go forward, errors come back as deltas, every weight gets its gradient, "
        "and all weights move at once."
    )
    n = scene.n
    alt = (
        f"The film strip of one pass in five pictures. {diagram.in_words(n.net, _values(n))} "
        f"{_deltas_in_words(n)} After the update E = {diagram.number(n.E_after, 6)}."
    )
    return Figure(parts, caption, alt, scale=0.95)  # two of them fit beside each other


def _values(n: PassNumbers) -> dict:
    return diagram.values_of(n.net, n.x, n.t)


def _deltas_in_words(n: PassNumbers) -> str:
    parts = []
    for layer in range(n.last, 0, -1):
        deltas = [
            f"{diagram.unit_letter(layer, j + 1, n.net.sizes)} {shown(float(d))}"
            for j, d in enumerate(n.delta(layer))
        ]
        parts.append(", ".join(deltas))
    return f"Deltas: {'; '.join(parts)}."


def _unit_index(n: PassNumbers, unit: str) -> int:
    layer = n.last - 1
    known = [diagram.unit_letter(layer, j + 1, n.net.sizes) for j in range(n.net.sizes[layer])]
    if layer == 0:
        raise ValueError("This network has no hidden units, so nothing flows back to one.")
    if unit not in known:
        raise ValueError(f"No hidden unit {unit!r}; there are {', '.join(known)}.")
    return known.index(unit)


def _text(x, y, body: str, css: str = "", anchor: str = "middle", more: str = "") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor};{more}">{body}</text>'
    )


def delta_letters(layer: str, index) -> str:
    """δ with y or h raised and its index lowered."""
    return (
        f'<tspan class="it">δ</tspan><tspan dy="-5" font-size="72%" class="it">{layer}</tspan>'
        f'<tspan dy="8" font-size="75%">{index}</tspan><tspan dy="-3">\u200b</tspan>'
    )


def arrow(x1, y1, x2, y2, flow: int, width: float = 3.4) -> str:
    """An arrow in colour and line of flow 1, 2 or 3; the head is drawn, with no marker to name."""
    colour, dashes = style.FLOW[flow]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ex, ey = x2 - (x2 - x1) * 9 / length, y2 - (y2 - y1) * 9 / length
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    turn = degrees(atan2(y2 - y1, x2 - x1))
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{ex:.1f}" y2="{ey:.1f}"{dashed} '
        f'style="stroke:var(--bp-{colour});stroke-width:{width:g}"/>'
        f'<path d="M0 0L-13 -6.5L-13 6.5z" transform="translate({x2:.1f} {y2:.1f}) '
        f'rotate({turn:.1f})" style="fill:var(--bp-{colour})"/>'
    )


def _flow(n: PassNumbers, j: int, k: int, there, here) -> str:
    """Output k's arrow to the unit, with the product that it carries written along it."""
    outputs = n.net.sizes[-1]
    side = 1 - 2 * k / (outputs - 1) if outputs > 1 else 0.0  # from above: 1, from below: -1
    start = there[0] - 4, there[1]
    aim = here[0] + 4 * abs(side), here[1] - 12 * side
    x1, y1, x2, y2 = diagram.between(start, aim, "output", "hidden")
    turn = degrees(atan2(y1 - y2, x1 - x2))
    u, delta = float(n.net.U[j + 1, k]), float(n.delta(n.last)[k])
    times = f"{shown(delta)} × {_factor(u)} = {shown(float(n.terms[-1][j, k]))}"
    label = delta_letters("y", k + 1) + " × " + letters(n.name(n.last - 1, j + 1, k))
    colour = f"fill:var(--bp-{style.FLOW[k + 1][0]})"
    lift, more = (-12, -19) if side >= 0 else (22, 20)
    return arrow(x1, y1, x2, y2, k + 1) + (
        f'<g transform="translate({(x1 + x2) / 2:.1f} {(y1 + y2) / 2:.1f}) rotate({turn:.1f})">'
        f"{_text(0, lift, times, 'strong', more=colour)}{_text(0, lift + more, label)}</g>"
    )


def _factor(u: float) -> str:
    """A weight as a factor; negative ones in parentheses."""
    return diagram.short(u) if u >= 0 else f"({diagram.short(u)})"


def _output(n: PassNumbers, k: int, place) -> str:
    (x, y), (a, b) = place, diagram.NODE["output"]
    value = shown(float(n.delta(n.last)[k]))
    corners = f"{x - a},{y:g} {x},{y - b:g} {x + a},{y:g} {x},{y + b:g}"
    return (
        f'<polygon class="output" points="{corners}"/>'
        f"{_text(x, y - 5, letters(f'y{k + 1}'))}"
        f"{_text(x, y + 12, diagram.number(float(n.p.y[k]), 4), 'small')}"
        f"{_text(x, y + b + 17, delta_letters('y', k + 1) + ' = ' + value, 'strong')}"
    )


def _hidden(n: PassNumbers, j: int, unit: str, numbers, place) -> str:
    """The unit with, beside it, what arrives, added up, and its delta."""
    x, y = place
    edge = x - diagram.NODE["hidden"][0] - 14
    slope = f"× slope {shown(numbers['slope'])}"
    delta = delta_letters("h", unit[1:]) + " = " + shown(numbers["delta"])
    many = len(numbers["terms"]) > 1
    lines = [
        (coloured_sum(numbers["terms"]), "strong"),
        *([("= " + total(numbers["terms"], numbers["back"]).partition(" = ")[2], "strong")] * many),
        (slope, "small"),
        (delta, "strong"),
    ]
    top = y - 9.5 * (len(lines) - 1) + 4.5
    return (
        f'<circle class="behind" cx="{x}" cy="{y:g}" r="29"/>'
        f'<circle class="hidden" cx="{x}" cy="{y:g}" r="29"/>'
        f"{_text(x, y - 4, letters(unit))}"
        f"{_text(x, y + 13, diagram.number(float(n.h(n.last - 1)[j]), 4), 'small')}"
        + "".join(_text(edge, top + 19 * i, *line, "end") for i, line in enumerate(lines))
    )


def coloured_sum(terms) -> str:
    """'0.0554 − 0.0190' as SVG text, each term in the colour of its flow."""
    first, *rest = added([float(v) for v in terms]).split(" ")
    signed = [first, *(f"{sign} {v}" for sign, v in zip(rest[::2], rest[1::2]))]
    return " ".join(
        f'<tspan style="fill:var(--bp-{style.FLOW[k][0]})">{text}</tspan>'
        for k, text in enumerate(signed, start=1)
    )


def _caption(n: PassNumbers, unit: str) -> str:
    letter, index = diagram.split_name(unit)
    unit = f"<i>{letter}</i><sub>{index}</sub>"
    if n.net.sizes[-1] == 1:
        return f"The error comes back to {unit} through the weight that had carried its value on."
    return (
        f"{unit} had a share in every output's error, so something comes back from each of them, "
        "each through its own weight, and at the unit they add up."
    )


def _words(n: PassNumbers, j: int, unit: str, numbers) -> str:
    flows_ = [
        f"from output {k + 1} comes {shown(float(n.delta(n.last)[k]))} × "
        f"{_factor(float(n.net.U[j + 1, k]))} = {shown(float(term))}"
        for k, term in enumerate(numbers["terms"])
    ]
    slope, delta = shown(numbers["slope"]), shown(numbers["delta"])
    end = f"times its slope, {slope}, this is its delta, {delta}."
    sentence = f"{'; '.join(flows_)}. At {unit}: {total(numbers['terms'], numbers['back'])}; {end}"
    return f"What flows back to the hidden unit {unit}: {sentence}"
