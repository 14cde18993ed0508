"""The pictures of momentum on a curve show the numbers of the runs, and nothing else."""

import numpy as np
import pytest

from helpers import plots, quadratic

PATH = quadratic.iterate([1.0], [1.0], 0.2, 0.9, 20)[:, 0]


def test_the_two_arrows_of_each_step_lead_to_its_end():
    chart = plots.carried_steps(0.2, 0.9, steps=5).chart
    ends = [point.x for point in chart.points]
    assert np.allclose(ends, PATH[1:6], rtol=1e-12)
    pulls = [arrow for arrow in chart.arrows if arrow.colour == "gradient"]
    assert np.allclose([a.x1 - a.x0 for a in pulls], -0.2 * PATH[:5], rtol=1e-9)
    carried = [arrow for arrow in chart.arrows if arrow.colour == "velocity"]
    assert np.allclose([a.x1 - a.x0 for a in carried], 0.9 * np.diff(PATH[:5]), rtol=1e-9)
    assert "0.8000, 0.4600, 0.0620, −0.3086" in plots.carried_steps(0.2, 0.9, 4).alt


def test_the_lines_are_the_runs():
    plain = quadratic.iterate([1.0], [1.0], 0.2, 0.0, 20)[:, 0]
    shown = plots.runs({"plain": plain, "fast": PATH}, at=(2, 7), marks={"end": 0.5})
    mark, *lines = shown.chart.lines
    assert list(mark.y) == [0.5, 0.5]
    for line, path, label in zip(lines, (plain, PATH), ("plain", "fast"), strict=True):
        assert np.array_equal(line.y, path)
        assert np.array_equal(line.x, np.arange(21))
        assert line.label == label
    assert [line.dashed for line in lines] == [True, False]
    assert "fast goes from 1.00, −0.71 at the lowest" in shown.alt


def test_several_pictures_in_one_figure():
    pictures = {"a": {"one": PATH}, "b": {"two": PATH[:9], "three": PATH}}
    figure = plots.runs_side_by_side(pictures, {"a": (3,), "b": (4, 5)}, "Two pictures.")
    assert len(figure.parts) == 2
    assert "“a”: one goes from" in figure.alt
    assert "after 8 steps" in figure.alt


def test_a_curve_with_its_starts():
    chart = plots.curve_with_starts(np.square, -2, 2, {"here": 1.5}, {"valley": 0.0}).chart
    assert np.allclose(chart.lines[0].y, chart.lines[0].x ** 2)
    assert (chart.points[0].x, chart.points[0].y) == (1.5, 2.25)
    assert chart.lines[1].label == "valley"


def test_on_an_ax():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    ax = pyplot.figure().subplots()
    assert plots.runs({"fast": PATH}, at=(3,), ax=ax) is ax
    assert np.array_equal(ax.lines[0].get_ydata(), PATH)
    pyplot.close(ax.figure)


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="at least one step"):
        plots.carried_steps(0.2, 0.9, steps=0)
    with pytest.raises(ValueError, match="one to three runs"):
        plots.runs({}, at=())
    with pytest.raises(ValueError, match="'bad' needs"):
        plots.runs({"bad": [1.0, np.inf]}, at=(1,))
