/* What the signs mean; what is drawn can be switched off here. */
import { checkbox, element, section } from "./dom.js";
import { GREY, drawRing, picture, signPicture } from "./signs.js";

const WIDE = 26;

export class Legend {
  constructor(d, colors, onSwitch) {
    this.d = d;
    const t = d.texts;
    const box = element("div", "gm-legend-body");
    for (const [sign, text] of statusRows(t)) box.append(plain(sign, text));
    box.append(plain(clusterSign(colors), t.legend_cluster));
    for (const [part, sign] of this.parts()) {
      const row = checkbox(t["legend_" + part], (on) => onSwitch(part, on), sign);
      row.box.checked = true;
      row.box.dataset.part = part;
      box.append(row.row);
    }
    if (d.overlay) box.append(...this.overlayRows());
    this.root = section(t.legend, box, window.innerWidth > 1000 && window.innerHeight > 640);
    this.root.classList.add("gm-legend");
  }

  parts() {
    const d = this.d;
    const used = [
      ["regions", d.areas.length > 0, regionSign],
      ["circles", d.radius.some(Boolean), circleSign],
      ["arrows", !d.originLon.every(Number.isNaN), arrowSign],
      ["names", true, nameSign],
      ["overlay", Boolean(d.overlay), () => picture(() => {}, WIDE)],
    ];
    return used.filter(([, isUsed]) => isUsed).map(([name, , sign]) => [name, sign()]);
  }

  overlayRows() {
    const areas = this.d.overlay.areas.filter((area, n, all) => all.findIndex((other) => other.name === area.name) === n);
    const rows = areas.map((area) => plain(swatch(area.color), area.name));
    return [...rows, element("p", "gm-muted", this.d.texts.source + ": " + this.d.overlay.source)];
  }
}

export function statusRows(t) {
  return [
    [signPicture(GREY, "", "reported"), t.legend_solid],
    [signPicture(GREY, "", "claimed"), t.legend_hollow],
    [signPicture(GREY, "", "denied"), t.legend_dashed],
  ];
}

function plain(sign, text) {
  const row = element("p", "gm-row");
  row.append(sign, element("span", "gm-label", text));
  return row;
}

function clusterSign(colors) {
  return picture((c) => drawRing(c, { x: 10, y: 10, radius: 9 }, colors.map((color) => [color, 1]), ""));
}

function regionSign() {
  return picture((c) => {
    c.setLineDash([4, 3]);
    c.strokeStyle = GREY;
    c.fillStyle = "rgba(76,85,96,.25)";
    c.fillRect(2, 4, 22, 12);
    c.strokeRect(2, 4, 22, 12);
  }, WIDE);
}

function circleSign() {
  return picture((c) => {
    c.beginPath();
    c.arc(13, 10, 8, 0, 2 * Math.PI);
    c.fillStyle = "rgba(76,85,96,.2)";
    c.fill();
    c.setLineDash([3, 3]);
    c.strokeStyle = GREY;
    c.stroke();
  }, WIDE);
}

function arrowSign() {
  return picture((c) => {
    c.strokeStyle = c.fillStyle = GREY;
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(2, 14);
    c.quadraticCurveTo(10, 5, 19, 8);
    c.stroke();
    c.beginPath();
    c.moveTo(25, 10);
    c.lineTo(17, 12.5);
    c.lineTo(18.5, 4.5);
    c.fill();
  }, WIDE);
}

function nameSign() {
  return picture((c) => {
    c.fillStyle = GREY;
    c.font = "600 13px system-ui, sans-serif";
    c.fillText("Aa", 4, 15);
  }, WIDE);
}

function swatch(color) {
  return picture((c) => {
    c.fillStyle = color;
    c.globalAlpha = 0.35;
    c.fillRect(2, 4, 22, 12);
    c.globalAlpha = 1;
    c.strokeStyle = color;
    c.strokeRect(2, 4, 22, 12);
  }, WIDE);
}

