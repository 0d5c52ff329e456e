/* On paper: the map as a picture, what its signs mean, then a table of what is shown. Made when
   somebody prints, and by day whatever the screen is. */
import { eventDays, eventPlace, eventTitle } from "./card.js";
import { element } from "./dom.js";
import { signRows } from "./legend.js";
import { mapCanvas } from "./picture.js";
import { dotPicture } from "./signs.js";
import { fill } from "./words.js";

const MOST_ROWS = 500;
const SHARPNESS = 2; // paper shows more than most screens

export function watchPrinting(app) {
  const paper = element("section", "gm-paper");
  document.body.append(paper);
  window.addEventListener("beforeprint", () => paper.replaceChildren(...contents(app)));
  window.addEventListener("afterprint", () => (paper.textContent = ""));
}

function contents(app) {
  const { d } = app;
  const left = app.visible.length - MOST_ROWS;
  return [
    element("h1", "", d.title),
    element("p", "", app.inWords().join(" · ")),
    mapCanvas(app, SHARPNESS),
    signs(signRows(d)),
    signs(app.shownActors().map((actor) => [dotPicture(d.colors[actor]), d.actorName(actor)])),
    element("p", "gm-paper-credits", app.credits().join(" ")),
    table(d, app.listed()),
    ...(left > 0 ? [element("p", "", fill(d.texts.more_on_screen, { count: left }))] : []),
  ];
}

function signs(rows) {
  const line = element("p", "gm-paper-signs");
  for (const [sign, text] of rows) {
    const part = element("span");
    part.append(sign, text);
    line.append(part);
  }
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
