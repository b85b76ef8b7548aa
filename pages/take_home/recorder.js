// A film recorded while its pictures are shown in time: for browsers that do not compress pictures as a film needs them.

import { recordedKind } from "./kinds.js";

const BITS_PER_SECOND = 4e6;

// Shows each picture at its time, in milliseconds, on a canvas that is recorded until `end`.
export async function recorded({ canvas, context }, pictures, times, end, signal) {
  const stream = canvas.captureStream(), type = recordedKind(), parts = [];
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: BITS_PER_SECOND });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((done, failed) => Object.assign(recorder, { onstop: done, onerror: ({ error }) => failed(error) }));
  context.setTransform(1, 0, 0, 1, 0, 0);
  recorder.start();
  const start = performance.now(), until = (time) => new Promise((go) => setTimeout(go, start + time - performance.now()));
  try {
    for (const [k, picture] of pictures.entries()) {
      signal.throwIfAborted();
      context.drawImage(await createImageBitmap(picture), 0, 0);
      await until(times[k + 1] ?? end);
    }
  } finally { recorder.stop(); }
  await ended;
  return new Blob(parts, { type: type.split(";")[0] });
}
