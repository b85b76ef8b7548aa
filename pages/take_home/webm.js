// A film file (WebM) of pictures that the browser has compressed itself: a WebP picture is a key frame of a VP8 film. No
// picture is lost and all come in time, however slow the computer is, which cannot be said of what records a screen.

const QUALITY = 0.9;
const EBML = 0x1a45dfa3, SEGMENT = 0x18538067, INFO = 0x1549a966, TRACKS = 0x1654ae6b, CUES = 0x1c53bb6b, CLUSTER = 0x1f43b675;
const NANOSECONDS = 1000000; // of a millisecond, in which times are counted
const KEY_FRAME = 0x80;

export function compressed(canvas) { return new Promise((done) => canvas.toBlob(done, "image/webp", QUALITY)); }

// The film of some pictures, each of which begins at its time, in milliseconds, until all ends at `end`.
export async function webm(pictures, times, end, { width, height }) {
  const frames = await Promise.all(pictures.map(async (picture) => keyFrame(await picture.arrayBuffer())));
  const clusters = frames.map((frame, k) => element(CLUSTER, element(0xe7, whole(times[k])), element(0xa3, [0x81, 0, 0, KEY_FRAME], frame)));
  const head = [
    element(INFO, element(0x2ad7b1, whole(NANOSECONDS)), element(0x4489, real(end)), element(0x4d80, letters("Overshoot")), element(0x5741, letters("Overshoot"))),
    element(TRACKS, element(0xae, ...trackOf(width, height))),
  ];
  const before = length(head), cues = (begin) => element(CUES, ...cuePoints(times, clusters, begin));
  const body = [...head, cues(before + cues(0).size), ...clusters]; // each number in it takes as much room, whatever it is
  return new Blob([element(EBML, ...version()), element(SEGMENT, ...body)], { type: "video/webm" });
}

// What a picture of the format WebP holds between its labels.
function keyFrame(buffer) {
  const view = new DataView(buffer), label = (at) => String.fromCharCode(...new Uint8Array(buffer, at, 4));
  let at = 12;
  while (label(at) !== "VP8 ") at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2);
  return new Uint8Array(buffer, at + 8, view.getUint32(at + 4, true));
}

function version() {
  const numbers = [[0x4286, 1], [0x42f7, 1], [0x42f2, 4], [0x42f3, 8], [0x4287, 4], [0x4285, 2]];
  return [...numbers.map(([id, value]) => element(id, whole(value))), element(0x4282, letters("webm"))];
}

// One track, number 1, of moving pictures.
function trackOf(width, height) {
  const size = element(0xe0, element(0xb0, whole(width)), element(0xba, whole(height)));
  return [...[0xd7, 0x73c5, 0x83].map((id) => element(id, whole(1))), element(0x9c, whole(0)), element(0x86, letters("V_VP8")), size];
}

// Where each picture stands, so that one can go to any of them.
function cuePoints(times, clusters, begin) {
  return times.map((time, k) => {
    const place = element(0xb7, element(0xf7, whole(1)), element(0xf1, whole(begin + length(clusters.slice(0, k)))));
    return element(0xbb, element(0xb3, whole(time)), place);
  });
}

// A part of the file: what it is, how long it is, and what it holds.
function element(id, ...content) {
  const parts = content.map((part) => (part instanceof Blob ? part : new Blob([Uint8Array.from(part)])));
  return new Blob([new Uint8Array(name(id)), new Uint8Array([0x08, ...whole(length(parts))]), ...parts]);
}

function name(id) { return id > 0xff ? [...name(Math.floor(id / 256)), id % 256] : [id]; }

function whole(number) { return [...new Uint8Array(new BigUint64Array([BigInt(number)]).buffer)].reverse().slice(4); }

function real(number) { return [...new Uint8Array(new Float64Array([number]).buffer)].reverse(); }

function letters(text) { return [...text].map((letter) => letter.charCodeAt(0)); }

function length(parts) { return parts.reduce((sum, { size }) => sum + size, 0); }
