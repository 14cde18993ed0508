"""The training loop and what is built from it, with slips to switch on.

The same plan as in the other modules: without slips the right result, and each slip beside the
line that it spoils. What is trained comes in as functions, `step(w)` or `step(w, x, t)`, so that
nothing here depends on a network.
"""

from __future__ import annotations

import numpy as np

# Count the updates -------------------------------------------------------------------------------


def updates(n, size, epochs, slips=()):
    """The number of updates online, with mini-batches of `size`, and with the whole set."""
    on = set(slips).__contains__
    parts = -(-n // size)
    if on("last-batch-dropped"):
        parts = n // size
    if on("updates-not-whole"):
        parts = n / size
    if on("size-for-number"):
        parts = size
    if on("last-batch-for-all"):
        parts = n - n // size * size
    online, whole = n, 1
    if on("online-as-one-update"):
        online = 1
    if on("whole-set-as-single-examples"):
        whole = n
    if on("online-and-batch-exchanged"):
        online, whole = whole, online
    rounds = 1 if on("epochs-forgotten") else epochs
    middle = parts * rounds
    if on("rounded-at-the-end"):
        middle = -(-n * rounds // size)
    if on("rounded-down-at-the-end"):
        middle = n * rounds // size
    return np.array([online * rounds, middle, whole * rounds], dtype=float)


# The loop with its stop rule ---------------------------------------------------------------------

STOPS = {
    "threshold-ignored", "error-of-the-start-only", "comparison-turned", "change-for-error",
    "stopped-when-E-rises", "single-step-only", "step-not-kept",
}  # fmt: skip


def until(step, error, w, below, at_most, slips=()):
    """w and the number of steps when error(w) is below a threshold; at most so many steps."""
    on = set(slips).__contains__
    if len(STOPS & set(slips)) > 1:
        raise ValueError("a loop has one reason to stop")
    if on("single-step-only"):
        return step(w), 1 + on("steps-counted-from-one")
    start, before, steps = w, w, 0
    limit = at_most + on("loop-too-long") - on("loop-too-short")
    if on("limit-ignored"):
        limit = 1000
    first = E = error(w)
    last = np.inf
    while steps < limit:
        if on("error-of-the-start-only"):
            E = first
        skip = on("stepped-before-looking") and steps == 0
        if not skip and _reason(E, last, below, on):
            break
        last, before = E, w
        if not on("step-not-kept"):
            w = step(start if on("steps-from-the-start") else w)
        E = error(w)
        steps += 1
    if on("weights-before-the-last-step"):
        w = before
    if on("weights-of-the-start"):
        w = start
    if on("steps-that-are-left"):
        steps = at_most - steps
    return w, steps + on("steps-counted-from-one")


def _reason(E, last, below, on):
    """Is it time to stop?"""
    if not np.isfinite(E):
        unseen = "nan-unseen" if np.isnan(E) else "infinity-unseen"
        return not (on("divergence-unseen") or on(unseen))
    if on("threshold-ignored"):
        return False
    if on("comparison-turned"):
        return E > below
    if on("change-for-error"):
        return abs(last - E) < below
    if on("stopped-when-E-rises") and E > last:
        return True
    return E <= below if on("stopped-at-the-threshold") else E < below


# One epoch of mini-batches -----------------------------------------------------------------------

CUTS = {
    "last-batch-dropped", "size-for-number", "size-ignored", "whole-set-at-once",
    "batches-overlap", "one-example-left-out", "first-batch-only", "first-batch-each-time",
    "last-batch-filled-up", "last-batch-wrapped", "batches-evened-out", "batches-reversed",
    "last-batch-only", "first-example-left-out", "one-example-too-many",
}  # fmt: skip


def one_epoch(w, x, t, order, size, step, slips=()):
    """w after one update for each batch of the shuffled examples, every example once."""
    on = set(slips).__contains__
    if len(CUTS & set(slips)) > 1:
        raise ValueError("the examples are cut in one way")
    if on("order-turned-round"):
        order = np.argsort(order)
    if on("order-ignored"):
        order = np.arange(len(order))
    if on("shuffled-twice"):
        order = order[order]
    start, results = w, []
    for batch in _batches(order, size, on):
        x_rows = y_rows = batch
        if on("targets-not-shuffled"):
            y_rows = _places(batch, order)
        if on("inputs-not-shuffled"):
            x_rows = _places(batch, order)
        new = step(start if on("each-batch-from-the-start") else w, x[x_rows], t[y_rows])
        if on("step-result-subtracted"):
            new = w - new
        w = w + new if on("step-result-added") else new
        results.append(w)
    return np.mean(results, axis=0) if on("results-averaged") else w


def _places(batch, order):
    """Where the examples of a batch stand in the order: what `t[a:b]` without it would take."""
    return np.argsort(order)[batch]


def _batches(order, size, on):
    n = len(order)
    whole = n // size * size
    cuts = [order[a : a + size] for a in range(0, n, size)]
    if on("last-batch-dropped"):
        cuts = [order[a : a + size] for a in range(0, whole, size)]
    if on("size-for-number"):
        cuts = np.array_split(order, size)
    if on("size-ignored"):
        cuts = [order[[a]] for a in range(n)]
    if on("whole-set-at-once"):
        cuts = [order]
    if on("batches-overlap"):
        cuts = [order[a : a + size] for a in range(n)]
    if on("one-example-left-out"):
        cuts = [c for c in (order[a : a + size - 1] for a in range(0, n, size)) if len(c)]
    if on("one-example-too-many"):
        cuts = [order[a : a + size + 1] for a in range(0, n, size)]
    if on("first-example-left-out"):
        cuts = [order[a : a + size] for a in range(1, n, size)]
    if on("last-batch-filled-up"):
        cuts[-1] = order[-size:]
    if on("last-batch-wrapped"):
        cuts[-1] = np.resize(np.roll(order, -whole), size) if n > whole else cuts[-1]
    if on("batches-evened-out"):
        cuts = np.array_split(order, len(cuts))
    if on("batches-reversed"):
        cuts = cuts[::-1]
    if on("first-batch-only"):
        cuts = cuts[:1]
    if on("last-batch-only"):
        cuts = cuts[-1:]
    return cuts[:1] * len(cuts) if on("first-batch-each-time") else cuts


# Hidden units in another order -------------------------------------------------------------------


def permuted(W, U, order, slips=()):
    """The same network with its hidden units in another order: unit k is the old order[k]."""
    on = set(slips).__contains__
    if on("hidden-order-reversed"):
        order = np.arange(len(order))[::-1]
    if on("order-turned-round"):
        order = np.argsort(order)
    in_W = np.argsort(order) if on("order-turned-round-in-W") else order
    in_U = np.argsort(order) if on("order-turned-round-in-U") else order
    W_new, U_new = W[:, in_W], U[np.append(0, 1 + in_U)]
    if on("hidden-biases-not-moved"):
        W_new[0] = W[0]
    if on("rows-of-W-moved"):
        W_new = W[in_W]
    if on("columns-of-U-moved"):
        U_new = U[:, in_U]
    if on("bias-row-counted-as-unit"):
        U_new = U[in_U]
    if on("bias-row-lost"):
        U_new = U_new[1:]
    if on("bias-row-at-the-end"):
        U_new = np.roll(U_new, -1, axis=0)
    if on("unit-rows-one-early"):
        U_new = np.vstack([U[:1], U[in_U]])
    if on("overwritten-while-reading"):
        W_new, U_new = W.copy(), U.copy()
        for k, j in enumerate(order):
            W_new[:, k], U_new[k + 1] = W_new[:, j], U_new[j + 1]
    if on("only-biases-of-W-moved"):
        W_new = np.vstack([W_new[:1], W[1:]])
    return (
        W if on("only-U-reordered") else W_new,
        U if on("only-W-reordered") else U_new,
    )


# The largest stable learning rate ----------------------------------------------------------------


ASKED = {
    "lower-end-tried", "stable-not-called", "halves-exchanged", "middle-not-renewed",
    "first-halving-only", "both-ends-moved",
}  # fmt: skip


def largest_eta(stable, low, high, halvings, slips=()):
    """The lower end after so many halvings of an interval that holds the limit."""
    on = set(slips).__contains__
    if len(ASKED & set(slips)) > 1:
        raise ValueError("one rate is tried, in one way")
    rounds = halvings + on("one-halving-too-many") - on("one-halving-too-few")
    rounds = min(rounds, 1) if on("first-halving-only") else rounds
    middle = (low + high) / 2
    for k in range(rounds):
        if not (on("middle-not-renewed") and k):
            middle = _middle(low, high, on)
        tried = low if on("lower-end-tried") else middle
        good = on("stable-not-called") or bool(stable(tried)) != on("halves-exchanged")
        if good and not on("only-high-moves"):
            low = middle
        if (not good or on("both-ends-moved")) and not on("only-low-moves"):
            high = middle
        if not good and on("stopped-at-the-first-unstable"):
            break
    if on("upper-end-returned"):
        return high
    if on("last-middle-returned"):
        return middle
    return (low + high) / 2 if on("new-middle-returned") else low


def _middle(low, high, on):
    if on("difference-for-middle"):
        return (high - low) / 2
    if on("root-for-middle"):
        return np.sqrt(low * high)
    if on("only-one-end-halved"):
        return low + high / 2
    if on("half-of-the-upper-end"):
        return high / 2
    return (low + high) / 2
