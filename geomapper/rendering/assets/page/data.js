/* The columns of the page, as typed arrays where the page counts with them. Pure. */
import { NONE } from "./words.js";

export const DIMENSIONS = ["actor", "type", "status", "change"];

// integers, NONE for none; and numbers with a fraction, NaN for none
const WHOLE = [
  "type", "status", "actor", "target", "area", "pinned", "precision", "place", "dispute", "origin", "start", "end",
  "crossBorder", "killed", "wounded", "captured", "edited", "change", "before",
];
const BROKEN = ["lon", "lat", "radius", "originLon", "originLat", "confidence"];

export class EventData {
  constructor(raw) {
    Object.assign(this, raw);
    this.count = raw.id.length;
    this.told = Object.fromEntries(Object.entries(raw.told).map(([name, column]) => [name, whole(column)]));
    for (const name of WHOLE) if (raw[name]) this[name] = whole(raw[name]);
    for (const name of BROKEN) if (raw[name]) this[name] = broken(raw[name]);
    this.groupActors();
    this.dimensions = DIMENSIONS.filter((name) => name !== "change" || this.change);
    this.first = days(this.start, this.end);
    this.last = days(this.end, this.start);
    [this.min, this.max] = extent(this);
  }

  /* Actors that nobody names share one group, the last one of the filter. */
  groupActors() {
    const named = this.named ?? this.actors.length;
    this.groups = this.actors.slice(0, named);
    if (named < this.actors.length) this.groups.push(this.texts.other_actors);
    const grouped = (column) => (named < this.actors.length ? column.map((actor) => Math.min(actor, named)) : column);
    this.doer = grouped(this.actor);
    this.sufferer = grouped(this.target);
  }

  /* The events by their last day, made when a list is first asked for. */
  get order() {
    this.sorted ??= latestFirst(this);
    return this.sorted;
  }

  text(column, i) {
    const number = this[column][i];
    return number < 0 ? null : this.strings.at(number);
  }

  /* South-west and north-east corner of the points of events, latitude first; null without any. */
  bounds(events) {
    let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let n = 0; n < events.length; n++) {
      const i = events[n];
      if (!this.pinned[i]) continue;
      south = Math.min(south, this.lat[i]);
      north = Math.max(north, this.lat[i]);
      west = Math.min(west, this.lon[i]);
      east = Math.max(east, this.lon[i]);
    }
    return south <= north ? [[south, west], [north, east]] : null;
  }

  /* How many values a dimension has. */
  size(name) {
    return { actor: this.groups, type: this.types, status: this.statuses, change: this.changes }[name].length;
  }

  color(i) {
    return this.colors[this.actor[i]];
  }

  /* What the sign of an event looks like. */
  sign(i) {
    const { family } = this.types[this.type[i]];
    return { color: this.color(i), family, status: this.statuses[this.status[i]], mark: this.mark(i) };
  }

  /* The letter of an event's actor, where its colour is shared; else an empty text. */
  mark(i) {
    return this.marks?.[this.actor[i]] || "";
  }

  /* The name of an actor of the filter, its letter before it. */
  actorName(group) {
    const mark = this.marks?.[group];
    return mark ? mark + " · " + this.groups[group] : this.groups[group];
  }

  /* How many actors have a letter. */
  get marked() {
    return (this.marks || []).filter(Boolean).length;
  }

  /* Every telling of an event, the first one first. */
  tellings(i) {
    const told = this.told;
    const text = (name, n) => (told[name][n] < 0 ? null : this.strings.at(told[name][n]));
    const all = [];
    for (let n = told.offset[i]; n < told.offset[i + 1]; n++) {
      all.push({
        document: text("document", n), title: text("title", n), source: text("source", n),
        url: text("url", n), attribution: text("attribution", n), sentence: text("sentence", n) || "",
        at: told.at[n], length: told.length[n], status: this.statuses[told.status[n]], published: known(told.published[n]),
      });
    }
    return all;
  }
}

/* A number of a column; null where it is not known. */
export function known(number) {
  return number === NONE || Number.isNaN(number) ? null : number;
}

function whole(column) {
  return column instanceof Int32Array ? column : filled(new Int32Array(column.length), column, NONE);
}

function broken(column) {
  return column instanceof Float64Array ? column : filled(new Float64Array(column.length), column, NaN);
}

function filled(numbers, column, unknown) {
  for (let i = 0; i < numbers.length; i++) numbers[i] = column[i] ?? unknown;
  return numbers;
}

/* The day of one side, of the other where that one is open, NONE where both are. */
function days(side, other) {
  const out = new Int32Array(side.length);
  for (let i = 0; i < side.length; i++) out[i] = side[i] === NONE ? other[i] : side[i];
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
