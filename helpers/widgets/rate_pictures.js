// The pictures of the momentum lab: the plane with its point, the way, and the distance. Runs are
// looked up; all that is computed here is where on the screen they go.

const marks = (svg) => Object.fromEntries([...svg.querySelectorAll("[data-c]")].map((e) => [e.dataset.c, e]));

function ratePlane(svg, store, spec) {
  const part = marks(svg);
  const [left, right, top, bottom] = spec.plane;
  let ground;
  const draw = () => {
    const now = store.field.grounds[store.kind];
    if (ground !== now) part.ground.innerHTML = ground = now;
    const [eta, mu] = store.values;
    const x = (left + ((right - left) * eta) / store.field.farthest).toFixed(1);
    const y = (bottom - (bottom - top) * mu).toFixed(1);
    put(part.point, "transform", `translate(${x} ${y})`);
    put(part.cross, "transform", `translate(${x} ${y})`);
    put(part.plain, "transform", `translate(${x} ${bottom})`);
    const words = `eta ${fieldNumber(eta)}, mu ${fieldNumber(mu)}`;
    put(part.point, "aria-label", `Point at ${words}. Arrow keys move it, Enter takes it to the best point.`);
  };
  // The nearest point of the grid to where the pointer is.
  const under = (event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const eta = ((spot.x - left) / (right - left)) * store.field.farthest;
    const mu = (bottom - spot.y) / (bottom - top);
    return store.place([eta, mu]).map((k, i) => valueAt(store.sweep.rows[i], k));
  };
  const within = (event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return spot.x > left - 16 && spot.x < right + 16 && spot.y > top - 16 && spot.y < bottom + 16;
  };
  return { draw, under, within, point: part.point };
}

// Pointer and keys on the plane.
function ratePointer(svg, store, plane, toBest) {
  const { point } = plane;
  svg.setAttribute("role", "group"); // no longer an image: it holds something to operate
  for (const [name, text] of Object.entries({ tabindex: 0, role: "button", "data-lm-suppress-shortcuts": "true" }))
    point.setAttribute(name, text);
  let pointer;
  svg.addEventListener("pointerdown", (event) => {
    const onPoint = point.contains(event.target);
    if (event.button || !plane.within(event) || (event.pointerType === "touch" && !onPoint)) return;
    event.preventDefault();
    pointer = event.pointerId;
    svg.setPointerCapture(pointer);
    point.focus({ preventScroll: true });
    store.moveTo(plane.under(event));
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) store.moveTo(plane.under(event));
  });
  for (const end of ["pointerup", "pointercancel"])
    svg.addEventListener(end, (event) => {
      if (event.pointerId !== pointer) return;
      pointer = undefined;
      store.release();
    });
  svg.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || !plane.within(event)) return; // others have dragged
    store.moveTo(plane.under(event));
    store.release();
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1], PageDown: [0, -10], PageUp: [0, 10], Home: [-999, 0], End: [999, 0] };
  point.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") toBest();
    else if (moves[event.key]) {
      const at = store.place(store.values).map((k, i) => k + moves[event.key][i]);
      const { rows } = store.sweep;
      store.moveTo(at.map((k, i) => valueAt(rows[i], Math.min(Math.max(k, 0), rows[i].steps))));
      store.settle();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// The two runs on the contours and as distances.
function rateRuns(way, falls, store, spec) {
  const part = { ...marks(way), ...marks(falls) };
  const [steps, every, far] = spec.lengths;
  const [left, right, top, bottom, high, low] = spec.falls;
  const [cx, cy] = spec.middle;
  const perW = spec.scale / spec.whole.w;
  const origin = spec.start[0] * spec.whole.w;
  const x = (w) => (cx + perW * w).toFixed(1);
  const y = (w) => (cy - perW * w).toFixed(1);
  const fallX = (step) => (left + ((right - left) * step) / far).toFixed(1);
  const fallY = (d) => (top + ((bottom - top) * (high - d / spec.whole.distance)) / (high - low)).toFixed(1);
  const first = spec.start[1] * spec.whole.distance;
  const drawn = {};
  let contours;

  function drawRun(who, run) {
    if (drawn[who] === run) return;
    drawn[who] = run;
    let line = `${x(origin)},${y(origin)}`;
    let dots = "";
    for (let k = 0; k < steps; k += 1) {
      const [px, py] = [x(run[k]), y(run[steps + k])];
      line += ` ${px},${py}`;
      dots += `M${px} ${py}h0`;
    }
    part[who].setAttribute("points", line);
    part[`${who}-dots`].setAttribute("d", dots);
    const logs = run.subarray(2 * steps);
    let fall = `${fallX(0)},${fallY(first)}`;
    for (let k = 0; k < logs.length - 1; k += 1) fall += ` ${fallX(every * (k + 1))},${fallY(logs[k])}`;
    part[`${who}-fall`].setAttribute("points", fall);
    const end = `L${fallX(far)} ${fallY(logs.at(-1))}`;
    part[`${who}-predicted`].setAttribute("d", `M${fallX(0)} ${fallY(first)}${end}`);
  }

  return () => {
    if (contours !== store.field.contours) part.contours.innerHTML = contours = store.field.contours;
    const { now, plain } = looked(store);
    drawRun("plain", plain.run);
    drawRun("momentum", now.run);
    const name = spec.names[store.kind];
    putText(part["momentum-name"], name);
  };
}

// The run that is shown, and plain descent, which is the one with mu = 0.
function looked(store) {
  const key = [store.kind, ...store.shown].join();
  if (store.seen?.key !== key || store.seen.field !== store.field) {
    const now = store.field.at(store.kind, store.shown);
    const plain = store.field.at(0, [store.shown[0], 0]);
    store.seen = { key, field: store.field, now, plain };
  }
  return store.seen;
}
