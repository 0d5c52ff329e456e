/* The page: data in, map, panel and timeline in step. */
class App {
  constructor(map, data, base) {
    this.map = map;
    this.d = data;
    document.title = data.title;
    this.filters = new Filters(data);
    this.visible = data.id.map((_, i) => i);
    map.getContainer().classList.add("gm-root");
    new BasemapLayer(base).addTo(map);
    this.layer = new EventLayer(data, base.labels).addTo(map);
    this.layer.on("open", (event) => this.open(event.events, false));
    this.panel = new Panel(this);
    this.timeline = new Timeline(data, this.filters, () => this.update());
    const container = map.getContainer();
    this.toggle = button(data.texts.filters, () => this.panel.root.classList.toggle("gm-open"));
    this.toggle.classList.add("gm-toggle");
    container.append(this.toggle, this.panel.root, this.timeline.root);
    for (const part of [this.toggle, this.panel.root, this.timeline.root]) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
    }
    map.attributionControl.setPrefix(false).addAttribution(data.attribution);
    this.fit();
    this.readState();
    this.update();
    window.addEventListener("resize", () => this.timeline.update());
  }

  update() {
    const result = this.filters.apply();
    this.visible = result.visible;
    this.layer.show(result.visible);
    this.panel.update(result);
    this.timeline.update();
    this.writeState();
  }

  reset() {
    this.timeline.stop();
    this.filters.reset();
    this.panel.search.value = "";
    this.map.closePopup();
    this.update();
    this.fit();
  }

  /* Show all pinned events that are visible; without any, the world. */
  fit() {
    const points = this.visible.filter((i) => this.d.pinned[i]).map((i) => [this.d.lat[i], this.d.lon[i]]);
    const narrow = window.innerWidth < 700;
    const padding = { paddingTopLeft: [narrow ? 20 : 330, 40], paddingBottomRight: [40, 140] };
    if (points.length) this.map.fitBounds(L.latLngBounds(points).pad(0.15), { ...padding, maxZoom: 7, animate: false });
    else this.map.setView([25, 30], 3, { animate: false });
  }

  open(events, move) {
    const d = this.d;
    const first = events[0];
    const at = d.pinned[first] ? L.latLng(d.lat[first], d.lon[first]) : this.map.getCenter();
    if (move && d.pinned[first]) this.map.setView(at, Math.max(this.map.getZoom(), d.area[first] >= 0 ? 6 : 8), { animate: false });
    const together = move && d.pinned[first] ? this.visible.filter((i) => d.pinned[i] && d.lon[i] === d.lon[first] && d.lat[i] === d.lat[first]) : events;
    const popup = L.popup({ maxWidth: 340, minWidth: 260, autoPanPaddingTopLeft: [20, 20], autoPanPaddingBottomRight: [20, 130] }).setLatLng(at);
    const show = (position) => {
      popup.setContent(eventCard(d, together, position, show));
      this.opened = d.id[together[position]];
      this.writeState();
    };
    show(Math.max(0, together.indexOf(first)));
    popup.openOn(this.map);
    popup.on("remove", () => {
      this.opened = null;
      this.writeState();
    });
    this.panel.root.classList.remove("gm-open");
  }

  writeState() {
    if (window.self !== window.top) return;
    const f = this.filters;
    const state = new URLSearchParams();
    for (const name of f.dimensions) if (f.chosen[name].size) state.set(name, [...f.chosen[name]].sort((a, b) => a - b).join("."));
    if (f.first !== null) state.set("from", isoDay(f.first));
    if (f.last !== null) state.set("to", isoDay(f.last));
    if (f.text) state.set("q", f.text);
    if (this.opened) state.set("event", this.opened);
    try {
      history.replaceState(null, "", "#" + state.toString());
    } catch {
      /* a page without an address has no state in it */
    }
  }

  readState() {
    if (!location.hash || window.self !== window.top) return;
    const state = new URLSearchParams(location.hash.slice(1));
    const f = this.filters;
    for (const name of f.dimensions) {
      for (const value of (state.get(name) || "").split(".").filter(Boolean)) f.chosen[name].add(Number(value));
    }
    f.first = state.get("from") ? dayNumber(state.get("from")) : null;
    f.last = state.get("to") ? dayNumber(state.get("to")) : null;
    f.undated = f.first === null && f.last === null;
    f.text = (state.get("q") || "").toLocaleLowerCase();
    this.panel.search.value = f.text;
    const opened = this.d.id.indexOf(state.get("event"));
    if (opened >= 0) setTimeout(() => this.open([opened], true), 0);
  }
}

/* Packed data is gzip in base64; plain data is JSON as it stands. */
async function readData(node) {
  const text = node.textContent;
  if (node.dataset.packed !== "true") return JSON.parse(text);
  const bytes = Uint8Array.from(atob(JSON.parse(text)), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

window.geomapper = {
  async start(map) {
    const data = await readData(document.getElementById("geomapper-data"));
    const base = await readData(document.getElementById("geomapper-basemap"));
    window.geomapper.app = new App(map, data, base);
    document.documentElement.dataset.geomapper = "ready";
  },
};
