// A click anywhere between the axes of a picture, on a point or not, told by where it is in the data's own units.

const STILL = 5; // px that a finger may move in a click

// Calls `place` with x and y from now on, instead of what was called before; with nothing where it is false.
export function listenToPlaces(plot, place) {
  plot.classList.toggle("player-places", Boolean(place));
  let down;
  plot.onpointerdown = place ? (event) => { down = event.button === 0 ? event : undefined; } : null;
  // The window hears it, for Plotly covers the page with a sheet of its own while a button is held down.
  plot.onpointercancel = () => { down = undefined; };
  plot.placeEnd?.abort();
  if (!place) return;
  plot.placeEnd = new AbortController();
  window.addEventListener("pointerup", (event) => {
    const from = down;
    down = undefined;
    if (!from || !plot.isConnected || Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > STILL) return;
    const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
    const x = event.clientX - box.left - xaxis._offset, y = event.clientY - box.top - yaxis._offset;
    if (x >= 0 && x <= xaxis._length && y >= 0 && y <= yaxis._length) place(xaxis.p2d(x), yaxis.p2d(y));
  }, { capture: true, signal: plot.placeEnd.signal });
}
