// A field for a measured number: label, control, and in words what is wrong with what was typed.
import { h, setText, uniqueId } from "../common/dom.js";
import { numberIn } from "../typed.core.js";

/**
 * @param {import("../common/translator.js").Translate} t
 * @param {string} label
 * @param {number[]} limits
 * @param {string} language
 * @param {() => void} onInput
 */
export function measuredField(t, label, [low, high], language, onInput) {
  const id = uniqueId("measured");
  const rule = h("p", { id: `${id}-rule`, class: "hb-rule", role: "status" });
  // Not type=number: there a decimal comma is taken, or dropped, by the browser's language and not by the person's.
  const input = h("input", {
    id, type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 8, "aria-describedby": rule.id,
    oninput: () => {
      check();
      onInput();
    },
  });
  const check = () => {
    const number = numberIn(input.value);
    const wrong = input.value.trim() !== "" && !(number !== null && number >= low && number <= high);
    input.setAttribute("aria-invalid", String(wrong));
    const [least, most] = [low, high].map((value) => value.toLocaleString(language));
    setText(rule, wrong ? t("measuring.rule", { low: least, high: most }) : "");
  };
  return {
    element: h("div", { class: "hb-field" }, h("label", { for: id }, label), input, rule),
    /** @returns {number | null} null while there is none that can be */
    value() {
      const number = numberIn(input.value);
      return number !== null && number >= low && number <= high ? number : null;
    },
    clear() {
      input.value = "";
      check();
    },
    focus: () => input.focus(),
  };
}
