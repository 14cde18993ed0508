"""The exercises of chapter 01: right answers in many styles, wrong ones with their sentence."""

import math

import numpy as np
import pytest

from helpers.checks import check, registry
from helpers.checks.exercise import FunctionExercise
from helpers.examples import schematic, worked

try:
    import torch
except ImportError:
    torch = None


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


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

SOLUTIONS = {
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


def cases(table):
    return [
        pytest.param(number, answer, id=f"{number}-{i}")
        for number, answers in table.items()
        for i, answer in enumerate(answers)
    ]


def test_every_exercise_has_solutions_here():
    assert list(SOLUTIONS) == [each.id for each in registry.exercises(1)]
    assert all(len(answers) >= 3 for answers in SOLUTIONS.values())


@pytest.mark.parametrize(("number", "answer"), cases(SOLUTIONS))
def test_a_right_answer_is_solved(number, answer):
    verdict = check(number, answer)
    assert verdict.status == "solved", verdict
    assert verdict.compared


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
    ("1.2", [H1, H2, ..., ...], ["entry 2"]),
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


@pytest.mark.parametrize(("number", "answer", "words"), WRONG)
def test_a_wrong_answer_is_told_what_is_wrong(number, answer, words):
    verdict = check(number, answer)
    assert verdict.status == "not yet", verdict
    for word in words:
        assert word in verdict.message, verdict


# The hidden cases ---------------------------------------------------------------------------------

def test_the_layers_cases_are_generic():
    arguments = [case.arguments for case in registry.find("1.4").cases()]
    assert any(x.ndim == 2 and len(x) > 1 for x, _ in arguments)
    assert any(x.ndim == 1 for x, _ in arguments)
    assert len({W.shape for _, W in arguments}) >= 3
    for x, W in arguments:
        for array in (x, W):
            assert len(np.unique(array)) == array.size
            assert np.abs(array).min() >= 0.1
        assert (W > 0).any()
        assert (W < 0).any()
        assert W.shape[0] == x.shape[-1] + 1


def test_the_hidden_cases_are_the_same_each_time():
    for exercise in registry.exercises():
        if isinstance(exercise, FunctionExercise):
            first, second = exercise.cases(), exercise.cases()
            for one, other in zip(first, second, strict=True):
                for a, b in zip(one.arguments, other.arguments, strict=True):
                    assert a is b or np.array_equal(a, b)


def test_the_values_by_hand_are_those_of_the_worked_example():
    net, x, _ = worked()
    assert np.allclose(np.ravel(net.forward(x).z_h)[0], Z_H1, rtol=1e-12)
    assert np.allclose(registry.find("1.2").expected(), NODES, rtol=1e-12)
