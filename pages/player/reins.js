// The reins of a live run. While it plays, the next portion is asked for before the last one has ended. Time is the
// clock's: what a busy server owes is caught up. What is steered holds from an iteration a little ahead, and the picture
// waits there for the answer: so whatever has been seen is part of the run.

import { hopping, placeOf, valueAt } from "./frames.js";

const PACES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
const STEPS = { 1: ".", 10: "T", 100: "H" };
const PORTION = 2, LEAD = 1; // seconds: how long a portion is, and how long before its end the next one is asked for
const LONGEST_DEBT = 1, STEPPING = 0.5; // seconds: what is caught up, and how long a press of a step's button may take
const UNHEARD = 1000; // ms after the end of a run in which an answer would have come
const SLOWEST_ANSWER = 1; // seconds beyond which the picture rather waits for an answer

export class Reins {
  constructor(player) {
    // `asked`: the last report is not answered yet; `goal` and `barrier`: iterations at which to rest, and to wait.
    Object.assign(this, { player, reports: 0, untaken: [], turn: Infinity, asked: false, goal: Infinity, barrier: Infinity, pace: 10, delay: 0.3, halted: 0 });
    const { pace, steps, live } = player;
    pace.replaceChildren(...PACES.map((each) => new Option(each, each)));
    pace.onchange = () => { this.pace = Number(pace.value); this.plan(); };
    live.onclick = () => this.flip();
    steps.replaceChildren(...Object.keys(STEPS).map((count) => this.stepButton(Number(count))));
    player.root.steer = (turn) => this.steer(turn);
  }

  stepButton(count) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", onclick: () => this.step(count) });
    button.replaceChildren(`+${count}`, keyHint(STEPS[count]));
    return button;
  }

  get on() { return Boolean(this.given?.on); }
  get known() { return Number(this.player.names.at(-1)); }
  get speed() { return Math.max(this.pace, this.stepPace ?? 0); }

  // The iteration that the picture shows.
  get shown() { return valueAt(this.player.names.map(Number), Math.min(this.player.at, this.player.last)); }

  take(live) {
    const wasOn = this.on;
    this.given = live;
    this.reports = Math.max(this.reports, live?.answered ?? 0);
    this.untaken = this.untaken.filter(({ n }) => n > (live?.answered ?? Infinity)); // where none listens, none answers
    if (!live) this.asked = false;
    this.note();
    if (this.asked && live?.answered >= this.reports) this.heard();
    if (live?.turned >= this.turn) this.release();
    if (live?.said && live.said !== this.said) this.player.spoken.textContent = live.said;
    this.said = live?.said;
    if (this.on !== wasOn) this.end();
    if (this.on && !wasOn) this.player.at = this.player.last;
    this.plan();
  }

  // The report has been answered; how long that took says how far ahead the next one must be.
  heard() {
    this.delay = 0.7 * this.delay + 0.3 * Math.min((performance.now() - this.askedAt) / 1000, SLOWEST_ANSWER);
    this.asked = false;
    this.dropped?.letGo();
    this.dropped = undefined;
    this.release();
  }

  release() {
    if (this.barrier === Infinity || this.holding) return;
    this.iteration = Math.min(this.iteration, this.barrier);
    Object.assign(this, { barrier: Infinity, turn: Infinity });
  }

  // A portion that was asked for before the run was paused, and comes after that, is not shown: the answer to the pause
  // comes next.
  isLate(live) { return Boolean(live?.playing) && live.answered < this.halted; }

  // How long each frame takes to the next, at this pace.
  plan() {
    const { player } = this, numbers = player.names.map(Number);
    if (this.on) player.seconds = numbers.slice(1).map((number, k) => (number - numbers[k]) / this.speed);
  }

  // Streamlit forgets a report that is overtaken by the next one: so each comes with all that are not answered yet.
  tell(kind, more) {
    clearTimeout(this.repeating);
    this.askedAt = performance.now();
    this.asked = true;
    this.untaken.push({ n: ++this.reports, kind, ...more });
    this.note();
    this.player.steered({ reports: this.untaken });
  }

  // How many reports wait for an answer stands on the page, for whoever looks on from outside.
  note() { this.player.root.dataset.untaken = this.untaken.length; }

  // A run that was cut short by the next one knows no part of the page for a moment, and does not hear it: what is not
  // answered a while after all runs have ended is told again.
  repeat() {
    clearTimeout(this.repeating);
    const tell = () => this.untaken.length && !this.player.stale && this.player.steered({ reports: this.untaken });
    this.repeating = setTimeout(tell, UNHEARD);
  }

  flip() {
    this.end();
    this.tell("switch", { on: !this.on, at: Math.round(this.shown) });
  }

  toggle() {
    if (this.player.playing) this.halt();
    else this.go(Infinity);
  }

  step(count) {
    if (this.player.playing && this.goal === Infinity) this.halt();
    this.stepPace = count / STEPPING;
    if (this.player.playing) this.goal += count;
    else this.go(Math.round(this.shown) + count);
  }

  go(goal) {
    const { player } = this, at = Math.round(this.shown);
    Object.assign(this, { goal, iteration: at, barrier: at });
    if (goal === Infinity) this.stepPace = undefined;
    Object.assign(player, { playing: true, clock: undefined });
    player.face();
    this.plan();
    this.tell("play", { at, upto: this.ahead(at), pace: this.speed });
    player.ticket = requestAnimationFrame((now) => this.tick(now));
  }

  ahead(from) { return Math.min(this.goal, Math.ceil(from + this.speed * PORTION)); }

  tick(now) {
    const { player } = this, passed = (now - (player.clock ?? now)) / 1000, { speed } = this;
    player.clock = now;
    const shown = Math.min(this.iteration + passed * speed, this.known, this.barrier, this.goal);
    this.iteration = Math.min(this.iteration + passed * speed, shown + LONGEST_DEBT * speed);
    this.show(shown);
    if (shown >= this.goal || (this.given.stops && !this.asked && shown >= this.known)) return this.halt();
    this.askOn(shown);
    player.ticket = requestAnimationFrame((later) => this.tick(later));
  }

  show(iteration) {
    const { player } = this, place = placeOf(iteration, player.names);
    player.moveTo(player.isCalm() ? Math.floor(place) : hopping(place, player.seconds));
  }

  askOn(shown) {
    const left = (this.known - shown) / this.speed, suits = this.given.pace === this.speed;
    if (this.asked || this.barrier < Infinity || this.given.stops || this.player.stale || this.known >= this.goal || (suits && left > LEAD)) return;
    const from = suits ? Math.max(this.known, this.iteration) : shown;
    this.tell("more", { at: Math.floor(shown), upto: this.ahead(from), pace: this.speed });
  }

  // Where the dial's turn of this number takes effect, and how far to train on from there.
  steer(turn) {
    if (!this.on) return {};
    const after = this.reports;
    if (!this.player.playing) return { at: Math.round(this.shown), after };
    const at = Math.min(this.known, Math.ceil(this.shown + this.speed * this.delay));
    Object.assign(this, { barrier: at, turn });
    return { at, upto: this.ahead(at), pace: this.speed, after };
  }

  // What becomes of a hand that holds a handle of a picture: while the run is live it waits for the hand.
  hand(figure) {
    const { player } = this, moved = () => this.on || this.nudge(player.pictures[figure], false);
    return { taken: () => this.hold(), moved, dropped: () => this.drop(player.pictures[figure]) };
  }

  hold() {
    this.holding = true;
    if (this.on && this.player.playing) this.barrier = Math.round(this.shown);
  }

  // A handle that was only touched has moved nothing.
  drop(picture) {
    this.holding = false;
    if (picture.held) this.nudge(picture, true);
    else this.release();
  }

  nudge(picture, done) {
    if (!done && this.asked) return;
    const { trace } = picture.figure.layout.meta.handles[0], { x, y } = picture.values(trace), at = Math.round(this.shown);
    const onwards = this.player.playing && this.on ? { upto: this.ahead(at), pace: this.speed } : {};
    if (done) this.dropped = picture;
    this.tell("nudge", { at, x, y, done, ...onwards });
  }

  halt() {
    // A turn of the dial that is on its way takes effect at the barrier: the run rests there, and keeps it.
    const { names, at: place } = this.player, waits = this.barrier < Infinity;
    const rest = Math.round(waits ? placeOf(this.barrier, names) : place), at = waits ? this.barrier : Number(names[rest]);
    this.end();
    this.player.rest(rest);
    this.tell("rest", { at });
    this.halted = this.reports;
  }

  end() {
    this.player.pause();
    Object.assign(this, { goal: Infinity, barrier: Infinity, turn: Infinity, stepPace: undefined });
  }

  label() {
    const { player, given } = this, { words } = player;
    player.live.hidden = !given?.switch;
    player.live.disabled = given?.switch === "locked";
    player.live.setAttribute("aria-checked", this.on);
    player.live.replaceChildren(`${this.on ? "◉" : "○"} ${words.live}`, keyHint("V"));
    player.live.title = words.liveHelp;
    for (const part of ["steps", "pace"]) player[part].hidden = !this.on;
    player.speed.hidden = this.on;
    player.root.classList.toggle("live", this.on);
    player.root.classList.toggle("starting", this.on && player.last < 1);
    player.pace.setAttribute("aria-label", words.pace);
    player.pace.title = words.pace;
    [...player.pace.options].forEach((option) => {
      option.textContent = words.perSecond.replace("{n}", Number(option.value).toLocaleString(words.language));
    });
    player.pace.value = this.pace;
    Object.keys(STEPS).forEach((count, k) => {
      const button = player.steps.children[k];
      button.title = button.ariaLabel = count === "1" ? words.step : words.steps.replace("{n}", count);
    });
  }
}

export function keyHint(letter) {
  const made = document.createElement("kbd");
  made.textContent = letter;
  made.setAttribute("aria-hidden", "true");
  return made;
}
