/* Our own basemap, in two layers, so that tiles may come between: land; then the areas of an overlay,
   disputed areas and borders. */
import { canvasLayer, hatch, tracePath } from "./canvas.js";
import { decodeRing } from "./geometry.js";

const UNITS_FROM = 5;

function ringsOf(list) {
  return list.map((ring) => decodeRing(ring));
}

/* The rings of countries, units and disputed areas, decoded once for both layers. */
export function decoded(base) {
  return { countries: base.countries.map(ringsOf), units: ringsOf(base.units), disputed: ringsOf(base.disputed) };
}

export const LandLayer = canvasLayer("gm-land", 250, {
  initialize(base) {
    this.countries = base.countries;
    this.units = base.units;
  },

  draw(view) {
    const c = view.context;
    c.fillStyle = view.colors.sea;
    c.fillRect(0, 0, view.width, view.height);
    c.fillStyle = view.colors.land;
    for (const rings of this.countries) {
      tracePath(view, rings);
      c.fill();
    }
    if (view.zoom < UNITS_FROM) return;
    tracePath(view, this.units);
    c.strokeStyle = view.colors.unit;
    c.lineWidth = 0.8;
    c.stroke();
  },
});

export const BorderLayer = canvasLayer("gm-borders", 350, {
  initialize(base, overlay) {
    this.countries = base.countries;
    this.disputed = base.disputed;
    this.overlay = (overlay?.areas || []).map((area) => ({
      color: area.color, rings: area.rings.map((ring) => decodeRing(ring, overlay.parts)),
    }));
    this.hidden = new Set();
  },

  draw(view) {
    view.context.clearRect(0, 0, view.width, view.height);
    if (!this.hidden.has("overlay")) this.drawOverlay(view);
    this.drawDisputed(view);
    this.drawBorders(view);
  },

  drawOverlay(view) {
    const c = view.context;
    for (const { color, rings } of this.overlay) {
      tracePath(view, rings);
      c.globalAlpha = 0.22;
      c.fillStyle = color;
      c.fill("evenodd");
      c.globalAlpha = 0.7;
      c.strokeStyle = color;
      c.lineWidth = 1;
      c.stroke();
      c.globalAlpha = 1;
    }
  },

  drawDisputed(view) {
    const c = view.context;
    tracePath(view, this.disputed);
    c.save();
    c.clip();
    hatch(view, view.colors.hatch, 8);
    c.restore();
  },

  drawBorders(view) {
    const c = view.context;
    c.strokeStyle = view.colors.border;
    c.lineWidth = view.zoom >= UNITS_FROM ? 1.3 : 0.8;
    for (const rings of this.countries) {
      tracePath(view, rings);
      c.stroke();
    }
    tracePath(view, this.disputed);
    c.setLineDash([4, 4]);
    c.lineWidth = 1;
    c.stroke();
    c.setLineDash([]);
  },
});
