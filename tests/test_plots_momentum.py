"""The figures of momentum show the numbers of `quadratic` and `train`, and say so in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import plots, quadratic
from helpers.plots import momentum_paths, momentum_plane


def points(svg, mark, value):
    """The points of the element whose data-`mark` is this, in the picture's units."""
    for node in ElementTree.fromstring(svg).iter():
        if node.get(f"data-{mark}") == value:
            return np.array([[float(v) for v in p.split(",")] for p in node.get("points").split()])
    raise AssertionError(value)


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_edges_of_the_bands_have_the_factor_they_name(nesterov):
    figure = plots.rates((1, 10), nesterov=nesterov)
    m = momentum_plane
    levels = re.findall(r'data-level="([\d.]+)"', figure.svg)
    assert levels[:4] == ["1", "0.95", "0.9", "0.8"]
    for level in levels:
        edge = points(figure.svg, "level", level)
        eta = (edge[:, 0] - m.LEFT) / (m.RIGHT - m.LEFT) * figure.plane.farthest
        mu = (m.BOTTOM - edge[:, 1]) / (m.BOTTOM - m.TOP)
        inside = (eta > 0.002) & (mu > 0.004) & (mu < 0.995)
        factor = quadratic.factor((1, 10), eta, np.clip(mu, 0, 1), nesterov)[inside]
        near = np.abs(factor - float(level)) < 0.02
        assert near.mean() > 0.95, level  # where two roots meet, a tenth of a unit is a lot
    best = quadratic.best((1, 10), nesterov)
    assert f"factor {best[2]:.4f}" in figure.alt


def test_a_point_is_marked_and_named():
    figure = plots.rates((1, 10), 0.2, 0.9)
    assert "eta = 0.2, mu = 0.9 has factor 0.9487: 10 times closer every 44 steps" in figure.alt
    x, y = figure.plane.at(0.2, 0.9)
    assert f'data-c="point" transform="translate({x:.1f} {y:.1f})"' in figure.svg
    assert 'data-c="point"' not in plots.rates((1, 10)).svg


def test_the_paths_are_the_iteration():
    figure = plots.trajectories(0.1, 0.5, (1, 10))
    m = momentum_paths
    for who, mu in (("momentum", 0.5), ("plain", 0.0)):
        drawn = points(figure.svg, "c", who)
        w = np.stack([(drawn[:, 0] - m.MIDDLE[0]), (m.MIDDLE[1] - drawn[:, 1])], 1) / m.SCALE
        path = quadratic.iterate((1, 10), (1, 1), 0.1, mu, m.STEPS)
        np.testing.assert_allclose(w, path, atol=0.051 / m.SCALE)
        fall = points(figure.svg, "c", f"{who}-fall")
        left, right, top, bottom = m.FALL
        steps = (fall[:, 0] - left) / (right - left) * m.FAR
        far = quadratic.iterate((1, 10), (1, 1), 0.1, mu, m.FAR)[:: m.EVERY]
        np.testing.assert_allclose(steps, np.arange(0, m.FAR + 1, m.EVERY), atol=0.02)
        height = (m.HIGHEST - m.LOWEST) / (bottom - top)
        logs = m.HIGHEST - (fall[:, 1] - top) * height
        np.testing.assert_allclose(logs, np.log10(np.linalg.norm(far, axis=1)), atol=0.06 * height)


@pytest.mark.parametrize(
    ("eta", "mu", "words"),
    [
        (0.18, 0.3, "arrives sooner: it comes 10 times closer every 6 steps, plain descent every"),
        (0.2, 0.9, "arrives sooner: it comes 10 times closer every 44 steps, plain descent never."),
        (0.15, 0.99, "only makes detours"),
        (0.41, 0.9, "leaves the valley"),
    ],
)
def test_the_caption_says_what_is_seen(eta, mu, words):
    figure = plots.trajectories(eta, mu)
    assert words in figure.caption
    sooner = figure.runs.factor("momentum") < figure.runs.factor("plain")
    assert sooner == words.startswith("arrives sooner") or eta > 0.2


def test_the_race_is_the_histories():
    figure = plots.race(epochs=60)
    for line, run in zip(figure.chart.lines, figure.race.runs.values(), strict=True):
        steps = np.round(10 ** line.x[1:]).astype(int)
        np.testing.assert_allclose(10 ** line.y[1:], np.array(run.E)[steps], rtol=1e-12)
        assert steps[-1] == 60
    assert "after 60 updates" in figure.alt.lower()
    assert "60" in figure.caption


def test_on_an_ax():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    ax = pyplot.figure().subplots()
    assert plots.race(epochs=20, ax=ax) is ax
    assert len(ax.lines) == 3
    pyplot.close(ax.figure)


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="both eta and mu"):
        plots.rates((1, 10), eta=0.2)
    with pytest.raises(ValueError, match=r"between 0 and 0\.42"):
        plots.trajectories(eta=0.5)
    with pytest.raises(ValueError, match="two curvatures"):
        plots.rates((1, 2, 3))
    with pytest.raises(ValueError, match="Give an example"):
        plots.race(7)
