// Copies a text, or where there is none the address of the page, and says so.

const SAID_FOR = 2500; // ms

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("[role=status]");
  const say = (text, short) => { button.firstChild.textContent = text; button.lastChild.textContent = short; };
  say(data.words.copy, data.words.short);
  button.title = data.words.help;
  button.classList.remove("unfilled");
  button.onclick = async () => {
    said.textContent = (await copied(data.text ?? location.href)) ? data.words.copied : data.words.failed;
    say(said.textContent, "✓");
    setTimeout(() => { say(data.words.copy, data.words.short); said.textContent = ""; }, SAID_FOR);
  };
}

async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => copiedByHand(text));
  return copiedByHand(text);
}

// Without https, as in a classroom's network, browsers have no clipboard; what they have is older than that.
function copiedByHand(text) {
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
