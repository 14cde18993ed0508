"""The numbers, names, formulas and words of a computation graph's picture."""

from __future__ import annotations

import re
from html import escape
from math import floor, log10

from .. import diagram

WIDEST, PADDING = 104, 6
NARROW = {"_": 0, " ": 3.8, "²": 4.6, "(": 4.6, ")": 4.6, ".": 4, ",": 4, "=": 9, "Σ": 8.5, "½": 10,
          "×": 9, "+": 9, "−": 9} | dict.fromkeys("0123456789", 6.2)  # fmt: skip
MOST_PATHS = 6


# ---- numbers


def decimals(numbers, least: int = 4, most: int = 8) -> int:
    """So many decimals that the smallest of these numbers shows three digits."""
    smallest = min((abs(v) for v in numbers if v), default=1.0)
    return min(max(2 - floor(log10(smallest)), least), most)


def trimmed(v: float, places: int) -> str:
    """v with at least two and at most so many decimals."""
    whole, _, rest = diagram.number(v, places).partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


def places(graph) -> dict[str, int]:
    """Decimals of local slopes, and of slopes."""
    return {"local": decimals(graph.local.values()), "slope": decimals(graph.slopes.values())}


def product_places(graph, name: str) -> int:
    """Decimals of the products along a node's paths: the slopes', or a few more, if that makes
    the rounded products add up to the rounded slope."""
    products = [p.product for p in graph.paths(name)]
    least = decimals(graph.slopes.values())
    for d in range(least, least + 4):
        total = sum(round(p, d) for p in products)
        if round(total, d) == round(graph.slopes[name], d):
            return d
    return least


KINDS = {"E": "error", "e": "error", "w": "weight", "u": "weight", "b": "weight", "x": "input",
         "t": "target", "h": "hidden", "y": "output", "z": "hidden"}  # fmt: skip


def colour(name: str) -> str:
    """The book's colour of a quantity with this letter."""
    if name.startswith("z_y"):
        return "output"
    return KINDS.get(diagram.split_name(name)[0][:1], "muted")


def value_places(graph, name: str) -> int:
    """Decimals of a value: four, for errors six where a nudge moves them by little."""
    little = min((abs(v) for v in graph.slopes.values() if v), default=1.0) < 0.1
    return 6 if little and colour(name) == "error" else 4


def shown_value(graph, name: str, v: float) -> str:
    return (
        diagram.short(v) if name in graph.inputs else diagram.number(v, value_places(graph, name))
    )


def parts_of(name: str) -> tuple[str, str]:
    """'z_h1' as its letter and its index, z and h1; the index may be empty."""
    head, _, index = name.partition("_")
    if not index:
        head, index = diagram.split_name(name)
    return (head, index) if head and index else (name, "")


def letters(name: str) -> str:
    """'z_h1' as SVG text: z in italics, h1 lowered."""
    head, index = map(escape, parts_of(name))
    if not index:
        return f'<tspan class="it">{head}</tspan>'
    return (
        f'<tspan class="it">{head}</tspan>'
        f'<tspan dy="3" font-size="75%">{index}</tspan><tspan dy="-3">\u200b</tspan>'
    )


def formula(graph, name: str) -> str:
    """'p = w × x' as SVG text, or the name alone where the formula is too long for a box."""
    written = _formula(graph, name)
    if not written:
        return letters(name)
    names = {s for s in graph.steps[name][1:] if isinstance(s, str)}
    one_of_them = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    word = rf"(?<!\w)({one_of_them})(?![^\W²])"
    return f"{letters(name)} = {re.sub(word, lambda m: letters(m[1]), written)}"


def _formula(graph, name: str) -> str:
    if name in graph.inputs:
        return ""
    written = "Σ w x" if graph.steps[name][0] == "net_input" else graph.written(name)
    return written if _width(f"{name} = {written}") <= WIDEST - 2 * PADDING else ""


def _width(text: str) -> float:
    """About how wide a text of 12 px is; names lose the _ and have small indices."""
    return sum(NARROW.get(c, 7.2) for c in text)


def box_width(graph) -> int:
    """Wide enough for every formula."""
    texts = [f"{name} = {_formula(graph, name)}" for name in graph.steps]
    return round(max(76, *(_width(t) + 2 * PADDING for t in texts if not t.endswith("= "))))


# ---- words


def path_rows(graph, name: str, named=letters) -> list[str]:
    """For each path 'w → s → E: 0.80 × 1.00 = 0.80', by default as SVG text; then their sum."""
    shown = places(graph)
    paths, d = graph.paths(name), product_places(graph, name)
    rows = []
    for path in paths[:MOST_PATHS]:
        way = " → ".join(named(n) for n in path.nodes)
        factors = joined(" × ", [trimmed(f, shown["local"]) for f in graph.factors(path)])
        product = trimmed(path.product, d)
        many = len(path.nodes) > 2
        rows.append(f"{way}:  {factors} = {product}" if many else f"{way}:  {product}")
    if len(paths) > MOST_PATHS:
        rows.append(f"… and {len(paths) - MOST_PATHS} more")
    rows.append(f"{_derivative(graph, name, named)} = {sum_of_paths(graph, name)}")
    return rows


def sum_of_paths(graph, name: str) -> str:
    """'0.80 + 1.20 = 2.00', a negative product in parentheses."""
    d, paths = product_places(graph, name), graph.paths(name)
    terms = [trimmed(p.product, d) for p in paths[:MOST_PATHS]]
    if len(paths) > MOST_PATHS:
        terms.append("…")
    total = trimmed(graph.slopes[name], d)
    return total if len(terms) == 1 else f"{joined(' + ', terms)} = {total}"


def joined(sign: str, numbers) -> str:
    """Numbers with a sign between them, negative ones after it in parentheses."""
    return sign.join(f"({v})" if k and v.startswith("−") else v for k, v in enumerate(numbers))


def _derivative(graph, name: str, written=str) -> str:
    return f"d{written(graph.output)}/d{written(name)}"


def plain(row: str) -> str:
    return re.sub(r"<[^>]*>|\u200b", "", row)


def in_words(graph, values=True, local=True, slopes=False, choose=None) -> str:
    """The picture in words."""
    shown = places(graph)

    def node(name):
        written = "" if name in graph.inputs else f" = {graph.written(name)}"
        value = f" = {shown_value(graph, name, graph.values[name])}" if values else ""
        return name + written + value

    sentences = [f"A computation graph: {', '.join(node(n) for n in graph.values)}."]
    if local:
        edges = [f"{a} to {b} {trimmed(v, shown['local'])}" for (a, b), v in graph.local.items()]
        sentences.append(f"Local slopes: {', '.join(edges)}.")
    if slopes:
        found = [
            f"{_derivative(graph, n)} = {trimmed(v, shown['slope'])}"
            for n, v in graph.slopes.items()
        ]
        sentences.append(f"Slopes: {', '.join(found)}.")
    if choose is not None:
        rows = [row.replace("  ", " ") for row in path_rows(graph, choose, str)]
        sentences.append(f"Paths from {choose}: {'; '.join(rows[:-1])}. Sum: {rows[-1]}.")
    return " ".join(sentences)
