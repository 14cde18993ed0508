"""Gates, values that are used several times, and whole chains, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils.
"""

from __future__ import annotations

import numpy as np


def gate(kind, a, b, arriving, slips=()):
    """(dE/da, dE/db) of a + b, a * b or max(a, b), from arriving = dE/d(result)."""
    on = set(slips).__contains__
    if on("result-for-slopes"):
        return {"add": a + b, "multiply": a * b, "max": max(a, b)}[kind]
    if on("every-gate-passes"):
        kind = "add"
    if on("links-added") and (on("add-gate-multiplies") or on("add-gate-swaps")):
        raise ValueError("nothing is multiplied then: an input is added to the slope")
    to_a, to_b = _local(kind, a, b, on)
    if on("pair-swapped"):
        to_a, to_b = to_b, to_a
    if on("arriving-forgotten"):
        return np.array([to_a, to_b])
    if on("links-added"):
        return np.array([to_a + arriving, to_b + arriving])
    if on("arriving-divides"):
        return np.array([to_a, to_b]) / arriving
    if on("arriving-forgotten-at-multiply") and kind == "multiply":
        arriving = 1
    if on("arriving-forgotten-at-max") and kind == "max":
        if on("max-gate-multiplies"):
            raise ValueError("then it is the input that is sent, a slip of its own")
        arriving = 1
    if on("max-gate-sends-input") and kind == "max":
        arriving = max(a, b)
    return np.array([to_a * arriving, to_b * arriving])


def _local(kind, a, b, on):
    """The slopes of the gate alone."""
    if on("add-gate-as-max") and kind == "add":
        kind = "max"
    if on("multiply-gate-as-max") and kind == "multiply":
        kind = "max"
    if kind == "add":
        return _add(a, b, on)
    return _multiply(a, b, on) if kind == "multiply" else _max(a, b, on)


def _add(a, b, on):
    if on("add-gate-shares"):
        return 0.5, 0.5
    if on("add-gate-multiplies"):
        return a, b
    if on("add-gate-swaps"):
        return b, a
    if on("add-gate-sums"):
        return a + b, a + b
    return (1, -1) if on("add-gate-minus") else (1, 1)


def _multiply(a, b, on):
    if on("own-factor"):
        return a, b
    if on("multiply-gate-passes"):
        return 1, 1
    return (a * b, a * b) if on("multiply-gate-both-factors") else (b, a)


def _max(a, b, on):
    if on("max-gate-to-both"):
        return 1, 1
    if on("max-gate-shares"):
        return 0.5, 0.5
    if on("max-gate-to-first"):
        return 1, 0
    if on("max-gate-compares-with-0"):
        return float(a > 0), float(b > 0)
    a_wins = abs(a) > abs(b) if on("max-gate-absolute") else a > b
    if on("max-gate-to-smaller"):
        a_wins = not a_wins
    if on("max-gate-multiplies"):
        return (a, 0) if a_wins else (0, b)
    return (1, 0) if a_wins else (0, 1)


def shared(local, arriving, slips=()):
    """dE/d(value) of a value that is used in n places: one product for each path, added."""
    on = set(slips).__contains__
    if on("places-crossed"):
        arriving = arriving[::-1]
    if on("arriving-forgotten"):
        arriving = np.ones_like(arriving)
    if on("local-slopes-forgotten"):
        local = np.ones_like(local)
    if on("sums-multiplied"):
        return np.sum(local) * np.sum(arriving)
    if on("every-pair-of-places"):
        return np.outer(local, arriving)
    paths = local * arriving
    if on("links-added"):
        paths = local + arriving
    if on("links-divided"):
        paths = local / arriving
    if on("paths-absolute"):
        paths = np.abs(paths)
    return _over_the_paths(paths, on)


def _over_the_paths(paths, on):
    if on("paths-not-added"):
        return paths
    if on("paths-multiplied"):
        return np.prod(paths)
    if on("paths-averaged"):
        return np.mean(paths)
    if on("first-path-only"):
        return paths[0]
    if on("last-path-only"):
        return paths[-1]
    if on("first-path-left-out"):
        paths = paths[1:]
    if on("last-path-left-out"):
        paths = paths[:-1]
    if on("largest-path-only"):
        return np.max(paths)
    if on("steepest-path-only"):
        return paths[np.argmax(np.abs(paths))]
    if on("paths-subtracted"):
        return 2 * paths[0] - np.sum(paths)
    return np.sum(paths)


def chain(functions, slopes, w, slips=(), start=0.0):
    """The slope at w of functions[-1](... functions[1](functions[0](w)))."""
    on = set(slips).__contains__
    if start and not on("links-added"):
        raise ValueError("the start of a sum is no other way of writing a product")
    if on("chain-reversed"):
        functions, slopes = functions[::-1], slopes[::-1]
    if on("slopes-reversed"):
        slopes = slopes[::-1]
    values = _values(functions, w, on)
    if on("value-for-slope"):
        return values[-1]
    if on("values-multiplied"):
        return np.prod(values[1:])
    at = values[1:] if on("slope-at-the-result") else values[:-1]
    if on("derivative-at-wrong-point"):
        at = [w] * len(functions)
    if on("every-slope-at-the-end"):
        at = [values[-1]] * len(functions)
    links = [f_prime(v) for f_prime, v in zip(slopes, at)]
    if on("slopes-nested"):
        links = [_values(slopes, w, on)[-1]]
    return _along(links, w, start, on)


def _values(functions, w, on):
    """w and what comes out of each function."""
    values = [w]
    for f in functions:
        values.append(f(w if on("value-not-carried-on") else values[-1]))
    return values


def _along(links, w, start, on):
    if on("links-not-multiplied"):
        return np.array(links)
    if on("last-link-only"):
        return links[-1]
    if on("first-link-only"):
        return links[0]
    if on("first-link-left-out"):
        links = links[1:]
    if on("last-link-left-out"):
        links = links[:-1]
    if on("links-added"):
        return np.sum(links) + start
    if on("product-from-0"):
        return 0.0
    product = np.prod(links)
    return w * product if on("product-from-w") else product
