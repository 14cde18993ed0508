"""The small pictures on the film strip: what happens in each phase, without numbers."""

from __future__ import annotations

from .. import style

WIDTH, HEIGHT = 84, 46
LAYERS = ((12, 11, 35), (42, 11, 35), (72, 11, 35))  # x, and the two y


def thumbnail(phase: str) -> str:
    """An SVG without words; the button that it stands on has the name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true" focusable="false">{_lines(phase)}{_nodes(phase)}</svg>'
    )


def _pairs():
    """(layer, the lower one of the two on the right, x1, y1, x2, y2) for each line."""
    for l in (0, 1):
        (xa, *ya), (xb, *yb) = LAYERS[l], LAYERS[l + 1]
        for k in (0, 1):
            for j in (0, 1):
                yield l, k, xa + 7, ya[j], xb - 8, yb[k]


def _lines(phase: str) -> str:
    return "".join(_line(phase, *pair) for pair in _pairs())


def _line(phase: str, l: int, k: int, x1, y1, x2, y2) -> str:
    colour, width, dashes, forward = "line", 1.2, "", None
    if phase == "forward":
        colour, width, forward = "text", 1.3, True
    elif phase == "deltas" and l == 1:
        colour, dashes = style.FLOW[k + 1][0], "4 1.6 1 1.6" if k else ""
        width, forward = 2.0, False
    elif phase == "gradients":
        colour, width = "gradient", 2.4
    elif phase == "update":
        colour, width = "weight", 2.6
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    line = (
        f'<path d="M{x1} {y1}L{x2} {y2}"{dashed} '
        f'style="fill:none;stroke:var(--bp-{colour});stroke-width:{width}"/>'
    )
    if forward is None:
        return line
    tip, tail = ((x2, y2), (x1, y1)) if forward else ((x1, y1), (x2, y2))
    return line + _head(*tail, *tip, colour)


def _head(x1, y1, x2, y2, colour: str) -> str:
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    corners = " ".join(
        f"{x2 - 5 * ux + side * 2.5 * uy:.1f},{y2 - 5 * uy - side * 2.5 * ux:.1f}"
        for side in (1, -1)
    )
    return f'<polygon points="{x2},{y2} {corners}" style="fill:var(--bp-{colour})"/>'


def _nodes(phase: str) -> str:
    parts = []
    for layer, (x, *ys) in enumerate(LAYERS):
        for y in ys:
            if layer == 0:
                parts.append(
                    f'<rect class="input" x="{x - 6}" y="{y - 6}" width="12" height="12"/>'
                )
            elif layer == 1:
                parts.append(f'<circle class="hidden" cx="{x}" cy="{y}" r="7"/>')
            else:
                path = f"M{x} {y - 9}l9 9l-9 9l-9 -9z"
                ring = ";stroke:var(--bp-error);stroke-width:3" if phase == "errors" else ""
                parts.append(f'<path class="output" d="{path}" style="{ring[1:]}"/>')
    return "".join(parts)
