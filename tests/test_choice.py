"""Exercises answered with letters: what is read, what is said, and that nothing is given away."""

import re

import numpy as np
import pytest

from helpers.checks import registry
from helpers.checks.choice import ChoiceExercise, Question

ONE = ChoiceExercise(
    id="0.9", title="Explain", stars=1, section="The letters", hand_in="choice",
    questions=(Question("", "b", {"a": "No slope there.", "c": "That is the end."}),),
    compared="the picture",
)  # fmt: skip
THREE = ChoiceExercise(
    id="0.8", title="Match", stars=1, section="The letters", hand_in="choices",
    questions=(
        Question("house price", "b", {"a": "A price is no probability.", "c": "One number."}),
        Question("spam?", "a", {"b": "Its slope fades.", "c": "One output."}),
        Question("digit", "c", {"a": "They compete.", "b": "They are classes."}),
    ),
    compared="the three tasks",
)  # fmt: skip


@pytest.mark.parametrize(
    "answer", ["b", "B", "(b)", "b)", " b. ", ["b"], ("b",), {"": "b"}, {"x": "B"}, [["b"]],
               np.array(["b"]), np.str_("b")],
)  # fmt: skip
def test_one_letter_in_any_dress(answer):
    assert ONE.judge(answer, None).status == "solved"


@pytest.mark.parametrize(
    "answer",
    [
        {"house price": "b", "spam?": "a", "digit": "c"},
        {"Digit": "C)", "spam": "(a)", "House Price": "b"},
        ["b", "a", "c"],
        ("B", "A", "C"),
        "bac",
        "b, a, c",
        [["b", "a", "c"]],
        np.array(["b", "a", "c"]),
    ],
)
def test_several_letters_in_any_dress(answer):
    found = THREE.judge(answer, None)
    assert found.status == "solved", found
    assert found.compared == "the three tasks"


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        (ONE, "a", ["No slope there.", "Reread chapter 00, “The letters”."]),
        (ONE, "d", ["'d' is none", "a, b, c"]),
        (ONE, 2, ["2 is none"]),
        (ONE, None, ["still open"]),
        (ONE, "the second one", ["none of the letters"]),
        (ONE, [1, 2], ["none of the letters"]),
        (THREE, "bab", ["2 of the 3 are right", "“digit”: They are classes."]),
        (THREE, "aab", ["1 of the 3 is right", "“house price”: A price"]),
        (THREE, "aba", ["Look at each again", "“house price”"]),
        (THREE, "ba", ["3 letters", "2 arrived"]),
        (THREE, {"house price": "b"}, ["no entry for “spam?”"]),
        (THREE, {"house price": "b", "spam?": ..., "digit": "c"}, ["“spam?”: still open"]),
        (THREE, 7, ["3 letters"]),
        (THREE, ["b", "a", "x"], ["“digit”: 'x' is none"]),
        (THREE, ["b", "a", object()], ["“digit”", "none of the letters"]),
    ],
)
def test_what_is_said(exercise, answer, words):
    found = exercise.judge(answer, None)
    assert found.status == "not yet"
    for word in words:
        assert word in found.message, found.message


def test_wrong_letters_are_reported_for_a_class():
    assert THREE.judge("aab", None).slips == ("house price: a", "digit: b")


def test_open_answers_are_not_attempted():
    for answer in ([...] * 3, {question.name: ... for question in THREE.questions}):
        assert THREE.judge(answer, None).status == "not attempted"


CHOICES = [each for each in registry.exercises() if isinstance(each, ChoiceExercise)]


@pytest.mark.parametrize("exercise", CHOICES, ids=lambda e: e.id)
def test_every_wrong_letter_has_its_own_short_sentence(exercise):
    names = [question.name for question in exercise.questions]
    assert len(set(names)) == len(names)
    for question in exercise.questions:
        assert question.right not in question.say
        assert len(question.say) >= 2
        for letter, sentence in question.say.items():
            assert re.fullmatch("[a-z]", letter)
            assert sentence[-1] in ".?"
            assert len(re.findall(r"[.?!](?:\s|$)", sentence)) <= 2, sentence
            assert not re.search(r"\b(simply|just|obviously|of course)\b", sentence)
            given_away = rf"\b{question.right}\)|“{question.right}”|\*\*{question.right}\*\*"
            assert not re.search(given_away, sentence), sentence
        assert len(set(question.say.values())) == len(question.say)


@pytest.mark.parametrize("exercise", CHOICES, ids=lambda e: e.id)
def test_the_options_stand_in_the_text(exercise):
    """Every letter is offered, in the form '**a**'."""
    from test_exercises import SOURCES

    (file,) = SOURCES.glob(f"{int(exercise.id.split('.')[0]):02d}_*.md")
    text = file.read_text(encoding="utf-8").split(f"Exercise {exercise.id} ")[1].split("\n###")[0]
    for question in exercise.questions:
        for letter in question.letters:
            assert f"**{letter}**" in text, letter
        assert question.name in text
