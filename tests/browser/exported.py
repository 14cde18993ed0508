"""Pages exported from a notebook with its widget state, and the scripts they fetch from the net."""

from __future__ import annotations

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

from .reader import write_notebook

PACKAGES = ("@jupyter-widgets/html-manager@1", "requirejs@2")


def executed(folder: Path, *cells: str):
    """A notebook of these cells, executed, with its widget state."""
    notebook = nbformat.read(write_notebook(folder / "lab.ipynb", *cells), 4)
    NotebookClient(notebook, kernel_name="python3", store_widget_state=True).execute()
    return notebook


def as_page(notebook, path: Path) -> str:
    """Write it as a page; its address."""
    path.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return path.as_uri()


def fetched_scripts(required: bool) -> Path:
    """The folder with npm's packages, fetched once; without npm, skip unless required."""
    npm = shutil.which("npm")
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
