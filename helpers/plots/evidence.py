"""The picture of what a wrong gradient leaves behind: given / measured, entry by entry."""

from __future__ import annotations

import numpy as np

from .. import diagram

WIDTH, HEIGHT = 300, 232
RIGHT_WITHIN = 5e-3  # as two decimals show it
LAYERS = (  # its name, names of the rows and where they stand, columns and where they end
    ("dE_dW", ("1", "x1", "x2"), 16, ("h1", "h2", "h3"), (70, 116, 162)),
    ("dE_dU", ("1", "h1", "h2", "h3"), 192, ("y1", "y2"), (246, 292)),
)
ROW = 16
MUTED = "fill:var(--bp-muted)"
WORDS = ("one example", "four examples")


def evidence(*exhibits):
    """Ratios given / measured of dE_dW and dE_dU; rows are what comes through, columns units.

    Each exhibit has a `number`, and the ratios `one` and `four`: with one example and with four,
    [dE_dW (3, 3), dE_dU (4, 2)]. Right entries show as a bare 1. ValueError for other shapes.
    """
    parts = [(_body(each), WIDTH, HEIGHT) for each in exhibits]
    caption = (
        "The gradient that is given, divided by the measured one: a bare 1 is right. A row is "
        "named by what comes through the weight, a column by the unit behind it."
    )
    return diagram.Figure(parts, caption, " ".join(map(_in_words, exhibits)))


def shown(ratio: float) -> str:
    """1 for a right entry, two decimals for every other one."""
    return "1" if abs(ratio - 1) < RIGHT_WITHIN else diagram.number(float(ratio), 2)


def _body(exhibit) -> str:
    body = [_text(8, 18, f"exhibit {exhibit.number}", "start", "font-weight:700")]
    for k, layers in enumerate((exhibit.one, exhibit.four)):
        top = 38 + 100 * k
        body.append(_text(8, top, f"dE_dW, {WORDS[k]}", "start", MUTED))
        body.append(_text(184, top, "dE_dU", "start", MUTED))
        for ratios, layer in zip(layers, LAYERS, strict=True):
            body += _table(np.asarray(ratios), layer, top + ROW)
    return "".join(body)


def _table(ratios, layer, top):
    name, rows, left, columns, ends = layer
    if ratios.shape != (len(rows), len(columns)):
        raise ValueError(f"{name} has shape {ratios.shape}; the picture is of a 2-3-2 network.")
    yield from (_text(x, top, unit, "end", MUTED) for unit, x in zip(columns, ends))
    for i, value in enumerate(rows):
        y = top + ROW * (i + 1)
        yield _text(left, y, value, "middle", MUTED)
        for v, x in zip(ratios[i], ends):
            text = shown(v)
            yield _text(x, y, text, "end", MUTED if text == "1" else "font-weight:700")


def _text(x, y, text: str, anchor: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}" class="small" style="text-anchor:{anchor};{style}">{text}</text>'


def _in_words(exhibit) -> str:
    found = [f"Exhibit {exhibit.number}, given divided by measured."]
    for words, layers in zip(WORDS, (exhibit.one, exhibit.four)):
        tables = (
            f"{layer[0]} " + ", ".join(" ".join(map(shown, row)) for row in ratios)
            for ratios, layer in zip(layers, LAYERS)
        )
        found.append(f"With {words}: {'; '.join(tables)}.")
    return " ".join(found)
