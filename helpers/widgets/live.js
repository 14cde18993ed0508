// A picture whose attributes follow quantities (see plots/live.py): Python wrote the templates, the
// browser fills in the numbers that it looks up.

function livePicture(svg, store) {
  const index = new Map(store.quantities.map((q, i) => [q.name, i]));
  const parsed = (form) =>
    form.split(/\{(\w+)\}/).map((part, k) => (k % 2 ? { q: index.get(part), places: store.quantities[index.get(part)].places } : part));
  const moving = [...svg.querySelectorAll("[data-form]")].flatMap((element) =>
    element.dataset.form
      .split("|")
      .map((entry) => entry.match(/^([\w-]+):(.*)$/))
      .map(([, name, form]) => ({ element, name, parts: parsed(form), text: "" })),
  );
  const fill = (part) => (typeof part === "string" ? part : store.shown[part.q].toFixed(part.places));
  return () => {
    for (const each of moving) {
      const text = each.parts.map(fill).join("");
      if (text === each.text) continue;
      each.text = text;
      each.element.setAttribute(each.name, text);
    }
  };
}
