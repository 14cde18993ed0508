"""The figure of shapes: products of a pass as blocks, each as large as it is."""

from __future__ import annotations

from .. import diagram
from .shapes_picture import ABOVE, BELOW, CELL, CORNER, LEFT, NOTE, RIGHT, body, checked_sizes, said
from .shapes_table import FACTORS


def shapes(*products, **sizes):
    """Products of a pass as blocks, drawn to scale: `plots.shapes("x1 @ W", n=6, n_h=3)`.

    products  up to six, such as "h1.T @ delta_y"; "x1 @ W" where none is given
    sizes     n, n_in, n_h and n_out, whole numbers from 1 to 6

    ValueError for factors that there are not, and for other sizes.
    """
    if not 0 <= len(products) <= 6:
        raise ValueError(f"The figure shows up to six products; got {len(products)}.")
    sizes = checked_sizes(sizes)
    pairs = [_pair(p) for p in products or ("x1 @ W",)]
    parts = [_cropped(left, right, sizes) for left, right in pairs]
    caption = f"Each column of the left factor needs a row of the right one. {NOTE}"
    shown = diagram.Figure(parts, caption, " ".join(said(*pair, sizes) for pair in pairs))
    shown.sizes, shown.pairs = sizes, pairs
    return shown


def _cropped(left: str, right: str, sizes):
    """The picture without the room that larger blocks would need."""
    (rows, inner), (other, cols) = (FACTORS[name].shape(sizes) for name in (left, right))
    x, y = CORNER[0] - inner * CELL - LEFT, CORNER[1] - other * CELL - ABOVE
    width, height = LEFT + (inner + cols) * CELL + RIGHT, ABOVE + (other + rows) * CELL + BELOW
    moved = f'<g transform="translate({-x:g} {-y:g})">{body(left, right, sizes)}</g>'
    return moved, width, height


def _pair(text) -> tuple[str, str]:
    left, _, right = str(text).partition("@")
    pair = left.strip(), right.strip()
    for name in pair:
        if name not in FACTORS:
            raise ValueError(
                f"{text!r} is no product of two of these: {', '.join(FACTORS)}. Write it as "
                "in code, such as 'x1 @ W'."
            )
    return pair
