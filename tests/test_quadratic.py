"""Momentum on a quadratic: the closed form against eigenvalues, runs, and exact arithmetic."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest

from helpers import quadratic
from helpers.network import Network
from helpers.training import train

KINDS = pytest.mark.parametrize("nesterov", [False, True], ids=["classical", "Nesterov"])
ETA, MU = np.meshgrid(np.linspace(0.005, 4.2, 168), np.linspace(0, 0.99, 100))


def exact_factor(a, eta, mu, nesterov) -> Decimal:
    """The definition with 60 digits, for these very floating-point numbers."""
    with localcontext() as context:
        context.prec = 60
        a, eta, mu = (Decimal(float(z)) for z in (a, eta, mu))
        x = eta * a
        T, D = ((1 + mu) * (1 - x), mu * (1 - x)) if nesterov else (1 + mu - x, mu)
        under = T * T - 4 * D
        return D.sqrt() if under < 0 else (abs(T) + under.sqrt()) / 2


@KINDS
@pytest.mark.parametrize("a", [1.0, 0.3])
def test_the_closed_form_is_the_spectral_radius_on_a_grid(nesterov, a):
    """Where two eigenvalues are nearly one, `eigvals` itself keeps half of its digits only: there
    the exact ones of the next test are compared with, everywhere else these."""
    found = quadratic.factors(a, ETA, MU, nesterov)
    eigenvalues = np.linalg.eigvals(quadratic.matrix(a, ETA, MU, nesterov))
    apart = np.abs(eigenvalues[..., 0] - eigenvalues[..., 1]) > 0.01
    assert apart.mean() > 0.98
    difference = np.abs(found - np.abs(eigenvalues).max(axis=-1))
    assert difference[apart].max() <= 1e-12
    assert difference.max() <= 1e-7


@KINDS
def test_the_closed_form_is_exact_also_where_two_roots_are_one(nesterov):
    """A grid with all the double roots on it: mu = m^2 or the like, and eta at and around both."""
    mu = np.concatenate([np.linspace(0, 0.99, 45), np.arange(0, 1, 0.05) ** 2])
    worst = 0.0
    for a in (1.0, 0.3):
        edges = quadratic.critical_eta(a, mu, nesterov)
        tries = [e * (1 + d) for e in edges for d in (-1e-9, -1e-15, 0, 3e-16, 1e-12, 1e-6)]
        for eta in (*tries, np.full_like(mu, 0.2), np.full_like(mu, 2.5)):
            found = quadratic.factors(a, eta, mu, nesterov)
            exact = [exact_factor(a, *pair, nesterov) for pair in zip(eta, mu)]
            worst = max(worst, *(abs(float(Decimal(float(f)) - e)) for f, e in zip(found, exact)))
    assert worst <= 1e-12


@KINDS
def test_a_run_is_the_matrix_applied_again_and_again(nesterov):
    a, w0 = (1.0, 10.0), (1.0, -0.5)
    path = quadratic.iterate(a, w0, ETA[::40, ::40], MU[::40, ::40], 12, nesterov)
    for i, each in enumerate(a):
        M = quadratic.matrix(each, ETA[::40, ::40], MU[::40, ::40], nesterov)
        state = np.zeros((*M.shape[:2], 2, 1))
        state[..., 0, 0] = w0[i]
        for k in range(13):
            np.testing.assert_allclose(path[..., k, i], state[..., 0, 0], rtol=1e-12, atol=1e-12)
            state = M @ state


def test_the_first_numbers_of_the_book():
    path = quadratic.iterate([1.0], [1.0], 0.2, 0.9, 4)[:, 0]
    assert path == pytest.approx([1, 0.8, 0.46, 0.062, -0.3086], rel=1e-12)


@pytest.mark.parametrize(("mu", "nesterov"), [(0.0, False), (0.9, False), (0.9, True)])
def test_a_run_is_what_train_does(mu, nesterov):
    """One linear unit without a bias: E = (w x)^2 / 2, so its curvature is x^2."""
    net = Network([np.array([[0.0], [1.0]])], output="identity")
    run = train(net, [0.5], [0.0], eta=0.7, mu=mu, nesterov=nesterov, epochs=30, biases="frozen")
    found = [weights[1] for weights in run.weights]
    wanted = quadratic.iterate([0.25], [1.0], 0.7, mu, 30, nesterov)[:, 0]
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-14)


@KINDS
def test_the_distance_shrinks_by_the_factor_in_the_long_run(nesterov):
    """The largest distance within a window of 100 steps, for swings pass through 0."""
    a, steps = (1.0, 10.0), 3000
    eta, mu = np.meshgrid([0.01, 0.1, 0.12, 0.128], [0.0, 0.3, 0.7, 0.9, 0.95])
    path = np.linalg.norm(quadratic.iterate(a, (1, 1), eta, mu, steps, nesterov), axis=-1)
    windows = path[..., 1:].reshape(*eta.shape, -1, 100).max(axis=-1)
    rate = quadratic.factor(a, eta, mu, nesterov)
    for i in np.ndindex(eta.shape):
        seen = np.flatnonzero(windows[i] > 1e-290)
        first, last = seen[len(seen) // 3], seen[-1]
        if last > first:
            slope = np.log(windows[i][last] / windows[i][first]) / (100 * (last - first))
            assert slope == pytest.approx(np.log(rate[i]), rel=0.02)


@KINDS
def test_the_stability_limit(nesterov):
    mu = np.linspace(0, 0.99, 34)
    for a in (1.0, 10.0, 0.3):
        limit = quadratic.largest_eta(a, mu, nesterov)
        assert (quadratic.factors(a, limit * (1 - 1e-9), mu, nesterov) < 1).all()
        assert (quadratic.factors(a, limit * (1 + 1e-9), mu, nesterov) > 1).all()
        at = quadratic.factors(a, limit, mu, nesterov)
        np.testing.assert_allclose(at, 1, atol=1e-12, rtol=0)
    classical = quadratic.largest_eta(10, 0.9)
    assert classical == pytest.approx(2 * 1.9 / 10, rel=1e-15)


@KINDS
def test_the_bands_are_where_the_factor_is_at_most_the_level(nesterov):
    a, mu = (1.0, 10.0), np.linspace(0, 0.99, 60)
    for level in (0.7, 0.8, 0.9, 0.95, 1.0):
        low, high = quadratic.within(level, a, mu, nesterov)
        there = np.flatnonzero(low < high)
        assert len(there) > 5
        for k in there:
            edge = quadratic.factor(a, np.array([low[k], high[k]]), mu[k], nesterov)
            np.testing.assert_allclose(edge, level, atol=1e-9)
        eta = ETA[:, 7:] / 10
        inside = quadratic.factor(a, eta, MU[:, 7:], nesterov) <= level
        low, high = quadratic.within(level, a, MU[:, 7:], nesterov)
        clear = (np.abs(eta - low) > 1e-9) & (np.abs(eta - high) > 1e-9)
        clear &= np.abs(MU[:, 7:] - level**2) > 1e-9  # on the very top of the classical band
        assert (inside == ((low <= eta) & (eta <= high)))[clear].all()


@KINDS
@pytest.mark.parametrize("a", [(1.0, 10.0), (0.5, 50.0), (2.0, 2.0), (1.0, 2.0)])
def test_no_point_is_better_than_the_best(nesterov, a):
    eta, mu, rate = quadratic.best(a, nesterov)
    assert quadratic.factor(a, eta, mu, nesterov) == pytest.approx(rate, abs=2e-8)
    rng = np.random.default_rng(1)
    for width in (1e-4, 1e-2, 1):
        etas = eta * (1 + width * rng.uniform(-1, 1, 20000))
        mus = np.clip(mu + width * rng.uniform(-1, 1, 20000), 0, 0.999)
        assert quadratic.factor(a, etas, mus, nesterov).min() >= rate - 1e-9
    eta, rate = quadratic.best_plain(a)
    assert quadratic.factor(a, eta, 0) == pytest.approx(rate, abs=1e-12)
    assert quadratic.factor(a, eta * np.linspace(0.5, 1.5, 2001), 0).min() >= rate - 1e-12


@KINDS
def test_critical_damping_is_where_the_discriminant_vanishes(nesterov):
    mu = np.linspace(0.01, 0.99, 50)
    lower, upper = quadratic.critical_eta(4.0, mu, nesterov)
    for edge in (lower, upper):
        np.testing.assert_allclose(quadratic.discriminant(4.0, edge, mu, nesterov), 0, atol=1e-14)
    assert (quadratic.discriminant(4.0, (lower + upper) / 2, mu, nesterov) < 0).all()
    assert (quadratic.discriminant(4.0, lower * 0.9, mu, nesterov) > 0).all()
    assert (quadratic.discriminant(4.0, upper * 1.1, mu, nesterov) > 0).all()


def test_value():
    assert quadratic.value((1, 10), [[1, 1], [2, 0]]).tolist() == [5.5, 2.0]
