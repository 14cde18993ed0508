"""The gradient of a batch as a sum: one table of products for each example, added up."""

from __future__ import annotations

import numpy as np

from ..diagram import Figure, letters, number
from ..network import with_one

CELL, GAP, LEFT, TOP = (52, 25), 17, 30, 46
MOST_EXAMPLES, MOST_COLUMNS = 6, 3
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
FAINT, STRONG = 0.08, 0.85  # how much colour the smallest and the largest entry get


def outer_sum(h, delta_y, mark=(1, 0)) -> Figure:
    """with_one(h[m]) times delta_y[m] for each example m, and below their sum, divided by n.

    h (n, n_h), delta_y (n, n_out), n at most 6 and n_out at most 3. `mark` is the entry (row,
    column) that is framed in every table. The figure's `tables` hold the products, its `mean`
    what they come to. ValueError for other shapes.
    """
    h, delta_y = (np.asarray(each, dtype=float) for each in (h, delta_y))
    if h.ndim != 2 or delta_y.ndim != 2 or len(h) != len(delta_y):
        raise ValueError(
            f"h and delta_y have a row for each example; got shapes {h.shape} and {delta_y.shape}."
        )
    if not 1 <= len(h) <= MOST_EXAMPLES or delta_y.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"At most {MOST_EXAMPLES} examples and {MOST_COLUMNS} outputs find room; got "
            f"{len(h)} and {delta_y.shape[1]}."
        )
    tables = with_one(h)[:, :, None] * delta_y[:, None, :]
    mean = with_one(h).T @ delta_y / len(h)
    part, caption = _part(tables, mean, mark), _caption(len(h), mark)
    shown = Figure([part], caption, _alt(tables, mean, mark), 1.2)
    shown.tables, shown.mean = tables, mean
    return shown


def _part(tables, mean, mark):
    """(body, width, height): the examples in a row, and under them the sum and its nth part."""
    n, rows, columns = tables.shape
    wide, high = CELL[0] * columns, CELL[1] * rows
    below = TOP + high + 52
    largest = np.abs(tables).max()
    body = [_row_names(rows, TOP), _row_names(rows, below)]
    for m in range(n):
        x = LEFT + m * (wide + GAP)
        body.append(_table(x, TOP, tables[m], f"example {m + 1}", mark, largest))
        body.append(_sign(x + wide + GAP / 2, TOP + high / 2, "+") if m < n - 1 else "")
    total, sign_x = tables.sum(axis=0), LEFT + wide + 3 * GAP
    body.append(_table(LEFT, below, total, "added up", mark, np.abs(total).max()))
    body.append(_sign(sign_x, below + high / 2, f"divided by {n}:"))
    mean_x = LEFT + wide + 6 * GAP
    body.append(_table(mean_x, below, mean, "dE_dU", mark, np.abs(mean).max()))
    return "".join(body), LEFT + n * (wide + GAP), below + high + 12


def _row_names(rows, y):
    names = ["1", *(letters(f"h{j}") for j in range(1, rows))]
    return "".join(
        f'<text x="{LEFT - 13:g}" y="{y + CELL[1] * (r + 0.5) + 4:g}" class="small">{name}</text>'
        for r, name in enumerate(names)
    )


def _table(x, y, values, title, mark, largest):
    """A table with its title; more colour for a larger entry, a dashed edge for a negative one."""
    columns = values.shape[1]
    middle = x + CELL[0] * columns / 2
    found = [f'<text x="{middle:g}" y="{y - 24:g}" class="strong">{title}</text>']
    for k in range(columns):
        name = f"δ{LOWERED[k + 1]}"
        found.append(
            f'<text x="{x + CELL[0] * (k + 0.5):g}" y="{y - 7:g}" class="small">{name}</text>'
        )
    cells = list(np.ndindex(values.shape))
    found += [_cell(x, y, r, k, values[r, k], largest, False) for r, k in cells]
    r, k = mark
    return "".join([*found, _cell(x, y, r, k, values[r, k], largest, True)])


def _cell(x, y, r, k, value, largest, marked):
    left, top = x + CELL[0] * k + 1, y + CELL[1] * r + 1
    wide, high = CELL[0] - 2, CELL[1] - 2
    if marked:
        return (
            f'<rect x="{left - 1:g}" y="{top - 1:g}" width="{wide + 2:g}" height="{high + 2:g}" '
            'style="fill:none;stroke:var(--bp-text);stroke-width:2.4"/>'
        )
    opacity = FAINT + (STRONG - FAINT) * abs(value) / largest if largest else FAINT
    dashes = ";stroke-dasharray:4 3" if value < 0 else ""
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}" '
        f'style="fill:var(--bp-gradient);fill-opacity:{0.6 * opacity:.2f};'
        f'stroke:var(--bp-gradient);stroke-width:1.4{dashes}"/>'
        f'<text x="{left + wide / 2:g}" y="{top + high / 2 + 4:g}" class="small">'
        f"{number(value, 3)}</text>"
    )


def _sign(x, y, text):
    return f'<text x="{x:g}" y="{y + 5:g}">{text}</text>'


def _caption(n, mark):
    name = f"u{LOWERED[mark[0]]}{LOWERED[mark[1] + 1]}"
    return (
        f"Each example brings a table of all products of (1, h) and δ. The {n} tables, added and "
        f"divided by {n}, are the gradient of U. The framed entry is that of {name}: followed "
        "through the tables it is a sum over the examples."
    )


def _alt(tables, mean, mark):
    r, k = mark
    entries = ", ".join(number(each[r, k], 3) for each in tables)
    return (
        f"{len(tables)} tables, one for each example, with a row for the constant 1 and for each "
        f"hidden unit and a column for each delta. Below them their sum, and the sum divided by "
        f"{len(tables)}, the gradient dE_dU. The framed entry is {entries} in the tables and "
        f"{number(mean[r, k], 3)} in the gradient."
    )
