"""Exercise 6.8: a test is handed in, and tried on right gradients and on mutants.

`passes(gradient)` gets a function gradient(net, x, t) -> [dE_dW, dE_dU]. It has to pass every
right one, in whatever way it computes, and to catch every mutant. A test that raises has caught.
"""

import dataclasses

import numpy as np

from helpers.gradcheck import complex_step_gradient, numerical_gradient
from helpers.mistakes import museum
from helpers.network import Network, with_one

from . import run, stubs
from .exercise import Exercise, not_attempted, not_yet, solved
from .judge import FILL

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


def _without_biases(net, x, t):
    W, U = net.W.copy(), net.U.copy()
    W[0] = U[0] = 0
    return Network([W, U]).gradient(x, t).weights


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
    "a forward pass without biases":
        (_without_biases, "Where all biases are 0 nothing shows, and `Network.random` starts "
         "them at 0."),
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


# The judge ---------------------------------------------------------------------------------------


NOTHING = (
    "Your test returns nothing, whatever gradient it gets: end it with a `return` of True or False."
)


class Unsuitable(Exception):
    """The gradient functions cannot be asked about this network."""


class Watched:
    """A gradient function that remembers whether it was asked, and refuses other networks."""

    def __init__(self, function):
        self.function, self.asked, self.complaint = function, False, ""
        self.examples = self.different = 0  # of the largest data that came in

    def __call__(self, net, x, t):
        self.asked = True
        self._look_at(np.atleast_2d(x), np.atleast_2d(t))
        self.complaint = self.complaint or _complaint(net)
        if self.complaint:
            raise Unsuitable(self.complaint)
        return self.function(net, x, t)

    def _look_at(self, x, t):
        self.examples = max(self.examples, len(x))
        if len(x) == len(t):
            self.different = max(self.different, len(np.unique(np.hstack([x, t]), axis=0)))

    def fitting(self, hint):
        """The hint, or another one where the data are not what it says."""
        if hint is not ONE_EXAMPLE or self.examples < 2:
            return hint
        return EQUAL_EXAMPLES if self.different < 2 else NOT_THE_DATA


def _complaint(net):
    if not isinstance(net, Network):
        return "the first argument of `gradient(net, x, t)` is a `Network`"
    if len(net.weights) != 2:
        return f"your network has {len(net.weights) - 1} hidden layers, and one is agreed on"
    if {f.name for f in net.activations} != {"sigmoid"} or net.loss.name != "squared":
        return "sigmoid units and the squared error are agreed on"
    return ""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class TestExercise(Exercise):
    """Hand in passes(gradient) -> True for a right gradient function, False for a wrong one."""

    __test__ = False  # for pytest: this is no test class

    def judge(self, answer, surroundings):
        if stubs.all_open(answer):
            return not_attempted(FILL)
        if not callable(answer) or isinstance(answer, type):
            return not_yet("A function is asked for: hand in `passes` itself, without brackets.")
        for words, function in RIGHT.items():
            found = _on_right(words, function, answer, surroundings)
            if found:
                return found
        through, silent = {}, True
        for words, (function, hint) in MUTANTS.items():
            watched = Watched(function)
            found = _ask(answer, watched, surroundings)
            if found.problem:
                return not_yet(found.problem)
            if found.passed:
                through[words] = watched.fitting(hint)
                silent = silent and found.silent
        if silent and 2 * len(through) > len(MUTANTS):  # some mutants make any code raise
            return not_yet(NOTHING)
        again = _on_right(*next(iter(RIGHT.items())), answer, surroundings)
        return again or self._finding(through)

    def _finding(self, through):
        if not through:
            return solved(
                f"Your test passes every right gradient and catches all {len(MUTANTS)} mutants.",
                f"{len(RIGHT)} right gradient functions in different styles, and {len(MUTANTS)} "
                "mutants",
            )
        words, hint = _first(through)
        caught = len(MUTANTS) - len(through)
        count = f"Your test passes what is right and catches {caught} of {len(MUTANTS)} mutants. "
        if not caught:
            count = "Your test passes whatever comes. "
        return not_yet(f"{count}Slips through: {words}. {hint}", slips=tuple(through))


def _first(through):
    """The mutant to speak of: what passes on one side only tells more than anything else."""
    sides = [words for words in (TOO_LOW, TOO_HIGH) if words in through]
    words = sides[0] if len(sides) == 1 else next(iter(through))
    return words, NOT_THE_DATA if words in sides and len(sides) == 2 else through[words]


@dataclasses.dataclass(frozen=True)
class _Result:
    passed: bool = False
    problem: str = ""
    raised: str = ""
    silent: bool = False


def _on_right(words, function, answer, surroundings):
    """A finding when a right gradient function is not passed; or None."""
    watched = Watched(function)
    found = _ask(answer, watched, surroundings)
    if found is None:
        return not_attempted(FILL)
    if found.problem:
        return not_yet(found.problem)
    if watched.complaint:
        return not_yet(f"On what is your test based? Here {watched.complaint}.")
    if found.raised:
        return not_yet(f"On a right gradient your test raises an error. {found.raised}")
    if not watched.asked:
        return not_yet(
            "Your test never calls `gradient`: call `gradient(net, x, t)` with a network and data "
            "of your own, and look at what comes back."
        )
    if not found.passed and _ask(answer, Watched(MUTANTS[HALF][0]), surroundings).passed:
        return not_yet(
            "Your test returns False for a right gradient, and True for half of every gradient: "
            "look at the line that decides."
        )
    if not found.passed:
        return not_yet(
            f"Your test refuses a right gradient: {words}. Two right ways of computing agree "
            "closely, but not to the last digit."
        )
    return None


def _ask(answer, watched, surroundings):
    """The answer to one gradient function: None for a stub that is still open."""
    result = run.call(answer, (watched,), "passes(gradient)", surroundings)
    if result.not_attempted:
        return None
    if result.problem:
        if result.value is None and "returns None" in result.problem:
            return _Result(passed=True, silent=True)  # as a test that works with `assert`
        return _Result(raised=result.problem)
    return _read(result.value)


def _read(value):
    if hasattr(value, "ok") and hasattr(value, "verdict"):
        return _Result(problem="Your test returns the whole outcome, which always counts as true: "
                       "return its `.ok`.")  # fmt: skip
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(())[()]
    if isinstance(value, (bool, np.bool_)) or (isinstance(value, int) and value in (0, 1)):
        return _Result(passed=bool(value))
    return _Result(
        problem=f"Your test returns {_what(value)}: return True for a right gradient, False for a "
        "wrong one."
    )


def _what(value):
    if isinstance(value, (float, np.floating)):
        return "a number"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return "text" if isinstance(value, str) else f"something of the type `{type(value).__name__}`"


TEST = TestExercise(
    id="6.8",
    title="Write the test",
    stars=3,
    section="Write the test",
    hand_in="passes",
)
