// Whether the page is connected to its server, and when a run of the server's has ended. Streamlit tells its components
// neither, but notes both on the page; where a later one no longer does, the page counts as connected and at rest.

const CONNECTION = "data-test-connection-state", RUNS = "data-test-script-state", AT_REST = "notRunning";

// Tells `changed` now and at every change; returns a function that ends it.
export function watchConnection(root, changed) {
  return watchNote(root, CONNECTION, (note) => changed(/^(STATIC_)?CONNECTED$/.test(note ?? "CONNECTED")));
}

// Tells `ended` whenever no run is under way any more.
export function watchRuns(root, ended) {
  return watchNote(root, RUNS, () => { if (isAtRest(root)) ended(); });
}

// Whether no run is under way.
export function isAtRest(root) {
  return (root.closest(`[${RUNS}]`)?.getAttribute(RUNS) ?? AT_REST) === AT_REST;
}

function watchNote(root, name, noted) {
  const app = root.closest(`[${name}]`);
  if (!app) return () => {};
  const look = () => noted(app.getAttribute(name));
  const observer = new MutationObserver(look);
  observer.observe(app, { attributeFilter: [name] });
  look();
  return () => observer.disconnect();
}
