"""Every mistake of the catalogue, alone and in pairs, is named; no two are confused."""

import itertools
import re
import textwrap
import time
from pathlib import Path

import answers
import fresh
import numpy as np
import pytest
from learner_answers import layers

from helpers.checks import candidates, check, compare, registry, table, wording
from helpers.checks.choice import ChoiceExercise
from helpers.checks.exercise import FunctionExercise, Trial, ValueExercise
from helpers.checks.shapes import ShapesExercise
from helpers.mistakes import CATALOGUE

EXERCISES = {each.id: each for each in registry.exercises()}
FUNCTIONS = [e for e in EXERCISES.values() if isinstance(e, FunctionExercise)]
SEARCHED = [e for e in EXERCISES.values() if isinstance(e, (FunctionExercise, ValueExercise))]
SHAPED = [e for e in EXERCISES.values() if isinstance(e, ShapesExercise)]
SLIPS, TYPED = answers.table("SLIPS"), answers.table("TYPED")
VALUES = [e for e in SEARCHED if isinstance(e, ValueExercise) and e.id not in TYPED]
BEYOND, BLIND = answers.table("BEYOND"), answers.table("BLIND")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def alike(exercise, slip):
    """The slip by which a group that cannot be told apart is named."""
    return next((group[0] for group in exercise.alike if slip in group), slip)


# One test for each exercise: thousands of tests take longer to collect and report than to run.
@pytest.mark.parametrize("number", SLIPS)
def test_slips_as_learners_write_them_are_named(number):
    found = [
        misread(EXERCISES[number], slip, source)
        for slip, written in SLIPS[number].items()
        for source in written
    ]
    assert not any(found), "\n\n".join(filter(None, found))


def misread(exercise, slip, source):
    """'' when the check names this slip, else what it said, and of which source."""
    verdict = check(exercise.id, fresh.function_from(source))
    said = exercise.instead.get(slip) or CATALOGUE[slip].what
    named = verdict.slips == (alike(exercise, slip),)
    right = named and said.lower() in verdict.message.lower()
    return "" if right else f"{slip}: {verdict}\n{source}"


def test_every_slip_of_every_function_is_written_twice():
    assert list(SLIPS) == [e.id for e in FUNCTIONS if e.slips]
    for exercise in FUNCTIONS:
        if exercise.slips:
            assert set(SLIPS[exercise.id]) == set(exercise.slips), exercise.id
            assert all(len(set(each)) >= 2 for each in SLIPS[exercise.id].values()), exercise.id


@pytest.mark.parametrize("number", TYPED)
def test_numbers_typed_by_hand_are_named(number):
    for slip, typed in TYPED[number].items():
        for text in typed:
            if text is not None:
                verdict = check(number, eval(text, {"s": answers.sigmoid, "np": np}))
                assert verdict.slips == (alike(EXERCISES[number], slip),), (slip, text, verdict)
    assert set(TYPED[number]) == set(EXERCISES[number].slips)


@pytest.mark.parametrize("digits", [6, 12])
@pytest.mark.parametrize("exercise", VALUES, ids=lambda e: e.id)
def test_numbers_are_named_to_the_digits_given(exercise, digits):
    for slip in exercise.slips:
        answer = [round(float(v), digits) for v in np.ravel(exercise.wrong({slip}))]
        verdict = check(exercise.id, answer)
        assert verdict.slips == (alike(exercise, slip),), (slip, verdict)


@pytest.mark.parametrize("exercise", SHAPED, ids=lambda e: e.id)
def test_shapes_are_named(exercise):
    for slip in exercise.slips:
        assert check(exercise.id, exercise.shapes((slip,))).slips == (slip,), slip


# Pairs -------------------------------------------------------------------------------------------


def applicable(exercise):
    """Pairs in which neither slip hides the other: they differ from the right and each alone."""
    every = candidates.of(exercise)
    trials = trials_of(exercise)
    right = [compare.bare(trial.expected) for trial in trials]
    alone = {slip: results(every, (slip,), trials) for slip in exercise.slips}
    for pair in every.slip_sets(2):
        both = results(every, pair, trials)
        if all(each is candidates.RAISED for each in both):
            continue
        if not any(agree(both, other, exercise) for other in (right, *map(alone.get, pair))):
            yield pair


def trials_of(exercise):
    return [
        Trial(case, expected, expected, expected, at=(number, k))
        for number, case in enumerate(exercise.cases())
        for k, expected in enumerate(fresh.right(exercise, case))
    ]


def results(every, slips, trials, variant=0):
    return [every.given(slips, variant, trial) for trial in trials]


def agree(one, other, exercise, factor=1):
    return all(
        candidates.agrees(a, b, factor * exercise.match) for a, b in zip(one, other, strict=True)
    )


def named_pairs(exercise):
    """Pairs: completely named, by an equal explanation, partly, not at all, wrongly."""
    complete, equal, partly, unnamed, wrong = [], [], [], [], []
    for pair in applicable(exercise):
        if isinstance(exercise, FunctionExercise):
            answer = lambda *a, p=pair: exercise.wrong(frozenset(p), *a, **exercise.variants[0])  # noqa: E731
        else:
            answer = exercise.wrong(frozenset(pair))
        slips = check(exercise.id, answer).slips
        wanted = {alike(exercise, slip) for slip in pair}
        if not slips:
            unnamed.append(pair)
        elif wanted <= set(slips) and len(slips) <= 4:
            complete.append(pair)
        elif gives_the_same(exercise, pair, slips):
            equal.append(pair)
        elif set(slips) <= wanted or gives_what_comes_first(exercise, pair, slips):
            partly.append(pair)
        else:
            wrong.append((pair, slips))
    return complete, equal, partly, unnamed, wrong


def gives_the_same(exercise, pair, slips):
    """A smaller or another explanation that is as good: equal on other cases as well."""
    if isinstance(exercise, ValueExercise):
        return np.allclose(exercise.wrong(frozenset(pair)), exercise.wrong(frozenset(slips)))
    function = lambda *a: exercise.wrong(frozenset(pair), *a, **exercise.variants[0])  # noqa: E731
    return any(
        fresh.explains(exercise, each, function, kind)
        for each in (slips, *itertools.combinations(slips, 2))
        for kind in ("", *{case.kind for case in exercise.cases()})
    )


def gives_what_comes_first(exercise, pair, slips):
    """The message speaks of the hidden values first, and there the slip is the whole story."""
    if not getattr(exercise, "stages", ()):
        return False
    first = list(exercise.stages[0])
    one, other = (np.ravel(exercise.wrong(frozenset(each)))[first] for each in (pair, slips))
    return np.allclose(one, other)


COUNTS = {}


# 1.6 has the same slips and cases as 1.4.
@pytest.mark.parametrize("exercise", [e for e in SEARCHED if e.id != "1.6"], ids=lambda e: e.id)
def test_pairs_are_named(exercise):
    found = complete, equal, _, unnamed, wrong = named_pairs(exercise)
    COUNTS[exercise.id] = tuple(map(len, found))
    total = sum(COUNTS[exercise.id])
    print(
        f"\n{exercise.id}: {total} pairs; complete, equal, partly, not, wrong:", COUNTS[exercise.id]
    )
    assert not wrong
    if exercise.id not in BEYOND:
        assert len(complete) + len(equal) >= 0.9 * total, unnamed


@pytest.mark.parametrize("pair", layers.PAIRS, ids=" + ".join)
def test_pairs_written_by_hand_are_named(pair):
    for number in ("1.4", "1.6", "1.7"):
        source = layers.matrix_source("layer", layers.PAIRS[pair])
        assert set(check(number, fresh.function_from(source)).slips) == set(pair)


# Collisions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", SEARCHED, ids=lambda e: e.id)
def test_only_the_listed_slips_cannot_be_told_apart(exercise):
    every, trials = candidates.of(exercise), trials_of(exercise)
    right = [compare.bare(trial.expected) for trial in trials]
    known = {}
    for slip in exercise.slips:
        for variant in range(len(exercise.variants)):
            given = results(every, (slip,), trials, variant)
            if any(each is not candidates.RAISED for each in given):
                assert not agree(given, right, exercise, 3), slip
                known[slip, variant] = given
    collide = set()
    for (a, va), (b, vb) in itertools.combinations(known, 2):
        if a != b and agree(known[a, va], known[b, vb], exercise, 3):
            collide.add(frozenset((a, b)))
    listed = {frozenset(p) for group in exercise.alike for p in itertools.combinations(group, 2)}
    assert collide == listed


# In 0.3 slopes by nudging agree to the size of the nudge only.
@pytest.mark.parametrize("exercise", [e for e in FUNCTIONS if e.id != "0.3"], ids=lambda e: e.id)
def test_candidates_agree_closely_or_differ_clearly(exercise):
    """No pair of candidates is near another one without being the same."""
    every, trials = candidates.of(exercise), trials_of(exercise)
    groups = {}
    for slips in every.slip_sets(1) + every.slip_sets(2):
        given = results(every, slips, trials)
        shapes = tuple("" if each is candidates.RAISED else each.shape for each in given)
        flat = [each.ravel() for each in given if each is not candidates.RAISED]
        if flat:
            groups.setdefault(shapes, []).append(np.concatenate(flat))
    for rows in groups.values():
        table = np.array(rows)
        finite = np.isfinite(table)
        numbers = np.where(finite, table, 0.0)
        for k in range(len(table) - 1):
            off = np.abs(numbers[k + 1 :] - numbers[k])
            off[finite[k + 1 :] != finite[k]] = np.inf
            far = off.max(axis=1)
            assert ((far < 1e-9) | (far > 1e-3)).all()


# Time --------------------------------------------------------------------------------------------


def test_time_of_a_check():
    times = []
    sources = [(n, text) for n, slips in SLIPS.items() for each in slips.values() for text in each]
    for number, source in sources[::10]:
        answer = fresh.function_from(source)
        start = time.perf_counter()
        check(number, answer)
        times.append(time.perf_counter() - start)
    candidates.of.cache_clear()
    start = time.perf_counter()
    check("1.4", lambda x, W: (x @ W[1:] + 2 * W[0]) ** 3)
    first = time.perf_counter() - start
    median = 1000 * float(np.median(times))
    print(f"\nmedian {median:.1f} ms, longest {1000 * max(times):.0f} ms, "
          f"first search of all pairs {1000 * first:.0f} ms")  # fmt: skip
    assert median < 200


# The page for teachers ---------------------------------------------------------------------------


def test_the_page_of_mistakes_is_up_to_date(capsys):
    page = (Path(__file__).parent.parent / "docs" / "mistakes.md").read_text(encoding="utf-8")
    assert table.main(["--markdown"]) == 0
    assert capsys.readouterr().out == page, (
        "python3 -m helpers mistakes --markdown > docs/mistakes.md"
    )


def test_the_table_lists_every_exercise_and_mistake(capsys):
    assert table.main([]) == 0
    shown = capsys.readouterr().out
    for exercise in EXERCISES.values():
        count = f"{len(exercise.slips)} mistakes"
        if isinstance(exercise, ChoiceExercise):
            count = f"{sum(len(q.say) for q in exercise.questions)} wrong choices"
        assert f"{exercise.id} {exercise.title}: {count}" in shown
        assert all(f"    {slip} " in shown for slip in exercise.slips)


def test_every_sentence_is_short_kind_and_complete():
    """What is right, what happened, where to reread: three sentences at most."""
    for exercise in EXERCISES.values():
        for slip in exercise.slips:
            message = wording.for_slips(exercise, (slip,), exercise.alike, [])
            assert not re.search(r"\b(simply|just|obviously|wrong!|stupid|of course)\b", message)
            assert len(re.findall(r"[.?!](?:\s|$)", message)) <= 3, message
            assert re.search(r"Reread chapter \d\d, “.+”", message), message


# Answers of a blind reader: what may not be said of them ------------------------------------------


@pytest.mark.parametrize(("number", "answer", "never", "said"), BLIND)
def test_answers_of_a_blind_reader_are_not_misread(number, answer, never, said):
    if isinstance(answer, str):
        answer = fresh.function_from(
            f"def {EXERCISES[number].usage}:\n{textwrap.indent(answer, '    ')}\n"
        )
    verdict = check(number, answer)
    assert verdict.status == "not yet"
    assert said in verdict.message, verdict
    assert never not in verdict.message, verdict
