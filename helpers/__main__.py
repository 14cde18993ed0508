"""``python3 -m helpers``: make the environment if need be, and open the textbook.

Everything here and in ``launcher`` uses the standard library only, because it runs before the
environment exists. This file must also parse on Pythons that are too old for the book, so that
they get a sentence instead of a SyntaxError: no f-strings, no annotations.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the one place where an old Python arrives)
    sys.stderr.write(
        "helpers: this book needs Python 3.11 or newer; this is Python "
        + ".".join(str(part) for part in sys.version_info[:3])
        + " ("
        + str(sys.executable)
        + "). Install a newer one, then run e.g. python3.12 -m helpers\n"
    )
    sys.exit(1)


def run():
    """Run the command line; Ctrl-C ends it quietly even while modules are being imported."""
    try:
        from helpers.launcher.cli import main

        return main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


if __name__ == "__main__":
    sys.exit(run())
