"""Interactive labs. Python computes every number; the browser only looks it up and draws."""

from .forward import ForwardLab
from .lab import Lab
from .step import StepLab

__all__ = ["ForwardLab", "Lab", "StepLab"]
