"""The step lab: E along one output weight, its tangent, and the step that eta makes of it."""

from __future__ import annotations

import numpy as np
import traitlets

from .. import diagram
from . import step_plot, sweep
from .lab import SLIDERS, Lab, browser_module, check_count, style_sheet
from .output_layer import OutputLayer, checked_example
from .verdict import WORDS, judged

REACH, STEP = 10.0, 0.05  # of the sliders; far enough to show a sigmoid's valley
FARTHEST = 1000.0
TRAIL = 40  # points that are remembered
MOST_STEPS = 1000  # at once
LEARNING_RATE = "learning rate"
CHAIN = "hidden → output"

# One in 0.01 to 1000 on a logarithmic scale: 75 round numbers in each factor of ten.
_DECADE = [*range(100, 200, 5), *range(200, 500, 10), *range(500, 1000, 20)]
ETAS = [round(d / 100 * 10.0**k, 6) for k in range(-2, 3) for d in _DECADE] + [1000.0]


class StepLab(Lab):
    """`StepLab(example)`: E along one output weight, its tangent, and one step of descent.

    example  an `Example` with one example and at most 12 output weights; the lab keeps a copy
    choose   name of the weight to walk along; the first one that is no bias where not given (w5)
    eta      the learning rate at the start, from 0.01 to 1000

    `lab.take_step()` moves the chosen weight by -eta dE/du. `lab.u`, `lab.slope`, `lab.u_after`,
    `lab.E`, `lab.E_after`, `lab.delta_y`, `lab.h`, `lab.eta` and `lab.network` hold what is shown.
    `lab.set("w5", 0.3)`, `lab.set(eta=20)` and `lab.choose("w6")` do what a reader does;
    `lab.observe(f, "E")` calls f whenever the error changes.

    ValueError for an example, a name or an eta that it cannot show, saying what it can.
    """

    _esm = browser_module(*SLIDERS, "picture.js", "step_plot.js", "step.js")
    _css = style_sheet("lab.css", "step.css", of="bp-steps")
    number_type = "<f8"

    E = traitlets.Float()

    def __init__(self, example, choose=None, eta=0.5):
        self._example = checked_example(example)
        self._net = self._example.net
        self._layer = OutputLayer(self._net, self._example.x, self._example.t, example.names)
        self._names = list(self._layer.places)
        self._trail, self._trail_ends = [], None
        sliders, values = _sliders(self._net, self._layer, eta)
        values[-1] = sliders[-1].checked(eta)
        firsts = [n for n, places in self._layer.places.items() if places[0][0]]
        choose = firsts[0] if choose is None else choose
        self._check_choice(choose)
        self._lowest = np.zeros(len(self._names))
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, choose)

    # ---- what Lab asks for

    def quantities(self):
        last, outputs = len(self._net.weights), range(1, self._net.sizes[-1] + 1)
        shown = [(f"{q}{last}_{k}", 4) for q in "zh" for k in outputs]
        shown += [(f"{q}{k}", 6) for q in ("e", "delta") for k in outputs]
        shown.append(("E", 6))
        numbers = (("slope", 6), ("step", 6), ("after", 6), ("E_after", 6))
        for name in self._names:
            shown += [(f"{q}_{name}", places) for q, places in numbers]
            shown += [(f"share_{name}", 2), (f"verdict_{name}", 0)]
        return shown

    def evaluate(self, settings):
        """What belongs to one weight is given where all other weights stand as they do now.

        Elsewhere it is given as it is now: the table stays small, and the browser shows a weight's
        step only while the others stand still.
        """
        now = np.array([*self.values.values()])
        u, eta = np.vstack([settings, now])[:, :-1], np.append(settings[:, -1], now[-1])
        z, y, e, delta = self._layer.run(u)
        columns = [z, y, e, delta, e.sum(axis=1, keepdims=True)]
        same = u == now[:-1]
        for i, name in enumerate(self._names):
            rows = same.sum(axis=1) - same[:, i] == len(self._names) - 1
            columns.append(np.where(rows[:, None], 0.0, self._step_of(i, name, u[-1:], eta[-1:])))
            columns[-1][rows] = self._step_of(i, name, u[rows], eta[rows])
        return np.hstack(columns)[:-1]

    def _step_of(self, i, name, u, eta):
        """slope, step, after, E_after, share in percent, verdict of one weight, (k, 6)."""
        E, slope, step, after, E_after, slope_after = self._layer.step(name, u, eta)
        share, verdict = judged(E, E_after, slope, slope_after, self._lowest[i])
        return np.stack([slope, step, after, E_after, 100 * share, verdict], axis=1)

    def follow(self, values):
        *u, _ = values.values()
        for name, value in zip(self._names, u):
            for row, col in self._layer.places[name]:
                self._net.U[row, col] = value
        if u != self._trail_ends:
            self._trail = []
        self.E = float(self._net.error(self._example.x, self._example.t))

    def describe(self):
        """And the frame of the plot, how each gradient is a product, and the words."""
        body, *size = self._plot()
        return {
            **super().describe(),
            "plot": diagram.inline(body, *size, "E along the chosen weight, and one step"),
            "weights": self._names,
            "terms": self._terms(),
            "words": {str(k): words for k, words in WORDS.items()},
        }

    def send_sweep(self, *label, **more):
        """How deep each curve goes is found anew, for other weights have moved."""
        u = np.array([*self.values.values()])[:-1]
        for i, name in enumerate(self._names):
            first = self._first_sliders[name].grid()
            grid = np.concatenate([first, self._sliders[name].grid()])
            self._lowest[i] = self._layer.lowest(name, u, grid)
        super().send_sweep(*label, **more)

    def more(self):
        """The way that has been walked along the chosen weight, as (u, E)."""
        return {"trail": self._trail}

    def act(self, content):
        """Steps that the reader has asked for."""
        try:
            self._walk(min(int(content.get("steps", 0)), TRAIL))
        except ValueError as reason:
            return str(reason)
        return ""

    def draw(self):
        return diagram.inline(*self._network_part(), "The network with its values")

    def figure(self):
        caption = (
            f"The step lab as it starts: E along {self.chosen}, its tangent, and the step that eta "
            "makes of it. Run the cell to move eta and every output weight."
        )
        return diagram.Figure([self._plot(), self._network_part()], caption, self._in_words())

    # ---- for readers

    network = property(lambda self: self._net, doc="the network as the sliders say")
    h = property(lambda self: self._layer.h1[1:], doc="outputs of the hidden units, (n_h,)")
    eta = property(lambda self: self.values["eta"], doc="the learning rate")
    u = property(lambda self: self.values[self.chosen], doc="the chosen weight")
    slope = property(lambda self: self._shown("slope"), doc="dE/du of the chosen weight")
    step = property(lambda self: self._shown("step"), doc="eta dE/du")
    u_after = property(lambda self: self._shown("after"), doc="u - eta dE/du")
    E_after = property(lambda self: self._shown("E_after"), doc="E at u_after, all others held")

    @property
    def delta_y(self):
        """dE/dz at the outputs, (n_out,)."""
        p = self._net.forward(self._example.x)
        self._net.backward(p, self._example.t)
        return p.delta_y

    def take_step(self, times: int = 1) -> None:
        """Move the chosen weight by -eta dE/du, `times` times; the others stand still.

        ValueError for anything but 1 to 1,000 steps, and if the weight would leave -1000 to 1000;
        then it has taken the steps before that.
        """
        check_count("times", times, MOST_STEPS)
        try:
            self._walk(times)
        finally:
            self.send_sweep()

    def choose(self, name: str) -> None:
        """Walk along this weight."""
        self._check_choice(name)
        self._change_to(name)
        super().choose(name)

    def reset(self) -> None:
        """Put every slider back to where it was when the lab was made."""
        self._trail = []
        super().reset()

    def curve(self, name: str | None = None):
        """(grid, E along it) for the chosen weight, or another."""
        name = name or self.chosen
        rows = np.tile([*self.values.values()][:-1], (self._sliders[name].steps + 1, 1))
        grid = rows[:, self._names.index(name)] = self._sliders[name].grid()
        return grid, self._layer.run(rows)[2].sum(axis=1)

    # ---- inside

    def _check_choice(self, name):
        if name not in self._names:
            raise ValueError(f"No output weight {name!r}; there are {', '.join(self._names)}.")

    def _take_choice(self, content):
        if content.get("chosen") in self._names:
            self._change_to(content["chosen"])
            self.chosen = content["chosen"]

    def _change_to(self, name):
        if name != self.chosen:
            self._trail = []

    def _walk(self, steps: int) -> None:
        for _ in range(steps):
            trail = self._trail or [(self.u, self.E)]
            self._take({self.chosen: self.u_after})
            self._trail = [*trail, (self.u, self.E)][-TRAIL:]
            self._trail_ends = [*self.values.values()][:-1]

    def _shown(self, quantity: str) -> float:
        """A quantity of the chosen weight, as it is now."""
        names = [name for name, _ in self.quantities()]
        row = self.evaluate(np.array([[*self.values.values()]]))[0]
        return float(row[names.index(f"{quantity}_{self.chosen}")])

    def _terms(self):
        """For each weight its dE/du as a sum of products delta_k h_j."""
        return {
            name: [
                {"delta": col + 1, "h": row, "value": float(self._layer.h1[row])}
                for row, col in places
            ]
            for name, places in self._layer.places.items()
        }

    def _network_part(self):
        values = diagram.values_of(self._net, self._example.x, self._example.t)
        return diagram.draw(self._net, self._example.names, values), *diagram.size(self._net.sizes)

    def _plot(self):
        grid, errors = self.curve()
        now, after = (self.u, self.E), (self.u_after, self.E_after)
        return step_plot.part(self.chosen, grid, errors, now, after, self.slope)

    def _in_words(self):
        verdict = WORDS[int(self._shown("verdict"))]
        numbers = {
            "name": self.chosen,
            "eta": f"{self.eta:.10g}",
            "share": diagram.number(self._shown("share"), 2),
            **{key: diagram.number(getattr(self, key), 6) for key in ("E", "E_after", "slope")},
            "after": diagram.number(self.u_after, 6),
        }
        return (
            f"Step lab along {self.chosen} = {diagram.short(self.u)}. "
            f"dE/d{self.chosen} = {numbers['slope']}. {verdict.format(**numbers)}"
        )


def _sliders(net, layer, eta):
    """A slider for each output weight, and eta's; and their values."""
    sliders, values = [], []
    for name, places in layer.places.items():
        (row, _), columns = places[0], [col + 1 for _, col in places]
        found = {float(net.U[place]) for place in places}
        if len(found) > 1:
            raise ValueError(f"{name} names weights that are not equal: {sorted(found)}.")
        values.append(found.pop())
        slider = sweep.Slider(
            name,
            CHAIN,
            -REACH,
            STEP,
            round(2 * REACH / STEP),
            bounds=(-FARTHEST, FARTHEST),
            place=(row + 2, min(columns), max(columns) - min(columns) + 1),
        )
        sliders.append(slider.holding(values[-1]))
    sliders.append(sweep.scale("eta", LEARNING_RATE, ETAS, place=(2, 1, 1)))
    return sliders, [*values, eta]
