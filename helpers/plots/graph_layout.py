"""Where the boxes and lines of a computation graph go: columns by depth, few crossings.

A long edge gets a place of its own in every column that it passes, so that it runs between the
boxes and not through them. Nothing here is random.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

HEIGHT, STRIP = 44, 17  # of a box; of its strip for the slope
MARGIN, THROUGH = 10, 16
GAPS = {False: (62, 24), True: (44, 20)}  # between boxes, along and across; turned or not
MORE = {False: 16, True: 10}  # room for each line beyond three between two columns
PORT = 9.0


@dataclass(frozen=True)
class Layout:
    """`boxes`: name -> (x, y) of the middle; `lines`: edge -> its points, from box to box.

    turned   from top to bottom instead of from left to right
    """

    boxes: Mapping
    lines: Mapping
    width: float
    height: float
    box: tuple[float, float]
    turned: bool


def layout(graph, width: float, strip: bool = False, turned: bool = False) -> Layout:
    """The places of all boxes and lines; `strip`: with room for a slope in each box."""
    box = (width, HEIGHT + STRIP * strip)
    along, across = box[::-1] if turned else box
    columns, edges = _with_passages(graph, _depths(graph))
    columns = _ordered(columns, edges)
    gaps = GAPS[turned]
    y = _heights(columns, edges, across, gaps[1])
    x = _columns_at(columns, edges, along, gaps[0], MORE[turned])
    lines = _lines(graph, columns, x, y, along)
    low = min(v - (across if isinstance(n, str) else THROUGH) / 2 for n, v in y.items())
    high = max(v + (across if isinstance(n, str) else THROUGH) / 2 for n, v in y.items())

    def place(u, v):
        u, v = round(u + MARGIN, 1), round(v - low + MARGIN, 1)
        return (v, u) if turned else (u, v)

    size = (max(x.values()) + along / 2 + 2 * MARGIN, high - low + 2 * MARGIN)
    return Layout(
        {n: place(x[n], y[n]) for n in graph.values},
        {edge: [place(*p) for p in points] for edge, points in lines.items()},
        *(size[::-1] if turned else size),
        box,
        turned,
    )


def _depths(graph) -> dict[str, int]:
    """The column of each node: a gate after all it takes, an input just before its first use."""
    depth = dict.fromkeys(graph.inputs, 0)
    for name, sources in graph.sources.items():
        depth[name] = 1 + max(depth[s] for s in sources)
    for name in graph.inputs:
        depth[name] = min(depth[gate] for gate, taken in graph.sources.items() if name in taken) - 1
    return depth


def _with_passages(graph, depth):
    """Columns of nodes and of passages (from, to, column); and the edges between neighbours."""
    columns = [[] for _ in range(1 + max(depth.values()))]
    for name in graph.values:
        columns[depth[name]].append(name)
    edges = []
    for a, b in graph.local:
        chain = [a, *((a, b, d) for d in range(depth[a] + 1, depth[b])), b]
        for passage in chain[1:-1]:
            columns[passage[2]].append(passage)
        edges += pairwise(chain)
    return columns, edges


def _neighbours(edges):
    before, after = {}, {}
    for a, b in edges:
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    return before, after


def _ordered(columns, edges):
    """Columns sorted by the middle of what they are tied to, back and forth, the best kept."""
    before, after = _neighbours(edges)
    best, fewest = columns, _crossings(columns, edges)
    for _ in range(8):
        for tied, step in ((before, 1), (after, -1)):
            columns = [list(c) for c in columns]
            for i in range(len(columns))[::step]:
                rank = {n: k for column in columns for k, n in enumerate(column)}
                middle = {n: _mean([rank[m] for m in tied.get(n, ())], rank[n]) for n in columns[i]}
                columns[i].sort(key=middle.get)
            crossed = _crossings(columns, edges)
            if crossed < fewest:
                best, fewest = columns, crossed
    return best


def _mean(values, otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(columns, edges) -> int:
    rank = {n: k for column in columns for k, n in enumerate(column)}
    column_of = {n: d for d, column in enumerate(columns) for n in column}
    return sum(
        column_of[a] == column_of[c] and (rank[a] - rank[c]) * (rank[b] - rank[d]) < 0
        for (a, b), (c, d) in combinations(edges, 2)
    )


def _columns_at(columns, edges, along: float, gap: float, more: float) -> dict:
    """The middle of each column; columns with many lines between them stand further apart."""
    at, x = along / 2, {}
    for column in columns:
        x.update(dict.fromkeys(column, at))
        leaving = sum(a in x and b not in x for a, b in edges)
        at += along + gap + more * max(0, leaving - 3)
    return x


def _heights(columns, edges, across: float, gap: float) -> dict:
    """Each node as near its neighbours as the others in its column allow.

    Column by column, back and forth, what is least is the sum of the squared differences of
    height along all edges, so the whole settles.
    """
    before, after = _neighbours(edges)
    tied = {n: [*before.get(n, ()), *after.get(n, ())] for column in columns for n in column}

    def size(n):
        return across if isinstance(n, str) else THROUGH

    y = {}
    for column in columns:
        offsets = [0.0]
        for a, b in pairwise(column):
            offsets.append(offsets[-1] + (size(a) + size(b)) / 2 + gap)
        y.update((n, o - offsets[-1] / 2) for n, o in zip(column, offsets))
    steps = {id(column): [y[n] - y[column[0]] for n in column] for column in columns}
    for _ in range(100):
        for column in (*columns, *columns[::-1]):
            wanted = [_mean([y[m] for m in tied[n]], 0.0) for n in column]
            weights = [len(tied[n]) for n in column]
            y.update(zip(column, _spaced(wanted, weights, steps[id(column)])))
    return y


def _spaced(wanted, weights, steps):
    """As near to what is wanted as possible (squares, weighted), and at least `steps` apart.

    Neighbours that want to be closer than that are pooled: they move as one.
    """
    pools = []  # [sum of weights, weighted mean, how many]
    for want, weight, step in zip(wanted, weights, steps):
        pools.append([weight, want - step, 1])
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            w, mean, n = pools.pop()
            v, other, m = pools.pop()
            pools.append([v + w, (v * other + w * mean) / (v + w), n + m])
    placed = [mean for _, mean, n in pools for _ in range(n)]
    return [mean + step for mean, step in zip(placed, steps)]


def _lines(graph, columns, x, y, along: float) -> dict:
    """The points of each edge: out of a box, straight past the columns between, into a box."""
    lines = {}
    for a, b in graph.local:
        passed = [n for column in columns for n in column if n[:2] == (a, b)]
        leaves = sorted((e for e in graph.local if e[0] == a), key=lambda e: _next_to(e, y, 1))
        enters = sorted((e for e in graph.local if e[1] == b), key=lambda e: _next_to(e, y, 0))
        start = (x[a] + along / 2, y[a] + _port(leaves, (a, b)))
        end = (x[b] - along / 2, y[b] + _port(enters, (a, b)))
        middle = [p for n in passed for p in ((x[n] - along / 2, y[n]), (x[n] + along / 2, y[n]))]
        lines[a, b] = [start, *middle, end]
    return lines


def _next_to(edge, y, end: int) -> float:
    """Where an edge comes from or goes to, seen from its other end."""
    passages = sorted(n for n in y if not isinstance(n, str) and n[:2] == edge)
    nearest = (passages[0] if end else passages[-1]) if passages else edge[end]
    return y[nearest]


def _port(edges, edge) -> float:
    """Edges at one side of a box keep a little apart."""
    return PORT * (edges.index(edge) - (len(edges) - 1) / 2)
