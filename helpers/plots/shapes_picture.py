"""Shapes as blocks: each column of the left factor needs a row of the right one.

The left factor lies below left, the right one above right; where they meet, the product appears
between them. Quarter circles join the partners. All parts that a lab may need are in the picture,
hidden where they are not needed, so that the browser only shows and hides.
"""

from __future__ import annotations

from . import shapes_table as table
from .shapes_table import FACTORS, MOST, SIZES

CELL, DOCKED, APART = 20, 3, 14  # how far the blocks are from the corner
MOST_CELLS = MOST + 1
REACH = CELL * MOST_CELLS
LEFT, RIGHT, ABOVE, BELOW = 100, 128, 44, 56  # beside the largest blocks
WIDTH, HEIGHT = LEFT + 2 * REACH + RIGHT, ABOVE + 2 * REACH + BELOW
CORNER = LEFT + REACH, ABOVE + REACH
MONO = "font-family:ui-monospace,'Liberation Mono',Menlo,Consolas,monospace"
NOT_HERE = ' style="display:none"'
ARC = "fill:none;stroke:var(--bp-muted);stroke-width:1.5"
HOLLOW = "fill:var(--bp-paper);fill-opacity:1;stroke-dasharray:3 2"
LOOSE = "fill:none;stroke:var(--bp-error);stroke-width:2.6"


def look(colour: str) -> str:
    """The style of a block's cells."""
    if colour == "none":
        return "fill:var(--bp-paper);stroke:var(--bp-muted);stroke-width:1.2;stroke-dasharray:3 3"
    line = "edge" if colour == "output" else colour
    fill = {"output": 0.5, "gradient": 0.35}.get(colour, 0.2)
    return f"fill:var(--bp-{colour});fill-opacity:{fill};stroke:var(--bp-{line});stroke-width:1.6"


NOTE = "Hollow: the constant 1 and its weights, the biases (b)."
# What stands at the product; the browser writes the same.
WORDS = {"pass": "✓ {name}", "turned": "{name}", "accident": "by accident", "plain": "no name"}
WORDS["none"] = "no product"


def checked_sizes(sizes) -> dict[str, int]:
    """All four sizes, those not given as in SIZES."""
    for name, value in sizes.items():
        if name not in SIZES:
            raise ValueError(f"No size {name!r}; there are {', '.join(SIZES)}.")
        if value not in range(1, MOST + 1):
            raise ValueError(f"{name} is a whole number from 1 to {MOST}; got {value!r}.")
    return {**SIZES, **{name: int(value) for name, value in sizes.items()}}


def said(left: str, right: str, sizes) -> str:
    """The whole state in words."""
    a, b = ("{} × {}".format(*FACTORS[name].shape(sizes)) for name in (left, right))
    return f"{left} ({a}) @ {right} ({b}). {table.in_words(left, right, sizes)}"


# ---- the picture


def body(left: str, right: str, sizes, live: bool = False) -> str:
    """The inside of the SVG; with `live` also what is hidden now."""
    a, b = FACTORS[left], FACTORS[right]
    (rows, inner), (other, cols) = a.shape(sizes), b.shape(sizes)
    found, fit = table.product(left, right), inner == other
    gap = DOCKED if fit else APART
    parts = [
        *_joints(inner, other, live),
        _block("left", a.colour, f"0 {gap}", _left_cells(a, rows, inner, live)),
        _block("right", b.colour, f"{gap} 0", _right_cells(b, other, cols, live)),
    ]
    if fit or live:
        cells = _product_cells(a, b, rows, cols, found["kind"] != "accident", live)
        parts.append(_block("product", found["colour"], f"{DOCKED} {DOCKED}", cells, fit))
    parts += _labels(left, right, sizes)
    return f'<g transform="translate({CORNER[0]} {CORNER[1]})">{"".join(parts)}</g>'


def _block(name: str, colour: str, at: str, cells: str, here: bool = True) -> str:
    hidden = "" if here else ";display:none"
    return (
        f'<g data-block="{name}" transform="translate({at})" style="{look(colour)}{hidden}">'
        f"{cells}</g>"
    )


def _left_cells(f, rows, inner, live):
    """Cells by row and by distance from the corner: k = 0 is the last column."""
    return "".join(
        _cell(r, k, -(k + 1) * CELL, r * CELL, r < rows and k < inner,
              f.first_row * (r == 0) or f.first_col * (k == inner - 1), live)
        for r in range(MOST_CELLS) for k in range(MOST_CELLS)
    )  # fmt: skip


def _right_cells(f, inner, cols, live):
    return "".join(
        _cell(c, k, c * CELL, -(k + 1) * CELL, c < cols and k < inner,
              f.first_col * (c == 0) or f.first_row * (k == inner - 1), live)
        for c in range(MOST_CELLS) for k in range(MOST_CELLS)
    )  # fmt: skip


def _product_cells(a, b, rows, cols, marked, live):
    def first(r, c):
        return "b" * (marked and ((r == 0 and a.first_row != "") or (c == 0 and b.first_col != "")))

    return "".join(
        _cell(r, c, c * CELL, r * CELL, r < rows and c < cols, first(r, c), live)
        for r in range(MOST_CELLS)
        for c in range(MOST_CELLS)
    )


def _cell(u, k, x, y, here, first, live) -> str:
    """One number of a block, hollow where it belongs to the constant 1; `first` stands in it."""
    if not (here or live):
        return ""
    style = "" if here else NOT_HERE
    paper = f' style="{HOLLOW}"' if first else ""
    text = (
        f'<text x="{x + CELL / 2:g}" y="{y + CELL / 2 + 4:g}" class="small" '
        f'style="stroke:none;fill-opacity:1">{first}</text>'
    )
    return (
        f'<g data-cell="{u} {k}"{style}><rect x="{x}" y="{y}" width="{CELL}" '
        f'height="{CELL}"{paper}/>{text if first or live else ""}</g>'
    )


def _joints(inner, other, live):
    """Quarter circles between partners, and loose ends where one is missing."""
    for k in range(MOST_CELLS):
        r, both = (k + 0.5) * CELL, min(inner, other)
        arc = f"M{-r:g} -1A{r - 1:g} {r - 1:g} 0 0 1 -1 {-r:g}"
        yield _joint("arc", k, arc, ARC, k < both, live)
        cross = "m-4 -4l8 8m0 -8l-8 8"
        end_left = f"M{-r:g} 8v-12m0 -6{cross}"
        end_right = f"M8 {-r:g}h-12m-6 0{cross}"
        yield _joint("left", k, end_left, LOOSE, both <= k < inner, live)
        yield _joint("right", k, end_right, LOOSE, both <= k < other, live)


def _joint(kind, k, path, style, here, live) -> str:
    if not (here or live):
        return ""
    hidden = "" if here else ";display:none"
    return f'<path data-joint="{kind} {k}" d="{path}" style="{style}{hidden}"/>'


def _labels(left: str, right: str, sizes):
    """Names and sides; the browser moves the same texts."""
    for key, (x, y, anchor, text) in label_places(left, right, sizes).items():
        code = key in ("left", "right", "product")
        css = "strong halo" if code else "small halo error" if text[0] == "✗" else "small halo"
        more = f";{MONO};font-size:15px" if code else ""
        yield (
            f'<text data-label="{key}" x="{x:g}" y="{y:g}" class="{css}" '
            f'style="text-anchor:{anchor}{more}">{text}</text>'
        )


def label_places(left: str, right: str, sizes) -> dict[str, tuple]:
    """x, y, anchor and text of every label, from the corner where the blocks meet."""
    a, b = FACTORS[left], FACTORS[right]
    (rows, inner), (other, cols) = a.shape(sizes), b.shape(sizes)
    found, fit = table.product(left, right), inner == other
    gap, name = DOCKED if fit else APART, WORDS[found["kind"]].format(name=found["name"])
    below, above = rows * CELL + gap, -other * CELL
    clash, shape = "" if fit else "✗ ", f"{rows} × {cols}"
    return {
        "left": (-6, below + 19, "end", left),
        "left rows": (-inner * CELL - 8, gap + rows * CELL / 2 + 4, "end", f"{a.rows} = {rows}"),
        "left cols": (-6, below + 36, "end", f"{clash}{a.cols} = {inner}"),
        "right": (gap + 2, above - 24, "start", right),
        "right cols": (gap + 2, above - 8, "start", f"{b.cols} = {cols}"),
        "right rows": (
            gap + cols * CELL + 8, above / 2 + 4, "start", f"{clash}{b.rows} = {other}"
        ),
        "product": (6, below + 19, "start", name if fit else WORDS["none"]),
        "product shape": (6, below + 36, "start", shape if fit else f"{inner} ≠ {other}"),
    }  # fmt: skip
