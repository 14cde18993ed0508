"""Exported pages: the picture without scripts, and sliders that work without a kernel."""

from __future__ import annotations

import copy

import pytest

from helpers import examples

from .conftest import SCHEMATIC
from .exported import as_page, executed
from .test_lab_browser import wanted

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return executed(tmp_path_factory.mktemp("export"), SCHEMATIC)


def test_without_scripts_the_lab_is_a_picture(notebook, browser, tmp_path):
    """As the book's own notebooks are kept: without widget view and state."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata.pop("widgets")
    for output in notebook.cells[0].outputs:
        output.data.pop("application/vnd.jupyter.widget-view+json", None)
    context = browser.new_context(java_script_enabled=False, offline=True)
    opened = context.new_page()
    opened.goto(as_page(notebook, tmp_path / "page.html"), wait_until="commit")
    image = opened.locator("figure img").first
    image.wait_for(state="visible")
    assert image.bounding_box()["height"] > 300
    assert "Error E = 0.110427" in image.get_attribute("alt")
    context.close()


def test_with_state_each_slider_works_without_a_kernel(notebook, open_exported):
    page = open_exported(notebook)
    example = examples.schematic()
    assert page.numbers() == wanted(example)
    for name, value in (("u11", 3), ("w23", 3), ("x1", 1), ("t2", 1)):
        page.slider(name).focus()
        page.page.keyboard.press("End")
        # Only one table is at hand: what moved before has gone back, and the page says so.
        page.wait_number("E", wanted(example, **{name: value})["E"])
        assert page.numbers() == wanted(example, **{name: value})
    page.wait("document.querySelector('output').textContent.includes('went back')")
    page.lab().get_by_role("button", name="Reset").click()
    page.wait_number("E", wanted(example)["E"])
    page.field("w12").fill("0.1234")
    page.field("w12").press("Enter")
    page.wait("document.querySelector('output').textContent.includes('the nearest is 0.12')")
    assert page.numbers() == wanted(example, w12=0.12)
