// The epsilon lab: the V of the relative error, and the digits that cancel. All numbers, and the
// places of all points, are Python's; here digits are cut into those that cancel and those that do not.

// What is chosen, and the numbers that belong to it.
class Difference {
  constructor(store, spec) {
    Object.assign(this, { store, spec });
    this.at = new Map(store.quantities.map(({ name }, q) => [name, q]));
  }

  choice(name) {
    return this.spec.choices[name][this.store.values[this.store.names.indexOf(name)]];
  }

  get variant() {
    return `${this.choice("formula")} ${this.choice("kind")}`;
  }

  get about() {
    return this.spec.about[this.store.values[this.store.names.indexOf("weight")]];
  }

  quantity(name) {
    return this.at.get(`${name} ${this.choice("weight")}`);
  }

  number(name) {
    return this.store.shown[this.quantity(name)];
  }

  get rows() {
    const kind = this.choice("kind");
    return {
      up: this.number(`up ${kind}`),
      down: this.number(`${this.choice("formula")} ${kind}`),
      difference: this.number(`difference ${this.variant}`),
      slope: this.number(`slope ${this.variant}`),
      error: this.number(`error ${this.variant}`),
    };
  }
}

// The same texts as Python's epsilon_digits.fixed and epsilon.two_digits.
function fixedNumber(v, places) {
  const text = shownNumber(v, places);
  if (!/[1-9]/.test(text)) return `\u00a0${text.replace("\u2212", "")}`;
  return text[0] === "\u2212" ? text : `\u00a0${text}`;
}

const twoDigits = (v) => (v >= 0.01 ? shownNumber(v, 2) : v.toExponential(1));

function firstDigit(text) {
  const i = text.search(/[1-9]/);
  return i < 0 ? text.length : i;
}

function shared(a, b) {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  return i;
}

const filled = (words, found) => words.replace(/\{(\w+)\}/g, (_, key) => found[key]);

// Everything the digits say: as pieces of the rows, and in words.
function digitTexts(shown) {
  const { about, rows, spec } = shown;
  const kind = shown.choice("kind");
  const [places, more] = about.places[kind];
  const [up, down, difference] = [rows.up, rows.down, rows.difference].map((v) => fixedNumber(v, places));
  const slope = fixedNumber(rows.slope, more);
  const count = spec.digits[kind];
  const zeros = firstDigit(difference) - firstDigit(about.E[kind]);
  const lost = Math.max(0, Math.min(zeros, count));
  const cut = (text, i) => [text.slice(0, i), text.slice(i)];
  const pieces = {
    up: cut(up, shared(up, down)),
    down: cut(down, shared(up, down)),
    difference: cut(difference, firstDigit(difference)),
    slope: cut(slope, shared(slope, about.exact)),
    exact: [about.exact, ""],
  };
  const cancel = filled(spec.words.lost[Number(lost === count)], { lost, digits: count, left: count - lost });
  const verdict = spec.words.verdicts[spec.limits.filter((limit) => rows.error > limit).length];
  return { pieces, cancel, error: twoDigits(rows.error), verdict };
}

function digitsPicture(svg, shown) {
  const nodes = new Map([...svg.querySelectorAll("[data-d]")].map((e) => [e.dataset.d, e]));
  const labels = svg.querySelector('[data-part="labels"]');
  let labelled = "";
  const write = (key, text) => putText(nodes.get(key), text);
  return () => {
    const now = `${shown.choice("formula")} ${shown.choice("weight")}`;
    if (labelled !== now) labels.innerHTML = shown.about.labels[shown.choice("formula")];
    labelled = now;
    const { pieces, ...texts } = digitTexts(shown);
    for (const [row, parts] of Object.entries(pieces)) parts.forEach((text, i) => write(`${row} ${i}`, text));
    for (const [key, text] of Object.entries(texts)) write(key, text);
  };
}

function vPicture(svg, shown) {
  const { store, spec } = shown;
  const part = (name) => svg.querySelector(name);
  const [line, point, marks] = [part('[data-at="line"]'), part('[data-at="point"]'), part('[data-part="marks"]')];
  const curves = [...svg.querySelectorAll("[data-curve]")];
  const across = store.along(0, shown.at.get("x"));
  let drawn = "";

  function drawCurves() {
    for (const curve of curves) {
      const { data } = store.along(0, shown.quantity(`y ${curve.dataset.curve}`));
      const points = [...data].map((y, k) => `${across.data[k].toFixed(1)},${y.toFixed(1)}`).join(" ");
      put(curve, "points", points);
      const mine = curve.dataset.curve === shown.variant;
      put(curve, "style", mine ? spec.looks.chosen : spec.looks.other);
      if (mine) marks.before(curve);
    }
    marks.innerHTML = shown.about.marks[shown.variant];
  }

  return () => {
    const now = `${shown.variant} ${shown.choice("weight")}`;
    if (drawn !== now) drawCurves();
    drawn = now;
    const [x, y] = [store.shown[shown.at.get("x")], shown.number(`y ${shown.variant}`)];
    put(line, "d", line.getAttribute("d").replace(/^M[^V]*? /, `M${x} `));
    put(point, "cx", x);
    put(point, "cy", y);
  };
}

function epsilonInWords(shown) {
  const { about, rows, spec, store } = shown;
  const { cancel, error, verdict } = digitTexts(shown);
  const [epsilon, best] = [store.values[0], about.best[shown.variant]];
  const side = best ? filled(spec.words.sides[Number(epsilon >= best.value)], { best: best.text }) : "";
  return filled(spec.words.state, {
    formula: shown.choice("formula"),
    weight: shown.choice("weight"),
    kind: shown.choice("kind"),
    epsilon: powerNumber(epsilon),
    lost: `${cancel}.`,
    slope: fixedNumber(rows.slope, 9).trim(),
    exact: about.exactShort,
    error,
    verdict,
    side,
  }).trim();
}

function epsilonPage(store, el, model) {
  const spec = model.get("spec");
  const shown = new Difference(store, spec);
  const [picture, plot] = [pictureBox("bp-picture", model.get("picture")), pictureBox("bp-plot", spec.plot)];
  const draws = [vPicture(picture.firstChild, shown), digitsPicture(plot.firstChild, shown)];
  const stop = labPage({
    store,
    el,
    spec,
    title: "Epsilon lab",
    parts: [picture, plot],
    inWords: () => epsilonInWords(shown),
    draw: () => draws.forEach((draw) => draw()),
  });
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-epsilon");
  for (const [name, names] of Object.entries(spec.choices)) {
    const row = page.querySelector(`[data-slider="${name}"]`);
    const label = name === "weight" ? letters : undefined;
    draws.push(choiceRow(store, row, store.names.indexOf(name), names, label));
  }
  store.changed(true);
  return stop;
}

export default labOf((model) => new Store(model), epsilonPage);
