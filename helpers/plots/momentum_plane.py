"""The eta-mu plane of a quadratic as a map: how fast momentum converges, and where it does not.

Bands of equal factor are exact (`quadratic.within`); the lab and the figure are this same SVG.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import diagram, quadratic, style

WIDTH, HEIGHT = 420, 344
LEFT, RIGHT, TOP, BOTTOM = 48, 410, 30, 292
REACH = 4.2  # eta goes up to this, divided by the larger curvature
# factor -> how strong its band is painted, from what converges at all to the fastest
LEVELS = {1.0: 0.07, 0.95: 0.18, 0.9: 0.3, 0.8: 0.42, 0.7: 0.56, 0.5: 0.74, 0.3: 0.95}
ROWS = 401

INK = {
    "limit": "fill:none;stroke:var(--bp-text);stroke-width:2",
    "contour": "stroke:var(--bp-paper);stroke-width:1",
    "hatch": "fill:none;stroke:var(--bp-line);stroke-width:1.4",
    "critical": "fill:none;stroke:var(--bp-text);stroke-width:1.3;stroke-dasharray:5 4",
    "best": "fill:var(--bp-paper);stroke:var(--bp-text);stroke-width:2",
    "cross": "fill:none;stroke:var(--bp-text);stroke-width:1;stroke-dasharray:2 3",
    "point": "fill:var(--bp-velocity);stroke:var(--bp-text);stroke-width:2",
    "plain": "fill:var(--bp-gradient);stroke:var(--bp-text);stroke-width:1.5",
}


@dataclass(frozen=True)
class Plane:
    """The map for curvatures a = (a1, a2) and one kind of momentum."""

    a: tuple[float, float]
    nesterov: bool = False

    @property
    def farthest(self) -> float:
        """The largest eta that is shown."""
        return REACH / max(self.a)

    def at(self, eta, mu) -> tuple:
        """Where (eta, mu) lies in the picture."""
        return LEFT + (RIGHT - LEFT) * eta / self.farthest, BOTTOM - (BOTTOM - TOP) * mu

    def outline(self, level: float) -> np.ndarray | None:
        """The edge of the region whose factor is at most `level`, as (eta, mu); None if empty."""
        mu = np.linspace(0, 1, ROWS)
        low, high = quadratic.within(level, self.a, mu, self.nesterov)
        there = low <= high
        if not there.any():
            return None
        mu, low, high = mu[there], np.maximum(low[there], 0), high[there]
        return np.vstack([np.stack([low, mu], 1), np.stack([high, mu], 1)[::-1]])

    # ---- the picture

    def ground(self) -> str:
        """Everything that stands still, for these curvatures."""
        return _clipped(self._hatch() + self._bands() + self._critical()) + "".join(
            (self._axes(), self._names(), self._best())
        )

    def marks(self, eta: float, mu: float) -> str:
        """The point, its shadow at mu = 0 (plain descent), and lines to the axes."""
        x, y = (f"{v:.1f}" for v in self.at(eta, mu))
        cross = _clipped(
            f'<path data-c="cross" style="{INK["cross"]}" d="M0 0V999M0 0H-999" '
            f'transform="translate({x} {y})"/>'
        )
        plain = (
            f'<g data-c="plain" transform="translate({x} {BOTTOM})">'
            f'<circle style="{INK["plain"]}" r="5"/></g>'
        )
        return (
            cross
            + plain
            + (
                f'<g data-c="point" transform="translate({x} {y})">'
                f'<circle class="hit" r="16" style="fill:transparent;stroke:none"/>'
                f'<circle class="dot" style="{INK["point"]}" r="8"/></g>'
            )
        )

    def _bands(self) -> str:
        body = []
        for level, share in LEVELS.items():
            edge = self.outline(level)
            if edge is None:
                continue
            ink = INK["limit"] if level == 1 else INK["contour"]
            ink, path = f"{ink};fill:{style.ramp(share)}", self._path(edge)
            body.append(f'<polygon data-level="{level:g}" style="{ink}" points="{path}"/>')
        return "".join(body)

    def _path(self, points) -> str:
        return " ".join("{:.1f},{:.1f}".format(*self.at(*p)) for p in points)

    def _hatch(self) -> str:
        high = BOTTOM - TOP
        starts = range(LEFT - high, RIGHT, 9)
        return _line("hatch", "".join(f"M{x} {BOTTOM}l{high} -{high}" for x in starts))

    def _critical(self) -> str:
        """Where w_1 and w_2 are critically damped; the upper edge of the steeper one as well."""
        mu = np.linspace(0, 1, 81)
        lower = [quadratic.critical_eta(a, mu, self.nesterov)[0] for a in self.a]
        upper = quadratic.critical_eta(max(self.a), mu, self.nesterov)[1]
        lines = [*lower[: 1 + (self.a[0] != self.a[1])], upper]
        return "".join(
            f'<polyline style="{INK["critical"]}" points="{self._path(zip(eta, mu))}"/>'
            for eta in lines
        )

    def _axes(self) -> str:
        body = [f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>']
        for mu in (0, 0.25, 0.5, 0.75, 1):
            y = self.at(0, mu)[1]
            body.append(f'<path class="axis" d="M{LEFT} {y:g}h-4"/>')
            body.append(_text(LEFT - 8, y + 4, f"{mu:g}", "end"))
        for k in range(5):
            eta = k / max(self.a)
            x = self.at(eta, 0)[0]
            body.append(f'<path class="axis" d="M{x:.1f} {BOTTOM}v4"/>')
            body.append(_text(x, BOTTOM + 19, f"{eta:.4g}"))
        body.append(_text(8, 18, '<tspan class="it">μ</tspan> momentum', "start"))
        body.append(_text(RIGHT, BOTTOM + 38, 'learning rate <tspan class="it">η</tspan>', "end"))
        return "".join(body)

    def _names(self) -> str:
        """Labels on the bands; the region where nothing converges."""
        body = []
        for level in LEVELS:
            edge = self.outline(level)
            if edge is None or level == 1:
                continue
            half = len(edge) // 2
            low, high = edge[:half], edge[half:][::-1]
            if low[-1, 1] * (BOTTOM - TOP) < 12:
                continue
            x, y = self.at(0.3 * low[-1, 0] + 0.7 * high[-1, 0], low[-1, 1])
            body.append(_text(min(x, RIGHT - 12), y + 4, f"{level:g}"))
        mu = 0.6 if self.nesterov else 0.22 if 0.3 < quadratic.best(self.a)[1] < 0.54 else 0.42
        x, y = self.at((2.9 if self.nesterov else 3.5) / max(self.a), mu)
        return "".join([*body, _text(x, y, "diverges", css="halo strong")])

    def _best(self) -> str:
        eta, mu, rate = quadratic.best(self.a, self.nesterov)
        x, y = self.at(eta, mu)
        ring = f'<circle data-c="best" style="{INK["best"]}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        words = f"best: {diagram.number(rate, 2)}"
        return ring + _text(x + 9, y + 4, words, "start", "small halo strong")


def _clipped(body: str) -> str:
    """Cut off at the frame."""
    width, height = RIGHT - LEFT, BOTTOM - TOP
    return (
        f'<svg x="{LEFT}" y="{TOP}" width="{width}" height="{height}" '
        f'viewBox="{LEFT} {TOP} {width} {height}">{body}</svg>'
    )


def _line(ink: str, d: str) -> str:
    return f'<path style="{INK[ink]}" d="{d}"/>'


def _text(x, y, body: str, anchor: str = "middle", css: str = "small halo") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}" style="text-anchor:{anchor}">{body}</text>'
