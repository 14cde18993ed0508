"""One browser and one JupyterLab for all browser tests; skipped, and said so, without a Chromium.

With BROWSER_TESTS=required a missing Chromium fails instead.
"""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from . import pages


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


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of code cells."""
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        cells=[nbformat.v4.new_code_cell(text, id=f"c{i}") for i, text in enumerate(cells)],
    )
    nbformat.write(notebook, path)
    return path


NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


class Page:
    """A page with labs: what a reader does, and what a reader sees."""

    def __init__(self, page):
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda e: self.troubles.append(str(e)))
        page.on("console", self._console)

    def _console(self, message) -> None:
        # A missing file of the server's own (favicon, translations) is no trouble of ours.
        if message.type == "error" and "404" not in message.text:
            self.troubles.append(message.text)

    def lab(self, n: int = 0):
        """This lab, once what the last key set off is drawn: a press returns before."""
        self.page.evaluate(NEXT_FRAME)
        return self.page.locator(".bp-lab").nth(n)

    def slider(self, name: str, n: int = 0):
        return self.lab(n).get_by_role("slider", name=name, exact=True)

    def field(self, name: str, n: int = 0):
        return self.lab(n).get_by_label(f"{name}, number", exact=True)

    def ready(self, labs: int = 1) -> None:
        self.page.wait_for_function(f"document.querySelectorAll('.bp-lab').length >= {labs}")
        # Python has answered once, so that no slider goes back.
        self.page.wait_for_function(
            "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status !== 'busy'"
        )

    def numbers(self, n: int = 0) -> dict[str, str]:
        """Every number in the picture, as text: quantities and values."""
        return self.lab(n).evaluate(
            "e => Object.fromEntries([...e.querySelectorAll('.bp-picture [data-q],"
            " .bp-picture [data-v]')].map(t => [t.dataset.q || t.dataset.v, t.textContent]))"
        )

    def says(self, n: int = 0) -> str:
        return self.lab(n).locator("output").inner_text()

    def python(self, code: str) -> str:
        """What this code prints in the notebook's kernel."""
        return pages.within(
            self.page,
            """async (code) => {
              const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
              const future = kernel.requestExecute({code, store_history: false});
              let text = '';
              future.onIOPub = (m) => { text += m.content.text ?? m.content.evalue ?? ''; };
              await future.done;
              return text.trim();
            }""",
            code,
        )

    def wait_python(self, condition: str) -> None:
        """Wait until this expression is true in the kernel, which follows the browser later."""
        end = time.monotonic() + 15
        while self.python(f"print(bool({condition}))") != "True":
            assert time.monotonic() < end, f"not true in Python: {condition}"

    def wait(self, condition: str, **more) -> None:
        self.page.wait_for_function(condition, timeout=15_000, **more)

    def wait_value(self, slider, value: str) -> None:
        """Wait until a slider stands there."""
        self.page.wait_for_function(
            "([e, v]) => e.value === v", arg=[slider.element_handle(), value], timeout=15_000
        )

    def wait_number(self, name: str, text: str, n: int = 0) -> None:
        self.wait(
            "([n, q, t]) => document.querySelectorAll('.bp-lab')[n]"
            '.querySelector(`.bp-picture [data-q="${q}"]`).textContent === t',
            arg=[n, name, text],
        )


SETUP = "from helpers import ForwardLab, examples\n"
SCHEMATIC = SETUP + "lab = ForwardLab(examples.schematic(), choose='u11')\nlab"
WORKED = SETUP + "other = ForwardLab(examples.worked())\nother"


@pytest.fixture(scope="package")
def open_page(browser, jupyterlab, notebooks):
    """open_page(name, *cells, labs=1, delay=0) -> Page, all cells run; closed by the test."""

    def opened(name, *cells, labs=1, delay=0, run=True) -> Page:
        write_notebook(notebooks / name, *cells)
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = Page(context.new_page())
        pages.open_notebook(page.page, jupyterlab, name, run, delay)
        if labs:
            page.ready(labs)
        return page

    return opened


@pytest.fixture(scope="package")
def shared_page(open_page):
    """The schematic lab above the worked one, opened once."""
    page = open_page("labs.ipynb", SCHEMATIC, WORKED, labs=2)
    yield page
    page.page.context.close()


@pytest.fixture
def labs(shared_page):
    """Both labs at their start."""
    shared_page.page.set_viewport_size({"width": 1400, "height": 900})
    assert shared_page.python("lab.reset(); other.reset(); lab.choose('u11')") == ""
    shared_page.wait_number("E", "0.110427", 0)
    shared_page.wait_number("E", "0.298371", 1)
    yield shared_page
    troubles, shared_page.troubles[:] = list(shared_page.troubles), []
    assert troubles == []
