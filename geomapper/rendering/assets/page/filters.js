/* Filters: AND between dimensions, OR inside one. Pure: no document here. */
import { Search } from "./search.js";
import { NONE } from "./words.js";

// what an event fails: nothing, more than one test, the days, the search, or the choice in a dimension
const PASSED = 0;
const SEVERAL = 1;
const DAYS = 2;
const TEXT = 3;
const FIRST = 4;

export class Filters {
  constructor(data) {
    this.data = data;
    this.chosen = Object.fromEntries(data.dimensions.map((name) => [name, new Set()]));
    this.searching = new Search(data);
    this.reset();
  }

  reset() {
    for (const name of this.data.dimensions) this.chosen[name].clear();
    this.role = "any";
    this.first = this.last = null;
    this.undated = false;
    this.search("");
  }

  toggle(name, value) {
    const chosen = this.chosen[name];
    if (!chosen.delete(value)) chosen.add(value);
  }

  range(first, last) {
    this.first = first;
    this.last = last;
  }

  get isOpen() {
    return this.first === null && this.last === null;
  }

  /* Every word of the search must stand somewhere in an event. */
  search(text) {
    this.text = text;
    this.found = this.searching.find(text);
  }

  /* Which events pass; how many would in each value of each dimension, were nothing chosen in
     that dimension; and, in `otherDays`, those that pass whatever the days. */
  apply() {
    const missed = this.missed();
    return {
      visible: having(missed, PASSED, PASSED),
      otherDays: having(missed, PASSED, DAYS),
      counts: Object.fromEntries(this.data.dimensions.map((name, n) => [name, this.counted(name, missed, FIRST + n)])),
    };
  }

  /* Of each event the one test that it fails. Columns are walked one after the other: a loop
     over plain numbers is many times faster than a call for each event. */
  missed() {
    const d = this.data;
    const missed = new Uint8Array(d.count);
    d.dimensions.forEach((name, n) => {
      if (this.chosen[name].size) this.missChoice(missed, name, FIRST + n);
    });
    if (!this.isOpen) this.missDays(missed);
    if (this.found) for (let i = 0; i < missed.length; i++) if (!this.found[i]) missed[i] = missed[i] ? SEVERAL : TEXT;
    return missed;
  }

  missChoice(missed, name, code) {
    const mask = new Uint8Array(this.data.size(name));
    for (const value of this.chosen[name]) mask[value] = 1;
    const [column, other] = this.columns(name);
    for (let i = 0; i < missed.length; i++) {
      if (mask[column[i]] || (other && other[i] > 0 && mask[other[i]])) continue;
      missed[i] = missed[i] ? SEVERAL : code;
    }
  }

  missDays(missed) {
    const { first, last } = this.data;
    const [from, to] = [this.first ?? -Infinity, this.last ?? Infinity];
    for (let i = 0; i < missed.length; i++) {
      const passes = first[i] === NONE ? this.undated : first[i] <= to && last[i] >= from;
      if (!passes) missed[i] = missed[i] ? SEVERAL : DAYS;
    }
  }

  /* Where a dimension has its values; of actors, an event has two. */
  columns(name) {
    const d = this.data;
    if (name !== "actor") return [d[name], null];
    return { any: [d.doer, d.sufferer], actor: [d.doer, null], target: [d.sufferer, null] }[this.role];
  }

  /* How many events of each value pass all else. */
  counted(name, missed, code) {
    const counts = new Uint32Array(this.data.size(name));
    const [column, other] = this.columns(name);
    for (let i = 0; i < missed.length; i++) {
      if (missed[i] !== PASSED && missed[i] !== code) continue;
      counts[column[i]]++;
      if (other && other[i] > 0 && other[i] !== column[i]) counts[other[i]]++;
    }
    return counts;
  }
}

/* The events that pass all tests, or fail only one of a kind. */
function having(missed, one, other) {
  const events = new Uint32Array(missed.length);
  let count = 0;
  for (let i = 0; i < missed.length; i++) if (missed[i] === one || missed[i] === other) events[count++] = i;
  return events.subarray(0, count);
}
