// The page's colours and font, as Streamlit's theme variables give them, put on a figure's layout.

export function readTheme(element) {
  const style = getComputedStyle(element);
  return ["text-color", "border-color", "font", "background-color"].map((name) => style.getPropertyValue(`--st-${name}`).trim());
}

export function themed(layout, [text, line, family, background]) {
  const result = { ...layout, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
  result.font = { ...layout.font, color: text, family };
  result.hoverlabel = { ...layout.hoverlabel, bgcolor: background, font: { color: text, family } };
  for (const name of layout.scene ? ["xaxis", "yaxis", "zaxis"] : [])
    result.scene = { ...result.scene, [name]: { ...layout.scene[name], color: text, gridcolor: line, backgroundcolor: background } };
  for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)))
    result[name] = { gridcolor: line, linecolor: line, ...layout[name] };
  return result;
}

// The same part of a figure with larger or smaller texts, and margins that suit them.
export function scaled(part, factor) {
  if (Array.isArray(part)) return part.map((each) => scaled(each, factor));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => {
    if (name === "margin" || /font$/.test(name)) return [name, timesEach(value, factor)];
    return [name, scaled(value, factor)];
  }));
}

function timesEach(sizes, factor) {
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, typeof size === "number" ? size * factor : size]));
}
