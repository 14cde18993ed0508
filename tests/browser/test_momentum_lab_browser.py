"""The momentum lab and the race lab in JupyterLab: what a reader does, and what they then see."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import MomentumLab, RaceLab, diagram
from helpers.plots.momentum_plane import Plane

from .exported import executed

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import MomentumLab, RaceLab\nlab = MomentumLab()\nlab"
RACE = "race = RaceLab()\nrace"
NEAR = 0.11  # of the picture's units: both sides round to tenths


@pytest.fixture(scope="module")
def page(open_page):
    with open_page("momentum.ipynb", CELL, RACE, labs=2) as found:
        yield found


@pytest.fixture
def labs(page):
    page.begin("lab.reset(); race.reset()", (1400, 1000))
    shows(page)
    yield page
    page.untroubled()


def moving(*drawings) -> dict[str, list[float]]:
    """The numbers in every moving element of these SVGs, by its data-c."""
    found = {}
    for svg in drawings:
        for node in ElementTree.fromstring(svg).iter():
            shape = node.get("points") or node.get("d")
            if (name := node.get("data-c")) and shape:
                found[name] = [float(v) for v in re.findall(r"-?\d+\.?\d*", shape)]
    return found


SEEN = """(names) => Object.fromEntries(names.map(n => {
  const e = document.querySelector(`.bp-momentum .bp-right [data-c="${n}"]`);
  const shape = e.getAttribute('points') || e.getAttribute('d');
  return [n, shape.match(/-?\\d+\\.?\\d*/g).map(Number)];
}))"""
FIRST = """() => [...document.querySelectorAll('.bp-momentum [data-w]')].map(e => e.textContent)"""
POINT = "document.querySelector('.bp-momentum [data-c=\"point\"]')"


def shows(page, eta=0.2, mu=0.9, a=(1, 10), nesterov=False) -> None:
    """Point, numbers and both runs are those that Python draws."""
    other = MomentumLab(a=a, eta=eta, mu=mu, nesterov=nesterov)
    x, y = Plane(other.a).at(eta, mu)
    page.wait(f"{POINT}.getAttribute('transform') === 'translate({x:.1f} {y:.1f})'")
    page.wait(
        "(ws) => ws.every((w, k) => {"
        " const t = document.querySelectorAll('.bp-momentum td[data-w]')[k].textContent;"
        " const off = Math.abs(t.replace('\u2212', '-') - w);"
        " return Math.abs(w) > 3.2766 || off <= 0.500001e-4; })",
        arg=[float(w) for i in range(2) for w in other.path[1:5, i]],
    )
    long = page.page.evaluate(FIRST)[-2:]
    for text, factor in zip(long, other.factors):
        assert text.endswith(f"× {diagram.number(factor, 4)}")
    wanted = moving(other.spec["way"], other.spec["fall"])
    wanted = {k: v for k, v in wanted.items() if re.match("momentum|plain", k)}
    assert len(wanted) == 8
    found = page.page.evaluate(SEEN, list(wanted))
    for name, shape in wanted.items():
        np.testing.assert_allclose(found[name], shape, atol=NEAR, rtol=1e-6, err_msg=name)


def near(lab, i, value) -> float:
    """The position of a slider that is nearest to this value."""
    grid = np.array(lab.sweep["rows"][i]["grid"])
    return float(grid[np.abs(grid - value).argmin()])


def test_the_book_s_numbers_are_there_at_the_start(labs):
    assert labs.page.evaluate(FIRST)[:4] == ["0.8000", "0.4600", "0.0620", "−0.3086"]
    assert "factor 0.9487, 10 times closer every 44 steps" in labs.says()
    assert "Plain descent with the same eta: factor 1, no closer and no farther" in labs.says()


def test_sliders_with_the_keyboard(labs):
    grids = [row["grid"] for row in MomentumLab().sweep["rows"]]
    labs.slider("eta").focus()
    labs.page.keyboard.press("ArrowRight")
    shows(labs, eta=grids[0][grids[0].index(0.2) + 1])
    labs.page.keyboard.press("End")
    shows(labs, eta=0.42)  # the other slider may move at once: one table holds all
    labs.slider("mu").focus()
    for key, mu in (("Home", 0.0), ("ArrowRight", 0.02), ("End", 0.99)):
        labs.page.keyboard.press(key)
        shows(labs, eta=0.42, mu=mu)
    assert labs.slider("mu").evaluate("e => e === document.activeElement")
    labs.wait_python("(lab.eta, lab.mu) == (0.42, 0.99)")
    labs.wait("document.querySelector('.bp-momentum output').textContent.includes('it diverges')")


def test_the_point_with_the_keyboard(labs):
    labs.page.evaluate(f"() => {POINT}.focus()")
    other = MomentumLab()
    etas, mus = (row["grid"] for row in other.sweep["rows"])
    e, m = etas.index(0.2), mus.index(0.9)
    for key, move in (("ArrowLeft", (-1, 0)), ("ArrowUp", (0, 1)), ("PageDown", (0, -10))):
        labs.page.keyboard.press(key)
        e, m = e + move[0], m + move[1]
        shows(labs, eta=etas[e], mu=mus[m])
    labs.page.keyboard.press("Enter")
    eta, mu, factor = other.best
    shows(labs, eta=eta, mu=mu)
    assert labs.page.evaluate(f"() => {POINT} === document.activeElement")
    labs.wait_python(f"abs(lab.factor - {factor!r}) < 1e-7")
    label = labs.page.evaluate(f"() => {POINT}.getAttribute('aria-label')")
    assert label.startswith("Point at eta 0.230886, mu 0.269874.")


def test_the_point_is_dragged(labs):
    other = MomentumLab()
    plane = labs.lab().locator(".bp-map svg").first
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    scale = box["width"] / 420
    spots = [(0.1, 0.5), (0.31, 0.2), (0.05, 0.97)]

    def where(eta, mu):
        x, y = Plane((1, 10)).at(eta, mu)
        return box["x"] + x * scale, box["y"] + y * scale

    labs.page.mouse.move(*where(0.2, 0.9))
    labs.page.mouse.down()
    try:
        for eta, mu in spots:
            labs.page.mouse.move(*where(eta, mu))
            shows(labs, eta=near(other, 0, eta), mu=near(other, 1, mu))
        labs.page.mouse.move(*where(0.9, -0.5))  # beyond the edge it stays on it
        shows(labs, eta=0.42, mu=0.0)
    finally:
        labs.page.mouse.up()
    labs.wait_python("(lab.eta, lab.mu) == (0.42, 0)")


def test_the_other_momentum_and_other_curvatures(labs):
    labs.lab().get_by_role("radio", name="Nesterov").focus()
    labs.page.keyboard.press("Space")
    shows(labs, nesterov=True)
    labs.wait_python("lab.nesterov")
    labs.lab().get_by_role("radio", name="10", exact=True).focus()
    labs.page.keyboard.press("ArrowDown")
    shows(labs, eta=0.08, a=(1, 25), nesterov=True)
    labs.wait_python("lab.a == (1, 25) and lab.eta == 0.08")
    limit = labs.page.evaluate(
        "() => document.querySelector('.bp-map [data-level=\"1\"]').getAttribute('points')"
    )
    assert f'points="{limit}"' in Plane((1, 25), True).ground()
    labs.lab().get_by_role("button", name="Reset").focus()
    labs.page.keyboard.press("Enter")
    shows(labs)
    assert labs.lab().get_by_role("radio", name="classical").is_checked()
    assert labs.lab().get_by_role("radio", name="10", exact=True).is_checked()


def test_a_number_between_two_positions_is_typed(labs):
    labs.field("mu").focus()
    labs.page.keyboard.press("ControlOrMeta+A")
    labs.page.keyboard.type("0.8543")
    labs.page.keyboard.press("Enter")
    shows(labs, mu=0.8543)
    labs.wait_python("lab.mu == 0.8543")
    labs.slider("mu").focus()
    labs.page.keyboard.press("ArrowRight")
    shows(labs, mu=0.86)
    labs.python("lab.set(eta=0.123)")
    shows(labs, eta=0.123, mu=0.86)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900)])
def test_nothing_jumps(labs, width, height):
    labs.resize(width, height)
    heights = set()
    for code in ("set(eta=0.42, mu=0)", "set(eta=0.005, mu=0.99)", "set(nesterov=True)",
                 "set(eta=0.005, mu=0)", "reset()"):  # fmt: skip
        labs.python(f"lab.{code}")
        labs.wait_python("True")
        heights.add(labs.lab().bounding_box()["height"])
        assert labs.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
    assert len(heights) == 1


def test_with_a_far_kernel_nothing_waits(open_page):
    """200 ms on every kernel message, and the point moves along both axes without one."""
    with open_page("far_momentum.ipynb", CELL, delay=200) as far:
        assert far.python("print(1)") == "1"
        far.count_waiting()
        etas, mus = (row["grid"] for row in MomentumLab().sweep["rows"])
        e, m = etas.index(0.2), mus.index(0.9)
        far.page.evaluate(f"() => {POINT}.focus()")
        for key, move in (("ArrowRight", (1, 0)), ("ArrowDown", (0, -1))) * 3:
            e, m = e + move[0], m + move[1]
            far.page.keyboard.press(key)
            x, y = Plane((1, 10)).at(etas[e], mus[m])
            far.lab()  # the next frame
            now = far.page.evaluate(f"() => {POINT}.getAttribute('transform')")
            assert now == f"translate({x:.1f} {y:.1f})"  # no waiting: what the key press has drawn
        far.lab().get_by_role("radio", name="Nesterov").click()
        shows(far, eta=etas[e], mu=mus[m], nesterov=True)
        assert far.waited() == 0
        far.wait_python(f"(lab.eta, lab.mu, lab.nesterov) == ({etas[e]}, {mus[m]}, True)")
        far.untroubled()


# ---- the race


@pytest.fixture
def race(labs):
    lab = RaceLab()
    labs.slider("update", 1).focus()
    labs.page.keyboard.press("Home")
    runs(labs, lab, 0)
    return labs, lab


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
    assert page.lab(1).locator(".bp-about").inner_text() == film["words"][frame]


def test_the_race_step_by_step(race):
    page, lab = race
    for frame in (1, 2, 3):
        page.page.keyboard.press("ArrowRight")
        runs(page, lab, frame)
    assert page.page.evaluate(LANES)[1] == "0.2561384747"
    page.page.keyboard.press("End")
    runs(page, lab, lab.frames - 1)
    assert page.page.evaluate(LANES)[1] == "1.972732964·10⁻⁵"
    page.wait_python(f"race.frame == {lab.frames - 1} and race.leader == 'classical'")
    page.page.keyboard.press("PageDown")
    runs(page, lab, lab.frames - 11)
    page.wait_python(f"race.frame == {lab.frames - 11}")
    page.python("race.show(23)")
    page.wait("document.querySelector('.bp-race .bp-about').textContent.includes('474 updates')")


def test_the_race_is_played_and_stopped(race):
    page, lab = race
    page.page.keyboard.press("Space")
    page.wait("Number(document.querySelector('.bp-race .bp-player input').value) >= 3")
    page.page.keyboard.press("Space")
    frame = int(page.slider("update", 1).input_value())
    runs(page, lab, frame)
    assert page.says(1) == lab.film["words"][frame]


def test_another_race(race):
    page, _ = race
    page.page.keyboard.press("End")
    slider = page.slider("mu", 1)
    slider.focus()
    page.page.keyboard.press("Home")
    page.wait_python("race.mu == 0")
    other = RaceLab(mu=0)
    runs(page, other, other.frames - 1)
    assert slider.evaluate("e => e === document.activeElement")
    page.lab(1).get_by_role("button", name="Reset").click()
    runs(page, RaceLab(), 0)


# ---- without a kernel


def test_exported_labs_work_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL, RACE), height=1000)
    page.wait("document.querySelector('.bp-race') && document.querySelector('.bp-momentum')")
    shows(page)
    page.slider("eta").focus()
    page.page.keyboard.press("Home")
    page.slider("mu").focus()
    page.page.keyboard.press("Home")
    shows(page, eta=0.005, mu=0.0)  # both have moved, and neither went back
    page.page.evaluate(f"() => {POINT}.focus()")
    page.page.keyboard.press("Enter")
    eta, mu, _ = MomentumLab().best
    shows(page, eta=eta, mu=mu)
    page.lab().get_by_role("radio", name="Nesterov").click()
    shows(page, eta=eta, mu=mu, nesterov=True)
    page.lab().get_by_role("radio", name="100", exact=True).click()
    page.wait("document.querySelector('.bp-momentum output').textContent.startsWith('Without')")
    shows(page, eta=eta, mu=mu, nesterov=True)
    assert page.lab().get_by_role("radio", name="10", exact=True).is_checked()
    page.slider("update", 1).focus()
    page.page.keyboard.press("ArrowRight")
    runs(page, RaceLab(), 1)
