"""The card: words beside the colour, readable in both themes, the same from run to run."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from helpers.checks import Verdict, check
from helpers.checks.verdict import BADGE, SIGN

STATUSES = ("not attempted", "not yet", "solved")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def card(status, **more):
    return Verdict("1.4", status, "Your `W[0] < 1` & more.", title="Code a <layer>", **more)


class Text(HTMLParser):
    """The words of a card, and the balance of its tags."""

    def __init__(self, html):
        super().__init__()
        self.open, self.words, self.tags = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("status", STATUSES)
def test_sign_word_and_colour(status):
    html = card(status)._repr_html_()
    seen = Text(html)
    assert seen.open == []
    assert SIGN[status] in seen.words
    assert any(status in words for words in seen.words)
    assert BADGE[status] in html
    assert seen.tags[0][1]["role"] == "status"
    assert ("span", {"aria-hidden": "true"}) in seen.tags


def test_the_signs_and_colours_differ():
    assert len(set(SIGN.values())) == len(set(BADGE.values())) == 3


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("status", STATUSES)
def test_the_words_on_the_badge_are_legible(status):
    """WCAG 2.1: (lighter + 0.05) / (darker + 0.05) >= 4.5. The badge is the same in each theme."""
    assert (1 + 0.05) / (brightness(BADGE[status]) + 0.05) >= 4.5
    assert f"background:{BADGE[status]};color:#ffffff" in card(status)._repr_html_()


def test_the_other_colours_are_the_themes_and_have_fallbacks():
    html = card("not yet")._repr_html_()
    assert "var(--jp-layout-color1,transparent)" in html
    assert "var(--jp-ui-font-color1,inherit)" in html
    for variable in re.findall(r"var\(([^)]*)\)", html):
        assert "," in variable
    assert "overflow-wrap:anywhere" in html
    assert re.search(r"(?<![\w-])width:", html) is None


def test_everything_is_escaped_and_code_is_code():
    html = card("not yet", remark="a < b")._repr_html_()
    assert ">W[0] &lt; 1</code>" in html
    assert "&amp; more" in html
    assert "Code a &lt;layer&gt;" in html
    assert "a &lt; b" in html
    assert "`" not in html


def test_an_answer_cannot_put_markup_into_the_card():
    def f(x, W):
        raise ValueError("<script>alert(1)</script> `</code><b>`")

    html = check("1.4", f)._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert Text(html).open == []


def test_plain_text_begins_with_id_and_status():
    solved = card("solved", compared="the helpers", remark="Nice.")
    assert (
        repr(solved)
        == str(solved)
        == ("1.4 solved: Your `W[0] < 1` & more.\nCompared with the helpers.\nRemark: Nice.")
    )
    assert repr(card("not attempted")).startswith("1.4 not attempted: ")
    assert repr(card("not yet")).startswith("1.4 not yet: ")


@pytest.mark.parametrize("status", STATUSES)
def test_only_solved_is_true(status):
    assert bool(card(status)) == (status == "solved")


def test_the_bundle_has_both_forms():
    bundle = card("solved")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}


CODE = """
from helpers.checks import check
def wrong(x, W):
    return object()
def raises(x, W):
    raise ValueError(object())
def right(x, W):
    return 1 / (1 + 2.718281828459045 ** -(x @ W[1:] + W[0]))
for answer in (..., wrong, raises, right, object(), lambda x: 1):
    verdict = check("1.4", answer)
    print(verdict)
    print(verdict._repr_html_())
"""


def test_a_card_is_the_same_in_every_run():
    runs = [
        subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stderr == b""
    assert runs[0].stdout.count(b"solved") >= 2
    assert re.search(rb"0x[0-9a-f]{4,}", runs[0].stdout) is None


def shown_by_ipython(verdict):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    with capture_output() as captured:
        bundle = shell.display_formatter.format(verdict)[0]
    return bundle, captured


def test_ipython_shows_the_card_as_a_result():
    bundle, _ = shown_by_ipython(card("solved"))
    assert set(bundle) == {"text/plain", "text/html"}


def test_under_nbgrader_the_card_is_a_display_not_a_result(monkeypatch):
    """nbgrader reads the result of a test cell as points, and warns when it is no number."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    bundle, captured = shown_by_ipython(card("solved"))
    assert bundle == {}
    assert captured.outputs[0].data["text/plain"].startswith("1.4 solved: ")
