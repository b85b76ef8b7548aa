// Reads a file, or what is pasted, in the browser, and sends it over the session's own connection: another request might
// reach another server process, which does not know the session.

let brought = 0; // so that the same file, brought twice, is two reports

export default function ({ data, parentElement, setTriggerValue }) {
  const [drop, invitation, choose, file, paste, read, said] = ["drop", "invitation", "choose", "file", "paste", "read", "said"].map((part) => parentElement.querySelector(`.door-${part}`));
  const { words, most, answered } = data;
  invitation.textContent = words.invitation;
  choose.textContent = words.choose;
  paste.placeholder = words.paste;
  paste.ariaLabel = words.paste;
  file.ariaLabel = words.file;
  read.textContent = words.read;
  parentElement.querySelector(".door").classList.remove("unfilled");
  if (answered === brought) said.textContent = "";

  async function bring(blob, name) {
    if (blob.size > most) { said.textContent = words.too_large; return; }
    said.textContent = words.reading;
    try {
      setTriggerValue("brought", { name, content: await inBase64(blob), n: (brought += 1) });
    } catch {
      said.textContent = words.failed;
    }
  }

  const bringPasted = () => {
    if (paste.value.trim()) bring(new Blob([paste.value]), "");
    paste.value = "";
    read.hidden = true;
  };
  file.onchange = () => {
    if (file.files.length) bring(file.files[0], file.files[0].name);
    file.value = ""; // so that the same file can be chosen again
  };
  paste.oninput = () => { read.hidden = !paste.value.trim(); };
  // The field has the text a moment later.
  paste.onpaste = () => setTimeout(bringPasted);
  read.onclick = bringPasted;
  drop.ondragover = (event) => { event.preventDefault(); drop.classList.add("over"); };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const { files } = event.dataTransfer, text = event.dataTransfer.getData("text");
    if (files.length) bring(files[0], files[0].name);
    else if (text) bring(new Blob([text]), "");
  };
}

function inBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = reject;
    reader.readAsDataURL(blob);
  });
}
