"""Whole runs of the two commands: what is installed when, what is said, what is left behind.

Nothing is downloaded: each runs in a copy of the project with a `uv` of our own on PATH, which
"installs" by writing the metadata that an installer would leave. .ci/run makes the real thing.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.launcher import cli, places

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a fake uv script and POSIX signals")

# ---------------------------------------------------------------------------- a project to run in

FAKE_UV = """#!{python}
import os, pathlib, re, sys, time
sys.path.insert(0, os.getcwd())
from helpers.launcher import requirements

with open("uv.log", "a") as log:
    print(" ".join(sys.argv[1:]), file=log)
pathlib.Path("uv.pid").write_text(str(os.getpid()))
time.sleep(float(os.environ.get("FAKE_UV_SECONDS", "0")))
print("Resolved 2 packages in 1ms")
python = pathlib.Path(sys.argv[sys.argv.index("--python") + 1])
site = next(python.parents[1].glob("lib/python*/site-packages"))
extras = re.findall(r"\\.\\[(.*)\\]", " ".join(sys.argv))
project = pathlib.Path.cwd()

def put(path, text):
    path = site / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)

for line in requirements.read(project, extras[0].split(",") if extras else []):
    name = re.match(r"[\\w.-]+", line).group()
    version = (re.findall(r">=([0-9.]+)", line) or ["1.0"])[0]
    folder = name.replace("-", "_")
    put(f"{{folder}}-{{version}}.dist-info/METADATA", f"Name: {{name}}\\nVersion: {{version}}\\n")
book = requirements.BOOK.replace("-", "_") + "-0.1.0.dist-info"
put(book + "/METADATA", f"Name: {{requirements.BOOK}}\\nVersion: 0.1.0\\n")
source = '{{"dir_info": {{"editable": true}}, "url": "%s"}}'
put(book + "/direct_url.json", source % project.as_uri())
put("pytest/__main__.py",
    "import sys; print('args', *sys.argv[1:]); print('= 3 passed ='); sys.exit(5)")
put("nbformat/__init__.py", "def read(*_, **__): raise ValueError('no notebook')")
put("nbformat/sign.py", "class NotebookNotary:\\n class store: close = staticmethod(bool)")
put("jupyter_core/paths.py", "def jupyter_data_dir(): return '/nowhere'")
put("jupyterlab/labapp.py", pathlib.Path(os.environ["FAKE_LAB"]).read_text())
"""


FAKE_LAB = """
import os, signal, sys

def end_kernels(*_):
    print("kernels ended")
    sys.exit(0)

def main(argv):
    waits = os.environ.get("FAKE_LAB_WAITS")
    if waits == "running":
        signal.signal(signal.SIGTERM, end_kernels)
    print("LAB", *argv, flush=True)
    if waits:
        signal.pause()
"""


class Project:
    """A copy of what the commands need, in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder / "the book"  # with a space, as on many a reader's disk
        self.venv = self.folder / ".venv"
        programs = folder / "programs"
        shutil.copytree(
            ROOT / "helpers" / "launcher", self.folder / "helpers" / "launcher",
            ignore=shutil.ignore_patterns("__pycache__"),
        )  # fmt: skip
        for name in ("helpers/__init__.py", "helpers/__main__.py", "requirements.txt",
                     "pyproject.toml"):  # fmt: skip
            shutil.copy(ROOT / name, self.folder / name)
        (self.folder / "chapters").mkdir()
        (self.folder / places.FIRST_PAGE).write_text("{}")
        programs.mkdir()
        (programs / "uv").write_text(FAKE_UV.format(python=places.base_python()))
        (programs / "uv").chmod(0o755)
        (programs / "lab").write_text(FAKE_LAB)
        path = os.pathsep.join([str(programs), os.environ["PATH"]])
        # Should a run fall back to pip, it must find nothing.
        self.variables = dict(os.environ) | {
            "PATH": path,
            "FAKE_LAB": str(programs / "lab"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "",
            "PIP_CONFIG_FILE": os.devnull,
        }

    def start(self, *arguments, **variables) -> subprocess.Popen:
        return subprocess.Popen(
            [places.base_python(), "-m", "helpers", *arguments], cwd=self.folder,
            env=self.variables | variables, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments, **variables) -> SimpleNamespace:
        child = self.start(*arguments, **variables)
        out, err = child.communicate(timeout=60)
        assert "Traceback" not in err, err
        return SimpleNamespace(status=child.returncode, out=out, err=err)

    def installs(self) -> list[str]:
        log = self.folder / "uv.log"
        return log.read_text().splitlines() if log.exists() else []

    def note(self) -> dict:
        return json.loads((self.venv / "helpers-setup.json").read_text())


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def wait_for(condition, what, seconds=20):
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # in a container nobody may collect the dead
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


# --------------------------------------------------------------------------- whole runs, fake uv


def test_first_start_installs_and_the_second_only_opens(project):
    first = project.run("--no-browser")
    assert first.status == 0
    assert "LAB" in first.out
    assert f"--ServerApp.root_dir={project.folder}" in first.out
    assert "default_url=/lab/tree/chapters/00_start_here.ipynb" in first.out
    assert "--no-browser" in first.out
    assert "token" not in first.out.lower()
    assert "first start" in first.err
    assert "Installing packages" in first.err
    assert project.note()["state"] == "ready"
    assert len(project.installs()) == 1
    second = project.run("--no-browser")
    assert second.status == 0
    assert second.err == ""
    assert len(project.installs()) == 1


def test_second_start_takes_under_two_seconds_of_our_own(project):
    project.run("setup")
    opened = project.run("--verbose")
    seconds = re.search(r"([\d.]+) s of our own before JupyterLab", opened.err)
    assert float(seconds[1]) < 2


def test_test_command_passes_arguments_and_status_and_ends_with_pytests_line(project):
    ran = project.run("test", "-k", "some thing", "--help")
    assert ran.status == 5
    assert ran.out.splitlines() == ["args -k some thing --help", "= 3 passed ="]
    assert "-e .[test]" in project.installs()[0]


def test_installs_again_when_requirements_changed_or_an_extra_is_needed(project):
    project.run("setup")
    with (project.folder / "requirements.txt").open("a") as file:
        file.write("left-pad>=1\n")
    assert "requirements have changed" in project.run("setup").err
    assert "more packages are needed" in project.run("setup", "--with", "course").err
    assert "more packages are needed" in project.run("setup", "--with", "test").err
    calls = project.installs()
    assert len(calls) == 4
    assert "-e .[course,test]" in calls[-1]
    assert project.run("setup").err == ""
    assert len(project.installs()) == 4


def test_mends_an_environment_that_lost_a_package(project):
    project.run("setup")
    shutil.rmtree(next(project.venv.glob("lib/*/site-packages/anywidget-*")))
    assert "missing: anywidget" in project.run("setup").err
    assert project.run("setup").err == ""


def spoil_note(project):
    project_note = project.note() | {"state": "installing"}
    (project.venv / "helpers-setup.json").write_text(json.dumps(project_note))


def spoil_python(project):
    python = project.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")


def spoil_version(project):
    (project.venv / "helpers-setup.json").write_text(json.dumps(project.note() | {"python": "3.4"}))


def spoil_place(project):
    elsewhere = project.note() | {"project": "/somewhere/else"}
    (project.venv / "helpers-setup.json").write_text(json.dumps(elsewhere))


def spoil_middle(project):
    (project.venv / "pyvenv.cfg").unlink()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_note, "did not end well"),
        (spoil_python, "does not start"),
        (spoil_version, "was 3.4"),
        (spoil_place, "has moved"),
        (spoil_middle, "first start"),
    ],
)
def test_rebuilds_an_environment_that_is_past_mending(project, spoil, reason):
    project.run("setup")
    spoil(project)
    debris = project.venv / "debris"
    debris.mkdir()
    ran = project.run("setup")
    assert ran.status == 0
    assert reason in ran.err
    assert not debris.exists()
    assert project.run("setup").err == ""


def test_an_environment_of_the_readers_own_is_filled_not_rebuilt(project):
    subprocess.run([places.base_python(), "-m", "venv", "--without-pip", project.venv], check=True)
    mine = project.venv / "mine.txt"
    mine.write_text("keep me")
    assert "missing: " in project.run("setup").err
    assert mine.exists()
    (project.venv / "helpers-setup.json").unlink()
    assert project.run("setup").err == ""  # as good without our note


def test_an_environment_of_the_readers_own_is_never_emptied(project):
    subprocess.run([places.base_python(), "-m", "venv", "--without-pip", project.venv], check=True)
    (project.venv / "mine.txt").write_text("keep me")
    project.run("setup")
    (project.venv / "helpers-setup.json").write_text(json.dumps(project.note() | {"python": "3.4"}))
    ran = project.run("setup")
    assert ran.status == 1
    assert "move it elsewhere" in ran.err
    assert ran.err.count("\n") <= 2  # what was wrong, and what to do
    assert (project.venv / "mine.txt").exists()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_leaves_alone_what_is_no_environment(project, kind):
    if kind == "file":
        project.venv.write_text("mine")
    else:
        project.venv.mkdir()
        (project.venv / "mine.txt").write_text("mine")
    ran = project.run("setup")
    assert ran.status == 1
    assert "in the way" in ran.err
    assert ran.err.count("\n") == 1


@contextmanager
def sigint(handling):
    """Programs started in here inherit this handling of Ctrl-C."""
    before = signal.signal(signal.SIGINT, handling)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "TERM"]
)
def test_a_signal_during_installation_ends_everything_quietly(project, number, status):
    with sigint(signal.SIG_IGN):  # it must not matter how this test was started
        child = project.start("setup", FAKE_UV_SECONDS="60")
    wait_for((project.folder / "uv.pid").exists, "the installer")
    wait_for(lambda: (project.folder / "uv.pid").read_text(), "its process id")
    child.send_signal(number)
    _, err = child.communicate(timeout=20)
    assert child.returncode == status
    assert "Stopped" in err
    assert "Traceback" not in err
    uv = int((project.folder / "uv.pid").read_text())
    wait_for(lambda: not alive(uv), "the installer's end")
    assert "did not end well" in project.run("setup").err


@pytest.mark.parametrize(
    ("state", "status", "last_words"), [("starting", 130, ""), ("running", 0, "kernels ended\n")]
)
def test_ctrl_c_ends_a_starting_and_a_running_book(project, state, status, last_words):
    project.run("setup")
    with sigint(signal.SIG_IGN):
        child = project.start("--no-browser", FAKE_LAB_WAITS=state)
    assert child.stdout.readline().startswith("LAB")
    child.send_signal(signal.SIGINT)
    assert child.communicate(timeout=20) == (last_words, "")
    assert child.returncode == status


def test_two_starts_at_the_same_time_install_once(project):
    one = project.start("setup", FAKE_UV_SECONDS="0.7")
    wait_for((project.folder / "uv.log").exists, "the first installer")
    two = project.run("setup")
    _, err = one.communicate(timeout=60)
    assert (one.returncode, two.status) == (0, 0), err
    assert len(project.installs()) == 1
    assert "waiting" in two.err


def test_an_installer_that_outlives_its_start_is_waited_for(project):
    one = project.start("setup", FAKE_UV_SECONDS="1")
    wait_for((project.folder / "uv.log").exists, "the first installer")
    one.kill()
    one.communicate()
    two = project.run("setup", FAKE_UV_SECONDS="0")
    assert two.status == 0
    assert "waiting" in two.err
    assert project.note()["state"] == "ready"


def test_a_lock_file_left_behind_does_not_lock(project):
    project.venv.mkdir()
    (project.venv / "helpers-setup.lock").write_text("4711")
    ran = project.run("setup")
    assert ran.status == 0
    assert "waiting" not in ran.err


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_is_told_in_one_line(project):
    project.folder.chmod(0o555)
    try:
        ran = project.run("setup")
    finally:
        project.folder.chmod(0o755)
    assert ran.status == 1
    assert "cannot be written" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "abc"], "--port takes a number from 1 to 65535, not 'abc'"),
        (["--port", "65536"], "--port takes a number"),
        (["--port"], "expected one argument"),
        (["--prot", "1"], "unrecognized arguments"),
        (["tset"], "did you mean 'test'?"),
        (["grade"], "The commands are: open, test, setup, build, bench, mistakes."),
        (["setup", "--with", "cuda"], "the extras are: test, course, peers"),
    ],
)
def test_slips_are_told_in_one_line_before_anything_is_done(project, arguments, sentence):
    ran = project.run(*arguments)
    assert ran.status == 2
    assert sentence in ran.err
    assert ran.err.count("\n") == 1
    assert not project.venv.exists()


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], ["--no-browser", "-h"]])
def test_help_names_every_command(project, arguments):
    ran = project.run(*arguments)
    assert ran.status == 0
    for name in [*cli.COMMANDS, "--no-browser", "--port", "--with", "--verbose"]:
        assert name in ran.out
    assert not project.venv.exists()


def test_a_missing_authors_command_is_told_in_one_line(project):
    ran = project.run("bench")
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == "helpers: this copy of the book has no 'bench' command."
