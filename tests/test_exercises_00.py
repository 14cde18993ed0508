"""The exercises of chapter 00: right answers in many styles, wrong ones with their sentence."""

import re
from pathlib import Path

import numpy as np
import pytest

from helpers.checks import check, registry

SOURCES = Path(__file__).parent.parent / "solutions" / "source"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def frozen(values):
    array = np.array(values)
    array.flags.writeable = False
    return array


def one_sided(f, w):
    return (f(w + 1e-6) - f(w)) / 1e-6


def both_sided(f, w):
    h = 1e-4
    return [(f(w + h) - f(w - h)) / (2 * h)]


def backwards(f, w):
    return float(np.float32((f(w) - f(w - 1e-5)) / 1e-5))


def complex_step(f, w):
    return f(w + 1e-30j).imag / 1e-30


def five_points(f, w):
    h = 1e-2
    return (-f(w + 2 * h) + 8 * f(w + h) - 8 * f(w - h) + f(w - 2 * h)) / (12 * h)


def with_an_array_of_nudges(f, w):
    nudges = np.array([-1e-4, 1e-4])
    low, high = f(w + nudges)
    return np.array((high - low) / 2e-4)


def flattened(t, y):
    return np.ravel(t) - np.ravel(y)


def as_a_column(t, y):
    return np.reshape(t, (-1, 1)) - np.reshape(y, (-1, 1))


def with_a_loop(t, y):
    result = []
    for i in range(len(t)):
        result.append(float(t.flat[i]) - float(y.flat[i]))  # noqa: PERF401
    return result


def in_float32(t, y):
    return t.astype(np.float32).squeeze() - y.astype(np.float32).squeeze()


def with_matching_shapes(t, y):
    return t.reshape(y.shape) - y


IN_ORDER = [(3,), (3, 4), (4,), (4,), (5, 3), (3,)]
NAMES = ["with_one(x)", "W", "z_h", "h", "U", "y"]

SOLUTIONS = {
    "0.1": [
        np.array([0.05, 0.10]),
        [0.05, 0.1],
        (0.05, 0.1),
        np.array([[0.05, 0.1]]),
        np.array([0.05, 0.1], dtype=np.float64)[:, None],
        np.asmatrix([0.05, 0.1]),
        frozen([0.05, 0.1]),
        [np.float64(0.05), 1 / 10],
    ],
    "0.2": [
        IN_ORDER,
        tuple(IN_ORDER),
        dict(zip(NAMES, IN_ORDER, strict=True)),
        [list(shape) for shape in IN_ORDER],
        [3, (3, 4), 4, 4, (5, 3), 3],
        [(1, 3), (3, 4), (1, 4), (1, 4), (5, 3), (1, 3)],
        [np.array(shape) for shape in IN_ORDER],
        dict(reversed(list(zip(["with_one( x )", *NAMES[1:]], IN_ORDER, strict=True)))),
        [np.zeros(shape).shape for shape in IN_ORDER],
    ],
    "0.3": [
        one_sided,
        both_sided,
        backwards,
        complex_step,
        five_points,
        with_an_array_of_nudges,
        lambda f, w: (f(w + 1e-5) - f(w)) / 1e-5,
    ],
    "0.4": [flattened, as_a_column, with_a_loop, in_float32, with_matching_shapes],
}


def cases(table):
    return [
        pytest.param(number, answer, id=f"{number}-{i}")
        for number, answers in table.items()
        for i, answer in enumerate(answers)
    ]


def test_every_exercise_has_solutions_here():
    assert list(SOLUTIONS) == [each.id for each in registry.exercises(0)]
    assert all(len(answers) >= 3 for answers in SOLUTIONS.values())


@pytest.mark.parametrize(("number", "answer"), cases(SOLUTIONS))
def test_a_right_answer_is_solved(number, answer):
    verdict = check(number, answer)
    assert verdict.status == "solved", verdict
    assert verdict.compared


def named_shapes(**changed):
    return [changed.get(name, shape) for name, shape in zip(NAMES, IN_ORDER, strict=True)]


WRONG = [
    ("0.1", [0.10, 0.05], ["in the other order"]),
    ("0.1", [1, 0.05, 0.10], ["leave it out here"]),
    ("0.1", [0.5, 0.1], ["x2 is right", "x1 has the right digits", "decimal point"]),
    ("0.1", [0.05], ["2 numbers", "1 arrived"]),
    ("0.1", [0.05, -0.1], ["x2", "wrong sign"]),
    ("0.2", named_shapes(U=(4, 3)), ["Five of the six", "bias row out of U"]),
    ("0.2", named_shapes(W=(2, 4)), ["bias row out of W", "row 0 holds the biases"]),
    ("0.2", named_shapes(U=(3, 5)), ["exchanged rows and columns of U"]),
    ("0.2", named_shapes(h=(5,)), ["h holds the hidden units alone"]),
    ("0.2", named_shapes(y="(2,)"), ["in quotes"]),
    ("0.2", named_shapes(y=...), ["`y` is still open"]),
    ("0.2", named_shapes(y=2.0), ["whole numbers"]),
    ("0.2", named_shapes(W=(9, 9)), ["`W`", "not (9, 9)"]),
    ("0.2", IN_ORDER[:5], ["Six shapes", "5 arrived"]),
    ("0.2", {"W": (3, 3)}, ["`with_one(x)` is missing"]),
    ("0.3", lambda f, w: 2 * w, ["slope of w² only"]),
    ("0.3", lambda f, w: -one_sided(f, w), ["wrong order", "wrong sign"]),
    ("0.3", lambda f, w: f(w + 1e-5) - f(w), ["did not divide by the nudge"]),
    ("0.3", lambda f, w: f(w + 0.001) - f(w - 0.001), ["did not divide by the nudge"]),
    ("0.3", lambda f, w: (f(w + 1e-5) - f(w - 1e-5)) / 1e-5, ["twice", "`2 * nudge`"]),
    ("0.3", lambda f, w: (f(w + 1e-5) - f(w)) / 2e-5, ["half"]),
    ("0.3", lambda f, w: (f(w + 1e-20) - f(w)) / 1e-20, ["so small that w + nudge equals w"]),
    ("0.3", lambda f, w: (f(w + 0.1) - f(w)) / 0.1, ["too large"]),
    ("0.3", lambda f, w: (f(w + 0.1) - f(w - 0.1)) / 0.2, ["too large"]),
    ("0.3", lambda f, w: f(w), ["the value of f"]),
    ("0.3", lambda f, w: f, ["a function, where its value belongs"]),
    ("0.3", lambda f: f, ["cannot be called as `slope(f, w)`"]),
    ("0.4", lambda t, y: t - y, ["every prediction was compared with every target"]),
    ("0.4", lambda t, y: np.ravel(y) - np.ravel(t), ["every sign is opposite", "t - y"]),
    ("0.4", lambda t, y: y - t, ["Two things at once"]),
    ("0.4", lambda t, y: t.ravel() - y, ["flatten both"]),
    ("0.4", lambda t, y: t - y.ravel(), ["flatten both"]),
    ("0.4", lambda t, y: np.sum(np.ravel(t) - np.ravel(y)), ["added up the differences"]),
    ("0.4", lambda t, y: abs(np.ravel(t) - np.ravel(y)), ["absolute value"]),
]


@pytest.mark.parametrize(("number", "answer", "words"), WRONG)
def test_a_wrong_answer_is_told_what_is_wrong(number, answer, words):
    verdict = check(number, answer)
    assert verdict.status == "not yet", verdict
    for word in words:
        assert word in verdict.message, verdict


@pytest.mark.parametrize("each", registry.exercises(), ids=lambda each: each.id)
def test_the_exercise_is_the_one_in_the_text(each):
    """Same id, stars and title in the heading, an existing section to reread, the same name."""
    files = sorted(SOURCES.glob(f"{int(each.id.split('.')[0]):02d}_*.md"))
    if not files:
        pytest.skip("the text of this chapter is not there")
    text = files[0].read_text(encoding="utf-8")
    heading = f"Exercise {each.id} {'★' * each.stars} {each.title}"
    assert re.search(rf"^###? {re.escape(heading)}$", text, re.M), heading
    assert re.search(rf"^## {re.escape(each.section)}$", text, re.M), each.section
    assert f'check("{each.id}", {each.hand_in})' in text
