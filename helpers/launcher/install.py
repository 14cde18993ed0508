"""Make an environment good: create it if need be, and install what it lacks."""

import importlib.util
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from helpers.launcher import environment, places, problem, requirements
from helpers.launcher.child import Children
from helpers.launcher.lock import only_one
from helpers.launcher.problem import Problem
from helpers.launcher.progress import Progress

# With one of these set, pip has been told where packages come from; uv would not know.
PIP_KNOWS_BETTER = re.compile(r"^[^=]*\.(index-url|no-index|proxy)=", re.MULTILINE)
QUIET_FIRST_SCREEN = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}


def python_for(extras: Iterable[str], progress: Progress) -> str:
    """The interpreter that has all that is wanted; sets up `.venv` if there is none."""
    inside = places.running_in(places.ENVIRONMENT)
    if not inside and environment.current_is_good(places.PROJECT, extras):
        return sys.executable
    env = environment.Environment(places.PROJECT, places.ENVIRONMENT)
    if env.fault(extras):
        set_up(env, extras, progress)
    return str(env.python)


def set_up(env: environment.Environment, extras: Iterable[str], progress: Progress) -> None:
    """Install into `env` what it lacks; raises Problem with one line if that fails."""
    requirements.read(env.project, extras)  # an unknown extra is refused before anything is done
    begun = time.perf_counter()
    try:
        demand_tools()
        claim(env)
        waiting = f"Another start is setting up {env.folder.name}; waiting for it to end ..."
        with only_one(env.lock_file, lambda: progress.say(waiting)) as lock:
            fault = env.fault(extras)
            if fault is None:
                return
            progress.say(f"Setting up {env.folder} ({fault.reason})")
            with Children(env.project, env.log_file, lock, progress) as children:
                Installation(env, children, progress).run(fault, set(extras))
    except OSError as error:
        raise problem.from_os_error(error, env.project) from error
    progress.say(f"Ready after {time.perf_counter() - begun:.0f} s.")


def demand_tools() -> None:
    """Raise Problem if this Python cannot make an environment and fill it."""
    for module in ("venv", "ensurepip"):
        needless = module == "ensurepip" and shutil.which("uv")
        if importlib.util.find_spec(module) is None and not needless:
            raise Problem(no_module(module))


def no_module(module: str) -> str:
    """Sentence for a Python that was packaged without a part that we need."""
    version = "{}.{}".format(*sys.version_info[:2])
    if shutil.which("apt"):
        help_ = f"sudo apt install python3-venv (or python{version}-venv)"
    else:
        help_ = "install a complete Python (one with pip and venv)"
    return f"this Python {version} has no {module} module; {help_}, then run the same command."


def claim(env: environment.Environment) -> None:
    """Make the folder, unless something that is no environment stands there."""
    if env.folder.exists() and not env.folder.is_dir():
        raise Problem(f"{env.folder} is in the way: move it elsewhere.")
    env.folder.mkdir(exist_ok=True)
    ours = {env.lock_file.name, env.log_file.name, env.draft_file.name}
    foreign = [path for path in env.folder.iterdir() if path.name not in ours]
    known = (env.folder / "pyvenv.cfg").exists() or env.note_file.exists()
    if foreign and not known:
        raise Problem(f"{env.folder} is in the way, and is no environment: move it elsewhere.")


class Installation:
    """The steps, in their order, inside the lock."""

    def __init__(self, env: environment.Environment, children: Children, progress: Progress):
        self.env = env
        self.children = children
        self.progress = progress
        self.python = [str(env.python), "-I", "-m"]

    def run(self, fault: environment.Fault, extras: set[str]) -> None:
        """Rebuild if need be, install, note that all went well."""
        before = self.env.note()
        theirs = self.env.is_the_readers(before)
        if theirs and fault.rebuild:
            raise Problem(
                f"{self.env.folder} was not made by this command, and {fault.reason}: "
                "move it elsewhere, then run the same command."
            )
        extras = extras | set(before.get("extras", ()))
        extras &= set(requirements.known_extras(self.env.project))
        if (before or fault.rebuild) and not theirs:
            self.env.write_note(**before | {"state": "installing"})
        if fault.rebuild:
            self.rebuild()
        try:
            self.install(sorted(extras))
        except Unreachable:
            # Nothing was touched: packages are fetched first, and installed when all are there.
            if not fault.rebuild:
                self.restore(before)
            raise
        self.quiet_first_screen()
        self.env.write_note(
            state="ready",
            python=self.env.version(),
            project=str(self.env.project),
            fingerprint=requirements.fingerprint(self.env.project),
            extras=sorted(extras),
            theirs=theirs,
        )
        self.progress.done()

    def restore(self, before: dict) -> None:
        """Leave the note as it was found."""
        if before:
            self.env.write_note(**before)
        else:
            self.env.note_file.unlink(missing_ok=True)

    def rebuild(self) -> None:
        """Empty the folder, all but our own files, and make an environment in it."""
        self.progress.step("Making the environment")
        keep = {self.env.note_file.name, self.env.lock_file.name, self.env.log_file.name}
        for path in self.env.folder.iterdir():
            if path.name not in keep:
                remove(path)
        make = [places.base_python(), "-I", "-m", "venv", "--without-pip", str(self.env.folder)]
        self.demand(*self.children.run(make))

    def install(self, extras: list[str]) -> None:
        """Install the book's requirements and extras: with uv if it can be had, else with pip."""
        targets = ["-r", "requirements.txt"]
        targets += ["-e", f".[{','.join(extras)}]"] if extras else []
        uv = self.find_uv()
        if uv:
            self.progress.step("Installing packages (uv)")
            options = ["--python", str(self.env.python), "--compile-bytecode"]
            status, _ = self.children.run([*uv, "pip", "install", *options, *targets, "pip"])
            if status == 0:
                return
        self.ensure_pip()
        self.progress.step("Installing packages (pip; takes a minute)")
        self.demand(*self.children.run([*self.python, "pip", "install", *targets]))

    def find_uv(self) -> list[str] | None:
        """How to call uv: from PATH, else installed with pip, else None."""
        if found := shutil.which("uv"):
            return [found]
        self.ensure_pip()
        _, settings = self.children.run([*self.python, "pip", "config", "list"])
        if PIP_KNOWS_BETTER.search(settings):
            return None
        self.progress.step("Fetching the installer")
        status, log = self.children.run([*self.python, "pip", "install", "uv"])
        if status and problem.kind_of_failure(log) in ("network", "space", "certificate", "proxy"):
            self.demand(status, log)  # pip itself would meet the same
        return None if status else [*self.python, "uv"]

    def ensure_pip(self) -> None:
        """Put pip into the environment if it is not there."""
        if self.children.run([*self.python, "pip", "--version"])[0] == 0:
            return
        self.progress.step("Adding pip")
        status, log = self.children.run([*self.python, "ensurepip", "--default-pip"])
        if status and "No module named" in log:
            raise Problem(no_module("ensurepip"))
        self.demand(status, log)

    def demand(self, status: int, log: str) -> None:
        """Raise Problem if a step failed, saying why and where the log is."""
        if status == 0:
            return
        sentence = problem.explain(log, self.env.project, "{}.{}".format(*sys.version_info[:2]))
        kind = Unreachable if problem.kind_of_failure(log) == "network" else Problem
        raise kind(f"{sentence} (log: {self.env.log_file})")

    def quiet_first_screen(self) -> None:
        """Keep JupyterLab's question about its news from covering the first chapter."""
        settings = self.env.folder / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
        if not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(json.dumps(QUIET_FIRST_SCREEN), encoding="utf-8")


class Unreachable(Problem):
    """The packages could not be fetched."""


def remove(path: Path) -> None:
    """Remove a file, a link or a folder."""
    if path.is_dir() and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        path.unlink()
