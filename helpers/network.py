"""The canonical implementation: a multilayer perceptron, forward and backward.

Row vectors, one example per row. Row 0 of each weight matrix is the bias: the weight of a
constant input 1. So layer l reads

    z = with_one(h) @ W            forward
    h = f(z)

and the errors come back through the same W, without its row 0, since nothing lies behind
the constant 1:

    e = delta @ W[1:].T            backward
    delta = e * f'(z)
    dE/dW = with_one(h).T @ delta / n

With one hidden layer the book calls the two matrices W and U, and the values x, z_h, h, z_y, y.

Source: Rumelhart, Hinton, Williams 1986, Nature 323, 533-536.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .losses import mean_over_examples
from .network_input import (
    checked_activations,
    checked_loss,
    checked_rows,
    checked_sizes,
    checked_weights,
)


def with_one(x) -> np.ndarray:
    """(1, x_1, x_2, ...): the constant 1 in front of every row.

    (n_in,) becomes (n_in + 1,), and (n, n_in) becomes (n, n_in + 1).
    """
    x = np.asarray(x)
    if x.ndim not in (1, 2):
        raise ValueError(f"x has shape {x.shape}; expected (n_in,) or (n, n_in).")
    return np.concatenate([np.ones((*x.shape[:-1], 1), dtype=x.dtype), x], axis=-1)


class Pass:
    """What one forward and one backward pass write down, for n examples.

    Lists with one array per layer, an example per row:
        H1[0] = with_one(x), H1[l] = with_one(H[l])    what weights[l] are applied to
        H[1], ..., H[-1] = y                           outputs of the layers; H[0] is unused
        Z[l], Delta[l]                                 net input of the layer that weights[l]
                                                       feeds, and dE/dz
    With one hidden layer they are also called x, z_h, h, z_y, y, delta_h, delta_y. A single
    example given as a flat row comes back as flat rows. E and Delta stay empty until a
    backward pass.
    """

    def __init__(self, sizes: Sequence[int], x1, dtype=np.float64, flat: bool = False):
        self.n, self.flat = len(x1), flat
        self.H1 = [x1, *(np.ones((self.n, size + 1), dtype) for size in sizes[1:-1])]
        self.Z = [np.empty((self.n, size), dtype) for size in sizes[1:]]
        self.H = [None, *map(np.empty_like, self.Z)]
        self.E, self.Delta = [], []

    def feed(self, x1) -> None:
        """Begin again with other examples: x1 = with_one(x), as many rows as before."""
        self.H1[0] = x1

    def make_room_for_errors(self) -> None:
        self.E, self.Delta = ([np.empty_like(z) for z in self.Z] for _ in range(2))

    def _row(self, arrays, l):
        if not arrays:
            raise ValueError("delta comes with the backward pass: call net.backward(p, t) first.")
        return arrays[l][0] if self.flat else arrays[l]

    x = property(lambda self: self._row(self.H1, 0)[..., 1:], doc="input, without the constant 1")
    z_h = property(lambda self: self._row(self.Z, 0), doc="net input, first hidden layer")
    h = property(lambda self: self._row(self.H, 1), doc="output, first hidden layer")
    z_y = property(lambda self: self._row(self.Z, -1), doc="net input, output layer")
    y = property(lambda self: self._row(self.H, -1), doc="outputs")
    delta_h = property(lambda self: self._row(self.Delta, 0), doc="dE/dz_h")
    delta_y = property(lambda self: self._row(self.Delta, -1), doc="dE/dz_y")


class Gradient:
    """dE/dW for every layer: `weights`, views of one flat vector `parameters`."""

    def __init__(self, sizes: Sequence[int], dtype=np.float64):
        self.parameters, self.weights = flat_and_views(sizes, dtype)

    dE_dW = property(lambda self: self.weights[0], doc="gradient of the first weight matrix")
    dE_dU = property(lambda self: self.weights[-1], doc="gradient of the last weight matrix")


class Layers(list):
    """One array per layer; `layers[l] = new` copies into the array, as `layers[l] -= step` does.

    So the arrays stay views of the flat vector. ValueError if `new` has another shape.
    """

    def __setitem__(self, l, new):
        if isinstance(l, slice):
            for k, array in zip(range(*l.indices(len(self))), new, strict=True):
                self[k] = array
            return
        if np.shape(new) != self[l].shape:
            raise ValueError(f"Layer {l} has shape {self[l].shape}; got {np.shape(new)}.")
        self[l][...] = new


def flat_and_views(sizes: Sequence[int], dtype=np.float64):
    """One flat vector for all weights, and a (n_in + 1, n_out) view of it per layer.

    With all of them in one vector, an update is one NumPy call however deep the network is.
    """
    shapes = [(n_in + 1, n_out) for n_in, n_out in pairwise(sizes)]
    ends = np.cumsum([rows * cols for rows, cols in shapes])
    flat = np.zeros(ends[-1], dtype)
    views = Layers(part.reshape(s) for part, s in zip(np.split(flat, ends[:-1]), shapes))
    return flat, views


class Network:
    """A multilayer perceptron.

    weights   one (n_in + 1, n_out) array per layer, row 0 the bias; they are copied
    hidden    "sigmoid", "tanh", "relu", "identity" or "softmax", for all hidden layers, or a
              list with a name per hidden layer
    output    the same names
    loss      "squared" with any output, "log" with sigmoid, "cross-entropy" with softmax

    `weights` are views of `parameters`, one flat vector: change either in place.
    """

    def __init__(self, weights, hidden="sigmoid", output="sigmoid", loss="squared"):
        weights = checked_weights(weights)
        self.sizes = (weights[0].shape[0] - 1, *(W.shape[1] for W in weights))
        dtype = np.result_type(np.float64, *weights)
        self.parameters, self.weights = flat_and_views(self.sizes, dtype)
        for mine, given in zip(self.weights, weights):
            mine[...] = given
        self.activations = checked_activations(hidden, output, len(weights))
        self.loss = checked_loss(loss, output)
        self._names = ([f.name for f in self.activations[:-1]], output, loss)

    def __setattr__(self, name, new):
        """`net.weights = [W, U]` copies, too: else `weights` and `parameters` would part."""
        if name in ("weights", "parameters") and name in vars(self):
            vars(self)[name][:] = new
        else:
            super().__setattr__(name, new)

    @classmethod
    def random(cls, sizes: Sequence[int], seed=0, **names) -> Network:
        """Weights normal with standard deviation 1 / sqrt(n_in), biases 0; same seed, same net.

        Source: LeCun, Bottou, Orr, Mueller 1998, Efficient BackProp, section 4.6.
        """
        sizes = checked_sizes(sizes)
        rng = np.random.default_rng(seed)
        weights = [np.zeros((n_in + 1, n_out)) for n_in, n_out in pairwise(sizes)]
        for W in weights:
            W[1:] = rng.standard_normal(W[1:].shape) / np.sqrt(W.shape[0] - 1)
        return cls(weights, **names)

    @property
    def W(self) -> np.ndarray:
        """input -> (first) hidden"""
        return self.weights[0]

    @W.setter
    def W(self, new):
        self.weights[0] = new

    @property
    def U(self) -> np.ndarray:
        """(last) hidden -> output"""
        return self.weights[-1]

    @U.setter
    def U(self, new):
        self.weights[-1] = new

    def copy(self, dtype=np.float64) -> Network:
        """The same network with weights of its own; complex ones for a complex step."""
        return Network([W.astype(dtype) for W in self.weights], *self._names)

    def __repr__(self):
        hidden, output, loss = self._names
        sizes = "-".join(map(str, self.sizes))
        return f"<Network {sizes}: {', '.join((*hidden, output))}; {loss} loss>"

    def __reduce__(self):  # else copy.deepcopy and pickle would cut `weights` off `parameters`
        return Network, ([W.copy() for W in self.weights], *self._names)

    # The two passes. Each line is one line of the book; `p` holds the arrays they fill.

    def run_forward(self, p: Pass) -> None:
        """Values go forward: z = with_one(h) @ W, h = f(z), layer by layer."""
        last = len(self.weights) - 1
        for l, (W, f) in enumerate(zip(self.weights, self.activations)):
            p.H1[l].dot(W, out=p.Z[l])
            f.f(p.Z[l], out=p.H[l + 1])
            if l < last:
                p.H1[l + 1][:, 1:] = p.H[l + 1]

    def run_backward(self, p: Pass, t, g: Gradient) -> None:
        """Errors go back: delta at the outputs, then through each W to the layer before.

        g gets the sum over the examples; who needs the mean divides by p.n.
        """
        last = len(self.weights) - 1
        if not p.Delta:
            p.make_room_for_errors()
        self.loss.delta(p.H[-1], t, p.Z[-1], self.activations[-1], out=p.Delta[-1])
        for l in range(last, -1, -1):
            p.H1[l].T.dot(p.Delta[l], out=g.weights[l])
            if l > 0:
                e, z, h, delta = p.E[l - 1], p.Z[l - 1], p.H[l], p.Delta[l - 1]
                p.Delta[l].dot(self.weights[l][1:].T, out=e)
                self.activations[l - 1].pull_back(e, z, h, out=delta)

    def run_error(self, p: Pass, t) -> float:
        """E of a finished forward pass, computed from z where y could be saturated."""
        return mean_over_examples(self.loss.errors(p.H[-1], t, p.Z[-1]))

    # What readers call: the same two passes, with checked input and arrays of their own.

    def forward(self, x) -> Pass:
        """All values for x of shape (n_in,) or (n, n_in). ValueError names a wrong shape."""
        x, flat = checked_rows(x, self.sizes[0], "x")
        p = Pass(self.sizes, with_one(x), np.result_type(x, self.parameters), flat)
        self.run_forward(p)
        return p

    def backward(self, p: Pass, t) -> Gradient:
        """dE/dW of every layer for the pass p and targets t; fills p.Delta."""
        t = self.checked_targets(t, p.n)
        g = Gradient(self.sizes, p.Z[-1].dtype)
        self.run_backward(p, t, g)
        g.parameters /= p.n
        return g

    def gradient(self, x, t) -> Gradient:
        """dE/dW of every layer: forward, then backward."""
        return self.backward(self.forward(x), t)

    def errors(self, x, t) -> np.ndarray:
        """e_k, the part of each output in E, per example; the shape of y."""
        p = self.forward(x)
        e = self.loss.errors(p.H[-1], self.checked_targets(t, p.n), p.Z[-1])
        return e[0] if p.flat else e

    def error(self, x, t) -> float:
        """E: the errors summed over the outputs, averaged over the examples."""
        p = self.forward(x)
        return self.run_error(p, self.checked_targets(t, p.n))

    def checked_targets(self, t, n: int) -> np.ndarray:
        """t as (n, n_out); ValueError if the shape or the loss forbids it."""
        t, flat = checked_rows(t, self.sizes[-1], "t")
        shape = t[0].shape if flat else t.shape
        if len(t) != n:
            raise ValueError(
                f"x has shape ({n}, {self.sizes[0]}), so t must have shape ({n}, "
                f"{self.sizes[-1]}), one row for each example; t has shape {shape}."
            )
        if complaint := self.loss.complaint(t):
            raise ValueError(f"{complaint}; t has shape {shape}, values {t.min()} to {t.max()}.")
        return t
