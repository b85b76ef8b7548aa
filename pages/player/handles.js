// What a hand can take hold of in a picture: the ends and the middle of a line, or the top of a bar. A handle is a slider
// of its own: it is dragged up and down, or moved with the arrow keys up and down.

import { axesOf, pixel } from "./moving.js";

const KEY_STEP = 0.02, FINE = 0.1; // of the axis' length; with Shift a tenth of that

export class Handles {
  // `taken`, `moved` and `dropped` are called while a hand holds one.
  constructor(picture, calls) {
    Object.assign(this, { picture, calls, buttons: [], held: undefined, focused: 0 });
    this.layer = document.createElement("div");
    this.layer.className = "player-handles";
  }

  show(given, names) {
    this.given = names.length ? given : [];
    while (this.buttons.length > this.given.length) this.buttons.pop().remove();
    while (this.buttons.length < this.given.length) this.buttons.push(this.layer.appendChild(this.button(this.buttons.length)));
    this.buttons.forEach((button, k) => {
      button.ariaLabel = button.title = names[k] ?? "";
      button.tabIndex = k === this.focused ? 0 : -1;
    });
    this.place();
  }

  button(k) {
    const button = document.createElement("div");
    Object.assign(button, { className: "player-handle", role: "slider", ariaOrientation: "vertical" });
    button.onfocus = () => this.focus(k);
    button.onpointerdown = (event) => this.take(event, k);
    button.onpointermove = (event) => { if (this.held === k) this.drag(event, k); };
    for (const end of ["onpointerup", "onpointercancel"]) button[end] = () => this.drop(k);
    button.onkeydown = (event) => this.press(event, k);
    return button;
  }

  // All handles of a picture are one stop of the tabulator; between them go the arrows to the left and right.
  focus(k) {
    this.focused = k;
    this.buttons.forEach((button, each) => { button.tabIndex = each === k ? 0 : -1; });
  }

  take(event, k) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.target.focus();
    event.target.setPointerCapture(event.pointerId);
    this.held = k;
    this.calls.taken();
  }

  drag({ clientY }, k) {
    const [, yaxis] = this.axes(k), top = this.picture.plot.getBoundingClientRect().top + yaxis._offset;
    this.put(k, yaxis.p2d(Math.min(Math.max(clientY - top, 0), yaxis._length)));
    this.calls.moved();
  }

  drop(k) {
    if (this.held !== k) return;
    this.held = undefined;
    this.calls.dropped();
  }

  press(event, k) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key], aside = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!(direction || aside) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (aside) return this.buttons[k + aside]?.focus();
    const [, yaxis] = this.axes(k), { range: [low, high] } = yaxis, step = (high - low) * KEY_STEP * (event.shiftKey ? FINE : 1);
    // By as much of the axis wherever it stands, on a logarithmic one, too; and no farther than can be seen.
    const place = Math.min(Math.max(yaxis.d2l(this.height(k)) + direction * step, low), high);
    this.calls.taken();
    this.put(k, yaxis.l2d(place));
    this.calls.dropped();
  }

  axes(k) { return axesOf(this.picture.plot, this.picture.plot._fullData[this.given[k].trace]); }

  height(k) {
    const { trace, points } = this.given[k], { y } = this.picture.values(trace);
    return points.reduce((sum, point) => sum + y[point], 0) / points.length;
  }

  // Moves what the handle holds, so that it stands at a height, or at the end nearest to it.
  put(k, height) {
    const { trace, points, ends: [low, high] = [-Infinity, Infinity] } = this.given[k], { y } = this.picture.values(trace);
    const by = Math.min(Math.max(height, low), high) - this.height(k);
    this.picture.hold(trace, y.map((value, point) => (points.includes(point) ? value + by : value)));
  }

  // Every handle stands where what it holds is drawn.
  place() {
    if (!this.picture.plot._fullData) return;
    this.given?.forEach(({ trace, points }, k) => {
      const { x, y } = this.picture.values(trace), axes = this.axes(k), [xaxis, yaxis] = axes;
      if (!xaxis) return;
      const across = points.reduce((sum, point) => sum + x[point], 0) / points.length, height = this.height(k);
      const [left, top] = pixel(axes, { x: xaxis.d2c(across), y: yaxis.d2c(height) });
      const inside = top >= 0 && top <= yaxis._length, button = this.buttons[k];
      button.hidden = !inside;
      button.style.transform = `translate(${left + xaxis._offset}px, ${top + yaxis._offset}px)`;
      button.ariaValueNow = Number(height.toPrecision(4));
    });
  }
}
