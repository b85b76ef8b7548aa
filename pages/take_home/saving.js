// Gives a file that was made in the browser to the person who asked for it.

const KEPT = 60000; // ms for which a file can still be read by a browser that asks first where to put it

export function save(name, blob) {
  const link = document.createElement("a"), address = URL.createObjectURL(blob);
  Object.assign(link, { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
