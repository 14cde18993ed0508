"""Long runs: the bar, the stop, and going on as if nothing had happened."""

import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from helpers import examples, long_run, many
from helpers.many import train_many
from helpers.network import Network
from helpers.training import Optimizer, train

SETTINGS = {
    "whole set": {"eta": 0.5},
    "batches": {"eta": 0.3, "batch_size": 2, "seed": 4, "record_every": 3},
    "momentum": {"eta": 0.1, "mu": 0.9, "batch_size": 3},
    "Nesterov": {"eta": 0.1, "mu": 0.9, "nesterov": True, "biases": "frozen", "shuffle": False},
}


def data():
    rng = np.random.default_rng(7)
    return Network.random((3, 4, 2), 1), rng.normal(size=(7, 3)), rng.uniform(size=(7, 2))


def assert_same(a, b, net_a, net_b):
    assert (a.updates, a.E, a.stopped) == (b.updates, b.E, b.stopped)
    assert np.array_equal(a.weights, b.weights)
    assert np.array_equal(net_a.parameters, net_b.parameters)


def interrupt_at(monkeypatch, *numbers):
    """Ctrl-C in the middle of these updates, counted from 1."""
    update, count = Optimizer.update, iter(range(1, 10**6))

    def interrupted(self, x1, t):
        if next(count) in numbers:
            signal.raise_signal(signal.SIGINT)
        return update(self, x1, t)

    monkeypatch.setattr(Optimizer, "update", interrupted)


@pytest.fixture(autouse=True)
def pythons_own_handler():
    old = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, old)


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("first", [1, 3, 10, 20])
def test_a_resumed_run_is_the_run_that_never_stopped(settings, first):
    whole, x, t = data()
    in_parts = whole.copy()
    right = train(whole, x, t, epochs=20, **settings)
    part = train(in_parts, x, t, epochs=first, **settings)
    assert_same(train(in_parts, x, t, epochs=20, resume=part, **settings), right, in_parts, whole)
    assert part.updates[-1] < right.updates[-1] or first == 20  # left as it was
    # the same cell run a second time
    assert_same(train(in_parts, x, t, epochs=20, resume=part, **settings), right, in_parts, whole)


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("at", [1, 2, 6, 14])
def test_an_interrupted_run_goes_on_in_the_middle_of_its_epoch(monkeypatch, capsys, settings, at):
    whole, x, t = data()
    in_parts = whole.copy()
    right = train(whole, x, t, epochs=20, **settings)
    with monkeypatch.context() as patch:
        interrupt_at(patch, at)
        part = train(in_parts, x, t, epochs=20, **settings)
    assert part.stopped == "interrupted"
    assert part.updates[-1] == at
    assert np.array_equal(part.weights[-1], in_parts.parameters)
    assert "resume=history goes on from here" in capsys.readouterr().out
    assert_same(train(in_parts, x, t, epochs=20, resume=part, **settings), right, in_parts, whole)


def test_a_stop_in_the_last_update_of_all_comes_too_late(monkeypatch):
    net, x, t = data()
    interrupt_at(monkeypatch, 5)
    assert train(net, x, t, eta=0.1, epochs=5).stopped == "epochs"


def test_the_second_interrupt_is_a_keyboard_interrupt(monkeypatch):
    net, x, t = data()
    update = Optimizer.update

    def twice(self, x1, t):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return update(self, x1, t)

    monkeypatch.setattr(Optimizer, "update", twice)
    with pytest.raises(KeyboardInterrupt):
        train(net, x, t, eta=0.1, epochs=5)


def test_many_networks_stop_after_their_epoch_and_go_on(monkeypatch, capsys):
    whole, x, t = data()
    nets, at = [whole.copy(), whole.copy()], many.LongRun.at
    train(whole, x, t, eta=0.5, epochs=5)

    def interrupted(self, done):
        at(self, done)
        if done == 3 and self.total == 5:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(many.LongRun, "at", interrupted)
    train_many(nets, x, t, eta=0.5, epochs=5)
    assert capsys.readouterr().out == "Stopped after epoch 3 of 5: train for 2 more to go on.\n"
    train_many(nets, x, t, eta=0.5, epochs=2)
    np.testing.assert_allclose(nets[1].parameters, whole.parameters, rtol=1e-12)


def test_another_thread_trains_as_well():
    net, x, t = data()
    found = []
    thread = threading.Thread(target=lambda: found.append(train(net, x, t, eta=0.1, epochs=5)))
    thread.start()
    thread.join()
    assert found[0].updates == [0, 1, 2, 3, 4, 5]


def test_resume_refuses_what_does_not_fit(monkeypatch):
    net, x, t = data()
    with monkeypatch.context() as patch:
        interrupt_at(patch, 2)
        part = train(net, x, t, eta=0.1, batch_size=2, epochs=9)
    start = net.parameters.copy()
    with pytest.raises(ValueError, match=r"number of examples \(7\) and batch_size \(2\)"):
        train(net, x, t, eta=0.1, batch_size=3, epochs=9, resume=part)
    with pytest.raises(ValueError, match="an earlier train"):
        train(net, x, t, eta=0.1, resume=[0.3, 0.2])
    with pytest.raises(ValueError, match=r"\(3, 4, 2\), this one is \(2, 2, 2\)"):
        train(*examples.worked(), eta=0.1, resume=part)
    assert np.array_equal(net.parameters, start)


class Bar:
    """What the tests see of a bar."""

    made: list = []  # noqa: RUF012

    def __init__(self, **settings):
        self.settings, self.n, self.open = settings, settings["initial"], True
        self.last_print_t = self.start_t = 0.0
        Bar.made.append(self)

    def update(self, by):
        self.n += by

    def close(self):
        self.open = False


@pytest.fixture
def bars(monkeypatch):
    import tqdm.auto

    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    monkeypatch.setattr(Bar, "made", [])
    monkeypatch.setattr(long_run, "_somebody_watches", lambda: True)
    return Bar.made


def test_a_bar_comes_after_a_second_and_counts_to_the_end(monkeypatch, bars):
    clock = [100.0]
    monkeypatch.setattr(long_run.time, "perf_counter", lambda: clock[0])
    with long_run.LongRun(total=9, done=2, unit="epoch") as run:
        clock[0] += 0.9
        run.at(3)
        assert bars == []
        clock[0] += 0.2
        run.at(4)
        (bar,) = bars
        assert (bar.settings["total"], bar.settings["initial"], bar.n) == (9, 2, 4)
        assert bar.start_t == pytest.approx(-1.1)  # the second without a bar counts, too
        run.at(9)
        assert (bar.n, bar.open) == (9, True)
    assert not bar.open


def test_training_moves_the_bar(monkeypatch, bars):
    monkeypatch.setattr(long_run, "QUIET", -1.0)
    net, x, t = data()
    train(net, x, t, eta=0.1, epochs=12)
    assert [(bar.n, bar.settings["total"], bar.settings["unit"]) for bar in bars] == [
        (12, 12, "epoch")
    ]


@pytest.mark.parametrize("name", [*long_run.COMPARED, None])
def test_no_bar_among_outputs_that_are_compared(monkeypatch, name):
    for each in long_run.COMPARED:
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    if name:
        monkeypatch.setenv(name, "1")
    assert long_run._somebody_watches() == (name is None)


def test_no_bar_where_nobody_watches_and_none_in_a_short_run():
    code = (
        "import sys\n"
        "from helpers import examples, long_run, train\n"
        "train(*examples.worked(), eta=0.5, epochs=3)\n"
        "long_run.QUIET = -1\n"
        "train(*examples.worked(), eta=0.5, epochs=3)\n"
        "assert 'tqdm' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
