"""Which interpreter to use, and whether an environment is good as it is."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.launcher import places, requirements

OLDEST = (3, 11)
PROBE = "import sys; print('%d.%d' % sys.version_info[:2])"


@dataclass(frozen=True)
class Fault:
    """Why an environment cannot be used as it is, and whether only a new one helps."""

    reason: str
    rebuild: bool = False


def current_is_good(project: Path, extras: Iterable[str]) -> bool:
    """Whether this very interpreter has all that is wanted, the book from `project` included."""
    folders = [entry for entry in sys.path if entry and Path(entry).resolve() != project]
    if requirements.installed_from(folders) != project:
        return False
    return not requirements.lacking(project, extras, folders)


class Environment:
    """A folder with an environment (or with none yet), and what we noted about it there.

    The note is written before an installation begins ("installing") and after it ended well
    ("ready"). So an interrupted one is recognised, whatever it left behind.
    """

    def __init__(self, project: Path, folder: Path):
        self.project = project
        self.folder = folder
        self.python = places.python_of(folder)
        self.note_file = folder / "helpers-setup.json"
        self.draft_file = folder / "helpers-setup.new"
        self.lock_file = folder / "helpers-setup.lock"
        self.log_file = folder / "helpers-setup.log"

    def note(self) -> dict:
        """What was noted; {} for none, or for one that cannot be read."""
        try:
            found = json.loads(self.note_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_note(self, **note) -> None:
        """Replace the note in one step, so that no half of one is ever read."""
        self.draft_file.write_text(json.dumps(note, indent=1), encoding="utf-8")
        os.replace(self.draft_file, self.note_file)

    def is_the_readers(self, note: dict) -> bool:
        """Whether the reader made it: it may be added to, and is never emptied."""
        return note.get("theirs", not note and (self.folder / "pyvenv.cfg").is_file())

    def version(self) -> str | None:
        """The Python version in it, "3.12", asked from its interpreter; None if that fails."""
        if places.running_in(self.folder):
            return "{}.{}".format(*sys.version_info[:2])
        command = [str(self.python), "-I", "-S", "-c", PROBE]
        try:
            answer = subprocess.run(
                command, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return answer.stdout.strip() or None

    def fault(self, extras: Iterable[str]) -> Fault | None:
        """Why it cannot be used as it is; None if it can."""
        return self._broken() or self._incomplete(set(extras))

    def _broken(self) -> Fault | None:
        if not (self.folder / "pyvenv.cfg").is_file():
            return Fault("first start", rebuild=True)
        note = self.note()
        if note.get("state") == "installing":
            return Fault("the last set-up did not end well", rebuild=True)
        version = self.version()
        if version is None:
            return Fault("its Python does not start", rebuild=True)
        if tuple(map(int, version.split("."))) < OLDEST:
            return Fault(f"its Python {version} is too old", rebuild=True)
        if note.get("python", version) != version:
            return Fault(f"its Python was {note['python']} and is {version} now", rebuild=True)
        if note.get("project", str(self.project)) != str(self.project):
            return Fault("the project has moved", rebuild=True)
        return None

    def _incomplete(self, extras: set[str]) -> Fault | None:
        note = self.note()
        if note and note.get("fingerprint") != requirements.fingerprint(self.project):
            return Fault("the requirements have changed")
        if note and not extras <= set(note.get("extras", ())):
            return Fault("more packages are needed")
        packages = places.packages_folder(self.folder, self.version())
        lacking = requirements.lacking(self.project, extras, [str(packages)])
        return Fault("missing: " + ", ".join(lacking)) if lacking else None
