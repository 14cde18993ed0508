// The nudge of the graph lab: what is shown for it, its slider, its numbers and its plot.
//
// Node and nudge are one slider of the store (see nudge.py): position = node * each + side +
// nudge / step. Everything shown is looked up; nothing is computed but places in the picture.

const DASH = "\u2013";

// The same text as Python's graph_text.trimmed: at least `least` decimals, at most `places`.
function trimNumber(v, places, least = 2) {
  if (!Number.isFinite(v)) return DASH;
  // A table holds seven digits of a number; the eighth would be noise.
  const held = Math.max(least, 6 - Number(v.toExponential(6).split("e")[1]));
  const [whole, decimals] = shownNumber(v, Math.min(places, held)).split(".");
  const text = `${whole}.${decimals.replace(/0+$/, "").padEnd(least, "0")}`;
  return /[1-9]/.test(text) ? text : text.replace("\u2212", "");
}

const signed = (text) => (text.startsWith("\u2212") || !/[1-9]/.test(text) ? text : `+${text}`);

// Numbers with a sign between them, negative ones after it in parentheses.
const joinNumbers = (sign, texts) =>
  texts.map((t, k) => (k && t.startsWith("\u2212") ? `(${t})` : t)).join(sign);

// What the lab shows now, read from the store by name.
class Shown {
  constructor(store, spec) {
    this.store = store;
    this.spec = spec;
    this.i = store.names.length - 1; // the slider of node and nudge
    this.each = 2 * spec.nudge.side + 1;
    this.index = new Map(store.quantities.map((q, k) => [q.name, k]));
  }
  get place() { return this.store.values[this.i]; }
  get node() { return Math.floor(this.place / this.each); }
  get by() { return this.byAt(this.place); }
  get chosen() { return this.spec.nodes[this.node]; }
  byAt(place) {
    const { side, step } = this.spec.nudge;
    return Number(((place - Math.floor(place / this.each) * this.each - side) * step).toFixed(9));
  }
  placeOf(node, by) {
    const { side, step } = this.spec.nudge;
    return Number((node * this.each + side + by / step).toFixed(7));
  }
  number(name) { return this.store.shown[this.index.get(name)]; }
  text(name, least = 2) {
    const q = this.index.get(name);
    return trimNumber(this.store.shown[q], this.store.quantities[q].places, least);
  }
  value(kind, node) { // of a node: an input's short, a gate's with all its decimals
    const q = this.index.get(`${kind} ${node.name}`);
    const places = this.store.quantities[q].places;
    return trimNumber(this.store.shown[q], places, node.input ? 2 : places);
  }
  // All numbers of one quantity over the nudges of the chosen node, if they are known.
  along(name) {
    const found = this.store.along(this.i, this.index.get(name));
    return found && found.data.subarray(this.node * this.each, (this.node + 1) * this.each);
  }
  choose(node) {
    if (node === this.node) return;
    const { store } = this;
    const place = this.placeOf(node, this.by);
    if (store.onGrid(this.i, place) || store.python !== "here") {
      store.move(this.i, Math.round(place));
      store.settle();
    } else store.typed(this.i, place);
  }
}

// The store as the row of the nudge sees it: one slider from -1 to 1.
class NudgeStore {
  constructor(shown) {
    this.shown = shown;
    this.store = shown.store;
    this.names = ["nudge"];
    const { side, step } = shown.spec.nudge;
    this.row = { low: -side * step, step, steps: 2 * side };
    this.sweep = { rows: [this.row] };
  }
  get values() { return [this.shown.by]; }
  get chosen() { return -1; }
  get held() {
    const { held } = this.store;
    return held && held.i === this.shown.i ? { i: 0, value: this.shown.byAt(held.value) } : null;
  }
  get heldBefore() { return this.store.heldBefore === this.shown.i ? 0 : undefined; }
  get words() { return this.store.words; }
  set words(words) { this.store.words = words; }
  set dragging(i) { this.store.dragging = i === undefined ? undefined : this.shown.i; }
  move(_, by) { this.store.move(this.shown.i, Math.round(this.shown.placeOf(this.shown.node, by))); }
  typed(_, by) {
    const { store, shown } = this;
    if (Math.abs(by) > -this.row.low) {
      complain(store, this.field, "The nudge takes numbers from \u22121 to 1.");
      return;
    }
    const place = shown.placeOf(shown.node, by);
    if (store.python === "here" || store.onGrid(shown.i, place)) store.typed(shown.i, place);
    else {
      store.typed(shown.i, Math.round(place));
      store.words = `Without Python the nudge moves in hundredths; it is now ${fieldNumber(shown.by)}.`;
    }
  }
  settle() { this.store.settle(); }
  release() { this.store.release(); }
  hurry() { this.store.hurry(); }
  choose() { this.store.choose(this.shown.i); }
  changed(settled) { this.store.changed(settled); }
}

// True change beside predicted change.
function readout(shown) {
  const { spec } = shown;
  const output = spec.nodes.find((n) => n.name === spec.output);
  const cell = (css) => make("span", { class: css });
  const row = (css, label) => {
    const cells = [cell("bp-key"), cell("bp-value"), cell("bp-note")];
    cells[0].innerHTML = label;
    return { key: cells[0], value: cells[1], note: cells[2], box: make("div", { class: `bp-read ${css}` }, ...cells) };
  };
  const rows = [
    row("bp-moved", ""),
    row("bp-change", `${output.letters} moves by`),
    row("bp-predicted", "predicted"),
    row("bp-difference", "difference"),
  ];
  const [moved, change, predicted, difference] = rows;
  let chosen = -1;
  return {
    box: make("div", { class: "bp-readout" }, ...rows.map((r) => r.box)),
    draw() {
      const node = shown.chosen;
      if (chosen !== shown.node) moved.key.innerHTML = `${node.letters} moves by`;
      chosen = shown.node;
      const nudge = trimNumber(shown.by, 9);
      putText(moved.value, signed(nudge));
      putText(moved.note, `from ${shown.value("before", node)} to ${shown.value("value", node)}`);
      for (const [{ value }, name] of [[change, "change"], [predicted, "predicted"], [difference, "difference"]])
        putText(value, signed(trimNumber(shown.number(name), node.places, 4)));
      putText(predicted.note, `nudge × slope = ${joinNumbers(" × ", [nudge, shown.text(`sum ${node.name}`)])}`);
    },
  };
}

// The plot of nudge.py, filled: the output against the nudge, its tangent, and both points.
const NUDGE_PLOT = { left: 78, right: 332, top: 30, bottom: 152, apart: 15 };

function nudgePlot(svg, shown) {
  const p = NUDGE_PLOT;
  const part = (name) => svg.querySelector(`[data-c="${name}"]`);
  const parts = Object.fromEntries(
    ["base", "gap", "curve", "tangent", "aim", "point", "low", "high", "true", "predicted", "name", "output"]
      .map((n) => [n, part(n)]),
  );
  const n = shown.each - 1;
  const x = (k) => p.left + ((p.right - p.left) * k) / n;
  let drawn = {};
  parts.output.innerHTML = shown.spec.nodes.find((n) => n.name === shown.spec.output).svg;

  function frame(curve, tangent) {
    const all = [...curve, ...tangent].filter(Number.isFinite);
    let [low, high] = [Math.min(...all), Math.max(...all)];
    if (high - low < 1e-6) [low, high] = [low - 5e-7, high + 5e-7];
    const y = (v) => p.bottom - ((p.bottom - p.top) * (v - low)) / (high - low);
    const line = (values) => {
      const points = [];
      for (let k = 0; k <= n; k += 2)
        if (Number.isFinite(values[k])) points.push(`${x(k).toFixed(1)},${y(values[k]).toFixed(1)}`);
      return points.join(" ");
    };
    put(parts.curve, "points", line(curve));
    put(parts.tangent, "points", line(tangent));
    const start = y(curve[n / 2]).toFixed(1);
    put(parts.base, "d", `M${p.left} ${start}H${p.right}M${x(n / 2)} ${p.top}V${p.bottom}`);
    const size = Number((high - low).toExponential().split("e")[1]);
    const places = Math.min(6, Math.max(4, 2 - size));
    putText(parts.low, trimNumber(low, places));
    putText(parts.high, trimNumber(high, places));
    if (drawn.node !== shown.node) parts.name.innerHTML = shown.chosen.svg;
    const ends = [curve, tangent].map((values) => y(values.findLast(Number.isFinite)));
    const missing = Math.max(0, p.apart - Math.abs(ends[0] - ends[1])) / 2;
    const up = ends[0] <= ends[1] ? -missing : missing;
    put(parts.true, "y", (ends[0] + up + 4).toFixed(1));
    put(parts.predicted, "y", (ends[1] - up + 4).toFixed(1));
    drawn = { version: shown.store.sweep.version, node: shown.node, y };
  }

  return () => {
    const stale = drawn.version !== shown.store.sweep.version || drawn.node !== shown.node;
    if (stale) {
      const [curve, tangent] = [shown.along(`value ${shown.spec.output}`), shown.along("tangent")];
      if (curve && tangent) frame(curve, tangent);
    }
    const right = drawn.node === shown.node && shown.store.right(shown.i);
    svg.classList.toggle("bp-stale", !right);
    if (!right) return;
    const place = shown.place - shown.node * shown.each;
    const [cx, now, aim] = [
      x(place), drawn.y(shown.number(`value ${shown.spec.output}`)), drawn.y(shown.number("tangent")),
    ].map((v) => (Number.isFinite(v) ? v.toFixed(1) : "-99"));
    for (const [circle, cy] of [[parts.point, now], [parts.aim, aim]]) {
      put(circle, "cx", cx);
      put(circle, "cy", cy);
    }
    put(parts.gap, "d", now === "-99" ? "" : `M${cx} ${aim}V${now}`);
  };
}
