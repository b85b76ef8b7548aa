// Copies the address of the page, and says so.

const SAID_FOR = 2500; // ms

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("[role=status]");
  button.textContent = data.words.copy;
  button.title = data.words.help;
  button.onclick = async () => {
    said.textContent = (await copied(location.href)) ? data.words.copied : data.words.failed;
    button.textContent = said.textContent;
    setTimeout(() => { button.textContent = data.words.copy; said.textContent = ""; }, SAID_FOR);
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
