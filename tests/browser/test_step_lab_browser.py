"""The step lab in JupyterLab: what a reader does, and what a reader then sees."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import diagram, examples
from helpers.widgets import StepLab

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

WORKED = "from helpers import StepLab, examples\nlab = StepLab(examples.worked())\nlab"
SCHEMATIC = "other = StepLab(examples.schematic(), eta=20)\nother"
SUMS = "e => [...e.querySelectorAll('.bp-sum b')].map(b => b.textContent)"
PLACES = """e => {
  const at = (n, a) => +e.querySelector(`[data-c="${n}"]`).getAttribute(a);
  const text = (n) => e.querySelector(`[data-c="${n}"]`).textContent;
  const line = e.querySelector('[data-c=line]').getAttribute('points').split(' ')
    .map(s => s.split(',').map(Number));
  const gap = (x, y) => Math.min(...line.map(([a, b]) => Math.hypot(a - x, b - y)));
  const [now, after] = ['now', 'after'].map(n => [at(n, 'cx'), at(n, 'cy')]);
  return {now, after, gaps: [gap(...now), gap(...after)],
    step: e.querySelector('[data-c="step-head"]').getAttribute('d'),
    trail: e.querySelector('[data-c=trail]').getAttribute('d'),
    name: text('name') + text('index'),
    ticks: ['tick0', 'tick4'].map(n => +text(n).replace('\\u2212', '-'))};
}"""


def six(v: float) -> str:
    return diagram.number(v, 6)


def wanted(lab: StepLab) -> list[str]:
    """The bold numbers, as Python prints them."""
    return [six(v) for v in (lab.slope, lab.step, lab.u_after, lab.E_after)]


def lab_at(choose: str = "w5", example=None, **values) -> StepLab:
    lab = StepLab(example or examples.worked(), choose)
    lab.set(**values)
    return lab


def sums(page, n: int = 0) -> list[str]:
    return page.lab(n).evaluate(SUMS)


def wait_sums(page, numbers: list[str]) -> None:
    page.wait(
        "t => [...document.querySelectorAll('.bp-lab')[0].querySelectorAll('.bp-sum b')]"
        ".map(b => b.textContent).join() === t",
        arg=",".join(numbers),
    )


def button(page, name: str, n: int = 0):
    return page.lab(n).get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def shared(open_page):
    with open_page("steps.ipynb", WORKED, SCHEMATIC, labs=2) as page:
        yield page


@pytest.fixture
def page(shared):
    """Both labs at their start."""
    shared.begin("lab.reset(); lab.choose('w5'); other.reset(); other.choose('u11')")
    wait_sums(shared, wanted(lab_at()))
    shared.wait_number("E", "0.110427", 1)
    yield shared
    shared.untroubled()


def test_keys_move_the_weight_and_eta(page):
    keys = page.page.keyboard
    page.slider("w5").focus()
    for key, value in (("ArrowRight", 0.45), ("Home", -10.0), ("End", 10.0), ("PageDown", 8.0)):
        keys.press(key)
        right = lab_at(w5=value)
        assert sums(page) == wanted(right)
        assert page.numbers()["E"] == six(right.E)
        assert page.numbers()["h2_1"] == diagram.number(right.network.forward([0.05, 0.1]).y[0], 4)
    page.wait_python("lab.u == 8 and lab.sweep['values'][1] == 8")
    page.python("lab.reset()")
    wait_sums(page, wanted(lab_at()))
    page.slider("eta").focus()
    for key, eta in (("ArrowRight", 0.52), ("End", 1000.0), ("Home", 0.01)):
        keys.press(key)
        assert sums(page) == wanted(lab_at(eta=eta))
        assert page.field("eta").input_value() == f"{eta:.2f}"
    assert page.slider("eta").get_attribute("aria-valuetext") == "0.01"
    assert page.slider("eta").evaluate("e => document.activeElement === e")
    page.wait("document.querySelector('output').textContent.startsWith('eta = 0.01 is too small')")
    page.wait_python("lab.eta == 0.01")
    page.field("eta").fill("117.3")  # between two positions
    page.field("eta").press("Enter")
    wait_sums(page, wanted(lab_at(eta=117.3)))
    page.field("eta").fill("5000")
    page.field("eta").press("Enter")
    page.wait("document.querySelector('output').textContent.includes('from 0.01 to 1000')")
    assert sums(page) == wanted(lab_at(eta=117.3))


def test_the_words_go_from_too_small_to_too_large(page):
    page.python("lab.choose('b2')")
    page.wait("document.querySelector('.bp-plot [data-c=name]').textContent === 'b'")
    for eta, words in (
        ("0.1", "eta = 0.1 is too small: the step lowers E from 0.298371 to 0.297364"),
        ("5", "eta = 5: the step lowers E from 0.298371 to 0.252763"),
        ("20", "eta = 20 is too large: the step flies over the lowest point"),
        ("30", "eta = 30 is too large: the step lands higher, E rises from 0.298371 to 0.365471."),
    ):
        page.field("eta").fill(eta)
        page.field("eta").press("Enter")
        page.wait("t => document.querySelector('output').textContent.startsWith(t)", arg=words)
        assert str(lab_at("b2", eta=float(eta))).endswith(page.says())


def test_points_and_arrow_are_where_the_numbers_say(page):
    plot = page.lab().locator(".bp-plot")
    page.python("lab.choose('b2'); lab.set(eta=20)")
    wait_sums(page, wanted(lab_at("b2", eta=20)))
    right, seen = lab_at("b2", eta=20), plot.evaluate(PLACES)
    assert (seen["name"], seen["ticks"]) == ("b2", [-10, 10])
    for (x, _), u in ((seen["now"], right.u), (seen["after"], right.u_after)):
        assert x == pytest.approx(62 + 404 * (u + 10) / 20, abs=0.1)
    assert max(seen["gaps"]) < 3  # both points lie on the curve
    assert seen["now"][1] < seen["after"][1]  # it lands lower
    assert seen["step"].startswith(f"M{seen['after'][0]:.1f} 248")
    button(page, "Close-up").press("Enter")
    assert button(page, "Close-up").get_attribute("aria-pressed") == "true"
    near = plot.evaluate(PLACES)
    assert near["ticks"] == pytest.approx([0, 1.2])
    assert near["now"][0] == pytest.approx(264, abs=0.1)  # in the middle
    button(page, "Close-up").press("Enter")
    assert plot.evaluate(PLACES) == seen


def test_a_weight_is_chosen_by_key_by_radio_and_in_the_network(page):
    radios = page.lab().get_by_role("radio")
    assert [r.get_attribute("value") for r in radios.all()] == ["b2", "w5", "w6", "w7", "w8"]
    radios.nth(1).focus()
    page.page.keyboard.press("ArrowRight")
    assert sums(page) == wanted(lab_at("w6"))
    page.page.keyboard.press("ArrowLeft")
    page.page.keyboard.press("ArrowLeft")
    assert sums(page) == wanted(lab_at("b2"))
    assert radios.nth(0).is_checked()
    assert "(−0.038098) · 1 = 0.100400" in page.lab().locator(".bp-slope").inner_text()
    page.lab().locator('[data-s="w8"] .hit').click(force=True)
    assert radios.nth(4).is_checked()
    assert sums(page) == wanted(lab_at("w8"))
    page.lab().locator('[data-s="w1"] .hit').click(force=True)  # no output weight
    assert radios.nth(4).is_checked()
    page.slider("eta").focus()
    page.page.keyboard.press("End")  # eta moves; w8 stays chosen
    assert sums(page) == wanted(lab_at("w8", eta=1000))
    page.slider("w5").focus()
    wait_sums(page, wanted(lab_at("w5", eta=1000)))


def test_steps_are_taken_one_after_the_other(page):
    right = lab_at("b2", eta=15)
    page.python("lab.choose('b2'); lab.set(eta=15)")
    wait_sums(page, wanted(right))
    plot = page.lab().locator(".bp-plot")
    take = button(page, "Take the step")
    take.focus()
    before = plot.evaluate(PLACES)
    for n in range(1, 4):
        page.page.keyboard.press("Enter")
        right.take_step()
        wait_sums(page, wanted(right))
        assert take.evaluate("e => document.activeElement === e")
        seen = plot.evaluate(PLACES)
        assert seen["trail"].count("L") == n
        if n == 1:
            assert seen["now"] == pytest.approx(before["after"], abs=0.11)
    assert page.field("b2").input_value() == f"{right.u:.6f}"
    assert str(right).endswith(page.says())
    page.wait_python(f"abs(lab.u - {right.u!r}) < 1e-12")
    page.slider("w5").focus()
    page.page.keyboard.press("ArrowRight")
    assert plot.evaluate(PLACES)["trail"] == ""  # another curve, another way
    button(page, "Reset").click()
    wait_sums(page, wanted(lab_at("w5")))


FRAMES = """
() => {
  window.frames_ = [];
  const lab = document.querySelector('.bp-lab');
  const look = () => {
    frames_.push([lab.querySelectorAll('.bp-sum b').length, lab.getBoundingClientRect().height,
                  Boolean(lab.querySelector('.bp-plot [data-c=line]').getAttribute('points'))]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


def test_a_far_kernel(open_page):
    """200 ms on every kernel message: eta answers at once, and no step that was asked is lost."""
    with open_page("far_steps.ipynb", WORKED, delay=200) as page:
        assert page.python("lab.choose('b2'); lab.set(eta=8)") == ""
        wait_sums(page, wanted(lab_at("b2", eta=8)))
        page.page.evaluate(FRAMES)
        page.slider("eta").focus()
        before = sums(page)
        for _ in range(10):
            page.page.keyboard.press("ArrowRight")
            assert sums(page)[1:] != before[1:]  # before any answer could have come
            before = sums(page)
        page.page.keyboard.press("Home")
        page.wait_python("lab.eta == 0.01 and lab.sweep['values'][-1] == 0.01")
        page.python("lab.set(eta=8)")
        right = lab_at("b2", eta=8)
        wait_sums(page, wanted(right))
        button(page, "Take the step").focus()
        for _ in range(6):
            page.page.keyboard.press("Enter")
        right.take_step(6)
        wait_sums(page, wanted(right))
        seen = page.page.evaluate("frames_")
        assert {bold for bold, _, _ in seen} == {4}
        assert all(drawn for _, _, drawn in seen)
        assert np.ptp([height for _, height, _ in seen]) == 0  # nothing jumps
        page.untroubled()


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1100, 900), (700, 450), (420, 900)])
def test_nothing_is_clipped_or_covered(page, width, height, n):
    """At desktop size, at 200 % zoom of it, and on a phone."""
    page.resize(width, height)
    lab = page.lab(n)
    assert lab.evaluate("e => e.scrollWidth <= e.clientWidth")
    clipped = lab.evaluate(
        "e => [...e.querySelectorAll('div, fieldset, label, button, input, output')]"
        ".filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.className || c.outerHTML)"
    )
    assert clipped == []
    assert_legible(lab, ".bp-plot svg", slack=1)


def test_without_a_kernel_one_slider_at_a_time(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, WORKED))
    assert sums(page) == wanted(lab_at())
    for name in ("eta", "w7", "b2"):
        page.slider(name).focus()
        page.page.keyboard.press("End")
        value = 1000 if name == "eta" else 10
        assert sums(page) == wanted(lab_at("w5" if name == "eta" else name, **{name: value}))
    button(page, "Reset").click()
    page.lab().get_by_role("radio").nth(1).check()
    button(page, "Take the step").click()
    page.wait("document.querySelector('output').textContent.includes('the nearest is 0.35')")
    assert sums(page) == wanted(lab_at(w5=0.35))
