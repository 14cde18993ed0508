// The shapes lab: shows and hides the cells that Python has drawn, and says what the product is.
// Which products mean something, and how long each side is, stands in Python's tables.

// What is chosen, the sizes of its blocks, and what the table says of it.
class Blocks {
  constructor(store, spec) {
    Object.assign(this, { store, spec });
    this.at = new Map(store.quantities.map(({ name }, q) => [name, q]));
    this.found = new Set();
  }

  length(side) {
    return this.store.shown[this.at.get(side)];
  }

  get state() {
    const [left, right] = [0, 1].map((i) => this.spec.factors[this.store.values[i]]);
    const [rows, inner, other, cols] = [left.rows, left.cols, right.rows, right.cols].map((s) => this.length(s));
    const product = this.spec.products[left.name][right.name];
    return { left, right, rows, inner, other, cols, product, fit: inner === other };
  }
}

const filledIn = (words, found) => words.replace(/\{(\w+)\}/g, (_, key) => found[key]);

function blocksPicture(svg, shown) {
  const { spec } = shown;
  const { cell, docked, apart } = spec.geometry;
  const group = (name) => svg.querySelector(`[data-block="${name}"]`);
  const blocks = Object.fromEntries(["left", "right", "product"].map((n) => [n, group(n)]));
  const cells = Object.fromEntries(
    Object.entries(blocks).map(([n, g]) => [n, [...g.querySelectorAll("[data-cell]")].map(cellOf)]),
  );
  const joints = [...svg.querySelectorAll("[data-joint]")].map((node) => {
    const [kind, k] = node.dataset.joint.split(" ");
    return { node, kind, k: Number(k) };
  });
  const labels = new Map([...svg.querySelectorAll("[data-label]")].map((e) => [e.dataset.label, e]));

  function cellOf(node) {
    const [u, k] = node.dataset.cell.split(" ").map(Number);
    return { node, u, k, text: node.querySelector("text"), rect: node.querySelector("rect") };
  }

  function fill(name, across, deep, first) {
    for (const { node, u, k, text, rect } of cells[name]) {
      const here = u < across && k < deep;
      node.style.display = here ? "" : "none";
      if (!here) continue;
      const mark = first(u, k);
      putText(text, mark);
      rect.style.cssText = mark ? spec.looks.hollow : "";
    }
  }

  function look(name, colour, x, y) {
    blocks[name].style.cssText = spec.looks[colour];
    blocks[name].setAttribute("transform", `translate(${x} ${y})`);
  }

  function joint({ node, kind, k }, inner, other) {
    const both = Math.min(inner, other);
    const here = kind === "arc" ? k < both : k >= both && k < (kind === "left" ? inner : other);
    node.style.display = here ? "" : "none";
  }

  function label(key, x, y, text) {
    const node = labels.get(key);
    node.setAttribute("x", x);
    node.setAttribute("y", y);
    node.textContent = text;
    node.classList.toggle("error", text.startsWith("\u2717"));
  }

  let drawn = "";

  return () => {
    const { left, right, rows, inner, other, cols, product, fit } = shown.state;
    const now = [left.name, right.name, rows, inner, other, cols].join();
    if (drawn === now) return;
    drawn = now;
    const gap = fit ? docked : apart;
    fill("left", rows, inner, (r, k) => (r === 0 && left.firstRow) || (k === inner - 1 && left.firstCol) || "");
    fill("right", cols, other, (c, k) => (c === 0 && right.firstCol) || (k === other - 1 && right.firstRow) || "");
    const marked = product.kind !== "accident";
    const first = (r, c) => marked && ((r === 0 && left.firstRow) || (c === 0 && right.firstCol));
    fill("product", rows, cols, (r, c) => (first(r, c) ? "b" : ""));
    look("left", left.colour, 0, gap);
    look("right", right.colour, gap, 0);
    look("product", product.colour, docked, docked);
    if (!fit) blocks.product.style.display = "none";
    for (const each of joints) joint(each, inner, other);
    const [below, above, clash] = [rows * cell + gap, -other * cell, fit ? "" : "\u2717 "];
    label("left", -6, below + 19, left.name);
    label("left rows", -inner * cell - 8, gap + (rows * cell) / 2 + 4, `${left.rows} = ${rows}`);
    label("left cols", -6, below + 36, `${clash}${left.cols} = ${inner}`);
    label("right", gap + 2, above - 24, right.name);
    label("right cols", gap + 2, above - 8, `${right.cols} = ${cols}`);
    label("right rows", gap + cols * cell + 8, above / 2 + 4, `${clash}${right.rows} = ${other}`);
    label("product", 6, below + 19, fit ? filledIn(spec.words[product.kind], product) : spec.words.none);
    label("product shape", 6, below + 36, fit ? `${rows} \u00d7 ${cols}` : `${inner} \u2260 ${other}`);
  };
}

// The six products of a pass, with a tick for each that has been built.
function wantedList(shown) {
  const title = make("p", { class: "bp-wanted-title" });
  const items = shown.spec.wanted.map(({ name, what }) => {
    const [tick, text] = [make("span", { class: "bp-tick", "aria-hidden": "true" }), make("span")];
    return { name, what, tick, text, node: make("li", {}, tick, text) };
  });
  const box = make("div", { class: "bp-wanted" }, title, make("ul", {}, ...items.map((i) => i.node)));
  const draw = () => {
    const { found } = shown;
    putText(title, `Build all six products of a pass: ${found.size} of ${items.length} found`);
    for (const { name, what, tick, text, node } of items) {
      const done = found.has(name);
      putText(tick, done ? "\u2713" : "\u25cb");
      putText(text, done ? `${what}: ${name}, found` : `${what}: not yet`);
      node.classList.toggle("bp-found", done);
    }
  };
  return { box, draw };
}

function shapesInWords(shown) {
  const { left, right, rows, inner, other, cols, product, fit } = shown.state;
  const { counts } = shown.spec;
  const known = { left: left.name, right: right.name, a: inner, b: other, a_side: left.cols, b_side: right.rows };
  Object.assign(known, { a_counts: counts[left.cols], b_counts: counts[right.rows] });
  const words = filledIn(fit ? product.words : shown.spec.words.clash, known);
  const found = `${left.name} (${rows} \u00d7 ${inner}) @ ${right.name} (${other} \u00d7 ${cols}). ${words}`;
  const built = filledIn(shown.spec.words.built, { found: shown.found.size });
  return fit && product.kind === "pass" ? `${found} ${built}` : found;
}

const codeName = (name) => make("code", {}, name);

function shapesPage(store, el, model) {
  const spec = model.get("spec");
  const shown = store.blocks;
  const picture = pictureBox("bp-picture", model.get("picture"));
  picture.append(make("p", { class: "bp-note" }, spec.note));
  const wanted = wantedList(shown);
  const plot = make("div", { class: "bp-plot" }, wanted.box);
  const drawBlocks = blocksPicture(picture.firstChild, shown);
  const draws = [drawBlocks, wanted.draw];
  let version = -1;
  const stop = labPage({
    store,
    el,
    spec,
    title: "Shapes lab",
    parts: [picture, plot],
    inWords: () => shapesInWords(shown),
    draw() {
      if (version !== store.sweep.version) shown.found = new Set(store.sweep.found);
      version = store.sweep.version;
      const { product, fit } = shown.state;
      if (fit && product.kind === "pass") shown.found.add(product.name);
      draws.forEach((draw) => draw());
    },
  });
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-shapes");
  const names = spec.factors.map((f) => f.name);
  ["left", "right"].forEach((name, i) => {
    const row = page.querySelector(`[data-slider="${name}"]`);
    draws.push(choiceRow(store, row, i, names, codeName));
  });
  store.changed(true);
  return stop;
}

function makeStore(model) {
  const store = new Store(model);
  store.blocks = new Blocks(store, model.get("spec"));
  return store;
}

export default labOf(makeStore, shapesPage);
