/* The events on one canvas: areas, circles, arrows, signs, clusters with rings by actor, labels. */
import { drawArrow, drawCircle } from "./arrows.js";
import { canvasLayer } from "./canvas.js";
import { clusterRadius, eventsOf, gridded, merged, sharesOf } from "./clusters.js";
import { decodeRing, holdsPoint, mercatorX, mercatorY, sizeOf } from "./geometry.js";
import { drawLabels } from "./labels.js";
import { byArea, drawAreas, drawBadges } from "./regions.js";
import { drawRing, drawSign } from "./signs.js";

const CLUSTER_PX = 44;
const CLUSTER_ZOOM = 9;
const APART_ZOOM = 12;
const DOTS_ABOVE = 3000;
const POINT = 1;
const CIRCLE = 2;
const ARROW = 4;
const REGION = 8;

export const EventLayer = canvasLayer("gm-events", 450, {
  initialize(data) {
    this.d = data;
    this.labels = [];
    this.x = new Float64Array(data.count);
    this.y = new Float64Array(data.count);
    this.next = new Int32Array(data.count);
    for (let i = 0; i < data.count; i++) {
      if (!data.pinned[i]) continue;
      this.x[i] = mercatorX(data.lon[i]);
      this.y[i] = mercatorY(data.lat[i]);
    }
    this.hues = data.colors.map((color) => data.colors.indexOf(color));
    this.areas = data.areas.map((rings) => rings.map((ring) => decodeRing(ring))).map((rings) => ({ rings, size: sizeOf(rings) }));
    this.parts = partsOf(data);
    this.hidden = new Set();
    this.opened = -1;
    this.hits = [];
    this.show([]);
  },

  getEvents() {
    return { click: this._click, mousemove: this._hover };
  },

  /* Show these events; those that are not pinned have no place on the canvas. */
  show(visible) {
    const points = new Uint32Array(visible.length);
    const regions = [];
    let count = 0;
    this.circles = [];
    this.arrows = [];
    for (let n = 0; n < visible.length; n++) {
      const i = visible[n];
      const parts = this.parts[i];
      if (parts & POINT) points[count++] = i;
      if (parts & REGION) regions.push(i);
      if (parts & CIRCLE) this.circles.push(i);
      if (parts & ARROW) this.arrows.push(i);
    }
    this.points = points.subarray(0, count);
    this.regions = byArea(this.d, regions);
    this.pinned = count + regions.length;
    this.redraw();
  },

  /* Names of places come with the basemap, and go over what is drawn. */
  name(labels) {
    this.labels = labels;
    if (this.view && !this.hidden.has("names")) drawLabels(this.view, labels, this.hits);
  },

  at(view, i) {
    return [this.x[i] * view.scale - view.origin.x, this.y[i] * view.scale - view.origin.y];
  },

  draw(view) {
    const shows = (part) => !this.hidden.has(part);
    this.view = view;
    this.hits = [];
    view.context.clearRect(0, 0, view.width, view.height);
    if (shows("regions")) drawAreas(view, this.d, this.regions, this.areas);
    if (shows("circles")) for (const i of this.circles) drawCircle(view, this.d, i, this.at(view, i));
    if (shows("arrows")) for (const i of this.arrows) drawArrow(view, this.d, i, this.at(view, i));
    this.drawSigns(view);
    if (shows("regions")) this.hits.push(...drawBadges(view, this.d, this.regions, (i) => this.at(view, i)));
    if (shows("names")) drawLabels(view, this.labels, this.hits);
    this.drawOpened(view);
  },

  drawSigns(view) {
    const side = view.zoom <= CLUSTER_ZOOM ? CLUSTER_PX : 1;
    const groups = merged(gridded(this.points, this.x, this.y, view, side, this.next));
    for (const group of groups) {
      if (group.count > 1) this.drawCluster(view.context, group);
      else this.drawOne(view.context, group, groups.length > DOTS_ABOVE);
    }
  },

  drawOne(c, { x, y, heads }, small) {
    const [i] = heads;
    const change = this.d.change ? this.d.changes[this.d.change[i]] : "same";
    if (change === "new" || change === "status") drawHalo(c, x, y, this.view.colors.label);
    if (change === "gone") c.globalAlpha = 0.45;
    if (small) {
      c.fillStyle = this.d.color(i);
      c.fillRect(x - 2, y - 2, 4, 4);
    } else drawSign(c, { x, y, radius: 9.5 }, this.d.sign(i));
    c.globalAlpha = 1;
    this.hits.push({ x, y, radius: small ? 5 : 12, events: [i] });
  },

  drawCluster(c, group) {
    const { next } = this;
    const shares = sharesOf(group, next, this.d.actor, this.hues).map(([hue, count]) => [this.d.colors[hue], count]);
    const radius = clusterRadius(group.count);
    const text = group.count > 9999 ? Math.round(group.count / 1000) + "k" : group.count;
    drawRing(c, { x: group.x, y: group.y, radius }, shares, text);
    const hit = { x: group.x, y: group.y, radius, isCluster: true, count: group.count };
    // asked for when somebody clicks: a cluster may hold many thousands
    Object.defineProperty(hit, "events", { get: () => eventsOf(group, next) });
    this.hits.push(hit);
  },

  /* A halo marks the event whose card is open. */
  drawOpened(view) {
    const hit = this.opened >= 0 && this.hits.find((each) => each.events.includes(this.opened));
    if (!hit) return;
    const c = view.context;
    c.lineWidth = 3;
    c.strokeStyle = view.colors.label;
    c.beginPath();
    const half = hit.half || hit.radius;
    c.roundRect(hit.x - half - 3, hit.y - hit.radius - 3, 2 * half + 6, 2 * hit.radius + 6, hit.radius + 3);
    c.stroke();
  },

  mark(i) {
    this.opened = i;
    this.redraw();
  },

  hitAt(point) {
    for (let n = this.hits.length - 1; n >= 0; n--) {
      const hit = this.hits[n];
      const inside = hit.half
        ? Math.abs(point.x - hit.x) < hit.half && Math.abs(point.y - hit.y) < hit.radius
        : Math.hypot(point.x - hit.x, point.y - hit.y) < hit.radius + 2;
      if (inside) return hit;
    }
    return this.regionAt(point);
  },

  /* The smallest shaded region under a point. */
  regionAt(point) {
    if (this.hidden.has("regions")) return null;
    const x = (point.x + this.view.origin.x) / this.view.scale;
    const y = (point.y + this.view.origin.y) / this.view.scale;
    const under = [...this.regions].filter(([area]) => holdsPoint(this.areas[area].rings, x, y));
    under.sort((a, b) => this.areas[a[0]].size - this.areas[b[0]].size);
    return under.length ? { events: under[0][1] } : null;
  },

  _hover(event) {
    const hit = this.hitAt(event.containerPoint);
    this._map.getContainer().style.cursor = hit ? "pointer" : "";
    this.fire("hover", { hit, latlng: event.latlng });
  },

  _click(event) {
    const hit = this.hitAt(event.containerPoint);
    if (!hit) return;
    const apart = hit.isCluster && !samePlace(hit.events, this.d) && this._map.getZoom() < APART_ZOOM;
    if (apart) {
      const bounds = L.latLngBounds(hit.events.map((i) => [this.d.lat[i], this.d.lon[i]]));
      this._map.fitBounds(bounds.pad(0.4), { maxZoom: Math.max(this._map.getZoom() + 2, 10) });
    } else this.fire("open", { events: hit.events });
  },
});

/* What is drawn of each event, as flags; nothing of one that is not pinned. */
function partsOf(d) {
  const parts = new Uint8Array(d.count);
  for (let i = 0; i < d.count; i++) {
    if (!d.pinned[i]) continue;
    const isArea = d.area[i] >= 0;
    const circle = !isArea && d.radius[i] > 0 ? CIRCLE : 0;
    parts[i] = (isArea ? REGION : POINT) | circle | (Number.isNaN(d.originLon[i]) ? 0 : ARROW);
  }
  return parts;
}

/* What is new or changed stands in a thin ring. */
function drawHalo(c, x, y, color) {
  c.beginPath();
  c.arc(x, y, 13, 0, 2 * Math.PI);
  c.lineWidth = 1.5;
  c.strokeStyle = color;
  c.stroke();
}

function samePlace(events, d) {
  return events.every((i) => d.lon[i] === d.lon[events[0]] && d.lat[i] === d.lat[events[0]]);
}
