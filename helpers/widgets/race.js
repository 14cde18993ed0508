// The race lab. Python ran the race, drew the curves and wrote every number; here the runners move.

// Runners on their lanes, and on their curves.
function racePanels(store) {
  const { spec } = store;
  const [lanes, curves] = ["lanes", "curves"].map((name) => make("div", { class: `bp-panel bp-${name}` }));
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
      put(part.runners[i], "transform", `translate(${x} ${spec.lanes[i]})`);
      put(part.trails[i], "d", `M${spec.start} ${spec.lanes[i]}H${x}`);
      putText(part.errors[i], E[frame][i]);
      const [dx, dy] = [0, 1].map((k) => dots[2 * (frame * count + i) + k].toFixed(1));
      put(part.dots[i], "transform", `translate(${dx} ${dy}) scale(.7)`);
    }
    const reached = dots[2 * frame * count];
    put(part.veil, "x", reached.toFixed(1));
    put(part.veil, "width", Math.max(spec.right + 8 - reached, 0).toFixed(1));
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
    for (const { box, i, g } of cells) putText(box, store.film.goals[g][i]);
  };
  return { table, draw };
}

function racePage(store, el) {
  const { spec } = store;
  const panels = racePanels(store);
  const goals = goalTable(store);
  const settings = runSettings(store, "Run again with");
  const readout = make("div", { class: "bp-readout", "aria-hidden": "true" }, "update ", make("b"));
  const count = (k) => store.film.updates[k].toLocaleString("en-US");
  const words = (frame) => store.film.words[frame];
  return runPage(store, el, {
    title: "Race lab",
    css: "bp-race",
    names: { name: "update", what: "race", label: (k) => `update ${count(k)}` },
    readout,
    arrange: (play, foot) => [
      make("div", { class: "bp-track" }, ...panels.boxes),
      play,
      foot,
      make("div", { class: "bp-below" }, settings.box, goals.table),
    ],
    draw(frame) {
      panels.draw(frame);
      goals.draw();
      putText(readout.lastChild, count(frame));
    },
    drawSettings: settings.draw,
    verdict: words,
    inWords: words,
  });
}

export default labOf((model) => new RunStore(model), racePage);
