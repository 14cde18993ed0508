"""One browser and one JupyterLab for all browser tests; skipped, and said so, without a Chromium.

With BROWSER_TESTS=required a missing Chromium fails instead.
"""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from . import pages
from .exported import answer_from, as_page, fetched_scripts
from .reader import Page, write_notebook


def give_up(why: str):
    """Skip, or fail where browser tests are required."""
    if os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(f"BROWSER_TESTS=required, but {why}")
    pytest.skip(why)


@pytest.fixture(scope="package")
def browser():
    if not pages.find_chromium():
        give_up("no Chromium on this machine (set CHROMIUM to the path of one)")
    if not find_spec("playwright"):
        give_up("playwright is not installed")
    with pages.chromium() as running:
        yield running


@pytest.fixture(scope="package")
def axe(browser):
    """axe-core, which looks for what keeps readers out."""
    if not find_spec("axe_playwright_python"):
        give_up("axe-playwright-python is not installed")
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture(scope="package")
def notebooks(tmp_path_factory) -> Path:
    """The folder that JupyterLab serves."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="package")
def jupyterlab(notebooks, browser):
    with pages.jupyterlab(notebooks) as address:
        yield address


SETUP = "from helpers import ForwardLab, examples\n"
SCHEMATIC = SETUP + "lab = ForwardLab(examples.schematic(), choose='u11')\nlab"
WORKED = SETUP + "other = ForwardLab(examples.worked())\nother"


@pytest.fixture(scope="package")
def open_page(browser, jupyterlab, notebooks):
    """open_page(name, *cells, labs=1, delay=0) -> Page, all cells run; `with` closes it."""

    def opened(name, *cells, labs=1, delay=0, run=True) -> Page:
        write_notebook(notebooks / name, *cells)
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = Page(context.new_page())
        pages.open_notebook(page.page, jupyterlab, name, run, delay)
        if labs:
            page.ready(labs)
        return page

    return opened


@pytest.fixture(scope="module")
def one_lab(request, open_page):
    """A page with the lab of a test file's `CELL`, opened once."""
    with open_page(f"{request.module.__name__.split('.')[-1]}.ipynb", request.module.CELL) as page:
        yield page


@pytest.fixture
def lab(request, one_lab):
    """That lab at its start, as the file's `shows` sees it; no error when the test is over."""
    one_lab.begin()
    request.module.shows(one_lab)
    yield one_lab
    one_lab.untroubled()


@pytest.fixture(scope="package")
def scripts():
    """The scripts that an exported page fetches from the net."""
    return fetched_scripts(required=os.environ.get("BROWSER_TESTS") == "required")


@pytest.fixture
def open_exported(browser, scripts, tmp_path):
    """open_exported(notebook) -> Page, exported with its widget state, without any kernel.

    At the end of the test nothing but the net may have been missed.
    """
    opened = []

    def exported(notebook, height=900) -> Page:
        context = browser.new_context(viewport={"width": 1200, "height": height})
        page = Page(context.new_page())
        opened.append(page)
        page.page.route(re.compile("^https?://"), lambda route: answer_from(scripts, route))
        page.page.goto(as_page(notebook, tmp_path / "page.html"), wait_until="commit")
        page.wait("document.querySelector('.bp-lab input[type=range]')")
        return page

    yield exported
    for page in opened:
        assert [t for t in page.troubles if "Failed to load resource" not in t] == []
        page.page.context.close()


@pytest.fixture(scope="package")
def shared_page(open_page):
    """The schematic lab above the worked one, opened once."""
    with open_page("labs.ipynb", SCHEMATIC, WORKED, labs=2) as page:
        yield page


@pytest.fixture
def labs(shared_page):
    """Both labs at their start."""
    shared_page.begin("lab.reset(); other.reset(); lab.choose('u11')")
    shared_page.wait_number("E", "0.110427", 0)
    shared_page.wait_number("E", "0.298371", 1)
    yield shared_page
    shared_page.untroubled()
