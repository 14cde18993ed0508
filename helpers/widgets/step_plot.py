"""The plot of one step along one weight, as SVG; `step.js` redraws the same elements."""

from __future__ import annotations

from .. import diagram
from ..chart import arrow_paths
from .curve import spread

WIDTH, HEIGHT = 480, 278
LEFT, RIGHT, TOP, LOWEST, BOTTOM = 62, 466, 40, 232, 248  # the curve ends above the axis
TANGENT = 78  # half its length, in the picture's units
TICKS = 5
ROOM = 128  # for the words beside a point

INK = {
    "now": "fill:var(--bp-error);stroke:var(--bp-paper);stroke-width:1.5",
    "gradient": "fill:none;stroke:var(--bp-gradient);stroke-width:3",
    "gradient-head": "fill:var(--bp-gradient)",
    "step": "fill:none;stroke:var(--bp-velocity);stroke-width:5",
    "step-head": "fill:var(--bp-velocity)",
    "landing": "fill:var(--bp-paper);stroke:var(--bp-velocity);stroke-width:3",
    "drop": "fill:none;stroke:var(--bp-muted);stroke-width:1.2;stroke-dasharray:3 3",
    "trail": "fill:none;stroke:var(--bp-velocity);stroke-width:1.4",
    "grid": "fill:none;stroke:var(--bp-line);stroke-width:1",
}


def part(name: str, grid, errors, now, after, slope: float):
    """(body, width, height): E over `grid`, the tangent at now = (u, E), the step to `after`."""
    low, high = spread(min(errors), max(errors))
    per_u = (RIGHT - LEFT) / (grid[-1] - grid[0])
    per_E = (LOWEST - TOP) / (high - low)

    def at(u, e):
        x, y = LEFT + per_u * (u - grid[0]), LOWEST - per_E * (e - low)
        return min(max(x, LEFT), RIGHT), min(max(y, TOP), LOWEST)

    words = {
        "low": diagram.number(low, 4),
        "high": diagram.number(high, 4),
        "now-words": "now: " + diagram.number(now[1], 6),
        "after-words": "after: " + diagram.number(after[1], 6),
        **{f"tick{i}": _tick(grid, i) for i in range(TICKS)},
    }
    drawn = {
        "line": " ".join("{:.1f},{:.1f}".format(*at(u, e)) for u, e in zip(grid, errors)),
        "now": at(*now),
        "after": at(*after),
        "tangent": _tangent(*at(*now), -slope * per_E / per_u, -1 if slope > 0 else 1),
        "rises": [_rises(grid, errors, u) for u in (now[0], after[0])],
        "outside": not grid[0] <= after[0] <= grid[-1],
    }
    return _frame(name, words) + _moving(drawn, words), WIDTH, HEIGHT


def _rises(grid, errors, u: float) -> bool:
    """Whether the curve rises there; words then stand below it on the right, above on the left."""
    k = min(max(int(abs(grid - u).argmin()), 1), len(grid) - 2)
    return bool(errors[k + 1] > errors[k - 1])


def _tick(grid, i: int) -> str:
    return f"{round(grid[0] + (grid[-1] - grid[0]) * i / (TICKS - 1), 3):g}".replace("-", "−")


def _tangent(x, y, tilt: float, towards: int):
    """Both ends, the second one downhill; `tilt` is the slope on paper."""
    dx = TANGENT / (1 + tilt * tilt) ** 0.5 * towards
    return (x - dx, y - dx * tilt), (x + dx, y + dx * tilt)


def _text(x, y, key, anchor, body, css="small"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{css}" data-c="{key}" '
        f'style="text-anchor:{anchor}">{body}</text>'
    )


def _frame(name: str, words) -> str:
    """Axes and their words; every text that changes can be found by its data-c."""
    letter, index = diagram.split_name(name)
    weight = (
        f'<tspan data-c="name" class="it">{letter}</tspan>'
        f'<tspan data-c="index" dy="3" font-size="75%">{index}</tspan>'
        '<tspan dy="-3">, all other weights held</tspan>'
    )
    parts = [
        f'<text x="8" y="18" class="small" style="text-anchor:start">'
        f'<tspan class="it error">E</tspan> along {weight}</text>',
        _text(LEFT - 6, TOP + 5, "high", "end", words["high"]),
        _text(LEFT - 6, LOWEST + 4, "low", "end", words["low"]),
    ]
    for i in range(TICKS):
        x = LEFT + (RIGHT - LEFT) * i / (TICKS - 1)
        parts.append(f'<path style="{INK["grid"]}" d="M{x:.1f} {TOP}V{BOTTOM}"/>')
        parts.append(_text(x, BOTTOM + 22, f"tick{i}", "middle", words[f"tick{i}"]))
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    return "".join(parts)


def _moving(drawn, words) -> str:
    """What moves: curve, tangent, step, and the two points with their E."""
    (nx, ny), (ax, ay) = drawn["now"], drawn["after"]
    tangent, tangent_head = arrow_paths(*drawn["tangent"])
    step, step_head = arrow_paths((nx, BOTTOM), (ax, BOTTOM))
    away = 1 if ax <= nx else -1
    sides = _side(nx, ny, away, drawn["rises"][0]), _side(ax, ay, -away, drawn["rises"][1])
    if sides == (-away, away):  # crossed: both where there is more room
        sides = (1, 1) if nx + ax < LEFT + RIGHT else (-1, -1)
    lift = 16 * (sides[0] == sides[1])
    hidden = ' visibility="hidden"' if drawn["outside"] else ""
    x, y, width, height = LEFT, TOP - 20, RIGHT - LEFT, BOTTOM - TOP + 22
    drops = f"M{nx:.1f} {ny:.1f}V{BOTTOM}M{ax:.1f} {ay:.1f}V{BOTTOM}"

    def path(key, ink, d):
        return f'<path data-c="{key}" style="{INK[ink]}" d="{d}"/>'

    def circle(key, ink, x, y, more=""):
        return f'<circle data-c="{key}" style="{INK[ink]}" cx="{x:.1f}" cy="{y:.1f}" r="6"{more}/>'

    inside = (  # whatever leaves the frame is cut off
        path("drops", "drop", drops)
        + f'<polyline data-c="line" class="along" points="{drawn["line"]}"/>'
        + path("trail", "trail", "")
        + path("tangent", "gradient", tangent)
        + path("tangent-head", "gradient-head", tangent_head)
    )
    return (
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}" '
        f'viewBox="{x} {y} {width} {height}">{inside}</svg>'
        + path("step", "step", step)
        + path("step-head", "step-head", step_head)
        + circle("now", "now", nx, ny)
        + circle("after", "landing", ax, ay, hidden)
        + _beside("now-words", nx, ny - lift, sides[0], drawn["rises"][0], words)
        + _beside("after-words", ax, ay, sides[1], drawn["rises"][1], words)
    )


def _side(x, y, side: int, rises: bool) -> int:
    """Left or right: away from the other point, unless the frame or the curve is there."""

    def fits(s):
        return LEFT < x + s * ROOM < RIGHT

    def free(s):
        return fits(s) and not (_low(y) and (s > 0) == rises)

    return side if free(side) or (fits(side) and not free(-side)) else -side


def _low(y) -> bool:
    """Whether no words fit between a point and the axis."""
    return y + 21 > BOTTOM - 3


def _beside(key: str, x, y, side: int, rises: bool, words) -> str:
    above = (side > 0) != rises or _low(y)
    anchor = "start" if side > 0 else "end"
    y += -9 if above else 21
    return _text(x + side * 11, y, key, anchor, words[key], "small halo")
