// The plot of the step lab: E along one output weight, the tangent there, and one step. The same
// frame as step_plot.py, redrawn. Every number is looked up; computed is where on the screen it goes.

const FRAME = { left: 62, right: 466, top: 40, lowest: 232, bottom: 248 };
const TANGENT = 78; // half its length
const HEAD = 10; // the longest arrow head
const ROOM = 128; // for the words beside a point
const CLOSE = 0.6; // what a close-up shows on each side
const EDGE = 0.5; // and how far from its middle the point may go

// The weight that is walked along: the chosen slider, or the one before it while eta moves.
function along(store) {
  if (store.chosen < store.names.length - 1) store.walked = store.chosen;
  return store.walked ?? 0;
}

// Quantities by name: q("E"), q("slope_w5"); q.at says which one it is in the table.
function quantities(store) {
  const at = Object.fromEntries(store.quantities.map((q, i) => [q.name, i]));
  const q = (name) => store.shown[at[name]];
  q.at = (name) => at[name];
  return q;
}

// Its numbers are right while all other weights stand where they stood for the sweep.
const othersStand = (store, i) =>
  store.names.every((_, j) => j === i || j === store.names.length - 1 || store.values[j] === store.sweep.values[j]);

function arrow([x1, y1], [x2, y2]) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1e-9;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const head = Math.min(HEAD, length);
  const [bx, by] = [x2 - dx * head, y2 - dy * head];
  const wide = head * 0.6;
  const point = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return {
    shaft: `M${point(x1, y1)}L${point(bx, by)}`,
    head: `M${point(x2, y2)}L${point(bx - dy * wide, by + dx * wide)}L${point(bx + dy * wide, by - dx * wide)}z`,
  };
}

function stepPlot(svg, store, q) {
  const parts = {};
  for (const e of svg.querySelectorAll("[data-c]")) parts[e.dataset.c] = e;
  const set = (name, attribute, text) => put(parts[name], attribute, text);
  const write = (name, text) => putText(parts[name], text);
  let drawn = {};

  // The part of the curve that is seen: all of it, or a close-up around the point.
  function range(row, i) {
    if (!store.close) return [row.low, row.low + row.step * row.steps];
    const value = store.values[i];
    let middle = store.sweep.values[i];
    if (Math.abs(value - middle) > EDGE) middle = value - Math.sign(value - middle) * EDGE;
    return [middle - CLOSE, middle + CLOSE];
  }

  function drawCurve(i, curve) {
    const { row, data } = curve;
    const [from, to] = range(row, i);
    const first = Math.max(0, Math.floor((from - row.low) / row.step));
    const last = Math.min(row.steps, Math.ceil((to - row.low) / row.step));
    const seen = data.subarray(first, last + 1);
    let [low, high] = [Math.min(...seen), Math.max(...seen)];
    const narrow = store.close ? 0.0002 : 0.002;
    if (high - low < narrow) {
      const middle = Math.max((low + high) / 2, narrow / 2);
      [low, high] = [middle - narrow / 2, middle + narrow / 2];
    }
    const perU = (FRAME.right - FRAME.left) / (to - from);
    const perE = (FRAME.lowest - FRAME.top) / (high - low);
    const at = (u, e) => [FRAME.left + perU * (u - from), FRAME.lowest - perE * (e - low)];
    const points = [...seen].map((e, k) => at(row.low + row.step * (first + k), e));
    set("line", "points", points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "));
    const [, letter, index] = splitName(store.names[i]);
    write("name", letter);
    write("index", index);
    write("low", shownNumber(low, 4));
    write("high", shownNumber(high, 4));
    for (let k = 0; k < 5; k += 1) {
      const u = Number((from + ((to - from) * k) / 4).toFixed(3));
      write(`tick${k}`, String(u).replace("-", "\u2212"));
    }
    const rises = (u) => {
      const k = Math.min(Math.max(Math.round((u - row.low) / row.step), 1), row.steps - 1);
      return data[k + 1] > data[k - 1];
    };
    drawn = { version: store.sweep.version, i, from, to, at, rises, tilt: perE / perU };
  }

  function drawTangent([x, y], slope) {
    const tilt = -slope * drawn.tilt;
    const dx = (TANGENT / Math.hypot(1, tilt)) * (slope > 0 ? -1 : 1);
    const { shaft, head } = arrow([x - dx, y - dx * tilt], [x + dx, y + dx * tilt]);
    set("tangent", "d", shaft);
    set("tangent-head", "d", slope ? head : "");
  }

  const low = (y) => y + 21 > FRAME.bottom - 3;

  // The words of each point stand away from the other one, unless the frame or the curve is there.
  function sideFor([x, y], side, u) {
    const fits = (s) => x + s * ROOM > FRAME.left && x + s * ROOM < FRAME.right;
    const free = (s) => fits(s) && !(low(y) && s > 0 === drawn.rises(u));
    return free(side) || (!free(-side) && fits(side)) ? side : -side;
  }

  // Words beside a point, above or below it, where the curve is not.
  function beside(name, [x, y], side, rises, text) {
    const above = side > 0 !== rises || low(y);
    set(name, "x", (x + side * 11).toFixed(1));
    set(name, "y", (above ? y - 9 : y + 21).toFixed(1));
    const anchor = side > 0 ? "start" : "end";
    if (parts[name].style.textAnchor !== anchor) parts[name].style.textAnchor = anchor;
    write(name, text);
  }

  function drawStep(now, after, value, u) {
    const inside = (x, y) => [
      Math.min(Math.max(x, FRAME.left), FRAME.right),
      Math.min(Math.max(y, FRAME.top), FRAME.lowest),
    ];
    const end = inside(...after);
    const away = u < drawn.from || u > drawn.to;
    const { shaft, head } = arrow([now[0], FRAME.bottom], [end[0], FRAME.bottom]);
    set("step", "d", shaft);
    set("step-head", "d", head);
    set("drops", "d", [now, end].map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}V${FRAME.bottom}`).join(""));
    for (const [name, [x, y]] of [["now", now], ["after", end]]) {
      set(name, "cx", x.toFixed(1));
      set(name, "cy", y.toFixed(1));
    }
    set("after", "visibility", away ? "hidden" : "visible");
    const side = end[0] <= now[0] ? 1 : -1;
    let [mine, other] = [sideFor(now, side, value), sideFor(end, -side, u)];
    if (mine !== side && other === side) mine = other = now[0] + end[0] < FRAME.left + FRAME.right ? 1 : -1;
    const lift = mine === other ? 16 : 0;
    beside("now-words", [now[0], now[1] - lift], mine, drawn.rises(value), `now: ${shownNumber(q("E"), 6)}`);
    const where = away ? `at ${shownNumber(u, 2)}: ` : "after: ";
    beside("after-words", end, other, drawn.rises(u), `${where}${shownNumber(q(`E_after_${store.names[drawn.i]}`), 6)}`);
  }

  function drawTrail() {
    const trail = store.sweep.trail;
    const last = trail.at(-1);
    const there = last && last[0] === store.values[drawn.i] && store.names[drawn.i] === store.sweep.chosen;
    const points = there ? trail.map(([u, e]) => drawn.at(u, e)) : [];
    const text = points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    const dots = points.slice(0, -1).map(([x, y]) => `M${(x - 2).toFixed(1)} ${y.toFixed(1)}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0`);
    set("trail", "d", text + dots.join(""));
  }

  return () => {
    const i = along(store);
    const right = othersStand(store, i);
    if (right) {
      const from = range(store.sweep.rows[i], i)[0]; // the curve itself does not depend on eta
      const fresh = drawn.version === store.sweep.version && drawn.i === i && drawn.from === from;
      if (!fresh) drawCurve(i, store.along(i, q.at("E"), true));
    }
    svg.classList.toggle("bp-stale", !right);
    if (!right) return;
    const name = store.names[i];
    const now = drawn.at(store.values[i], q("E"));
    drawTangent(now, q(`slope_${name}`));
    const after = q(`after_${name}`);
    drawStep(now, drawn.at(after, q(`E_after_${name}`)), store.values[i], after);
    drawTrail();
  };
}
