"""JupyterLab at the first chapter; runs inside the environment, with JupyterLab's options."""

import os
import signal
import sys
import time
from urllib.parse import quote

from helpers.launcher import handover, places


def options(project=places.PROJECT) -> list[str]:
    """What we ask of JupyterLab: the project as its root, one Ctrl-C to end it."""
    page = places.FIRST_PAGE if (project / places.FIRST_PAGE).exists() else ""
    found = [
        f"--ServerApp.root_dir={project}",
        f"--LabApp.default_url=/lab/tree/{quote(page)}" if page else "--LabApp.default_url=/lab",
        "--ServerApp.answer_yes=True",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append("--allow-root")  # in a container everybody is; the token still protects
    return found


def end_quietly() -> None:
    """Until the server has handlers of its own: end at once, without a traceback.

    Afterwards SIGINT without a terminal means what SIGTERM means: the server ends its kernels.
    (With a terminal the server replaces the first handler too.)
    """
    if os.name == "posix":
        signal.signal(signal.SIGTERM, lambda *_: os._exit(130))
        signal.signal(signal.SIGINT, lambda *_: signal.raise_signal(signal.SIGTERM))


def main(arguments: list[str]) -> int:
    """Sign the book's notebooks, then be JupyterLab until it ends."""
    end_quietly()
    started = float(os.environ.pop(handover.TRAIL, 0))
    reached = time.time()
    try:
        # JupyterLab is imported first: it needs nbformat, which takes a second to import, too.
        from jupyterlab.labapp import main as lab

        from helpers.launcher.sign import sign_book

        imported = time.time()
        sign_book(places.PROJECT)
        if started:
            report(reached - started, time.time() - imported)
        return lab([*options(), *arguments]) or 0
    except KeyboardInterrupt:  # Windows: there is nothing to end yet, or it has ended
        return 130


def report(finding: float, signing: float) -> None:
    """Say how long our own part took, JupyterLab's imports left out."""
    print(
        f"{finding + signing:.2f} s of our own before JupyterLab: {finding:.2f} s to find the "
        f"environment good, {signing:.2f} s to sign the notebooks",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
