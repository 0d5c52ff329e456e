/* The page: data in; map, panel, timeline and address in step. */
import { BaseLayer } from "./basemap.js";
import { eventCard, eventDays, eventPlace, eventTitle } from "./card.js";
import { EventData } from "./data.js";
import { button, download, element } from "./dom.js";
import { Filters } from "./filters.js";
import { EventLayer } from "./layer.js";
import { Legend } from "./legend.js";
import { Panel } from "./panel.js";
import { mapPicture } from "./picture.js";
import { watchPrinting } from "./printing.js";
import { read, written } from "./state.js";
import { asCsv, asGeoJson } from "./tables.js";
import { Timeline } from "./timeline.js";
import { Tour } from "./tour.js";
import { fill, isoDay } from "./words.js";

const NARROW = 700;
const [WIDE, TALL] = [1000, 640];
const ADDRESS_MS = 200;
const CARD_WIDTH = 340;
const AREA_ZOOM = 6;
const PLACE_ZOOM = 8;

export class App {
  constructor(map, raw) {
    this.map = map;
    this.d = new EventData(raw);
    this.filters = new Filters(this.d);
    this.opened = null;
    document.title = this.d.title;
    this.makeLayers();
    this.addParts();
    this.credit();
    watchPrinting(this);
    this.follow();
    this.restore();
  }

  /* Layers are made here. The events are drawn when the view is known; the basemap comes later. */
  makeLayers() {
    if (this.d.tiles) this.addTiles(this.d.tiles);
    this.base = new BaseLayer(this.d.overlay);
    this.layer = new EventLayer(this.d);
    this.layer.on("open", (hit) => this.open(hit.events, false));
    this.layer.on("hover", ({ hit, latlng }) => this.hint(hit, latlng));
    this.tip = L.tooltip({ direction: "top", offset: [0, -12], className: "gm-tip" });
  }

  addTiles({ url, attribution }) {
    L.tileLayer(url, { attribution: escaped(attribution) }).addTo(this.map);
  }

  /* Draw the basemap, and over the events the names of places. */
  lay(base) {
    this.base.take(base).addTo(this.map);
    const split = ({ layer }) => {
      if (layer instanceof L.GridLayer && !this.land) this.land = this.base.split().addTo(this.map);
    };
    this.map.eachLayer((layer) => split({ layer }));
    this.map.on("layeradd", split);
    this.layer.name(base.labels);
  }

  /* What is drawn, from the bottom up; online tiles stand over the land, and where they do not
     come, it still shows. */
  layers() {
    return [this.land, this.base, this.layer].filter((layer) => layer && this.map.hasLayer(layer));
  }

  addParts() {
    const d = this.d;
    const box = this.map.getContainer();
    box.classList.add("gm-root");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", fill(d.texts.map_of, { title: d.title }));
    this.panel = new Panel(this);
    this.timeline = new Timeline(d, this.filters, () => this.update());
    this.legend = this.makeLegend();
    this.dock = element("section", "gm-dock");
    this.dock.hidden = true;
    const toggle = button(d.texts.filters, () => this.togglePanel());
    toggle.classList.add("gm-toggle");
    toggle.setAttribute("aria-expanded", "false");
    toggle.setAttribute("aria-controls", "gm-panel");
    this.toggle = toggle;
    const parts = [toggle, this.panel.root, this.legend.root, this.dock, this.timeline.root];
    if (d.tour) {
      this.tour = new Tour(this);
      this.panel.root.firstChild.append(this.tour.opener);
      parts.push(this.tour.root);
    }
    document.body.prepend(this.skipLink());
    for (const part of parts) this.place(part);
  }

  makeLegend() {
    const size = this.map.getSize();
    const onMarked = () => {
      this.togglePanel(true);
      this.panel.showMarked();
    };
    return new Legend(this.d, { isOpen: size.x > WIDE && size.y > TALL, onSwitch: (part, on) => this.switch(part, on), onMarked });
  }

  /* A part over the map keeps its clicks, drags and wheel for itself. */
  place(part) {
    this.map.getContainer().append(part);
    L.DomEvent.disableClickPropagation(part);
    L.DomEvent.disableScrollPropagation(part);
  }

  skipLink() {
    const link = button(this.d.texts.skip, () => {
      this.togglePanel(true);
      this.panel.select(1);
      this.panel.tab[1].focus();
    });
    link.classList.add("gm-skip");
    return link;
  }

  togglePanel(on) {
    const isOpen = this.panel.root.classList.toggle("gm-open", on);
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  credits() {
    const d = this.d;
    const overlay = d.overlay ? [fill(d.texts.overlay_by, { source: d.overlay.source })] : [];
    return [d.attribution, ...overlay];
  }

  /* Leaflet reads attributions as HTML: ours go in as text. */
  credit() {
    const control = this.map.attributionControl.setPrefix(false);
    for (const text of this.credits()) control.addAttribution(escaped(text));
  }

  follow() {
    const again = () => this.redraw();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    window.addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== this.address) this.restore();
    });
    this.map.on("moveend", () => this.remember());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  redraw() {
    for (const layer of this.layers()) layer.redraw();
    this.timeline.draw();
  }

  switch(part, on) {
    const layer = part === "overlay" ? this.base : this.layer;
    if (on) layer.hidden.delete(part);
    else layer.hidden.add(part);
    layer.redraw();
  }

  update() {
    const result = this.filters.apply();
    this.visible = result.visible;
    this.layer.show(result.visible);
    this.panel.update(result, this.layer.pinned);
    this.timeline.update(result.otherDays);
    this.remember();
  }

  reset() {
    this.timeline.stop();
    this.filters.reset();
    this.panel.search.value = "";
    this.close();
    this.timeline.zoomed(false);
    this.update();
    this.fit();
  }

  /* Show all pinned events that are visible; without any, the world. */
  fit() {
    const bounds = this.d.bounds(this.visible);
    if (!bounds) return this.map.setView([25, 20], 2, { animate: false });
    return this.map.fitBounds(L.latLngBounds(bounds).pad(0.15), { ...this.padding(), maxZoom: 7, animate: false });
  }

  /* The room that panel and timeline take. */
  padding() {
    const isNarrow = this.map.getSize().x < NARROW;
    return { paddingTopLeft: [isNarrow ? 20 : 330, 40], paddingBottomRight: [isNarrow ? 20 : 60, 160] };
  }

  /* Lift the filters that hide an event. */
  reveal(i) {
    if (this.visible.includes(i)) return;
    this.filters.reset();
    this.update();
  }

  /* What stands under the mouse, in a word. */
  hint(hit, latlng) {
    const { d, map } = this;
    if (!hit || L.Browser.mobile) {
      map.closeTooltip(this.tip);
      return;
    }
    const count = hit.count ?? hit.events.length;
    const [i] = count === 1 ? hit.events : [];
    const text = count > 1 ? fill(d.texts.several, { count }) : [eventDays(d, i), eventTitle(d, i), eventPlace(d, i)].join(" · ");
    this.tip.setContent(element("span", "", text)).setLatLng(latlng);
    if (!map.hasLayer(this.tip)) map.openTooltip(this.tip);
  }

  /* Open the card of events that share a place, at its first one. */
  open(events, move, { zoom = null, focus = true } = {}) {
    const d = this.d;
    const [first] = events;
    const opener = this.cardBox?.contains(document.activeElement) ? this.opener : document.activeElement;
    if (move && d.pinned[first]) this.go(first, zoom);
    const together = move ? this.sharing(first) : events;
    this.opener = null; // one card takes the place of another: the focus stays
    this.close();
    this.opener = opener;
    if (d.pinned[first]) this.showPopup(together, together.indexOf(first));
    else this.showDock(together, together.indexOf(first));
    this.togglePanel(false);
    if (focus) this.cardBox.querySelector("h2").focus({ preventScroll: true });
  }

  go(i, zoom) {
    const least = this.d.area[i] >= 0 ? AREA_ZOOM : PLACE_ZOOM;
    this.map.setView([this.d.lat[i], this.d.lon[i]], zoom ?? Math.max(this.map.getZoom(), least), { animate: false });
  }

  /* The visible events at the very place of one, itself among them. */
  sharing(i) {
    const d = this.d;
    if (!d.pinned[i]) return [i];
    const same = Array.from(this.visible).filter((j) => d.pinned[j] && d.lon[j] === d.lon[i] && d.lat[j] === d.lat[i]);
    return same.includes(i) ? same : [i];
  }

  showPopup(events, position) {
    const i = events[position];
    const width = Math.min(CARD_WIDTH, this.map.getSize().x - 80);
    const options = { maxWidth: width, minWidth: Math.min(260, width), autoPanPaddingTopLeft: [20, width < CARD_WIDTH ? 90 : 20], autoPanPaddingBottomRight: [20, 140] };
    const popup = L.popup(options).setLatLng([this.d.lat[i], this.d.lon[i]]);
    this.cardBox = element("div");
    popup.setContent(this.cardBox);
    this.turn(events, position);
    popup.openOn(this.map);
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", this.d.texts.card);
    popup.on("remove", () => {
      popup.getElement().remove(); // at once: Leaflet would let it fade beside the next one
      this.closed();
    });
    this.popup = popup;
  }

  /* What has no place on the map gets a card that points nowhere. */
  showDock(events, position) {
    this.dock.textContent = "";
    this.cardBox = element("div");
    const close = button("×", () => this.close(), "gm-close");
    close.setAttribute("aria-label", this.d.texts.close);
    this.dock.append(close, this.cardBox);
    this.dock.hidden = false;
    this.dock.setAttribute("role", "dialog");
    this.dock.setAttribute("aria-label", this.d.texts.card);
    this.turn(events, position);
  }

  turn(events, position) {
    const card = eventCard(this.d, events, position, (next, label) => {
      this.turn(events, next);
      this.cardBox.querySelector(".gm-pager [aria-label='" + label + "']").focus();
    });
    this.cardBox.replaceChildren(card);
    this.opened = events[position];
    this.layer.mark(this.opened);
    this.remember();
  }

  close() {
    if (this.popup) this.map.closePopup(this.popup);
    if (this.dock.hidden) return;
    this.dock.hidden = true;
    this.dock.replaceChildren();
    this.closed();
  }

  closed() {
    this.popup = null;
    this.opened = null;
    this.layer.mark(-1);
    this.remember();
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }

  save(kind) {
    if (kind === "PNG") return mapPicture(this).toBlob((blob) => download("events.png", blob));
    const text = kind === "CSV" ? asCsv(this.d, this.visible) : asGeoJson(this.d, this.visible);
    return download("events." + kind.toLowerCase(), new Blob([text], { type: kind === "CSV" ? "text/csv" : "application/geo+json" }));
  }

  /* The visible events, the latest first. */
  listed() {
    const shown = new Set(this.visible);
    return Array.from(this.d.order).filter((i) => shown.has(i));
  }

  shownActors() {
    return [...new Set(Array.from(this.visible, (i) => this.d.doer[i]))].sort((a, b) => a - b);
  }

  /* What is chosen, in words, for paper and pictures. */
  inWords() {
    const { d, filters: f } = this;
    const labels = { actor: d.groups, type: d.types.map((type) => type.label), status: d.statuses.map((name) => d.texts["status_" + name]) };
    labels.change = (d.changes || []).map((name) => d.texts["change_" + name]);
    const chosen = d.dimensions.flatMap((name) => [...f.chosen[name]].map((value) => labels[name][value]));
    const period = f.isOpen ? [] : [(f.first === null ? "" : isoDay(f.first)) + " – " + (f.last === null ? "" : isoDay(f.last))];
    const text = f.text.trim() ? ["“" + f.text.trim() + "”"] : [];
    return [this.panel.count.textContent, ...(d.subtitle ? [d.subtitle] : []), ...d.notes, ...period, ...chosen, ...text];
  }

  /* Write the state into the address, soon; in a frame the address is not ours. */
  remember() {
    if (window.self !== window.top || !this.isReady) return;
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.writeAddress(), ADDRESS_MS);
  }

  writeAddress() {
    const center = this.map.getCenter();
    const at = [center.lng.toFixed(4), center.lat.toFixed(4), this.map.getZoom()].join(",");
    const event = this.opened === null ? null : this.d.id.at(this.opened);
    this.address = written(this.d, this.filters, { at, event, step: this.tour?.at });
    try {
      history.replaceState(null, "", "#" + this.address);
    } catch {
      // a page without an address of its own has no state in it
    }
  }

  /* Take the state from the address; without one, show everything. */
  restore() {
    const text = window.self === window.top ? location.hash.slice(1) : "";
    const view = read(text, this.d, this.filters);
    this.close();
    this.update();
    if (view.at) this.map.setView([view.at.lat, view.at.lon], view.at.zoom, { animate: false });
    else this.fit();
    this.layer.addTo(this.map);
    this.isReady = true;
    if (this.tour && view.step !== null && view.step < this.tour.steps.length) this.tour.go(view.step);
    else this.reopen(view);
  }

  reopen({ event, at }) {
    const i = event ? this.d.id.indexOf(event) : -1;
    if (i >= 0) this.open([i], !at, { focus: false });
  }
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (letter) => "&#" + letter.charCodeAt(0) + ";");
}

