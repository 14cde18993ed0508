"""The helper package of "Backpropagation You Can Check".

`import helpers` is light and needs no other package: each name below is fetched from its
module when it is first asked for. (`python3 -m helpers` runs before NumPy is installed.)
"""

_HOME = {
    "check": "checks",
    "progress": "checks",
    "your_network": "checks",
    "Network": "network",
    "with_one": "network",
    "sigmoid": "activations",
    "sigmoid_prime": "activations",
    "train": "training",
    "train_many": "many",
    "EpsilonLab": "widgets",
    "ForwardLab": "widgets",
    "Graph": "graph",
    "GraphLab": "widgets",
    "LossLab": "widgets",
    "MomentumLab": "widgets",
    "PassLab": "widgets",
    "RaceLab": "widgets",
    "ShapesLab": "widgets",
    "SliceLab": "widgets",
    "StepLab": "widgets",
    "TrainLab": "widgets",
}
_MODULES = (
    "activations", "checks", "diagram", "examples", "gradcheck", "graph", "losses", "network",
    "plots", "quadratic", "style", "training", "widgets",
)  # fmt: skip

__all__ = sorted(set(_HOME).union(_MODULES))


def __getattr__(name):
    from importlib import import_module

    if name in _HOME:
        value = getattr(import_module("." + _HOME[name], __name__), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        return import_module("." + name, __name__)
    raise AttributeError("module 'helpers' has no attribute " + repr(name))


def __dir__():
    return sorted(set(globals()).union(__all__))
