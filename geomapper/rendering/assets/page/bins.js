/* The bars of the timeline: a day, week, month or year each, stacked by actor. Pure. */
import { NONE } from "./words.js";

const DAY = 864e5;
const OUTSIDE = -1;
const UNDATED = -2;
const MOST_LOOKED_UP = 100_000;
const UNITS = [[92, "day"], [800, "week"], [4400, "month"], [Infinity, "year"]];

/* Where the bars begin between two days, both included; the last number is the day after the end. */
export function binStarts(first, last) {
  const unit = UNITS.find(([most]) => last - first + 1 <= most)[1];
  const starts = [startOf(first, unit)];
  while (starts.at(-1) <= last) starts.push(next(starts.at(-1), unit));
  return { unit, starts: Int32Array.from(starts) };
}

/* The first day of the week (a Monday), month or year that a day is in. */
function startOf(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0, 1) / DAY;
}

function next(day, unit) {
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return (unit === "month" ? Date.UTC(year, month + 1, 1) : Date.UTC(year + 1, 0, 1)) / DAY;
}

/* The bar that a day is in; the first or the last one for a day outside. */
export function binAt(starts, day) {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/* The first and the last bar of each event: no bar is -1, without a date -2. */
export function binsOf(starts, d) {
  const end = starts[starts.length - 1];
  const bars = barOfEachDay(starts);
  const low = new Int32Array(d.first.length);
  const high = new Int32Array(d.first.length);
  for (let i = 0; i < low.length; i++) {
    const isOutside = d.last[i] < starts[0] || d.first[i] >= end;
    if (d.first[i] === NONE) low[i] = UNDATED;
    else low[i] = isOutside ? OUTSIDE : bars(d.first[i]);
    high[i] = low[i] < 0 ? low[i] : bars(d.last[i]);
  }
  return { low, high };
}

/* The bar of a day, looked up where the days are not too many for a table. */
function barOfEachDay(starts) {
  const [first, end] = [starts[0], starts[starts.length - 1]];
  if (end - first > MOST_LOOKED_UP) return (day) => binAt(starts, day);
  const table = new Int32Array(end - first);
  for (let bin = 1; bin < starts.length - 1; bin++) table.fill(bin, starts[bin] - first, starts[bin + 1] - first);
  return (day) => (day < first ? 0 : day >= end ? starts.length - 2 : table[day - first]);
}

/* Events in each bar and stack; an event of several days counts in each bar that it touches. */
export function histogram(bins, stacks, events, actor, { low, high }) {
  const wide = bins + 1;
  const steps = new Int32Array(stacks * wide);
  let undated = 0;
  for (let n = 0; n < events.length; n++) {
    const i = events[n];
    if (low[i] === UNDATED) undated++;
    if (low[i] < 0) continue;
    const row = (actor[i] < stacks ? actor[i] : stacks - 1) * wide;
    steps[row + low[i]]++;
    steps[row + high[i] + 1]--;
  }
  const table = Array.from({ length: stacks }, (_, row) => steps.subarray(row * wide, row * wide + bins));
  for (const row of table) for (let bin = 1; bin < bins; bin++) row[bin] += row[bin - 1];
  return { table, undated };
}

export function totals(table) {
  return Array.from(table[0], (_, bin) => table.reduce((sum, row) => sum + row[bin], 0));
}
