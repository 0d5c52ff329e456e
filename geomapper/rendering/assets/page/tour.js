/* A tour: chosen events in an order, each with a caption. */
import { button, element } from "./dom.js";
import { fill } from "./words.js";

export class Tour {
  constructor(app) {
    this.app = app;
    this.steps = app.d.tour;
    this.at = null;
    const t = app.d.texts;
    this.root = element("section", "gm-tour");
    this.root.setAttribute("aria-label", t.tour);
    this.title = element("h2");
    this.title.tabIndex = -1;
    this.text = element("p");
    this.count = element("span", "gm-muted");
    this.back = button("‹ " + t.previous, () => this.go(this.at - 1));
    this.forth = button(t.next + " ›", () => this.go(this.at + 1));
    const bar = element("p", "gm-pager");
    bar.append(this.back, this.count, this.forth, button(t.close, () => this.end()));
    this.root.append(this.title, this.text, bar);
    this.root.hidden = true;
    this.opener = button(t.tour, () => this.go(0));
    this.opener.classList.add("gm-start");
  }

  go(step) {
    const { event, title, caption, zoom } = this.steps[step];
    this.at = step;
    this.root.hidden = false;
    this.title.textContent = title || "";
    this.title.hidden = !title;
    this.text.textContent = caption;
    this.count.textContent = fill(this.app.d.texts.of_tour, { number: step + 1, count: this.steps.length });
    this.back.disabled = step === 0;
    this.forth.disabled = step === this.steps.length - 1;
    this.app.reveal(event);
    this.app.open([event], true, { zoom, focus: false });
  }

  end() {
    this.at = null;
    this.root.hidden = true;
    this.app.remember();
    this.opener.focus();
  }
}
