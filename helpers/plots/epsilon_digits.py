"""The digits of a difference quotient: which cancel, which are left, which of them are right."""

from __future__ import annotations

from itertools import takewhile

from .. import diagram
from .epsilon_numbers import DIGITS, Measured

WIDTH, HEIGHT = 404, 214
AT = 128  # where the digits begin
MONO = "ui-monospace,'Liberation Mono',Menlo,Consolas,monospace"
# a shared or empty digit, one that counts, a wrong one
LOOK = {
    "gone": "fill:var(--bp-muted)",
    "left": "font-weight:700",
    "wrong": "fill:var(--bp-error_text);text-decoration:line-through",
}
ROWS = (("up", 26), ("down", 48), ("difference", 76), ("slope", 120), ("exact", 142))
LINES = {"cancel": 96, "error": 178, "verdict": 202}


def decimals(v: float, kind: str) -> int:
    """How many decimals show all the digits that such a number has in this type."""
    if v == 0:
        return DIGITS[kind]
    return max(0, min(DIGITS[kind] - 1 - int(f"{v:e}".split("e")[1]), DIGITS[kind] + 3))


def fixed(v: float, places: int) -> str:
    """With a sign or room for it."""
    text = diagram.number(v, places)
    return text if text[0] == "−" else "\u00a0" + text


def first_digit(text: str) -> int:
    """Where the first digit stands that is not 0, or the end."""
    return next((i for i, c in enumerate(text) if c in "123456789"), len(text))


def shared(a: str, b: str) -> int:
    """How many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b)))


def lost(m: Measured, kind: str, difference: float) -> tuple[int, int]:
    """How many of how many digits of E cancel in this difference."""
    places = decimals(m.E, kind)
    zeros = first_digit(fixed(difference, places)) - first_digit(fixed(m.E, places))
    return max(0, min(zeros, DIGITS[kind])), DIGITS[kind]


def pieces(m: Measured, kind: str, up, down, difference, slope) -> dict[str, list[tuple]]:
    """For each row its text in pieces: (look, text)."""
    places, more = decimals(m.E, kind), decimals(m.exact, kind)
    a, b = fixed(up, places), fixed(down, places)
    d, s = fixed(difference, places), fixed(slope, more)
    true = fixed(m.exact, decimals(m.exact, "float64"))
    same, zeros = shared(a, b), first_digit(d)
    right = shared(s, true)
    return {
        "up": [("gone", a[:same]), ("left", a[same:])],
        "down": [("gone", b[:same]), ("left", b[same:])],
        "difference": [("gone", d[:zeros]), ("left", d[zeros:])],
        "slope": [("left", s[:right]), ("wrong", s[right:])],
        "exact": [("left", true), ("left", "")],
    }


def labels(m: Measured, formula: str) -> str:
    """What stands in front of the digits."""
    E, name, e = f'<tspan class="it error">{m.letter}</tspan>', diagram.letters(m.name), "ε"
    e = f'<tspan class="it">{e}</tspan>'
    down, by = (f"({name} − {e})", f"2{e}") if formula == "centred" else (f"({name})", e)
    rows = (f"{E}({name} + {e})", E + down, "difference", f"divided by {by}", "exact slope")
    return "".join(
        f'<text x="8" y="{y}" style="text-anchor:start">{row}</text>'
        for row, (_, y) in zip(rows, ROWS)
    )


def part(m: Measured, formula: str, kind: str, epsilon: float):
    """(body, width, height) of the table of digits."""
    from .epsilon import cancel_words, two_digits, verdict

    numbers = [float(v[0]) for v in m.quotients(formula, kind, [epsilon])]
    error = float(m.relative_error(formula, kind, [epsilon])[0])
    body = [f'<g data-part="labels">{labels(m, formula)}</g>']
    body.append(f'<path class="axis" d="M{AT + 6} 56H{WIDTH - 70}"/>')
    for (row, y), shown in zip(ROWS, pieces(m, kind, *numbers).values()):
        spans = "".join(
            f'<tspan data-d="{row} {i}" style="{LOOK[look]}">{text}</tspan>'
            for i, (look, text) in enumerate(shown)
        )
        body.append(
            f'<text x="{AT}" y="{y}" class="bp-digits" xml:space="preserve" '
            f'style="text-anchor:start;font-family:{MONO};font-size:14px">{spans}</text>'
        )
    said = cancel_words(*lost(m, kind, numbers[2])), two_digits(error), verdict(error)
    rule = f'<path class="axis" d="M8 157H{WIDTH - 8}" style="stroke:var(--bp-line)"/>'
    body += [_line("cancel", AT + 9, said[0]), rule, _error_line(*said[1:])]
    return "".join(body), WIDTH, HEIGHT


def _line(key: str, x: float, body: str, css: str = "small") -> str:
    return (
        f'<text x="{x}" y="{LINES[key]}" class="{css}" style="text-anchor:start">'
        f'<tspan data-d="{key}">{body}</tspan></text>'
    )


def _error_line(error: str, verdict: str) -> str:
    label = f'<text x="8" y="{LINES["error"]}" style="text-anchor:start">relative error</text>'
    return label + _line("error", AT + 9, error, "strong") + _line("verdict", AT + 9, verdict, "")
