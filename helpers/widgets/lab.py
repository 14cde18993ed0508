"""The base of every lab: sliders, sweeps, messages, pictures without a browser.

A lab says which sliders it has, which quantities it shows, and how to compute them; this module
does the rest. What the browser sends, and what it gets back:

    hello                  -> here       Python is there
    move   values, number  -> moved      the kernel follows a drag; nothing is drawn from it
    sweep  values, number  -> a new `sweep`, carrying the same number; or `refused`, with words
           (and whatever else a lab's own browser module puts in, see `act`)
    reset                  -> a new `sweep`

Only one message of a kind is ever under way, and the last value wins, so there is no backlog.
"""

from __future__ import annotations

import re
from numbers import Integral
from pathlib import Path

import anywidget
import traitlets

from .. import diagram, style
from . import sweep

HERE = Path(__file__).parent

# What a lab's own browser module stands on: sliders with a sweep, a film, training runs as films.
SLIDERS = ("page.js", "talk.js", "table.js", "store.js", "controls.js")
FILM = ("page.js", "talk.js", "player.js", "film_store.js")
RUNS = (*FILM, "table.js", "controls.js", "run_store.js", "run_page.js")


def browser_module(*names: str) -> str:
    """The JavaScript files, joined into the one module that anywidget takes.

    They are plain modules without imports; only the last one has an `export default`.
    """
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def style_sheet(*names: str, of: str = "") -> str:
    """The CSS files, with the book's palette in front, for light and for dark.

    lab.css is for every lab. The rules of the other files hold only inside elements of the class
    `of`: a page may show many labs, and all their style sheets.
    """
    palette = (
        f".bp-lab{{{style.css_variables()}}}\n"
        f'body[data-jp-theme-light="false"] .bp-lab{{{style.css_variables(dark=True)}}}\n'
    )
    palette += diagram.style_rules(".bp-lab svg ") + "\n"
    texts = {name: (HERE / name).read_text(encoding="utf-8") for name in names}
    return palette + "\n".join(
        text if name == "lab.css" else scoped(text, of) for name, text in texts.items()
    )


def scoped(css: str, root: str) -> str:
    """The same rules, for what is inside an element of the class `root`, and for itself."""

    def narrowed(found):
        if "@" in found[1]:
            return found[0]
        return ", ".join(_inside(each.strip(), root) for each in COMMA.split(found[1])) + " {"

    return re.sub(r"([^{}; \n][^{};]*)\{", narrowed, re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


COMMA = re.compile(r",(?![^()]*\))")  # between two selectors, not within :is(a, b)


def _inside(selector: str, root: str) -> str:
    if re.match(rf"[^ >+~]*\.{root}(?![\w-])", selector):
        return selector
    if re.match(r"\.bp-lab(?![\w-])", selector):
        return selector.replace(".bp-lab", f".bp-lab.{root}", 1)
    # A class may be the root's own as well: `.bp-wide .bp-plot` where both are on one element.
    itself = f", .{root}{selector}" if selector.startswith(".") else ""
    return f".{root} {selector}{itself}"


def check_count(name: str, value, most: int) -> None:
    """ValueError in words for anything but a whole number from 1 to `most`."""
    if not (isinstance(value, Integral) and 1 <= value <= most):
        raise ValueError(f"{name} is a whole number from 1 to {most:,}; got {value!r}.")


class Pictured(anywidget.AnyWidget):
    """A widget that is also a picture with words, for pages without its browser module."""

    def figure(self):
        """A `diagram.Figure` of the current state."""
        raise NotImplementedError

    _pictured = None  # the figure, while a mime bundle is put together: words and picture share it

    def __str__(self) -> str:
        return (self._pictured or self.figure()).alt

    __repr__ = __str__

    def _repr_mimebundle_(self, **kwargs):
        self._pictured = figure = self.figure()
        try:
            bundle = super()._repr_mimebundle_(**kwargs)
        finally:
            self._pictured = None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), **figure._repr_mimebundle_()}, metadata


class Lab(Pictured):
    """A lab with sliders. Subclasses set `_esm`, `_css`, the methods below and `figure`.

    `values` maps each slider's name to its number; it can be observed. `set` moves sliders.
    """

    spec = traitlets.Dict().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    sweep = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict()
    chosen = traitlets.Unicode()
    number_type = "<f4"  # of the sweep's table; "<f8" where more than seven digits are shown

    # What a lab must say.

    def quantities(self) -> list[tuple[str, int]]:
        """Name and shown decimals of each quantity."""
        raise NotImplementedError

    def bands(self) -> list[list[dict]]:
        """The headings of sliders, in rows: {"group": heading, "columns": how many}."""
        groups = {}
        for s in self._sliders.values():
            last = s.place[1] + s.place[2] - 1
            groups[s.group] = max(last, groups.get(s.group, 1))
        return [[{"group": g, "columns": columns}] for g, columns in groups.items()]

    def evaluate(self, settings):
        """(k, sliders) -> (k, quantities), in one vectorised call."""
        raise NotImplementedError

    def follow(self, values: dict) -> None:
        """Take over new values of the sliders into the lab's own Python objects."""
        raise NotImplementedError

    def draw(self) -> str:
        """The picture at the current values, for the browser to update."""
        raise NotImplementedError

    # What a lab may say.

    def more(self) -> dict:
        """What else the browser gets with each sweep."""
        return {}

    def act(self, content: dict) -> str:
        """Do what else a sweep message asks for, once its values are taken; words about it."""
        return ""

    # What every lab does.

    def start(self, sliders: list[sweep.Slider], values: list[float], chosen: str) -> None:
        """Called once by a subclass, when its own objects are ready, instead of `__init__`.

        Everything is in place before the widget opens its line to the browser, which must never
        see a lab without its sliders. ValueError for a value that its slider could not go back to.
        """
        for slider, value in zip(sliders, values):
            slider.checked(value)
        self._sliders = {s.name: s for s in sliders}
        self._first_sliders = dict(self._sliders)
        self._first = dict(zip(self._sliders, values))
        self._version = 0
        self.values = dict(self._first)
        self.chosen = chosen
        self.spec = self.describe()
        self.picture = self.draw()
        self.send_sweep()
        super().__init__()
        self.on_msg(self._on_message)

    def describe(self) -> dict:
        """What the browser must know once: names, headings, decimals."""
        return {
            "sliders": [
                {"name": s.name, "group": s.group, "place": s.place} for s in self._sliders.values()
            ],
            "bands": self.bands(),
            "quantities": [{"name": n, "places": p} for n, p in self.quantities()],
            "line": style.LINE_WIDTH,
            "dashes": style.DASHES,
        }

    def send_sweep(self, client: str = "python", number: int = 0, words: str = "") -> None:
        """Compute every number for every slider and hand it to the browser."""
        self._version += 1
        found = sweep.table(
            list(self._sliders.values()),
            list(self.values.values()),
            self.evaluate,
            [places for _, places in self.quantities()],
            self.number_type,
        )
        label = {"version": self._version, "client": client, "number": number, "words": words}
        self.sweep = {**found, **self.more(), **label, "chosen": self.chosen}

    def set(self, name=None, value=None, /, **more) -> None:
        """Move sliders: `lab.set("w5", 0.3)` or `lab.set(w5=0.3, w6=-1)`.

        ValueError for an unknown name, or a value that is no number or out of bounds; then
        nothing has moved.
        """
        changes = {**({} if name is None else {name: value}), **more}
        if self._take(changes):
            self.send_sweep()

    def choose(self, name: str) -> None:
        """Show the error along this slider."""
        if name not in self._sliders:
            raise ValueError(f"No slider {name!r}; there are {', '.join(self._sliders)}.")
        self.chosen = name
        self.send_sweep()

    def reset(self) -> None:
        """Put every slider back to where it was when the lab was made."""
        self._sliders = dict(self._first_sliders)
        self._take(self._first)
        self.send_sweep()

    def _take(self, changes: dict) -> str:
        """Check all changes, then make them; the ranges that moved, in words, or a space."""
        for name in changes:
            if name not in self._sliders:
                raise ValueError(f"No slider {name!r}; there are {', '.join(self._sliders)}.")
        new = {name: self._sliders[name].checked(v) for name, v in changes.items()}
        words = " "
        for name, value in new.items():
            old = self._sliders[name]
            slider = self._sliders[name] = old.holding(value)
            if (slider.low, slider.high) != (old.low, old.high):
                words += f"The slider of {name} now goes from {slider.low:g} to {slider.high:g}. "
        self.follow({**self.values, **new})
        self.values = {**self.values, **new}
        return words

    def _on_message(self, _, content, __) -> None:
        kind = content.get("kind")
        if kind == "hello":
            self.send({"kind": "here"})
        elif kind == "reset":
            self._take_choice(content)
            self.reset()
        elif kind in ("move", "sweep"):
            self._on_values(kind, content)

    def _on_values(self, kind: str, content: dict) -> None:
        number, client = content.get("number", 0), str(content.get("client", ""))
        try:
            words = self._take(dict(zip(self._sliders, content["values"])))
            if kind == "sweep":
                self._take_choice(content)
                words += self.act(content)
        except ValueError as reason:
            self.send({"kind": "refused", "number": number, "client": client, "why": str(reason)})
            return
        if kind == "move":
            self.send({"kind": "moved", "number": number, "client": client})
        else:
            self.send_sweep(client, number, words.strip())

    def _take_choice(self, content: dict) -> None:
        if content.get("chosen") in self._sliders:
            self.chosen = content["chosen"]
