/* Every event as a button, the latest first: for the keyboard, for screen readers, for reading. */
import { eventDays, eventPlace, eventTitle } from "./card.js";
import { button, element } from "./dom.js";
import { signPicture } from "./signs.js";
import { fill } from "./words.js";

const AT_ONCE = 100;

export class EventList {
  constructor(d, onOpen) {
    this.d = d;
    this.onOpen = onOpen;
    this.root = element("div");
    this.items = element("ol", "gm-list");
    this.rest = button("", () => this.more(true));
    this.root.append(this.items, this.rest);
  }

  /* The list is made while somebody sees it: its items cost more than all the filters. */
  show(isSeen) {
    const isNew = isSeen && !this.isSeen;
    this.isSeen = isSeen;
    if (isNew && this.visible) this.update(this.visible);
  }

  update(visible) {
    this.visible = visible;
    if (!this.isSeen) return;
    this.shown = new Uint8Array(this.d.count);
    for (let n = 0; n < visible.length; n++) this.shown[visible[n]] = 1;
    this.left = visible.length;
    this.at = 0;
    this.items.textContent = "";
    this.more(false);
  }

  /* Add some more items; one that asked for them from the keyboard stands on the first new one. */
  more(focus) {
    const made = this.take(AT_ONCE).map((i) => this.item(i));
    this.left -= made.length;
    this.items.append(...made);
    this.rest.hidden = this.left === 0;
    this.rest.textContent = fill(this.d.texts.more, { count: this.left });
    if (focus && made.length) made[0].firstChild.focus();
  }

  /* The next events that are shown, so many at most. */
  take(most) {
    const taken = [];
    for (; this.at < this.d.count && taken.length < most; this.at++) {
      const i = this.d.order[this.at];
      if (this.shown[i]) taken.push(i);
    }
    return taken;
  }

  item(i) {
    const d = this.d;
    const open = button("", () => this.onOpen(i), "gm-item");
    open.dataset.id = d.id.at(i);
    const words = element("span");
    const note = d.pinned[i] ? "" : " · " + d.texts.not_on_map;
    words.append(
      element("strong", "", eventTitle(d, i)),
      element("small", "", eventDays(d, i) + " · " + eventPlace(d, i) + note),
    );
    open.append(signPicture(d.sign(i)), words);
    const item = element("li");
    item.append(open);
    return item;
  }
}
