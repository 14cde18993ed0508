"""The list of solved exercises, remembered in the reader's own folder.

A small JSON file, {"format": 1, "solved": ["0.1", "1.4"]}. Its place is the environment variable
HELPERS_PROGRESS, or the system's folder for an application's data. HELPERS_PROGRESS=session
remembers nothing beyond the kernel, which is what tests and the build of the notebooks want.

Two notebooks may write at once: the file is locked while it is read and rewritten, and it is
replaced in one step. A file that cannot be read is kept aside, and what can be made out of it
is carried over. Nothing here raises for a file that is damaged, read-only or missing.
"""

import contextlib
import json
import os
import re
import time
from pathlib import Path

from .verdict import under_nbgrader

_session = set()  # solved in this kernel, and not (yet) in the file
_problems = []  # sentences for progress(), in order, each once


def place():
    """The path of the file, or None when nothing is to be remembered beyond the kernel."""
    chosen = os.environ.get("HELPERS_PROGRESS")
    if chosen == "session" or under_nbgrader():
        return None
    if chosen:
        path = Path(chosen).expanduser()
        return path / "progress.json" if path.is_dir() else path
    try:
        from platformdirs import user_data_dir

        folder = user_data_dir("backpropagation-you-can-check", appauthor=False)
        return Path(folder) / "progress.json"
    except Exception:  # not installed, or no home folder
        return None


def note_solved(exercise_id):
    """Remember that an exercise was solved; it stays so when it is broken later."""
    if under_nbgrader():
        return
    _session.add(exercise_id)
    path = place()
    if path is None:
        return
    try:
        with _locked(path):
            content = _read(path)
            known = set(content["solved"])
            if not _session <= known:
                content["solved"] = sorted(known | _session, key=_order)
                _write(path, content)
        _session.clear()
    except OSError as error:
        _say(
            f"Your progress cannot be saved in {path} ({error.strerror or error}). "
            "It is remembered until this kernel stops."
        )


def solved():
    """The ids of all solved exercises, as a set."""
    path = place()
    if under_nbgrader() or path is None:
        return set(_session)
    try:
        if _parse(_raw(path)) is not None:
            return set(_read(path)["solved"]) | _session
        with _locked(path):  # damaged: nobody else may repair it at the same time
            return set(_read(path)["solved"]) | _session
    except OSError as error:
        _say(f"Your progress in {path} cannot be read ({error.strerror or error}).")
        return set(_session)


def reset():
    """Start over. The former record is kept beside the file, with the ending .before-reset."""
    _session.clear()
    _problems.clear()
    path = place()
    if path is None:
        return
    try:
        with _locked(path):
            if path.exists():
                os.replace(path, path.with_name(path.name + ".before-reset"))
    except OSError as error:
        _say(f"Your progress in {path} could not be reset ({error.strerror or error}).")


def problems():
    """What went wrong with the file, in sentences; each is told once."""
    told = list(_problems)
    _problems.clear()
    return told


def _say(sentence):
    if sentence not in _problems:
        _problems.append(sentence)


def _order(exercise_id):
    return [int(d) for d in re.findall(r"\d+", exercise_id)]


def _raw(path):
    """The bytes of the file, those of an empty record when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b'{"format": 1, "solved": []}'


def _parse(raw):
    """The record as a dict (further keys are kept), or None when it is damaged."""
    try:
        content = json.loads(raw)
        ids = content["solved"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    sound = isinstance(ids, list) and all(isinstance(each, str) for each in ids)
    return content if sound else None


def _read(path):
    """The record; a damaged one is put aside. OSError when the file cannot be read."""
    raw = _raw(path)
    content = _parse(raw)
    return _salvage(path, raw) if content is None else content


def _salvage(path, raw):
    """Put a damaged file aside and go on with the ids that can still be made out in it."""
    found = re.findall(r'"(\d{1,2}\.\d{1,2})"', raw.decode("utf-8", "replace"))
    ids = sorted(set(found), key=_order)
    content = {"format": 1, "solved": ids}
    aside = path.with_name(path.name + ".damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    kept = "It could not be put aside, and is left as it is."
    with contextlib.suppress(OSError):
        os.replace(path, aside)
        kept = f"It is kept as {aside}."
        _write(path, content)
    _say(f"The record of your progress was damaged; {len(ids)} solved could be recovered. {kept}")
    return content


def _write(path, content):
    """Replace the file in one step: a reader of it sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        new.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "it is read-only")
        os.replace(new, path)
    finally:
        with contextlib.suppress(OSError):
            new.unlink()


@contextlib.contextmanager
def _locked(path, patience=1.0):
    """Hold the lock beside the file. Where locks do not work (some network folders), go on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(path.name + ".lock"), "a+b") as file:
        give_up = time.monotonic() + patience
        while not _try_lock(file) and time.monotonic() < give_up:
            time.sleep(0.01)
        yield  # closing the file releases the lock


def _try_lock(file):
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except ImportError:
        return _try_lock_windows(file)
    except OSError:
        return True  # locks do not work here
    return True


def _try_lock_windows(file):
    import msvcrt

    try:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
