"""Exercises that are answered with letters: decide and say why, match, explain a picture."""

import dataclasses
import re

import numpy as np

from . import stubs, wording
from .exercise import Exercise, not_attempted, not_yet, solved
from .judge import FILL


@dataclasses.dataclass(frozen=True)
class Question:
    """One choice: its name ("house prices"), the right letter, and what to say for each other one.

    `say` has a sentence for every wrong letter. It says what speaks against this choice, or what
    to look at, and does not give the right one away. `section` is the one to reread, where it is
    not that of the exercise.
    """

    name: str
    right: str
    say: dict[str, str]
    section: str = ""

    @property
    def letters(self):
        return sorted({self.right, *self.say})


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class ChoiceExercise(Exercise):
    """One letter for each question, in a dict by name, or in order as a list or as text.

    The options stand in the text of the exercise, each with its reason. A single question is
    answered with its letter alone; its name is then never shown.
    """

    questions: tuple[Question, ...]
    compared: str
    praise: str = "Your choice is right"

    def judge(self, answer, surroundings):
        if stubs.all_open(answer):
            return not_attempted(FILL)
        given = _by_name(self.questions, answer)
        if isinstance(given, str):
            return not_yet(given)
        letters = {question.name: _letter(given[question.name]) for question in self.questions}
        for question in self.questions:
            if letters[question.name] not in question.letters:
                return not_yet(_no_letter(self.questions, question, given[question.name]))
        wrong = [q for q in self.questions if letters[q.name] != q.right]
        if not wrong:
            return solved(f"{self.praise}.", self.compared)
        first = wrong[0]
        sentence = first.say[letters[first.name]]
        if len(self.questions) > 1:
            sentence = f"{_count(self.questions, wrong)}“{first.name}”: {sentence}"
        slips = tuple(f"{q.name}: {letters[q.name]}" for q in wrong)
        place = dataclasses.replace(self, section=first.section or self.section)
        return not_yet(f"{sentence} {wording.reread(place, ())}", slips=slips)


def _by_name(questions, answer):
    """The answer as a dict by name, or a sentence."""
    if len(questions) == 1 and not isinstance(answer, dict):
        while isinstance(answer, (list, tuple, set, np.ndarray)) and len(answer) == 1:
            (answer,) = answer
        return {questions[0].name: answer}
    if isinstance(answer, dict):
        return _from_dict(questions, answer)
    if isinstance(answer, str):
        answer = re.findall(r"[A-Za-z]", answer)
    if not isinstance(answer, (list, tuple, np.ndarray)):
        return f"Hand in {len(questions)} letters, one for each question, in order."
    while len(answer) == 1 and isinstance(answer[0], (list, tuple)):
        answer = answer[0]
    if len(answer) != len(questions):
        return (
            f"Hand in {len(questions)} letters, one for each of {_names(questions)}; "
            f"{len(answer)} arrived."
        )
    return {q.name: each for q, each in zip(questions, answer, strict=True)}


def _from_dict(questions, answer):
    given = {_plain(key): value for key, value in answer.items()}
    if len(questions) == 1 and len(given) == 1:
        return {questions[0].name: next(iter(given.values()))}
    missing = [q.name for q in questions if _plain(q.name) not in given]
    if missing:
        return f"There is no entry for “{missing[0]}”; needed are {_names(questions)}."
    return {q.name: given[_plain(q.name)] for q in questions}


def _plain(name):
    return re.sub(r"\W", "", str(name)).lower()


def _letter(value):
    """'b' for 'B', '(b)', 'b)' or 'b. '; whatever else it is, as it is."""
    if not isinstance(value, str):
        return value if isinstance(value, (int, float)) else None
    return re.sub(r"\W", "", value).lower()


def _no_letter(questions, question, value):
    about = f"“{question.name}”: " if len(questions) > 1 else ""
    choose = f"choose one of {', '.join(question.letters)}, in quotes"
    if value is Ellipsis or value is None:
        return f"{about}still open; {choose}."
    shown = repr(value)
    return f"{about}{shown if len(shown) <= 30 else 'this'} is none of the letters; {choose}."


def _count(questions, wrong):
    right, all_of_them = len(questions) - len(wrong), len(questions)
    if right == 0:
        return "Look at each again. First "
    return f"{right} of the {all_of_them} {'is' if right == 1 else 'are'} right. Look again at "


def _names(questions):
    return ", ".join(f"“{q.name}”" for q in questions)
