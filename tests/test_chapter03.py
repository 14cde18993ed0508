"""What chapter 03 counts and claims, found in another way; and its checks of special kinds."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from helpers.checks import check
from helpers.checks.exercise import Case
from helpers.examples import schematic
from helpers.graph import of_network
from helpers.mistakes import links

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    monkeypatch.setenv("HELPERS_PROGRESS", "session")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


class Counted:
    """A number that counts how often numbers of its kind are multiplied."""

    times = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Counted(self.value + getattr(other, "value", other))

    __radd__ = __add__

    def __mul__(self, other):
        Counted.times += 1
        return Counted(self.value * other.value)


def counted(shape, seed):
    values = np.random.default_rng(seed).normal(size=shape)
    return np.vectorize(Counted, otypes=[object])(values)


def a_network(sizes):
    """Weights, values with the 1 in front, slopes of the units, and y - t, that count."""
    weights = [counted((a + 1, b), k) for k, (a, b) in enumerate(itertools.pairwise(sizes))]
    values = [counted((a + 1,), 10 + k) for k, a in enumerate(sizes[:-1])]
    slopes = [counted((b,), 20 + k) for k, b in enumerate(sizes[1:])]
    return weights, values, slopes, counted((sizes[-1],), 30)


def by_paths(weights, values, slopes, errors):
    """Every path of every weight, multiplied out."""
    gradient = []
    for l, W in enumerate(weights):
        found = np.empty(W.shape, dtype=object)
        later = [range(V.shape[1]) for V in weights[l + 1 :]]
        for i, j in np.ndindex(W.shape):
            terms = []
            for units in itertools.product(*later):
                product, at = values[l][i] * slopes[l][j], j
                for k, unit in enumerate(units, l + 1):
                    product = product * weights[k][at + 1, unit] * slopes[k][unit]
                    at = unit
                terms.append(product * errors[at])
            found[i, j] = sum(terms[1:], terms[0])
        gradient.append(found)
    return gradient


def going_back(weights, values, slopes, errors):
    """Each delta once."""
    gradient, delta = [], errors * slopes[-1]
    for l in range(len(weights) - 1, -1, -1):
        gradient.insert(0, np.outer(values[l], delta))
        if l:
            delta = (weights[l][1:] @ delta) * slopes[l - 1]
    return gradient


def multiplications():
    """The function of the chapter."""
    notebook = json.loads((ROOT / "solutions" / "03_chain_rule.ipynb").read_text(encoding="utf-8"))
    (source,) = (
        "".join(cell["source"])
        for cell in notebook["cells"]
        if "def multiplications" in "".join(cell["source"])
    )
    space = {"np": np}
    exec(source.split("\n\n\n")[0], space)
    return space["multiplications"]


@pytest.mark.parametrize("sizes", [(2, 3, 2), (4, 3), (2, 3, 4, 2), (3, 2, 2, 3, 2)])
def test_the_multiplications_are_as_many_as_the_chapter_says(sizes):
    forward, nudging, backward = multiplications()(sizes)
    network = a_network(sizes)
    Counted.times = 0
    gradient = going_back(*network)
    assert Counted.times == backward
    one, other = (
        [g.value for each in way for g in each.flat] for way in (gradient, by_paths(*network))
    )
    assert np.allclose(one, other)
    assert forward == sum(W.size for W in network[0])
    assert nudging == (forward + 1) * forward


def test_the_paths_are_those_of_the_graph():
    expected = links.path_counts()
    for name, count in zip(("u11", "w11", "x1"), expected):
        graph = of_network(schematic(), name)
        assert len(graph.paths(name)) == count


def test_a_list_that_is_emptied_does_no_harm():
    functions = [np.sin]
    case = Case("a list", (functions,))
    case.fresh()[0].clear()
    assert functions == [np.sin]


def test_nudging_in_place_of_slopes_is_told_whether_it_is_exact_or_near():
    def nudged(h, left):
        def slope(functions, slopes, w):
            def end(v):
                for f in functions:
                    v = f(v)
                return v

            return (end(w + h) - end(w - left * h)) / ((1 + left) * h)

        return slope

    assert "found without `slopes`" in check("3.7", nudged(1e-6, 1)).message
    assert "come near and are not exact" in check("3.7", nudged(1e-4, 0)).message
