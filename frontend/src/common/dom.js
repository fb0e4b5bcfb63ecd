// Making elements: h("button", { class: "go", onclick }, "Start").

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]  `on…` are listeners, false and null are left out, true is present
 * @param {...(Node | string | null)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * Set text only when it differs, so that live regions and selections are left alone.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Each widget of a page has a module of its own, and would count from 1: the ids must differ between them, too.
const own = Math.random().toString(36).slice(2, 10);
let count = 0;

/** An id for a label and its control, unique in the page. @param {string} name */
export const uniqueId = (name) => `hipbook-${own}-${name}-${(count += 1)}`;

/**
 * Keep a key to the panel in which it was pressed: JupyterLab takes keys from whatever is focused (d d deletes the
 * cell). The one that saves the notebook may pass; without it a reload loses the panel.
 * @param {KeyboardEvent} event
 */
export function keepKey(event) {
  const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  if (!saves) event.stopPropagation();
}
