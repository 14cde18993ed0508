"""Run a command of the book inside the environment: `python -m helpers.launcher.inside build`."""

import importlib
import sys

MODULES = {
    "build": "helpers.authoring",
    "bench": "helpers.bench",
    "mistakes": "helpers.checks.table",
}


def main(arguments: list[str]) -> int:
    """Call `main(argv)` of the command's module; its exit status."""
    command, *rest = arguments
    # Into a pipe or a file, Windows writes in an encoding that may lack the stars of a heading.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        run = importlib.import_module(MODULES[command]).main
    except ModuleNotFoundError as error:
        if error.name != MODULES[command]:
            raise
        return absent(command)
    except AttributeError:
        return absent(command)
    try:
        return run(rest) or 0
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def absent(command: str) -> int:
    """The command's module is not part of this copy of the book."""
    print(f"helpers: this copy of the book has no {command!r} command.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
