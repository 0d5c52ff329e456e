/* Names of countries and towns, where they hide nothing. */
import { mercator, overlap } from "./geometry.js";

const MOST_TAKEN = 600;

export function drawLabels(view, labels, hits) {
  const c = view.context;
  const taken = hits.slice(0, MOST_TAKEN).map((hit) => {
    const half = hit.half || hit.radius;
    return [hit.x - half, hit.y - hit.radius, 2 * half, 2 * hit.radius];
  });
  c.textBaseline = "middle";
  c.textAlign = "left";
  c.lineJoin = "round";
  for (const label of labels) {
    if (label[3] > view.zoom) break;
    drawLabel(view, label, taken);
  }
}

function drawLabel(view, [name, lon, lat, , isCountry], taken) {
  const c = view.context;
  const [mx, my] = mercator(lon, lat);
  const x = mx * view.scale - view.origin.x;
  const y = my * view.scale - view.origin.y;
  if (x < 0 || y < 0 || x > view.width || y > view.height) return;
  c.font = isCountry ? "600 11px system-ui, sans-serif" : "11px system-ui, sans-serif";
  const text = isCountry ? name.toLocaleUpperCase() : name;
  const width = c.measureText(text).width;
  const box = [isCountry ? x - width / 2 : x + 5, y - 7, width, 14];
  if (taken.some((other) => overlap(other, box))) return;
  taken.push(box);
  c.lineWidth = 3;
  c.strokeStyle = view.colors.halo;
  c.strokeText(text, box[0], y);
  c.fillStyle = isCountry ? view.colors.country : view.colors.label;
  if (!isCountry) c.fillRect(x - 1.5, y - 1.5, 3, 3);
  c.fillText(text, box[0], y);
}
