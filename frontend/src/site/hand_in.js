// Handing in: a file of what was held, under a code, without what is about the person's health.
import { h, setText, uniqueId } from "../common/dom.js";
import { handInOf } from "../log.core.js";
import { download } from "./download.js";
import { codeFrom, fileName } from "./hand_in.core.js";

/**
 * @param {import("../common/translator.js").Translate} t
 * @param {import("./keeper.js").Keeper} keeper
 * @param {import("../log.core.js").Table} table  that of the holds
 * @returns {HTMLElement}
 */
export function createHandIn(t, keeper, table) {
  const ids = { code: uniqueId("code"), about: uniqueId("about"), trouble: uniqueId("trouble") };
  const trouble = h("p", { class: "log-trouble", id: ids.trouble, role: "alert" });
  // Not kept by the browser: on a shared computer the next one would be offered it.
  const field = h("input", { id: ids.code, type: "text", size: 8, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": `${ids.trouble} ${ids.about}` });

  const say = (/** @type {string} */ words) => {
    setText(trouble, words);
    field.setAttribute("aria-invalid", String(words !== ""));
    if (words) field.focus();
  };
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    const code = codeFrom(field.value);
    if (code) download(fileName(code, table), handInOf(table, keeper.rows(table.name)));
    say(code ? "" : field.value.trim() ? t("site.log.code_rule", { typed: field.value.trim().slice(0, 40) }) : t("site.log.code_missing"));
  };
  field.addEventListener("input", () => say(""));

  return h("form", { class: "log-hand-in", novalidate: true, onsubmit: send },
    h("div", { class: "log-files" }, h("label", { for: ids.code }, t("site.log.code")), field, h("button", { type: "submit" }, t("site.log.hand_in"))),
    trouble, h("p", { class: "panel-note", id: ids.about }, t("site.log.hand_in_about")));
}
