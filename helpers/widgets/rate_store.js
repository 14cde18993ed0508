// The state of the momentum lab. Its tables hold every run for a whole grid of eta and mu, so both
// may move at once, in a drag over the plane too; nothing here computes a run, it looks one up.

class RateStore extends Store {
  takeSweep() {
    super.takeSweep();
    const { sweep } = this;
    const mine = sweep.client === this.client;
    if (!(mine && this.extra)) this.kind = sweep.kind;
    const field = this.model.get("field");
    if (this.field?.source !== field) this.field = tables(field);
    sweep.state = this.place(sweep.values);
  }

  // Where values lie in the tables.
  place(values) {
    const { rows } = this.sweep;
    return values.map((v, i) => Math.min(Math.max(positionOf(rows[i], v), 0), rows[i].steps));
  }

  right() {
    return true; // the tables hold all of the plane
  }

  lookUp(i, value) {
    const values = [...this.values];
    values[i] = value;
    return this.place(values);
  }

  putBack() {
    this.held = null;
  }

  // Both at once.
  moveTo(values) {
    this.held = null;
    this.values = values;
    this.shown = this.place(values);
    this.words = "";
    this.follow();
    this.changed();
  }

  // The other kind of momentum is in the tables, too; Python only has to know.
  setKind(kind) {
    if (kind === this.kind) return;
    this.kind = kind;
    this.words = "";
    if (this.python === "here") this.request({ momentum: kind });
    this.changed(true);
  }

  // Other curvatures ask for other tables, which only Python can make.
  setCondition(condition) {
    if (condition === this.sweep.condition) return;
    if (this.python === "here") this.request({ momentum: this.kind, condition });
    else {
      this.words = "Without Python the curvatures stay as they are; eta and mu can be moved.";
      this.changed(true);
    }
  }

  reset() {
    if (this.python !== "here") this.kind = this.sweep.kind;
    super.reset();
  }
}

// The tables, ready to be looked up: at(kind, [eta, mu]) gives a run and its numbers.
function tables(source) {
  const runs = typed(Int16Array, source.runs);
  const factor = typed(Float64Array, source.factor);
  const steps = typed(Int32Array, source.steps);
  const manners = typed(Uint8Array, source.manners);
  const [, etas, mus, length] = source.shape;
  const at = (kind, [eta, mu]) => {
    const row = (kind * etas + eta) * mus + mu;
    return {
      run: runs.subarray(row * length, (row + 1) * length),
      factor: factor[row * 3],
      factors: [factor[row * 3 + 1], factor[row * 3 + 2]],
      steps: steps[row],
      manners: [manners[row * 2], manners[row * 2 + 1]],
    };
  };
  return { source, at, ...source.pictures };
}
