"""What is recognised where: `python -m helpers mistakes`, and `--markdown` for docs/mistakes.md."""

import argparse

from helpers.mistakes import CATALOGUE

from . import candidates, looks, registry
from .exercise import FunctionExercise, ValueExercise


def main(arguments):
    """Print the table; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers mistakes")
    parser.add_argument("--markdown", action="store_true", help="the page docs/mistakes.md")
    chosen = parser.parse_args(arguments)
    print(markdown() if chosen.markdown else text(), end="")
    return 0


def text():
    """One line for each exercise, then its mistakes."""
    lines = []
    for exercise in registry.exercises():
        lines.append(f"{exercise.id} {exercise.title}: {_counts(exercise)}")
        lines += [f"    {slip:<34} {CATALOGUE[slip].says}" for slip in exercise.slips]
    return "\n".join(lines) + "\n"


def markdown():
    """The page for teachers."""
    parts = [_INTRODUCTION.format(catalogue=len(CATALOGUE)), _overview(), _RULES]
    parts += [_section(each) for each in registry.exercises() if each.slips or _choices(each)]
    parts.append(_without_a_name())
    return "\n".join(parts)


_INTRODUCTION = """# What the checks recognise

This page is written by a command; do not edit it:

```
python3 -m helpers mistakes --markdown > docs/mistakes.md
```

The catalogue holds {catalogue} named mistakes. A wrong answer is compared with what each of them
that applies to the exercise would have given, alone and two at a time, on the hidden cases.
"""

_RULES = """
A mistake is named only when it explains every entry of every hidden case (or of all single
examples, or of all batches; the message then says so), and when nothing else does. Mistakes that
no answer can tell apart are named together. Numbers typed by hand are compared to the digits
that were typed. In a report, a verdict carries the names in `verdict.slips`.
"""


def _overview():
    rows = ["| exercise | hidden cases | mistakes | pairs of them |", "|---|---|---|---|"]
    for exercise in registry.exercises():
        cases = len(list(exercise.cases())) if isinstance(exercise, FunctionExercise) else 1
        single = len(exercise.slips) or _choices(exercise) or "in words of its own"
        pairs = _pairs(exercise) or ""
        rows.append(f"| {exercise.id} {exercise.title} | {cases} | {single} | {pairs} |")
    return "\n".join(rows)


def _choices(exercise):
    """How many wrong choices have a sentence of their own; 0 if it is no multiple choice."""
    return sum(len(question.say) for question in getattr(exercise, "questions", ()))


def _counts(exercise):
    if _choices(exercise):
        return f"{_choices(exercise)} wrong choices"
    return f"{len(exercise.slips)} mistakes, {_pairs(exercise)} pairs"


def _pairs(exercise):
    if isinstance(exercise, (FunctionExercise, ValueExercise)):
        return len(candidates.of(exercise).slip_sets(2))
    return len(exercise.slips) * (len(exercise.slips) - 1) // 2


def _section(exercise):
    lines = [f"\n## {exercise.id} {exercise.title}\n"]
    lines += [f"- `{slip}`: {CATALOGUE[slip].says}" for slip in exercise.slips]
    for question in getattr(exercise, "questions", ()):
        name = f"“{question.name}”, " if question.name else ""
        lines += [f"- {name}{letter}: {said}" for letter, said in sorted(question.say.items())]
    for group in exercise.alike:
        names = " and ".join(f"`{slip}`" for slip in group)
        lines.append(f"\nCannot be told apart here: {names}.")
    return "\n".join(lines)


def _without_a_name():
    lines = [
        "\n## Seen in any exercise\n",
        "When no mistake of the catalogue explains the answer, these are looked for. Each is said",
        "only if it holds for every entry of every hidden case:",
        "",
    ]
    sentences = dict.fromkeys(sentence for _, _, sentence in looks.RELATED)
    lines += [f"- {sentence}" for sentence in sentences]
    lines += [f"- {sentence}" for sentence in _FURTHER]
    return "\n".join(lines) + "\n"


_FURTHER = (
    "Another quantity of the chapter in the place of the one that is asked for, or an input.",
    "The same number everywhere, rounding, one factor, one offset, some signs, one row or column.",
    "Several returned values in another order, and which of them is the first that is wrong.",
    "Right in a special case (all biases 0, inputs 0, one input, one unit), or without influence.",
    "Otherwise: the smallest hidden case that fails with its shapes, how many entries are right, "
    "and the first wrong one with its sign or size against the expected one.",
)
