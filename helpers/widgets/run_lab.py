"""The base of the labs that play training runs: settings that train again, frames, messages.

What the browser sends, and what it gets back:

    hello                  -> here       Python is there
    train  values, number  -> a new `film`, carrying the same number; or `refused`, with words
    reset                  -> the first film again
"""

from __future__ import annotations

import traitlets

from . import sweep
from .lab import Pictured

_DECADE = (1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9)


def rate_sliders(decades: int) -> list[sweep.Slider]:
    """A learning rate from 0.01 over so many powers of ten, and a momentum."""
    etas = [round(d * 10.0**k, 6) for k in range(-2, decades - 2) for d in _DECADE]
    etas.append(10.0 ** (decades - 2))
    return [
        sweep.scale("eta", "learning rate", etas, place=(2, 1, 1)),
        sweep.Slider("mu", "momentum", 0.0, 0.01, 99, bounds=(0.0, 0.99), place=(2, 1, 1)),
    ]


class RunLab(Pictured):
    """A lab whose film is one or several training runs.

    Subclasses have `frames`, `_sliders`, `_settings` by name, `_first_settings`, and the methods
    below.
    """

    spec = traitlets.Dict().tag(sync=True)
    film = traitlets.Dict().tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)

    def set(self, **changes) -> None:
        """Train again: `lab.set(eta=1)`, with other settings as well if wanted.

        ValueError for another name or a value out of range; then nothing has changed.
        """
        unknown = set(changes) - set(self._settings)
        if unknown:
            known = ", ".join(self._settings)
            raise ValueError(f"No setting {unknown.pop()!r}; there are {known}.")
        self._take(self._checked({**self._settings, **changes}))

    def reset(self) -> None:
        """Go back to the first run, and to its beginning."""
        self._take(self._first_settings, reset=True)

    # ---- what a lab must say

    def _checked(self, settings: dict) -> dict:
        """The settings, or a ValueError in words."""
        raise NotImplementedError

    def _asked(self, content: dict) -> dict:
        """The settings that a message from the browser asks for."""
        raise NotImplementedError

    def _take(self, settings: dict, reset=False, client="python", number=0) -> None:
        """Train with these settings unless that is what is shown, and send the film."""
        raise NotImplementedError

    # ---- what every such lab does

    def _rates(self, settings: dict) -> dict:
        """Of these settings those that have a slider, as numbers; a ValueError in words."""
        return {s.name: s.checked(settings[s.name]) for s in self._sliders}

    def _slider_rows(self) -> list[dict]:
        """The sliders, for the browser."""
        return [
            {"name": s.name, "group": s.group, "row": s.row, "place": s.place}
            for s in self._sliders
        ]

    @traitlets.validate("frame")
    def _checked_frame(self, proposal):
        if not 0 <= proposal["value"] < self.frames:
            raise ValueError(f"Frames go from 0 to {self.frames - 1}; got {proposal['value']}.")
        return proposal["value"]

    def _on_message(self, _, content, __) -> None:
        kind = content.get("kind")
        number, client = content.get("number", 0), str(content.get("client", ""))
        try:
            if kind == "hello":
                self.send({"kind": "here"})
            elif kind == "reset":
                self._take(self._first_settings, True, client, number)
            elif kind == "train":
                self._take(self._checked(self._asked(content)), False, client, number)
        except ValueError as reason:
            self.send({"kind": "refused", "number": number, "client": client, "why": str(reason)})
