// The door of a class. Both forms are the browser's own: what answers them gives it the token that it is known by. A
// teacher's link has the key behind its #, which no server is told until it is sent here, and no longer stands there.

export default function ({ data, parentElement }) {
  const part = (name) => parentElement.querySelector(name), { words } = data;
  part(".entrance-label").textContent = words.word;
  part(".entrance-join button").textContent = words.join;
  part(".entrance-open p").textContent = words.invitation;
  part(".entrance-open button").textContent = words.open;
  part(".entrance-open input").value = data.task;
  part("#entrance-word").value ||= data.room;
  part(".entrance").classList.remove("unfilled");
  const key = location.hash.slice(1);
  if (key && data.room) present(key, data.room, part(".entrance-said"), words);
}

async function present(key, room, said, words) {
  // The browser's own: the page's address is written by `address.js` alone, which takes nothing from others.
  History.prototype.replaceState.call(history, history.state, "", location.pathname + location.search);
  said.textContent = words.asking;
  const response = await fetch("class/key", { method: "POST", body: new URLSearchParams({ room, key }) }).catch(() => undefined);
  const { answer } = response?.ok ? await response.json() : {};
  if (answer === "taken") location.reload();
  else said.textContent = answer === "missing" ? words.wrong : words.failed;
}
