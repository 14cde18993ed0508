"""How the book looks: one colour and one shape for one meaning. Colours live here only.

The palette is Okabe and Ito's, which stays apart for colour-blind readers; the shape repeats
what the colour says. Source: Okabe, Ito 2008, Color Universal Design.
"""

from __future__ import annotations

COLOUR = {
    "input": "#0072B2",
    "hidden": "#009E73",
    "output": "#E69F00",
    "target": "#000000",
    "error": "#D55E00",
    "error_text": "#B85000",  # letters need more contrast than lines: 5.0 to 1, not 3.9
    "gradient": "#CC79A7",
    "velocity": "#56B4E9",
    "flow_1": "#6A3FB5",
    "flow_2": "#7F5A00",
    "weight": "#595959",
    "text": "#111111",
    "muted": "#5F5F5F",
    "paper": "#FFFFFF",
    "edge": "#111111",
    "line": "#C8C8C8",
}

# On dark paper the dark inks turn light. The coloured ones keep their meaning and their colour,
# save two that would be too dim there.
DARK = {
    "input": "#3D9BD6",
    "hidden": "#1DB98C",
    "error_text": "#D55E00",
    "flow_1": "#B08CFF",
    "flow_2": "#D8B25A",
    "target": "#FFFFFF",
    "weight": "#B0B0B0",
    "text": "#F2F2F2",
    "muted": "#B8B8B8",
    "paper": "#161616",
    "edge": "#F2F2F2",
    "line": "#4A4A4A",
}

SHAPE = {
    "input": "square",
    "hidden": "circle",
    "output": "diamond",
    "target": "cross",
    "error": "solid line",
    "gradient": "tangent with arrow head",
    "velocity": "arrow",
    "flow_1": "solid arrow: what comes back from output 1",
    "flow_2": "dash-dotted arrow: what comes back from output 2",
    "weight": "line as wide as |w|, dashed if negative",
    "one": "hollow",
}

# Markers of Matplotlib with the same shapes.
MARKER = {"input": "s", "hidden": "o", "output": "D", "target": "x"}

FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"

# A weight's line: this wide at w = 0, this much wider for each unit of |w|, and no wider than.
LINE_WIDTH = {"thinnest": 0.8, "per_unit": 2.2, "widest": 6.0}
DASHES = "6 4"
# The flows that come back from output 1, 2 and 3: colour and line. No dashes: solid.
FLOW = {1: ("flow_1", ""), 2: ("flow_2", "11 4 2 4"), 3: ("muted", "2 4")}


def line_width(w: float) -> float:
    """The width of a weight's line in a diagram."""
    return round(
        min(LINE_WIDTH["thinnest"] + LINE_WIDTH["per_unit"] * abs(w), LINE_WIDTH["widest"]), 2
    )


def css_variables(dark: bool = False, flows: bool = True) -> str:
    """The palette as CSS custom properties, such as `--bp-input:#0072B2`.

    flows   with the colours of the flows, which few pictures need
    """
    colours = {**COLOUR, **DARK} if dark else COLOUR
    return ";".join(
        f"--bp-{name}:{value}"
        for name, value in colours.items()
        if flows or not name.startswith("flow")
    )


def figure_style():
    """Matplotlib settings of the book's figures, for `with figure_style(): ...`.

    No top or right spine, no legend frame, text large enough for a phone, white paper in every
    theme.
    """
    import matplotlib

    return matplotlib.rc_context(
        {
            "figure.figsize": (6.4, 3.8),
            "figure.dpi": 100,
            "figure.facecolor": COLOUR["paper"],
            "axes.facecolor": COLOUR["paper"],
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": COLOUR["muted"],
            "axes.labelcolor": COLOUR["text"],
            "axes.titlelocation": "left",
            "axes.titlesize": 12,
            "text.color": COLOUR["text"],
            "xtick.color": COLOUR["muted"],
            "ytick.color": COLOUR["muted"],
            "font.size": 12,
            "font.family": "DejaVu Sans",
            "mathtext.fontset": "dejavusans",
            "lines.linewidth": 2.2,
            "lines.markersize": 9,
            "legend.frameon": False,
            "savefig.bbox": "tight",
        }
    )


def ramp(share: float, colour: str = "velocity") -> str:
    """A step of a sequential ramp, from paper (0) to the full colour (1), in either theme."""
    return f"color-mix(in srgb, var(--bp-{colour}) {100 * share:g}%, var(--bp-paper))"
