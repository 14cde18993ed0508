"""Give the terminal over to a program inside the environment."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.launcher import places

REPLACES = os.name == "posix"  # whether a process can turn into another program
TRAIL = "HELPERS_STARTED"  # when the command was started, for --verbose


def settings(python: str) -> dict[str, str]:
    """Environment variables in which the environment's programs are found first."""
    folder = str(Path(python).parent)
    path = os.environ.get("PATH", "")
    return dict(os.environ) | {"PATH": os.pathsep.join([folder, path]) if path else folder}


def become(python: str, arguments: Sequence[str], **extra: str) -> int:
    """Run `python ARGUMENTS` in the project's folder in this process's place; its exit status.

    On Linux and macOS this process turns into that program, so Ctrl-C, signals and the exit status
    are its own. Windows knows no such thing: there we wait, and leave Ctrl-C to the program.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    command = [python, *arguments]
    variables = settings(python) | extra
    if REPLACES:
        os.chdir(places.PROJECT)
        os.execve(python, command, variables)
    return wait(subprocess.Popen(command, cwd=places.PROJECT, env=variables))


def wait(child: subprocess.Popen) -> int:
    """Wait for a child that gets the same Ctrl-C as we do, however often it is pressed."""
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue
