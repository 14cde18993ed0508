"""The output layer on sliders: for many settings of U and eta at once, every gradient and step.

For one output weight u, with all others held:

    dE/du   = sum over its places (j, k) of delta_k h_j      one place, unless a bias is shared
    u_after = u - eta dE/du
    E_after = E at u_after

delta comes from the canonical losses, and the tests hold every number against `Network`.
"""

from __future__ import annotations

import numpy as np

from .. import diagram
from ..examples import Example

MOST_WEIGHTS = 12


class OutputLayer:
    """The last weights of a network for one example, by their names.

    names   label -> ((row, column), ...) in U
    h1      with_one(h), (n_h + 1,): what U is applied to, which no u changes
    """

    def __init__(self, net, x, t, names):
        last = len(net.weights) - 1
        p = net.forward(x)
        self.h1 = p.H1[-1][0]
        self.t, self.loss, self.activation = np.asarray(t, float), net.loss, net.activations[-1]
        self.places = {
            name: tuple((row, col) for _, row, col in indices)
            for name, indices in names.items()
            if all(index[0] == last for index in indices)
        }
        self.shape = net.U.shape

    def U(self, u) -> np.ndarray:
        """(k, n_h + 1, n_out) from the weights by name, (k, number of names)."""
        U = np.empty((len(u), *self.shape))
        for column, places in enumerate(self.places.values()):
            for row, col in places:
                U[:, row, col] = u[:, column]
        return U

    def net_input(self, u) -> np.ndarray:
        """z_y = with_one(h) @ U for each row of u, (k, n_out)."""
        return self.h1 @ self.U(u)

    def outputs(self, z):
        """y, e and delta_y for each row of net inputs, (k, n_out) each."""
        y, t = self.activation.f(z), np.tile(self.t, (len(z), 1))
        delta = np.empty_like(z)
        self.loss.delta(y, t, z, self.activation, out=delta)
        return y, self.loss.errors(y, t, z), delta

    def run(self, u):
        """z, y, e and delta_y for each row of u, (k, n_out) each."""
        z = self.net_input(u)
        return z, *self.outputs(z)

    def slope(self, name: str, delta) -> np.ndarray:
        """dE/du of one name, (k,), from delta_y."""
        return sum(delta[:, col] * self.h1[row] for row, col in self.places[name])

    def moved(self, name: str, z, by) -> np.ndarray:
        """The net inputs when this weight alone moves by `by`, (k,)."""
        z = z.copy()
        for row, col in self.places[name]:
            z[:, col] += by * self.h1[row]
        return z

    def step(self, name: str, u, eta):
        """One step of this weight, at settings u (k, names) and eta (k,).

        Returns (k,) each: E, slope, step = eta slope, after = u - step, E_after, slope_after.
        """
        z, _, e, delta = self.run(u)
        slope = self.slope(name, delta)
        step = eta * slope
        _, e_after, delta_after = self.outputs(self.moved(name, z, -step))
        after = u[:, list(self.places).index(name)] - step
        slope_after = self.slope(name, delta_after)
        return e.sum(axis=1), slope, step, after, e_after.sum(axis=1), slope_after

    def lowest(self, name: str, u, grid) -> float:
        """The lowest E over these values of one weight, the others at u (names,)."""
        rows = np.tile(u, (len(grid), 1))
        rows[:, list(self.places).index(name)] = grid
        return float(self.run(rows)[2].sum(axis=1).min())


def checked_example(example) -> Example:
    """A copy of the example, or a ValueError that says what to do."""
    if not isinstance(example, Example):
        raise ValueError(
            f"StepLab needs an example, such as examples.worked(); got {type(example).__name__}. "
            "From a network of your own: Example(net, x, t, eta, names)."
        )
    net = example.net.copy()
    if np.ndim(example.x) != 1:
        raise ValueError(
            f"x has shape {np.shape(example.x)}; the step lab shows one example. Choose it with "
            "dataclasses.replace(example, x=example.x[0], t=example.t[0])."
        )
    net.error(example.x, example.t)  # complains about shapes
    last = len(net.weights) - 1
    named = [i for indices in example.names.values() for i in indices if i[0] == last]
    wanted = [i for i in diagram.all_lines(net.sizes) if i[0] == last]
    if sorted(named) != sorted(wanted):
        raise ValueError("example.names must give each output weight exactly one name.")
    count = sum(indices[0][0] == last for indices in example.names.values())
    if count > MOST_WEIGHTS:
        raise ValueError(
            f"This network has {count} output weights; the step lab has room for {MOST_WEIGHTS}. "
            "Choose a smaller network."
        )
    x, t = np.array(example.x, float), np.array(example.t, float)
    return Example(net, x, t, example.eta, example.names)
