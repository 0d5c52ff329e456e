/* Our own basemap: land, borders, disputed areas and labels on one canvas below the events. */
const SEA = "#d3dfe6";
const LAND = "#f6f4ee";

const BasemapLayer = L.Layer.extend({
  initialize(base) {
    this.countries = base.countries.map((rings) => rings.map(decodeRing));
    this.units = base.units.map(decodeRing);
    this.disputed = base.disputed.map(decodeRing);
  },

  onAdd(map) {
    this._map = map;
    const pane = map.createPane("gmBasemap");
    pane.style.zIndex = 250;
    pane.style.pointerEvents = "none";
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", pane);
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
    followZoom(this, event);
  },

  redraw() {
    const view = placeCanvas(this);
    const c = view.context;
    const draw = (rings) => {
      c.beginPath();
      for (const ring of rings) traceRing(c, ring, view);
    };
    c.fillStyle = SEA;
    c.fillRect(0, 0, view.width, view.height);
    for (const rings of this.countries) {
      draw(rings);
      c.fillStyle = LAND;
      c.fill();
    }
    if (view.zoom >= 5) {
      draw(this.units);
      c.strokeStyle = "#dcd8cd";
      c.lineWidth = 0.8;
      c.stroke();
    }
    draw(this.disputed);
    c.save();
    c.clip();
    this._hatch(c, view);
    c.restore();
    for (const rings of this.countries) {
      draw(rings);
      c.strokeStyle = "#9aa1a6";
      c.lineWidth = view.zoom >= 5 ? 1.3 : 0.8;
      c.stroke();
    }
    draw(this.disputed);
    c.setLineDash([4, 4]);
    c.strokeStyle = "#8b8f94";
    c.lineWidth = 1;
    c.stroke();
    c.setLineDash([]);
  },

  _hatch(c, view) {
    c.strokeStyle = "rgba(110,114,120,.28)";
    c.lineWidth = 1;
    c.beginPath();
    const step = 8;
    const shift = (((view.origin.x + view.origin.y) % step) + step) % step;
    for (let x = -view.height - shift; x < view.width; x += step) {
      c.moveTo(x, view.height);
      c.lineTo(x + view.height, 0);
    }
    c.stroke();
  },
});

function decodeRing(numbers) {
  const points = new Float64Array(numbers.length);
  let lon = 0;
  let lat = 0;
  let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
  for (let i = 0; i < numbers.length; i += 2) {
    lon += numbers[i];
    lat += numbers[i + 1];
    const [x, y] = mercator(lon / 100, lat / 100);
    points[i] = x;
    points[i + 1] = y;
    west = Math.min(west, x); east = Math.max(east, x);
    north = Math.min(north, y); south = Math.max(south, y);
  }
  return { points, box: [west, north, east, south] };
}

/* Trace a ring if it shows at all; points closer than half a pixel are passed over. */
function traceRing(c, ring, view) {
  const { points, box } = ring;
  const { scale, origin } = view;
  if (box[2] * scale < origin.x || box[0] * scale > origin.x + view.width) return;
  if (box[3] * scale < origin.y || box[1] * scale > origin.y + view.height) return;
  let lastX = NaN, lastY = NaN;
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

/* Put a layer's canvas over the map as it stands; return how to draw on it. */
function placeCanvas(layer) {
  const map = layer._map;
  const size = map.getSize();
  const ratio = window.devicePixelRatio || 1;
  const canvas = layer._canvas;
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  canvas.style.width = size.x + "px";
  canvas.style.height = size.y + "px";
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.x, size.y);
  const zoom = map.getZoom();
  return {
    context, zoom, width: size.x, height: size.y,
    scale: 256 * Math.pow(2, zoom), origin: map.getPixelBounds().min,
  };
}

function followZoom(layer, event) {
  const map = layer._map;
  const scale = map.getZoomScale(event.zoom);
  const corner = map._latLngBoundsToNewLayerBounds(map.getBounds(), event.zoom, event.center).min;
  L.DomUtil.setTransform(layer._canvas, corner, scale);
}
