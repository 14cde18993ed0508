"""Where things are, on Linux, macOS and Windows."""

import os
import sys
from pathlib import Path, PurePath

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv"
FIRST_PAGE = "chapters/00_start_here.ipynb"


def scripts_folder(environment: PurePath, system: str = os.name) -> PurePath:
    """The folder of the programs in an environment; `system` is an `os.name`."""
    return environment / ("Scripts" if system == "nt" else "bin")


def python_of(environment: PurePath, system: str = os.name) -> PurePath:
    """The interpreter of an environment."""
    return scripts_folder(environment, system) / ("python.exe" if system == "nt" else "python")


def packages_folder(environment: PurePath, version: str, system: str = os.name) -> PurePath:
    """Where an environment of Python `version` ("3.12") keeps its packages."""
    if system == "nt":
        return environment / "Lib" / "site-packages"
    return environment / "lib" / f"python{version}" / "site-packages"


def command_name(system: str = os.name) -> str:
    """How a reader starts the book here."""
    return "py -m helpers" if system == "nt" else "python3 -m helpers"


def running_in(environment: Path) -> bool:
    """Whether this interpreter belongs to `environment`."""
    return os.path.realpath(sys.prefix) == os.path.realpath(environment)


def base_python() -> str:
    """The interpreter to make an environment from: this one, or the one beneath it."""
    return getattr(sys, "_base_executable", None) or sys.executable
