// Asks the server for a text, over the connection that is there: another request might reach another process.

import { isAtRest, watchRuns } from "../player/connection.js";

const UNHEARD = 1000; // ms after the end of a run in which an answer would have come

export class Questions {
  constructor(root) {
    Object.assign(this, { root, number: 0 });
    this.unwatch = watchRuns(root, () => this.repeat());
  }

  end() {
    clearTimeout(this.repeating);
    this.unwatch();
  }

  // Tells the answer, once it is there, or fails when the signal comes.
  ask(file, signal) {
    this.number = Math.max(Date.now(), this.number + 1);
    return new Promise((done, failed) => {
      signal.addEventListener("abort", () => { this.open = undefined; failed(signal.reason); });
      this.open = { n: this.number, file, done };
      this.tell({ n: this.number, file });
    });
  }

  hear(answer) {
    if (!answer || answer.n !== this.open?.n) return;
    this.open.done(answer);
    this.open = undefined;
  }

  // A run that was cut short by the next one has not heard it.
  repeat() {
    clearTimeout(this.repeating);
    if (!this.open) return;
    const { n, file } = this.open;
    this.repeating = setTimeout(() => { if (this.open?.n === n && isAtRest(this.root)) this.tell({ n, file }); }, UNHEARD);
  }
}
