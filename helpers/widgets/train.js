// The training lab. Python trained, drew every picture and wrote every number; here they are moved.

// ---- pictures: each returns its box and what draws a frame of a film

const parts = (box, name) => [...box.querySelectorAll(`[data-c="${name}"]`)];

// The error curve comes with each film; the dot moves on it, and can be dragged.
function errorPanel(store) {
  const [width, height] = store.spec.plot;
  const box = pictureBox("bp-panel bp-curve", `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="E against the updates"></svg>`);
  const svg = box.firstChild;
  const [left, right] = store.spec.box;
  let film;
  let dot;
  let veil;

  const draw = (frame) => {
    if (film !== store.film) {
      film = store.film;
      svg.innerHTML = film.plot;
      [dot, veil] = [parts(svg, "dot")[0], parts(svg, "veil")[0]];
    }
    const [x, y] = [film.dots[2 * frame], film.dots[2 * frame + 1]];
    put(dot, "cx", x.toFixed(1));
    put(dot, "cy", y.toFixed(1));
    put(veil, "x", x.toFixed(1));
    put(veil, "width", Math.max(right + 8 - x, 0).toFixed(1));
  };

  // The frame whose dot is nearest to this place.
  const nearest = (event) => {
    const at = svg.getBoundingClientRect();
    const x = ((event.clientX - at.left) * width) / at.width;
    let best = 0;
    for (let k = 1; k < film.count; k += 1)
      if (Math.abs(film.dots[2 * k] - x) < Math.abs(film.dots[2 * best] - x)) best = k;
    return best;
  };
  const inside = (event) => {
    const at = svg.getBoundingClientRect();
    const x = ((event.clientX - at.left) * width) / at.width;
    return x > left - 14 && x < right + 14;
  };
  let held = false;
  box.addEventListener("pointerdown", (event) => {
    if (event.button || !inside(event)) return;
    held = true;
    box.setPointerCapture(event.pointerId);
    store.player.seek(nearest(event));
    event.preventDefault();
  });
  box.addEventListener("pointermove", (event) => {
    if (held) store.player.seek(nearest(event));
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => (held = false));
  return { box, draw };
}

function netPanel(store) {
  const box = pictureBox("bp-panel bp-net", store.spec.net);
  const [lines, texts] = [parts(box, "line"), parts(box, "weight")];
  for (const text of texts) text.textContent = "0";
  const draw = (frame) => {
    const { widths, weights } = store.film;
    const row = weights[frame];
    lines.forEach((line, i) => {
      const wide = widths[frame * lines.length + i];
      put(line, "stroke-width", Math.abs(wide).toFixed(2));
      put(line, "stroke-dasharray", wide < 0 ? store.spec.dashes : "none");
    });
    texts.forEach((text, i) => putText(text, row[i]));
  };
  return { box, draw };
}

function outputsPanel(store) {
  const box = pictureBox("bp-panel bp-outs", store.spec.outputs);
  const [gaps, marks, texts] = ["gap", "output", "y"].map((name) => parts(box, name));
  const draw = (frame) => {
    const { places, outputs } = store.film;
    marks.forEach((mark, i) => {
      const x = places[frame * marks.length + i].toFixed(1);
      put(mark, "transform", `translate(${x} 0)`);
      put(gaps[i], "x2", x);
      if (texts[i]) putText(texts[i], outputs[frame][i]);
    });
  };
  return { box, draw };
}

// The field is a canvas of few pixels that the browser makes smooth, under the axes and the line.
function planePanel(store) {
  const { plane, cells, strength } = store.spec;
  if (!plane.svg) return undefined;
  const box = pictureBox("bp-panel bp-plane", `<div class="bp-sheet">${plane.svg}</div>`);
  const sheet = box.firstChild;
  const canvas = make("canvas", { width: cells, height: cells, "aria-hidden": "true" });
  const [x, y, w, h] = plane.place;
  canvas.style.cssText = `left:${x}%;top:${y}%;width:${w}%;height:${h}%`;
  sheet.prepend(canvas);
  const [low, high] = plane.ends;
  const key = make("div", { class: "bp-key" });
  key.innerHTML = `<span><i>y</i> = ${low} <b></b> ${high}</span><span><u></u> <i>y</i> = ${plane.level}</span>`;
  box.append(key);
  const line = parts(sheet, "boundary")[0];
  const context = canvas.getContext("2d");
  const image = context.createImageData(cells, cells);
  let inked = false;

  const ink = () => {
    const colour = getComputedStyle(box).getPropertyValue("--bp-output").trim();
    if (!colour) return;
    const rgb = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
    for (let k = 0; k < image.data.length; k += 4) image.data.set(rgb, k);
    inked = true;
  };
  const draw = (frame) => {
    if (!inked) ink();
    // Not yet on the page, so without its colours: at the next frame it is.
    if (!inked) return requestAnimationFrame(() => draw(store.player.frame));
    const { fields, lines } = store.film;
    const start = frame * cells * cells;
    for (let k = 0; k < cells * cells; k += 1) image.data[4 * k + 3] = fields[start + k] * strength;
    context.putImageData(image, 0, 0);
    put(line, "d", lines[frame]);
  };
  return { box, draw };
}

// ---- settings

function settingsPanel(store) {
  const { spec } = store;
  const { box, draw: drawSliders } = runSettings(store, "Train again with");
  const group = `bp-${store.client}-${Math.random().toString(36).slice(2)}`;
  const radios = spec.batches.map(({ size, name }) => {
    const radio = make("input", { type: "radio", name: group, value: size, "data-lm-suppress-shortcuts": "true" });
    radio.addEventListener("change", () => {
      store.batch = size;
      store.settle();
      store.changed();
    });
    return { radio, size, label: make("label", {}, radio, ` ${size} `, make("span", {}, name)) };
  });
  const batches = make("fieldset", { class: "bp-setting bp-batches" }, make("legend", {}, "examples per update"));
  for (const { label } of radios) batches.append(label);
  if (radios.length > 1) box.append(batches);
  const another = make("button", { type: "button", class: "bp-reset" }, "Another start");
  another.addEventListener("click", () => store.train({ seed: "next" }));
  const seed = make("span", { class: "bp-seed" });
  box.append(make("fieldset", { class: "bp-setting bp-start" }, make("legend", {}, "start weights"), another, seed));
  const draw = () => {
    drawSliders();
    for (const { radio, size } of radios) if (radio.checked !== (size === store.batch)) radio.checked = size === store.batch;
    putText(seed, store.film.seed ? `seed ${store.film.seed}` : "as given");
  };
  return { box, draw };
}

// ---- the page

function trainInWords(store, frame) {
  const { film, spec } = store;
  const last = frame === film.count - 1;
  const outputs = film.outputs[frame].slice(0, 8).map((y, i) => `${y} for ${spec.targets[i]}`);
  return (
    `${last ? `${film.words} ` : ""}Update ${film.updates[frame]}, epoch ${film.epochs[frame]}. ` +
    `Error E ${film.E[frame]}. Outputs ${outputs.join(", ")}.`
  );
}

function trainPage(store, el) {
  const { player } = store;
  const panels = { curve: errorPanel(store), net: netPanel(store), outs: outputsPanel(store), plane: planePanel(store) };
  const shown = Object.values(panels).filter(Boolean);
  const settings = settingsPanel(store);
  const updates = (k) => store.film.updates[k].toLocaleString("en-US");
  const readout = make("div", { class: "bp-readout", "aria-hidden": "true" });
  readout.innerHTML = '<span>update <b></b></span><span>epoch <b></b></span><span class="bp-E"><i>E</i> = <b></b></span>';
  const counts = [...readout.querySelectorAll("b")];
  const layout = { class: `bp-run${panels.plane ? "" : " bp-flat"}` };
  return runPage(store, el, {
    title: "Training lab",
    css: "bp-train",
    names: {
      name: "frame",
      what: "training",
      label: (k) => `${k + 1} of ${player.count}: update ${updates(k)}, E ${store.film.E[k]}`,
    },
    readout,
    arrange: (play, foot) => [make("div", layout, ...shown.map((p) => p.box), play, foot, settings.box)],
    draw(frame) {
      const { film } = store;
      for (const panel of shown) panel.draw(frame);
      const texts = [updates(frame), film.epochs[frame].toLocaleString("en-US"), film.E[frame]];
      counts.forEach((node, i) => putText(node, texts[i]));
    },
    drawSettings: settings.draw,
    verdict: () => store.film.words,
    inWords: (frame) => trainInWords(store, frame),
  });
}

export default labOf((model) => new RunStore(model), trainPage);
