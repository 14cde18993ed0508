// Plays anything that comes in frames: a pass, a training run. Knows nothing of what it plays.
//
// frame      the whole number of the frame that is shown or being reached
// position   where the picture is: frame, or between frame - 1 and frame while the film runs or
//            the slider is dragged

const RUN = 600; // ms from one frame to the next while the film plays
const CALM = 500; // ms between two pictures of a fluent film where the reader wants little motion

// A film either rests in each frame for `seconds(frame)`, or is fluent: it has a `rate`, so many
// frames a second, and leaves some out where the speed asks for it.

class Player {
  constructor({ count, seconds = () => 1, rate = 0, frame = 0 }) {
    Object.assign(this, { count, seconds, rate, frame, position: frame, playing: false, speed: 1 });
    this.views = new Set();
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  // Another film of this many frames.
  load({ count, seconds }, frame = 0) {
    Object.assign(this, { count, seconds: seconds ?? this.seconds, playing: false });
    this.go(frame);
  }

  go(frame) {
    this.frame = Math.min(Math.max(frame, 0), this.count - 1);
    this.position = this.frame;
    this.until = undefined;
    this.changed();
  }

  step(by) {
    this.pause();
    this.go(this.frame + by);
  }

  // The slider is dragged, also between two frames.
  seek(position) {
    this.playing = false;
    this.position = Math.min(Math.max(position, 0), this.count - 1);
    this.frame = Math.round(this.position);
    this.changed();
  }

  settle() {
    if (this.position !== this.frame) this.go(this.frame);
  }

  play() {
    if (this.playing) return;
    this.playing = true;
    if (this.frame >= this.count - 1) this.go(0);
    if (this.rate) [this.began, this.reached] = [performance.now(), this.frame];
    else this.next();
    this.changed();
    const run = (now) => {
      if (!this.playing) return;
      if (this.rate) this.flow(now);
      else this.tick(now);
      requestAnimationFrame(run);
    };
    requestAnimationFrame(run);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.go(this.frame);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  // Set out for the next frame.
  next() {
    this.frame += 1;
    this.position = this.frame - 1;
    this.began = performance.now();
    this.until = undefined;
  }

  tick(now) {
    if (this.until === undefined) {
      const share = this.calm.matches ? 1 : ((now - this.began) * this.speed) / RUN;
      this.position = this.frame - 1 + Math.min(Math.max(share, 0), 1);
      if (share >= 1) {
        this.position = this.frame;
        this.until = now + (1000 * this.seconds(this.frame)) / this.speed;
        if (this.frame === this.count - 1) this.playing = false;
      }
      this.changed();
    } else if (now >= this.until) {
      this.next();
      this.changed();
    }
  }

  // The same for a fluent film; `reached` is how far it has run, between two frames mostly.
  flow(now) {
    const passed = now - this.began;
    if (passed < (this.calm.matches ? CALM : 1)) return;
    this.began = now;
    this.reached += (passed * this.speed * this.rate) / 1000;
    const frame = Math.min(Math.floor(this.reached), this.count - 1);
    if (frame === this.count - 1) this.playing = false;
    if (frame !== this.frame) this.go(frame);
  }

  changed() {
    for (const view of this.views) view();
  }
}

const ICONS = {
  back: "M13 3L5 9l8 6zM3 3h2.4v12H3z",
  forward: "M5 3l8 6-8 6zM12.6 3H15v12h-2.4z",
  play: "M4 2.5l11 6.5-11 6.5z",
  pause: "M4 3h3.6v12H4zM10.4 3H14v12h-3.6z",
};

function iconButton(name, label, act) {
  const svg = `<svg viewBox="0 0 18 18" aria-hidden="true" focusable="false"><path d="${ICONS[name]}"/></svg>`;
  const button = make("button", { type: "button", class: "bp-icon", "aria-label": label, title: label });
  button.innerHTML = svg;
  button.addEventListener("click", act);
  return button;
}

// Slider, buttons and speed for a player; `draw` brings them up to date.
// label(frame) names a frame; jump(frame, by) finds the frame that Page Up and Page Down go to;
// the slider of a film that is not fluent also stands between two frames.
function playerControls(player, { name, label, jump, what }) {
  const suppress = { "data-lm-suppress-shortcuts": "true" };
  const range = make("input", { type: "range", "aria-label": name, min: 0, step: player.rate ? 1 : 0.05, ...suppress });
  const back = iconButton("back", `One ${name} back`, () => player.step(-1));
  const play = iconButton("play", `Play the ${what}`, () => player.toggle());
  const forward = iconButton("forward", `One ${name} forward`, () => player.step(1));
  const speed = make("select", { "aria-label": "speed", ...suppress });
  for (const s of [0.5, 1, 2, 4]) speed.append(make("option", { value: s }, `${s}\u00d7`.replace("0.5", "\u00bd")));
  speed.addEventListener("change", () => (player.speed = Number(speed.value)));
  range.addEventListener("input", () => player.seek(Number(range.value)));
  for (const end of ["change", "pointerup", "pointercancel"]) range.addEventListener(end, () => player.settle());

  const moves = {
    ArrowRight: () => player.step(1),
    ArrowUp: () => player.step(1),
    ArrowLeft: () => player.step(-1),
    ArrowDown: () => player.step(-1),
    Home: () => player.step(-player.count),
    End: () => player.step(player.count),
    PageUp: () => player.step(jump(player.frame, 1) - player.frame),
    PageDown: () => player.step(jump(player.frame, -1) - player.frame),
    " ": () => player.toggle(),
  };
  // Keys work on the slider, and on every button for what a button does not need itself.
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
    if (event.key === " " && event.target.tagName === "BUTTON") return;
    const move = moves[event.key];
    if (!move || (event.target !== range && /^(Page|ArrowUp|ArrowDown)/.test(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  const box = make("div", { class: "bp-player" }, back, play, forward, range, speed);
  let drawn = {};
  function draw() {
    if (drawn.count !== player.count) range.max = player.count - 1;
    if (Number(range.value) !== player.position) range.value = player.position;
    if (drawn.frame !== player.frame || drawn.count !== player.count) {
      range.setAttribute("aria-valuetext", label(player.frame));
      back.setAttribute("aria-disabled", player.frame === 0);
      forward.setAttribute("aria-disabled", player.frame === player.count - 1);
    }
    if (drawn.playing !== player.playing) {
      play.querySelector("path").setAttribute("d", ICONS[player.playing ? "pause" : "play"]);
      const words = player.playing ? "Pause" : `Play the ${what}`;
      play.setAttribute("aria-label", words);
      play.title = words;
    }
    if (Number(speed.value) !== player.speed) speed.value = player.speed;
    drawn = { frame: player.frame, count: player.count, playing: player.playing };
  }
  return { box, range, onKey, draw };
}
