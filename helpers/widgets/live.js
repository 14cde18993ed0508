// Pictures whose shapes Python wrote as templates (`data-form`, see plots/live.py): the browser
// fills in the numbers that it looked up.

function livePicture(svg, store) {
  const at = new Map(store.quantities.map(({ name }, q) => [name, q]));
  const forms = [...svg.querySelectorAll("[data-form]")].flatMap((node) =>
    node.dataset.form.split("|").map((form) => {
      const [, name, template] = form.match(/^([\w-]+):(.*)$/s);
      const pieces = template.split(/\{(\w+)\}/);
      const words = pieces.filter((_, k) => k % 2 === 0);
      const found = pieces.filter((_, k) => k % 2 === 1).map((key) => at.get(key));
      return { node, name, words, found, places: found.map((q) => store.quantities[q].places), last: [] };
    }),
  );

  function fill(form) {
    const { words, found, places, last } = form;
    let changed = false;
    found.forEach((q, k) => {
      if (last[k] === store.shown[q]) return;
      last[k] = store.shown[q];
      changed = true;
    });
    if (!changed) return;
    const text = found.map((_, k) => words[k] + last[k].toFixed(places[k])).join("");
    form.node.setAttribute(form.name, text + words.at(-1));
  }

  return () => forms.forEach(fill);
}
