"""The graph lab in JupyterLab: choosing, nudging, moving inputs, with the keyboard alone."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import diagram
from helpers.graph import two_paths, worked_example
from helpers.plots import graph_text

from .exported import executed
from .places import assert_legible

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

SETUP = "from helpers import GraphLab, graph\n"
SMALL = SETUP + "lab = GraphLab(graph.two_paths())\nlab"
LARGE = SETUP + "large = GraphLab(graph.worked_example())\nlarge"


@pytest.fixture(scope="module")
def both(open_page):
    """The small lab above the large one, opened once."""
    with open_page("graphs.ipynb", SMALL, LARGE, labs=2) as page:
        yield page


@pytest.fixture
def labs(both):
    both.begin("lab.reset(); large.reset()")
    both.wait("document.querySelector('.bp-across [data-node=w]').ariaChecked === 'true'")
    both.wait("document.querySelector('.bp-across [data-value=w]').textContent === '0.50'")
    both.wait("document.querySelector('[data-slider=w] input').value === '0.40'")
    yield both
    both.untroubled()


def wanted(graph, name="w", by=0.1, **inputs) -> dict[str, str]:
    """Every number of the picture, as Python writes it."""
    g, d = graph.at(**inputs), graph_text.places(graph)
    found = {f"value {n}": graph_text.shown_value(g, n, v) for n, v in g.nudged(name, by).items()}
    found |= {f"slope {n}": graph_text.trimmed(v, d["slope"]) for n, v in g.slopes.items()}
    return found | {
        f"local {a}>{b}": graph_text.trimmed(v, d["local"]) for (a, b), v in g.local.items()
    }


def numbers(page, n=0) -> dict[str, str]:
    return page.lab(n).evaluate(
        """e => Object.fromEntries(['value', 'slope', 'local'].flatMap(key =>
          [...e.querySelectorAll(`.bp-across [data-${key}]`)]
            .map(t => [`${key} ${t.dataset[key]}`, t.textContent])))"""
    )


def node(page, name, n=0):
    return page.lab(n).locator(f'.bp-across [data-node="{name}"]')


def read(page, n=0) -> dict[str, str]:
    return page.lab(n).evaluate(
        """e => Object.fromEntries(['moved', 'change', 'predicted', 'difference'].flatMap(k =>
          ['value', 'note'].map(p =>
            [`${k} ${p}`, e.querySelector(`.bp-${k} .bp-${p}`).textContent])))"""
    )


def paths(page, n=0) -> list[str]:
    return page.lab(n).evaluate(
        """e => [...e.querySelector('.bp-pathlist:not(.bp-off)').children]
          .map(r => r.innerText.replace(/\\s+/g, ' ').trim())"""
    )


def test_at_its_start_it_shows_what_python_computes(labs):
    assert numbers(labs) == wanted(two_paths())
    assert numbers(labs, 1) == wanted(worked_example(), "w1")
    assert read(labs) == {
        "moved value": "+0.10",
        "moved note": "from 0.40 to 0.50",
        "change value": "+0.2100",
        "change note": "",
        "predicted value": "+0.2000",
        "predicted note": "nudge × slope = 0.10 × 2.00",
        "difference value": "+0.0100",
        "difference note": "",
    }
    assert paths(labs) == ["w → s → E 0.80 × 1.00 = 0.80", "w → p → E 1.20 × 1.00 = 1.20",
                           "dE/dw = 0.80 + 1.20 = 2.00"]  # fmt: skip
    assert paths(labs, 1)[-1] == "dE/dw1 = 0.0006684 + (−0.0002298) = 0.0004386"
    assert labs.lab().locator(".bp-across .bp-lit").get_attribute("data-paths") == "w"


def test_the_keyboard_reaches_every_node_and_chooses_it(labs):
    page, keys = labs, labs.page.keyboard
    graph = two_paths()
    node(page, "w").focus()
    order = ["w", "x", "s", "p", "E"]  # from left to right, from top to bottom
    for before, name in zip(order, order[1:] + order[:1]):
        keys.press("ArrowRight")
        assert node(page, name).evaluate("e => document.activeElement === e")
        assert node(page, name).get_attribute("aria-checked") == "true"
        assert node(page, before).get_attribute("aria-checked") == "false"
        assert node(page, before).get_attribute("tabindex") == "-1"
        assert numbers(page) == wanted(graph, name)
        assert page.lab().locator(".bp-across .bp-lit").get_attribute("data-paths") == name
        on = page.lab().evaluate(
            "e => [...e.querySelectorAll('.bp-across .bp-on')].map(b => b.dataset.node)"
        )
        assert set(on) == {n for p in graph.paths(name) for n in p.nodes}
    keys.press("End")
    assert node(page, "E").get_attribute("aria-checked") == "true"
    keys.press("ArrowUp")
    keys.press("Enter")
    assert paths(page) == ["p → E 1.00", "dE/dp = 1.00"]
    page.wait("document.querySelector('output').textContent.startsWith('p is chosen; one path')")
    page.wait_python("lab.chosen == 'p' and lab.nudge == 0.1")
    assert node(page, "p").get_attribute("aria-label") == "p, value 0.5800, slope 1.00"
    keys.press("Tab")  # one stop for all nodes; the next one is the nudge
    assert page.field("nudge").evaluate("e => document.activeElement === e")
    assert page.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == 0


def test_a_click_chooses(labs):
    node(labs, "s").click()
    assert node(labs, "s").get_attribute("aria-checked") == "true"
    assert numbers(labs) == wanted(two_paths(), "s")
    labs.python("lab.choose('x')")
    labs.wait("document.querySelector('.bp-across [data-node=x]').ariaChecked === 'true'")
    assert numbers(labs) == wanted(two_paths(), "x")


def test_the_nudge_moves_what_comes_after(labs):
    page, slider = labs, labs.slider("nudge")
    slider.focus()
    for key, by in (("End", 1), ("ArrowLeft", 0.99), ("Home", -1), ("PageUp", -0.8)):
        page.page.keyboard.press(key)
        assert float(slider.input_value()) == by
        assert numbers(page) == wanted(two_paths(), "w", by)
        difference = diagram.number(by**2, 4)
        assert read(page)["difference value"] == f"+{difference}"
    assert slider.evaluate("e => document.activeElement === e")
    page.wait_python("lab.nudge == -0.8")
    # The points of the plot stand where the numbers say, the curve goes through its own.
    gap = (
        page.lab()
        .locator(".bp-plot")
        .evaluate(
            """e => {
          const at = (c) => [...e.querySelector(`[data-c=${c}]`).getAttribute('points').split(' ')]
            .map(s => s.split(',').map(Number));
          const near = (c, line) => {
            const p = e.querySelector(`[data-c=${c}]`);
            const [x, y] = [+p.getAttribute('cx'), +p.getAttribute('cy')];
            return Math.min(...at(line).map(([a, b]) => Math.hypot(a - x, b - y)));
          };
          return [near('point', 'curve'), near('aim', 'tangent')];
        }"""
        )
    )
    assert max(gap) < 0.2


def test_typed_nudges(labs):
    page = labs

    def enter(text):
        field = page.field("nudge")
        field.fill(text)
        field.press("Enter")

    enter("0.001")  # finer than the slider's steps: Python computes it
    page.wait("document.querySelector('.bp-difference .bp-value').textContent === '+0.000001'")
    assert read(page)["change value"] == "+0.002001"
    page.wait_python("lab.nudge == 0.001")
    enter("2")
    page.wait("document.querySelector('output').textContent.includes('from \u22121 to 1')")
    assert read(page)["change value"] == "+0.002001"
    page.field("nudge").press("Escape")
    assert page.field("nudge").input_value() == "0.001"
    node(page, "s").click()  # another node, the same fine nudge
    page.wait("document.querySelector('.bp-across [data-node=s]').ariaChecked === 'true'")
    page.wait("document.querySelector('.bp-change .bp-value').textContent === '+0.0010'")
    page.wait_python("(lab.chosen, lab.nudge) == ('s', 0.001)")


def test_inputs_move_everything_and_the_plot_follows(labs):
    page = labs
    page.slider("w").focus()
    page.page.keyboard.press("PageUp")
    moved = float(page.slider("w").input_value())
    assert moved > 0.4
    assert numbers(page) == wanted(two_paths(), w=moved)
    assert paths(page)[0].startswith(f"w → s → E {graph_text.trimmed(2 * moved, 4)} × 1.00")
    page.wait("!document.querySelector('.bp-plot .bp-stale')")
    page.wait_python(f"lab.graph.inputs['w'] == {moved}")
    high = (moved + 1) ** 2 + 1.2 * (moved + 1)
    high = graph_text.trimmed(high, 4)
    page.wait(f"document.querySelector('.bp-plot [data-c=high]').textContent === {high!r}")
    page.lab().get_by_role("button", name="Reset").click()
    page.wait("document.querySelector('.bp-across [data-value=w]').textContent === '0.50'")
    assert numbers(page) == wanted(two_paths())


RECORD = """
() => {
  const lab = document.querySelector('.bp-lab');
  const text = (s) => lab.querySelector(s).textContent;
  window.seen = [];
  const look = () => {
    const chosen = lab.querySelector('.bp-across [aria-checked=true]');
    const value = chosen.querySelector('[data-value]').textContent;
    seen.push([value, text('.bp-across [data-value=E]'), text('.bp-change .bp-value'),
      chosen.dataset.node]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


def test_far_kernel_no_wait_for_another_node_or_nudge(open_page):
    """200 ms on every kernel message: choosing and nudging answer in the same frame."""
    with open_page("far_graph.ipynb", SMALL, delay=200) as page:
        assert page.python("print(1)") == "1"
        page.page.evaluate(RECORD)
        graph = two_paths()
        node(page, "w").focus()
        for name in ("x", "s", "p"):
            page.page.keyboard.press("ArrowRight")
            assert numbers(page) == wanted(graph, name)
        page.slider("nudge").focus()
        for k in range(1, 15):
            page.page.keyboard.press("ArrowRight")
            assert numbers(page) == wanted(graph, "p", round(0.1 + k / 100, 10))
        page.wait_python("lab.chosen == 'p' and lab.nudge == 0.24")
        seen = {tuple(s) for s in page.page.evaluate("window.seen")}
        for value, output, change, name in seen:  # in every frame the numbers belonged together
            by = float(value) - graph.values[name]
            g = graph.nudged(name, round(by, 4))
            assert output == diagram.number(g["E"], 4)
            assert float(change) == pytest.approx(g["E"] - 0.64, abs=1e-6)
        page.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.shutdown()"
        )
        node(page, "p").focus()  # a lab whose Python is gone still chooses and nudges
        page.page.keyboard.press("ArrowLeft")
        assert numbers(page) == wanted(graph, "s", 0.24)


def test_a_key_press_is_in_the_next_frames(labs):
    """A generous guard; `latency.py` measures in earnest."""
    assert np.median(labs.key_times("nudge", ".bp-change .bp-value")) < 100


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 450), (420, 900), (360, 640)])
def test_nothing_is_clipped_or_covered(labs, width, height, n):
    """At desktop size, at 200 % zoom of it, and on a phone."""
    labs.resize(width, height)
    lab = labs.lab(n)
    assert lab.evaluate("e => e.scrollWidth <= e.clientWidth")
    clipped = lab.evaluate(
        "e => [...e.querySelectorAll('.bp-panel, .bp-readout, .bp-pathlists, .bp-row, input')]"
        ".filter(c => c.scrollWidth > c.clientWidth)"
        ".map(c => [c.className || c.ariaLabel, c.scrollWidth, c.clientWidth])"
    )
    assert clipped == []
    # one of the two ways to draw the graph, and the plot
    pictures = lab.locator(".bp-picture svg:visible, .bp-plot svg:visible")
    assert pictures.count() == 2
    assert_legible(lab, ".bp-picture svg, .bp-plot svg", shared=0.25, slack=1)


def test_the_turned_picture_takes_the_keyboard_too(labs):
    labs.resize(700, 900)
    turned = labs.lab(1).locator(".bp-down")
    turned.locator("[aria-checked=true]").focus()
    labs.page.keyboard.press("ArrowDown")
    assert turned.locator("[aria-checked=true]").get_attribute("data-node") == "z_h1"
    value = turned.locator('[data-value="h1"]').text_content()
    assert value == wanted(worked_example(), "z_h1")["value h1"]


def test_an_exported_lab_works_without_a_kernel(open_exported, tmp_path):
    page = open_exported(executed(tmp_path, SMALL))
    graph = two_paths()
    assert numbers(page) == wanted(graph)
    page.slider("nudge").focus()
    page.page.keyboard.press("End")
    assert numbers(page) == wanted(graph, "w", 1)
    node(page, "x").click()
    assert numbers(page) == wanted(graph, "x", 1)
    page.slider("w").focus()
    page.page.keyboard.press("Home")
    low = float(page.slider("w").input_value())
    assert numbers(page) == wanted(graph, w=low)  # node and nudge have gone back
    page.lab().get_by_role("button", name="Reset").click()
    assert numbers(page) == wanted(graph)
