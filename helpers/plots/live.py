"""Live pictures: SVG whose numbers can change, written once for the page and for the browser.

An attribute that follows quantities is a template such as "M{a} {b}L{c} {d}". Python fills it in;
a lab's picture also carries the template (`data-form`), so that the browser can fill it in again
with numbers that it looked up. The browser needs no geometry for that, and no formula.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from .. import diagram


def rounded(v: float, places: int) -> float:
    """v as a sweep rounds it, so that the picture's digits are the same at rest and in motion."""
    return float(np.rint(v * 10.0**places) / 10.0**places) + 0.0


class Ink:
    """What a picture is drawn with.

    values  name -> number, for every quantity that the picture shows
    places  name -> decimals
    live    whether to leave the templates in the picture, for a browser
    """

    def __init__(self, values: Mapping[str, float], places: Mapping[str, int], live: bool = False):
        self.values = {name: rounded(v, places[name]) for name, v in values.items()}
        self.places, self.live = places, live

    def fill(self, template: str) -> str:
        """The template with its numbers, with as many decimals as the browser shows."""
        return re.sub(r"\{(\w+)\}", lambda found: self._plain(found[1]), template)

    def _plain(self, name: str) -> str:
        return f"{self.values[name]:.{self.places[name]}f}"

    def _attributes(self, templates: Mapping[str, str]) -> str:
        written = "".join(f' {name}="{self.fill(form)}"' for name, form in templates.items())
        moving = "|".join(f"{name}:{form}" for name, form in templates.items() if "{" in form)
        return f'{written} data-form="{moving}"' if self.live and moving else written

    def shape(self, tag: str, css: str = "", style: str = "", **templates: str) -> str:
        """An element such as <rect>. Each keyword is an attribute, fixed or a template."""
        return f'<{tag} class="{css}" style="{style}"{self._attributes(templates)}/>'

    def text(self, x, y, body: str, css: str = "", anchor: str = "middle") -> str:
        """A line of text; x and y are numbers or templates."""
        at = self._attributes({"x": str(x), "y": str(y)})
        return f'<text class="{css}" style="text-anchor:{anchor}"{at}>{body}</text>'

    def number(self, name: str) -> str:
        """A quantity, to stand inside a text."""
        shown = diagram.number(self.values[name], self.places[name])
        mark = f' data-q="{name}"' if self.live else ""
        return f"<tspan{mark}>{shown}</tspan>"
