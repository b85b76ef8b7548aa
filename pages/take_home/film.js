// A film of a run: first all its pictures are taken, however long that takes, then they are shown to the recorder in time.

import { hopping, later } from "../player/frames.js";

const SECONDS = 8, PER_SECOND = 12, REST = 1; // how long the run lasts in the film, and how long its end stays
const BITS_PER_SECOND = 4e6;
const KINDS = ["video/webm;codecs=vp8", "video/webm;codecs=vp9", "video/webm", "video/mp4"];

// The kind of film that this browser can record; undefined where it can record none.
export function filmKind() { return globalThis.MediaRecorder && KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)); }

export function filmEnding() { return filmKind()?.startsWith("video/mp4") ? "mp4" : "webm"; }

// Films the whole run of a player; `progress` is told how much is done, and `signal` can end it.
export async function filmOf(player, camera, progress, signal) {
  const place = player.at;
  try {
    const pictures = await taken(player, camera, (share) => progress(share / 2), signal);
    return await recorded(camera, pictures, (share) => progress(0.5 + share / 2), signal);
  } finally { player.rest(place); }
}

// The places of the run that the film shows, each as the player would show it at that time.
export function filmPlaces(seconds) {
  const total = seconds.reduce((sum, each) => sum + each, 0), count = SECONDS * PER_SECOND;
  return Array.from({ length: count + 1 }, (_, k) => (k < count ? hopping(later(0, (total * k) / count, seconds), seconds) : seconds.length));
}

async function taken(player, camera, progress, signal) {
  const places = filmPlaces(player.seconds), pictures = [], { text } = player.wanted;
  for (const [k, place] of places.entries()) {
    signal.throwIfAborted();
    if (player.wanted.text !== text) throw new Error("another run is shown");
    pictures.push(await (place === places[k - 1] ? pictures[k - 1] : pictureAt(player, camera, place)));
    progress((k + 1) / places.length);
  }
  return pictures;
}

// Kept as files: as they are drawn, a hundred pictures would fill the memory of a phone.
async function pictureAt(player, camera, place) {
  player.playing = true; // so that nothing else is drawn on the way
  player.moveTo(place);
  const canvas = await camera.shoot();
  return new Promise((done) => canvas.toBlob(done));
}

async function recorded({ canvas, context }, pictures, progress, signal) {
  const stream = canvas.captureStream(0), [track] = stream.getVideoTracks(), kind = filmKind(), parts = [];
  const recorder = new MediaRecorder(stream, { mimeType: kind, videoBitsPerSecond: BITS_PER_SECOND });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((done, failed) => Object.assign(recorder, { onstop: done, onerror: ({ error }) => failed(error) }));
  context.setTransform(1, 0, 0, 1, 0, 0);
  recorder.start();
  try {
    await shownInTime(pictures, async (picture, share) => {
      signal.throwIfAborted();
      context.drawImage(await createImageBitmap(picture), 0, 0);
      track.requestFrame();
      progress(share);
    });
  } finally { recorder.stop(); }
  await ended;
  return new Blob(parts, { type: kind.split(";")[0] });
}

async function shownInTime(pictures, show) {
  const shown = [...pictures, ...Array(REST * PER_SECOND).fill(pictures.at(-1))], start = performance.now();
  for (const [k, picture] of shown.entries()) {
    await show(picture, (k + 1) / shown.length);
    await new Promise((go) => setTimeout(go, start + ((k + 1) * 1000) / PER_SECOND - performance.now()));
  }
}
