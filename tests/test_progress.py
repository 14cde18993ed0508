"""What is solved is remembered, and no file on earth makes progress() raise or forget."""

import html
import json
import os
import subprocess
import sys

import pytest

from helpers.checks import check, progress, record, registry


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A record of its own for each test."""
    path = tmp_path / "folder" / "progress.json"
    monkeypatch.setenv("HELPERS_PROGRESS", str(path))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    record._session.clear()
    record._problems.clear()
    yield path
    record._session.clear()
    record._problems.clear()


def in_file(place):
    return json.loads(place.read_text())["solved"]


def line_of(exercise):
    return next(line for line in str(progress()).splitlines() if f" {exercise} " in line)


def test_nothing_is_solved_at_first(place):
    text = str(progress())
    assert "00 Start here: 0 of 4 solved, 0 of 6 points" in text
    assert "01 The forward pass: 0 of 7 solved, 0 of 14 points" in text
    assert not place.exists()


def test_solved_is_remembered_with_its_points(place):
    check("1.1", 0.3775)
    check("0.1", [0.05, 0.10])
    assert in_file(place) == ["0.1", "1.1"]
    assert "✓" in line_of("1.1")
    assert "○" in line_of("1.2")
    assert "1 of 7 solved, 1 of 14 points" in str(progress(1))


def test_what_is_not_solved_is_not_remembered(place):
    check("1.1", 0.3)
    check("1.1", ...)
    assert not place.exists()


def test_solved_stays_solved(place):
    check("1.1", 0.3775)
    assert not check("1.1", 0.3)
    assert "✓" in line_of("1.1")


def test_one_chapter_in_several_spellings():
    assert str(progress(1)) == str(progress("1")) == str(progress("01"))
    assert "00 " not in str(progress(1))


@pytest.mark.parametrize("wrong", [77, "seven", -1, [], ""])
def test_an_unknown_chapter_is_a_sentence(wrong):
    assert "There are: 0, 1" in str(progress(wrong))


def test_reset_starts_over_and_keeps_the_old_file(place):
    check("1.1", 0.3775)
    assert "0 of 7" in str(progress.reset())
    assert "0 of 7" in str(progress())
    kept = place.with_name(place.name + ".before-reset")
    assert json.loads(kept.read_text())["solved"] == ["1.1"]
    check("0.1", [0.05, 0.10])
    assert in_file(place) == ["0.1"]
    assert "0 of 4" in str(progress(reset=True))


def test_text_and_html_say_the_same_and_never_vary():
    check("1.1", 0.3775)
    shown = progress()
    bundle = shown._repr_mimebundle_()
    assert bundle == progress()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert repr(shown) == bundle["text/plain"]
    for each in registry.exercises():
        assert each.title in bundle["text/plain"]
        assert each.title in html.unescape(bundle["text/html"])
    assert bundle["text/html"].count(">solved<") == 1
    assert bundle["text/html"].count(">open<") == len(list(registry.exercises())) - 1


def test_the_table_stands_on_the_paper_of_the_cards():
    """Not on the grey of JupyterLab's striped tables, and in both themes."""
    shown = progress()._repr_html_()
    assert "background:var(--jp-layout-color1" in shown
    assert "color:var(--jp-ui-font-color1" in shown
    assert shown.count("<tr ") == shown.count('<tr style="background:transparent"')
    assert "border:1px solid" in shown


def test_further_keys_and_later_ids_are_kept(place):
    place.parent.mkdir()
    place.write_text('{"format": 1, "solved": ["12.3", "1.2"], "name": "mine"}')
    check("1.1", 0.3775)
    content = json.loads(place.read_text())
    assert content == {"format": 1, "solved": ["1.1", "1.2", "12.3"], "name": "mine"}


DAMAGED = [
    ('{"format": 1, "solved": ["0.1", "1.2"', ["0.1", "1.2"]),
    ("", []),
    ("[]", []),
    ("null", []),
    ('{"solved": 3}', []),
    ('{"solved": ["1.2", 7]}', ["1.2"]),
    ('{"solved": "1.2"}', ["1.2"]),
    ("\x00\x00\xff", []),
    ("[" * 100_000, []),
    ('<<<<<<< mine\n"0.1"\n=======\n"0.4", "1.3"\n', ["0.1", "0.4", "1.3"]),
]


@pytest.mark.parametrize(("text", "recovered"), DAMAGED)
@pytest.mark.parametrize("first", ["check", "progress"])
def test_a_damaged_file_is_kept_aside_and_read_as_far_as_possible(place, text, recovered, first):
    place.parent.mkdir()
    place.write_text(text, encoding="latin-1")
    if first == "check":
        check("1.1", 0.3775)
    shown = str(progress())
    assert "damaged" in shown
    for each in recovered:
        assert "✓" in line_of(each)
    check("1.1", 0.3775)
    assert in_file(place) == sorted({*recovered, "1.1"})
    aside = place.with_name(place.name + ".damaged")
    assert aside.read_text(encoding="latin-1") == text
    assert "damaged" not in str(progress())  # told once


def test_a_second_damaged_file_does_not_replace_the_first(place):
    place.parent.mkdir()
    for text in ("first", "second"):
        place.write_text(text)
        progress()
    assert place.with_name(place.name + ".damaged").read_text() == "first"
    assert place.with_name(place.name + ".damaged-2").read_text() == "second"


def test_a_place_that_cannot_be_written(tmp_path, monkeypatch):
    """A file stands where a folder should be: not even the administrator can write there."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("HELPERS_PROGRESS", str(blocked / "progress.json"))
    assert check("1.1", 0.3775)
    shown = str(progress())
    assert "✓" in line_of("1.1")
    assert "cannot be" in shown
    assert str(blocked) in shown
    progress.reset()
    assert "○" in line_of("1.1")


def test_a_read_only_file_is_not_replaced(place, monkeypatch):
    check("0.1", [0.05, 0.10])
    monkeypatch.setattr(os, "access", lambda *_: False)  # also for the administrator
    assert check("1.1", 0.3775)
    assert in_file(place) == ["0.1"]
    assert "read-only" in str(progress())
    assert "✓" in line_of("1.1")
    assert sorted(p.name for p in place.parent.iterdir()) == [
        "progress.json",
        "progress.json.lock",
    ]


def test_what_could_not_be_written_is_written_later(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "no space")))
        check("1.1", 0.3775)
        assert "no space" in str(progress())
        assert not place.exists()
    check("0.1", [0.05, 0.10])
    assert in_file(place) == ["0.1", "1.1"]


def test_a_folder_as_place(tmp_path, monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", str(tmp_path))
    check("1.1", 0.3775)
    assert in_file(tmp_path / "progress.json") == ["1.1"]


def test_session_remembers_without_a_file(monkeypatch, tmp_path):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.chdir(tmp_path)
    check("1.1", 0.3775)
    assert "✓" in line_of("1.1")
    assert list(tmp_path.iterdir()) == []
    progress.reset()
    assert "○" in line_of("1.1")


def test_the_place_without_the_variable_is_the_readers_own(monkeypatch):
    monkeypatch.delenv("HELPERS_PROGRESS")
    assert record.place().name == "progress.json"
    assert "backpropagation-you-can-check" in str(record.place())


def test_nothing_is_recorded_under_nbgrader(place, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check("1.1", 0.3775)
    assert not place.exists()
    assert "0 of 7" in str(progress())


def test_notebooks_that_write_at_once_lose_nothing(place):
    """Six processes, each with exercises of its own, released together."""
    code = (
        "import sys; from helpers.checks import record\n"
        "sys.stdin.readline()\n"
        "for n in range(12): record.note_solved(f'{sys.argv[1]}.{n}')\n"
        "assert not record.problems(), record.problems()\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(k)], stdin=subprocess.PIPE, text=True)
        for k in range(6)
    ]
    for each in writers:
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.wait(60) for each in writers] == [0] * 6
    for each in writers:
        each.stdin.close()
    assert sorted(in_file(place)) == sorted(f"{k}.{n}" for k in range(6) for n in range(12))
