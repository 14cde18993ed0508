"""What the exercises of chapter 07 stand on: passes for a batch, loops that are found, times."""

import inspect
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers.checks import faster, growth, without_loops
from helpers.mistakes import batches
from helpers.network import Network, with_one

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def batch():
    net = Network.random((3, 5, 2), seed=4)
    rng = np.random.default_rng(4)
    net.parameters += rng.normal(0, 0.5, net.parameters.size)
    x, t = rng.normal(0, 1, (7, 3)), rng.random((7, 2))
    p = net.forward(x)
    return net, x, t, p, net.backward(p, t)


def same(mine, theirs):
    np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-12)


def test_without_slips_the_passes_are_the_canonical_ones(batch):
    net, x, t, p, g = batch
    h, y = batches.both_layers(x, net.W, net.U)
    same(h, p.h)
    same(y, p.y)
    same(batches.first_layer_gradient(x, h, p.delta_y, net.U), g.dE_dW)
    for function in (batches.gradients, without_loops.slow_gradients):
        dE_dW, dE_dU = function(x, t, net.W, net.U)
        same(dE_dW, g.dE_dW)
        same(dE_dU, g.dE_dU)
    w, b = batches.step_apart(net.W[1:], net.W[0], x, p.delta_h, 0.7)
    same(np.vstack([b, w]), net.W - 0.7 * g.dE_dW)


def test_counts_are_repetitions(batch):
    net, x, t, p, _ = batch
    counts = np.array([2, 1, 3, 1, 5, 2, 1])
    full = net.gradient(np.repeat(x, counts, axis=0), np.repeat(t, counts, axis=0))
    same(batches.counted_gradient(p.h, p.delta_y, counts), full.dE_dU)


def test_the_shapes_are_those_of_a_pass(batch):
    net, _, _, p, g = batch
    found = {"with_one(h)": with_one(p.h), "U": net.U, "delta_y": p.delta_y, "delta_h": p.delta_h,
             "dE_dU": g.dE_dU, "dE_dW": g.dE_dW}  # fmt: skip
    assert batches.batch_shapes(7, 3, 5, 2) == {name: a.shape for name, a in found.items()}


def test_loop_against_batch(batch):
    net, x, t, _, _ = batch
    right = lambda x, t: net.gradient(x, t).dE_dW  # noqa: E731
    assert batches.loop_against_batch(right, x, t) < 1e-12
    summed = lambda x, t: np.atleast_2d(x).shape[0] * net.gradient(x, t).dE_dW  # noqa: E731
    assert batches.loop_against_batch(summed, x, t) == pytest.approx(
        6 * np.abs(right(x, t)).max(), rel=1e-12
    )


# Loops and times ----------------------------------------------------------------------------------

SIZES = {"rows": "n", "columns": "k"}
make = lambda n, k: (np.ones((n, k)),)  # noqa: E731


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda a: a @ a.T, ""),
        (lambda a: np.einsum("ij,ik->jk", a, a), ""),
        (lambda a: [a for _ in range(2)], ""),
        (lambda a: print(a) or f"{a}" or str(a) or repr(a), ""),
        (lambda a: [print(row) for row in a], "loop over the rows is left"),
        (lambda a: np.array([row.sum() for row in a]), "loop over the rows is left"),
        (lambda a: list(map(lambda row: row.sum(), a)), "loop over the rows is left"),
        (lambda a: np.apply_along_axis(np.sum, 0, a), "loop over the columns is left"),
        (lambda a: [[v for v in row] for row in a], "loop over the rows and the columns is left"),
    ],
)
def test_a_loop_is_found_by_the_steps_it_takes(function, words):
    found = growth.loop_that_is_left(function, make, SIZES)
    assert words in found
    assert bool(found) == bool(words)
    assert sys.gettrace() is None


def test_steps_leave_no_trace_when_the_function_raises():
    with pytest.raises(ZeroDivisionError):
        growth.steps(lambda: 1 / 0, ())
    assert sys.gettrace() is None


def test_under_a_debugger_no_loop_is_looked_for():
    def debugger(frame, event, value):
        return None

    sys.settrace(debugger)
    try:
        found = growth.loop_that_is_left(lambda a: [row.sum() for row in a], make, SIZES)
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(None)
    assert found == ""


@pytest.mark.parametrize(
    ("own", "other", "wanted"), [(1.0, 6.0, True), (1.0, 4.0, False), (3.0, 4.0, False)]
)
def test_times_are_compared_by_the_shortest(own, other, wanted, monkeypatch):
    """Two functions whose times are told by a clock of our own: disturbed runs do not count."""
    disturbed = iter([9.0, 0.0, 5.0, 0.0] * 20)
    lengths = {"own": own, "other": other}
    monkeypatch.setattr(faster, "seconds", lambda f, _: lengths[f] + next(disturbed))
    assert faster.is_faster("own", "other", tuple, 5) is wanted


# The notebooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["chapters", "solutions"])
def test_times_are_not_committed_and_the_loops_are_those_of_the_check(folder):
    page = ROOT / folder / "07_batches.ipynb"
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    timed = [c for c in cells if "output-not-kept" in c["metadata"].get("tags", [])]
    assert timed
    assert all(not c["outputs"] and "nbval-ignore-output" in c["metadata"]["tags"] for c in timed)
    (given,) = ("".join(c["source"]) for c in cells if "def slow_grad" in "".join(c["source"]))
    lines = inspect.getsource(without_loops.slow_gradients).splitlines()
    assert given.splitlines() == [line for line in lines if '"""' not in line]
