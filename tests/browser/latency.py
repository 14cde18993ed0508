"""Measure one slider of one notebook: `python -m tests.browser.latency NOTEBOOK --slider w5`.

key -> picture   ms from a key press to the end of the first frame with a changed picture
pictures/s       frames of a two-second drag in which the picture changed (60 is the ceiling)
gap              the longest time in that drag without a new picture
backlog          ms from the release of the slider to the last change

`--delay 200` adds 200 ms to every kernel message, half on the way there and half on the way back.
"""

from __future__ import annotations

import argparse
import statistics
import time
from itertools import pairwise
from pathlib import Path

from . import pages

PROBE = """
(slider) => {
  const area = slider.closest('.jp-OutputArea, .jp-Cell, body');
  const probe = window.probe = {changes: [], keys: [], frames: [], dirty: false, at: 0};
  new MutationObserver((list) => {
    const seen = list.some(m => !(m.target.closest ? m.target : m.target.parentElement)
      ?.closest('input, output, .jp-OutputPrompt'));
    if (seen) { probe.dirty = true; probe.at = performance.now(); }
  }).observe(area, {subtree: true, childList: true, characterData: true, attributes: true,
                    attributeFilter: ['d', 'points', 'cx', 'cy', 'stroke-width', 'src']});
  const channel = new MessageChannel();
  channel.port1.onmessage = () => probe.changes.push(performance.now());
  const loop = () => {
    probe.frames.push(performance.now());
    if (probe.dirty) { probe.dirty = false; channel.port2.postMessage(0); }
    requestAnimationFrame(loop);
  };
  requestAnimationFrame(loop);
  addEventListener('keydown', (e) => probe.keys.push(e.timeStamp), true);
}
"""


def key_presses(page, slider, count: int) -> list[float]:
    """ms from each press to the end of the first frame that shows it."""
    slider.focus()
    times = []
    for i in range(count):
        page.evaluate("() => { probe.changes = []; probe.keys = []; }")
        page.keyboard.press("ArrowRight" if i % 20 < 10 else "ArrowLeft")
        page.wait_for_function("probe.changes.length > 0 && probe.keys.length > 0")
        times.append(page.evaluate("probe.changes[0] - probe.keys[0]"))
    return times


# From a slider's end to where its thumb can go. Beyond, the pointer moves and the value cannot: on
# a slider of 100 pixels that looked like a gap of 150 ms at the turn.
THUMB = 8


def drag(page, slider, seconds: float = 2.0, moves: int = 120) -> dict:
    """Drag to the right end and then to the left, as fast as the eye can follow."""
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    left, right = box["x"] + THUMB, box["x"] + box["width"] - THUMB
    share = slider.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    start = left + share * (right - left)
    page.mouse.move(start, y)
    page.mouse.down()
    page.evaluate("() => { probe.changes = []; probe.frames = []; }")
    length = (right - start) + (right - left)
    begin = time.perf_counter()
    for i in range(1, moves + 1):
        d = length * i / moves
        page.mouse.move(start + d if d < right - start else right - (d - (right - start)), y)
        time.sleep(max(0.0, begin + seconds * i / moves - time.perf_counter()))
    took = time.perf_counter() - begin
    released = page.evaluate("performance.now()")
    page.mouse.up()
    page.wait_for_function("performance.now() - Math.max(probe.at, 0) > 600")
    changes = page.evaluate("probe.changes")
    within = [c for c in changes if c <= released]
    gaps = [b - a for a, b in pairwise(within)]
    return {
        "pictures/s": len(within) / took,
        "gap": max(gaps, default=float("nan")),
        "backlog": max(0.0, max(changes, default=0.0) - released),
    }


def measure(notebook: Path, name: str, delay: int, runs: int) -> dict:
    with pages.jupyterlab(notebook.parent) as address, pages.chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        pages.open_notebook(page, address, notebook.name, delay=delay)
        slider = page.get_by_role("slider", name=name, exact=True).first
        slider.wait_for(state="visible", timeout=60_000)
        slider.scroll_into_view_if_needed()
        slider.evaluate(PROBE)
        key_presses(page, slider, 5)  # warm
        keys, drags = [], []
        for _ in range(runs):
            keys += key_presses(page, slider, 40)
            drags.append(drag(page, slider))
    middle = {k: statistics.median(d[k] for d in drags) for k in drags[0]}
    ordered = sorted(keys)
    return {"p50": statistics.median(keys), "p95": ordered[int(0.95 * len(keys))], **middle}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--slider", default="w5", help="its accessible name")
    parser.add_argument("--delay", type=int, default=0, help="ms added to kernel messages")
    parser.add_argument("--runs", type=int, default=3)
    a = parser.parse_args()
    m = measure(a.notebook.resolve(), a.slider, a.delay, a.runs)
    print(
        f"{a.notebook.name} {a.slider}, kernel +{a.delay} ms: "
        f"key -> picture p50 {m['p50']:.0f} ms, p95 {m['p95']:.0f}; "
        f"{m['pictures/s']:.0f} pictures/s, longest gap {m['gap']:.0f} ms, "
        f"backlog {m['backlog']:.0f} ms"
    )


if __name__ == "__main__":
    main()
