"""The race lab in JupyterLab: what a reader does, and what they then see."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import RaceLab

from .exported import executed

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import RaceLab\nlab = RaceLab()\nlab"
NEAR = 0.11  # of the picture's units: both sides round to tenths


def shows(page) -> None:
    """The race at its start, with the keys on its player."""
    page.slider("update").focus()
    page.page.keyboard.press("Home")
    runs(page, RaceLab(), 0)


LANES = """() => [...document.querySelectorAll('.bp-race .bp-lanes [data-c="E"]')]
  .map(e => e.textContent)"""
PLACES = """() => ['runner', 'dot'].flatMap(n =>
    [...document.querySelectorAll(`.bp-race [data-c="${n}"]`)])
  .map(e => e.getAttribute('transform').match(/[\\d.]+/g).slice(0, 2).map(Number))"""


def runs(page, lab, frame) -> None:
    """The race is shown in this frame: numbers, runners on lanes and curves, words."""
    film = lab.film
    page.wait(f"document.querySelector('.bp-race .bp-player input').value === '{frame}'")
    page.wait(f"JSON.stringify(({LANES})()) === {str(film['E'][frame])!r}.replaceAll(\"'\", '\"')"
              ".replaceAll(', ', ',')")  # fmt: skip
    lanes = np.frombuffer(film["places"], "<f4").reshape(-1, 3)[frame]
    dots = np.frombuffer(film["dots"], "<f4").reshape(-1, 3, 2)[frame]
    wanted = [*zip(lanes, lab.spec["lanes"]), *dots]
    np.testing.assert_allclose(page.page.evaluate(PLACES), np.array(wanted), atol=NEAR)
    assert page.lab().locator(".bp-about").inner_text() == film["words"][frame]


def test_the_race_step_by_step(lab):
    mine = RaceLab()
    for frame in (1, 2, 3):
        lab.page.keyboard.press("ArrowRight")
        runs(lab, mine, frame)
    assert lab.page.evaluate(LANES)[1] == "0.2561384747"
    lab.page.keyboard.press("End")
    runs(lab, mine, mine.frames - 1)
    assert lab.page.evaluate(LANES)[1] == "1.972732964·10⁻⁵"
    lab.wait_python(f"lab.frame == {mine.frames - 1} and lab.leader == 'classical'")
    lab.page.keyboard.press("PageDown")
    runs(lab, mine, mine.frames - 11)
    lab.wait_python(f"lab.frame == {mine.frames - 11}")
    lab.python("lab.show(23)")
    lab.wait("document.querySelector('.bp-race .bp-about').textContent.includes('474 updates')")


def test_the_race_is_played_and_stopped(lab):
    mine = RaceLab()
    lab.page.keyboard.press("Space")
    lab.wait("Number(document.querySelector('.bp-race .bp-player input').value) >= 3")
    lab.page.keyboard.press("Space")
    frame = int(lab.slider("update").input_value())
    runs(lab, mine, frame)
    assert lab.says() == mine.film["words"][frame]


def test_another_race(lab):
    lab.page.keyboard.press("End")
    slider = lab.slider("mu")
    slider.focus()
    lab.page.keyboard.press("Home")
    lab.wait_python("lab.mu == 0")
    other = RaceLab(mu=0)
    runs(lab, other, other.frames - 1)
    assert slider.evaluate("e => e === document.activeElement")
    lab.lab().get_by_role("button", name="Reset").click()
    runs(lab, RaceLab(), 0)


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL))
    page.slider("update").focus()
    page.page.keyboard.press("ArrowRight")
    runs(page, RaceLab(), 1)
