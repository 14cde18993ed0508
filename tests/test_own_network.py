"""The end of chapter 05: the reader's own network beside the reference, and its program."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from learner_answers.chapter05 import learn_at_most_45, learn_short, learn_with_network

from helpers.checks import limit, own_run, your_network

PER_UNIT = json.loads(Path(__file__).with_name("reference_numbers.json").read_text("utf-8"))[
    "training"
]["per"]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def with_one(x):
    return np.concatenate([[1.0], x])


def learn(W, U, x, t, eta, steps):
    ### BEGIN SOLUTION
    for _ in range(steps):
        h = sigmoid(with_one(x) @ W)
        y = sigmoid(with_one(h) @ U)
        d = (y - t) * y * (1 - y)
        e = (d @ U[1:].T) * h * (1 - h)
        W, U = W - eta * np.outer(with_one(x), e), U - eta * np.outer(with_one(h), d)
    return W, U
    ### END SOLUTION


@pytest.fixture(scope="module")
def own():
    return your_network(learn)


def test_the_reference_values_are_those_of_the_table():
    assert {str(n): E for n, E in own_run.REFERENCE.items()} == {
        n: each["E"] for n, each in PER_UNIT.items() if n in ("1", "10", "100", "1000", "10000")
    }
    assert list(own_run.OUTPUTS) == PER_UNIT["10000"]["out"]


def test_ten_thousand_steps_lead_to_the_reference(own):
    assert own.E == pytest.approx(own_run.REFERENCE, rel=1e-9)
    assert list(own.y) == pytest.approx(own_run.OUTPUTS, rel=1e-9)
    assert own_run.AGREED in own.words
    assert "0.000002447562   0.000002447562" in repr(own)


def test_the_program_is_the_readers_and_runs_alone(own, tmp_path):
    program = own.program
    assert repr(own).endswith("it runs:\n\n" + program)
    assert "def learn(W, U, x, t, eta, steps):" in program
    assert "SOLUTION" not in program
    assert "helpers" not in program
    assert f"Here it is as a whole: {len(program.splitlines())} lines" in own.words
    assert len(program.splitlines()) <= 30
    file = tmp_path / "my_network.py"
    file.write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", file], capture_output=True, text=True)
    assert done.stdout.strip() == "[0.01158753 0.98845894]", done.stderr


def test_a_program_that_leans_on_the_helpers_says_so(monkeypatch):
    monkeypatch.setattr(own_run, "REFERENCE", {1: PER_UNIT["1"]["E"]})
    monkeypatch.setattr(own_run, "OUTPUTS", tuple(PER_UNIT["1"]["out"]))
    found = your_network(learn_with_network)
    assert "nothing but NumPy and helpers" in found.words
    assert "from helpers import Network" in found.program
    assert "No network but your own" not in found.words


def test_a_function_whose_source_is_gone_gets_no_program(monkeypatch):
    monkeypatch.setattr(own_run, "REFERENCE", {1: PER_UNIT["1"]["E"]})
    monkeypatch.setattr(own_run, "OUTPUTS", tuple(PER_UNIT["1"]["out"]))
    typed = {"np": np, "sigmoid": sigmoid, "with_one": with_one}
    exec(  # as typed at a prompt that keeps no source
        "def learn(W, U, x, t, eta, steps):\n"
        "    h = sigmoid(with_one(x) @ W)\n    y = sigmoid(with_one(h) @ U)\n"
        "    d = (y - t) * y * (1 - y)\n    e = (d @ U[1:].T) * h * (1 - h)\n"
        "    return W - eta * np.outer(with_one(x), e), U - eta * np.outer(with_one(h), d)\n",
        typed,
    )
    assert repr(your_network(typed["learn"])).endswith(own_run.AGREED)


def stub(W, U, x, t, eta, steps): ...  # your code here


def not_written(W, U, x, t, eta, steps):
    raise NotImplementedError


def test_it_waits_for_a_function_that_is_not_written():
    for nothing in (stub, not_written, ..., None, 3):
        assert your_network(nothing).words == own_run.WAITS


def leaves(*_):
    raise SystemExit


def forgets(W, U, x, t, eta, steps):
    W = W - eta * steps


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda *a: 1 / 0, "ZeroDivisionError: division by zero"),
        (leaves, "SystemExit"),
        (forgets, "NoneType"),
        (lambda W, U, *a: (U[1:], W), "Layer 0 has shape (3, 2)"),
        (learn_at_most_45, own_run.OFF),
        (lambda W, U, *a: (W * np.nan, U), own_run.OFF),
    ],
)
def test_what_does_not_get_there_is_told_so_and_raises_nothing(wrong, words):
    found = your_network(wrong)
    assert words in found.words
    assert own_run.AGREED not in found.words
    assert not found.program
    assert all(len(line) <= own_run.WIDTH for line in repr(found).splitlines())


def test_numbers_that_were_rounded_agree_less():
    def rounded(W, U, *others):
        return learn_short(np.float32(W), np.float32(U), *others)

    assert own_run.ROUNDED in your_network(rounded).words


def test_an_endless_loop_is_ended(monkeypatch):
    def endless(*_):
        while True:
            pass

    monkeypatch.setattr(own_run, "SECONDS", 0.1)
    assert "had not come to an end" in your_network(endless).words
    assert not limit._Clock.running


def test_what_it_prints_is_kept_back(capsys, monkeypatch):
    monkeypatch.setattr(own_run, "REFERENCE", {1: 0.28})
    your_network(lambda W, U, *a: print("step") or (W, U))
    assert capsys.readouterr().out == ""
