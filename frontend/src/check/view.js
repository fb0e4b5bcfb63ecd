// One question on the page: the answer is judged when asked for, in words; a changed answer takes the verdict away.
import { h, setText } from "../common/dom.js";
import { followTheme } from "../common/theme.js";
import { translator } from "../common/translator.js";
import { judge } from "./check.core.js";
import { INPUTS } from "./inputs.js";

/**
 * @param {import("./check.core.js").Question} question
 * @param {Record<string, string>} strings
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createView(question, strings) {
  const t = translator(strings);
  const heard = h("p", { class: "hb-sr", role: "status" });
  const input = INPUTS[question.kind](question, t, (words) => {
    clear();
    setText(heard, words);
  });
  const verdict = h("strong");
  const why = h("span");
  const place = h("span");
  const said = h("div", { class: "hb-said", role: "status" });
  const show = h("button", { type: "button", class: "hb-show", hidden: true, onclick: () => reveal() }, t("self_check.show"));
  const legend = h("legend", {}, h("span", { class: "hb-name" }, question.title), h("span", {}, question.ask));
  const form = h("form", { novalidate: true }, h("fieldset", {}, legend, input.element),
    h("div", { class: "hb-act" }, h("button", { type: "submit", class: "hb-primary" }, t("self_check.check")), show), said, heard);
  const element = h("div", { class: "hipbook-check" }, form);

  /** @param {string} state @param {string} first @param {string} reason @param {string} more */
  const say = (state, first, reason, more = "") => {
    element.dataset.state = state;
    setText(verdict, first);
    setText(place, more);
    setText(why, reason);
    said.replaceChildren(...[verdict, place, why].filter((part) => part.textContent).flatMap((part) => [part, " "]));
  };
  const clear = () => {
    delete element.dataset.state;
    said.replaceChildren();
  };
  const reveal = () => {
    input.show();
    say("shown", question.shown, question.reason);
    show.hidden = true;
    form.querySelector("[type=submit]").focus();
  };

  form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const { verdict: found, why: reason, inPlace } = judge(question, input.given());
    if (found === "missing") {
      say("missing", t(question.kind === "number" ? "self_check.missing.number" : "self_check.missing.single"), "");
      input.focus();
      return;
    }
    const more = inPlace === null ? "" : t("self_check.order.in_place", { n: inPlace, of: question.options.length });
    say(found, t(found === "right" ? "self_check.right" : "self_check.wrong"), reason, more);
    show.hidden = found === "right" || !question.shown;
  });
  form.addEventListener("input", clear);
  // JupyterLab takes keys from whatever is focused (d d deletes the cell), so no key typed in here may reach it.
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.stopPropagation());

  return { element, close: followTheme(element) };
}
