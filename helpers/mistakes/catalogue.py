"""The named mistakes: what each one is called, what it says to the reader, where to reread."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Mistake:
    """A named mistake: `what` happened, `why` it matters, and `reread` names the place."""

    id: str
    what: str
    why: str
    reread: str

    @property
    def says(self) -> str:
        """The whole sentence for the reader."""
        return self.what + self.why


def _read() -> dict[str, Mistake]:
    places = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    found = {}
    for place, mistakes in places.items():
        for id, sentence in mistakes.items():
            what, bar, why = sentence.partition("|")
            found[id] = Mistake(id, what if bar else what.removesuffix("."), why or ".", place)
    return found


CATALOGUE: dict[str, Mistake] = _read()
