"""The epsilon lab without a browser: its numbers, its sweep, its words, its messages."""

from __future__ import annotations

import pytest
from sweeps import look_up

from helpers import EpsilonLab, examples
from helpers.gradcheck import numerical_slope, relative_error
from helpers.network import Network
from helpers.plots import epsilon_digits, epsilon_numbers
from helpers.widgets import choices


@pytest.fixture
def lab():
    return EpsilonLab()


def test_the_sweep_is_exact_for_every_weight_and_variant(lab):
    """To the last bit: the digits that cancel are shown."""
    names = [name for name, _ in lab.quantities()]
    example = examples.worked()
    for k in (0, 60, 100, 125, 160):
        epsilon = lab.sweep["rows"][0]["grid"][k]
        found = dict(zip(names, look_up(lab.sweep, 0, k)))
        for name in example.names:
            m = epsilon_numbers.weight(example, name)
            for formula, kind in epsilon_numbers.VARIANTS:
                up, down, difference, slope = m.quotients(formula, kind, [epsilon])
                assert found[f"up {kind} {name}"] == up[0]
                assert found[f"{formula} {kind} {name}"] == down[0]
                assert found[f"difference {formula} {kind} {name}"] == difference[0]
                assert found[f"slope {formula} {kind} {name}"] == slope[0]
                error = relative_error(float(slope[0]), m.exact)
                assert found[f"error {formula} {kind} {name}"] == error


def test_what_a_reader_computes_is_what_the_lab_shows(lab):
    """A centred difference of the canonical network, where cut-off leaves no doubt."""
    net, x, t = examples.worked()

    def E(w):
        net.U[1, 0] = w
        return net.error(x, t)

    lab.set(epsilon=1e-2)
    assert lab.slope == pytest.approx(numerical_slope(E, 0.4, 1e-2), rel=1e-12)
    assert (lab.up, lab.down) == pytest.approx((E(0.41), E(0.39)), rel=1e-14)
    net.U[1, 0] = 0.4
    assert lab.exact == pytest.approx(net.gradient(x, t).dE_dU[1, 0], rel=1e-13)


def test_only_epsilon_moves_numbers(lab):
    """The browser relies on it: it may look up epsilon whatever is chosen."""
    assert [bool(row["moves"]) for row in lab.sweep["rows"]] == [True, False, False, False]
    assert lab.spec["parts"] == [0, 1, 2, 3]


def test_python_and_choices(lab):
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "error")
    assert (lab.epsilon, lab.formula, lab.kind, lab.weight) == (1e-6, "centred", "float64", "w5")
    lab.set(kind="float32")
    assert lab.error == seen[-1] > 0.1
    lab.set(formula="one-sided", epsilon=3.3e-4)  # between two positions of the slider
    assert lab.slope == pytest.approx(lab.difference / 3.3e-4, rel=1e-6)
    assert lab.difference == lab.up - lab.down
    lab.choose("w1")
    assert lab.weight == "w1"
    assert lab.exact == pytest.approx(0.000438567734474347, rel=1e-13)
    epsilons, errors = lab.curve()
    assert (len(epsilons), errors[0]) == (161, 1)
    lab.reset()
    assert (lab.epsilon, lab.formula, lab.kind, lab.weight) == (1e-6, "centred", "float64", "w5")
    assert lab.best == pytest.approx(2.4e-5, rel=0.05)


def test_starting_elsewhere():
    lab = EpsilonLab(examples.schematic(), "u11", 1e-8, "one-sided", "float32")
    assert (lab.weight, lab.epsilon, lab.formula, lab.kind) == ("u11", 1e-8, "one-sided", "float32")
    assert lab.exact == pytest.approx(-0.0337186118211, rel=1e-10)


def test_a_function_of_one_number():
    lab = EpsilonLab(lambda w: w**3, at=2)
    assert (lab.weight, lab.exact) == ("w", pytest.approx(12))
    lab.set(epsilon=0.5)
    assert lab.slope == pytest.approx((2.5**3 - 1.5**3) / 1, rel=1e-14)
    assert ">f</tspan>(" in lab.spec["plot"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"f": 3}, "needs an Example or a function of one number, not int"),
        ({"f": examples.digits()}, "names 0 weights; the lab has room for 24"),
        ({"f": abs, "at": "here"}, "at the place where its slope is wanted"),
        ({"choose": "w9"}, "weight is one of b1, b2, w1, .*; got 'w9'"),
        ({"epsilon": 2}, "epsilon takes numbers from 1e-16 to 1; got 2"),
        ({"epsilon": "small"}, "epsilon needs a number; got 'small'"),
        ({"formula": "forward"}, "formula is one of one-sided, centred; got 'forward'"),
        ({"kind": 64}, "kind is one of float32, float64; got 64"),
    ],
)
def test_wrong_arguments(arguments, words):
    with pytest.raises(ValueError, match=words):
        EpsilonLab(**arguments)


def test_a_network_without_arithmetic_here():
    example = examples.Example(
        Network.random((2, 2), 1, loss="log"), [0.1, 0.2], [0.0, 1.0], 0.5, {"w": ((0, 1, 0),)}
    )
    with pytest.raises(ValueError, match="has the log loss"):
        EpsilonLab(example)


def test_a_wrong_choice_changes_nothing(lab):
    with pytest.raises(ValueError, match="got 'float16'"):
        lab.set(epsilon=1e-3, kind="float16")
    assert lab.epsilon == 1e-6
    assert choices.choice("c", "", ("a", "b")).checked(1.0) == 1


def test_messages(lab):
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    message = {"kind": "sweep", "values": [1e-3, 0, 0, 4], "number": 2, "client": "me"}
    lab._on_message(None, message, None)
    assert (lab.epsilon, lab.formula, lab.kind, lab.weight) == (1e-3, "one-sided", "float32", "w3")
    assert (lab.sweep["client"], lab.sweep["number"]) == ("me", 2)
    lab._on_message(None, {**message, "values": [1e-3, 0, 2, 4], "number": 3}, None)
    assert sent.pop()["why"].startswith("kind is one of float32, float64")


def test_the_picture_and_the_words(lab):
    bundles = [EpsilonLab()._repr_mimebundle_()[0] for _ in range(2)]
    view = "application/vnd.jupyter.widget-view+json"
    for bundle in bundles:
        assert bundle.pop(view)["model_id"]
    assert bundles[0] == bundles[1]
    assert "6 of 17 digits cancel, 11 are left. Slope 0.082167041" in bundles[0]["text/plain"]
    assert "rounding rules" in repr(lab)
    lab.set(epsilon=1e-16)
    assert "all 17 digits cancel. Slope 0.000000000" in repr(lab)
    lab.set(epsilon=0.5)
    assert "Right of the best epsilon, about 2e-5: the cut-off rules." in repr(lab)


def test_the_picture_shows_the_numbers(lab):
    rows = epsilon_digits.pieces(lab._m, "float64", lab.up, lab.down, lab.difference, lab.slope)
    for row, found in rows.items():
        for i, (_, text) in enumerate(found):
            assert f'data-d="{row} {i}"' in lab.spec["plot"]
            assert f">{text}</tspan>" in lab.spec["plot"]
