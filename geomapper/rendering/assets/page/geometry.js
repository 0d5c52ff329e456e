/* Web Mercator, rings and boxes. Pure. */
const LIMIT = 85.0511;
const NORTH = 9000;
const LATITUDES = new Float64Array(2 * NORTH + 1);

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

/* The same of a latitude in hundredths of a degree, as the basemap has them: each is reckoned once. */
function hundredthsY(lat) {
  const known = LATITUDES[lat + NORTH];
  return known || (LATITUDES[lat + NORTH] = mercatorY(lat / 100));
}

/* Kilometres to pixels at a latitude, where the world is `scale` pixels wide. */
export function pixelsOf(km, lat, scale) {
  return ((km * 1000) / (40075016.686 * Math.cos((lat * Math.PI) / 180))) * scale;
}

/* A ring of differences, in parts of a degree: its box, and its points of the square, which are
   reckoned when somebody first draws them: most of the world is never looked at. */
export function decodeRing(numbers, parts = 100) {
  let points = null;
  return {
    box: boxOf(numbers, parts),
    get points() {
      return (points ??= pointsOf(numbers, parts));
    },
  };
}

function pointsOf(numbers, parts) {
  const points = new Float64Array(numbers.length);
  let lon = 0;
  let lat = 0;
  const y = parts === 100 ? hundredthsY : (value) => mercatorY(value / parts);
  for (let i = 0; i < numbers.length; i += 2) {
    points[i] = mercatorX((lon += numbers[i]) / parts);
    points[i + 1] = y((lat += numbers[i + 1]));
  }
  return points;
}

/* West, north, east and south in the square, of the ring's corners in parts of a degree. */
function boxOf(numbers, parts) {
  let [lon, lat] = numbers;
  let [west, east, south, north] = [lon, lon, lat, lat];
  for (let i = 2; i < numbers.length; i += 2) {
    lon += numbers[i];
    lat += numbers[i + 1];
    if (lon < west) west = lon;
    else if (lon > east) east = lon;
    if (lat < south) south = lat;
    else if (lat > north) north = lat;
  }
  return [mercatorX(west / parts), mercatorY(north / parts), mercatorX(east / parts), mercatorY(south / parts)];
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
