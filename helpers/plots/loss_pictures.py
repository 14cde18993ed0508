"""The two pictures of the losses: one output with its two curves, and several classes with bars.

The lab moves them, the text shows them standing still; both are drawn here.
"""

from __future__ import annotations

from .. import diagram
from .live import Ink
from .loss_numbers import AXIS, CROSS, GRID, LANE, MOST, WIDTH, P, X, Y, bar_half, columns, level

HEIGHT, CURVES_HEIGHT = 424, 296
KEY = 286
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
    e = ink.text(AXIS, top - 12, '<tspan class="it error">e</tspan>')
    return walls + frame + "".join(e_ticks + y_ticks) + e


def key(ink: Ink, mark: bool = True) -> str:
    """What diamond and cross mean, and where they are."""
    y, t = (f"{diagram.letters(name)} = {ink.number(name)}" for name in "yt")
    target = _cross(ink, "234", f"{KEY - 4:g}")
    target += ink.text(245, KEY, f"target {t}", "small", "start")
    if not mark:
        return ink.text(100, KEY, f"prediction {diagram.letters('y')}", "small", "start") + target
    prediction = ink.text(100, KEY, f"prediction {y}", "small", "start")
    return _diamond(ink, "88", KEY - 4) + prediction + target


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
        ("e", '<tspan class="it error">e</tspan>', 339, ("", "")),
        ("dy", _slope("e", "y"), 364, ("never beyond ±1", "no bound")),
        ("dz", _slope("e", "z"), 402, ("never beyond ±0.15", "never beyond ±1")),
    )
    body = [ink.shape("path", style=RULE, d=f"M8 319H{WIDTH - 8}")]
    body += [ink.text(x, 311, NAMES[name], "small") for name, x in TABLE.items()]
    for key, label, y, notes in rows:
        body.append(ink.text(8, y, label, "", "start"))
        for (name, x), note in zip(TABLE.items(), notes):
            body.append(ink.text(x, y, ink.number(f"{key}_{name}"), "strong"))
            if note:
                body.append(ink.text(x, y + 15, note, "small"))
    body.append(
        ink.text(8, 417, f"at {diagram.letters('z')} = {ink.number('z')}", "small", "start")
    )
    return "".join(body)


def _slope(e: str, name: str) -> str:
    return f'd<tspan class="it">{e}</tspan>/d{diagram.letters(name)}'


def bars(ink: Ink, names, aimed: bool = True) -> str:
    """y = softmax(z) as bars; with `aimed` the targets, and an arrow to each of them."""
    middles, half = columns(len(names), aimed), bar_half(len(names))
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
    name = f"{diagram.letters('y')} = softmax({diagram.letters('z')})"
    body.append(ink.text(AXIS - 8, 20, name, "", "start"))
    return "".join(body)


def _aim(ink: Ink, name: str, x: float, half: float) -> str:
    """The target's cross, and beside it the arrow from the height of the bar to its height."""
    lane = x + half + LANE
    line = f"M{lane:g} {{bar_{name}}}V{{end_y_{name}}}"
    corners = (
        f"{lane:g},{{tip_y_{name}}} {{left_x_{name}}},{{left_y_{name}}} "
        f"{{right_x_{name}}},{{right_y_{name}}}"
    )
    edge = f"M{x + half:g} {{bar_{name}}}H{lane + 6:g}"
    return (
        ink.shape("path", style=FAINT, d=edge)
        + ink.shape("path", style=GRADIENT, d=line)
        + ink.shape("polygon", style=HEAD, points=corners)
        + _cross(ink, f"{lane + CROSS:g}", f"{{aim_{name}}}")
    )


def cross_entropy(ink: Ink, one_hot: bool = True) -> str:
    """E, above the bars; for a one-hot target it is minus the logarithm of one y."""
    letter, index = '<tspan class="it error">E</tspan> = ', ""
    if one_hot:
        letter += '−ln <tspan class="it">y</tspan>'
        index = f'<tspan dy="3" font-size="75%">{ink.number("c")}</tspan><tspan dy="-3"> = </tspan>'
    value = f'<tspan class="strong">{ink.number("E")}</tspan>'
    return ink.text(WIDTH - 8, 20, letter + index + value, "", "end")


def numbers_under(ink: Ink, names, aimed: bool = True) -> str:
    """The table under the bars: z, t and the slope of each class."""
    middles = columns(len(names), aimed)
    body = [ink.text(x, P[0] + 19, f"class {name}", "small") for name, x in zip(names, middles)]
    body.append(ink.shape("path", style=RULE, d=f"M8 {P[0] + 27:g}H{WIDTH - 8}"))
    rows = [("z", diagram.letters("z"), P[0] + 47)]
    if aimed:
        rows += [("t", diagram.letters("t"), P[0] + 71), ("slope", _slope("E", "z"), P[0] + 97)]
        note = f"{diagram.letters('y')} − {diagram.letters('t')}: never beyond ±1, adding up to 0"
        body.append(ink.text(AXIS + 26, P[0] + 115, note, "small", "start"))
    for name, label, y in rows:
        body.append(ink.text(8, y, label, "", "start"))
        css = "strong" if name == "slope" else ""
        body += [ink.text(x, y, ink.number(f"{name}_{k}"), css) for k, x in zip(names, middles)]
    return "".join(body)
