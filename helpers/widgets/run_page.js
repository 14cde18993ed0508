// The page of a lab that plays training runs: its pictures, the player, what Python says of the run,
// and the settings with which it is run again.

// The sliders of the settings, each under its heading; `draw` brings them up to date.
function runSettings(store, label) {
  const box = make("div", { class: "bp-settings", role: "group", "aria-label": label });
  const rows = store.spec.sliders.map(({ name, group }, i) => {
    const row = sliderRow(store, i, name);
    box.append(make("fieldset", { class: "bp-setting" }, make("legend", {}, group), row.row));
    return row;
  });
  return { box, draw: () => rows.forEach((row, i) => drawRow(store, row, i)) };
}

// arrange(play, foot) gives the page's parts in their order; draw(frame) draws the pictures and
// drawSettings the settings; verdict(frame) stands below the player, inWords(frame) is told.
function runPage(store, el, { title, css, names, readout, arrange, draw, drawSettings, verdict, inWords }) {
  const { player } = store;
  const controls = playerControls(player, { jump: (k, by) => k + 10 * by, ...names });
  controls.box.addEventListener("keydown", controls.onKey);
  controls.box.dataset.lmSuppressShortcuts = "true";
  const about = make("p", { class: "bp-about" });
  const say = make("output", { class: "bp-unseen" });
  const reset = make("button", { type: "button", class: "bp-reset" }, "Reset");
  reset.addEventListener("click", () => store.reset());
  const play = make("div", { class: "bp-playing" }, readout, controls.box);
  const foot = make("div", { class: "bp-foot" }, about, reset);
  const lab = make("div", { class: `bp-lab ${css}`, role: "group", "aria-label": title }, ...arrange(play, foot), say);
  let said = "";
  let frame;
  let film;

  const redraw = perFrame(() => {
    drawSettings();
    controls.draw();
    lab.setAttribute("aria-busy", String(store.waiting));
    if (frame !== player.frame || film !== store.film) {
      [frame, film] = [player.frame, store.film];
      draw(frame);
    }
    putText(about, store.words || verdict(frame));
    if (player.playing) return; // told when it stops
    const words = store.words || inWords(frame);
    if (words !== said) say.textContent = said = words;
  });
  return keepDrawn(store, el, lab, redraw);
}
