"""The loss lab: a prediction and its errors, scores and their cross-entropy, and every slope."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram
from ..plots import loss_numbers, loss_pictures
from ..plots.live import Ink
from . import sweep
from .lab import SLIDERS, Lab, browser_module, style_sheet

CLASSES = ("1", "2", "3")
ARROWS = (
    "Arrow heads point downhill, where the error falls. Beside each bar the arrow is as long as "
    "the slope."
)
ONE_SAYS = (
    "y = {y}, t = {t}. Squared error {e_squared}, slope {dy_squared} along y, {dz_squared} along "
    "z. Log loss {e_log}, slope {dy_log} along y, {dz_log} along z."
)
THREE_SAY = (
    "Probabilities {p_1}, {p_2}, {p_3}; true class {c}. Cross-entropy E = {E}, slopes {slope_1}, "
    "{slope_2}, {slope_3} along the scores."
)
ONE, SCORES, TRUE = "one output", "three classes: scores", "true class"


class LossLab(Lab):
    """`LossLab()`: the losses of a prediction y, and of three scores z.

    y, t    prediction (0.01 to 0.99) and target (0 to 1) of one output
    z, c    three scores (-6 to 6) and the true class 1, 2 or 3

    The properties hold what the sliders say: `lab.y`, `lab.t`; `lab.e`, `lab.de_dy` and
    `lab.de_dz` as {"squared": ..., "log": ...}; `lab.z`, `lab.c`, `lab.p`, the cross-entropy
    `lab.E` and `lab.dE_dz`. `lab.set(y=0.3, z1=2)` moves sliders; `lab.observe(f, "E")` calls f
    whenever the cross-entropy changes.
    """

    _esm = browser_module(*SLIDERS, "picture.js", "live.js", "losses.js")
    _css = style_sheet("lab.css", "losses.css", of="bp-losses")

    E = traitlets.Float()

    def __init__(self, y=0.1, t=1.0, z=(0.5, 2.0, -1.0), c=1):
        sliders = [
            sweep.Slider("y", ONE, 0.01, 0.01, 98, (0.01, 0.99), (2, 1, 1)),
            sweep.Slider("t", ONE, 0.0, 0.01, 100, (0.0, 1.0), (2, 2, 1)),
            *(
                sweep.Slider(f"z{k}", SCORES, -6.0, 0.05, 240, (-6.0, 6.0), (2, k, 1))
                for k in (1, 2, 3)
            ),
            sweep.Slider("c", TRUE, 1.0, 1.0, 2, (1.0, 3.0), (2, 1, 1)),
        ]
        if np.shape(z) != (3,):
            raise ValueError(f"z needs three scores, one for each class; got shape {np.shape(z)}.")
        values = [s.checked(v) for s, v in zip(sliders, (y, t, *z, c))]
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, "y")

    # ---- what Lab asks for

    def quantities(self):
        names = computed(np.array([[*self.values.values()]]))
        return [(name, loss_numbers.places(name)) for name in names]

    def evaluate(self, settings):
        return np.stack([*computed(settings).values()], axis=1)

    def follow(self, values):
        if values["c"] not in (1, 2, 3):
            raise ValueError(f"c is the true class, 1, 2 or 3; got {values['c']:g}.")
        self._now = {k: v[0] for k, v in computed(np.array([[*values.values()]])).items()}
        self.E = float(self._now["E"])

    def describe(self):
        """And the second picture, and what to say; the two halves share no number."""
        parts = {"parts": [0, 0, 1, 1, 1, 1], "second": self._draw(1)}
        return {**super().describe(), **parts, "note": ARROWS, "words": [ONE_SAYS, THREE_SAY]}

    def bands(self):
        return [[{"group": ONE, "columns": 2}], [*super().bands()[1], *super().bands()[2]]]

    def draw(self):
        return self._draw(0)

    def figure(self):
        parts = [(body, loss_numbers.WIDTH, loss_pictures.HEIGHT) for body in self._bodies(False)]
        caption = f"The loss lab as it starts. {ARROWS} Run the cell to move every number."
        return diagram.Figure(parts, caption, self._in_words())

    # ---- for readers

    y = property(lambda self: self.values["y"], doc="prediction of the one output")
    t = property(lambda self: self.values["t"], doc="its target")
    e = property(lambda self: self._both("e"), doc="its error, by loss")
    de_dy = property(lambda self: self._both("dy"), doc="the slope along y, by loss")
    de_dz = property(lambda self: self._both("dz"), doc="the slope along z, y = sigma(z), by loss")
    z = property(lambda self: self._three("z"), doc="scores of the three classes")
    c = property(lambda self: int(self.values["c"]), doc="the true class")
    p = property(lambda self: self._three("p"), doc="softmax(z), the outputs of the three classes")
    dE_dz = property(lambda self: self._three("slope"), doc="slope of the cross-entropy, p - t")

    # ---- inside

    def _both(self, letter):
        return {name: float(self._now[f"{letter}_{name}"]) for name in loss_numbers.LOSS_NAMES}

    def _three(self, letter):
        return np.array([self._now[f"{letter}_{name}"] for name in CLASSES])

    def _ink(self, live=False):
        return Ink(self._now, {name: loss_numbers.places(name) for name in self._now}, live)

    def _bodies(self, live):
        ink = self._ink(live)
        return (
            loss_pictures.curves(ink) + loss_pictures.key(ink) + loss_pictures.numbers_below(ink),
            loss_pictures.bars(ink, CLASSES)
            + loss_pictures.numbers_under(ink, CLASSES)
            + loss_pictures.cross_entropy(ink),
        )

    def _draw(self, half):
        alt = ("The two losses of one output with their slopes", "Three classes with their slopes")
        size = loss_numbers.WIDTH, loss_pictures.HEIGHT
        return diagram.inline(self._bodies(True)[half], *size, alt[half])

    def _in_words(self):
        ink = self._ink()
        shown = {name: diagram.number(v, ink.places[name]) for name, v in ink.values.items()}
        words = f"Loss lab. One output: {ONE_SAYS} Three classes: scores {{z_1}}, {{z_2}}, {{z_3}}."
        return f"{words} {THREE_SAY}".format(**shown)


def computed(settings) -> dict[str, np.ndarray]:
    """Every number of the lab, by name, for settings (k, 6): y, t, z1, z2, z3, c."""
    y, t, *z, c = np.asarray(settings, float).T
    z = np.stack(z, axis=1)
    aims = np.equal(c[:, None], [1, 2, 3]).astype(float)
    one = loss_numbers.one_output(y, t)
    three = loss_numbers.class_numbers(z, aims, CLASSES)
    places = loss_numbers.bar_places(loss_numbers.softmax(z), aims, CLASSES)
    return {**one, **loss_numbers.curve_places(one), **three, "c": c, **places}
