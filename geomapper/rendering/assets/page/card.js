/* One event in full: what, who, where, when, who says so, and the sentence with its trigger. */
import { known } from "./data.js";
import { button, element } from "./dom.js";
import { signPicture } from "./signs.js";
import { NONE, fill, isoDay, safeAddress } from "./words.js";

export function eventTitle(d, i) {
  const actor = d.actor[i] > 0 ? d.actors[d.actor[i]] : null;
  return [d.types[d.type[i]].label, actor].filter(Boolean).join(" — ");
}

export function eventDays(d, i) {
  const t = d.texts;
  if (d.start[i] === NONE && d.end[i] === NONE) return t.no_date;
  if (d.start[i] === NONE) return fill(t.by_day, { day: isoDay(d.end[i]) });
  if (d.end[i] === NONE) return fill(t.since_day, { day: isoDay(d.start[i]) });
  if (d.start[i] === d.end[i]) return isoDay(d.start[i]);
  return isoDay(d.start[i]) + " – " + isoDay(d.end[i]);
}

export function eventPlace(d, i) {
  return d.text("place", i) || d.texts.no_place;
}

function quote({ sentence, at, length }) {
  const made = element("blockquote");
  made.tabIndex = 0;
  if (at >= 0 && length > 0 && at + length <= sentence.length) {
    const trigger = element("mark", "", sentence.slice(at, at + length));
    made.append(sentence.slice(0, at), trigger, sentence.slice(at + length));
  } else made.textContent = sentence;
  return made;
}

/* Where tellings differ, each says its own status. */
function sourceLine(d, told, differ) {
  const line = element("p", "gm-source");
  const name = [told.title, told.source].filter(Boolean).join(", ") || told.document || d.texts.no_source;
  const address = told.url ? safeAddress(told.url) : null;
  if (address) {
    const link = element("a", "", name);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    line.append(link);
  } else line.append(name);
  if (differ) line.append(" · " + d.texts["status_" + told.status]);
  if (told.published !== null) line.append(" · " + isoDay(told.published));
  if (told.attribution) line.append(" · " + fill(d.texts.says, { who: told.attribution.replace(/^[\s,;:]+|[\s,;:]+$/g, "") }));
  return line;
}

function chips(d, i) {
  const t = d.texts;
  const words = [t["status_" + d.statuses[d.status[i]]], d.precision[i] < 0 ? t.no_place : t["precision_" + d.precisions[d.precision[i]]]];
  if (!d.pinned[i]) words.push(t.not_on_map);
  if (d.crossBorder[i]) words.push(t.cross_border);
  if (d.dispute[i] >= 0) words.push(t.disputed);
  if (d.change && d.change[i] > 0) words.push(t["change_" + d.changes[d.change[i]]]);
  const line = element("p", "gm-chips");
  for (const word of words) line.append(element("span", "gm-chip", word));
  return line;
}

/* What else is known, as pairs of a name and a value; unknown values are left out. */
export function facts(d, i) {
  const t = d.texts;
  const type = d.types[d.type[i]];
  const all = [
    [t.actor, d.actors[d.actor[i]]],
    [t.target, d.target[i] > 0 ? d.actors[d.target[i]] : null],
    [t.killed, known(d.killed[i])], [t.wounded, known(d.wounded[i])], [t.captured, known(d.captured[i])],
    [t.origin, d.text("origin", i)],
    [t.radius, d.radius[i] ? d.radius[i] + " km" : null],
    [t.dispute, d.text("dispute", i)],
    [t.before, d.change ? d.text("before", i) : null],
    [t.codes, type.codes],
    [t.confidence, Math.round(d.confidence[i] * 100) + " %"],
    [t.id, d.id.at(i)],
    [t.edited, d.text("edited", i)],
  ];
  return all.filter(([, value]) => value !== null && value !== undefined && value !== "");
}

function factList(d, i) {
  const list = element("dl");
  for (const [name, value] of facts(d, i)) list.append(element("dt", "", name), element("dd", "", value));
  return list;
}

/* "2 of 7" with a way to the next one, where several events share a place. */
function pager(d, events, position, onMove) {
  const nav = element("nav", "gm-pager");
  nav.setAttribute("aria-label", d.texts.same_place);
  const to = (by) => (position + by + events.length) % events.length;
  const step = (text, label, by) => {
    // later, because Leaflet takes a click on what is gone for one on the map
    const made = button(text, () => setTimeout(() => onMove(to(by), label)));
    made.setAttribute("aria-label", label);
    return made;
  };
  const count = fill(d.texts.of_here, { number: position + 1, count: events.length });
  nav.append(step("‹", d.texts.previous, -1), element("span", "", count), step("›", d.texts.next, 1));
  return nav;
}

export function eventCard(d, events, position, onMove) {
  const i = events[position];
  const card = element("article", "gm-card");
  card.setAttribute("aria-label", eventTitle(d, i));
  const head = element("header");
  const title = element("h2", "", eventTitle(d, i));
  title.tabIndex = -1;
  head.append(signPicture(d.sign(i)), title);
  card.append(head, element("p", "gm-muted", eventDays(d, i) + " · " + eventPlace(d, i)), chips(d, i));
  const tellings = d.tellings(i);
  const differ = tellings.some((told) => told.status !== tellings[0].status);
  for (const told of tellings) card.append(...(told.sentence ? [quote(told)] : []), sourceLine(d, told, differ));
  card.append(factList(d, i));
  if (events.length > 1) card.append(pager(d, events, position, onMove));
  return card;
}
