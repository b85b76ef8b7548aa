// Takes pictures of a player: what it shows, drawn anew from the same lines, with the headline above and the caption below.

import { readTheme } from "../player/theme.js";
import { fontRule } from "./fonts.js";

const MARGIN = 16, GAP = 6, LEADING = 1.3;
const HEADLINE = { size: 22, weight: 600 }, CAPTION = { size: 16, weight: 400 };
const UNSEEN = ".hoverlayer, .zoomlayer, .draglayer"; // what only the pointer brings out, or feels

export class Camera {
  // All pictures of one camera are of one size: that of the player, times `scale`.
  constructor(player, headline, scale) {
    Object.assign(this, { player, scale });
    [this.ink, , this.family, this.ground] = readTheme(player.figures);
    this.box = player.figures.getBoundingClientRect();
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.headline = this.lines(headline, HEADLINE);
    const longest = player.captions.reduce((long, each) => (each.length > long.length ? each : long), "");
    this.below = [longest, this.ways()].flatMap((text) => this.lines(text, CAPTION)).length;
    const height = this.top() + this.box.height + GAP + MARGIN + this.below * CAPTION.size * LEADING;
    Object.assign(this.canvas, { width: even((this.box.width + 2 * MARGIN) * scale), height: even(height * scale) });
  }

  top() { return MARGIN + this.headline.length * HEADLINE.size * LEADING; }

  // How far the parameters have come, as the player says it beside its caption.
  ways() { return [...this.player.progress.children].map((way) => [...way.children].map((part) => part.textContent).filter(Boolean).join(": ")).join(" · "); }

  font({ size, weight }) { return `${weight} ${size}px ${this.family}`; }

  // The lines of a text that is as wide as the figures.
  lines(text, style) {
    this.context.font = this.font(style);
    const lines = [];
    for (const word of text.split(" ").filter(Boolean)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && this.context.measureText(longer).width <= this.box.width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // Draws what the player shows now on the camera's canvas.
  async shoot() {
    await Promise.all(this.player.pictures.map((picture) => picture.resting));
    const image = await imageOf(this.drawing(await fontRule(this.family))), { context, canvas, box } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this.write(this.headline, HEADLINE, MARGIN);
    context.drawImage(image, MARGIN, this.top(), box.width, box.height);
    const said = [this.player.caption.textContent, this.ways()].flatMap((text) => this.lines(text, CAPTION));
    this.write(said, CAPTION, this.top() + box.height + GAP);
    return canvas;
  }

  write(lines, style, top) {
    Object.assign(this.context, { font: this.font(style), fillStyle: this.ink, textBaseline: "top" });
    lines.forEach((line, k) => this.context.fillText(line, MARGIN, top + k * style.size * LEADING));
  }

  // All figures as one drawing: in it they stand as they do on the page.
  drawing(rule) {
    const { width, height } = this.box, plots = [...this.player.figures.querySelectorAll(".player-figure")];
    const size = `width="${width * this.scale}" height="${height * this.scale}" viewBox="0 0 ${width} ${height}"`;
    const parts = plots.flatMap((plot) => layersOf(plot, this.player.figures.getBoundingClientRect()));
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><style>${rule}</style>${parts.join("")}</svg>`;
  }
}

function even(length) { return 2 * Math.round(length / 2); }

// What a figure consists of, lowest first: drawings, and between them pictures of what is three-dimensional.
function layersOf(plot, origin) {
  const { left, top } = plot.getBoundingClientRect(), [lowest, ...others] = [...plot.querySelectorAll(".main-svg")];
  const place = (svg) => placed(svg, left - origin.left, top - origin.top);
  return [place(lowest), ...scenesOf(plot, origin), ...others.map(place)];
}

function placed(svg, x, y) {
  const copy = svg.cloneNode(true);
  copy.querySelectorAll(UNSEEN).forEach((part) => part.remove());
  Object.entries({ x, y }).forEach(([name, value]) => copy.setAttribute(name, value));
  return new XMLSerializer().serializeToString(copy);
}

function scenesOf(plot, origin) {
  const scenes = Object.keys(plot._fullLayout).filter((name) => /^scene\d*$/.test(name)).map((name) => plot._fullLayout[name]._scene);
  return scenes.map((scene) => {
    const { left, top, width, height } = scene.container.getBoundingClientRect();
    return `<image x="${left - origin.left}" y="${top - origin.top}" width="${width}" height="${height}" href="${scene.toImage("png")}"/>`;
  });
}

async function imageOf(drawing) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  return image;
}
