"""What may be wrong with a graph's inputs and steps, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from .gates import GATES


def inputs(given) -> dict[str, float]:
    """Inputs as floats."""
    return {name: _number(f"The input {name}", v) for name, v in _named(given, "inputs").items()}


def steps(given, inputs) -> dict[str, tuple]:
    """Steps as tuples, each of a known operation, in an order in which they can be computed."""
    found = {name: _step(name, s) for name, s in _named(given, "steps").items()}
    _check_order(inputs, found)
    _check_use(inputs, found)
    return found


def _named(given, what: str) -> dict:
    if not isinstance(given, Mapping) or not given:
        form = '{"w": 0.4}' if what == "inputs" else '{"z": ("multiply", "w", "x")}'
        raise ValueError(f"{what} is a dict with at least one entry, such as {form}.")
    for name in given:
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"A node needs a name such as 'w' or 'z_h1'; got {name!r}.")
    return dict(given)


def _number(what: str, value) -> float:
    try:
        value = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{what} needs a number; got {value!r}.") from None
    if not isfinite(value):
        raise ValueError(f"{what} needs a finite number; got {value}.")
    return value


def _step(name: str, step) -> tuple:
    if isinstance(step, str) or not isinstance(step, (tuple, list)) or not step:
        raise ValueError(f'{name}: a step is ("operation", "name", ...); got {step!r}.')
    op, *taken = step
    if not isinstance(op, str) or op not in GATES:
        raise ValueError(f"{name}: no operation {op!r}; there are {', '.join(GATES)}.")
    least, most = GATES[op].takes
    if len(taken) < least or len(taken) > (most or len(taken)):
        wanted = f"{least} value{'s' if least > 1 else ''}" + ("" if most else " or more")
        raise ValueError(f"{name}: {op} takes {wanted}; got {len(taken)}.")
    if op == "net_input" and len(taken) % 2 == 0:
        raise ValueError(f"{name}: net_input takes a bias, then pairs of a weight and a value.")
    return op, *(s if isinstance(s, str) else _number(f"A constant of {name}", s) for s in taken)


def _names(step) -> list[str]:
    return [source for source in step[1:] if isinstance(source, str)]


def _check_order(inputs, steps) -> None:
    """Every step uses inputs and earlier steps, at least one of them."""
    known = list(inputs)
    for name, step in steps.items():
        if name in inputs:
            raise ValueError(f"{name} is both an input and a step; give one of them another name.")
        if not _names(step):
            raise ValueError(f"{name} uses constants only; make one of them an input.")
        for source in _names(step):
            if source in known:
                continue
            if source in steps:
                raise ValueError(
                    f"{name} uses {source}, which is not computed yet. Put the steps in order: "
                    "each uses inputs and earlier steps only, and none leads back to itself."
                )
            raise ValueError(f"{name} uses {source!r}; there are {', '.join(known)}.")
        known.append(name)


def _check_use(inputs, steps) -> None:
    """Every value but the last is used."""
    used = {source for step in steps.values() for source in _names(step)}
    *others, output = [*inputs, *steps]
    for name in others:
        if name not in used:
            raise ValueError(
                f"{name} is used by no step. Only the last step, {output}, is an output: "
                f"use {name}, or leave it out."
            )


def all_finite(graph) -> None:
    """Every gate has a value."""
    for name, value in graph.values.items():
        if not isfinite(value):
            op, *taken = graph.steps[name]
            at = ", ".join(f"{v:g}" for v in graph._taken(graph.values, taken))
            raise ValueError(f"{name} = {graph.written(name)} has no finite value: {op} of {at}.")
