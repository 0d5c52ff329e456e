/* The events on one canvas: areas, circles, arrows, signs, clusters with rings by actor, labels. */
const CLUSTER_PX = 44;
const CLUSTER_ZOOM = 9;
const CROWDED_ZOOM = 6;
const DOTS_ABOVE = 3000;

const EventLayer = L.Layer.extend({
  initialize(data, labels) {
    this.d = data;
    this.labels = labels;
    const count = data.id.length;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      if (data.lon[i] === null) continue;
      [this.x[i], this.y[i]] = mercator(data.lon[i], data.lat[i]);
    }
    this.areas = data.areas.map((rings) => rings.map(decodeRing));
    this.shown = [];
    this.hits = [];
  },

  onAdd(map) {
    this._map = map;
    const pane = map.createPane("gmEvents");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated gm-events", pane);
    this._canvas.setAttribute("aria-hidden", "true");
    map.on("moveend zoomend resize viewreset", this.redraw, this);
    map.on("zoomanim", this._follow, this);
    map.on("click", this._click, this);
    map.on("mousemove", this._hover, this);
    this.redraw();
  },

  onRemove(map) {
    this._canvas.remove();
    map.off("moveend zoomend resize viewreset", this.redraw, this);
    map.off("zoomanim", this._follow, this);
    map.off("click", this._click, this);
    map.off("mousemove", this._hover, this);
  },

  _follow(event) {
    followZoom(this, event);
  },

  /* Show these events; those that are not pinned have no place on the canvas. */
  show(visible) {
    this.shown = visible.filter((i) => this.d.pinned[i]);
    if (this._map) this.redraw();
  },

  color(i) {
    return this.d.colors[this.d.actor[i]];
  },

  redraw() {
    const view = placeCanvas(this);
    this.hits = [];
    this.regions = new Map();
    this._drawAreas(view);
    for (const i of this.shown) {
      this._drawCircle(view, i);
      this._drawArrow(view, i);
    }
    this._drawSigns(view);
    this._drawBadges(view);
    this._drawLabels(view);
  },

  _drawAreas(view) {
    for (const i of this.shown) {
      const area = this.d.area[i];
      if (area < 0) continue;
      if (!this.regions.has(area)) this.regions.set(area, []);
      this.regions.get(area).push(i);
    }
    const c = view.context;
    for (const [area, events] of this.regions) {
      const actors = new Set(events.map((i) => this.d.actor[i]));
      const color = actors.size === 1 ? this.color(events[0]) : "#5b6470";
      c.beginPath();
      for (const ring of this.areas[area]) traceRing(c, ring, view);
      c.globalAlpha = Math.min(0.32, 0.12 + 0.03 * events.length);
      c.fillStyle = color;
      c.fill();
      c.globalAlpha = 1;
      c.setLineDash([7, 4]);
      c.lineWidth = 1.5;
      c.strokeStyle = color;
      c.stroke();
      c.setLineDash([]);
    }
  },

  _point(view, i) {
    return [this.x[i] * view.scale - view.origin.x, this.y[i] * view.scale - view.origin.y];
  },

  _drawCircle(view, i) {
    const km = this.d.radius[i];
    if (!km || this.d.area[i] >= 0) return;
    const [x, y] = this._point(view, i);
    const meters = 40075016.686 * Math.cos((this.d.lat[i] * Math.PI) / 180);
    const radius = ((km * 1000) / meters) * view.scale;
    if (x + radius < 0 || y + radius < 0 || x - radius > view.width || y - radius > view.height) return;
    const c = view.context;
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.globalAlpha = 0.12;
    c.fillStyle = this.color(i);
    c.fill();
    c.globalAlpha = 1;
    c.setLineDash([6, 5]);
    c.lineWidth = 1.4;
    c.strokeStyle = this.color(i);
    c.stroke();
    c.setLineDash([]);
  },

  _drawArrow(view, i) {
    if (this.d.originLon[i] === null) return;
    const [fromX, fromY] = mercator(this.d.originLon[i], this.d.originLat[i]);
    const ax = fromX * view.scale - view.origin.x;
    const ay = fromY * view.scale - view.origin.y;
    const [bx, by] = this._point(view, i);
    const length = Math.hypot(bx - ax, by - ay);
    if (length < 8) return;
    const mx = (ax + bx) / 2 - (by - ay) * 0.16;
    const my = (ay + by) / 2 + (bx - ax) * 0.16;
    const t = Math.max(0, 1 - 12 / length);
    const ex = (1 - t) * (1 - t) * ax + 2 * (1 - t) * t * mx + t * t * bx;
    const ey = (1 - t) * (1 - t) * ay + 2 * (1 - t) * t * my + t * t * by;
    const angle = Math.atan2(by - my, bx - mx);
    const c = view.context;
    c.strokeStyle = c.fillStyle = this.color(i);
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(ax, ay);
    c.quadraticCurveTo(mx, my, ex, ey);
    c.stroke();
    c.beginPath();
    c.moveTo(ex + 8 * Math.cos(angle), ey + 8 * Math.sin(angle));
    c.lineTo(ex + 5 * Math.cos(angle + 2.4), ey + 5 * Math.sin(angle + 2.4));
    c.lineTo(ex + 5 * Math.cos(angle - 2.4), ey + 5 * Math.sin(angle - 2.4));
    c.fill();
    c.beginPath();
    c.arc(ax, ay, 3, 0, 2 * Math.PI);
    c.fill();
  },

  _drawSigns(view) {
    const cells = new Map();
    const clustered = view.zoom <= CLUSTER_ZOOM;
    const pad = 40;
    for (const i of this.shown) {
      if (this.d.area[i] >= 0) continue;
      const [x, y] = this._point(view, i);
      if (x < -pad || y < -pad || x > view.width + pad || y > view.height + pad) continue;
      const side = clustered ? CLUSTER_PX : 1;
      const key = Math.floor((x + view.origin.x) / side) + ":" + Math.floor((y + view.origin.y) / side);
      const cell = cells.get(key);
      if (cell) {
        cell.x += x;
        cell.y += y;
        cell.events.push(i);
      } else cells.set(key, { x, y, events: [i] });
    }
    const groups = [...cells.values()].map((g) => ({
      x: g.x / g.events.length, y: g.y / g.events.length, events: g.events,
    }));
    for (const group of mergedGroups(groups)) this._drawGroup(view.context, group, groups.length);
  },

  _drawGroup(c, group, total) {
    const { x, y, events } = group;
    const first = events[0];
    if (events.length === 1 && total > DOTS_ABOVE) {
      c.fillStyle = this.color(first);
      c.fillRect(x - 2, y - 2, 4, 4);
      this.hits.push({ x, y, radius: 5, events });
    } else if (events.length === 1) {
      const d = this.d;
      drawSign(c, x, y, this.color(first), d.types[d.type[first]].family, d.statuses[d.status[first]], 9.5);
      this.hits.push({ x, y, radius: 12, events });
    } else this._drawCluster(c, group);
  },

  _drawCluster(c, { x, y, events }) {
    const radius = clusterRadius(events.length);
    const counts = new Map();
    for (const i of events) counts.set(this.d.actor[i], (counts.get(this.d.actor[i]) || 0) + 1);
    let angle = -Math.PI / 2;
    for (const [actor, count] of [...counts].sort((a, b) => a[0] - b[0])) {
      const next = angle + (count / events.length) * 2 * Math.PI;
      c.beginPath();
      c.moveTo(x, y);
      c.arc(x, y, radius, angle, next);
      c.closePath();
      c.fillStyle = this.d.colors[actor];
      c.fill();
      angle = next;
    }
    c.beginPath();
    c.arc(x, y, radius - 4.5, 0, 2 * Math.PI);
    c.fillStyle = "#fff";
    c.fill();
    c.fillStyle = INK;
    c.font = "600 12px system-ui, sans-serif";
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillText(events.length > 9999 ? Math.round(events.length / 1000) + "k" : events.length, x, y + 0.5);
    this.hits.push({ x, y, radius, events, isCluster: true });
  },

  /* A region's events are read from a badge in its middle. */
  _drawBadges(view) {
    const c = view.context;
    c.font = "600 11.5px system-ui, sans-serif";
    c.textAlign = "center";
    c.textBaseline = "middle";
    const drawn = [];
    const sorted = [...this.regions.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
    for (const events of sorted) {
      const [x, y] = this._point(view, events[0]);
      const name = this.d.place[events[0]] || "";
      const text = (events.length > 1 ? events.length + " · " : "") + name;
      const width = c.measureText(text).width + 16;
      if (x < -width || y < -20 || x > view.width + width || y > view.height + 20) continue;
      const box = [x - width / 2, y - 10, width, 20];
      if (view.zoom < CROWDED_ZOOM && drawn.some((other) => overlap(other, box))) continue;
      drawn.push(box);
      c.beginPath();
      c.roundRect(x - width / 2, y - 10, width, 20, 10);
      c.fillStyle = "#fff";
      c.fill();
      c.lineWidth = 1.4;
      c.strokeStyle = this.color(events[0]);
      c.setLineDash([4, 3]);
      c.stroke();
      c.setLineDash([]);
      c.fillStyle = INK;
      c.fillText(text, x, y + 0.5);
      this.hits.push({ x, y, radius: 12, half: width / 2, events });
    }
  },

  _drawLabels(view) {
    const c = view.context;
    const taken = this.hits.slice(0, 600).map((h) => {
      const half = h.half || h.radius;
      return [h.x - half, h.y - h.radius, 2 * half, 2 * h.radius];
    });
    c.textBaseline = "middle";
    c.textAlign = "left";
    for (const [name, lon, lat, zoom, isCountry] of this.labels) {
      if (zoom > view.zoom) break;
      const [mx, my] = mercator(lon, lat);
      const x = mx * view.scale - view.origin.x;
      const y = my * view.scale - view.origin.y;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      c.font = isCountry ? "600 11px system-ui, sans-serif" : "11px system-ui, sans-serif";
      const text = isCountry ? name.toLocaleUpperCase() : name;
      const width = c.measureText(text).width;
      const box = [isCountry ? x - width / 2 : x + 5, y - 7, width, 14];
      if (taken.some((t) => overlap(t, box))) continue;
      taken.push(box);
      c.lineWidth = 3;
      c.lineJoin = "round";
      c.strokeStyle = "rgba(255,255,255,.85)";
      c.strokeText(text, box[0], y);
      c.fillStyle = isCountry ? "#8a8f98" : "#565d66";
      if (!isCountry) c.fillRect(x - 1.5, y - 1.5, 3, 3);
      c.fillText(text, box[0], y);
    }
  },

  hitAt(point) {
    for (let n = this.hits.length - 1; n >= 0; n--) {
      const hit = this.hits[n];
      const inside = hit.half
        ? Math.abs(point.x - hit.x) < hit.half && Math.abs(point.y - hit.y) < hit.radius
        : Math.hypot(point.x - hit.x, point.y - hit.y) < hit.radius + 2;
      if (inside) return hit;
    }
    return null;
  },

  _hover(event) {
    this._map.getContainer().style.cursor = this.hitAt(event.containerPoint) ? "pointer" : "";
  },

  _click(event) {
    const hit = this.hitAt(event.containerPoint);
    if (!hit) return;
    const apart = hit.isCluster && !samePlace(hit.events, this.d) && this._map.getZoom() < 12;
    if (apart) {
      const bounds = L.latLngBounds(hit.events.map((i) => [this.d.lat[i], this.d.lon[i]]));
      this._map.fitBounds(bounds.pad(0.4), { maxZoom: Math.max(this._map.getZoom() + 2, 10) });
    } else this.fire("open", { events: hit.events });
  },
});

function clusterRadius(count) {
  return 11 + Math.min(15, Math.sqrt(count) * 1.9);
}

function overlap(a, b) {
  return a[0] < b[0] + b[2] && a[0] + a[2] > b[0] && a[1] < b[1] + b[3] && a[1] + a[3] > b[1];
}

function samePlace(events, d) {
  return events.every((i) => d.lon[i] === d.lon[events[0]] && d.lat[i] === d.lat[events[0]]);
}

/* Groups of neighbouring cells whose circles would overlap become one. */
function mergedGroups(groups) {
  if (groups.length > 1500) return groups;
  const sorted = [...groups].sort((a, b) => b.events.length - a.events.length || a.x - b.x);
  const kept = [];
  for (const group of sorted) {
    const reach = (other) => clusterRadius(other.events.length) + clusterRadius(group.events.length) - 6;
    const near = kept.find((k) => Math.hypot(k.x - group.x, k.y - group.y) < reach(k) - 4);
    if (near) near.events = near.events.concat(group.events);
    else kept.push({ ...group });
  }
  return kept;
}
