"""The output layer: one step along a weight, and how slowly a unit that is badly wrong learns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..chart import Arrow, Chart, Line, Point, figure, ticks
from ..diagram import number, short, split_name
from ..network import Network
from ..training import train

BELOW, LEFT_ABOVE, RIGHT_ABOVE = 18, (-10, -8, "end"), (10, -8, "start")


def step_along(example, name: str, eta, ax=None, reach: float = 2.0):
    """E along one weight, its tangent, and the step u - eta dE/du, with E where it lands.

    eta    one learning rate, or a list of them: several steps from the same point
    reach  how far the curve goes on each side of the weight, or farther if a step does

    The figure's `chart` holds the data, its `step` the numbers. ValueError for an unknown name,
    or an eta or reach that is not positive.
    """
    if name not in example.names:
        raise ValueError(f"No weight {name!r}; there are {', '.join(example.names)}.")
    step = Step.of(example, name, _positive("eta", eta))
    (reach,) = _positive("reach", reach)
    low, high = _range(step, reach)
    grid = np.round(np.linspace(low, high, 161), 10)
    errors = np.array([error_at(example, name, u) for u in grid])
    shown = figure(_step_chart(step, grid, errors), _caption(step), _alt(step), ax)
    if ax is None:
        shown.step = step
    return shown


def _range(step: Step, reach: float) -> tuple[float, float]:
    """Around the weight and the landings, with room for words before the farthest of them."""
    low, high = step.now - reach, step.now + reach
    if step.slope > 0:
        return min(low, step.after.min() - 0.35 * (high - step.after.min())), high
    return low, max(high, step.after.max() + 0.35 * (step.after.max() - low))


@dataclass
class Step:
    """One weight, its slope, and for each learning rate where its step ends and E there."""

    name: str
    now: float
    E: float
    slope: float
    etas: np.ndarray
    after: np.ndarray
    E_after: np.ndarray

    @classmethod
    def of(cls, example, name: str, etas) -> Step:
        net, x, t = example
        places, etas = example.names[name], np.array(etas)
        now = float(net.weights[places[0][0]][places[0][1:]])
        gradient = net.gradient(x, t)
        slope = float(sum(gradient.weights[l][row, col] for l, row, col in places))
        after = now - etas * slope
        E_after = np.array([error_at(example, name, u) for u in after])
        return cls(name, now, float(net.error(x, t)), slope, etas, after, E_after)


def error_at(example, name: str, u: float) -> float:
    """E with this weight at u, all others held."""
    net, x, t = example
    moved = net.copy()
    for l, row, col in example.names[name]:
        moved.weights[l][row, col] = u
    return float(moved.error(x, t))


def _positive(name: str, values) -> list[float]:
    try:
        found = [float(v) for v in np.atleast_1d(values)]
    except (TypeError, ValueError):
        found = []
    if not found or not all(np.isfinite(v) and v > 0 for v in found):
        raise ValueError(f"{name} is a positive number, such as 0.5; got {values!r}.")
    return found


def _step_chart(step: Step, grid, errors) -> Chart:
    """Below the curve an arrow for each step, the longest lowest."""
    height, width = float(errors.max() - errors.min()) or 1e-3, float(grid[-1] - grid[0])
    along = min(0.16 * width, 0.3 * height / max(abs(step.slope), 1e-12)) * -np.sign(step.slope)
    ends = [(step.now + s * along, step.E + s * along * step.slope) for s in (-1, 1)]
    arrows = [Arrow(*ends[0], *ends[1], "gradient")]
    lines = [Line(grid, errors, "error")]
    rises = np.interp([step.now, *step.after], grid, np.gradient(errors, grid)) > 0
    side = (10, BELOW, "start") if rises[0] else (-10, BELOW, "end")
    points = [Point(step.now, step.E, "now", "error", side)]
    order = np.argsort(step.etas)
    floor = errors.min() - height * 0.1 * (len(order) + (len(order) > 1))
    for i, k in enumerate(order):
        u, E, level = step.after[k], step.E_after[k], errors.min() - height * (0.1 + 0.1 * i)
        several = f"η = {step.etas[k]:g}" if len(order) > 1 else ""
        arrows.append(Arrow(step.now, level, u, level, "velocity", 4, several))
        lines.append(Line(np.array([u, u]), np.array([floor, E]), "line", True))
        label = "" if several else f"E = {number(E, 4)}"
        points.append(Point(u, E, label, "velocity", LEFT_ABOVE if rises[k + 1] else RIGHT_ABOVE))
    lines.append(Line(np.full(2, step.now), np.array([floor, step.E]), "line", True))
    yticks = tuple(v for v in ticks(errors.min(), errors.max(), 4) if v >= errors.min())
    label = "_".join(split_name(step.name))
    return Chart(label, "E", lines, points, _inside(grid), yticks, arrows)


def _inside(grid) -> tuple[float, ...]:
    """Round ticks that do not widen the curve's range."""
    return tuple(v for v in ticks(grid[0], grid[-1]) if grid[0] <= v <= grid[-1])


def _caption(step: Step) -> str:
    if len(step.etas) == 1:
        way = "lowers" if step.E_after[0] < step.E else "raises"
        return (
            f"One step with η = {step.etas[0]:g} against the slope of {step.name} {way} E from "
            f"{number(step.E, 4)} to {number(step.E_after[0], 4)}."
        )
    *rest, last = (f"to {number(E, 4)} with η = {eta:g}" for eta, E in zip(step.etas, step.E_after))
    up = step.E_after[np.argmax(step.etas)] > step.E_after[np.argmin(step.etas)]
    higher = ". The longest step ends higher than the shortest" if up else ""
    return (
        f"The slope says which way to move {step.name}, and η how far: from {number(step.E, 4)}, "
        f"E comes {', '.join(rest)} and {last}{higher}."
    )


def _alt(step: Step) -> str:
    steps = " ".join(
        f"With eta {eta:g} the step ends at {step.name} = {number(u, 4)}, where E = {number(E, 6)}."
        for eta, u, E in zip(step.etas, step.after, step.E_after)
    )
    return (
        f"The error E along {step.name}. At {step.name} = {short(step.now)}, where E = "
        f"{number(step.E, 6)}, a tangent with the slope {number(step.slope, 6)} points downhill, "
        f"to {'smaller' if step.slope > 0 else 'larger'} {step.name}. {steps}"
    )


def slowdown(
    weight: float = 2.0,
    bias: float = 2.0,
    eta: float = 0.15,
    epochs: int = 300,
    show: str = "E",
    ax=None,
):
    """One sigmoid unit that starts badly wrong (input 1, target 0), trained with either loss.

    show  "E": the error, as a share of what it is at the start, for the two losses have
          different scales; "y": the output

    The figure's `runs` holds y and E after each epoch, by the name of the loss. ValueError for
    another `show`, or for numbers that `train` does not take.
    """
    if show not in ("E", "y"):
        raise ValueError(f'show is "E" or "y"; got {show!r}.')
    runs = {loss: slow_run(loss, weight, bias, eta, epochs) for loss in ("squared", "log")}
    drawn = {k: run["y"] if show == "y" else run["E"] / run["E"][0] for k, run in runs.items()}
    updates, colour = np.arange(epochs + 1), "output" if show == "y" else "error"
    lines = [
        Line(updates, drawn["squared"], colour, False, "squared error", *_beside(drawn["squared"])),
        Line(updates, drawn["log"], colour, True, "log loss", *_beside(drawn["log"])),
    ]
    ylabel = "output y" if show == "y" else "E, as a share of E at the start"
    chart = Chart("updates", ylabel, lines, [], _inside(updates), (0, 0.25, 0.5, 0.75, 1))
    shown = figure(chart, _slow_caption(runs, show), _slow_alt(runs, eta, epochs), ax)
    if ax is None:
        shown.runs = runs
    return shown


def slow_run(loss: str, weight: float, bias: float, eta: float, epochs: int) -> dict:
    """y and E of the unit after each update, (epochs + 1,) each."""
    net = Network([[[bias], [weight]]], loss=loss)
    history = train(net, [1.0], [0.0], eta=eta, epochs=epochs)
    y = [Network(history.states(k)).forward([1.0]).y[0] for k in range(len(history.E))]
    return {"y": np.array(y), "E": np.array(history.E)}


def _beside(values):
    """Label, width and place of a line that falls: to the right of where it is half way down."""
    half = (values[0] + values[-1]) / 2
    return int(np.argmax(values <= half)), 2.6, (9, -3, "start")


def _half(run) -> int:
    """The first update after which E is at most half of what it was."""
    below = np.flatnonzero(run["E"] <= run["E"][0] / 2)
    return int(below[0]) if len(below) else len(run["E"])


def _slow_caption(runs, show: str) -> str:
    squared, log = (runs[loss] for loss in ("squared", "log"))
    last = len(log["y"]) - 1
    ends = (
        f"After {last} updates its y is {squared['y'][-1]:.2g}, and with the log loss "
        f"{log['y'][-1]:.2g}"
        if show == "y"
        else f"E is halved after {_half(squared)} updates, and with the log loss after {_half(log)}"
    )
    return (
        f"The same unit, sure and wrong at the start (y = {number(log['y'][0], 2)}, target 0): "
        f"with the squared error it hardly learns at first. {ends}."
    )


def _slow_alt(runs, eta: float, epochs: int) -> str:
    words = {"squared": "squared error", "log": "log loss"}
    ways = " ".join(
        f"With the {words[loss]} y goes from {number(run['y'][0], 4)} to "
        f"{number(run['y'][-1], 4)}, and E is half of what it was after {_half(run)} updates."
        for loss, run in runs.items()
    )
    return (
        f"A sigmoid unit with the target 0 learns for {epochs} updates with eta {eta:g}. {ways} "
        "The curve of the squared error stays flat before it falls; that of the log loss falls "
        "at once."
    )
