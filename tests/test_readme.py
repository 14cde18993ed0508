"""The README and the notes for authors keep their promises of names."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_into_the_project_leads_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert targets or page != "README.md"
    assert not [target for target in targets if not (ROOT / target).exists()]


@pytest.mark.parametrize("page", PAGES)
def test_no_placeholder_is_left(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not re.findall(r"^(?:TODO|[A-Z]{4,})$", text, re.MULTILINE)


def test_every_chapter_is_listed():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [p.name for p in (ROOT / "chapters").glob("*.ipynb") if p.name not in text]
