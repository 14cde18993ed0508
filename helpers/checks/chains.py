"""Hidden chains for exercise 3.7, and special cases of chapter 03 that show where to look."""

import numpy as np

from helpers.activations import sigmoid, sigmoid_prime

from .exercise import Case, Special


def _double(v):
    return 2 * v - 0.3


def _two(v):
    return 2.0 + 0 * v


def _square(v):
    return v * v + 0.2


def _twice(v):
    return 2 * v


def _cube(v):
    return v**3 - v


def _cube_slope(v):
    return 3 * v**2 - 1


def _half_log(v):
    return 0.5 * np.log(v * v + 1.5)


def _half_log_slope(v):
    return v / (v * v + 1.5)


LINE, SQUARE, CUBE = (_double, _two), (_square, _twice), (_cube, _cube_slope)
SINE, SIGMOID = (np.sin, np.cos), (sigmoid, sigmoid_prime)
LOG = (_half_log, _half_log_slope)

CHAINS = (
    ((SQUARE,), 1.7),
    ((SINE, SQUARE), 0.6),
    ((CUBE, SIGMOID), 1.4),
    ((LINE, SINE, SQUARE), -0.8),
    ((SIGMOID, CUBE, LOG), 0.45),
    ((SQUARE, LINE, SIGMOID, SINE), 0.9),
    ((SINE, LOG, CUBE, LINE, SQUARE), 2.3),
)


def cases():
    return [
        Case(
            f"a chain of {len(links)} link{'s' * (len(links) > 1)} at w = {w}",
            ([f for f, _ in links], [f_prime for _, f_prime in links], w),
        )
        for links, w in CHAINS
    ]


def quantities(functions, slopes, w):
    values = [w]
    for f in functions:
        values.append(f(values[-1]))
    links = np.array([f_prime(v) for f_prime, v in zip(slopes, values)])
    product = float(np.prod(links))
    return {
        "the value of the chain plus its slope": values[-1] + product,
        "the value of the chain times its slope": values[-1] * product,
        "the mean of the slopes of the links": links.mean(),
        "the running product of the slopes": np.cumprod(links),
        "the value of the chain divided by w": values[-1] / w,
        "the slope divided by the number of links": product / len(links),
        "the size of the slope without its sign": abs(product),
    }


def never_asks_for_slopes(answer):
    """A sentence when the reader's function does without `slopes`, as by nudging; or ''."""
    asked = []

    def slope(v):
        asked.append(v)
        return 2 * v

    try:
        answer([_square, np.sin], [slope, lambda v: asked.append(v) or np.cos(v)], 0.7)
    except Exception:  # it was right on all cases before
        return ""
    if asked:
        return ""
    return (
        "The slopes are right, and found without `slopes`. "
        "This exercise asks for the chain rule: multiply what the functions in `slopes` give."
    )


GATES = (
    Special(lambda kind, a, b, s: (kind, a, b, s + 0.5),
            unmoved="The slope that arrives has no influence on your result."),
    Special(lambda kind, a, b, s: ("multiply", a, b, s + 0.5),
            unmoved="In a multiply gate the slope that arrives has no influence on your result."),
)  # fmt: skip


PLACES = (
    Special(lambda local, arriving: (local[:1], arriving[:1]),
            right="With a single place your result is right, so look at how you join several."),
    Special(lambda local, arriving: (np.ones_like(local), arriving),
            right="With local slopes of 1 your result is right, so look at what you do with them."),
    Special(lambda local, arriving: (local, np.ones_like(arriving)),
            right="When a slope of 1 arrives everywhere your result is right, so look at what you "
            "do with those that arrive."),
    Special(lambda local, arriving: (local + 0.5, arriving),
            unmoved="The local slopes have no influence on your result."),
    Special(lambda local, arriving: (local, arriving + 0.5),
            unmoved="The slopes that arrive have no influence on your result."),
)  # fmt: skip


def come_near(trials):
    """A sentence when every slope is nearly right, as after a nudge to one side; or ''."""
    if any(trial.fitted is None or not np.isfinite(trial.fitted).all() for trial in trials):
        return ""
    ratios = [float(trial.fitted / trial.expected) for trial in trials]
    if max(abs(ratio - 1) for ratio in ratios) > 0.02:
        return ""
    return (
        "The slopes come near and are not exact, as after a nudge. "
        "The functions in `slopes` give the exact slope of each link: multiply them."
    )


def _only(count):
    return lambda functions, slopes, w: (functions[:count], slopes[:count], w)


LINKS = (
    Special(_only(2), right="Chains of one and two links are right, so look at longer ones: what "
            "reaches the third function?"),
    Special(_only(1), right="A single link is right, so look at how the second one joins it."),
    Special(lambda f, s, w: (f, s, w + 0.3), unmoved="w has no influence on your result."),
)  # fmt: skip
