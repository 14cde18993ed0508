"""The film lab without a browser: its link to Python, its messages, its words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers import examples
from helpers.network import Network
from helpers.widgets import PassLab, film


def test_the_frame_is_observable_and_checked():
    lab = PassLab(examples.worked())
    seen = []
    lab.observe(lambda change: seen.append(change["new"]), "frame")
    lab.set_frame(11)
    lab.set_frame("gradients")
    lab.frame = 3
    assert seen == [11, 13, 3]
    assert lab.labels[11] == "They meet and add up"
    for bad, words in (
        (18, "from 0 to 17"),
        (-1, "from 0 to 17"),
        ("middle", "forward, errors"),
        (1.5, "a whole number or the name"),
    ):
        with pytest.raises(ValueError, match=words):
            lab.set_frame(bad)
    assert lab.frame == 3


def test_the_next_pass_goes_on_with_the_updated_weights():
    example = examples.worked()
    lab = PassLab(example, eta=0.5)
    lab.set_frame(5)
    lab.next_pass()
    assert (lab.frame, lab.passes) == (0, 1)
    assert lab.E == pytest.approx(0.291027773693599, rel=1e-12)
    assert lab.history == [example.net.error(example.x, example.t), lab.E]
    assert lab.network.U[1, 0] == pytest.approx(0.358916480, abs=1e-9)
    assert example.net.U[1, 0] == 0.40  # the lab has a copy
    assert "after 1 update:" in lab.film["about"]
    lab.next_pass(9_999)
    assert lab.network.forward(lab.numbers.x).y == pytest.approx(
        [0.01591362044, 0.98406427351], rel=1e-9
    )
    assert len(lab.history) == 10_001
    assert "Pass 10,001" in lab.film["about"]
    for bad in (0, -1, 1.5, "many", 10**9):
        with pytest.raises(ValueError, match="passes is a whole number from 1 to 100,000; got"):
            lab.next_pass(bad)
    assert lab.passes == 10_000
    lab.reset()
    assert (lab.passes, lab.frame, len(lab.history)) == (0, 0, 1)
    assert lab.E == pytest.approx(0.298371108760003, rel=1e-12)


def test_messages_of_the_browser():
    lab = PassLab(examples.schematic())
    answers = []
    lab.send = answers.append
    lab._on_message(lab, {"kind": "hello"}, None)
    assert answers == [{"kind": "here"}]
    lab._on_message(lab, {"kind": "next"}, None)
    assert lab.passes == 1
    lab._on_message(lab, {"kind": "reset"}, None)
    assert lab.passes == 0
    lab._on_message(lab, {"kind": "nonsense"}, None)


def test_the_film_is_small_text_and_holds_no_number_to_compute_with():
    lab = PassLab(examples.schematic())
    assert len(json.dumps(lab.film)) < 120_000
    for f in lab.film["frames"]:
        assert {k for k, v in f.items() if not isinstance(v, str)} == {"seconds"}


def test_no_formula_of_a_network_is_in_the_browsers_part():
    folder = Path(film.__file__).parent
    for name in ("film.js", "film_store.js", "player.js"):
        code = (folder / name).read_text(encoding="utf-8")
        for word in ("exp", "tanh", "sigmoid", "delta", "weight", "eta"):
            assert not re.search(rf"\b{word}\b", code), (name, word)


def test_refusals_say_what_to_do():
    for bad, words in (
        ((examples.xor(),), r"x\[0\]"),
        ((examples.digits(),), r"x\[0\]"),
        (((Network.random((5, 4, 2)), [1] * 5, [1, 0]),), "Choose a smaller network"),
        ((None,), "examples.worked"),
        ((examples.worked(), -1), "learning rate"),
        ((examples.worked(), 0.5, "none"), "biases"),
    ):
        with pytest.raises(ValueError, match=words):
            PassLab(*bad)


def test_without_a_browser_the_lab_is_a_picture():
    lab = PassLab(examples.worked())
    bundle, _ = lab._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 5
    assert "Error E = 0.298371" in bundle["text/plain"]
    assert "After the update E = 0.291028" in bundle["text/plain"]
    ElementTree.fromstring(bundle["image/svg+xml"])
    assert bundle == PassLab(examples.worked())._repr_mimebundle_()[0] | {
        k: v for k, v in bundle.items() if "widget" in k
    }
    assert len(json.dumps(bundle)) < 150_000
    assert str(lab) == bundle["text/plain"]
