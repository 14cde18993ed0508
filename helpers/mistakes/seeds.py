"""The share of the seeds whose network solves a task, with slips to switch on."""

import numpy as np

SOLVED = {
    "one-right-output-enough", "outputs-counted", "examples-counted", "distances-averaged",
    "distances-summed", "E-for-the-outputs", "first-example-decides", "last-example-decides",
    "first-output-decides", "rounded-outputs", "far-outputs-counted",
}  # fmt: skip
SEEDS = {
    "positions-for-seeds", "first-seed-only", "first-seed-each-time", "last-seed-left-out",
    "first-seed-left-out", "returned-in-the-loop", "count-overwritten",
}  # fmt: skip


def share_solved(train_from, seeds, x, t, within, slips=()):
    """The share of the seeds whose trained network has all outputs near their targets."""
    on = set(slips).__contains__
    if len(SOLVED & set(slips)) > 1:
        raise ValueError("a network is judged in one way")
    if len(SEEDS & set(slips)) > 1:
        raise ValueError("the seeds are gone through in one way")
    if on("far-outputs-counted") and on("sign-of-the-error-kept"):
        raise ValueError("nothing is ever counted")
    if on("positions-for-seeds"):
        seeds = range(len(seeds))
    if on("first-seed-only"):
        seeds = seeds[:1]
    if on("first-seed-each-time"):
        seeds = [seeds[0]] * len(seeds)
    count = len(seeds)
    if on("last-seed-left-out"):
        seeds = seeds[:-1]
    if on("first-seed-left-out"):
        seeds = seeds[1:]
    marks = [_solved(train_from(seed), x, t, within, on) for seed in seeds]
    if on("returned-in-the-loop"):
        marks = marks[:1]
    if on("count-overwritten"):
        marks = marks[-1:]
    total = np.sum(marks)
    if on("unsolved-counted"):
        total = count - total
    if on("count-for-share"):
        return float(total)
    if on("divided-by-examples"):
        return total / len(t)
    if on("divided-by-hundred"):
        return total / 100
    return total / count * (100 if on("percent-for-share") else 1)


def _solved(net, x, t, within, on):
    y = net.forward(x).y
    off = y - t if on("sign-of-the-error-kept") else np.abs(y - t)
    if on("error-squared-first"):
        off = off**2
    if on("first-example-decides"):
        off = off[:1]
    if on("last-example-decides"):
        off = off[-1:]
    if on("first-output-decides"):
        off = off[:, :1]
    if on("rounded-outputs"):
        return bool((np.round(y) == np.round(t)).all())
    if on("E-for-the-outputs"):
        return net.error(x, t) < within
    if on("distances-averaged"):
        return off.mean() < within
    if on("distances-summed"):
        return off.sum() < within
    if on("far-outputs-counted"):
        return bool((off > within).all())
    near = ~(off >= within) if on("divergence-counted-as-solved") else off < within
    if on("outputs-counted"):
        return near.mean()
    if on("examples-counted"):
        return near.all(axis=1).mean()
    return bool(near.any() if on("one-right-output-enough") else near.all())
