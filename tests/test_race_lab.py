"""The race lab without a browser: its runs, its film, its words, its settings."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import RaceLab, examples, train
from helpers.plots.race_numbers import GOALS, RUNNERS, shown
from helpers.widgets import race as race_lab


@pytest.fixture(scope="module")
def raced():
    return RaceLab()


@pytest.fixture
def lab(raced):
    """At its start."""
    raced.reset()
    return raced


def test_the_published_numbers_of_momentum(raced):
    """Biases frozen: after 1, 2, 3 and 1,000 updates."""
    classical = raced.runs["classical"].E
    wanted = [0.2910277737, 0.2768297727, 0.2561384747]
    assert classical[1:4] == pytest.approx(wanted, abs=5e-11)
    assert classical[1000] == pytest.approx(1.97273296435e-05, rel=1e-11)
    plain = raced.runs["plain"].E
    assert [plain[1], plain[1000]] == pytest.approx(
        [0.29102777369359933, 0.001114349453733746], rel=1e-12
    )


def test_every_number_is_that_of_train(raced):
    example = examples.worked()
    for runner, kind in (("plain", {}), ("classical", {"mu": 0.9}),
                         ("Nesterov", {"mu": 0.9, "nesterov": True})):  # fmt: skip
        net = example.net.copy()
        run = train(net, example.x, example.t, eta=0.5, epochs=200, biases="frozen", **kind)
        np.testing.assert_allclose(raced.runs[runner].E[:201], run.E, rtol=1e-12)
        i = RUNNERS.index(runner)
        for frame, update in enumerate(raced.film["updates"]):
            if update <= 200:
                assert raced.film["E"][frame][i] == shown(run.E[update])


def test_the_runners_are_where_their_error_is(raced):
    """Both pictures: positions go with log10 E, and the last frame of the fastest is the end."""
    film, picture = raced.film, raced._picture
    dots = np.frombuffer(film["dots"], "<f4").reshape(film["count"], 3, 2)
    lanes = np.frombuffer(film["places"], "<f4").reshape(film["count"], 3)
    logs = np.log10([[raced.runs[r].E[u] for r in RUNNERS] for u in film["updates"]])
    for i in range(3):
        for places in (dots[:, i, 1], lanes[:, i]):
            slope, offset = np.polyfit(logs[:, i], places, 1)
            np.testing.assert_allclose(places, slope * logs[:, i] + offset, atol=0.11)
    assert lanes[-1].max() == race_lab.race_picture.LANE[1]
    line = picture.chart.lines[1]
    steps = np.round(10**line.x).astype(int)
    steps[0] = 0
    np.testing.assert_allclose(10**line.y, np.array(raced.runs["classical"].E)[steps], rtol=1e-12)


def test_who_is_ahead(lab):
    for update in (2, 3, 10, 100, 1000):
        lab.show(update)
        assert lab.update <= update
        E = lab.E
        assert lab.leader == min(E, key=E.get)
        assert shown(E[lab.leader]) in lab.words
        name = {"classical": "classical momentum", "Nesterov": "Nesterov"}[lab.leader]
        assert f"{name} is ahead" in lab.words
    lab.show(23)
    assert "Plain descent needs 474 updates for that" in lab.words
    plain = np.array(lab.runs["plain"].E)
    assert plain[474] <= lab.E["classical"] < plain[473]
    lab.show(1)
    assert lab.words == "After 1 update all three are level: E = 0.2910277737."
    lab.show(0)
    assert lab.words == "At the start all have E = 0.2983711088."


def test_the_goals(raced):
    for row, goal in zip(raced.film["goals"], GOALS):
        for text, runner in zip(row, RUNNERS):
            below = np.flatnonzero(np.array(raced.runs[runner].E) <= goal)
            assert text == (f"{below[0]:,}" if len(below) else "–")
    assert raced.film["goals"][0] == ["30", "8", "8"]


def test_another_race(lab):
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "frame")
    first = lab.film
    lab.show(100)
    lab.set(mu=0)
    assert lab.update == 100  # it stays there
    assert len({shown(E) for E in lab.E.values()}) == 1
    assert "all three are level" in lab.words
    lab.set(eta=5, mu=0.5)
    assert (lab.eta, lab.mu, lab.film["settings"]) == (5, 0.5, [5, 0.5])
    lab.reset()
    assert (lab.eta, lab.mu, lab.frame) == (0.5, 0.9, 0)
    assert {**lab.film, "label": 0} == {**first, "label": 0}
    assert seen[-1] == 0
    lab.unobserve_all("frame")


def test_another_example():
    lab = RaceLab(examples.xor(), eta=2, mu=0.8, epochs=30)
    assert lab.runs["plain"].updates[-1] == 30
    assert lab.film["updates"][-1] == 30
    net, x, t = examples.xor()
    run = train(net.copy(), x, t, eta=2, mu=0.8, epochs=30)
    assert lab.runs["classical"].E == pytest.approx(run.E, rel=1e-12)


def test_messages(lab):
    sent = []
    lab.send = lambda message, buffers=None: sent.append(message)
    lab._on_message(None, {"kind": "hello"}, None)
    assert sent.pop() == {"kind": "here"}
    message = {"kind": "train", "values": [1.0, 0.5, None], "number": 3, "client": "me"}
    lab._on_message(None, message, None)
    assert (lab.eta, lab.mu) == (1, 0.5)
    assert (lab.film["label"]["client"], lab.film["label"]["number"]) == ("me", 3)
    lab._on_message(None, {**message, "values": [1e6, 0.5]}, None)
    assert sent.pop()["why"].startswith("eta takes numbers from 0.01 to 100")
    lab._on_message(None, {"kind": "reset"}, None)
    assert (lab.eta, lab.mu) == (0.5, 0.9)
    del lab.send


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"example": 3}, "Give an example"),
        ({"eta": 0}, "eta takes numbers from 0.01 to 100"),
        ({"mu": 1}, "mu takes numbers from 0 to 0.99"),
        ({"epochs": 0}, "whole number from 1"),
        ({"epochs": 10.5}, "whole number from 1"),
        ({"epochs": 10**6}, "to 20,000"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        RaceLab(**arguments)


def test_wrong_changes_change_nothing(lab):
    for wrong in ({"eta": -1}, {"speed": 1}, {"mu": "much"}):
        with pytest.raises(ValueError, match=r"eta takes|No setting|needs a number"):
            lab.set(**wrong)
    for update in (1001, -1, "last"):
        with pytest.raises(ValueError, match="update 0 to 1,000"):
            lab.show(update)
    with pytest.raises(ValueError, match="Frames go from 0"):
        lab.frame = 1000
    assert (lab.eta, lab.mu, lab.frame) == (0.5, 0.9, 0)


def test_the_pictures(lab):
    bundle = lab._repr_mimebundle_()[0]
    assert "Classical momentum: E = 1.972732964·10⁻⁵" in bundle["text/plain"]
    ElementTree.fromstring(bundle["image/svg+xml"])
    for svg in (lab.film["plot"], lab.film["lanes"]):
        ElementTree.fromstring(svg)


def test_a_race_that_ends_early_is_shown_as_far_as_it_goes():
    """One runner diverges: it has no error any more, and nobody counts it as ahead."""
    from helpers.network import Network
    from helpers.plots.race_numbers import race
    from helpers.plots.race_picture import RacePicture

    net = Network([np.array([[0.0], [1.0]])], output="identity")
    run = race((net, [1.0], [0.0]), eta=1.5, mu=0.9, epochs=3000)
    assert {r.stopped for r in run.runs.values()} >= {"diverged", "epochs"}
    last = run.updates
    assert run.runs[run.order(last)[0]].stopped == "epochs"
    assert run.E("plain", last) == np.inf
    assert "is ahead" in run.words(last)
    ElementTree.fromstring(f"<g>{RacePicture(run).lanes(last)}</g>")
