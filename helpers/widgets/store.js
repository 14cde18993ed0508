// The state that all views of one lab share, and its talk with Python.
//
// Nothing here computes a quantity of a network. A sweep (see sweep.py) is a table that Python
// made; `lookUp` reads it. A slider's table is right while all OTHER sliders stand where they
// stood when the sweep was made. Where no table is right, the store waits for Python and keeps
// showing the last state that was right; without Python it puts the other sliders back.
//
// A lab may fall into parts (`spec.parts`, a number for each slider) that share no quantity. Then
// a table is right while all other sliders of its own part stand still.

const PATIENCE = 5000; // ms without an answer until the lab goes on without Python
const FOLLOW = 200; // ms between two messages that keep the kernel up to date in a drag
const SETTLE = 200; // ms after the last key press until a fresh sweep is asked for

class Store {
  constructor(model) {
    this.model = model;
    this.client = Math.random().toString(36).slice(2);
    this.names = model.get("spec").sliders.map((s) => s.name);
    this.quantities = model.get("spec").quantities;
    this.powers = model.get("spec").sliders.map((s) => s.powers); // written as powers of ten
    this.parts = model.get("spec").parts || this.names.map(() => 0);
    this.views = new Set();
    this.python = "unknown"; // "here" once it has answered
    this.words = "";
    this.number = 0; // of my last message
    this.sent = null; // the values I last asked a sweep for, while no answer has come
    this.held = null; // {i, value}: a move that waits for Python
    this.again = false; // ask once more when the answer is here
    this.extra = null; // what else the next message for a sweep says (see Lab.act)
    this.following = false;
    this.takeSweep();
    this.values = [...this.sweep.values];
    this.shown = this.sweep.state;
    this.chosen = Math.max(0, this.names.indexOf(model.get("sweep").chosen));
    model.on("change:sweep", () => this.onSweep());
    model.on("msg:custom", (message) => this.onMessage(message));
    this.send({ kind: "hello" });
  }

  // ---- the table

  takeSweep() {
    const { data, ...rest } = this.model.get("sweep");
    const view = data.buffer ? data : new DataView(data);
    const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
    this.sweep = { ...rest, data: new (rest.bytes === 8 ? Float64Array : Float32Array)(bytes) };
  }

  // The position of a value: the nearest one where the slider has a grid of its own.
  step(i, value) {
    const row = this.sweep.rows[i];
    if (row.grid) {
      const above = row.grid.findIndex((v) => v >= value);
      if (above < 0) return row.steps;
      return above && value - row.grid[above - 1] < row.grid[above] - value ? above - 1 : above;
    }
    return Math.round((value - row.low) / row.step);
  }

  valueAt(i, k) {
    const row = this.sweep.rows[i];
    if (row.grid) return row.grid[k];
    return Number((row.low + row.step * k).toFixed(10));
  }

  onGrid(i, value) {
    const k = this.step(i, value);
    const size = this.sweep.rows[i].grid ? Math.abs(value) : 1; // a grid may hold any powers of ten
    return k >= 0 && k <= this.sweep.rows[i].steps && Math.abs(this.valueAt(i, k) - value) < 1e-9 * size;
  }

  apart(i, j) {
    return this.parts[i] !== this.parts[j];
  }

  // May slider i be looked up? Only if no other one of its part has moved since the sweep.
  right(i) {
    return this.values.every((v, j) => j === i || this.apart(i, j) || v === this.sweep.values[j]);
  }

  // The state with slider i at this value, and the sliders of other parts where they are.
  lookUp(i, value) {
    const found = [...this.sweep.state];
    this.values.forEach((v, j) => {
      if (this.apart(i, j)) this.put(found, j, v);
    });
    this.put(found, i, value);
    return found;
  }

  put(state, i, value) {
    if (value === this.sweep.values[i]) return;
    const row = this.sweep.rows[i];
    const k = this.step(i, value);
    row.moves.forEach((q, m) => {
      state[q] = this.sweep.data[row.start + m * (row.steps + 1) + k];
    });
  }

  // All values of one quantity along slider i, or null where the table is not right.
  along(i, q, right = this.right(i)) {
    if (!right) return null;
    const row = this.sweep.rows[i];
    const m = row.moves.indexOf(q);
    const n = row.steps + 1;
    if (m < 0) return { row, data: new this.sweep.data.constructor(n).fill(this.sweep.state[q]) };
    return { row, data: this.sweep.data.subarray(row.start + m * n, row.start + (m + 1) * n) };
  }

  // ---- what the reader does

  move(i, value) {
    this.chosen = i;
    if (this.right(i)) {
      if (this.held && !this.apart(i, this.held.i)) this.held = null;
      this.values[i] = value;
      this.shown = this.lookUp(i, value);
      this.words = "";
      this.follow();
    } else if (this.python === "here") {
      this.held = { i, value };
      if (!this.sent) this.ask();
    } else {
      this.putBack(i);
      this.values[i] = value;
      this.shown = this.lookUp(i, value);
    }
    this.changed();
  }

  // Without Python: the other sliders return to where the sweep was made.
  putBack(i) {
    const back = (j) => !this.apart(i, j) && this.values[j] !== this.sweep.values[j];
    const moved = this.names.filter((_, j) => j !== i && back(j));
    this.values = this.values.map((v, j) => (this.apart(i, j) ? v : this.sweep.values[j]));
    this.held = null;
    if (moved.length)
      this.words = `Without Python one slider moves at a time, so ${moved.join(", ")} went back.`;
  }

  // The reader let go of a slider, or paused between key presses.
  release() {
    clearTimeout(this.settling);
    if (this.held || this.sent) this.again = true;
    else if (this.values.some((v, j) => v !== this.sweep.values[j])) this.ask();
    this.changed(true);
  }

  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.release(), SETTLE);
    this.pending = true;
  }

  // Another slider is about to be used: do not wait for the pause.
  hurry() {
    if (!this.pending) return;
    this.pending = false;
    this.release();
  }

  typed(i, value) {
    if (this.onGrid(i, value) && this.right(i)) {
      this.move(i, value);
      this.release();
    } else if (this.python === "here") {
      this.chosen = i;
      this.held = { i, value };
      this.again = Boolean(this.sent);
      if (!this.sent) this.ask();
      this.changed();
    } else {
      const row = this.sweep.rows[i];
      const k = Math.min(Math.max(this.step(i, value), 0), row.steps);
      this.move(i, this.valueAt(i, k));
      if (this.values[i] !== value)
        this.words = `Without Python ${this.names[i]} moves in the slider's own steps; the nearest is ${this.valueAt(i, k)}.`;
      this.changed(true);
    }
  }

  reset() {
    clearTimeout(this.settling);
    const chosen = this.names[this.chosen];
    if (this.python !== "here" || !this.send({ kind: "reset", chosen })) {
      this.values = [...this.sweep.values];
      this.shown = this.sweep.state;
      this.held = null;
      this.words = "";
    }
    this.changed(true);
  }

  choose(i) {
    if (this.chosen === i) return;
    this.hurry();
    this.chosen = i;
    this.changed();
  }

  // Ask for a fresh sweep, and for something else with it; what is under way is waited for.
  request(extra) {
    clearTimeout(this.settling);
    this.extra = extra;
    if (!this.sent) this.ask();
    this.changed();
  }

  // ---- messages

  send(message) {
    try {
      this.model.send({ ...message, client: this.client });
      return true;
    } catch {
      this.python = "unknown";
      return false;
    }
  }

  ask() {
    const values = [...this.values];
    if (this.held) values[this.held.i] = this.held.value;
    this.again = false;
    this.pending = false;
    this.number += 1;
    const chosen = this.names[this.chosen];
    this.sent = values;
    this.told = Boolean(this.extra);
    const extra = this.extra || {};
    this.extra = null;
    clearTimeout(this.patience);
    if (this.send({ kind: "sweep", values, chosen, number: this.number, ...extra }))
      this.patience = setTimeout(() => this.silent(), PATIENCE);
    else this.silent();
  }

  // Python does not answer: it is busy, or has been restarted. The lab goes on without it.
  silent() {
    this.python = "unknown";
    this.sent = null;
    this.extra = null;
    this.moveUnderWay = false;
    if (this.held) {
      const { i, value } = this.held;
      this.putBack(i);
      if (this.onGrid(i, value)) this.values[i] = value;
      this.shown = this.lookUp(i, this.values[i]);
    }
    this.words = "Python does not answer; run the cell again if its kernel was restarted. " + this.words;
    this.changed(true);
  }

  follow() {
    if (this.following || this.python !== "here") return;
    this.following = true;
    setTimeout(() => {
      this.following = false;
      if (this.sent || this.python !== "here" || this.moveUnderWay) return;
      if (this.values.every((v, j) => v === this.sweep.values[j])) return;
      this.moveUnderWay = true;
      this.send({ kind: "move", values: this.values, number: this.number });
    }, FOLLOW);
  }

  onMessage(message) {
    if (message.client && message.client !== this.client) return;
    if (message.kind === "here" || message.kind === "moved") this.python = "here";
    if (message.kind === "moved") this.moveUnderWay = false;
    if (message.kind === "refused" && message.number === this.number) {
      clearTimeout(this.patience);
      this.sent = null;
      this.held = null;
      this.words = message.why;
      this.moveUnderWay = false;
      this.changed(true);
    }
  }

  onSweep() {
    const before = this.sweep;
    this.takeSweep();
    const mine = this.sweep.client === this.client;
    if (mine) this.python = "here";
    if (mine && this.sweep.number !== this.number) return this.changed();
    // Whatever has not been moved since it was asked for stands where Python says.
    const asked = mine ? this.sent || before.values : this.values;
    const busy = this.dragging;
    this.values = this.values.map((v, j) => {
      const untouched = mine ? v === asked[j] || (this.held && this.held.i === j) : j !== busy;
      return untouched ? this.sweep.values[j] : v;
    });
    if (mine) this.answered();
    else {
      this.held = null;
      this.words = ""; // they were about what stood there before
      if (this.sweep.chosen !== before.chosen) this.chosen = this.names.indexOf(this.sweep.chosen);
    }
    this.showNow();
    this.changed(!mine || this.told);
  }

  answered() {
    clearTimeout(this.patience);
    const held = this.held;
    const asked = this.sent;
    this.sent = null;
    this.words = this.sweep.words || "";
    if (!held) return;
    this.held = null;
    if (asked && asked[held.i] === held.value) return; // Python has computed this very value
    if (this.right(held.i) && this.onGrid(held.i, held.value)) this.values[held.i] = held.value;
    else this.held = held;
  }

  // The state to show after a new sweep; ask again where no table is right for it.
  showNow() {
    const moved = this.values.flatMap((v, j) => (v === this.sweep.values[j] ? [] : [j]));
    const right = moved.every((i) => this.right(i));
    if (moved.length === 0) this.shown = this.sweep.state;
    else if (right) this.shown = this.lookUp(moved[0], this.values[moved[0]]);
    const stale = this.again && moved.length > 0;
    if ((this.held || stale || this.extra || !right) && !this.sent) this.ask();
  }

  changed(settled = false) {
    for (const view of this.views) view(settled);
  }
}
