"""The momentum lab in JupyterLab: what a reader does, and what they then see."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import MomentumLab, diagram
from helpers.plots.momentum_plane import Plane

from .exported import executed

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import MomentumLab\nlab = MomentumLab()\nlab"
NEAR = 0.11  # of the picture's units: both sides round to tenths


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


def test_the_book_s_numbers_are_there_at_the_start(lab):
    assert lab.page.evaluate(FIRST)[:4] == ["0.8000", "0.4600", "0.0620", "−0.3086"]
    assert "factor 0.9487, 10 times closer every 44 steps" in lab.says()
    assert "Plain descent with the same eta: factor 1, no closer and no farther" in lab.says()


def test_sliders_with_the_keyboard(lab):
    grids = [row["grid"] for row in MomentumLab().sweep["rows"]]
    lab.slider("eta").focus()
    lab.page.keyboard.press("ArrowRight")
    shows(lab, eta=grids[0][grids[0].index(0.2) + 1])
    lab.page.keyboard.press("End")
    shows(lab, eta=0.42)  # the other slider may move at once: one table holds all
    lab.slider("mu").focus()
    for key, mu in (("Home", 0.0), ("ArrowRight", 0.02), ("End", 0.99)):
        lab.page.keyboard.press(key)
        shows(lab, eta=0.42, mu=mu)
    assert lab.slider("mu").evaluate("e => e === document.activeElement")
    lab.wait_python("(lab.eta, lab.mu) == (0.42, 0.99)")
    lab.wait("document.querySelector('.bp-momentum output').textContent.includes('it diverges')")


def test_the_point_with_the_keyboard(lab):
    lab.page.evaluate(f"() => {POINT}.focus()")
    other = MomentumLab()
    etas, mus = (row["grid"] for row in other.sweep["rows"])
    e, m = etas.index(0.2), mus.index(0.9)
    for key, move in (("ArrowLeft", (-1, 0)), ("ArrowUp", (0, 1)), ("PageDown", (0, -10))):
        lab.page.keyboard.press(key)
        e, m = e + move[0], m + move[1]
        shows(lab, eta=etas[e], mu=mus[m])
    lab.page.keyboard.press("Enter")
    eta, mu, factor = other.best
    shows(lab, eta=eta, mu=mu)
    assert lab.page.evaluate(f"() => {POINT} === document.activeElement")
    lab.wait_python(f"abs(lab.factor - {factor!r}) < 1e-7")
    label = lab.page.evaluate(f"() => {POINT}.getAttribute('aria-label')")
    assert label.startswith("Point at eta 0.230886, mu 0.269874.")


def test_the_point_is_dragged(lab):
    other = MomentumLab()
    plane = lab.lab().locator(".bp-map svg").first
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    scale = box["width"] / 420
    spots = [(0.1, 0.5), (0.31, 0.2), (0.05, 0.97)]

    def where(eta, mu):
        x, y = Plane((1, 10)).at(eta, mu)
        return box["x"] + x * scale, box["y"] + y * scale

    lab.page.mouse.move(*where(0.2, 0.9))
    lab.page.mouse.down()
    try:
        for eta, mu in spots:
            lab.page.mouse.move(*where(eta, mu))
            shows(lab, eta=near(other, 0, eta), mu=near(other, 1, mu))
        lab.page.mouse.move(*where(0.9, -0.5))  # beyond the edge it stays on it
        shows(lab, eta=0.42, mu=0.0)
    finally:
        lab.page.mouse.up()
    lab.wait_python("(lab.eta, lab.mu) == (0.42, 0)")


def test_the_other_momentum_and_other_curvatures(lab):
    lab.lab().get_by_role("radio", name="Nesterov").focus()
    lab.page.keyboard.press("Space")
    shows(lab, nesterov=True)
    lab.wait_python("lab.nesterov")
    lab.lab().get_by_role("radio", name="10", exact=True).focus()
    lab.page.keyboard.press("ArrowDown")
    shows(lab, eta=0.08, a=(1, 25), nesterov=True)
    lab.wait_python("lab.a == (1, 25) and lab.eta == 0.08")
    limit = lab.page.evaluate(
        "() => document.querySelector('.bp-map [data-level=\"1\"]').getAttribute('points')"
    )
    assert f'points="{limit}"' in Plane((1, 25), True).ground()
    lab.lab().get_by_role("button", name="Reset").focus()
    lab.page.keyboard.press("Enter")
    shows(lab)
    assert lab.lab().get_by_role("radio", name="classical").is_checked()
    assert lab.lab().get_by_role("radio", name="10", exact=True).is_checked()


def test_a_number_between_two_positions_is_typed(lab):
    lab.field("mu").focus()
    lab.page.keyboard.press("ControlOrMeta+A")
    lab.page.keyboard.type("0.8543")
    lab.page.keyboard.press("Enter")
    shows(lab, mu=0.8543)
    lab.wait_python("lab.mu == 0.8543")
    lab.slider("mu").focus()
    lab.page.keyboard.press("ArrowRight")
    shows(lab, mu=0.86)
    lab.wait_python("lab.mu == 0.86")  # what Python sets before it has followed counts for all
    lab.python("lab.set(eta=0.123)")
    shows(lab, eta=0.123, mu=0.86)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900)])
def test_nothing_jumps(lab, width, height):
    lab.resize(width, height)
    heights = set()
    for code in ("set(eta=0.42, mu=0)", "set(eta=0.005, mu=0.99)", "set(nesterov=True)",
                 "set(eta=0.005, mu=0)", "reset()"):  # fmt: skip
        lab.python(f"lab.{code}")
        lab.wait_python("True")
        heights.add(lab.lab().bounding_box()["height"])
        assert lab.lab().evaluate("e => e.scrollWidth <= e.clientWidth")
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


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL), height=1000)
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
