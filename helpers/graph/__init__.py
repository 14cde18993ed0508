"""A computation graph: every value a gate computes, and every slope the chain rule gives.

A gate takes values and gives one value. Its local slope says how much its value moves per unit
that one of the values it takes moves. A path from a node to the output multiplies the local
slopes along it; the slope of the output with respect to the node is the sum over all paths.
Source: Baydin et al. 2018, Automatic Differentiation in Machine Learning, section 3.2.

    gates     what each gate computes, beside its local slopes
    core      the graph: values forward, slopes backward, paths, nudges
    ready     ready-made graphs: two_paths, worked_example, of_network
"""

from .core import Graph, Path
from .gates import GATES, Gate
from .ready import of_network, two_paths, worked_example

__all__ = ["GATES", "Gate", "Graph", "Path", "of_network", "two_paths", "worked_example"]
