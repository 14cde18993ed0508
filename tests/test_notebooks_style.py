"""The shape of the pages: short cells, unique ids, pictures in words, no answers given away."""

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from helpers.authoring.notebook import BEGIN, END, EXERCISE, STUB

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
SOLVED = sorted((ROOT / "solutions").glob("*.ipynb"))
BOTH = [*CHAPTERS, *SOLVED]

WORDS, EXCESS = 110, 15  # "about 110": a cell may run over by a sentence
PROSE_IN_A_ROW = 3
MEDIAN_LINES, MOST_LINES = 4, 25


def every(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda p: f"{p.parent.name}/{p.stem}")


def cells(path, kind=None):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if kind in (None, cell["cell_type"]):
            yield cell


def code_lines(source):
    """Lines that a reader has to read: neither blank nor only a marker."""
    lines = (line.strip() for line in source.split("\n"))
    return [line for line in lines if line and line not in (BEGIN, END)]


def words(source):
    """Words of a Markdown cell without hints, code blocks, formulas' markup and tables."""
    text = re.sub(r"<details>.*?</details>", "", source, flags=re.DOTALL)
    text = re.sub(r"^(```+|~~~+).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\$\$.*?\$\$", " formula ", text, flags=re.DOTALL)
    text = re.sub(r"\$[^$]*\$", "formula", text)
    # A table (the notation) is looked up, not read.
    text = re.sub(r"^\|.*$", "", text, flags=re.MULTILINE)
    return re.findall(r"\w[\w'’-]*", text)


@every(SOLVED)
def test_code_cells_are_short(path):
    sizes = {cell["id"]: len(code_lines(cell["source"])) for cell in cells(path, "code")}
    too_long = {name: size for name, size in sizes.items() if size > MOST_LINES}
    assert not too_long, f"more than {MOST_LINES} lines: {too_long}"
    assert median(sizes.values()) <= MEDIAN_LINES


@every(BOTH)
def test_prose_cells_are_short(path):
    sizes = {cell["id"]: len(words(cell["source"])) for cell in cells(path, "markdown")}
    too_long = {name: size for name, size in sizes.items() if size > WORDS + EXCESS}
    assert not too_long, f"more than about {WORDS} words: {too_long}"


@every(BOTH)
def test_prose_does_not_pile_up(path):
    row = []
    for cell in cells(path):
        row = [*row, cell["id"]] if cell["cell_type"] == "markdown" else []
        assert len(row) <= PROSE_IN_A_ROW, f"prose cells with no code between them: {row}"


@every(BOTH)
def test_a_page_has_one_title_and_no_level_is_skipped(path):
    text = "\n".join(cell["source"] for cell in cells(path, "markdown"))
    text = re.sub(r"^(```+).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    levels = [len(signs) for signs in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert not jumps, f"heading levels that skip one: {jumps}"


def exercise_headings(path):
    found = [EXERCISE.match(cell["source"].split("\n")[0]) for cell in cells(path, "markdown")]
    return [heading for heading in found if heading]


def exercise_ids(paths):
    return [heading[1] for path in paths for heading in exercise_headings(path)]


@pytest.mark.parametrize("paths", [CHAPTERS, SOLVED], ids=["chapters", "solutions"])
def test_exercise_ids_are_unique_and_counted_without_gaps(paths):
    ids = exercise_ids(paths)
    assert len(ids) == len(set(ids)), "an exercise id is used twice in the book"
    for path in paths:
        own = exercise_ids([path])
        chapter = int(path.stem[:2])
        assert own == [f"{chapter}.{n}" for n in range(1, len(own) + 1)]


@every(CHAPTERS)
def test_pages_and_checks_agree_on_every_exercise(path):
    """Heading and helpers.checks give the same id, stars and title; the check asks for its name."""
    from helpers.checks import registry

    known = {ex.id: ex for ex in registry.exercises(int(path.stem[:2]))}
    on_page = {found[1]: (len(found[2]), found[3]) for found in exercise_headings(path)}
    assert on_page == {ex.id: (ex.stars, ex.title) for ex in known.values()}
    calls = {cell["id"]: cell["source"] for cell in cells(path, "code")}
    for ex in known.values():
        assert calls["check-" + ex.id.replace(".", "-")] == f'check("{ex.id}", {ex.hand_in})'


@every(CHAPTERS)
def test_a_chapter_gives_no_answer_away(path):
    text = path.read_text(encoding="utf-8")
    assert BEGIN not in text
    assert END not in text
    stubs = [cell for cell in cells(path, "code") if cell["id"].startswith("ex-")]
    assert len(stubs) == len(exercise_ids([path]))
    assert all(STUB in cell["source"] for cell in stubs)


@every(SOLVED)
def test_no_line_of_an_answer_is_in_its_stub(path):
    stubs = {cell["id"]: cell["source"] for cell in cells(ROOT / "chapters" / path.name)}
    for cell in cells(path, "code"):
        for line in answer_lines(cell["source"]):
            assert line not in stubs[cell["id"]]


def answer_lines(source):
    regions = re.findall(f"{BEGIN}\n(.*?){END}", source, flags=re.DOTALL)
    return [line.strip() for region in regions for line in region.split("\n") if len(line) > 8]


@every(BOTH)
def test_every_picture_is_told_in_words(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            assert described(output), f"a picture in cell {cell['id']} has no alt text"


def described(output):
    """A picture needs an alt text, a title of its SVG, or a plain text that is a sentence."""
    data, metadata = output.get("data", {}), output.get("metadata", {})
    pictures = [mime for mime in data if mime.startswith("image/")]
    pictures += ["text/html"] if re.search("<(img|svg)", "".join(data.get("text/html", ""))) else []
    if not pictures:
        return True
    plain = "".join(data.get("text/plain", ""))
    if plain and not re.match(r"<[\w.]+ .*>$", plain) and len(plain.split()) >= 4:
        return True
    markup = "".join("".join(data[m]) for m in pictures if m in ("image/svg+xml", "text/html"))
    if re.search(r"<title[ >]|<desc[ >]|aria-label=|\balt=\"[^\"]", markup):
        return True
    return all(metadata.get(mime, {}).get("alt") or metadata.get("alt") for mime in pictures)


@every(CHAPTERS)
def test_the_last_line_of_a_cell_is_no_bare_number(path):
    """Its repr depends on NumPy's version; print a formatted number."""
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            plain = "".join(output.get("data", {}).get("text/plain", ""))
            assert not re.fullmatch(r"\s*(np\.\w+\()?[-\d.e]+\)?\s*", plain), cell["id"]


@every(BOTH)
def test_outputs_that_never_compare_equal_are_not_used(path):
    unstable = {"interact", "interactive", "clear_output", "Output"}
    for cell in cells(path, "code"):
        names = {n.id for n in ast.walk(ast.parse(cell["source"])) if isinstance(n, ast.Name)}
        assert not names & unstable, cell["id"]


# The tests above must be able to fail.


@pytest.mark.parametrize(("output", "good"), [
    ({"data": {"text/plain": "<Figure size 640x480 with 1 Axes>", "image/png": "A"}}, False),
    ({"data": {"text/plain": ["E falls from 0.11", " to 0.10"], "image/png": "A"}}, True),
    ({"data": {"image/png": "A"}, "metadata": {"image/png": {"alt": "E falls"}}}, True),
    ({"data": {"image/svg+xml": ["<svg>", "<title>E falls</title>"]}}, True),
    ({"data": {"image/svg+xml": "<svg><path/></svg>", "text/plain": "Plot()"}}, False),
    ({"data": {"text/html": "<div><img src='a'></div>"}}, False),
    ({"data": {"text/html": "<b>solved</b>", "text/plain": "ok"}}, True),
    ({"text": "3\n"}, True),
])
def test_what_counts_as_a_description(output, good):
    assert described(output) is good


def test_what_counts_as_words_and_as_lines():
    text = "Two words\n\n| a | table |\n|---|---|\n\n$$x + y$$\n\n<details>\n\nhint\n\n</details>\n"
    assert words(text) == ["Two", "words", "formula"]
    assert code_lines(f"a\n\n{BEGIN}\nb\n{END}\n") == ["a", "b"]
    assert answer_lines(f"f(\n{BEGIN}\n  1 + 2 + 3\n{END}\n)") == ["1 + 2 + 3"]
