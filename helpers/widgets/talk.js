// A lab's talk with Python, whatever the lab shows.

const PATIENCE = 5000; // ms without an answer until the lab goes on without Python
const FOLLOW = 200; // ms between two messages that keep the kernel up to date in a drag
const SETTLE = 200; // ms after the last key press until Python is asked again

// What all views of one lab share. A lab says what `release` does.
class Talk {
  constructor(model) {
    this.model = model;
    this.client = Math.random().toString(36).slice(2);
    this.python = "unknown"; // "here" once it has answered
    this.number = 0; // of my last message
    this.words = "";
    this.views = new Set();
  }

  send(message) {
    try {
      this.model.send({ ...message, client: this.client });
      return true;
    } catch {
      this.python = "unknown";
      return false;
    }
  }

  // After a key press: release the slider once there is a pause.
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

  changed(settled = false) {
    for (const view of this.views) view(settled);
  }
}
