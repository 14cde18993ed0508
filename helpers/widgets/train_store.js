// The state of a lab whose film is a training run: the player, the settings, and the talk with Python,
// which trains again when they change.

const SLOW = 400; // ms of training after which the lab says that it waits

const floats = (data) => {
  const view = data.buffer ? data : new DataView(data);
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
};
const bytesOf = (data) => (data.buffer ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data));

// What all views of one lab share. To the
// rows of sliders (controls.js) it looks like the store of a lab with sweeps.
class TrainStore {
  constructor(model) {
    this.model = model;
    this.spec = model.get("spec");
    this.names = this.spec.sliders.map((s) => s.name);
    this.sweep = { rows: this.spec.sliders.map((s) => s.row) };
    this.client = Math.random().toString(36).slice(2);
    this.python = "unknown"; // "here" once it has answered
    this.number = 0; // of my last message
    this.waiting = false;
    this.words = "";
    this.views = new Set();
    this.takeFilm();
    this.player = new Player({ count: this.film.count, rate: this.spec.rate, frame: model.get("frame") });
    this.player.views.add(() => this.tell());
    this.player.views.add(() => this.changed());
    model.on("change:film", () => this.onFilm());
    model.on("change:frame", () => this.onFrame());
    model.on("msg:custom", (message) => this.onMessage(message));
    this.send({ kind: "hello" });
  }

  takeFilm() {
    const film = this.model.get("film");
    this.film = { ...film };
    for (const name of ["dots", "widths", "places"]) if (film[name]) this.film[name] = floats(film[name]);
    if (film.fields) this.film.fields = bytesOf(film.fields);
    const [eta, mu, batch] = film.settings;
    this.values = [eta, mu];
    this.batch = batch;
  }

  // ---- what the rows of sliders and the buttons ask for

  choose() {}

  move(i, value) {
    this.values[i] = value;
    this.changed();
  }

  release() {
    clearTimeout(this.settling);
    this.pending = false;
    const { settings } = this.film;
    if (this.waiting || [...this.values, this.batch].some((v, i) => v !== settings[i])) this.train();
  }

  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.release(), SETTLE);
    this.pending = true;
  }

  hurry() {
    if (this.pending) this.release();
  }

  typed(i, value) {
    this.move(i, value);
    this.release();
  }

  train(more = {}) {
    this.ask({ kind: "train", values: [...this.values, this.batch], ...more });
  }

  reset() {
    clearTimeout(this.settling);
    this.ask({ kind: "reset" });
  }

  // One message at a time; of those that come meanwhile the last one counts.
  ask(message) {
    if (this.waiting) {
      this.after = message;
      return;
    }
    this.tellNow();
    this.again = this.player.playing;
    this.resetting = message.kind === "reset";
    this.waiting = true;
    this.words = "";
    this.number += 1;
    this.timers = [
      setTimeout(() => this.say("Python is training \u2026"), SLOW),
      setTimeout(() => this.silent(), this.python === "here" ? 4 * PATIENCE : PATIENCE / 5),
    ];
    if (!this.send({ ...message, number: this.number })) this.silent();
    this.changed();
  }

  // ---- Python

  send(message) {
    try {
      this.model.send({ ...message, client: this.client });
      return true;
    } catch {
      return false;
    }
  }

  done() {
    (this.timers || []).forEach(clearTimeout);
    this.waiting = false;
    this.words = "";
  }

  say(words) {
    this.words = words;
    this.changed();
  }

  silent() {
    this.done();
    this.after = undefined;
    this.takeFilm();
    this.say("Python does not answer, so there is no other run; this one can be played.");
  }

  onMessage(message) {
    if (message.client && message.client !== this.client) return;
    this.python = "here";
    if (message.kind !== "refused" || message.number !== this.number) return;
    this.done();
    this.after = undefined;
    this.takeFilm();
    this.say(message.why);
  }

  onFilm() {
    const mine = this.model.get("film").label.client === this.client;
    const { player } = this;
    clearTimeout(this.telling);
    this.telling = undefined;
    const atEnd = player.frame === player.count - 1;
    const [moved, batch] = [this.values, this.batch];
    this.done();
    this.takeFilm();
    const next = this.after;
    this.after = undefined;
    if (next && next.values) [this.values, this.batch] = [moved, batch];
    const count = this.film.count;
    let frame = this.model.get("frame");
    if (mine && !this.resetting) frame = atEnd ? count - 1 : Math.min(player.frame, count - 1);
    player.load({ count }, frame);
    if (mine && this.again) {
      player.go(0);
      player.play();
    }
    this.again = false;
    if (next) this.ask(next);
  }

  onFrame() {
    const frame = this.model.get("frame");
    if (this.telling || frame === this.player.frame || frame >= this.film.count) return;
    this.player.pause();
    this.player.go(frame);
  }

  // Python learns of the frame, in a drag not of every one, and never while a film comes.
  tell() {
    if (this.telling || this.waiting || this.model.get("frame") === this.player.frame) return;
    this.telling = setTimeout(() => this.tellNow(), FOLLOW);
  }

  tellNow() {
    clearTimeout(this.telling);
    this.telling = undefined;
    if (this.model.get("frame") === this.player.frame) return;
    this.model.set("frame", this.player.frame);
    this.model.save_changes();
  }

  changed() {
    for (const view of this.views) view();
  }
}
for (const name of ["step", "valueAt"]) TrainStore.prototype[name] = Store.prototype[name];
