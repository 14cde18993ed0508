"""The forward lab without a browser: its sweeps, its link to Python, its messages, its words."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from sweeps import look_up

from helpers import diagram, examples, widgets
from helpers.network import Network
from helpers.widgets import ForwardLab, lab, sweep
from helpers.widgets.lab import scoped, style_sheet


def net_of(*sizes, **names):
    return Network.random(sizes, seed=3, **names)


NETS = [
    examples.worked().net,
    examples.schematic().net,
    net_of(2, 3, 1, hidden="tanh", output="identity"),
    net_of(3, 2, 2, hidden="relu", loss="log"),
    net_of(2, 2, 3, output="softmax", loss="cross-entropy"),
    net_of(2, 2),
    net_of(1, 2, 2, 2),
]


def lab_of(net):
    """A lab on this network with some input and a target that its loss takes."""
    x = np.linspace(-0.7, 0.8, net.sizes[0])
    t = np.eye(net.sizes[-1])[0]
    names = None
    if len(net.sizes) != 3:
        names = {
            f"w{l}_{row}{col}": ((l, row, col),) for l, row, col in diagram.all_lines(net.sizes)
        }
    return ForwardLab(net, x, t, names)


def by_network(a_lab, settings) -> np.ndarray:
    """What `Network` computes for one row of settings, in the order of the lab's quantities."""
    a_lab.set(**dict(zip(a_lab.values, settings)))
    values = diagram.values_of(a_lab.network, a_lab.x, a_lab.t)
    return np.array([values[name] for name, _ in a_lab.quantities()])


@pytest.mark.parametrize("net", NETS, ids=lambda net: "-".join(map(str, net.sizes)))
def test_the_vectorised_pass_equals_the_canonical_one(net):
    a_lab = lab_of(net)
    rng = np.random.default_rng(0)
    settings = rng.uniform(0, 1, (6, len(a_lab.values)))
    found = a_lab.evaluate(settings)
    for row, numbers in zip(settings, found):
        assert numbers == pytest.approx(by_network(a_lab, row), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("example", [examples.worked(), examples.schematic()], ids=["222", "232"])
def test_a_sweep_holds_every_shown_digit(example):
    a_lab = ForwardLab(example)
    found, names = a_lab.sweep, list(a_lab.values)
    places = [p for _, p in a_lab.quantities()]
    rng = np.random.default_rng(1)
    for i, name in enumerate(names):
        for k in (0, found["rows"][i]["steps"], int(rng.integers(found["rows"][i]["steps"]))):
            value = found["rows"][i]["low"] + k * found["rows"][i]["step"]
            settings = np.array([[*a_lab.values.values()]])
            settings[0, i] = round(value, 10)
            exact = a_lab.evaluate(settings)[0]
            for shown, true, p in zip(look_up(found, i, k), exact, places):
                assert diagram.number(shown, p) == diagram.number(true, p), (name, k)


def test_a_weight_of_the_output_moves_only_its_own_output():
    a_lab = ForwardLab(examples.schematic())
    names = [n for n, _ in a_lab.quantities()]
    row = a_lab.sweep["rows"][list(a_lab.values).index("u11")]
    assert [names[q] for q in row["moves"]] == ["z2_1", "h2_1", "e1", "E"]
    row = a_lab.sweep["rows"][list(a_lab.values).index("t2")]
    assert [names[q] for q in row["moves"]] == ["e2", "E"]


def test_python_moves_sliders_and_sliders_move_python():
    example = examples.worked()
    a_lab = ForwardLab(example)
    seen = []
    a_lab.observe(lambda change: seen.append(change["new"]), "E")
    before = a_lab.sweep["version"]
    a_lab.set("w5", 0.3)
    assert a_lab.network.U[1, 0] == 0.3
    assert example.net.U[1, 0] == 0.40  # the lab has a copy
    assert a_lab.E == seen[-1] == a_lab.network.error(a_lab.x, a_lab.t)
    assert a_lab.sweep["version"] == before + 1
    a_lab.set(b1=0.5)  # shared by both units
    assert list(a_lab.network.W[0]) == [0.5, 0.5]
    a_lab.x = [0.2, 0.4]
    a_lab.t = [0, 1]
    assert (a_lab.values["x2"], a_lab.values["t1"]) == (0.4, 0.0)
    assert a_lab.E == pytest.approx(a_lab.network.error([0.2, 0.4], [0, 1]), rel=1e-15)
    a_lab.reset()
    assert a_lab.E == pytest.approx(0.298371108760003, rel=1e-12)
    a_lab.network.U[1, 0] = 1.5
    a_lab.refresh()
    assert a_lab.values["w5"] == 1.5
    trained = examples.worked().net
    trained.U[2, 1] = -1
    a_lab.network = trained
    assert (a_lab.values["w8"], a_lab.values["w5"]) == (-1, 0.40)
    assert a_lab.y == pytest.approx(trained.forward(a_lab.x).y)


def test_a_wrong_assignment_changes_nothing():
    a_lab = ForwardLab(examples.worked())
    with pytest.raises(ValueError, match=r"shape \(3,\)"):
        a_lab.x = [1, 2, 3]
    assert list(a_lab.x) == [0.05, 0.10]
    with pytest.raises(ValueError, match="No slider 'w9'"):
        a_lab.set(w5=1, w9=2)
    with pytest.raises(ValueError, match="w5 needs a number; got 'much'"):
        a_lab.set("w5", "much")
    with pytest.raises(ValueError, match="from -100 to 100"):
        a_lab.set("w5", float("nan"))
    with pytest.raises(ValueError, match="No slider"):
        a_lab.choose("w9")
    assert a_lab.values["w5"] == 0.40


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None,), "needs a Network or an example"),
        ((examples.worked().net,), r"ForwardLab\(net, x, t\)"),
        ((examples.xor(),), r"Choose it: x\[0\], t\[0\]"),
        ((net_of(8, 8, 2), np.zeros(8), np.zeros(2)), "needs 100 sliders; .* room for 48"),
        ((examples.worked().net, [1, 2], [1, 2], {"w1": ((0, 1, 0),)}), "one name"),
        ((examples.worked(), None, None, None, "w77"), "none of x1, x2"),
        ((examples.worked().net, [0.1, np.nan], [0, 1]), "nan"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        ForwardLab(*arguments)


def test_a_start_beyond_what_a_slider_takes_is_refused():
    """Reset could not go back to it."""
    example = examples.worked()
    with pytest.raises(ValueError, match="x1 takes numbers from -100 to 100; got 1000"):
        ForwardLab(example.net, [1000, 2], example.t)


def test_unequal_weights_cannot_share_a_name():
    example = examples.worked()
    example.net.W[0, 1] = 9
    with pytest.raises(ValueError, match="b1 names weights that are not equal"):
        ForwardLab(example)


@pytest.fixture
def talk():
    """A lab, and everything it sends as messages."""
    a_lab = ForwardLab(examples.worked())
    sent = []
    a_lab.send = lambda message, buffers=None: sent.append(message)
    return a_lab, sent


def test_messages(talk):
    a_lab, sent = talk
    values = [*a_lab.values.values()]
    at = list(a_lab.values).index("w5")
    a_lab._on_message(None, {"kind": "hello"}, None)
    assert sent.pop() == {"kind": "here"}
    version = a_lab.sweep["version"]
    values[at] = 0.9
    message = {"values": values, "number": 4, "client": "me", "chosen": "w6"}
    a_lab._on_message(None, {"kind": "move", **message}, None)
    assert sent.pop() == {"kind": "moved", "number": 4, "client": "me"}
    assert (a_lab.values["w5"], a_lab.sweep["version"]) == (0.9, version)
    a_lab._on_message(None, {"kind": "sweep", **message}, None)
    assert a_lab.sweep["values"][at] == 0.9
    assert [a_lab.sweep[k] for k in ("client", "number", "chosen")] == ["me", 4, "w6"]
    values[at] = 1e9
    a_lab._on_message(None, {"kind": "sweep", **message, "values": values}, None)
    assert sent.pop()["why"].startswith("w5 takes numbers from -100 to 100")
    assert a_lab.values["w5"] == 0.9
    a_lab._on_message(None, {"kind": "reset"}, None)
    assert a_lab.values["w5"] == 0.40


def test_a_range_follows_a_number_beyond_it():
    a_lab = ForwardLab(examples.worked())
    a_lab.set("w5", 7.5)
    row = a_lab.sweep["rows"][list(a_lab.values).index("w5")]
    assert (row["low"], row["steps"]) == (4.5, 600)
    a_lab.reset()
    assert a_lab.sweep["rows"][list(a_lab.values).index("w5")]["low"] == -3
    slider = sweep.in_range("w", "", 100, -3, 3)
    assert slider.grid()[-1] == 100


def test_a_cross_entropy_lab_has_no_target_sliders():
    a_lab = lab_of(NETS[4])
    assert not [name for name in a_lab.values if name.startswith("t")]
    assert a_lab.E == pytest.approx(a_lab.network.error(a_lab.x, a_lab.t))


def test_the_picture_and_the_words():
    bundles = [ForwardLab(examples.worked())._repr_mimebundle_()[0] for _ in range(2)]
    view = "application/vnd.jupyter.widget-view+json"
    for bundle in bundles:
        assert bundle.pop(view)["model_id"]
    assert bundles[0] == bundles[1]  # nothing in it but the state: no address, no counter
    bundle = bundles[0]
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert "y1 = 0.7514, y2 = 0.7729" in bundle["text/plain"]
    assert "E = 0.298371" in bundle["text/plain"]
    moved = ForwardLab(examples.worked())
    moved.set(x1=1)
    assert "x1 = 1.00" in repr(moved)
    assert ">1.00</text>" in moved._repr_mimebundle_()[0]["image/svg+xml"]


def test_the_figure_of_a_bundle_is_drawn_once(monkeypatch):
    """Its words and its picture are of one figure, and nothing of it is kept."""
    a_lab, drawn = lab_of(NETS[0]), []
    figure = ForwardLab.figure
    monkeypatch.setattr(ForwardLab, "figure", lambda self: drawn.append(1) or figure(self))
    bundle = a_lab._repr_mimebundle_()[0]
    assert drawn == [1]
    assert bundle["text/plain"] == str(a_lab) == figure(a_lab).alt
    a_lab.set(next(iter(a_lab.values)), 0.7)
    assert str(a_lab) == figure(a_lab).alt != bundle["text/plain"]


def test_the_browser_computes_nothing():
    """No formula of a network in JavaScript: no exponential, no power, no product of values."""
    for path in Path(lab.HERE).glob("*.js"):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"Math\.(exp|tanh|pow|log)|sigmoid|\*\*", code), path.name


def test_colours_come_from_style_alone():
    for path in (*Path(lab.HERE).glob("*.css"), *Path(lab.HERE).glob("*.js")):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")), path.name


def test_a_scale_is_a_slider_over_given_numbers():
    slider = sweep.scale("eta", "", [0.01, 0.1, 1.0])
    assert (slider.steps, slider.high, slider.holding(5.0)) == (2, 1.0, slider)
    assert list(slider.grid()) == [0.01, 0.1, 1.0]
    assert slider.checked("0.3") == 0.3
    with pytest.raises(ValueError, match=r"eta takes numbers from 0\.01 to 1"):
        slider.checked(2)


# Style sheets -------------------------------------------------------------------------------------


def test_the_rules_of_a_lab_hold_inside_it_only():
    css = (
        "/* .a { } */ .a, b:is(.c, .d) > i { margin: 0 }\n.bp-lab .e { color: red }\n"
        "@container (min-width: 1px) { .bp-mine.f { gap: 0 } .bp-mineral { gap: 1 } }"
    )
    assert " ".join(scoped(css, "bp-mine").split()) == (
        ".bp-mine .a, .bp-mine.a, .bp-mine b:is(.c, .d) > i { margin: 0 }"
        " .bp-lab.bp-mine .e { color: red } @container (min-width: 1px)"
        " { .bp-mine.f { gap: 0 } .bp-mine .bp-mineral, .bp-mine.bp-mineral { gap: 1 } }"
    )


@pytest.mark.parametrize("name", [n for n in widgets.__all__ if n not in ("ForwardLab", "Lab")])
def test_a_lab_styles_no_other(name):
    """Many labs may stand on one page, and so do their style sheets."""
    own = getattr(widgets, name)._css.split(style_sheet("lab.css"))[1]
    roots = [
        re.match(r"(?:\.bp-lab)?(\.bp-[a-z]+)", each.strip())[1]
        for selectors in re.findall(r"([^{}; \n][^{};]*)\{", own)
        if "@" not in selectors
        for each in re.split(r",(?![^()]*\))", selectors)
    ]
    assert len(roots) > 5
    assert len(set(roots)) == 1
    source = "".join(getattr(widgets, name)._esm)
    assert re.search(rf'"[^"]*{roots[0][1:]}[^"]*"', source)
