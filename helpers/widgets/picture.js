// The network's picture, made by Python, with live numbers and line widths.

// Redraw what differs: texts of quantities, texts of slider values, lines of weights. `chosen` is
// the slider whose weight is lit.
function networkPicture(svg, store, spec, chosen = () => store.chosen) {
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
    marks.forEach((mark, i) => drawMark(mark, store.values[i], chosen() === i));
  };
}
