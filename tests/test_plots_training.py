"""The training pictures show the run and the network, and nothing else."""

import re
import zlib
from base64 import b64decode

import numpy as np
import pytest

from helpers import Network, examples, plots, style, train
from helpers.plots import plane

X, T = examples.xor().x, examples.xor().t


@pytest.fixture(scope="module")
def trained():
    net = Network.random((2, 4, 1), 3)
    return net, train(net, X, T, eta=5.0, epochs=2000, stop_below=0.01)


def test_the_curve_is_the_error_of_the_run(trained):
    _, run = trained
    chart = plots.training(run, 0.01).chart
    curve, threshold = chart.lines
    E = dict(zip(run.updates, run.E))
    assert (curve.x[0], curve.x[-1]) == (0, run.updates[-1])
    assert 10**curve.y == pytest.approx([E[n] for n in curve.x.astype(int)], rel=1e-12)
    assert 10**curve.y.max() == pytest.approx(max(run.E))
    assert 10 ** threshold.y[0] == pytest.approx(0.01)
    assert threshold.label == "stop below 0.01"


def test_ticks_are_round(trained):
    _, run = trained
    chart = plots.training(run, 0.01).chart
    assert chart.xticks[0] == 0
    assert chart.xticks[-1] >= run.updates[-1]
    assert [10**y for y in chart.yticks] == pytest.approx([float(name) for name in chart.ynames])
    assert 3 <= len(chart.yticks) <= 7


def test_words_of_a_run(trained):
    _, run = trained
    figure = plots.training(run, 0.01)
    assert figure.caption == f"E is below 0.01 after {run.updates[-1]:,} updates."
    assert f"after {run.updates[-1]:,}." in figure.alt
    both = plots.training({"eta 5": run, "the same": run})
    assert both.caption.startswith("eta 5: E = 0.00")
    assert [line.dashed for line in both.chart.lines] == [False, True]


def test_a_run_that_diverged():
    net = Network.random((2, 2, 1), 0, hidden="identity", output="identity")
    run = train(net, X, T, eta=50, epochs=400)
    figure = plots.training(run)
    assert f"diverged after {run.updates[-1]:,} updates" in figure.caption
    assert (10 ** figure.chart.lines[0].y <= 1e6).all()


def test_what_cannot_be_drawn(trained):
    net, run = trained
    for bad in ({}, [run], dict.fromkeys("abcd", run)):
        with pytest.raises(ValueError, match="one to three runs"):
            plots.training(bad)
    with pytest.raises(ValueError, match="this one is 2-2-2"):
        plots.decision_boundary(*examples.worked())
    with pytest.raises(ValueError, match=r"got \(4, 2\) and \(3, 1\)"):
        plots.decision_boundary(net, X, T[:3])


def test_the_field_is_the_output(trained):
    net, _ = trained
    view = plane.plane_of(net, X, T)
    assert (view.x1, view.x2, view.y, view.level) == ((-0.5, 1.5), (-0.5, 1.5), (0, 1), 0.5)
    field = view.field(net)
    middles = -0.5 + 2 * (np.arange(plane.CELLS) + 0.5) / plane.CELLS
    for i, j in ((0, 0), (3, 20), (23, 11)):
        y = float(net.forward([middles[j], middles[plane.CELLS - 1 - i]]).y[0])
        assert field[i, j] == round(255 * y)


def test_the_line_parts_the_classes(trained):
    net, _ = trained
    view = plane.plane_of(net, X, T)
    points = np.concatenate(view.lines(net))
    assert net.forward(points).y == pytest.approx(0.5, abs=0.03)
    figure = plots.decision_boundary(net, X, T)
    assert "4 of 4 examples lie on their side" in figure.caption
    y = net.forward(X).y[:, 0]
    assert f"at (0, 1) y = {y[1]:.2f} for t = 1" in figure.alt
    path = re.search(r'data-c="boundary" d="M(\d+) (\d+)l', figure.svg)
    x, up = float(path[1]) / 10, float(path[2]) / 10
    start = [(x - plane.LEFT) / plane.SIDE * 2 - 0.5, 1.5 - (up - plane.TOP) / plane.SIDE * 2]
    assert net.forward(start).y[0] == pytest.approx(0.5, abs=0.03)


def test_the_image_holds_the_field():
    field = np.arange(plane.CELLS**2, dtype=np.uint16).reshape(plane.CELLS, -1).astype(np.uint8)
    png = b64decode(plane.picture_of(field).partition(",")[2])
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at = png.index(b"IDAT")
    size = int.from_bytes(png[at - 4 : at], "big")
    rows = zlib.decompress(png[at + 4 : at + 4 + size])
    pixels = np.frombuffer(rows, np.uint8).reshape(plane.CELLS, -1)[:, 1:].reshape(-1, 4)
    assert (pixels[:, 3] == np.rint(field.ravel() * plane.STRENGTH)).all()
    assert "#" + bytes(pixels[0, :3]).hex().upper() == style.COLOUR["output"]


def test_on_an_ax(trained):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    net, run = trained
    figure, (left, right) = pyplot.subplots(1, 2)
    assert plots.training(run, 0.01, ax=left) is left
    assert plots.decision_boundary(net, X, T, ax=right) is right
    assert right.get_xlim() == (-0.5, 1.5)
    assert len(right.lines) >= 5  # the line, and the four examples
    pyplot.close(figure)
