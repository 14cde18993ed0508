"""What the slice lab says: how a descent ends, which start leads where, and what a chord shows."""

from __future__ import annotations

from html import escape

from .. import diagram
from ..plots import slice_ends as ends
from ..plots import slice_picture
from ..plots.slice_numbers import STEPS

DIRECT, OVER, THERE = 30, 31, 32  # ways into a valley

ENDS = {
    DIRECT: "From {name} = {s}, descent with eta = {eta} reaches valley {letter} after {steps}: "
    "{name} = {end}, E = {E_end}.{beyond}",
    OVER: "From {name} = {s}, descent with eta = {eta} jumps over a hill: it starts on the slope "
    "towards {home}, and ends in valley {letter}, {name} = {end}, E = {E_end}, after {steps}.",
    THERE: "{name} = {s} is on the floor of valley {letter}, E = {E}; descent with eta = {eta} "
    "stays there.{beyond}",
    ends.ON_ITS_WAY: "From {name} = {s}, descent with eta = {eta} is still on its way after {all} "
    "steps: {name} = {end}, E = {E_end}, slope {slope_end}.",
    ends.STUCK: "From {name} = {s}, descent with eta = {eta} is stuck on flat ground: after {all} "
    "steps {name} = {end}, E = {E_end}, slope {slope_end}.",
    ends.SWINGS: "From {name} = {s}, descent with eta = {eta} never settles: eta is too large, and "
    "after {all} steps it still jumps to and fro.",
    ends.LEFT: "From {name} = {s}, descent with eta = {eta} jumps out of the picture: after {all} "
    "steps {name} = {end}, E = {E_end}, slope {slope_end}.",
    ends.GONE: "From {name} = {s}, descent with eta = {eta} diverges: it has left for good.",
}
ENDS[ends.RIGHT] = ENDS[ends.LEFT]

CHORD = {
    "below": "The chord from {name} = {s} to {q} runs below the curve: at {name} = {gap_at} the "
    "curve is {gap} above it. So E is not convex.",
    "above": "The chord from {name} = {s} to {q} runs nowhere below the curve. That is no proof: "
    "in a convex E, no chord would.",
}

PLOT = "E along the slice, with valleys, basins and a descent or a chord"
NETWORK = "The network at the start"
OUTPUTS = "outputs at the start, and targets"
RULE = "A function is convex if no chord runs below its curve anywhere."


def for_browser() -> dict:
    """All sentences, and what the browser needs to choose among them."""
    return {
        "ends": {str(how): words for how, words in ENDS.items()},
        "chord": CHORD,
        "outputs": OUTPUTS,
        "rule": RULE,
        "letters": ends.LETTERS,
        "no valley": ends.ON_ITS_WAY,
        "ways": {"direct": DIRECT, "over": OVER, "there": THERE},
    }


def example(x, output: int) -> str:
    """What an example is called: its inputs, and the number of the output if there are several."""
    words = " ".join(f"{v:g}" for v in x[:3]) + (" …" if len(x) > 3 else "")
    return f"{words} (y{output})" if output else words


def symbol(line) -> str:
    """What the position is called in a sentence."""
    return "share" if line.ends else line.name


def label(line) -> str:
    """The slice's name as HTML."""
    if line.ends:
        return escape(f"{line.ends[0].removeprefix('a ')} → {line.ends[1].removeprefix('a ')}")
    letter, index = diagram.split_name(line.name)
    return f"<i>{escape(letter)}</i><sub>{escape(index)}</sub>"


def plain(line) -> str:
    return f"the straight line {line.title}" if line.ends else line.name


def way(how: int, home: int, steps: int) -> int:
    """Which sentence of ENDS."""
    if how >= ends.ON_ITS_WAY:
        return how
    if steps == 0:
        return THERE
    return DIRECT if how == home else OVER


def said(view: str, line, found: dict, beyond) -> str:
    """The sentence for these numbers; `beyond` as from the function below."""
    numbers = {
        "name": symbol(line),
        "s": diagram.short(found["s"]),
        "q": diagram.short(found["q"]),
        "eta": f"{found['eta']:.10g}",
        "all": str(STEPS),
        "steps": f"{found['steps']:.0f} step{'s' * (found['steps'] != 1)}",
        "end": diagram.number(found["end"], 4),
        "gap_at": diagram.short(found["gap_at"]),
        **{k: diagram.number(found[k], 6) for k in ("E", "E_end", "slope_end", "gap")},
    }
    if view == "chord":
        return CHORD["below" if found["gap"] > 5e-7 else "above"].format(**numbers)
    how, home = int(found["how"]), int(found["home"])
    valley = how < ends.ON_ITS_WAY
    words = ENDS[way(how, home, int(found["steps"]))]
    return words.format(
        **numbers,
        letter=ends.LETTERS[how] if valley else "",
        home=f"valley {ends.LETTERS[home]}" if home < ends.ON_ITS_WAY else "the edge",
        beyond=beyond[how] if valley else "",
    )


def beyond(line, shape, how) -> list[str]:
    """For each valley: a hill beside it, and where a start just beyond that hill leads."""
    return [_beyond(line, shape, how, v) for v in range(len(shape.valleys))]


def _beyond(line, shape, how, v: int) -> str:
    at = shape.valleys[v][0]
    for hill, _ in sorted(shape.hills, key=lambda h: abs(h[0] - at)):
        k = (hill - line.low) / line.step
        k = int(k) + 2 if hill > at else int(k) - 1
        if 0 <= k < len(how) and how[k] != v and how[k] < ends.ON_ITS_WAY:
            return (
                f" A start beyond the hill at {diagram.number(hill, 2)} reaches valley "
                f"{ends.LETTERS[how[k]]}."
            )
    return ""


def key(line, shape, how) -> str:
    """Which starts lead where, as HTML: a pattern and words for each end."""
    runs = {}
    for end, first, last in ends.pieces(how):
        kind = ends.LEFT if end in ends.LEAVES else end
        runs.setdefault(kind, []).append((line.grid[first], line.grid[last]))
    return "".join(_entry(shape, end, runs[end]) for end in sorted(runs))


def _entry(shape, end: int, runs) -> str:
    swatch = slice_picture.fill(end, 1, 29, 1, 13)
    swatch = (
        f'<svg viewBox="0 0 30 14" aria-hidden="true">{swatch}'
        '<rect class="axis" x="1" y="1" width="28" height="12"/></svg>'
    )
    stretches = ", ".join(_stretch(*run) for run in runs[:2])
    if len(runs) > 2:
        stretches = f"{len(runs)} stretches"
    return f"<li>{swatch}<span>{_name(shape, end)}: {stretches}</span></li>"


def _stretch(a, b) -> str:
    a, b = (diagram.number(v, 2).rstrip("0").rstrip(".") for v in (a, b))
    return a if a == b else f"{a} to {b}"


def _name(shape, end: int) -> str:
    if end >= ends.ON_ITS_WAY:
        return {
            ends.ON_ITS_WAY: "slow, still on its way",
            ends.STUCK: "stuck",
            ends.SWINGS: "swings",
        }.get(end, "leaves")
    s, E = shape.valleys[end]
    return f"<b>{ends.LETTERS[end]}</b> at {diagram.number(s, 2)}, E = {diagram.number(E, 4)}"
