"""The letters of the film of a pass, as in the book: δ^y_1, u_jk, ∂E/∂w_11; and as HTML."""

from __future__ import annotations

import re

from .. import diagram
from .pass_numbers import PassNumbers

# A letter with what is raised and lowered beside it: δ^y_1, u_jk, ∂E.
LETTER = re.compile(r"(ln)|([A-Za-zδσΣη])(?:\^([^\W_]+))?(?:_(\w+))?")
UPRIGHT = "σΣ"


def maths(text: str) -> str:
    """'δ^y_1 u_11' as HTML: letters in italics, indices raised and lowered."""

    def html(found):
        logarithm, letter, high, low = found.groups()
        if logarithm:
            return logarithm
        body = letter if letter in UPRIGHT else f"<i>{letter}</i>"
        sup = f"<sup>{high}</sup>" if high else ""
        return body + sup + (f"<sub>{low}</sub>" if low else "")

    # Words of several letters (tanh, softmax, max, if, else) and entities stay as they are.
    parts = re.split(r"(&\w+;|\b(?:tanh|softmax|max|if|else)\b)", text)
    return "".join(part if i % 2 else LETTER.sub(html, part) for i, part in enumerate(parts))


def raised(n: PassNumbers, layer: int) -> str:
    """What stands above z and δ: y at the outputs, h at the hidden units, or their layer."""
    return "y" if layer == n.last else "h" if n.last == 2 else str(layer)


def value(n: PassNumbers, layer: int, index) -> str:
    if layer == 0:
        return f"x_{index}"
    if layer == n.last:
        return f"y_{index}"
    return f"h_{index}" if n.last == 2 else f"h^{layer}_{index}"


def indices(n: PassNumbers, l: int) -> tuple[str, str]:
    """Index letters at the two ends of weights[l]."""
    return ("j" if l else "i"), ("k" if l == n.last - 1 else "j" if l == 0 else "k")


def weight(n: PassNumbers, l: int, index: str) -> str:
    if n.last > 2:
        return f"w^{l + 1}_{index}"
    return f"{'u' if l else 'w'}_{index}"


def named(n: PassNumbers, l: int, row: int, col: int) -> str:
    letter, index = diagram.split_name(n.name(l, row, col))
    return f"{letter[0]}^{letter[1:]}_{index}" if letter[1:] else f"{letter}_{index}"


def matrix(n: PassNumbers, l: int) -> str:
    """W, U, or W with its number."""
    return f"W^{l + 1}" if n.last > 2 else "WU"[l]


def units(n: PassNumbers, layer: int) -> str:
    if layer == n.last:
        return "output" if n.net.sizes[-1] == 1 else "outputs"
    return "hidden units" if n.last == 2 else f"units of layer {layer}"


def factor(text: str) -> str:
    """A number behind a ×, in parentheses if it is negative."""
    return f"({text})" if text.startswith("−") else text


def entry(n: PassNumbers, layer: int, i: int) -> str:
    """The value of unit i as text: inputs as given, computed ones with four decimals."""
    v = float(n.h(layer)[i])
    return diagram.short(v) if layer == 0 else diagram.number(v, 4)
