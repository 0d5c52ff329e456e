/* Days and words: pure, no document here. */
const DAY = 864e5;

export const NONE = -2147483648; // no day

export function isoDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/* The day of "2025-04-08", counted from 1970; null for anything else. */
export function dayNumber(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(text + "T00:00:00Z");
  return Number.isFinite(time) ? Math.round(time / DAY) : null;
}

/* Put values into "{shown} of {all}"; a value is never read as a pattern. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/* Text as the search compares it: lower case, without accents. */
export function folded(text) {
  const lower = text.toLowerCase();
  return /[^ -~\s]/.test(lower) ? lower.normalize("NFD").replace(/\p{M}/gu, "") : lower;
}

/* An address that may become a link: http and https only. */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
  } catch {
    return null;
  }
}
