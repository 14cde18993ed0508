"""Single links: slopes by hand, where they are taken, sigma', and how many paths there are.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils.
"""

from __future__ import annotations

import numpy as np

from ..activations import relu_prime, sigmoid, tanh


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
    if on("sigmoid-brackets"):
        y = 1 / 1 + np.exp(-z)
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
    if on("e-squared-alone"):
        first, second = np.exp(-z), 1 / (1 + np.exp(-z) ** 2)
    if on("numerator-left-alone"):
        first, second = 1, np.exp(-z)
    if on("slope-of-relu"):
        first, second = 1, relu_prime(z)
    return first, second
