/* The map as it stands, as one picture: title, what is chosen, signs of actors, and who made it. */
import { pictureOf } from "./canvas.js";

const HEAD = 46;
const FOOT = 44;
const PAD = 12;
const LEAST_RATIO = 2; // paper and slides show more than most screens
const FONT = "system-ui, sans-serif";

/* A canvas with our basemap and the events of the view, and words above and below. */
export function mapPicture(app) {
  const size = app.map.getSize();
  const ratio = Math.max(LEAST_RATIO, window.devicePixelRatio || 1);
  const canvas = document.createElement("canvas");
  canvas.width = size.x * ratio;
  canvas.height = (size.y + HEAD + FOOT) * ratio;
  const c = canvas.getContext("2d");
  c.scale(ratio, ratio);
  c.fillStyle = "#fff";
  c.fillRect(0, 0, size.x, size.y + HEAD + FOOT);
  for (const layer of app.layers()) c.drawImage(pictureOf(layer, app.map, ratio), 0, HEAD, size.x, size.y);
  drawHead(c, app, size.x);
  drawFoot(c, app, size);
  return canvas;
}

function drawHead(c, app, width) {
  c.fillStyle = "#22272e";
  c.textBaseline = "alphabetic";
  c.font = "600 16px " + FONT;
  c.fillText(shortened(c, app.d.title, width - 2 * PAD), PAD, 20);
  c.font = "12px " + FONT;
  c.fillStyle = "#5b636d";
  c.fillText(shortened(c, app.inWords().join(" · "), width - 2 * PAD), PAD, 38);
}

function drawFoot(c, app, size) {
  const top = HEAD + size.y;
  c.font = "12px " + FONT;
  let x = PAD;
  for (const actor of app.shownActors()) {
    const name = shortened(c, app.d.groups[actor], 180);
    const wide = 18 + c.measureText(name).width + 14;
    if (x + wide > size.x - PAD) break;
    c.beginPath();
    c.arc(x + 6, top + 14, 5, 0, 2 * Math.PI);
    c.fillStyle = app.d.colors[actor];
    c.fill();
    c.fillStyle = "#22272e";
    c.fillText(name, x + 16, top + 18);
    x += wide;
  }
  c.font = "10.5px " + FONT;
  c.fillStyle = "#5b636d";
  c.fillText(shortened(c, app.credits().join(" "), size.x - 2 * PAD), PAD, top + 36);
}

function shortened(c, text, width) {
  if (c.measureText(text).width <= width) return text;
  let short = text;
  while (short && c.measureText(short + "…").width > width) short = short.slice(0, -Math.ceil(short.length / 20));
  return short + "…";
}
