"""A verdict, and how it looks: a card in a notebook, plain text elsewhere.

Both forms depend on nothing but the verdict, so that a notebook can be compared with an earlier
run of itself: no times, no random ids, no addresses.
"""

import dataclasses
import html
import os
import re

from .exercise import NOT_ATTEMPTED, NOT_YET, SOLVED

# A sign, a word and a colour say the same thing. White on each colour, and each colour on
# white, has a contrast of at least 4.5 to 1; the text itself takes the theme's own colours.
SIGN = {SOLVED: "✓", NOT_YET: "↻", NOT_ATTEMPTED: "○"}
BADGE = {SOLVED: "#00704f", NOT_YET: "#a04000", NOT_ATTEMPTED: "#595959"}

CARD = (
    "max-width:46em;margin:0.4em 0;padding:0.5em 0.8em;overflow-wrap:anywhere;"
    "border:1px solid var(--jp-border-color2,#bdbdbd);border-left:0.4em solid {colour};"
    "background:var(--jp-layout-color1,transparent);color:var(--jp-ui-font-color1,inherit);"
    "font-family:var(--jp-content-font-family,sans-serif);line-height:1.45"
)
_BADGE = (
    "display:inline-block;padding:0 0.5em;border-radius:0.2em;margin-right:0.5em;"
    "background:{colour};color:#ffffff;font-weight:bold"
)
_CODE = (
    "font-family:var(--jp-code-font-family,monospace);"
    "background:var(--jp-layout-color2,transparent);color:inherit"
)


def under_nbgrader():
    """nbgrader (0.7 and newer) says so in the environment while it executes a notebook."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The outcome of a check: truthy when solved. Shown as a card when a cell ends with it."""

    exercise: str
    status: str
    message: str
    compared: str = ""
    remark: str = ""
    slips: tuple[str, ...] = ()  # ids of helpers.mistakes.CATALOGUE, for a teacher's report
    title: str = ""

    def __bool__(self):
        return self.status == SOLVED

    def _further_lines(self):
        if self.compared:
            yield f"Compared with {self.compared}."
        if self.remark:
            yield f"Remark: {self.remark}"

    def __str__(self):
        head = f"{self.exercise} {self.status}: {self.message}"
        return "\n".join([head, *self._further_lines()])

    __repr__ = __str__

    def _repr_html_(self):
        colour = BADGE[self.status]
        title = html.escape(f"{self.exercise} {self.title}".strip())
        further = "".join(
            f'<div style="margin-top:0.2em;font-size:92%">{_prose(line)}</div>'
            for line in self._further_lines()
        )
        return (
            f'<div class="check-card" role="status" style="{CARD.format(colour=colour)}">'
            f'<div><span style="{_BADGE.format(colour=colour)}">'
            f'<span aria-hidden="true">{SIGN[self.status]}</span> {self.status}</span>'
            f"<strong>{title}</strong></div>"
            f'<div style="margin-top:0.3em">{_prose(self.message)}</div>{further}</div>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_()}

    def _ipython_display_(self):
        """Only for nbgrader, which tries to read the result of a test cell as points.

        There the card is shown as a display; elsewhere IPython goes on to the MIME bundle.
        """
        if not under_nbgrader():
            raise NotImplementedError
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)


def _prose(text):
    """HTML of a message: everything escaped, `code` in a code element."""
    parts = re.split(r"`([^`]*)`", text)
    return "".join(
        f'<code style="{_CODE}">{html.escape(part)}</code>' if i % 2 else html.escape(part)
        for i, part in enumerate(parts)
    )


class NotSolved(AssertionError):
    """Under nbgrader: raised for anything but solved, so that the points follow."""

    def _render_traceback_(self):
        """What IPython shows instead of a traceback: the verdict's own words."""
        return [str(self)]
