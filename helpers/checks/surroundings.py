"""What a check may not change, whatever the reader's function does.

While the function runs, what it prints is kept back, warnings are collected, `input()` is
refused and memory is limited. Afterwards random numbers, NumPy's settings, the environment and
the working folder are as they were.
"""

import builtins
import contextlib
import os
import sys
import warnings

import numpy as np

MEMORY = 1 << 30  # bytes a check may ask for beyond what is in use; the hidden cases need none
KEPT = 2000  # characters of printed text, and
KEPT_WARNINGS = 20  # warnings, that are remembered


class AskedForInput(Exception):
    """The reader's function called input(), and nobody can type during a check."""


class Sink:
    """Stands in for stdout and stderr: keeps the beginning, counts the rest."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self):
        self.text, self.length = "", 0

    def write(self, text):
        self.text += text[: max(0, KEPT - len(self.text))]
        self.length += len(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False


class Surroundings:
    """Context manager: holds `.printed` (a Sink) and `.warned` (the messages of the warnings)."""

    def __enter__(self):
        self.printed, self.warned = Sink(), []
        with contextlib.ExitStack() as stack:
            for part in (self._numbers, self._process, self._memory, self._streams):
                stack.enter_context(part())
            self._undo = stack.pop_all()
        return self

    def __exit__(self, *exception):
        return self._undo.__exit__(*exception)

    @contextlib.contextmanager
    def _numbers(self):
        """NumPy's settings, the warnings filters, and the global random numbers."""
        numpy_state = (
            np.random.get_state() if "numpy.random" in sys.modules else None  # noqa: NPY002
        )
        module = sys.modules.get("random")
        python_state = module.getstate() if module else None
        settings = np.errstate(divide="warn", over="warn", invalid="warn", under="ignore")
        with warnings.catch_warnings(), settings, np.printoptions():
            warnings.simplefilter("always")
            warnings.showwarning = self._note_warning
            try:
                yield
            finally:
                if numpy_state is not None:
                    np.random.set_state(numpy_state)  # noqa: NPY002
                if python_state is not None:
                    module.setstate(python_state)

    def _note_warning(self, message, *more, **named):
        if len(self.warned) < KEPT_WARNINGS:
            self.warned.append(message)

    @contextlib.contextmanager
    def _process(self):
        """Environment, working folder and depth of recursion."""
        environment, depth = dict(os.environ), sys.getrecursionlimit()
        try:
            folder = os.getcwd()
        except OSError:
            folder = None
        try:
            yield
        finally:
            sys.setrecursionlimit(depth)
            if dict(os.environ) != environment:
                os.environ.clear()
                os.environ.update(environment)
            with contextlib.suppress(OSError):
                if folder is not None and os.getcwd() != folder:
                    os.chdir(folder)

    @contextlib.contextmanager
    def _memory(self):
        """Where the system can (Linux): MemoryError instead of a kernel that is killed."""
        old = _limit_memory()
        try:
            yield
        finally:
            if old is not None:
                import resource

                resource.setrlimit(resource.RLIMIT_AS, old)

    @contextlib.contextmanager
    def _streams(self):
        """stdout, stderr and input()."""
        old_input = builtins.input
        builtins.input = _refuse_input
        try:
            with contextlib.redirect_stdout(self.printed), contextlib.redirect_stderr(self.printed):
                yield
        finally:
            builtins.input = old_input


def _refuse_input(*prompt):
    raise AskedForInput


def _limit_memory():
    """Lower the limit of the address space; return the former one, None when left alone."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            in_use = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft != resource.RLIM_INFINITY and soft <= in_use + MEMORY:
            return None
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY, hard))
    except (ImportError, OSError, ValueError):
        return None
    return soft, hard
