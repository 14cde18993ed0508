"""What a film's picture shows in a frame, read from its SVG alone."""

from __future__ import annotations

from xml.etree import ElementTree


def visible(svg: str, frame: int) -> list[str]:
    """The texts that are visible in this frame, in the order of the drawing."""
    return [text for text, _ in placed(svg, frame)]


def placed(svg: str, frame: int) -> list[tuple[str, tuple[str, str]]]:
    """The same, each with its x and y."""
    texts = []

    def walk(element):
        first, last = 0, frame
        if "data-f" in element.attrib:
            first, last, *_ = map(int, element.attrib["data-f"].split())
        if not first <= frame <= last:
            return
        if element.tag.endswith("text"):
            words = "".join(element.itertext()).replace("\u200b", "")
            texts.append((words, (element.attrib["x"], element.attrib["y"])))
        for child in element:
            walk(child)

    walk(ElementTree.fromstring(svg))
    return texts
