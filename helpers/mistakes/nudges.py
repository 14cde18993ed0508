"""Differences, relative errors and whole numerical gradients, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils.
"""

from __future__ import annotations

import numpy as np

OWN = 1e-5  # the nudge of a function that does not use the epsilon it is given
BESIDE_OWN = ("differences-swapped", "divided-by-one-nudge", "slope-absolute")

# By hand -----------------------------------------------------------------------------------------


def by_hand(slips=(), w=2.0, epsilon=0.4, quartered=False):
    """f(w) = w**3: one-sided difference, centred difference, and the latter for epsilon / 2.

    quartered  the third number comes from a quarter of the second one's error, whatever that is
    """
    on = set(slips).__contains__
    first = w + epsilon if on("first-place-for-w") else w
    one_sided = difference(_cube, first, epsilon, "left" if on("one-sided-left") else "right", on)
    both, half = (difference(_cube, first, e, "both", on) for e in (epsilon, epsilon / 2))
    exact = 3 * w**2
    if on("exact-slope-for-difference"):
        return np.array([exact, exact, exact])
    error = both - exact
    half = exact + error / 4 if quartered else half
    for slip, other in (
        ("error-only-halved", exact + error / 2), ("error-not-shrunk", both),
        ("whole-value-divided", both / 4), ("error-for-difference", error / 4),
        ("error-grows", exact + 4 * error), ("half-exact", exact), ("whole-value-halved", both / 2),
    ):  # fmt: skip
        if on(slip):
            half = other
    if on("differences-exchanged"):
        one_sided, both = both, one_sided
    return np.array([one_sided, both, half])


def _cube(w):
    return w**3


# One number --------------------------------------------------------------------------------------


def centred(f, w, epsilon, slips=()):
    """(f(w + epsilon) - f(w - epsilon)) / (2 epsilon)."""
    on = set(slips).__contains__
    side = "right" if on("one-sided") else "left" if on("one-sided-left") else "both"
    if on("one-sided") and on("one-sided-left"):
        raise ValueError("one side at a time")
    if on("epsilon-of-your-own"):
        if not set(slips) <= {"epsilon-of-your-own", *BESIDE_OWN}:
            raise ValueError("with a nudge this small the two cannot be told from one of them")
        epsilon = OWN
    return difference(f, w, epsilon, side, on)


def difference(f, w, epsilon, side, on):
    """The difference of f at w, from both sides or one: `on` knows the slips."""
    if on("second-difference"):
        return (f(w + epsilon) - 2 * f(w) + f(w - epsilon)) / epsilon**2
    if on("value-for-slope"):
        return f(w)
    up, down = _places(w, epsilon, side, on)
    width = epsilon if side != "both" or on("divided-by-one-nudge") else 2 * epsilon
    if on("half-the-nudge") and side == "both":
        width = epsilon
    if on("one-side-over-two-nudges"):
        up, down, width = w + epsilon, w, 2 * epsilon
    if on("nudge-outside-f"):
        return (f(w) + epsilon - (f(w) - epsilon)) / width
    high, low = f(up), f(down)
    if on("differences-swapped"):
        high, low = low, high
    if on("brackets-left-out"):
        return high - low / width
    change = high if on("nothing-subtracted") else high + low if on("values-added") else high - low
    return _divided(np.abs(change) if on("slope-absolute") else change, width, epsilon, w, on)


def _places(w, epsilon, side, on):
    """The two points at which f is asked."""
    if on("half-the-nudge"):
        epsilon = epsilon / 2
    step = np.where(side == "left", 0.0, epsilon), np.where(side == "right", 0.0, epsilon)
    if on("nudge-in-percent"):
        return w * (1 + step[0]), w * (1 - step[1])
    if on("f-of-the-nudge"):
        return 0 * w + step[0], 0 * w - step[1]
    return w + step[0], w - step[1]


def _divided(change, width, epsilon, w, on):
    if on("not-divided-by-nudge"):
        return change
    if on("multiplied-by-nudge"):
        return change * width
    if on("halved-then-multiplied"):
        return change / 2 * epsilon
    if on("divided-by-two-only"):
        return change / 2
    return change / w if on("divided-by-w") else change / width


# Every entry -------------------------------------------------------------------------------------


def gradient(E, W, epsilon, slips=()):
    """dE/dW by centred differences, one entry after the other, put back each time."""
    on = set(slips).__contains__
    if on("first-row-left-out") and on("first-entry-only"):
        raise ValueError("then nothing is measured")
    W = np.array(W, dtype=float)
    if on("row-not-copied"):
        return _by_rows(E, W, epsilon, slips)
    slopes = W if on("slopes-written-into-W") else np.zeros_like(W)
    for i in np.ndindex(W.shape):
        if on("first-row-left-out") and i[0] == 0:
            continue
        if on("first-entry-only") and any(i):
            continue
        slopes[i] = _entry(E, W, i, epsilon, on)
    if on("slopes-added-up"):
        return slopes.sum()
    return _whole(slopes, W, on)


def _by_rows(E, W, epsilon, slips):
    """`before = W[i]` with i from a range: a number of a flat W, and of a matrix a live row."""
    if set(slips) != {"row-not-copied"}:
        raise ValueError("by itself")
    if W.ndim == 1:
        return gradient(E, W, epsilon)
    return gradient(E, W, epsilon, {"whole-row-nudged", "one-side-over-two-nudges"})


def _entry(E, W, i, epsilon, on):
    """The slope along entry i; W is left as the slips would leave it."""
    start, where = W.copy(), _nudged_with(i, W.shape, on)

    def f(v):
        moved = W.copy()
        moved[where] = start[where] + (v - start[i])
        return E(moved)

    side = "right" if on("one-sided") else "left" if on("one-sided-left") else "both"
    if on("one-sided") and on("one-sided-left"):
        raise ValueError("one side at a time")
    if on("not-put-back-after-down"):
        left_at = 0.0 if side == "right" else -epsilon
    elif on("not-put-back-after-up"):
        left_at = epsilon
    else:
        left_at = 0.0
    if (on("not-put-back-after-down") or on("not-put-back-after-up")) and not left_at:
        raise ValueError("then it is put back")
    slope = difference(f, start[i], epsilon, side, on)
    W[where] = start[where] + left_at
    return slope


def _nudged_with(i, shape, on):
    """Which entries the nudge moves: one, its row, its column, all before it, or all of them."""
    if on("nudges-pile-up"):
        return np.arange(np.prod(shape)).reshape(shape) <= np.ravel_multi_index(i, shape)
    if on("all-entries-nudged"):
        return (slice(None),) * len(i)
    if on("whole-row-nudged"):
        return i[:1]
    if on("whole-column-nudged"):
        return (Ellipsis, i[-1])
    return i


def _whole(slopes, W, on):
    if on("slopes-flattened"):
        return slopes.ravel()
    return slopes.T if on("gradient-transposed") else slopes


# Relative error ----------------------------------------------------------------------------------


def relative_error(a, b, slips=(), guarded=False):
    """|a - b| / max(|a|, |b|), entry by entry, and 0 for two zeros.

    guarded  divided by 1 where what divides is not above 0
    """
    on = set(slips).__contains__
    if on("absolute-error") and on("error-turned-over"):
        raise ValueError("then it is a size and no error")
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    d = np.abs(a) - np.abs(b) if on("sizes-compared") else a - b
    if on("added-instead-of-subtracted"):
        d = a + b
    plain = on("no-absolute-value") or on("divided-by-a") or on("divided-by-b")
    d = d if plain else np.abs(d)
    if on("error-squared"):
        d = d**2
    scale = _scale(a, b, on)
    scale = np.where(scale > 0, scale, 1.0) if guarded else scale
    if on("error-turned-over"):
        d, scale = scale, d
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.where((d == 0) & (scale == 0), 0.0, d / scale)
    if on("absolute-error"):
        error = d
    if on("zero-beside-a-number"):
        error = np.where((a == 0) | (b == 0), 0.0, error)
    if on("one-for-two-zeros"):
        error = np.where((a == 0) & (b == 0), 1.0, error)
    if on("in-percent"):
        error = 100 * error
    return _one_number(error, on)


def _scale(a, b, on):
    size_a, size_b = np.abs(a), np.abs(b)
    scale = np.maximum(size_a, size_b)
    for slip, other in (
        ("signed-scale", a + b), ("sizes-added", size_a + size_b),
        ("size-of-the-mean", (size_a + size_b) / 2), ("size-of-a-only", size_a),
        ("size-of-b-only", size_b), ("smaller-size", np.minimum(size_a, size_b)),
        ("larger-not-larger-size", np.maximum(a, b)), ("sizes-multiplied", size_a * size_b),
        ("largest-size-of-all", np.full_like(a, scale.max())),
        ("size-of-the-larger", np.abs(np.maximum(a, b))), ("divided-by-a", a), ("divided-by-b", b),
    ):  # fmt: skip
        if on(slip):
            scale = other
    if on("one-added-to-size"):
        scale = 1 + scale
    return scale


def _one_number(error, on):
    if on("largest-error-only"):
        return np.max(error)
    return np.mean(error) if on("errors-averaged") else error
