// The dial's track: its zones with their words, the marks, the powers of ten, and the names of the marks.

import { placeOf } from "./scale.js";

export function paintTrack({ track, ticks, names }, data) {
  const { scale } = data;
  track.replaceChildren(...data.zones.map((zone, k) => paintedZone(zone, k, data)), ...data.marks.map(([rate, sign]) => (
    part("dial-mark", sign === "★" ? sign : "", placeOf(rate, scale))
  )));
  ticks.replaceChildren(...data.ticks.map(([rate, text, name]) => {
    const tick = part("dial-tick", text, placeOf(rate, scale));
    tick.title = name;
    return tick;
  }));
  names.replaceChildren(...data.marks.map(([, , name]) => part("dial-name", name)));
}

function paintedZone(zone, k, { scale, names, colours }) {
  const painted = part(`dial-zone regime ${zone}`, "", scale[k][0]);
  painted.style.setProperty("--to", scale[k + 1][0]);
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
