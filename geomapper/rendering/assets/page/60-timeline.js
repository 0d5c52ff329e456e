/* The timeline: events a day, week or month, stacked by actor; a range, play, and no date. */
class Timeline {
  constructor(data, filters, onChange) {
    this.d = data;
    this.filters = filters;
    this.onChange = onChange;
    const days = data.id.flatMap((_, i) => filters.days(i)).filter((day) => day !== null);
    this.min = days.length ? Math.min(...bounds(days)) : null;
    this.max = days.length ? Math.max(...bounds(days)) : null;
    const width = this.min === null ? 1 : this.max - this.min + 1;
    this.step = width <= 120 ? 1 : width <= 900 ? 7 : width <= 4000 ? 30 : 365;
    this.bins = Math.max(1, Math.ceil(width / this.step));
    this.build();
  }

  build() {
    const t = this.d.texts;
    this.root = element("section", "gm-time");
    this.root.setAttribute("aria-label", t.timeline);
    const bar = element("div", "gm-bar");
    this.play = button(t.play, () => this.toggle());
    this.from = this.dateInput(t.from, "first");
    this.to = this.dateInput(t.to, "last");
    this.note = element("span", "gm-muted");
    bar.append(this.play, this.from, element("span", "", "–"), this.to, this.note);
    this.canvas = element("canvas", "gm-bars");
    this.canvas.setAttribute("role", "img");
    this.canvas.addEventListener("click", (event) => this.pick(event));
    this.root.append(bar, this.canvas);
    if (this.min === null) this.root.classList.add("gm-empty");
  }

  dateInput(label, side) {
    const input = element("input", "gm-date");
    input.type = "date";
    input.setAttribute("aria-label", label);
    if (this.min !== null) {
      input.min = isoDay(this.min);
      input.max = isoDay(this.max);
    }
    input.addEventListener("change", () => {
      this.filters[side] = input.value ? dayNumber(input.value) : null;
      this.filters.undated = this.filters.first === null && this.filters.last === null;
      this.onChange();
    });
    return input;
  }

  pick(event) {
    if (this.min === null) return;
    const box = this.canvas.getBoundingClientRect();
    const bin = Math.min(this.bins - 1, Math.floor(((event.clientX - box.left) / box.width) * this.bins));
    const first = this.min + bin * this.step;
    const same = this.filters.first === first && this.filters.last === first + this.step - 1;
    this.range(same ? null : first, same ? null : first + this.step - 1);
  }

  range(first, last) {
    this.filters.first = first;
    this.filters.last = last;
    this.filters.undated = first === null && last === null;
    this.onChange();
  }

  toggle() {
    if (this.timer) return this.stop();
    let bin = 0;
    this.play.textContent = this.d.texts.stop;
    this.timer = setInterval(() => {
      if (bin >= this.bins) return this.stop();
      this.range(this.min, this.min + ++bin * this.step - 1);
    }, 600);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = this.d.texts.play;
  }

  update() {
    const f = this.filters;
    this.from.value = f.first === null ? "" : isoDay(f.first);
    this.to.value = f.last === null ? "" : isoDay(f.last);
    this.draw(this.counted());
  }

  /* Events in each bin by actor; one of several days counts in each of them. */
  counted() {
    const table = Array.from({ length: this.bins }, () => new Map());
    this.undated = 0;
    for (let i = 0; i < this.filters.count; i++) {
      if (!this.filters.holds(i, "days")) continue;
      const [start, end] = this.filters.days(i);
      if (start === null) {
        this.undated++;
        continue;
      }
      const first = Math.floor((start - this.min) / this.step);
      const last = Math.min(this.bins - 1, Math.floor((end - this.min) / this.step));
      for (let bin = first; bin <= last; bin++) {
        const actor = this.d.actor[i];
        table[bin].set(actor, (table[bin].get(actor) || 0) + 1);
      }
    }
    this.note.textContent = this.undated ? this.d.texts.undated.replace("{count}", this.undated) : "";
    return table;
  }

  draw(table) {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth || 600;
    const height = 54;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const c = this.canvas.getContext("2d");
    c.scale(ratio, ratio);
    const most = Math.max(1, ...table.map((bin) => [...bin.values()].reduce((a, b) => a + b, 0)));
    const wide = width / this.bins;
    table.forEach((bin, n) => {
      const first = this.min + n * this.step;
      const f = this.filters;
      const inside =
        (f.first === null || first + this.step - 1 >= f.first) && (f.last === null || first <= f.last);
      let y = height - 13;
      c.globalAlpha = inside ? 1 : 0.25;
      for (const [actor, count] of [...bin].sort((a, b) => a[0] - b[0])) {
        const tall = (count / most) * (height - 16);
        c.fillStyle = this.d.colors[actor];
        c.fillRect(n * wide + 0.5, y - tall, Math.max(1, Math.min(wide - 1, 40)), tall);
        y -= tall;
      }
      c.globalAlpha = 1;
    });
    this.ticks(c, width, height, wide);
    this.canvas.setAttribute("aria-label", this.d.texts.bars.replace("{most}", most));
  }

  ticks(c, width, height, wide) {
    if (this.min === null) return;
    c.fillStyle = "#5b636d";
    c.font = "10px system-ui, sans-serif";
    let last = -99;
    for (let n = 0; n < this.bins; n++) {
      const x = n * wide;
      if (x - last > 70 && x < width - 56) {
        c.fillText(isoDay(this.min + n * this.step), x, height - 2);
        last = x;
      }
    }
  }
}

function bounds(days) {
  let least = Infinity, most = -Infinity;
  for (const day of days) {
    if (day < least) least = day;
    if (day > most) most = day;
  }
  return [least, most];
}

function button(text, onClick) {
  const made = element("button", "gm-button", text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}
