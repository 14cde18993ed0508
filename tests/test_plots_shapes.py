"""Shapes: what the table says is what NumPy does, and what the canonical network computes."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import plots, with_one
from helpers.network import Network
from helpers.plots import shapes_picture as picture
from helpers.plots import shapes_table as table
from helpers.plots.shapes_table import FACTORS, PASS, SIZES

PAIRS = list(product(FACTORS, FACTORS))
CLOSE = {"n": 3, "n_in": 2, "n_h": 3, "n_out": 4}  # many accidents: n = n_in + 1 = n_h, ...


def matrices(sizes, seed=0) -> dict[str, np.ndarray]:
    """A real pass of a network of these sizes: every factor by its name, and what it yields."""
    rng = np.random.default_rng(seed)
    n, n_in, n_h, n_out = sizes.values()
    net = Network([rng.normal(size=(n_in + 1, n_h)), rng.normal(size=(n_h + 1, n_out))])
    x, t = rng.normal(size=(n, n_in)), rng.uniform(size=(n, n_out))
    p = net.forward(x)
    gradient = net.backward(p, t)
    plain = {"x1": with_one(x), "h1": with_one(p.h), "W": net.W, "U": net.U}
    plain |= {"delta_y": p.delta_y, "delta_h": p.delta_h, "W[1:]": net.W[1:], "U[1:]": net.U[1:]}
    found = {**plain, **{f"{name}.T": a.T for name, a in plain.items()}}
    e_h = p.delta_h / (p.h * (1 - p.h))
    yields = {"z_h": p.z_h, "z_y": p.z_y, "e_h": e_h, "e_x": p.delta_h @ net.W[1:].T}
    return found, yields | {"n dE_dU": n * gradient.dE_dU, "n dE_dW": n * gradient.dE_dW}


@pytest.mark.parametrize("sizes", [SIZES, CLOSE, {"n": 1, "n_in": 6, "n_h": 1, "n_out": 6}])
def test_factors_have_the_shapes_of_a_pass_and_fit_where_numpy_says(sizes):
    found, _ = matrices(sizes)
    assert set(found) == set(FACTORS)
    for name, f in FACTORS.items():
        assert f.shape(sizes) == found[name].shape
    for left, right in PAIRS:
        try:
            found[left] @ found[right]
        except ValueError:
            assert not table.fits(left, right, sizes)
        else:
            assert table.fits(left, right, sizes)


def test_the_products_of_a_pass_are_what_the_network_computes():
    found, yields = matrices(SIZES)
    names = set()
    for (left, right), (name, _, _) in PASS.items():
        assert found[left] @ found[right] == pytest.approx(yields[name], rel=1e-12)
        names.add(name)
    assert names == set(yields) == set(table.WANTED)


@pytest.mark.parametrize("name", FACTORS)
def test_row_and_column_0_are_hollow_for_ones_and_biases(name):
    a, f = matrices(SIZES)[0][name], FACTORS[name]
    biases = {"W": "row", "U": "row", "W.T": "col", "U.T": "col"}.get(name)
    for side, first, values in (("row", f.first_row, a[0]), ("col", f.first_col, a[:, 0])):
        ones = "1" if (values == 1).all() else ""
        assert first == ("b" if biases == side else ones)


def test_every_pair_has_a_kind_that_holds_in_all_sizes():
    found, yields = matrices(SIZES)
    kinds = {}
    for left, right in PAIRS:
        said = table.product(left, right)
        kinds.setdefault(said["kind"], []).append((left, right))
        always = FACTORS[left].cols == FACTORS[right].rows
        assert (said["kind"] == "accident") == (not always)
        if said["kind"] == "turned":
            name = said["name"][1:-3]
            assert found[left] @ found[right] == pytest.approx(yields[name].T, rel=1e-12)
    assert {kind: len(pairs) for kind, pairs in kinds.items()} == {
        "pass": 6, "turned": 6, "plain": 38, "accident": 206,
    }  # fmt: skip


def test_no_other_product_is_one_of_the_pass():
    """What is called plain or an accident is equal to nothing that a pass computes."""
    for sizes in (SIZES, CLOSE):
        found, yields = matrices(sizes)
        for left, right in PAIRS:
            kind = table.product(left, right)["kind"]
            if kind in ("plain", "accident") and table.fits(left, right, sizes):
                made = found[left] @ found[right]
                for wanted in yields.values():
                    assert made.shape != wanted.shape or not np.allclose(made, wanted)


@pytest.mark.parametrize(
    ("pair", "sizes", "words"),
    [
        (("x1", "U"), {}, "x1 has 3 columns (n_in + 1), U has 5 rows (n_h + 1): no product."),
        (("x1", "W.T"), {"n_h": 3}, "by accident: n_in + 1 and n_h are both 3 now."),
        (("delta_y", "U[1:]"), {"n_h": 2}, "over outputs on one side and over hidden units"),
        (("delta_y", "U.T"), {}, "row 0 of U came along"),
        (("W", "delta_h.T"), {}, "row 0 of W came along"),
        (("delta_y.T", "h1"), {}, "it is (n dE_dU).T"),
        (("x1.T", "x1"), {}, "adding over examples; but no pass needs it"),
        (("h1.T", "delta_y"), {}, "Row 0 is for the biases"),
    ],
)
def test_what_is_said(pair, sizes, words):
    assert words in table.in_words(*pair, {**SIZES, **sizes})


def cells(svg: str, block: str) -> int:
    """How many cells of a block can be seen."""
    svg = ElementTree.fromstring(f"<g>{svg}</g>")
    for node in svg.iter():
        if node.get("data-block") == block:
            seen = [c for c in node if c.get("style") != "display:none"]
            return 0 if "display:none" in node.get("style") else len(seen)
    return 0


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("sizes", [SIZES, CLOSE])
def test_blocks_are_drawn_to_scale(sizes, live):
    for left, right in PAIRS[::7]:
        body = picture.body(left, right, sizes, live)
        (rows, inner), (other, cols) = (FACTORS[f].shape(sizes) for f in (left, right))
        assert cells(body, "left") == rows * inner
        assert cells(body, "right") == other * cols
        assert cells(body, "product") == (rows * cols if inner == other else 0)
        shown = re.findall(r'data-joint="(\w+) \d"[^>]*style="([^"]*)"', body)
        kinds = [kind for kind, style in shown if "display:none" not in style]
        assert kinds.count("arc") == min(inner, other)
        assert kinds.count("left") == max(0, inner - other)
        assert kinds.count("right") == max(0, other - inner)


def test_the_clash_is_marked_in_words_and_shape():
    clash = picture.body("x1", "U", SIZES)
    assert "✗ n_in + 1 = 3" in clash
    assert "✗ n_h + 1 = 5" in clash
    assert "3 ≠ 5" in clash
    assert "✗" not in picture.body("x1", "W", SIZES)


def test_the_figure():
    shown = plots.shapes("x1 @ W", "h1.T @ delta_y", n=4, n_h=3)
    ElementTree.fromstring(shown.svg)
    assert shown.sizes == {"n": 4, "n_in": 2, "n_h": 3, "n_out": 2}
    assert shown.pairs == [("x1", "W"), ("h1.T", "delta_y")]
    assert str(shown).startswith("x1 (4 × 3) @ W (3 × 3). z_h: the net inputs")
    assert "h1.T (4 × 4) @ delta_y (4 × 2). n dE_dU" in str(shown)
    assert shown.svg == plots.shapes("x1@W", " h1.T @delta_y ", n=4, n_h=3).svg
    assert plots.shapes().pairs == [("x1", "W")]
    assert "display:none" not in shown.svg


@pytest.mark.parametrize(
    ("products", "sizes", "words"),
    [
        (("x @ W",), {}, "'x @ W' is no product of two of these: x1, h1, W, U"),
        (("W",), {}, "such as 'x1 @ W'"),
        ((), {"n": 7}, "n is a whole number from 1 to 6; got 7"),
        ((), {"n_h": 2.5}, "n_h is a whole number"),
        ((), {"hidden": 3}, "No size 'hidden'; there are n, n_in, n_h, n_out"),
        (["x1 @ W"] * 7, {}, "up to six products; got 7"),
    ],
)
def test_wrong_arguments(products, sizes, words):
    with pytest.raises(ValueError, match=words):
        plots.shapes(*products, **sizes)
