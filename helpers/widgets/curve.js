// The small plot of one quantity along the chosen slider: the same frame as curve.py, redrawn.

const PLOT = { left: 66, right: 388, top: 26, bottom: 122 };

function plotAlong(svg, store, q) {
  const part = (name) => svg.querySelector(`[data-c="${name}"]`);
  const [line, point] = [part("line"), part("point")];
  const words = Object.fromEntries(["name", "index", "left", "right", "low", "high"].map((n) => [n, part(n)]));
  let drawn = {};

  const write = (name, text) => putText(words[name], text);

  function drawLine(i, curve) {
    const { row, data } = curve;
    const n = row.steps;
    let [low, high] = [Math.min(...data), Math.max(...data)];
    if (high - low < 0.002) {
      const middle = Math.max((low + high) / 2, 0.001);
      [low, high] = [middle - 0.001, middle + 0.001];
    }
    const x = (k) => PLOT.left + ((PLOT.right - PLOT.left) * k) / n;
    const y = (e) => PLOT.bottom - ((PLOT.bottom - PLOT.top) * (e - low)) / (high - low);
    const points = [];
    for (let k = 0; k <= n; k += 2) points.push(`${x(k).toFixed(1)},${y(data[k]).toFixed(1)}`);
    put(line, "points", points.join(" "));
    const [, letter, index] = splitName(store.names[i]);
    write("name", letter);
    write("index", index);
    write("left", shownNumber(row.low, 2));
    write("right", shownNumber(valueAt(row, n), 2));
    write("low", shownNumber(low, 4));
    write("high", shownNumber(high, 4));
    drawn = { version: store.sweep.version, i, x, y, n, row };
  }

  return () => {
    const i = store.chosen;
    if (drawn.version !== store.sweep.version || drawn.i !== i) {
      const curve = store.along(i, q);
      if (curve) drawLine(i, curve);
    }
    const right = drawn.i === i && store.right(i);
    svg.classList.toggle("bp-stale", !right);
    if (!right) return;
    const k = (store.values[i] - drawn.row.low) / drawn.row.step;
    const [cx, cy] = [drawn.x(k).toFixed(1), drawn.y(store.shown[q]).toFixed(1)];
    put(point, "cx", cx);
    put(point, "cy", cy);
  };
}
