"""What can go wrong for a reader, as one line each."""

import errno
import re
from pathlib import Path

NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)

# (kind, pattern in a line of the installer's log), the first kind that matches anywhere wins.
SIGNS = (
    (
        "space",
        r"No space left on device|not enough space on the disk|Errno 28|os error 28|os error 112"
        r"|WinError 112|Disk quota exceeded|database or disk is full",
    ),
    ("busy", r"being used by another process|WinError 32|os error 32\b"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|UnknownIssuer"),
    ("proxy", r"ProxyError|Proxy Authentication Required|tunnel error"),
    (
        "network",
        r"NewConnectionError|Failed to establish a new connection|ConnectTimeout|ReadTimeout"
        r"|Temporary failure in name resolution|Name or service not known|getaddrinfo failed"
        r"|nodename nor servname|NameResolutionError|Network is unreachable|Connection refused"
        r"|Connection reset|RemoteDisconnected|error sending request|dns error|timed out"
        r"|Connection aborted|ConnectionError",
    ),
    ("read-only", r"Permission denied|Read-only file system|os error 13\b|os error 30\b"),
    (
        "no package",
        r"No matching distribution found|No solution found|no wheels? with a matching"
        r"|because only the following versions",
    ),
    ("build", r"subprocess-exited-with-error|Failed building wheel|Failed to build"),
)


class Problem(Exception):
    """A sentence for the reader that says what to do; never shown with a traceback."""

    def __init__(self, sentence: str, status: int = 1):
        super().__init__(sentence)
        self.status = status


def from_os_error(error: OSError, folder: Path) -> Problem:
    """The sentence for a failed system call while working in `folder`."""
    place = error.filename or folder
    if error.errno in NO_SPACE or getattr(error, "winerror", None) == 112:
        return Problem(no_space(folder))
    if error.errno in READ_ONLY:
        return Problem(read_only(folder))
    return Problem(f"the system said: {error.strerror or error} ({place})")


def no_space(folder: Path) -> str:
    """Sentence for a full disk."""
    return f"no space left on the disk of {folder}; free about 1 GB, then run the same command."


def read_only(folder: Path) -> str:
    """Sentence for a folder that may not be written."""
    return (
        f"{folder} cannot be written; copy the project to a folder of your own, and run the "
        "command there."
    )


def kind_of_failure(log: str) -> str:
    """What an installer's log shows went wrong: a kind of SIGNS, or "unknown"."""
    for kind, pattern in SIGNS:
        if re.search(pattern, log, re.IGNORECASE):
            return kind
    return "unknown"


def explain(log: str, folder: Path, python: str) -> str:
    """One line for a failed installation, from what the installer printed."""
    kind = kind_of_failure(log)
    if kind == "space":
        return no_space(folder)
    if kind == "read-only":
        return read_only(folder)
    return {
        "busy": "a file in .venv is in use; close JupyterLab and every notebook of this project, "
        "then run the same command.",
        "certificate": "the package index showed a certificate that is not trusted here; if your "
        "network has its own, point PIP_CERT and SSL_CERT_FILE at it.",
        "proxy": "the proxy refused; set HTTPS_PROXY (with user and password if it asks), then run "
        "the same command.",
        "network": "no connection to the package index; connect to the internet (or set "
        "HTTPS_PROXY), then run the same command.",
        "no package": f"a package is not to be had for Python {python}: {last_error(log)}",
        "build": f"a package has no ready-made file for Python {python} here; try a released "
        "Python that is a year old.",
    }.get(kind, f"the installation failed: {last_error(log)}")


def last_error(log: str) -> str:
    """The line of the log that most likely names the error."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(error|×|x )", line, re.IGNORECASE)]
    line = (errors or lines or ["nothing was printed"])[-1]
    return re.sub(r"^(error:|×|x )\s*", "", line, flags=re.IGNORECASE)[:160]
