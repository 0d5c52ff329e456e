/* The page's own beginning: Folium's map is handed to `geomapper.start`. */
import { App } from "./app.js";
import { readData } from "./packing.js";

const ZOOMS = [2, 15];
const COLOURS = { red: "#c0392b", green: "#3d8b40", orange: "#d9822b", purple: "#8e4fa3", black: "#333", gray: "#777", blue: "#2a6f9e" };
const PIN = "M12.5 40C9 30 1 22 1 12.5a11.5 11.5 0 0 1 23 0C24 22 16 30 12.5 40Z";

/* A marker as a picture in the page, since Leaflet's own and Font Awesome's are files. */
function marker(color) {
  const fill = COLOURS[color] || COLOURS.blue;
  const parts = `<path d="${PIN}" fill="${fill}" stroke="#fff"/><circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/>`;
  return "data:image/svg+xml," + encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41">${parts}</svg>`);
}

function markerIcon(options) {
  return L.icon({ iconUrl: marker(options?.markerColor), iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34] });
}

/* Folium drops `max_zoom` without tiles, and clusters then throw; its markers and popups want
   libraries that we leave out. */
function prepare(map) {
  map.setMinZoom(ZOOMS[0]).setMaxZoom(ZOOMS[1]);
  L.Icon.Default.imagePath = " ";
  L.Icon.Default.prototype._getIconUrl = () => marker();
  L.Icon.Default.mergeOptions({ shadowUrl: null, shadowSize: null });
  L.Icon.Default.prototype.createShadow = () => null;
  L.AwesomeMarkers ??= { icon: markerIcon };
  window.$ ??= asJquery;
}

/* All that Folium's popups and tooltips want of jQuery: `$("<div>…</div>")[0]`. */
function asJquery(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return [holder.content.firstElementChild];
}

/* When the page is read to its end, and events and controls have been seen. */
async function painted() {
  await new Promise((done) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", done, { once: true }) : done()));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

window.geomapper = {
  async start(map) {
    prepare(map);
    const app = new App(map, await readData(document.getElementById("geomapper-data")));
    window.geomapper.app = app;
    document.documentElement.dataset.geomapper = "ready";
    await painted();
    app.lay(await readData(document.getElementById("geomapper-basemap")));
    document.documentElement.dataset.basemap = "drawn";
  },
};
