"""Exported pages: the picture without scripts, and sliders that work without a kernel."""

from __future__ import annotations

import copy
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import anywidget
import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from platformdirs import user_cache_path

from helpers import examples

from .conftest import SCHEMATIC, Page, write_notebook
from .test_lab_browser import wanted

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PACKAGES = ("@jupyter-widgets/html-manager@1", "requirejs@2")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A notebook with the lab, executed, with its widget state."""
    path = write_notebook(tmp_path_factory.mktemp("export") / "lab.ipynb", SCHEMATIC)
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, kernel_name="python3", store_widget_state=True).execute()
    return notebook


def test_without_scripts_the_lab_is_a_picture(executed, browser, tmp_path):
    """As the book's own notebooks are kept: without widget view and state."""
    notebook = copy.deepcopy(executed)
    notebook.metadata.pop("widgets")
    for output in notebook.cells[0].outputs:
        output.data.pop("application/vnd.jupyter.widget-view+json", None)
    page = tmp_path / "page.html"
    page.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True)
    opened = context.new_page()
    opened.goto(page.as_uri(), wait_until="commit")
    image = opened.locator("figure img").first
    image.wait_for(state="visible")
    assert image.bounding_box()["height"] > 300
    assert "Error E = 0.110427" in image.get_attribute("alt")
    context.close()


@pytest.fixture(scope="module")
def scripts():
    """The scripts that an exported page fetches from the net, from npm's packages."""
    npm = shutil.which("npm")
    required = os.environ.get("BROWSER_TESTS") == "required"
    if not npm and not required:
        pytest.skip("no npm here, which brings the scripts of exported pages")
    folder = user_cache_path("backpropagation-tests") / "scripts"
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([npm, "pack", *PACKAGES], cwd=folder, capture_output=True, text=True)
        if done.returncode and not required:
            pytest.skip("npm could not fetch the scripts of exported pages")
        assert done.returncode == 0, done.stderr[-500:]
        for archive in folder.glob("*.tgz"):
            with tarfile.open(archive) as tar:
                tar.extractall(folder / archive.name.rsplit("-", 1)[0], filter="data")
        (folder / "done").touch()
    return folder


def answer_from(scripts: Path, route) -> None:
    """Give the page what the net would have given; nothing else."""
    url = route.request.url
    widget = Path(anywidget.__file__).parent / "nbextension" / "index.js"
    for part, path in (
        ("html-manager", scripts / "jupyter-widgets-html-manager/package/dist/embed-amd.js"),
        ("require", scripts / "requirejs/package/require.js"),
        ("anywidget", widget),
    ):
        if part in url:
            return route.fulfill(path=path, content_type="text/javascript")
    return route.abort()


def test_with_state_each_slider_works_without_a_kernel(executed, browser, scripts, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(HTMLExporter().from_notebook_node(executed)[0], encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = Page(context.new_page())
    page.page.route(re.compile("^https?://"), lambda route: answer_from(scripts, route))
    page.page.goto(path.as_uri(), wait_until="commit")
    page.wait("document.querySelector('.bp-lab input[type=range]')")
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
    ours = [t for t in page.troubles if "Failed to load resource" not in t]  # MathJax, say
    assert ours == []
    context.close()
