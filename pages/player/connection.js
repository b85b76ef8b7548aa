// Whether the page is connected to its server. Streamlit tells its components nothing of it, but notes it on the page;
// where a later one no longer does, the page counts as connected.

const STATE = "data-test-connection-state";

// Tells `changed` now and at every change; returns a function that ends it.
export function watchConnection(root, changed) {
  const app = root.closest(`[${STATE}]`);
  if (!app) return () => {};
  const look = () => changed(/^(STATIC_)?CONNECTED$/.test(app.getAttribute(STATE) ?? "CONNECTED"));
  const observer = new MutationObserver(look);
  observer.observe(app, { attributeFilter: [STATE] });
  look();
  return () => observer.disconnect();
}
