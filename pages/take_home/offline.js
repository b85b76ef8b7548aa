// The run as one file that plays without any server: the player, all that it shows, and Plotly's script.

import { fontRule } from "./fonts.js";

const COLOURS = ["text-color", "border-color", "background-color", "secondary-background-color", "primary-color", "button-radius", "font"];
const AT_HOME = { live: null, clickable: false, held: false, autoplay: false, limits: [] }; // nobody is there who would answer

// Fills in the page's marks what only the browser knows.
export async function offlinePage(player, page, headline) {
  const { plotly, text } = player.wanted, style = getComputedStyle(player.root), family = style.getPropertyValue("--st-font");
  const variables = COLOURS.map((name) => `--st-${name}: ${style.getPropertyValue(`--st-${name}`).trim()};`).join(" ");
  const parts = {
    title: escaped(headline),
    address: escaped(location.href),
    theme: `${await fontRule(family)} :root { color-scheme: ${style.colorScheme}; ${variables} }`,
    plotly: inScript(await fetched(plotly)),
    shown: JSON.stringify(athome(JSON.parse(text))).replaceAll("<", "\\u003c"),
  };
  return page.replace(/<!--(\w+)-->/g, (mark, name) => parts[name] ?? mark);
}

function athome(shown) { return { ...shown, ...AT_HOME, figures: shown.figures.map((figure) => ({ ...figure, handles: [] })) }; }

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} did not arrive`);
  return answer.text();
}

function escaped(text) { return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`); }

// Nothing in a script may look like its end, or like a comment of HTML.
function inScript(text) { return text.replace(/<(?=\/script|script|!--)/gi, "\\x3c"); }
