// The dial of the learning rate: a native range input under paint, and the exact number. It reports while it is
// dragged: the latest rate only, and the next one when the run that the last one asked for has ended.

import { isAtRest, watchConnection, watchRuns } from "../player/connection.js";
import { finelyAfter, placeOf, rateAt, regimeOf, stopAfter, written } from "./scale.js";
import { moveZones, paintTrack } from "./track.js";

const PARTS = ["label", "help", "explanation", "word", "number", "hint", "track", "range", "ticks", "names", "spoken"];
const UNHEARD = 1000; // ms after the end of a run in which an answer would have come
const STEPS = {
  ArrowRight: [1, 1], ArrowUp: [1, 1], ArrowLeft: [-1, 1], ArrowDown: [-1, 1], PageUp: [1, 10], PageDown: [-1, 10],
};
const ENDS = { Home: 0, End: 1 };
const dials = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!dials.has(parentElement)) dials.set(parentElement, new Dial(parentElement.querySelector(".dial"), data));
  const dial = dials.get(parentElement), call = ++dial.calls;
  dial.report = setTriggerValue;
  dial.show(data);
  // Streamlit also ends a call that the next one has overtaken: the dial lives on then.
  return () => { if (dial.calls === call) { dials.delete(parentElement); dial.close(); } };
}

class Dial {
  constructor(root, data) {
    this.root = root;
    for (const part of PARTS) this[part] = root.querySelector(`.dial-${part}`);
    // `asked`: the server has not answered the last report; `busy`: its run has not ended; `waiting`: a newer rate is
    // to be reported then; `done`: the last report was the last of its drag; `draft`: what the number's text is.
    Object.assign(this, { calls: 0, reports: data.answered, held: false, asked: false, busy: false, waiting: false });
    Object.assign(this, { done: true, draft: "", isConnected: true });
    this.connectRange();
    this.connectNumber();
    root.move = (bounds) => this.moveBounds(bounds);
    this.ends = [
      this.listenToKeys(),
      watchConnection(root, (isConnected) => { this.isConnected = isConnected; }),
      watchRuns(root, () => this.free()),
      () => clearTimeout(this.repeating),
    ];
  }

  close() { this.ends.forEach((end) => end()); }

  connectRange() {
    this.range.oninput = () => this.move(rateAt(this.range.value / 1000, this.data.scale), false);
    this.range.onpointerdown = (event) => { if (event.button === 0) this.hold(); };
    this.range.onkeydown = (event) => this.press(event);
    this.range.ondblclick = () => this.move(this.data.own, true);
    for (const end of ["change", "keyup", "blur"]) this.range.addEventListener(end, () => this.settle());
  }

  // Whoever drags may let go anywhere on the page.
  hold() {
    this.held = true;
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.settle(), { once: true });
  }

  connectNumber() {
    this.number.oninput = () => { this.draft = "open"; };
    this.number.onchange = () => this.commit();
    this.number.onblur = () => { if (this.draft === "open") this.restore(); };
    this.number.onkeydown = (event) => { if (event.key === "Escape") this.restore(); };
  }

  listenToKeys() {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "a") return;
      if (event.composedPath()[0].closest?.("input:not([type=range]), textarea, select, [contenteditable=true]")) return;
      event.preventDefault();
      this.move(this.data.own, true);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }

  // The run has ended. A report that it did not answer was not heard: a server that has just been started, or a run that
  // the next one cut short, knows no dial for a moment. So it is made once more, unless its answer is only late.
  free() {
    this.busy = false;
    clearTimeout(this.repeating);
    if (this.waiting) this.send(false);
    else if (this.asked) this.repeating = setTimeout(() => this.repeat(), UNHEARD);
  }

  repeat() {
    if (!this.asked || !this.isConnected || !isAtRest(this.root)) return;
    this.busy = true;
    this.tell(...this.told);
  }

  // While there is no server nobody hears it: it is made once more when one has come back.
  tell(event, report) {
    this.told = [event, report];
    const numbered = { ...report, n: ++this.reports };
    if (this.isConnected) this.report(event, numbered);
  }

  show(data) {
    this.data = data;
    if (data.answered >= this.reports) this.asked = false;
    if (!this.asked && !this.held && !this.waiting) {
      this.rate = data.rate;
      if (this.draft === "sent") this.draft = "";
    }
    this.rate ??= data.rate;
    this.describe();
    this.paint();
    this.root.classList.remove("unfilled");
    document.querySelector(".player")?.moveLimits?.();
    if (!this.asked && isAtRest(this.root)) this.free();
  }

  // What is locked is moved by nothing: not by its own input, which is disabled, and not by a key either.
  move(rate, done) {
    if (this.data.locked || rate === this.rate && done === this.done) return;
    Object.assign(this, { rate, draft: "", waiting: true });
    this.root.classList.add("moved");
    this.paint();
    if (done || !this.busy) this.send(done);
  }

  send(done) {
    Object.assign(this, { waiting: false, busy: true, asked: true, done });
    this.tell("moved", { rate: this.rate, done, ...this.reins() });
  }

  // Where in a live run the move takes effect: the player knows how far it has come.
  reins() { return document.querySelector(".player")?.steer?.(this.reports + 1); }

  // The end of a drag, or of a key that was kept down, is reported at once.
  settle() {
    this.held = false;
    if (this.waiting || !this.done) this.send(true);
    this.describe();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.data.locked) return;
    const rate = this.rateAfter(event);
    if (rate === undefined) return;
    event.preventDefault();
    if (rate !== this.rate) this.move(rate, !event.repeat);
  }

  rateAfter({ key, shiftKey }) {
    const { scale, stops } = this.data;
    if (key in ENDS) return rateAt(ENDS[key], scale);
    if (!(key in STEPS)) return undefined;
    const [direction, count] = STEPS[key];
    return shiftKey && this.rate > 0 ? finelyAfter(this.rate, direction) : stopAfter(this.rate, direction, count, stops);
  }

  commit() {
    if (this.number.value.trim() === written(this.rate, this.data.decimal)) return this.restore();
    Object.assign(this, { draft: "sent", waiting: false, busy: true, asked: true, done: true });
    this.tell("typed", { text: this.number.value, ...this.reins() });
  }

  restore() {
    this.draft = "";
    this.paint();
  }

  paint() {
    const { data, rate } = this, regime = regimeOf(rate, data), text = written(rate, data.decimal);
    const place = placeOf(rate, data.scale), word = data.names[regime] ?? "";
    this.root.style.setProperty("--place", place);
    this.root.style.setProperty("--regime", data.colours[regime] ?? "var(--st-primary-color)");
    // A range that is being dragged stands where the finger is.
    if (!this.held) this.range.value = Math.round(1000 * place);
    this.range.setAttribute("aria-valuetext", word ? `${text}, ${word}` : text);
    this.word.textContent = word;
    if (!this.draft) this.number.value = text;
  }

  // Limits that move while a run trains: the player knows where they are.
  moveBounds(bounds) {
    if (!this.data?.bounds.length || bounds.some((bound) => bound === null)) return;
    this.data = { ...this.data, bounds };
    moveZones(this.track, this.data);
    this.paint();
  }

  // Writes and paints what stays as it is while the dial moves; nothing may shift under the finger.
  describe() {
    const { rate, answered, ...still } = this.data, painted = JSON.stringify(still);
    if (this.painted === painted || this.held) return;
    this.painted = painted;
    this.range.setAttribute("aria-label", still.label);
    this.number.setAttribute("aria-label", still.exactly);
    this.range.disabled = this.number.disabled = still.locked;
    this.root.classList.toggle("locked", still.locked);
    Object.assign(this.help.querySelector("summary"), { title: still.help, ariaLabel: still.question });
    for (const [part, text] of [["label", "label"], ["explanation", "help"], ["hint", "hint"], ["spoken", "spoken"]]) {
      this[part].textContent = still[text];
    }
    paintTrack(this, still);
  }
}
