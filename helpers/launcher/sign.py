"""Sign the book's own notebooks, so that JupyterLab shows the outputs they came with.

JupyterLab hides SVG and HTML outputs of notebooks that were neither run nor signed on this
machine. Only the book's own are signed, chapters/NN_*.ipynb and solutions/NN_*.ipynb, and only
what has changed since the last start.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

STAMP = Path(sys.prefix) / "helpers-signed.json"
PATTERNS = ("chapters/[0-9][0-9]_*.ipynb", "solutions/[0-9][0-9]_*.ipynb")


def sign_book(project: Path, stamp: Path = STAMP) -> int:
    """Sign what has changed since the last time; how many notebooks that were.

    Nothing that goes wrong here keeps the book from opening: an output that is hidden shows as
    soon as its cell is run.
    """
    try:
        return sign_changed(project, stamp)
    except Exception as error:  # SQLite and the disk each have their own
        print(f"helpers: the notebooks could not be signed ({error})", file=sys.stderr)
        return 0


def sign_changed(project: Path, stamp: Path) -> int:
    """The work of `sign_book`; raises what the disk and SQLite raise."""
    from jupyter_core.paths import jupyter_data_dir

    store = Path(jupyter_data_dir()) / "nbsignatures.db"
    seen = read_stamp(stamp) if store.exists() else {}
    if seen.get("store") != str(store):
        seen = {"store": str(store), "marks": {}}
    marks = {str(path): mark(path) for pattern in PATTERNS for path in project.glob(pattern)}
    changed = {path: now for path, now in marks.items() if seen["marks"].get(path) != now}
    if not changed:
        return 0
    signed = sign(changed)
    seen["marks"].update({path: changed[path] for path in signed})
    write_stamp(stamp, seen)
    return len(signed)


def sign(paths) -> list[str]:
    """Sign these notebooks, as JupyterLab would; those that could be read."""
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    signed = []
    for path in paths:
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # not a notebook: JupyterLab will say so when it is opened
            continue
        notary.sign(notebook)
        signed.append(path)
    notary.store.close()
    return signed


def mark(path: Path) -> list[int]:
    """Changes when the file is written."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def read_stamp(stamp: Path) -> dict:
    """What was signed, and where the signatures are kept."""
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def write_stamp(stamp: Path, seen: dict) -> None:
    """Remember it in a virtual environment; elsewhere, and where that fails, sign again."""
    if sys.prefix == sys.base_prefix:
        return
    with suppress(OSError):
        stamp.write_text(json.dumps(seen, indent=1), encoding="utf-8")
