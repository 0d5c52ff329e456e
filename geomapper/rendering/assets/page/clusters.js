/* Events that would hide each other become one cluster. Pure; no object is made an event. */
const REACH = 10;
const MOST_MERGED = 1500;

export function clusterRadius(count) {
  return count === 1 ? 9.5 : 11 + Math.min(15, Math.sqrt(count) * 1.9);
}

/* Group events by the cell of a grid, fixed to the world, that they fall in. `side` is in pixels;
   `next` (one number an event) is filled with chains, so that `eventsOf` can walk a group. */
export function gridded(events, x, y, view, side, next) {
  const cells = new Map();
  const groups = [];
  const pad = 40;
  for (let n = 0; n < events.length; n++) {
    const i = events[n];
    const px = x[i] * view.scale - view.origin.x;
    const py = y[i] * view.scale - view.origin.y;
    if (px < -pad || py < -pad || px > view.width + pad || py > view.height + pad) continue;
    const key = Math.floor((px + view.origin.x) / side) * 4194304 + Math.floor((py + view.origin.y) / side);
    next[i] = -1;
    const group = cells.get(key);
    if (group) join(group, i, px, py, next);
    else {
      const made = { x: px, y: py, count: 1, heads: [i], tail: i };
      cells.set(key, made);
      groups.push(made);
    }
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

/* How many events of a group each actor has, as pairs. */
export function sharesOf(group, next, actor, actors) {
  const counts = new Uint32Array(actors);
  for (const head of group.heads) for (let i = head; i >= 0; i = next[i]) counts[actor[i]]++;
  const shares = [];
  for (let n = 0; n < actors; n++) if (counts[n]) shares.push([n, counts[n]]);
  return shares;
}

/* The events of a group, in the order of their numbers. */
export function eventsOf(group, next) {
  const events = [];
  for (const head of group.heads) for (let i = head; i >= 0; i = next[i]) events.push(i);
  return events.sort((a, b) => a - b);
}
