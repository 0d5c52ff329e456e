/* The timeline: bars stacked by actor, a range with two ends, play, cumulative, no date. */
import { binAt, binStarts, binsOf, histogram, totals } from "./bins.js";
import { button, checkbox, element, switchButton } from "./dom.js";
import { isNight, palette } from "./colors.js";
import { NONE, dayNumber, fill, isoDay } from "./words.js";

const HEIGHT = 54;
const AXIS = 13;
const STACKS = 20; // one more than there are colours: the last is of all others
const BEAT_MS = 700;

export class Timeline {
  constructor(data, filters, onChange) {
    this.d = data;
    this.filters = filters;
    this.onChange = onChange;
    this.stacks = Math.min(STACKS, data.groups.length);
    this.cumulative = false;
    this.build();
    this.extend(data.min, data.max);
    // the first drawing, too, waits for the browser to have laid the page out
    new ResizeObserver(([{ contentRect }]) => {
      this.width = contentRect.width;
      this.draw();
    }).observe(this.canvas);
  }

  /* Lay the bars over these days. */
  extend(first, last) {
    this.isEmpty = first === NONE;
    this.root.classList.toggle("gm-empty", this.isEmpty);
    document.documentElement.classList.toggle("gm-no-days", this.isEmpty);
    const { unit, starts } = this.isEmpty ? { unit: "day", starts: Int32Array.of(0, 1) } : binStarts(first, last);
    this.unit = unit;
    this.starts = starts;
    this.bins = starts.length - 1;
    this.places = binsOf(starts, this.d);
    for (const input of [this.low, this.high]) input.max = this.bins - 1;
  }

  build() {
    const t = this.d.texts;
    this.root = element("section", "gm-time");
    this.root.setAttribute("aria-label", t.timeline);
    this.root.append(this.controls(t), this.bars(t), this.ends(t));
  }

  controls(t) {
    const bar = element("div", "gm-bar");
    this.play = button(t.play, () => (this.timer ? this.stop() : this.start()));
    this.sum = switchButton(t.cumulative, () => this.accumulate(!this.cumulative));
    this.zoom = switchButton(t.zoom, () => this.zoomed(this.zoom.getAttribute("aria-pressed") !== "true"));
    this.from = this.dateInput(t.from, "first");
    this.to = this.dateInput(t.to, "last");
    this.note = element("span", "gm-muted");
    this.also = checkbox("", (on) => {
      this.filters.undated = on;
      this.onChange();
    });
    this.also.row.classList.add("gm-undated");
    bar.append(this.play, this.sum, this.zoom, this.from, element("span", "", "–"), this.to, this.also.row, this.note);
    return bar;
  }

  bars() {
    this.canvas = element("canvas", "gm-bars");
    this.canvas.setAttribute("role", "img");
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.tell(this.binUnder(event)));
    this.canvas.addEventListener("pointerleave", () => this.tell(-1));
    return this.canvas;
  }

  /* Two sliders on one line; the browser gives them keys and a voice. */
  ends(t) {
    const box = element("div", "gm-ends");
    const slider = (label) => {
      const made = element("input");
      made.type = "range";
      made.min = 0;
      made.setAttribute("aria-label", label);
      made.addEventListener("input", () => this.slide(made));
      return made;
    };
    this.low = slider(t.range_from);
    this.high = slider(t.range_to);
    box.append(this.low, this.high);
    return box;
  }

  dateInput(label, side) {
    const input = element("input", "gm-date");
    input.type = "date";
    input.setAttribute("aria-label", label);
    input.addEventListener("change", () => {
      this.stop();
      this.filters[side] = input.value ? dayNumber(input.value) : null;
      this.onChange();
    });
    return input;
  }

  slide(moved) {
    let [low, high] = [Number(this.low.value), Number(this.high.value)];
    if (low > high) [low, high] = moved === this.low ? [high, high] : [low, low];
    this.stop();
    this.choose(low, high);
  }

  /* Choose the bars between two, both included; all of them is no choice. */
  choose(low, high) {
    const all = low <= 0 && high >= this.bins - 1 && this.starts[0] <= this.d.min && this.starts[this.bins] > this.d.max;
    if (all) this.filters.range(null, null);
    else this.filters.range(this.starts[low], this.starts[high + 1] - 1);
    this.onChange();
  }

  binUnder(event) {
    const box = this.canvas.getBoundingClientRect();
    return Math.max(0, Math.min(this.bins - 1, Math.floor(((event.clientX - box.left) / box.width) * this.bins)));
  }

  /* A click chooses a bar, or lets it go; a drag chooses all the bars that it crosses. */
  press(event) {
    if (this.isEmpty) return;
    const from = this.binUnder(event);
    this.stop();
    const release = (up) => {
      const to = this.binUnder(up);
      const [low, high] = this.chosen();
      if (from === to && low === from && high === from && !this.filters.isOpen) this.choose(0, this.bins - 1);
      else this.choose(Math.min(from, to), Math.max(from, to));
    };
    window.addEventListener("pointerup", release, { once: true });
  }

  /* The first and the last bar of the range. */
  chosen() {
    const { first, last } = this.filters;
    return [first === null ? 0 : binAt(this.starts, first), last === null ? this.bins - 1 : binAt(this.starts, last)];
  }

  accumulate(on) {
    this.cumulative = on;
    this.sum.setAttribute("aria-pressed", String(on));
    this.draw();
  }

  /* Lay the bars over the chosen days only, or over all of them again. */
  zoomed(on) {
    const d = this.d;
    this.zoom.setAttribute("aria-pressed", String(on));
    this.extend(on ? this.filters.first ?? d.min : d.min, on ? this.filters.last ?? d.max : d.max);
    this.update(this.events);
  }

  /* Show bar after bar, or, cumulative, all from the first one to each; empty bars are passed over. */
  start() {
    if (this.isEmpty) return;
    const sums = totals(this.table);
    const full = sums.flatMap((sum, bin) => (sum ? [bin] : []));
    let at = 0;
    const step = () => {
      if (at >= full.length) return this.stop();
      const bin = full[at++];
      this.choose(this.cumulative ? 0 : bin, bin);
    };
    this.play.textContent = this.d.texts.stop;
    this.timer = setInterval(step, BEAT_MS);
    step();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = this.d.texts.play;
  }

  /* Count again: `events` are those that pass all filters but the days. */
  update(events) {
    const f = this.filters;
    this.events = events;
    const { table, undated } = histogram(this.bins, this.stacks, events, this.d.doer, this.places);
    this.table = table;
    setDate(this.from, f.first);
    setDate(this.to, f.last);
    [this.low.value, this.high.value] = this.chosen();
    this.low.setAttribute("aria-valuetext", isoDay(this.starts[Number(this.low.value)]));
    this.high.setAttribute("aria-valuetext", isoDay(this.starts[Number(this.high.value) + 1] - 1));
    this.also.row.hidden = f.isOpen || !undated;
    this.also.box.checked = f.undated;
    this.also.row.lastChild.textContent = fill(this.d.texts.also_undated, { count: undated });
    this.undated = undated;
    this.tell(-1);
    this.draw();
  }

  tell(bin) {
    const t = this.d.texts;
    const undated = this.undated && this.filters.isOpen ? fill(t.undated, { count: this.undated }) : "";
    if (this.isEmpty) this.note.textContent = t.no_days;
    else this.note.textContent = bin < 0 ? undated : this.binText(bin);
  }

  binText(bin) {
    const count = totals(this.table)[bin];
    const first = isoDay(this.starts[bin]);
    const last = isoDay(this.starts[bin + 1] - 1);
    return fill(this.d.texts.bar, { days: first === last ? first : first + " – " + last, count });
  }

  draw() {
    if (!this.table || !this.width) return;
    const ratio = window.devicePixelRatio || 1;
    const { width } = this;
    this.canvas.width = width * ratio;
    this.canvas.height = HEIGHT * ratio;
    const c = this.canvas.getContext("2d");
    c.scale(ratio, ratio);
    const table = this.cumulative ? this.table.map(running) : this.table;
    const sums = totals(table);
    const most = sums.reduce((a, b) => Math.max(a, b), 1);
    const colors = palette(isNight());
    this.drawBars(c, table, most, colors);
    this.drawTicks(c, colors.label);
    const words = { most, unit: this.d.texts["unit_" + this.unit], count: sums.reduce((a, b) => a + b, 0) };
    this.canvas.setAttribute("aria-label", fill(this.d.texts.bars, words));
  }

  drawBars(c, table, most, colors) {
    const wide = this.width / this.bins;
    const [low, high] = this.chosen();
    const gap = wide > 4 ? 1 : 0;
    for (let bin = 0; bin < this.bins; bin++) {
      let y = HEIGHT - AXIS;
      c.globalAlpha = bin >= low && bin <= high ? 1 : 0.25;
      for (let actor = 0; actor < table.length; actor++) {
        const tall = (table[actor][bin] / most) * (HEIGHT - AXIS - 3);
        if (!tall) continue;
        c.fillStyle = colors.shade(this.d.colors[actor]);
        c.fillRect(bin * wide + gap / 2, y - tall, Math.max(1, wide - gap), tall);
        y -= tall;
      }
    }
    c.globalAlpha = 1;
  }

  drawTicks(c, color) {
    if (this.isEmpty) return;
    c.fillStyle = color;
    c.font = "10px system-ui, sans-serif";
    let last = -99;
    for (let bin = 0; bin < this.bins; bin++) {
      const x = (bin * this.width) / this.bins;
      if (x - last < 74 || x > this.width - 58) continue;
      c.fillText(isoDay(this.starts[bin]), x, HEIGHT - 2);
      last = x;
    }
  }
}

/* A date that stands already is left alone: the browser builds its fields again. */
function setDate(input, day) {
  const text = day === null ? "" : isoDay(day);
  if (input.value !== text) input.value = text;
}

function running(row) {
  let sum = 0;
  return row.map((count) => (sum += count));
}
