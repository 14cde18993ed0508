"""The loss lab in JupyterLab: both halves, with the keyboard alone."""

from __future__ import annotations

import pytest

from helpers import diagram
from helpers.plots.loss_numbers import places
from helpers.widgets import LossLab

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(open_page):
    found = open_page("losses.ipynb", "from helpers import LossLab\nlab = LossLab()\nlab")
    yield found
    found.page.context.close()


@pytest.fixture
def lab(page):
    page.python("lab.reset()")
    shows(page)
    yield page
    assert page.troubles == []


def wanted(**values) -> dict[str, str]:
    """Every number of the pictures, as Python writes it."""
    other = LossLab()
    other.set(**values)
    return {k: diagram.number(v, places(k)) for k, v in other._now.items()}


def shows(page, **values) -> None:
    """Wait until every number in both pictures is right."""
    right = wanted(**values)
    names = page.numbers()
    page.wait(
        "Object.entries(%s).every(([q, text]) => [...document.querySelectorAll("
        "`.bp-picture [data-q=\"${q}\"]`)].every(e => e.textContent === text))"
        % {k: right[k] for k in names}
    )
    assert set(names) <= set(right)


def test_at_its_start_it_shows_what_python_computes(lab):
    shows(lab)


def test_a_prediction_is_moved_with_the_arrow_keys(lab):
    lab.slider("y").focus()
    tangent = "document.querySelector('.bp-half path[d][data-form*=tail_x_log]').getAttribute('d')"
    before = lab.page.evaluate(tangent)
    for _ in range(2):
        lab.page.keyboard.press("ArrowRight")
    shows(lab, y=0.12)
    assert lab.page.evaluate(tangent) != before
    lab.wait("document.querySelector('output').textContent.includes('Log loss 2.1203')")
    lab.page.keyboard.press("End")
    shows(lab, y=0.99)


def test_a_target_moves_both_curves(lab):
    curve = "[...document.querySelectorAll('.bp-half polyline')].map(e => e.getAttribute('points'))"
    before = lab.page.evaluate(curve)
    lab.slider("t").focus()
    lab.page.keyboard.press("Home")
    shows(lab, t=0)
    after = lab.page.evaluate(curve)
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_scores_and_the_true_class(lab):
    lab.slider("z2").focus()
    lab.page.keyboard.press("Home")
    shows(lab, z2=-6)
    radio = lab.lab().get_by_role("radio", name="class 1")
    radio.focus()
    lab.page.keyboard.press("ArrowDown")
    shows(lab, z2=-6, c=2)
    lab.wait("document.querySelector('output').textContent.includes('for class 2')")


def test_reset_with_the_keyboard(lab):
    lab.slider("z1").focus()
    lab.page.keyboard.press("End")
    shows(lab, z1=6)
    lab.lab().get_by_role("button", name="Reset").press("Enter")
    shows(lab)


def test_python_follows(lab):
    lab.slider("y").focus()
    lab.page.keyboard.press("End")
    lab.wait("document.querySelector('output').textContent.startsWith('y is 0.99')")
    assert lab.python("print(lab.y)") == "0.99"


@pytest.mark.parametrize("width", [420, 700, 1400])
def test_nothing_runs_over_and_nothing_jumps(lab, width):
    lab.page.set_viewport_size({"width": width, "height": 900})
    box = lab.lab().bounding_box()
    lab.slider("y").focus()
    for _ in range(5):
        lab.page.keyboard.press("PageUp")
    assert lab.lab().bounding_box()["height"] == box["height"]
    assert lab.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
