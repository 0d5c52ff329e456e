/* Our own basemap: land, then the areas of an overlay, disputed areas and borders. One canvas holds
   it all; where tiles come between, the land has one of its own below them. */
import { canvasLayer, hatch, pathOf, tracePath } from "./canvas.js";
import { decodeRing } from "./geometry.js";

const UNITS_FROM = 5;
const BELOW_TILES = 150;

function ringsOf(list) {
  return list.map((ring) => decodeRing(ring));
}

function drawLand(view, countries, units) {
  const c = view.context;
  c.fillStyle = view.colors.sea;
  c.fillRect(0, 0, view.width, view.height);
  c.fillStyle = view.colors.land;
  c.fill(countries);
  if (view.zoom < UNITS_FROM) return;
  tracePath(view, units);
  c.strokeStyle = view.colors.unit;
  c.lineWidth = 0.8;
  c.stroke();
}

export const LandLayer = canvasLayer("gm-land", BELOW_TILES, {
  initialize(rings) {
    this.rings = rings;
  },

  draw(view) {
    drawLand(view, pathOf(view, this.rings.countries), this.rings.units);
  },
});

export const BaseLayer = canvasLayer("gm-base", 350, {
  initialize(overlay) {
    this.rings = { countries: [], units: [], disputed: [] };
    this.overlay = (overlay?.areas || []).map((area) => ({
      color: area.color, rings: area.rings.map((ring) => decodeRing(ring, overlay.parts)),
    }));
    this.hasLand = true;
    this.hidden = new Set();
  },

  /* The basemap as it stands in the page. */
  take(base) {
    this.rings = { countries: ringsOf(base.countries.flat()), units: ringsOf(base.units), disputed: ringsOf(base.disputed) };
    return this;
  },

  /* The land goes into a layer of its own, which is returned; the rest stays. */
  split() {
    this.hasLand = false;
    this.redraw();
    return new LandLayer(this.rings);
  },

  draw(view) {
    view.context.clearRect(0, 0, view.width, view.height);
    const countries = pathOf(view, this.rings.countries);
    if (this.hasLand) drawLand(view, countries, this.rings.units);
    if (!this.hidden.has("overlay")) this.drawOverlay(view);
    this.drawDisputed(view);
    this.drawBorders(view, countries);
  },

  drawOverlay(view) {
    const c = view.context;
    for (const { color, rings } of this.overlay) {
      tracePath(view, rings);
      c.globalAlpha = view.colors.fill[0] + 0.08;
      c.fillStyle = color;
      c.fill("evenodd");
      c.globalAlpha = 0.7;
      c.strokeStyle = view.colors.shade(color);
      c.lineWidth = 1;
      c.stroke();
      c.globalAlpha = 1;
    }
  },

  drawDisputed(view) {
    const c = view.context;
    tracePath(view, this.rings.disputed);
    c.save();
    c.clip();
    hatch(view, view.colors.hatch, 8);
    c.restore();
  },

  drawBorders(view, countries) {
    const c = view.context;
    c.strokeStyle = view.colors.border;
    c.lineWidth = view.zoom >= UNITS_FROM ? 1.3 : 0.8;
    c.stroke(countries);
    tracePath(view, this.rings.disputed);
    c.setLineDash([4, 4]);
    c.lineWidth = 1;
    c.stroke();
    c.setLineDash([]);
  },
});
