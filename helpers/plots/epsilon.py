"""The V of gradient checking: the relative error of a measured slope over epsilon.

On the right the difference is cut off from a curve that bends, on the left rounding is blown up.
Two pictures, which the lab moves: the V, and the digits that are subtracted.
"""

from __future__ import annotations

import numpy as np

from .. import diagram, examples, style
from ..gradcheck import AGREES, WRONG
from . import epsilon_digits as digits
from .epsilon_numbers import EPSILONS, FORMULAS, TYPES, VARIANTS, Measured, weight
from .learning import SUPERSCRIPT

WIDTH, HEIGHT = 404, 344
X, Y = (50, 390), (296, 26)  # the ends of the axes
DECADES_X, DECADES_Y = (-16, 0), (-13, 0.4)
CHOSEN = "fill:none;stroke:var(--bp-error);stroke-width:2.6;stroke-linejoin:round"
OTHER = "fill:none;stroke:var(--bp-line);stroke-width:1.6;stroke-linejoin:round"
GUIDE = "fill:none;stroke:var(--bp-muted);stroke-width:1.2;stroke-dasharray:4 3"
FAINT = "fill:none;stroke:var(--bp-line);stroke-width:1.2"
NOW = "fill:none;stroke:var(--bp-muted);stroke-width:1"


def epsilon_v(example=None, choose="w5", formula="centred", kind="float64", epsilon=1e-6, ax=None):
    """The V: relative error of the slope of E along one weight, over epsilon, both in decades.

    example  an `Example` with the squared error; the worked one where not given
    choose   the name of the weight
    formula  "centred" or "one-sided", and kind "float64" or "float32": the curve that stands out
    epsilon  the one that is marked

    The figure has `.epsilon`, `.errors[formula, kind]` and `.measured`.
    ValueError for names that there are not, and for an epsilon outside 1e-16 to 1.
    """
    example = example or examples.worked()
    if choose not in example.names:
        raise ValueError(f"No weight {choose!r}; there are {', '.join(example.names)}.")
    if (formula, kind) not in VARIANTS:
        raise ValueError(
            f"There are {' and '.join(FORMULAS)} differences in {' and '.join(TYPES)}; got "
            f"{formula!r} in {kind!r}."
        )
    if not EPSILONS[0] <= epsilon <= EPSILONS[-1]:
        raise ValueError(f"epsilon goes from 1e-16 to 1; got {epsilon!r}.")
    m = weight(example, choose)
    errors = {v: m.relative_error(*v, EPSILONS) for v in VARIANTS}
    if ax is not None:
        return _on(ax, errors, (formula, kind))
    parts = [
        (v_body(m, errors, (formula, kind), epsilon), WIDTH, HEIGHT),
        digits.part(m, formula, kind, epsilon),
    ]
    caption = (
        "Right of the bottom the difference cuts off a bend of E, left of it rounding is all that "
        "is left: no epsilon is right for both, and none is good in float32."
    )
    shown = diagram.Figure(parts, caption, in_words(m, formula, kind, epsilon))
    shown.epsilon, shown.errors, shown.measured = np.array(EPSILONS), errors, m
    return shown


# ---- places in the picture


def x_of(epsilon):
    """Pixels of epsilon, to a tenth."""
    low, high = DECADES_X
    return np.round(X[0] + (X[1] - X[0]) * (np.log10(epsilon) - low) / (high - low), 1)


def y_of(error):
    """Pixels of a relative error, to a tenth; what is off the axis stands at its end."""
    low, high = DECADES_Y
    decades = np.clip(np.log10(np.maximum(error, 1e-99)), low, high)
    return np.round(Y[0] + (Y[1] - Y[0]) * (decades - low) / (high - low), 1)


def path(errors) -> str:
    """The corners of a curve over EPSILONS."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(x_of(EPSILONS), y_of(errors)))


# ---- the V


def v_body(m: Measured, errors, chosen, epsilon: float) -> str:
    """The V with one curve chosen and one epsilon marked."""
    curves = "".join(
        f'<polyline data-curve="{formula} {kind}" points="{path(errors[formula, kind])}" '
        f'style="{CHOSEN if (formula, kind) == chosen else OTHER}"/>'
        for formula, kind in sorted(VARIANTS, key=lambda v: v == chosen)
    )
    x, y = x_of(epsilon), y_of(m.relative_error(*chosen, [epsilon]))[0]
    now = (
        f'<path data-at="line" d="M{x:g} {Y[0]}V{Y[1]}" style="{NOW}"/>',
        f'<circle data-at="point" class="now" cx="{x:g}" cy="{y:g}" r="5.5"/>',
    )
    return f'{_frame()}{now[0]}{curves}<g data-part="marks">{marks(m, *chosen)}</g>{now[1]}'


def _frame() -> str:
    (left, right), (bottom, top) = X, Y
    body = [f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>']
    for k in (-16, -12, -8, -4, 0):
        x = x_of(10.0**k)
        body.append(f'<path class="axis" d="M{x:g} {bottom}v4"/>{_text(x, bottom + 19, power(k))}')
    for k in (-12, -9, -6, -3, 0):
        y = y_of(10.0**k)
        body.append(f'<path class="axis" d="M{left} {y:g}h-4"/>')
        body.append(_text(left - 8, y + 4, power(k), "end"))
    agrees = y_of(AGREES)
    body.append(f'<path d="M{left} {agrees:g}H{right}" style="{FAINT};stroke-dasharray:2 4"/>')
    body.append(_text(left + 6, agrees + 36, "↓ fine enough", "start"))
    body.append(_text(left + 6, agrees + 54, "to check with", "start"))
    body.append(_text(right, bottom + 36, '<tspan class="it">ε</tspan>', "end", ""))
    body.append(_text(6, 14, "relative error of the slope", "start"))
    return "".join(body)


def marks(m: Measured, formula: str, kind: str) -> str:
    """What belongs to one curve: its two branches by name, its best epsilon, its neighbours."""
    (C, p), R, best = m.cut_off(formula), m.rounding(kind), m.best(formula, kind)
    body = [_names_of_types(m, kind)]
    if np.isfinite(R):
        body.append(_guide(R, -1, *_ends(R, -1, best)))
    if 0 < C < np.inf:
        body.append(_guide(C, p, *_ends(C, p, best)))
    body += _branch_names(C, p, R, best)
    if best:
        body.append(_best(best, C * best**p + R / best))
    return "".join(body)


def _ends(factor, p, best):
    """From where to where a branch's straight line is drawn, in epsilon."""
    top = (1 / factor) ** (1 / p)  # where the error is 1
    ends = sorted((top, best or 10.0 ** DECADES_X[p < 0]))
    return (max(ends[0], 1e-16), min(ends[1], 1.0))


def _guide(factor, p, start, end) -> str:
    points = " L".join(f"{x_of(e):g} {y_of(factor * e**p):g}" for e in (start, end))
    return f'<path d="M{points}" style="{GUIDE}"/>'


def _branch_names(C, p, R, best):
    middle = R**0.5 * ((best or 1e-3) ** 0.5) if np.isfinite(R) else None
    if middle:
        yield _two_lines(x_of(middle) - 9, y_of(R / middle) + 12, "rounding", "∝ 1/ε", "end")
    if 0 < C < np.inf:
        y = y_of(C * (10**-2.4) ** p)
        yield _two_lines(X[1] + 6, y + 16, "cut-off", "∝ ε²" if p == 2 else "∝ ε", "end")


def _best(best, error) -> str:
    x, y = x_of(best), y_of(error)
    inside = min(max(x, X[0] + 52), X[1] - 40)
    label = _text(inside, Y[0] - 8, f"best ε ≈ {about(best)}", "middle", "small halo")
    return f'<path d="M{x:g} {y + 6:g}V{Y[0]}" style="{GUIDE}"/>{label}'


def _names_of_types(m: Measured, chosen: str) -> str:
    """float64 and float32, beside the branches where their rounding rules."""
    body = []
    for kind in TYPES:
        R = m.rounding(kind)
        if np.isfinite(R):
            e = R * 10**1.1  # where the error is 10^-1.1
            css = "small halo strong" if kind == chosen else "small halo"
            body.append(_text(x_of(e) + 6, y_of(R / e) + 2, kind, "start", css))
    return "".join(body)


def _two_lines(x, y, first, second, anchor) -> str:
    return _text(x, y, first, anchor, "small halo strong") + _text(
        x, y + 18, second, anchor, "small halo strong"
    )


def _text(x, y, body, anchor="middle", css="small") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{css}" style="text-anchor:{anchor}">{body}</text>'


def power(k: int) -> str:
    """10⁻⁶ for -6, and 1 for 0."""
    return "1" if k == 0 else "10" + str(k).translate(SUPERSCRIPT)


def plain(v: float) -> str:
    """A number of any size as one types it: 1e-6, 1.25e-6, 0.05, 1."""
    if v == 0 or 0.01 <= abs(v) < 1e4:
        return f"{v:.6f}".rstrip("0").rstrip(".").replace("-", "−")
    mantissa, k = f"{v:.6e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(k)}".replace("-", "−", mantissa[0] == "-")


def about(v: float) -> str:
    """With one digit: 2e-5."""
    return plain(float(f"{v:.0e}"))


def two_digits(v: float) -> str:
    """A relative error: 2.9e-10, 0.21."""
    if v >= 0.01:
        return diagram.number(v, 2)
    mantissa, k = f"{v:.1e}".split("e")
    return f"{mantissa}e{int(k)}"


# ---- in words; the browser has the same sentences and limits

LIMITS = [AGREES, WRONG]
WORDS = {
    "state": "A {formula} difference along {weight} in {kind}, epsilon = {epsilon}: {lost} Slope "
    "{slope}, exact {exact}; relative error {error}: {verdict}. {side}",
    "lost": ["{lost} of {digits} digits cancel, {left} are left", "all {digits} digits cancel"],
    "verdicts": ["fine enough to check with", "doubtful", "useless"],
    "sides": [
        "Left of the best epsilon, about {best}: rounding rules.",
        "Right of the best epsilon, about {best}: the cut-off rules.",
    ],
}  # fmt: skip


def in_words(m: Measured, formula: str, kind: str, epsilon: float) -> str:
    """The state of both pictures."""
    *_, difference, slope = (float(v[0]) for v in m.quotients(formula, kind, [epsilon]))
    error = float(m.relative_error(formula, kind, [epsilon])[0])
    best = m.best(formula, kind)
    side = WORDS["sides"][epsilon >= best].format(best=about(best)) if best else ""
    found = {
        "lost": cancel_words(*digits.lost(m, kind, difference)) + ".",
        "slope": diagram.number(slope, 9),
        "exact": diagram.number(m.exact, 9),
        "error": two_digits(error),
        "verdict": verdict(error),
    }
    where = {"formula": formula, "weight": m.name, "kind": kind, "epsilon": plain(epsilon)}
    return WORDS["state"].format(**where, **found, side=side).strip()


def verdict(error: float) -> str:
    return WORDS["verdicts"][sum(error > limit for limit in LIMITS)]


def cancel_words(lost: int, count: int) -> str:
    words = WORDS["lost"][lost == count]
    return words.format(lost=lost, digits=count, left=count - lost)


def _on(ax, errors, chosen):
    """The same on a Matplotlib axes."""
    for v in VARIANTS:
        colour = style.COLOUR["error" if v == chosen else "line"]
        ax.loglog(EPSILONS, np.maximum(errors[v], 1e-16), color=colour, label=" ".join(v))
    ax.axhline(AGREES, color=style.COLOUR["muted"], linestyle=":")
    ax.set_xlabel("ε")
    ax.set_ylabel("relative error of the slope")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax
