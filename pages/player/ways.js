// How far each value of the run has come on its way from the start to the best: a bar beside the caption.

const REACH = 1.5; // the bar shows half the way again, for what overshoots

export function buildWays(list, ways) {
  list.replaceChildren(...ways.map(({ name }) => {
    const way = document.createElement("li");
    way.innerHTML = '<span></span><span class="player-way"><i></i><b></b></span><span></span>';
    way.firstChild.textContent = name;
    return way;
  }));
}

export function moveWays(list, ways, frame) {
  ways.forEach(({ name, values, shares, said }, k) => {
    const [label, bar, share] = list.children[k].children, length = Math.min(Math.max(shares[frame], 0), REACH) / REACH;
    label.textContent = `${name} ${values[frame]}`;
    bar.lastChild.style.transform = `scaleX(${length})`;
    share.textContent = said[frame];
  });
}
