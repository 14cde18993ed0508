"""Which matrices a pass multiplies: their sides, and what each product of two of them means.

Row vectors, one example per row; row 0 of W and U holds the biases, column 0 of x1 and h1 the ones.
"""

from __future__ import annotations

from dataclasses import dataclass

SIZES = {"n": 6, "n_in": 2, "n_h": 4, "n_out": 2}
MOST = 6  # of each size
SIDES = {  # side of a matrix -> what is counted along it
    "n": "examples",
    "n_in": "inputs",
    "n_in + 1": "the 1 and the inputs",
    "n_h": "hidden units",
    "n_h + 1": "the 1 and the hidden units",
    "n_out": "outputs",
}


def length(side: str, sizes) -> int:
    """How long a side is, where `sizes` maps n, n_in, n_h and n_out to numbers."""
    name, _, one = side.partition(" + ")
    return sizes[name] + int(one or 0)


@dataclass(frozen=True)
class Factor:
    """A matrix with its two sides; `first` says what row or column 0 is: "1", "b" or nothing."""

    name: str
    colour: str
    rows: str
    cols: str
    first_row: str = ""
    first_col: str = ""

    @property
    def T(self) -> Factor:
        name = self.name + ".T"
        return Factor(name, self.colour, self.cols, self.rows, self.first_col, self.first_row)

    def shape(self, sizes) -> tuple[int, int]:
        return length(self.rows, sizes), length(self.cols, sizes)


_x1 = Factor("x1", "input", "n", "n_in + 1", first_col="1")
_W = Factor("W", "weight", "n_in + 1", "n_h", first_row="b")
_h1 = Factor("h1", "hidden", "n", "n_h + 1", first_col="1")
_U = Factor("U", "weight", "n_h + 1", "n_out", first_row="b")
_delta_y = Factor("delta_y", "gradient", "n", "n_out")
_delta_h = Factor("delta_h", "gradient", "n", "n_h")
_above = (_x1, _h1, _W, _U)
_below = (
    Factor("W[1:]", "weight", "n_in", "n_h"),
    Factor("U[1:]", "weight", "n_h", "n_out"),
    _delta_h,
    _delta_y,
)
FACTORS = {
    f.name: f for row in (_above, [f.T for f in _above], _below, [f.T for f in _below]) for f in row
}

# The products of a pass: (left, right) -> its name, its colour, and what it is.
PASS = {
    ("x1", "W"): (
        "z_h",
        "hidden",
        "the net inputs of the hidden units. The ones in x1 meet the biases in row 0 of W.",
    ),
    ("h1", "U"): (
        "z_y",
        "output",
        "the net inputs of the outputs. The ones in h1 meet the biases in row 0 of U.",
    ),
    ("h1.T", "delta_y"): (
        "n dE_dU",
        "gradient",
        "the gradient of U, added up over the examples, and as large as U. Row 0 is for the "
        "biases: ones times delta_y, the plain sum.",
    ),
    ("delta_y", "U[1:].T"): (
        "e_h",
        "gradient",
        "the errors sent back to the hidden units, all paths added; times σ′(z_h) they are "
        "delta_h. Nothing goes back to the 1, so row 0 stays out.",
    ),
    ("x1.T", "delta_h"): (
        "n dE_dW",
        "gradient",
        "the gradient of W, added up over the examples, and as large as W. Row 0 is for the "
        "biases: ones times delta_h, the plain sum.",
    ),
    ("delta_h", "W[1:].T"): (
        "e_x",
        "gradient",
        "the errors sent back to the inputs: what one more layer in front would need.",
    ),
}
WANTED = {  # the same, as one looks for them
    "z_h": "net inputs of the hidden units",
    "z_y": "net inputs of the outputs",
    "n dE_dU": "gradient of U, times n",
    "e_h": "errors sent back to the hidden units",
    "n dE_dW": "gradient of W, times n",
    "e_x": "errors sent back to the inputs",
}
_NEAR = {("delta_y", "U.T"): "U", ("delta_h", "W.T"): "W"}
WORDS = {
    "clash": "{left} has {a} columns ({a_side}), {right} has {b} rows ({b_side}): no product.",
    "accident": "It fits by accident: {a_side} and {b_side} are both {a} now. It would add over "
    "{a_counts} on one side and over {b_counts} on the other, which means nothing. Move a size.",
}


WORDS["built"] = "Built so far: {found} of the 6 products of a pass."


def turned(name: str) -> str:
    """The name of a factor's transpose."""
    return name.removesuffix(".T") if name.endswith(".T") else name + ".T"


def product(left: str, right: str) -> dict:
    """What `left @ right` is where the sides fit: kind, name, colour, words.

    kind  "pass" for a product of the pass, "turned" for the transpose of one, "plain" for one that
          fits in all sizes but that no pass needs, "accident" where only the numbers may agree
    """
    a, b = FACTORS[left], FACTORS[right]
    if a.cols != b.rows:
        return {"kind": "accident", "name": "?", "colour": "none", "words": WORDS["accident"]}
    if (left, right) in PASS:
        name, colour, what = PASS[left, right]
        return {"kind": "pass", "name": name, "colour": colour, "words": f"{name}: {what}"}
    swapped = turned(right), turned(left)
    if swapped in PASS:
        name, colour, _ = PASS[swapped]
        words = f"All its numbers are right, but it lies on its side: it is ({name}).T."
        return {"kind": "turned", "name": f"({name}).T", "colour": colour, "words": words}
    near = _NEAR.get((left, right)) or _NEAR.get(swapped)
    if near:
        words = (
            f"It fits, but row 0 of {near} came along: an error for the constant 1, which nothing "
            f"lies behind. {near}[1:].T leaves it out."
        )
    else:
        words = f"It fits in all sizes, adding over {SIDES[a.cols]}; but no pass needs it."
    return {"kind": "plain", "name": "", "colour": "none", "words": words}


def fits(left: str, right: str, sizes) -> bool:
    return FACTORS[left].shape(sizes)[1] == FACTORS[right].shape(sizes)[0]


def in_words(left: str, right: str, sizes) -> str:
    """What comes of `left @ right` at these sizes."""
    a, b = FACTORS[left], FACTORS[right]
    known = {"left": left, "right": right, "a": a.shape(sizes)[1], "b": b.shape(sizes)[0]}
    known |= {"a_side": a.cols, "b_side": b.rows}
    known |= {"a_counts": SIDES[a.cols], "b_counts": SIDES[b.rows]}
    found = product(left, right)["words"] if fits(left, right, sizes) else WORDS["clash"]
    for key, value in known.items():
        found = found.replace("{" + key + "}", str(value))
    return found
