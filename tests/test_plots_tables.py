"""The picture of a batch's gradient as a sum of tables, tested on its data."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import examples, plots
from helpers.diagram import number


@pytest.fixture(scope="module")
def batch():
    net = examples.schematic().net
    rng = np.random.default_rng(3)
    p = net.forward(rng.uniform(-1, 1, (5, 2)))
    g = net.backward(p, rng.uniform(0, 1, (5, 2)))
    return p.h, p.delta_y, g.dE_dU


def test_the_tables_add_up_to_the_gradient(batch):
    h, delta_y, dE_dU = batch
    shown = plots.outer_sum(h, delta_y)
    for m, table in enumerate(shown.tables):
        assert np.array_equal(table, np.outer([1, *h[m]], delta_y[m]))
    assert shown.tables.mean(axis=0) == pytest.approx(dE_dU, rel=1e-12)
    assert shown.mean == pytest.approx(dE_dU, rel=1e-12)


def test_every_entry_is_shown_and_negative_ones_are_dashed(batch):
    h, delta_y, _ = batch
    shown = plots.outer_sum(h, delta_y)
    svg = ElementTree.fromstring(shown.svg)
    texts = ["".join(each.itertext()) for each in svg.iter("{http://www.w3.org/2000/svg}text")]
    arrays = [*shown.tables, shown.tables.sum(axis=0), shown.mean]
    entries = [number(v, 3) for array in arrays for v in array.ravel()]
    assert [t for t in texts if re.fullmatch(r"−?\d\.\d{3}", t)] == entries
    assert shown.svg.count("stroke-dasharray") == sum((array < 0).sum() for array in arrays)
    assert shown.svg.count("stroke-width:2.4") - shown.svg.count("stroke-width:2.4}") >= len(arrays)


def test_the_words_follow_the_framed_entry(batch):
    h, delta_y, dE_dU = batch
    shown = plots.outer_sum(h, delta_y, mark=(3, 1))
    assert "that of u₃₂" in shown.caption
    entries = ", ".join(number(each[3, 1], 3) for each in shown.tables)
    assert f"{entries} in the tables and {number(dE_dU[3, 1], 3)} in the gradient" in str(shown)


def test_what_finds_no_room_is_refused(batch):
    h, delta_y, _ = batch
    with pytest.raises(ValueError, match="a row for each example"):
        plots.outer_sum(h, delta_y[:4])
    with pytest.raises(ValueError, match="a row for each example"):
        plots.outer_sum(h[0], delta_y[0])
    with pytest.raises(ValueError, match="At most 6 examples and 3 outputs"):
        plots.outer_sum(np.tile(h, (2, 1)), np.tile(delta_y, (2, 1)))
