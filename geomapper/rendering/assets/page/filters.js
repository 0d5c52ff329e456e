/* Filters: AND between dimensions, OR inside one. Pure: no document here. */
import { NONE, folded } from "./words.js";

const DAYS = "days";
const TEXT = "text";

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
    const masks = this.masks();
    const counts = Object.fromEntries(d.dimensions.map((name) => [name, new Uint32Array(d.size(name))]));
    const visible = new Uint32Array(d.count);
    const otherDays = new Uint32Array(d.count);
    let shown = 0;
    let other = 0;
    for (let i = 0; i < d.count; i++) {
      const missed = this.missed(i, masks);
      if (missed === undefined) continue;
      if (missed === null) visible[shown++] = i;
      if (missed === null || missed === DAYS) otherDays[other++] = i;
      this.tally(i, missed, counts);
    }
    return { visible: visible.subarray(0, shown), otherDays: otherDays.subarray(0, other), counts };
  }

  /* What is chosen, as a flag a value; null where a dimension lets all pass. */
  masks() {
    const masks = {};
    for (const name of this.data.dimensions) {
      masks[name] = this.chosen[name].size ? new Uint8Array(this.data.size(name)) : null;
      for (const value of this.chosen[name]) masks[name][value] = 1;
    }
    return masks;
  }

  /* The one dimension that keeps an event out: null where none does, undefined where several do. */
  missed(i, masks) {
    let missed = null;
    for (const name of this.data.dimensions) {
      if (!masks[name] || this.has(name, i, masks[name])) continue;
      if (missed !== null) return undefined;
      missed = name;
    }
    if (!this.isOpen && !this.inDays(i)) {
      if (missed !== null) return undefined;
      missed = DAYS;
    }
    if (this.found && !this.found[i]) return missed === null ? TEXT : undefined;
    return missed;
  }

  has(name, i, mask) {
    const d = this.data;
    if (name !== "actor") return mask[d[name][i]] === 1;
    if (this.role === "target") return mask[d.target[i]] === 1;
    return mask[d.actor[i]] === 1 || (this.role === "any" && d.target[i] > 0 && mask[d.target[i]] === 1);
  }

  tally(i, missed, counts) {
    const d = this.data;
    for (const name of d.dimensions) {
      if (missed !== null && missed !== name) continue;
      if (name !== "actor") counts[name][d[name][i]]++;
      else this.tallyActors(i, counts.actor);
    }
  }

  tallyActors(i, counts) {
    const { actor, target } = this.data;
    if (this.role !== "target") counts[actor[i]]++;
    if (this.role === "target") counts[target[i]]++;
    if (this.role === "any" && target[i] > 0 && target[i] !== actor[i]) counts[target[i]]++;
  }
}
