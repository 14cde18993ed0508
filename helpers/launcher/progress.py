"""Say what is being done now, on one line, while a long step runs."""

import re
import shutil
import sys
import time

# The lines of pip and uv that tell a reader something.
TELLING = re.compile(
    r"^\s*(Collecting|Downloading|Downloaded|Building|Built|Installing|Installed|Resolved|Prepared"
    r"|Using cached|Bytecode compiled|Uninstalled)\b"
)


class Progress:
    """Steps on standard error: a line for each, and on a terminal what it is doing within."""

    def __init__(self, stream=None):
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.title = None
        self.begun = 0.0

    def say(self, sentence: str) -> None:
        """A line of its own."""
        self.clear()
        print(sentence, file=self.stream, flush=True)

    def step(self, title: str) -> None:
        """Close the step before, begin the next."""
        self.done()
        self.title, self.begun = title, time.perf_counter()
        print(f"{title} ...", end="" if self.live else "\n", file=self.stream, flush=True)

    def detail(self, line: str) -> None:
        """What the step is doing now; shown on a terminal only."""
        if not (self.live and self.title and TELLING.match(line)):
            return
        width = shutil.get_terminal_size().columns - 1
        text = f"{self.title} ... {line.strip()}"[:width]
        self.stream.write("\r" + text.ljust(width))
        self.stream.flush()

    def done(self) -> None:
        """The step ended well."""
        if self.title:
            self.clear()
            seconds = time.perf_counter() - self.begun
            if self.live:
                print(f"{self.title} ... {seconds:.0f} s", file=self.stream, flush=True)
            self.title = None

    def clear(self) -> None:
        """Wipe the line that is being rewritten."""
        if self.live and self.title:
            self.stream.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self.stream.flush()
