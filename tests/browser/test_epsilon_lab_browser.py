"""The epsilon lab in JupyterLab: the V, its switches and its digits, with the keyboard alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from helpers.widgets import EpsilonLab

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import EpsilonLab\nlab = EpsilonLab()\nlab"


def wanted(**values) -> dict:
    """What Python draws and says with these values: digits, curves, marks, words."""
    other = EpsilonLab()
    other.set(**values)
    pictures = [ElementTree.fromstring(svg) for svg in (other.draw(), other.describe()["plot"])]
    nodes = [node for picture in pictures for node in picture.iter()]
    curves = {n.get("data-curve"): n.get("points") for n in nodes if n.get("data-curve")}
    chosen = [n.get("data-curve") for n in nodes if "error" in (n.get("style") or "")]
    parts = {n.get("data-part"): text_of(n) for n in nodes if n.get("data-part")}
    return {
        "digits": {n.get("data-d"): n.text or "" for n in nodes if n.get("data-d")},
        "curves": curves,
        "chosen": [name for name in chosen if name],
        "parts": parts,
        "at": [n.get(k) for n in nodes if n.get("data-at") for k in ("d", "cx", "cy") if n.get(k)],
        "words": str(other).removeprefix("Epsilon lab. "),
    }


def text_of(node) -> str:
    return "".join(node.itertext())


SEEN = """() => {
  const lab = document.querySelector('.bp-lab');
  const all = (s) => [...lab.querySelectorAll(s)];
  const table = (key, value) => Object.fromEntries(
    all(`[data-${key}]`).map((e) => [e.dataset[key], value(e)]));
  const lit = (e) => e.getAttribute('style').includes('error');
  const places = (e) => ['d', 'cx', 'cy'].map((k) => e.getAttribute(k));
  return {
    digits: table('d', (e) => e.textContent),
    curves: table('curve', (e) => e.getAttribute('points')),
    chosen: all('[data-curve]').filter(lit).map((e) => e.dataset.curve),
    parts: table('part', (e) => e.textContent),
    at: all('[data-at]').flatMap(places).filter(Boolean),
    words: lab.querySelector('output').textContent,
  };
}"""


def shows(page, **values) -> None:
    """Everything in the lab is, digit by digit, what Python draws and says."""
    all_of_it = wanted(**values)
    page.wait(
        "([words, digits]) => document.querySelector('output').textContent === words &&"
        " document.querySelector('[data-d=\"up 1\"]').textContent === digits",
        arg=[all_of_it["words"], all_of_it["digits"]["up 1"]],
    )
    seen = page.page.evaluate(SEEN)
    for key, value in all_of_it.items():
        assert seen[key] == value, key


def test_epsilon_moves_with_the_keys(lab):
    slider = lab.slider("epsilon")
    slider.focus()
    for key, epsilon in (("Home", 1e-16), ("ArrowRight", 1.25e-16), ("End", 1.0)):
        lab.page.keyboard.press(key)
        shows(lab, epsilon=epsilon)
    lab.page.keyboard.press("ArrowLeft")
    shows(lab, epsilon=0.8)
    assert slider.evaluate("e => e === document.activeElement")
    assert slider.get_attribute("aria-valuetext") == "0.8"
    lab.wait_python("lab.epsilon == 0.8")


def test_every_choice_with_the_arrow_keys(lab):
    radios = {n: lab.lab().get_by_role("radio", name=n, exact=True) for n in ("centred", "w5")}
    radios["centred"].focus()
    lab.page.keyboard.press("ArrowUp")
    shows(lab, formula="one-sided")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("ArrowUp")
    shows(lab, formula="one-sided", kind="float32")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("ArrowRight")
    shows(lab, formula="one-sided", kind="float32", weight="w6")
    assert lab.lab().get_by_role("radio", name="w6", exact=True).is_checked()
    lab.slider("epsilon").focus()
    lab.page.keyboard.press("End")
    shows(lab, formula="one-sided", kind="float32", weight="w6", epsilon=1)
    lab.wait_python("(lab.formula, lab.kind, lab.weight) == ('one-sided', 'float32', 'w6')")
    lab.lab().get_by_role("button", name="Reset").press("Enter")
    shows(lab)


def test_any_epsilon_can_be_typed(lab):
    field = lab.field("epsilon")
    field.fill("3.3e-9")
    field.press("Enter")
    shows(lab, epsilon=3.3e-9)
    assert field.input_value() == "3.3e-9"
    field.fill("2")
    field.press("Enter")
    lab.wait("document.querySelector('output').textContent.includes('from 1e-16 to 1; got 2')")
    assert lab.python("print(lab.epsilon)") == "3.3e-09"


def test_python_moves_the_lab(lab):
    lab.python("lab.set(kind='float32', epsilon=1e-3); lab.choose('b2')")
    shows(lab, kind="float32", epsilon=1e-3, weight="b2")
    assert lab.lab().get_by_role("radio", name="float32").is_checked()
    assert lab.field("epsilon").input_value() == "1e-3"


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900)])
def test_nothing_runs_over_covers_or_jumps(lab, width, height):
    """At desktop size, at 200 % zoom of it, and on a phone; where the pictures are fullest."""
    lab.resize(width, height)
    box = lab.lab().bounding_box()
    for values in (
        {},
        {"epsilon": 1e-16, "formula": "one-sided"},
        {"epsilon": 1, "kind": "float32", "weight": "w8"},
        {"epsilon": 1e-6, "kind": "float32", "formula": "one-sided", "weight": "w1"},
        {"epsilon": 1e-4, "weight": "w3"},
    ):
        lab.python(f"lab.reset(); lab.set(**{values})")
        shows(lab, **values)
        assert lab.lab().bounding_box()["height"] == box["height"]
        assert lab.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
        assert_legible(lab.lab(), ".bp-picture svg, .bp-plot svg")


def test_without_python_everything_still_moves(open_page):
    """200 ms on every kernel message: a press is answered by the tables at hand."""
    with open_page("far_epsilon.ipynb", CELL, delay=200) as page:
        page.slider("epsilon").focus()
        page.page.keyboard.press("Home")
        page.lab().get_by_role("radio", name="float32").press("Space")
        page.lab().get_by_role("radio", name="w1", exact=True).press("Space")
        values = {"epsilon": 1e-16, "kind": "float32", "weight": "w1"}
        all_of_it = wanted(**values)
        assert page.page.evaluate(SEEN)["digits"] == all_of_it["digits"]  # without any waiting
        shows(page, **values)
        page.wait_python("(lab.epsilon, lab.kind, lab.weight) == (1e-16, 'float32', 'w1')")
        page.untroubled()


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL))
    shows(page)
    page.slider("epsilon").focus()
    page.page.keyboard.press("Home")
    shows(page, epsilon=1e-16)
    page.lab().get_by_role("radio", name="float32").press("Space")
    page.lab().get_by_role("radio", name="w1", exact=True).press("Space")
    shows(page, epsilon=1e-16, kind="float32", weight="w1")
