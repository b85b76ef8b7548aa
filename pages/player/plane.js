// Paints the plane of a heatmap, and draws the boundary where it crosses its middle. Plotly colours each place of the grid
// by itself, and takes far longer: here all between them is smooth. The picture takes the place of Plotly's own: where an
// image has both, `href` counts more than the `xlink:href` of Plotly, which so is never seen.

const PER_PLACE = 4; // pixels of the picture from one place of the grid to the next
const PER_SQUARE = 2; // pixels that a step of the boundary goes across
const SHADES = 512;
const INK = { fill: "none", stroke: "#22303c", "stroke-width": 2, "stroke-linecap": "round", opacity: 0.85 };
const SVG = "http://www.w3.org/2000/svg";
const brush = {};

// Paints all planes of a picture as the traces say.
export function paintPlanes(plot, traces) {
  traces.forEach(({ type, z }, index) => { if (type === "heatmap") paintPlane(plot, index, z); });
}

// Returns that it is done: a plane that is out of sight need not be painted.
export function paintPlane(plot, index, z) {
  const group = [...plot.querySelectorAll(".heatmaplayer > .hm")].find((each) => each.__data__?.[0]?.trace?.index === index);
  const image = group?.querySelector("image"), { zmin, zmax, zmid, colorscale } = plot.data[index];
  if (!image) return true;
  const plane = smooth(z);
  image.setAttribute("href", painted(plane, zmin, zmax, coloursOf(colorscale)));
  const path = group.querySelector("path") ?? group.appendChild(inked());
  path.setAttribute("d", zmid === undefined ? "M0,0" : boundary(plane, zmid, boxOf(image)));
  return true;
}

// The values of all pixels, the lowest row first: a cubic spline, which takes the corners off the grid.
function smooth(z) {
  const width = z[0].length * PER_PLACE, height = z.length * PER_PLACE, values = new Float32Array(width * height);
  const across = weightsOf(z[0].length), rows = z.map((row) => Float32Array.from({ length: width }, (_, k) => weighed(row, across, k)));
  const up = weightsOf(z.length);
  for (let y = 0; y < height; y++) {
    const at = y * 8, near = [0, 1, 2, 3].map((k) => rows[up[at + 4 + k]]);
    for (let x = 0; x < width; x++)
      values[y * width + x] = up[at] * near[0][x] + up[at + 1] * near[1][x] + up[at + 2] * near[2][x] + up[at + 3] * near[3][x];
  }
  return { values, width, height };
}

function weighed(row, weights, pixel) {
  let sum = 0;
  for (let k = pixel * 8; k < pixel * 8 + 4; k++) sum += weights[k] * row[weights[k + 4]];
  return sum;
}

// For each pixel four weights, and the four places of the grid that they are for; beyond its end all is as at its end.
function weightsOf(length) {
  if (brush.weights?.length === length * PER_PLACE * 8) return brush.weights;
  const found = brush.weights = [];
  for (let pixel = 0; pixel < length * PER_PLACE; pixel++) {
    const place = (pixel + 0.5) / PER_PLACE - 0.5, first = Math.floor(place), t = place - first, s = 1 - t;
    const weights = [s ** 3, 4 - 6 * t ** 2 + 3 * t ** 3, 4 - 6 * s ** 2 + 3 * s ** 3, t ** 3].map((weight) => weight / 6);
    found.push(...weights, ...[-1, 0, 1, 2].map((step) => Math.min(Math.max(first + step, 0), length - 1)));
  }
  return found;
}

function painted({ values, width, height }, low, high, colours) {
  const canvas = brush.canvas ??= document.createElement("canvas");
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true }), image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer), scale = (SHADES - 1) / (high - low);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels[(height - 1 - y) * width + x] = colours[Math.round((values[y * width + x] - low) * scale)];
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
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

// The path between the greater and the lesser values, through one small square after the other ("marching squares").
function boundary({ values, width, height }, middle, [left, top, wide, high]) {
  const place = (x, y) => `${(left + ((x + 0.5) / width) * wide).toFixed(1)},${(top + (1 - (y + 0.5) / height) * high).toFixed(1)}`;
  let path = "";
  for (let y = 0; y + PER_SQUARE < height; y += PER_SQUARE)
    for (let x = 0; x + PER_SQUARE < width; x += PER_SQUARE) {
      const below = y * width + x, above = below + PER_SQUARE * width;
      const found = crossings(values[below], values[below + PER_SQUARE], values[above + PER_SQUARE], values[above], middle);
      for (let k = 0; k < found.length; k += 4)
        path += `M${place(x + found[k] * PER_SQUARE, y + found[k + 1] * PER_SQUARE)}L${place(x + found[k + 2] * PER_SQUARE, y + found[k + 3] * PER_SQUARE)}`;
    }
  return path || "M0,0";
}

// Where the edges of a square are crossed, pair by pair, whose corners have these values, round from the lower left one.
function crossings(a, b, c, d, middle) {
  const high = [a > middle, b > middle, c > middle, d > middle];
  if (high[0] === high[1] && high[1] === high[2] && high[2] === high[3]) return [];
  const share = (from, to) => (middle - from) / (to - from), found = [];
  if (high[0] !== high[1]) found.push(share(a, b), 0);
  if (high[1] !== high[2]) found.push(1, share(b, c));
  if (high[2] !== high[3]) found.push(1 - share(c, d), 1);
  if (high[3] !== high[0]) found.push(0, 1 - share(d, a));
  // A saddle is crossed twice: its own middle says which two corners belong together.
  if (found.length === 8 && a + b + c + d > 4 * middle !== high[0]) found.push(...found.splice(0, 2));
  return found;
}
