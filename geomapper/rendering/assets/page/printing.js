/* On paper: the map as a picture, then a table of what is shown. Made when somebody prints. */
import { eventDays, eventPlace, eventTitle } from "./card.js";
import { element } from "./dom.js";
import { statusRows } from "./legend.js";
import { mapPicture } from "./picture.js";
import { fill } from "./words.js";

const MOST_ROWS = 500;

export function watchPrinting(app) {
  const paper = element("section", "gm-paper");
  document.body.append(paper);
  window.addEventListener("beforeprint", () => {
    paper.textContent = "";
    paper.append(mapPicture(app), signs(app.d.texts), table(app.d, app.listed()));
    const left = app.visible.length - MOST_ROWS;
    if (left > 0) paper.append(element("p", "", fill(app.d.texts.more_on_screen, { count: left })));
  });
  window.addEventListener("afterprint", () => (paper.textContent = ""));
}

function signs(t) {
  const line = element("p", "gm-paper-signs");
  for (const [sign, text] of statusRows(t)) line.append(sign, text);
  return line;
}

function table(d, events) {
  const t = d.texts;
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const name of [t.date, t.event, t.place, t.status, t.sentence]) head.append(element("th", "", name));
  const body = made.createTBody();
  for (const i of events.slice(0, MOST_ROWS)) {
    const told = d.tellings(i)[0];
    const source = [told.title, told.source].filter(Boolean).join(", ") || told.document;
    const row = body.insertRow();
    const words = [eventDays(d, i), eventTitle(d, i), eventPlace(d, i), t["status_" + d.statuses[d.status[i]]]];
    for (const text of words) row.append(element("td", "", text));
    const cell = element("td", "", told.sentence);
    if (source) cell.append(element("small", "", " " + source));
    row.append(cell);
  }
  return made;
}
