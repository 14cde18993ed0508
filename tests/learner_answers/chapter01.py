"""Answers to chapter 01, right and wrong. What each name holds is said in `answers.py`."""

import math

import numpy as np
from answers import ByHand, in_a_function

from helpers.examples import schematic
from helpers.mistakes import forward

from . import layers
from .peer import torch


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def frozen(values):
    array = np.array(values)
    array.flags.writeable = False
    return array


# 1.1, 1.2 ---------------------------------------------------------------------------------------

Z_H1 = 0.05 * 0.15 + 0.10 * 0.20 + 0.35
H1, H2 = sigmoid(0.3775), sigmoid(0.3925)
Y1 = sigmoid(0.40 * H1 + 0.45 * H2 + 0.60)
Y2 = sigmoid(0.50 * H1 + 0.55 * H2 + 0.60)
NODES = [H1, H2, Y1, Y2]

# 1.3 --------------------------------------------------------------------------------------------


def add_by_cases(x):
    if x.ndim == 1:
        return np.concatenate([[1.0], x])
    return np.hstack([np.ones((len(x), 1)), x])


def add_with_lists(x):
    return [1, *x] if x.ndim == 1 else [[1, *row] for row in x]


def add_by_filling(x):
    result = np.ones((*x.shape[:-1], x.shape[-1] + 1))
    result[..., 1:] = x
    return result


def add_by_padding(x):
    return np.pad(x, [(0, 0)] * (x.ndim - 1) + [(1, 0)], constant_values=1).astype(np.float32)


def add_by_insert(x):
    return np.insert(x, 0, 1, axis=-1)


# 1.4, 1.6, 1.7 ----------------------------------------------------------------------------------


def layer_matrix(x, W):
    return sigmoid(add_by_filling(x) @ W)


def layer_without_one(x, W):
    return sigmoid(x @ W[1:] + W[0])


def layer_einsum(x, W):
    return sigmoid(np.einsum("...i,ij->...j", x, W[1:]) + W[0])


def layer_lists(x, W):
    rows = [list(row) for row in np.atleast_2d(x)]
    out = [
        [
            1 / (1 + math.exp(-(W[0, j] + sum(v * W[i + 1, j] for i, v in enumerate(row)))))
            for j in range(W.shape[1])
        ]
        for row in rows
    ]
    return out[0] if x.ndim == 1 else out


def layer_float32(x, W):
    x, W = x.astype(np.float32), W.astype(np.float32)
    return sigmoid(x @ W[1:] + W[0])


def layer_tanh(x, W):
    return 0.5 * (1 + np.tanh(0.5 * (x @ W[1:] + W[0])))


def layer_as_matrix(x, W):
    return np.asmatrix(layer_without_one(x, W))


def layer_frozen(x, W):
    return frozen(layer_without_one(x, W))


def layer_torch(x, W):
    x, W = torch.tensor(x), torch.tensor(W, requires_grad=True)
    return torch.sigmoid(x @ W[1:] + W[0])


class Layer:
    def __call__(self, x, W):
        return layer_without_one(x, W)


def loops(x, W):
    h = []
    for j in range(W.shape[1]):
        z = W[0, j]
        for i in range(len(x)):
            z += x[i] * W[i + 1, j]
        h.append(1 / (1 + math.exp(-z)))
    return np.array(h)


def comprehension(x, W):
    return [
        sigmoid(b + sum(v * w for v, w in zip(x, column, strict=True)))
        for b, column in zip(W[0], W[1:].T, strict=True)
    ]


def while_loops(x, W):
    z, j = np.zeros(W.shape[1]), 0
    while j < len(z):
        i = 0
        while i < len(x):
            z[j] += x[i] * W[i + 1, j]
            i += 1
        z[j] += W[0, j]
        j += 1
    return sigmoid(z)


def one_unit(x, w):
    total = w[0]
    for i in range(len(x)):
        total += x[i] * w[i + 1]
    return sigmoid(total)


def by_a_helper(x, W):
    return tuple(one_unit(x, W[:, j]) for j in range(W.shape[1]))


def row_by_row(x, W):
    z = W[0].copy()
    for i, value in enumerate(x):
        z += value * W[i + 1]
    return sigmoid(z)


def by_map(x, W):
    return list(map(lambda w: float(one_unit(x, w)), W.T))


# 1.5 --------------------------------------------------------------------------------------------


def found_by_biases():
    net, x, t = schematic()
    return net.U + np.outer([1, 0, 0, 0], np.log(t / (1 - t)) - net.forward(x).z_y)


def found_by_training():
    net, x, t = schematic()
    U = net.U.copy()
    h = np.concatenate([[1], np.ravel(net.forward(x).h)])
    for _ in range(3000):
        y = sigmoid(h @ U)
        U -= np.outer(h, (y - t) * y * (1 - y))
    return U


def the_network():
    net = schematic().net.copy()
    net.U[...] = found_by_biases()
    return net


class Lab:
    network = the_network()


LAYERS = [
    layer_matrix,
    layer_without_one,
    layer_einsum,
    layer_lists,
    layer_float32,
    layer_tanh,
    layer_as_matrix,
    layer_frozen,
    Layer(),
    np.vectorize(layer_without_one, signature="(i),(k,j)->(j)"),
]
if torch is not None:
    LAYERS.append(layer_torch)

RIGHT = {
    "1.1": [Z_H1, 0.3775, [0.3775], np.float32(0.3775), np.array([[0.3775]]), (0.3775,)],
    "1.2": [
        tuple(NODES),
        NODES,
        np.array(NODES),
        np.array(NODES, dtype=np.float32),
        np.array(NODES)[:, None],
        [round(v, 6) for v in NODES],
        [[H1, H2, Y1, Y2]],
        [np.array(H1), H2, np.float32(Y1), Y2],
    ],
    "1.3": [add_by_cases, add_with_lists, add_by_filling, add_by_padding, add_by_insert],
    "1.4": LAYERS,
    "1.5": [
        found_by_biases(),
        found_by_biases().tolist(),
        found_by_training(),
        found_by_biases().astype(np.float32),
        np.asmatrix(found_by_biases()),
        frozen(found_by_biases()),
        the_network(),
        Lab(),
    ],
    "1.6": LAYERS,
    "1.7": [loops, comprehension, while_loops, by_a_helper, row_by_row, by_map],
}


# Wrong answers ------------------------------------------------------------------------------------


def behind(x):
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def row_on_top(x):
    return np.concatenate([np.ones((1, *x.shape[1:])), x], axis=0)


def loop_from_zero(x, W):
    return [sigmoid(sum(x[i] * W[i + 1, j] for i in range(len(x)))) for j in range(W.shape[1])]


def loop_one_row_early(x, W):
    return [
        sigmoid(W[0, j] + sum(x[i] * W[i, j] for i in range(len(x)))) for j in range(W.shape[1])
    ]


def in_float32_loops(x, W):
    return loops(x.astype(np.float32), W.astype(np.float32))


def bug(x, W):
    return sigmoid(x @ W[1:]) + W[0]


def changes_W(x, W):
    W[0] = 0
    return x


def with_changed_W():
    net = the_network()
    net.W[0, 0] += 0.1
    return net


def one_output_only():
    U = found_by_biases()
    U[:, 1] = schematic().net.U[:, 1]
    return U


WRONG = [
    ("1.1", 0.0275, ["bias of 0.35 is missing"]),
    ("1.1", 0.3925, ["second unit"]),
    ("1.1", 0.593270, ["This is h_1"]),
    ("1.1", 0.375, ["exchanged"]),
    ("1.1", 0.3825, ["leave the first input, 0.15 and 0.25"]),
    ("1.1", 0.6275, ["that of the outputs"]),
    ("1.1", 0.70, ["without their inputs"]),
    ("1.1", 0.378, ["right as far as it goes", "all the digits"]),
    ("1.1", -0.3775, ["wrong sign"]),
    ("1.1", [0.3775, 0.3925], ["1 number;", "2 arrived"]),
    ("1.2", [Y1, Y2, H1, H2], ["the order is h1, h2, y1, y2"]),
    ("1.2", [0.3775, 0.3925, 0.927625, 1.004625], ["stopped at the net input"]),
    ("1.2", [H1, H2, 1.10590597, 1.22492140],
     ["h1 and h2 are right. At the outputs you stopped at the net input"]),
    ("1.2", [H1, H2, sigmoid(0.4 * 0.3775 + 0.45 * 0.3925 + 0.6),
             sigmoid(0.5 * 0.3775 + 0.55 * 0.3925 + 0.6)], ["net inputs of the hidden"]),
    ("1.2", [H1, H2, sigmoid(0.4 * H1 + 0.45 * H2), sigmoid(0.5 * H1 + 0.55 * H2)],
     ["h1 and h2 are right. At the outputs you left the bias out"]),
    ("1.2", [H1, H2, sigmoid(0.4 * H1 + 0.5 * H2 + 0.6), sigmoid(0.45 * H1 + 0.55 * H2 + 0.6)],
     ["crossed"]),
    ("1.2", [H1, H2, Y1, 0.9], ["3 of the 4 entries are right", "y2", "too high"]),
    ("1.2", [0.5933, 0.5969, 0.7514, 0.7729], ["right as far as they go", "all the digits"]),
    ("1.2", [H1, H2], ["4 numbers", "2 arrived"]),
    ("1.2", [H1, H2, ..., ...], ["Still open", "y1"]),
    ("1.3", behind, ["1 must come first"]),
    ("1.3", row_on_top, ["the ones are a column"]),
    ("1.3", lambda x: np.append(1, x), ["flattened"]),
    ("1.3", lambda x: x + 1, ["added 1 to every value"]),
    ("1.3", lambda x: np.insert(x, 0, 0, axis=-1), ["You put a 0"]),
    ("1.3", lambda x: np.concatenate([[1], x]), ["Right for one example", "batch of 4"]),
    ("1.3", lambda x: x, ["without the 1"]),
    ("1.4", bug, ["added the bias after the activation"]),
    ("1.4", lambda x, W: sigmoid(x @ W[1:]), ["left the bias out"]),
    ("1.4", lambda x, W: add_by_cases(x) @ W, ["stopped at the net input"]),
    ("1.4", lambda x, W: sigmoid(behind(x) @ W), ["1 behind the values"]),
    ("1.4", lambda x, W: sigmoid(-layer_z(x, W)), ["1 / (1 + e^z)"]),
    ("1.4", lambda x, W: sigmoid(x @ W), ["ValueError", "2 columns", "3 rows"]),
    ("1.4", lambda x, W: layer_matrix(x, W).T, ["rows and columns", "exchanged"]),
    ("1.4", lambda x, W: 1 - layer_matrix(x, W), ["1 / (1 + e^z)"]),
    ("1.4", lambda x, W: np.tanh(layer_z(x, W)), ["You used tanh"]),
    ("1.4", lambda x, W: layer_matrix(np.atleast_2d(x)[:1], W), ["only the first example"]),
    ("1.4", changes_W, ["its input `x`"]),
    ("1.5", schematic().net.U, ["weights of the start"]),
    ("1.5", schematic().net.U + 0.1, ["y1 is 0.6", "too low for 0.9"]),
    ("1.5", one_output_only(), ["y1 is on target", "y2 is"]),
    ("1.5", found_by_biases()[1:], ["one row too few", "row 0"]),
    ("1.5", found_by_biases().T, ["transpose"]),
    ("1.5", with_changed_W(), ["Only U may change"]),
    ("1.5", np.full((4, 2), np.nan), ["not a number"]),
    ("1.5", np.full((4, 2), 1e308), ["too high"]),
    ("1.6", bug, ["The bug is still there"]),
    ("1.6", lambda x, W: sigmoid(x @ W[1:]), ["left the bias out"]),
    ("1.7", layer_without_one, ["asks for the loops"]),
    ("1.7", layer_einsum, ["asks for the loops"]),
    ("1.7", lambda x, W: layer_matrix(x, W), ["asks for the loops"]),
    ("1.7", lambda x, W: sigmoid(W[0] + (x[:, None] * W[1:]).sum(axis=0)), ["there is none"]),
    ("1.7", lambda x, W: [sigmoid(W[0, j] + np.dot(x, W[1:, j])) for j in range(W.shape[1])],
     ["asks for the loops"]),
    ("1.7", loop_from_zero, ["left the bias out"]),
    ("1.7", loop_one_row_early, ["one row too early"]),
    ("1.7", in_float32_loops, ["float64", "asks for twelve"]),
]  # fmt: skip


def layer_z(x, W):
    return add_by_cases(x) @ W


# Each slip in two ways of writing ----------------------------------------------------------------

_ONES = "one = np.ones((*x.shape[:-1], 1))\n"
_ROWS = "rows = np.atleast_2d(x)\n"
_ONE_OR_MANY = "return result[0] if x.ndim == 1 else result"
ONES = {
    "one-at-the-end": (
        _ONES + "return np.concatenate([x, one], axis=-1)",
        _ROWS + "result = [[*row, 1] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-is-zero": (
        "return np.insert(x, 0, 0, axis=-1)",
        _ROWS + "result = [[0, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-is-minus-one": (
        "return np.insert(x, 0, -1, axis=-1)",
        _ROWS + "result = [[-1, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-row-for-all": (
        "return np.insert(x, 0, 1, axis=0)",
        "if x.ndim == 1:\n    return [1, *x]\nreturn [[1] * x.shape[1], *x]",
    ),
    "one-row-below": (
        "if x.ndim == 1:\n    return np.append(1, x)\nreturn np.vstack([x, np.ones(x.shape[1])])",
        "if x.ndim == 1:\n    return [1, *x]\nreturn [*x, [1] * x.shape[1]]",
    ),
    "batch-flattened": (
        "return np.append(1, x)",
        "out = [1]\nfor v in x.flat:\n    out.append(v)\nreturn out",
    ),
    "one-added-to-values": (
        "return x + 1",
        _ROWS + "result = [[v + 1 for v in row] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-replaces-value": (
        "out = x.copy()\nout[..., 0] = 1\nreturn out",
        _ROWS + "result = [[1, *row[1:]] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-for-every-value": (
        "return np.c_[np.ones(len(x)), x]",
        "if x.ndim == 1:\n    return [[1, v] for v in x]\nreturn [[1, *row] for row in x]",
    ),
    "one-not-added": ("return x.copy()", "return [row for row in x]"),
    "zeros-around": (
        "return np.pad(x, (1, 0))",
        "if x.ndim == 1:\n    return [0, *x]\nrow = [0] * (x.shape[1] + 1)\n"
        "return [row, *[[0, *r] for r in x]]",
    ),
    "padded-with-ones": (
        "return np.pad(x, (1, 0), constant_values=1)",
        "if x.ndim == 1:\n    return [1, *x]\nrow = [1] * (x.shape[1] + 1)\n"
        "return [row, *[[1, *r] for r in x]]",
    ),
    "ones-on-both-sides": (
        _ONES + "return np.concatenate([one, x, one], axis=-1)",
        _ROWS + "result = [[1, *row, 1] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-second": (
        "return np.insert(x, 1, 1, axis=-1)",
        _ROWS + "result = [[row[0], 1, *row[1:]] for row in rows]\n" + _ONE_OR_MANY,
    ),
    "one-twice": (
        _ONES + "return np.concatenate([one, one, x], axis=-1)",
        _ROWS + "result = [[1, 1, *row] for row in rows]\n" + _ONE_OR_MANY,
    ),
}


def _layers(name):
    return {
        slip: (
            layers.matrix_source(name, layers.MATRIX[slip]),
            layers.loop_source(name, layers.LOOPS[slip]),
        )
        for slip in layers.MATRIX
    }


SLIPS = {
    "1.3": in_a_function("add_one(x)", ONES),
    "1.4": _layers("layer"),
    "1.6": _layers("layer_fixed"),
    "1.7": _layers("layer_loop"),
}

LAYER_SOURCES = (
    "def layer(x, W):\n    return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))",
    "def layer(x, W):\n    one = np.ones((*x.shape[:-1], 1))\n"
    "    return sigmoid(np.concatenate([one, x], axis=-1) @ W)",
    "def layer(x, W):\n    z = np.dot(x, W[1:])\n    z = z + W[0]\n    return sigmoid(z)",
)
LOOPS = (
    "def layer_loop(x, W):\n    h = []\n    for j in range(W.shape[1]):\n        z = W[0, j]\n"
    "        for i in range(len(x)):\n            z += x[i] * W[i + 1, j]\n"
    "        h.append(sigmoid(z))\n    return h",
    "def layer_loop(x, W):\n    h = []\n    for j in range(W.shape[1]):\n"
    "        z = sum(x[i] * W[i + 1, j] for i in range(len(x))) + W[0, j]\n"
    "        h.append(1 / (1 + math.exp(-z)))\n    return h",
)
SOLUTIONS = {
    "1.3": (
        "def add_one(x):\n    one = np.ones((*x.shape[:-1], 1))\n"
        "    return np.concatenate([one, x], axis=-1)",
        "def add_one(x):\n    if x.ndim == 1:\n        return np.concatenate([[1.0], x])\n"
        "    return np.hstack([np.ones((len(x), 1)), x])",
        "def add_one(x):\n    return np.insert(x, 0, 1, axis=-1)",
        "def add_one(x):\n    out = np.ones((*x.shape[:-1], x.shape[-1] + 1))\n"
        "    out[..., 1:] = x\n    return out",
    ),
    "1.4": LAYER_SOURCES,
    "1.6": LAYER_SOURCES[:1],
    "1.7": LOOPS,
}

# Numbers typed by hand, computed as a reader would: the line that gives the answer.
NET_INPUT = {
    "bias-forgotten": ("0.15 * 0.05 + 0.20 * 0.10", "0.0275"),
    "squashed-already": ("s(0.3775)", "0.593270"),
    "second-unit": ("0.25 * 0.05 + 0.30 * 0.10 + 0.35", "0.3925"),
    "weights-leaving-the-input": ("0.15 * 0.05 + 0.25 * 0.10 + 0.35", "0.3825"),
    "third-weight-for-the-first": ("0.25 * 0.05 + 0.20 * 0.10 + 0.35", "0.3825"),
    "inputs-reversed": ("0.15 * 0.10 + 0.20 * 0.05 + 0.35", "0.375"),
    "bias-of-other-layer": ("0.15 * 0.05 + 0.20 * 0.10 + 0.60", "0.6275"),
    "inputs-left-out": ("0.15 + 0.20 + 0.35", "0.700"),
    "weights-added": ("(0.15 + 0.05) + (0.20 + 0.10) + 0.35", "0.850"),
    "bias-subtracted": ("0.15 * 0.05 + 0.20 * 0.10 - 0.35", "-0.3225"),
    "bias-twice": ("0.15 * 0.05 + 0.20 * 0.10 + 2 * 0.35", "0.7275"),
    "first-input-left-out": (None, None),  # 0.37 is also 0.3775, cut short
    "last-input-left-out": ("0.15 * 0.05 + 0.35", "0.3575"),
    "first-input-for-all": ("0.15 * 0.05 + 0.20 * 0.05 + 0.35", "0.3675"),
    "last-input-for-all": ("0.15 * 0.10 + 0.20 * 0.10 + 0.35", "0.385"),
    "bias-times-inputs": ("0.15 * 0.05 + 0.20 * 0.10 + 0.35 * 0.15", "0.0800"),
    "products-averaged": ("(0.15 * 0.05 + 0.20 * 0.10) / 2 + 0.35", "0.36375"),
}
TYPED = {"1.1": NET_INPUT}
BY_HAND = {
    "1.1": ByHand(
        "x1 * w1 + x2 * w2 + b1",
        lambda slips, x, W, U, t: forward.first_net_input(x, W, U, slips),
    ),
    "1.2": ByHand(
        "(sigmoid(x1 * w1 + x2 * w2 + b1), sigmoid(x1 * w3 + x2 * w4 + b1), "
        "sigmoid(h1 * w5 + h2 * w6 + b2), sigmoid(h1 * w7 + h2 * w8 + b2))",
        lambda slips, x, W, U, t: forward.nodes(x, W, U, slips),
    ),
}
BEYOND = {"1.1": "one number: most pairs have several explanations, and none is given"}
BLIND = [
    ("1.1", 0.05 * 0.15 + 0.10 * 0.30 + 0.35, "second unit", "z_h1 is 0.3875"),
    ("1.2", [0.593269992, 0.596884378] * 2, "all four values are right", "stands h1"),
    ("1.2", [0.5695462, 0.5744425, 0.75, 0.77], "the sum z_h1 + z_h2", "h1 is 0.569546"),
    ("1.4", "return np.clip(with_one(x) @ W, 0, 1)", "above 0.5", "np.clip"),
    ("1.7", "return sigmoid((with_one(x) @ W).astype(np.float32))", "With all", "five digits"),
]
AS_WRITTEN = {"1.7": "its source is read, to see that there is a loop"}
