// Which kind of film this browser can make.

const RECORDED = ["video/webm;codecs=vp8", "video/webm", "video/mp4"];

// Whether it compresses pictures as WebP, of which a film can be put together.
export function canCompress() { return document.createElement("canvas").toDataURL("image/webp").startsWith("data:image/webp"); }

// The kind of film that it records; undefined where it records none.
export function recordedKind() { return globalThis.MediaRecorder && RECORDED.find((kind) => MediaRecorder.isTypeSupported(kind)); }

// How the name of a film ends that it can make; undefined where it can make none.
export function filmEnding() { return canCompress() ? "webm" : recordedKind()?.match(/webm|mp4/)[0]; }
