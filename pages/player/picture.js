// One figure on the page. It is drawn by Plotly, moved by hand, and drawn by Plotly again wherever it rests.

import { moved, standing, valueAt } from "./frames.js";
import { Handles } from "./handles.js";
import { moveDrawn } from "./moving.js";
import { paintPlanes } from "./plane.js";
import { listenToPlaces } from "./places.js";
import { showPlayed } from "./played.js";
import { scaled, themed } from "./theme.js";
import { zoomed } from "./zoom.js";

// The texts of a picture, of 16 pixels otherwise: for the back row, and where there is little room.
const LARGE = 1.6, SMALL = 0.8, NARROW = 420;
const FADE = 350; // ms
const RESTING = 100; // ms without a move after which a picture counts as resting

export class FigurePicture {
  constructor(parent, calls) {
    this.frame = parent.appendChild(document.createElement("div"));
    this.frame.className = "player-picture";
    this.plot = this.frame.appendChild(document.createElement("div"));
    this.plot.className = "player-figure";
    this.plot.setAttribute("role", "img");
    this.track = [];
    this.handles = new Handles(this, calls);
    this.frame.append(this.handles.layer); // once: what is put there again has the keyboard's focus no more
  }

  // Draws the figure of a run as it stands at a place.
  async draw(given, at, run, { height, theme, click, place, large }) {
    const narrow = this.plot.clientWidth < NARROW ? SMALL : 1, figure = scaled(given, large ? LARGE * narrow : narrow);
    clearTimeout(this.rest);
    this.take(figure, at, run);
    Object.assign(this, { settled: true, borrowed: false });
    const dragmode = place || matchMedia("(pointer: coarse)").matches ? false : "zoom";
    const layout = { ...zoomed(this.plot, themed(figure.layout, theme)), height, dragmode };
    this.fadeIn(layout);
    this.drawing = Plotly.react(this.plot, standing(figure, at), layout, { displayModeBar: false });
    await this.drawing;
    Object.assign(this, { drawn: layout, given: given.layout });
    this.listen(click);
    listenToPlaces(this.plot, place);
    this.finish();
    this.showHandles();
  }

  showHandles() { this.handles.show(this.figure.layout.meta?.handles ?? [], this.figure.handles ?? []); }

  // The values of a trace where the picture stands, or as a hand holds them.
  values(trace) {
    const k = this.track[0]?.traces.indexOf(trace) ?? -1, still = this.figure.data[trace];
    const now = k < 0 ? still : { x: still.x, y: still.y, ...moved(this.track, this.at)[k] };
    return this.held?.trace === trace ? { ...now, y: this.held.y } : now;
  }

  // Draws a trace where a hand holds it.
  hold(trace, y) {
    this.held = { trace, y };
    moveDrawn(this.plot, [trace], [{ x: this.values(trace).x, y }]);
    this.handles.place();
  }

  letGo() { this.held = undefined; }

  // Axes that change all at once, as when a control is let go, are faded in.
  fadeIn(layout) {
    const axes = (of) => JSON.stringify(Object.keys(layout).filter((key) => /axis/.test(key)).map((key) => [of?.[key]?.type, of?.[key]?.range]));
    if (!this.drawn || axes(this.drawn) === axes(layout) || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.plot.animate([{ opacity: 0.2 }, { opacity: 1 }], FADE);
  }

  // Shows another run in the picture of the one before, on its axes; returns whether that can be done.
  borrow(figure, at, run) {
    if (!this.looksLike(figure)) return false;
    clearTimeout(this.rest);
    this.take(figure, at, run);
    Object.assign(this, { settled: false, borrowed: true });
    const drawn = this.moveDrawn(true);
    this.showHandles();
    return drawn;
  }

  // Whether a figure stands on the axes that are drawn.
  hasAxesOf({ layout }) {
    const axes = (of) => JSON.stringify(Object.keys(layout).filter((name) => /axis/.test(name)).map((name) => [of[name]?.type, of[name]?.range]));
    return Boolean(this.given) && axes(this.given) === axes(layout);
  }

  looksLike({ data, layout }) {
    const kinds = (traces) => traces?.map(({ type, mode, x }) => [type, mode, x?.length > 1]).join(";");
    return !layout.scene && this.figure && kinds(data) === kinds(this.figure.data);
  }

  take(figure, at, run) {
    Object.assign(this, { figure, at, run, track: figure.frames ?? [] });
    this.plot.setAttribute("aria-label", figure.alt);
  }

  listen(click) {
    this.plot.removeAllListeners("plotly_click");
    this.plot.removeAllListeners("plotly_afterplot");
    if (click) this.plot.on("plotly_click", ({ points: [point] }) => click(point));
    // A zoom or another size draws the place where Plotly last drew it itself.
    this.plot.on("plotly_afterplot", () => (this.settled ? this.finish() : this.moveDrawn(this.borrowed)));
  }

  // Moves to a place; where nothing follows for a moment, unless it plays, Plotly draws that place.
  move(at, playing) {
    if (!this.track.length || (at === this.at && (playing || this.settled))) return;
    Object.assign(this, { at, settled: false });
    clearTimeout(this.rest);
    if (!this.moveDrawn()) this.settle();
    else if (!playing && !this.borrowed) this.rest = setTimeout(() => this.settle(), RESTING);
  }

  // Moves what the frames move; `every` trace where another run is shown on what was drawn for the one before.
  moveDrawn(every = false) {
    const all = every || !this.track.length ? standing(this.figure, this.at) : undefined;
    const moves = all ? moveDrawn(this.plot, [...all.keys()], all) : moveDrawn(this.plot, this.track[0].traces, moved(this.track, this.at));
    if (this.held) moveDrawn(this.plot, [this.held.trace], [{ x: this.values(this.held.trace).x, y: this.held.y }]);
    this.showPlayed();
    this.handles.place();
    return moves;
  }

  // What Plotly does not draw itself: a plane as it looks while it moves, and of a run no more than has been played.
  finish() {
    paintPlanes(this.plot, standing(this.figure, this.at));
    this.showPlayed();
  }

  showPlayed() {
    if (!this.track.length) return;
    const { names, places } = this.run;
    showPlayed(this.plot, this.figure.data, valueAt(names.map(Number), this.at), valueAt(places, this.at));
  }

  settle() {
    this.settled = true;
    // Rejected, without a reason, when the next move comes before this one is drawn: that is no fault.
    this.resting = this.drawAtRest().then(() => this.showPlayed()).catch(() => {});
  }

  drawAtRest() {
    // Plotly animates no plane: it would take it away, and bring it back a picture later.
    if (this.plot.data.some(({ type }) => type === "heatmap")) return Plotly.react(this.plot, standing(this.figure, this.at), this.plot.layout);
    const redraw = Boolean(this.plot.layout?.scene); // three dimensions are drawn anew, two only moved
    const still = { mode: "immediate", frame: { duration: 0, redraw }, transition: { duration: 0 } };
    return Plotly.animate(this.plot, { data: moved(this.track, this.at), traces: this.track[0].traces }, still);
  }

  // Plotly refuses to resize what is not on the page, as while the page is being exchanged for another one.
  resize() { if (this.plot.data && this.plot.isConnected && this.plot.offsetParent) Plotly.Plots.resize(this.plot); }

  // Plotly goes on drawing on what has been purged, and fails: so its drawing is ended first, and what a hand still
  // drags is left to it as it is.
  async close() {
    clearTimeout(this.rest);
    listenToPlaces(this.plot);
    this.frame.remove();
    await this.drawing?.catch(() => {});
    if (!this.plot._dragging) window.Plotly?.purge(this.plot);
  }
}
