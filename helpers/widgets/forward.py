"""The forward lab: move any weight, bias, input or target, and see every node and E follow."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import traitlets

from .. import diagram
from ..examples import Example, letter_names
from ..network import Network, with_one
from ..network_input import checked_rows
from . import curve, sweep
from .lab import SLIDERS, Lab, browser_module, style_sheet

MOST_SLIDERS = 48
REACH = 3.0


def forward_many(net: Network, weights: list[np.ndarray], x: np.ndarray):
    """The canonical forward pass for k networks at once, each with an input of its own.

    weights[l] is (k, n_in + 1, n_out), x is (k, n_in). Returns the lists Z and H, (k, width)
    each, with H[0] = x: the same lines z = with_one(h) @ W and h = f(z) as in `Network`.
    """
    Z, H = [], [x]
    for W, activation in zip(weights, net.activations):
        Z.append((with_one(H[-1])[:, None, :] @ W)[:, 0, :])
        H.append(activation.f(Z[-1]))
    return Z, H


class ForwardLab(Lab):
    """`ForwardLab(net, x, t)` or `ForwardLab(example)`: a network on sliders.

    net     a Network with at most 48 weights, inputs and targets in all; the lab keeps a copy
    x, t    one example, (n_in,) and (n_out,)
    names   label -> index tuples (layer, row, column); letters w and u where not given
    choose  name of the slider along which E is shown first

    `lab.network`, `lab.x`, `lab.t`, `lab.E` and `lab.y` always hold what the sliders say.
    `lab.set("w5", 0.3)`, `lab.x = [0, 1]` and `lab.network = net` move the sliders;
    `lab.observe(f, "E")` calls f whenever the error changes.
    """

    _esm = browser_module(*SLIDERS, "picture.js", "curve.js", "forward.js")
    _css = style_sheet("lab.css")

    x = traitlets.Any()
    t = traitlets.Any()
    E = traitlets.Float()
    network = traitlets.Instance(Network, allow_none=True)

    def __init__(self, net, x=None, t=None, names=None, choose=None):
        if isinstance(net, Example):
            x = net.x if x is None else x
            t = net.t if t is None else t
            names = names or net.names
            net = net.net
        self._net, x, t = _checked(net, x, t)
        names = dict(names or letter_names(self._net))
        _check_names(names, self._net)
        self._names = dict(sorted(names.items(), key=lambda item: sorted(item[1])))
        sliders, values = _sliders(self._net, x, t, self._names)
        chosen = choose or next(name for name, at in self._names.items() if at[0][1] > 0)
        if chosen not in [s.name for s in sliders]:
            raise ValueError(f"choose={choose!r} is none of {', '.join(s.name for s in sliders)}.")
        self._n_in, self._n_t = len(x), len([s for s in sliders if s.group == "targets"])
        self._t = t
        self._index = _flat_indices(self._net, self._names)
        self.follow(dict(zip([s.name for s in sliders], values)))
        self.start(sliders, values, chosen)
        self.observe(self._from_python, ["x", "t", "network"])

    # ---- what Lab asks for

    def quantities(self):
        sizes = self._net.sizes
        shown = []
        for l, width in enumerate(sizes[1:], start=1):
            shown += [(f"{q}{l}_{j + 1}", 4) for q in "zh" for j in range(width)]
        return [*shown, *((f"e{k + 1}", 6) for k in range(sizes[-1])), ("E", 6)]

    def evaluate(self, settings):
        x, t, weights = self._unpack(settings)
        Z, H = forward_many(self._net, weights, x)
        e = self._net.loss.errors(H[-1], t, Z[-1])
        layers = [a for z, h in zip(Z, H[1:]) for a in (z, h)]
        return np.hstack([*layers, e, e.sum(axis=1, keepdims=True)])

    def follow(self, values):
        row = np.array([[*values.values()]])
        x, t, weights = self._unpack(row)
        t = self._net.checked_targets(t[0], 1)[0]
        for mine, new in zip(self._net.weights, weights):
            mine[...] = new[0]
        with self.hold_trait_notifications():
            self._following = True
            self.network, self.x, self.t = self._net, x[0].copy(), t.copy()
            self.E = float(self._net.error(x[0], t))
        self._following = False

    def describe(self):
        """And the frame of the plot."""
        body, *size = curve.part(*self.curve(), self.chosen)
        return {
            **super().describe(),
            "layers": len(self._net.weights),
            "plot": diagram.inline(body, *size, "The error along the chosen slider"),
        }

    def bands(self):
        """Inputs beside targets, and the layers beside each other."""
        bands = [band[0] for band in super().bands()]
        beside = [b for b in bands if b["group"] in ("inputs", "targets")]
        return [beside, [b for b in bands if b not in beside]]

    def draw(self):
        width, height = diagram.size(self._net.sizes)
        return diagram.inline(self._body(), width, height, "The network with its values")

    def figure(self):
        width, height = diagram.size(self._net.sizes)
        parts = [(self._body(), width, height), curve.part(*self.curve(), self.chosen)]
        caption = "The forward lab as it starts. Run the cell to move every weight and input."
        return diagram.Figure(parts, caption, self._in_words())

    # ---- for readers

    y = property(lambda self: self._net.forward(self.x).y, doc="outputs")

    def curve(self, name: str | None = None):
        """(grid, E along it, value now, E now) for the chosen slider, or another."""
        name = name or self.chosen
        names = list(self._sliders)
        slider = self._sliders[name]
        rows = np.tile([*self.values.values()], (slider.steps + 1, 1))
        rows[:, names.index(name)] = slider.grid()
        return slider.grid(), self.evaluate(rows)[:, -1], self.values[name], self.E

    def refresh(self):
        """Show `lab.network` again after its weights were changed in place."""
        self.set(**self._read(self._net, self.x, self.t))

    # ---- inside

    def _body(self):
        return diagram.draw(self._net, self._names, diagram.values_of(self._net, self.x, self.t))

    def _in_words(self):
        words = diagram.in_words(self._net, diagram.values_of(self._net, self.x, self.t))
        return f"Forward lab. {words}"

    def _unpack(self, settings):
        """Settings (k, sliders) as x, t and weights with k in front."""
        k, n_in, n_t = len(settings), self._n_in, self._n_t
        parameters = np.tile(self._net.parameters, (k, 1))
        for column, index in enumerate(self._index, start=n_in + n_t):
            parameters[:, index] = settings[:, column, None]
        weights, at = [], 0
        for rows, cols in pairwise(self._net.sizes):
            size = (rows + 1) * cols
            weights.append(parameters[:, at : at + size].reshape(k, rows + 1, cols))
            at += size
        t = settings[:, n_in : n_in + n_t] if n_t else np.tile(self._t, (k, 1))
        return settings[:, :n_in], t, weights

    def _from_python(self, change):
        """A reader has assigned lab.x, lab.t or lab.network."""
        if self._following:
            return
        try:
            net, x, t = _checked(*(getattr(self, n) for n in ("network", "x", "t")))
            if net.sizes != self._net.sizes:
                raise ValueError(f"This lab shows sizes {self._net.sizes}, not {net.sizes}.")
            self.set(**self._read(net, x, t))
        except ValueError:
            self.follow(self.values)
            raise

    def _read(self, net, x, t):
        """The sliders' values that this network and example ask for."""
        values = [*x, *t[: self._n_t], *(float(net.parameters[index[0]]) for index in self._index)]
        return dict(zip(self._sliders, values))


def _checked(net, x, t):
    """A copy of the network and one example, or a ValueError that says what to do."""
    if not isinstance(net, Network):
        raise ValueError(f"ForwardLab needs a Network or an example, not {type(net).__name__}.")
    if x is None or t is None:
        raise ValueError("ForwardLab needs an input x and a target t: ForwardLab(net, x, t).")
    x, _ = checked_rows(x, net.sizes[0], "x")
    if len(x) != 1:
        raise ValueError(
            f"x has {len(x)} examples; the forward lab shows one. Choose it: x[0], t[0]."
        )
    t = net.checked_targets(t, 1)
    count = len(net.parameters) + x.size + t.size
    if count > MOST_SLIDERS:
        raise ValueError(
            f"A network of sizes {net.sizes} needs {count} sliders; the forward lab has room for "
            f"{MOST_SLIDERS}. Choose a smaller network."
        )
    return net.copy(), x[0].astype(float), t[0].astype(float)


def _check_names(names, net):
    """Each weight has exactly one name."""
    shapes = [W.shape for W in net.weights]
    named = sorted(tuple(index) for indices in names.values() for index in indices)
    wanted = sorted(diagram.all_lines(net.sizes))
    if named != wanted:
        odd = sorted(set(named) ^ set(wanted)) or named
        raise ValueError(
            "names must give each weight (layer, row, column) one name, for weights of shapes "
            f"{shapes}; look at {odd[0]}."
        )


def _flat_indices(net, names):
    """For each name, where its weights lie in net.parameters."""
    starts = np.cumsum([0, *(W.size for W in net.weights)])
    return [
        [int(starts[l] + row * net.weights[l].shape[1] + col) for l, row, col in indices]
        for indices in names.values()
    ]


def _sliders(net, x, t, names):
    """The sliders, in the order inputs, targets, weights; and their values."""
    # One target of a cross-entropy cannot move alone: they sum to 1. Such a lab has no sliders
    # for them.
    t = t if net.loss.name != "cross-entropy" else ()
    limits = {} if net.loss.name == "squared" else {"bounds": (0.0, 1.0)}
    sliders = [
        sweep.in_range(f"x{i}", "inputs", v, -1, 1, place=(2, i, 1)) for i, v in enumerate(x, 1)
    ]
    sliders += [
        sweep.in_range(f"t{k}", "targets", v, 0, 1, place=(2, k, 1), **limits)
        for k, v in enumerate(t, 1)
    ]
    values = [float(v) for v in (*x, *t)]
    for name in names:
        values.append(_shared_value(net, name, names[name]))
        l, row, _ = names[name][0]
        columns = [col + 1 for _, _, col in names[name]]
        place = (row + 2, min(columns), max(columns) - min(columns) + 1)
        group = _layer(l, net)
        sliders.append(sweep.in_range(name, group, values[-1], -REACH, REACH, place=place))
    return sliders, values


def _shared_value(net, name, indices) -> float:
    """The one value of all weights that carry this name."""
    found = {float(net.weights[l][row, col]) for l, row, col in indices}
    if len(found) > 1:
        raise ValueError(f"{name} names weights that are not equal: {sorted(found)}.")
    return found.pop()


def _layer(l: int, net) -> str:
    last = len(net.weights) - 1
    begin = "input" if l == 0 else "hidden" if last < 3 else f"hidden {l}"
    end = "output" if l == last else "hidden" if last < 3 else f"hidden {l + 1}"
    return f"{begin} → {end}"
