"""The training lab in JupyterLab: play, step, scrub, train again, and all pictures together."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from helpers import TrainLab

from .exported import executed

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CELL = "from helpers import TrainLab\nlab = TrainLab(eta=5)\nlab"
READ = """
e => {
  const all = (name) => [...e.querySelectorAll(`[data-c="${name}"]`)];
  const canvas = e.querySelector('canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return {
    weights: all('weight').map(t => t.textContent),
    widths: all('line').map(l => [Number(l.getAttribute('stroke-width')),
                                  l.getAttribute('stroke-dasharray') !== 'none']),
    outputs: all('y').map(t => t.textContent),
    places: all('output').map(g => Number(g.getAttribute('transform').match(/[\\d.-]+/)[0])),
    dot: ['cx', 'cy'].map(n => Number(all('dot')[0].getAttribute(n))),
    line: all('boundary')[0].getAttribute('d'),
    field: [...data].filter((_, i) => i % 4 === 3),
    readout: [...e.querySelectorAll('.bp-readout b')].map(b => b.textContent),
  };
}
"""

INKED = """() => {
  const canvas = document.querySelector('.bp-sheet canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, 1, 1);
  return data[0] > data[1] && data[1] > data[2];
}"""


@cache
def film_of_python() -> TrainLab:
    """The same lab in the test's own Python."""
    return TrainLab(eta=5)


class Training:
    """The lab on a page, and the film that Python would show."""

    def __init__(self, page):
        self.page, self.keys = page, page.page.keyboard
        self.slider = page.slider("frame")
        self.mine = film_of_python()
        self.film, self.last = self.mine.film, self.mine.frames - 1

    def wait_film(self, **settings) -> None:
        """From now on the film of a training with these settings; wait for it."""
        if settings:
            self.mine.set(**settings)
        else:
            self.mine.reset()
        self.film, self.last = self.mine.film, self.mine.frames - 1
        self.page.wait(
            "([n, w]) => document.querySelector('.bp-player input').max === n"
            " && document.querySelector('.bp-about').textContent === w",
            arg=[str(self.last), self.mine.words],
        )

    def floats(self, name, frame):
        return np.frombuffer(self.film[name], "<f4").reshape(self.last + 1, -1)[frame].tolist()

    def button(self, name: str):
        return self.page.lab().get_by_role("button", name=name, exact=True)

    def check(self, frame: int) -> None:
        """Every picture is that of this frame, digit for digit."""
        film = self.film
        self.page.wait_value(self.slider, str(frame))
        seen = self.page.lab().evaluate(READ)
        assert seen["weights"] == film["weights"][frame]
        assert seen["outputs"] == film["outputs"][frame]
        assert seen["line"] == film["lines"][frame]
        assert seen["readout"] == [
            f"{film['updates'][frame]:,}", f"{film['epochs'][frame]:,}", film["E"][frame],
        ]  # fmt: skip
        widths = self.floats("widths", frame)
        assert [w for w, _ in seen["widths"]] == pytest.approx(np.abs(widths), abs=0.006)
        assert [dashed for _, dashed in seen["widths"]] == [w < 0 for w in widths]
        assert seen["places"] == pytest.approx(self.floats("places", frame), abs=0.06)
        assert seen["dot"] == pytest.approx(self.floats("dots", frame), abs=0.06)
        size = len(film["fields"]) // (self.last + 1)
        field = film["fields"][frame * size : (frame + 1) * size]
        strength = self.mine.spec["strength"]
        assert seen["field"] == pytest.approx([v * strength for v in field], abs=0.51)


@pytest.fixture(scope="module")
def train_page(open_page):
    with open_page("train.ipynb", CELL) as page:
        page.wait("document.querySelector('.bp-readout b').textContent !== ''")
        page.wait(INKED)  # before anything has moved
        yield page


@pytest.fixture
def training(train_page):
    """The first run at its first frame."""
    train_page.begin()
    lab = Training(train_page)
    lab.wait_film()
    lab.slider.focus()
    lab.keys.press("Home")
    yield lab
    train_page.untroubled()


def test_keys_show_every_picture_of_a_frame(training):
    training.check(0)
    for frame in (1, 2, 3):
        training.keys.press("ArrowRight")
        training.check(frame)
    training.keys.press("PageUp")
    training.check(13)
    training.keys.press("ArrowLeft")
    training.check(12)
    training.keys.press("End")
    training.check(training.last)
    said = training.page.says()
    assert said.startswith(training.mine.words)
    assert f"Error E {training.film['E'][-1]}" in said
    text = training.slider.get_attribute("aria-valuetext")
    assert text.endswith(f"E {training.film['E'][-1]}")
    training.page.wait_python(f"lab.frame == {training.last}")
    training.button("One frame back").click()
    training.check(training.last - 1)


def test_the_dot_can_be_dragged(training):
    box = training.page.lab().locator(".bp-curve svg").bounding_box()
    scale = box["width"] / training.mine.spec["plot"][0]
    mouse = training.page.page.mouse
    mouse.move(box["x"] + 60 * scale, box["y"] + box["height"] / 2)
    mouse.down()
    for frame in (40, 90, 60):
        x, _ = training.floats("dots", frame)
        mouse.move(box["x"] + x * scale, box["y"] + 20)
        dots = np.frombuffer(training.film["dots"], "<f4")[::2]
        training.check(int(abs(dots - x).argmin()))
    mouse.up()


def test_play_and_pause(training):
    training.page.lab().get_by_label("speed").select_option("4")
    training.slider.focus()
    training.keys.press(" ")
    training.page.wait("Number(document.querySelector('.bp-player input').value) > 20")
    training.keys.press(" ")
    assert training.button("Play the training").count() == 1
    training.check(int(training.slider.input_value()))
    training.keys.press(" ")
    training.page.wait(f"document.querySelector('.bp-player input').value === '{training.last}'")
    training.check(training.last)
    assert training.button("Play the training").count() == 1


def test_another_learning_rate_trains_again(training):
    before = training.page.lab().locator(".bp-curve polyline.along").get_attribute("points")
    training.keys.press("End")
    eta = training.page.slider("eta")
    eta.focus()
    eta.press("ArrowRight")
    training.wait_film(eta=6)
    training.check(training.last)  # who looked at the end looks at the end of the new run
    assert eta.evaluate("e => document.activeElement === e")
    curve = training.page.lab().locator(".bp-curve polyline")
    assert curve.nth(0).get_attribute("points") != before
    assert curve.count() == 2  # and the run before
    training.page.wait_python("lab.eta == 6 and lab.frame == lab.frames - 1")
    assert training.page.lab().locator(".bp-about").inner_text() == training.mine.words


def test_the_other_settings(training):
    training.page.lab().get_by_label("2 mini-batch").check()
    training.wait_film(batch_size=2)
    training.check(0)
    training.button("Another start").click()
    training.wait_film(seed=1)
    training.check(0)
    assert training.button("Another start").evaluate("e => document.activeElement === e")
    training.page.field("mu").fill("0.9")
    training.keys.press("Enter")
    training.wait_film(mu=0.9)
    training.check(0)
    training.button("Reset").click()
    training.wait_film()
    training.check(0)
    assert training.page.field("mu").input_value() == "0.00"
    assert training.page.lab().get_by_label("4 whole set").is_checked()


def test_what_cannot_be_is_refused_in_words(training):
    training.page.field("eta").fill("1e6")
    training.keys.press("Enter")
    training.page.wait("document.querySelector('.bp-about').textContent.startsWith('eta takes')")
    assert training.page.field("eta").input_value() == "5.00"
    training.check(0)


@pytest.mark.parametrize(("width", "height"), [(1100, 900), (700, 900), (420, 800)])
def test_nothing_jumps(training, width, height):
    training.page.resize(width, height)
    places = set()
    for _ in range(8):
        places.add(
            training.page.lab().evaluate(
                "e => [e, ...e.querySelectorAll('svg, .bp-player, .bp-foot, .bp-settings')]"
                ".map(x => { const b = x.getBoundingClientRect();"
                " return [b.x, b.y, b.width, b.height].map(Math.round).join(' '); }).join('; ')"
            )
        )
        training.keys.press("PageUp")
    assert len(places) == 1


def test_an_exported_page_plays_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, CELL))
    page.wait("document.querySelector('.bp-readout b')?.textContent")
    film_of_python().reset()
    training = Training(page)
    training.slider.focus()
    for key, frame in (("PageUp", 10), ("End", training.last), ("ArrowLeft", training.last - 1)):
        training.keys.press(key)
        training.check(frame)
    training.button("Another start").click()
    page.wait("document.querySelector('.bp-about').textContent.startsWith('Python does not')")
    training.check(training.last - 1)  # what is there stays
