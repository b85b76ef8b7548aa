// Keys belong to the player that was last touched, by pointer or by focus; before any was, to the first on the page.

const listening = new Set();
let touched;

// Lets a player be played with keys; returns a function that ends it.
export function listenToKeys(player) {
  const press = (event) => owner() === player && act(event, player);
  const touch = () => { touched = player; };
  listening.add(player);
  document.addEventListener("keydown", press);
  for (const kind of ["pointerdown", "focusin"]) player.root.addEventListener(kind, touch, true);
  return () => {
    listening.delete(player);
    document.removeEventListener("keydown", press);
  };
}

function owner() {
  const able = [...listening].filter((player) => player.isPlayable());
  if (able.includes(touched)) return touched;
  const isBefore = (a, b) => a.root.compareDocumentPosition(b.root) & Node.DOCUMENT_POSITION_FOLLOWING;
  return able.reduce((first, player) => (first && isBefore(first, player) ? first : player), undefined);
}

function act(event, player) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.composedPath()[0].closest?.("input:not([type=range]), textarea, select, [contenteditable=true]")) return;
  const action = {
    p: () => player.toggle(),
    v: () => player.live.hidden || player.live.click(),
    ",": () => player.back.disabled || player.back.click(),
    ".": () => (player.reins.on ? player.reins.step(1) : player.forth.disabled || player.forth.click()),
    t: () => player.reins.on && player.reins.step(10),
    h: () => player.reins.on && player.reins.step(100),
    l: () => document.querySelector(".dial-range")?.focus(),
  }[event.key.toLowerCase()];
  if (action) { event.preventDefault(); action(); }
}
