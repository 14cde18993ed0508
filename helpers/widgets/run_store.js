// A film that is a training run: the settings, and the talk with Python, which trains again when they
// change. To the rows of sliders (controls.js) it looks like the store of a lab with sweeps.

const SLOW = 400; // ms of training after which the lab says that it waits

class RunStore extends FilmStore {
  constructor(model) {
    super(model);
    this.names = this.spec.sliders.map((s) => s.name);
    this.sweep = { rows: this.spec.sliders.map((s) => s.row) };
  }

  takeFilm() {
    const film = this.model.get("film");
    this.film = { ...film };
    for (const name of ["dots", "widths", "places"]) if (film[name]) this.film[name] = typed(Float32Array, film[name]);
    if (film.fields) this.film.fields = typed(Uint8Array, film.fields);
    const [eta, mu, batch] = film.settings;
    this.values = [eta, mu];
    this.batch = batch;
  }

  rhythm() {
    return { count: this.film.count, rate: this.spec.rate };
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
    this.tellNoMore();
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
}
