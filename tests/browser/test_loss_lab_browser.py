"""The loss lab in JupyterLab: both halves, with the keyboard alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from helpers.widgets import LossLab

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import LossLab\nlab = LossLab()\nlab"


def wanted(**values) -> tuple[dict[str, str], list[dict]]:
    """What Python draws with these sliders moved: every number, and every moving shape."""
    other = LossLab()
    other.set(**values)
    texts, shapes = {}, []
    for svg in (other._draw(0), other._draw(1)):
        for node in ElementTree.fromstring(svg).iter():
            if name := node.get("data-q"):
                texts[name] = node.text
            forms = (node.get("data-form") or "").split("|")
            shapes += [{f.split(":")[0]: node.get(f.split(":")[0])} for f in forms if f]
    return texts, shapes


SEEN = """() => [...document.querySelectorAll('.bp-picture [data-form]')].flatMap(e =>
  e.dataset.form.split('|').map(f => f.split(':')[0]).map(n => ({[n]: e.getAttribute(n)})))"""


def shows(page, **values) -> None:
    """Both pictures are, number by number and shape by shape, what Python draws."""
    texts, shapes = wanted(**values)
    page.wait(
        "texts => Object.entries(texts).every(([q, text]) =>"
        ' [...document.querySelectorAll(`.bp-picture [data-q="${q}"]`)].length > 0 &&'
        ' [...document.querySelectorAll(`.bp-picture [data-q="${q}"]`)]'
        ".every(e => e.textContent === text))",
        arg=texts,
    )
    assert set(page.numbers()) == set(texts)
    assert page.page.evaluate(SEEN) == shapes


def test_every_slider_shows_what_python_draws(lab):
    for name, start in LossLab().values.items():
        if name == "c":
            continue
        slider = lab.slider(name)
        slider.focus()
        for key in ("Home", "End", "PageDown", "ArrowRight"):
            lab.page.keyboard.press(key)
            shows(lab, **{name: float(slider.input_value())})
        lab.python("lab.reset()")
        shows(lab)
        assert float(slider.input_value()) == start


def test_a_class_is_chosen_with_the_arrow_keys(lab):
    radio = lab.lab().get_by_role("radio", name="class 1")
    assert radio.is_checked()
    radio.focus()
    lab.page.keyboard.press("ArrowDown")
    shows(lab, c=2)
    lab.wait("document.querySelector('output').textContent.includes('true class 2')")
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowUp")
    shows(lab, c=3)
    assert lab.lab().get_by_role("radio", name="class 3").is_checked()
    lab.wait_python("lab.c == 3")


def test_the_state_is_said_in_words(lab):
    lab.slider("y").focus()
    lab.page.keyboard.press("End")
    lab.wait("document.querySelector('output').textContent.startsWith('y = 0.99, t = 1.00.')")
    assert "Log loss 0.010050, slope −1.0101 along y" in lab.says()
    lab.slider("z2").focus()
    lab.page.keyboard.press("Home")
    lab.wait("document.querySelector('output').textContent.startsWith('Probabilities')")
    assert lab.says().startswith("Probabilities 0.8166, 0.0012, 0.1822")
    lab.wait_python("(lab.y, lab.z[1]) == (0.99, -6)")


def test_reset_with_the_keyboard(lab):
    lab.slider("z1").focus()
    lab.page.keyboard.press("End")
    shows(lab, z1=6)
    lab.lab().get_by_role("button", name="Reset").press("Enter")
    shows(lab)


def test_python_moves_the_sliders(lab):
    lab.python("lab.set(y=0.37, z3=2.5, c=2)")
    shows(lab, y=0.37, z3=2.5, c=2)
    assert float(lab.slider("z3").input_value()) == 2.5
    assert lab.lab().get_by_role("radio", name="class 2").is_checked()


def test_a_number_beyond_the_range_is_refused_in_words(lab):
    field = lab.field("y")
    field.fill("1")
    field.press("Enter")
    lab.wait("document.querySelector('output').textContent.includes('from 0.01 to 0.99')")
    shows(lab)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900), (360, 640)])
def test_nothing_runs_over_covers_or_jumps(lab, width, height):
    """At desktop size, at 200 % zoom of it, and on a phone; where the pictures are fullest."""
    lab.resize(width, height)
    box = lab.lab().bounding_box()
    for values in ({}, {"y": 0.01, "z1": 6, "z2": -6, "c": 2}, {"y": 0.99, "t": 0, "c": 3}):
        lab.python(f"lab.set(**{values})")
        lab.wait_python(f"all(lab.values[k] == v for k, v in {values}.items())")
        texts, _ = wanted(**values)
        lab.wait_number("dy_log", texts["dy_log"])
        assert lab.lab().bounding_box()["height"] == box["height"]
        assert lab.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
        assert_legible(lab.lab())
        lab.python("lab.reset()")
        shows(lab)
    for name, words in (("y", "y = 0.11"), ("z1", "Probabilities"), ("t", "y = 0.11")):
        lab.slider(name).focus()
        lab.page.keyboard.press("ArrowLeft" if name == "t" else "ArrowRight")
        lab.wait(f"document.querySelector('output').textContent.startsWith('{words}')")
        assert lab.lab().bounding_box()["height"] == box["height"]  # whatever is said below


def test_with_a_far_kernel_the_halves_do_not_wait_for_each_other(open_page):
    """200 ms on every kernel message; a slider of the other half is right at once."""
    with open_page("far_losses.ipynb", CELL, delay=200) as page:
        assert page.python("print(1)") == "1"  # all earlier messages have come through
        page.count_waiting()
        page.slider("y").focus()
        page.page.keyboard.press("ArrowRight")
        page.slider("z2").focus()
        page.page.keyboard.press("Home")
        texts, shapes = wanted(y=0.11, z2=-6)
        assert page.numbers() == texts  # no waiting here: this is what the key presses have drawn
        assert page.page.evaluate(SEEN) == shapes
        assert page.waited() == 0
        page.slider("t").focus()  # in its own half another slider has moved: this one waits
        page.page.keyboard.press("Home")
        shows(page, y=0.11, z2=-6, t=0)
        page.wait_python("(lab.y, lab.t, lab.z[1]) == (0.11, 0, -6)")
        page.untroubled()


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL))
    shows(page)
    for name, key, moved in (
        ("z2", "End", {"z2": 6}),
        ("y", "Home", {"y": 0.01, "z2": 6}),  # the halves share no number
        ("t", "Home", {"t": 0, "z2": 6}),  # y has gone back
    ):
        page.slider(name).focus()
        page.page.keyboard.press(key)
        shows(page, **moved)
    page.wait("document.querySelector('output').textContent.includes('so y went back')")
    page.lab().get_by_role("button", name="Reset").press("Enter")
    shows(page)
