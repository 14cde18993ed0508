"""A small source with one exercise, and its parts, for the tests of authoring and nbgrader."""

HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""

HINTS = """<details><summary>Hint 1</summary>

Look at $x$.
</details>

<details><summary>Hint 2</summary>

```python
+++ is no break inside a fence, and this is no cell
```
</details>

<details><summary>Hint 3</summary>

Nearly the answer.
</details>
"""

# A stand-in for helpers.checks: the same text form, and nothing to learn.
CHECK = """```{code-cell} ipython3
class Verdict:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = {"model_id": "changes"}
        return {"text/plain": self.text, "application/vnd.jupyter.widget-view+json": view}


def check(id, answer):
    word = "not attempted" if answer is ... else "solved" if answer == 3 else "not yet"
    return Verdict(f"{id} {word}")
```
"""

SOLUTION = """```{code-cell} ipython3
three = (
    ### BEGIN SOLUTION
    1 + 2  # not 12
    ### END SOLUTION
)
```
"""

ASK = """```{code-cell} ipython3
check("1.1", three)
```
"""


def exercise(id="1.1", stars="★★", hints=HINTS, solution=SOLUTION, ask=None):
    ask = ASK.replace("1.1", id) if ask is None else ask
    return f"## Exercise {id} {stars} Add\n\nAdd one and two.\n\n{hints}\n{solution}\n{ask}\n"


def page(*parts, header=HEADER):
    return "\n".join([header, "# A chapter\n\nSome *text*: $a$ costs \\$5.\n", CHECK, *parts])


# One page with everything in it.

FULL = page(
    exercise(),
    "## A section after\n\nText.\n\n+++\n\nMore text, in a cell of its own.\n",
    """```{code-cell} ipython3
:tags: [demo]

import os, sys, random
print("one")
print("note")
from IPython.display import display
display({"text/plain": "a picture", "image/svg+xml": "<svg/>"}, raw=True)
print("two", hash("abc") % 1000, os.environ.get("MPLBACKEND"), os.environ["OMP_NUM_THREADS"])
```
""",
)
