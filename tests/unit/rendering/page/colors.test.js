import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, mixed, palette, shadeAtNight } from "../../../../geomapper/rendering/assets/page/colors.js";

// the colours of actors (geomapper/layers.py), the greys of others and of none, of mixed regions
const ACTORS = [
  "#0072b2", "#c4500a", "#007a5a", "#9b4f96", "#a07800", "#332288", "#882255", "#44748c", "#661100", "#117733",
  "#aa4499", "#5f6b00", "#b30059", "#00687a", "#5b3fb5", "#3f7d20", "#8a3800", "#2f4b7c", "#6b7280", "#5b6470",
];

test("contrast is counted as the WCAG do", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.ok(Math.abs(contrast("#767676", "#ffffff") - 4.54) < 0.01);
  assert.equal(mixed("#000000", "#ffffff", 0.5), "#808080");
});

test("lines of every actor stand out on the land, by day and by night", () => {
  for (const night of [false, true]) {
    const { land, shade } = palette(night);
    for (const color of ACTORS) assert.ok(contrast(shade(color), land) >= 3, `${color} ${night}`);
  }
});

test("a shaded region is told from the land around it, by day and by night", () => {
  for (const night of [false, true]) {
    const { land, shade, fill } = palette(night);
    for (const color of ACTORS) assert.ok(contrast(mixed(land, shade(color), fill[0]), land) >= 1.15, `${color} ${night}`);
  }
});

test("by night the colours of actors stay different", () => {
  const own = ACTORS.slice(0, 18).map(shadeAtNight);
  assert.equal(new Set(own).size, own.length);
});

test("names are read on land and sea, by day and by night", () => {
  for (const night of [false, true]) {
    const { land, sea, label, country } = palette(night);
    for (const ground of [land, sea]) {
      assert.ok(contrast(label, ground) >= 4.5, `label ${ground}`);
      assert.ok(contrast(country, ground) >= 4.5, `country ${ground}`);
    }
  }
});
