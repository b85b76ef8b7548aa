// Shows plotly figures and plays their frames in step. Between two frames the picture moves straight from one to the
// other, so that a few frames make a smooth animation; whenever it rests, it rests exactly on a frame.

const RUN_SECONDS = 9;
const LONGEST_FRAME = 0.6;
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const players = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
  const player = players.get(parentElement);
  player.report = (click) => setTriggerValue("clicked", click);
  player.show(data);
  return () => player.close();
}

class Player {
  constructor(root) {
    const find = (part) => root.querySelector(`.player-${part}`);
    for (const part of ["figures", "controls", "play", "back", "place", "forth", "speed", "caption", "spoken"])
      this[part] = find(part);
    this.at = Infinity; // the place in the run, in frames; between two whole numbers while it moves
    this.playing = false;
    this.plots = [];
    this.resizing = new ResizeObserver(() => this.plots.filter(isShown).forEach((plot) => Plotly.Plots.resize(plot)));
    this.resizing.observe(this.figures);
    this.connect();
  }

  connect() {
    this.speed.replaceChildren(...SPEEDS.map((speed) => new Option(`${speed}×`.replace("0.", "."), speed)));
    this.speed.value = 1;
    this.play.onclick = () => this.toggle();
    this.back.onclick = () => this.rest(Math.ceil(this.at) - 1);
    this.forth.onclick = () => this.rest(Math.floor(this.at) + 1);
    this.place.oninput = () => this.rest(Number(this.place.value));
    this.onkey = (event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
  }

  close() {
    this.pause();
    document.removeEventListener("keydown", this.onkey);
    this.resizing.disconnect();
    this.plots.forEach((plot) => window.Plotly?.purge(plot));
  }

  async show(data) {
    const theme = readTheme(this.figures);
    const shown = JSON.stringify(data) + theme.join();
    if (this.shown === shown) return;
    this.shown = shown;
    const place = this.placeIn(data.names);
    await loadPlotly(data.plotly);
    Object.assign(this, { names: data.names, captions: data.captions, words: data.words, last: data.names.length - 1 });
    this.tracks = data.figures.map((figure) => figure.frames ?? []);
    this.at = place;
    await this.draw(data, theme);
    this.label();
    if (this.last < 0) return;
    this.name(Math.floor(this.at));
    if (!this.playing) this.settle();
  }

  // Where to stand in a new run: at its end, if that is where the old one stood, else at the same iteration.
  placeIn(names) {
    if (this.playing) return (this.time = placeOf(iterationAt(this.names, this.at), names));
    const iteration = this.at < this.last ? Number(this.names[this.at]) : Infinity;
    const distance = (name) => Math.abs(Number(name) - iteration);
    if (iteration === Infinity) return names.length - 1;
    return names.reduce((best, name, k) => (distance(name) < distance(names[best]) ? k : best), 0);
  }

  async draw(data, theme) {
    while (this.plots.length < data.figures.length) this.plots.push(this.figures.appendChild(newPlot()));
    while (this.plots.length > data.figures.length) this.plots.pop().remove();
    this.plots.forEach((plot, k) => { plot.style.flexGrow = data.figures[k].share; });
    await Promise.all(this.plots.map((plot, k) => this.drawOne(plot, data.figures[k], data, theme)));
  }

  async drawOne(plot, figure, { height, clickable }, theme) {
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", figure.alt);
    const layout = { ...zoomed(plot, themed(figure.layout, theme)), height, dragmode: isTouch() ? false : "zoom" };
    await Plotly.react(plot, standing(figure, this.at), layout, { displayModeBar: false });
    plot.removeAllListeners("plotly_click");
    if (clickable) plot.on("plotly_click", ({ points: [point] }) =>
      this.report({ figure: this.plots.indexOf(plot), curve: point.curveNumber, x: point.x, y: point.y }));
  }

  label() {
    this.controls.hidden = this.last < 1;
    this.place.max = Math.max(this.last, 0);
    for (const part of ["back", "forth", "place", "speed"]) {
      this[part].setAttribute("aria-label", this.words[part]);
      this[part].title = this.words[part];
    }
    this.face();
  }

  face() {
    const word = this.playing ? this.words.pause : this.words.play;
    this.play.textContent = (this.playing ? "❚❚ " : "▶ ") + word;
    this.play.title = `${word} (P)`;
  }

  toggle() {
    if (this.playing) return this.rest(Math.round(this.at));
    if (this.last < 1) return;
    this.playing = true;
    this.face();
    if (this.at >= this.last) this.moveTo(0);
    this.time = this.at;
    this.clock = undefined;
    this.ticket = requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    const seconds = Math.min(LONGEST_FRAME, RUN_SECONDS / this.last) / Number(this.speed.value);
    // With reduced motion the picture changes from frame to frame, without moving in between.
    this.time += (now - (this.clock ?? now)) / 1000 / seconds;
    this.clock = now;
    if (this.time >= this.last) return this.rest(this.last);
    const place = matchMedia("(prefers-reduced-motion: reduce)").matches ? Math.floor(this.time) : this.time;
    if (place !== this.at) this.moveTo(place);
    this.ticket = requestAnimationFrame((later) => this.tick(later));
  }

  pause() {
    cancelAnimationFrame(this.ticket);
    this.playing = false;
  }

  rest(place) {
    this.pause();
    this.moveTo(Math.min(Math.max(place, 0), this.last));
    this.settle();
  }

  settle() {
    this.face();
    this.spoken.textContent = this.captions[this.at];
  }

  moveTo(place) {
    this.at = Math.min(place, this.last);
    this.name(Math.floor(this.at));
    this.plots.forEach((plot, k) => this.tracks[k].length && move(plot, this.tracks[k], this.at));
  }

  name(frame) {
    this.back.disabled = this.at <= 0;
    this.forth.disabled = this.at >= this.last;
    if (this.place.value === String(frame) && this.caption.textContent === this.captions[frame]) return;
    this.place.value = frame;
    this.caption.textContent = this.captions[frame];
    this.place.setAttribute("aria-valuetext", this.captions[frame]);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.last < 1) return;
    if (event.composedPath()[0].closest?.("input:not([type=range]), textarea, select, [contenteditable=true]")) return;
    const action = {
      p: () => this.toggle(),
      ",": () => this.back.disabled || this.back.click(),
      ".": () => this.forth.disabled || this.forth.click(),
      l: () => document.querySelector(".st-key-learning_rate_slider input")?.focus(),
    }[event.key.toLowerCase()];
    if (action) { event.preventDefault(); action(); }
  }
}

function iterationAt(names, at) { return mix(Number(names[Math.floor(at)]), Number(names[Math.ceil(at)]), at % 1); }

function placeOf(iteration, names) {
  const next = names.findIndex((name) => Number(name) >= iteration);
  if (next < 1) return next < 0 ? names.length - 1 : 0;
  const before = Number(names[next - 1]);
  return next - 1 + (iteration - before) / (Number(names[next]) - before);
}

function newPlot() {
  const plot = document.createElement("div");
  plot.className = "player-figure";
  return plot;
}

function move(plot, track, at) {
  const redraw = Boolean(plot.layout.scene); // three dimensions are drawn anew, two only moved
  const still = { mode: "immediate", frame: { duration: 0, redraw }, transition: { duration: 0 } };
  // Rejected, without a reason, when the next move comes before this one is drawn: that is no fault.
  Plotly.animate(plot, { data: moved(track, at), traces: track[0].traces }, still).catch(() => {});
}

// The moved traces at a place in the run.
function moved(track, at) {
  const from = track[Math.floor(at)], to = track[Math.ceil(at)];
  return from.data.map((trace, k) => between(trace, to.data[k], at % 1));
}

// All traces of a figure at a place in the run.
function standing({ data, frames }, at) {
  if (!frames?.length) return data;
  const now = moved(frames, at), places = frames[0].traces;
  return data.map((trace, k) => ({ ...trace, ...now[places.indexOf(k)] }));
}

function between(from, to, share) {
  if (!share) return from;
  const mixed = { ...from };
  for (const axis of ["x", "y", "z"])
    if (from[axis]?.length === to[axis]?.length) mixed[axis] = from[axis]?.map((value, k) => mix(value, to[axis][k], share));
  return mixed;
}

function mix(from, to, share) {
  return typeof from === "number" && typeof to === "number" ? from + (to - from) * share : from;
}

// Plotly refuses to resize what is not on the page, as while the page is being exchanged for another one.
function isShown(plot) { return plot.data && plot.isConnected && plot.offsetParent; }

function isTouch() { return matchMedia("(pointer: coarse)").matches; }

function readTheme(element) {
  const style = getComputedStyle(element);
  return ["text-color", "border-color", "font", "background-color"].map((name) => style.getPropertyValue(`--st-${name}`).trim());
}

// The layout, but with the ranges that a person has zoomed to, as long as the axes mean the same as before.
function zoomed(plot, layout) {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const meaning = JSON.stringify(axes.map((name) => [layout[name].title, layout[name].type]));
  const given = plot.meaning === meaning ? plot.given : {}, result = { ...layout };
  for (const name of axes) {
    const now = plot.layout?.[name]?.range;
    if (given[name] && now && String(now) !== String(given[name])) result[name] = { ...layout[name], range: [...now] };
  }
  plot.meaning = meaning;
  plot.given = Object.fromEntries(axes.map((name) => [name, [...(layout[name].range ?? [])]]));
  return result;
}

function themed(layout, [text, line, family, background]) {
  const result = { ...layout, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
  result.font = { ...layout.font, color: text, family };
  result.hoverlabel = { ...layout.hoverlabel, bgcolor: background, font: { color: text, family } };
  for (const name of layout.scene ? ["xaxis", "yaxis", "zaxis"] : [])
    result.scene = { ...result.scene, [name]: { ...layout.scene[name], color: text, gridcolor: line, backgroundcolor: background } };
  for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)))
    result[name] = { gridcolor: line, linecolor: line, ...layout[name] };
  return result;
}

function loadPlotly(address) {
  window.overshootPlotly ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: done, onerror: failed });
    document.head.append(script);
  });
  return window.overshootPlotly;
}
