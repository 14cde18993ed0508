"""The shapes lab in JupyterLab: factors, sizes and the six products, with the keyboard alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from helpers.plots.shapes_table import PASS
from helpers.widgets import ShapesLab

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import ShapesLab\nlab = ShapesLab()\nlab"


def wanted(**values) -> dict:
    """What Python draws and says with these values: what can be seen, where, and in which look."""
    other = ShapesLab()
    other.set(**values)
    nodes = [*ElementTree.fromstring(other.draw()).iter()]

    def seen(key):
        found = [n for n in nodes if n.get(f"data-{key}")]
        return [n for n in found if "display:none" not in (n.get("style") or "")]

    blocks = {n.get("data-block"): n for n in seen("block")}
    return {
        "cells": {
            name: [(c.get("data-cell"), c[1].text or "") for c in block if not c.get("style")]
            for name, block in blocks.items()
        },
        "at": {name: block.get("transform") for name, block in blocks.items()},
        "joints": [n.get("data-joint") for n in seen("joint")],
        "labels": {
            n.get("data-label"): [*(float(n.get(k)) for k in "xy"), n.text] for n in seen("label")
        },
        "words": f"{other._in_words()}",
    }


SEEN = """() => {
  const lab = document.querySelector('.bp-lab');
  const all = (s, e = lab) => [...e.querySelectorAll(s)].filter((n) => n.style.display !== 'none');
  const table = (key, value) => Object.fromEntries(
    all(`[data-${key}]`).map((e) => [e.dataset[key], value(e)]));
  return {
    cells: table('block', (b) => all('[data-cell]', b).map(
      (c) => [c.dataset.cell, c.querySelector('text').textContent])),
    at: table('block', (b) => b.getAttribute('transform')),
    joints: all('[data-joint]').map((e) => e.dataset.joint),
    labels: table('label', (e) => [
      Number(e.getAttribute('x')), Number(e.getAttribute('y')), e.textContent]),
    words: lab.querySelector('output').textContent,
  };
}"""


def shows(page, **values) -> None:
    """Everything in the lab is, cell by cell, what Python draws and says."""
    all_of_it = wanted(**values)
    words = all_of_it["words"].split(" Built")[0]
    page.wait("w => document.querySelector('output').textContent.startsWith(w)", arg=words)
    seen = page.page.evaluate(SEEN)
    assert seen.pop("words").split(" Built")[0] == words
    all_of_it.pop("words")
    all_of_it["cells"] = {k: [list(c) for c in v] for k, v in all_of_it["cells"].items()}
    for key, value in all_of_it.items():
        assert seen[key] == value, key


def choose(page, left: str, right: str) -> None:
    """Two factors, each with the space key."""
    page.lab().get_by_role("radio", name=left, exact=True).nth(0).press("Space")
    page.lab().get_by_role("radio", name=right, exact=True).nth(1).press("Space")


def ticks(page) -> list[str]:
    return page.lab().locator(".bp-wanted li").all_inner_texts()


def test_all_six_products_are_built_and_ticked(lab):
    for left, right in PASS:
        choose(lab, left, right)
        shows(lab, left=left, right=right)
    assert "Built so far: 6 of the 6" in lab.says()
    assert all("✓" in tick and "found" in tick for tick in ticks(lab))
    lab.wait_python("len(lab.found) == 6")
    lab.lab().get_by_role("button", name="Reset").press("Enter")
    shows(lab)
    assert [("✓" in tick) for tick in ticks(lab)] == [True] + 5 * [False]


def test_what_fits_by_accident_or_not_at_all(lab):
    choose(lab, "x1", "W.T")
    shows(lab, right="W.T")
    lab.slider("n_h").focus()
    lab.page.keyboard.press("ArrowLeft")
    shows(lab, right="W.T", n_h=3)
    assert "by accident: n_in + 1 and n_h are both 3" in lab.says()
    lab.slider("n").focus()
    lab.page.keyboard.press("Home")
    shows(lab, right="W.T", n_h=3, n=1)
    choose(lab, "delta_y", "U.T")
    shows(lab, left="delta_y", right="U.T", n_h=3, n=1)
    lab.wait_python("(lab.left, lab.right, lab.sizes['n']) == ('delta_y', 'U.T', 1)")


def test_arrow_keys_go_from_factor_to_factor(lab):
    radio = lab.lab().get_by_role("radio", name="x1", exact=True).nth(0)
    radio.focus()
    lab.page.keyboard.press("ArrowRight")
    shows(lab, left="h1")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("ArrowDown")
    shows(lab, left="h1", right="U")
    assert "✓" in ticks(lab)[1]


def test_python_moves_the_lab_and_half_a_unit_is_refused(lab):
    lab.python("lab.set(left='h1.T', right='delta_y', n=2, n_out=6)")
    shows(lab, left="h1.T", right="delta_y", n=2, n_out=6)
    field = lab.field("n")
    assert field.input_value() == "2"
    field.fill("2.5")
    field.press("Enter")
    lab.wait("document.querySelector('output').textContent.includes('n is a whole number')")


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900)])
def test_nothing_runs_over_covers_or_jumps(lab, width, height):
    """At desktop size, at 200 % zoom of it, and on a phone; where the picture is fullest."""
    lab.resize(width, height)
    box = lab.lab().bounding_box()
    largest = {"n": 6, "n_in": 6, "n_h": 6, "n_out": 6}
    for values in (
        {"left": "h1.T", "right": "h1", **largest},
        {"left": "U", "right": "delta_h.T", **largest},
        {"left": "delta_h", "right": "W.T", "n_in": 5, "n_h": 6, "n_out": 1},
        {"left": "x1", "right": "W[1:].T", "n": 1, "n_in": 1, "n_h": 2},
        {"left": "delta_y", "right": "U[1:].T"},
    ):
        lab.python(f"lab.reset(); lab.set(**{values})")
        shows(lab, **values)
        assert lab.lab().bounding_box()["height"] == box["height"]
        assert lab.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
        assert_legible(lab.lab())


def test_with_a_far_kernel_nothing_waits(open_page):
    """200 ms on every kernel message: each press is answered by the tables at hand."""
    with open_page("far_shapes.ipynb", CELL, delay=200) as page:
        choose(page, "h1", "U")
        page.slider("n_h").focus()
        page.page.keyboard.press("End")
        page.slider("n_out").focus()
        page.page.keyboard.press("Home")
        values = {"left": "h1", "right": "U", "n_h": 6, "n_out": 1}
        page.lab()  # one frame later, before any answer could have come
        labels = page.page.evaluate(SEEN)["labels"]
        assert labels == wanted(**values)["labels"]
        shows(page, **values)
        page.wait_python("(lab.left, lab.sizes['n_h'], lab.found) == ('h1', 6, ['z_h', 'z_y'])")
        page.untroubled()


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL))
    shows(page)
    choose(page, "h1", "U")
    shows(page, left="h1", right="U")
    page.slider("n_h").focus()
    page.page.keyboard.press("End")
    shows(page, left="h1", right="U", n_h=6)
    assert "✓" in ticks(page)[1]
