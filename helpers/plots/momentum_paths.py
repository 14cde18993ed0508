"""The way to the minimum: on the contours of a quadratic, and as a distance that shrinks.

Momentum beside plain descent from the same start with the same eta.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import quadratic

START = (1.0, 1.0)
STEPS = 30  # of a path that is drawn
FAR, EVERY = 96, 2  # steps of the curve of distances, and how many of them lie between two points
LOWEST, HIGHEST = -5.0, 1.0  # of the distance, in powers of ten

WIDTH, HEIGHT = 420, 282
FRAME = (12, 408, 30, 274)  # left, right, top, bottom
SCALE = 104.0  # units of the picture for each unit of w
MIDDLE = ((FRAME[0] + FRAME[1]) / 2, (FRAME[2] + FRAME[3]) / 2)

FALL_HEIGHT = 176
FALL = (48, 410, 28, 132)

INK = {
    "contour": "fill:none;stroke:var(--bp-line);stroke-width:1.2",
    "momentum": "fill:none;stroke:var(--bp-velocity);stroke-width:2;stroke-linejoin:round",
    "momentum-dots": "fill:none;stroke:var(--bp-velocity);stroke-width:6;stroke-linecap:round",
    "plain": "fill:none;stroke:var(--bp-gradient);stroke-width:2",
    "plain-dots": "fill:none;stroke:var(--bp-gradient);stroke-width:5;stroke-linecap:round",
    "predicted": "fill:none;stroke:var(--bp-text);stroke-width:1.2;stroke-dasharray:5 4",
    "grid": "fill:none;stroke:var(--bp-line);stroke-width:1",
    "minimum": "fill:none;stroke:var(--bp-text);stroke-width:2",
    "start": "fill:var(--bp-paper);stroke:var(--bp-text);stroke-width:2",
}
NAMES = {"plain": "plain descent", "momentum": "momentum"}


@dataclass(frozen=True)
class Runs:
    """Momentum and plain descent on one quadratic, from START, with their factors."""

    a: tuple[float, float]
    eta: float
    mu: float
    nesterov: bool = False

    def path(self, who: str, steps: int = STEPS) -> np.ndarray:
        """(steps + 1, 2)."""
        mu = self.mu if who == "momentum" else 0.0
        return quadratic.iterate(self.a, START, self.eta, mu, steps, self.nesterov and mu > 0)

    def factor(self, who: str) -> float:
        mu = self.mu if who == "momentum" else 0.0
        return float(quadratic.factor(self.a, self.eta, mu, self.nesterov and mu > 0))

    def fall(self, who: str) -> np.ndarray:
        """log10 of the distance to the minimum after 0, EVERY, ... FAR steps."""
        with np.errstate(divide="ignore"):
            return np.log10(np.linalg.norm(self.path(who, FAR)[::EVERY], axis=1))

    def predicted(self, who: str) -> float:
        """log10 of the distance after FAR steps if each had shrunk it by the factor."""
        with np.errstate(divide="ignore"):
            return float(np.log10(np.hypot(*START)) + FAR * np.log10(self.factor(who)))


def contours(a) -> str:
    """Ellipses of equal f, with the start and the minimum."""
    body = []
    for k in range(1, 11):
        rx, ry = (SCALE * 0.24 * k * np.sqrt(max(a) / each) for each in a)
        body.append(
            f'<ellipse style="{INK["contour"]}" cx="{MIDDLE[0]:g}" cy="{MIDDLE[1]:g}" '
            f'rx="{rx:.1f}" ry="{ry:.1f}"/>'
        )
    x, y = MIDDLE
    cross = f'<path style="{INK["minimum"]}" d="M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10"/>'
    return _clipped("".join(body) + cross, FRAME)


def place(w) -> tuple[float, float]:
    """Where a point (w_1, w_2) lies in the picture."""
    far = 3.2767  # beyond it, a table of the lab does not go
    w = np.clip(w, -far, far)
    return MIDDLE[0] + SCALE * float(w[0]), MIDDLE[1] - SCALE * float(w[1])


def paths(runs: Runs, names=NAMES) -> str:
    """Both runs, step by step, with a key."""
    body = []
    for who in ("plain", "momentum"):
        points = [place(w) for w in runs.path(who)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points[1:])
        body.append(f'<polyline data-c="{who}" style="{INK[who]}" points="{line}"/>')
        body.append(f'<path data-c="{who}-dots" style="{INK[f"{who}-dots"]}" d="{dots}"/>')
    x, y = place(START)
    start = f'<circle style="{INK["start"]}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    frame = "M{0} {2}H{1}V{3}H{0}z".format(*FRAME)
    edge = f'<path style="{INK["grid"]}" d="{frame}"/>'
    words = [_text(x + 9, y - 7, "start", "start", "small halo")]
    words.append(_text(FRAME[1] - 6, MIDDLE[1] - 6, _letter("w", 1), "end", "small halo"))
    words.append(_text(MIDDLE[0] + 7, FRAME[2] + 16, _letter("w", 2), "start", "small halo"))
    return _clipped("".join(body) + start, FRAME) + edge + "".join(words) + _key(names)


def fall(runs: Runs) -> str:
    """The distance over the steps, in powers of ten, and the slope that the factor predicts."""
    body, lines = [_fall_axes()], []
    for who in ("plain", "momentum"):
        points = " ".join(
            "{:.1f},{:.1f}".format(*fall_place(EVERY * k, d)) for k, d in enumerate(runs.fall(who))
        )
        ends = [fall_place(0, np.log10(np.hypot(*START))), fall_place(FAR, runs.predicted(who))]
        d = "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*ends[0], *ends[1])
        lines.append(f'<polyline data-c="{who}-fall" style="{INK[who]}" points="{points}"/>')
        lines.append(f'<path data-c="{who}-predicted" style="{INK["predicted"]}" d="{d}"/>')
    return "".join(body) + _clipped("".join(lines), FALL)


def fall_place(step: float, log_distance: float) -> tuple[float, float]:
    left, right, top, bottom = FALL
    d = min(max(float(log_distance), -32.767), 32.767)
    share = (HIGHEST - d) / (HIGHEST - LOWEST)
    return left + (right - left) * step / FAR, top + (bottom - top) * share


def _fall_axes() -> str:
    left, right, top, bottom = FALL
    body = []
    for power, name in ((1, "10"), (0, "1"), (-2, "10⁻²"), (-4, "10⁻⁴")):
        y = fall_place(0, power)[1]
        body.append(f'<path style="{INK["grid"]}" d="M{left} {y:.1f}H{right}"/>')
        body.append(_text(left - 6, y + 4, name, "end"))
    steps = (0, 24, 48, 72, 96)
    body += [_text(fall_place(step, 0)[0], bottom + 18, f"{step}") for step in steps]
    body.append(f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>')
    body.append(_text(8, 16, "distance to the minimum; dashed: the slope of its factor", "start"))
    body.append(_text(right, bottom + 36, "steps", "end"))
    return "".join(body)


def _key(names) -> str:
    body, x = [], FRAME[0]
    for who in ("momentum", "plain"):
        body.append(f'<path style="{INK[who]}" d="M{x} 15h22"/>')
        body.append(f'<path style="{INK[f"{who}-dots"]}" d="M{x + 11} 15h0"/>')
        body.append(f'<text x="{x + 29}" y="19" class="small" style="text-anchor:start" '
                    f'data-c="{who}-name">{names[who]}</text>')  # fmt: skip
        x += 190
    return "".join(body)


def _letter(letter: str, index: int) -> str:
    return f'<tspan class="it">{letter}</tspan><tspan dy="3" font-size="75%">{index}</tspan>'


def _clipped(body: str, frame) -> str:
    left, right, top, bottom = frame
    width, height = right - left, bottom - top
    return (
        f'<svg x="{left}" y="{top}" width="{width}" height="{height}" '
        f'viewBox="{left} {top} {width} {height}">{body}</svg>'
    )


def _text(x, y, body: str, anchor: str = "middle", css: str = "small") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}" style="text-anchor:{anchor}">{body}</text>'
