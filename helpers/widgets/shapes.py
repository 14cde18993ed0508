"""The shapes lab: which matrices can be multiplied, and which of the products mean anything."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram
from ..plots import shapes_picture as drawing
from ..plots import shapes_table as table
from ..plots.shapes_table import FACTORS, MOST, PASS, SIDES, SIZES, WANTED
from .choices import Whole, choice
from .lab import SLIDERS, Lab, browser_module, style_sheet

NAMES = tuple(FACTORS)


class ShapesLab(Lab):
    """`ShapesLab()`: two factors as blocks, and what their product is.

    left, right          factors as in code: "x1", "h1.T", "U[1:].T", ...
    n, n_in, n_h, n_out  examples, inputs, hidden units and outputs: from 1 to 6

    `lab.fits` says whether the sides agree, `lab.kind` what the product is: "pass" for one of the
    six products of a pass, "turned" for the transpose of one, "plain" where no pass needs it,
    "accident" where only the numbers agree, "clash" where they do not. `lab.shape` is its shape or
    None, `lab.found` the names of the products of the pass that have been built so far.
    `lab.set(left="h1", right="U", n=3)` does what a reader does; `lab.observe(f, "found")` calls
    f for each product found.

    ValueError for factors that there are not, and for other sizes.
    """

    _esm = browser_module(*SLIDERS, "choices.js", "shapes.js")
    _css = style_sheet("lab.css", "choices.css", "shapes.css", of="bp-shapes")

    found = traitlets.List()

    def __init__(self, left="x1", right="W", **sizes):
        sizes = drawing.checked_sizes(sizes)
        sliders = [
            choice("left", "left factor", NAMES, place=(2, 1, 1)),
            choice("right", "right factor", NAMES, place=(2, 1, 1)),
            *(
                Whole(name, "sizes", 1, 1, MOST - 1, (1, MOST), (2 + i // 2, 1 + i % 2, 1))
                for i, name in enumerate(SIZES)
            ),
        ]
        values = [s.checked(v) for s, v in zip(sliders, (left, right, *sizes.values()))]
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, "left")

    # ---- what Lab asks for

    def quantities(self):
        return [(side, 0) for side in SIDES]

    def evaluate(self, settings):
        """The length of every side."""
        sizes = dict(zip(SIZES, settings[:, 2:].T))
        return np.stack([table.length(side, sizes) for side in SIDES], axis=1)

    def follow(self, values):
        self._now = values
        name = PASS.get((self.left, self.right), [None])[0]
        if name and self.fits and name not in self.found:
            self.found = [*self.found, name]

    def describe(self):
        """And the table of all products."""
        spec = super().describe()
        for slider in spec["sliders"]:
            slider["powers"] = True  # whole numbers, without decimals
        pairs = {left: {right: table.product(left, right) for right in NAMES} for left in NAMES}
        kinds = {found["colour"] for row in pairs.values() for found in row.values()}
        colours = kinds | {f.colour for f in FACTORS.values()}
        return {
            **spec,
            "parts": list(range(len(spec["sliders"]))),
            "factors": [_described(f) for f in FACTORS.values()],
            "products": pairs,
            "counts": SIDES,
            "wanted": [{"name": name, "what": what} for name, what in WANTED.items()],
            "looks": {"hollow": drawing.HOLLOW, **{c: drawing.look(c) for c in sorted(colours)}},
            "note": drawing.NOTE,
            "words": {**table.WORDS, **drawing.WORDS},
            "geometry": {
                "cell": drawing.CELL, "docked": drawing.DOCKED, "apart": drawing.APART,
                "most": drawing.MOST_CELLS,
            },
        }  # fmt: skip

    def bands(self):
        rows = [("left factor", 1), ("right factor", 1), ("sizes", 2)]
        return [[{"group": group, "columns": columns}] for group, columns in rows]

    def more(self):
        """What has been found so far."""
        return {"found": self.found}

    def reset(self):
        """Put everything back to where it was; nothing is found but what stands there."""
        self.found = []
        super().reset()

    def draw(self):
        picture = drawing.body(self.left, self.right, self.sizes, live=True)
        return diagram.inline(picture, drawing.WIDTH, drawing.HEIGHT, "Two factors as blocks")

    def figure(self):
        part = drawing.body(self.left, self.right, self.sizes), drawing.WIDTH, drawing.HEIGHT
        caption = (
            "The shapes lab as it starts: each column of the left factor needs a row of the right "
            f"one. {drawing.NOTE} Run the cell to choose factors and sizes."
        )
        return diagram.Figure([part], caption, f"Shapes lab. {self._in_words()}")

    # ---- for readers

    left = property(lambda self: NAMES[int(self._now["left"])], doc="the left factor")
    right = property(lambda self: NAMES[int(self._now["right"])], doc="the right factor")
    sizes = property(lambda self: {s: int(self._now[s]) for s in SIZES}, doc="n, n_in, n_h, n_out")
    fits = property(lambda self: table.fits(self.left, self.right, self.sizes), doc="do they fit?")

    @property
    def kind(self) -> str:
        """What the product is."""
        return table.product(self.left, self.right)["kind"] if self.fits else "clash"

    @property
    def shape(self) -> tuple[int, int] | None:
        """The shape of the product, None where there is none."""
        (rows, _), (_, cols) = (FACTORS[f].shape(self.sizes) for f in (self.left, self.right))
        return (rows, cols) if self.fits else None

    def _in_words(self):
        words = drawing.said(self.left, self.right, self.sizes)
        built = table.WORDS["built"].format(found=len(self.found))
        return f"{words} {built}" if self.kind == "pass" else words


def _described(f) -> dict:
    return {
        "name": f.name, "colour": f.colour, "rows": f.rows, "cols": f.cols,
        "firstRow": f.first_row, "firstCol": f.first_col,
    }  # fmt: skip
