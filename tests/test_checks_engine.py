"""The engine of the checks: it survives every answer, ends every loop, and leaves no trace."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from helpers.checks import NotSolved, check, limit, looks, registry, stubs
from helpers.checks.compare import NotNumbers, as_numbers, difference, fit, shape_difference
from helpers.checks.diagnose import diagnose
from helpers.checks.exercise import Case, FunctionExercise, Special, Trial
from helpers.checks.surroundings import Surroundings

IDS = [each.id for each in registry.exercises()]
FUNCTIONS = [each.id for each in registry.exercises() if isinstance(each, FunctionExercise)]
VALUES = [each for each in IDS if each not in FUNCTIONS]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 0.15)


def not_yet(verdict, *words):
    assert verdict.status == "not yet", verdict
    assert not verdict
    for word in words:
        assert word in verdict.message, verdict
    return verdict


# Answers of every kind --------------------------------------------------------------------------


class RaisesOnEveryLook:
    def __getattribute__(self, name):
        raise RuntimeError("look away")


class RaisesAsArray:
    def __array__(self, *args, **kwargs):
        raise SystemExit

    def __repr__(self):
        raise ValueError

    __eq__ = __bool__ = __len__ = __repr__
    __hash__ = None


class HasNoClass:
    @property
    def __class__(self):
        raise ValueError("no class")


ODD = {
    "none": None,
    "string": "0.3775",
    "bytes": b"1",
    "empty list": [],
    "empty dict": {},
    "dict": {"a": 1},
    "ragged": [[1, 2], [3]],
    "deep ragged": [[[1]], [2, [3]]],
    "wrong shape": np.arange(12.0).reshape(3, 4),
    "empty array": np.zeros((0, 3)),
    "complex": np.array([1 + 2j, 3]),
    "bool": np.array([True, False]),
    "true": True,
    "objects": np.array([None, 1.0], dtype=object),
    "strings": np.array(["0.05", "0.10"]),
    "nan": [np.nan, 0.1],
    "inf": [np.inf, -np.inf],
    "huge int": 10**400,
    "masked": np.ma.masked_array([0.05, 0.1], [0, 1]),
    "date": np.datetime64("2020-01-01"),
    "builtin": len,
    "ufunc": np.sin,
    "lambda without arguments": lambda: 1,
    "class": int,
    "module": os,
    "generator": (i for i in [1, 2]),
    "map": map(int, "12"),
    "set": {1, 2},
    "partly open": [..., 1],
    "partly open dict": {"W": ..., "U": (4, 2)},
    "object": object(),
    "huge array": np.zeros(2_000_000),
    "raises on every look": RaisesOnEveryLook(),
    "raises as array": RaisesAsArray(),
    "no class": HasNoClass(),
    "check itself": check,
}


# One test for each exercise, since thousands of tests take longer to collect than to run.
@pytest.mark.parametrize("exercise", IDS)
def test_no_answer_makes_a_check_raise_or_pass(exercise, capsys):
    for kind, answer in ODD.items():
        verdict = check(exercise, answer)
        assert verdict.status in ("not yet", "not attempted"), kind
        assert str(verdict).startswith(f"{exercise} {verdict.status}: "), kind
        assert len(verdict.message) > 20, kind
        assert 1 <= verdict.message.count(". ") + 1 <= 4, kind
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("exercise", IDS)
def test_dots_are_not_attempted(exercise):
    for answer in (..., [...], (..., ...), {"W": ...}) if exercise in VALUES else (...,):
        assert check(exercise, answer).status == "not attempted"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("string", "text in quotes"),
        ("none", "None"),
        ("ragged", "different lengths"),
        ("complex", "complex"),
        ("bool", "True or False"),
        ("set", "use [ ]"),
        ("generator", "nobody has computed"),
        ("builtin", "a function, where its value belongs"),
        ("partly open", "Still open"),
    ],
)
def test_a_value_that_is_no_number_is_named(kind, words):
    not_yet(check("1.2", ODD[kind]), words)


def test_an_entry_that_is_still_open_has_the_name_of_the_exercise():
    not_yet(check("6.1", [1.0, 1.0, ...]), "Still open (`...`): d3.")
    not_yet(check("1.2", {"W": 1.0, "U": ...}), "entry 'U'")
    not_yet(check("6.1", [1.0, ...]), "entry 2 of 2")


@pytest.mark.parametrize(
    ("answer", "words"), [(3.5, "a number"), (int, "class"), ("layer", "text")]
)
def test_a_function_is_asked_for(answer, words):
    not_yet(check("1.4", answer), "function", words)


# Stubs ------------------------------------------------------------------------------------------


def with_docstring(x, W):
    """The values of a layer."""


def with_dots(x, W): ...  # your code here


def with_docstring_dots_and_pass(x, W):
    """The values of a layer."""
    ...
    pass


def returns_dots(x, W):
    return ...


def not_implemented(*arguments):
    raise NotImplementedError("later")


STUBS = [
    with_docstring,
    with_dots,
    with_docstring_dots_and_pass,
    returns_dots,
    not_implemented,
    lambda x, W: ...,
    lambda x, W: None,
]


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_stubs_are_not_attempted(exercise):
    for stub in STUBS:
        assert check(exercise, stub).status == "not attempted", stub.__name__


def test_dots_that_are_gone_are_not_said_to_be_there():
    def has_pass(x, W):
        pass

    assert "..." not in check("1.4", has_pass).message
    assert "..." in check("1.4", with_dots).message


def test_an_attempt_is_no_stub():
    def returns_a_constant(x, W):
        return 3

    def is_a_generator(x, W):
        yield

    def has_a_body_and_no_return(x, W):
        x + 1

    for attempt in (returns_a_constant, is_a_generator, has_a_body_and_no_return):
        assert not stubs.is_stub(attempt)
        assert check("1.4", attempt).status == "not yet"


# Functions that misbehave -----------------------------------------------------------------------


def raises(x, W):
    z = x[0]
    return z / {}["key"]


def calls_itself(x, W):
    return calls_itself(x, W)


def takes_one(x):
    return x


def dots_inside(x, W):
    z = ...
    return z + 1


class MessageRaises(Exception):
    def __str__(self):
        raise ValueError


def raises_strangely(x, W):
    raise MessageRaises


def prints(x, W):
    print("hello " * 100_000)


def forgets_return(x, W):
    x = x + 1


def generator(x, W):
    yield x


async def coroutine(x, W):
    return x


def returns_text(x, W):
    return "0.5, 0.6"


def returns_pair(x, W):
    return x, W


def returns_input(x, W):
    return x


def returns_nan(x, W):
    return np.full(W.shape[1], np.nan)


def asks(x, W):
    return input("x?")


def leaves(x, W):
    sys.exit(1)


def wants_memory(x, W):
    return np.ones((10**6, 10**6))


MISBEHAVING = [
    (raises, ["KeyError", "'key'", "line", '`return z / {}["key"]`']),
    (calls_itself, ["calls itself without end"]),
    (takes_one, ["cannot be called as `layer(x, W)`", "1 positional argument"]),
    (dots_inside, ["`...`", "z + 1"]),
    (raises_strangely, ["MessageRaises", "cannot be shown"]),
    (prints, ["prints its result, but returns None", "`return`"]),
    (forgets_return, ["returns None", "`return`"]),
    (generator, ["generator"]),
    (coroutine, ["async"]),
    (returns_text, ["text in quotes"]),
    (returns_pair, ["2 values, and one is asked for"]),
    (returns_input, ["returns its input `x`"]),
    (returns_nan, ["NaN"]),
    (asks, ["input()", "arguments"]),
    (leaves, ["exit"]),
    (wants_memory, ["memory"]),
    (np.sin, ["Your function"]),
]


@pytest.mark.parametrize(
    ("function", "words"), MISBEHAVING, ids=lambda f: getattr(f, "__name__", "")
)
def test_a_misbehaving_function_gets_a_sentence(function, words, capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a coroutine that nobody awaits would warn
        not_yet(check("1.4", function), *words)
    assert "Traceback" not in str(check("1.4", function))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_no_function_makes_a_check_raise_or_pass(exercise):
    for function, _ in MISBEHAVING:
        assert check(exercise, function).status == "not yet", function.__name__


def test_the_line_is_the_readers_own():
    message = check("1.4", raises).message
    number = raises.__code__.co_firstlineno + 2
    assert f"in line {number}, " in message


def test_changed_inputs_are_told():
    def subtracts_in_place(t, y):
        t = t.reshape(-1)
        t -= y.reshape(-1)
        return t

    not_yet(check("0.4", subtracts_in_place), "result is right", "changes its input `t`")


def test_a_warning_is_a_remark_only():
    def warns(x, W):
        np.log(np.zeros(1))
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))

    verdict = check("1.4", warns)
    assert verdict.status == "solved"
    assert "divide by zero" in verdict.remark


def test_printing_is_a_remark_only(capsys):
    def prints_too(x, W):
        print(x.shape)
        return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))

    verdict = check("1.4", prints_too)
    assert verdict
    assert "prints" in verdict.remark
    assert capsys.readouterr().out == ""


def test_the_readers_interrupt_passes_through():
    def interrupted(x, W):
        signal.raise_signal(signal.SIGINT)

    # As Python starts; a process that runs a share of the tests ignores Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            check("1.4", interrupted)
    finally:
        signal.signal(signal.SIGINT, before)
    assert nothing_left()


# Endless ----------------------------------------------------------------------------------------


def nothing_left():
    return (
        signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        and sys.gettrace() is None
        and not limit._Clock.running
        and builtins_input_is_normal()
    )


def builtins_input_is_normal():
    return "refuse" not in input.__name__


def loops(x, W):
    while True:
        pass


def swallows(x, W):
    while True:
        try:
            while True:
                try:  # noqa: SIM105
                    sum([1, 2])
                except:  # noqa: E722
                    pass
        except BaseException:
            continue


def swallows_one_call_further_out(x, W):
    while True:
        try:
            swallows(x, W)
        except:  # noqa: E722
            len([])


def sleeps(x, W):
    time.sleep(60)


def loops_while_it_is_cleaned_up(x, W):
    try:
        loops(x, W)
    finally:
        loops(x, W)


class LoopsAsArray:
    def __array__(self, *args, **kwargs):
        while True:
            pass


ENDLESS = [loops, swallows, swallows_one_call_further_out, sleeps, loops_while_it_is_cleaned_up]
needs_alarm = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no SIGALRM here")
untraced = pytest.mark.skipif(sys.gettrace() is not None, reason="no limit under a debugger")


@untraced
@pytest.mark.parametrize("function", ENDLESS, ids=lambda f: f.__name__)
def test_an_endless_function_is_ended(function, quick):
    threads, start = threading.active_count(), time.perf_counter()
    not_yet(check("1.4", function), "had not come to an end after 0.15 seconds")
    assert time.perf_counter() - start < 2
    assert threading.active_count() == threads
    assert nothing_left()


@untraced
@pytest.mark.parametrize("function", ENDLESS[:3], ids=lambda f: f.__name__)
def test_an_endless_function_is_ended_on_another_thread(function, quick):
    found = []
    thread = threading.Thread(target=lambda: found.append(check("1.4", function)), daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    not_yet(found[0], "had not come to an end")
    assert [t.name for t in threading.enumerate() if "_watch" in t.name] == []


@untraced
@needs_alarm
@pytest.mark.parametrize("clock", [limit._Alarm, limit._Watchdog])
def test_a_busy_machine_ends_no_right_answer(clock, quick, monkeypatch):
    monkeypatch.setattr(limit, "_choose_clock", clock)

    def waits(seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.01)  # as if another process had the processor
        return "done"

    monkeypatch.setattr(limit, "PATIENCE", 100)
    assert limit.bounded(lambda: waits(0.25), 0.2) == "done"
    monkeypatch.setattr(limit, "PATIENCE", 1)
    with pytest.raises(limit.TimeUp):
        limit.bounded(lambda: waits(10), 0.1)
    assert nothing_left()


@untraced
def test_an_endless_value_is_ended(quick):
    not_yet(check("1.1", LoopsAsArray()), "Your answer had not come to an end")


@untraced
@pytest.mark.parametrize("thread", [False, True])
def test_a_debugger_works_after_a_stubborn_function(thread, quick):
    """The interpreter's own state is clean: in a process of its own, for a failure would hang."""
    code = """
import sys, threading
from helpers.checks import check, limit
from tests.test_checks_engine import swallows
limit.SECONDS = 0.15

def stop_and_trace():
    print(check("1.4", swallows).status)
    sys.settrace(lambda *_: None)
    print(limit._frames_inside(None))

"""
    code += (
        "t = threading.Thread(target=stop_and_trace); t.start(); t.join()"
        if thread
        else ("stop_and_trace()")
    )
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(__file__))}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, env=environment
    )
    assert done.stdout.split() == ["not", "yet", "None"], done.stderr


@untraced
def test_the_default_limit_is_well_under_five_seconds_of_work():
    assert limit.SECONDS <= 2.5
    assert limit.SECONDS * limit.PATIENCE <= 10


@untraced
@needs_alarm
def test_a_timer_of_somebody_else_still_rings(quick):
    rung = []
    old = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        check("1.4", loops)
        assert not rung
        deadline = time.monotonic() + 5
        while not rung and time.monotonic() < deadline:
            time.sleep(0.01)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def test_no_limit_under_a_debugger():
    sys.settrace(lambda *_: None)
    try:
        assert isinstance(limit._choose_clock(1), limit._NoClock)
    finally:
        sys.settrace(None)


def test_a_check_inside_a_checked_function(quick):
    def checks_itself(x, W):
        return check("1.4", loops)

    not_yet(check("1.4", checks_itself), "type `Verdict`")
    assert nothing_left()


# Nothing changes ----------------------------------------------------------------------------------


def test_the_surroundings_are_as_before(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)

    def state():
        return (
            np.random.get_state()[1].tolist(),  # noqa: NPY002
            random.getstate(),
            np.geterr(),
            np.get_printoptions(),
            dict(os.environ),
            os.getcwd(),
            list(warnings.filters),
            warnings.showwarning,
            sys.getrecursionlimit(),
            (sys.stdout, sys.stderr, sys.stdin, input),
            signal.getsignal(signal.SIGALRM),
        )

    def touches_everything(x, W):
        np.random.rand(3)  # noqa: NPY002
        random.random()
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        os.environ["TOUCHED"] = "yes"
        os.environ.pop("PATH", None)
        os.chdir("/")
        warnings.simplefilter("error")
        sys.setrecursionlimit(5000)
        sys.stdout = sys.stderr
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))

    before = state()
    assert check("1.4", touches_everything)
    assert state() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measured through /proc")
def test_memory_is_limited_and_the_limit_taken_back():
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)

    def doubles(x, W):
        a = [0]
        while True:
            a = a + a

    verdict = check("1.4", doubles)
    assert "memory" in verdict.message or "come to an end" in verdict.message
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_importing_the_checks_is_light():
    code = (
        "import sys, helpers.checks; "
        "print([m for m in ('matplotlib', 'ipywidgets', 'IPython', 'platformdirs', 'ctypes.util') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# How check is called ------------------------------------------------------------------------------


def test_no_answer_and_too_many():
    verdict = check("1.4")
    assert verdict.status == "not attempted"
    assert 'check("1.4", layer)' in verdict.message
    not_yet(check("1.1", 1, 2), "2 things", "one is asked for")


@pytest.mark.parametrize("wrong", ["1.9", "7.9", "", "layer", "1", "1.4.2", "٣.١"])
def test_an_unknown_id_names_the_nearest(wrong):
    verdict = check(wrong, 1)
    assert verdict.status == "not attempted"
    assert sum(f'"{each}"' in verdict.message for each in IDS) == 3


def test_the_nearest_ids_are_near():
    assert '"1.7"' in check("1.9", 1).message
    assert '"0.1"' in check("0.0", 1).message


@pytest.mark.parametrize("wrong", [1.4, None, raises, 14])
def test_an_id_without_quotes(wrong):
    assert "in quotes" in check(wrong, 1).message


def test_a_check_is_quick():
    start = time.perf_counter()
    for _ in range(20):
        check("1.4", raises)
        check("1.4", returns_nan)
    assert (time.perf_counter() - start) / 40 < 0.2  # seldom more than 0.005


# nbgrader -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [..., "0.3775", 0.5, None])
def test_under_nbgrader_anything_but_solved_raises(answer, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(NotSolved, match=r"^1\.1 not (yet|attempted): ") as caught:
        check("1.1", answer)
    assert isinstance(caught.value, AssertionError)
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_under_nbgrader_solved_is_solved_and_no_warning_costs_a_point(monkeypatch, capfd):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("1.1", 0.3775)

    def noisy(x, W):
        print("to stderr", file=sys.stderr)
        np.array([1.0]) / 0
        np.exp(np.array([1000.0]))
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return 1 / (1 + np.exp(-(x @ W[1:] + W[0])))

    assert check("1.4", noisy)
    assert capfd.readouterr() == ("", "")


def test_under_nbgrader_an_endless_loop_raises_too(monkeypatch, quick):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotSolved, match="come to an end"):
        check("1.4", loops)


# Reading and comparing numbers -------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        [[1, 2], [3, 4]],
        ((1, 2), (3, 4)),
        np.array([[1, 2], [3, 4]], dtype=np.int8),
        np.array([[1, 2], [3, 4]], dtype=np.float32),
        np.array([[1, 2], [3, 4]], dtype=complex),
        np.array([[1, 2], [3, 4]], dtype=object),
        np.asmatrix([[1, 2], [3, 4]]),
        [np.array([1, 2]), [3.0, np.float32(4)]],
        np.broadcast_to(np.array([[1.0, 2.0], [3.0, 4.0]]), (2, 2)),
        np.ma.masked_array([[1, 2], [3, 4]]),
        np.array([[1, 3], [2, 4]], order="F").T,
    ],
    ids=str,
)
def test_numbers_in_many_forms(answer):
    got = as_numbers(answer)
    assert type(got) is np.ndarray
    assert got.dtype == float
    assert got.flags.writeable
    assert got.tolist() == [[1, 2], [3, 4]]


def test_fractions_and_decimals_are_numbers():
    from decimal import Decimal
    from fractions import Fraction

    assert as_numbers([Fraction(1, 2), Decimal("0.25")]).tolist() == [0.5, 0.25]


def test_tensors_are_numbers():
    torch = pytest.importorskip("torch")
    tensor = torch.tensor([[1.0, 2.0]], requires_grad=True)
    assert as_numbers(tensor).tolist() == [[1, 2]]


def test_what_is_no_number_is_refused():
    for answer in (None, "1", [None], [True], ["1"], {"a": 1}, [[1], [2, 3]], len):
        with pytest.raises(NotNumbers):
            as_numbers(answer)


@pytest.mark.parametrize(
    ("given", "wanted", "fits"),
    [
        ((3,), (1, 3), True),
        ((1, 3), (3,), True),
        ((1, 1, 3), (3,), True),
        ((), (1,), True),
        ((1, 1), (), True),
        ((3, 1), (3,), False),
        ((3, 1), (1, 3), False),
        ((3,), (3, 1), False),
        ((2, 3), (3, 2), False),
        ((6,), (2, 3), False),
    ],
)
def test_which_shapes_mean_the_same(given, wanted, fits):
    got = fit(np.zeros(given), wanted)
    assert (got is not None) == fits
    assert got is None or got.shape == wanted


@pytest.mark.parametrize(
    ("got", "words"),
    [
        ([1.0, 5.0, 3.0], "2 of the 3 entries are right; entry [1] is 5, which is too high"),
        ([1.0, 2.0, -3.0], "entry [2] is -3, which has the right size and the wrong sign"),
        ([1.0, 0.0, 3.0], "entry [1] is 0, which is too low"),
        ([100.0, 2.0, 3.0], "entry [0] is 100, which is far too high"),
        ([np.nan, 2.0, 3.0], "NaN"),
        ([np.inf, 2.0, 3.0], "infinite"),
    ],
)
def test_a_difference_in_words(got, words):
    found = difference(np.array(got), np.array([1.0, 2.0, 3.0]))
    assert words in found.sentence
    assert difference(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])) is None


# Generic diagnosis --------------------------------------------------------------------------------


def double(x):
    return 2 * x + 1


def matrices(shapes=((3, 2), (4, 5))):
    """Hidden cases: matrices without equal entries."""
    return [
        Case(f"a matrix {shape}", (np.random.default_rng(k).normal(size=shape),))
        for k, shape in enumerate(shapes)
    ]


def exercise_with(**more):
    given = dict(
        id="9.1", title="t", stars=1, section="s", hand_in="f", usage="f(x)", reference=double,
        cases=matrices, compared="c",
    )  # fmt: skip
    return FunctionExercise(**(given | more))


def message_for(answer, **more):
    with Surroundings() as surroundings:
        finding = exercise_with(**more).judge(answer, surroundings)
    assert finding.status == "not yet"
    return finding.message


def trials_of(answer):
    made = []
    for number, case in enumerate(matrices()):
        (x,) = case.arguments
        expected, got = double(x), np.array(answer(x), dtype=float)
        fitted = fit(got, expected.shape)
        found = shape_difference(got, expected.shape)
        if fitted is not None:
            found = difference(fitted, expected)
        made.append(Trial(case, expected, got, fitted, found, at=(number, 0)))
    return made


def name_of(answer, **more):
    found = diagnose(exercise_with(**more), trials_of(answer))
    return found and found.name


def only_row(x):
    wrong = double(x)
    wrong[0] += np.arange(1, x.shape[1] + 1)
    return wrong


def only_column(x):
    wrong = double(x)
    wrong[:, 1] = np.arange(1, len(x) + 1) * 3
    return wrong


LOOKS = [
    (lambda x: double(x).T, "transposed"),
    (lambda x: -double(x), "negated"),
    (lambda x: 2 * double(x), "one factor"),
    (lambda x: double(x) / 3, "one factor"),
    (lambda x: double(x) + 0.5, "one offset"),
    (only_row, "one place"),
    (only_column, "one place"),
    (lambda x: x, "an input"),
    (lambda x: double(x) ** 2, "squared"),
    (lambda x: 1 / double(x), "reciprocal"),
    (lambda x: 1 - double(x), "one minus"),
    (lambda x: abs(double(x)), "absolute"),
    (lambda x: np.exp(double(x)), "exponential"),
    (lambda x: double(x).ravel(), "flattened"),
    (lambda x: double(x)[..., None], "nested"),
    (lambda x: double(x)[:, ::-1], "reversed"),
    (lambda x: double(x)[::-1], "rows reversed"),
    (lambda x: double(x)[:, 0], "first entry only"),
    (lambda x: double(x)[:, -1:], "last entry only"),
    (lambda x: double(x)[:, :-1], "last entry left out"),
    (lambda x: double(x)[:, 1:], "first entry left out"),
    (lambda x: double(x)[0], "first example only"),
    (lambda x: double(x)[-1], "last example only"),
    (lambda x: double(x).sum(), "summed"),
    (lambda x: double(x).mean(), "averaged"),
    (lambda x: double(x).sum(axis=1), "summed over each row"),
    (lambda x: double(x).mean(axis=0), "averaged over the examples"),
    (lambda x: double(x).astype(int), "cut off"),
    (lambda x: double(x).round(2), "rounded"),
    (lambda x: double(x) > 0.5, "decided"),
    (lambda x: double(x) * np.where(x > 0, 1, -1), "signs"),
    (lambda x: np.full_like(x, 7), "the same everywhere"),
    (lambda x: 2 * double(x) if len(x) == 3 else double(x), None),
    (lambda x: -double(x) if len(x) == 3 else 3 * double(x), None),
    (lambda x: double(x).T if len(x) == 3 else x.T, None),
    (lambda x: np.full_like(x, np.nan), None),
    (lambda x: np.sin(double(x)), None),
    (lambda x: double(x) ** 2 / 1e5, None),
    (lambda x: double(x) * np.arange(1, x.shape[1] + 1), None),
]


@pytest.mark.parametrize(("answer", "name"), LOOKS)
def test_only_what_explains_everything_is_named(answer, name):
    assert name_of(answer) == name


def test_every_look_can_be_seen():
    related = {name for name, _, _ in looks.RELATED}
    seen = {name for _, name in LOOKS if name}
    assert related - seen == {"column", "averaged over each row", "summed over the examples"}


SLIPS = {
    "slips": ("no-half", "loss-sign", "kept-2"),
    "wrong": lambda slips, x: (
        double(x) / (2 if "no-half" in slips else 1) * (-1 if "loss-sign" in slips else 1)
        + ("kept-2" in slips) * x
    ),
}


def test_a_named_slip_comes_before_what_can_be_seen():
    assert name_of(lambda x: double(x) / 2, **SLIPS) == "no-half"
    assert name_of(lambda x: double(x) / 4, **SLIPS) == "one factor"
    assert name_of(lambda x: -double(x) / 2, **SLIPS) == "no-half + loss-sign"


def test_two_explanations_are_none_unless_they_are_listed_as_alike():
    same = {"slips": ("no-half", "kept-2"), "wrong": lambda slips, x: x}
    assert name_of(lambda x: x + 1, **same) is None
    assert name_of(lambda x: x, **same) == "an input"
    listed = message_for(lambda x: x.copy(), **same, alike=(("no-half", "kept-2"),))
    assert "Either you left out the 1/2, or you have a factor 2 too many," in listed


def test_a_slip_that_raises_must_raise_where_the_answer_does():
    def wrong(slips, x):
        if len(x) == 3:
            raise ValueError("no")
        return x - 5

    def answer(x):
        return wrong((), x)

    assert "left out the 1/2" in message_for(answer, slips=("no-half",), wrong=wrong)
    other = message_for(answer, slips=("no-half",), wrong=lambda slips, x: x - 5)
    assert "ValueError" in other
    assert "1/2" not in other


def test_the_row_that_is_wrong_is_told():
    assert "row 0" in message_for(only_row)
    assert "column 1" in message_for(only_column)


def test_another_quantity_is_told():
    quantities = {"quantities": lambda x: {"the sine of x": np.sin(x), "x cubed": x**3}}
    assert "What you return is x cubed." in message_for(lambda x: x**3, **quantities)


def test_special_cases_show_where_to_look():
    specials = (
        Special(lambda x: (0 * x,), right="With zeros it is right."),
        Special(lambda x: (x + 1,), unmoved="x has no influence."),
    )
    assert message_for(lambda x: 2 * x**3 + 1, specials=specials).endswith(
        "With zeros it is right."
    )
    random = np.random.default_rng(0).normal(size=(9, 9))
    still = message_for(lambda x: random[: len(x), : x.shape[1]], specials=specials)
    assert still.endswith("x has no influence.")
    assert "influence" not in message_for(lambda x: np.sin(x) + 3, specials=specials)


def test_an_argument_that_is_never_read_is_named():
    other = np.arange(9.0)

    def from_outside(x):
        return np.outer(other, other)

    assert message_for(from_outside).endswith("Your function never uses its argument `x`.")
    for reads_it in (
        lambda x: np.sin(x) + 3,
        lambda x: [[np.sin(v) + 3 for v in row] for row in x],
        lambda x: (lambda: np.sin(x) + 3)(),
        lambda x: np.sin(locals()["x"]) + 3,
    ):
        assert "never uses" not in message_for(reads_it)


# Several returned values -------------------------------------------------------------------------

TWO = {
    "reference": lambda x: (double(x), x.sum(axis=0)),
    "returns": ("a", "b"),
    "slips": ("no-half", "kept-2"),
    "wrong": lambda slips, x: (
        double(x) / (2 if "no-half" in slips else 1),
        x.sum(axis=0) - (3 if "kept-2" in slips else 0) * x[0],
    ),
}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: (x.sum(axis=0), double(x)), "in another order: return `a, b`"),
        (lambda x: double(x), "2 values, `a, b`; one came back"),
        (lambda x: (1, 2, 3), "2 values, `a, b`; 3 arrived"),
        (lambda x: (double(x), -x.sum(axis=0)), "`a` is right. Look at `b`: the sizes are right"),
        (lambda x: (double(x) ** 3 + x, x.sum(axis=0)), "`b` is right. For a matrix (3, 2)"),
        (lambda x: (double(x) / 2, x.sum(axis=0)), "`b` is right. You left out the 1/2"),
        (lambda x: (double(x) / 2, x.sum(axis=0) - 3 * x[0]), "Two things at once: you left out"),
        (lambda x: (double(x), "text"), "`b`: look at what your function returns: it is text"),
    ],
)
def test_several_returned_values(answer, words):
    assert words in message_for(answer, **TWO)


def test_several_right_values_are_solved():
    with Surroundings() as surroundings:
        finding = exercise_with(**TWO).judge(lambda x: [double(x), x.sum(axis=0)], surroundings)
    assert finding.status == "solved"


def test_a_returned_view_is_a_remark():
    exercise = exercise_with(reference=lambda x: x[:1])
    with Surroundings() as surroundings:
        assert "part of `x`" in exercise.judge(lambda x: x[:1], surroundings).remark
        assert exercise.judge(lambda x: x[:1].copy(), surroundings).remark == ""


# Errors ------------------------------------------------------------------------------------------


def used_before_it_has_a_value(x, W):
    z = z + x  # noqa: F821
    return z


ERRORS = [
    (lambda x, W: x @ W, "2 columns, the one on the right 3 rows"),
    (lambda x, W: W @ x[:1], "3 columns, the one on the right 1 row (a flat one"),
    (lambda x, W: np.dot(x, W), "2 columns, the right one 3 rows"),
    (lambda x, W: x * W[1:], "an array of shape (2,) does not fit one of shape (2,3)"),
    (lambda x, W: W[7], "With 3 entries the indices go from 0 to 3 - 1"),
    (lambda x, W: float(W[0]), "take one number; `np.exp` takes whole arrays"),
    (lambda x, W: np.concatenate([[1.0], W]), "a flat row does not fit beside a matrix"),
    (lambda x, W: W if W > 0 else x, "an array gives one for each entry"),
    (lambda x, W: undefined_name, "Run the cell that defines `undefined_name`"),  # noqa: F821
    (used_before_it_has_a_value, "`z` gets its value in this function, and is used here before"),
    (lambda x, W: round(W, 2), "Python's `round` takes one number"),
    (lambda x, W: x(0), "an entry of an array is taken with square ones"),
    (lambda x, W: x[0, 0], "a single example is flat"),
    (lambda x, W: x.shape[1], "is there for a matrix only"),
    (lambda x, W: x.append(1), "`np.concatenate` joins arrays"),
    (lambda x, W: x.sum + 1, "A method is called with brackets"),
    (lambda x, W: list(x)[0, 1], "A list takes one index at a time"),
    (lambda x, W: np.concatenate([x, x], axis=1), "`axis=-1` is the last axis"),
]


@pytest.mark.parametrize(("answer", "words"), ERRORS)
def test_common_errors_are_explained(answer, words):
    not_yet(check("1.4", answer), "Your function raised", words)


def test_a_loop_of_many_numpy_calls_is_ended(quick):
    def slow(x, W):
        while True:
            W @ W.T

    not_yet(check("1.4", slow), "had not come to an end")
    assert nothing_left()


def test_nothing_at_all_is_answered_in_words():
    assert 'check("1.4", layer)' in str(check())
