"""One set-up at a time.

The lock belongs to the operating system, not to a file's existence: when its holder ends, however
it ends, the lock is free. So there is no stale lock, and the file may stay.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

BUSY = (BlockingIOError, PermissionError)


def take(descriptor: int) -> None:
    """Lock an open file without waiting; BUSY if another process holds it."""
    if fcntl:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)


@contextmanager
def only_one(path: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock at `path`; `waiting()` is called once if another holds it.

    Yields the open descriptor: an installer that inherits it keeps the lock even if this process
    is killed, so that nobody starts a second installer beside a first that is still writing.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    told = False
    try:
        while True:
            try:
                take(descriptor)
                break
            except BUSY:
                if not told:
                    waiting()
                    told = True
                time.sleep(0.1)
            except OSError:
                break  # a file system without locks: go on without one
        yield descriptor
    finally:
        os.close(descriptor)
