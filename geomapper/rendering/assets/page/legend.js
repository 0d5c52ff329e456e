/* What the signs mean; what is drawn can be switched off here. */
import { button, checkbox, element, picture, section, shape } from "./dom.js";
import { NEUTRAL, signPicture } from "./signs.js";
import { fill } from "./words.js";

const WIDE = 26;

export class Legend {
  /* `onSwitch` hides and shows a part, `onMarked` leads to the actors that have a letter. */
  constructor(d, { isOpen, onSwitch, onMarked }) {
    this.d = d;
    const t = d.texts;
    const box = element("div", "gm-legend-body");
    box.append(element("p", "gm-muted", t.legend_colour));
    for (const [sign, text] of statusRows(d)) box.append(plain(sign, text));
    if (d.marked) box.append(this.markedRow(onMarked));
    for (const [part, sign] of parts(d)) {
      const row = checkbox(t["legend_" + part], (on) => onSwitch(part, on), sign);
      row.box.checked = true;
      row.box.dataset.part = part;
      box.append(row.row);
    }
    if (d.overlay) box.append(...this.overlayRows());
    this.root = section(t.legend, box, isOpen);
    this.root.classList.add("gm-legend");
  }

  /* Actors beyond the colours that can be told apart share a grey and have a letter each. */
  markedRow(onMarked) {
    const d = this.d;
    const row = element("p", "gm-row");
    const mark = d.marks.find(Boolean);
    const sign = signPicture({ color: d.colors[d.marks.indexOf(mark)], status: "reported", mark });
    row.append(sign, button(fill(d.texts.legend_marked, { count: d.marked }), onMarked, "gm-link"));
    return row;
  }

  overlayRows() {
    const areas = this.d.overlay.areas.filter((area, n, all) => all.findIndex((other) => other.name === area.name) === n);
    const rows = areas.map((area) => plain(swatch(area.color), area.name));
    return [...rows, element("p", "gm-muted", this.d.texts.source + ": " + this.d.overlay.source)];
  }
}

/* What can be switched off, where the map has it, and its sign. */
function parts(d) {
  const used = [
    ["regions", d.areas.length > 0, regionSign],
    ["circles", d.radius.some(Boolean), circleSign],
    ["arrows", !d.originLon.every(Number.isNaN), arrowSign],
    ["names", true, nameSign],
    ["overlay", Boolean(d.overlay), () => swatch(NEUTRAL)],
  ];
  return used.filter(([, isUsed]) => isUsed).map(([name, , sign]) => [name, sign()]);
}

function statusRows({ colors, texts: t }) {
  return [
    [signOf("reported"), t.legend_solid],
    [signOf("claimed"), t.legend_hollow],
    [signOf("denied"), t.legend_dashed],
    [clusterSign(colors), t.legend_cluster],
  ];
}

/* Every sign with its meaning, for paper. */
export function signRows(d) {
  return [...statusRows(d), ...parts(d).filter(([part]) => part !== "names").map(([part, sign]) => [sign, d.texts["legend_" + part]])];
}

function signOf(status) {
  return signPicture({ color: NEUTRAL, status });
}

function plain(sign, text) {
  const row = element("p", "gm-row");
  row.append(sign, element("span", "gm-label", text));
  return row;
}

const DASHED = { stroke: NEUTRAL, "stroke-width": 1.4, "stroke-dasharray": "4 3", fill: NEUTRAL, "fill-opacity": 0.25 };

/* A ring in three parts, as a cluster has one by actor. */
function clusterSign(colors) {
  const ring = { cx: 10, cy: 10, r: 7.4, fill: "#fff" };
  const thirds = colors.slice(0, 3).map((color, n) => shape("circle", {
    ...ring, stroke: color, "stroke-width": 3.4, "stroke-dasharray": "15.5 31", transform: `rotate(${n * 120 - 90} 10 10)`, "fill-opacity": n ? 0 : 1,
  }));
  return picture(thirds);
}

function regionSign() {
  return picture([shape("rect", { x: 2, y: 4, width: 22, height: 12, ...DASHED })], WIDE);
}

function circleSign() {
  return picture([shape("circle", { cx: 13, cy: 10, r: 8, ...DASHED })], WIDE);
}

function arrowSign() {
  const curve = shape("path", { d: "M2 14Q10 5 19 8", fill: "none", stroke: NEUTRAL, "stroke-width": 2 });
  return picture([curve, shape("path", { d: "M25 10 17 12.5 18.5 4.5Z", fill: NEUTRAL })], WIDE);
}

function nameSign() {
  return picture([shape("text", { x: 4, y: 15, "font-size": 13, "font-weight": 600, fill: NEUTRAL }, "Aa")], WIDE);
}

function swatch(color) {
  return picture([shape("rect", { x: 2, y: 4, width: 22, height: 12, fill: color, "fill-opacity": 0.35, stroke: color })], WIDE);
}
