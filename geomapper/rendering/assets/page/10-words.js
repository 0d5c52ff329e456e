/* Small things that every module uses: elements made with textContent, days, safe addresses. */
const DAY = 864e5;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = String(text);
  return made;
}

function isoDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function dayNumber(text) {
  const time = Date.parse(text + "T00:00:00Z");
  return Number.isFinite(time) ? Math.round(time / DAY) : null;
}

/* An address that may become a link: http and https only. */
function safeAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
  } catch {
    return null;
  }
}

function mercator(lon, lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}
