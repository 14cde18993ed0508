// The step lab: what is chosen, the numbers and the words of a step, and the button that takes it.

// The numbers: the gradient as a product, the step, and where it leads; texts that keep up.
function sums(store, spec, q) {
  const box = make("div", { class: "bp-sums" });
  const several = Object.values(spec.terms).some((terms) => terms.length > 1);
  box.classList.toggle("bp-several", several); // keep room for the longest sum
  let live = [];
  let built = -1;
  const now = (text) => {
    const node = document.createTextNode("");
    live.push(() => {
      const t = text();
      if (node.data !== t) node.data = t;
    });
    return node;
  };
  const six = (text) => now(() => shownNumber(text(), 6));
  const line = (kind, words, ...content) =>
    make("div", { class: `bp-sum bp-${kind}` }, make("span", { class: "bp-what" }, words), make("span", {}, ...content));
  const delta = (k) => make("span", { class: "bp-name" }, make("i", {}, "\u03b4"), make("sub", {}, `y${k}`));
  const joined = (parts) => parts.flatMap((part, i) => (i ? [" + ", ...part] : part));

  function build(i) {
    live = [];
    const name = store.names[i];
    const terms = spec.terms[name];
    const gradient = () => ["\u2202", make("i", {}, "E"), "/\u2202", letters(name)];
    const of = (quantity) => () => q(`${quantity}_${name}`);
    const eta = now(() => plain(store.values.at(-1)));
    const inLetters = joined(terms.map((t) => [delta(t.delta), " \u00b7 ", t.h ? letters(`h${t.h}`) : "1"]));
    const factor = (k, n) => (n ? bracketed : (v) => shownNumber(v, 6))(q(`delta${k}`));
    const inNumbers = joined(
      terms.map((t, n) => [now(() => factor(t.delta, n)), ` \u00b7 ${t.h ? shownNumber(t.value, 6) : "1"}`]),
    );
    const minus = now(() => (of("step")() < 0 ? " + " : " \u2212 "));
    box.replaceChildren(
      line("slope", "slope", ...gradient(), " = ", ...inLetters, " = ", ...inNumbers, " = ", make("b", {}, six(of("slope")))),
      line("step", "step", make("i", {}, "\u03b7"), " \u00b7 ", ...gradient(), " = ", eta, " \u00b7 ", now(() => bracketed(of("slope")())), " = ", make("b", {}, six(of("step")))),
      line("new", "new weight", letters(name), " \u2212 step = ", now(() => fieldNumber(store.values[i]).replace("-", "\u2212")), minus, six(() => Math.abs(of("step")())), " = ", make("b", {}, six(of("after")))),
      line("fall", "error", make("i", {}, "E"), " = ", six(() => q("E")), " \u2192 ", make("b", {}, six(of("E_after")))),
    );
    built = i;
  }

  const draw = () => {
    const i = along(store);
    if (built !== i) build(i);
    const right = othersStand(store, i);
    box.classList.toggle("bp-stale", !right);
    if (right) for (const update of live) update();
  };
  return { box, draw };
}

// One radio button for each weight.
function chooser(store, spec) {
  const group = `bp-${Math.random().toString(36).slice(2)}`;
  const box = make("fieldset", { class: "bp-choose" }, make("legend", {}, "Walk along"));
  const buttons = spec.weights.map((name, i) => {
    const button = make("input", { type: "radio", name: group, value: name, "data-lm-suppress-shortcuts": "true" });
    button.addEventListener("change", () => {
      store.choose(i);
      store.changed(true);
    });
    box.append(make("label", {}, button, letters(name)));
    return button;
  });
  const draw = () => {
    const i = along(store);
    if (!buttons[i].checked) buttons[i].checked = true;
  };
  return { box, draw, focus: (i) => buttons[i].focus() };
}

// Without Python the chosen weight goes to the nearest position of its slider.
function takeStep(store, q) {
  const i = along(store);
  if (store.python === "here") {
    store.steps = store.sent && store.extra ? store.steps + 1 : 1;
    store.request({ steps: store.steps });
  } else {
    store.typed(i, q(`after_${store.names[i]}`));
  }
}

function driver(store, q) {
  const step = make("button", { type: "button", class: "bp-take" }, "Take the step");
  step.addEventListener("click", () => takeStep(store, q));
  const close = make("button", { type: "button", class: "bp-close", "aria-pressed": "false" }, "Close-up");
  close.addEventListener("click", () => {
    store.close = !store.close;
    store.changed();
  });
  const draw = () => close.setAttribute("aria-pressed", String(Boolean(store.close)));
  return { step, close, draw };
}

const bracketed = (v) => (v < 0 ? `(${shownNumber(v, 6)})` : shownNumber(v, 6));
const plain = (v) => String(Number(v.toFixed(10)));

function stepInWords(store, spec, q) {
  const name = store.names[along(store)];
  const number = (quantity, places = 6) => shownNumber(q(`${quantity}_${name}`), places);
  const found = {
    name,
    eta: plain(store.values.at(-1)),
    E: shownNumber(q("E"), 6),
    E_after: number("E_after"),
    after: number("after"),
    slope: number("slope"),
    share: number("share", 2),
  };
  const words = spec.words[q(`verdict_${name}`)] || "";
  return words.replace(/\{(\w+)\}/g, (_, key) => found[key]);
}

function stepPage(store, el, model) {
  const spec = model.get("spec");
  const q = quantities(store);
  const picture = pictureBox("bp-picture", model.get("picture"));
  const plot = pictureBox("bp-plot", spec.plot);
  const [choose, drive, numbers] = [chooser(store, spec), driver(store, q), sums(store, spec, q)];
  const top = make("div", { class: "bp-top" }, choose.box, drive.close);
  const row = make("div", { class: "bp-drive" }, drive.step);
  const walk = make("div", { class: "bp-walk" }, top, plot, row);
  const drawNetwork = networkPicture(picture.firstChild, store, spec, () => along(store));
  const drawPlot = stepPlot(plot.firstChild, store, q);
  const stop = labPage({
    store,
    el,
    spec,
    title: "Step lab",
    parts: [walk, picture],
    inWords: () => stepInWords(store, spec, q),
    draw() {
      for (const part of [choose, drive, numbers]) part.draw();
      drawNetwork();
      drawPlot();
    },
  });
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-steps");
  const find = (selector) => page.querySelector(selector);
  // Eta and the words stand beside what they are about.
  row.append(find('[data-slider="eta"]').closest(".bp-band"), find(".bp-reset"));
  walk.append(find(".bp-foot"), numbers.box);
  picture.addEventListener("click", (event) => {
    const i = spec.weights.indexOf(event.target.closest("[data-s]")?.dataset.s);
    if (i < 0) return;
    store.choose(i);
    choose.focus(i);
  });
  return stop;
}

export default labOf((model) => new Store(model), stepPage);
