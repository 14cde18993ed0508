"""Choices: one of a few names, in the place of a slider; `choices.js` draws radio buttons.

A lab's values are numbers, so a choice is a slider over the positions 0, 1, 2, ... of its names.
"""

from __future__ import annotations

from dataclasses import dataclass

from .sweep import Slider


@dataclass(frozen=True)
class Choice(Slider):
    """One of `names`; made by `choice`. In Python it is set by its name or its position."""

    names: tuple[str, ...] = ()

    def checked(self, value) -> float:
        """The position, as a float; ValueError for what is neither a name nor a position."""
        if isinstance(value, str):
            if value in self.names:
                return float(self.names.index(value))
        elif value in range(len(self.names)):
            return float(value)
        raise ValueError(f"{self.name} is one of {', '.join(self.names)}; got {value!r}.")

    def holding(self, value: float) -> Slider:
        return self


def choice(name: str, group: str, names, **more) -> Choice:
    """A choice between names, under a heading."""
    last = len(names) - 1
    return Choice(name, group, 0, 1, last, bounds=(0, last), names=tuple(names), **more)


@dataclass(frozen=True)
class Whole(Slider):
    """A slider over whole numbers."""

    def checked(self, value) -> float:
        """`value` as a float; ValueError in words if it is no whole number or out of bounds."""
        number = super().checked(value)
        if number != int(number):
            raise ValueError(f"{self.name} is a whole number; got {value!r}.")
        return number

    def holding(self, value: float) -> Slider:
        return self
