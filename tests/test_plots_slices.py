"""Slices of E: every number is the canonical network's; valleys, ends and the figure are right."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import examples, plots
from helpers.examples import Example, letter_names
from helpers.network import Network
from helpers.plots import slice_ends, slice_numbers
from helpers.plots.slice_numbers import Surface, along_weight, line_to, swapped


def example_of(*sizes, n=3, **names) -> Example:
    net = Network.random(sizes, seed=3, **names)
    rng = np.random.default_rng(5)
    x, t = rng.normal(size=(n, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]
    return Example(net, x, t, 0.5, letter_names(net) if len(sizes) == 3 else {})


EXAMPLES = {
    "xor": examples.stuck_xor(),
    "worked": examples.worked(),
    "linear": example_of(2, 3, 2, hidden="tanh", output="identity"),
    "log": example_of(3, 2, 1, hidden="relu", loss="log"),
    "softmax": example_of(2, 2, 3, output="softmax", loss="cross-entropy"),
    "deep": example_of(2, 3, 3, 2, hidden=["tanh", "sigmoid"]),
}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_errors_outputs_and_slopes_are_the_canonical_ones(example):
    surface, net = Surface(*example), example.net.copy()
    rng = np.random.default_rng(0)
    P, d = rng.normal(0, 2, (2, 7, net.parameters.size))
    E, slopes, outputs = surface.errors(P), surface.slopes(P, d), surface.outputs(P)
    for k in range(7):
        net.parameters = P[k]
        assert E[k] == pytest.approx(net.error(example.x, example.t), rel=1e-12)
        g = net.gradient(example.x, example.t).parameters
        assert slopes[k] == pytest.approx(g @ d[k], rel=1e-11, abs=1e-14)
        assert np.allclose(outputs[k], net.forward(example.x).y, rtol=1e-12)


def test_a_slice_along_a_weight_moves_that_weight_alone():
    example = examples.worked()
    net = example.net
    for name in ("w5", "b2"):  # b2 is shared by two units
        line = along_weight(net, name, example.names[name])
        moved = net.copy()
        for l, row, col in example.names[name]:
            moved.weights[l][row, col] = 1.5
        assert np.array_equal(line.weights([1.5])[0], moved.parameters)
        assert line.weights([line.here])[0] == pytest.approx(net.parameters)
    far = net.copy()
    far.U[1, 0] = 90
    line = along_weight(far, "w5", example.names["w5"])
    assert line.low < 90 < line.high


def test_swapped_units_have_equal_E_and_the_line_between_them_a_hill():
    net, x, t = examples.solved_xor()
    other = swapped(net)
    assert other.error(x, t) == pytest.approx(net.error(x, t), rel=1e-14)
    assert not np.allclose(other.parameters, net.parameters)
    line = line_to(net, other, "swap", "", ("", ""))
    E = Surface(net, x, t).errors(line.weights([0.0, 0.5, 1.0]))
    assert E[0] == pytest.approx(E[2], rel=1e-12)
    assert E[0] < 0.002
    assert E[1] > 0.2
    with pytest.raises(ValueError, match="the very same"):
        line_to(net, net, "to", "", ())
    with pytest.raises(ValueError, match="one shape"):
        line_to(net, examples.worked().net, "to", "", ())
    with pytest.raises(ValueError, match="no two hidden units"):
        swapped(Network.random((2, 1, 1)))


def test_descent_along_a_weight_is_plain_descent_of_that_weight():
    net, x, t = example = examples.stuck_xor()
    line, eta = along_weight(net, "w02", example.names["w02"]), 20.0
    path = slice_numbers.descend(Surface(net, x, t), [line] * 2, [3.4, 5.0], [eta, 1.0], 30)
    for column, (s, pace) in enumerate(((3.4, eta), (5.0, 1.0))):
        walker = net.copy()
        walker.W[0, 1] = s
        for k in range(31):
            assert path[k, column] == pytest.approx(walker.W[0, 1], rel=1e-11)
            walker.W[0, 1] -= pace * walker.gradient(x, t).dE_dW[0, 1]


def test_a_step_along_a_line_is_the_part_of_the_full_step_that_lies_along_it():
    net, x, t = examples.solved_xor()
    line = line_to(net, swapped(net), "swap", "", ())
    path = slice_numbers.descend(Surface(net, x, t), [line], [0.4], [20.0], 1)
    at = net.copy()
    at.parameters = line.weights([0.4])[0]
    full = -20 * at.gradient(x, t).parameters
    step = line.weights(path[1])[0] - at.parameters
    assert step == pytest.approx((full @ line.d) / (line.d @ line.d) * line.d, rel=1e-11)


def test_who_diverges_is_left_alone():
    example = EXAMPLES["linear"]
    line = along_weight(example.net, "u11", example.names["u11"])
    surface = Surface(*example)
    path = slice_numbers.descend(surface, [line, line], [3.0, 3.0], [1000.0, 0.1])
    assert np.isfinite(path).all()
    shape = slice_ends.shape_of(surface, line)
    how, steps = slice_ends.ends(line, shape, path)
    assert [slice_ends.short(h) for h in how] == ["leaves", "A"]
    assert how[0] == slice_ends.GONE
    assert steps[1] < 200


def test_the_stuck_net_has_two_valleys_along_one_weight():
    net, x, t = example = examples.stuck_xor()
    assert net.error(x, t) == pytest.approx(0.1241, abs=1e-4)
    for name in ("w02", "w12", "w22"):
        line = along_weight(net, name, example.names[name])
        surface = Surface(net, x, t)
        shape = slice_ends.shape_of(surface, line)
        assert (len(shape.valleys), len(shape.hills)) == (2, 1), name
        (a, E_a), (b, E_b) = shape.valleys
        ((hill, E_hill),) = shape.hills
        assert a < hill < b
        assert E_hill > max(E_a, E_b) + 0.07
        P = line.weights([a, hill, b])
        assert surface.slopes(P, line.d) == pytest.approx(0, abs=1e-12)
        assert list(shape.home([a, hill - 0.1, hill + 0.1, b])) == [0, 0, 1, 1]


def test_where_descents_end():
    net, x, t = example = examples.stuck_xor()
    line, surface = along_weight(net, "w02", example.names["w02"]), Surface(net, x, t)
    shape = slice_ends.shape_of(surface, line)

    def end(s, eta):
        path = slice_numbers.descend(surface, [line], [s], [eta])
        (how,), (steps,) = slice_ends.ends(line, shape, path)
        return slice_ends.short(how), int(steps)

    assert end(3.4, 20) == ("A", 3)
    assert end(4.0, 20)[0] == "B"
    assert end(1.0, 20) == ("A", 0)
    assert end(-7.0, 20) == ("stuck", 200)
    assert end(-5.0, 20) == ("slow", 200)
    assert end(3.5, 100)[0] == "B"  # over the hill
    assert end(-5.7, 100)[0] == "leaves"
    assert end(-4.8, 20)[0] == "swings"


def test_small_steps_are_drawn_together_and_big_ones_never():
    path = np.array([0, 0.001, 0.002, 0.5, 0.501, 0.2, 0.21, *[0.21] * 4])[:, None]
    kept = slice_ends.visible_steps(path, 1.0, 6)[:, 0]
    assert kept[:6] == pytest.approx([0, 0.002, 0.5, 0.501, 0.2, 0.21])
    assert np.isnan(kept[6])
    few = slice_ends.visible_steps(np.arange(9.0)[:, None], 1.0, 3)
    assert list(few[:, 0]) == [0, 1, 2, 3]


def test_dents_are_no_valleys():
    points = [(0, 0.1, True), (1, 0.5, False), (2, 0.4999, True), (3, 0.5, False), (4, 0.2, True)]
    assert slice_ends._without_dents(points, 0.001) == [points[0], points[3], points[4]]


def test_a_chord_below_the_curve():
    grid = np.linspace(-2, 2, 401)
    wave, bowl = np.cos(grid), grid**2
    for E, convex in ((wave, False), (bowl, True)):
        ends = [[E[100]], [1.0], [E[300]]]
        gap, at, height = slice_ends.chord_gap(grid, E, [-1.0], *ends)
        assert (gap[0] <= 1e-12) == convex
        if not convex:
            assert (at[0], height[0]) == pytest.approx((0, np.cos(1)), abs=1e-12)
            assert gap[0] == pytest.approx(1 - np.cos(1))
    same = slice_ends.chord_gap(grid, wave, [1.0], [0.5], [1.0], [0.5])
    assert [v[0] for v in same] == [0, 1, 0.5]


def test_the_figure_shows_the_curve_its_valleys_and_its_descents():
    net, x, t = examples.stuck_xor()
    figure = plots.slice_of_E(net, x, t, "w02", start=[3.4, 4.1], eta=20)
    curve, one, other = figure.chart.lines
    moved = net.copy()
    for s, e in list(zip(curve.x, curve.y))[::20]:
        moved.W[0, 1] = s
        assert e == pytest.approx(moved.error(x, t), rel=1e-12)
    assert one.x[-1] == pytest.approx(1.0621, abs=1e-4)
    assert other.x[-1] == pytest.approx(6.19, abs=0.1)
    assert [p.label for p in figure.chart.points] == ["A", "B", "", ""]
    assert "2 valleys" in figure.caption
    assert "Valleys at 1.06 with E = 0.1241 and 6.21 with E = 0.2442" in figure.alt
    assert "A descent from 3.40 ends at 1.06 after 40 steps" in figure.alt


def test_the_figure_of_a_line_to_another_network():
    net, x, t = examples.stuck_xor()
    chart = plots.slice_of_E(net, x, t, examples.solved_xor().net).chart
    at = dict(zip(np.round(chart.lines[0].x, 6), chart.lines[0].y))
    assert at[0.0] == pytest.approx(net.error(x, t), rel=1e-12)
    assert at[1.0] == pytest.approx(examples.solved_xor().net.error(x, t), rel=1e-12)
    pyplot = pytest.importorskip("matplotlib.pyplot")
    ax = pyplot.figure().subplots()
    assert plots.slice_of_E(net, x, t, "w02", ax=ax) is ax
    pyplot.close(ax.figure)


def test_what_cannot_be_drawn():
    net, x, t = examples.stuck_xor()
    for arguments, words in (
        ({"along": "w99"}, "No weight 'w99'; there are w01"),
        ({"along": examples.worked().net}, "one shape"),
        ({"along": "w02", "start": 9}, "goes from -8 to 8; start is 9"),
    ):
        with pytest.raises(ValueError, match=words):
            plots.slice_of_E(net, x, t, **arguments)
