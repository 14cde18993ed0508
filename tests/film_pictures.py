"""What a film's picture shows in a frame, read from its SVG alone."""

from __future__ import annotations

from xml.etree import ElementTree


def visible(svg: str, frame: int) -> list[str]:
    """The texts that are visible in this frame, in the order of the drawing."""
    texts = []

    def walk(element):
        first, last = 0, frame
        if "data-f" in element.attrib:
            first, last, *_ = map(int, element.attrib["data-f"].split())
        if not first <= frame <= last:
            return
        if element.tag.endswith("text"):
            texts.append("".join(element.itertext()).replace("\u200b", ""))
        for child in element:
            walk(child)

    walk(ElementTree.fromstring(svg))
    return texts
