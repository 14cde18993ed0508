"""Read one source file: MyST Markdown as jupytext writes it, cell by cell with line numbers.

Only what the book uses is understood (a YAML header, Markdown, ``+++`` between two Markdown cells,
``{code-cell}`` fences). jupytext itself takes two seconds to import and does not tell where a cell
stands in the file, so the few rules are written down here; ``build`` and a test compare the result
with what jupytext reads.
"""

import json
import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^( *)(`{3,}|~{3,})(.*)$")
BREAK = re.compile(r"^\+\+\+(.*)$")


@dataclass(frozen=True, order=True)
class Problem:
    """Something an author has to mend, and the line where it shows (counted from 1)."""

    line: int
    reason: str


@dataclass
class Cell:
    """One cell of a source: ``kind`` is "markdown" or "code", ``line`` that of its first text."""

    kind: str
    line: int
    text: str
    metadata: dict = field(default_factory=dict)


@dataclass
class Source:
    """The cells of one file, and what was wrong on the way."""

    cells: list
    problems: list


def read_source(data):
    """Split the bytes of a source file into a ``Source``; problems are collected, never raised."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Source([], [Problem(line, f"byte {error.start} is not UTF-8; save as UTF-8")])
    lines = text.split("\n")
    body_start, problems = _check_header(lines)
    reader = _Reader(lines, body_start)
    reader.read()
    return Source(reader.cells, problems + reader.problems)


def unfenced(text):
    """Yield (index, line) for the lines of a Markdown text that are not in a code fence."""
    fence = None
    for index, line in enumerate(text.split("\n")):
        opened = FENCE.match(line)
        if fence is None and opened:
            fence = opened[2]
        elif fence is None:
            yield index, line
        elif _closes(line, fence):
            fence = None


def _closes(line, fence):
    text = line.strip()
    return len(text) >= len(fence) and text == fence[0] * len(text)


def _check_header(lines):
    """The line after the YAML header, and what is wrong with the header."""
    if lines[0].strip() != "---":
        return 0, [Problem(1, "no YAML header: the first line must be ---")]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        return len(lines), [Problem(1, "the YAML header is never closed with ---")]
    header, problem = _load_yaml("\n".join(lines[1:end]), first_line=2)
    if problem:
        return end + 1, [Problem(problem.line, f"YAML header: {problem.reason}")]
    if _get(header, "jupytext", "text_representation", "format_name") != "myst":
        return end + 1, [Problem(1, "YAML header: needs jupytext: text_representation: "
                                    "format_name: myst")]
    if _get(header, "kernelspec", "name") != "python3":
        return end + 1, [Problem(1, "YAML header: needs kernelspec: name: python3")]
    return end + 1, []


def _get(tree, *keys):
    for key in keys:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def _load_yaml(text, first_line):
    import yaml

    try:
        value = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        return {}, Problem(first_line + (mark.line if mark else 0), reason)
    if not isinstance(value, dict):
        return {}, Problem(first_line, "expected lines of the form 'name: value'")
    return value, None


class _Reader:
    """Walks over the lines once; ``start`` is where the Markdown cell under way began."""

    def __init__(self, lines, start):
        self.lines, self.start = lines, start
        self.metadata = {}
        self.cells, self.problems = [], []

    def read(self):
        index = self.start
        while index < len(self.lines):
            fence, cut = FENCE.match(self.lines[index]), BREAK.match(self.lines[index])
            if fence:
                index = self._fence(index, *fence.groups())
            elif cut:
                self._flush(index)
                self.start, self.metadata = index + 1, self._break_metadata(index, cut[1])
            index += 1
        self._flush(len(self.lines))

    def _fence(self, index, indent, fence, info):
        """Handle the fence that opens at ``index``; return the line that closes it."""
        end = self._fence_end(index, fence)
        is_code = info.strip().startswith("{code-cell}")
        if info.strip().startswith("{raw-cell}"):
            self._problem(index, "raw cells are not used in this book")
        if end is None:
            what = "code cell" if is_code else "code block"
            self._problem(index, f"this {what} is never closed with {fence}")
            end = len(self.lines)
        if is_code and indent:
            self._problem(index, "a code cell must start in the first column")
        elif is_code:
            self._flush(index)
            self._code(index + 1, end)
            self.start, self.metadata = end + 1, {}
        return end

    def _fence_end(self, index, fence):
        later = range(index + 1, len(self.lines))
        return next((i for i in later if _closes(self.lines[i], fence)), None)

    def _code(self, start, end):
        body = self.lines[start:end]
        options, used = self._options(body, start)
        if used < len(body) and not body[used].strip():
            used += 1
        self.cells.append(Cell("code", start + used + 1, "\n".join(body[used:]), options))

    def _options(self, body, start):
        """The options at the head of a code cell, and how many lines they take."""
        if body and body[0].strip() == "---":
            used = next((i for i, line in enumerate(body[1:], 1) if line.strip() == "---"), 0)
            text, used = "\n".join(body[1:used]), used + 1
        else:
            plain = (i for i, line in enumerate(body) if not line.startswith(":"))
            used = next(plain, len(body))
            text = "\n".join(line[1:] for line in body[:used])
        options, problem = _load_yaml(text, first_line=start + 1)
        if problem:
            self._problem(problem.line - 1, f"options of the code cell: {problem.reason}")
        return options, used

    def _break_metadata(self, index, text):
        if not text.strip():
            return {}
        try:
            return dict(json.loads(text))
        except (ValueError, TypeError):
            self._problem(index, "after +++ only a JSON object may follow")
            return {}

    def _flush(self, end):
        """Close the Markdown cell that began at ``self.start`` (blank ones vanish)."""
        start = self.start
        while start < end and not self.lines[start].strip():
            start += 1
        text = "\n".join(self.lines[start:end]).rstrip()
        if text:
            self.cells.append(Cell("markdown", start + 1, text, self.metadata))

    def _problem(self, index, reason):
        self.problems.append(Problem(index + 1, reason))
