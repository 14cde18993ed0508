"""Which slices a slice lab offers: lines between networks, and single weights."""

from __future__ import annotations

import numpy as np

from .. import examples
from ..examples import Example
from ..plots.slice_numbers import Slice, along_weight, line_to, swapped

MOST_SLICES = 20
MOST_WORK = 2000  # examples times weights: each sweep runs a thousand descents of 200 steps
OF_THE_STUCK = ("w02", "w12", "u01")  # two valleys and a plateau; two valleys; one and a plateau
TO_SWAPPED = "to the same net, units swapped"


def chosen_slices(example, weights, towards) -> tuple[Example, list[Slice]]:
    """The example and its slices; ValueError for what no slice can be made of."""
    if example is None:
        if towards is not None:
            raise ValueError("`towards` goes with an example: SliceLab(example, towards=net).")
        return _of_xor(OF_THE_STUCK if weights is None else weights)
    if not isinstance(example, Example):
        raise ValueError(
            f"SliceLab needs an example, such as examples.xor(); got {type(example).__name__}. "
            "From a network of your own: Example(net, x, t, eta, names)."
        )
    net = example.net
    net.error(example.x, example.t)  # complains about shapes
    work = len(np.atleast_2d(example.x)) * net.parameters.size
    if work > MOST_WORK:
        raise ValueError(
            f"The slice lab runs a thousand descents at once, and examples times weights is {work} "
            f"here, above {MOST_WORK}. Take a smaller network or fewer examples, as with "
            "dataclasses.replace(example, x=example.x[:4], t=example.t[:4])."
        )
    lines = []
    if len(net.sizes) > 2 and net.sizes[1] > 1 and np.any(swapped(net).parameters - net.parameters):
        lines.append(_swap(net, "this net", f"from this net {TO_SWAPPED}"))
    if towards is not None:
        title, ends = "from this net to the other one", ("this net", "the other")
        lines.append(line_to(net, towards, "line", title, ends))
    lines += _along(example, example.names if weights is None else weights)
    if not 1 <= len(lines) <= MOST_SLICES:
        raise ValueError(
            f"The slice lab has room for 1 to {MOST_SLICES} slices, and this example has "
            f"{len(lines)}. Say which weights get one, such as weights={list(example.names)[:3]}."
        )
    return example, lines


def _of_xor(weights):
    """A solution and its like, the way to it from a net that is stuck, and weights of that net."""
    solved, stuck = examples.solved_xor(), examples.stuck_xor()
    title, ends = "from a net that is stuck to a solution", ("stuck", "a solution")
    lines = [
        _swap(solved.net, "a solution", f"from a solution {TO_SWAPPED}"),
        line_to(stuck.net, solved.net, "line", title, ends),
    ]
    return stuck, lines + _along(stuck, weights)


def _swap(net, name: str, title: str) -> Slice:
    return line_to(net, swapped(net), "swap", title, (name, "swapped"))


def _along(example, weights) -> list[Slice]:
    weights = [weights] if isinstance(weights, str) else list(weights)
    for name in weights:
        if name not in example.names:
            raise ValueError(f"No weight {name!r}; there are {', '.join(example.names)}.")
    return [along_weight(example.net, name, example.names[name]) for name in weights]
