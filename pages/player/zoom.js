// The layout, but with the ranges that a person has zoomed to, as long as the axes mean the same as before.

export function zoomed(plot, layout) {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const meaning = JSON.stringify(axes.map((name) => [layout[name].title, layout[name].type]));
  const given = plot.meaning === meaning ? plot.given : {}, result = { ...layout };
  for (const name of axes) {
    const now = plot.layout?.[name]?.range;
    if (given[name] && now && String(now) !== String(given[name])) result[name] = { ...layout[name], range: [...now] };
  }
  plot.meaning = meaning;
  plot.given = Object.fromEntries(axes.map((name) => [name, [...(layout[name].range ?? [])]]));
  return result;
}
