"""The picture of several runs shows their data."""

import numpy as np
import pytest

from helpers import Network, examples, plots, train


@pytest.fixture(scope="module")
def xor():
    _, x, t = examples.xor()
    net = Network.random((2, 3, 1), 1, loss="log")
    return net, x, t, train(net, x, t, eta=2, epochs=50)


def test_the_curves_are_the_errors(xor):
    *_, run = xor
    other = (range(0, 51, 10), [0.9, 0.5, 0.4, 0.2, 0.3, 0.35])
    first, second = plots.over_epochs({"one": run, "two": other}, "caption").chart.lines
    assert np.allclose(10**first.y, np.array(run.E)[first.x.astype(int)], rtol=1e-12)
    assert first.x[-1] == 50
    assert list(second.x) == list(other[0])
    assert np.allclose(10**second.y, other[1], rtol=1e-12)
    assert [first.dashed, second.dashed] == [False, True]


def test_the_words_tell_start_end_and_the_lowest_place(xor):
    figure = plots.over_epochs({"two": ([0, 20, 40], [0.9, 0.125, 0.5])}, "It turns.", log=False)
    assert figure.caption == "It turns."
    assert "two: from 0.900 to 0.500 after 40, lowest 0.125 after 20" in figure.alt
    assert figure.chart.lines[0].y[1] == 0.125


def test_labels_above_and_below(xor):
    *_, run = xor
    lines = plots.over_epochs({"one": run, "two": run}, "", above=["two"]).chart.lines
    assert [line.label_place[1] > 0 for line in lines] == [True, False]


@pytest.mark.parametrize("curves", [
    {}, dict.fromkeys("abcde", ([0, 1], [1, 1])), {"a": ([0], [1.0])},
    {"a": ([0, 1], [1.0, np.inf])}, {"a": ([0, 1], [1.0, 0.0])},
])
def test_what_cannot_be_drawn(curves):
    with pytest.raises(ValueError, match=r"runs|entries"):
        plots.over_epochs(curves, "")
