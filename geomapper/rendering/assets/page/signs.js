/* Signs: glyph by family, colour by actor, fill by status, and a letter for actors that share a colour. */
import { picture, shape } from "./dom.js";

const GLYPHS = {
  capture: "M-3 5V-5H4.5L2.5-2.2L4.5 .6H-3",
  offensive: "M-4.5 4.5L4-4M-1.5-4.5H4.5V1.5",
  cross_border_push: "M0-5.5V-2.5M0 2.5V5.5M-5 0H4.5M1.5-3L5 0L1.5 3",
  strike: "M0-5V5M-5 0H5M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5",
  withdrawal: "M4.5-4.5L-4 4M1.5 4.5H-4.5V-1.5",
  bombing: "M0-2.5A3.4 3.4 0 1 1-.1-2.5M2-4L4-5.5",
  harm: "M0-5V1.5M0 4.4V5",
  unrest: "M-4 4.5V-4M-4-4L4-1.5L-4 1",
  strategic: "M-4.5-3H4.5M-4.5 0H4.5M-4.5 3H4.5",
  political: "M-4.5-4H4.5V2H0L-2.5 5V2H-4.5Z",
};
const DOT = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0";
const PATHS = new Map();
const FULL_TURN = 2 * Math.PI;
const MARK_FONT = "700 10px system-ui, sans-serif";
const INK = "#22272e";

/* The colour of a sign that stands for no actor: the style sheet says which, by day and by night. */
export const NEUTRAL = "currentColor";

function glyph(family) {
  if (!PATHS.has(family)) PATHS.set(family, new Path2D(GLYPHS[family] || DOT));
  return PATHS.get(family);
}

/* How a status looks. Solid: told or confirmed. Hollow: claimed. Dashed: denied, or never pinned. */
export function styleOf(status) {
  if (status === "reported" || status === "confirmed") return "solid";
  return status === "claimed" ? "hollow" : "dashed";
}

export function drawSign(c, { x, y, radius }, { color, family, status, mark }) {
  const style = styleOf(status);
  c.beginPath();
  c.arc(x, y, radius, 0, FULL_TURN);
  c.fillStyle = style === "solid" ? color : "#fff";
  c.fill();
  c.lineWidth = style === "solid" ? 1.5 : 2;
  c.strokeStyle = style === "solid" ? "#fff" : color;
  if (style === "dashed") c.setLineDash([3, 2]);
  c.stroke();
  c.setLineDash([]);
  c.save();
  c.translate(x, y);
  c.scale(radius / 9.5, radius / 9.5);
  c.lineWidth = 1.7;
  c.lineCap = c.lineJoin = "round";
  c.strokeStyle = style === "solid" ? "#fff" : color;
  c.stroke(glyph(family));
  c.restore();
  if (mark) drawMark(c, mark, x + radius * 0.8, y - radius * 0.8);
}

/* The letter of an actor that shares its colour with others. */
function drawMark(c, mark, x, y) {
  c.font = MARK_FONT;
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.lineJoin = "round";
  c.lineWidth = 3;
  c.strokeStyle = "#fff";
  c.strokeText(mark, x, y);
  c.fillStyle = INK;
  c.fillText(mark, x, y);
}

/* A ring of the shares of each colour, with a number in its middle. */
export function drawRing(c, { x, y, radius }, shares, text) {
  const total = shares.reduce((sum, [, count]) => sum + count, 0);
  let angle = -Math.PI / 2;
  c.beginPath();
  c.arc(x, y, radius + 1, 0, FULL_TURN);
  c.fillStyle = "#fff";
  c.fill();
  for (const [color, count] of shares) {
    const next = angle + (count / total) * FULL_TURN;
    c.beginPath();
    c.moveTo(x, y);
    c.arc(x, y, radius, angle, next);
    c.closePath();
    c.fillStyle = color;
    c.fill();
    angle = next;
  }
  c.beginPath();
  c.arc(x, y, radius - 4.5, 0, FULL_TURN);
  c.fillStyle = "#fff";
  c.fill();
  c.fillStyle = INK;
  c.font = "600 12px system-ui, sans-serif";
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(text, x, y + 0.5);
}

/* The same sign as a picture for the panel, a list and a card. */
export function signPicture({ color, family, status, mark }) {
  const style = styleOf(status);
  const isSolid = style === "solid";
  const circle = shape("circle", {
    cx: 10, cy: 10, r: 8.2, fill: isSolid ? color : "#fff", stroke: isSolid ? "#fff" : color,
    "stroke-width": isSolid ? 1.4 : 1.8, ...(style === "dashed" ? { "stroke-dasharray": "3 2" } : {}),
  });
  const path = shape("path", {
    d: GLYPHS[family] || DOT, transform: "translate(10 10) scale(.88)", fill: "none", stroke: isSolid ? "#fff" : color,
    "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round",
  });
  return picture([circle, path, ...markShapes(mark, 16, 7.5)]);
}

export function dotPicture(color, mark) {
  const dot = shape("circle", { cx: 10, cy: 10, r: 6.5, fill: color, stroke: "#fff", "stroke-width": 1.4 });
  return picture([dot, ...markShapes(mark, 15.5, 8)]);
}

function markShapes(mark, x, y) {
  if (!mark) return [];
  const place = { x, y, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: INK };
  return [shape("text", { ...place, stroke: "#fff", "stroke-width": 2.6, "stroke-linejoin": "round", "paint-order": "stroke" }, mark)];
}
