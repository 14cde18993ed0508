// The race lab. Python ran the race, drew the curves and wrote every number; here the runners move.

function raceBox(name) {
  return make("div", { class: `bp-panel bp-${name}` });
}

function setTo(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Runners on their lanes, and on their curves.
function racePanels(store) {
  const { spec } = store;
  const [lanes, curves] = [raceBox("lanes"), raceBox("curves")];
  let film;
  let part = {};

  function build() {
    film = store.film;
    lanes.innerHTML = film.lanes;
    curves.innerHTML = film.plot;
    const all = (box, name) => [...box.querySelectorAll(`[data-c="${name}"]`)];
    part = {
      runners: all(lanes, "runner"),
      trails: all(lanes, "trail"),
      errors: all(lanes, "E"),
      dots: all(curves, "dot"),
      veil: all(curves, "veil")[0],
    };
  }

  const draw = (frame) => {
    if (film !== store.film) build();
    const { dots, places, E } = film;
    const count = spec.runners.length;
    for (let i = 0; i < count; i += 1) {
      const x = places[frame * count + i].toFixed(1);
      setTo(part.runners[i], "transform", `translate(${x} ${spec.lanes[i]})`);
      setTo(part.trails[i], "d", `M${spec.start} ${spec.lanes[i]}H${x}`);
      setText(part.errors[i], E[frame][i]);
      const [dx, dy] = [0, 1].map((k) => dots[2 * (frame * count + i) + k].toFixed(1));
      setTo(part.dots[i], "transform", `translate(${dx} ${dy}) scale(.7)`);
    }
    const reached = dots[2 * frame * count];
    setTo(part.veil, "x", reached.toFixed(1));
    setTo(part.veil, "width", Math.max(spec.right + 8 - reached, 0).toFixed(1));
  };
  return { boxes: [lanes, curves], draw };
}

// When each runner reaches each goal.
function goalTable(store) {
  const { spec } = store;
  const cell = (kind, text, more = {}) => make(kind, more, text);
  const head = make("tr", {}, cell("th", "updates until E is at most", { scope: "col" }));
  for (const goal of spec.goals) head.append(cell("th", goal, { scope: "col" }));
  const cells = [];
  const body = make("tbody");
  spec.runners.forEach((name, i) => {
    const row = make("tr", {}, cell("th", name, { scope: "row" }));
    spec.goals.forEach((_, g) => {
      const box = cell("td", "");
      cells.push({ box, i, g });
      row.append(box);
    });
    body.append(row);
  });
  const table = make("table", { class: "bp-goals" }, make("thead", {}, head), body);
  const draw = () => {
    for (const { box, i, g } of cells) setText(box, store.film.goals[g][i]);
  };
  return { table, draw };
}

function racePage(store, el) {
  const { player, spec } = store;
  const panels = racePanels(store);
  const goals = goalTable(store);
  const settings = make("div", { class: "bp-settings", role: "group", "aria-label": "Run again with" });
  const rows = spec.sliders.map(({ name, group }, i) => {
    const row = sliderRow(store, i, name);
    settings.append(make("fieldset", { class: "bp-setting" }, make("legend", {}, group), row.row));
    return row;
  });
  const count = (k) => store.film.updates[k].toLocaleString("en-US");
  const controls = playerControls(player, {
    name: "update",
    what: "race",
    label: (k) => `update ${count(k)}`,
    jump: (k, by) => k + 10 * by,
  });
  const readout = make("div", { class: "bp-readout", "aria-hidden": "true" }, "update ", make("b"));
  const verdict = make("p", { class: "bp-about" });
  const say = make("output", { class: "bp-unseen" });
  const reset = make("button", { type: "button", class: "bp-reset" }, "Reset");
  reset.addEventListener("click", () => store.reset());
  const stage = make("div", { class: "bp-track" }, ...panels.boxes);
  const play = make("div", { class: "bp-playing" }, readout, controls.box);
  const foot = make("div", { class: "bp-foot" }, verdict, reset);
  const below = make("div", { class: "bp-below" }, settings, goals.table);
  const lab = make("div", { class: "bp-lab bp-race", role: "group", "aria-label": "Race lab" }, stage, play, foot, below, say);
  controls.box.addEventListener("keydown", controls.onKey);
  controls.box.dataset.lmSuppressShortcuts = "true";
  let said = "";
  let frame;
  let film;

  const redraw = perFrame(() => {
    rows.forEach((row, i) => drawRow(store, row, i));
    controls.draw();
    lab.setAttribute("aria-busy", String(store.waiting));
    if (frame !== player.frame || film !== store.film) {
      [frame, film] = [player.frame, store.film];
      panels.draw(frame);
      goals.draw();
      setText(readout.lastChild, count(frame));
    }
    setText(verdict, store.words || film.words[frame]);
    if (player.playing) return; // told when it stops
    const words = store.words || film.words[frame];
    if (words !== said) say.textContent = said = words;
  });
  store.views.add(redraw);
  el.append(lab);
  redraw();
  return () => store.views.delete(redraw);
}

// One store for all views of a model.
export default () => {
  let store;
  return {
    initialize({ model }) {
      store = new TrainStore(model);
    },
    render({ el }) {
      return racePage(store, el);
    },
  };
};
