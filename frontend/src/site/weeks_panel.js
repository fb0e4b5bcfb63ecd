// The minutes held per week, left and right, of the log that this browser keeps.
import { h } from "../common/dom.js";
import { dayInWords } from "./log_panel.js";
import { weeklyMinutes } from "./minutes.core.js";

/** How many weeks are shown. */
const WEEKS = 12;

/** @param {import("../common/translator.js").Translate} t @param {import("./keeper.js").Keeper} keeper @returns {HTMLElement} */
export function createWeeksPanel(t, keeper) {
  const body = h("div", {});
  const update = () => {
    const weeks = weeklyMinutes(keeper.rows("holds")).slice(0, WEEKS);
    body.replaceChildren(weeks.length ? table(t, weeks) : h("p", {}, t("site.weeks.empty")));
  };
  keeper.watch(update);
  update();
  return h("section", { class: "site-panel", "aria-label": t("site.weeks.title") },
    h("p", { class: "panel-title" }, t("site.weeks.title")), body, h("p", { class: "panel-note" }, t("site.weeks.note")));
}

/** @param {import("../common/translator.js").Translate} t @param {ReturnType<typeof weeklyMinutes>} weeks */
function table(t, weeks) {
  const most = Math.max(...weeks.flatMap(({ left, right }) => [left, right]));
  const cell = (/** @type {"left" | "right"} */ side, /** @type {number} */ minutes) => {
    const bar = h("span", { class: `bar ${side}`, "aria-hidden": "true" });
    bar.style.setProperty("--share", String(minutes / most));
    return h("td", {}, h("span", { class: "number" }, minutes.toFixed(1)), bar);
  };
  const heads = [t("site.weeks.week"), t("site.weeks.left"), t("site.weeks.right")];
  return h("table", { class: "weeks" }, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...weeks.map(({ monday, left, right }) =>
      h("tr", {}, h("th", { scope: "row" }, dayInWords(monday)), cell("left", left), cell("right", right)))));
}
