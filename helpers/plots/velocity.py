"""Momentum on a curve: a step as two arrows, w after each step, and a curve with starts on it."""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..chart import Arrow, Chart, Line, Point, figure, ticks

LEVELS = 0.17  # how far the two arrows of a step lie above and below their row
COLOURS = (("weight", True), ("velocity", False), ("error", False))


def carried_steps(eta: float, mu: float, steps: int = 5, w: float = 1.0, a: float = 1.0, ax=None):
    """Each momentum step on f(w) = a w^2 / 2 as two arrows: mu v, then -eta a w.

    One row for each step, the first at the top. ValueError for less than one step.
    """
    if steps < 1:
        raise ValueError(f"The picture needs at least one step; got {steps}.")
    rows = _steps(eta, mu, steps, w, a)
    arrows, lines, points = [], [], []
    for n, (start, carried, pull) in enumerate(rows, 1):
        end = start + carried + pull
        words = ("", "pull of the slope") if n == 1 else ("carried on" if n == 4 else "", "")
        if carried:
            tip = start + carried
            arrows.append(Arrow(start, LEVELS - n, tip, LEVELS - n, "velocity", 4, words[0]))
        level = -LEVELS - n
        arrows.append(Arrow(start + carried, level, end, level, "gradient", 4, words[1]))
        down = np.array([LEVELS - n - 1, -LEVELS - n])
        lines.append(Line(np.full(2, end), down, "line", True))
        points.append(Point(end, -n - 0.5, "", "velocity"))
    lines.append(Line(np.zeros(2), np.array([-steps - 0.6, -0.4]), "muted", True))
    ys = tuple(-float(n) for n in range(1, steps + 1))
    names = tuple(f"step {n}" for n in range(1, steps + 1))
    ends = [start + carried + pull for start, carried, pull in rows]
    xticks = ticks(min(0.0, *ends), max(w, *ends))
    chart = Chart("w", "", lines, points, xticks, ys, arrows, ynames=names)
    told = ", ".join(diagram.number(end, 4) for end in ends)
    alt = (
        f"The first {steps} steps from w = {diagram.short(w)}, one below the other. Each has two "
        f"arrows: mu times the step before, and the pull of the slope. They end at w = {told}."
    )
    caption = (
        "A step is what is carried on from the last one (blue) plus the pull of the slope (pink). "
        "Past 0 the pull turns round, and what is carried on still points ahead."
    )
    return figure(chart, caption, alt, ax)


def _steps(eta, mu, steps, w, a):
    """(w before the step, mu v, -eta a w) for each step."""
    v, found = 0.0, []
    for _ in range(steps):
        found.append((w, mu * v, -eta * a * w))
        v = mu * v - eta * a * w
        w = w + v
    return found


def runs(paths, at, marks=None, caption: str = "", ax=None):
    """w after each step of one to three runs, each with its name beside it.

    paths    {label: [w at the start, after step 1, ...]}
    at       for each run, the step beside which its name stands, or (step, "below")
    marks    {label: w} for heights to be marked, such as a minimum
    caption  the conclusion; without one, how far each run is from where it began
    """
    chart, told = _runs_chart(paths, at, marks or {})
    return figure(chart, caption or f"{told[0].upper()}{told[1:]}.", _runs_alt(told), ax)


def runs_side_by_side(pictures, at, caption: str, marks=None):
    """Several pictures like `runs`, each under its title.

    pictures   {title: {label: path}};   at, marks   {title: what `runs` takes}
    """
    parts, told = [], []
    for title, paths in pictures.items():
        chart, words = _runs_chart(paths, at[title], (marks or {}).get(title, {}), f"w, “{title}”")
        parts.append(chart.part())
        told.append(f"“{title}”: {words}")
    return diagram.Figure(parts, caption, _runs_alt("; ".join(told)))


def _runs_alt(told):
    return f"w after each step. {told[0].upper()}{told[1:]}."


def _runs_chart(paths, at, marks, ylabel="w"):
    if not 1 <= len(paths) <= len(COLOURS):
        raise ValueError(f"The picture shows one to three runs; got {len(paths)}.")
    paths = {label: np.asarray(path, dtype=float) for label, path in paths.items()}
    for label, path in paths.items():
        if path.ndim != 1 or len(path) < 2 or not np.isfinite(path).all():
            raise ValueError(f"The run {label!r} needs at least a start and one step, all finite.")
    everything = np.concatenate(list(paths.values()))
    last = max(len(path) for path in paths.values()) - 1
    lines = [
        Line(np.array([0.0, last]), np.full(2, float(w)), "line", True, name, 1, 0, (0, -5, "end"))
        for name, w in marks.items()
    ]
    colours = COLOURS if len(paths) > 1 else COLOURS[1:]
    for (label, path), (colour, dashed), step in zip(paths.items(), colours, at):
        step, place = _beside(path, step)
        lines.append(Line(np.arange(len(path)), path, colour, dashed, label, step, 1.8, place))
    yticks = ticks(min(everything.min(), *marks.values(), np.inf), everything.max(), 4)
    chart = Chart("step", ylabel, lines, [], ticks(0, last), yticks)
    return chart, "; ".join(_told(label, path) for label, path in paths.items())


def _beside(path, at):
    """The step and where the name of a run stands there: over a peak, under a dip, or beside."""
    if isinstance(at, tuple):
        return at[0], (0, 18, "middle")
    before, here, after = path[at - 1 : at + 2]
    if here >= max(before, after):
        return at, (0, -8, "middle")
    if here <= min(before, after):
        return at, (0, 18, "middle")
    return at, (8, -3, "start") if after < here else (8, 9, "start")


def _told(label, path):
    low, end = diagram.number(path.min(), 2), diagram.number(path[-1], 2)
    start = diagram.number(path[0], 2)
    return f"{label} goes from {start}, {low} at the lowest, to {end} after {len(path) - 1} steps"


def curve_with_starts(f, low: float, high: float, starts, valleys=None, caption="", ax=None):
    """The curve f between low and high, with marked starts on it, and named valleys below it.

    starts, valleys   {label: w}
    """
    grid = np.linspace(low, high, 241)
    heights = np.asarray(f(grid), dtype=float)
    points = [
        Point(float(w), float(f(w)), label, "error", (0, -13, "middle"))
        for label, w in starts.items()
    ]
    below = [
        Line(np.array([w]), np.array([float(f(w))]), "muted", True, label,
             label_place=(0, 20, "middle"))
        for label, w in (valleys or {}).items()
    ]  # fmt: skip
    floor = float(heights.min()) - 0.3 * float(np.ptp(heights))
    lines = [Line(grid, heights, "error"), *below]
    lines.append(Line(np.array([low]), np.array([floor]), "line", True))
    yticks = tuple(v for v in ticks(heights.min(), heights.max(), 4) if v >= floor)
    xticks = tuple(v for v in ticks(low, high) if low <= v <= high)
    chart = Chart("w", "f", lines, points, xticks, yticks)
    named = [f"a start {label} at w = {diagram.number(w, 2)}" for label, w in starts.items()]
    named += [f"{label} at w = {diagram.number(w, 2)}" for label, w in (valleys or {}).items()]
    lowest = grid[heights.argmin()]
    alt = (
        f"A curve over w from {diagram.number(low, 1)} to {diagram.number(high, 1)}, lowest near "
        f"w = {diagram.number(float(lowest), 1)}; {', '.join(named)}."
    )
    return figure(chart, caption or "Each run starts at rest from a marked point.", alt, ax)
