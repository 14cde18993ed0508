"""The frames of the film of one pass: what each shows, its formula, its numbers, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import diagram
from .pass_letters import entry, factor, indices, maths, matrix, named, raised, units, value, weight
from .pass_numbers import PassNumbers, added, shown, total

PHASES = ("forward", "errors", "deltas", "gradients", "update")

SQUASH = {
    "sigmoid": "the sigmoid squashes each net input into the range from 0 to 1",
    "tanh": "tanh squashes each net input into the range from −1 to 1",
    "relu": "ReLU lets positive net inputs through and makes all others 0",
    "identity": "each net input is passed on as it is",
    "softmax": "softmax turns the net inputs into probabilities, which sum to 1",
}
FUNCTION = {
    "sigmoid": "σ({z})", "tanh": "tanh({z})", "relu": "max({z}, 0)", "identity": "{z}",
    "softmax": "softmax({z})",
}  # fmt: skip
SLOPE = {
    "sigmoid": "{h} (1 − {h})", "tanh": "(1 − {h}²)", "relu": "(1 if {z} &gt; 0, else 0)",
    "identity": "1",
}  # fmt: skip
ERROR = {
    "squared": "½ (t_{k} − y_{k})²",
    "log": "−t_{k} ln y_{k} − (1 − t_{k}) ln(1 − y_{k})",
    "cross-entropy": "−t_{k} ln y_{k}",
}


@dataclass(frozen=True)
class Frame:
    """key: what is new, such as ("z", 1); formula, numbers: HTML; caption: one sentence."""

    key: tuple
    phase: str
    label: str
    formula: str
    numbers: str
    caption: str


def frames_of(n: PassNumbers) -> list[Frame]:
    """All frames of the pass, in order."""
    frames = [_given(n)]
    for layer in range(1, n.last + 1):
        frames += [_net_inputs(n, layer), _values(n, layer)]
    frames += [_errors(n), _total(n), *_output_deltas(n)]
    for layer in range(n.last - 1, 0, -1):
        frames += [_flow(n, layer, k) for k in range(n.net.sizes[layer + 1])]
        if n.net.sizes[layer + 1] > 1:
            frames.append(_meeting(n, layer))
        frames.append(_hidden_deltas(n, layer))
    frames += [_gradients(n, l) for l in range(n.last - 1, -1, -1)]
    return [*frames, _steps(n), _update(n), _after(n)]


# ---- forward


def _given(n: PassNumbers) -> Frame:
    row = ", ".join(diagram.short(float(v)) for v in n.x)
    targets = ", ".join(diagram.short(float(v)) for v in n.t)
    return Frame(
        ("given",), "forward", "Given",
        maths(", ".join(["x", "t", *(matrix(n, l) for l in range(n.last)), "η"])),
        maths(f"x = ({row}),  t = ({targets}),  η = {n.eta:g}"),
        "Inputs, targets and weights are given; everything else will be computed from them.",
    )  # fmt: skip


def _net_inputs(n: PassNumbers, layer: int) -> Frame:
    l = layer - 1
    a, b = indices(n, l)
    up = raised(n, layer)
    W = n.net.weights[l][:, 0]
    terms = [
        f"{factor(entry(n, l, i))} × {factor(diagram.short(float(W[i + 1])))}"
        for i in range(n.net.sizes[l])
    ]
    numbers = " + ".join([diagram.short(float(W[0])), *terms])
    first = layer == 1
    return Frame(
        ("z", layer), "forward", f"Net inputs of the {units(n, layer)}",
        maths(f"z^{up}_{b} = {weight(n, l, '0' + b)} + Σ_{a} {value(n, l, a)} "
              f"{weight(n, l, a + b)}"),
        maths(f"z^{up}_1 = {numbers} = {shown(float(n.z(layer)[0]))}"),
        "Each unit adds up its inputs, each times its weight, and its bias, the weight of the "
        "constant 1." if first else
        "The next units do the same with what comes out of the units before them.",
    )  # fmt: skip


def _values(n: PassNumbers, layer: int) -> Frame:
    _, b = indices(n, layer - 1)
    name, up = n.net.activations[layer - 1].name, raised(n, layer)
    symbol, first = value(n, layer, b), value(n, layer, 1)
    z = diagram.number(float(n.z(layer)[0]), 4)
    numbers = FUNCTION[name].format(z=z) if name != "softmax" else "softmax(z^y)"
    squash = SQUASH[name][0].upper() + SQUASH[name][1:]
    end = "; this is the prediction." if layer == n.last else "."
    label = "Outputs" if layer == n.last else f"Values of the {units(n, layer)}"
    return Frame(
        ("h", layer), "forward", label,
        maths(f"{symbol} = " + FUNCTION[name].format(z=f"z^{up}_{b}")),
        maths(f"{first} = {numbers} = {entry(n, layer, 0)}"),
        squash + end,
    )  # fmt: skip


# ---- errors


def _errors(n: PassNumbers) -> Frame:
    t, y = diagram.short(float(n.t[0])), entry(n, n.last, 0)
    form = ERROR[n.net.loss.name]
    numbers = form.format(k="1").replace("t_1", factor(t)).replace("y_1", factor(y))
    return Frame(
        ("e",), "errors", "The error of each output",
        maths("e_k = " + form.format(k="k")),
        maths(f"e_1 = {numbers} = {diagram.number(float(n.e[0]), 6)}"),
        "Only now the targets are needed: each output is compared with its own.",
    )  # fmt: skip


def _total(n: PassNumbers) -> Frame:
    parts = [diagram.number(float(v), 6) for v in n.e]
    sums = " + ".join(parts) + " = " if len(parts) > 1 else ""
    return Frame(
        ("E",), "errors", "The total error",
        maths("E = " + " + ".join(f"e_{k + 1}" for k in range(len(parts)))),
        maths(f"E = {sums}{diagram.number(n.E, 6)}"),
        "The total error is the sum; all weights are to be moved so that it becomes smaller.",
    )  # fmt: skip


# ---- deltas


def _output_deltas(n: PassNumbers) -> list[Frame]:
    y, t = diagram.number(float(n.h(n.last)[0]), 4), diagram.short(float(n.t[0]))
    gap, delta = float(n.h(n.last)[0] - n.t[0]), shown(float(n.delta(n.last)[0]))
    slope, name = n.slopes[-1], n.net.activations[-1].name
    if slope is None or name == "identity":
        why = (
            "With this loss the slope of the squashing cancels"
            if slope is None
            else ("These outputs squash nothing")
        )
        return [Frame(
            ("delta", n.last), "deltas", "Deltas of the outputs",
            maths("δ^y_k = ∂E/∂z^y_k = y_k − t_k"),
            maths(f"δ^y_1 = {y} − {factor(t)} = {delta}"),
            f"{why}, so how fast E grows with the net input is just y − t: this is called delta.",
        )]  # fmt: skip
    form = SLOPE[name].format(h="y_k", z="z^y_k")
    return [
        Frame(
            ("gap",), "deltas", "How fast E grows with each output",
            maths("∂E/∂y_k = y_k − t_k"),
            maths(f"∂E/∂y_1 = {y} − {factor(t)} = {shown(gap)}"),
            "E grows with an output that is too large already, and shrinks as one that is too "
            "small grows.",
        ),
        Frame(
            ("delta", n.last), "deltas", "Deltas of the outputs",
            maths(f"δ^y_k = ∂E/∂z^y_k = (y_k − t_k) {form}"),
            maths(f"δ^y_1 = {shown(gap)} × {shown(float(slope[0]))} = {delta}"),
            "Times the slope of the squashing, this is delta: how fast E grows with the net input.",
        ),
    ]  # fmt: skip


def _source(n: PassNumbers, layer: int, k: int) -> str:
    if layer + 1 == n.last:
        return "the output" if n.net.sizes[-1] == 1 else f"output {k + 1}"
    return f"unit {k + 1} of layer {layer + 1}"


def _flow(n: PassNumbers, layer: int, k: int) -> Frame:
    up, source = raised(n, layer + 1), _source(n, layer, k)
    terms, name = n.terms[layer - 1][:, k], named(n, layer, 1, k)
    delta = shown(float(n.delta(layer + 1)[k]))
    u = factor(diagram.short(float(n.net.weights[layer][1, k])))
    where = "along each of its weights, multiplied by that weight"
    if k:
        where = "to the same units, multiplied by weights of its own"
    return Frame(
        ("flow", layer, k), "deltas", f"Back from {source}",
        maths(f"δ^{up}_{k + 1} {weight(n, layer, f'j{k + 1}')}"),
        maths(f"δ^{up}_1".replace("_1", f"_{k + 1}") + f" {name} = {delta} × {u} = "
              f"{shown(float(terms[0]))}"),
        f"The delta of {source} goes back {where}.",
    )  # fmt: skip


def _meeting(n: PassNumbers, layer: int) -> Frame:
    up, symbol = raised(n, layer + 1), value(n, layer, "j")
    terms, back = n.terms[layer - 1][0], float(n.back[layer - 1][0])
    return Frame(
        ("sum", layer), "deltas", "They meet and add up",
        maths(f"∂E/∂{symbol} = Σ_k δ^{up}_k {weight(n, layer, 'jk')}"),
        maths(f"∂E/∂{value(n, layer, 1)} = {total([float(v) for v in terms], back)}"),
        "Each unit had a share in all these errors, so what comes back to it is added up.",
    )  # fmt: skip


def _hidden_deltas(n: PassNumbers, layer: int) -> Frame:
    up, symbol = raised(n, layer), value(n, layer, "j")
    name = n.net.activations[layer - 1].name
    back, slope = float(n.back[layer - 1][0]), float(n.slopes[layer - 1][0])
    delta = shown(float(n.delta(layer)[0]))
    form = SLOPE[name].format(h=symbol, z=f"z^{up}_j")
    return Frame(
        ("delta", layer), "deltas", f"Deltas of the {units(n, layer)}",
        maths(f"δ^{up}_j = ∂E/∂{symbol} · {form}"),
        maths(f"δ^{up}_1 = {added([back])} × {shown(slope)} = {delta}"),
        "Times the slope of the unit’s own squashing: now the hidden units have deltas, too.",
    )  # fmt: skip


# ---- gradients and update


def _gradients(n: PassNumbers, l: int) -> Frame:
    a, b = indices(n, l)
    up, incoming = raised(n, l + 1), value(n, l, a)
    g = shown(float(n.g.weights[l][1, 0]))
    delta = factor(shown(float(n.delta(l + 1)[0])))
    where = "what came in from the left, times the delta at its right end"
    caption = f"The gradient of a weight is {where}; at a bias a 1 came in."
    if l < n.last - 1:
        caption = f"It is the same rule for these weights: {where}."
    return Frame(
        ("gradient", l), "gradients", f"Gradients of {re.sub(r'[^WU0-9]', '', matrix(n, l))}",
        maths(f"∂E/∂{weight(n, l, a + b)} = {incoming} δ^{up}_{b}"),
        maths(f"∂E/∂{named(n, l, 1, 0)} = {entry(n, l, 0)} × {delta} = {g}"),
        caption,
    )  # fmt: skip


def _steps(n: PassNumbers) -> Frame:
    l = n.last - 1
    g, step = float(n.g.weights[l][1, 0]), float(n.step(l)[1, 0])
    bias = {
        "frozen": "; the biases stay as they are",
        "shared": "; units that share a bias add their gradients",
        "separate": "",
    }[n.biases]
    return Frame(
        ("steps",), "update", "Steps",
        maths(f"−η ∂E/∂{weight(n, l, ''.join(indices(n, l)))}"),
        maths(f"{named(n, l, 1, 0)}: −{n.eta:g} × {factor(shown(g))} = {shown(step)}"),
        f"The step of each weight goes against its gradient, η times as far{bias}.",
    )  # fmt: skip


def _update(n: PassNumbers) -> Frame:
    l = n.last - 1
    name, w = named(n, l, 1, 0), weight(n, l, "".join(indices(n, l)))
    old, new = (float(net.weights[l][1, 0]) for net in (n.net, n.after))
    step = shown(float(n.step(l)[1, 0]))
    moved = f"− {step[1:]}" if step[0] == "−" else f"+ {step}"
    return Frame(
        ("update",), "update", "All weights move",
        maths(f"{w} ← {w} − η ∂E/∂{w}"),
        maths(f"{name} ← {diagram.short(old)} {moved} = {shown(new, 4)}"),
        "All weights move at once, each by a gradient that was computed with the old weights.",
    )  # fmt: skip


def _after(n: PassNumbers) -> Frame:
    better = n.E_after < n.E
    words = "smaller" if better else "larger: the step was too long"
    return Frame(
        ("after",), "update", "After the update",
        "<i>E</i>(old weights) → <i>E</i>(new weights)",
        maths(f"E: {diagram.number(n.E, 9)} → {diagram.number(n.E_after, 9)}"),
        f"A forward pass with the new weights shows that the error has become {words}.",
    )  # fmt: skip
