"""The plane of two inputs: the output y all over it, the line where y is in the middle, and the
examples on it. Figure and lab draw the same frame; the lab paints the field itself.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from dataclasses import dataclass
from struct import pack

import numpy as np

from .. import diagram, style
from ..chart import ticks
from .contour import contour

WIDTH, HEIGHT = 320, 322
LEFT, TOP, SIDE = 34, 14, 276
CELLS = 24  # of the field, in each direction
FINE = 32  # of the grid on which the line is found
MARGIN = 0.5  # around the examples, as a share of their range
STRENGTH = 0.8  # of the colour where y is highest
LABELS = 6  # so many examples have room for a label each


@dataclass(frozen=True)
class Plane:
    """A part of the plane: low and high of x1 and of x2, and the range of y.

    Made by `plane_of`.
    """

    x1: tuple[float, float]
    x2: tuple[float, float]
    y: tuple[float, float]

    @property
    def level(self) -> float:
        """The y that parts the classes."""
        return sum(self.y) / 2

    def field(self, net) -> np.ndarray:
        """y in the middle of each cell as bytes, (CELLS, CELLS), from the top left: 0 lowest."""
        middles = (np.arange(CELLS) + 0.5) / CELLS
        y = self._outputs(net, middles, middles[::-1])
        low, high = self.y
        share = np.nan_to_num((y - low) / (high - low), nan=0.0)
        return np.rint(255 * share.clip(0, 1)).astype(np.uint8)

    def lines(self, net) -> list[np.ndarray]:
        """Where y is `level`: lines of points (x1, x2), an (n, 2) array each."""
        shares = np.arange(FINE + 1) / FINE
        y = self._outputs(net, shares, shares)
        if not np.isfinite(y).all():
            return []
        (a, b), (c, d) = self.x1, self.x2
        return contour(a + (b - a) * shares, c + (d - c) * shares, y, self.level)

    def line(self, net) -> str:
        """The same as an SVG path, in tenths of the picture's units."""
        (a, b), (c, d) = self.x1, self.x2
        low, size = np.array([a, d]), np.array([b - a, c - d])
        return "".join(
            _path(np.array([LEFT, TOP]) + SIDE * (points - low) / size)
            for points in self.lines(net)
        )

    def at(self, x) -> tuple[float, float]:
        """Where an input (x1, x2) lies in the picture."""
        (a, b), (c, d) = self.x1, self.x2
        return (
            round(float(LEFT + SIDE * (x[0] - a) / (b - a)), 1),
            round(float(TOP + SIDE * (d - x[1]) / (d - c)), 1),
        )

    def _outputs(self, net, right, up) -> np.ndarray:
        (a, b), (c, d) = self.x1, self.x2
        x1, x2 = np.meshgrid(a + (b - a) * right, c + (d - c) * up)
        with np.errstate(all="ignore"):
            y = net.forward(np.stack([x1.ravel(), x2.ravel()], axis=1)).y
        return y.reshape(x1.shape)


def plane_of(net, x, t) -> Plane:
    """The plane around the examples; ValueError for what is not 2 inputs and 1 output."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    if (net.sizes[0], net.sizes[-1]) != (2, 1):
        shape = "-".join(map(str, net.sizes))
        raise ValueError(
            f"The picture needs a network with 2 inputs and 1 output; this one is {shape}."
        )
    if x.shape[-1] != 2 or len(x) != len(t):
        raise ValueError(f"x must be (n, 2) and t (n, 1); got {x.shape} and {t.shape}.")
    return Plane(_around(x[:, 0]), _around(x[:, 1]), output_range(net, t))


def output_range(net, t) -> tuple[float, float]:
    """From the lowest to the highest output that can be: that of the activation or the targets."""
    known = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
    low, high = float(np.min(t)), float(np.max(t))
    spread = (low, high) if high > low else (low - 1, high + 1)
    return known.get(net.activations[-1].name, spread)


def _around(values) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    more = MARGIN * (high - low) or 1.0
    return low - more, high + more


def _path(points) -> str:
    """A line as SVG, in whole tenths of a unit, from point to point."""
    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)].tolist()
    x, y = tenths[0].tolist()
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) if steps else ""


# ---- drawing


def frame(plane: Plane, x, t) -> str:
    """Axes, names and examples, to lie over the field."""
    right, bottom = LEFT + SIDE, TOP + SIDE
    edge = f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}"/>'
    marks = [mark(*plane.at(row), target > plane.level) for row, target in zip(x, t[:, 0])]
    if len(x) <= LABELS:
        marks += [_class(*plane.at(row), target) for row, target in zip(x, t[:, 0])]
    return edge + "".join([*_ticks(plane, x), *marks])


def body(plane: Plane, net, x, t) -> str:
    """The whole picture with its field, as an image, and its line."""
    image = (
        f'<image x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" '
        f'preserveAspectRatio="none" href="{picture_of(plane.field(net))}"/>'
    )
    return image + line_element(plane.line(net)) + frame(plane, x, t)


def line_element(path: str) -> str:
    return (
        f'<path data-c="boundary" d="{path}" transform="scale(.1)" '
        'style="fill:none;stroke:var(--bp-edge);stroke-width:22;stroke-linejoin:round"/>'
    )


def mark(x: float, y: float, high: bool) -> str:
    """An example: a cross where the target is high, a ring where it is low."""
    behind = f'<circle class="behind" cx="{x:g}" cy="{y:g}" r="10"/>'
    if high:
        path = f"M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10"
        return f'{behind}<path class="target" d="{path}"/>'
    return f'{behind}<circle class="target" cx="{x:g}" cy="{y:g}" r="5.5"/>'


def _class(x, y, target) -> str:
    return (
        f'<text x="{x:g}" y="{y + 24:g}" class="small halo"><tspan class="it">t</tspan> = '
        f"{target:g}</text>"
    )


def _ticks(plane: Plane, x):
    right, bottom = LEFT + SIDE, TOP + SIDE
    (a, _), (c, _) = plane.x1, plane.x2
    for value in _ends(x[:, 0]):
        at, _ = plane.at((value, c))
        yield f'<path class="axis" d="M{at:g} {bottom}v4"/>' + _label(at, bottom + 17, value)
    for value in _ends(x[:, 1]):
        _, at = plane.at((a, value))
        yield f'<path class="axis" d="M{LEFT} {at:g}h-4"/>' + _label(LEFT - 8, at + 4, value, "end")
    for px, py, name in ((right - 6, bottom + 22, "x1"), (LEFT - 16, TOP + 8, "x2")):
        yield f'<text x="{px}" y="{py}">{diagram.letters(name)}</text>'


def _ends(values):
    """Where an axis has its ticks: at the values, if they are few, else at round numbers."""
    few = sorted(set(values.tolist()))
    if len(few) <= 3:
        return few
    return [v for v in ticks(few[0], few[-1], 4) if few[0] <= v <= few[-1]]


def _label(x, y, value: float, anchor: str = "middle") -> str:
    text = f"{value:g}".replace("-", "−")
    return f'<text x="{x:g}" y="{y:g}" class="small" style="text-anchor:{anchor}">{text}</text>'


def picture_of(field: np.ndarray) -> str:
    """The field as a PNG in a data address, in the colour of an output, stronger where y is high.

    It is not compressed, so that the same field is the same text everywhere.
    """
    rows, columns = field.shape
    colour = style.COLOUR["output"]
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[..., :3] = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    pixels[..., 3] = np.rint(field * STRENGTH)
    lines = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 0)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)
    return "data:image/png;base64," + b64encode(png).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
