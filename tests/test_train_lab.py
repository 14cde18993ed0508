"""The training lab: its numbers are those of the run, and the run is that of `train`."""

import json

import numpy as np
import pytest

from helpers import Network, TrainLab, diagram, examples, train
from helpers.plots.contour import contour
from helpers.plots.training import short_error
from helpers.training import History
from helpers.widgets import train_plots
from helpers.widgets.train_film import chosen_entries
from helpers.widgets.train_words import verdict

X, T = examples.xor().x, examples.xor().t


def floats(lab, name):
    return np.frombuffer(lab.film[name], "<f4").reshape(lab.frames, -1)


@pytest.fixture(scope="module")
def lab():
    """The lab as it starts. A test that changes it puts it back."""
    return TrainLab()


@pytest.fixture(scope="module")
def run():
    """The same run by `train` alone."""
    net = Network.random((2, 4, 1), 0)
    return train(net, X, T, eta=2.0, epochs=3000, stop_below=0.01)


def test_the_run_is_that_of_train(lab, run):
    assert lab.history.updates == run.updates
    assert lab.history.E == pytest.approx(run.E, rel=1e-12)
    assert lab.history.stopped == "threshold"
    assert lab.words == f"Stopped: E is below 0.01 after {run.updates[-1]:,} updates."


def test_every_frame_shows_the_canonical_numbers(lab, run):
    net, film = Network.random((2, 4, 1), 0), lab.film
    places = floats(lab, "places")
    for k in {0, 1, 17, lab.frames // 2, lab.frames - 1}:
        entry = run.updates.index(film["updates"][k])
        net.parameters[...] = run.weights[entry]
        y = net.forward(X).y
        assert film["outputs"][k] == [diagram.number(v, 4) for v in y[:, 0]]
        assert film["weights"][k] == [diagram.number(w, 2) for w in net.parameters]
        assert film["E"][k] == short_error(net.error(X, T))
        left, right = train_plots.TRACK
        assert places[k] == pytest.approx(left + (right - left) * y[:, 0], abs=0.051)
        lab.frame = k
        assert lab.E == pytest.approx(net.error(X, T), rel=1e-12)
        assert lab.y == pytest.approx(y, rel=1e-12)
        assert lab.update == run.updates[entry]
        assert lab.network.parameters == pytest.approx(net.parameters, rel=1e-12)
    lab.frame = 0


def test_the_field_is_the_output_in_the_middle_of_each_cell(lab):
    net, cells = lab.network, lab.spec["cells"]
    fields = np.frombuffer(lab.film["fields"], np.uint8).reshape(lab.frames, cells, cells)
    for row, column in ((0, 0), (23, 0), (5, 17)):
        x = [-0.5 + 2 * (column + 0.5) / cells, 1.5 - 2 * (row + 0.5) / cells]
        assert fields[0, row, column] == round(255 * float(net.forward(x).y[0]))


def test_frames_are_where_something_happens(lab, run):
    entries = chosen_entries(run)
    assert 120 <= len(entries) <= 240
    assert (entries[0], entries[-1]) == (0, len(run.E) - 1)
    assert (np.diff(entries) > 0).all()
    falls = abs(np.diff(np.log10(np.array(run.E)[entries])))
    assert falls.max() < 0.035
    assert lab.film["updates"] == [run.updates[k] for k in entries]
    assert list(chosen_entries(run, 10_000)) == list(range(len(run.E)))


def test_widths_and_dashes_follow_the_weights(lab, run):
    widths = floats(lab, "widths")
    weights = np.array([run.weights[k] for k in chosen_entries(run)])
    assert ((widths < 0) == (weights < 0)).all()
    assert abs(widths).max() == pytest.approx(6)
    order = np.argsort(abs(weights[-1]))
    assert (np.diff(abs(widths[-1])[order]) >= 0).all()


def test_the_dot_runs_along_the_curve(lab):
    dots = floats(lab, "dots")
    assert (np.diff(dots[:, 0]) >= 0).all()
    plot = train_plots.ErrorPlot(lab.history, 0.01)
    assert dots[-1] == pytest.approx(plot.at(lab.history.updates[-1], lab.history.E[-1]), abs=0.06)


def test_training_again(lab):
    first = dict(lab.film)
    lab.set(eta=20, seed=3)
    assert (lab.eta, lab.seed, lab.mu, lab.batch_size) == (20, 3, 0, None)
    again = train(
        Network.random((2, 4, 1), 3), X, T, eta=20, epochs=3000, stop_below=0.01, seed=3
    )
    assert lab.history.E == pytest.approx(again.E, rel=1e-12)
    assert "the run before" in lab.film["plot"]
    lab.frame = lab.frames - 1
    lab.set(batch_size=1, mu=0.5)
    assert lab.frame == lab.frames - 1  # at the end it stays at the end
    net, more = Network.random((2, 4, 1), 3), {"mu": 0.5, "batch_size": 1}
    again = train(net, X, T, eta=20, epochs=3000, stop_below=0.01, seed=3, **more)
    assert lab.history.E == pytest.approx(again.E, rel=1e-12)
    lab.another_start()
    assert lab.seed == 4
    assert lab.film["epochs"][-1] * 4 == lab.film["updates"][-1]
    lab.reset()
    assert (lab.eta, lab.seed, lab.frame, lab.batch_size) == (2, 0, 0, None)
    assert "the run before" not in lab.film["plot"]
    for name, value in first.items():
        if name != "label":
            assert lab.film[name] == value, name


@pytest.mark.parametrize(
    ("E", "words"),
    [
        (np.full(100, 0.25), "Not below 0.01 after 99 epochs: stuck at E = 0.250000."),
        (np.linspace(0.126, 0.124, 100), "E hardly moves, at 0.124000; a plateau, or stuck"),
        (np.geomspace(0.2, 0.05, 100), "99 epochs: E = 0.050000, and still falling."),
        (np.geomspace(0.05, 0.2, 100), "and rising"),
        (np.where(np.arange(100) % 3, 0.1, 0.3), "E jumps between 0.100000 and 0.300000."),
    ],
)
def test_the_end_of_a_run_in_words(E, words):
    run = History((2, 4, 1), list(range(len(E))), list(E), [])
    assert words in verdict(run, 99, 0.01)


def test_a_rate_that_is_too_large_is_stuck():
    net = Network.random((2, 4, 1), 0)
    run = train(net, X, T, eta=300, epochs=400, stop_below=0.01)
    assert verdict(run, 400, 0.01) == "Not below 0.01 after 400 epochs: stuck at E = 0.250000."


def test_divergence_is_told():
    net = Network.random((2, 2, 1), 0, hidden="identity", output="identity")
    other = TrainLab((net, X, T), eta=50, epochs=400)
    assert other.history.stopped == "diverged"
    assert "diverged after" in other.words
    assert other.frames == len(other.film["E"]) == len(other.film["lines"])


def test_a_run_that_need_not_begin():
    other = TrainLab(stop_below=0.5)
    assert (other.frames, other.update) == (1, 0)
    assert other.words == "Stopped: E is below 0.5 after 0 updates."
    assert other._repr_mimebundle_()[0]["text/html"].count("<img") == 4


def test_other_networks_have_no_plane():
    other = TrainLab(examples.worked(), eta=0.5, epochs=500, stop_below=0.005)
    assert other.spec["plane"] == {}
    assert other.film["fields"] == b""
    assert other.film["settings"] == [0.5, 0, 1]
    net, x, t = examples.worked()
    run = train(net, x, t, eta=0.5, epochs=500, stop_below=0.005, biases="frozen")
    assert other.history.E == pytest.approx(run.E, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"example": None, "eta": 0}, "eta takes numbers from 0.01 to 1000"),
        ({"mu": 1}, "mu takes numbers from 0 to 0.99"),
        ({"batch_size": 0}, "batch_size is a whole number"),
        ({"seed": -1}, "seed is a whole number"),
        ({"epochs": 10**6}, "Choose fewer epochs"),
        ({"epochs": 0}, "epochs must be a whole number"),
        ({"epochs": "many"}, "epochs must be a whole number"),
        ({"stop_below": -1}, "stop_below must be a positive error"),
        ({"example": examples.digits()}, "Choose a smaller network"),
        ({"example": 3}, r"\(net, x, t\); got int"),
        ({"example": (3, X, T)}, "is a Network, not int"),
        ({"example": (examples.xor().net, np.tile(X, (9, 1)), np.tile(T, (9, 1)))}, "fewer exam"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        TrainLab(**arguments)


def test_wrong_settings_change_nothing(lab):
    for bad, words in (({"eta": "much"}, "needs a number"), ({"rate": 1}, "No setting 'rate'")):
        with pytest.raises(ValueError, match=words):
            lab.set(**bad)
    with pytest.raises(ValueError, match="Frames go from 0 to 179"):
        lab.frame = 180
    assert (lab.eta, lab.frame) == (2, 0)


def test_messages_of_the_browser(lab, monkeypatch):
    answers = []
    monkeypatch.setattr(lab, "send", lambda message, buffers=None: answers.append(message))
    lab._on_message(lab, {"kind": "hello"}, None)
    assert answers.pop() == {"kind": "here"}
    message = {"kind": "train", "values": [10, 0.5, 4], "client": "me", "number": 7}
    lab._on_message(lab, message, None)
    assert (lab.eta, lab.mu, lab.batch_size) == (10, 0.5, None)
    assert (lab.film["label"]["client"], lab.film["label"]["number"]) == ("me", 7)
    lab._on_message(lab, {**message, "seed": "next"}, None)
    assert lab.seed == 1
    lab._on_message(lab, {**message, "values": [1e9, 0, 4]}, None)
    assert answers.pop()["why"].startswith("eta takes numbers")
    lab._on_message(lab, {"kind": "reset"}, None)
    assert (lab.eta, lab.seed) == (2, 0)


def test_without_a_browser_the_lab_is_a_picture(lab):
    bundle, _ = lab._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 4
    assert "Stopped: E is below 0.01" in bundle["text/plain"]
    assert len(json.dumps(bundle)) < 100_000
    assert lab._repr_mimebundle_()[0] == bundle
    assert str(lab) == repr(lab) == bundle["text/plain"]


def test_contours_close_where_they_can():
    xs = np.linspace(-1, 1, 41)
    x, y = np.meshgrid(xs, xs)
    (circle,) = contour(xs, xs, x**2 + y**2, 0.5)
    assert np.hypot(*circle.T) == pytest.approx(np.sqrt(0.5), abs=2e-3)
    assert (circle[0] == circle[-1]).all()
    two = contour(xs, xs, x * y, 0.01)
    assert sorted(len(line) for line in two) == [40, 40]
    for line in two:
        assert line.prod(axis=1) == pytest.approx(0.01, abs=1e-12)
    assert contour(xs, xs, 0 * x, 0.5) == []
