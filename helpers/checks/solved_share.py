"""Exercise 8.7: the share of the seeds that solve a task, with networks of known outputs."""

import functools

import numpy as np

from helpers.mistakes import seeds as share
from helpers.network import Network

from .exercise import Case, FunctionExercise, Special
from .generic import numbers

NEAR, FAR = 0.5, 2.6  # distances, in units of `within`


class Trained:
    """train_from for networks whose outputs are given: y is `off` away from t, times `within`."""

    def __init__(self, t, within, offs):
        self.t, self.within, self.offs, self.nets = t, within, offs, {}

    def __call__(self, seed):
        if np.ndim(seed):
            raise TypeError("train_from takes one seed at a time")
        seed, t = int(seed), self.t
        if seed not in self.nets:
            empty = np.zeros((len(t) + 1, t.shape[1]))
            self.nets[seed] = Network([empty], output="identity")
        net = self.nets[seed]
        net.W[1:] = t + self.within * self.offs.get(seed, FAR)  # as new, whatever was done to it
        net.W[0] = 0
        return net


def _share(seeds, n, n_out, within, kinds, first):
    """One case: for each seed the kind of its outputs; x has a 1 for each example."""
    t = (numbers((n, n_out), first) > 0).astype(float)
    offs = {seed: _off(kind, (n, n_out)) for seed, kind in zip(seeds, kinds, strict=True)}
    name = f"{len(seeds)} seeds and {n} examples"
    return Case(name, (Trained(t, within, offs), seeds, np.eye(n), t, within))


def _off(kind, shape):
    """How far the outputs are from t, in units of `within`."""
    near = NEAR * np.resize([1.0, -1.0, -0.6, 0.8, -0.7], shape)
    off = near.copy()
    if kind == "one low":
        off[1, -1] = -FAR
    if kind == "one high":
        off[0, -1] = FAR
    if kind == "far":
        off = FAR * np.sign(near)
    if kind == "low":
        off = -FAR + 0.1 * near
    if kind == "first right":
        off[1:] = FAR * np.sign(near[1:])
    if kind == "last right":
        off[:-1] = FAR * np.sign(near[:-1])
    if kind == "first output right":
        off[:, 1:] = 1.5 * np.sign(near[:, 1:])
    if kind == "just too far":
        off = 1.7 * np.sign(near)
    if kind == "tiny":
        off = 0.02 * near
    if kind == "diverged":
        off = np.full(shape, np.nan)
    if kind == "one NaN":
        off[-1, 0] = np.nan
    return off


KINDS = {
    "n": "near", "t": "tiny", "l": "one low", "h": "one high", "f": "far", "L": "low",
    "1": "first right", "2": "last right", "o": "first output right", "j": "just too far",
    "d": "diverged", "N": "one NaN",
}  # fmt: skip


def _mixed(seeds, n, n_out, within, letters, first):
    return _share(seeds, n, n_out, within, [KINDS[letter] for letter in letters], first)


@functools.cache
def _share_cases():
    return [
        _mixed([5, 9, 2], 4, 1, 0.1, "tln", 841),
        _mixed([3, 11, 7, 4, 8], 3, 2, 0.2, "tnNot", 842),
        _mixed([12, 6, 0, 9, 15, 3, 20], 5, 2, 0.05, "n1Lh2jf", 843),
        _mixed(range(4, 12), 6, 3, 0.15, "fnodnl1t", 844),
        _mixed(range(2, 13), 4, 2, 0.25, "dLthj1t2fot", 845),
        _mixed([31, 7, 2, 19, 5, 23, 3, 13, 29, 11, 17, 37, 41], 2, 3, 0.1, "l1hdnjLotf2nd", 846),
        _mixed([6, 1, 14], 5, 1, 0.3, "hnt", 847),
        _mixed([9, 3, 4, 27], 3, 3, 0.1, "1tfn", 848),
        _mixed([8, 18], 6, 2, 0.2, "2L", 849),
        _mixed([10, 7, 16], 2, 2, 0.05, "ojn", 850),
        _mixed([22, 1, 2, 5, 6], 7, 1, 0.1, "jnnf1", 851),
        _mixed([13, 3], 4, 3, 0.15, "Lt", 852),
    ]


SHARE = FunctionExercise(
    id="8.7",
    title="The share that solves it",
    stars=3,
    section="Start from a hundred seeds",
    hand_in="share_solved",
    usage="share_solved(train_from, seeds, x, t, within)",
    reference=share.share_solved,
    cases=_share_cases,
    compared="twelve sets of seeds with networks of known outputs, some of them diverged",
    praise="Your share is right: all outputs near, or not solved",
    slips=(
        "one-right-output-enough", "outputs-counted", "examples-counted", "distances-averaged",
        "distances-summed", "E-for-the-outputs", "first-example-decides", "last-example-decides",
        "first-output-decides", "rounded-outputs", "sign-of-the-error-kept",
        "error-squared-first", "divergence-counted-as-solved", "positions-for-seeds",
        "first-seed-only", "first-seed-each-time", "last-seed-left-out", "first-seed-left-out",
        "unsolved-counted", "count-for-share", "divided-by-examples", "percent-for-share",
        "returned-in-the-loop", "count-overwritten", "divided-by-hundred", "far-outputs-counted",
    ),
    wrong=lambda slips, *a: share.share_solved(*a, slips),
    specials=(
        Special(
            lambda train_from, seeds, x, t, within: (train_from, seeds, x, t, within / 4),
            unmoved="`within` has no influence on your result.",
        ),
    ),
    alike=(("first-seed-only", "first-seed-each-time"),),
)  # fmt: skip
