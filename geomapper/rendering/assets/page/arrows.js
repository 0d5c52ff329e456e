/* A circle for what is only known to be near, an arrow for what came over a border. */
import { mercator, pixelsOf } from "./geometry.js";

const LEAST_CIRCLE = 3;
const LEAST_ARROW = 8;

export function drawCircle(view, d, i, [x, y]) {
  const radius = pixelsOf(d.radius[i], d.lat[i], view.scale);
  if (radius < LEAST_CIRCLE) return;
  if (x + radius < 0 || y + radius < 0 || x - radius > view.width || y - radius > view.height) return;
  const c = view.context;
  const color = view.colors.shade(d.color(i));
  c.beginPath();
  c.arc(x, y, radius, 0, 2 * Math.PI);
  c.globalAlpha = view.colors.fill[0];
  c.fillStyle = color;
  c.fill();
  c.globalAlpha = 1;
  c.setLineDash([6, 5]);
  c.lineWidth = 1.4;
  c.strokeStyle = color;
  c.stroke();
  c.setLineDash([]);
}

export function drawArrow(view, d, i, [bx, by]) {
  const [fromX, fromY] = mercator(d.originLon[i], d.originLat[i]);
  const ax = fromX * view.scale - view.origin.x;
  const ay = fromY * view.scale - view.origin.y;
  const length = Math.hypot(bx - ax, by - ay);
  if (length < LEAST_ARROW) return;
  const bend = { x: (ax + bx) / 2 - (by - ay) * 0.16, y: (ay + by) / 2 + (bx - ax) * 0.16 };
  const end = along({ x: ax, y: ay }, bend, { x: bx, y: by }, Math.max(0, 1 - 12 / length));
  const c = view.context;
  c.strokeStyle = view.colors.halo;
  c.lineWidth = 4.5;
  stroke(c, ax, ay, bend, end);
  c.strokeStyle = c.fillStyle = view.colors.shade(d.color(i));
  c.lineWidth = 2;
  stroke(c, ax, ay, bend, end);
  drawHead(c, end, Math.atan2(by - bend.y, bx - bend.x));
  c.beginPath();
  c.arc(ax, ay, 3, 0, 2 * Math.PI);
  c.fill();
}

/* A point of the curve from `a` by `b` to `c`, at `t` between 0 and 1. */
export function along(a, b, c, t) {
  const mix = (axis) => (1 - t) * (1 - t) * a[axis] + 2 * (1 - t) * t * b[axis] + t * t * c[axis];
  return { x: mix("x"), y: mix("y") };
}

function stroke(c, ax, ay, bend, end) {
  c.beginPath();
  c.moveTo(ax, ay);
  c.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
  c.stroke();
}

function drawHead(c, { x, y }, angle) {
  c.beginPath();
  c.moveTo(x + 8 * Math.cos(angle), y + 8 * Math.sin(angle));
  c.lineTo(x + 5 * Math.cos(angle + 2.4), y + 5 * Math.sin(angle + 2.4));
  c.lineTo(x + 5 * Math.cos(angle - 2.4), y + 5 * Math.sin(angle - 2.4));
  c.fill();
}
