// The fields of set-up: a label, a control, and what is wrong with what was typed.
import { h, setText, uniqueId } from "../common/dom.js";

/**
 * @param {import("../common/translator.js").Translate} t
 * @param {string} label
 * @param {number} value
 * @param {{min: number, max: number}} limit
 * @param {(value: number) => void} onChange  called with valid values only
 */
export function numberField(t, label, value, limit, onChange) {
  const id = uniqueId("number");
  const rule = h("p", { id: `${id}-rule`, class: "hb-rule", role: "status" });
  const input = h("input", {
    id,
    type: "number",
    inputmode: "numeric",
    required: true,
    step: 1,
    min: limit.min,
    max: limit.max,
    value,
    "aria-describedby": rule.id,
    oninput: () => {
      const { valid } = input.validity;
      setText(rule, valid ? "" : t("player.rule", { low: limit.min, high: limit.max }));
      if (valid) onChange(input.valueAsNumber);
    },
  });
  return h("div", { class: "hb-field" }, h("label", { for: id }, label), input, rule);
}

/**
 * @param {string} label
 * @param {string} value
 * @param {string[][]} options  [value, text]
 * @param {(value: string) => void} onChange
 * @param {string | null} [keep]  by this name the focus is found again when the panel is made anew
 */
export function selectField(label, value, options, onChange, keep = null) {
  const id = uniqueId("select");
  const select = h(
    "select",
    { id, "data-keep": keep, onchange: () => onChange(select.value) },
    ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
  );
  return h("div", { class: "hb-field" }, h("label", { for: id }, label), select);
}

/**
 * @param {string} label
 * @param {boolean} checked
 * @param {(checked: boolean) => void} onChange
 */
export function checkField(label, checked, onChange) {
  const input = h("input", { type: "checkbox", checked, onchange: () => onChange(input.checked) });
  return h("label", { class: "hb-check" }, input, label);
}
