"""Is a port free on this machine?"""

import errno
import os
import socket

from helpers.launcher.problem import Problem

ADDRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def parse(text: str) -> int:
    """A port number from the command line."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Problem(f"--port takes a number from 1 to 65535, not {text!r}.", 2)
    return int(text)


def trouble(port: int) -> int | None:
    """Why JupyterLab could not listen on `port`: an errno, or None if it could."""
    for family, address in ADDRESSES:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as tried:
                if os.name == "posix":  # as the server does; on Windows it would hide a taken port
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind((address, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return error.errno
    return None


def demand(port: int) -> None:
    """Raise Problem, with a free port to take instead, if `port` cannot be listened on."""
    why = trouble(port)
    if why is None:
        return
    later = (other for other in range(max(port, 1023) + 1, 65536) if trouble(other) is None)
    instead = next(later, None) or next(other for other in range(8888, 65536) if not trouble(other))
    reason = "may not be used by you" if why == errno.EACCES else "is taken by another program"
    raise Problem(f"port {port} {reason}; port {instead} is free: --port {instead}")
