"""Training: the published run, momentum, batches, order, stopping, and the history."""

import json
import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from helpers import examples
from helpers.network import Network
from helpers.training import BIASES, Optimizer, train

REFERENCE = json.loads(Path(__file__).with_name("reference_numbers.json").read_text("utf-8"))
NAMES = {"frozen": "frozen", "shared": "shared", "separate": "per"}


def sigma(z):
    return 1 / (1 + math.exp(-z))


class ByHand:
    """The worked example once more, with the letters of the published post and nothing shared
    with the package: scalars w[0..7] and b[0..3] = b_h1, b_h2, b_o1, b_o2."""

    def __init__(self, biases="frozen", mu=0.0, nesterov=False, stale=False):
        setup = REFERENCE["setup"]
        self.i, self.t, self.eta = setup["x"], setup["t"], setup["eta"]
        self.w = [*setup["w"], *[setup["b1"]] * 2, *[setup["b2"]] * 2]
        self.v = [0.0] * 12
        self.biases, self.mu, self.nesterov, self.stale = biases, mu, nesterov, stale

    def forward(self, w):
        (i1, i2), b = self.i, w[8:]
        h1, h2 = sigma(w[0] * i1 + w[1] * i2 + b[0]), sigma(w[2] * i1 + w[3] * i2 + b[1])
        o1, o2 = sigma(w[4] * h1 + w[5] * h2 + b[2]), sigma(w[6] * h1 + w[7] * h2 + b[3])
        return h1, h2, o1, o2

    @property
    def out(self):
        return self.forward(self.w)[2:]

    @property
    def E(self):
        return sum((t - o) ** 2 for t, o in zip(self.t, self.out)) / 2

    def gradient(self, w):
        h1, h2, o1, o2 = self.forward(w)
        d1, d2 = (o1 - self.t[0]) * o1 * (1 - o1), (o2 - self.t[1]) * o2 * (1 - o2)
        output = [d1 * h1, d1 * h2, d2 * h1, d2 * h2]
        back = [u - self.eta * g for u, g in zip(w[4:8], output)] if self.stale else w[4:8]
        e1 = (d1 * back[0] + d2 * back[2]) * h1 * (1 - h1)
        e2 = (d1 * back[1] + d2 * back[3]) * h2 * (1 - h2)
        bias = [e1, e2, d1, d2]
        if self.biases == "frozen":
            bias = [0.0] * 4
        elif self.biases == "shared":
            bias = [e1 + e2, e1 + e2, d1 + d2, d1 + d2]
        i1, i2 = self.i
        return [e1 * i1, e1 * i2, e2 * i1, e2 * i2, *output, *bias]

    def step(self):
        ahead = [w + self.mu * v for w, v in zip(self.w, self.v)] if self.nesterov else self.w
        g = self.gradient(ahead)
        self.v = [self.mu * v - self.eta * s for v, s in zip(self.v, g)]
        self.w = [w + v for w, v in zip(self.w, self.v)]


def w_and_b(flat):
    """A history entry of the worked example in the order of ByHand.w."""
    (b1, b2, w1, w3, w2, w4), (b3, b4, w5, w7, w6, w8) = flat[:6], flat[6:]
    return [w1, w2, w3, w4, w5, w6, w7, w8, b1, b2, b3, b4]


@pytest.mark.parametrize("biases", BIASES)
def test_ten_thousand_steps_of_the_published_example(biases):
    net, x, t = examples.worked()
    history = train(net, x, t, eta=0.5, epochs=10_000, biases=biases)
    reference = dict(REFERENCE["training"][NAMES[biases]])
    final = [*reference.pop("final_w"), *reference.pop("final_b")]
    assert history.updates == list(range(10_001))
    for step, expected in reference.items():
        assert history.E[int(step)] == pytest.approx(expected["E"], rel=1e-9)
        y = Network(history.states(int(step))).forward(x).y
        np.testing.assert_allclose(y, expected["out"], rtol=1e-9)
    np.testing.assert_allclose(w_and_b(net.parameters), final, rtol=1e-9)


def test_the_updated_weights_of_the_post():
    net, x, t = examples.worked()
    train(net, x, t, eta=0.5, biases="frozen")
    np.testing.assert_allclose(w_and_b(net.parameters)[:8], REFERENCE["w_plus"], rtol=1e-12)


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("biases", BIASES)
def test_momentum_on_the_worked_example_against_a_loop_by_hand(biases, nesterov):
    net, x, t = examples.worked()
    train(net, x, t, eta=0.5, mu=0.9, nesterov=nesterov, epochs=10_000, biases=biases,
          record_every=10_000)  # fmt: skip
    hand = ByHand(biases, 0.9, nesterov)
    for _ in range(10_000):
        hand.step()
    np.testing.assert_allclose(w_and_b(net.parameters), hand.w, rtol=1e-9)
    assert net.error(x, t) == pytest.approx(hand.E, rel=1e-9)


def test_momentum_numbers_that_the_text_prints():
    net, x, t = examples.worked()
    history = train(net, x, t, eta=0.5, mu=0.9, epochs=1000, biases="frozen")
    printed = {1: 0.2910277737, 2: 0.2768297727, 3: 0.2561384747, 1000: 1.97273296435e-05}
    for step, E in printed.items():
        assert history.E[step] == pytest.approx(E, rel=1e-9)


def test_the_erratum():
    """The published numbers come from hidden gradients that use the already updated weights."""
    published, hand = REFERENCE["published"], ByHand(stale=True)
    hand.step()
    assert hand.E == pytest.approx(published["E_after_1"], abs=5e-10)
    assert hand.E != pytest.approx(REFERENCE["training"]["frozen"]["1"]["E"], abs=5e-9)
    for _ in range(9_999):
        hand.step()
    assert hand.out == pytest.approx(published["out_after_10000"], abs=5e-10)
    stale = REFERENCE["stale_bug_training (hidden grads from already-updated w5..w8)"]
    assert hand.E == pytest.approx(stale["10000"]["E"], rel=1e-9)
    correct = ByHand()
    for _ in range(9_999):
        correct.step()
    assert round(correct.E, 10) == published["E_after_10000"]


def parabola(w=1.0):
    """f(w) = w^2 / 2 as a network: one identity unit of weight w, x = 1, t = 0, bias frozen."""
    return Network([[[0.0], [w]]], output="identity"), [1.0], [0.0]


def test_momentum_on_a_parabola():
    net, x, t = parabola()
    history = train(net, x, t, eta=0.2, mu=0.9, epochs=4, biases="frozen")
    w = [flat[1] for flat in history.weights]
    assert w == pytest.approx([1, 0.8, 0.46, 0.062, -0.3086], rel=1e-12)


def test_nesterov_on_a_parabola_in_exact_fractions():
    net, x, t = parabola()
    history = train(net, x, t, eta=0.2, mu=0.9, nesterov=True, epochs=20, biases="frozen")
    w, v, path = Fraction(1), Fraction(0), []
    for _ in range(20):
        v = Fraction(9, 10) * v - Fraction(1, 5) * (w + Fraction(9, 10) * v)
        w += v
        path.append(float(w))
    assert [flat[1] for flat in history.weights[1:]] == pytest.approx(path, rel=1e-11)


def data(n=10, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)), rng.random(size=(n, 2))


@pytest.mark.parametrize("batch_size", [1, 4, 10, 99, None])
@pytest.mark.parametrize("nesterov", [False, True])
def test_batches_against_an_independent_loop(batch_size, nesterov):
    """Online, mini-batch with a smaller last batch, and batch; order as it stands."""
    x, t = data()
    net = Network.random((3, 4, 2), seed=1)
    w, v = net.copy(), np.zeros_like(net.parameters)
    train(net, x, t, eta=0.3, mu=0.8, nesterov=nesterov, epochs=7, batch_size=batch_size,
          shuffle=False)  # fmt: skip
    size = min(batch_size or 10, 10)
    for _ in range(7):
        for k in range(0, 10, size):
            look = w.copy()
            look.parameters += 0.8 * v if nesterov else 0
            singles = [look.gradient(a, b).parameters for a, b in zip(x[k : k + size], t[k:])]
            v = 0.8 * v - 0.3 * np.mean(singles[:size], axis=0)
            w.parameters += v
    np.testing.assert_allclose(net.parameters, w.parameters, rtol=1e-11)


def test_each_epoch_has_every_example_once_in_a_new_seeded_order(monkeypatch):
    seen, update = [], Optimizer.update
    monkeypatch.setattr(
        Optimizer,
        "update",
        lambda self, x1, t: seen.append(x1[:, 1].tolist()) or update(self, x1, t),
    )
    x, t = np.arange(20.0).reshape(10, 2) / 20, np.full((10, 1), 0.5)
    for seed in (3, 3, 4):
        train(Network.random((2, 1)), x, t, eta=0.1, epochs=2, batch_size=4, seed=seed)
    assert [len(batch) for batch in seen] == [4, 4, 2] * 6
    runs = [seen[k : k + 3] for k in range(0, 18, 3)]
    orders = [[value for batch in run for value in batch] for run in runs]
    assert all(sorted(order) == x[:, 0].tolist() for order in orders)
    assert orders[0] != orders[1]
    assert orders[:2] == orders[2:4]
    assert orders[:2] != orders[4:]


def test_the_same_seed_gives_the_same_bits():
    x, t = data()
    runs = []
    for seed in (0, 0, 1):
        net = Network.random((3, 4, 2))
        train(net, x, t, eta=0.5, mu=0.5, epochs=5, batch_size=3, seed=seed)
        runs.append(net.parameters.tobytes())
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("biases", BIASES)
def test_biases(biases):
    x, t = data()
    net = Network.random((3, 4, 2))
    for W in net.weights:
        W[0] = 0.25
    train(net, x, t, eta=0.5, mu=0.5, epochs=5, biases=biases)
    for W in net.weights:
        frozen, tied = (W[0] == 0.25).all(), np.ptp(W[0]) < 1e-15
        assert (frozen, tied) == {
            "frozen": (True, True), "shared": (False, True), "separate": (False, False),
        }[biases]  # fmt: skip


def test_a_shared_bias_moves_by_the_slope_of_all_its_units_together():
    x, t = data()
    net = Network.random((3, 4, 2))
    for W in net.weights:
        W[0] = 0.25

    def slope(l):
        up, down = net.copy(), net.copy()
        up.weights[l][0] += 1e-6
        down.weights[l][0] -= 1e-6
        return (up.error(x, t) - down.error(x, t)) / 2e-6

    moved = [0.25 - 0.5 * slope(l) for l in (0, 1)]
    train(net, x, t, eta=0.5, epochs=1, biases="shared")
    for W, bias in zip(net.weights, moved, strict=True):
        assert W[0] == pytest.approx(np.full(W.shape[1], bias), abs=1e-9)


def test_stops_as_soon_as_E_is_below_the_threshold():
    net, x, t = examples.worked()
    history = train(net, x, t, eta=0.5, epochs=10_000, biases="frozen", stop_below=0.02)
    assert history.stopped == "threshold"
    assert history.E[-1] < 0.02 <= history.E[-2]
    assert history.updates[-1] == 101  # E is 0.02005 after 100 updates
    assert net.error(x, t) == history.E[-1]
    again = train(net, x, t, eta=0.5, epochs=5, stop_below=0.02)
    assert again.updates == [0]
    equal = train(net, x, t, eta=0.5, epochs=1, stop_below=net.error(x, t))
    assert equal.updates == [0, 1]


def test_every_nth_epoch_is_recorded_and_always_the_last():
    x, t = data()
    net = Network.random((3, 2))
    start = net.parameters.copy()
    history = train(net, x, t, eta=0.1, epochs=10, batch_size=4, record_every=4)
    assert history.updates == [0, 12, 24, 30]
    assert history.stopped == "epochs"
    assert (history.weights[0] == start).all()
    assert (history.weights[-1] == net.parameters).all()
    for k, E in enumerate(history.E):
        assert Network(history.states(k)).error(x, t) == pytest.approx(E, rel=1e-14)


def test_history_entries_are_copies():
    x, t = data()
    net = Network.random((3, 2))
    history = train(net, x, t, eta=0.1, epochs=2)
    kept = [w.copy() for w in history.weights]
    train(net, x, t, eta=0.1, epochs=2)
    net.parameters += 1
    history.states(1)[0][...] = 7
    assert all((a == b).all() for a, b in zip(kept, history.weights))
    assert (kept[0] != kept[1]).any()


def test_a_second_call_goes_on_from_the_weights_that_are_there():
    x, t = data()
    once, twice = Network.random((3, 4, 2)), Network.random((3, 4, 2))
    whole = train(once, x, t, eta=0.4, epochs=6)
    parts = [train(twice, x, t, eta=0.4, epochs=3) for _ in range(2)]
    assert (once.parameters == twice.parameters).all()
    assert whole.E == parts[0].E + parts[1].E[1:]


def test_divergence_ends_the_run_without_a_warning():
    net, x, t = parabola()
    with np.errstate(divide="raise"):
        history = train(net, x, t, eta=100.0, epochs=1000)
    assert history.stopped == "diverged"
    assert not math.isfinite(history.E[-1])
    assert all(math.isfinite(E) for E in history.E[:-1])
    assert history.updates[-1] < 1000


@pytest.mark.parametrize(
    ("loss", "output"), [("squared", "sigmoid"), ("log", "sigmoid"), ("cross-entropy", "softmax")]
)
def test_E_falls_for_each_loss(loss, output):
    x, _ = data(30)
    t = np.eye(2)[(x[:, 0] > 0).astype(int)]
    net = Network.random((3, 5, 2), hidden="tanh", output=output, loss=loss)
    history = train(net, x, t, eta=0.3, mu=0.9, epochs=200, batch_size=10)
    assert history.E[-1] < 0.1 * history.E[0]
    assert (net.forward(x).y.argmax(1) == t.argmax(1)).mean() > 0.9


def test_data_stay_untouched():
    x, t = data()
    x.flags.writeable = t.flags.writeable = False
    train(Network.random((3, 4, 2)), x, t, eta=0.4, epochs=3, batch_size=3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"eta": 0}, "eta must be a positive number; got 0"),
        ({"eta": -1.0}, "eta"),
        ({"eta": math.nan}, "eta"),
        ({"eta": "fast"}, "eta"),
        ({"eta": None}, "eta"),
        ({"mu": 1.0}, "mu must be at least 0 and less than 1"),
        ({"mu": -0.1}, "mu"),
        ({"mu": math.nan}, "mu"),
        ({"nesterov": True}, "mu > 0"),
        ({"biases": "tied"}, "separate, shared, frozen; got 'tied'"),
        ({"epochs": 0}, "epochs must be a whole number of at least 1; got 0"),
        ({"epochs": 2.5}, "epochs"),
        ({"epochs": "3"}, "epochs"),
        ({"batch_size": 0}, "batch_size"),
        ({"record_every": -1}, "record_every"),
        ({"stop_below": 0}, "stop_below"),
        ({"stop_below": "0.1"}, "stop_below"),
        ({"x": np.zeros((10, 4))}, "(10, 4)"),
        ({"x": np.zeros((0, 3))}, "(0, 3)"),
        ({"x": np.full((10, 3), np.nan)}, "(10, 3)"),
        ({"t": np.zeros(10)}, "(10,)"),
        ({"t": np.zeros((9, 2))}, "(9, 2)"),
        ({"t": np.full((10, 2), np.inf)}, "(10, 2)"),
        ({"x": np.zeros((10, 3), complex)}, "x holds complex"),
        ({"t": np.zeros((10, 2), complex)}, "t holds complex"),
    ],
)
def test_bad_settings_and_data_are_refused_before_anything_changes(change, said):
    x, t = data()
    net = Network.random((3, 4, 2))
    before = net.parameters.copy()
    with pytest.raises(ValueError, match=re.escape(said)):
        train(net, **{"x": x, "t": t, "eta": 0.1, **change})
    assert (net.parameters == before).all()
