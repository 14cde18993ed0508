"""Slopes along a chain: the slope of the sigmoid, and what becomes of many of them."""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid, sigmoid_prime
from ..chart import Chart, Line, Point, figure
from ..diagram import number


def sigmoid_slope(ax=None, mark=None):
    """sigma(z) and its slope from -6 to 6; `mark={"z": 1.1}` puts a point on the slope there."""
    z = np.linspace(-6, 6, 121)
    points = [
        Point(float(v), float(sigmoid_prime(v)), f"slope {number(sigmoid_prime(v), 4)}", "gradient")
        for v in (mark or {}).values()
    ]
    chart = Chart(
        "net input z",
        "value, slope",
        [
            Line(z, sigmoid(z), "hidden", label="σ(z)", label_at=102),
            Line(z, sigmoid_prime(z), "gradient", label="σ′(z)", label_at=96),
        ],
        points,
        (-6, -3, 0, 3, 6),
        (0, 0.25, 0.5, 0.75, 1),
    )
    where = "".join(
        f" At {name} = {number(p.x, 4)} the slope is {number(p.y, 4)}."
        for name, p in zip(mark or {}, points)
    )
    alt = (
        "The sigmoid rises from 0 to 1. Its slope is a low hill: almost 0 at z = −6, one quarter "
        f"at z = 0, almost 0 again at z = 6.{where}"
    )
    caption = (
        "The slope of the sigmoid is never more than one quarter, and nearly 0 far from z = 0."
    )
    return figure(chart, caption, alt, ax)


def slopes_of_sigmoids(w: float, count: int) -> np.ndarray:
    """The slope at w of 1, 2, ..., count sigmoids in a row."""
    values = [w]
    for _ in range(count - 1):
        values.append(float(sigmoid(values[-1])))
    return np.cumprod(sigmoid_prime(np.array(values)))


def vanishing(w: float = 0.5, count: int = 10, ax=None):
    """The slope of 1 to `count` sigmoids in a row, and its bound (1/4)^n, in powers of ten."""
    n = np.arange(1, count + 1)
    slopes = np.log10(slopes_of_sigmoids(w, count))
    bound = n * np.log10(0.25)
    half = count // 2
    chart = Chart(
        "number of sigmoids n",
        "slope, as a power of ten",
        [
            Line(n, bound, "muted", True, label="(1/4)ⁿ", label_at=half + 1),
            Line(n, slopes, "gradient"),
        ],
        [Point(float(k), float(v), "", "gradient") for k, v in zip(n, slopes)],
        tuple(range(1, count + 1)),
        tuple(range(-2 * int(np.ceil(-slopes.min() / 2)), 1, 2)),
    )
    caption = "Each further sigmoid divides the slope by four or more."
    alt = (
        f"The slope of n sigmoids in a row falls along a straight line on a scale of powers of "
        f"ten, from 10 to the power of {number(slopes[0], 1)} for one sigmoid to 10 to the power "
        f"of {number(slopes[-1], 1)} for {count}. It stays below one quarter to the power of n."
    )
    return figure(chart, caption, alt, ax)


def chains(weights=(6.0, 4.0, 1.0), count: int = 10, ax=None):
    """The slope of 1 to `count` links u * sigma'(0), one line for each u, lettered A, B, C, ...

    Each link is a weight u and a sigmoid whose bias keeps its net input at 0.
    """
    n = np.arange(1, count + 1)
    letters = "ABCDEFGH"[: len(weights)]
    lines = {letter: n * np.log10(u * sigmoid_prime(0.0)) for letter, u in zip(letters, weights)}
    high = max(float(v.max()) for v in lines.values())
    low = min(float(v.min()) for v in lines.values())
    chart = Chart(
        "number of links n",
        "slope, as a power of ten",
        [Line(n, v, "gradient", label=letter, label_at=count - 2) for letter, v in lines.items()],
        [],
        tuple(range(1, count + 1)),
        tuple(range(2 * int(np.floor(low / 2 + 0.1)), 2 * int(np.ceil(high / 2)) + 1, 2)),
    )
    told = " ".join(
        f"Line {letter} {_course(v)} 10 to the power of {number(v[-1], 1)} after {count} links."
        for letter, v in lines.items()
    )
    caption = "Three chains of sigmoids with a weight u between them, each with its own u."
    return figure(chart, caption, f"Three straight lines on a scale of powers of ten. {told}", ax)


def _course(values) -> str:
    change = float(values[-1] - values[0])
    if abs(change) < 1e-9:
        return "stays flat, at"
    return "rises to" if change > 0 else "falls to"
