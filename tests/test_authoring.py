"""From a source to two notebooks: what is built, what is refused, what stays unchanged."""

import json
import os
import re
import subprocess
import sys

import pytest
from demo_source import ASK, FULL, HEADER, HINTS, SOLUTION, exercise, page

from helpers import authoring
from helpers.authoring import book as building
from helpers.authoring import execute
from helpers.authoring.notebook import cell_ids, dumps, joined, make_notebook, stub
from helpers.authoring.rules import lint
from helpers.authoring.source import read_source


@pytest.fixture
def book(tmp_path):
    (tmp_path / "solutions" / "source").mkdir(parents=True)
    return building.Book(tmp_path)


def write(book, text, name="01_demo"):
    data = text if isinstance(text, bytes) else text.encode()
    book.source(name).write_bytes(data)


def run(book, *argv):
    return authoring.main(list(argv), root=book.root, known_ids=None)


def snapshot(book):
    files = sorted(book.root.rglob("*.ipynb"))
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def load(book, *, solved, name="01_demo"):
    return json.loads(book.notebook(name, solved=solved).read_text(encoding="utf-8"))


def sources(notebook):
    return [joined(cell["source"]) for cell in notebook["cells"]]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("book")
    (root / "solutions" / "source").mkdir(parents=True)
    book = building.Book(root)
    write(book, FULL)
    assert run(book) == 0
    return book


def test_both_notebooks_are_valid_and_executed(built):
    import nbformat

    for solved in (True, False):
        notebook = load(built, solved=solved)
        nbformat.validate(nbformat.from_dict(notebook))
        counts = [c["execution_count"] for c in notebook["cells"] if c["cell_type"] == "code"]
        assert counts == list(range(1, len(counts) + 1))
        assert notebook["metadata"] == {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "pygments_lexer": "ipython3"},
            "title": "A chapter",
        }


def test_the_chapter_has_the_stub_and_the_solution_its_markers(built):
    assert "three = (\n    ...  # your code here\n)" in sources(load(built, solved=False))
    assert SOLUTION.split("\n", 1)[1].rsplit("\n```", 1)[0] in sources(load(built, solved=True))
    assert "1 + 2" not in "".join(sources(load(built, solved=False)))


def test_outputs_are_coalesced_and_hold_no_widget_view(built):
    notebook = load(built, solved=True)
    last = notebook["cells"][-1]
    assert last["metadata"] == {"tags": ["demo"]}
    assert [output["output_type"] for output in last["outputs"]] == ["stream", "display_data"]
    first, *_, two = joined(last["outputs"][0]["text"]).splitlines()
    assert first == "one"
    assert re.fullmatch(r"two \d+ module://matplotlib_inline.backend_inline 1", two)
    assert "widget-view" not in json.dumps(
        [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    )
    assert notebook["cells"][4]["outputs"][0]["data"] == {"text/plain": ["1.1 solved"]}


def test_ids_are_readable_and_unique(built):
    ids = [cell["id"] for cell in load(built, solved=True)["cells"]]
    assert ids == [
        "a-chapter", "a-chapter_2", "exercise-1-1", "ex-1-1", "check-1-1",
        "a-section-after", "a-section-after_2", "a-section-after_3",
    ]
    assert ids == [cell["id"] for cell in load(built, solved=False)["cells"]]


def test_nbgrader_metadata_of_both_notebooks(built):
    solved = {c["id"]: c["metadata"] for c in load(built, solved=True)["cells"]}
    chapter = {c["id"]: c["metadata"] for c in load(built, solved=False)["cells"]}
    assert solved["check-1-1"] == {"nbgrader": {
        "grade": True, "grade_id": "check-1-1", "locked": True, "points": 2, "schema_version": 3,
        "solution": False, "task": False,
    }}
    assert chapter["ex-1-1"]["nbgrader"]["solution"] is True
    assert len(chapter["ex-1-1"]["nbgrader"]["checksum"]) == 32
    assert chapter["check-1-1"]["editable"] is False
    assert "nbgrader" not in chapter["a-chapter"]


def test_the_file_is_canonical_json(built):
    text = built.notebook("01_demo", solved=True).read_bytes().decode("utf-8")
    again = json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False)
    assert text == again + "\n"
    assert "★★" in text


def test_building_twice_changes_no_byte_and_no_date(built, monkeypatch):
    """Not even for an author with settings of their own."""
    before = snapshot(built)
    for name in (*execute.FORGOTTEN, *execute.kernel_environment(built.root)):
        monkeypatch.setenv(name, "7")
    assert run(built) == 0
    assert snapshot(built) == before
    for path, (data, _) in before.items():
        path.write_bytes(data + b" ")
    assert run(built, "01") == 0
    assert {p: d for p, (d, _) in snapshot(built).items()} == {
        p: d for p, (d, _) in before.items()
    }


def test_our_reader_sees_what_jupytext_sees(built):
    import jupytext

    seen = jupytext.reads(FULL, fmt="md:myst")
    ours = read_source(FULL.encode("utf-8-sig")).cells  # some editors on Windows add this mark
    assert [(c.cell_type, c.source) for c in seen.cells] == [(c.kind, c.text) for c in ours]


@pytest.mark.parametrize("name", building.Book(authoring.ROOT).names())
def test_jupytext_reads_the_sources_of_the_book_as_we_do(name):
    book = building.Book(authoring.ROOT)
    cells, _ = building.prepare(book, name)
    building._same_as_jupytext(book.source(name), cells)


# build --check


@pytest.mark.skipif(not building.Book(authoring.ROOT).names(), reason="no solutions/ in this copy")
def test_the_notebooks_of_the_book_are_up_to_date(capsys):
    assert authoring.main(["--check"]) == 0, capsys.readouterr().out


def test_check_is_silent_and_quick_when_nothing_is_stale(built, capsys):
    assert run(built, "--check") == 0
    assert capsys.readouterr().out == "up to date: 01_demo\n"


def test_check_imports_nothing_slow():
    code = (
        "import sys; from helpers import authoring; authoring.main(['--check']);"
        "print('slow:', {'jupytext', 'nbformat', 'nbclient', 'matplotlib', 'IPython'} "
        "& set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "slow: set()"


def cell_edit(key, value, place=3):
    def edit(notebook):
        notebook["cells"][place][key] = value

    return edit


def swap(notebook):
    cells = notebook["cells"]
    cells[5], cells[6] = cells[6], cells[5]


def move_checksum(notebook):
    notebook["cells"][3]["metadata"]["nbgrader"]["checksum"] = "0" * 32


@pytest.mark.parametrize(("edit", "words"), [
    (cell_edit("source", ["three = 3"]), "cell 4 (ex-1-1): source differ"),
    (cell_edit("id", "other"), "cell 4 (ex-1-1): id differ"),
    (cell_edit("execution_count", None), "cell 4 (ex-1-1): execution_count differ"),
    (move_checksum, "cell 4 (ex-1-1): metadata differ"),
    (swap, "cell 6 (a-section-after): id and source differ"),
    (lambda n: n["cells"].pop(), "it has 7 cells, the source gives 8"),
    (lambda n: n["metadata"].update(widgets={}), "its metadata differ"),
    (lambda n: n["metadata"]["language_info"].update(version="3.11.2"), "its metadata differ"),
], ids=["source", "id", "not executed", "checksum", "order", "fewer cells", "widgets", "version"])
def test_check_names_the_cell_and_the_remedy(built, capsys, edit, words):
    path = built.notebook("01_demo", solved=False)
    good = path.read_bytes()
    notebook = json.loads(good)
    edit(notebook)
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    try:
        assert run(built, "--check") == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith(f"chapters/01_demo.ipynb: {words}")
        assert line.endswith("to mend it: python3 -m helpers build 01_demo")
    finally:
        path.write_bytes(good)


def test_check_compares_no_outputs(built):
    path = built.notebook("01_demo", solved=True)
    good = path.read_bytes()
    notebook = json.loads(good)
    notebook["cells"] = [c | {"source": joined(c["source"])} for c in notebook["cells"]]
    notebook["cells"][-1]["outputs"] = []
    path.write_bytes(dumps(notebook))
    assert run(built, "--check") == 0
    path.write_bytes(good)


def test_check_finds_missing_unreadable_reformatted_and_orphaned_notebooks(book, capsys):
    write(book, page(exercise()))
    cells, exercises = building.prepare(book, "01_demo")
    chapter = make_notebook(cells, exercises, solved=False)
    book.notebook("01_demo", solved=False).parent.mkdir()
    book.notebook("01_demo", solved=False).write_bytes(dumps(chapter) + b"\n")
    book.notebook("07_gone", solved=True).write_text("{}")
    assert run(book, "--check") == 1
    assert capsys.readouterr().out.splitlines() == [
        "solutions/01_demo.ipynb: it is missing; to mend it: python3 -m helpers build 01_demo",
        "chapters/01_demo.ipynb: it was saved by another program (same content, other bytes); "
        "to mend it: python3 -m helpers build 01_demo",
        "solutions/07_gone.ipynb: it has no source; write solutions/source/07_gone.md "
        "or delete the notebook",
    ]
    book.notebook("01_demo", solved=False).write_text("[1]")
    run(book, "--check", "01")
    assert "it is not a notebook" in capsys.readouterr().out


# Broken sources, seen without executing anything

TWO_HINTS = HINTS.replace("Hint 3", "Note")
UNFOLDED = "Hint 1: a\n\nHint 2: b\n\nHint 3: c\n"
PROSE = "\nSome words.\n"


def code(text):
    return f"```{{code-cell}} ipython3\n{text}\n```\n"


REGION = "### BEGIN SOLUTION\n3\n### END SOLUTION"

BROKEN = {
    "unclosed": (exercise(solution=code("x = 1\n### BEGIN SOLUTION\n3")), "### BEGIN SOLUTION",
                 "### BEGIN SOLUTION without ### END SOLUTION"),
    "not opened": (exercise(solution=code("3\n### END SOLUTION")), "### END SOLUTION",
                   "### END SOLUTION without ### BEGIN SOLUTION"),
    "nested": (exercise(solution=code("### BEGIN SOLUTION\n" + REGION)), "### BEGIN SOLUTION\n3",
               "### BEGIN SOLUTION inside the region that begins"),
    "empty": (exercise(solution=code("### BEGIN SOLUTION\n### END SOLUTION")), "### BEGIN",
              "the solution is empty"),
    "misspelt": (exercise(solution=code("#BEGIN SOLUTION\n3\n### END SOLUTION")), "#BEGIN",
                 "write the marker as a line of its own"),
    "stray": (code(REGION), "### BEGIN", "a solution outside an exercise"),
    "two solutions": (exercise(solution=code(REGION) + "\n" + code(REGION)), "## Exercise",
                      "exercise 1.1 has 2 cells with"),
    "in Markdown": ("### BEGIN SOLUTION\n", "### BEGIN", "a solution marker in a Markdown cell"),
    "duplicate": (exercise() + exercise(), None, "exercise 1.1 is there twice"),
    "no solution": (exercise(solution=code("x = 3")), "## Exercise",
                    "exercise 1.1 has no cell with ### BEGIN SOLUTION"),
    "no check": (exercise(ask=""), "## Exercise", "exercise 1.1 has no check"),
    "two checks": (exercise(ask=ASK + "\n" + ASK), "## Exercise", "exercise 1.1 has 2 check cells"),
    "check before": (exercise(solution=ASK, ask=SOLUTION), 'check("1.1"',
                     "stands before its solution"),
    "check beside": (exercise(solution=code(REGION + '\ncheck("1.1", 3)'), ask=""),
                     "### BEGIN", "a cell of its own"),
    "check with more": (exercise(ask=code('x = 1\ncheck("1.1", x)')), 'x = 1\ncheck("1.1"',
                        "holds the one line"),
    "other check": (exercise(ask=ASK.replace("1.1", "1.2")), 'check("1.2"',
                    'this cell checks "1.2", its exercise is 1.1'),
    "two hints": (exercise(hints=TWO_HINTS), "## Exercise", "it has: Hint 1, Hint 2"),
    "no hints": (exercise(hints=""), "## Exercise", "it has: none"),
    "unfolded": (exercise(hints=UNFOLDED), "## Exercise", "each in its own <details>"),
    "hints elsewhere": (exercise(hints="+++\n\n" + HINTS), "## Exercise", "it has: none"),
    "wrong order": (exercise(hints=HINTS.replace("Hint 1", "Hint 2", 1)), "## Exercise",
                    "it has: Hint 2, Hint 2, Hint 3"),
    "empty hint": (exercise(hints=HINTS.replace("Nearly the answer.", "")), "## Exercise",
                   "Hint 3 is empty"),
    "no stars": (exercise(stars=""), "## Exercise", "one to three stars"),
    "four stars": (exercise(stars="★★★★"), "## Exercise", "one to three stars"),
    "no break": (PROSE + exercise(), "## Exercise", None),
    "not first": ("Prose in the same cell.\n\n" + exercise(), "## Exercise",
                  "an exercise begins a cell of its own"),
    "other chapter": (exercise(id="2.1"), "## Exercise", "does not belong to chapter 1"),
    "not Python": (code("x = 1\ny = = 2"), "y = = 2", "this cell is not Python"),
    "magic": (code("%matplotlib inline"), "%matplotlib", "this cell is not Python"),
    "stub not Python": (exercise(solution=code(f"x = [1\n{REGION}\n]").replace("3\n", ", 3\n")),
                        "x = [1", "with the stub in place, this cell is not Python"),
    "may raise": ("```{code-cell} ipython3\n:tags: [raises-exception]\n\n1/0\n```", "1/0",
                  "no cell of the book may raise"),
    "options": ("```{code-cell} ipython3\n:tags: [a\n\n1\n```", ":tags",
                "options of the code cell"),
    "open fence": ("```{code-cell} ipython3\nx = 1\n", "```{code-cell} ipython3\nx = 1",
                   "this code cell is never closed"),
    "open block": ("```python\nx = 1\n", "```python", "this code block is never closed"),
    "indented": (" ```{code-cell} ipython3\n x = 1\n ```\n", " ```{code-cell}", "first column"),
    "raw": ("```{raw-cell}\nx\n```\n", "```{raw-cell}", "raw cells are not used"),
    "dollar": ("Fine.\n\nA formula $x + 1.\n", "A formula", "an odd number of $"),
    "dollars": ("$$\nx + 1\n", "$$", "begins with $$ is not closed"),
    "details": ("<details><summary>Why</summary>\n\nSo.\n", "<details>", "is never closed"),
    "details end": ("So.\n</details>\n", "</details>", "</details> without <details>"),
    "details twice": ("<details>\n\n<details>\n\n</details>\n", "<details>", "not closed before"),
    "summary": ("<details><summary>Why</summary>\nSo.\n</details>\n", "<details>",
                "leave an empty line"),
    "heading": ("#No space\n", "#No", "a heading needs a space"),
    "break": ("+++ later\n\nText\n", "+++ later", "only a JSON object"),
}


def at(text, marker):
    return text[: text.index(marker)].count("\n") + 1


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_source_is_refused_with_its_line(book, capsys, case):
    part, marker, reason = BROKEN[case]
    # An earlier section whose code cell closes the Markdown before the part under test.
    text = page("## Before\n", code("before = 1"), part)
    write(book, text)
    found = run(book, "--check")
    lines = [line for line in capsys.readouterr().out.splitlines() if ".md:" in line]
    if reason is None:
        marker, reason = "## Exercise", "an exercise begins a cell of its own"
    assert found == 1
    hits = [line for line in lines if reason in line]
    assert hits, lines
    if marker:
        start = text.index("before = 1")
        line = text[: text.index(marker, start)].count("\n") + 1
        assert hits[0].startswith(f"solutions/source/01_demo.md:{line}: ")


@pytest.mark.parametrize(("text", "line", "reason"), [
    ("# No header\n", 1, "no YAML header"),
    ("---\njupytext: 1\n", 1, "never closed"),
    (HEADER.replace("kernelspec:", "kernelspec: ]"), 6, "YAML header: "),
    (HEADER.replace("myst", "markdown") + "x", 1, "format_name: myst"),
    (HEADER.replace("name: python3", "name: julia") + "x", 1, "name: python3"),
    ("---\nword\n---\nx", 2, "expected lines of the form"),
    (HEADER.encode() + "caf\xe9".encode("latin-1"), 11, "is not UTF-8"),
    (HEADER, 1, "there is no cell"),
], ids=["none", "open", "yaml", "format", "kernel", "no mapping", "latin-1", "empty"])
def test_a_broken_header_is_refused(book, capsys, text, line, reason):
    write(book, text)
    assert run(book, "--check") == 1
    out = capsys.readouterr().out
    assert out.startswith(f"solutions/source/01_demo.md:{line}: ")
    assert reason in out


def test_all_problems_of_a_file_are_reported_in_order(book, capsys):
    write(book, page(code("x = = 1"), "Odd $ here.\n", exercise(stars=""), "<details>\n"))
    assert run(book) == 1
    lines = capsys.readouterr().err.splitlines()
    numbers = [int(line.split(":")[1]) for line in lines]
    assert len(lines) >= 4
    assert numbers == sorted(numbers)
    assert not snapshot(book)


def test_an_unknown_exercise_id_is_refused(book, capsys):
    write(book, page(exercise()))
    assert authoring.main(["--check"], root=book.root, known_ids={"1.2"}) == 1
    assert "exercise 1.1 is unknown to helpers.checks" in capsys.readouterr().out


def test_a_file_name_without_number_is_refused(book, capsys):
    write(book, page(exercise()), name="intro")
    assert run(book, "--check") == 1
    assert "named like 01_forward_pass.md" in capsys.readouterr().out


# Broken sources, seen when they are executed

NOT_SOLVED = SOLUTION.replace("1 + 2", "1 + 3")
LEAKY_STUB = SOLUTION.replace(")", "); three = 3")
RAISING = code("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n\n"
               "three = f() + 2")
LATER = code("x = 1\nprint(undefined_name)")
NOISY = code("import sys\nprint('careful', file=sys.stderr)")
ADDRESS = code("print(object())")
BARE_WIDGET = code("display({'application/vnd.jupyter.widget-view+json': {'model_id': '1'}}, "
                   "raw=True)")
SCALAR = code("import numpy as np\n\n[np.float64(1.0)]")


def test_a_source_that_fails_when_executed_is_refused_and_overwrites_nothing(book, capsys):
    text = page(exercise(solution=NOT_SOLVED), exercise("1.2", solution=LEAKY_STUB),
                exercise("1.3", solution=RAISING), exercise("1.4", ask=code('check("1.4", 3);')),
                "## Later\n", LATER, NOISY, ADDRESS, BARE_WIDGET, SCALAR)
    write(book, text)
    book.notebook("01_demo", solved=False).parent.mkdir()
    book.notebook("01_demo", solved=False).write_text("old")
    book.notebook("01_demo", solved=True).write_text("old too")
    before = snapshot(book)
    assert run(book) == 1
    assert snapshot(book) == before
    assert not [path for path in book.root.rglob("*.tmp")]
    err = capsys.readouterr().err

    def line(marker):
        return f"solutions/source/01_demo.md:{at(text, marker)}: "

    assert f"{line('## Exercise 1.1')}solutions: the check says '1.1 not yet'" in err
    assert f"{line('## Exercise 1.2')}chapters: the check says '1.2 solved'" in err
    assert f"{line('def f')}chapters: the cell raises TypeError" in err
    assert f"{line('## Exercise 1.4')}solutions: the check of 1.4 gives no verdict" in err
    assert f"{line('print(undefined_name)')}solutions: the cell raises NameError" in err
    assert f"{line('import sys')}chapters: the cell writes to stderr: careful" in err
    assert f"{line('print(object())')}solutions: the output holds the address" in err
    assert f"{line('display(')}solutions: the cell shows a widget that has no picture" in err
    assert f"{line('import numpy')}solutions: the output holds the repr of a NumPy scalar" in err


def test_a_kernel_that_dies_is_reported(book, capsys, monkeypatch):
    write(book, page(code("import os\nos._exit(1)")))
    assert run(book) == 1
    assert "01_demo.md:1: solutions: the kernel died" in capsys.readouterr().err


def test_a_cell_that_takes_for_ever_is_reported(book, capsys, monkeypatch):
    monkeypatch.setattr(execute, "CELL_TIMEOUT", 1)
    write(book, page(code("while True:\n    pass")))
    assert run(book) == 1
    assert "a cell took longer than 1 seconds" in capsys.readouterr().err


def test_one_broken_source_does_not_keep_the_others_from_being_built(book, monkeypatch):
    write(book, page(exercise(stars="")))
    write(book, page("## End\n"), name="02_fine")
    assert run(book) == 1
    assert [path.name for path in snapshot(book)] == ["02_fine.ipynb", "02_fine.ipynb"]


# Writing


def test_a_failing_write_puts_everything_back(tmp_path, monkeypatch):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"old")
    replace = os.replace

    def failing(source, target):
        if target == two:
            raise OSError("disk full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        building.write_all({one: b"new", two: b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"one": b"old"}


# The small parts


def test_the_stub_takes_the_place_and_the_indentation_of_each_region():
    text = "def f():\n    ### BEGIN SOLUTION\n    a\n    ### END SOLUTION\n\n" + REGION
    assert stub(text) == "def f():\n    ...  # your code here\n\n...  # your code here"


def ids_of(text):
    cells = read_source(text.encode()).cells
    return dict(zip((c.text for c in cells), cell_ids(cells, lint(cells, 1)[0]), strict=True))


def test_ids_do_not_change_when_another_section_is_edited():
    before = ids_of(page("## One\n\n+++\n\na\n", code("b"), "## Two\n", code("c"), exercise()))
    after = ids_of(page("## One\n", "+++\n\nnew\n\n+++\n\na\n", code("b"), code("d"), "## Two\n",
                        code("c"), exercise().replace("Add", "Subtract")))
    assert before["c"] == after["c"] == "two_2"
    assert before['check("1.1", three)'] == after['check("1.1", three)'] == "check-1-1"


def test_ids_of_equal_foreign_long_and_treacherous_headings():
    headings = ["Bias", "Bias", "δ → ∂", "Ex 1 1", "x" * 99, "Top", "Überblick", "Bias 2"]
    text = HEADER + "Before any heading.\n\n" + "\n".join(f"+++\n\n## {h}\n" for h in headings)
    ids = cell_ids(read_source(text.encode()).cells, [])
    assert ids == ["top", "bias", "bias--2", "section", "on-ex-1-1", "x" * 48, "top--2",
                   "uberblick", "bias-2"]
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in ids)


def test_windows_line_ends_give_the_same_cells():
    assert read_source(FULL.encode()) == read_source(FULL.replace("\n", "\r\n").encode())


def test_a_name_that_is_not_there_and_an_empty_folder(book, capsys):
    assert run(book) == 2
    write(book, page())
    assert run(book, "09") == 2
    assert "no source is called '09'; there are 01_demo" in capsys.readouterr().err


def test_missing_tools_are_told_in_one_line(book, capsys, monkeypatch):
    write(book, page())
    find = authoring.find_spec
    monkeypatch.setattr(authoring, "find_spec", lambda n: None if n == "jupytext" else find(n))
    assert run(book) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == ("build: jupytext missing; install the author's tools: "
                    "python3 -m helpers setup --with test")
