/* One event in full: what, who, where, when, who says so, and the sentence with its trigger. */
function eventTitle(d, i) {
  const actor = d.actor[i] > 0 ? d.actors[d.actor[i]] : null;
  return [d.types[d.type[i]].label, actor].filter(Boolean).join(" — ");
}

function eventDays(d, i) {
  const t = d.texts;
  if (d.start[i] === null && d.end[i] === null) return t.no_date;
  if (d.start[i] === null) return t.by_day.replace("{day}", isoDay(d.end[i]));
  if (d.end[i] === null) return t.since_day.replace("{day}", isoDay(d.start[i]));
  if (d.start[i] === d.end[i]) return isoDay(d.start[i]);
  return isoDay(d.start[i]) + " – " + isoDay(d.end[i]);
}

function quote(source) {
  const made = element("blockquote");
  const { sentence, at, length } = source;
  if (at >= 0 && length > 0 && at + length <= sentence.length) {
    made.append(
      sentence.slice(0, at), element("mark", "", sentence.slice(at, at + length)), sentence.slice(at + length),
    );
  } else made.textContent = sentence;
  return made;
}

function sourceLine(d, source) {
  const line = element("p", "gm-source");
  const name = [source.title, source.source].filter(Boolean).join(", ") || source.document;
  const address = source.url ? safeAddress(source.url) : null;
  if (address) {
    const link = element("a", "", name);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    line.append(link);
  } else line.append(name);
  if (source.published) line.append(" · " + source.published);
  if (source.attribution) line.append(" · " + d.texts.says.replace("{who}", source.attribution));
  return line;
}

function eventCard(d, events, position, onMove) {
  const i = events[position];
  const t = d.texts;
  const card = element("article", "gm-card");
  const head = element("header");
  const type = d.types[d.type[i]];
  head.append(
    signCanvas(d.colors[d.actor[i]], type.family, d.statuses[d.status[i]]), element("h2", "", eventTitle(d, i)),
  );
  card.append(head);
  card.append(element("p", "gm-muted", eventDays(d, i) + " · " + (d.place[i] || t.no_place)));
  const chips = element("p", "gm-chips");
  const facts = [t["status_" + d.statuses[d.status[i]]], d.precision[i] ? t["precision_" + d.precision[i]] : t.no_place];
  if (d.crossBorder[i]) facts.push(t.cross_border);
  if (d.dispute[i]) facts.push(t.disputed);
  for (const fact of facts) chips.append(element("span", "gm-chip", fact));
  card.append(chips);
  for (const source of d.sources[i]) card.append(quote(source), sourceLine(d, source));
  const list = element("dl");
  const row = (name, value) => {
    if (value === null || value === undefined || value === "") return;
    list.append(element("dt", "", name), element("dd", "", value));
  };
  row(t.actor, d.actors[d.actor[i]]);
  row(t.target, d.target[i] > 0 ? d.actors[d.target[i]] : null);
  row(t.killed, d.killed[i]);
  row(t.wounded, d.wounded[i]);
  row(t.captured, d.captured[i]);
  row(t.origin, d.origin[i]);
  row(t.radius, d.radius[i] ? d.radius[i] + " km" : null);
  row(t.dispute, d.dispute[i]);
  row(t.codes, type.codes);
  row(t.confidence, Math.round(d.confidence[i] * 100) + " %");
  row(t.id, d.id[i]);
  row(t.edited, d.edited[i]);
  card.append(list);
  if (events.length > 1) {
    const pager = element("nav", "gm-pager");
    const step = (by) => () => onMove((position + by + events.length) % events.length);
    const count = t.of_here.replace("{number}", position + 1).replace("{count}", events.length);
    pager.append(button("‹", step(-1)), element("span", "", count), button("›", step(1)));
    card.append(pager);
  }
  return card;
}
