// A film that Python made, and the player that shows it; both sides know the frame. A lab says in
// `takeFilm` what it reads, in `rhythm` how the player goes through it, in `onFilm` what a new one does.

class FilmStore extends Talk {
  constructor(model) {
    super(model);
    this.spec = model.get("spec");
    this.waiting = false; // for another film
    this.takeFilm();
    this.player = new Player({ ...this.rhythm(), frame: model.get("frame") });
    this.player.views.add(() => this.tell());
    this.player.views.add(() => this.changed());
    model.on("change:film", () => this.onFilm());
    model.on("change:frame", () => this.onFrame());
    model.on("msg:custom", (message) => this.onMessage(message));
    this.send({ kind: "hello" });
  }

  // Python learns of the frame, in a drag not of every one, and never while another film comes.
  tell() {
    if (this.telling || this.waiting || this.model.get("frame") === this.player.frame) return;
    this.telling = setTimeout(() => this.tellNow(), FOLLOW);
  }

  tellNow() {
    this.tellNoMore();
    if (this.model.get("frame") === this.player.frame) return;
    this.model.set("frame", this.player.frame);
    this.model.save_changes();
  }

  tellNoMore() {
    clearTimeout(this.telling);
    this.telling = undefined;
  }

  onFrame() {
    const frame = this.model.get("frame");
    if (this.telling || frame === this.player.frame || frame >= this.player.count) return;
    this.player.pause();
    this.player.go(frame);
  }

  onMessage() {
    this.python = "here";
  }
}
