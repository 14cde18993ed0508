"""The two commands: what they decide, and the one line they say when something is wrong."""

import ast
import errno
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest

from helpers.launcher import (
    cli,
    environment,
    handover,
    inside,
    install,
    places,
    ports,
    problem,
    requirements,
    serve,
    sign,
)
from helpers.launcher.lock import only_one
from helpers.launcher.problem import Problem

ROOT = Path(__file__).resolve().parents[1]

# ------------------------------------------------------------------------------------ old Pythons


def test_entry_and_package_parse_on_old_pythons():
    for name in ("__main__.py", "__init__.py"):
        ast.parse((ROOT / "helpers" / name).read_text("utf-8"), feature_version=(3, 7))


def run_with(command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_old_python_gets_one_line():
    pretend = "import sys; sys.version_info = (3, 10, 13); import runpy; "
    ran = run_with([sys.executable, "-c", pretend + "runpy.run_module('helpers')"])
    assert ran.returncode == 1
    assert ran.stderr.startswith("helpers: this book needs Python 3.11 or newer; this is Python 3.")
    assert ran.stderr.count("\n") == 1


def old_pythons():
    """Interpreters before 3.11 on this machine, on PATH or where pyenv keeps them."""
    names = ["3.10", "3.9", "3.8", "3.7", "3.6"]
    found = [shutil.which("python" + name) for name in names]
    pyenv = Path(os.environ.get("PYENV_ROOT", "/nowhere"))
    found += [str(path) for name in names for path in pyenv.glob(f"versions/{name}.*/bin/python")]
    return [path for path in found if path and "shims" not in path]


@pytest.mark.skipif(not old_pythons(), reason="no old Python on this machine")
def test_real_old_pythons_get_one_line():
    for python in old_pythons():
        ran = run_with([python, "-B", "-m", "helpers", "test"])
        assert ran.returncode == 1, python
        assert "needs Python 3.11 or newer" in ran.stderr
        assert ran.stderr.count("\n") == 1, ran.stderr


def test_nothing_but_the_standard_library_is_needed_to_start():
    """Every launcher module is imported with no site-packages at all."""
    names = sorted(path.stem for path in (ROOT / "helpers" / "launcher").glob("*.py"))
    imports = "; ".join(f"import helpers.launcher.{name}" for name in names if name != "__init__")
    ran = run_with([sys.executable, "-S", "-c", f"import helpers, helpers.__main__; {imports}"])
    assert ran.returncode == 0, ran.stderr


# ---------------------------------------------------------------------------------- the decisions


@pytest.mark.parametrize(
    ("system", "kind", "python", "packages"),
    [
        ("posix", PurePosixPath, "/b/.venv/bin/python", "/b/.venv/lib/python3.12/site-packages"),
        ("nt", PureWindowsPath, r"C:\b\.venv\Scripts\python.exe",
         r"C:\b\.venv\Lib\site-packages"),
    ],
)  # fmt: skip
def test_places_on_each_system(system, kind, python, packages):
    folder = kind("/b/.venv" if system == "posix" else r"C:\b\.venv")
    assert str(places.python_of(folder, system)) == python
    assert str(places.packages_folder(folder, "3.12", system)) == packages
    assert places.command_name(system).startswith("py -m" if system == "nt" else "python3 -m")


@pytest.mark.parametrize(
    ("line", "version", "answer"),
    [
        ("numpy>=1.26,<3", "1.26.0", True),
        ("numpy>=1.26,<3", "1.25.9", False),
        ("numpy>=1.26,<3", "2.13", True),
        ("numpy>=1.26,<3", "3.0", False),
        ("numpy>=1.26,<3", "3.0.0rc1", False),
        ("anywidget>=0.9.13,<0.12", "0.10", True),
        ("anywidget>=0.9.13,<0.12", "0.9.2", False),
        ("jupytext>=1.16", "1.16", True),
        ("torch", "2.13.0+cpu", True),
        ("torch", None, False),
        ("some>=1", "unreadable", False),
        ("some<=2.0", "2", True),
        ("some>2", "2.0", False),
        ("some~=2.0", "9", True),
    ],
)
def test_ranges(line, version, answer):
    assert requirements.admits(line, version) is answer


def test_requirements_are_read_and_their_lower_ends_are_known():
    lines = requirements.read(ROOT, ["course"])
    assert any(line.startswith("nbgrader") for line in lines)
    assert not any(line.startswith(("-", "#")) for line in lines)
    bounds = requirements.lower_bounds(["numpy>=1.26,<3", "torch", "a_b.c >= 0.9.13"])
    assert bounds == ["numpy==1.26", "a_b.c==0.9.13"]


def fake_package(site: Path, name: str, version: str, source: str | None = None):
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n")
    if source:
        origin = {"url": source, "dir_info": {"editable": True}}
        (folder / "direct_url.json").write_text(json.dumps(origin))


def test_the_current_interpreter_is_used_only_if_it_has_all_and_this_very_book(
    tmp_path, monkeypatch
):
    project = tmp_path / "the book"
    project.mkdir()
    (project / "requirements.txt").write_text("-e .\nnumpy>=1.26,<3\n")
    (project / "pyproject.toml").write_text("[project]\noptional-dependencies.test = ['pytest']\n")
    sites = {name: tmp_path / name for name in ("good", "other", "old")}
    for name, site in sites.items():
        fake_package(site, "numpy", "1.20" if name == "old" else "2.0")
        place = tmp_path if name == "other" else project
        fake_package(site, requirements.BOOK, "0.1.0", place.as_uri())
    answers = {}
    for name, site in sites.items():
        monkeypatch.setattr(sys, "path", ["", str(project), str(site)])
        answers[name] = environment.current_is_good(project, [])
    assert answers == {"good": True, "other": False, "old": False}
    monkeypatch.setattr(sys, "path", [str(sites["good"])])
    assert not environment.current_is_good(project, ["test"])


def test_port_taken_is_told_with_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"port {port} is taken") as caught:
            ports.demand(port)
    free = int(str(caught.value).rsplit(" ", 1)[1])
    assert free != port
    assert ports.trouble(free) is None
    ports.demand(port)  # free again: nothing is raised


def test_lock_waits_for_its_holder(tmp_path):
    told = []
    path = tmp_path / "lock"
    with ExitStack() as holder:
        holder.enter_context(only_one(path, lambda: told.append("first")))

        def wait():
            told.append("second")
            holder.close()

        with only_one(path, wait):
            assert told == ["second"]


# ----------------------------------------------------------------------- what goes wrong, in a line

PIP_OFFLINE = """WARNING: Retrying (Retry(total=0)) after connection broken by
'NewConnectionError('<HTTPSConnection>: Failed to establish a new connection: [Errno -3] Temporary
failure in name resolution')': /simple/setuptools/
ERROR: Could not find a version that satisfies the requirement setuptools>=68 (from versions: none)
ERROR: No matching distribution found for setuptools>=68
"""


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (PIP_OFFLINE, "no connection to the package index"),
        ("error: Failed to fetch: x\n  Caused by: dns error: failed to lookup", "no connection"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
         "no space left on the disk"),
        ("error: Failed to install: x\n  Caused by: failed to copy: (os error 28)", "no space"),
        ("OSError: [WinError 112] There is not enough space on the disk", "no space"),
        ("ERROR: [WinError 32] The process cannot access the file because it is being used by "
         "another process", "close JupyterLab"),
        ("error: failed to create file: Read-only file system (os error 30)", "cannot be written"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "PIP_CERT"),
        ("ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        ("ERROR: No matching distribution found for numpy<3,>=1.26", "for Python 3.99: No"),
        ("error: subprocess-exited-with-error", "no ready-made file for Python 3.99"),
        ("ERROR: the moon is full\nhint: wait", "installation failed: the moon is full"),
        ("", "nothing was printed"),
    ],
)  # fmt: skip
def test_installers_failures_are_one_line(log, sentence):
    told = problem.explain(log, Path("/book"), "3.99")
    assert sentence in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
        (errno.EIO, "the system said"),
    ],
)
def test_failed_system_calls_are_one_line(monkeypatch, capsys, number, sentence):
    def fail(*_, **__):
        raise OSError(number, os.strerror(number), "/book/.venv")

    monkeypatch.setattr(environment, "current_is_good", lambda *_: False)
    monkeypatch.setattr(environment.Environment, "fault", lambda *_: environment.Fault("new", True))
    monkeypatch.setattr(install, "claim", fail)
    monkeypatch.setattr(places, "running_in", lambda _: False)
    assert cli.main(["setup"]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
@pytest.mark.parametrize(("apt", "remedy"), [(True, "install python3-venv"), (False, "complete")])
def test_missing_modules_are_named_with_the_remedy(monkeypatch, module, apt, remedy):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else real(name)
    )
    monkeypatch.setattr(
        shutil, "which", lambda name: "/x" if (name, apt) == ("apt", True) else None
    )
    with pytest.raises(Problem, match=f"no {module} module.*{remedy}"):
        install.demand_tools()


def test_uv_needs_no_ensurepip(monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name)
    )
    monkeypatch.setattr(shutil, "which", lambda name: "/x/uv" if name == "uv" else None)
    install.demand_tools()


# ---------------------------------------------------------------------------- which installer, when


class Script:
    """Stands in for `Children`: answers each program by what stands in its command."""

    def __init__(self, **answers):
        self.answers = answers
        self.commands = []

    def run(self, command):
        line = " ".join(command)
        self.commands.append(line)
        found = [self.answers[word] for word in self.answers if word.replace("_", " ") in line]
        return found[0] if found else (0, "")

    def said(self, word):
        return any(word in command for command in self.commands)


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """Makes an Installation over a script of answers; `uv` says whether it is on PATH."""
    env = environment.Environment(ROOT, tmp_path)

    def make(script, uv=False):
        monkeypatch.setattr(shutil, "which", lambda name: "/x/uv" if uv and name == "uv" else None)
        quiet = SimpleNamespace(step=lambda _: None, done=lambda: None)
        return install.Installation(env, script, quiet)

    return make


def test_uv_on_path_installs(installation):
    script = Script()
    installation(script, uv=True).install(["test"])
    assert len(script.commands) == 1
    assert script.commands[0].startswith("/x/uv pip install --python")
    assert "-r requirements.txt -e .[test]" in script.commands[0]


def test_uv_is_fetched_with_pip_when_it_is_not_there(installation):
    script = Script()
    installation(script).install([])
    assert script.said("-m pip install uv")
    assert "-m uv pip install" in script.commands[-1]


def test_pip_takes_over_when_uv_fails(installation):
    script = Script(uv_pip_install=(2, "error: dns error"))
    installation(script, uv=True).install([])
    assert "-m pip install -r requirements.txt" in script.commands[-1]


def test_pip_takes_over_when_uv_cannot_be_fetched(installation):
    script = Script(pip_install_uv=(1, "ERROR: No matching distribution found for uv"))
    installation(script).install([])
    assert "-m pip install -r requirements.txt" in script.commands[-1]


@pytest.mark.parametrize("setting", ["global.index-url", ":env:.no-index", "install.proxy"])
def test_pip_that_was_told_where_to_go_is_used_alone(installation, setting):
    script = Script(pip_config_list=(0, f"global.timeout='5'\n{setting}='x'\n"))
    installation(script).install([])
    assert not script.said("uv")


def test_settings_that_uv_can_do_without_do_not_keep_it_away(installation):
    script = Script(pip_config_list=(0, "global.find-links='/x'\nglobal.extra-index-url='y'\n"))
    installation(script).install([])
    assert script.said("-m uv pip install")


def test_without_network_it_is_tried_once_and_told(installation):
    script = Script(pip_install_uv=(1, PIP_OFFLINE))
    with pytest.raises(Problem, match=r"no connection.*log: "):
        installation(script).install([])
    assert script.commands[-1].endswith("pip install uv")


def test_missing_pip_is_put_there(installation):
    script = Script(pip___version=(1, "No module named pip"))
    script.answers = {"pip --version": (1, "No module named pip")}
    installation(script).install([])
    assert script.said("ensurepip")


def test_an_update_without_network_leaves_the_environment_usable(installation):
    before = {"state": "ready", "fingerprint": "old", "extras": []}
    made = installation(Script(install=(1, PIP_OFFLINE)), uv=True)
    made.env.write_note(**before)
    with pytest.raises(Problem):
        made.run(environment.Fault("the requirements have changed"), set())
    assert made.env.note() == before


def test_a_failure_in_the_middle_is_remembered(installation):
    made = installation(Script(install=(1, "No space left on device")), uv=True)
    made.env.write_note(state="ready", fingerprint="old", extras=[])
    with pytest.raises(Problem, match="no space"):
        made.run(environment.Fault("the requirements have changed"), set())
    assert made.env.note()["state"] == "installing"


def test_what_a_full_disk_leaves_behind_is_no_stranger_in_the_way(tmp_path, monkeypatch):
    """The first note fails half-written; when there is room again, the same command goes on."""
    env = environment.Environment(ROOT, tmp_path / ".venv")
    install.claim(env)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
    with pytest.raises(OSError, match="28"):
        env.write_note(state="installing")
    assert list(env.folder.iterdir())
    install.claim(env)
    (env.folder / "stranger.txt").touch()
    with pytest.raises(Problem, match="in the way"):
        install.claim(env)


# ------------------------------------------------------------------------------- inside, hand-over


def test_where_no_process_can_be_replaced_the_child_is_waited_for(monkeypatch):
    monkeypatch.setattr(handover, "REPLACES", False)
    assert handover.become(sys.executable, ["-c", "import sys; sys.exit(7)"]) == 7


def test_waiting_outlasts_ctrl_c():
    answers = iter([KeyboardInterrupt, KeyboardInterrupt, 3])

    def wait():
        answer = next(answers)
        if answer is KeyboardInterrupt:
            raise answer
        return answer

    assert handover.wait(SimpleNamespace(wait=wait)) == 3


def test_programs_of_the_environment_are_found_first():
    folder = Path(sys.executable).parent
    assert handover.settings(sys.executable)["PATH"].split(os.pathsep)[0] == str(folder)


def test_authors_commands_get_their_arguments(monkeypatch):
    seen = []
    module = SimpleNamespace(main=lambda argv: seen.append(argv) or 4)
    monkeypatch.setitem(sys.modules, "helpers.authoring", module)
    assert inside.main(["build", "--check", "01"]) == 4
    assert seen == [["--check", "01"]]


def test_what_the_output_cannot_encode_is_no_error():
    code = (
        "import sys, types; from helpers.launcher import inside;"
        "sys.modules['helpers.authoring'] = types.SimpleNamespace(main=lambda _: print('\u2605'));"
        "sys.exit(inside.main(['build']))"
    )
    env = os.environ | {"PYTHONIOENCODING": "cp1252"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, env=env)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == b"\\u2605"


def test_a_broken_import_inside_a_command_is_not_hidden(monkeypatch):
    def broken(_):
        raise ModuleNotFoundError("No module named 'jupytext'", name="jupytext")

    monkeypatch.setattr(inside.importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        inside.main(["build"])


def test_without_its_first_page_the_book_still_opens(tmp_path):
    assert "--LabApp.default_url=/lab" in serve.options(tmp_path)


def test_the_books_notebooks_are_signed_once_and_again_when_changed(tmp_path, monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    from nbformat.sign import NotebookNotary

    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(data))
    stamp = tmp_path / "stamp.json"
    (tmp_path / "chapters").mkdir()

    def write(name, text):
        picture = nbformat.v4.new_output("display_data", data={"image/svg+xml": "<svg/>"})
        cell = nbformat.v4.new_code_cell(text, outputs=[picture], id="one")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "chapters" / name)

    def trusted(name):
        notary = NotebookNotary(data_dir=str(data))
        notebook = nbformat.read(tmp_path / "chapters" / name, as_version=4)
        answer = notary.check_signature(notebook)
        notary.store.close()
        return answer

    write("00_book.ipynb", "1")
    write("stranger.ipynb", "3")
    (tmp_path / "chapters" / "01_broken.ipynb").write_text("no notebook")
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")  # as in a virtual environment
    assert sign.sign_book(tmp_path, stamp) == 1
    assert trusted("00_book.ipynb")
    assert not trusted("stranger.ipynb")
    (tmp_path / "chapters" / "01_broken.ipynb").unlink()
    assert sign.sign_book(tmp_path, stamp) == 0
    write("00_book.ipynb", "22")
    assert sign.sign_book(tmp_path, stamp) == 1
    assert trusted("00_book.ipynb")
    (data / "nbsignatures.db").unlink()
    assert sign.sign_book(tmp_path, stamp) == 1


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for a right to make links")
def test_a_notebook_that_cannot_be_looked_at_does_not_keep_the_book_from_opening(tmp_path, capsys):
    pytest.importorskip("jupyter_core")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "00_gone.ipynb").symlink_to(tmp_path / "nowhere")
    assert sign.sign_book(tmp_path, tmp_path / "stamp.json") == 0
    assert "could not be signed" in capsys.readouterr().err


@pytest.mark.parametrize("required", ["", "required"])
@pytest.mark.parametrize("cores", [1, 2, 64])
def test_tests_run_side_by_side_but_ones_own_arguments_are_left_alone(monkeypatch, cores, required):
    started = []
    monkeypatch.setenv("BROWSER_TESTS", required)
    monkeypatch.setattr(cli.install, "python_for", lambda extras, progress: "python")
    monkeypatch.setattr(cli.handover, "become", lambda python, words: started.append(words) or 0)
    monkeypatch.setattr(cli.os, "sched_getaffinity", lambda pid: set(range(cores)), raising=False)
    assert cli.test([], 0.0) == cli.test(["-s", "tests"], 0.0) == 0
    workers = min(cores if required else cores + 1, 4)
    many = ["-n", str(workers), "--dist", "loadfile"] if cores > 1 else []
    some = [] if required else ["-m", "not thorough"]  # what takes minutes is left to CI
    assert started == [["-m", "pytest", *many, *some], ["-m", "pytest", "-s", "tests"]]
