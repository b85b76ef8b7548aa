// The dial's track: its zones with their words, the marks, the powers of ten, and the names of the marks.

import { placeOf } from "./scale.js";

export function paintTrack({ track, ticks, names }, data) {
  const { scale } = data;
  track.replaceChildren(...data.zones.map((zone) => paintedZone(zone, data)), ...data.marks.map(([rate, sign]) => (
    part("dial-mark", sign === "★" ? sign : "", placeOf(rate, scale))
  )));
  moveZones(track, data);
  ticks.replaceChildren(...data.ticks.map(([rate, text, name]) => {
    const tick = part("dial-tick", text, placeOf(rate, scale));
    tick.title = name;
    return tick;
  }));
  names.replaceChildren(...data.marks.map(([, , name]) => part("dial-name", name)));
}

// The zones from bound to bound, and the mark of the last one where it is the only one.
export function moveZones(track, { scale, bounds, marks }) {
  const places = [0, ...bounds.map((bound) => placeOf(bound, scale)), 1];
  track.querySelectorAll(".dial-zone").forEach((zone, k) => {
    zone.style.setProperty("--from", places[k]);
    zone.style.setProperty("--to", places[k + 1]);
  });
  if (marks.length === 1) track.querySelector(".dial-mark").style.setProperty("--from", places.at(-2));
}

function paintedZone(zone, { names, colours }) {
  const painted = part(`dial-zone regime ${zone}`, "", 0);
  painted.style.setProperty("--paint", colours[zone]);
  painted.append(part("dial-zone-word", names[zone]));
  return painted;
}

function part(name, text, from) {
  const made = document.createElement("span");
  Object.assign(made, { className: name, textContent: text });
  made.style.setProperty("--from", from);
  return made;
}
