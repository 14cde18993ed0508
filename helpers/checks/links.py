"""What exercises 3.1 and 3.2 look for in an answer, and the hidden cases of 3.2."""

import numpy as np

from helpers.activations import sigmoid

from .exercise import Case
from .generic import numbers

OTHER_NUMBERS = (
    (1.9, "This is z, the value that reaches the square. Now the two slopes."),
    (4.4, "This is 4w, a part of z. Asked for is how E changes with w."),
    (2.2, "This is 2w. The square does not see w: what does it see?"),
    (30.4, "This is twice the right slope: is there a factor 2 too many?"),
    (16.72, "This is the right slope times w. There are two links, and w itself is no slope."),
    (60.8, "This has the slope of the inner function twice. Each link gives one factor."),
    (3.8 + 4.4, "This is the sum of 2z and 4w. Along a path slopes are multiplied."),
)


def exactly(trials):
    """A number with one decimal is evidence only if it is just that; and nudges leave a trace."""
    (trial,) = trials
    given = float(trial.fitted[0])
    for number, sentence in OTHER_NUMBERS:
        if abs(given - number) < 1e-9:
            return sentence
    for nudge in (0.1, 0.01, 0.001, 0.0001):
        if min(abs(given - 15.2 - 16 * nudge), abs(given - 15.2 + 16 * nudge)) < 1e-9:
            return f"This is what a nudge of {nudge} gives. Asked for is the exact slope."
    return ""


def net_inputs():
    return [
        Case("the number 0.8", (0.8,)),
        Case("the number -1.7", (-1.7,)),
        Case("the number 0", (0.0,)),
        Case("an array of 5 numbers", (numbers((5,), 301, 3),)),
        Case("a matrix of numbers", (numbers((2, 3), 302, 2),)),
    ]


def quantities(z):
    y = sigmoid(z)
    return {
        "the sigmoid of the right slope": sigmoid(y * (1 - y)),
        "z times the right slope": z * y * (1 - y),
        "z times y, with y the sigmoid of z": z * y,
        "z times (1 - y), with y the sigmoid of z": z * (1 - y),
        "the right slope times y once more": y * y * (1 - y),
        "the right slope times (1 - y) once more": y * (1 - y) ** 2,
        "e to the power of z": np.exp(z),
        "y - z, with y the sigmoid of z": y - z,
    }


def come_near(trials):
    """A sentence when every slope is nearly right and not a rounded one; or ''."""
    if any(trial.fitted is None or not np.isfinite(trial.fitted).all() for trial in trials):
        return ""
    got = np.concatenate([trial.fitted.ravel() for trial in trials])
    right = np.concatenate([trial.expected.ravel() for trial in trials])
    rounded = any(np.allclose(got, np.round(right, k), rtol=0, atol=1e-9) for k in range(1, 7))
    if rounded or np.ptp(got - right) < 1e-9 or (np.abs(got - right) > 0.01).any():
        return ""
    return (
        "Your slopes come near and are not exact, as after a nudge. "
        "The formula y (1 - y) needs none."
    )
