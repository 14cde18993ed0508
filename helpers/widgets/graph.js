// The graph lab: choose a node of the picture, nudge it (see nudge.js), compare with its slope.

// The picture, across or down: values, slopes, the chosen node's paths, and nodes to choose.
function graphPicture(svg, shown) {
  const { nodes } = shown.spec;
  const boxes = [...svg.querySelectorAll("[data-node]")];
  const number = new Map(nodes.map((n, k) => [n.name, k]));
  const parts = new Map(
    boxes.map((box) => {
      const name = box.dataset.node;
      const part = (key) => svg.querySelector(`[data-${key}="${name}"]`);
      return [name, { box, value: part("value"), slope: part("slope"), paths: part("paths") }];
    }),
  );
  const locals = [...svg.querySelectorAll("[data-local]")];
  let chosen = -1;

  svg.setAttribute("role", "radiogroup");
  svg.dataset.lmSuppressShortcuts = "true";
  for (const box of boxes) {
    box.setAttribute("role", "radio");
    box.addEventListener("click", () => pick(box));
    box.addEventListener("keydown", (event) => onKey(event, box));
  }

  function pick(box) {
    shown.choose(number.get(box.dataset.node));
    box.focus();
  }

  function onKey(event, box) {
    const k = boxes.indexOf(box);
    const next = { ArrowRight: k + 1, ArrowDown: k + 1, ArrowLeft: k - 1, ArrowUp: k - 1,
                   Home: 0, End: -1, Enter: k, " ": k }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    pick(boxes.at(next % boxes.length));
  }

  function light(now) {
    chosen = now;
    const on = new Set(nodes[now].paths.flat());
    nodes.forEach((node, k) => {
      const { box, paths } = parts.get(node.name);
      put(box, "aria-checked", k === now);
      put(box, "tabindex", k === now ? 0 : -1);
      box.classList.toggle("bp-on", on.has(node.name));
      paths.classList.toggle("bp-lit", k === now);
    });
  }

  return () => {
    if (chosen !== shown.node) light(shown.node);
    for (const node of nodes) {
      const { box, value, slope } = parts.get(node.name);
      const texts = [shown.value("value", node), shown.text(`slope ${node.name}`)];
      putText(value, texts[0]);
      putText(slope, texts[1]);
      put(box, "aria-label", `${node.name}, value ${texts[0]}, slope ${texts[1]}`);
    }
    for (const text of locals) putText(text, shown.text(`local ${text.dataset.local}`));
  };
}

// For every node its paths, with factors, products and their sum. All lists lie in one place, so
// that the page keeps its height whichever is shown.
function pathLists(shown) {
  const { spec } = shown;
  const named = new Map(spec.nodes.map((n) => [n.name, n.letters]));
  const lists = spec.nodes.map((node) => {
    const box = make("div", { class: "bp-pathlist" });
    const rows = node.paths.map((path, k) => {
      const way = make("span", { class: "bp-way" });
      way.innerHTML = path.map((name) => named.get(name)).join(" → ");
      const product = make("span", { class: "bp-product" });
      const sample = make("span", { class: "bp-sample" });
      sample.innerHTML = `<svg viewBox="0 0 30 8" aria-hidden="true"><path d="M0 4H30" style="${spec.styles[k]}"/></svg>`;
      box.append(make("div", { class: "bp-path" }, sample, make("span", {}, way, " ", product)));
      return { product, edges: path.slice(1).map((to, j) => `local ${path[j]}>${to}`) };
    });
    if (node.more) box.append(make("div", { class: "bp-path" }, `\u2026 and ${node.more} more paths`));
    const slope = make("span", { class: "bp-slopename" });
    slope.innerHTML = `d${named.get(spec.output)}/d${node.letters}`;
    const sum = make("span");
    box.append(make("div", { class: "bp-sum" }, slope, sum));
    return { box, rows, sum, node };
  });
  const box = make("div", { class: "bp-pathlists" }, ...lists.map((l) => l.box));

  function write({ node, rows, sum }) {
    const products = rows.map((row, k) => {
      const product = shown.text(`product ${node.name} ${k}`);
      const factors = joinNumbers(" × ", row.edges.map((e) => shown.text(e)));
      putText(row.product, row.edges.length > 1 ? `${factors} = ${product}` : product);
      return product;
    });
    if (node.more) products.push("\u2026");
    const total = shown.text(`sum ${node.name}`);
    putText(sum, products.length > 1 ? ` = ${joinNumbers(" + ", products)} = ${total}` : ` = ${total}`);
  }

  lists.forEach(write); // so that each takes the room it needs
  return {
    box,
    draw() {
      const now = shown.node;
      lists.forEach((list, k) => list.box.classList.toggle("bp-off", k !== now));
      write(lists[now]);
    },
  };
}

function graphInWords(shown) {
  const node = shown.chosen;
  const number = (name) => signed(trimNumber(shown.number(name), node.places, 4));
  const count = node.paths.length + node.more;
  return (
    `${node.name} is chosen; ${count === 1 ? "one path leads" : `${count} paths lead`} to ${shown.spec.output}. ` +
    `A nudge of ${trimNumber(shown.by, 9)} moves ${shown.spec.output} by ${number("change")}; ` +
    `the derivative predicts ${number("predicted")}.`
  );
}

function graphPage(store, el, model) {
  const spec = model.get("spec");
  const shown = new Shown(store, spec);
  const picture = pictureBox("bp-picture", model.get("picture"));
  const pictures = [...picture.querySelectorAll("svg")].map((svg) => graphPicture(svg, shown));
  const plot = pictureBox("bp-plot", spec.plot);
  const nudges = new NudgeStore(shown);
  const row = sliderRow(nudges, 0, "nudge");
  nudges.field = row.field;
  const label = row.row.querySelector(".bp-name");
  const [paths, read] = [pathLists(shown), readout(shown)];
  const panel = make("div", { class: "bp-panel" }, row.row, read.box, paths.box);
  const drawPlot = nudgePlot(plot.firstChild, shown);
  let chosen = -1;
  const stop = labPage({
    store,
    el,
    spec: { ...spec, sliders: spec.inputs },
    title: "Graph lab",
    parts: [picture, panel, plot],
    inWords: () => graphInWords(shown),
    draw() {
      if (chosen !== shown.node) label.innerHTML = `nudge of ${shown.chosen.letters}`;
      chosen = shown.node;
      drawRow(nudges, row, 0);
      for (const drawPicture of pictures) drawPicture();
      paths.draw();
      read.draw();
      drawPlot();
    },
  });
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-graphlab");
  page.classList.toggle("bp-widegraph", spec.wide);
  return stop;
}

export default labOf((model) => new Store(model), graphPage);
