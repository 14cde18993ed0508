// The table of a sweep (see sweep.py): every quantity along each slider, made by Python. Nothing
// here computes a quantity of a network; it is looked up.
//
// A slider's table is right while all OTHER sliders stand where they stood when the sweep was made.
// A lab may fall into parts (`spec.parts`, a number for each slider) that share no quantity. Then
// a table is right while all other sliders of its own part stand still.

// The numbers in the bytes that Python sent.
function typed(Type, data) {
  const view = data.buffer ? data : new DataView(data);
  return new Type(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// The position of a value on a slider: the nearest one where the slider has a grid of its own.
function positionOf(row, value) {
  if (!row.grid) return Math.round((value - row.low) / row.step);
  const above = row.grid.findIndex((v) => v >= value);
  if (above < 0) return row.steps;
  return above && value - row.grid[above - 1] < row.grid[above] - value ? above - 1 : above;
}

const valueAt = (row, k) => (row.grid ? row.grid[k] : Number((row.low + row.step * k).toFixed(10)));

class Table {
  constructor({ data, ...sweep }, parts) {
    const numbers = typed(sweep.bytes === 8 ? Float64Array : Float32Array, data);
    Object.assign(this, sweep, { parts, data: numbers });
  }

  onGrid(i, value) {
    const row = this.rows[i];
    const k = positionOf(row, value);
    const size = row.grid ? Math.abs(value) : 1; // a grid may hold any powers of ten
    return k >= 0 && k <= row.steps && Math.abs(valueAt(row, k) - value) < 1e-9 * size;
  }

  apart(i, j) {
    return this.parts[i] !== this.parts[j];
  }

  // May slider i be looked up? Only if no other one of its part has moved since the sweep.
  right(i, values) {
    return values.every((v, j) => j === i || this.apart(i, j) || v === this.values[j]);
  }

  // The state with slider i at this value, and the sliders of other parts where `values` says.
  lookUp(i, value, values) {
    const found = [...this.state];
    values.forEach((v, j) => {
      if (this.apart(i, j)) this.enter(found, j, v);
    });
    this.enter(found, i, value);
    return found;
  }

  enter(state, i, value) {
    if (value === this.values[i]) return;
    const row = this.rows[i];
    const k = positionOf(row, value);
    row.moves.forEach((q, m) => {
      state[q] = this.data[row.start + m * (row.steps + 1) + k];
    });
  }

  // All values of one quantity along slider i.
  along(i, q) {
    const row = this.rows[i];
    const m = row.moves.indexOf(q);
    const n = row.steps + 1;
    if (m < 0) return { row, data: new this.data.constructor(n).fill(this.state[q]) };
    return { row, data: this.data.subarray(row.start + m * n, row.start + (m + 1) * n) };
  }
}
