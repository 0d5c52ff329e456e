/* The columns of the page, as typed arrays where the page counts with them. Pure. */
import { NONE } from "./words.js";

export const DIMENSIONS = ["actor", "type", "status", "change"];

export class EventData {
  constructor(raw) {
    Object.assign(this, raw);
    this.count = raw.id.length;
    for (const name of ["type", "status", "actor", "target", "area"]) this[name] = Int32Array.from(raw[name]);
    this.pinned = Uint8Array.from(raw.pinned);
    this.change = raw.change ? Int32Array.from(raw.change) : null;
    this.dimensions = DIMENSIONS.filter((name) => name !== "change" || this.change);
    this.first = days(raw.start, raw.end);
    this.last = days(raw.end, raw.start);
    [this.min, this.max] = extent(this);
    this.order = latestFirst(this);
  }

  text(column, i) {
    const number = this[column][i];
    return number < 0 ? null : this.strings[number];
  }

  /* How many values a dimension has. */
  size(name) {
    return { actor: this.actors, type: this.types, status: this.statuses, change: this.changes }[name].length;
  }

  family(i) {
    return this.types[this.type[i]].family;
  }

  color(i) {
    return this.colors[this.actor[i]];
  }

  /* Every telling of an event, the first one first. */
  tellings(i) {
    const told = this.told;
    const text = (name, n) => (told[name][n] < 0 ? null : this.strings[told[name][n]]);
    const all = [];
    for (let n = told.offset[i]; n < told.offset[i + 1]; n++) {
      all.push({
        document: text("document", n), title: text("title", n), source: text("source", n),
        url: text("url", n), attribution: text("attribution", n), sentence: text("sentence", n) || "",
        at: told.at[n], length: told.length[n], status: this.statuses[told.status[n]], published: told.published[n],
      });
    }
    return all;
  }
}

/* The day of one side, of the other where that one is open, NONE where both are. */
function days(side, other) {
  const out = new Int32Array(side.length);
  for (let i = 0; i < side.length; i++) out[i] = side[i] ?? other[i] ?? NONE;
  return out;
}

function extent(d) {
  let least = NONE;
  let most = NONE;
  for (let i = 0; i < d.count; i++) {
    if (d.first[i] === NONE) continue;
    if (least === NONE || d.first[i] < least) least = d.first[i];
    if (most === NONE || d.last[i] > most) most = d.last[i];
  }
  return [least, most];
}

/* The events by their last day, the latest first, those without a date last. The days and the
   numbers are sorted as one key each: a typed array sorts without a comparing function. */
function latestFirst(d) {
  const keys = new Float64Array(d.count);
  for (let i = 0; i < d.count; i++) keys[i] = (d.max - d.last[i]) * d.count + i;
  return Uint32Array.from(keys.sort(), (key) => key % d.count);
}
