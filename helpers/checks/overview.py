"""`progress()`: what is solved, per chapter."""

import html

from . import record, registry
from .exercise import NOT_ATTEMPTED, SOLVED
from .verdict import CARD, SIGN


class Overview:
    """A table of exercises, solved or open; text and HTML."""

    def __init__(self, sections, notes=()):
        self.sections = sections  # (heading, [(sign, id, stars, title), ...])
        self.notes = tuple(notes)

    def __str__(self):
        lines = []
        for heading, rows in self.sections:
            lines.append(heading)
            lines += [f"  {sign} {id_:<5} {stars:<4} {title}" for sign, id_, stars, title in rows]
        return "\n".join([*lines, *self.notes])

    __repr__ = __str__

    def _repr_html_(self):
        lines = "".join(_section(heading, rows) for heading, rows in self.sections)
        parts = [f'<table style="{_TABLE}"><tbody>{lines}</tbody></table>']
        parts += [f'<div style="margin:0.3em 0">{html.escape(note)}</div>' for note in self.notes]
        return f'<div class="progress" style="{_PAPER}">{"".join(parts)}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_()}


# The paper of the cards, with a thin border all round. A table, so that the columns align; every
# property that JupyterLab gives to tables (stripes, right alignment, margins) is set back.
_PAPER = CARD.format(colour="var(--jp-border-color2,#bdbdbd)").replace("0.4em solid", "1px solid")
_TABLE = "border-collapse:collapse;border:0;margin:0.2em 0 0.5em 0;color:inherit;font-size:inherit"
_ROW = "background:transparent"
_HEAD = "text-align:left;border:0;padding:0.3em 0 0.1em 0;font-weight:bold"
_CELL = "text-align:left;vertical-align:top;border:0;padding:0.1em 0.8em 0.1em 0"


def _section(heading, rows):
    head = f'<th colspan="5" scope="colgroup" style="{_HEAD}">{html.escape(heading)}</th>'
    return f'<tr style="{_ROW}">{head}</tr>{"".join(_line(*row) for row in rows)}'


def _line(sign, id_, stars, title):
    done = sign == SIGN[SOLVED]
    words = (
        f'<span aria-hidden="true">{sign}</span>',
        id_,
        html.escape(title),
        f'<span role="img" aria-label="{len(stars)} points">{stars}</span>',
        "solved" if done else "open",
    )
    cells = "".join(f'<td style="{_CELL}">{each}</td>' for each in words)
    return f'<tr style="{_ROW}">{cells}</tr>'


def progress(chapter=None, *, reset=False):
    """What is solved: of every chapter, or of one (`progress(1)`).

    `progress.reset()`, or `progress(reset=True)`, starts over.
    """
    if reset:
        record.reset()
    numbers = registry.chapters()
    if chapter is not None:
        wanted = _chapter_number(chapter)
        if wanted not in numbers:
            known = ", ".join(map(str, numbers))
            note = f"There is no chapter {chapter!r} with exercises. There are: {known}."
            return Overview([], [note])
        numbers = [wanted]
    done = record.solved()
    return Overview([_summary(number, done) for number in numbers], record.problems())


def _reset():
    """Start over: forget what was solved, and show the empty table."""
    return progress(reset=True)


progress.reset = _reset


def _chapter_number(chapter):
    """1, "1", "01" and "1.4" all mean chapter 1."""
    try:
        return int(str(chapter).split(".")[0])
    except ValueError:
        return None


def _summary(number, done):
    module = registry.chapter(number)
    rows, count, points = [], 0, 0
    for each in module.EXERCISES:
        is_solved = each.id in done
        count += is_solved
        points += each.stars * is_solved
        sign = SIGN[SOLVED if is_solved else NOT_ATTEMPTED]
        rows.append((sign, each.id, "★" * each.stars, each.title))
    total = sum(each.stars for each in module.EXERCISES)
    heading = (
        f"{number:02d} {module.TITLE}: {count} of {len(rows)} solved, {points} of {total} points"
    )
    return heading, rows
