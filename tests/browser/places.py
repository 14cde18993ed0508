"""Where the letters in a lab's pictures stand: none over another, none beyond its picture."""

from __future__ import annotations

TEXTS = """(e, [where, slack]) => [...e.querySelectorAll(where)].flatMap((svg, picture) => {
  const s = svg.getBoundingClientRect();
  const seen = (t) => t.checkVisibility({visibilityProperty: true})
    && t.getBoundingClientRect().width;
  return [...svg.querySelectorAll('text')].filter(seen).map(t => {
    const b = t.getBoundingClientRect();
    return {text: t.textContent, picture, box: [b.left, b.top, b.width, b.height],
            within: b.left >= s.left - slack && b.right <= s.right + slack
              && b.top >= s.top - slack && b.bottom <= s.bottom + slack};
  });
})"""


def assert_legible(lab, where: str = ".bp-picture svg", shared=0.1, slack=0) -> None:
    """Every text of these pictures is within its picture, and none covers more than the share
    `shared` of another.
    """
    texts = lab.evaluate(TEXTS, [where, slack])
    assert texts, f"no text in {where}"
    assert [t["text"] for t in texts if not t["within"]] == []
    covered = [
        (a["text"], b["text"])
        for i, a in enumerate(texts)
        for b in texts[:i]
        if a["picture"] == b["picture"] and overlap(a["box"], b["box"]) > shared
    ]
    assert covered == []


def overlap(a, b) -> float:
    """The shared area of two boxes (left, top, width, height) as a share of the smaller."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(w, 0) * max(h, 0) / min(a[2] * a[3], b[2] * b[3])
