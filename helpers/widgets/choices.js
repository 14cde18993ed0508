// Choices between names: radio buttons in the place of a slider (see choices.py).

// Puts radio buttons into the row of slider i; returns what redraws them. `label` makes what stands
// beside each button from its name.
function choiceRow(store, row, i, names, label = (name) => name) {
  const group = `bp-${Math.random().toString(36).slice(2)}`;
  const buttons = names.map((name, value) => {
    const suppress = { "data-lm-suppress-shortcuts": "true", "aria-label": name };
    const button = make("input", { type: "radio", name: group, value, ...suppress });
    button.addEventListener("focus", () => store.choose(i));
    button.addEventListener("change", () => {
      store.move(i, value);
      store.settle();
      store.changed(true);
    });
    return button;
  });
  row.replaceChildren(...names.map((name, k) => make("label", {}, buttons[k], label(name))));
  row.classList.add("bp-chips");
  return () => {
    const { held } = store;
    const now = held && held.i === i ? held.value : store.values[i];
    if (!buttons[now].checked) buttons[now].checked = true;
  };
}
