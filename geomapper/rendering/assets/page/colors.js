/* Colours of the map by day and by night, and what keeps an actor's colour readable on each. Pure. */
const DAY = {
  sea: "#d3dfe6", land: "#f7f5ef", border: "#8b939b", unit: "#d9d5ca", hatch: "rgba(110, 114, 120, .3)",
  label: "#4d545d", country: "#5a616a", halo: "rgba(255, 255, 255, .85)", fill: [0.14, 0.34],
};
const NIGHT = {
  sea: "#1b2831", land: "#2d3237", border: "#7b838b", unit: "#434a50", hatch: "rgba(190, 195, 200, .22)",
  label: "#c3c9d0", country: "#a6afb9", halo: "rgba(20, 24, 28, .8)", fill: [0.24, 0.46],
};
const LEAST_CONTRAST = 3.2;
const STEP = 0.05;
const SHADES = new Map();

export function isNight() {
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/* The colours of the basemap, and `shade`, which makes an actor's colour stand out on the land. */
export function palette(night) {
  return { ...(night ? NIGHT : DAY), shade: night ? shadeAtNight : (color) => color };
}

/* A colour lightened as far as it must be for lines and areas on dark land; each is made once. */
export function shadeAtNight(color) {
  if (!SHADES.has(color)) SHADES.set(color, lightened(color, NIGHT.land));
  return SHADES.get(color);
}

function lightened(color, ground) {
  let part = 0;
  let shade = color;
  while (contrast(shade, ground) < LEAST_CONTRAST && part < 1) shade = mixed(color, "#ffffff", (part += STEP));
  return shade;
}

/* So much of the second colour in the first one. */
export function mixed(color, other, part) {
  const [a, b] = [channels(color), channels(other)];
  return "#" + a.map((value, n) => Math.round(value + (b[n] - value) * part).toString(16).padStart(2, "0")).join("");
}

/* How far two colours stand apart, from 1 to 21, as the WCAG count it. */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color) {
  const [r, g, b] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(color) {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}
