// The forward lab: the network's picture and the error along the chosen slider.

function stateInWords(store) {
  const index = (name) => store.quantities.findIndex((q) => q.name === name);
  const i = store.chosen;
  const outputs = store.quantities
    .filter((q) => q.name.startsWith(`h${store.model.get("spec").layers}_`))
    .map((q) => `y${q.name.split("_")[1]} ${shownNumber(store.shown[index(q.name)], 4)}`);
  const error = shownNumber(store.shown[index("E")], 6);
  return `${store.names[i]} is ${fieldNumber(store.values[i])}. ${outputs.join(", ")}. Error E ${error}.`;
}

function forwardPage(store, el, model) {
  const spec = model.get("spec");
  const picture = pictureBox("bp-picture", model.get("picture"));
  const plot = pictureBox("bp-plot", spec.plot);
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
}

export default labOf((model) => new Store(model), forwardPage);
