/* The map as it stands, as one picture: title, what is chosen, signs of actors, and who made it. */
import { pictureOf } from "./canvas.js";
import { fill } from "./words.js";

const HEAD = 46;
const LINE = 20;
const PAD = 12;
const MOST_LINES = 4;
const FONT = "system-ui, sans-serif";
const INK = "#22272e";
const MUTED = "#5b636d";

/* Our basemap and the events of the view, by day, so many pixels to one of the screen. */
export function mapCanvas(app, ratio) {
  const size = app.map.getSize();
  const canvas = document.createElement("canvas");
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  const c = canvas.getContext("2d");
  for (const layer of app.layers()) c.drawImage(pictureOf(layer, app.map, ratio), 0, 0);
  return canvas;
}

/* The same with words above and below. */
export function mapPicture(app) {
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const size = app.map.getSize();
  const canvas = document.createElement("canvas");
  const c = canvas.getContext("2d");
  const lines = actorLines(c, app, size.x - 2 * PAD);
  canvas.width = size.x * ratio;
  canvas.height = (HEAD + size.y + (lines.length + 1) * LINE + PAD) * ratio;
  c.scale(ratio, ratio);
  c.fillStyle = "#fff";
  c.fillRect(0, 0, size.x, canvas.height / ratio);
  c.drawImage(mapCanvas(app, ratio), 0, HEAD, size.x, size.y);
  drawHead(c, app, size.x);
  lines.forEach((line, n) => drawLine(c, line, HEAD + size.y + (n + 1) * LINE));
  const y = HEAD + size.y + (lines.length + 1) * LINE;
  drawText(c, shortened(c, app.credits().join(" "), size.x - 2 * PAD, "10.5px"), PAD, y, MUTED);
  return canvas;
}

function drawHead(c, app, width) {
  drawText(c, shortened(c, app.d.title, width - 2 * PAD, "600 16px"), PAD, 20, INK);
  drawText(c, shortened(c, app.inWords().join(" · "), width - 2 * PAD, "12px"), PAD, 38, MUTED);
}

/* The actors that are shown, in lines; those that do not fit are counted. */
function actorLines(c, app, width) {
  const { d } = app;
  const lines = [[]];
  const actors = app.shownActors();
  let x = 0;
  for (const [n, actor] of actors.entries()) {
    const text = shortened(c, d.actorName(actor), 180, "12px");
    const wide = 32 + c.measureText(text).width;
    if (x + wide > width && lines.length === MOST_LINES) {
      lines.push([{ x: 0, text: fill(d.texts.more_on_screen, { count: actors.length - n }) }]);
      break;
    }
    if (x + wide > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1).push({ x, text, color: d.colors[actor] });
    x += wide;
  }
  return lines;
}

function drawLine(c, parts, y) {
  c.font = "12px " + FONT;
  for (const { x, text, color } of parts) {
    c.beginPath();
    c.arc(PAD + x + 6, y - 4, 5, 0, 2 * Math.PI);
    c.fillStyle = color || "#fff";
    c.fill();
    drawText(c, text, PAD + x + 16, y, INK);
  }
}

function drawText(c, text, x, y, color) {
  c.textAlign = "left";
  c.textBaseline = "alphabetic";
  c.fillStyle = color;
  c.fillText(text, x, y);
}

/* A text that fits a width, in a font, which stays set. */
function shortened(c, text, width, font) {
  c.font = font + " " + FONT;
  if (c.measureText(text).width <= width) return text;
  let short = text;
  while (short && c.measureText(short + "…").width > width) short = short.slice(0, -Math.ceil(short.length / 20));
  return short + "…";
}
