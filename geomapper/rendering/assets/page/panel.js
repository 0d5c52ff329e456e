/* The panel: title, live count, search, filters with counts, the list of events, downloads. */
import { button, checkbox, element, section } from "./dom.js";
import { EventList } from "./list.js";
import { NEUTRAL, dotPicture, signPicture } from "./signs.js";
import { fill } from "./words.js";

const SEARCH_MS = 120;
const ROLES = ["any", "actor", "target"];

export class Panel {
  constructor(app) {
    this.app = app;
    this.d = app.d;
    this.boxes = {};
    this.families = [];
    this.root = element("aside", "gm-panel");
    this.root.id = "gm-panel";
    this.root.setAttribute("aria-label", this.d.texts.panel);
    this.list = new EventList(this.d, (i) => app.open([i], true));
    this.root.append(this.head(), this.tabs(), this.filterTab(), this.listTab(), this.foot());
    this.select(0);
  }

  head() {
    const d = this.d;
    const head = element("header");
    head.append(element("h1", "", d.title));
    if (d.subtitle) head.append(element("p", "gm-muted", d.subtitle));
    for (const note of d.notes) head.append(element("p", "gm-note", note));
    this.count = element("p", "gm-count");
    this.count.setAttribute("role", "status");
    head.append(this.count, this.searchBox());
    return head;
  }

  searchBox() {
    this.search = element("input", "gm-search");
    this.search.type = "search";
    this.search.placeholder = this.d.texts.search;
    this.search.setAttribute("aria-label", this.d.texts.search);
    this.search.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.app.filters.search(this.search.value);
        this.app.update();
      }, SEARCH_MS);
    });
    return this.search;
  }

  /* Two tabs, as the ARIA practices describe them: arrows move, the chosen one can be tabbed to. */
  tabs() {
    const bar = element("div", "gm-tabs");
    bar.setAttribute("role", "tablist");
    this.tab = [this.d.texts.filters, this.d.texts.events].map((text, n) => {
      const tab = button(text, () => this.select(n), "gm-tab");
      tab.id = "gm-tab-" + n;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", "gm-page-" + n);
      bar.append(tab);
      return tab;
    });
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = this.tab[0].getAttribute("aria-selected") === "true" ? 1 : 0;
      this.select(other);
      this.tab[other].focus();
    });
    return bar;
  }

  page(n) {
    const made = element("div", "gm-body");
    made.id = "gm-page-" + n;
    made.tabIndex = 0;
    made.setAttribute("role", "tabpanel");
    made.setAttribute("aria-labelledby", "gm-tab-" + n);
    this.pages = [...(this.pages || []), made];
    return made;
  }

  select(chosen) {
    this.tab.forEach((tab, n) => {
      tab.setAttribute("aria-selected", String(n === chosen));
      tab.tabIndex = n === chosen ? 0 : -1;
      this.pages[n].hidden = n !== chosen;
    });
    this.list.show(chosen === 1);
  }

  filterTab() {
    const d = this.d;
    const t = d.texts;
    const page = this.page(0);
    if (d.changes) {
      const signs = (n) => signPicture({ color: NEUTRAL, status: d.changes[n] === "gone" ? "denied" : "reported" });
      page.append(this.group("change", t.change, d.changes.map((name) => t["change_" + name]), signs));
    }
    page.append(
      this.group("actor", t.actor, d.groups, (n) => dotPicture(d.colors[n], d.marks?.[n]), this.roles()),
      this.types(t.type),
      this.group("status", t.status, d.statuses.map((name) => t["status_" + name]), (n) => signPicture({ color: NEUTRAL, status: d.statuses[n] })),
    );
    return page;
  }

  listTab() {
    const page = this.page(1);
    page.append(this.list.root);
    return page;
  }

  /* Whether a chosen actor must have done it, suffered it, or either. */
  roles() {
    const box = element("select", "gm-roles");
    box.setAttribute("aria-label", this.d.texts.role);
    for (const role of ROLES) {
      const option = element("option", "", this.d.texts["role_" + role]);
      option.value = role;
      box.append(option);
    }
    box.addEventListener("change", () => {
      this.app.filters.role = box.value;
      this.app.update();
    });
    this.role = box;
    return box;
  }

  group(name, title, labels, sign, before = null) {
    const rows = element("div", "gm-rows");
    if (before) rows.append(before);
    this.boxes[name] = [];
    const used = usedValues(this.d, name);
    const more = name === "actor" && this.d.marked ? this.moreActors(rows) : null;
    for (const n of order(name, labels.length)) {
      if (!used[n]) continue;
      const isMarked = more && this.d.marks[n];
      (isMarked ? more : rows).append(this.row(name, n, labels[n], sign(n)));
      if (isMarked && !this.more.parentNode) rows.append(this.more); // after the actors with a colour, before those that nobody names
    }
    return section(title, rows, true);
  }

  /* Actors beyond the colours that can be told apart: closed until somebody asks for them. */
  moreActors() {
    const inside = element("div", "gm-more");
    this.more = section(fill(this.d.texts.more_actors, { count: this.d.marked }), inside, false);
    return inside;
  }

  showMarked() {
    this.select(0);
    this.more.parentNode.parentNode.open = true;
    this.more.open = true;
    this.more.firstChild.focus();
  }

  /* Types stand under their families; a family's box switches all of its types. */
  types(title) {
    const rows = element("div", "gm-rows");
    const used = usedValues(this.d, "type");
    this.boxes.type = [];
    for (const family of this.d.families) {
      const inside = this.d.types.flatMap((type, n) => (type.family === family.id && used[n] ? [n] : []));
      if (!inside.length) continue;
      const isAlone = inside.length === 1 && this.d.types[inside[0]].label === family.label;
      if (isAlone) {
        const row = this.row("type", inside[0], family.label, familySign(family));
        row.classList.add("gm-family");
        rows.append(row);
        continue;
      }
      rows.append(this.family(family, inside));
      for (const n of inside) rows.append(this.row("type", n, this.d.types[n].label, element("span", "gm-indent")));
    }
    return section(title, rows, true);
  }

  family(family, inside) {
    const chosen = this.app.filters.chosen.type;
    const change = (on) => {
      for (const n of inside) chosen[on ? "add" : "delete"](n);
      this.app.update();
    };
    const { row, box } = checkbox(family.label, change, familySign(family));
    box.dataset.family = family.id;
    const count = element("span", "gm-number");
    row.classList.add("gm-family");
    row.append(count);
    this.families.push({ row, box, count, inside });
    return row;
  }

  row(name, value, label, sign) {
    const change = () => {
      this.app.filters.toggle(name, value);
      this.app.update();
    };
    const { row, box } = checkbox(label, change, sign);
    box.dataset.filter = name;
    box.dataset.value = value;
    const count = element("span", "gm-number");
    row.append(count);
    this.boxes[name][value] = { row, box, count };
    return row;
  }

  foot() {
    const t = this.d.texts;
    const foot = element("footer");
    foot.append(button(t.reset, () => this.app.reset()), button(t.fit, () => this.app.fit()));
    for (const kind of ["CSV", "GeoJSON", "PNG"]) {
      const made = button(kind, () => this.app.save(kind));
      made.setAttribute("aria-label", fill(t.save, { kind }));
      foot.append(made);
    }
    return foot;
  }

  update({ visible, counts }, pinned) {
    const d = this.d;
    const f = this.app.filters;
    this.count.textContent = fill(d.texts.count, { shown: visible.length, all: d.count, pinned });
    this.count.dataset.shown = visible.length;
    this.count.dataset.pinned = pinned;
    this.tab[1].textContent = d.texts.events + " (" + visible.length + ")";
    this.role.value = f.role;
    if (document.activeElement !== this.search) this.search.value = f.text;
    for (const [name, boxes] of Object.entries(this.boxes)) {
      boxes.forEach((each, value) => mark(each, f.chosen[name].has(value), counts[name][value]));
    }
    if ([...f.chosen.actor].some((n) => d.marks?.[n])) this.more.open = true;
    for (const each of this.families) this.markFamily(each, counts.type);
    this.list.update(visible);
  }

  markFamily(each, counts) {
    const chosen = each.inside.filter((n) => this.app.filters.chosen.type.has(n)).length;
    mark(each, chosen === each.inside.length, each.inside.reduce((sum, n) => sum + counts[n], 0));
    each.box.indeterminate = chosen > 0 && chosen < each.inside.length;
  }
}

function familySign(family) {
  return signPicture({ color: NEUTRAL, family: family.id, status: "reported" });
}

function mark({ row, box, count }, checked, number) {
  // what stands already is left alone: each change costs a layout
  if (box.checked !== checked) box.checked = checked;
  if (count.textContent !== String(number)) count.textContent = number;
  const isZero = !number && !checked;
  if (row.classList.contains("gm-zero") !== isZero) row.classList.toggle("gm-zero", isZero);
}

function usedValues(d, name) {
  const used = new Uint8Array(d.size(name));
  for (let i = 0; i < d.count; i++) {
    used[name === "actor" ? d.doer[i] : d[name][i]] = 1;
    if (name === "actor") used[d.sufferer[i]] = 1;
  }
  return used;
}

/* Actors as they come, the most frequent first, but those that nobody names last. */
function order(name, count) {
  const all = Array.from({ length: count }, (_, n) => n);
  return name === "actor" ? [...all.slice(1), 0] : all;
}

