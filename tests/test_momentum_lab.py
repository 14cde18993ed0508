"""The momentum lab without a browser: its tables, its sliders, its words, its pictures."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from helpers import MomentumLab, quadratic
from helpers.plots.momentum import steps_for_a_digit
from helpers.plots.momentum_paths import EVERY, FAR, START, STEPS
from helpers.widgets import momentum_field


@pytest.fixture(scope="module")
def shown():
    return MomentumLab()


def tables(lab):
    """What the browser is sent, as arrays."""
    kinds, etas, mus, length = lab.field["shape"]
    types = {"runs": "<i2", "factor": "<f8", "steps": "<i4", "manners": "u1"}
    found = {k: np.frombuffer(lab.field[k], t) for k, t in types.items()}
    sizes = {"runs": length, "factor": 3, "steps": 1, "manners": 2}
    return {k: v.reshape(kinds, etas, mus, sizes[k]) for k, v in found.items()}


def grids(lab):
    eta, mu = (np.array(row["grid"]) for row in lab.sweep["rows"])
    return np.meshgrid(eta, mu, indexing="ij")


@pytest.mark.parametrize("a", [(1, 10), (1, 1), (0.5, 50)])
def test_what_the_lab_shows_is_the_spectral_radius(a):
    """The table in the browser against the eigenvalues of the iteration, on the whole grid.

    Where two eigenvalues are nearly one, `eigvals` keeps half of its digits only, and the closed
    form is compared with, which test_quadratic.py checks there with 60 digits.
    """
    lab = MomentumLab(eta=0.5 / a[1], a=a)
    eta, mu = grids(lab)
    for kind, table in enumerate(tables(lab)["factor"]):
        for i, each in enumerate(a):
            eigenvalues = np.linalg.eigvals(quadratic.matrix(each, eta, mu, bool(kind)))
            apart = np.abs(eigenvalues[..., 0] - eigenvalues[..., 1]) > 0.01
            difference = np.abs(table[..., 1 + i] - np.abs(eigenvalues).max(axis=-1))
            assert apart.mean() > 0.95
            assert difference[apart].max() <= 1e-12
            exact = quadratic.factors(each, eta, mu, bool(kind))
            assert np.abs(table[..., 1 + i] - exact).max() <= 1e-12
        assert (table[..., 0] == table[..., 1:].max(axis=-1)).all()


@pytest.mark.parametrize("a", [(1, 10), (1, 100)])
def test_the_stable_region_of_the_lab_is_that_of_the_formula(a):
    lab = MomentumLab(eta=1 / a[1], a=a)
    eta, mu = grids(lab)
    for kind, table in enumerate(tables(lab)["factor"][..., 0]):
        limit = quadratic.largest_eta(max(a), mu, bool(kind))
        clear = np.abs(eta - limit) > 1e-12
        assert ((table < 1) == (eta < limit))[clear].all()
        np.testing.assert_allclose(table[~clear], 1, atol=1e-12, rtol=0)


def test_the_runs_are_those_of_the_iteration(shown):
    eta, mu = grids(shown)
    runs = tables(shown)["runs"]
    rng = np.random.default_rng(2)
    for _ in range(60):
        kind, e, m = rng.integers(2), rng.integers(eta.shape[0]), rng.integers(eta.shape[1])
        path = quadratic.iterate((1, 10), START, eta[e, m], mu[e, m], FAR, bool(kind))
        run = runs[kind, e, m]
        w = np.clip(path[1 : STEPS + 1].T.ravel(), -3.2767, 3.2767)
        np.testing.assert_allclose(run[: 2 * STEPS] / 1e4, w, atol=0.5001e-4)
        far = np.log10(np.linalg.norm(path[EVERY::EVERY], axis=1)).clip(-32.767, 32.767)
        np.testing.assert_allclose(run[2 * STEPS : -1] / 1e3, far, atol=0.5001e-3)
        rate = quadratic.factor((1, 10), eta[e, m], mu[e, m], bool(kind))
        end = np.log10(np.hypot(*START)) + FAR * np.log10(rate)
        assert run[-1] / 1e3 == pytest.approx(np.clip(end, -32.767, 32.767), abs=0.5001e-3)
        steps = tables(shown)["steps"][kind, e, m, 0]
        assert steps == steps_for_a_digit(rate)
        if steps > 1:
            assert rate**steps <= 0.1 * (1 + 1e-6) < rate ** (steps - 1) * (1 + 1e-5)


def test_the_first_numbers_of_the_book(shown):
    e, m = (list(row["grid"]).index(v) for row, v in zip(shown.sweep["rows"], (0.2, 0.9)))
    run = tables(shown)["runs"][0, e, m]
    assert (run[:4] / 1e4).tolist() == [0.8, 0.46, 0.062, -0.3086]
    assert shown.path[:5, 0] == pytest.approx([1, 0.8, 0.46, 0.062, -0.3086])
    assert "w1 with momentum: 1, 0.8000, 0.4600, 0.0620, −0.3086" in str(shown)


def test_what_each_w_does(shown):
    eta, mu = grids(shown)
    manners = tables(shown)["manners"]
    names = {
        momentum_field.SWINGS: lambda z: np.iscomplex(z).all(),
        momentum_field.CREEPS: lambda z: z.real[np.abs(z).argmax()] > 0,
        momentum_field.FLIPS: lambda z: z.real[np.abs(z).argmax()] < 0,
        momentum_field.GROWS: lambda z: np.abs(z).max() > 1,
        momentum_field.STAYS: lambda z: abs(np.abs(z).max() - 1) < 1e-9,
    }
    rng, seen = np.random.default_rng(3), set()
    for _ in range(400):
        kind, e, m, i = (rng.integers(n) for n in manners.shape)
        z = np.linalg.eigvals(quadratic.matrix((1, 10)[i], eta[e, m], mu[e, m], bool(kind)))
        if abs(z[0] - z[1]) > 1e-6 and np.abs(z).max() > 1e-9:
            assert names[manners[kind, e, m, i]](z.astype(complex))
            seen.add(manners[kind, e, m, i])
    assert len(seen) >= 4


def test_mu_0_is_plain_descent(shown):
    """The browser relies on it: it draws plain descent from the first row of the classical one."""
    assert shown.sweep["rows"][1]["grid"][0] == 0
    assert shown.plain_factor == pytest.approx(1.0, abs=1e-12)
    plain = quadratic.iterate((1, 10), START, shown.eta, 0.0, STEPS)
    assert (shown.plain_path == plain).all()
    e = list(shown.sweep["rows"][0]["grid"]).index(0.2)
    run = tables(shown)["runs"][0, e, 0]
    np.testing.assert_allclose(run[: 2 * STEPS] / 1e4, plain[1:].T.ravel(), atol=0.5001e-4)


def test_python_moves_everything():
    lab, seen = MomentumLab(), []
    lab.observe(lambda change: seen.append(change["new"]), "factor")
    lab.set(eta=0.1)
    lab.set("mu", 0.123456)  # between two positions
    assert (lab.eta, lab.mu) == (0.1, 0.123456)
    assert lab.factor == seen[-1] == quadratic.factor((1, 10), 0.1, 0.123456)
    assert 0.123456 in lab.sweep["rows"][1]["grid"]
    assert lab.field["shape"][2] == len(lab.sweep["rows"][1]["grid"])
    lab.set(nesterov=True, mu=0.5)
    assert lab.factor == quadratic.factor((1, 10), 0.1, 0.5, True)
    assert lab.sweep["kind"] == 1
    lab.set(a=(1, 100))
    assert (lab.a, lab.eta, lab.sweep["condition"]) == ((1, 100), 0.01, 100)
    lab.set(a=(2, 2), eta=0.3)
    assert lab.factors[0] == lab.factors[1] == lab.factor
    lab.reset()
    assert (lab.a, lab.eta, lab.mu, lab.nesterov) == ((1, 10), 0.2, 0.9, False)
    assert lab.factor == pytest.approx(0.9**0.5, rel=1e-12)
    eta, mu, factor = lab.best
    lab.set(eta=eta, mu=mu)
    assert lab.factor == pytest.approx(factor, abs=2e-8)


def test_the_tables_go_out_only_when_they_change():
    lab = MomentumLab()
    field, version = lab.field, lab.sweep["version"]
    lab.set(mu=0.5)
    lab.set(nesterov=True)
    assert lab.field is field
    assert lab.sweep["version"] == version + 2
    lab.set(a=(1, 25))
    assert lab.field is not field


def test_messages_of_the_browser():
    lab, sent = MomentumLab(), []
    lab.send = lambda message, buffers=None: sent.append(message)
    message = {"kind": "sweep", "values": [0.1, 0.5], "number": 1, "client": "me", "chosen": "mu"}
    lab._on_message(None, {**message, "condition": 100}, None)
    assert (lab.a, lab.eta, lab.mu) == ((1, 100), 0.01, 0.5)
    assert lab.sweep["words"] == "Curvatures 1 and 100: eta now goes up to 0.042."
    # a message for a sweep has its own "kind", so the choice of momentum goes by another name
    lab._on_message(None, {**message, "values": [0.01, 0.5], "momentum": 1}, None)
    assert lab.nesterov
    assert lab.sweep["kind"] == 1
    lab._on_message(None, {**message, "values": [7, 0.5]}, None)
    assert "eta takes numbers from" in sent.pop()["why"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"a": (10, 1)}, "0 < a_1 <= a_2"),
        ({"a": (1, 2, 3)}, "two curvatures"),
        ({"a": 10}, "two curvatures"),
        ({"a": (0, 1)}, "0 < a_1"),
        ({"a": (1, float("inf"))}, "0 < a_1"),
        ({"eta": 0.5}, "between 0 and 0.42"),
        ({"eta": 0}, "between 0 and 0.42"),
        ({"eta": "much"}, "eta must lie"),
        ({"mu": 1}, "less than 1"),
        ({"mu": -0.1}, "at least 0"),
        ({"mu": 0.9999}, "from 0 to 0.999"),
    ],
)
def test_wrong_arguments_are_told_so(arguments, words):
    with pytest.raises(ValueError, match=words):
        MomentumLab(**arguments)


def test_a_wrong_change_changes_nothing(shown):
    before = (shown.a, shown.values, shown.nesterov, shown.factor)
    for wrong in ({"mu": 2}, {"a": (3, 1)}, {"a": (1, 2), "eta": 3}, {"speed": 1}):
        with pytest.raises(ValueError, match=r"takes numbers|0 < a_1|No slider"):
            shown.set(nesterov=True, **wrong)
        assert (shown.a, shown.values, shown.nesterov, shown.factor) == before


def test_the_pictures(shown):
    bundle = shown._repr_mimebundle_()[0]
    assert "factor 0.9487: 10 times closer every 44 steps" in bundle["text/plain"]
    assert "Plain descent, factor 1: it comes no closer" in bundle["text/plain"]
    ElementTree.fromstring(bundle["image/svg+xml"])
    for svg in (shown.picture, shown.spec["way"], shown.spec["fall"]):
        ElementTree.fromstring(svg)
    for ground in (*shown.field["pictures"]["grounds"], shown.field["pictures"]["contours"]):
        ElementTree.fromstring(f"<g>{ground}</g>")
