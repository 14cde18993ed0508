"""The epsilon lab: how wrong a measured slope is, and why no epsilon is right for everything."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram, examples
from ..gradcheck import relative_error
from ..plots import epsilon as drawing
from ..plots import epsilon_digits as digits
from ..plots import epsilon_numbers as numbers
from ..plots.epsilon_numbers import EPSILONS, FORMULAS, TYPES, VARIANTS
from . import sweep
from .choices import choice
from .lab import SLIDERS, Lab, browser_module, style_sheet

MOST_WEIGHTS = 24
ALONG = "slope of E along"
KINDS = tuple(TYPES)


class EpsilonLab(Lab):
    """`EpsilonLab()`: the relative error of a difference quotient over epsilon, and its digits.

    f        an `Example` with the squared error and at most 24 weights; the worked one where not
             given. Or a function of one number, which must take NumPy's numbers, complex ones too
    choose   the name of the weight whose slope is measured; w5, or the first one
    epsilon  from 1e-16 to 1
    formula  "centred" or "one-sided"
    kind     "float64" or "float32": the type in which E is computed, from its weights on
    at       where the slope of a function is measured

    The properties hold what is shown: `lab.epsilon`, `lab.formula`, `lab.kind`, `lab.weight`,
    `lab.up`, `lab.down`, `lab.difference`, `lab.slope`, `lab.exact`, `lab.error` (relative) and
    `lab.best`, about the best epsilon. `lab.set(epsilon=1e-8, formula="one-sided")` and
    `lab.choose("w1")` do what a reader does; `lab.observe(f, "error")` calls f whenever the
    relative error changes. `lab.curve()` is the curve that stands out.

    ValueError for what it cannot show, saying what it can.
    """

    _esm = browser_module(*SLIDERS, "choices.js", "epsilon.js")
    _css = style_sheet("lab.css", "choices.css", "epsilon.css", of="bp-epsilon")
    number_type = "<f8"

    error = traitlets.Float()

    def __init__(
        self, f=None, choose=None, epsilon=1e-6, formula="centred", kind="float64", at=1.0
    ):
        self._measured = _measured(f, at)
        names = list(self._measured)
        choose = choose or ("w5" if "w5" in names else names[0])
        sliders = [
            sweep.scale("epsilon", "nudge", EPSILONS, place=(2, 1, 1)),
            choice("formula", "difference", FORMULAS, place=(2, 1, 1)),
            choice("kind", "numbers", KINDS, place=(2, 1, 1)),
            choice("weight", ALONG, names, place=(2, 1, 1)),
        ]
        values = [s.checked(v) for s, v in zip(sliders, (epsilon, formula, kind, choose))]
        self._rows = {}
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, "epsilon")

    # ---- what Lab asks for

    def quantities(self):
        shown = [("x", 1)]
        for name in self._measured:
            for kind in KINDS:
                shown += [(f"{row} {kind} {name}", None) for row in ("up", *FORMULAS)]
            for formula, kind in VARIANTS:
                rows = (("difference", None), ("slope", None), ("error", None), ("y", 1))
                shown += [(f"{row} {formula} {kind} {name}", p) for row, p in rows]
        return shown

    def evaluate(self, settings):
        """Every number of every weight and variant; only epsilon matters."""
        epsilons = settings[:, 0]
        new = np.array(sorted(set(epsilons.tolist()) - set(self._rows)))
        if len(new):
            self._rows |= zip(new.tolist(), self._computed(new))
        return np.array([self._rows[e] for e in epsilons.tolist()])

    def _computed(self, epsilon):
        """(k, quantities) for k epsilons."""
        columns = [drawing.x_of(epsilon)]
        for m in self._measured.values():
            found = {v: m.quotients(*v, epsilon) for v in VARIANTS}
            for kind in KINDS:
                columns.append(found["centred", kind][0])
                columns += [found[formula, kind][1] for formula in FORMULAS]
            for *_, difference, slope in found.values():
                slope = slope.astype(float)
                error = relative_error(slope, np.full(slope.shape, m.exact))
                columns += [difference, slope, error, drawing.y_of(error)]
        return np.stack([np.asarray(c, float) for c in columns], axis=1)

    def follow(self, values):
        self._now = values
        self.error = float(self._m.relative_error(self.formula, self.kind, [self.epsilon])[0])

    def describe(self):
        """And the second picture, and what belongs to each weight and variant."""
        spec = super().describe()
        spec["sliders"][0]["powers"] = True
        plot = diagram.inline(*self._digits(), "The digits that are subtracted")
        return {
            **spec,
            "parts": [0, 1, 2, 3],
            "choices": {"formula": FORMULAS, "kind": KINDS, "weight": [*self._measured]},
            "plot": plot,
            "about": [_about(m) for m in self._measured.values()],
            "looks": {**digits.LOOK, "chosen": drawing.CHOSEN, "other": drawing.OTHER},
            "digits": numbers.DIGITS,
            "limits": drawing.LIMITS,
            "words": drawing.WORDS,
        }

    def bands(self):
        rows = [["nudge"], ["difference", "numbers"], [ALONG]]
        return [[{"group": group, "columns": 1} for group in row] for row in rows]

    def draw(self):
        return diagram.inline(*self._v(), "Relative error of the slope over epsilon")

    def figure(self):
        caption = (
            "The epsilon lab as it starts: right of the bottom the cut-off grows, left of it "
            "rounding does. Run the cell to move epsilon and to switch to float32."
        )
        parts = [self._v(), self._digits()]
        words = drawing.in_words(self._m, self.formula, self.kind, self.epsilon)
        return diagram.Figure(parts, caption, f"Epsilon lab. {words}")

    # ---- for readers

    epsilon = property(lambda self: self._now["epsilon"], doc="the nudge")
    formula = property(lambda self: FORMULAS[int(self._now["formula"])], doc="of the difference")
    kind = property(lambda self: KINDS[int(self._now["kind"])], doc="float32 or float64")
    weight = property(lambda self: [*self._measured][int(self._now["weight"])], doc="its name")
    up = property(lambda self: self._quotients()[0], doc="E(w + epsilon)")
    down = property(lambda self: self._quotients()[1], doc="E(w - epsilon), one-sided E(w)")
    difference = property(lambda self: self._quotients()[2], doc="up - down")
    slope = property(lambda self: self._quotients()[3], doc="the measured slope")
    exact = property(lambda self: self._m.exact, doc="the true slope, as backpropagation has it")
    best = property(lambda self: self._m.best(self.formula, self.kind), doc="epsilon, about")

    def choose(self, name: str) -> None:
        """Measure the slope along this weight."""
        self.set(weight=name)

    def curve(self, formula: str | None = None, kind: str | None = None):
        """(epsilons, relative errors) of the curve that stands out, or of another."""
        formula, kind = formula or self.formula, kind or self.kind
        return np.array(EPSILONS), self._m.relative_error(formula, kind, EPSILONS)

    # ---- inside

    _m = property(lambda self: self._measured[self.weight])

    def _quotients(self):
        found = self._m.quotients(self.formula, self.kind, [self.epsilon])
        return [float(v[0]) for v in found]

    def _v(self):
        errors = {v: self.curve(*v)[1] for v in VARIANTS}
        body = drawing.v_body(self._m, errors, (self.formula, self.kind), self.epsilon)
        return body, drawing.WIDTH, drawing.HEIGHT

    def _digits(self):
        return digits.part(self._m, self.formula, self.kind, self.epsilon)


def _measured(f, at) -> dict:
    """Every slope that the lab can show, by name."""
    if callable(f):
        return {"w": numbers.function(f, at)}
    f = examples.worked() if f is None else f
    if not isinstance(f, examples.Example):
        raise ValueError(
            f"EpsilonLab needs an Example or a function of one number, not {type(f).__name__}."
        )
    if not 1 <= len(f.names) <= MOST_WEIGHTS:
        raise ValueError(
            f"This example names {len(f.names)} weights; the lab has room for {MOST_WEIGHTS}."
        )
    return {name: numbers.weight(f, name) for name in f.names}


def _about(m) -> dict:
    """What the browser must know of one weight: its labels, its marks, its digits."""
    return {
        "labels": {formula: digits.labels(m, formula) for formula in FORMULAS},
        "marks": {f"{f} {k}": drawing.marks(m, f, k) for f, k in VARIANTS},
        "best": {f"{f} {k}": _best(m, f, k) for f, k in VARIANTS},
        "E": {k: digits.fixed(m.E, digits.decimals(m.E, k)) for k in KINDS},
        "places": {k: [digits.decimals(v, k) for v in (m.E, m.exact)] for k in KINDS},
        "exact": digits.fixed(m.exact, digits.decimals(m.exact, "float64")),
        "exactShort": diagram.number(m.exact, 9),
    }


def _best(m, formula, kind):
    best = m.best(formula, kind)
    return best and {"value": best, "text": drawing.about(best)}
