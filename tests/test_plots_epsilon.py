"""The V of gradient checking: its arithmetic, its branches, its figure."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import examples, plots
from helpers.examples import Example, letter_names
from helpers.gradcheck import complex_step_gradient, numerical_slope
from helpers.network import Network
from helpers.plots import epsilon, epsilon_digits
from helpers.plots import epsilon_numbers as numbers


def example_of(*sizes, **names):
    net = Network.random(sizes, seed=3, **names)
    rng = np.random.default_rng(1)
    x, t = rng.uniform(-1, 1, (3, sizes[0])), rng.uniform(0, 1, (3, sizes[-1]))
    return Example(net, x, t, 0.5, letter_names(net))


EXAMPLES = [
    examples.worked(),
    examples.schematic(),
    example_of(2, 3, 2, hidden="tanh", output="identity"),
    example_of(3, 2, 1, hidden="relu"),
]
all_examples = pytest.mark.parametrize("example", EXAMPLES, ids=["222", "232", "tanh", "relu"])


def moved(example, places, w):
    net = example.net.copy()
    for layer, row, col in places:
        net.weights[layer][row, col] = w
    return net


@all_examples
def test_float64_is_the_canonical_forward_pass(example):
    for places in example.names.values():
        w = np.linspace(-2, 2, 5)
        found = numbers.error_at(example, places, w)
        wanted = [moved(example, places, v).error(example.x, example.t) for v in w]
        assert found == pytest.approx(wanted, rel=1e-14)


@all_examples
def test_the_exact_slope_is_backpropagations(example):
    net, x, t = example
    gradient, step = net.gradient(x, t).weights, complex_step_gradient(net, x, t).weights
    for name, places in example.names.items():
        m = numbers.weight(example, name)
        for weights in (gradient, step):
            assert m.exact == pytest.approx(sum(weights[l][i, j] for l, i, j in places), rel=1e-12)


def test_the_bends_of_E():
    example = examples.worked()
    m, places = numbers.weight(example, "w5"), example.names["w5"]

    def slope(w):
        return moved(example, places, w).gradient(example.x, example.t).weights[1][1, 0]

    assert m.second == pytest.approx(numerical_slope(slope, m.w, 1e-5), rel=1e-8)
    bend = (slope(m.w + 1e-3) - 2 * slope(m.w) + slope(m.w - 1e-3)) / 1e-6
    assert m.third == pytest.approx(bend, rel=1e-4)


@all_examples
def test_float32_has_no_digit_more_in_any_step(example, monkeypatch):
    """Whatever an activation sees and gives is float32, as is every difference."""
    seen = set()
    for name, f in numbers.ACTIVATIONS.items():

        def watched(z, f=f):
            seen.update((z.dtype, f(z).dtype))
            return f(z)

        monkeypatch.setitem(numbers.ACTIVATIONS, name, watched)
    name = list(example.names)[-1]
    w = numbers.weight(example, name)
    seen.clear()
    found = w.quotients("centred", "float32", [1e-3, 1e-2])
    assert seen == {np.dtype(np.float32)} == {v.dtype for v in found}
    exact = numbers.error_at(example, example.names[name], np.array([w.w + 1e-3, w.w + 1e-2]))
    assert found[0] == pytest.approx(exact, rel=2e-6)
    assert (found[0] != exact).all()


def test_exp_is_rounded_once():
    z = np.linspace(-700, 700, 101)
    assert numbers._exp(z) == pytest.approx(np.exp(z), rel=3e-16)
    assert numbers._exp(z[40:60].astype(np.float32)).dtype == np.float32


def decades(errors, low, high):
    """log10 of epsilon and of the relative errors, between two epsilons."""
    e, errors = np.array(numbers.EPSILONS), np.array(errors)
    kept = (e >= low) & (e <= high)
    return np.log10(e[kept]), np.log10(errors[kept])


def test_the_branches_have_the_slopes_that_they_are_said_to_have():
    errors = plots.epsilon_v().errors
    cut_off = {"centred": (1e-4, 2), "one-sided": (1e-6, 1)}
    for (formula, kind), found in errors.items():
        low, power = cut_off[formula]
        low = max(low, 0.05 if kind == "float32" else 0)
        assert np.polyfit(*decades(found, low, 0.3), 1)[0] == pytest.approx(power, abs=0.05)
        ends = (1e-14, 1e-8) if kind == "float64" else (1e-6, 1e-3)
        assert np.polyfit(*decades(found, *ends), 1)[0] == pytest.approx(-1, abs=0.25)


def test_1e_6_is_right_in_float64_and_hopeless_in_float32():
    shown = plots.epsilon_v()
    at = shown.epsilon.tolist().index(1e-6)
    assert shown.errors["centred", "float64"][at] < 1e-8
    assert shown.errors["centred", "float32"][at] > 0.1
    assert shown.errors["centred", "float32"].min() > 1e-6


@pytest.mark.parametrize("variant", numbers.VARIANTS, ids=" ".join)
def test_the_best_epsilon_is_near_the_root_of_the_machine_epsilon(variant):
    formula, kind = variant
    m = numbers.weight(examples.worked(), "w5")
    found = m.best(*variant)
    rule = float(np.finfo(kind).eps) ** (1 / 3 if formula == "centred" else 1 / 2)
    assert rule / 10 < found < 10 * rule
    e, errors = np.array(numbers.EPSILONS), m.relative_error(*variant, numbers.EPSILONS)
    nearby = errors[(e > found / 3) & (e < found * 3)]
    assert np.median(nearby) < 3 * np.median(np.sort(errors)[:10])


def test_a_parabola_has_no_cut_off_by_the_centred_difference():
    m = numbers.function(lambda w: w * w, 3)
    assert (m.exact, m.second) == (6, pytest.approx(2))
    assert m.best("centred", "float64") is None
    assert m.relative_error("centred", "float64", [0.5]) == 0
    assert m.relative_error("one-sided", "float64", [0.5])[0] == pytest.approx(0.5 / 6.5)


def test_the_digits_that_cancel():
    m = numbers.weight(examples.worked(), "w5")
    rows = epsilon_digits.pieces(m, "float64", 0.298371190927, 0.298371026593, 1.64e-7, 0.082)
    texts = {row: [text.strip("\u00a0") for _, text in found] for row, found in rows.items()}
    assert texts["up"][0] == texts["down"][0] == "0.298371"
    assert texts["difference"][0] == "0.000000"
    assert texts["slope"][0] == "0.082"
    assert epsilon_digits.lost(m, "float64", 1.64e-7) == (6, 17)
    assert epsilon_digits.lost(m, "float32", 0.0) == (9, 9)
    assert epsilon_digits.lost(m, "float64", 0.5) == (0, 17)
    assert epsilon_digits.decimals(12.5, "float64") == 15
    assert epsilon_digits.fixed(-0.0, 3) == "\u00a00.000"


@pytest.mark.parametrize("variant", numbers.VARIANTS, ids=" ".join)
@pytest.mark.parametrize("choose", ["w5", "w1"])
def test_the_figure_shows_its_data(variant, choose):
    formula, kind = variant
    shown = plots.epsilon_v(choose=choose, formula=formula, kind=kind, epsilon=1e-5)
    svg = shown.svg
    ElementTree.fromstring(svg)
    assert svg == plots.epsilon_v(None, choose, formula, kind, 1e-5).svg
    assert "nan" not in svg
    for v, errors in shown.errors.items():
        points = re.search(f'data-curve="{" ".join(v)}" points="([^"]*)"', svg)[1]
        drawn = np.array([pair.split(",") for pair in points.split()], float)
        x = (drawn[:, 0] - epsilon.X[0]) / (epsilon.X[1] - epsilon.X[0]) * 16 - 16
        assert x == pytest.approx(np.log10(numbers.EPSILONS), abs=0.003)
        inside = errors > 1e-13
        y = (drawn[:, 1] - epsilon.Y[0]) / (epsilon.Y[1] - epsilon.Y[0]) * 13.4 - 13
        assert y[inside] == pytest.approx(np.log10(errors[inside]), abs=0.003)
    assert f"A {formula} difference along {choose} in {kind}, epsilon = 1e-5: " in str(shown)
    assert "rounding" in svg
    assert f"∝ {'ε²' if formula == 'centred' else 'ε'}<" in svg


def test_the_figure_on_axes(ax):
    assert plots.epsilon_v(ax=ax) is ax
    assert len(ax.lines) == 5
    assert ax.get_xscale() == ax.get_yscale() == "log"


@pytest.mark.parametrize(
    ("v", "text"),
    [(1e-6, "1e-6"), (1.25e-16, "1.25e-16"), (0.05, "0.05"), (1, "1"), (-2e-9, "−2e-9"), (0, "0")],
)
def test_numbers_of_any_size(v, text):
    assert epsilon.plain(v) == text


def test_the_verdict_is_the_gradient_checks():
    assert epsilon.verdict(0.9e-6) == "fine enough to check with"
    assert epsilon.verdict(1.1e-6) == epsilon.verdict(0.9e-3) == "doubtful"
    assert epsilon.verdict(1.1e-3) == "useless"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"choose": "w9"}, "No weight 'w9'; there are b1, b2, w1"),
        ({"formula": "forward"}, "one-sided and centred differences in float32 and float64"),
        ({"kind": 16}, "got 'centred' in 16"),
        ({"epsilon": 0}, "from 1e-16 to 1; got 0"),
        ({"epsilon": 2}, "from 1e-16 to 1; got 2"),
        ({"example": examples.digits(), "choose": "w"}, "No weight"),
        ({"example": example_of(2, 2, 2, loss="log"), "choose": "w11"}, "has the log loss"),
    ],
)
def test_wrong_arguments(arguments, words):
    with pytest.raises(ValueError, match=words):
        plots.epsilon_v(**arguments)


def test_a_function_that_takes_no_complex_number():
    with pytest.raises(ValueError, match="also complex ones"):
        numbers.function(lambda w: float(w) ** 2)
