// The frames of a run: what they hold at a place in the run, and where an iteration stands among them. A place is
// counted in frames; between two whole numbers everything lies straight between the two frames.

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
    if (from[axis]?.length === to[axis]?.length) mixed[axis] = from[axis]?.map((value, k) => mix(value, to[axis][k], share));
  return mixed;
}

function mix(from, to, share) {
  return typeof from === "number" && typeof to === "number" ? from + (to - from) * share : from;
}

// The name of a frame is its iteration.
export function iterationAt(names, at) { return mix(Number(names[Math.floor(at)]), Number(names[Math.ceil(at)]), at % 1); }

export function placeOf(iteration, names) {
  const next = names.findIndex((name) => Number(name) >= iteration);
  if (next < 1) return next < 0 ? names.length - 1 : 0;
  const before = Number(names[next - 1]);
  return next - 1 + (iteration - before) / (Number(names[next]) - before);
}

export function nearestPlace(iteration, names) {
  if (iteration === Infinity) return names.length - 1;
  const distance = (name) => Math.abs(Number(name) - iteration);
  return names.reduce((best, name, k) => (distance(name) < distance(names[best]) ? k : best), 0);
}
