/* Web Mercator, rings and boxes. Pure. */
const LIMIT = 85.0511;

/* Longitude and latitude in degrees to a square of side one, north up. */
export function mercator(lon, lat) {
  return [mercatorX(lon), mercatorY(lat)];
}

export function mercatorX(lon) {
  return (lon + 180) / 360;
}

export function mercatorY(lat) {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/* Kilometres to pixels at a latitude, where the world is `scale` pixels wide. */
export function pixelsOf(km, lat, scale) {
  return ((km * 1000) / (40075016.686 * Math.cos((lat * Math.PI) / 180))) * scale;
}

/* A ring of differences, in parts of a degree, as points of the square and their box. */
export function decodeRing(numbers, parts = 100) {
  const points = new Float64Array(numbers.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    lon += numbers[i];
    lat += numbers[i + 1];
    const x = (points[i] = mercatorX(lon / parts));
    const y = (points[i + 1] = mercatorY(lat / parts));
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return { points, box };
}

/* Whether rings hold a point, by the even-odd rule. */
export function holdsPoint(rings, x, y) {
  let inside = false;
  for (const { points, box } of rings) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      if (points[i + 1] > y === points[j + 1] > y) continue;
      const across = ((points[j] - points[i]) * (y - points[i + 1])) / (points[j + 1] - points[i + 1]) + points[i];
      if (x < across) inside = !inside;
    }
  }
  return inside;
}

export function sizeOf(rings) {
  return rings.reduce((sum, { box }) => sum + (box[2] - box[0]) * (box[3] - box[1]), 0);
}

export function overlap(a, b) {
  return a[0] < b[0] + b[2] && a[0] + a[2] > b[0] && a[1] < b[1] + b[3] && a[1] + a[3] > b[1];
}
