"""The README and the notes for authors keep their promises of names."""

import json
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


CHAPTERS = sorted((ROOT / "solutions").glob("*.ipynb"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_has_its_picture_and_it_is_the_one_in_the_notebook(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (cell,) = (c for c in cells if "picture" in c["metadata"].get("tags", []))
    drawn = ["".join(out["data"]["image/svg+xml"]) for out in cell["outputs"] if "data" in out]
    name = f"docs/pictures/{path.stem}.svg"
    assert (ROOT / name).read_text(encoding="utf-8") == drawn[0]
    assert f'src="{name}"' in (ROOT / "README.md").read_text(encoding="utf-8")
