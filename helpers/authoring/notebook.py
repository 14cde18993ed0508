"""Turn the cells of a source into the two notebooks, as plain JSON data, outputs not yet filled in.

What belongs to nbgrader (metadata, checksum, stub) is computed here, because nbgrader is an extra
that only a course installs; tests/test_nbgrader.py holds the result against the real one.
"""

import hashlib
import json
import re
import unicodedata

from .source import unfenced

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = "...  # your code here"
HEADING = re.compile(r"^(#{1,6}) +(.+?) *$")
EXERCISE = re.compile(r"^#{2,3} Exercise (\d+\.\d+) (★{1,3}) (\S.*)$")

# No version and no path: the file must not depend on the machine that built it.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}


def make_notebook(cells, exercises, *, solved):
    """The notebook as nested dicts; ``solved`` chooses between solutions/ and chapters/."""
    roles = _roles(exercises)
    ids = cell_ids(cells, exercises)
    made = [
        _cell(cell, ids[index], roles.get(index), solved) for index, cell in enumerate(cells)
    ]
    title = next((text for cell in cells for _, text in headings(cell)), None)
    metadata = METADATA | ({"title": title} if title else {})
    for number, cell in enumerate((c for c in made if c["cell_type"] == "code"), 1):
        cell["execution_count"] = number
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(cell, cell_id, role, solved):
    text = cell.text
    if not solved and role and role["solution"]:
        text = stub(text)
    made = {"cell_type": cell.kind, "id": cell_id, "metadata": dict(cell.metadata), "source": text}
    if role:
        made["metadata"]["nbgrader"] = dict(role)
        if not solved:
            _release(made)
    if cell.kind == "code":
        made.update(execution_count=None, outputs=[])
    return made


def _release(cell):
    """What nbgrader adds when it hands a notebook out: locks, and a checksum of the cell."""
    role = cell["metadata"]["nbgrader"]
    cell["metadata"]["deletable"] = False
    if role["grade"]:
        cell["metadata"]["editable"] = False
    role["cell_type"] = cell["cell_type"]
    role["checksum"] = checksum(cell)


def _roles(exercises):
    """Cell index -> nbgrader metadata, for the two cells of every exercise."""
    roles = {}
    for ex in exercises:
        plain = {"schema_version": 3, "task": False}
        roles[ex.solution] = plain | {
            "grade": False, "grade_id": ex.solution_id, "locked": False, "solution": True,
        }
        roles[ex.check] = plain | {
            "grade": True, "grade_id": ex.check_id, "locked": True, "solution": False,
            "points": ex.stars,
        }
    return roles


def checksum(cell):
    """MD5 over source, type, the three flags, grade id and points (nbgrader, schema 3)."""
    role = cell["metadata"]["nbgrader"]
    flags = [role["grade"], role["solution"], role["grade"] or role["locked"]]
    parts = [cell["source"], cell["cell_type"], *map(str, flags), role["grade_id"]]
    if role["grade"]:
        parts.append(str(float(role["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()


def stub(text):
    """Replace every solution region by the stub, indented as the region's first line."""
    lines, inside = [], False
    for line in text.split("\n"):
        if BEGIN in line:
            inside = True
            lines.append(line[: len(line) - len(line.lstrip())] + STUB)
        elif END in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def headings(cell):
    """(offset of the line in the cell, text) of each heading of a Markdown cell."""
    if cell.kind != "markdown":
        return []
    found = ((index, HEADING.match(line)) for index, line in unfenced(cell.text))
    return [(index, match[2]) for index, match in found if match]


def cell_ids(cells, exercises):
    """One id per cell: its section's slug and its place there, so that other sections may change.

    ``the-bias``, ``the-bias_2``, ...; the cells of an exercise are ``ex-1-4`` and ``check-1-4``. A
    slug holds single hyphens only, so neither ``_2`` nor the ``--2`` of a repeated heading clashes.
    """
    named = {ex.solution: ex.solution_id for ex in exercises}
    named |= {ex.check: ex.check_id for ex in exercises}
    ids, seen, section, place = [], {"top": 1}, "top", 0
    for index, cell in enumerate(cells):
        found = headings(cell)
        if found:
            slug = _slug(found[0][1])
            seen[slug] = seen.get(slug, 0) + 1
            section, place = slug if seen[slug] == 1 else f"{slug}--{seen[slug]}", 0
        if index in named:
            ids.append(named[index])
        else:
            place += 1
            ids.append(section if place == 1 else f"{section}_{place}")
    return ids


def _slug(heading):
    exercise = re.match(r"Exercise (\d+)\.(\d+)\b", heading)
    if exercise:
        return f"exercise-{exercise[1]}-{exercise[2]}"
    ascii_text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower())[:48].strip("-")
    # "ex-1-4" and "check-1-4" are taken by the exercises.
    return f"on-{slug}" if re.match(r"(ex|check)-\d", slug) else slug or "section"


def dumps(notebook):
    """The bytes of the file: sorted keys, text split into lines, one newline at the end."""
    text = json.dumps(_split(notebook), indent=1, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode("utf-8")


def _split(notebook):
    return notebook | {"cells": [_split_cell(cell) for cell in notebook["cells"]]}


def _split_cell(cell):
    cell = cell | {"source": cell["source"].splitlines(keepends=True)}
    if "outputs" in cell:
        cell["outputs"] = [_split_output(output) for output in cell["outputs"]]
    return cell


def _split_output(output):
    output = dict(output)
    if "text" in output:
        output["text"] = _lines(output["text"])
    if "data" in output:
        output["data"] = {mime: _lines(value) for mime, value in output["data"].items()}
    return output


def _lines(value):
    return value.splitlines(keepends=True) if isinstance(value, str) else value


def joined(value):
    """A text of a notebook file, which may be stored as one string or as a list of lines."""
    return "".join(value) if isinstance(value, list) else value
