/* What a reader chose, as the end of an address, and back. Names, not numbers, so that an address
   outlives a map that is made again. Pure. */
import { dayNumber, isoDay } from "./words.js";

const OTHERS = "*"; // the actors that nobody names
const ROLES = ["any", "actor", "target"];

function names(d, name) {
  if (name === "actor") return d.groups.map((group, n) => (n < (d.named ?? Infinity) ? group : OTHERS));
  if (name === "type") return d.types.map((type) => type.id);
  return name === "status" ? d.statuses : d.changes;
}

export function written(d, filters, view) {
  const state = new URLSearchParams();
  for (const name of d.dimensions) {
    const all = names(d, name);
    for (const value of [...filters.chosen[name]].sort((a, b) => a - b)) state.append(name, value === 0 && name === "actor" ? "" : all[value]);
  }
  if (filters.role !== "any") state.set("role", filters.role);
  if (filters.first !== null) state.set("from", isoDay(filters.first));
  if (filters.last !== null) state.set("to", isoDay(filters.last));
  if (filters.undated) state.set("undated", "1");
  if (filters.text.trim()) state.set("q", filters.text.trim());
  for (const [name, value] of Object.entries(view)) if (value !== null && value !== undefined) state.set(name, value);
  return state.toString();
}

/* Set the filters as an address says; what it names and the map lacks is passed over. Return the view. */
export function read(text, d, filters) {
  const state = new URLSearchParams(text);
  filters.reset();
  for (const name of d.dimensions) {
    const all = names(d, name);
    for (const value of state.getAll(name)) {
      const number = name === "actor" && value === "" ? 0 : all.indexOf(value);
      if (number >= 0) filters.chosen[name].add(number);
    }
  }
  if (ROLES.includes(state.get("role"))) filters.role = state.get("role");
  filters.range(dayNumber(state.get("from") || ""), dayNumber(state.get("to") || ""));
  filters.undated = state.get("undated") === "1";
  filters.search(state.get("q") || "");
  return { at: readView(state.get("at")), event: state.get("event"), step: readStep(state.get("step")) };
}

function readView(text) {
  const numbers = (text || "").split(",").map(Number);
  const [lon, lat, zoom] = numbers;
  const fits = numbers.length === 3 && Math.abs(lon) <= 540 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 20;
  return fits && numbers.every(Number.isFinite) ? { lon, lat, zoom } : null;
}

function readStep(text) {
  return /^\d{1,4}$/.test(text || "") ? Number(text) : null;
}
