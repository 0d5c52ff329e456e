/* Events that are only known to a region shade it, and are read from a badge in its middle. */
import { tracePath } from "./canvas.js";
import { overlap } from "./geometry.js";

const CROWDED_ZOOM = 6;
const ROOMY = 700;
const MIXED = "#5b6470";

/* The events of each area that shows, by the area's number. */
export function byArea(d, shown) {
  const regions = new Map();
  for (const i of shown) {
    const area = d.area[i];
    if (area < 0) continue;
    if (!regions.has(area)) regions.set(area, []);
    regions.get(area).push(i);
  }
  return regions;
}

function colorOf(d, events) {
  return isOne(d, events) ? d.color(events[0]) : MIXED;
}

/* Whether all events are of one actor. */
function isOne(d, events) {
  return events.every((i) => d.actor[i] === d.actor[events[0]]);
}

export function drawAreas(view, d, regions, areas) {
  const c = view.context;
  const largestFirst = [...regions].sort((a, b) => areas[b[0]].size - areas[a[0]].size);
  for (const [area, events] of largestFirst) {
    const color = view.colors.shade(colorOf(d, events));
    tracePath(view, areas[area].rings);
    const [least, most] = view.colors.fill;
    c.globalAlpha = Math.min(most, least + 0.03 * (events.length - 1));
    c.fillStyle = color;
    c.fill();
    c.globalAlpha = 1;
    c.setLineDash([7, 4]);
    c.lineWidth = 1.5;
    c.strokeStyle = color;
    c.stroke();
    c.setLineDash([]);
  }
}

/* Draw the badges that fit; return where they can be hit. */
export function drawBadges(view, d, regions, at) {
  const c = view.context;
  c.font = "600 11.5px system-ui, sans-serif";
  c.textAlign = "center";
  c.textBaseline = "middle";
  const drawn = [];
  const hits = [];
  const sorted = [...regions.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  for (const events of sorted) {
    const [x, y] = at(events[0]);
    const text = badgeText(d, events, view);
    const width = c.measureText(text).width + 16;
    if (x < -width || y < -20 || x > view.width + width || y > view.height + 20) continue;
    const box = [x - width / 2, y - 10, width, 20];
    if (view.zoom < CROWDED_ZOOM && drawn.some((other) => overlap(other, box))) continue;
    drawn.push(box);
    drawBadge(c, box, text, colorOf(d, events));
    hits.push({ x, y, radius: 12, half: width / 2, events });
  }
  return hits;
}

function badgeText(d, events, { zoom, width }) {
  const name = d.text("place", events[0]) || "";
  const mark = isOne(d, events) && d.mark(events[0]) ? d.mark(events[0]) + " · " : "";
  const count = events.length > 1 ? events.length + " · " : "";
  return mark + count + name + (zoom >= CROWDED_ZOOM && width >= ROOMY ? " (" + d.texts.region_only + ")" : "");
}

function drawBadge(c, [x, y, width, height], text, color) {
  c.beginPath();
  c.roundRect(x, y, width, height, 10);
  c.fillStyle = "#fff";
  c.fill();
  c.lineWidth = 1.4;
  c.strokeStyle = color;
  c.setLineDash([4, 3]);
  c.stroke();
  c.setLineDash([]);
  c.fillStyle = "#22272e";
  c.fillText(text, x + width / 2, y + height / 2 + 0.5);
}
