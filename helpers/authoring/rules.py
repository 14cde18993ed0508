"""What a source must obey before anything is executed. Every rule collects all it finds.

An exercise is a heading with id and stars, three folded hints in the same cell, one cell with the
solution and one cell with the check; it ends at the next heading.
"""

import ast
import re
from dataclasses import dataclass

from .notebook import BEGIN, END, EXERCISE, HEADING, cell_ids, headings, stub
from .source import Problem, unfenced

EXERCISE_LIKE = re.compile(r"^#{1,6} *Exercise\b")
DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
HINTS = ["Hint 1", "Hint 2", "Hint 3"]
MARKER = re.compile(r"#+ *(BEGIN|END) *SOLUTION", re.IGNORECASE)


@dataclass
class Exercise:
    """One exercise: ``cell``, ``solution`` and ``check`` are places in the list of cells."""

    id: str
    stars: int
    line: int
    cell: int
    solution: int = -1
    check: int = -1

    @property
    def solution_id(self):
        return "ex-" + self.id.replace(".", "-")

    @property
    def check_id(self):
        return "check-" + self.id.replace(".", "-")


def lint(cells, chapter, known_ids=None):
    """The exercises of a source and the problems in it; ``chapter`` is the number of the file."""
    problems = []
    for cell in cells:
        problems += _markdown_rules(cell) if cell.kind == "markdown" else _code_rules(cell)
    exercises = _find_exercises(cells, chapter, known_ids, problems)
    for place, exercise in enumerate(exercises):
        _fill(exercise, cells, _end(exercise, cells), problems)
        if exercise.id in [earlier.id for earlier in exercises[:place]]:
            problems.append(Problem(exercise.line, f"exercise {exercise.id} is there twice"))
    _stray_solutions(cells, exercises, problems)
    if not problems:
        problems += _id_rules(cells, exercises)
    return exercises, problems


# Exercises


def _find_exercises(cells, chapter, known_ids, problems):
    exercises = []
    for index, cell in enumerate(cells):
        for offset, line in unfenced(cell.text) if cell.kind == "markdown" else ():
            if EXERCISE_LIKE.match(line):
                at = cell.line + offset
                found = EXERCISE.match(line)
                problems += [Problem(at, why) for why in _heading_faults(found, offset)]
                if found:
                    exercise = Exercise(found[1], len(found[2]), at, index)
                    problems += _id_faults(exercise, chapter, known_ids)
                    exercises.append(exercise)
    return exercises


def _heading_faults(found, offset):
    if not found:
        yield "an exercise heading is written '## Exercise 1.4 ★★ Title', with one to three stars"
    if offset:
        yield "an exercise begins a cell of its own: put +++ before its heading"


def _id_faults(exercise, chapter, known_ids):
    if int(exercise.id.split(".")[0]) != chapter:
        why = f"exercise {exercise.id} does not belong to chapter {chapter}"
        return [Problem(exercise.line, why)]
    if known_ids is not None and exercise.id not in known_ids:
        why = f"exercise {exercise.id} is unknown to helpers.checks; its check has to be written"
        return [Problem(exercise.line, why)]
    return []


def _end(exercise, cells):
    later = range(exercise.cell + 1, len(cells))
    return next((i for i in later if headings(cells[i])), len(cells))


def _fill(exercise, cells, end, problems):
    """Find the solution and the check of an exercise, and judge its hints."""
    problems += _hint_faults(exercise, cells[exercise.cell])
    code = [i for i in range(exercise.cell, end) if cells[i].kind == "code"]
    solutions = [i for i in code if BEGIN in cells[i].text]
    checks = [i for i in code if _check_calls(cells[i])]
    name = f"exercise {exercise.id}"
    if len(solutions) != 1:
        many = "no cell" if not solutions else f"{len(solutions)} cells"
        problems.append(Problem(exercise.line, f"{name} has {many} with {BEGIN}; it needs one"))
    if len(checks) != 1:
        many = "no check" if not checks else f"{len(checks)} check cells"
        problems.append(Problem(exercise.line, f'{name} has {many}; it needs one cell '
                                               f'check("{exercise.id}", ...)'))
    if len(solutions) == 1 and len(checks) == 1:
        exercise.solution, exercise.check = solutions[0], checks[0]
        problems += _check_faults(exercise, cells)


def _check_faults(exercise, cells):
    cell = cells[exercise.check]
    if exercise.check == exercise.solution:
        yield Problem(cell.line, "the check must stand in a cell of its own, after the solution")
        return
    if exercise.check < exercise.solution:
        yield Problem(cell.line, f"the check of exercise {exercise.id} stands before its solution")
    (found,) = _check_calls(cell)[:1]
    if found != exercise.id:
        yield Problem(cell.line, f'this cell checks "{found}", its exercise is {exercise.id}')
    if len(ast.parse(cell.text).body) != 1:
        yield Problem(cell.line, "a check cell holds the one line with check(...) and no more")


def _check_calls(cell):
    """The ids of the ``check("1.4", ...)`` statements of a code cell."""
    try:
        body = ast.parse(cell.text).body
    except SyntaxError:
        return []
    calls = [s.value for s in body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call)]
    calls = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "check"]
    return [getattr(c.args[0], "value", "?") if c.args else "nothing" for c in calls]


def _hint_faults(exercise, cell):
    found = [(m[1].strip(), m[2].strip()) for m in DETAILS.finditer(cell.text)]
    hints = [(title, text) for title, text in found if title.startswith("Hint")]
    titles = [title for title, _ in hints]
    if titles != HINTS:
        there = ", ".join(titles) or "none"
        yield Problem(exercise.line, f"exercise {exercise.id} needs Hint 1, Hint 2 and Hint 3, "
                                     "each in its own <details>, in the cell of its heading; "
                                     f"it has: {there}")
    for title, text in hints:
        if not text:
            yield Problem(exercise.line, f"exercise {exercise.id}: {title} is empty")


def _stray_solutions(cells, exercises, problems):
    taken = {exercise.solution for exercise in exercises}
    ranges = [range(e.cell, _end(e, cells)) for e in exercises]
    for index, cell in enumerate(cells):
        inside = any(index in places for places in ranges)
        if cell.kind == "code" and BEGIN in cell.text and index not in taken and not inside:
            problems.append(Problem(cell.line, "a solution outside an exercise: no heading "
                                               "'Exercise' stands over it"))


def _id_rules(cells, exercises):
    ids = cell_ids(cells, exercises)
    return [
        Problem(cell.line, f"the cell id {name} is not unique; change the heading")
        for index, (cell, name) in enumerate(zip(cells, ids, strict=True))
        if name in ids[:index]
    ]


# Code cells


def _code_rules(cell):
    problems = list(_region_faults(cell))
    if "raises-exception" in cell.metadata.get("tags", []):
        problems.append(Problem(cell.line, "no cell of the book may raise: drop raises-exception"))
    if problems:
        return problems
    problems += _parse_faults(cell.line, cell.text, "this cell")
    if not problems and BEGIN in cell.text:
        problems += _parse_faults(cell.line, stub(cell.text), "with the stub in place, this cell",
                                  exact=False)
    return problems


def _region_faults(cell):
    """Solution regions that are unclosed, not opened, nested, empty, or misspelt."""
    opened, content = None, False
    for number, line in enumerate(cell.text.split("\n"), cell.line):
        text = line.strip()
        if text == BEGIN:
            if opened:
                yield Problem(number, f"{BEGIN} inside the region that begins in line {opened}")
            opened, content = number, False
        elif text == END:
            if not opened:
                yield Problem(number, f"{END} without {BEGIN}")
            elif not content:
                yield Problem(opened, "the solution is empty")
            opened = None
        elif MARKER.search(line):
            yield Problem(number, f"write the marker as a line of its own: {BEGIN} or {END}")
        else:
            content = content or bool(text)
    if opened:
        yield Problem(opened, f"{BEGIN} without {END}")


def _parse_faults(line, text, what, exact=True):
    try:
        ast.parse(text)
    except SyntaxError as error:
        at = line + (error.lineno or 1) - 1 if exact else line
        return [Problem(at, f"{what} is not Python: {error.msg}")]
    return []


# Markdown cells


def _markdown_rules(cell):
    prose = _without_code(cell)
    problems = list(_maths_faults(prose, cell.line)) + list(_details_faults(prose, cell.line))
    for offset, line in enumerate(cell.text.split("\n")):
        if MARKER.search(line):
            problems.append(Problem(cell.line + offset, "a solution marker in a Markdown cell"))
    for offset, line in unfenced(cell.text):
        if re.match(r"^#{1,6}[^# ]", line) or (line.startswith("#") and not HEADING.match(line)):
            why = "a heading needs a space after its # signs, and some text"
            problems.append(Problem(cell.line + offset, why))
    return problems


def _without_code(cell):
    """The lines of a Markdown cell, with fenced and inline code blanked out."""
    lines = [""] * (cell.text.count("\n") + 1)
    for index, line in unfenced(cell.text):
        lines[index] = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", line)
    return lines


def _maths_faults(lines, first):
    """A formula must be closed in its own paragraph: $...$ or $$...$$."""
    start, paragraph = 0, []
    for index, line in enumerate([*lines, ""]):
        if line.strip():
            if not paragraph:
                start = index
            paragraph.append(re.sub(r"\\.", "", line))
            continue
        text = "\n".join(paragraph)
        if text.count("$$") % 2:
            yield Problem(first + start, "a formula that begins with $$ is not closed in this "
                                         "paragraph")
        elif text.replace("$$", "").count("$") % 2:
            yield Problem(first + start, "an odd number of $ in this paragraph (write \\$ for a "
                                         "dollar)")
        paragraph = []


def _details_faults(lines, first):
    opened = None
    for number, line in enumerate(lines, first):
        for tag in re.findall(r"<details\b|</details>", line):
            if tag == "</details>":
                if opened is None:
                    yield Problem(number, "</details> without <details>")
                opened = None
            else:
                if opened is not None:
                    yield Problem(opened, "<details> is not closed before the next one")
                opened = number
        after = lines[number - first + 1] if number - first + 1 < len(lines) else ""
        if line.rstrip().endswith("</summary>") and after.strip():
            yield Problem(number, "leave an empty line after <summary>...</summary>, or the text "
                                  "below is not read as Markdown")
    if opened is not None:
        yield Problem(opened, "<details> is never closed")
