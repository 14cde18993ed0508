"""Computation graphs as figures."""

from __future__ import annotations

from ..diagram import Figure
from .graph_drawing import drawing, path_style
from .graph_layout import MARGIN
from .graph_text import in_words, path_rows, plain

ROW, SAMPLE = 19, 34  # of the words below a picture: height, and room for a path's line


def graph(graph, values=True, local=True, slopes=False, choose=None, caption=None):
    """The picture of a computation graph.

    values   the value of each node
    local    the local slope on each line
    slopes   at the foot of each box, d(output) / d(node)
    choose   a node: all its paths to the output are drawn, with their products and their sum
    ValueError for an unknown name.
    """
    if choose is not None:
        graph.paths(choose)
    body, width, height = drawing(graph, values, local, slopes, choose)
    if choose is not None:
        body, width, height = _with_rows(body, width, height, path_rows(graph, choose))
    alt = in_words(graph, values, local, slopes, choose)
    return Figure([(body, width, height)], caption or _caption(graph, choose, slopes), alt)


def _with_rows(body: str, width: float, height: float, rows):
    """The picture with these rows below it, each path with a sample of its line."""
    parts = [body]
    for k, row in enumerate(rows):
        y = height + ROW * (k + 0.7)
        last = k == len(rows) - 1
        if not last:
            parts.append(f'<path d="M{MARGIN} {y - 4:g}h{SAMPLE - 8}" style="{path_style(k)}"/>')
        css = "strong" if last else "small"
        parts.append(
            f'<text x="{MARGIN + SAMPLE}" y="{y:g}" class="{css}" '
            f'style="text-anchor:start" xml:space="preserve">{row}</text>'
        )
    longest = max(len(plain(row)) for row in rows)
    width = max(width, 2 * MARGIN + SAMPLE + 6.4 * longest)
    return "".join(parts), round(width, 1), height + ROW * len(rows) + 6


def _caption(graph, choose, slopes: bool) -> str:
    if choose is not None:
        count = len(graph.paths(choose))
        if count == 1:
            return (
                f"One path leads from {choose} to {graph.output}: the slope is the product of the "
                "local slopes along it."
            )
        number = ("Two", "Three", "Four", "Five", "Six")[count - 2] if count < 7 else str(count)
        return (
            f"{number} paths lead from {choose} to {graph.output}: multiply along each, then add "
            "them up."
        )
    if slopes:
        return (
            f"Values go from left to right; at the foot of each box the slope of {graph.output} "
            "with respect to it, which comes back from right to left."
        )
    return "Each line carries its local slope: how much the next value moves per unit of this one."
