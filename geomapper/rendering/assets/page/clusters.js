/* Events that would hide each other become one cluster. Pure; no object is made an event. */
const REACH = 10;
const PAD = 40;
const MOST_MERGED = 1500;

export function clusterRadius(count) {
  return count === 1 ? 9.5 : 11 + Math.min(15, Math.sqrt(count) * 1.9);
}

/* Group events by the cell of a grid, fixed to the world, that they fall in. `side` is in pixels;
   `next` (one number an event) is filled with chains, so that `eventsOf` can walk a group. */
export function gridded(events, x, y, view, side, next) {
  const { scale, origin, width, height } = view;
  const [left, top] = [Math.floor((origin.x - PAD) / side), Math.floor((origin.y - PAD) / side)];
  const columns = Math.floor((origin.x + width + PAD) / side) - left + 1;
  const rows = Math.floor((origin.y + height + PAD) / side) - top + 1;
  const cells = new Int32Array(columns * rows); // the number of the cell's group, from 1
  const groups = [];
  for (let n = 0; n < events.length; n++) {
    const i = events[n];
    const px = x[i] * scale - origin.x;
    const py = y[i] * scale - origin.y;
    if (px < -PAD || py < -PAD || px > width + PAD || py > height + PAD) continue;
    const cell = (Math.floor((py + origin.y) / side) - top) * columns + Math.floor((px + origin.x) / side) - left;
    next[i] = -1;
    if (cells[cell]) join(groups[cells[cell] - 1], i, px, py, next);
    else cells[cell] = groups.push({ x: px, y: py, count: 1, heads: [i], tail: i });
  }
  for (const group of groups) {
    group.x /= group.count;
    group.y /= group.count;
  }
  return groups;
}

function join(group, i, x, y, next) {
  next[group.tail] = i;
  group.tail = i;
  group.x += x;
  group.y += y;
  group.count++;
}

/* Groups of neighbouring cells whose circles would overlap become one. */
export function merged(groups) {
  if (groups.length > MOST_MERGED) return groups;
  const sorted = [...groups].sort((a, b) => b.count - a.count || a.x - b.x);
  const kept = [];
  for (const group of sorted) {
    const reach = (other) => clusterRadius(other.count) + clusterRadius(group.count) - REACH;
    const near = kept.find((other) => Math.hypot(other.x - group.x, other.y - group.y) < reach(other));
    if (near) {
      near.heads.push(...group.heads);
      near.count += group.count;
    } else kept.push(group);
  }
  return kept;
}

/* How many events of a group each colour has, as pairs; `hues` gives the colour of each actor. */
export function sharesOf(group, next, actor, hues) {
  const counts = new Uint32Array(hues.length);
  for (const head of group.heads) for (let i = head; i >= 0; i = next[i]) counts[hues[actor[i]]]++;
  const shares = [];
  for (let hue = 0; hue < counts.length; hue++) if (counts[hue]) shares.push([hue, counts[hue]]);
  return shares;
}

/* The events of a group, in the order of their numbers. */
export function eventsOf(group, next) {
  const events = [];
  for (const head of group.heads) for (let i = head; i >= 0; i = next[i]) events.push(i);
  return events.sort((a, b) => a - b);
}
