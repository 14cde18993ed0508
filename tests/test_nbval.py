"""What nbval compares in our configuration: one demo notebook, one case in each of its cells."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
VIEW = "application/vnd.jupyter.widget-view+json"
PLOT = {"text/plain": "a plot", "image/svg+xml": "<svg>1</svg>", "image/png": "AAAA"}


def stream(text, name="stdout"):
    return [{"output_type": "stream", "name": name, "text": text}]


def shown(**changes):
    data = PLOT | {key.replace("__", "/").replace("_", "+"): v for key, v in changes.items()}
    return [{"output_type": "display_data", "data": {k: v for k, v in data.items() if v},
             "metadata": {}}]


SHOW = f"display({PLOT!r}, raw=True)"
LAB = f"display({PLOT | {VIEW: {'model_id': 'new'}}!r}, raw=True)"
NOISE = "import sys\nprint('careful', file=sys.stderr)"

# name: (what the cell does, the output that was committed, whether nbval passes it)
CASES = {
    "same text": ("print(1)\nprint(2)", stream("1\n2\n"), True),
    "changed text": ("print(1)", stream("2\n"), False),
    "changed last digit": ("print('0.59327')", stream("0.59328\n"), False),
    "text missing": ("print(1)", [], False),
    "text no longer printed": ("x = 1", stream("1\n"), False),
    "same picture": (SHOW, shown(), True),
    "changed SVG": (SHOW, shown(image__svg_xml="<svg>2</svg>"), False),
    "changed text beside a picture": (SHOW, shown(text__plain="another plot"), False),
    "other PNG": (SHOW, shown(image__png="BBBB"), True),
    "widget view in the run only": (LAB, shown(), True),
    "changed HTML": ("display({'text/html': '<b>1</b>'}, raw=True)",
                     [{"output_type": "display_data", "data": {"text/html": "<b>2</b>"},
                       "metadata": {}}], False),
    "new stderr": (NOISE, [], False),
    "an exception": ("1 / 0", [], False),
    "outputs but never run": ("print(1)", stream("1\n"), False),
    # nbval's blind spot; `build --check` refuses cells without an execution count.
    "cleared": ("print(1)", [], True),
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Cell number -> did nbval pass it, from one pytest run with the options of pyproject.toml."""
    cells = []
    for number, (name, (source, outputs, _)) in enumerate(CASES.items(), 1):
        count = None if name in ("outputs but never run", "cleared") else number
        cells.append({"cell_type": "code", "id": f"case-{number}", "metadata": {}, "source": source,
                      "outputs": outputs, "execution_count": count})
    path = tmp_path_factory.mktemp("demo") / "demo.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4,
                                "nbformat_minor": 5}), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-v",
               "-p", "no:cacheprovider", "--rootdir", str(path.parent), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    found = re.findall(r"Cell (\d+) (PASSED|FAILED)", done.stdout)
    assert len(found) == len(CASES), done.stdout + done.stderr
    return {int(number): word == "PASSED" for number, word in found}


@pytest.fixture
def conftest():
    """The conftest.py of the project's folder, as a module."""
    spec = importlib.util.spec_from_file_location("root_conftest", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_that_begin_first_are_there(conftest):
    assert set(conftest.LONGEST) <= {path.name for path in (ROOT / "tests").rglob("test_*.py")}


def test_each_file_has_its_own_progress_and_no_settings_of_a_user(conftest, monkeypatch, request):
    """conftest.py gives a notebook the environment of ``build``, before its kernel starts."""

    class Item:
        session = request.session

        def __init__(self, name):
            self.path = Path(name)

    seen = []
    monkeypatch.setenv("MPLBACKEND", "agg")
    for name in ("one.ipynb", "two.ipynb", "one.ipynb"):
        conftest.pytest_runtest_setup(Item(name))
        seen.append(os.environ["HELPERS_PROGRESS"])
        assert not Path(seen[-1]).exists()
    assert seen[0] == seen[2] != seen[1]
    assert "MPLBACKEND" not in os.environ
    assert os.environ["PYTHONHASHSEED"] == "0"
    assert os.environ["PYTHONPATH"].split(os.pathsep).count(str(ROOT)) == 1


@pytest.mark.parametrize(("number", "name"), list(enumerate(CASES)), ids=list(CASES))
def test_nbval_fails_on_what_a_reader_would_see(outcome, number, name):
    assert outcome[number] is CASES[name][2]
