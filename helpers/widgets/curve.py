"""The small plot of the error along one weight, as SVG; `curve.js` redraws the same frame."""

from __future__ import annotations

from .. import diagram

WIDTH, HEIGHT = 404, 150
LEFT, RIGHT, TOP, BOTTOM = 66, 388, 26, 122


def part(grid, errors, value: float, error: float, name: str):
    """(body, width, height) of the plot of `errors` over `grid`, with the point (value, error)."""
    low, high = spread(min(errors), max(errors))

    def x(v):
        return LEFT + (RIGHT - LEFT) * (v - grid[0]) / (grid[-1] - grid[0])

    def y(e):
        return BOTTOM - (BOTTOM - TOP) * (e - low) / (high - low)

    path = " ".join(f"{x(v):.1f},{y(e):.1f}" for v, e in zip(grid[::5], errors[::5]))
    marks = {
        "name": name,
        "left": diagram.number(grid[0], 2),
        "right": diagram.number(grid[-1], 2),
        "low": diagram.number(low, 4),
        "high": diagram.number(high, 4),
    }
    body = frame(marks) + (
        f'<polyline data-c="line" class="along" points="{path}"/>'
        f'<circle data-c="point" class="now" cx="{x(value):.1f}" cy="{y(error):.1f}" r="5.5"/>'
    )
    return body, WIDTH, HEIGHT


def spread(low: float, high: float) -> tuple[float, float]:
    """The range of the E axis: the curve's own, but no narrower than two thousandths."""
    if high - low >= 0.002:
        return low, high
    middle = max((low + high) / 2, 0.001)
    return middle - 0.001, middle + 0.001


def _name(name: str) -> str:
    letter, index = diagram.split_name(name)
    return (
        f'<tspan data-c="name" class="it">{letter}</tspan>'
        f'<tspan data-c="index" dy="3" font-size="75%">{index}</tspan>'
    )


def frame(marks) -> str:
    """Axes and words; every text can be found by its data-c."""

    def text(x, y, key, anchor, body, more="small"):
        return (
            f'<text x="{x}" y="{y}" class="{more}" data-c="{key}" '
            f'style="text-anchor:{anchor}">{body}</text>'
        )

    axis = f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>'
    return axis + "".join(
        (
            f'<text x="{LEFT - 8}" y="16" class="small" style="text-anchor:start">'
            f'<tspan class="it error">E</tspan> along {_name(marks["name"])}</text>',
            text(LEFT - 6, TOP + 5, "high", "end", marks["high"]),
            text(LEFT - 6, BOTTOM + 4, "low", "end", marks["low"]),
            text(LEFT, BOTTOM + 18, "left", "middle", marks["left"]),
            text(RIGHT, BOTTOM + 18, "right", "middle", marks["right"]),
        )
    )
