"""Interactive labs. Python computes every number; the browser only looks it up and draws."""

from .epsilon import EpsilonLab
from .film import PassLab
from .forward import ForwardLab
from .graph import GraphLab
from .lab import Lab
from .losses import LossLab
from .momentum import MomentumLab
from .race import RaceLab
from .shapes import ShapesLab
from .slice import SliceLab
from .step import StepLab
from .train import TrainLab

__all__ = [
    "EpsilonLab",
    "ForwardLab",
    "GraphLab",
    "Lab",
    "LossLab",
    "MomentumLab",
    "PassLab",
    "RaceLab",
    "ShapesLab",
    "SliceLab",
    "StepLab",
    "TrainLab",
]
