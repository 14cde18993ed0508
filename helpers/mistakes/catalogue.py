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


IN_ONE_LAYER = (
    "activation-skipped", "activation-twice", "bias-forgotten", "bias-twice", "bias-subtracted",
    "bias-after-activation", "weights-transposed", "inputs-reversed", "exponent-sign",
    "tanh-for-sigmoid", "sigmoid-brackets", "softmax-for-sigmoid", "slope-for-value",
    "inputs-left-out", "weights-added", "last-input-left-out", "first-input-left-out",
)  # fmt: skip
PLACES = {"hidden": "At the hidden units", "output": "At the outputs"}


def _read() -> dict[str, Mistake]:
    places = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    found = {}
    for place, mistakes in places.items():
        for id, sentence in mistakes.items():
            what, bar, why = sentence.partition("|")
            found[id] = Mistake(id, what if bar else what.removesuffix("."), why or ".", place)
    return found | {each.id: each for slip in IN_ONE_LAYER for each in _in_one_layer(found[slip])}


def _in_one_layer(mistake: Mistake) -> list[Mistake]:
    """The same slip in one of two layers: "activation-skipped-hidden" and "-output"."""
    what = mistake.what[0].lower() + mistake.what[1:]
    return [
        Mistake(f"{mistake.id}-{layer}", f"{place} {what}", mistake.why, mistake.reread)
        for layer, place in PLACES.items()
    ]


CATALOGUE: dict[str, Mistake] = _read()
