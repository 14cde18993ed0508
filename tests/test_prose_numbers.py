"""Every decimal number in the prose is a value that the code yields, to the digits shown."""

import json
from pathlib import Path

import pytest
from prose_numbers import computed, flat, numbers, shown, sort

ROOT = Path(__file__).resolve().parents[1]
SOLVED = sorted((ROOT / "solutions").glob("*.ipynb"))


def wrong_numbers(notebook, more=()):
    """(cell id, number) for each number in Markdown that nothing yields."""
    seen = sort(shown(notebook))
    values = sort([*seen, *computed(notebook), *more])
    return [
        (cell["id"], number.text)
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
        for number in numbers("".join(cell["source"]))
        if not number.is_backed_by(values, seen)
    ]


@pytest.fixture(scope="module")
def reference():
    """The reference table, and the values of both running examples, computed now."""
    from helpers import examples

    table = json.loads((ROOT / "tests" / "reference_numbers.json").read_text(encoding="utf-8"))
    found = flat(table)
    for example in (examples.worked(), examples.schematic()):
        values = example.net.forward(example.x)
        gradient = example.net.gradient(example.x, example.t)
        names = ("z_h", "h", "z_y", "y")
        found += flat([example.x, example.t, example.net.W, example.net.U])
        found += flat([getattr(values, name) for name in names])
        found += flat([gradient.dE_dW, gradient.dE_dU, example.net.error(example.x, example.t)])
    return found


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.stem)
def test_the_prose_says_what_the_code_computes(path, reference, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(path.parent)
    wrong = wrong_numbers(json.loads(path.read_text(encoding="utf-8")), reference)
    assert not wrong, "\n".join(
        f"{path.name}, cell {cell}: {number} is no value of this chapter" for cell, number in wrong
    )


# The test must be able to fail.


def notebook(prose, code="", output=""):
    shown = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    return {"cells": [
        {"cell_type": "markdown", "id": "text", "source": prose.splitlines(keepends=True)},
        {"cell_type": "code", "id": "code", "source": [code], "outputs": shown},
    ]}


CODE = """
import math
import numpy as np

x = [0.05, 0.10]
def f(w):
    return w**2 / 3
y = f(2)
a = np.array([0.123456, -0.7])
print(f"{a[1]:.2f} {math.pi:.4f}")
"""


@pytest.mark.parametrize("prose", [
    "0.05", "$x_2 = 0.10$ and 0.1", "1.3333333", "1.333", "0.123", "0.1235", "3.14159",
    "$-0.7$", "falls by 0.7", "0.05 - 0.10", "0.05-0.10", "so **0.123456**.",
    "$5.0 \\cdot 10^{-2}$", "5.0e-2", "5.00 × 10^-2", "0.81 is printed",
    "Exercise 1.4 and sections 1.2, 1.3", "Python 3.11, NumPy 2.4, 1.26.4", '`check("9.9", x)`',
    "[a](https://a.b/1.75) https://a.b/2.75", "doi 10.1038/323533", "`notes_0.7.md`",
    '<img width="0.77em">', "in 1986, 17 % of 10,000",
])
def test_right_numbers_and_what_is_no_number(prose):
    assert not wrong_numbers(notebook(prose, CODE, "seen: 0.8125\n")), prose


@pytest.mark.parametrize(("prose", "number"), [
    ("0.06", "0.06"), ("1.334", "1.334"), ("1.3334", "1.3334"), ("0.12345", "0.12345"),
    ("1.33 is nowhere shown", "1.33"), ("0.82", "0.82"),
    ("$y = -1.3333$", "-1.3333"), ("**0.4**", "0.4"), ("(0.11)", "0.11"), ("0.4.", "0.4"),
    ("`w = 0.44`", "0.44"), ("$z=0.45$", "0.45"), ("5.1e-2", "5.1e-2"), ("| 0.46 |", "0.46"),
    ("$5.1 \\times 10^{-2}$", "5.1 \\times 10^{-2}"), ("```python\nx = 0.47\n```", "0.47"),
    ("<b>0.48</b>", "0.48"), ("−0.05", "−0.05"), ("0.8126", "0.8126"),
    ("where x < 0.49 and y > 1", "0.49"), ("from 0.05 to 0.51", "0.51"),
])
def test_wrong_numbers_are_caught_with_their_cell(prose, number):
    assert wrong_numbers(notebook(prose, CODE, "seen: 0.8125\n")) == [("text", number)]


def test_numbers_of_the_reference_table_count(reference):
    text = "0.291027774 and 0.015913620, then 0.110426587, -0.0173; but not 0.291027775"
    found = wrong_numbers(notebook(text), reference)
    assert found in ([("text", "0.291027775")], [("text", "-0.0173"), ("text", "0.291027775")])
