import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { binAt, binStarts, binsOf, histogram, totals } from "../../../../geomapper/rendering/assets/page/bins.js";
import { eventsOf, gridded, merged } from "../../../../geomapper/rendering/assets/page/clusters.js";
import { decodeRing, holdsPoint, mercator, pixelsOf } from "../../../../geomapper/rendering/assets/page/geometry.js";
import { gunzip } from "../../../../geomapper/rendering/assets/page/inflate.js";
import { unpacked } from "../../../../geomapper/rendering/assets/page/packing.js";
import { csvCell } from "../../../../geomapper/rendering/assets/page/tables.js";
import { NONE, dayNumber, fill, isoDay, safeAddress } from "../../../../geomapper/rendering/assets/page/words.js";

const day = (text) => dayNumber(text);

/* A block as geomapper/rendering/packing.py writes it. */
function block(data, columns) {
  const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
  const header = Buffer.from(JSON.stringify({ data, columns: columns.map(({ body, ...rest }) => ({ ...rest, size: body.length })) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([padded(Buffer.concat([length, header])), ...columns.map(({ body }) => padded(body))]);
}

test("a few weeks have a bar a day, decades a bar a year", () => {
  assert.equal(binStarts(0, 91).unit, "day");
  assert.equal(binStarts(0, 92).unit, "week");
  assert.equal(binStarts(0, 4000).unit, "month");
  assert.equal(binStarts(0, 9000).unit, "year");
});

test("weeks begin on Mondays, months on their first day", () => {
  const weeks = binStarts(day("2025-01-01"), day("2025-06-30")).starts;
  assert.equal(isoDay(weeks[0]), "2024-12-30");
  const months = binStarts(day("2020-02-29"), day("2025-06-30")).starts;
  assert.deepEqual([isoDay(months[0]), isoDay(months[1]), isoDay(months.at(-1))], ["2020-02-01", "2020-03-01", "2025-07-01"]);
});

test("every day falls into the bar that holds it", () => {
  const first = day("2019-03-07");
  for (const last of [first + 5, first + 400, first + 3000, first + 9000]) {
    const { starts } = binStarts(first, last);
    for (let at = first; at <= last; at += 17) {
      const bin = binAt(starts, at);
      assert.ok(starts[bin] <= at && at < starts[bin + 1]);
    }
  }
});

test("an event of several days counts in each of its bars, one without a date in none", () => {
  const d = { first: Int32Array.of(0, 2, NONE), last: Int32Array.of(3, 2, NONE), actor: Int32Array.of(0, 1, 0) };
  const starts = Int32Array.of(0, 1, 2, 3, 4);
  const { table, undated } = histogram(4, 2, [0, 1, 2], d.actor, binsOf(starts, d));
  assert.deepEqual(table.map((row) => [...row]), [[1, 1, 1, 1], [0, 0, 1, 0]]);
  assert.deepEqual(totals(table), [1, 1, 2, 1]);
  assert.equal(undated, 1);
  const later = histogram(2, 2, [0, 1, 2], d.actor, binsOf(starts.subarray(2), d));
  assert.deepEqual(later.table.map((row) => [...row]), [[1, 1], [1, 0]]);
});

test("no event is lost or doubled by clustering", () => {
  const count = 2000;
  const x = Float64Array.from({ length: count }, (_, n) => ((n * 7919) % 1000) / 1000);
  const y = Float64Array.from({ length: count }, (_, n) => ((n * 104729) % 1000) / 1000);
  const next = new Int32Array(count);
  const view = { scale: 800, origin: { x: 0, y: 0 }, width: 800, height: 800 };
  const groups = merged(gridded([...x.keys()], x, y, view, 44, next));
  const all = groups.flatMap((group) => {
    const events = eventsOf(group, next);
    assert.equal(events.length, group.count);
    return events;
  });
  assert.deepEqual(all.sort((a, b) => a - b), [...x.keys()]);
});

test("what is far outside the view is not drawn", () => {
  const view = { scale: 100, origin: { x: 0, y: 0 }, width: 50, height: 50 };
  assert.deepEqual(gridded([0], [0.95], [0.1], view, 44, new Int32Array(1)), []);
});

test("a ring decodes to Mercator and holds what lies inside it", () => {
  const ring = decodeRing([3000, 4000, 1000, 0, 0, 1000, -1000, 0]);
  assert.ok(holdsPoint([ring], ...mercator(35, 45)));
  assert.ok(!holdsPoint([ring], ...mercator(45, 45)));
});

test("a kilometre is longer on the map towards the poles", () => {
  assert.ok(pixelsOf(1, 60, 256) > 1.9 * pixelsOf(1, 0, 256));
});

test("gzip is unpacked by hand as by the browser", async () => {
  for (const text of ["", "a", "ab".repeat(70000), JSON.stringify([..."Żółw и 🚀".repeat(500)]), String(Math.PI).repeat(3000)]) {
    for (const level of [0, 1, 9]) {
      const bytes = gzipSync(Buffer.from(text), { level });
      assert.equal(new TextDecoder().decode(gunzip(new Uint8Array(bytes))), text);
    }
  }
  const base64 = gzipSync(block({ a: [1, "ü"] }, [])).toString("base64");
  const stream = globalThis.DecompressionStream;
  assert.deepEqual(await unpacked(base64), { a: [1, "ü"] });
  delete globalThis.DecompressionStream;
  assert.deepEqual(await unpacked(base64), { a: [1, "ü"] });
  globalThis.DecompressionStream = stream;
});

test("columns of a block come back where they belong, a text is cut out whole", async () => {
  const texts = ["\ufeffé", "", "🚀 hit", "plain"];
  const lengths = Buffer.from(Int32Array.from(texts, (text) => text.length).buffer);
  const data = await unpacked(gzipSync(block({ title: "T" }, [
    { path: ["told", "at"], kind: "whole", count: 3, body: Buffer.from(Int32Array.of(1, -1, NONE).buffer) },
    { path: ["lon"], kind: "broken", count: 2, body: Buffer.from(Float64Array.of(37.1234, NaN).buffer) },
    { path: ["strings"], kind: "texts", count: 4, body: Buffer.concat([lengths, Buffer.from(texts.join(""))]) },
  ])).toString("base64"));
  assert.deepEqual([data.title, ...data.told.at], ["T", 1, -1, NONE]);
  assert.deepEqual([...data.lon], [37.1234, NaN]);
  assert.deepEqual(texts.map((_, n) => data.strings.at(n)), texts);
  assert.deepEqual([data.strings.indexOf("plain"), data.strings.indexOf("none")], [3, -1]);
});

test("packed data that ends early is refused", () => {
  const bytes = new Uint8Array(gzipSync("a text that is long enough to be cut somewhere in it"));
  assert.throws(() => gunzip(bytes.slice(0, 20)));
});

test("a cell of a table never begins a formula, a number stays one", () => {
  assert.equal(csvCell("=1+1"), `"'=1+1"`);
  assert.equal(csvCell(" \t@x"), `"' \t@x"`);
  assert.equal(csvCell('a "b"'), '"a ""b"""');
  assert.equal(csvCell(-3), "-3");
  assert.equal(csvCell(null), "");
});

test("only web addresses become links", () => {
  assert.equal(safeAddress("javascript:alert(1)"), null);
  assert.equal(safeAddress("data:text/html,x"), null);
  assert.equal(safeAddress("https://example.org/a"), "https://example.org/a");
});

test("a filled text is never read as a pattern", () => {
  assert.equal(fill("{a} of {b}", { a: "$& {b}", b: 2 }), "$& {b} of 2");
  assert.equal(dayNumber("2025-13-99"), null);
});
