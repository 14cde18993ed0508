"""The slice lab without a browser: its tables, its words, its picture, its messages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sweeps import look_up

from helpers import diagram, examples
from helpers.network import Network
from helpers.plots.slice_numbers import EACH, swapped
from helpers.widgets import SliceLab, slice_words
from helpers.widgets.slice import ETAS


@pytest.fixture(scope="module")
def made():
    return SliceLab(weights=["w02", "w12"])


@pytest.fixture
def lab(made):
    """Both lines and two weights, at their start."""
    made.reset()
    return made


def walked(net, x, t, d, rate, s, eta, weights) -> list[float]:
    """A descent along a line, by the canonical network and nothing else."""
    net, path = net.copy(), [s]
    for _ in range(200):
        net.parameters = weights(path[-1])
        path.append(path[-1] - eta * rate * (net.gradient(x, t).parameters @ d))
    return path


def test_the_numbers_of_a_weight_are_the_canonical_ones(lab):
    net, x, t = examples.stuck_xor()
    lab.choose("w02")
    for s, eta in ((3.4, 20.0), (-1.234, 7.5), (3.5, 100.0)):
        lab.set(start=s, eta=eta)
        d, base = np.zeros(9), net.parameters.copy()
        d[1], base[1] = 1, 0
        path = walked(net, x, t, d, 1, s, eta, lambda v, base=base, d=d: base + v * d)
        assert lab.path == pytest.approx(path, rel=1e-9, abs=1e-9)
        moved = net.copy()
        moved.W[0, 1] = s
        assert lab.network.parameters == pytest.approx(moved.parameters, rel=1e-15)
        assert lab.E == pytest.approx(moved.error(x, t), rel=1e-12)
        assert lab.slope == pytest.approx(moved.gradient(x, t).dE_dW[0, 1], rel=1e-11)
        row = lab._row()
        assert [row[f"y{k}"] for k in (1, 2, 3, 4)] == pytest.approx(
            list(moved.forward(x).y[:, 0]), abs=6e-5
        )
        moved.W[0, 1] = path[-1]
        assert lab.E_end == pytest.approx(moved.error(x, t), rel=1e-9)


def test_the_numbers_of_a_line_are_the_canonical_ones(lab):
    net, x, t = examples.solved_xor()
    d = swapped(net).parameters - net.parameters
    lab.set(start=0.37)
    path = walked(net, x, t, d, 1 / (d @ d), 0.37, 20, lambda s: net.parameters + s * d)
    assert lab.path == pytest.approx(path, rel=1e-9, abs=1e-9)


def test_every_table_says_what_the_lab_says_standing_there(lab):
    """All starts of all slices at one eta, all etas at one start, all chords at one start."""
    places = [name for name, _ in lab.quantities()]
    decimals = [p for _, p in lab.quantities()]
    rng = np.random.default_rng(2)
    lab.choose("w02")
    lab.set(eta=35)
    values = [*lab.values.values()]
    for slider, count in ((0, 4 * EACH), (1, len(ETAS)), (2, EACH)):
        grid = lab.sweep["rows"][slider].get("grid", range(count))
        for k in rng.integers(count, size=4):
            setting = np.array([values])
            setting[0, slider] = grid[k]
            truth = lab.evaluate(setting)[0]
            found = dict(zip(places, look_up(lab.sweep, slider, int(k))))
            for name, places_, true in zip(places, decimals, truth):
                shown = diagram.number(np.nan if found[name] is None else found[name], places_)
                assert float(shown.replace("−", "-")) == pytest.approx(
                    true, abs=0.51 * 10.0**-places_ + 3e-7 * abs(true), nan_ok=True
                ), name


def test_basins(lab):
    lab.choose("w02")
    grid, _ = lab.curve()
    names, firsts, lasts = zip(*lab.basins)
    assert names == ("stuck", "slow", "swings", "A", "B")
    assert (firsts[0], lasts[-1]) == (-8, 8)
    hill = lab.hills[0][0]
    assert lasts[3] < hill < firsts[4]
    for how, a, _ in lab.basins:
        lab.set(start=a)
        assert lab.how == how
    assert grid[0] == -8
    assert len(lab.sweep["basins"]) == 4


def test_words(lab):
    assert str(lab) == (
        "Slice lab: E along the straight line from a solution to the same net, units swapped. "
        f"From share = 0.46, descent with eta = 20 reaches valley A after {lab.steps} "
        f"steps: share = {diagram.number(lab.end, 4)}, E = {diagram.number(lab.E_end, 6)}. "
        "A start beyond the hill at 0.50 reaches valley B."
    )
    lab.choose("w02")
    for changes, words in (
        ({"start": 5}, "reaches valley B after 1 step: w02 = 6.2095"),
        ({"start": 5}, "A start beyond the hill at 3.76 reaches valley A."),
        ({"start": 1}, "w02 = 1.00 is on the floor of valley A, E = 0.124141"),
        ({"start": -7}, "is stuck on flat ground: after 200 steps w02 = −6.8931"),
        ({"start": -5}, "is still on its way after 200 steps"),
        ({"start": -4.8}, "never settles: eta is too large"),
        ({"start": 3.5, "eta": 100}, "jumps over a hill: it starts on the slope towards valley A, "
         "and ends in valley B, w02 = 6.2095, E = 0.244232, after 2 steps."),
        ({"start": -5.7}, "jumps out of the picture: after 200 steps w02 = 10.7099"),
    ):  # fmt: skip
        lab.set(**changes)
        assert words in str(lab)
    chord = SliceLab(choose="w02", view="chord")
    assert "So E is not convex" in str(chord)
    gap, at, height = chord.gap
    assert chord.start < at < chord.chord
    grid, E = chord.curve()
    assert E[np.abs(grid - at).argmin()] == pytest.approx(height + gap, rel=1e-12)
    chord.set(start=0.5, chord=1.5)
    assert "nowhere below the curve. That is no proof" in str(chord)


def test_the_key_and_what_lies_beyond(lab):
    lab.choose("w02")
    key = lab.sweep["basins"][2]["key"]
    assert "<b>A</b> at 1.06, E = 0.1241: −4.7 to 3.7" in key
    assert "stuck: −8 to −6.1" in key
    lab.set(eta=1000)
    assert "stretches" in lab.sweep["basins"][2]["key"]
    line, shape = lab._set.lines[0], lab._set.shapes[0]
    assert slice_words.beyond(line, shape, np.zeros(EACH, int)) == [
        "", " A start beyond the hill at 0.50 reaches valley A.",
    ]  # fmt: skip


def test_python_moves_sliders(lab):
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "E")
    lab.choose("w12")
    assert lab.chosen == "w12"
    lab.set(start=0.123, eta=33.3, chord=-2)
    assert (lab.start, lab.eta, lab.chord) == (0.123, 33.3, -2)
    assert lab.E == seen[-1]
    lab.reset()
    assert (lab.chosen, lab.start, lab.eta, lab.chord) == ("swap", 0.46, 20, 1)
    lab.unobserve_all("E")
    for wrong, words in (
        ({"start": 2}, "start takes numbers from -0.3 to 1.3; got 2"),
        ({"eta": 0}, "eta takes numbers from 0.1 to 1000; got 0"),
        ({"chord": "far"}, "chord needs a number"),
        ({"w02": 1}, "No slider 'w02'; there are start, eta and chord"),
    ):
        with pytest.raises(ValueError, match=words):
            lab.set(**wrong)
    with pytest.raises(ValueError, match="No slice 'u99'; there are swap, line, w02"):
        lab.choose("u99")
    assert (lab.chosen, lab.start, lab.eta, lab.chord) == ("swap", 0.46, 20, 1)


def test_wrong_arguments_are_told_so():
    worked = examples.worked()
    wide = Network.random((4, 4, 1))
    names = {f"p{k}": ((0, k // 4, k % 4),) for k in range(20)}
    for arguments, words in (
        ({"example": worked.net}, r"needs an example, such as examples.xor\(\)"),
        ({"towards": worked.net}, "goes with an example"),
        ({"example": worked, "towards": examples.xor().net}, "one shape"),
        ({"choose": "w99"}, "No slice 'w99'; there are swap, line"),
        ({"weights": "w99"}, "No weight 'w99'; there are w01"),
        ({"view": "hills"}, "view is 'descent' or 'chord'; got 'hills'"),
        ({"eta": "big"}, "eta needs a number"),
        ({"start": 7}, "start takes numbers from -0.3 to 1.3"),
        ({"example": replace(worked, net=wide, x=[[1] * 4], t=[[1]], names=names)}, "1 to 20"),
        ({"example": replace(worked, t=[1, 2, 3])}, "t has shape"),
        ({"example": examples.digits()}, "examples times weights is 4330770 here"),
    ):
        with pytest.raises(ValueError, match=words):
            SliceLab(**arguments)


def test_other_examples():
    worked, solved = examples.worked(), examples.solved_xor()
    lab = SliceLab(worked, choose="b2", weights=["b2", "w5"])
    assert lab._set.names == ["swap", "b2", "w5"]
    lab.set(start=0.5)
    assert list(lab.network.U[0]) == [0.5, 0.5]
    assert worked.net.U[0, 0] == 0.6  # the lab has a copy
    both = SliceLab(examples.stuck_xor(), "line", towards=solved.net, weights=[])
    assert both._set.names == ["swap", "line"]
    both.set(start=1)
    assert both.E == pytest.approx(solved.net.error(solved.x, solved.t), rel=1e-12)
    digits = replace(solved, x=np.tile(solved.x, (5, 1)), t=np.tile(solved.t, (5, 1)))
    many = SliceLab(digits, weights="w11")
    assert (many.spec["outputs"], many.chosen) == ([], "swap")


def test_messages(lab):
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    values = [2 * EACH + 114.0, 50.0, 100.0]
    message = {"kind": "sweep", "values": values, "number": 3, "client": "me"}
    lab._on_message(None, message, None)
    assert (lab.chosen, lab.start, lab.eta, lab.chord) == ("w02", 3.4, 50, 2)
    assert (lab.sweep["number"], lab.sweep["client"]) == (3, "me")
    lab._on_message(None, {**message, "values": [-1.0, 50, 100]}, None)
    assert sent[-1]["kind"] == "refused"
    assert lab.start == 3.4
    del lab.send


def test_the_picture():
    xor = examples.solved_xor()
    bundles = [SliceLab(xor, weights=[])._repr_mimebundle_()[0] for _ in range(2)]
    for bundle in bundles:
        assert bundle.pop("application/vnd.jupyter.widget-view+json")["model_id"]
    assert bundles[0] == bundles[1]
    words = bundles[0]["text/plain"]
    assert "reaches valley A" in words
    assert words in bundles[0]["text/html"].replace("&#x27;", "'")
    assert "start: 0.2250" in bundles[0]["image/svg+xml"]
    chord = SliceLab(xor, weights=[], view="chord")._repr_mimebundle_()[0]["image/svg+xml"]
    assert "0.2253 above" in chord
