/* Signs on a canvas: glyph by family, colour by actor, fill by status. */
import { element } from "./dom.js";

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

export const GREY = "#6b7580";

function glyph(family) {
  if (!PATHS.has(family)) PATHS.set(family, new Path2D(GLYPHS[family] || DOT));
  return PATHS.get(family);
}

/* How a status looks. Solid: told or confirmed. Hollow: claimed. Dashed: denied, or never pinned. */
export function styleOf(status) {
  if (status === "reported" || status === "confirmed") return "solid";
  return status === "claimed" ? "hollow" : "dashed";
}

export function drawSign(c, { x, y, radius }, color, family, status) {
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
  c.fillStyle = "#22272e";
  c.font = "600 12px system-ui, sans-serif";
  c.textAlign = "center";
  c.textBaseline = "middle";
  c.fillText(text, x, y + 0.5);
}

/* A small picture for the panel and the legend, hidden from screen readers. */
export function picture(draw, width = 20) {
  const canvas = element("canvas", "gm-sign");
  canvas.width = width * 2;
  canvas.height = 40;
  canvas.style.width = width + "px";
  canvas.setAttribute("aria-hidden", "true");
  const c = canvas.getContext("2d");
  c.scale(2, 2);
  draw(c);
  return canvas;
}

const SIGNS = new Map();

/* The same sign is drawn once and then shown as a picture: a list has many. */
export function signPicture(color, family, status) {
  const key = [color, family, styleOf(status)].join(" ");
  if (!SIGNS.has(key)) {
    SIGNS.set(key, picture((c) => drawSign(c, { x: 10, y: 10, radius: 8.5 }, color, family, status)).toDataURL());
  }
  const made = element("img", "gm-sign");
  made.src = SIGNS.get(key);
  made.alt = "";
  return made;
}

export function dotPicture(color) {
  return picture((c) => {
    c.beginPath();
    c.arc(10, 10, 6, 0, FULL_TURN);
    c.fillStyle = color;
    c.fill();
  });
}
