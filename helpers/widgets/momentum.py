"""The momentum lab: the eta-mu plane of a quadratic, and the run that belongs to a point of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import traitlets

from .. import diagram, quadratic
from ..plots import momentum_paths, momentum_plane
from ..plots.momentum import KIND, check_point, checked_curvatures, paths_in_words
from ..plots.momentum_paths import NAMES, Runs
from ..plots.momentum_plane import Plane
from . import sweep
from .lab import SLIDERS, Lab, browser_module, style_sheet
from .momentum_field import WHOLE, field

RATE, MOMENTUM = "learning rate", "momentum"
CONDITIONS = (1, 2, 4, 10, 25, 50, 100)
KINDS = ("classical", "Nesterov")
FINEST = 0.05  # steps of eta, divided by the larger curvature
MUS = [*(k / 50 for k in range(46)), *(k / 100 for k in range(91, 100))]

NOTE = (
    "Numbers on the bands: what a step leaves of the distance. Dashed: w₁ or w₂ is critically "
    "damped; above, it swings. The small dot is plain descent, μ = 0."
)
SAYS = {
    "note": NOTE,
    "here": "{eta_mu}: {momentum}. Plain descent with the same eta: {plain}.",
    "closer": "factor {factor}, 10 times closer every {steps}",
    "stays": "factor 1, no closer and no farther",
    "grows": "factor {factor}, it diverges",
    "manners": ["creeps", "swings", "flips its sign", "grows", "stays as far"],
}


@dataclass(frozen=True)
class Fine(sweep.Scale):
    """A scale that takes in the number at which it stands, wherever that lies between its ends."""

    base: tuple[float, ...] = ()

    def holding(self, value: float) -> Fine:
        numbers = tuple(sorted({*self.base, value}))
        return replace(self, numbers=numbers, steps=len(numbers) - 1)


class MomentumLab(Lab):
    """`MomentumLab(eta=0.2, mu=0.9, a=(1, 10))`: descent on f(w) = (a1 w1^2 + a2 w2^2) / 2.

    eta, mu    learning rate, up to 4.2 / a2, and momentum, from 0 up to 0.999
    a          the two curvatures, 0 < a1 <= a2 <= 1000 a1
    nesterov   whether the gradient is taken at w + mu v

    A run starts at w = (1, 1). The properties hold what is shown: `lab.eta`, `lab.mu`, `lab.a`,
    `lab.nesterov`; `lab.factor` (what a step leaves of the distance in the long run),
    `lab.plain_factor` and `lab.factors` (along w1 and w2); `lab.path` and `lab.plain_path`,
    (steps + 1, 2); `lab.best`, the (eta, mu, factor) of the fastest run. `lab.set(mu=0.5)`,
    `lab.set(a=(1, 100))` and `lab.set(nesterov=True)` do what a reader does;
    `lab.observe(f, "factor")` calls f whenever the factor changes.

    ValueError for numbers that it cannot show, saying what it can.
    """

    _esm = browser_module(*SLIDERS, "rate_store.js", "rate_pictures.js", "momentum.js")
    _css = style_sheet("lab.css", "momentum.css", of="bp-momentum")
    number_type = "<f8"

    field = traitlets.Dict().tag(sync=True)
    factor = traitlets.Float()

    def __init__(self, eta=0.2, mu=0.9, a=(1.0, 10.0), *, nesterov: bool = False):
        self._a, self._nesterov = checked_curvatures(a), bool(nesterov)
        check_point(self._a, eta, mu)
        self._start = (self._a, self._nesterov, {"eta": float(eta), "mu": float(mu)})
        self._tables_of = None
        sliders = self._sliders_for(self._a)
        values = [s.checked(v) for s, v in zip(sliders, (eta, mu))]
        sliders = [s.holding(v) for s, v in zip(sliders, values)]
        self.follow(dict(zip(("eta", "mu"), values)))
        self.start(sliders, values, "mu")

    # ---- what Lab asks for

    def quantities(self):
        return [("factor", 10)]

    def evaluate(self, settings):
        return quadratic.factor(self._a, settings[:, 0], settings[:, 1], self._nesterov)[:, None]

    def follow(self, values):
        eta, mu = values["eta"], values["mu"]
        self._runs = Runs(self._a, eta, mu, self._nesterov)
        self.factor = self._runs.factor("momentum")

    def describe(self):
        """And the geometry of the pictures, the choices, the words."""
        frame = momentum_plane
        return {
            **super().describe(),
            "plane": [frame.LEFT, frame.RIGHT, frame.TOP, frame.BOTTOM],
            "middle": momentum_paths.MIDDLE,
            "scale": momentum_paths.SCALE,
            "falls": [*momentum_paths.FALL, momentum_paths.HIGHEST, momentum_paths.LOWEST],
            "lengths": [momentum_paths.STEPS, momentum_paths.EVERY, momentum_paths.FAR],
            "start": [momentum_paths.START[0], float(np.log10(np.hypot(*momentum_paths.START)))],
            "whole": WHOLE,
            "kinds": KINDS,
            "conditions": self._conditions(),
            "words": SAYS,
            "names": [KIND[kind] for kind in (False, True)],
            **self._drawn(),
        }

    def bands(self):
        return [[{"group": RATE, "columns": 1}, {"group": MOMENTUM, "columns": 1}]]

    def send_sweep(self, *label, **more):
        """And the tables of all runs, if another grid or other curvatures ask for others."""
        grids = [s.grid() for s in self._sliders.values()]
        asks_for = (self._a, *(tuple(g) for g in grids))
        if asks_for == self._tables_of:
            super().send_sweep(*label, **more)
            return
        self._tables_of = asks_for
        with self.hold_sync():
            self.field = {**field(self._a, *grids), "pictures": self._pictures()}
            super().send_sweep(*label, **more)

    def more(self):
        return {"kind": int(self._nesterov), "condition": self._condition()}

    def act(self, content):
        """Another kind of momentum, or another condition number, that the reader has chosen."""
        if content.get("momentum") in (0, 1):
            self._nesterov = bool(content["momentum"])
        words = ""
        if "condition" in content:
            words = self._change_a((self._a[0], self._a[0] * float(content["condition"])))
        self.follow(self.values)
        return words

    def draw(self):
        plane = Plane(self._a, self._nesterov)
        body = f'<g data-c="ground">{plane.ground()}</g>' + plane.marks(self.eta, self.mu)
        return diagram.inline(body, *_size(momentum_plane), "The eta-mu plane")

    def figure(self):
        plane = Plane(self._a, self._nesterov)
        parts = [
            (plane.ground() + plane.marks(self.eta, self.mu), *_size(momentum_plane)),
            (self._way(), *_size(momentum_paths)),
            (momentum_paths.fall(self._runs), momentum_paths.WIDTH, momentum_paths.FALL_HEIGHT),
        ]
        caption = (
            "The momentum lab as it starts: the factor for each <i>η</i> and <i>μ</i>, and the run "
            f"of the point. {NOTE} Run the cell to drag the point."
        )
        return diagram.Figure(parts, caption, f"Momentum lab. {paths_in_words(self._runs)}")

    # ---- for readers

    eta = property(lambda self: self.values["eta"], doc="the learning rate")
    mu = property(lambda self: self.values["mu"], doc="the momentum")
    a = property(lambda self: self._a, doc="the two curvatures")
    nesterov = property(lambda self: self._nesterov, doc="whether the gradient is Nesterov's")
    plain_factor = property(lambda self: self._runs.factor("plain"), doc="that of plain descent")
    path = property(lambda self: self._runs.path("momentum"), doc="w of each step, (31, 2)")
    plain_path = property(lambda self: self._runs.path("plain"), doc="without momentum, (31, 2)")
    best = property(
        lambda self: quadratic.best(self._a, self._nesterov),
        doc="(eta, mu, factor) of the fastest run",
    )

    @property
    def factors(self) -> tuple[float, float]:
        """The factor along w1, and along w2."""
        return tuple(
            float(quadratic.factors(a, self.eta, self.mu, self._nesterov)) for a in self._a
        )

    def set(self, name=None, value=None, /, *, a=None, nesterov=None, **more) -> None:
        """Move sliders, or change the curvatures or the kind: `lab.set(mu=0.5, nesterov=True)`.

        With other curvatures eta keeps its place between 0 and 4.2 / a2, unless it is given.
        ValueError for what cannot be shown; then nothing has changed.
        """
        changes = {**({} if name is None else {name: value}), **more}
        before = (self._a, self._nesterov, self.values, self._sliders)
        try:
            if a is not None:
                self._change_a(checked_curvatures(a))
            if nesterov is not None:
                self._nesterov = bool(nesterov)
            self._take(changes)
        except ValueError:
            self._a, self._nesterov, self.values, self._sliders = before
            self.follow(self.values)
            raise
        self.send_sweep()

    def reset(self) -> None:
        """Back to the first point, curvatures and kind."""
        self._a, self._nesterov, values = self._start
        self._sliders = dict(self._first_sliders)
        self._take(values)
        self.send_sweep()

    # ---- inside

    def _sliders_for(self, a) -> list[Fine]:
        """Both sliders; the best points of both kinds are among their positions."""
        bests = [quadratic.best(a, kind)[:2] for kind in (False, True)]
        steps = round(momentum_plane.REACH / FINEST)
        etas = [*(round(FINEST * k, 10) / max(a) for k in range(1, steps + 1)), *_column(bests, 0)]
        mus = [*MUS, *_column(bests, 1)]
        ends = {"eta": (etas[0] / 100, etas[steps - 1]), "mu": (0.0, 0.999)}
        return [
            _fine("eta", RATE, [float(f"{v:.12g}") if v not in _column(bests, 0) else v
                                for v in etas], ends["eta"]),
            _fine("mu", MOMENTUM, mus, ends["mu"]),
        ]  # fmt: skip

    def _change_a(self, a) -> str:
        """Other curvatures; eta keeps its place between 0 and the largest that is shown."""
        eta = self.values["eta"] * max(self._a) / max(a)
        self._a = a
        self._sliders = {s.name: s for s in self._sliders_for(a)}
        self._take({"eta": float(f"{eta:.12g}"), "mu": self.values["mu"]})
        return f"Curvatures {a[0]:g} and {a[1]:g}: eta now goes up to {Plane(a).farthest:g}."

    def _condition(self) -> float:
        return float(f"{self._a[1] / self._a[0]:.6g}")

    def _conditions(self) -> list[float]:
        return sorted({*map(float, CONDITIONS), self._condition()})

    def _pictures(self) -> dict:
        """What stands still in the pictures, for these curvatures."""
        planes = [Plane(self._a, kind) for kind in (False, True)]
        return {
            "grounds": [plane.ground() for plane in planes],
            "contours": momentum_paths.contours(self._a),
            "farthest": planes[0].farthest,
            "best": [[*quadratic.best(self._a, kind)[:2]] for kind in (False, True)],
        }

    def _way(self) -> str:
        contours = momentum_paths.contours(self._a)
        names = {"plain": NAMES["plain"], "momentum": KIND[self._nesterov]}
        return f'<g data-c="contours">{contours}</g>' + momentum_paths.paths(self._runs, names)

    def _drawn(self) -> dict:
        """The two pictures beside the plane."""
        falls = momentum_paths.WIDTH, momentum_paths.FALL_HEIGHT
        fall = momentum_paths.fall(self._runs)
        return {
            "way": diagram.inline(
                self._way(), *_size(momentum_paths), "The way of momentum and of plain descent"
            ),
            "fall": diagram.inline(fall, *falls, "The distance to the minimum over the steps"),
        }


def _fine(name, group, numbers, bounds) -> Fine:
    base = tuple(sorted(set(numbers)))
    return Fine(name, group, base[0], 1, len(base) - 1, bounds, numbers=base, base=base)


def _column(rows, k) -> list[float]:
    return [row[k] for row in rows]


def _size(module) -> tuple[int, int]:
    return module.WIDTH, module.HEIGHT
