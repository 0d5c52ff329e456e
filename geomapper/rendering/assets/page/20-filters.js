/* Filters: AND between dimensions, OR inside one. Pure: no document here. */
class Filters {
  constructor(data) {
    this.data = data;
    this.count = data.id.length;
    this.dimensions = ["actor", "type", "status"];
    this.chosen = {};
    for (const name of this.dimensions) this.chosen[name] = new Set();
    this.text = "";
    this.first = null;
    this.last = null;
    this.undated = true;
    this.texts = data.id.map((_, i) => this.searchText(i));
  }

  searchText(i) {
    const d = this.data;
    const told = d.sources[i].map((s) => [s.title, s.source, s.sentence].join(" ")).join(" ");
    const words = [d.place[i], d.actors[d.actor[i]], d.actors[d.target[i]], d.types[d.type[i]].label, told];
    return words.join(" ").toLocaleLowerCase();
  }

  /* The values of a dimension that an event has: an actor counts as initiator and as target. */
  values(name, i) {
    const d = this.data;
    if (name !== "actor") return [d[name][i]];
    return d.target[i] > 0 && d.target[i] !== d.actor[i] ? [d.actor[i], d.target[i]] : [d.actor[i]];
  }

  inDays(i) {
    if (this.first === null && this.last === null) return true;
    const [start, end] = this.days(i);
    if (start === null) return this.undated;
    return (this.last === null || start <= this.last) && (this.first === null || end >= this.first);
  }

  days(i) {
    const start = this.data.start[i] ?? this.data.end[i];
    const end = this.data.end[i] ?? this.data.start[i];
    return [start, end];
  }

  holds(i, without) {
    for (const name of this.dimensions) {
      const chosen = this.chosen[name];
      if (name !== without && chosen.size && !this.values(name, i).some((v) => chosen.has(v))) return false;
    }
    if (without !== "days" && !this.inDays(i)) return false;
    return !this.text || this.texts[i].includes(this.text);
  }

  /* Which events pass, and how many would in each value of each dimension. */
  apply() {
    const visible = [];
    const counts = { actor: new Map(), type: new Map(), status: new Map() };
    for (let i = 0; i < this.count; i++) {
      if (this.holds(i)) visible.push(i);
      for (const name of this.dimensions) {
        if (!this.holds(i, name)) continue;
        for (const value of this.values(name, i)) {
          counts[name].set(value, (counts[name].get(value) || 0) + 1);
        }
      }
    }
    return { visible, counts };
  }

  toggle(name, value) {
    const chosen = this.chosen[name];
    if (!chosen.delete(value)) chosen.add(value);
  }

  reset() {
    for (const name of this.dimensions) this.chosen[name].clear();
    this.text = "";
    this.first = this.last = null;
    this.undated = true;
  }
}
