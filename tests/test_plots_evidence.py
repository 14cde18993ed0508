"""The picture of the evidence holds the museum's ratios, each in its place."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from helpers import plots
from helpers.mistakes import museum
from helpers.plots.evidence import shown


def texts(part):
    return re.findall(r">([^<>]+)</text>", part[0])


def test_every_ratio_is_shown_in_order():
    exhibit = museum.exhibit(5)
    (part,) = plots.evidence(exhibit).parts
    seen = texts(part)
    assert seen[:3] == ["exhibit 5", "dE_dW, one example", "dE_dU"]
    start = seen.index("y1") + 2
    assert seen[start : start + 12] == [
        "1", "1", "1", "h1", "−2.15", "−2.15", "h2", "−3.72", "−3.72", "h3", "2.15", "2.15",
    ]  # fmt: skip
    ratios = [shown(v) for layers in (exhibit.one, exhibit.four) for a in layers for v in a.flat]
    off = [text for text in seen if "." in text]
    assert off == [ratio for ratio in ratios if ratio != "1"]


def test_each_exhibit_has_a_picture_and_words():
    figure = plots.evidence(*(museum.exhibit(k) for k in range(1, 9)))
    assert len(figure.parts) == 8
    assert figure.alt.count("Exhibit") == 8
    start = "Exhibit 3, given divided by measured. With one example: dE_dW 1 1 1, 1 1 1"
    assert start in figure.alt
    assert "With four examples: dE_dW 4.00 4.00 4.00" in figure.alt


def test_a_bare_1_is_right():
    assert [shown(v) for v in (1, 1.004, 0.99, -1, 4)] == ["1", "1", "0.99", "−1.00", "4.00"]


def test_another_network_is_refused():
    other = SimpleNamespace(number=1, one=[np.ones((3, 2)), np.ones((3, 2))], four=[])
    with pytest.raises(ValueError, match="2-3-2"):
        plots.evidence(other)
