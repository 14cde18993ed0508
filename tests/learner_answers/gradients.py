"""Exercise 6.8: a backward pass, slips in it that the check does not have, and tests of it."""

BACKWARD = """
def gradient(net, x, t):
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    n, x1, U = len(x), with_one(x), net.U
    h = sigmoid(x1 @ net.W)
    h1 = with_one(h)
    y = sigmoid(h1 @ U)
    delta_y = (y - t) * y * (1 - y)
    delta_h = delta_y @ U[1:].T * h * (1 - h)
    dE_dW = x1.T @ delta_h / n
    dE_dU = h1.T @ delta_y / n
    return [dE_dW, dE_dU]
"""

# What is wrong -> (the right line or a part of it, what stands there instead).
SLIPS = {
    "the loss has no slope of the sigmoid": ("(y - t) * y * (1 - y)", "y - t"),
    "the slope of tanh at the hidden units": ("h * (1 - h)", "(1 - h**2)"),
    "the slope of the first example for all": ("h * (1 - h)", "h[0] * (1 - h[0])"),
    "sizes of the weights on the way back": ("U[1:].T", "np.abs(U[1:].T)"),
    "the bias row on the way back": ("U[1:].T", "U[:-1].T"),
    "the targets of the next example": ("(y - t)", "(y - np.roll(t, 1, axis=0))"),
    "the targets of the other output": ("(y - t)", "(y - t[:, ::-1])"),
    "divided by n - 1": ("n, x1, U = len(x)", "n, x1, U = len(x) - 1"),
    "divided by the outputs as well": ("h1.T @ delta_y / n", "h1.T @ delta_y / t.size"),
    "the last example forgotten": ("dE_dW = x1.T @ delta_h", "dE_dW = x1[:-1].T @ delta_h[:-1]"),
    "the last hidden unit forgotten": ("return [", "dE_dW[:, -1] = 0\n    return ["),
    "the last output forgotten": ("return [", "dE_dU[:, -1] = 0\n    return ["),
    "one bias for all units": ("return [", "dE_dW[0] = dE_dW[0].mean()\n    return ["),
    "biases twice": ("return [", "dE_dU[0] *= 2\n    return ["),
    "clipped": (
        "return [dE_dW, dE_dU]",
        "top = abs(dE_dU).max() / 2\n    return [dE_dW, dE_dU.clip(-top, top)]",
    ),
    "hidden biases left out": ("sigmoid(x1 @ net.W)", "sigmoid(x @ net.W[1:])"),
    "output biases left out": ("sigmoid(h1 @ U)", "sigmoid(h @ U[1:])"),
    "rounded": ("return [", "dE_dW = dE_dW.round(4)\n    return ["),
    "weight decay": ("return [", "dE_dW[1:] += 0.01 * net.W[1:]\n    return ["),
    "the inputs scaled": ("x1, U = len(x), with_one(x)", "x1, U = len(x), with_one(x / x.max())"),
}  # fmt: skip

# Tests as a reader writes them; their mutants are handed in, too.
TESTS = (
    """
from helpers.network import Network

def passes(gradient):
    rng = np.random.default_rng(1)
    net = Network.random((3, 4, 2), seed=1)
    net.W[0], net.U[0] = rng.normal(size=4), rng.normal(size=2)
    x, t = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    right = net.gradient(x, t)
    dE_dW, dE_dU = gradient(net, x, t)
    first = np.abs(dE_dW - right.dE_dW).max()
    second = np.abs(dE_dU - right.dE_dU).max()
    return first + second < 1e-6
""",
)
