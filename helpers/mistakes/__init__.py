"""The same backward pass with named slips that can be switched on, one or several.

`CATALOGUE` says what each slip is; `passes` holds forward, losses and backward for a batch,
`steps` the gates, gradient checks, training and momentum. The checks compare a wrong answer
with what the slips would have given, and "find the bug" exercises are made from them.
"""

from . import passes, steps
from .catalogue import CATALOGUE, Mistake

__all__ = ["CATALOGUE", "Mistake", "passes", "steps"]
