// The page's font as a rule that brings the font along: neither a drawing nor a file that plays elsewhere may fetch it.

const rules = new Map();

// The rule for the first family of a list; empty where the page has none of its own.
export function fontRule(families) {
  const family = bare(families.split(",")[0]);
  if (!rules.has(family)) rules.set(family, inlined(family).catch(() => ""));
  return rules.get(family);
}

function bare(family) { return family.trim().replace(/^["']|["']$/g, ""); }

async function inlined(family) {
  const face = [...document.styleSheets].flatMap(facesOf).find((rule) => isUpright(rule, family));
  const [, source] = face.style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/);
  const address = await dataAddress(new URL(source, face.parentStyleSheet.href ?? document.baseURI));
  return `@font-face { font-family: "${family}"; font-weight: 100 900; src: url("${address}") format("woff2"); }`;
}

// Another site's style sheet does not let its rules be read.
function facesOf(sheet) {
  try { return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule); } catch { return []; }
}

function isUpright({ style }, family) {
  return bare(style.getPropertyValue("font-family")) === family && style.getPropertyValue("font-style") !== "italic";
}

async function dataAddress(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} did not arrive`);
  const bytes = new Uint8Array(await answer.arrayBuffer()), letters = [];
  for (let at = 0; at < bytes.length; at += 8192) letters.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return `data:font/woff2;base64,${btoa(letters.join(""))}`;
}
