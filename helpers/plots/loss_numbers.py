"""The numbers behind the pictures of the losses, and where in the picture they lie.

Everything is vectorised: settings come as columns of length k, and so does each quantity.
"""

from __future__ import annotations

import numpy as np

from ..activations import ACTIVATIONS, softmax
from ..losses import LOSSES

LOSS_NAMES = ("squared", "log")
GRID = np.round(np.arange(0.01, 0.995, 0.01), 10)  # where the curves are drawn

WIDTH, AXIS = 390, 40  # both pictures, in their own units

# Half 1: y = 0 and 1 lie at X, e = 0 and 5 at Y.
X = (74.0, 350.0)
Y = (244.0, 44.0)
MOST = 5.0
REACH = 34.0  # half the length of a tangent
HEAD = 9.0

# Half 2: p = 0 and 1.
P = (270.0, 62.0)
LANE, CROSS = 16.0, 13.0  # from the edge of a bar to its arrow, and on to the target
ASIDE = LANE + CROSS + 5


def one_output(y, t) -> dict[str, np.ndarray]:
    """z = sigma^-1(y), and for both losses e, de/dy and de/dz = de/dy sigma'(z)."""
    y, t = np.broadcast_arrays(np.asarray(y, float), np.asarray(t, float))
    z = np.log(y) - np.log1p(-y)
    found = {"y": y, "t": t, "z": z}
    for name in LOSS_NAMES:
        slope_z = np.empty_like(z)
        LOSSES[name].delta(y, t, z, ACTIVATIONS["sigmoid"], slope_z)
        found[f"e_{name}"] = LOSSES[name].errors(y, t, z)
        found[f"dy_{name}"] = slope_z / (y * (1 - y))
        found[f"dz_{name}"] = slope_z
    return found


def class_numbers(z, t, names) -> dict[str, np.ndarray]:
    """p = softmax(z), the cross-entropy E, and dE/dz = p - t; z and t are (k, classes)."""
    p = softmax(z)
    slopes = np.empty_like(p)
    loss = LOSSES["cross-entropy"]
    loss.delta(p, t, z, ACTIVATIONS["softmax"], slopes)
    found = {"E": loss.errors(p, t, z).sum(axis=-1)}
    for letter, rows in {"z": z, "p": p, "t": t, "slope": slopes}.items():
        found.update({f"{letter}_{name}": rows[:, k] for k, name in enumerate(names)})
    return found


def places(name: str) -> int:
    """Decimals of a quantity; lengths in the picture have one."""
    letter = name.partition("_")[0]
    if letter in ("e", "E"):
        return 6
    if letter in ("dy", "dz", "p", "slope") or name == "z":
        return 4
    if name in ("y", "t") or letter == "z":
        return 2
    return 0 if letter in ("c", "t") else 1


# ---- places in the pictures


def level(share, low_high):
    low, high = low_high
    return low + (high - low) * np.asarray(share, float)


def _arrow(name: str, x, y, dx, dy, size) -> dict[str, np.ndarray]:
    """An arrow head with its tip at (x, y), pointing along the unit vector (dx, dy)."""
    back_x, back_y, half = x - size * dx, y - size * dy, 0.42 * size
    return {
        f"tip_x_{name}": x,
        f"tip_y_{name}": y,
        f"end_x_{name}": back_x,
        f"end_y_{name}": back_y,
        f"left_x_{name}": back_x - half * dy,
        f"left_y_{name}": back_y + half * dx,
        f"right_x_{name}": back_x + half * dy,
        f"right_y_{name}": back_y - half * dx,
    }


def tangent(name: str, x, y, slope) -> dict[str, np.ndarray]:
    """A tangent through the picture's point (x, y), its head pointing downhill."""
    steep = slope * (Y[1] - Y[0]) / MOST / (X[1] - X[0])  # in picture units; up is negative
    downhill = np.where(slope > 0, -1.0, 1.0)
    dx = downhill / np.hypot(1.0, steep)
    dy = steep * dx
    size = np.where(slope == 0, 0.0, HEAD)
    tail = {f"tail_x_{name}": x - REACH * dx, f"tail_y_{name}": y - REACH * dy}
    return {**tail, **_arrow(name, x + REACH * dx, y + REACH * dy, dx, dy, size)}


def curve_places(found) -> dict[str, np.ndarray]:
    """The points, tangents and curves of `one_output`, and where the curves' names stand."""
    t = found["t"]
    at = {"x_y": level(found["y"], X), "x_t": level(t, X)}
    curves = one_output(GRID, t[:, None])
    for name in LOSS_NAMES:
        y = at[f"y_{name}"] = level(found[f"e_{name}"] / MOST, Y)
        at.update(tangent(name, at["x_y"], y, found[f"dy_{name}"]))
        heights = level(curves[f"e_{name}"] / MOST, Y)
        at.update({f"{name}_{i}": heights[:, i] for i in range(len(GRID))})
        at.update(_name_place(name, t, heights))
    return at


def _name_place(name: str, t, heights) -> dict[str, np.ndarray]:
    """The name stands above its curve (no tangent gets there), on the side away from t."""
    near, half, lift = {"squared": (13, 40, 6), "log": (19, 38, 4)}[name]
    left = t >= 0.5
    column = np.where(left, near, len(GRID) - 1 - near)
    x = level(GRID[column], X)
    return {
        f"name_x_{name}": np.where(left, x + half, x - half),
        f"name_y_{name}": heights[np.arange(len(t)), column] - lift,
    }


def columns(count: int, aimed: bool = True) -> list[float]:
    """The middles of the bars; `aimed`, with room for an arrow to the right of each."""
    width = (WIDTH - AXIS - 12) / count
    return [round(AXIS + 6 + width * (k + 0.5) - aimed * ASIDE / 2, 1) for k in range(count)]


def bar_half(count: int) -> float:
    """Half the width of a bar."""
    return min(26.0, round(0.22 * (WIDTH - AXIS) / count, 1))


def bar_places(p, t, names) -> dict[str, np.ndarray]:
    """Bars of p, with arrows to the target t: as long as the slope p - t, and pointing downhill."""
    at, half = {}, bar_half(len(names))
    for k, (name, middle) in enumerate(zip(names, columns(len(names)))):
        top, aim = level(p[:, k], P), level(t[:, k], P)
        at[f"bar_{name}"], at[f"high_{name}"] = top, P[0] - top
        at[f"over_{name}"], at[f"aim_{name}"] = top - 7, aim
        size = np.minimum(HEAD, np.abs(aim - top))
        lane, still = np.full_like(top, middle + half + LANE), np.zeros_like(top)
        at.update(_arrow(name, lane, aim, still, np.sign(aim - top), size))
    return at
