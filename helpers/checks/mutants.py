"""Gradient functions for exercise 6.8: right ones in several styles, and mutants.

Each is called as gradient(net, x, t) and returns [dE_dW, dE_dU].
"""

import numpy as np

from helpers.gradcheck import complex_step_gradient, numerical_gradient
from helpers.mistakes import museum
from helpers.network import Network, with_one

# Right gradients, in several styles --------------------------------------------------------------


def backward_pass(net, x, t):
    return net.gradient(x, t).weights


def one_by_one(net, x, t):
    """The mean over the examples, taken last."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    each = [net.gradient(*pair).parameters for pair in zip(x, t, strict=True)]
    total = np.mean(each, axis=0)
    return np.split(total, [net.W.size])[0].reshape(net.W.shape), total[net.W.size :].reshape(
        net.U.shape
    )


def loops(net, x, t):
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    dE_dW, dE_dU = np.zeros(net.W.shape), np.zeros(net.U.shape)
    for x_n, t_n in zip(x, t, strict=True):
        p = net.forward(x_n)
        d = [(y - k) * y * (1 - y) / len(x) for y, k in zip(p.y, t_n, strict=True)]
        for j, value in enumerate(with_one(p.h)):
            for k, delta in enumerate(d):
                dE_dU[j, k] += value * delta
        for j, value in enumerate(p.h):
            e = sum(delta * net.U[j + 1, k] for k, delta in enumerate(d))
            for i, v in enumerate(with_one(x_n)):
                dE_dW[i, j] += v * e * value * (1 - value)
    return [dE_dW, dE_dU]


def read_only(net, x, t):
    found = [np.asfortranarray(each) for each in museum.gradient(net, x, t)]
    for each in found:
        each.flags.writeable = False
    return tuple(found)


def complex_step(net, x, t):
    return complex_step_gradient(net, x, t).weights


def other_epsilon(net, x, t):
    return numerical_gradient(net, x, t, epsilon=1e-5).weights


RIGHT = {
    "the backward pass of the helpers": backward_pass,
    "a backward pass written with loops": loops,
    "one that adds up one example after the other": one_by_one,
    "one that returns a tuple of read-only arrays": read_only,
    "one by complex step": complex_step,
    "centred differences with an epsilon of 1e-5": other_epsilon,
}

# Mutants -----------------------------------------------------------------------------------------


def _spoilt(change):
    """A right gradient, changed at the end: change(dE_dW, dE_dU, net, x, t)."""

    def mutant(net, x, t):
        arrays = [np.array(each) for each in net.gradient(x, t).weights]
        return change(*arrays) or arrays

    return mutant


def _slip(slip):
    return lambda net, x, t: museum.gradient(net, x, t, {slip})


def _without_biases_of(layer):
    def mutant(net, x, t):
        weights = [each.copy() for each in net.weights]
        weights[layer][0] = 0
        return Network(weights).gradient(x, t).weights

    return mutant


def _last_entry(dE_dW, dE_dU):
    dE_dU[-1, -1] *= 1.02


def _one_bias(dE_dW, dE_dU):
    dE_dW[0, -1] *= 1.5


def _a_nan(dE_dW, dE_dU):
    dE_dW[-1, 0] = np.nan


def _lowered(dE_dW, dE_dU):
    for each in (dE_dW, dE_dU):
        each -= 0.05 * np.abs(each)


def _raised(dE_dW, dE_dU):
    for each in (dE_dW, dE_dU):
        each += 0.05 * np.abs(each)


def _a_little(dE_dW, dE_dU):
    for each in (dE_dW, dE_dU):
        each *= 1.001


def _upside_down(dE_dW, dE_dU):
    dE_dU[:] = dE_dU[::-1].copy()


def _zeros(dE_dW, dE_dU):
    dE_dW[:] = dE_dU[:] = 0


def _no_bias_row(dE_dW, dE_dU):
    return [dE_dW[1:], dE_dU[1:]]


def _half(dE_dW, dE_dU):
    dE_dW *= 0.5
    dE_dU *= 0.5


ONE_EXAMPLE = "With a single example nothing shows: use several."
HALF = "half of every gradient"
TOO_LOW = "entries that are all too low by 5 %"
TOO_HIGH = "entries that are all too high by 5 %"
EQUAL_EXAMPLES = "Where all examples are equal nothing shows: use different ones."
NOT_THE_DATA = (
    "Compare every entry closely with a measured one, on a network whose slopes are not tiny."
)
MUTANTS = {  # what it is -> (the gradient function, what would show it)
    "gradients of the biases from the first example alone":
        (_slip("bias-gradient-of-one-example"), ONE_EXAMPLE),
    HALF: (_spoilt(_half), "What does your test compare it with?"),
    "zeros everywhere": (_spoilt(_zeros), "What does your test compare them with?"),
    "every sign turned": (_slip("target-minus-output"), "A size without its sign hides that."),
    "no slope at the hidden units":
        (_slip("no-sigma-prime-hidden"), "It spoils dE_dW only: look at both arrays."),
    "z_h in the place of h":
        (_slip("net-input-for-h"), "It spoils dE_dU only: look at both arrays."),
    "a sum over the examples in place of the mean": (_slip("gradient-summed"), ONE_EXAMPLE),
    "the gradient of the first example alone": (_slip("first-example-only"), ONE_EXAMPLE),
    "0 for every bias": (_slip("bias-gradient-missing"), "Look at row 0, too."),
    "one bias that is off by half": (_spoilt(_one_bias), "Look at every entry of row 0."),
    "arrays without row 0":
        (_spoilt(_no_bias_row), "Compare with all the entries that there should be."),
    "a forward pass without the biases of the hidden units":
        (_without_biases_of(0), "Where these biases are 0 nothing shows, and `Network.random` "
         "starts them at 0."),
    "a forward pass without the biases of the outputs":
        (_without_biases_of(1), "Where these biases are 0 nothing shows, and `Network.random` "
         "starts them at 0."),
    "the error of the first output alone sent back":
        (_slip("one-output-only"), "With one output nothing shows."),
    "the inputs in reverse order":
        (lambda net, x, t: museum.gradient(net, np.atleast_2d(x)[:, ::-1], t),
         "With equal inputs, or a single one, nothing shows."),
    "inputs without their minus signs":
        (lambda net, x, t: museum.gradient(net, np.abs(x), t),
         "Where no input is negative nothing shows."),
    "an error sent back through weights that have moved":
        (_slip("updated-U-sent-back"), "It is off by some percent."),
    TOO_LOW:
        (_spoilt(_lowered), "Too low counts as much as too high: take the absolute value."),
    TOO_HIGH:
        (_spoilt(_raised), "Too high counts as much as too low: take the absolute value."),
    "a single entry, the last one, off by 2 %":
        (_spoilt(_last_entry), "A mean hides it, and so does a test that stops early."),
    "the rows of dE_dU upside down":
        (_spoilt(_upside_down), "A sum over the entries hides it: compare entry by entry."),
    "every entry off by a tenth of a percent":
        (_spoilt(_a_little), "On smooth functions a good check sees far smaller errors: choose a "
         "smaller limit."),
    "a NaN in one entry":
        (_spoilt(_a_nan), "NaN is never larger than a limit: ask whether the error is below it."),
}  # fmt: skip
