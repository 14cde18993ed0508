// The momentum lab: the plane and what moves the point beside the runs that belong to it.

const FIRST = 4; // steps whose numbers are shown

function factorInWords(words, { factor, steps }) {
  if (steps) {
    const count = `${steps.toLocaleString("en")} step${steps > 1 ? "s" : ""}`;
    return words.closer.replace("{factor}", shownNumber(factor, 4)).replace("{steps}", count);
  }
  return (shownNumber(factor, 8) === "1.00000000" ? words.stays : words.grows).replace("{factor}", shownNumber(factor, 4));
}

function rateInWords(store, spec) {
  const { now, plain } = looked(store);
  const [eta, mu] = store.values.map((v) => fieldNumber(v));
  return spec.words.here
    .replace("{eta_mu}", `eta = ${eta}, mu = ${mu}`)
    .replace("{momentum}", factorInWords(spec.words, now))
    .replace("{plain}", factorInWords(spec.words, plain));
}

// The first steps as numbers, and what each w does in the long run.
function firstSteps(store, spec) {
  const table = make("table", { class: "bp-first" });
  const cell = (kind, ...content) => make(kind, {}, ...content);
  const row = (...cells) => make("tr", {}, ...cells);
  const head = row(cell("th", "step"), ...[0, 1, 2, 3, 4].map((k) => cell("th", String(k))));
  const texts = [];
  const live = (kind, attributes = {}) => {
    const node = document.createTextNode("");
    texts.push({ node, last: undefined });
    return make(kind, attributes, node);
  };
  const rows = [1, 2].map((i) => {
    const numbers = Array.from({ length: FIRST }, (_, k) => live("td", { "data-w": `w${i}_${k + 1}` }));
    return row(make("th", { scope: "row" }, letters(`w${i}`)), cell("td", "1"), ...numbers);
  });
  const long = [1, 2].map((i) => make("span", {}, letters(`w${i}`), " ", live("span", { "data-w": `w${i}_long` })));
  table.append(make("caption", {}, "The first steps with momentum"), make("thead", {}, head), make("tbody", {}, ...rows));
  const box = make("div", { class: "bp-numbers" }, table, make("p", { class: "bp-long" }, "In the long run: ", ...long));
  const write = (k, text) => {
    if (texts[k].last === text) return;
    texts[k].last = texts[k].node.data = text;
  };
  const [steps] = spec.lengths;
  const far = 32767;
  const draw = () => {
    const { now } = looked(store);
    for (let i = 0; i < 2; i += 1) {
      for (let k = 0; k < FIRST; k += 1) {
        const whole = now.run[i * steps + k];
        const text = shownNumber(whole / spec.whole.w, 4);
        write(i * FIRST + k, whole >= far ? "> 3" : whole <= -far ? "< \u22123" : text);
      }
      write(2 * FIRST + i, `${spec.words.manners[now.manners[i]]}, \u00d7 ${shownNumber(now.factors[i], 4)}`);
    }
  };
  return { box, draw };
}

// Radio buttons in a row.
function radios(legend, labels, choose) {
  const group = `bp-${Math.random().toString(36).slice(2)}`;
  const box = make("fieldset", { class: "bp-radios" }, make("legend", {}, legend));
  const buttons = labels.map((label, k) => {
    const button = make("input", { type: "radio", name: group, value: k, "data-lm-suppress-shortcuts": "true" });
    button.addEventListener("change", () => choose(k));
    box.append(make("label", {}, button, label));
    return button;
  });
  const draw = (k) => {
    if (buttons[k] && !buttons[k].checked) buttons[k].checked = true;
  };
  return { box, draw };
}

function momentumPage(store, el, model) {
  const spec = model.get("spec");
  const picture = (name, svg) => pictureBox(`bp-picture bp-${name}`, svg);
  const map = picture("map", model.get("picture"));
  const way = picture("way", spec.way);
  const fall = picture("fall", spec.fall);
  const plane = ratePlane(map.firstChild, store, spec);
  const drawRuns = rateRuns(way.firstChild, fall.firstChild, store, spec);
  const first = firstSteps(store, spec);
  const kind = radios("Momentum", spec.kinds, (k) => store.setKind(k));
  const ratios = spec.conditions;
  const ratio = radios("a\u2082 / a\u2081", ratios.map(String), (k) => {
    store.setCondition(ratios[k]);
    redrawChoices();
  });
  const redrawChoices = () => {
    kind.draw(store.kind);
    if (!store.extra && !(store.sent && store.told)) ratio.draw(ratios.indexOf(store.sweep.condition));
  };
  const toBest = () => {
    store.moveTo([...store.field.best[store.kind]]);
    store.release();
  };
  const left = make("div", { class: "bp-left" }, kind.box, map);
  const right = make("div", { class: "bp-right" }, way, first.box, fall);
  const stop = labPage({
    store,
    el,
    spec,
    title: "Momentum lab",
    parts: [left, right],
    inWords: () => rateInWords(store, spec),
    draw() {
      redrawChoices();
      plane.draw();
      drawRuns();
      first.draw();
    },
  });
  ratePointer(map.firstChild, store, plane, toBest);
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-momentum");
  const best = make("button", { type: "button", class: "bp-reset" }, "Best point");
  best.addEventListener("click", toBest);
  left.append(page.querySelector(".bp-controls"), ratio.box, make("p", { class: "bp-note" }, spec.words.note));
  page.querySelector(".bp-reset:last-child").before(best);
  return stop;
}

export default labOf((model) => new RateStore(model), momentumPage);
