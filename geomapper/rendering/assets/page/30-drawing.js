/* Signs on a canvas: shape by family, colour by actor, fill by status. */
const GLYPHS = {
  capture: "M-3 5V-5H4.5L2.5-2.2L4.5 .6H-3",
  offensive: "M-4.5 4.5L4-4M-1.5-4.5H4.5V1.5",
  cross_border_push: "M0-5.5V-2.5M0 2.5V5.5M-5 0H4.5M1.5-3L5 0L1.5 3",
  strike: "M0-5V5M-5 0H5M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5",
  withdrawal: "M4.5-4.5L-4 4M1.5 4.5H-4.5V-1.5",
  bombing: "M0-2.5A3.4 3.4 0 1 1-.1-2.5M2-4L4-5.5",
  harm: "M0-5V1.5M0 4.4V5",
  unrest: "M-4 4.5V-4M-4-4L4-1.5L-4 1",
  strategic: "M-4.5-3H4.5M-4.5 0H4.5M-4.5 3H4.5",
  political: "M-4.5-4H4.5V2H0L-2.5 5V2H-4.5Z",
};
const PATHS = {};
const INK = "#22272e";

function glyph(family) {
  if (!PATHS[family]) PATHS[family] = new Path2D(GLYPHS[family] || "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0");
  return PATHS[family];
}

/* Solid: told or confirmed. Hollow: claimed. Dashed: denied or never pinned. */
function drawSign(c, x, y, color, family, status, radius) {
  const solid = status === "reported" || status === "confirmed";
  c.beginPath();
  c.arc(x, y, radius, 0, 2 * Math.PI);
  c.fillStyle = solid ? color : "#fff";
  c.fill();
  c.lineWidth = solid ? 1.5 : 2;
  c.strokeStyle = solid ? "#fff" : color;
  if (!solid && status !== "claimed") c.setLineDash([3, 2]);
  c.stroke();
  c.setLineDash([]);
  c.save();
  c.translate(x, y);
  c.scale(radius / 9.5, radius / 9.5);
  c.lineWidth = 1.7;
  c.lineCap = c.lineJoin = "round";
  c.strokeStyle = solid ? "#fff" : color;
  c.stroke(glyph(family));
  c.restore();
}

function signCanvas(color, family, status) {
  const canvas = element("canvas", "gm-sign");
  canvas.width = canvas.height = 40;
  canvas.setAttribute("aria-hidden", "true");
  const c = canvas.getContext("2d");
  c.scale(2, 2);
  drawSign(c, 10, 10, color, family, status, 8.5);
  return canvas;
}
