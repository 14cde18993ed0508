// Sliders with number fields, grouped under headings; the frame of every lab's page.

// The same text as Python's diagram.number: so many decimals, a true minus sign.
const shownNumber = (v, places) => v.toFixed(places).replace("-", "\u2212");

// The same text as Python's diagram.short: two to four decimals.
function shortNumber(v) {
  const [whole, decimals] = shownNumber(v, 4).split(".");
  return `${whole}.${decimals.replace(/0+$/, "").padEnd(2, "0")}`;
}

// What stands in a field: at least two decimals, and every digit that was typed, up to six.
const fieldNumber = (v) => v.toFixed(6).replace(/0{1,4}$/, "").replace(/^-(0\.0+)$/, "$1");

// The same text as Python's epsilon.plain: a number of any size as one types it, such as 1.25e-6.
function powerNumber(v) {
  if (v === 0 || (Math.abs(v) >= 0.01 && Math.abs(v) < 1e4)) return fieldNumber(v).replace(/\.?0+$/, "");
  const [mantissa, k] = v.toExponential(6).split("e");
  return `${mantissa.replace(/\.?0+$/, "")}e${Number(k)}`;
}

// What stands in the field of slider i, by what Python says of it.
const fieldText = (store, i, v) => (store.powers?.[i] ? powerNumber : fieldNumber)(v);

const GREEK = { epsilon: "\u03b5", eta: "\u03b7", mu: "\u03bc" };

const splitName = (name) => name.match(/^(.*?)_?(\d*)$/);

function letters(name) {
  const [, letter, index] = splitName(name);
  const label = make("span", { class: "bp-name" }, make("i", {}, GREEK[letter] || letter));
  if (index) label.append(make("sub", {}, index));
  return label;
}

function sliderRow(store, i, name) {
  const suppress = { "data-lm-suppress-shortcuts": "true" };
  const range = make("input", { type: "range", "aria-label": name, ...suppress });
  const field = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": `${name}, number`,
    ...suppress,
  });
  const boxes = [field, range].map((input) => make("div", { class: "bp-cell" }, input));
  const row = make("div", { class: "bp-row", "data-slider": name }, letters(name), ...boxes);
  let byKey = false;

  range.addEventListener("keydown", () => (byKey = true));
  range.addEventListener("pointerdown", () => {
    byKey = false;
    store.dragging = i;
  });
  range.addEventListener("focus", () => store.choose(i));
  range.addEventListener("blur", () => store.hurry());
  range.addEventListener("input", () => {
    const at = Number(range.value);
    const row = store.sweep.rows[i];
    store.move(i, valueAt(row, row.grid ? at : positionOf(row, at)));
    if (byKey) store.settle();
  });
  for (const end of ["pointerup", "pointercancel"])
    range.addEventListener(end, () => (store.dragging = undefined));
  range.addEventListener("change", () => {
    store.dragging = undefined;
    if (!byKey) store.release();
  });
  field.addEventListener("focus", () => store.choose(i));
  field.addEventListener("change", () => commit(store, i, field));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit(store, i, field);
    if (event.key === "Escape") {
      event.stopPropagation();
      complain(store, field, "");
      field.value = fieldText(store, i, store.values[i]);
    }
  });
  row.addEventListener("pointerdown", () => store.choose(i));
  return { row, range, field, value: NaN, low: NaN, steps: NaN };
}

// A typed number goes to the store; anything else stays in the field, with a message.
function commit(store, i, field) {
  const text = field.value.trim().replace(",", ".").replace("\u2212", "-");
  const value = Number(text);
  const name = store.names[i];
  if (!text || !Number.isFinite(value)) {
    complain(store, field, `\u201c${field.value}\u201d is not a number; ${name} stays at ${fieldText(store, i, store.values[i])}.`);
    return;
  }
  if (store.held && store.held.i === i && store.held.value === value) return;
  complain(store, field, "");
  if (value !== store.values[i]) store.typed(i, value);
}

function complain(store, field, words) {
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  store.words = words;
  store.changed(true);
}

// Rows of sliders under headings, headings in bands, and what redraws them.
function controls(store, spec) {
  const box = make("div", { class: "bp-controls" });
  const groups = new Map();
  for (const band of spec.bands) {
    const line = make("div", { class: "bp-band" });
    for (const { group, columns } of band) {
      const set = make("fieldset", { class: columns > 2 ? "bp-many" : "" }, make("legend", {}, group));
      set.style.setProperty("--columns", columns);
      groups.set(group, set);
      line.append(set);
    }
    box.append(line);
  }
  const rows = spec.sliders.map(({ name, group, place }, i) => {
    const row = sliderRow(store, i, name);
    row.row.style.gridArea = `${place[0]} / ${place[1]} / auto / span ${place[2]}`;
    groups.get(group).append(row.row);
    return row;
  });
  return { box, draw: () => rows.forEach((r, i) => drawRow(store, r, i)) };
}

function drawRow(store, r, i) {
  const track = store.sweep.rows[i];
  const { low: first, step, steps, grid } = track;
  const low = grid ? 0 : first; // with a grid of its own a slider counts positions
  const value = store.values[i];
  if (r.low !== low || r.steps !== steps) {
    r.low = low;
    r.steps = steps;
    r.range.min = low;
    r.range.step = step;
    r.range.max = Number((low + step * steps).toFixed(10));
    r.value = NaN;
  }
  const held = store.held && store.held.i === i;
  r.row.classList.toggle("bp-chosen", store.chosen === i);
  if (r.value === value && !(store.heldBefore === i && !held)) return;
  r.value = value;
  const at = grid ? positionOf(track, value) : value;
  if (!held && Number(r.range.value) !== at) r.range.value = at;
  r.range.setAttribute("aria-valuetext", fieldText(store, i, value));
  r.field.value = fieldText(store, i, value);
  r.field.removeAttribute("aria-invalid");
}

// The page of a lab: what it shows on the left, sliders and reset on the right, words below.
function labPage({ store, el, spec, title, parts, draw, inWords }) {
  const panel = controls(store, spec);
  const say = make("output", { class: "bp-say" });
  const stage = make("div", { class: "bp-stage" });
  stage.append(...parts);
  const reset = make("button", { type: "button", class: "bp-reset" }, "Reset");
  reset.addEventListener("click", () => store.reset());
  const inner = make("div", { class: "bp-inner" }, stage, panel.box);
  const foot = make("div", { class: "bp-foot" }, say, reset);
  const page = make("div", { class: "bp-lab", role: "group", "aria-label": title }, inner, foot);
  let settled = true;
  const redraw = perFrame(() => {
    panel.draw();
    const waiting = Boolean(store.held);
    stage.classList.toggle("bp-waiting", waiting);
    store.heldBefore = store.held ? store.held.i : undefined;
    draw();
    const words = waiting ? "Waiting for Python …" : store.words || (settled ? inWords() : "");
    if (words && say.textContent !== words) say.textContent = words;
    settled = waiting; // what has been waited for is told when it is there
  });
  const view = (isSettled) => {
    settled ||= isSettled;
    redraw();
  };
  return keepDrawn(store, el, page, view);
}
