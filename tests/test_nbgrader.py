"""The real nbgrader makes of solutions/ what is in chapters/, and gives the points that follow."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from demo_source import FULL

from helpers import authoring
from helpers.authoring.notebook import joined

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nbgrader") is None,
    reason="nbgrader is not installed (an extra for courses: pip install -e .[course])",
)
needs_book = pytest.mark.skipif(
    not (CHAPTERS and (ROOT / "solutions").is_dir()),
    reason="no chapters/ (run python3 -m helpers build) or no solutions/ in this copy",
)


def nbgrader(course, *arguments):
    """Run the command in the folder of a course; its log is shown when it fails."""
    home = course / "home"  # no settings of whoever runs the tests
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home)}
    # nbgrader calls `alembic` by its bare name, so the environment must be on the path.
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    env.pop("NBGRADER_EXECUTION", None)
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stderr


def without_outputs(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = joined(cell["source"])
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return notebook


def compare(made, ours):
    """Cell for cell, so that a difference is small in the report; then the whole."""
    made, ours = without_outputs(made), without_outputs(ours)
    for theirs, mine in zip(made["cells"], ours["cells"], strict=True):
        assert theirs == mine
    assert made == ours


def all_files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_a_course_of_its_own_layout(tmp_path):
    """source/NAME/ in, release/NAME/ out, with a notebook that needs nothing of the book."""
    sources = tmp_path / "book" / "solutions" / "source"
    sources.mkdir(parents=True)
    (sources / "01_demo.md").write_text(FULL, encoding="utf-8")
    assert authoring.main([], root=tmp_path / "book", known_ids=None) == 0
    course = tmp_path / "course"
    shutil.copytree(tmp_path / "book" / "solutions", course / "source" / "backprop")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    nbgrader(course, "generate_assignment", "--no-db", "backprop")  # a gradebook takes seconds
    assert all_files(course / "release") == ["backprop/01_demo.ipynb"]  # and no source with answers
    compare(course / "release" / "backprop" / "01_demo.ipynb",
            tmp_path / "book" / "chapters" / "01_demo.ipynb")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The project's own layout, with nothing but solutions/ and the configuration."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "solutions", course / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    nbgrader(course, "generate_assignment", "solutions")
    return course


@needs_book
def test_release_equals_chapters(course):
    release = course / "release" / "solutions"
    assert all_files(release) == [path.name for path in CHAPTERS]
    for path in CHAPTERS:
        compare(release / path.name, path)


# A kernel for each notebook and student takes seconds: two chapters speak for all. What a check
# does under nbgrader is tested with every verdict in test_checks_engine.py.
GRADED = CHAPTERS[1:3]


@needs_book
def test_autograde_gives_nothing_for_stubs_and_all_points_for_solutions(course):
    from nbgrader.api import Gradebook

    for student, folder in (("unsolved", "chapters"), ("solved", "solutions")):
        handed_in = course / "submitted" / student / "solutions"
        handed_in.mkdir(parents=True)
        for path in GRADED:
            shutil.copy(ROOT / folder / path.name, handed_in)
    nbgrader(course, "autograde", "solutions")
    scores = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions("solutions"):
            graded = [n for n in submission.notebooks if n.name in {p.stem for p in GRADED}]
            for notebook in graded:
                for grade in notebook.grades:
                    key = notebook.name, grade.name, float(grade.max_score)
                    scores.setdefault(submission.student.id, {})[key] = float(grade.score)
    assert len(scores["solved"]) == sum(map(count_checks, GRADED)) > 0
    assert scores["solved"] == {key: key[2] for key in scores["solved"]}
    assert scores["unsolved"] == dict.fromkeys(scores["solved"], 0.0)


def count_checks(path):
    return path.read_text(encoding="utf-8").count('"grade": true')
