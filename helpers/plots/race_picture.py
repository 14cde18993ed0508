"""The race as pictures: E over the updates, both in powers of ten, and a lane for each runner."""

from __future__ import annotations

import numpy as np

from ..chart import BOTTOM, LEFT, RIGHT, TOP, Chart, Line
from .race_numbers import CALLED, RUNNERS, Race, shown
from .training import HIGHEST, SUPERSCRIPT

START = 0.5  # where update 0 stands on the logarithmic axis
POINTS = 240  # of a curve
LOOK = {"plain": ("gradient", False), "classical": ("velocity", False),
        "Nesterov": ("velocity", True)}  # fmt: skip

LANES_WIDTH, LANES_HEIGHT = 420, 196
LANE = (20, 400)  # from the start to the finish
LANE_Y = {"plain": 50, "classical": 100, "Nesterov": 150}
SHAPE = {
    "plain": "M-7 -7h14v14h-14z",
    "classical": "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
    "Nesterov": "M0 -10l10 10l-10 10l-10 -10z",
}


class RacePicture:
    """The scales of a race, and what is drawn on them."""

    def __init__(self, race: Race):
        self.race = race
        errors = np.concatenate([_drawable(run.E) for run in race.runs.values()])
        self.low, self.high = float(np.log10(errors.min())), float(np.log10(errors.max()))
        if self.high - self.low < 0.05:
            self.low, self.high = self.low - 0.05, self.high + 0.05
        self.start = float(np.log10(_drawable(race.runs["plain"].E)[0]))
        self.chart = self._chart()

    # ---- E over the updates

    def _chart(self) -> Chart:
        lines = []
        for runner in RUNNERS:
            colour, dashed = LOOK[runner]
            x, y = self._curve(runner)
            lines.append(Line(x, y, colour, dashed, width=2.4))
        last = self.race.updates
        xticks = [0, *(10**k for k in range(int(np.log10(max(last, 1))) + 1))]
        xnames = tuple(f"{n:,}" for n in xticks)
        yticks = [p for p in range(int(np.floor(self.low)) + 1, int(np.ceil(self.high)))]
        yticks = yticks or [self.low, self.high]
        ynames = tuple(power(p) if isinstance(p, int) else f"{10**p:.3g}" for p in yticks)
        ends = tuple(float(v) for v in at_update(xticks))
        chart = Chart("updates", "E", lines, [], ends, tuple(map(float, yticks)), xnames=xnames,
                      ynames=ynames)  # fmt: skip
        return chart

    def _curve(self, runner: str):
        run = self.race.runs[runner]
        marks = np.geomspace(1, len(run.E), POINTS).round().astype(int) - 1
        kept = np.unique(np.concatenate([marks, np.arange(min(40, len(run.E)))]))
        E = np.array(run.E)[kept]
        there = (E > 0) & (E <= HIGHEST)
        return at_update(kept[there]), np.log10(E[there])

    def dot(self, runner: str, update: int) -> tuple[float, float]:
        """Where a runner is on its curve."""
        (x0, x1), (y0, y1) = self.chart.limits
        x = LEFT + (RIGHT - LEFT) * (float(at_update(update)) - x0) / (x1 - x0)
        y = BOTTOM - (BOTTOM - TOP) * (self._log(runner, update) - y0) / (y1 - y0)
        return round(x, 1), round(y, 1)

    def curves(self) -> tuple[str, int, int]:
        """(body, width, height): the curves, and a veil over what has not been run yet."""
        body, width, height = self.chart.part()
        veil = (
            f'<rect data-c="veil" x="{LEFT + 1}" y="{TOP - 8}" width="{RIGHT - LEFT + 8}" '
            f'height="{BOTTOM - TOP + 7}" style="fill:var(--bp-paper);fill-opacity:.7"/>'
        )
        dots = "".join(
            f'<path data-c="dot" d="{SHAPE[r]}" style="{_ink(r)}" '
            f'transform="translate({x:g} {y:g}) scale(.7)"/>'
            for r in RUNNERS
            for x, y in [self.dot(r, 0)]
        )
        return body + veil + dots, width, height

    # ---- the lanes

    def lane_x(self, runner: str, update: int) -> float:
        """How far along its lane: from the E of the start to the lowest of the race."""
        left, right = LANE
        share = (self.start - self._log(runner, update)) / max(self.start - self.low, 1e-9)
        return round(left + (right - left) * min(max(share, 0.0), 1.0), 1)

    def lanes(self, update: int = 0) -> str:
        """The lanes with the runners after so many updates."""
        body = [self._marks()]
        for runner in RUNNERS:
            y, x = LANE_Y[runner], self.lane_x(runner, update)
            dashes = ";stroke-dasharray:7 4" if LOOK[runner][1] else ""
            body.append(
                f'<path d="M{LANE[0]} {y}H{LANE[1]}" style="{_TRACK}"/>'
                f'<path data-c="trail" d="M{LANE[0]} {y}H{x:g}" style="fill:none;stroke-width:5;'
                f'stroke:var(--bp-{LOOK[runner][0]}){dashes}"/>'
                f'<path data-c="runner" d="{SHAPE[runner]}" style="{_ink(runner)}" '
                f'transform="translate({x:g} {y})"/>'
                + _text(LANE[0] - 8, y - 14, CALLED[runner], "start", "halo")
                + f'<text data-c="E" x="{LANE[1] + 12}" y="{y - 14}" class="halo" '
                f'style="text-anchor:end">{shown(self.race.E(runner, update))}</text>'
            )
        body.append(_text(LANE[0] - 8, 16, "E falls to the right, in powers of ten", "start"))
        return "".join(body)

    def _marks(self) -> str:
        body, bottom = [], LANES_HEIGHT - 24
        for p in range(int(np.floor(self.low)) + 1, int(np.ceil(self.start))):
            left, right = LANE
            x = left + (right - left) * (self.start - p) / max(self.start - self.low, 1e-9)
            body.append(f'<path d="M{x:.1f} 26V{bottom}" style="{_GRID}"/>')
            body.append(_text(x, bottom + 16, power(p)))
        return "".join(body)

    def _log(self, runner: str, update: int) -> float:
        E = self.race.E(runner, update)
        return float(np.log10(E)) if 0 < E < np.inf else (self.high if E else self.low)


_TRACK = "fill:none;stroke:var(--bp-line);stroke-width:2"
_GRID = "fill:none;stroke:var(--bp-line);stroke-width:1;stroke-dasharray:2 3"


def _ink(runner: str) -> str:
    fill = "paper" if LOOK[runner][1] else LOOK[runner][0]
    edge = LOOK[runner][0] if LOOK[runner][1] else "text"
    width = 3 if LOOK[runner][1] else 1.5
    return f"fill:var(--bp-{fill});stroke:var(--bp-{edge});stroke-width:{width}"


def _drawable(errors) -> np.ndarray:
    E = np.array(errors, float)
    return E[(E > 0) & (E <= HIGHEST)]


def at_update(n) -> np.ndarray:
    """log10 of a number of updates; 0 stands a little left of 1."""
    return np.log10(np.maximum(np.asarray(n, float), START))


def power(k: int) -> str:
    return f"{10.0**k:g}" if -2 <= k <= 2 else "10" + str(k).translate(SUPERSCRIPT)


def _text(x, y, body: str, anchor: str = "middle", css: str = "small") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor}">{body}</text>'
