"""Long runs: a bar once a second has passed, and a stop that leaves nothing half done.

The first interrupt (Ctrl-C, or JupyterLab's stop button) is a wish: the run sees it in
`stop_asked`, finishes the update it is in, and says how to go on. A second one is a
KeyboardInterrupt as ever.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

QUIET = 1.0  # seconds before the bar is worth its place on the page
# Set where outputs are compared or graded: a bar that depends on the machine's speed is no output.
COMPARED = ("TQDM_DISABLE", "PYTEST_CURRENT_TEST", "NBGRADER_EXECUTION")


class LongRun:
    """with LongRun(total=10_000, unit="epoch") as run: ... run.at(7) ... if run.stop_asked: ..."""

    def __init__(self, total: int, done: int = 0, unit: str = "step"):
        self.total, self.first, self.unit = total, done, unit
        self.stop_asked = False
        self._bar = self._old_handler = None

    def __enter__(self):
        self._began = time.perf_counter()
        self._quiet_until = self._began + QUIET
        # Python hears an interrupt on the main thread only.
        if threading.current_thread() is threading.main_thread():
            handler = signal.getsignal(signal.SIGINT)
            if callable(handler):
                self._old_handler = handler
                signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_):
        self._give_back()
        if self._bar is not None:
            self._bar.close()

    def at(self, done: int) -> None:
        """So many of `total` are done."""
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
        elif time.perf_counter() > self._quiet_until:
            self._quiet_until = float("inf")
            self._bar = self._open(done) if _somebody_watches() else None

    def _open(self, done: int):
        # Here and not above: most runs are short, and this import is not.
        from tqdm.auto import tqdm

        bar = tqdm(total=self.total, initial=self.first, unit=self.unit, smoothing=0)
        bar.start_t = bar.last_print_t - (time.perf_counter() - self._began)
        bar.update(done - self.first)
        return bar

    def _ask(self, signum, frame):
        self.stop_asked = True
        self._give_back()

    def _give_back(self) -> None:
        if self._old_handler is not None:
            signal.signal(signal.SIGINT, self._old_handler)
            self._old_handler = None


def _somebody_watches() -> bool:
    if any(os.environ.get(name) for name in COMPARED):
        return False
    return "ipykernel" in sys.modules or sys.stderr.isatty()
