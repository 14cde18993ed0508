"""Name the mistake in a wrong answer, or say nothing.

`diagnose(exercise, trials)` gets every hidden case with the right answer and the reader's (see
`exercise.Trial`). First the exercise's slips are tried, one and two at a time (`candidates`),
then its own `explain`, then what can be seen in any array of numbers (`looks`). Nothing is
guessed: an explanation has to hold for every entry of every case, and when two different ones
hold, only what they share is said.
"""

from typing import NamedTuple

from . import candidates, looks, wording


class Diagnosis(NamedTuple):
    """What was found: the slips, or the name of what was seen, and the sentence."""

    name: str
    sentence: str
    slips: tuple[str, ...] = ()


def diagnose(exercise, trials):
    """Return the one Diagnosis that explains all trials, or those of one kind, or None."""
    if not trials or any(trial.got is None and not trial.problem for trial in trials):
        return None
    return _of_all(exercise, trials) or _of_one_kind(exercise, trials)


def _of_all(exercise, trials):
    if all(trial.problem for trial in trials):
        return None
    found = _named(exercise, trials) if exercise.slips else None
    if found:
        return found
    if any(trial.problem for trial in trials):
        return None
    own = exercise.explain(trials) if exercise.explain else ""
    return Diagnosis("own", own) if own else _looked(exercise, trials)


def _of_one_kind(exercise, trials):
    """Single examples may have one explanation, and batches another, or none."""
    kinds = list(dict.fromkeys(trial.case.kind for trial in trials))
    if len(kinds) < 2:
        return None
    for kind in kinds:
        same = [trial for trial in trials if trial.case.kind == kind]
        if len(same) < 2 or all(trial.right for trial in same):
            continue
        found = _of_all(exercise, same)
        if found:
            praise = wording.what_is_right(exercise, trials)
            sentence = found.sentence.removeprefix(wording.what_is_right(exercise, same))
            sentence = wording.without_praise(sentence, True)
            return found._replace(sentence=f"{praise}For {kind}: {sentence}")
        return None  # the first kind that is wrong comes first
    return None


def _looked(exercise, trials):
    """What can be seen; of several returned values, in the first that is wrong."""
    if not getattr(exercise, "returns", ()):
        name, sentence = looks.look(exercise, trials)
        return Diagnosis(name, sentence) if sentence else None
    if looks.in_other_order(trials):
        names = ", ".join(exercise.returns)
        return Diagnosis("order", f"The values are right, in another order: return `{names}`.")
    wrong = min(trial.at[1] for trial in trials if not trial.right)
    name, sentence = looks.look(exercise, [t for t in trials if t.at[1] == wrong])
    praise = wording.what_is_right(exercise, trials)
    where = f"{praise}Look at `{exercise.returns[wrong]}`: "
    return Diagnosis(name, where + wording.lower(sentence)) if sentence else None


def _named(exercise, trials):
    if all(trial.right or trial.problem for trial in trials):
        return None  # right wherever it does not raise: the raising is the whole story
    explaining = candidates.of(exercise).explaining(trials)
    if len(explaining) == 1:
        slips = explaining[0]
        sentence = wording.for_slips(exercise, slips, exercise.alike, trials)
        return Diagnosis(" + ".join(slips), sentence, slips)
    return _one_of_several(exercise, explaining, trials)


def _one_of_several(exercise, explaining, trials):
    """Pairs that give the same: named when they share one slip and differ in the other."""
    shared = set(explaining[0]).intersection(*explaining) if explaining else set()
    if len(shared) != 1 or len(explaining) > 3:
        return None
    (slip,) = shared
    others = tuple(each for pair in explaining for each in pair if each != slip)
    sentence = wording.for_shared(exercise, slip, others, trials)
    return Diagnosis(f"{slip} + {' | '.join(others)}", sentence, (slip, *others))
