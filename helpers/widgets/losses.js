// The loss lab: two pictures side by side, each above its own sliders.

function lossesInWords(store, spec) {
  const number = (_, name) => {
    const i = store.quantities.findIndex((q) => q.name === name);
    return shownNumber(store.shown[i], store.quantities[i].places);
  };
  return spec.words[store.parts[store.chosen]].replace(/\{(\w+)\}/g, number);
}

// One radio button for each class, in the place of a slider with three positions.
function classChooser(store, row) {
  const i = store.names.indexOf("c");
  const group = `bp-${Math.random().toString(36).slice(2)}`;
  const buttons = [1, 2, 3].map((value) => {
    const button = make("input", { type: "radio", name: group, value, "data-lm-suppress-shortcuts": "true" });
    button.addEventListener("focus", () => store.choose(i));
    button.addEventListener("change", () => {
      store.hurry();
      store.move(i, value);
      store.release();
    });
    return button;
  });
  const labels = buttons.map((button, k) => make("label", {}, button, `class ${k + 1}`));
  row.replaceChildren(...labels);
  row.classList.add("bp-classes");
  return () => {
    const { held } = store;
    const now = held && held.i === i ? held.value : store.values[i];
    buttons.forEach((button, k) => (button.checked = now === k + 1));
  };
}

function lossPage(store, el, model) {
  const spec = model.get("spec");
  const halves = [model.get("picture"), spec.second].map((svg) => pictureBox("bp-picture", svg));
  const draws = halves.flatMap(({ firstChild: svg }) => [
    networkPicture(svg, store, spec),
    livePicture(svg, store),
  ]);
  let drawClasses = () => {};
  const stop = labPage({
    store,
    el,
    spec,
    title: "Loss lab",
    parts: halves,
    inWords: () => lossesInWords(store, spec),
    draw() {
      for (const draw of draws) draw();
      drawClasses();
    },
  });
  const page = el.querySelector(".bp-lab");
  page.classList.add("bp-losses");
  drawClasses = classChooser(store, page.querySelector('[data-slider="c"]'));
  drawClasses();
  const bands = [...page.querySelectorAll(".bp-band")];
  const stage = page.querySelector(".bp-stage");
  stage.replaceChildren(
    ...halves.map((picture, k) => make("div", { class: "bp-half" }, picture, bands[k])),
    make("p", { class: "bp-note" }, spec.note),
  );
  page.querySelector(".bp-controls").remove();
  return stop;
}

export default labOf((model) => new Store(model), lossPage);
