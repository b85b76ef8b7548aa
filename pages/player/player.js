// Shows plotly figures and plays their frames in step. Between two frames the picture moves straight from one to the
// other, so that a few frames make a smooth animation; whenever it rests, it rests exactly on a frame.

import { watchConnection, watchRuns } from "./connection.js";
import { hopping, later, mix, nearest, placeOf, valueAt } from "./frames.js";
import { listenToKeys } from "./keys.js";
import { FigurePicture } from "./picture.js";
import { Reins, keyHint } from "./reins.js";
import { insistOnPlotly, loadPlotly } from "./script.js";
import { readTheme } from "./theme.js";
import { buildWays, moveWays } from "./ways.js";

const STOPS = 1000; // of the slider, from the first iteration to the last
const CALM = "(prefers-reduced-motion: reduce)";
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const PARTS = ["figures", "note", "controls", "play", "steps", "back", "place", "forth", "speed", "pace", "live", "caption", "progress", "spoken"];
const players = new WeakMap();
let welcomed = false; // whether a run has been shown since the page was loaded

export default function ({ data, parentElement, setTriggerValue }) {
  loadPlotly(data.plotly).catch(() => {}); // it takes longest, so it is begun first; who waits for it hears of a failure
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement.querySelector(".player")));
  const player = players.get(parentElement), call = ++player.calls;
  player.report = (click) => setTriggerValue("clicked", click);
  player.reportPlace = (place) => setTriggerValue("placed", place);
  player.steered = (report) => setTriggerValue("steered", report);
  player.show({ plotly: data.plotly, text: data.shown, ...JSON.parse(data.shown) });
  // Streamlit also ends a call that the next one has overtaken: the player lives on then.
  return () => { if (player.calls === call) { players.delete(parentElement); player.close(); } };
}

class Player {
  constructor(root) {
    this.root = root;
    for (const part of PARTS) this[part] = root.querySelector(`.player-${part}`);
    Object.assign(this, { calls: 0, names: [], places: [], captions: [], words: {}, last: -1, pictures: [], playing: false });
    this.at = Infinity; // the place in the run, in frames; between two whole numbers while it moves
    root.moveLimits = () => this.moveLimits();
    root.player = this; // for whoever takes home what it shows
    this.connect();
    this.reins = new Reins(this);
    this.resizing = new ResizeObserver(() => this.pictures.forEach((picture) => picture.resize()));
    this.resizing.observe(this.figures);
    this.ends = [listenToKeys(this), watchConnection(root, (connected) => this.mark({ stale: !connected }))];
    this.ends.push(watchRuns(root, () => this.reins.repeat()));
  }

  connect() {
    this.speed.replaceChildren(...SPEEDS.map((speed) => new Option(`${speed}×`.replace("0.", "."), speed)));
    this.speed.value = 1;
    this.play.onclick = () => this.toggle();
    this.back.replaceChildren("‹", keyHint(","));
    this.back.onclick = () => this.rest(Math.ceil(this.at) - 1);
    this.forth.onclick = () => this.rest(Math.floor(this.at) + 1);
    this.place.oninput = () => this.rest(nearest((Number(this.place.value) / STOPS) * this.places.at(-1), this.places));
    // The keys of the slider go from frame to frame, as the buttons do, wherever the frames stand.
    this.place.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.rest(Math.round(this.at) + step);
    };
  }

  close() {
    this.closed = true;
    clearTimeout(this.reins.repeating);
    this.pause();
    this.ends.forEach((end) => end());
    this.resizing.disconnect();
    this.pictures.forEach((picture) => picture.close());
  }

  isPlayable() { return this.last >= 1 || (this.reins.on && this.last >= 0); }

  isCalm() { return matchMedia(CALM).matches; }

  // Shows what is wanted last, however fast it follows on what was wanted before: one drawing at a time.
  async show(data) {
    this.wanted = data;
    this.hurry?.();
    this.words = data.words;
    this.mark();
    if (this.busy) return;
    this.busy = true;
    try {
      for (let drawn; drawn !== this.wanted && !this.closed; ) await this.draw((drawn = this.wanted));
    } finally { this.busy = false; }
  }

  async draw(data) {
    const theme = readTheme(this.figures), shown = data.text + theme.join();
    if (this.shown === shown || this.reins.isLate(data.live)) return;
    this.figures.style.minHeight = `${data.height}px`;
    await insistOnPlotly(data.plotly, (hurry) => this.mark({ missing: true, hurry }));
    this.mark({ missing: false });
    if (data !== this.wanted || this.closed) return;
    this.take(data);
    if (!this.borrow(data)) await this.drawPictures(data, theme, this.at);
    this.shown = shown;
    if (this.closed) return;
    this.label();
    this.begin(data);
  }

  take({ names, captions, seconds, places, ways, live, limits }) {
    const place = this.placeIn(names), before = this.playing ? Math.floor(this.reins.shown) : 0;
    Object.assign(this, { names, captions, seconds, places, ways, limits, last: names.length - 1, at: place, time: place });
    this.reins.take(live);
    if (this.reins.on && !live.playing && this.reins.known < before) this.reins.end(); // another run, which is shorter
    buildWays(this.progress, ways);
    this.caption.textContent = ""; // so that all is said anew
    if (!this.isPlayable()) this.pause();
  }

  // While a control is held the axes stay as they are, and only what is drawn on them moves; so it does while a live run
  // is played on, as long as the axes suit it.
  borrow({ figures, held, live }) {
    const suits = held || (live?.playing && this.pictures.every((picture, k) => figures[k] && picture.hasAxesOf(figures[k])));
    return suits && figures.length === this.pictures.length && this.pictures.every((picture, k) => picture.borrow(figures[k], this.at, this));
  }

  // The first run of a visit plays by itself, for those who like things to move.
  begin({ autoplay }) {
    if (autoplay && !welcomed && !this.isCalm()) this.toggle();
    welcomed = true;
  }

  // Where to stand in a new run: at its end, if that is where the old one stood, else at the same iteration.
  placeIn(names) {
    if (this.playing) return placeOf(valueAt(this.names.map(Number), this.at), names);
    return nearest(this.at < this.last ? Number(this.names[this.at]) : Infinity, names.map(Number));
  }

  async drawPictures(data, theme, at) {
    while (this.pictures.length < data.figures.length) this.pictures.push(new FigurePicture(this.figures, this.reins.hand(this.pictures.length)));
    while (this.pictures.length > data.figures.length) this.pictures.pop().close();
    // The widths of all come first, for each is drawn as wide as the others leave it.
    this.pictures.forEach(({ frame }, figure) => { frame.style.flexGrow = data.figures[figure].share; });
    const { height, clickable, placeable, large } = data;
    await Promise.all(this.pictures.map((picture, figure) => {
      const click = clickable && (({ curveNumber, x, y }) => this.report({ figure, curve: curveNumber, x, y }));
      const place = placeable && ((x, y) => this.reportPlace({ figure, x, y }));
      return picture.draw(data.figures[figure], at, this, { height, theme, click, place, large });
    }));
  }

  label() {
    this.controls.hidden = !this.isPlayable();
    for (const part of ["back", "forth", "place", "speed"]) {
      this[part].setAttribute("aria-label", this.words[part]);
      this[part].title = this.words[part];
    }
    this.reins.label();
    this.forth.replaceChildren("›", ...(this.reins.on ? [] : [keyHint(".")]));
    if (this.last < 0) return;
    this.moveTo(this.at);
    if (this.playing) this.face();
    else this.settle();
  }

  // Says what is wrong: Plotly's script has not arrived, or the server has gone, so that the picture may be old.
  mark(news) {
    Object.assign(this, news);
    this.root.classList.toggle("stale", Boolean(this.stale));
    const note = (this.missing && this.words.missing) || (this.stale && this.words.stale) || "";
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  face() {
    this.root.classList.toggle("training", this.playing && this.reins.on);
    const word = this.playing ? this.words.pause : this.reins.on ? this.words.train : this.words.play;
    this.play.replaceChildren((this.playing ? "❚❚ " : "▶ ") + word, keyHint("P"));
    this.play.title = word;
  }

  toggle() {
    if (this.reins.on) return this.reins.toggle();
    if (this.playing) return this.rest(Math.round(this.at));
    if (!this.isPlayable()) return;
    this.playing = true;
    this.face();
    if (this.at >= this.last) this.moveTo(0);
    this.time = this.at;
    this.clock = undefined;
    this.ticket = requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    this.time = later(this.time, ((now - (this.clock ?? now)) / 1000) * Number(this.speed.value), this.seconds);
    this.clock = now;
    if (this.time >= this.last) return this.rest(this.last);
    // With reduced motion the picture changes from frame to frame, without moving in between.
    this.moveTo(this.isCalm() ? Math.floor(this.time) : hopping(this.time, this.seconds));
    this.ticket = requestAnimationFrame((later) => this.tick(later));
  }

  pause() {
    cancelAnimationFrame(this.ticket);
    this.playing = false;
  }

  rest(place) {
    this.pause();
    if (this.last < 0) return;
    this.moveTo(Math.min(Math.max(place, 0), this.last));
    this.settle();
  }

  settle() {
    this.face();
    this.spoken.textContent = [this.captions[this.at], this.reins.said].filter(Boolean).join(" · ");
  }

  moveTo(place) {
    this.at = Math.min(place, this.last);
    this.name();
    this.moveLimits();
    this.pictures.forEach((picture) => picture.move(this.at, this.playing));
  }

  // The dial, if there is one on the page, shows where the limits of the learning rate are at this place.
  moveLimits() {
    if (!this.limits?.length || this.last < 0) return;
    const [from, to] = [Math.floor(this.at), Math.ceil(this.at)].map((frame) => this.limits[frame]);
    document.querySelector(".dial")?.move?.(from.map((bound, k) => mix(bound, to[k], this.at % 1)));
  }

  // Between two iterations the caption says to which one it goes, so that it never contradicts the picture.
  name() {
    this.back.disabled = this.at <= 0;
    this.forth.disabled = this.at >= this.last;
    this.place.value = (STOPS * valueAt(this.places, this.at)) / (this.places.at(-1) || 1);
    const frame = Math.ceil(this.at), caption = (this.at < frame ? "→ " : "") + this.captions[frame];
    if (this.caption.textContent === caption) return;
    this.caption.textContent = caption;
    this.place.setAttribute("aria-valuetext", caption);
    moveWays(this.progress, this.ways, frame);
  }
}
