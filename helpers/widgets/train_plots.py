"""The error curve and the outputs in the training lab, as SVG whose parts the browser moves."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..plots.training import error_range, error_ticks, finite, thinned, update_ticks

WIDTH, HEIGHT = 360, 224
LEFT, RIGHT, TOP, BOTTOM = 52, 334, 28, 182
FARTHEST = 4  # times the updates of this run: so far the axis goes for an earlier run's curve

TRACK = (86, 278)  # of an output, from its lowest to its highest value
ROW, HEAD, FOOT = 28, 30, 24
NAMED_ROWS = 8  # so many outputs have room for a name and a number each
THIN_ROW = 9


class ErrorPlot:
    """E of a run on a logarithmic scale against its updates, above that of the run before it."""

    def __init__(self, run, threshold: float, before=None):
        self.curve = thinned(*finite(run))
        self.before = thinned(*finite(before)) if before else None
        self.threshold = threshold
        last = int(run.updates[-1])
        if self.before is not None:
            last = max(last, min(int(self.before[0][-1]), FARTHEST * last))
        self.xticks = update_ticks(last)
        curves = [self.curve[1], *([self.before[1]] if self.before else [])]
        self.low, self.high = error_range(curves, threshold)

    def at(self, n, E):
        """Where update n with error E lies, as (x, y) in the picture."""
        x = LEFT + (RIGHT - LEFT) * np.asarray(n, float) / self.xticks[-1]
        share = (np.log10(np.asarray(E, float)) - self.low) / (self.high - self.low)
        return np.round(x, 1), np.round(BOTTOM - (BOTTOM - TOP) * share.clip(0, 1), 1)

    def body(self) -> str:
        """Everything; the run before is thin, the threshold dashed, what lies ahead is veiled."""
        _, level = self.at(0, self.threshold)
        veil = (
            f'<rect data-c="veil" x="{LEFT}" y="{TOP - 6}" width="{RIGHT - LEFT + 8}" '
            f'height="{BOTTOM - TOP + 5}" style="fill:var(--bp-paper);fill-opacity:.68"/>'
        )
        limit = (
            f'<path d="M{LEFT} {level:g}H{RIGHT}" style="fill:none;stroke:var(--bp-text);'
            'stroke-width:1.2;stroke-dasharray:5 4"/>'
            + _text(LEFT + 6, level - 5, f"stop below {self.threshold:g}", "start", "small halo")
        )
        x, y = (float(v[0]) for v in self.at(*(c[:1] for c in self.curve)))
        dot = f'<circle class="now" data-c="dot" cx="{x:g}" cy="{y:g}" r="6"/>'
        names = _text(10, 16, '<tspan class="it error">E</tspan>', "start", "")
        names += _text(RIGHT, BOTTOM + 34, "updates", "end")
        curve = self._line(self.curve, 'class="along"')
        return self._axes() + curve + veil + self._earlier() + limit + names + dot

    def _earlier(self) -> str:
        if self.before is None:
            return ""
        look = 'style="fill:none;stroke:var(--bp-muted);stroke-width:1.3;stroke-dasharray:2 3"'
        n, E = self.before
        kept = n <= self.xticks[-1]
        key = f'<path d="M{RIGHT - 122} 12h24" {look}/>' + _text(RIGHT, 16, "the run before", "end")
        return self._line((n[kept], E[kept]), look) + key

    def _line(self, curve, look: str) -> str:
        points = " ".join(f"{x:g},{y:g}" for x, y in zip(*self.at(*curve)))
        return f'<polyline points="{points}" {look}/>'

    def _axes(self) -> str:
        parts = [f'<path class="axis" d="M{LEFT} {TOP - 6}V{BOTTOM}H{RIGHT}"/>']
        for n in self.xticks:
            x = float(self.at(n, 1)[0])
            parts.append(f'<path class="axis" d="M{x:g} {BOTTOM}v4"/>')
            parts.append(_text(x, BOTTOM + 17, f"{n:,}"))
        for power, name in zip(*error_ticks(self.low, self.high)):
            y = float(self.at(0, 10**power)[1])
            parts.append(f'<path class="axis" d="M{LEFT} {y:g}h-4"/>')
            parts.append(_text(LEFT - 7, y + 4, name, "end"))
        return "".join(parts)


# ---- outputs against targets


def outputs_size(rows: int) -> tuple[int, int]:
    return WIDTH, HEAD + rows * _row_height(rows) + FOOT


def output_x(values, span):
    """Where outputs lie on their track; span is its lowest and highest value."""
    low, high = span
    share = np.nan_to_num((np.asarray(values, float) - low) / (high - low))
    return np.round(TRACK[0] + (TRACK[1] - TRACK[0]) * share.clip(-0.02, 1.02), 1)


def outputs_body(names, targets, span) -> str:
    """One line for each output of each example: target, output, and the gap between them."""
    rows = list(zip(names, targets))
    step = _row_height(len(rows))
    left, right = TRACK
    bottom = HEAD + len(rows) * step
    parts = [_legend()]
    for k, (name, target) in enumerate(rows):
        y = HEAD + (k + 0.5) * step
        parts.append(_output_row(y, name, float(output_x(target, span)), len(rows) <= NAMED_ROWS))
    for value in (span[0], sum(span) / 2, span[1]):
        x = float(output_x(value, span))
        parts.append(f'<path class="axis" d="M{x:g} {bottom}v4"/>')
        parts.append(_text(x, bottom + 17, f"{value:g}".replace("-", "−")))
    return "".join([*parts, f'<path class="axis" d="M{left} {bottom}H{right}"/>'])


def _row_height(rows: int) -> int:
    return ROW if rows <= NAMED_ROWS else THIN_ROW


def _legend() -> str:
    middle = sum(TRACK) / 2
    return (
        f'<path class="output" d="M{middle - 72:g} 8l6 6l-6 6l-6 -6z"/>'
        + _text(middle - 62, 18, "output " + diagram.letters("y"), "start")
        + f'<path class="target" d="M{middle + 14:g} 9.5l9 9m0 -9l-9 9"/>'
        + _text(middle + 29, 18, "target " + diagram.letters("t"), "start")
    )


def _output_row(y: float, name: str, x: float, named: bool) -> str:
    left, right = TRACK
    r = 7 if named else 4
    line = f'<path d="M{left} {y:g}H{right}" style="stroke:var(--bp-line);stroke-width:1"/>'
    gap = (
        f'<line data-c="gap" x1="{x:g}" y1="{y:g}" x2="{x:g}" y2="{y:g}" '
        f'style="stroke:var(--bp-error);stroke-width:{3 if named else 2}"/>'
    )
    size = 4.5 if named else 3
    cross = f"M{x - size:g} {y - size:g}l{2 * size:g} {2 * size:g}m0 {-2 * size:g}"
    target = f'<path class="target" d="{cross}l{-2 * size:g} {2 * size:g}"/>'
    output = (
        f'<g data-c="output"><path class="output" d="M0 {y - r:g}l{r} {r}l-{r} {r}l-{r} -{r}z"/>'
        "</g>"
    )
    if not named:
        return line + gap + output + target
    texts = _text(left - 14, y + 4, name, "end") + (
        f'<text data-c="y" x="{WIDTH - 8}" y="{y + 4:g}" class="small strong" '
        'style="text-anchor:end"></text>'
    )
    return line + gap + output + target + texts


def _text(x, y, body: str, anchor: str = "middle", css: str = "small") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor}">{body}</text>'
