"""The forward lab in JupyterLab: what a reader does, and what a reader then sees."""

from __future__ import annotations

import json

import numpy as np
import pytest

from helpers import diagram, examples
from helpers.widgets import ForwardLab

from .conftest import SCHEMATIC
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


def wanted(example, **values) -> dict[str, str]:
    """Every number of the picture, as Python prints it, with these sliders moved."""
    lab = ForwardLab(example)
    lab.set(**values)
    found = diagram.values_of(lab.network, lab.x, lab.t)
    places = dict(lab.quantities())
    return {
        name: diagram.number(v, places[name]) if name in places else diagram.short(v)
        for name, v in found.items()
    }


def shows(page, n: int, right: dict[str, str], name: str = "") -> None:
    """Two presses within one frame are drawn together, so wait for the frame that shows it."""
    page.wait(
        f"Object.entries({json.dumps(right)}).every(([q, text]) => [...document"
        f".querySelectorAll('.bp-lab')[{n}].querySelectorAll("
        '`.bp-picture [data-q="${q}"], .bp-picture [data-v="${q}"]`)]'
        ".every(e => e.textContent === text))"
    )
    assert page.numbers(n) == right, name


def test_every_slider_shows_what_python_computes(labs):
    page = labs
    for n, example in enumerate((examples.schematic(), examples.worked())):
        shows(page, n, wanted(example))
        for name, start in ForwardLab(example).values.items():
            page.slider(name, n).focus()
            page.page.keyboard.press("ArrowRight" if start < 0.99 else "ArrowLeft")
            moved = round(start + (0.01 if start < 0.99 else -0.01), 10)
            shows(page, n, wanted(example, **{name: moved}), name)
            page.page.keyboard.press("ArrowLeft" if start < 0.99 else "ArrowRight")
            shows(page, n, wanted(example), name)


def test_keyboard_reaches_the_slider_and_python_follows(labs):
    page = labs
    slider = page.slider("u11")
    slider.focus()
    for key, value in (("End", 3), ("Home", -3), ("PageUp", -2.4), ("ArrowUp", -2.39)):
        page.page.keyboard.press(key)
        assert float(slider.input_value()) == value
        assert page.numbers() == wanted(examples.schematic(), u11=value)
    assert slider.evaluate("e => document.activeElement === e")
    page.wait("document.querySelector('output').textContent.startsWith('u11 is -2.39')")
    page.wait_python("lab.values['u11'] == -2.39")
    assert float(page.python("print(lab.network.U[1, 0])")) == -2.39
    # Python's side moves the slider.
    page.python("lab.set('u11', 0.5)")
    page.wait_number("E", wanted(examples.schematic(), u11=0.5)["E"])
    assert float(slider.input_value()) == 0.5
    page.python("lab.x = [0.1, -0.2]")
    page.wait_number("E", wanted(examples.schematic(), u11=0.5, x1=0.1, x2=-0.2)["E"])
    page.lab().get_by_role("button", name="Reset").click()
    page.wait_number("E", wanted(examples.schematic())["E"])
    assert page.numbers() == wanted(examples.schematic())


def test_typed_numbers(labs):
    page = labs

    def enter(text):
        field = page.field("w12")
        field.fill(text)
        field.press("Enter")

    enter("0.25")
    page.wait_number("E", wanted(examples.schematic(), w12=0.25)["E"])
    assert page.numbers() == wanted(examples.schematic(), w12=0.25)
    enter("0.123456")  # between two positions of the slider
    page.wait_number("E", wanted(examples.schematic(), w12=0.123456)["E"])
    assert page.numbers() == wanted(examples.schematic(), w12=0.123456)
    enter("nonsense")
    page.wait("document.querySelector('output').textContent.includes('not a number')")
    assert page.field("w12").input_value() == "nonsense"  # nothing typed is lost
    assert page.field("w12").get_attribute("aria-invalid") == "true"
    assert page.numbers() == wanted(examples.schematic(), w12=0.123456)
    page.field("w12").press("Escape")
    assert page.field("w12").input_value() == "0.123456"
    enter("7.5")  # beyond the slider: its range moves there
    page.wait_number("E", wanted(examples.schematic(), w12=7.5)["E"])
    assert "now goes from 4.5 to 10.5" in page.says()
    assert float(page.slider("w12").input_value()) == 7.5
    enter("1000")
    page.wait("document.querySelector('output').textContent.includes('from -100 to 100')")
    assert page.numbers() == wanted(examples.schematic(), w12=7.5)


def test_choosing_a_weight_shows_the_error_along_it(labs):
    page = labs
    page.lab().locator('[data-s="w23"] .hit').click(force=True)
    assert page.slider("w23").evaluate("e => document.activeElement === e")
    plot = page.lab().locator(".bp-plot")
    assert plot.locator('[data-c="name"]').text_content() == "w"
    assert plot.locator('[data-c="index"]').text_content() == "23"
    errors = ForwardLab(examples.schematic()).curve("w23")[1]
    assert plot.locator('[data-c="low"]').text_content() == diagram.number(errors.min(), 4)
    assert plot.locator('[data-c="high"]').text_content() == diagram.number(errors.max(), 4)
    # The point lies on the curve: same x, same y, at both ends and in between.
    page.slider("w23").focus()
    for key in ("Home", "End", "PageDown"):
        page.page.keyboard.press(key)
        gap = plot.evaluate(
            """e => {
              const p = e.querySelector('[data-c=point]');
              const [x, y] = [+p.getAttribute('cx'), +p.getAttribute('cy')];
              const all = e.querySelector('[data-c=line]').getAttribute('points').split(' ')
                .map(s => s.split(',').map(Number));
              return Math.min(...all.map(([a, b]) => Math.hypot(a - x, b - y)));
            }"""
        )
        assert gap < 1


WATCHED = ".bp-lab [data-q=E]"
RECORD = """
() => {
  const lab = document.querySelector('.bp-lab');
  const seen = window.seen = [];
  const look = () => {
    const values = [...lab.querySelectorAll('.bp-row input[type=text]')].map(e => +e.value);
    const E = lab.querySelector('[data-q=E]').textContent;
    const waiting = Boolean(lab.querySelector('.bp-waiting'));
    seen.push({values, E, waiting, at: performance.now()});
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


def test_far_kernel_same_feel_and_never_a_wrong_number(open_page):
    """200 ms on every kernel message: one slider answers at once; another waits, visibly."""
    with open_page("far.ipynb", SCHEMATIC, delay=200) as page:
        page.wait("document.querySelector('.bp-lab') && true")
        assert page.python("print(1)") == "1"  # all earlier messages have come through
        # Half of what one message alone takes.
        assert np.median(page.key_times("u11", WATCHED)) < 100
        page.page.evaluate("() => { document.activeElement.blur(); }")
        page.page.evaluate(RECORD)
        slider, other = page.slider("u11"), page.slider("w11")
        slider.focus()
        before = page.numbers()["E"]
        for _ in range(20):
            page.page.keyboard.press("ArrowRight")
            now = page.numbers()["E"]
            assert now != before  # the picture has changed before any answer could have come
            before = now
        box = other.bounding_box()
        page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.page.mouse.down()
        for i in range(12):
            page.page.mouse.move(box["x"] + box["width"] / 2 + 3 * i, box["y"] + box["height"] / 2)
        page.page.mouse.up()
        page.wait("!document.querySelector('.bp-waiting') && window.seen.at(-1).values[7] !== 0.1")
        last = float(other.input_value())
        page.wait_number("E", wanted(examples.schematic(), u11=0.9, w11=last)["E"])
        seen = page.page.evaluate("window.seen")
        assert any(s["waiting"] for s in seen)
        assert_never_wrong(seen)
        page.wait(f"document.querySelector('output').textContent.startsWith('w11 is {last:.2f}')")
        page.wait_python(f"lab.values['w11'] == {last}")
        page.untroubled()


def assert_never_wrong(seen) -> None:
    """In every frame, E belongs to the values that stood beside it."""
    lab = ForwardLab(examples.schematic())
    distinct = {(tuple(s["values"]), s["E"]) for s in seen}
    settings = np.array([values for values, _ in distinct])
    errors = lab.evaluate(settings)[:, -1]
    for error, (values, shown) in zip(errors, distinct):
        assert diagram.number(error, 6) == shown, values


def test_a_key_press_is_in_the_next_frames(labs):
    """A generous guard; `latency.py` measures in earnest."""
    assert np.median(labs.key_times("u11", WATCHED)) < 100


def test_two_views_restart_and_close(open_page):
    with open_page("views.ipynb", SCHEMATIC, "lab", labs=2) as page:
        page.slider("u11", 0).focus()
        page.page.keyboard.press("End")
        assert page.numbers(1) == page.numbers(0) == wanted(examples.schematic(), u11=3)
        page.slider("w11", 1).focus()
        page.wait("document.querySelector('output').textContent.startsWith('u11 is 3')")
        page.page.keyboard.press("End")
        page.wait_number("E", wanted(examples.schematic(), u11=3, w11=3)["E"], 0)
        page.slider("u11", 1).focus()  # leaving w11 asks for its sweep
        page.wait("document.querySelector('output').textContent.startsWith('w11 is 3')")
        page.wait_python("lab.sweep['values'] == list(lab.values.values())")
        page.wait_python("lab.values['w11'] == 3")
        page.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        page.wait("jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'")
        page.slider("u11", 0).focus()
        page.page.keyboard.press("ArrowLeft")  # a lab whose Python is gone still moves
        page.wait_number("E", wanted(examples.schematic(), u11=2.99, w11=3)["E"], 0)
        page.page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait("document.querySelector('.bp-lab [data-q=E]').textContent === '0.110427'")
        page.python("lab.close()")
        page.wait("document.querySelectorAll('.bp-lab').length === 0")
        page.untroubled()


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900), (360, 640)])
def test_nothing_is_clipped_or_covered(labs, width, height, n):
    """At desktop size, at 200 % zoom of it, and on a phone."""
    labs.resize(width, height)
    lab = labs.lab(n)
    assert lab.evaluate("e => e.scrollWidth <= e.clientWidth")
    clipped = lab.evaluate(
        "e => [...e.querySelectorAll('.bp-controls, .bp-row, .bp-row input')]"
        ".filter(c => c.scrollWidth > c.clientWidth)"
        ".map(c => [c.className || c.ariaLabel, c.scrollWidth, c.clientWidth])"
    )
    assert clipped == []
    assert_legible(lab, shared=0.25)


def test_before_it_is_run_the_picture_is_there(open_page, notebooks):
    """A notebook just downloaded, not trusted: JupyterLab strips inline SVG, an image stays."""
    import nbformat

    lab = ForwardLab(examples.schematic())
    data = {k: v for k, v in lab.figure()._repr_mimebundle_().items()}
    name = "untrusted.ipynb"
    page = open_page(name, SCHEMATIC, labs=0, run=False)
    notebook = nbformat.read(notebooks / name, 4)
    notebook.cells[0].outputs = [
        nbformat.v4.new_output(
            "execute_result", data=json.loads(json.dumps(data)), execution_count=1
        )
    ]
    nbformat.write(notebook, notebooks / name)
    page.page.reload()
    page.wait("document.querySelector('.jp-OutputArea img')?.naturalWidth > 100")
    image = page.page.locator(".jp-OutputArea img").first
    assert "x1 = 0.60" in image.get_attribute("alt")
    assert page.page.locator(".jp-OutputArea figcaption").count() == 1
    page.page.context.close()
