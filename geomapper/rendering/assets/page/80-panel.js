/* The panel: title, live count, search, filters, list of events, downloads. */
class Panel {
  constructor(app) {
    this.app = app;
    const d = (this.d = app.d);
    const t = d.texts;
    this.root = element("aside", "gm-panel");
    this.root.setAttribute("aria-label", t.filters);
    const head = element("header");
    head.append(element("h1", "", d.title));
    if (d.subtitle) head.append(element("p", "gm-muted", d.subtitle));
    this.count = element("p", "gm-count");
    this.count.setAttribute("role", "status");
    head.append(this.count);
    this.search = element("input", "gm-search");
    this.search.type = "search";
    this.search.placeholder = t.search;
    this.search.setAttribute("aria-label", t.search);
    this.search.addEventListener("input", () => {
      app.filters.text = this.search.value.trim().toLocaleLowerCase();
      app.update();
    });
    const body = element("div", "gm-body");
    body.tabIndex = 0;
    body.append(this.search);
    this.boxes = {};
    body.append(this.group("actor", t.actor, d.actors, (n) => this.dot(d.colors[n])));
    body.append(this.types(t.type));
    body.append(
      this.group("status", t.status, d.statuses.map((s) => t["status_" + s]), (n) =>
        signCanvas("#4c5560", "", d.statuses[n])),
    );
    this.list = element("ol", "gm-list");
    this.listBox = this.details(t.events, this.list, true);
    body.append(this.listBox);
    this.root.append(head, body, this.foot());
  }

  dot(color) {
    const made = element("span", "gm-dot");
    made.style.background = color;
    return made;
  }

  details(title, content, open) {
    const box = element("details");
    box.open = open;
    box.append(element("summary", "", title), content);
    return box;
  }

  group(name, title, labels, sign) {
    const rows = element("div", "gm-rows");
    const used = new Set(this.d[name].concat(name === "actor" ? this.d.target.filter((n) => n > 0) : []));
    this.boxes[name] = [];
    labels.forEach((label, n) => {
      if (!used.has(n)) return;
      this.boxes[name][n] = this.row(name, n, label, sign(n));
      rows.append(this.boxes[name][n].row);
    });
    return this.details(title, rows, true);
  }

  /* Types stand under their families; a family's box switches all of its types. */
  types(title) {
    const rows = element("div", "gm-rows");
    this.boxes.type = [];
    for (const family of this.d.families) {
      const used = new Set(this.d.type);
      const inside = this.d.types.map((type, n) => [type, n]).filter(([type, n]) => type.family === family.id && used.has(n));
      if (!inside.length) continue;
      const all = button(family.label, () => {
        const numbers = inside.map(([, n]) => n);
        const chosen = this.app.filters.chosen.type;
        const on = numbers.every((n) => chosen.has(n));
        for (const n of numbers) on ? chosen.delete(n) : chosen.add(n);
        this.app.update();
      });
      all.className = "gm-family";
      rows.append(all);
      for (const [type, n] of inside) {
        this.boxes.type[n] = this.row("type", n, type.label, signCanvas("#4c5560", type.family, "reported"));
        rows.append(this.boxes.type[n].row);
      }
    }
    return this.details(title, rows, true);
  }

  row(name, value, label, sign) {
    const row = element("label", "gm-row");
    const box = element("input");
    box.type = "checkbox";
    box.dataset.filter = name;
    box.dataset.value = value;
    box.addEventListener("change", () => {
      this.app.filters.toggle(name, value);
      this.app.update();
    });
    const count = element("span", "gm-number");
    row.append(box, sign, element("span", "gm-label", label), count);
    return { row, box, count };
  }

  foot() {
    const t = this.d.texts;
    const foot = element("footer");
    foot.append(
      button(t.reset, () => this.app.reset()), button(t.fit, () => this.app.fit()),
      button("CSV", () => download("events.csv", "text/csv", asCsv(this.d, this.app.visible))),
      button("GeoJSON", () => download("events.geojson", "application/geo+json", asGeoJson(this.d, this.app.visible))),
    );
    return foot;
  }

  update({ visible, counts }) {
    const t = this.d.texts;
    const pinned = visible.filter((i) => this.d.pinned[i]).length;
    this.count.textContent = t.count
      .replace("{shown}", visible.length).replace("{all}", this.app.filters.count).replace("{pinned}", pinned);
    this.count.dataset.shown = visible.length;
    this.count.dataset.pinned = pinned;
    for (const [name, boxes] of Object.entries(this.boxes)) {
      boxes.forEach(({ row, box, count }, value) => {
        const number = counts[name].get(value) || 0;
        box.checked = this.app.filters.chosen[name].has(value);
        count.textContent = number;
        row.classList.toggle("gm-zero", !number && !box.checked);
      });
    }
    this.fillList(visible);
  }

  fillList(visible) {
    const d = this.d;
    this.list.textContent = "";
    const sorted = [...visible].sort((a, b) => (d.end[b] ?? -1e9) - (d.end[a] ?? -1e9) || a - b);
    for (const i of sorted.slice(0, 300)) {
      const item = element("li");
      const open = button("", () => this.app.open([i], true));
      open.className = "gm-item";
      open.dataset.id = d.id[i];
      const words = element("span");
      words.append(element("strong", "", eventTitle(d, i)));
      const note = d.pinned[i] ? "" : " · " + d.texts.not_on_map;
      words.append(element("small", "", eventDays(d, i) + " · " + (d.place[i] || d.texts.no_place) + note));
      open.append(signCanvas(d.colors[d.actor[i]], d.types[d.type[i]].family, d.statuses[d.status[i]]), words);
      item.append(open);
      this.list.append(item);
    }
    if (sorted.length > 300) this.list.append(element("li", "gm-muted", d.texts.more.replace("{count}", sorted.length - 300)));
  }
}

function download(name, kind, text) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

const CSV_COLUMNS = ["id", "type", "actor", "target", "status", "date_start", "date_end", "place", "precision", "lat", "lon", "sentence", "source", "url"];

function csvValues(d, i) {
  const first = d.sources[i][0];
  const day = (n) => (n === null ? "" : isoDay(n));
  return [
    d.id[i], d.types[d.type[i]].id, d.actors[d.actor[i]], d.target[i] > 0 ? d.actors[d.target[i]] : "",
    d.statuses[d.status[i]], day(d.start[i]), day(d.end[i]), d.place[i], d.precision[i], d.lat[i], d.lon[i],
    first.sentence, first.source || first.document, first.url,
  ];
}

/* A text that begins like a formula gets an apostrophe, so that no spreadsheet runs it. */
function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return '"' + text.replace(/"/g, '""') + '"';
}

function asCsv(d, visible) {
  const rows = visible.map((i) => csvValues(d, i).map(csvCell).join(","));
  return "\ufeff" + [CSV_COLUMNS.join(","), ...rows].join("\r\n") + "\r\n";
}

function asGeoJson(d, visible) {
  const features = visible.map((i) => {
    const values = csvValues(d, i);
    const properties = Object.fromEntries(CSV_COLUMNS.map((name, n) => [name, values[n] === "" ? null : values[n]]));
    const geometry = d.lon[i] === null ? null : { type: "Point", coordinates: [d.lon[i], d.lat[i]] };
    return { type: "Feature", id: d.id[i], geometry, properties };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}
