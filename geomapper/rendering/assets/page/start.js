/* The page's own beginning: Folium's map is handed to `geomapper.start`. */
import { App } from "./app.js";
import { readData } from "./packing.js";

const ZOOMS = [2, 15];
const MARKER = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41"><path d="M12.5 40C9 30 1 22 1 12.5a11.5 11.5 0 0 1 23 0C24 22 16 30 12.5 40Z" fill="#2a6f9e" stroke="#fff"/><circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>',
);

/* Folium drops `max_zoom` without tiles, and clusters then throw; Leaflet's own marker is a file. */
function prepare(map) {
  map.setMinZoom(ZOOMS[0]).setMaxZoom(ZOOMS[1]);
  L.Icon.Default.imagePath = " ";
  L.Icon.Default.prototype._getIconUrl = () => MARKER;
  L.Icon.Default.mergeOptions({ shadowUrl: null, shadowSize: null });
  L.Icon.Default.prototype.createShadow = () => null;
  window.$ ??= asJquery;
}

/* All that Folium's popups and tooltips want of jQuery: `$("<div>…</div>")[0]`. */
function asJquery(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return [holder.content.firstElementChild];
}

window.geomapper = {
  async start(map) {
    prepare(map);
    const data = await readData(document.getElementById("geomapper-data"));
    const base = await readData(document.getElementById("geomapper-basemap"));
    window.geomapper.app = new App(map, data, base);
    document.documentElement.dataset.geomapper = "ready";
  },
};
