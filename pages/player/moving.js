// Moves plain lines, areas, markers, texts, bars and planes in the picture that Plotly has drawn. A step of Plotly's own
// animation takes a slow computer a tenth of a second, this a thousandth. Plotly keeps the points it drew as `__data__` of
// the trace's group, in its own coordinates (c); they are moved along, so that a zoom or a hover finds them where they are
// seen.

import { paintPlane } from "./plane.js";

const FAR = 1e7; // pixels: farther away browsers cannot draw; nearer, a line would be bent in the picture

// Returns whether all could be moved; what is not plain is left to Plotly.
export function moveDrawn(plot, traces, values) {
  const groups = groupsOf(plot);
  return traces.every((index, k) => {
    const trace = plot._fullData?.[index];
    if (trace?.visible !== true) return Boolean(trace); // hidden in the legend: nothing to move
    if (trace.type === "heatmap") return paintPlane(plot, index, values[k].z);
    if (!values[k].x && !values[k].y) return true; // it stands still
    const axes = axesOf(plot, trace);
    return Boolean(groups.has(index) && axes.every(Boolean)) && moveTrace(trace, groups.get(index), axes, values[k]);
  });
}

// The drawn group of each trace, by the trace's number.
export function groupsOf(plot) {
  const drawn = [...plot.querySelectorAll(":is(.scatterlayer, .barlayer) > .trace")];
  return new Map(drawn.map((group) => [group.__data__?.[0]?.trace?.index, group]));
}

export function axesOf(plot, trace) {
  return [trace.xaxis, trace.yaxis].map((id) => plot._fullLayout[id?.replace(/^[xy]/, "$&axis")]);
}

function moveTrace(trace, group, axes, values) {
  if (isPlainScatter(trace)) return moveScatter(trace, group, axes, values);
  return isPlainBar(trace) && moveBars(group, axes, values);
}

function isPlainScatter({ type, mode, fill, line, marker, ids, stackgroup, error_x, error_y }) {
  return type === "scatter" && /^(text|lines|markers|lines\+markers)$/.test(mode) && /^(none|toself)$/.test(fill ?? "none")
    && (line?.shape ?? "linear") === "linear" && ![marker?.size, marker?.symbol, marker?.color].some(Array.isArray)
    && !ids && !stackgroup && !error_x?.visible && !error_y?.visible;
}

function moveScatter({ mode, ...still }, group, [xaxis, yaxis], { x = still.x, y = still.y, text }) {
  const points = pointsOf(group, x.length);
  points.forEach((point, k) => Object.assign(point, { x: xaxis.d2c(x[k]), y: yaxis.d2c(y[k]) }));
  const places = points.map((point) => pixel([xaxis, yaxis], point));
  if (mode === "text") return drawTexts(group, places, text);
  if (still.fill === "toself" && !drawArea(group, places)) return false;
  return (!mode.includes("lines") || drawLine(group, places)) && (!mode.includes("markers") || drawMarkers(group, places));
}

// Where a point, in Plotly's own coordinates, is drawn.
export function pixel([xaxis, yaxis], { x, y }) { return [near(xaxis.c2p(x)), near(yaxis.c2p(y))]; }

function near(place) { return Math.min(Math.max(place, -FAR), FAR); }

// The trace's points, as many as are needed; new ones take after the last.
function pointsOf(group, count) {
  const points = group.__data__;
  while (points.length < count) points.push({ ...points.at(-1), i: points.length });
  points.length = count;
  return points;
}

export function drawLine(group, places) {
  const [path, ...others] = group.querySelectorAll("path.js-line");
  if (!path) return places.filter(isPlace).length < 2;
  others.forEach((other) => other.remove()); // Plotly draws a path for each stretch between gaps
  path.setAttribute("d", pathThrough(places));
  return true;
}

// Plotly draws all areas of a trace, which gaps part, as one path.
function drawArea(group, places) {
  const path = group.querySelector("path.js-fill");
  path?.setAttribute("d", pathThrough(places, "Z"));
  return Boolean(path);
}

function pathThrough(places, end = "") {
  let path = "", pen = "M";
  for (const place of places) {
    if (isPlace(place)) path += pen + place;
    else if (pen === "L") path += end;
    pen = isPlace(place) ? "L" : "M";
  }
  return path ? path + (pen === "L" ? end : "") : "M0,0";
}

function drawMarkers(group, places) {
  const shown = places.filter(isPlace), markers = [...group.querySelectorAll("path.point")];
  if (!markers.length) return !shown.length;
  while (markers.length < shown.length) markers.push(markers.at(-1).parentNode.appendChild(markers.at(-1).cloneNode()));
  // The last one stays, out of sight, as a pattern for those to come.
  while (markers.length > Math.max(shown.length, 1)) markers.pop().remove();
  markers.forEach((marker, k) => marker.setAttribute("transform", `translate(${shown[k] ?? [-1e4, -1e4]})`));
  return true;
}

function drawTexts(group, places, texts) {
  const drawn = [...group.querySelectorAll(".textpoint > text")];
  if (drawn.length !== places.length) return false;
  drawn.forEach((text, k) => {
    const [x, y] = isPlace(places[k]) ? places[k] : [-1e4, -1e4];
    text.setAttribute("x", x);
    text.setAttribute("y", y);
    if (texts && text.textContent !== texts[k]) text.textContent = texts[k];
  });
  return true;
}

function isPlace([x, y]) { return Number.isFinite(x) && Number.isFinite(y); }

function isPlainBar({ type, orientation, text, base, error_y }) {
  return type === "bar" && orientation === "v" && !text && base === undefined && !error_y?.visible;
}

const SIDES = /^M([^,]+),.*H([^V]+)V/;

function moveBars(group, [, yaxis], { y }) {
  const bars = [...group.querySelectorAll(".point > path")], sides = bars.map((bar) => bar.getAttribute("d")?.match(SIDES));
  if (bars.length !== y.length || !sides.every(Boolean)) return false; // Plotly draws nothing of a bar without height
  const ground = yaxis.c2p(0);
  bars.forEach((bar, k) => {
    const [, left, right] = sides[k], height = yaxis.d2c(y[k]);
    Object.assign(group.__data__[k], { s: height, s1: height, y: height });
    bar.setAttribute("d", `M${left},${ground}V${near(yaxis.c2p(height))}H${right}V${ground}Z`);
  });
  return true;
}
