"""The same passes with named slips that can be switched on, one or several.

`CATALOGUE` says what each slip is. `arrays` holds the shapes and differences of chapter 00,
`forward` and `backward` the two passes for a batch, `links` and `chain` the slopes, gates and
paths of chapter 03, `output` the output layer by itself, `hidden` the way back through hidden
layers, `batches` what chapter 07 does with many examples, `descent` whole steps of gradient
descent, `nudges` gradient checks, `steps` single updates, `training` the loop around
them, `momentum` steps that keep their speed.
The checks compare a wrong answer with what the slips would have given, and "find the bug"
exercises are made from them; `specimens` holds wrong answers to look at.
"""

from . import (
    arrays,
    backward,
    batches,
    chain,
    descent,
    forward,
    hidden,
    links,
    momentum,
    nudges,
    output,
    steps,
    training,
)
from .catalogue import CATALOGUE, Mistake

__all__ = [
    "CATALOGUE", "Mistake", "arrays", "backward", "batches", "chain", "descent", "forward",
    "hidden", "links", "momentum", "nudges", "output", "steps", "training",
]  # fmt: skip
