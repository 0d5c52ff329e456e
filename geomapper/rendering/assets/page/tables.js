/* What is shown, as CSV and GeoJSON. Pure. */
import { known } from "./data.js";
import { isoDay } from "./words.js";

export const COLUMNS = [
  "id", "type", "family", "actor", "target", "status", "date_start", "date_end", "place", "precision",
  "radius_km", "lon", "lat", "killed", "wounded", "captured", "confidence", "sentence", "attribution",
  "title", "source", "url", "published",
];
const SHEET_FORMULA = /^\s*[=+\-@\t\r]/;

function day(number) {
  return number === null ? null : isoDay(number);
}

function precision(d, i) {
  return d.precision[i] < 0 ? null : d.precisions[d.precision[i]];
}

export function values(d, i) {
  const told = d.tellings(i)[0];
  const actor = (number) => (number > 0 ? d.actors[number] : null);
  return [
    d.id.at(i), d.types[d.type[i]].id, d.types[d.type[i]].family, actor(d.actor[i]), actor(d.target[i]), d.statuses[d.status[i]],
    day(known(d.start[i])), day(known(d.end[i])), d.text("place", i), precision(d, i), known(d.radius[i]), known(d.lon[i]), known(d.lat[i]),
    known(d.killed[i]), known(d.wounded[i]), known(d.captured[i]), d.confidence[i], told.sentence, told.attribution, told.title,
    told.source, told.url, day(told.published),
  ];
}

/* A text that begins like a formula gets an apostrophe, so that no spreadsheet runs it. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = (SHEET_FORMULA.test(value) ? "'" : "") + value;
  return '"' + text.replace(/"/g, '""') + '"';
}

export function asCsv(d, visible) {
  const rows = Array.from(visible, (i) => values(d, i).map(csvCell).join(","));
  return "\ufeff" + [COLUMNS.join(","), ...rows].join("\r\n") + "\r\n";
}

/* GeoJSON by RFC 7946: an area for a region, a point for a place, null for none. */
export function asGeoJson(d, visible, parts = 100) {
  const features = Array.from(visible, (i) => ({
    type: "Feature",
    id: d.id.at(i),
    geometry: geometryOf(d, i, parts),
    properties: Object.fromEntries(values(d, i).map((value, n) => [COLUMNS[n], value])),
  }));
  return JSON.stringify({ type: "FeatureCollection", features });
}

function geometryOf(d, i, parts) {
  if (!d.pinned[i]) return null;
  if (d.area[i] < 0) return { type: "Point", coordinates: [d.lon[i], d.lat[i]] };
  return { type: "MultiPolygon", coordinates: d.areas[d.area[i]].map((ring) => [degrees(ring, parts)]) };
}

function degrees(ring, parts) {
  const out = [];
  let lon = 0;
  let lat = 0;
  for (let n = 0; n < ring.length; n += 2) {
    lon += ring[n];
    lat += ring[n + 1];
    out.push([lon / parts, lat / parts]);
  }
  const [first, last] = [out[0], out.at(-1)];
  return first[0] === last[0] && first[1] === last[1] ? out : [...out, first];
}
