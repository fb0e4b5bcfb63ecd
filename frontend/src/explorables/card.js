// The frame of every explorable: title and question, pictures, at most three controls, and what it says.
import { h, setText, uniqueId } from "../common/dom.js";
import { followTheme } from "../common/theme.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./store.js").createStore>} Store
 * @typedef {{name: string, min: number, max: number, step: number,
 *   values?: Record<string, string>, shown(value: number): string, spoken(value: number): string}} RangeControl
 * @typedef {{name: string, options: string[]}} ChoiceControl
 * @typedef {{
 *   pictures: {element: Element, draw(): void}[],
 *   controls: (RangeControl | ChoiceControl)[],
 *   sentence(): string,
 *   note: string,
 *   sources: string,
 * }} Content
 */

/**
 * @param {string} kind  also the keys' second word
 * @param {Translate} t @param {Store} store @param {Content} content
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createCard(kind, t, store, { pictures, controls, sentence, note, sources }) {
  const said = h("p", { class: "hb-said", id: uniqueId("said") });
  const live = h("div", { class: "hb-sr", "aria-live": "polite" });
  for (const { element } of pictures) {
    const named = element.matches("[role=img]") ? element : element.querySelector("[role=img]");
    named?.setAttribute("aria-describedby", said.id);
  }
  const fields = controls.map((control) => field(kind, control, t, store));
  const title = t(`explorable.${kind}.title`);
  const element = h(
    "div",
    { class: "hipbook-explorable", role: "group", "aria-label": title, "data-kind": kind, tabindex: -1 },
    h("header", {}, h("p", { class: "hb-title", role: "heading", "aria-level": 3 }, title), h("p", { class: "hb-question" }, t(`explorable.${kind}.question`))),
    h("div", { class: "hb-inner" },
      h("div", { class: "hb-stage" }, ...pictures.map((picture) => h("div", { class: "hb-picture" }, picture.element))),
      h("div", { class: "hb-fields" }, ...fields.map((made) => made.element)),
      said,
      h("p", { class: "hb-note" }, note),
      h("p", { class: "hb-sources" }, sources)),
    live,
  );

  let requested = 0;
  const draw = () => {
    requested = 0;
    for (const picture of pictures) picture.draw();
    for (const made of fields) made.update();
    setText(said, sentence());
  };
  const unwatch = store.watch((settled) => {
    if (!requested) requested = requestAnimationFrame(draw);
    if (settled) setText(live, sentence());
  });
  // JupyterLab takes keys from whatever is focused (d d deletes the cell), so no key typed in here may reach it.
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.stopPropagation());
  const stopTheme = followTheme(element);
  draw();
  return {
    element,
    close() {
      unwatch();
      stopTheme();
      cancelAnimationFrame(requested);
    },
  };
}

/** @param {string} kind @param {RangeControl | ChoiceControl} control @param {Translate} t @param {Store} store */
function field(kind, control, t, store) {
  const label = t(`explorable.${kind}.control.${control.name}`, "values" in control ? control.values : {});
  return "options" in control ? choiceField(kind, control, label, t, store) : rangeField(control, label, store);
}

/** @param {RangeControl} control @param {string} label @param {Store} store */
function rangeField({ name, min, max, step, shown, spoken }, label, store) {
  const id = uniqueId(name);
  const range = h("input", {
    id, type: "range", min, max, step,
    oninput: () => store.change({ [name]: Number(range.value) }, false),
    onchange: () => store.change({ [name]: Number(range.value) }, true),
  });
  const output = h("output", { for: id, "aria-hidden": "true" });
  const update = () => {
    const value = Number(store.settings()[name]);
    if (Number(range.value) !== value) range.value = String(value);
    range.style.setProperty("--hb-share", String((value - min) / (max - min)));
    range.setAttribute("aria-valuetext", spoken(value));
    setText(output, shown(value));
  };
  return { element: h("div", { class: "hb-field" }, h("div", { class: "hb-field-head" }, h("label", { for: id }, label), output), range), update };
}

/** @param {string} kind @param {ChoiceControl} control @param {string} label @param {Translate} t @param {Store} store */
function choiceField(kind, { name, options }, label, t, store) {
  const id = uniqueId(name);
  const select = h(
    "select",
    { id, onchange: () => store.change({ [name]: select.value }, true) },
    ...options.map((option) => h("option", { value: option }, t(`explorable.${kind}.${name}.${option}`))),
  );
  const update = () => {
    select.value = String(store.settings()[name]);
  };
  return { element: h("div", { class: "hb-field" }, h("div", { class: "hb-field-head" }, h("label", { for: id }, label)), select), update };
}
