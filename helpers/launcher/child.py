"""Run the installers: log what they print, and take them along when this process is ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from helpers.launcher.progress import Progress

WINDOWS = sys.platform == "win32"
# Settings that would send packages elsewhere than into the environment.
MISLEADING = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_REQUIRE_VIRTUALENV",
    "UV_SYSTEM_PYTHON",
    "UV_TARGET",
    "UV_PREFIX",
)


class Stopped(KeyboardInterrupt):
    """A signal other than Ctrl-C asked us to end."""

    def __init__(self, number: int):
        super().__init__(number)
        self.status = 128 + number


def settings() -> dict[str, str]:
    """The environment variables for an installer."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    return kept | {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class Children:
    """Runs one program after the other.

    Each gets a process group of its own, so that it and all that it starts can be ended together,
    and inherits the set-up lock (see `lock`).
    """

    def __init__(self, folder: Path, log_file: Path, lock: int, progress: Progress):
        self.folder = folder
        self.log_file = log_file
        self.lock = lock
        self.progress = progress
        self.old_handlers = {}

    def __enter__(self):
        self.log = self.log_file.open("w", encoding="utf-8")
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is not signal.SIG_IGN:
                self.old_handlers[number] = signal.signal(number, self.asked_to_end)
        return self

    def __exit__(self, *_):
        for number, handler in self.old_handlers.items():
            signal.signal(number, handler)
        with suppress(OSError):  # a full disk; what matters of the log has been read already
            self.log.close()

    @staticmethod
    def asked_to_end(number, _frame):
        """Signal handler: leave by the same way as Ctrl-C."""
        raise Stopped(number)

    def run(self, command: Sequence[str]) -> tuple[int, str]:
        """Run to the end; the exit status and all that was printed."""
        self.write("$ " + " ".join(command) + "\n")
        child = subprocess.Popen(
            command,
            cwd=self.folder,
            env=settings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            **self.apart(),
        )
        printed = []
        try:
            for line in child.stdout:
                printed.append(line)
                self.write(line)
                self.progress.detail(line)
            return child.wait(), "".join(printed)
        except BaseException:
            self.progress.clear()
            end(child)
            raise

    def apart(self) -> dict:
        """Popen's arguments for a process group that can be ended as one."""
        if WINDOWS:
            return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        return {"start_new_session": True, "pass_fds": (self.lock,)}

    def write(self, text: str) -> None:
        """Add to the log; a full disk must not hide the reason, which the installer has told."""
        with suppress(OSError):
            self.log.write(text)
            self.log.flush()


def end(child: subprocess.Popen) -> None:
    """End a child and its children: first asked, after three seconds forced."""
    for forced in (False, True):
        signal_group(child, forced)
        try:
            child.wait(3)
            break
        except subprocess.TimeoutExpired:
            continue
    signal_group(child, True)  # whatever the child has left behind


def signal_group(child: subprocess.Popen, forced: bool) -> None:
    """Send the end to the whole process group."""
    with suppress(OSError):  # it may have ended already
        if WINDOWS:
            command = ["taskkill", "/T", "/F", "/PID", str(child.pid)]
            subprocess.run(command, capture_output=True)
        else:
            os.killpg(child.pid, signal.SIGKILL if forced else signal.SIGTERM)
