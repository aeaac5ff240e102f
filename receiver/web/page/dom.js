/* Elements by name. Text is only ever set as text: no name of a file can become markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Find by id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Make an element; attributes that are undefined or false are left out, on… are listeners. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Draw one of the icons that page.html defines. */
export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  made.append(use);
  return made;
}

/** A button that shows an icon and says its label. */
export function iconButton(name, label, onclick) {
  return el("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick }, icon(name));
}

/** Set text only where it changes: selections and screen readers are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Show or hide. */
export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** A file's name, isolated from the direction of what stands around it. */
export function nameOf(text, className = "name") {
  return el("bdi", { class: className, title: text }, text);
}

/** Say something to screen readers, once. */
export function announce(text) {
  setText(byId("announced"), text);
}

/** Copy text; on a plain http address by the old way, as browsers forbid the new one there. */
export async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // not allowed to this page: the old way may still do
    }
  }
  const area = el("textarea", { class: "unseen", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** A button that copies and says so for a moment. */
export function copyButton(text, label) {
  const button = iconButton("copy", label, async () => {
    await copy(text());
    button.replaceChildren(icon("check"));
    announce("Copied");
    setTimeout(() => button.replaceChildren(icon("copy")), 1500);
  });
  return button;
}
