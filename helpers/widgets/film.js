// The film lab. Python drew every frame and wrote every number; here they are shown and hidden.

// The items of the picture, and what shows them at a position of the film.
function filmPicture(svg) {
  const items = [...svg.querySelectorAll("[data-f]")].map((group) => {
    const [first, last, ...fresh] = group.dataset.f.split(" ").map(Number);
    const head = group.querySelector("[data-h]");
    const lines = [...group.querySelectorAll("[data-d]")].map((line) => measured(line));
    return { group, first, last, fresh, head, lines, share: 1 };
  });

  function grow(item, share) {
    if (item.share === share) return;
    item.share = share;
    for (const line of item.lines) {
      const shown = partOf(line, share);
      line.element.setAttribute("points", shown.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(" "));
      if (!item.head) continue;
      const [tip, end] = [shown.at(-1), line.points.at(-1)];
      item.at ??= item.head.getAttribute("transform").match(/^translate\((\S+) (\S+)\) (.*)$/);
      const [x, y] = [0, 1].map((c) => (Number(item.at[c + 1]) + tip[c] - end[c]).toFixed(1));
      item.head.setAttribute("transform", `translate(${x} ${y}) ${item.at[3]}`);
    }
    if (!item.lines.length) item.group.style.opacity = share < 1 ? share.toFixed(2) : "";
  }

  return (position) => {
    const frame = Math.ceil(position - 1e-9);
    const share = Math.min(1, 1 - (frame - position));
    for (const item of items) {
      const on = item.first <= frame && frame <= item.last;
      if (item.on !== on) {
        item.on = on;
        item.group.setAttribute("visibility", on ? "visible" : "hidden");
      }
      if (!on) continue;
      const fresh = item.fresh.includes(frame);
      if (item.isFresh !== fresh) {
        item.isFresh = fresh;
        item.group.classList.toggle("new", fresh);
      }
      grow(item, item.first === frame && frame > 0 ? share : 1);
    }
  };
}

// A line with the lengths along it.
function measured(element) {
  const points = element.getAttribute("points").split(" ").map((p) => p.split(",").map(Number));
  const ends = [0];
  for (let i = 1; i < points.length; i += 1)
    ends.push(ends[i - 1] + Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]));
  return { element, points, ends };
}

function partOf({ points, ends }, share) {
  const length = share * ends[ends.length - 1];
  const i = ends.findIndex((e) => e >= length - 1e-9);
  if (i <= 0) return [points[0], points[0]];
  const part = (length - ends[i - 1]) / (ends[i] - ends[i - 1]);
  const between = [0, 1].map((c) => points[i - 1][c] + part * (points[i][c] - points[i - 1][c]));
  return [...points.slice(0, i), between];
}

// Formula, numbers and caption of all frames on top of each other: the tallest sets the height.
function filmWords(frames) {
  const box = make("div", { class: "bp-words" });
  const pages = frames.map((f, i) => {
    const page = make("div", { class: "bp-page" });
    const count = `<span class="bp-count">${i + 1}/${frames.length}</span>`;
    page.innerHTML =
      `<p class="bp-title">${count} ${f.label}</p><p class="bp-formula">${f.formula}</p>` +
      `<p class="bp-numbers">${f.numbers}</p><p class="bp-caption">${f.caption}</p>`;
    box.append(page);
    return page;
  });
  let shown;
  return {
    box,
    draw(frame) {
      if (shown === frame) return;
      pages[shown]?.classList.remove("bp-on");
      pages[frame].classList.add("bp-on");
      shown = frame;
    },
  };
}

// The film strip: a button for each phase, a dot for each of its frames.
function filmStrip(film, player) {
  const box = make("div", { class: "bp-strip", role: "group", "aria-label": "Phases" });
  const { phases, frames } = film;
  const buttons = phases.map((phase) => {
    const button = make("button", { type: "button", class: "bp-phase" });
    const dots = frames.map((f) => (f.phase === phase.name ? "<i></i>" : "")).join("");
    button.innerHTML = `${phase.picture}<span>${phase.name}</span><b aria-hidden="true">${dots}</b>`;
    button.addEventListener("click", () => {
      player.pause();
      player.go(phase.first);
    });
    box.append(button);
    return button;
  });
  const dots = [...box.querySelectorAll("b i")];
  let shown;
  return {
    box,
    draw(frame) {
      if (shown === frame) return;
      shown = frame;
      dots.forEach((dot, i) => dot.classList.toggle("bp-on", i <= frame));
      phases.forEach((phase, i) => {
        const now = frames[frame].phase === phase.name;
        if (now) buttons[i].setAttribute("aria-current", "step");
        else buttons[i].removeAttribute("aria-current");
      });
    },
  };
}

// The film of one pass; Python makes that of the next one.
class PassStore extends FilmStore {
  takeFilm() {
    this.film = this.model.get("film");
  }

  rhythm() {
    const { frames } = this.film;
    return { count: frames.length, seconds: (frame) => frames[frame].seconds };
  }

  onFilm() {
    clearTimeout(this.patience);
    this.tellNoMore();
    this.waiting = false;
    this.words = "";
    this.takeFilm();
    this.player.load(this.rhythm(), this.model.get("frame"));
  }

  // The next pass, or the first one again: another film, which only Python can make.
  ask(kind) {
    if (this.waiting) return;
    this.player.pause();
    if (kind === "reset" && this.film.passes === 0) return this.player.go(0);
    this.tellNow();
    this.waiting = true;
    this.words = "Waiting for Python \u2026";
    const silent = () => {
      this.waiting = false;
      this.words = "Python does not answer, so there is no other pass; this one can be played.";
      this.changed();
    };
    clearTimeout(this.patience);
    this.patience = setTimeout(silent, this.python === "here" ? PATIENCE : PATIENCE / 5);
    if (!this.send({ kind })) {
      clearTimeout(this.patience);
      silent();
    }
    this.changed();
  }
}

function filmPage(store, el) {
  const { player } = store;
  const picture = make("div", { class: "bp-picture" });
  const side = make("div", { class: "bp-side" });
  const about = make("p", { class: "bp-about" });
  const say = make("output", { class: "bp-unseen" });
  const next = make("button", { type: "button", class: "bp-reset bp-next" }, "Next pass");
  const reset = make("button", { type: "button", class: "bp-reset" }, "Reset");
  next.addEventListener("click", () => store.ask("next"));
  reset.addEventListener("click", () => store.ask("reset"));
  const { frames: all } = store.film;
  const controls = playerControls(player, {
    name: "frame",
    what: "film",
    label: (k) => `${k + 1} of ${player.count}: ${store.film.frames[k].label}`,
    jump(k, by) {
      const starts = store.film.phases.map((p) => p.first);
      if (by > 0) return starts.find((s) => s > k) ?? all.length - 1;
      return starts.filter((s) => s < k).pop() ?? 0;
    },
  });
  const foot = make("div", { class: "bp-foot" }, about, next, reset);
  const inner = make("div", { class: "bp-inner bp-reel" }, picture, side);
  const lab = make("div", { class: "bp-lab bp-film", role: "group", "aria-label": "Film of one pass" }, inner, say);
  lab.dataset.lmSuppressShortcuts = "true";
  lab.addEventListener("keydown", controls.onKey);
  let parts;
  let film;

  function build() {
    film = store.film;
    picture.innerHTML = store.film.picture;
    const focused = [...side.querySelectorAll(".bp-phase")].indexOf(document.activeElement);
    parts = {
      picture: filmPicture(picture.firstChild),
      words: filmWords(store.film.frames),
      strip: filmStrip(store.film, player),
    };
    const old = side.firstChild;
    if (old) {
      side.replaceChild(parts.words.box, side.children[0]);
      side.replaceChild(parts.strip.box, side.children[1]);
      side.querySelectorAll(".bp-phase")[focused]?.focus();
    } else side.append(parts.words.box, parts.strip.box, controls.box, foot);
  }

  const inWords = () => {
    const f = store.film.frames[player.frame];
    const numbers = make("p");
    numbers.innerHTML = f.numbers;
    return `${f.label}. ${f.caption} ${numbers.textContent}`;
  };
  let said = "";
  const draw = () => {
    if (film !== store.film) build();
    parts.picture(player.position);
    parts.words.draw(player.frame);
    parts.strip.draw(player.frame);
    controls.draw();
    const line = store.words || store.film.about;
    if (about.dataset.line !== line) {
      about.dataset.line = line;
      about.innerHTML = line;
    }
    next.classList.toggle("bp-ready", player.frame === player.count - 1 && !player.playing);
    if (player.position !== player.frame) return; // on the way; told on arrival
    const words = store.words || inWords();
    if (words !== said) say.textContent = said = words;
  };
  return keepDrawn(store, el, lab, perFrame(draw));
}

export default labOf((model) => new PassStore(model), filmPage);
