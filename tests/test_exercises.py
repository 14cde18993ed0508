"""Every exercise: right answers in many styles, wrong ones with their sentence, the text."""

import re
from pathlib import Path

import answers
import numpy as np
import pytest
from learner_answers.peer import torch

from helpers.checks import check, registry
from helpers.checks.exercise import FunctionExercise
from helpers.examples import worked

SOURCES = Path(__file__).parent.parent / "solutions" / "source"
RIGHT, WRONG = answers.table("RIGHT"), answers.table("WRONG")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


@pytest.fixture(autouse=True, scope="module")
def _pytorch():
    if torch is not None:
        torch.load()


def test_every_exercise_has_right_answers_here():
    assert list(RIGHT) == [each.id for each in registry.exercises()]
    assert all(len(given) >= 3 for given in RIGHT.values())


# One test for each exercise: a test for each answer costs more than its check.
@pytest.mark.parametrize("number", RIGHT)
def test_right_answers_are_solved(number):
    for place, answer in enumerate(RIGHT[number]):
        verdict = check(number, answer)
        assert verdict.status == "solved", (place, answer, verdict)
        assert verdict.compared


@pytest.mark.parametrize("number", dict.fromkeys(number for number, _, _ in WRONG))
def test_wrong_answers_are_told_what_is_wrong(number):
    for _, answer, words in (each for each in WRONG if each[0] == number):
        verdict = check(number, answer)
        assert verdict.status == "not yet", (answer, verdict)
        for word in words:
            assert word in verdict.message, (answer, verdict)


@pytest.mark.parametrize("each", registry.exercises(), ids=lambda each: each.id)
def test_the_exercise_is_the_one_in_the_text(each):
    """Same id, stars and title in the heading, an existing section to reread, the same name."""
    files = sorted(SOURCES.glob(f"{int(each.id.split('.')[0]):02d}_*.md"))
    if not files:
        pytest.skip("the text of this chapter is not there")
    text = files[0].read_text(encoding="utf-8")
    heading = f"Exercise {each.id} {'★' * each.stars} {each.title}"
    assert re.search(rf"^###? {re.escape(heading)}$", text, re.M), heading
    own = {question.section for question in getattr(each, "questions", ())} - {""}
    for section in {each.section} | own:
        assert re.search(rf"^## {re.escape(section)}$", text, re.M), section
    assert f'check("{each.id}", {each.hand_in})' in text


# The hidden cases ---------------------------------------------------------------------------------


def test_the_layers_cases_are_generic():
    arguments = [case.arguments for case in registry.find("1.4").cases()]
    assert any(x.ndim == 2 and len(x) > 1 for x, _ in arguments)
    assert any(x.ndim == 1 for x, _ in arguments)
    assert len({W.shape for _, W in arguments}) >= 3
    for x, W in arguments:
        for array in (x, W):
            assert len(np.unique(array)) == array.size
            assert np.abs(array).min() >= 0.1
        assert (W > 0).any()
        assert (W < 0).any()
        assert W.shape[0] == x.shape[-1] + 1


def test_the_hidden_cases_are_the_same_each_time():
    for exercise in registry.exercises():
        if isinstance(exercise, FunctionExercise):
            first, second = exercise.cases(), exercise.cases()
            for one, other in zip(first, second, strict=True):
                for a, b in zip(one.arguments, other.arguments, strict=True):
                    assert a is b or np.array_equal(a, b)


def test_the_values_by_hand_are_those_of_the_worked_example():
    net, x, _ = worked()
    assert np.allclose(np.ravel(net.forward(x).z_h)[0], 0.3775, rtol=1e-12)
    assert np.allclose(registry.find("1.2").expected(), RIGHT["1.2"][0], rtol=1e-12)
