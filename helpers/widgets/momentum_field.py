"""Every run that the momentum lab can show, computed ahead of time for a grid of eta and mu.

The browser draws a point's runs by looking them up; it computes none. Points of a path and
distances are whole numbers of 2 bytes (`WHOLE` of them to the unit), factors have all their digits.
"""

from __future__ import annotations

import numpy as np

from .. import quadratic
from ..plots.momentum import steps_for_a_digit
from ..plots.momentum_paths import EVERY, FAR, START, STEPS

WHOLE = {"w": 10_000, "distance": 1000}  # a path to 4 decimals, log10 of a distance to 3
MOST = 32767
KINDS = (False, True)  # classical, Nesterov
CREEPS, SWINGS, FLIPS, GROWS, STAYS = range(5)  # what one w_i does


def field(a, etas, mus) -> dict:
    """Tables of shape (kind, eta, mu, ...), as `bytes`.

    runs      w_1 and w_2 after 1, ... STEPS steps, log10 of the distance after EVERY, ... FAR
              steps, and where the factor's slope would bring it after FAR; "<i2"
    factor    the spectral radius, for both curvatures together and for each, "<f8"
    steps     how many steps make the distance ten times smaller, 0 where none do, "<i4"
    manners   what w_1 and w_2 do: CREEPS, SWINGS, ..., "u1"
    """
    eta, mu = np.asarray(etas, float)[:, None], np.asarray(mus, float)[None, :]
    each = np.stack([_of_kind(quadratic.factors, a, eta, mu, kind) for kind in KINDS])
    under = np.stack([_of_kind(quadratic.discriminant, a, eta, mu, kind) for kind in KINDS])
    together = each.max(axis=-1)
    runs = np.stack([_runs(a, eta, mu, kind, together[k]) for k, kind in enumerate(KINDS)])
    factor = np.concatenate([together[..., None], each], axis=-1)
    return {
        "runs": runs.astype("<i2").tobytes(),
        "factor": factor.astype("<f8").tobytes(),
        "steps": np.asarray(steps_for_a_digit(together)).astype("<i4").tobytes(),
        "manners": _manners(a, eta, mu, each, under).astype("u1").tobytes(),
        "shape": [len(KINDS), eta.size, mu.size, runs.shape[-1]],
    }


def _of_kind(function, a, eta, mu, nesterov):
    return np.stack([function(each, eta, mu, nesterov) for each in a], axis=-1)


def _runs(a, eta, mu, nesterov, factor):
    with np.errstate(divide="ignore"):
        path = quadratic.iterate(a, START, eta, mu, FAR, nesterov)
        distance = np.log10(np.linalg.norm(path[..., EVERY::EVERY, :], axis=-1))
        end = np.log10(np.hypot(*START)) + FAR * np.log10(factor)
    w = np.moveaxis(path[..., 1 : STEPS + 1, :], -1, -2)
    w = w.reshape(*factor.shape, 2 * STEPS) * WHOLE["w"]
    logs = np.concatenate([distance, end[..., None]], axis=-1) * WHOLE["distance"]
    return np.rint(np.concatenate([w, logs], axis=-1)).clip(-MOST, MOST)


def _manners(a, eta, mu, factors, under):
    """(kind, eta, mu, 2). The sign of the trace is that of the larger eigenvalue."""
    x = eta[..., None] * np.asarray(a)
    m = mu[..., None]
    trace = np.stack([1 + m - x, (1 + m) * (1 - x)])
    real = np.where(trace < 0, FLIPS, CREEPS)
    stays = np.abs(factors - 1) < 5e-10
    cases = [stays, factors > 1, under < 0]
    return np.select(cases, [STAYS, GROWS, SWINGS], real)
