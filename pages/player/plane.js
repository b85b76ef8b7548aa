// Paints the plane of a heatmap, and draws the boundary where it crosses its middle. Plotly takes a hundred times as long,
// and colours each place of the grid by itself: here everything between them is blended. The picture has Plotly's own
// place: where an image has both, `href` counts more than the `xlink:href` of Plotly, which so never shows its own.

const BETWEEN = 4; // pixels of the picture from one place of the grid to the next
const SHADES = 512;
const INK = { fill: "none", stroke: "#22303c", "stroke-width": 1.8, "stroke-linecap": "round", opacity: 0.85 };
const SVG = "http://www.w3.org/2000/svg";
const brush = { canvas: undefined, colours: undefined, mixed: undefined };

// Paints all planes of a picture as the traces say.
export function paintPlanes(plot, traces) {
  traces.forEach(({ type, z }, index) => { if (type === "heatmap") paintPlane(plot, index, z); });
}

// Returns that it is done: a plane that is out of sight need not be painted.
export function paintPlane(plot, index, z) {
  const group = [...plot.querySelectorAll(".heatmaplayer > .hm")].find((each) => each.__data__?.[0]?.trace?.index === index);
  const image = group?.querySelector("image"), { zmin, zmax, zmid, colorscale } = plot.data[index];
  if (!image) return true;
  image.setAttribute("href", painted(z, zmin, zmax, coloursOf(colorscale)));
  const path = group.querySelector("path") ?? group.appendChild(inked());
  path.setAttribute("d", zmid === undefined ? "M0,0" : boundary(z, zmid, boxOf(image)));
  return true;
}

function painted(z, low, high, colours) {
  const width = z[0].length * BETWEEN, height = z.length * BETWEEN, canvas = brush.canvas ??= document.createElement("canvas");
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true }), image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer), across = betweens(width), scale = (SHADES - 1) / (high - low);
  betweens(height).forEach(([row, share], k) => {
    const below = z[row], above = z[Math.min(row + 1, z.length - 1)], start = (height - 1 - k) * width;
    for (let pixel = 0; pixel < width; pixel++) {
      const [left, part] = across[pixel], right = Math.min(left + 1, below.length - 1);
      const under = below[left] + part * (below[right] - below[left]), over = above[left] + part * (above[right] - above[left]);
      pixels[start + pixel] = colours[Math.round((under + share * (over - under) - low) * scale)];
    }
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

// For each pixel the place of the grid before it, and how far it is to the next one.
function betweens(pixels) {
  return Array.from({ length: pixels }, (_, pixel) => {
    const place = Math.min(Math.max((pixel + 0.5) / BETWEEN - 0.5, 0), pixels / BETWEEN - 1);
    return [Math.floor(place), place % 1];
  });
}

// All shades of a scale of colours, as the canvas holds them: red in the lowest byte, opaque in the highest.
function coloursOf(scale) {
  const key = JSON.stringify(scale);
  if (brush.mixed !== key) Object.assign(brush, { mixed: key, colours: Uint32Array.from({ length: SHADES }, (_, k) => shadeOf(scale, k / (SHADES - 1))) });
  return brush.colours;
}

function shadeOf(scale, share) {
  const next = Math.max(scale.findIndex(([end]) => end >= share), 1), [[from, first], [to, last]] = scale.slice(next - 1, next + 1);
  const part = (share - from) / (to - from), bytes = (hex) => [5, 3, 1].map((k) => parseInt(hex.slice(k, k + 2), 16));
  const ends = bytes(last);
  return bytes(first).reduce((colour, byte, k) => colour * 256 + Math.round(byte + part * (ends[k] - byte)), 255);
}

function inked() {
  const path = document.createElementNS(SVG, "path");
  Object.entries(INK).forEach(([name, value]) => path.setAttribute(name, value));
  return path;
}

function boxOf(image) { return ["x", "y", "width", "height"].map((side) => Number(image.getAttribute(side))); }

// The path between the greater and the lesser values, from edge to edge of each square of the grid ("marching squares").
function boundary(z, middle, [x, y, width, height]) {
  const apart = [width / z[0].length, height / z.length];
  const place = (column, row) => [(x + (column + 0.5) * apart[0]).toFixed(1), (y + height - (row + 0.5) * apart[1]).toFixed(1)];
  let path = "";
  for (let row = 0; row < z.length - 1; row++)
    for (let column = 0; column < z[row].length - 1; column++) {
      const crossed = crossings(z[row][column], z[row][column + 1], z[row + 1][column + 1], z[row + 1][column], middle);
      for (let k = 0; k + 1 < crossed.length; k += 2)
        path += `M${place(column + crossed[k][0], row + crossed[k][1])}L${place(column + crossed[k + 1][0], row + crossed[k + 1][1])}`;
    }
  return path || "M0,0";
}

// Where the edges of a square are crossed, pair by pair, whose corners have these values, round from the lower left one.
function crossings(a, b, c, d, middle) {
  const high = [a > middle, b > middle, c > middle, d > middle];
  if (high[0] === high[1] && high[1] === high[2] && high[2] === high[3]) return [];
  const share = (from, to) => (middle - from) / (to - from), found = [];
  if (high[0] !== high[1]) found.push([share(a, b), 0]);
  if (high[1] !== high[2]) found.push([1, share(b, c)]);
  if (high[2] !== high[3]) found.push([1 - share(c, d), 1]);
  if (high[3] !== high[0]) found.push([0, 1 - share(d, a)]);
  // A saddle is crossed twice: its own middle says which two corners belong together.
  if (found.length === 4 && a + b + c + d > 4 * middle !== high[0]) found.push(found.shift());
  return found;
}
