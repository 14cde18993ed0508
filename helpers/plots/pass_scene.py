"""The picture of a pass, drawn once for all frames: a list of items, each with the frames it is in.

A static figure shows the items of one frame. The lab gets them all in one SVG and makes visible
what a frame asks for:

    <g data-f="3 8 3">   in the frames 3 to 8, emphasised in frame 3 (and others that follow)
    <path data-d="...">  a line that grows while the film runs into its first frame
"""

from __future__ import annotations

from .pass_frames import frames_of
from .pass_items import items_of
from .pass_layout import Item, Layout, style_rules
from .pass_numbers import PassNumbers


class Scene:
    """All items of a pass, its frames, and the pictures they make."""

    def __init__(self, n: PassNumbers, gap: int = 190):
        self.n, self.layout, self.frames = n, Layout(n.net.sizes, gap), frames_of(n)
        self.at = {frame.key: i for i, frame in enumerate(self.frames)}
        self.items: list[Item] = items_of(self)

    @property
    def size(self) -> tuple[int, int]:
        return self.layout.size

    def phase_starts(self) -> dict[str, int]:
        """The first frame of each phase."""
        starts: dict[str, int] = {}
        for i, frame in enumerate(self.frames):
            starts.setdefault(frame.phase, i)
        return starts

    def still(self, k: int, since: int | None = None) -> str:
        """The picture of frame k; everything new since frame `since` is emphasised."""
        since = k if since is None else since
        shown_items = (item for item in self.items if item.first <= k <= item.last)
        body = "".join(
            f'<g class="new">{i.body}</g>' if any(since <= f <= k for f in i.new) else i.body
            for i in shown_items
        )
        return f'<style>{style_rules()}</style><g class="ps">{body}</g>'

    def film(self) -> str:
        """All items, for the browser to show and hide."""
        end = len(self.frames) - 1
        parts = []
        for i in self.items:
            if i.first <= 0 and i.last >= end and not i.new:
                parts.append(i.body)
            else:
                hidden = "" if i.first <= 0 else ' visibility="hidden"'
                frames = " ".join(map(str, (i.first, min(i.last, end), *i.new)))
                parts.append(f'<g data-f="{frames}"{hidden}>{i.body}</g>')
        return f'<g class="ps">{"".join(parts)}</g>'
