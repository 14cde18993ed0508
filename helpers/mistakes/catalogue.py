"""The named mistakes: what each one is called, what it says to the reader, where to reread."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Mistake:
    """A named mistake: `says` is shown to the reader, `reread` names the place."""

    id: str
    says: str
    reread: str


def _read() -> dict[str, Mistake]:
    places = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return {
        id: Mistake(id, says, place)
        for place, mistakes in places.items()
        for id, says in mistakes.items()
    }


CATALOGUE: dict[str, Mistake] = _read()
