"""The two pictures of the losses: one output with its two curves, and several classes with bars.

The lab moves them, the text shows them standing still; both are drawn here.
"""

from __future__ import annotations

from .. import diagram
from .live import Ink
from .loss_numbers import AXIS, GRID, LANE, MOST, WIDTH, P, X, Y, bar_half, columns, level

HEIGHT, CURVES_HEIGHT = 414, 292
TABLE = {"squared": 176, "log": 316}
GRADIENT = "fill:none;stroke:var(--bp-gradient);stroke-width:3;stroke-linecap:round"
HEAD = "fill:var(--bp-gradient);stroke:none"
FAINT = "stroke:var(--bp-line);stroke-width:1.2;stroke-dasharray:3 4;fill:none"
RULE = "stroke:var(--bp-line);stroke-width:1;fill:none"
NAMES = {"squared": "squared error", "log": "log loss"}


def curves(ink: Ink, mark: bool = True) -> str:
    """e over y for both losses; with `mark` the point y, its target t and the tangents."""
    body = [_axes(ink), *(_curve(ink, name) for name in NAMES)]
    if mark:
        body.append(ink.shape("path", style=FAINT, d=f"M{{x_y}} {Y[0]:g}V{{y_log}}"))
        body += [_tangent(ink, name) for name in NAMES]
    body += [
        ink.text(f"{{name_x_{name}}}", f"{{name_y_{name}}}", words, "small halo")
        for name, words in NAMES.items()
    ]
    if mark:
        body += [ink.shape("circle", "now", cx="{x_y}", cy=f"{{y_{n}}}", r="5") for n in NAMES]
        body.append(_diamond(ink, "{x_y}", Y[0]))
    body.append(_cross(ink, "{x_t}", f"{Y[0]:g}"))
    return "".join(body)


def _axes(ink: Ink) -> str:
    high = X[1]
    bottom, top = Y
    walls = "".join(ink.shape("path", style=FAINT, d=f"M{x:g} {bottom:g}V{top:g}") for x in X)
    frame = ink.shape("path", "axis", d=f"M{AXIS} {top:g}V{bottom:g}H{high + 34:g}")
    e_ticks = [
        ink.text(AXIS - 7, f"{level(e / MOST, Y) + 4:g}", str(e), "small", "end")
        for e in range(int(MOST) + 1)
    ]
    y_ticks = [
        ink.text(f"{level(v, X):g}", f"{bottom + 23:g}", f"{v:g}", "small") for v in (0, 0.5, 1)
    ]
    key = (
        _diamond(ink, "134", bottom + 38)
        + ink.text(146, bottom + 42, f"prediction {diagram.letters('y')}", "small", "start")
        + _cross(ink, "240", f"{bottom + 38:g}")
        + ink.text(251, bottom + 42, f"target {diagram.letters('t')}", "small", "start")
    )
    e = ink.text(AXIS, top - 12, '<tspan class="it error">e</tspan>')
    return walls + frame + "".join(e_ticks + y_ticks) + key + e


def _curve(ink: Ink, name: str) -> str:
    points = " ".join(f"{level(y, X):.1f},{{{name}_{i}}}" for i, y in enumerate(GRID))
    return ink.shape("polyline", "along", points=points)


def _tangent(ink: Ink, name: str) -> str:
    tail = f"M{{tail_x_{name}}} {{tail_y_{name}}}"
    line = ink.shape("path", style=GRADIENT, d=f"{tail}L{{end_x_{name}}} {{end_y_{name}}}")
    return line + _head(ink, name)


def _head(ink: Ink, name: str) -> str:
    corners = " ".join(f"{{{c}_x_{name}}},{{{c}_y_{name}}}" for c in ("tip", "left", "right"))
    return ink.shape("polygon", style=HEAD, points=corners)


def _diamond(ink: Ink, x: str, y: float) -> str:
    return ink.shape("path", "output", d=f"M{x} {y - 6:g}l6 6l-6 6l-6 -6z")


def _cross(ink: Ink, x: str, y: str) -> str:
    return ink.shape("path", "target", d=f"M{x} {y}m-5 -5l10 10m0 -10l-10 10")


def numbers_below(ink: Ink) -> str:
    """The table under the curves: e and both slopes, for both losses."""
    rows = (
        ("e", '<tspan class="it error">e</tspan>', 338, ("", "")),
        ("dy", _slope("e", "y"), 361, ("never beyond ±1", "no bound")),
        ("dz", _slope("e", "z"), 393, ("never beyond ±0.15", "never beyond ±1")),
    )
    body = [ink.shape("path", style=RULE, d=f"M8 320H{WIDTH - 8}")]
    body += [ink.text(x, 313, NAMES[name], "small") for name, x in TABLE.items()]
    for key, label, y, notes in rows:
        body.append(ink.text(8, y, label, "", "start"))
        for (name, x), note in zip(TABLE.items(), notes):
            body.append(ink.text(x, y, ink.number(f"{key}_{name}"), "strong"))
            body.append(ink.text(x, y + 14, note, "small muted"))
    body.append(
        ink.text(8, 407, f"at {diagram.letters('z')} = {ink.number('z')}", "small", "start")
    )
    return "".join(body)


def _slope(e: str, name: str) -> str:
    return f'd<tspan class="it">{e}</tspan>/d{diagram.letters(name)}'


def bars(ink: Ink, names, aimed: bool = True) -> str:
    """p = softmax(z) as bars; with `aimed` the targets, and an arrow from each target to p."""
    middles, half = columns(len(names)), bar_half(len(names))
    body = [_bar_axes(ink)]
    for name, x in zip(names, middles):
        body.append(
            ink.shape(
                "rect",
                "output",
                x=f"{x - half:g}",
                width=f"{2 * half:g}",
                y=f"{{bar_{name}}}",
                height=f"{{high_{name}}}",
            )
        )
        if aimed:
            body.append(_aim(ink, name, x, half))
        body.append(ink.text(x, f"{{over_{name}}}", ink.number(f"p_{name}"), "strong halo"))
    return "".join(body)


def _bar_axes(ink: Ink) -> str:
    bottom, top = P
    body = [ink.shape("path", style=FAINT, d=f"M{AXIS} {top:g}H{WIDTH - 6}")]
    body.append(ink.shape("path", "axis", d=f"M{AXIS} {top:g}V{bottom:g}H{WIDTH - 6}"))
    body += [
        ink.text(AXIS - 7, f"{level(v, P) + 4:g}", f"{v:g}", "small", "end") for v in (0, 0.5, 1)
    ]
    body.append(ink.text(AXIS, top - 12, diagram.letters("p")))
    return "".join(body)


def _aim(ink: Ink, name: str, x: float, half: float) -> str:
    """The target's cross, and the arrow from there to the height of the bar."""
    lane = x + half + LANE
    line = f"M{lane:g} {{aim_{name}}}V{{end_y_{name}}}"
    corners = (
        f"{lane:g},{{tip_y_{name}}} {{left_x_{name}}},{{left_y_{name}}} "
        f"{{right_x_{name}}},{{right_y_{name}}}"
    )
    edge = f"M{x + half:g} {{bar_{name}}}H{lane + 8:g}"
    return (
        ink.shape("path", style=FAINT, d=edge)
        + ink.shape("path", style=GRADIENT, d=line)
        + ink.shape("polygon", style=HEAD, points=corners)
        + _cross(ink, f"{lane:g}", f"{{aim_{name}}}")
    )


def cross_entropy(ink: Ink) -> str:
    """E, above the bars."""
    name = '<tspan class="it error">E</tspan>'
    letter = f'{name} = −ln <tspan class="it">p</tspan>'
    index = f'<tspan dy="3" font-size="75%">{ink.number("c")}</tspan><tspan dy="-3"> = </tspan>'
    value = f'<tspan class="strong">{ink.number("E")}</tspan>'
    return ink.text(WIDTH - 8, 20, letter + index + value, "", "end")


def numbers_under(ink: Ink, names, aimed: bool = True) -> str:
    """The table under the bars: z, p, t and the slope of each class."""
    body = []
    rows = [("z", diagram.letters("z"), "small")]
    if aimed:
        rows += [("t", diagram.letters("t"), "small"), ("slope", _slope("E", "z"), "strong")]
    for name, x in zip(names, columns(len(names))):
        body.append(ink.text(x, P[0] + 20, f"class {name}", "small"))
    for row, (key, label, css) in enumerate(rows):
        y = P[0] + 48 + 24 * row
        body.append(ink.text(8, y, label, "", "start"))
        for name, x in zip(names, columns(len(names))):
            body.append(ink.text(x, y, ink.number(f"{key}_{name}"), css))
    return "".join(body)


def rows_height(aimed: bool) -> int:
    """How high the bars with their table are."""
    return int(P[0] + (110 if aimed else 62))
