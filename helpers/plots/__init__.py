"""The book's figures. Each draws on an `ax` if it is given one and returns it; without, it returns
a figure with caption and alt text for the notebook. Diagrams have no axes.
"""

from ..loop_map import loop_map, unit
from .bells import bells
from .chain import chains, sigmoid_slope, vanishing
from .chords import chords
from .curves import error_along, sigmoid_curve
from .epochs import over_epochs
from .epsilon import epsilon_v
from .evidence import evidence
from .graphs import graph
from .learning import learning
from .losses import loss_curves, probabilities
from .momentum import race, rates, trajectories
from .networks import network
from .output import slowdown, step_along
from .passes import film_strip, flows
from .shapes import shapes
from .slices import slice_of_E
from .tables import outer_sum
from .training import decision_boundary, training
from .velocity import carried_steps, curve_with_starts, runs, runs_side_by_side

__all__ = [
    "bells", "carried_steps", "chains", "chords", "curve_with_starts", "decision_boundary",
    "epsilon_v", "error_along", "evidence", "film_strip", "flows", "graph", "learning",
    "loop_map", "loss_curves", "network", "outer_sum", "over_epochs", "probabilities", "race",
    "rates", "runs", "runs_side_by_side", "shapes", "sigmoid_curve", "sigmoid_slope",
    "slice_of_E", "slowdown", "step_along", "training", "trajectories", "unit", "vanishing",
]  # fmt: skip
