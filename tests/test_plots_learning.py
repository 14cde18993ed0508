"""The learning curves show the errors of the history, and nothing else."""

import numpy as np
import pytest

from helpers import examples, plots, train


@pytest.fixture(scope="module")
def runs():
    net, x, t = examples.worked()
    return {
        name: train(net.copy(), x, t, eta=0.5, epochs=300, biases=name)
        for name in ("frozen", "separate")
    }


def test_the_curves_are_the_errors(runs):
    chart = plots.learning(runs).chart
    for line, run in zip(chart.lines, runs.values(), strict=True):
        steps = np.round(10**line.x).astype(int)
        assert steps[0] == 1
        assert steps[-1] == 300
        assert np.allclose(10**line.y, np.array(run.E)[steps], rtol=1e-12)
        assert len(steps) > 50


def test_every_tick_has_its_name(runs):
    chart = plots.learning(runs).chart
    assert chart.xnames == ("1", "10", "100", "1,000")
    assert chart.ynames == ("10⁻³", "10⁻²", "10⁻¹", "1")
    assert [line.dashed for line in chart.lines] == [False, True]


def test_words_and_labels(runs):
    figure = plots.learning({"biases frozen": runs["frozen"]})
    assert "biases frozen: from 0.291 after step 1 to" in figure.alt
    assert "after step 300" in figure.alt
    assert figure.chart.points[0].label == "biases frozen"


def test_on_an_ax(runs):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    ax = pyplot.figure().subplots()
    assert plots.learning(runs, ax=ax) is ax
    assert ax.get_xticklabels()[3].get_text() == "1,000"
    pyplot.close(ax.figure)


def test_what_cannot_be_drawn(runs):
    with pytest.raises(ValueError, match="one run or two"):
        plots.learning({})
    run = runs["frozen"]
    short = type(run)(run.sizes, [0], [0.1], [])
    with pytest.raises(ValueError, match="needs a step"):
        plots.learning({"short": short})
