// What test_accessibility_browser.py asks of a lab in the page: its controls, its focus, its colours.

window.a11y = (() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });

  // Any CSS colour as [red, green, blue, alpha].
  function rgba(colour) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  const over = ([r, g, b, a], under, opacity = 1) =>
    [r, g, b].map((v, i) => v * a * opacity + under[i] * (1 - a * opacity)).concat(1);

  // Contrast as WCAG 2 defines it.
  function contrast(a, b) {
    const light = (c) => {
      const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  }

  const style = (e) => getComputedStyle(e);
  const paper = (lab) => rgba(style(lab).backgroundColor);
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const label = (e) =>
    [e.tagName.toLowerCase(), e.getAttribute("aria-label") || e.dataset.s || e.textContent.trim().slice(0, 30)].join(" ");

  const CONTROL = "a[href], button, input, select, textarea, summary, [tabindex], [role=button], [role=radio], [role=option]";
  const controls = (lab) => [...lab.querySelectorAll(CONTROL)].filter((e) => seen(e) && !e.disabled);

  // The controls that one stop of the Tab key stands for, the others being an arrow key away.
  const GROUP = "[role=radiogroup], [role=listbox], [role=toolbar], [role=tablist], [role=grid]";
  function group(lab, e) {
    if (e.type === "radio") return controls(lab).filter((c) => c.type === "radio" && c.name === e.name);
    const box = e.closest(GROUP);
    return box && lab.contains(box) ? controls(lab).filter((c) => box.contains(c)) : [e];
  }

  // How it looks, as far as a focus may show: the element itself and what an SVG group holds.
  const LOOK = ["outlineStyle", "outlineWidth", "boxShadow", "borderColor", "backgroundColor", "stroke", "strokeWidth", "fill"];
  const look = (e) =>
    [e, ...(e.ownerSVGElement ? e.querySelectorAll("*") : [])].map((x) => LOOK.map((k) => style(x)[k]).join()).join(";");

  // A button before and one after the lab; every press of Tab tells where the focus was and how it showed.
  function walk(lab) {
    document.activeElement?.blur();
    const all = controls(lab);
    const plain = new Map(all.map((e) => [e, look(e)]));
    const ends = ["before", "after"].map((where) => {
      const end = document.createElement("button");
      lab[where](end);
      return end;
    });
    const stops = [];
    const note = (event) => {
      const e = document.activeElement;
      if (event.key !== "Tab" || !lab.contains(e)) return;
      const box = e.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const ring = style(e);
      stops.push({
        label: label(e),
        at: all.indexOf(e),
        stands: group(lab, e).map((c) => all.indexOf(c)),
        shows: look(e) !== plain.get(e),
        ring: ring.outlineStyle === "none" ? null : contrast(over(rgba(ring.outlineColor), paper(lab)), paper(lab)),
        covered: !(e.ownerSVGElement || e.contains(top) || e.labels?.[0]?.contains(top)),
      });
    };
    addEventListener("keydown", note, true);
    ends[0].focus();
    return {
      labels: all.map(label),
      stops,
      left: () => document.activeElement === ends[1],
      end() {
        removeEventListener("keydown", note, true);
        for (const e of ends) e.remove();
      },
    };
  }

  // The letters in pictures: axe does not know the `fill` of SVG text.
  function faintLetters(lab, least) {
    lab.scrollIntoView({ block: "start", behavior: "instant" });
    const found = [];
    const walker = document.createTreeWalker(lab, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const e = node.parentElement;
      if (!e.ownerSVGElement || !/[\p{L}\p{N}]/u.test(node.data) || !seen(e)) continue;
      const ground = behind(lab, e);
      const ink = over(rgba(style(e).fill), ground, Number(style(e).fillOpacity));
      const ratio = contrast(ink, ground);
      if (ratio < least) found.push(`${e.closest("text").textContent}: ${ratio.toFixed(2)}`);
    }
    return found;
  }

  // The colour behind a text: its halo, or the shapes below its middle on the lab's paper.
  function behind(lab, e) {
    const mine = style(e);
    if (mine.paintOrder.startsWith("stroke") && mine.stroke !== "none") return over(rgba(mine.stroke), paper(lab));
    const box = e.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return stack
      .filter((x) => x.ownerSVGElement === e.ownerSVGElement && x instanceof SVGGeometryElement)
      .reverse()
      .filter((x) => style(x).fill !== "none")
      .reduce((ground, x) => over(rgba(style(x).fill), ground, style(x).fillOpacity * style(x).opacity), paper(lab));
  }

  // What sticks out to the side, or would have to be scrolled sideways.
  function wide(lab) {
    const room = lab.getBoundingClientRect();
    const out = [];
    const area = lab.closest(".jp-OutputArea");
    if (area.scrollWidth > area.clientWidth) out.push("the output");
    if (room.right > document.documentElement.clientWidth + 0.5) out.push("the window");
    for (const e of [lab, ...lab.querySelectorAll("*")]) {
      if (!seen(e) || style(e).clipPath === "inset(50%)") continue; // only for screen readers
      const what = `${e.tagName} ${e.getAttribute("class") || label(e)}`;
      if (!e.ownerSVGElement && e.clientWidth && style(e).display !== "inline" && e.scrollWidth > e.clientWidth)
        out.push(`${what} scrolls: ${e.scrollWidth} > ${e.clientWidth}`);
      const box = e.getBoundingClientRect();
      if (e.matches(`text, ${CONTROL}`) && (box.left < room.left - 0.5 || box.right > room.right + 0.5))
        out.push(`${what} sticks out`);
    }
    return out;
  }

  // Notes what changes in a lab, other than the control in use and its own row.
  function watch(lab, e) {
    const row = e.closest(".bp-row") || e;
    const before = e.value;
    let changes = 0;
    const observer = new MutationObserver((list) => {
      changes += list.filter((m) => !row.contains(m.target) && m.attributeName !== "tabindex").length;
    });
    observer.observe(lab, { subtree: true, childList: true, characterData: true, attributes: true });
    const moved = () => e.value !== before;
    const needs = { range: () => moved() && changes > 0, "select-one": moved }[e.type];
    return { observer, changed: needs || (() => changes > 0) };
  }

  return { controls, label, walk, faintLetters, wide, watch };
})();
