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
