"""Slopes of links, gates, paths and whole chains, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils.
"""

from __future__ import annotations

import numpy as np

from ..activations import relu_prime, sigmoid, tanh

# -- numbers by hand ----------------------------------------------------------------------


def two_links(w, slips=()):
    """dE/dw of E = z^2 with z = 4 w - 2.5."""
    on = set(slips).__contains__
    constant = 2.5 - 5 * on("constant-added")
    z = 4 * w - (0 if on("constant-forgotten") else constant)
    if on("value-for-slope"):
        return z**2
    at = w if on("derivative-at-wrong-point") else z
    outer, inner = (1 if on("square-without-its-2") else 2) * at, 4
    if on("value-for-outer-slope"):
        outer = at**2
    if on("constant-in-the-slope"):
        inner = 4 - constant
    if on("value-for-inner-slope"):
        inner = z
    if on("brackets-around-z"):
        outer = 2 * 4 * w - constant / inner
    return _joined(outer, inner, on)


def _joined(outer, inner, on):
    if on("inner-derivative-forgotten"):
        return outer
    if on("outer-derivative-forgotten"):
        return inner
    if on("links-added"):
        return outer + inner
    if on("links-divided"):
        return outer / inner
    return outer * inner


def points(slips=()):
    """Where four slopes are taken: z = 3 w - 1 at w = 2; z = w x at w = 0.5, x = -4; then
    a = w - 1 and z = a^2 at w = 2.5.
    """
    on = set(slips).__contains__
    one = -1 if on("constant-added") else 0 if on("constant-forgotten") else 1
    product = 0.5 + (-4) if on("product-added") else 0.5 * (-4)
    if on("minus-lost"):
        product = abs(product)
    found = np.array([3 * 2 - one, product, 2.5 - one, (2.5 - one) ** 2])
    if on("derivative-at-wrong-point"):
        found = np.array([2, 0.5, 2.5, 2.5])
    if on("one-link-early"):
        found[3] = 2.5 - one
    a, b, c, d = found
    if on("other-factor-only"):
        b = -4.0
    if on("result-for-point"):
        return [a**2, sigmoid(b), c**2, sigmoid(d)]
    if on("slope-for-point"):
        return [2 * a, _slope(b), 2 * c, _slope(d)]
    return [a, b, c, d]


def _slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def path_counts(slips=()):
    """Paths to all errors from a u, a w, an x of a 2-3-2, and from a w, an x of a 4-5-3-2."""
    on = set(slips).__contains__
    layers = [[3, 2], [5, 3, 2]]  # the units that a path from an input chooses from
    if on("constant-as-a-way"):
        layers = [[n + 1 for n in each[:-1]] + each[-1:] for each in layers]
    if on("one-error-only"):
        layers = [[*each[:-1], 1] for each in layers]
    if on("last-layer-as-one-more"):
        layers = [[*each[:-1], each[-1] + 1] for each in layers]
    of_u, of_w, of_x = [], layers[0][1:], layers[0]
    of_w2, of_x2 = layers[1][1:], layers[1]
    if on("end-of-weight-not-fixed"):
        of_u, of_w, of_w2 = of_w, of_x, of_x2
    if on("next-layer-only"):
        of_w, of_x, of_w2, of_x2 = (each[:1] for each in (of_w, of_x, of_w2, of_x2))
    join = np.sum if on("choices-added") else np.prod
    found = [float(join(each)) if each else 1.0 for each in (of_u, of_w, of_x, of_w2, of_x2)]
    if on("one-path-each"):
        found = [1.0] * 5
    if on("lines-counted"):
        found = [1, 1 + 2, 3 + 6, 1 + 3 + 6, 5 + 15 + 6]
    if on("all-of-the-layer"):
        found = [n * each for n, each in zip((6, 6, 2, 20, 4), found)]
    if on("starts-reversed"):
        found = found[2::-1] + found[:2:-1]
    return found


# -- functions ----------------------------------------------------------------------------


def sigmoid_slope(z, slips=()):
    """sigma'(z) = y (1 - y) with y = sigma(z)."""
    on = set(slips).__contains__
    y = sigmoid(z)
    if on("sigma-prime-of-y"):
        y = sigmoid(y)
    if on("net-input-in-the-formula"):
        y = z
    if on("tanh-for-sigmoid"):
        y = tanh(z)
    first, second = _two_factors(z, y, on)
    if on("brackets-around-1-minus-y"):
        return first * 1 - y
    if on("factors-added"):
        return first + second
    if on("only-first-factor"):
        return first
    if on("only-second-factor"):
        return second
    slope = first * second
    if on("differentiated-twice"):
        slope = slope * (1 - 2 * y)
    return -slope if on("slope-negative") else slope


def _two_factors(z, y, on):
    first, second = y, 1 - y
    if on("net-input-for-first-factor"):
        first = z
    if on("net-input-in-second-factor"):
        second = 1 - z
    if on("sigmoid-of-1-minus-z"):
        second = sigmoid(1 - z)
    if on("plus-for-minus"):
        second = 1 + y
    if on("slope-of-tanh"):
        first = 1 + y
    if on("inner-link-left-out"):
        second = y
    if on("numerator-sign"):
        second = np.exp(z) * y
    if on("numerator-left-alone"):
        first, second = 1, np.exp(-z)
    if on("slope-of-relu"):
        first, second = 1, relu_prime(z)
    return first, second


def gate(kind, a, b, arriving, slips=()):
    """(dE/da, dE/db) of a + b, a * b or max(a, b), from arriving = dE/d(result)."""
    on = set(slips).__contains__
    if on("result-for-slopes"):
        return {"add": a + b, "multiply": a * b, "max": max(a, b)}[kind]
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
        arriving = 1
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
