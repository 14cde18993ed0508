"""Interactive labs. Python computes every number; the browser only looks it up and draws.

Each lab's module is imported when the lab is first asked for: a notebook needs one or two of them.
"""

_HOME = {
    "EpsilonLab": "epsilon",
    "ForwardLab": "forward",
    "GraphLab": "graph",
    "Lab": "lab",
    "LossLab": "losses",
    "MomentumLab": "momentum",
    "PassLab": "film",
    "RaceLab": "race",
    "ShapesLab": "shapes",
    "SliceLab": "slice",
    "StepLab": "step",
    "TrainLab": "train",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("." + _HOME[name], __name__), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()).union(__all__))
