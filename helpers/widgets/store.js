// The state of a lab with sliders: what the reader does, and what Python answers.
//
// Where a table (see table.js) is right, a move is looked up. Where none is, the store waits for
// Python and keeps showing the last state that was right; without Python it puts the other sliders
// back.

class Store extends Talk {
  constructor(model) {
    super(model);
    const { sliders, quantities, parts } = model.get("spec");
    this.names = sliders.map((s) => s.name);
    this.quantities = quantities;
    this.powers = sliders.map((s) => s.powers); // written as powers of ten
    this.parts = parts || this.names.map(() => 0);
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
    this.sweep = new Table(this.model.get("sweep"), this.parts);
  }

  onGrid(i, value) {
    return this.sweep.onGrid(i, value);
  }

  apart(i, j) {
    return this.sweep.apart(i, j);
  }

  right(i) {
    return this.sweep.right(i, this.values);
  }

  lookUp(i, value) {
    return this.sweep.lookUp(i, value, this.values);
  }

  // All values of one quantity along slider i, or null where the table is not right.
  along(i, q, right = this.right(i)) {
    return right ? this.sweep.along(i, q) : null;
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
      const nearest = valueAt(row, Math.min(Math.max(positionOf(row, value), 0), row.steps));
      this.move(i, nearest);
      if (this.values[i] !== value)
        this.words = `Without Python ${this.names[i]} moves in the slider's own steps; the nearest is ${nearest}.`;
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
}
