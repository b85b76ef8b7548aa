// Take home: files of what a player shows. Pictures, film and page are made here; texts are made by the server, when they
// are asked for.

import { Questions } from "./asking.js";
import { filmEnding } from "./kinds.js";
import { Menu } from "./menu.js";
import { save } from "./saving.js";

const SHARP = 2, NARROW = 700; // pixels of a picture for one on the screen; a film has as many where there are few
const PAGE = "page", MAKERS = "makers"; // what the server calls the page without a run, and the scripts that make files
const FILM = 1; // the film's place in the list
const A_MOMENT = 50; // ms
const TYPES = { csv: "text/csv", html: "text/html" };
const takers = new WeakMap();
let makers; // sent for once, when a file is first wanted: they need not come with every run of the page

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".take-home");
  if (!takers.has(root)) takers.set(root, new Taker(root));
  const taker = takers.get(root), call = ++taker.calls;
  taker.questions.tell = (question) => setTriggerValue("asked", question);
  taker.show(data);
  root.classList.remove("unfilled");
  return () => { if (taker.calls === call) { takers.delete(root); taker.close(); } };
}

class Taker {
  constructor(root) {
    Object.assign(this, { calls: 0, questions: new Questions(root), menu: new Menu(root, () => this.opened()) });
  }

  close() {
    this.work?.abort();
    this.questions.end();
    this.menu.end();
  }

  get player() { return document.querySelector(`.st-key-${this.data.player} .player`)?.player; }

  get headline() { return document.querySelector("h1")?.innerText ?? document.title; }

  show(data) {
    this.data = data;
    const { words, files, name } = data, film = filmEnding();
    this.things = [
      { label: words.picture, kind: "PNG", make: () => this.picture(), file: `${name}.png` },
      { label: words.film, kind: film?.replace("webm", "WebM").replace("mp4", "MP4") ?? "", make: () => this.film(), file: `${name}.${film}` },
      { label: words.page, kind: "HTML", make: () => this.page(), file: `${name}.html` },
      ...files.map(({ label, kind, file }) => ({ label, kind, make: () => this.text(file), file })),
    ];
    this.menu.show(words, this.things, (k) => this.take(this.things[k]));
    this.questions.hear(data.answer);
  }

  // What is taken home is what stands there; without frames there is nothing to film.
  opened() {
    if (this.player?.playing && !this.work) this.player.toggle();
    this.menu.list.children[FILM].hidden = !this.player?.isPlayable();
  }

  // One thing at a time; what has come of it is said.
  async take({ make, file }) {
    if (this.work) return;
    this.work = new AbortController();
    this.menu.begin(() => this.work.abort());
    try {
      await this.rest();
      const { blob, note } = await make();
      save(file, blob);
      this.menu.finish([this.data.words.saved.replace("{file}", () => file), note].filter(Boolean).join(" "));
    } catch (problem) { this.menu.finish(this.complaint(problem)); } finally { this.work = undefined; }
  }

  complaint(problem) {
    const { words } = this.data;
    if (this.work.signal.aborted) return words.cancelled;
    console.warn(problem);
    return problem.said ?? words.failed;
  }

  // A run that is live sends all its frames only once it rests.
  async rest() {
    const waits = ({ busy, playing, root }) => busy || playing || Number(root.dataset.untaken);
    while (waits(this.player)) {
      this.work.signal.throwIfAborted();
      await new Promise((go) => setTimeout(go, A_MOMENT));
    }
  }

  async makers() {
    if (makers) return makers;
    const { text } = await this.questions.ask(MAKERS, this.work.signal);
    return makers = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  }

  async picture() {
    const { Camera } = await this.makers();
    const canvas = await new Camera(this.player, this.headline, SHARP).shoot();
    return { blob: await new Promise((done) => canvas.toBlob(done)) };
  }

  async film() {
    if (!filmEnding()) throw Object.assign(new Error("no way to make a film"), { said: this.data.words.noFilm });
    const { Camera, filmOf } = await this.makers(), scale = this.player.figures.clientWidth < NARROW ? SHARP : 1;
    const camera = new Camera(this.player, this.headline, scale);
    return { blob: await filmOf(this.player, camera, (share) => this.menu.advance(share), this.work.signal) };
  }

  async page() {
    const { offlinePage } = await this.makers(), { text } = await this.questions.ask(PAGE, this.work.signal);
    return { blob: new Blob([await offlinePage(this.player, text, this.headline)], { type: TYPES.html }) };
  }

  async text(file) {
    const { text, note } = await this.questions.ask(file, this.work.signal);
    if (text === null) throw new Error(`${file} cannot be made any more`);
    return { blob: new Blob([text], { type: `${TYPES[file.split(".").pop()] ?? "text/plain"};charset=utf-8` }), note };
  }
}
