/* Canvas layers of Leaflet: put over the map as it stands, drawn when it stands still. */
import { isNight, palette } from "./colors.js";

/* A layer class with one canvas in a pane of its own; `redraw(view)` draws it. */
export function canvasLayer(pane, level, members) {
  return L.Layer.extend({
    onAdd(map) {
      this._map = map;
      const box = map.createPane(pane);
      box.style.zIndex = level;
      box.style.pointerEvents = "none";
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated " + pane, box);
      this._canvas.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize viewreset", this.redraw, this);
      map.on("zoomanim", this._follow, this);
      this.redraw();
    },

    onRemove(map) {
      this._canvas.remove();
      map.off("moveend zoomend resize viewreset", this.redraw, this);
      map.off("zoomanim", this._follow, this);
    },

    _follow(event) {
      const map = this._map;
      const scale = map.getZoomScale(event.zoom);
      const corner = map._latLngBoundsToNewLayerBounds(map.getBounds(), event.zoom, event.center).min;
      L.DomUtil.setTransform(this._canvas, corner, scale);
    },

    redraw() {
      if (this._map) this.draw(placed(this._map, this._canvas));
    },

    ...members,
  });
}

/* Put a canvas over the map as it stands; return how to draw on it. */
function placed(map, canvas) {
  const size = map.getSize();
  const ratio = window.devicePixelRatio || 1;
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  canvas.style.width = size.x + "px";
  canvas.style.height = size.y + "px";
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return viewOf(map, context, palette(isNight()));
}

/* A layer as it stands, by day, on a canvas of its own. */
export function pictureOf(layer, map, ratio) {
  const size = map.getSize();
  const canvas = document.createElement("canvas");
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  layer.draw(viewOf(map, context, palette(false)));
  return canvas;
}

function viewOf(map, context, colors) {
  const size = map.getSize();
  const zoom = map.getZoom();
  return {
    context, colors, zoom, width: size.x, height: size.y,
    scale: 256 * Math.pow(2, zoom), origin: map.getPixelBounds().min,
  };
}

/* Trace a ring if it shows at all; points closer than half a pixel are passed over. */
export function traceRing(c, { points, box }, view) {
  const { scale, origin } = view;
  if (box[2] * scale < origin.x || box[0] * scale > origin.x + view.width) return;
  if (box[3] * scale < origin.y || box[1] * scale > origin.y + view.height) return;
  let lastX = NaN;
  let lastY = NaN;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] * scale - origin.x;
    const y = points[i + 1] * scale - origin.y;
    if (i === 0) c.moveTo(x, y);
    else if (Math.abs(x - lastX) > 0.5 || Math.abs(y - lastY) > 0.5) c.lineTo(x, y);
    else continue;
    lastX = x;
    lastY = y;
  }
  c.closePath();
}

export function tracePath(view, rings) {
  view.context.beginPath();
  for (const ring of rings) traceRing(view.context, ring, view);
}

/* The same as a path that can be filled and drawn more than once. */
export function pathOf(view, rings) {
  const path = new Path2D();
  for (const ring of rings) traceRing(path, ring, view);
  return path;
}

/* Lines at a slant over the canvas, fixed to the world. */
export function hatch(view, color, step) {
  const c = view.context;
  c.strokeStyle = color;
  c.lineWidth = 1;
  c.beginPath();
  const shift = (((view.origin.x + view.origin.y) % step) + step) % step;
  for (let x = -view.height - shift; x < view.width; x += step) {
    c.moveTo(x, view.height);
    c.lineTo(x + view.height, 0);
  }
  c.stroke();
}
