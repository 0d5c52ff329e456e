/* Filters: AND between dimensions, OR inside one. Pure: no document here. */
import { NONE, folded } from "./words.js";

// what an event fails: the number of a dimension, or one of these
const PASSED = -1;
const SEVERAL = -2;
const DAYS = -3;
const TEXT = -4;

export class Filters {
  constructor(data) {
    this.data = data;
    this.chosen = Object.fromEntries(data.dimensions.map((name) => [name, new Set()]));
    this.words = null;
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
    const words = folded(text).split(/\s+/).filter(Boolean);
    this.found = words.length ? this.events((i) => words.every((word) => this.wordsOf(i).includes(word))) : null;
  }

  events(holds) {
    const found = new Uint8Array(this.data.count);
    for (let i = 0; i < found.length; i++) found[i] = holds(i) ? 1 : 0;
    return found;
  }

  /* The text that the search looks through, made once and only when somebody searches. */
  wordsOf(i) {
    const d = this.data;
    this.words ??= Array.from({ length: d.count }, () => null);
    if (this.words[i] === null) {
      const told = d.tellings(i).flatMap((each) => [each.title, each.source, each.attribution, each.sentence]);
      const names = [d.text("place", i), d.text("origin", i), d.actors[d.actor[i]], d.types[d.type[i]].label, d.id[i]];
      if (d.target[i] > 0) names.push(d.actors[d.target[i]]);
      this.words[i] = folded([...names, ...told].filter(Boolean).join("\n"));
    }
    return this.words[i];
  }

  inDays(i) {
    const first = this.data.first[i];
    if (first === NONE) return this.undated;
    return (this.last === null || first <= this.last) && (this.first === null || this.data.last[i] >= this.first);
  }

  /* Which events pass; how many would in each value of each dimension, were nothing chosen in
     that dimension; and, in `otherDays`, those that pass whatever the days. */
  apply() {
    const d = this.data;
    const tests = this.tests();
    const tally = d.dimensions.map((name) => this.tally(name));
    const counts = d.dimensions.map((name) => new Uint32Array(d.size(name)));
    const visible = new Uint32Array(d.count);
    const otherDays = new Uint32Array(d.count);
    let shown = 0;
    let other = 0;
    for (let i = 0; i < d.count; i++) {
      const missed = missedBy(tests, i);
      if (missed === SEVERAL) continue;
      if (missed === PASSED) visible[shown++] = i;
      if (missed === PASSED || missed === DAYS) otherDays[other++] = i;
      if (missed === PASSED) for (let n = 0; n < counts.length; n++) tally[n](i, counts[n]);
      else if (missed >= 0) tally[missed](i, counts[missed]);
    }
    return {
      visible: visible.subarray(0, shown),
      otherDays: otherDays.subarray(0, other),
      counts: Object.fromEntries(d.dimensions.map((name, n) => [name, counts[n]])),
    };
  }

  /* What an event must pass: a test for each dimension in which something is chosen. */
  tests() {
    const { dimensions } = this.data;
    const tests = [];
    dimensions.forEach((name, number) => {
      if (this.chosen[name].size) tests.push({ number, holds: this.test(name) });
    });
    if (!this.isOpen) tests.push({ number: DAYS, holds: (i) => this.inDays(i) });
    if (this.found) tests.push({ number: TEXT, holds: (i) => this.found[i] === 1 });
    return tests;
  }

  test(name) {
    const d = this.data;
    const mask = new Uint8Array(d.size(name));
    for (const value of this.chosen[name]) mask[value] = 1;
    if (name !== "actor") return (i) => mask[d[name][i]] === 1;
    if (this.role === "target") return (i) => mask[d.target[i]] === 1;
    if (this.role === "actor") return (i) => mask[d.actor[i]] === 1;
    return (i) => mask[d.actor[i]] === 1 || (d.target[i] > 0 && mask[d.target[i]] === 1);
  }

  /* How an event counts in a dimension. */
  tally(name) {
    const { actor, target } = this.data;
    if (name !== "actor" || this.role !== "any") {
      const column = name === "actor" && this.role === "target" ? target : this.data[name];
      return (i, counts) => counts[column[i]]++;
    }
    return (i, counts) => {
      counts[actor[i]]++;
      if (target[i] > 0 && target[i] !== actor[i]) counts[target[i]]++;
    };
  }
}

/* The one test that an event fails; PASSED where it fails none, SEVERAL where more than one. */
function missedBy(tests, i) {
  let missed = PASSED;
  for (let n = 0; n < tests.length; n++) {
    if (tests[n].holds(i)) continue;
    if (missed !== PASSED) return SEVERAL;
    missed = tests[n].number;
  }
  return missed;
}
