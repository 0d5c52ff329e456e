/* Elements made with textContent: no text from outside is ever read as HTML. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = String(text);
  return made;
}

export function button(text, onClick, className = "gm-button") {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/* A button that is on or off. */
export function switchButton(text, onClick) {
  const made = button(text, onClick);
  made.setAttribute("aria-pressed", "false");
  return made;
}

export function checkbox(label, onChange, ...inside) {
  const row = element("label", "gm-row");
  const box = element("input");
  box.type = "checkbox";
  box.addEventListener("change", () => onChange(box.checked));
  row.append(box, ...inside, element("span", "gm-label", label));
  return { row, box };
}

const SVG = "http://www.w3.org/2000/svg";

/* A part of a small picture: a circle, a path, a letter. */
export function shape(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/* A small picture beside a word, hidden from screen readers. A canvas for each would cost more. */
export function picture(shapes, width = 20) {
  const className = width > 20 ? "gm-sign gm-wide" : "gm-sign";
  const made = shape("svg", { class: className, viewBox: `0 0 ${width} 20`, "aria-hidden": "true" });
  made.append(...shapes);
  return made;
}

export function section(title, content, open) {
  const box = element("details");
  box.open = open;
  box.append(element("summary", "", title), content);
  return box;
}

export function download(name, blob) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}
