"""Every lab is for every reader: axe-core finds nothing, keys do everything, nothing runs over."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import widgets

from .reader import NEXT_FRAME

pytestmark = pytest.mark.browser

# Every lab of the book: the code that a reader writes. A test below keeps this list complete.
TABLE = {
    "ForwardLab": "ForwardLab(examples.schematic(), choose='u11')",
    "LossLab": "LossLab()",
    "EpsilonLab": "EpsilonLab()",
    "ShapesLab": "ShapesLab()",
    "GraphLab": "GraphLab(Graph({'w': 0.4, 'x': 1.5, 'b': -0.2}, {'p': ('multiply', 'w', 'x'),"
    " 'z': ('add', 'p', 'b'), 'h': ('sigmoid', 'z')}), choose='w')",
    "MomentumLab": "MomentumLab()",
    "RaceLab": "RaceLab()",
    "StepLab": "StepLab(examples.worked())",
    "PassLab": "PassLab(examples.worked())",
    "SliceLab": "SliceLab()",
    "TrainLab": "TrainLab()",
}
LABS = [name for name in TABLE if hasattr(widgets, name)]
THEMES = ("Light", "Dark")
SIZES = {"700 px": (700, 900, 1), "420 px": (420, 900, 1), "200 %": (700, 450, 2)}
SCRIPT = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")


def test_every_lab_is_in_the_table():
    labs = {name for name in widgets.__all__ if name.endswith("Lab")} - {"Lab"}
    assert labs == set(LABS)


@pytest.fixture(scope="module")
def all_labs(open_page):
    """One page with every lab of the book."""
    imports = f"from helpers import Graph, examples\nfrom helpers.widgets import {', '.join(LABS)}"
    imports = imports if "GraphLab" in LABS else imports.replace("Graph, ", "")
    cells = [f"{name.lower()} = {TABLE[name]}\n{name.lower()}" for name in LABS]
    page = open_page("all_labs.ipynb", imports, *cells, labs=len(LABS))
    page.page.evaluate(SCRIPT)
    yield page
    page.page.context.close()


@pytest.fixture(scope="module", params=THEMES)
def theme(request, all_labs):
    all_labs.page.evaluate(
        "(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})",
        f"JupyterLab {request.param}",
    )
    light = "true" if request.param == "Light" else "false"
    all_labs.wait(f"document.body.dataset.jpThemeLight === '{light}'")
    all_labs.page.evaluate(NEXT_FRAME)
    return request.param


@pytest.fixture(params=LABS)
def lab(request, all_labs):
    """One lab at its start, in a wide window, as an element."""
    all_labs.page.set_viewport_size({"width": 1400, "height": 900})
    all_labs.python(f"{request.param.lower()}.reset()")
    all_labs.page.evaluate(NEXT_FRAME)
    yield all_labs.lab(LABS.index(request.param))
    troubles, all_labs.troubles[:] = list(all_labs.troubles), []
    assert troubles == []


def violations(axe, page, lab, rules) -> list[str]:
    """What axe-core finds in this lab, and colours of which it cannot be sure."""
    lab.evaluate("(e) => e.setAttribute('data-under-test', '')")
    try:
        found = axe.run(page, context="[data-under-test]", options=rules).response
    finally:
        lab.evaluate("(e) => e.removeAttribute('data-under-test')")
    assert found["passes"]
    unsure = [rule for rule in found["incomplete"] if rule["id"] == "color-contrast"]
    return [
        f"{rule['id']} at {' '.join(node['target'])}: {node['failureSummary']}"
        for rule in (*found["violations"], *unsure)
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing(axe, all_labs, theme, lab):
    """Every rule; in the other theme nothing but colours is another."""
    rules = {} if theme == THEMES[0] else {"runOnly": ["color-contrast"]}
    assert violations(axe, all_labs.page, lab, rules) == []
    field = lab.locator("input[type=text]").first
    if field.count():
        field.fill("nonsense")
        field.press("Enter")
        assert field.get_attribute("aria-invalid") == "true"
        assert violations(axe, all_labs.page, lab, rules) == []
        field.press("Escape")


def test_letters_in_pictures_stand_out(all_labs, theme, lab):
    assert lab.evaluate("(e) => a11y.faintLetters(e, 4.5)") == []


def test_tab_reaches_every_control_and_shows_where_it_is(all_labs, theme, lab):
    keys = all_labs.page.keyboard
    walk = lab.evaluate_handle("(e) => a11y.walk(e)")
    labels = walk.evaluate("(w) => w.labels")
    try:
        for _ in range(len(labels) + 1):
            keys.press("Tab")
            if walk.evaluate("(w) => w.left()"):
                break
        assert walk.evaluate("(w) => w.left()"), "the focus does not come out of the lab"
        stops = walk.evaluate("(w) => w.stops")
    finally:
        walk.evaluate("(w) => w.end()")
    reached = {at for stop in stops for at in stop["stands"]}
    assert [labels[i] for i in range(len(labels)) if i not in reached] == []
    assert [stop["at"] for stop in stops] == sorted(stop["at"] for stop in stops)
    assert [stop["label"] for stop in stops if not stop["shows"] or stop["covered"]] == []
    assert [stop["label"] for stop in stops if stop["ring"] and stop["ring"] < 3] == []


@pytest.mark.thorough
def test_every_control_works_with_keys(all_labs, lab):
    """Something changes at each; at a second try for those that have nothing to do at first."""
    controls = lab.evaluate_handle("(e) => a11y.controls(e)").get_properties().values()
    idle = [c for c in controls if not used(all_labs, lab, c.as_element(), within=1)]
    nothing = [c for c in reversed(idle) if not used(all_labs, lab, c.as_element(), within=15)]
    assert [c.evaluate("(e) => a11y.label(e)") for c in nothing] == []


def used(page, lab, control, within: float) -> bool:
    """Use this control with keys. Has anything changed elsewhere in the lab within these seconds?

    What a choice from a list changes may show later, so there it is the choice itself.
    """
    if not control.evaluate("(e) => e.isConnected && !e.disabled && e.tabIndex >= 0"):
        return True
    keys = page.page.keyboard
    kind = control.evaluate("(e) => e.type || e.getAttribute('role')")
    watched = lab.evaluate_handle("(lab, e) => a11y.watch(lab, e)", control)
    control.focus()
    if kind == "range":
        keys.press(control.evaluate("(e) => (e.value === e.max ? 'ArrowLeft' : 'ArrowRight')"))
    elif kind == "text":
        keys.press("ControlOrMeta+A")
        keys.type(control.evaluate("(e) => (Number(e.value) === 0.3 ? '0.4' : '0.3')"))
        keys.press("Enter")
    elif kind in ("radio", "checkbox", "select-one"):
        keys.press("Space" if kind == "checkbox" else "ArrowDown")
    else:
        keys.press("Enter")
    from playwright.sync_api import TimeoutError as TookLonger

    try:
        page.page.wait_for_function("(w) => w.changed()", arg=watched, timeout=1000 * within)
    except TookLonger:
        return False
    finally:
        watched.evaluate("(w) => w.observer.disconnect()")
    return True


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_over_the_side(all_labs, lab, size):
    width, height, scale = SIZES[size]
    session = all_labs.page.context.new_cdp_session(all_labs.page)
    metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", metrics)
    try:
        all_labs.page.evaluate(NEXT_FRAME)
        assert all_labs.page.evaluate("[innerWidth, devicePixelRatio]") == [width, scale]
        assert lab.evaluate("(e) => a11y.wide(e)") == []
    finally:
        session.send("Emulation.clearDeviceMetricsOverride")
        session.detach()


@pytest.mark.thorough
def test_no_motion_for_those_who_ask_for_none(all_labs, lab):
    all_labs.page.emulate_media(reduced_motion="reduce")
    try:
        slider = lab.get_by_role("slider").first
        slider.focus()
        all_labs.page.keyboard.press("ArrowRight")
        running = "(e) => e.getAnimations({subtree: true}).map((a) => a.transitionProperty || a.id)"
        assert lab.evaluate(running) == []
        durations = (
            "(e) => [...new Set([e, ...e.querySelectorAll('*')].flatMap((x) =>"
            " [getComputedStyle(x).transitionDuration, getComputedStyle(x).animationName]))]"
        )
        assert set(lab.evaluate(durations)) <= {"0s", "none"}
    finally:
        all_labs.page.emulate_media(reduced_motion=None)
