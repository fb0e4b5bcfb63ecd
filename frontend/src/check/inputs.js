// The three ways to answer: radio buttons, a number field, lines to put in order. Each gives its answer on request.
import { h, uniqueId } from "../common/dom.js";
import { moved, numberFrom } from "./check.core.js";

/**
 * @typedef {import("./check.core.js").Question} Question
 * @typedef {import("./check.core.js").Given} Given
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {{element: HTMLElement, given(): Given, show(): void, focus(): void}} Input
 *   show: set the right answer; focus: where to go on when nothing was answered
 */

/** @type {Record<Question["kind"], (question: Question, t: Translate, say: (words: string) => void) => Input>} */
export const INPUTS = { single, number, order };

/** @param {Question} question @returns {Input} */
function single(question) {
  const name = uniqueId("choice");
  const radios = question.options.map(({ key }) => h("input", { type: "radio", name, value: key }));
  const labels = question.options.map(({ label }, at) => h("label", { class: "hb-option" }, radios[at], h("span", {}, label)));
  return {
    element: h("div", { class: "hb-options" }, ...labels),
    given: () => radios.find((radio) => radio.checked)?.value ?? null,
    show: () => radios.forEach((radio) => (radio.checked = radio.value === question.answer)),
    focus: () => radios[0].focus(),
  };
}

/** @param {Question} question @returns {Input} */
function number(question) {
  const id = uniqueId("answer");
  // Not type="number": that reads a decimal comma as nothing in most languages, and a wheel changes it unseen.
  const field = h("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", size: 7 });
  return {
    element: h("div", { class: "hb-number" }, h("label", { for: id }, question.label), field),
    given: () => numberFrom(field.value),
    show: () => (field.value = String(question.answer)),
    focus: () => field.focus(),
  };
}

/**
 * @param {Question} question
 * @param {Translate} t
 * @param {(words: string) => void} say
 * @returns {Input}
 */
function order(question, t, say) {
  let keys = question.options.map(({ key }) => key);
  const list = h("ol", { class: "hb-order" });
  const lines = new Map(question.options.map((option) => [option.key, line(option)]));

  /** @param {import("./check.core.js").Option} option */
  function line({ key, label }) {
    const button = (/** @type {-1 | 1} */ step) =>
      h("button", { type: "button", "aria-label": t(step < 0 ? "self_check.order.up" : "self_check.order.down", { item: label }), onclick: () => move(step) }, step < 0 ? "↑" : "↓");
    const buttons = [button(-1), button(1)];
    const move = (/** @type {-1 | 1} */ step) => {
      keys = moved(keys, key, step);
      draw();
      const pressed = buttons[step < 0 ? 0 : 1];
      (pressed.disabled ? buttons[step < 0 ? 1 : 0] : pressed).focus();
      say(t("self_check.order.moved", { item: label, place: keys.indexOf(key) + 1, of: keys.length }));
    };
    return { element: h("li", {}, h("span", {}, label), ...buttons), buttons };
  }

  const draw = () => {
    keys.forEach((key, at) => {
      const { element, buttons } = /** @type {ReturnType<typeof line>} */ (lines.get(key));
      list.append(element);
      buttons[0].disabled = at === 0;
      buttons[1].disabled = at === keys.length - 1;
    });
  };
  draw();
  return {
    element: h("div", {}, h("p", { class: "hb-how" }, t("self_check.order.how")), list),
    given: () => keys,
    show: () => {
      keys = [...question.answer];
      draw();
    },
    focus: () => list.querySelector("button:enabled")?.focus(),
  };
}
