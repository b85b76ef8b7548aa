// A film of a run: its pictures are taken one after the other, however long that takes, each as the player shows it then.

import { hopping, later } from "../player/frames.js";
import { canCompress } from "./kinds.js";
import { recorded } from "./recorder.js";
import { compressed, webm } from "./webm.js";

const SECONDS = 8, PER_SECOND = 12, REST = 1; // how long the run lasts in the film, and how long its end stays

// Films the whole run of a player; `progress` is told how much is done, and `signal` can end it.
export async function filmOf(player, camera, progress, signal) {
  const { at, seconds } = player, places = filmPlaces(seconds, player.isCalm()), end = (SECONDS + REST) * 1000;
  // A picture that stands for a while is taken once; the last one begins anew, so that it stays to the end.
  const steps = [...places.keys()].filter((k) => places[k] !== places[k - 1] || k === places.length - 1);
  try {
    const pictures = await taken(player, camera, steps.map((k) => places[k]), progress, signal);
    const times = steps.map((k) => Math.round((k * 1000) / PER_SECOND));
    return await (canCompress() ? webm(pictures, times, end, camera.canvas) : recorded(camera, pictures, times, end, signal));
  } finally { player.rest(at); }
}

// The places of the run that the film shows, evenly in time; the end for longer. With reduced motion, only whole frames.
function filmPlaces(seconds, calm) {
  const total = seconds.reduce((sum, each) => sum + each, 0), count = SECONDS * PER_SECOND;
  const times = Array.from({ length: count }, (_, k) => later(0, (total * k) / count, seconds));
  const places = times.map((time) => (calm ? Math.floor(time) : hopping(time, seconds)));
  return [...places, ...Array(REST * PER_SECOND).fill(seconds.length)];
}

async function taken(player, camera, places, progress, signal) {
  const pictures = [], { text } = player.wanted;
  for (const place of places) {
    signal.throwIfAborted();
    if (player.wanted.text !== text) throw new Error("another run is shown");
    player.playing = true; // so that nothing else is drawn on the way
    player.moveTo(place);
    pictures.push(await compressed(await camera.shoot()));
    progress(pictures.length / places.length);
  }
  return pictures;
}
