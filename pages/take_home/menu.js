// A button that opens a list of things to take, shows how far the one that is being made has come, and says what came of it.

const PARTS = ["open", "menu", "list", "work", "cancel", "said"];

export class Menu {
  // `opened` is called whenever the list opens.
  constructor(root, opened) {
    for (const part of PARTS) this[part] = root.querySelector(`.take-home-${part}`);
    this.progress = this.work.querySelector("progress");
    this.open.onclick = () => this.menu.togglePopover();
    this.menu.ontoggle = ({ newState }) => {
      this.open.setAttribute("aria-expanded", newState === "open");
      if (newState === "open") this.unfold(opened);
    };
    this.menu.onkeydown = (event) => this.press(event);
    const place = () => this.place();
    for (const kind of ["scroll", "resize"]) addEventListener(kind, place, true);
    this.end = () => { for (const kind of ["scroll", "resize"]) removeEventListener(kind, place, true); };
  }

  // Each thing has a label and the kind of file it is; `take` is given its place in the list.
  show(words, things, take) {
    const shown = JSON.stringify([words, things]);
    if (this.shown === shown) return;
    this.shown = shown;
    this.open.textContent = words.open;
    this.open.title = words.help;
    this.cancel.textContent = words.cancel;
    this.progress.setAttribute("aria-label", words.working);
    this.list.replaceChildren(...things.map((thing, k) => entry(thing, () => take(k))));
  }

  unfold(opened) {
    if (this.work.hidden) this.said.textContent = "";
    opened();
    this.place();
    this.list.querySelector("li:not([hidden]) button").focus();
  }

  // Below the button where there is room, else above it.
  place() {
    if (!this.menu.matches(":popover-open")) return;
    const button = this.open.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = this.menu;
    const left = Math.max(Math.min(button.left, innerWidth - width - 8), 8), below = button.bottom + 4;
    const top = below + height <= innerHeight ? below : Math.max(button.top - height - 4, 8);
    Object.assign(this.menu.style, { left: `${left}px`, top: `${top}px` });
  }

  // The arrows go from one to the next, and round.
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], buttons = [...this.menu.querySelectorAll("button")].filter((each) => each.offsetParent);
    if (!step) return;
    event.preventDefault();
    buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  }

  begin(cancelled) {
    this.work.hidden = false;
    this.said.textContent = "";
    this.cancel.onclick = cancelled;
    this.progress.removeAttribute("value");
    this.place();
  }

  advance(share) { this.progress.value = share; }

  finish(said) {
    this.work.hidden = true;
    this.said.textContent = said;
    this.place();
  }
}

function entry({ label, kind }, take) {
  const item = document.createElement("li"), button = item.appendChild(document.createElement("button"));
  button.append(...Object.entries({ span: label, small: kind }).map(([tag, textContent]) => Object.assign(document.createElement(tag), { textContent })));
  Object.assign(button, { type: "button", onclick: take });
  return item;
}
