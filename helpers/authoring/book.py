"""Build the two notebooks of each source, and tell which of those on disk are stale."""

import json
import os
import re
import tempfile
from pathlib import Path

from . import execute
from .notebook import dumps, joined, make_notebook
from .rules import lint
from .source import Problem, read_source

NAME = re.compile(r"^(\d\d)_[a-z0-9_]+$")


class Book:
    """The folders of a book, found from its root."""

    def __init__(self, root):
        self.root = Path(root)
        self.sources = self.root / "solutions" / "source"

    def names(self):
        return sorted(path.stem for path in self.sources.glob("*.md"))

    def source(self, name):
        return self.sources / f"{name}.md"

    def notebook(self, name, *, solved):
        return self.root / ("solutions" if solved else "chapters") / f"{name}.ipynb"

    def picture(self, name):
        return self.root / "docs" / "pictures" / f"{name}.svg"

    def relative(self, path):
        return path.relative_to(self.root).as_posix()


class Refused(Exception):
    """A source that cannot be built; ``problems`` says why."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(set(problems))


def prepare(book, name, known_ids=None):
    """Read and judge one source: (cells, exercises), or ``Refused``."""
    found = NAME.match(name)
    source = read_source(book.source(name).read_bytes())
    exercises, problems = lint(source.cells, int(found[1]) if found else -1, known_ids)
    problems = source.problems + problems
    if not found:
        problems = [Problem(1, "a source is named like 01_forward_pass.md")]
    if not source.cells and not problems:
        problems = [Problem(1, "there is no cell in this file")]
    if problems:
        raise Refused(problems)
    return source.cells, exercises


def build(book, name, known_ids=None):
    """Build both notebooks of one source, and its picture; returns the paths that changed.

    ``Refused`` if the source is broken.
    """
    cells, exercises = prepare(book, name, known_ids)
    _same_as_jupytext(book.source(name), cells)
    paths = [book.notebook(name, solved=solved) for solved in (True, False)]
    notebooks = [make_notebook(cells, exercises, solved=solved) for solved in (True, False)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    failures = execute.run_all([(n, p.parent) for n, p in zip(notebooks, paths, strict=True)])
    problems = []
    for notebook, failure, which, wanted in zip(
        notebooks, failures, ("solutions", "chapters"), ("solved", "not attempted"), strict=True
    ):
        if failure:
            problems.append(Problem(1, f"{which}: {failure}"))
            continue
        problems += execute.output_problems(notebook, [cell.line for cell in cells], which)
        problems += execute.verdict_problems(notebook, exercises, wanted, which)
    if problems:
        raise Refused(problems)
    contents = {p: dumps(n) for p, n in zip(paths, notebooks, strict=True)}
    drawing = _picture(notebooks[0])
    if drawing:
        contents[book.picture(name)] = drawing.encode("utf-8")
        book.picture(name).parent.mkdir(parents=True, exist_ok=True)
    return write_all(contents)


def _picture(notebook):
    """The drawing of the cell that is tagged "picture", for the README's list of chapters."""
    for cell in notebook["cells"]:
        if "picture" in cell["metadata"].get("tags", []):
            drawings = [out.get("data", {}).get("image/svg+xml") for out in cell["outputs"]]
            return next((joined(each) for each in drawings if each), None)
    return None


def _same_as_jupytext(path, cells):
    """Other tools open the source with jupytext, so it must see the very same cells."""
    import jupytext

    seen = jupytext.reads(path.read_text(encoding="utf-8-sig"), fmt="md:myst").cells
    theirs = [(cell.cell_type, cell.source.strip(), dict(cell.metadata)) for cell in seen]
    for index, cell in enumerate(cells):
        ours = (cell.kind, cell.text.strip(), cell.metadata)
        if index >= len(theirs) or ours != theirs[index]:
            raise Refused([Problem(cell.line, "jupytext reads this cell differently; is a fence or "
                                              "+++ inside HTML, with no empty line before it?")])
    if len(theirs) > len(cells):
        raise Refused([Problem(cells[-1].line, "jupytext sees more cells after this one")])


def write_all(contents):
    """Write every file or none; files that already hold the same bytes keep their date."""
    old = {path: path.read_bytes() if path.exists() else None for path in contents}
    changed = {path: data for path, data in contents.items() if data != old[path]}
    temporary, replaced = {}, []
    try:
        for path, data in changed.items():
            temporary[path] = _write_beside(path, data)
        for path, name in temporary.items():
            os.replace(name, path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            if old[path] is None:
                path.unlink()
            else:
                path.write_bytes(old[path])
        raise
    finally:
        for name in temporary.values():
            Path(name).unlink(missing_ok=True)
    return list(changed)


def _write_beside(path, data):
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    os.chmod(name, mode)
    return name


# build --check


def stale(book, names, known_ids=None):
    """One line for each notebook that is not what its source gives (outputs are not compared)."""
    for name in names:
        try:
            cells, exercises = prepare(book, name, known_ids)
        except Refused as refused:
            yield from describe(book, name, refused)
            continue
        for solved in (True, False):
            path = book.notebook(name, solved=solved)
            difference = _difference(path, make_notebook(cells, exercises, solved=solved))
            if difference:
                yield (f"{book.relative(path)}: {difference}; "
                       f"to mend it: python3 -m helpers build {name}")


def orphans(book):
    """One line for each notebook that has no source."""
    for solved in (True, False):
        folder = book.notebook("x", solved=solved).parent
        for path in sorted(folder.glob("*.ipynb")):
            if path.stem not in book.names():
                yield (f"{book.relative(path)}: it has no source; write "
                       f"{book.relative(book.source(path.stem))} or delete the notebook")


def describe(book, name, refused):
    """``file:line: reason`` for each problem of a source."""
    where = book.relative(book.source(name))
    return [f"{where}:{problem.line}: {problem.reason}" for problem in refused.problems]


def _difference(path, wanted):
    """The first difference in words, or None."""
    if not path.exists():
        return "it is missing"
    data = path.read_bytes()
    try:
        found = json.loads(data.decode("utf-8"))
        cells = [cell | {"source": joined(cell["source"])} for cell in found["cells"]]
        tidy = dumps({**found, "cells": cells})
    except (ValueError, KeyError, TypeError, AttributeError):
        return "it is not a notebook"
    for number, (have, want) in enumerate(zip(cells, wanted["cells"], strict=False), 1):
        keys = [key for key in sorted(want.keys() | have.keys()) if key != "outputs"]
        wrong = [key for key in keys if have.get(key) != want.get(key)]
        if wrong:
            return f"cell {number} ({want['id']}): {' and '.join(wrong)} differ from the source"
    if len(cells) != len(wanted["cells"]):
        return f"it has {len(cells)} cells, the source gives {len(wanted['cells'])}"
    if found | {"cells": 0} != wanted | {"cells": 0}:
        return "its metadata differ from what the source gives"
    if tidy != data:
        return "it was saved by another program (same content, other bytes)"
    return None
