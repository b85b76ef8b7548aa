// The browser's history has one entry a page. Streamlit pushes one whenever the server has answered: twice a page, at
// every change of a setting, and onto whatever the person has gone back to meanwhile. So nothing of its own is written
// while one of the app's pages stands in the address: a click on a link makes the entry, settings replace its query.

const history = window.history;
const own = (window.overshootHistory ??= { push: history.pushState, replace: history.replaceState, pages: [] });

const pageOf = (place) => place.pathname.split("/").pop();
const write = (method, address) => own[method].call(history, {}, "", address);

if (!own.installed) {
  own.installed = true;
  history.pushState = history.replaceState = (state, title, address) => {
    if (!own.pages.includes(pageOf(location))) write("replace", address);
  };
  window.addEventListener("popstate", () => { own.asked = location.search.slice(1); });
  window.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    // Only what Streamlit follows inside the app is prevented: not another tab, and not a link to elsewhere.
    if (!link || !event.defaultPrevented || link.origin !== location.origin || link.pathname === location.pathname) return;
    if (!own.pages.includes(pageOf(link))) return;
    own.asked = undefined;
    write("push", link.pathname + location.search);
  });
}

// A server that was started again knows no part of the page yet, and would not hear a part that asks alone: so whoever
// comes back to a server asks for the whole page first.
const STATE = "data-test-connection-state";

function askOnReturn() {
  const app = document.querySelector(`[${STATE}]`);
  if (!app || own.watched === app) return;
  own.watched = app;
  let wasConnected = true;
  new MutationObserver(() => {
    const isConnected = /^(STATIC_)?CONNECTED$/.test(app.getAttribute(STATE) ?? "CONNECTED");
    if (isConnected && !wasConnected) own.report("returned", Date.now());
    wasConnected = isConnected;
  }).observe(app, { attributeFilter: [STATE] });
}

export default function ({ data, setTriggerValue }) {
  if (!data.part) own.report = setTriggerValue;
  askOnReturn();
  own.pages = data.pages;
  // A part of the page that is being taken away is shown once more, with an address that has been overtaken.
  const [session, number] = data.order;
  if (own.session === session && number < own.number) return;
  Object.assign(own, { session, number });
  // An answer may come late, when somebody is at another page by now, or has gone back to other settings.
  if (pageOf(location) !== data.page || (own.asked ?? data.asked) !== data.asked) return;
  own.asked = undefined;
  const query = new URLSearchParams(data.query), address = new URL(location);
  for (const [name, value] of address.searchParams) if (name.startsWith("embed")) query.append(name, value);
  address.search = query;
  if (address.href !== location.href) write("replace", address.href);
}
