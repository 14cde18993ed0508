"""The command line of `python3 -m helpers`."""

import argparse
import difflib
import os
import signal
import sys
import time

from helpers.launcher import handover, install, places, ports, problem
from helpers.launcher.problem import Problem
from helpers.launcher.progress import Progress

NAME = places.command_name()
HELP = f"""usage: {NAME} [COMMAND] [OPTIONS]

Without a command: open the textbook in JupyterLab. The first start makes an
environment in .venv and installs what the book needs, which takes a minute.

  {NAME}                  open the textbook
      --no-browser        only show the address, open no browser
      --port N            listen on port N (otherwise JupyterLab takes a free one)
      -v, --verbose       say how long our own part took
      -- OPTIONS          further options are JupyterLab's own

  {NAME} test             run every test, on up to four cores
  {NAME} test ARGS        run pytest with these arguments
  {NAME} setup            only make the environment
      --with NAME ...     and install extras too: test, course, peers

For authors:
  {NAME} build [ARGS]     make the notebooks from solutions/source
  {NAME} bench [ARGS]     measure the book's network against others
  {NAME} mistakes         which mistakes the checks recognise, and where

Ctrl-C ends whatever is running. The environment is used again the next time, and
brought up to date when requirements.txt has changed. If the Python you call has all
that is needed already, it is used as it is.
"""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message):
        raise Problem(f"{message}; see {NAME} --help", 2)


def main(arguments: list[str]) -> int:
    """Run one command; its exit status."""
    started = time.time()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun by a script, in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return dispatch(arguments, started)
    except Problem as error:
        print(f"helpers: {error}", file=sys.stderr)
        return error.status
    except OSError as error:
        print(f"helpers: {problem.from_os_error(error, places.PROJECT)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return getattr(stop, "status", 130)


def dispatch(arguments: list[str], started: float) -> int:
    """Find the command and run it."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if not arguments or arguments[0].startswith("-"):
        return open_book(arguments, started)
    command, *rest = arguments
    if command not in COMMANDS:
        raise Problem(unknown(command), 2)
    return COMMANDS[command](rest, started)


def unknown(command: str) -> str:
    """Sentence for a command that we do not have."""
    near = difflib.get_close_matches(command, COMMANDS, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"there is no command {command!r}{hint} The commands are: {', '.join(COMMANDS)}."


def open_book(arguments: list[str], started: float) -> int:
    """JupyterLab at chapter 00."""
    own, lab = split_at_dashes(arguments)
    parser = Parser(prog=NAME, add_help=False, allow_abbrev=False)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--port", type=str)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    chosen = parser.parse_args(own)
    if chosen.help:
        print(HELP, end="")
        return 0
    if chosen.no_browser:
        lab = ["--no-browser", *lab]
    if chosen.port is not None:
        port = ports.parse(chosen.port)
        ports.demand(port)
        lab = [f"--port={port}", "--ServerApp.port_retries=0", *lab]
    python = install.python_for((), Progress())
    trail = {handover.TRAIL: repr(started)} if chosen.verbose else {}
    return handover.become(python, ["-m", "helpers.launcher.serve", *lab], **trail)


def split_at_dashes(arguments: list[str]) -> tuple[list[str], list[str]]:
    """What stands before and after the first `--`."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def test(arguments: list[str], _started: float) -> int:
    """The tests, by pytest, whose closing line is the last and whose exit status is ours."""
    python = install.python_for(("test",), Progress())
    return handover.become(python, ["-m", "pytest", *(arguments or default_tests())])


def default_tests() -> list[str]:
    """pytest's arguments where none are given: whole files side by side on up to four cores.

    The labs are looked at together; driving each of them through everything takes minutes and is
    left to CI, which sets BROWSER_TESTS=required. Without that, one worker more than there are
    cores fills the time in which the others wait for a browser or a kernel.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    every = os.environ.get("BROWSER_TESTS") == "required"
    workers = min(cores if every else cores + 1, 4)
    together = ["-n", str(workers), "--dist", "loadfile"] if cores > 1 else []
    return together if every else [*together, "-m", "not thorough"]


def setup(arguments: list[str], _started: float) -> int:
    """Only the environment."""
    parser = Parser(prog=f"{NAME} setup", allow_abbrev=False)
    parser.add_argument(
        "--with",
        dest="extras",
        metavar="NAME",
        nargs="+",
        action="extend",
        default=[],
        help="install these extras too",
    )
    extras = parser.parse_args(arguments).extras
    python = install.python_for(extras, Progress())
    print(f"The environment is good: {python}")
    return 0


def authors_command(name: str):
    """A command that is run inside the environment, with the author's packages there."""

    def run(arguments: list[str], _started: float) -> int:
        python = install.python_for(("test",), Progress())
        return handover.become(python, ["-m", "helpers.launcher.inside", name, *arguments])

    return run


COMMANDS = {
    "open": open_book,
    "test": test,
    "setup": setup,
    "build": authors_command("build"),
    "bench": authors_command("bench"),
    "mistakes": authors_command("mistakes"),
}
