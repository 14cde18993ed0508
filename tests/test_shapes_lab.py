"""The shapes lab without a browser: its state, its tables, its words, its messages."""

from __future__ import annotations

import re

import numpy as np
import pytest

from helpers import ShapesLab
from helpers.plots.shapes_table import FACTORS, PASS, SIDES, fits, in_words, length


@pytest.fixture
def lab():
    return ShapesLab()


def test_python_and_choices(lab):
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "found")
    assert (lab.left, lab.right, lab.kind, lab.shape) == ("x1", "W", "pass", (6, 4))
    lab.set(left="h1")
    assert (lab.fits, lab.kind, lab.shape) == (False, "clash", None)
    lab.set(right="U")
    assert (lab.kind, lab.shape, seen) == ("pass", (6, 2), [["z_h", "z_y"]])
    lab.set(left="delta_y.T", right="h1")
    assert (lab.kind, lab.shape) == ("turned", (2, 5))
    lab.set(left="x1", right="W.T", n_h=3)
    assert (lab.kind, lab.shape) == ("accident", (6, 3))
    lab.set(left="x1.T", right="x1")
    assert lab.kind == "plain"
    assert lab.sizes == {"n": 6, "n_in": 2, "n_h": 3, "n_out": 2}
    lab.reset()
    assert (lab.left, lab.right, lab.sizes["n_h"], lab.found) == ("x1", "W", 4, ["z_h"])


def test_all_six_products_can_be_built(lab):
    for left, right in PASS:
        lab.set(left=left, right=right)
        assert lab.kind == "pass"
    assert lab.found == ["z_h", "z_y", "n dE_dU", "e_h", "n dE_dW", "e_x"]
    assert lab.sweep["found"] == lab.found
    assert "Built so far: 6 of the 6 products" in repr(lab)


def test_the_browsers_tables_say_what_python_says(lab):
    """From the sweep and the table alone: sizes, whether they fit, and the words."""
    sides = [name for name, _ in lab.quantities()]
    assert sides == list(SIDES)
    data = np.frombuffer(lab.sweep["data"], "<f4")
    for i, name in list(enumerate(lab.values))[2:]:
        row = lab.sweep["rows"][i]
        for k in range(row["steps"] + 1):
            state = list(lab.sweep["state"])
            for m, q in enumerate(row["moves"]):
                state[q] = data[row["start"] + m * (row["steps"] + 1) + k]
            sizes = {**lab.sizes, name: row["low"] + k * row["step"]}
            assert state == [length(side, sizes) for side in SIDES]
    for f in lab.spec["factors"]:
        assert (f["rows"], f["cols"]) == (FACTORS[f["name"]].rows, FACTORS[f["name"]].cols)
    table = lab.spec["products"]
    for left in FACTORS:
        for right in FACTORS:
            if fits(left, right, lab.sizes) and table[left][right]["kind"] != "accident":
                assert table[left][right]["words"] == in_words(left, right, lab.sizes)


def test_each_slider_moves_its_own_sides(lab):
    """The browser relies on it: any of them may be looked up, wherever the others stand."""
    moves = [row["moves"] for row in lab.sweep["rows"]]
    names = [[list(SIDES)[q] for q in found] for found in moves]
    assert names == [[], [], ["n"], ["n_in", "n_in + 1"], ["n_h", "n_h + 1"], ["n_out"]]
    assert len(set(lab.spec["parts"])) == len(moves)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"left": "x"}, "left is one of x1, h1, .*; got 'x'"),
        ({"right": None}, "right is one of"),
        ({"n": 0}, "n is a whole number from 1 to 6; got 0"),
        ({"n_hidden": 3}, "No size 'n_hidden'"),
    ],
)
def test_wrong_arguments(arguments, words):
    with pytest.raises(ValueError, match=words):
        ShapesLab(**arguments)


def test_a_wrong_change_changes_nothing(lab):
    with pytest.raises(ValueError, match=r"n_h is a whole number; got 2.5"):
        lab.set(left="h1", n_h=2.5)
    with pytest.raises(ValueError, match="from 1 to 6; got 7"):
        lab.set(n=7)
    assert (lab.left, lab.sizes["n_h"]) == ("x1", 4)


def test_messages(lab):
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    values = [*lab.values.values()]
    values[:2] = [list(FACTORS).index("h1"), list(FACTORS).index("U")]
    lab._on_message(None, {"kind": "sweep", "values": values, "number": 1, "client": "me"}, None)
    assert (lab.left, lab.right, lab.found) == ("h1", "U", ["z_h", "z_y"])
    assert lab.sweep["found"] == ["z_h", "z_y"]
    lab._on_message(None, {"kind": "reset"}, None)
    assert lab.sweep["found"] == ["z_h"]


def test_the_picture_and_the_words(lab):
    bundles = [ShapesLab()._repr_mimebundle_()[0] for _ in range(2)]
    for bundle in bundles:
        assert bundle.pop("application/vnd.jupyter.widget-view+json")["model_id"]
    assert bundles[0] == bundles[1]
    assert bundles[0]["text/plain"].startswith("Shapes lab. x1 (6 × 3) @ W (3 × 4). z_h: the net")
    assert "display:none" not in bundles[0]["image/svg+xml"]
    lab.set(right="U")
    assert "x1 has 3 columns (n_in + 1), U has 5 rows (n_h + 1)" in repr(lab)
    assert re.search(r">3 ≠ 5<", lab.draw())
