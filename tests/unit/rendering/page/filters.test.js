import assert from "node:assert/strict";
import { test } from "node:test";
import { EventData } from "../../../../geomapper/rendering/assets/page/data.js";
import { Filters } from "../../../../geomapper/rendering/assets/page/filters.js";
import { read, written } from "../../../../geomapper/rendering/assets/page/state.js";

const RAW = {
  id: ["a", "b", "c", "d"],
  type: [0, 1, 0, 1], status: [0, 0, 1, 1], actor: [1, 2, 1, 0], target: [2, 0, 0, 1], area: [-1, -1, -1, -1],
  pinned: [1, 1, 1, 1], start: [10, 12, null, null], end: [11, null, 9, null],
  actors: ["Not stated", "Red & Co", "Blue"], colors: ["#000", "#111", "#222"],
  types: [{ id: "x", label: "X", family: "f" }, { id: "y", label: "Y", family: "f" }],
  statuses: ["reported", "claimed"], strings: ["Čačak", "a quiet night"],
  place: [0, -1, -1, -1], origin: [-1, -1, -1, -1],
  told: {
    offset: [0, 1, 2, 3, 4], document: [-1, -1, -1, -1], title: [-1, -1, -1, -1], source: [-1, -1, -1, -1],
    url: [-1, -1, -1, -1], attribution: [-1, -1, -1, -1], sentence: [-1, 1, -1, -1],
    status: [0, 0, 1, 1], at: [0, 0, 0, 0], length: [0, 0, 0, 0], published: [null, null, null, null],
  },
};
const made = () => new Filters(new EventData(RAW));
const shown = (filters) => Array.from(filters.apply().visible, (i) => filters.data.id[i]).join("");

test("without a choice everything is shown", () => assert.equal(shown(made()), "abcd"));

test("an actor counts as initiator and as target, or as one of them", () => {
  const filters = made();
  filters.toggle("actor", 1);
  assert.equal(shown(filters), "acd");
  filters.role = "target";
  assert.equal(shown(filters), "d");
  filters.role = "actor";
  assert.equal(shown(filters), "ac");
});

test("actors that nobody names share one choice, and count once in it", () => {
  const data = new EventData({ ...RAW, named: 2, actors: [...RAW.actors.slice(0, 2), "depot", "bus"], actor: [1, 2, 3, 0], target: [3, 3, 0, 1], texts: { other_actors: "Others" } });
  const filters = new Filters(data);
  assert.deepEqual(data.groups, ["Not stated", "Red & Co", "Others"]);
  assert.deepEqual([...filters.apply().counts.actor], [1, 2, 3]);
  filters.toggle("actor", 2);
  assert.equal(shown(filters), "abc");
  filters.search("depot");
  assert.equal(shown(filters), "b");
  const again = new Filters(data);
  read(written(data, filters, {}), data, again);
  assert.deepEqual([...again.chosen.actor], [2]);
});

test("dimensions narrow each other, values of one widen", () => {
  const filters = made();
  filters.toggle("type", 0);
  filters.toggle("status", 1);
  assert.equal(shown(filters), "c");
  filters.toggle("type", 1);
  assert.equal(shown(filters), "cd");
});

test("a count says what a value would give if chosen", () => {
  const filters = made();
  filters.toggle("type", 0);
  const { counts } = filters.apply();
  assert.deepEqual([...counts.type], [2, 2]);
  assert.deepEqual([...counts.status], [1, 1]);
});

test("days overlap, an open end is the other end, no date only when asked for", () => {
  const filters = made();
  filters.range(11, 11);
  assert.equal(shown(filters), "a");
  filters.range(null, 9);
  assert.equal(shown(filters), "c");
  filters.undated = true;
  assert.equal(shown(filters), "cd");
});

test("every word of a search must stand somewhere, accents aside", () => {
  const filters = made();
  filters.search("cacak");
  assert.equal(shown(filters), "a");
  filters.search("ČAČ");
  assert.equal(shown(filters), "a");
  filters.search("night blue QUIET");
  assert.equal(shown(filters), "b");
});

test("the address brings back every choice", () => {
  const filters = made();
  filters.toggle("actor", 1);
  filters.toggle("actor", 0);
  filters.toggle("type", 1);
  filters.role = "target";
  filters.range(3, 20000);
  filters.undated = true;
  filters.search("a & b = c");
  const text = written(filters.data, filters, { at: "1,2,3", event: "b", step: null });
  const again = made();
  const view = read(text, again.data, again);
  assert.deepEqual(again.chosen, filters.chosen);
  assert.deepEqual([again.role, again.first, again.last, again.undated, again.text], ["target", 3, 20000, true, "a & b = c"]);
  assert.deepEqual(view, { at: { lon: 1, lat: 2, zoom: 3 }, event: "b", step: null });
});

test("an address that names what is not here is passed over", () => {
  const filters = made();
  const view = read("actor=Green&type=z&from=soon&at=1,x,3&step=-1&role=any%00", filters.data, filters);
  assert.equal(shown(filters), "abcd");
  assert.deepEqual(view, { at: null, event: null, step: null });
});
