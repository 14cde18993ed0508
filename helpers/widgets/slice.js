// The slice lab: which slice, which view, the start, eta or the chord's other end, and the words.

// The store as the row of a place sees it: one slider over the slice's own grid.
class PlaceStore {
  constructor(shown, i, name) {
    Object.assign(this, { shown, i, store: shown.store, names: [name] });
  }
  get sweep() {
    const { low, step } = this.shown.slice;
    return { rows: [{ low, step, steps: this.shown.spec.grid }] };
  }
  get offset() { return this.i ? 0 : this.shown.which * this.shown.each; }
  get values() { return [this.i ? this.shown.chord : this.shown.start]; }
  get chosen() { return -1; }
  get held() {
    const { held } = this.store;
    return held && held.i === this.i ? { i: 0, value: this.shown.placeOf(held.value - this.offset) } : null;
  }
  get heldBefore() { return this.store.heldBefore === this.i ? 0 : undefined; }
  get words() { return this.store.words; }
  set words(words) { this.store.words = words; }
  set dragging(i) { this.store.dragging = i === undefined ? undefined : this.i; }
  move(_, value) { this.store.move(this.i, this.offset + Math.round(this.shown.positionOf(value))); }
  typed(_, value) {
    const { slice, high } = this.shown;
    if (value < slice.low || value > high) {
      complain(this.store, this.field, `${this.names[0]} takes numbers from ${slice.low} to ${high}.`);
      return;
    }
    this.store.typed(this.i, this.offset + this.shown.positionOf(value));
  }
  settle() { this.store.settle(); }
  release() { this.store.release(); }
  hurry() { this.store.hurry(); }
  choose() { this.store.choose(this.i); }
  changed(settled) { this.store.changed(settled); }
}

// Radio buttons that look like pills.
function pills(legend, options, picked) {
  const name = `bp-${Math.random().toString(36).slice(2)}`;
  const box = make("fieldset", { class: "bp-choose" }, make("legend", {}, legend));
  const buttons = options.map(({ html, value, label }, k) => {
    const button = make("input", { type: "radio", name, value, "data-lm-suppress-shortcuts": "true" });
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("change", () => picked(k));
    const text = make("span");
    text.innerHTML = html;
    box.append(make("label", {}, button, text));
    return button;
  });
  const draw = (k) => {
    if (!buttons[k].checked) buttons[k].checked = true;
  };
  return { box, draw };
}

// Every example's output at the start, as a bar where it lies between 0 and 1, beside its target.
function outputsTable(shown) {
  const rows = shown.spec.outputs.map(({ name, t, bar }, k) => {
    const value = make("b");
    const fill = make("i");
    const track = make("span", { class: "bp-track" }, fill);
    if (bar) {
      const aim = make("u");
      aim.style.left = `calc((100% - 3px) * ${clamp(t, 0, 1)})`;
      track.append(aim);
    } else track.classList.add("bp-none");
    const box = make("div", { class: "bp-out" }, make("span", {}, name), track, value);
    return { box, value, fill, bar, q: `y${k + 1}` };
  });
  const box = make("div", { class: "bp-outs" }, make("div", { class: "bp-what" }, shown.spec.words.outputs), ...rows.map((r) => r.box));
  box.hidden = rows.length === 0;
  return {
    box,
    draw() {
      for (const { value, fill, bar, q } of rows) {
        const y = shown.q(q);
        putText(value, numberText(y, 2));
        if (bar) fill.style.width = `${(100 * y).toFixed(1)}%`;
      }
    },
  };
}

// The words of slice_words.py, filled in.
function sliceInWords(shown) {
  const { spec, slice, store } = shown;
  const numbers = {
    name: slice.plain,
    s: shortText(shown.start),
    q: shortText(shown.chord),
    eta: String(Number(shown.eta.toFixed(10))),
    all: String(spec.steps),
    steps: `${shown.q("steps")} step${shown.q("steps") === 1 ? "" : "s"}`,
    end: numberText(shown.q("end"), 4),
    gap_at: shortText(shown.q("gap_at")),
  };
  for (const key of ["E", "E_end", "slope_end", "gap"]) numbers[key] = numberText(shown.q(key), 6);
  const { ends, chord, letters, ways, "no valley": none } = spec.words;
  let words = shown.q("gap") > 0.0000005 ? chord.below : chord.above;
  if (store.view !== "chord") {
    const [how, home] = [shown.q("how"), shown.q("home")];
    const valley = how < none;
    let way = how;
    if (valley) way = shown.q("steps") === 0 ? ways.there : how === home ? ways.direct : ways.over;
    words = ends[way];
    numbers.letter = valley ? letters[how] : "";
    numbers.home = home < none ? `valley ${letters[home]}` : "the edge";
    numbers.beyond = valley && shown.fresh ? shown.basins.beyond[how] : "";
  }
  return words.replace(/\{(\w+)\}/g, (_, key) => numbers[key]);
}

// The network at the start: line widths and weights, the moving weight lit.
function networkAt(svg, shown) {
  const { spec } = shown;
  const weights = { quantities: [], names: spec.weights, values: [], shown: [] };
  const lit = () => (spec.weights.indexOf(shown.slice.name));
  const draw = networkPicture(svg, weights, spec, lit);
  return () => {
    weights.values = spec.weights.map((name) => shown.q(name));
    draw();
  };
}

function slicePage(store, el, model) {
  const spec = model.get("spec");
  const shown = new SliceShown(store, spec);
  const plot = pictureBox("bp-plot", spec.plot);
  const picture = pictureBox("bp-picture", model.get("picture"));
  const rows = [["start", 0], ["chord end", 2]].map(([name, i]) => {
    const places = new PlaceStore(shown, i, name);
    const row = sliderRow(places, 0, name);
    places.field = row.field;
    return { places, row, name: row.row.querySelector(".bp-name") };
  });
  const eta = sliderRow(store, 1, "eta");
  const choose = pills(
    "Slice",
    spec.slices.map(({ label, name }) => ({ html: label, value: name })),
    (i) => {
      store.hurry();
      store.move(0, i * shown.each + spec.slices[i][store.view === "chord" ? "p" : "first"]);
      store.release();
    },
  );
  const views = ["descent", "chord"];
  const view = pills("Show", [{ html: "descent", value: "descent" }, { html: "convex?", value: "chord" }], (k) => {
    store.view = views[k];
    const [from, to] = k ? ["first", "p"] : ["p", "first"];
    const base = shown.which * shown.each; // whoever has not moved the start sees what is best
    if (store.values[0] === base + shown.slice[from]) store.move(0, base + shown.slice[to]);
    store.release();
    store.changed(true);
  });
  const outputs = outputsTable(shown);
  const key = make("ul", { class: "bp-key" });
  const rule = make("p", { class: "bp-rule" }, spec.words.rule);
  const notes = make("div", { class: "bp-notes" }, key, rule);
  const top = make("div", { class: "bp-top" }, choose.box, view.box);
  const drive = make("div", { class: "bp-drive" }, rows[0].row.row, eta.row, rows[1].row.row);
  const walk = make("div", { class: "bp-walk" }, top, plot, drive);
  const side = make("div", { class: "bp-side" }, picture, outputs.box);
  const drawPlot = slicePlot(plot.firstChild, shown);
  const drawNetwork = networkAt(picture.firstChild, shown);
  let page;
  const names = [["start", "P"], ["chord end", "Q"]];
  const stop = labPage({
    store,
    el,
    spec: { ...spec, sliders: [], bands: [] },
    title: "Slice lab",
    parts: [walk, side],
    inWords: () => sliceInWords(shown),
    draw() {
      const chord = store.view === "chord";
      page ||= el.querySelector(".bp-lab");
      page.classList.toggle("bp-chords", chord);
      choose.draw(shown.which);
      view.draw(views.indexOf(store.view));
      rows.forEach(({ places, row, name }, k) => {
        putHTML(name, names[k][Number(chord)]);
        drawRow(places, row, 0);
      });
      drawRow(store, eta, 1);
      putHTML(key, shown.basins.key);
      key.classList.toggle("bp-old", !shown.fresh);
      drawPlot();
      drawNetwork();
      outputs.draw();
    },
  });
  page.classList.add("bp-slices");
  page.querySelector(".bp-controls").remove();
  drive.append(page.querySelector(".bp-reset"));
  walk.append(page.querySelector(".bp-foot"), notes);
  return stop;
}

export default labOf((model) => Object.assign(new Store(model), { view: model.get("spec").view }), slicePage);
