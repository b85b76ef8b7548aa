// What of a figure belongs to the part of the run that has been played: what a step leaves behind is there from that step
// on, and a curve that draws itself is drawn as far as the marker has come. A trace says so in its `meta`.

import { mix } from "./frames.js";
import { axesOf, drawLine, groupsOf, pixel } from "./moving.js";

// Shows the part up to an iteration, and where that stands on the horizontal axis.
export function showPlayed(plot, data, iteration, place) {
  if (!data.some(({ meta }) => meta)) return;
  const groups = groupsOf(plot);
  data.forEach((trace, index) => {
    const group = groups.get(index);
    if (!group || !trace.meta) return;
    if (trace.meta.from !== undefined) group.style.display = iteration < trace.meta.from ? "none" : "";
    if (trace.meta.each) showTexts(group, iteration);
    if (trace.meta.grows && trace.x.length > 1) drawLine(group, pixels(plot, index, grown(trace, place)));
  });
}

// Each text belongs to a step of its own, counted from 1.
function showTexts(group, iteration) {
  group.querySelectorAll(".textpoint").forEach((text, k) => { text.style.display = iteration < k + 1 ? "none" : ""; });
}

// The points of a curve up to a place, where it is cut off.
function grown({ x, y }, end) {
  const next = x.findIndex((value) => value > end);
  if (next < 1) return next < 0 ? { x, y } : { x: x.slice(0, 1), y: y.slice(0, 1) };
  const cut = mix(y[next - 1], y[next], (end - x[next - 1]) / (x[next] - x[next - 1]));
  return { x: [...x.slice(0, next), end], y: [...y.slice(0, next), cut] };
}

function pixels(plot, index, { x, y }) {
  const axes = axesOf(plot, plot._fullData[index]), [xaxis, yaxis] = axes;
  return x.map((value, k) => pixel(axes, { x: xaxis.d2c(value), y: yaxis.d2c(y[k]) }));
}
