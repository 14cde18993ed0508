"""The slice lab in JupyterLab: what a reader does, and what a reader then sees."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import diagram
from helpers.widgets import SliceLab

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CODE = "from helpers import SliceLab\nlab = SliceLab()\nlab"
SEEN = """e => {
  const all = (css) => [...e.querySelectorAll(css)];
  const at = (c) => c && [+c.getAttribute('cx'), +c.getAttribute('cy')];
  const line = e.querySelector('[data-c=line]').getAttribute('points').split(' ')
    .map(s => s.split(',').map(Number));
  const near = ([x, y]) => Math.min(...line.map(([a, b]) => Math.hypot(a - x, b - y)));
  const starts = all('.bp-start').map(at);
  const dots = all('.bp-dot').map(at);
  return {starts, dots, end: at(e.querySelector('.bp-end')),
    farthest: Math.max(...[...starts, ...dots].map(near)),
    words: all('[data-c=moving] text').map(t => t.textContent),
    letters: all('[data-c=letters] text').map(t => t.textContent).join(''),
    outputs: [...document.querySelectorAll('.bp-out b')].map(b => b.textContent)};
}"""


def seen(page) -> dict:
    return page.lab().locator(".bp-plot").evaluate(SEEN)


def pick(page, group: int, n: int) -> None:
    page.lab().locator(".bp-choose").nth(group).get_by_role("radio").nth(n).check()


def x_of(s: float, low: float, high: float) -> float:
    return 64 + 382 * (s - low) / (high - low)


def wait_says(page, words: str) -> None:
    page.wait("t => document.querySelector('output').textContent.includes(t)", arg=words)


@pytest.fixture(scope="module")
def right():
    return SliceLab()


@pytest.fixture(scope="module")
def shared(open_page):
    with open_page("slice.ipynb", CODE) as page:
        yield page


@pytest.fixture
def page(shared, right):
    """The lab at its start, in the page and in Python."""
    right.reset()
    pick(shared, 1, 0)
    shared.begin()
    wait_says(shared, "From share = 0.46, descent with eta = 20")
    yield shared
    shared.untroubled()


def test_keys_move_the_start_and_its_whole_descent(page, right):
    pick(page, 0, 2)
    right.choose("w02")
    wait_says(page, "From w02 = 3.40")
    slider = page.slider("start")
    slider.focus()
    for key, s in (("ArrowRight", 3.5), ("End", 8), ("Home", -8), ("PageUp", -6.4)):
        page.page.keyboard.press(key)
        now = seen(page)
        (x, _), *_ = now["starts"]
        right.set(start=s)
        assert x == pytest.approx(x_of(s, -8, 8), abs=0.11)
        assert now["farthest"] < 4
        assert now["words"][0] == f"start: {diagram.number(right.E, 4)}"
        assert now["end"][0] == pytest.approx(x_of(right.end, -8, 8), abs=0.2)
        y = right.network.forward(right._set.example.x).y[:, 0]
        assert now["outputs"] == [diagram.number(v, 2) for v in y]
    assert slider.evaluate("e => document.activeElement === e")
    wait_says(page, "From w02 = −6.40")
    assert str(right).endswith(page.says())
    page.wait_python("lab.start == -6.4")
    page.field("start").fill("3.456")  # between two positions
    page.field("start").press("Enter")
    right.set(start=3.456)
    wait_says(page, "From w02 = 3.456,")
    assert str(right).endswith(page.says())
    page.field("start").fill("9")
    page.field("start").press("Enter")
    wait_says(page, "start takes numbers from -8 to 8")


def test_eta_makes_steps_and_basins(page, right):
    pick(page, 0, 2)
    page.wait_python("lab.start == 3.4")
    page.slider("eta").focus()
    page.page.keyboard.press("End")
    assert page.field("eta").input_value() == "1000.00"
    page.wait_python("lab.eta == 1000")
    for eta, words in (
        ("20", "reaches valley A"),
        ("100", "jumps over a hill"),
        ("0.1", "on its way"),
    ):
        page.field("eta").fill(eta)
        page.field("eta").press("Enter")
        right.choose("w02")
        right.set(eta=float(eta))
        wait_says(page, words)
        assert str(right).endswith(page.says())
        page.wait(
            "t => document.querySelector('.bp-key').innerText.includes(t)", arg=right.basins[-1][0]
        )
    key = page.lab().locator(".bp-key").inner_text()
    assert [name for name, *_ in right.basins if name not in key] == []


def test_the_pointer_drags_the_start_over_the_hill(page, right):
    pick(page, 0, 2)
    wait_says(page, "From w02 = 3.40")
    svg = page.lab().locator(".bp-plot svg")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    scale = box["width"] / 460

    def place(s):
        return box["x"] + scale * x_of(s, -8, 8), box["y"] + scale * 120

    mouse = page.page.mouse
    mouse.move(*place(3.4))
    mouse.down()
    ends = []
    for s in (3.0, 3.7, 4.0, 5.0):
        mouse.move(*place(s))
        assert page.slider("start").input_value() == f"{s:g}"
        ends.append(seen(page)["end"][0])
    mouse.up()
    assert ends[1] < x_of(3.7, -8, 8) < ends[2]
    page.wait_python("lab.start == 5 and lab.how == 'B'")
    wait_says(page, "From w02 = 5.00")


def test_the_chord_shows_that_E_is_not_convex(page, right):
    pick(page, 1, 1)
    wait_says(page, "So E is not convex.")
    chord = SliceLab(weights=[], view="chord")
    now = seen(page)
    assert [x for x, _ in now["starts"]] == pytest.approx(
        [x_of(s, -0.3, 1.3) for s in (0, 1)], abs=0.1
    )
    assert now["words"] == [f"{diagram.number(chord.gap[0], 4)} above", "P", "Q"]
    page.slider("chord end").focus()
    for _ in range(3):
        page.page.keyboard.press("ArrowLeft")
    chord.set(chord=0.97)
    assert seen(page)["words"][0] == f"{diagram.number(chord.gap[0], 4)} above"
    wait_says(page, "from share = 0.00 to 0.97")
    assert str(chord).endswith(page.says())
    page.field("chord end").fill("-0.2")
    page.field("chord end").press("Enter")
    wait_says(page, "That is no proof")
    assert seen(page)["words"] == ["P", "Q"]
    page.lab().get_by_role("button", name="Reset").click()
    wait_says(page, "to 1.00 runs below")


def test_slices_are_chosen_with_keys(page, right):
    radios = page.lab().locator(".bp-choose").first.get_by_role("radio")
    radios.first.focus()
    for n, name in ((1, "line"), (2, "w02"), (3, "w12"), (4, "u01")):
        page.page.keyboard.press("ArrowRight")
        right.choose(name)
        assert seen(page)["letters"] == "AB"[: len(right.valleys)]
        assert radios.nth(n).evaluate("e => document.activeElement === e")
        page.wait_python(f"lab.chosen == {name!r}")
    assert page.lab().locator('[data-s="u01"]').evaluate("e => e.classList.contains('bp-chosen')")


FRAMES = """() => {
  window.frames_ = [];
  const lab = document.querySelector('.bp-lab');
  const look = () => {
    frames_.push([lab.querySelectorAll('.bp-start').length, lab.getBoundingClientRect().height]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def test_a_far_kernel(open_page, right):
    """200 ms on every kernel message: the whole descent answers at once, and nothing jumps."""
    with open_page("far_slice.ipynb", CODE, delay=200) as page:
        wait_says(page, "From share = 0.46")
        page.page.evaluate(FRAMES)
        page.slider("start").focus()
        for k in range(8):
            page.page.keyboard.press("ArrowRight")
            (x, _), *_ = seen(page)["starts"]  # before any answer could have come
            assert x == pytest.approx(x_of(0.47 + k / 100, -0.3, 1.3), abs=0.1)
        assert seen(page)["end"][0] > x_of(0.9, -0.3, 1.3)
        page.wait_python("lab.start == 0.54")
        page.slider("eta").focus()
        page.page.keyboard.press("End")
        page.wait_python("lab.eta == 1000")
        wait_says(page, "eta = 1000")
        heights = [height for _, height in page.page.evaluate("frames_")]
        assert {count for count, _ in page.page.evaluate("frames_")} == {1}
        assert np.ptp(heights) == 0
        page.untroubled()


@pytest.mark.parametrize("view", [0, 1])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900)])
def test_nothing_is_clipped_or_covered(page, width, height, view):
    """At desktop size, at 200 % zoom of it, and on a phone."""
    page.resize(width, height)
    pick(page, 1, view)
    lab = page.lab()
    assert lab.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert_legible(lab, ".bp-plot svg", slack=1)


def test_without_a_kernel(open_exported, tmp_path, right):
    page = open_exported(executed(tmp_path, CODE))
    pick(page, 0, 2)
    right.reset()
    right.choose("w02")
    for key, s in (("ArrowRight", 3.5), ("Home", -8)):
        page.slider("start").focus()
        page.page.keyboard.press(key)
        right.set(start=s)
        assert seen(page)["words"][0] == f"start: {diagram.number(right.E, 4)}"
    page.slider("eta").focus()
    page.page.keyboard.press("End")
    assert page.field("eta").input_value() == "1000.00"
    pick(page, 1, 1)
    assert "PQ" in "".join(seen(page)["words"])
