// The forward lab: the network's picture, made by Python, with live numbers and line widths.

// Redraw what differs: texts of quantities, texts of slider values, lines of weights.
function networkPicture(svg, store, spec) {
  const texts = store.quantities.map(({ name, places }) => ({
    nodes: [...svg.querySelectorAll(`[data-q="${name}"]`)].map((e) => e.firstChild),
    places,
    value: NaN,
  }));
  const marks = store.names.map((name) => ({
    nodes: [...svg.querySelectorAll(`[data-v="${name}"]`)].map((e) => e.firstChild),
    groups: [...svg.querySelectorAll(`[data-s="${name}"]`)],
    value: NaN,
    chosen: false,
  }));
  const { thinnest, per_unit, widest } = spec.line;

  function drawMark(mark, value, chosen) {
    if (mark.chosen !== chosen) {
      mark.chosen = chosen;
      for (const g of mark.groups) g.classList.toggle("bp-chosen", chosen);
    }
    if (mark.value === value) return;
    mark.value = value;
    for (const node of mark.nodes) node.data = shortNumber(value);
    const width = Math.min(thinnest + per_unit * Math.abs(value), widest).toFixed(2);
    for (const g of mark.groups) {
      const line = g.querySelector(".w");
      line.setAttribute("stroke-width", width);
      line.setAttribute("stroke-dasharray", value < 0 ? spec.dashes : "none");
    }
  }

  return () => {
    texts.forEach((text, q) => {
      if (text.value === store.shown[q]) return;
      text.value = store.shown[q];
      for (const node of text.nodes) node.data = shownNumber(text.value, text.places);
    });
    marks.forEach((mark, i) => drawMark(mark, store.values[i], store.chosen === i));
  };
}

function stateInWords(store) {
  const index = (name) => store.quantities.findIndex((q) => q.name === name);
  const i = store.chosen;
  const outputs = store.quantities
    .filter((q) => q.name.startsWith(`h${store.model.get("spec").layers}_`))
    .map((q) => `y${q.name.split("_")[1]} ${shownNumber(store.shown[index(q.name)], 4)}`);
  const error = shownNumber(store.shown[index("E")], 6);
  return `${store.names[i]} is ${fieldNumber(store.values[i])}. ${outputs.join(", ")}. Error E ${error}.`;
}

// One store for all views of a model.
export default () => {
  let store;
  return {
    initialize({ model }) {
      store = new Store(model);
    },
    render({ model, el }) {
      const spec = model.get("spec");
      const picture = make("div", { class: "bp-picture" });
      picture.innerHTML = model.get("picture");
      const plot = make("div", { class: "bp-plot" });
      plot.innerHTML = spec.plot;
      const drawNetwork = networkPicture(picture.firstChild, store, spec);
      const error = store.quantities.findIndex((q) => q.name === "E");
      const drawPlot = plotAlong(plot.firstChild, store, error);
      const stop = labPage({
        store,
        el,
        spec,
        title: "Forward lab",
        parts: [picture, plot],
        inWords: () => stateInWords(store),
        draw() {
          drawNetwork();
          drawPlot();
        },
      });
      const sliders = () => [...el.querySelectorAll("input[type=range]")];
      picture.addEventListener("click", (event) => {
        const group = event.target.closest("[data-s]");
        if (group) sliders().find((s) => s.ariaLabel === group.dataset.s)?.focus();
      });
      return stop;
    },
  };
};
