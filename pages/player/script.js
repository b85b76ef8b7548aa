// Brings Plotly's own script onto the page, once for all players.

const FIRST_PAUSE = 2000, LONGEST_PAUSE = 60000; // ms between two attempts; each pause is twice as long as the last
let arriving;

export async function loadPlotly(address) {
  if (window.Plotly) return; // in a file that plays without a server it comes along
  arriving ??= fetchScript(address).catch((failure) => { arriving = undefined; throw failure; });
  await arriving;
}

function fetchScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.onload = () => (window.Plotly ? done() : script.onerror()); // what arrived may be another server's apology
    script.onerror = () => { script.remove(); failed(new Error(`${address} did not arrive`)); };
    script.src = address;
    document.head.append(script);
  });
}

// Waits for the script however long that takes. Each failure is told to `failed`, with a function that ends the pause.
export async function insistOnPlotly(address, failed) {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try { return await loadPlotly(address); } catch { await new Promise((go) => pauseFor(pause, go, failed)); }
  }
}

function pauseFor(pause, go, failed) {
  const clock = setTimeout(end, pause);
  function end() { clearTimeout(clock); removeEventListener("online", end); go(); }
  addEventListener("online", end);
  failed(end);
}
