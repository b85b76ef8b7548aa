// One figure on the page. It is drawn by Plotly, moved by hand, and drawn by Plotly again wherever it rests.

import { moved, standing } from "./frames.js";
import { moveDrawn } from "./moving.js";
import { themed } from "./theme.js";
import { zoomed } from "./zoom.js";

const RESTING = 100; // ms without a move after which a picture counts as resting

export class FigurePicture {
  constructor(parent) {
    this.plot = parent.appendChild(document.createElement("div"));
    this.plot.className = "player-figure";
    this.plot.setAttribute("role", "img");
    this.track = [];
  }

  // Draws the figure as it stands at a place in the run.
  async draw(figure, at, { height, theme, click }) {
    clearTimeout(this.rest);
    Object.assign(this, { track: figure.frames ?? [], at, settled: true });
    this.plot.setAttribute("aria-label", figure.alt);
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    const layout = { ...zoomed(this.plot, themed(figure.layout, theme)), height, dragmode };
    this.drawing = Plotly.react(this.plot, standing(figure, at), layout, { displayModeBar: false });
    await this.drawing;
    this.listen(click);
  }

  listen(click) {
    this.plot.removeAllListeners("plotly_click");
    this.plot.removeAllListeners("plotly_afterplot");
    if (click) this.plot.on("plotly_click", ({ points: [point] }) => click(point));
    // A zoom or another size draws the place where Plotly last drew it itself.
    this.plot.on("plotly_afterplot", () => this.settled || this.moveDrawn());
  }

  // Moves to a place; where nothing follows for a moment, unless it plays, Plotly draws that place.
  move(at, playing) {
    if (!this.track.length || (at === this.at && (playing || this.settled))) return;
    Object.assign(this, { at, settled: false });
    clearTimeout(this.rest);
    if (!this.moveDrawn()) this.settle();
    else if (!playing) this.rest = setTimeout(() => this.settle(), RESTING);
  }

  moveDrawn() { return moveDrawn(this.plot, this.track[0].traces, moved(this.track, this.at)); }

  settle() {
    this.settled = true;
    const redraw = Boolean(this.plot.layout?.scene); // three dimensions are drawn anew, two only moved
    const still = { mode: "immediate", frame: { duration: 0, redraw }, transition: { duration: 0 } };
    // Rejected, without a reason, when the next move comes before this one is drawn: that is no fault.
    Plotly.animate(this.plot, { data: moved(this.track, this.at), traces: this.track[0].traces }, still).catch(() => {});
  }

  // Plotly refuses to resize what is not on the page, as while the page is being exchanged for another one.
  resize() { if (this.plot.data && this.plot.isConnected && this.plot.offsetParent) Plotly.Plots.resize(this.plot); }

  // Plotly goes on drawing on what has been purged, and fails: so its drawing is ended first.
  async close() {
    clearTimeout(this.rest);
    this.plot.remove();
    await this.drawing?.catch(() => {});
    window.Plotly?.purge(this.plot);
  }
}
