"""The film lab in JupyterLab: what a reader does, and what a reader then sees."""

from __future__ import annotations

import html
import re

import pytest
from film_pictures import visible

from helpers import diagram, examples
from helpers.plots.pass_numbers import one_pass
from helpers.plots.pass_scene import Scene

from .exported import executed

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import PassLab, examples\nlab = PassLab(examples.{}())\nlab"
SHOWN = """
e => [...e.querySelectorAll('.bp-picture text')]
  .filter(t => getComputedStyle(t).visibility === 'visible' && !t.closest('[style*="opacity"]'))
  .map(t => t.textContent.replaceAll('\\u200b', ''))
"""


class Film:
    """The lab on a page, and the film that Python would show."""

    def __init__(self, page):
        self.page, self.keys = page, page.page.keyboard
        self.slider = page.lab().get_by_role("slider", name="frame", exact=True)
        self.scene = Scene(one_pass(examples.worked()))
        self.last = len(self.scene.frames) - 1

    def texts(self) -> list[str]:
        return self.page.lab().evaluate(SHOWN)

    def word(self, kind: str) -> str:
        return self.page.lab().locator(f".bp-page.bp-on .bp-{kind}").inner_text()

    def button(self, name: str):
        return self.page.lab().get_by_role("button", name=name, exact=True)

    def check(self, frame: int) -> None:
        """Picture, words and slider are those of this frame, digit for digit."""
        wanted = self.scene.frames[frame]
        # A key press returns before a busy browser has drawn what it does.
        self.page.wait_value(self.slider, str(frame))
        svg = diagram.inline(self.scene.film(), *self.scene.size, "x")
        assert self.texts() == visible(svg, frame), frame
        assert self.word("caption") == wanted.caption
        assert self.word("title").endswith(wanted.label)
        numbers = html.unescape(re.sub("<[^>]*>", "", wanted.numbers))
        assert "".join(self.word("numbers").split()) == "".join(numbers.split())
        assert float(self.slider.input_value()) == frame
        text = self.slider.get_attribute("aria-valuetext")
        assert text == f"{frame + 1} of {self.last + 1}: {wanted.label}"
        current = self.page.lab().locator(".bp-phase[aria-current=step]")
        assert current.inner_text().strip() == wanted.phase


@pytest.fixture(scope="module")
def film_page(open_page):
    with open_page("film.ipynb", CELL.format("worked")) as page:
        page.wait("document.querySelector('.bp-page.bp-on')")
        yield page


@pytest.fixture
def film(film_page):
    """The film at its first frame of its first pass."""
    film_page.page.emulate_media(reduced_motion="no-preference")
    film_page.begin()
    film = Film(film_page)
    film_page.wait("document.querySelector('.bp-about').textContent.startsWith('Pass 1,')")
    film.slider.focus()
    film.keys.press("Home")
    yield film
    film_page.untroubled()


def test_every_frame_forward_and_back(film):
    for frame in range(film.last + 1):
        film.check(frame)
        film.keys.press("ArrowRight")
    film.check(film.last)  # and no further
    for frame in range(film.last, -1, -1):
        film.check(frame)
        film.keys.press("ArrowLeft")
    film.check(0)
    assert film.slider.evaluate("e => document.activeElement === e")


def test_keys_and_buttons(film):
    starts = [*film.scene.phase_starts().values()]
    for start in starts[1:]:
        film.keys.press("PageUp")
        film.check(start)
    film.keys.press("End")
    film.check(film.last)
    film.keys.press("PageDown")
    film.check(starts[-1])
    film.button("One frame back").click()
    film.check(starts[-1] - 1)
    film.button("One frame forward").click()
    film.check(starts[-1])
    film.button("deltas").click()
    film.check(starts[2])
    assert film.button("deltas").evaluate("e => document.activeElement === e")
    film.keys.press("ArrowRight")  # the arrows work on the buttons, too
    film.check(starts[2] + 1)
    film.keys.press("Home")
    film.check(0)
    assert film.button("One frame back").get_attribute("aria-disabled") == "true"


def test_python_follows_and_leads(film):
    film.page.python("seen = []\nlab.observe(lambda c: seen.append(c['new']), 'frame')")
    film.keys.press("End")
    film.page.wait_python(f"lab.frame == {film.last}")
    film.page.wait_python(f"seen[-1] == {film.last}")
    film.page.python("lab.set_frame('gradients')")
    start = film.scene.phase_starts()["gradients"]
    film.page.wait(f"document.querySelector('.bp-player input').value === '{start}'")
    film.check(start)


def test_dragging_shows_what_lies_between_two_frames(film):
    at = film.scene.at["flow", 1, 0]
    tip = (
        "e => e.querySelector('.bp-picture g[data-f^=\"%d \"] [data-h]').getAttribute('transform')"
    )
    tips = []
    for position in (at - 0.75, at - 0.25, at):
        film.slider.evaluate(
            "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", position
        )
        tips.append(film.page.lab().evaluate(tip % at))
    assert len(set(tips)) == 3  # the arrow is on its way
    film.slider.evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input'));"
        " e.dispatchEvent(new Event('change')); }",
        at - 0.2,
    )
    film.check(at)  # let go, it falls to the nearest frame
    assert film.page.lab().evaluate(tip % at) == tips[2]


def test_play_and_pause(film):
    film.page.lab().get_by_label("speed").select_option("4")
    film.slider.focus()
    film.keys.press(" ")
    film.page.wait("Number(document.querySelector('.bp-player input').value) > 2.1")
    assert film.button("Pause").count() == 1
    film.keys.press(" ")
    frame = int(float(film.slider.input_value()) + 0.5)  # as the browser rounds 2.5
    film.check(frame)
    assert film.button("Play the film").count() == 1
    film.keys.press("End")
    film.keys.press(" ")  # from the end it begins again
    film.page.wait("Number(document.querySelector('.bp-player input').value) < 3")
    film.keys.press(" ")


def test_with_reduced_motion_frames_do_not_slide(film):
    film.page.page.emulate_media(reduced_motion="reduce")
    film.page.lab().evaluate(
        """e => { window.between = 0; const r = e.querySelector('input[type=range]');
        new MutationObserver(() => { if (Number(r.value) % 1) window.between += 1; })
          .observe(e, {subtree: true, attributes: true, characterData: true}); }"""
    )
    film.page.lab().get_by_label("speed").select_option("4")
    film.slider.focus()
    film.keys.press(" ")
    film.page.wait("Number(document.querySelector('.bp-player input').value) >= 3")
    film.keys.press(" ")
    assert film.page.page.evaluate("window.between") == 0


def test_the_next_pass_and_back(film):
    film.keys.press("End")
    film.button("Next pass").focus()
    film.keys.press("Enter")
    film.page.wait("document.querySelector('.bp-about').textContent.startsWith('Pass 2,')")
    assert film.button("Next pass").evaluate("e => document.activeElement === e")
    film.page.wait_python("lab.passes == 1 and lab.frame == 0")
    example = examples.worked()
    after = one_pass(example).after
    film.scene = Scene(
        one_pass((after, example.x, example.t), names=example.names, biases="frozen")
    )
    film.check(0)
    film.slider.focus()
    film.keys.press("End")
    film.check(film.last)
    film.button("Reset").click()
    film.page.wait("document.querySelector('.bp-about').textContent.startsWith('Pass 1,')")
    film.scene = Scene(one_pass(example))
    film.check(0)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1100, 900), (700, 900), (420, 800)])
def test_nothing_jumps_or_is_cut_off(film, width, height):
    film.page.resize(width, height)
    places = set()
    for _ in range(film.last + 1):
        places.add(
            film.page.lab().evaluate(
                """e => [e, ...e.querySelectorAll('.bp-reel svg, .bp-strip, .bp-player, .bp-foot')]
                .map(x => { const b = x.getBoundingClientRect();
                  return [b.x, b.y, b.width, b.height].map(Math.round).join(' '); }).join('; ')"""
            )
        )
        film.keys.press("ArrowRight")
    assert len(places) == 1
    wide = film.page.lab().evaluate(
        "e => [...e.querySelectorAll('*')].filter(x => x.scrollWidth > x.clientWidth + 1"
        " && getComputedStyle(x).overflowX !== 'visible' && !x.closest('output')).length"
        " + (e.scrollWidth > e.clientWidth)"
    )
    assert wide == 0


def test_a_screen_reader_is_told(film):
    film.keys.press("ArrowRight")
    said = film.page.lab().locator("output").inner_text()
    frame = film.scene.frames[1]
    assert said.startswith(f"{frame.label}. {frame.caption}")
    assert "= 0.3775" in said
    unnamed = film.page.lab().evaluate(
        "e => [...e.querySelectorAll('button, input, select')]"
        ".filter(x => !x.ariaLabel && !x.textContent.trim()).length"
    )
    assert unnamed == 0


def test_an_exported_page_plays_the_film_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL.format("worked")))
    page.wait("document.querySelector('.bp-page.bp-on')")
    film = Film(page)
    film.slider.focus()
    for frame in range(film.last):
        film.check(frame)
        film.keys.press("ArrowRight")
    film.check(film.last)
    film.button("Next pass").click()
    page.wait("document.querySelector('.bp-about').textContent.startsWith('Python does not')")
    film.check(film.last)  # what is there stays
    film.button("Reset").click()
    film.check(0)
