"""The figures of momentum: the eta-mu plane, the way to the minimum, and the race."""

from __future__ import annotations

from numbers import Real

import numpy as np

from .. import quadratic
from ..diagram import Figure, number
from . import momentum_paths, momentum_plane, race_numbers, race_picture
from .momentum_paths import Runs
from .momentum_plane import Plane
from .race_picture import RacePicture

KIND = {False: "momentum", True: "Nesterov momentum"}
STEEPEST = 1000.0  # the largest ratio of two curvatures that a picture shows


def rates(a=(1.0, 10.0), eta=None, mu=None, *, nesterov: bool = False):
    """The eta-mu plane of f(w) = (a_1 w_1^2 + a_2 w_2^2) / 2: the factor of a step as a map.

    eta, mu   a point to mark, or neither
    The figure's `plane` holds what is drawn. ValueError for curvatures or a point that it cannot
    show.
    """
    plane = Plane(checked_curvatures(a), bool(nesterov))
    body = plane.ground()
    if (eta is None) != (mu is None):
        raise ValueError("A point in the plane needs both eta and mu.")
    if eta is not None:
        check_point(plane.a, eta, mu)
        body += plane.marks(eta, mu)
    figure = Figure(
        [(body, momentum_plane.WIDTH, momentum_plane.HEIGHT)],
        _rates_caption(plane),
        _rates_alt(plane, eta, mu),
    )
    figure.plane = plane
    return figure


def trajectories(eta=0.2, mu=0.9, a=(1.0, 10.0), *, nesterov: bool = False):
    """Momentum beside plain descent on the contours of f, and their distances to the minimum.

    The figure's `runs` holds what is drawn. ValueError as for `rates`.
    """
    a = checked_curvatures(a)
    check_point(a, eta, mu)
    runs = Runs(a, float(eta), float(mu), bool(nesterov))
    names = {"plain": "plain descent", "momentum": KIND[runs.nesterov]}
    body = momentum_paths.contours(a) + momentum_paths.paths(runs, names)
    parts = [(body, momentum_paths.WIDTH, momentum_paths.HEIGHT)]
    parts.append((momentum_paths.fall(runs), momentum_paths.WIDTH, momentum_paths.FALL_HEIGHT))
    figure = Figure(parts, _paths_caption(runs), paths_in_words(runs))
    figure.runs = runs
    return figure


def checked_curvatures(a) -> tuple[float, float]:
    """Two curvatures as floats, or a ValueError that says what is needed."""
    try:
        a1, a2 = (float(v) for v in a)
    except (TypeError, ValueError):
        raise ValueError(f"a needs two curvatures, such as (1, 10); got {a!r}.") from None
    if not 0 < a1 <= a2 <= STEEPEST * a1 or not np.isfinite(a2):
        raise ValueError(
            f"a needs two curvatures with 0 < a_1 <= a_2 <= {STEEPEST:g} a_1; got {a!r}."
        )
    return a1, a2


def check_point(a, eta, mu) -> None:
    """ValueError unless eta and mu lie in the plane that is shown for a."""
    farthest = Plane(a).farthest
    if not (isinstance(eta, Real) and 0 < eta <= farthest):
        raise ValueError(f"eta must lie between 0 and {farthest:g} for these a; got {eta!r}.")
    if not (isinstance(mu, Real) and 0 <= mu < 1):
        raise ValueError(f"mu must be at least 0 and less than 1; got {mu!r}.")


def outcome(factor: float) -> str:
    """What such a factor means, in words."""
    shown = number(factor, 4)
    if abs(factor - 1) < 5e-10:
        return "factor 1: it comes no closer and goes no farther away"
    if factor > 1:
        return f"factor {shown}: it diverges"
    return f"factor {shown}: {steps_in_words(factor)}"


def steps_in_words(factor: float) -> str:
    """How many steps make the distance ten times smaller."""
    steps = steps_for_a_digit(factor)
    return f"10 times closer every {steps:,} step{'s' * (steps > 1)}"


def steps_for_a_digit(factor) -> np.ndarray | int:
    """The fewest steps after which factor^steps <= 1/10; 0 where there are none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.ceil(-1 / np.log10(np.asarray(factor, float)) - 1e-9)
    found = np.where(np.asarray(factor) < 1 - 5e-10, np.maximum(steps, 1), 0).astype(int)
    return found if found.ndim else int(found)


def paths_in_words(runs: Runs) -> str:
    first = ", ".join(number(w, 4) for w in runs.path("momentum", 4)[1:, 0])
    a1, a2 = runs.a
    return (
        f"f(w) = ({a1:g} w1² + {a2:g} w2²) / 2, eta = {runs.eta:.6g}, mu = {runs.mu:.6g}. "
        f"{KIND[runs.nesterov].capitalize()}, {outcome(runs.factor('momentum'))}. "
        f"Plain descent, {outcome(runs.factor('plain'))}. w1 with momentum: 1, {first}."
    )


def _rates_caption(plane: Plane) -> str:
    _, mu, rate = quadratic.best(plane.a, plane.nesterov)
    plain = quadratic.best_plain(plane.a)[1]
    more = "More momentum allows larger steps" if not plane.nesterov else "With Nesterov's step"
    tail = (
        f"the fastest run has <i>μ</i> = {mu:.2f} and keeps {rate:.2f} of the distance in each "
        f"step, where plain descent (<i>μ</i> = 0) keeps {plain:.2f} at best."
    )
    return f"{more}; {tail}"


def _rates_alt(plane: Plane, eta, mu) -> str:
    a1, a2 = plane.a
    best_eta, best_mu, rate = quadratic.best(plane.a, plane.nesterov)
    words = (
        f"A map: learning rate eta from 0 to {plane.farthest:g}, momentum mu from 0 to 1, for "
        f"curvatures {a1:g} and {a2:g}, {KIND[plane.nesterov]}. Bands of equal factor per step; "
        f"the run converges left of a line from eta = "
        f"{float(quadratic.largest_eta(a2, 0, plane.nesterov)):.4g} at mu = 0 to "
        f"{float(quadratic.largest_eta(a2, 1, plane.nesterov)):.4g} at mu = 1, right of it the "
        f"map is hatched: it diverges. The best point is eta = {best_eta:.4f}, mu = "
        f"{best_mu:.4f} with the factor {rate:.4f}."
    )
    if eta is None:
        return words
    factor = float(quadratic.factor(plane.a, eta, mu, plane.nesterov))
    return f"{words} The point eta = {eta:.6g}, mu = {mu:.6g} has {outcome(factor)}."


def _paths_caption(runs: Runs) -> str:
    plain, momentum = runs.factor("plain"), runs.factor("momentum")
    if momentum < min(plain, 1 - 1e-9):
        slower = steps_in_words(plain) if plain < 1 - 5e-10 else "never"
        return (
            "With the same <i>η</i>, momentum arrives sooner: it comes "
            f"{steps_in_words(momentum)}, plain descent {slower.removeprefix('10 times closer ')}."
        )
    if momentum < 1:
        return "Here momentum only makes detours: plain descent arrives sooner."
    return "Too large a step for this <i>μ</i>: the run with momentum leaves the valley."


def race(example=None, eta=0.5, mu=0.9, epochs: int = 1000, ax=None):
    """Plain descent, classical and Nesterov momentum on one network: E over the updates.

    example   an Example or (net, x, t); the worked example, its biases frozen, where not given
    The figure's `race` holds the three histories, its `chart` the curves. ValueError as for
    `train`.
    """
    run = race_numbers.race(example, eta, mu, epochs)
    picture = RacePicture(run)
    if ax is not None:
        return picture.chart.on(ax)
    last = run.updates
    lanes = (picture.lanes(last), race_picture.LANES_WIDTH, race_picture.LANES_HEIGHT)
    figure = Figure([picture.chart.part(), lanes], race_caption(run), race_in_words(run))
    figure.race, figure.chart = run, picture.chart
    return figure


def race_caption(run) -> str:
    last = run.updates
    first, plain = run.order(last)[0], run.E("plain", last)
    if first == "plain":
        return f"Here plain descent is the fastest: momentum does not help after {last:,} updates."
    E = number(plain / run.E(first, last), 0)
    needs = run.reached(first, plain)
    return (
        f"{race_numbers.CALLED[first]} needs {needs:,} updates for what plain descent does in "
        f"{last:,}, and ends with an <i>E</i> that is {E} times smaller."
    )


def race_in_words(run) -> str:
    last = run.updates
    ends = ". ".join(
        f"{race_numbers.CALLED[r]}: E = {race_numbers.shown(run.E(r, last))}"
        for r in race_numbers.RUNNERS
    )
    return (
        f"A race of three runs with eta = {run.eta:g} and mu = {run.mu:g}: E over the updates, "
        f"both axes in powers of ten. {run.words(last)} {ends}."
    )
