"""Numbers for hidden cases: no two alike, both signs, none near zero, the same on every machine.

A case with equal numbers, a square matrix or a single example lets mistakes through: there a
transpose keeps the shape, a sum equals a mean, and a wrong column equals the right one.
"""

import functools
import random

import numpy as np

SINGLE, BATCH = "a single example", "a batch"  # the two kinds of cases of most exercises


def numbers(shape, seed, size=1.5):
    """An array of the given shape with two decimals, 0.1 <= |number| <= size, signs mixed."""
    return np.array(_drawn(int(np.prod(shape, dtype=int)), seed, size)).reshape(shape)


@functools.cache
def _drawn(count, seed, size):
    draw = random.Random(seed)
    found = []
    while len(found) < count:
        candidate = round(draw.uniform(0.1, size), 2) * (-1) ** (len(found) + seed)
        if candidate not in found:
            found.append(candidate)
    draw.shuffle(found)
    return found
