// The frames of a run: what they hold at a place in the run, and where an iteration stands among them. A place is
// counted in frames; between two whole numbers everything lies straight between the two frames.

const HOP = 0.6, SLOW_FRAME = 0.2;

// The moved traces at a place.
export function moved(track, at) {
  const from = track[Math.floor(at)], to = track[Math.ceil(at)];
  return from.data.map((trace, k) => between(trace, to.data[k], at % 1));
}

// All traces of a figure at a place.
export function standing({ data, frames }, at) {
  if (!frames?.length) return data;
  const now = moved(frames, at), places = frames[0].traces;
  return data.map((trace, k) => ({ ...trace, ...now[places.indexOf(k)] }));
}

function between(from, to, share) {
  if (!share) return from;
  const mixed = { ...from };
  for (const axis of ["x", "y", "z"])
    if (from[axis] && from[axis].length === to[axis]?.length) mixed[axis] = from[axis].map((value, k) => mix(value, to[axis][k], share));
  return mixed;
}

// Rows of numbers, as those of a heatmap, are mixed number by number.
export function mix(from, to, share) {
  if (Array.isArray(from)) return from.map((value, k) => mix(value, to[k], share));
  return typeof from === "number" && typeof to === "number" ? from + (to - from) * share : from;
}

// The value that a list, with an entry a frame, has at a place.
export function valueAt(values, at) { return mix(values[Math.floor(at)], values[Math.ceil(at)], at % 1); }

// Where time has come that stood at a place, counted in frames, and goes on for so many seconds.
export function later(place, elapsed, seconds) {
  const last = seconds.length;
  while (elapsed > 0 && place < last) {
    const length = seconds[Math.floor(place)], left = (1 - (place % 1)) * length;
    if (elapsed < left) return place + elapsed / length;
    elapsed -= left;
    place = Math.floor(place) + 1;
  }
  return Math.min(place, last);
}

// The place of the picture at a time: a slow step hops and then holds, so that the eye can follow and rest.
export function hopping(time, seconds) {
  const frame = Math.floor(time), share = time - frame;
  if (!share || seconds[frame] < SLOW_FRAME) return time;
  const hop = Math.min(share / HOP, 1);
  return hop < 1 ? frame + hop * hop * (3 - 2 * hop) : frame + 1;
}

export function placeOf(iteration, names) {
  const next = names.findIndex((name) => Number(name) >= iteration);
  if (next < 1) return next < 0 ? names.length - 1 : 0;
  const before = Number(names[next - 1]);
  return next - 1 + (iteration - before) / (Number(names[next]) - before);
}

// The place of the frame whose value is nearest to the wanted one.
export function nearest(wanted, values) {
  if (wanted === Infinity) return values.length - 1;
  const distance = (value) => Math.abs(value - wanted);
  return values.reduce((best, value, k) => (distance(value) < distance(values[best]) ? k : best), 0);
}
