// The plot of the slice lab: the pieces that slice_picture.py made, and on them the start, its
// descent, or a chord. Every number is looked up; computed is where on the screen it goes.

const SLICE = { left: 64, right: 446, top: 54, lowest: 214, band: 242, room: 58, wide: 120, high: 20 };

// The same text as Python's diagram.number: no negative zero.
const numberText = (v, places) => shownNumber(Number(v.toFixed(places)) === 0 ? 0 : v, places);
const shortText = (v) => shortNumber(Math.abs(v) < 0.00005 ? 0 : v);

function putHTML(element, html) {
  if (element.made === html) return;
  element.made = html;
  element.innerHTML = html;
}

// What is shown now: the slice, the places on it, and the looked-up numbers by name.
class SliceShown {
  constructor(store, spec) {
    this.store = store;
    this.spec = spec;
    this.each = spec.grid + 1;
    this.index = Object.fromEntries(store.quantities.map((q, k) => [q.name, k]));
  }
  get which() { return Math.floor(this.store.values[0] / this.each); }
  get slice() { return this.spec.slices[this.which]; }
  get start() { return this.placeOf(this.store.values[0] - this.which * this.each); }
  get chord() { return this.placeOf(this.store.values[2]); }
  get eta() { return this.store.values[1]; }
  get high() { return this.placeOf(this.spec.grid); }
  get basins() { return this.store.sweep.basins[this.which]; }
  get fresh() { return this.eta === this.store.sweep.values[1]; } // the basins are those of this eta
  q(name) { return this.store.shown[this.index[name]]; }
  placeOf(k) { return Number((this.slice.low + this.slice.step * k).toFixed(9)); }
  positionOf(s) { return Number(((s - this.slice.low) / this.slice.step).toFixed(7)); }
  // E over the grid; it depends on neither eta nor chord.
  get curve() {
    const { which, each } = this;
    return this.store.along(0, this.index.E, true).data.subarray(which * each, (which + 1) * each);
  }
  // The steps of the descent that can be seen; after the last one there is no number.
  get path() {
    const found = [this.start];
    for (let k = 1; k <= this.spec.shown && Number.isFinite(this.q(`s${k}`)); k += 1) found.push(this.q(`s${k}`));
    return found;
  }
  // Between two positions of the grid the curve is drawn straight.
  height(s) {
    const k = Math.min(Math.max((s - this.slice.low) / this.slice.step, 0), this.spec.grid);
    const [a, data] = [Math.min(Math.floor(k), this.spec.grid - 1), this.curve];
    return data[a] + (data[a + 1] - data[a]) * (k - a);
  }
  x(s) { return SLICE.left + ((SLICE.right - SLICE.left) * (s - this.slice.low)) / (this.high - this.slice.low); }
  y(e) {
    const [low, high] = this.slice.E;
    return SLICE.lowest - ((SLICE.lowest - SLICE.top) * (e - low)) / (high - low);
  }
  point(s) { return s < this.slice.low || s > this.high ? null : [this.x(s), this.y(this.height(s))]; }
}

const at1 = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
const dot = (name, [x, y], r) => `<circle class="bp-${name}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}"/>`;
const clamp = (v, low, high) => Math.min(Math.max(v, low), high);

function wordsAt(x, y, words, css = "small halo", room = SLICE.room) {
  const inside = clamp(x, SLICE.left + room, SLICE.right - room).toFixed(1);
  return `<text class="${css}" style="text-anchor:middle" x="${inside}" y="${y.toFixed(1)}">${words}</text>`;
}

const above = ([x, y], words) => wordsAt(x, Math.max(y - 12, SLICE.top - 9), words);

function descentDrawn(shown) {
  const points = shown.path.map((s) => shown.point(s));
  const hops = [];
  points.forEach((p, k) => {
    const before = points[k - 1];
    if (p && before) hops.push(`M${at1(before)}L${at1(p)}`);
    else if (before) hops.push(`M${at1(before)}H${shown.path[k] < shown.slice.low ? SLICE.left : SLICE.right}`);
  });
  const [start, end] = [points[0], shown.point(shown.q("end"))];
  const parts = [
    `<path class="bp-drop" d="M${at1(start)}V${SLICE.band}"/>`,
    `<path class="bp-trail" d="${hops.join("")}"/>`,
    ...points.slice(1).map((p) => (p ? dot("dot", p, 2.6) : "")),
  ];
  if (end) parts.push(dot("end", end, 5.5));
  parts.push(dot("start", start, 7), above(start, `start: ${numberText(shown.q("E"), 4)}`));
  const covered = end && Math.abs(start[0] - end[0]) < SLICE.wide && Math.abs(start[1] - end[1]) < SLICE.high;
  if (end && !covered) parts.push(above(end, `end: ${numberText(shown.q("E_end"), 4)}`));
  return parts.join("");
}

function chordDrawn(shown) {
  const [one, other] = [shown.start, shown.chord];
  const [low, high] = one < other ? [one, other] : [other, one];
  const ends = [one, other].map((s) => shown.point(s));
  const [E0, E1] = [shown.height(low), shown.height(high)];
  const straight = (s) => E0 + ((E1 - E0) * (s - low)) / Math.max(high - low, 1e-12);
  const seen = [low];
  for (let k = 0; k <= shown.spec.grid; k += 1) {
    const s = shown.placeOf(k);
    if (s > low && s < high) seen.push(s);
  }
  seen.push(high);
  const over = seen.map((s) => [shown.x(s), shown.y(Math.max(shown.height(s), straight(s)))]);
  const under = seen.map((s) => [shown.x(s), shown.y(straight(s))]).reverse();
  const parts = [
    `<path class="bp-above" d="M${[...over, ...under].map(at1).join("L")}z"/>`,
    `<path class="bp-chord" d="M${at1(ends[0])}L${at1(ends[1])}"/>`,
  ];
  const [gap, height] = [shown.q("gap"), shown.q("height")];
  if (gap > 0) {
    const x = shown.x(shown.q("gap_at"));
    parts.push(`<path class="bp-gap" d="M${at1([x, shown.y(height)])}V${shown.y(height + gap).toFixed(1)}"/>`);
    parts.push(above([x, shown.y(height + gap)], `${numberText(gap, 4)} above`));
  }
  ends.forEach(([x, y], k) => parts.push(dot("start", [x, y], 7), wordsAt(x, y - 12, "PQ"[k], "strong halo", 0)));
  return parts.join("");
}

// The plot; with a pointer its points can be dragged.
function slicePlot(svg, shown) {
  const part = (name) => svg.querySelector(`[data-c="${name}"]`);
  const [scales, line, letters, band, moving] = ["scales", "line", "letters", "band", "moving"].map(part);
  const { store } = shown;
  let drawn = -1;

  function position(event) {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const k = ((place.x - SLICE.left) / (SLICE.right - SLICE.left)) * shown.spec.grid;
    return clamp(Math.round(k), 0, shown.spec.grid);
  }
  function moveTo(i, k) {
    const value = i ? k : shown.which * shown.each + k;
    if (value !== store.values[i]) store.move(i, value);
  }
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const k = position(event);
    const [p, q] = [shown.positionOf(shown.start), store.values[2]];
    const i = store.view === "chord" && Math.abs(k - q) < Math.abs(k - p) ? 2 : 0;
    store.hurry();
    store.choose(i);
    store.dragging = i;
    svg.setPointerCapture(event.pointerId);
    moveTo(i, k);
  });
  svg.addEventListener("pointermove", (event) => {
    if (store.dragging !== undefined && svg.hasPointerCapture(event.pointerId)) moveTo(store.dragging, position(event));
  });
  for (const end of ["pointerup", "pointercancel"])
    svg.addEventListener(end, (event) => {
      if (!svg.hasPointerCapture(event.pointerId)) return;
      store.dragging = undefined;
      store.release();
    });

  return () => {
    const { slice } = shown;
    if (drawn !== shown.which) {
      drawn = shown.which;
      putHTML(scales, slice.scales);
      putHTML(letters, slice.letters);
      line.setAttribute("points", slice.curve);
    }
    putHTML(band, shown.basins.band);
    band.classList.toggle("bp-old", !shown.fresh);
    putHTML(moving, store.view === "chord" ? chordDrawn(shown) : descentDrawn(shown));
  };
}
