// The log that this browser keeps: how much there is, as files to take along, from files, and gone on request.
import { h, setText } from "../common/dom.js";
import { csvOf, readCsv, standing } from "../log.core.js";
import { download } from "./download.js";
import { createHandIn } from "./hand_in.js";
import { counts } from "./minutes.core.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./keeper.js").Keeper} Keeper
 * @typedef {import("../log.core.js").Table} Table
 */

/** How many of the rows that were not understood are shown. */
const SHOWN = 5;

/** A day in words. @param {string} day */
export const dayInWords = (day) => new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** @param {Translate} t @param {Keeper} keeper @returns {HTMLElement} */
export function createLogPanel(t, keeper) {
  const status = h("p", { class: "log-status", role: "status" });
  const files = h("div", { class: "log-files" });
  const asked = h("div", { class: "log-asked" });
  const holdsTable = keeper.table("holds");
  const handIn = holdsTable ? createHandIn(t, keeper, holdsTable) : h("div");
  const chosen = h("input", { type: "file", accept: ".csv,text/csv", hidden: true, "aria-label": t("site.log.import"), onchange: () => preview() });
  const take = h("button", { type: "button", onclick: () => chosen.click() }, t("site.log.import"));
  const forget = h("button", { type: "button", class: "log-forget", onclick: () => askToForget() }, t("site.log.delete"));

  const ask = (/** @type {Node[]} */ ...inside) => {
    asked.replaceChildren(...inside);
    asked.querySelector("button")?.focus();
  };
  const answered = (words = "") => {
    asked.replaceChildren(...(words ? [h("p", {}, words)] : []));
    take.focus();
  };
  const cancel = () => h("button", { type: "button", onclick: () => answered() }, t("site.log.cancel"));

  const preview = async () => {
    const file = chosen.files?.[0];
    if (!file) return;
    const { table, rows, rejected } = readCsv(keeper.tables, await file.text());
    chosen.value = ""; // so that the same file, put right meanwhile, can be chosen again
    if (!table) return answered(t("site.log.no_table", { file: file.name }));
    const fresh = [...new Map(rows.filter(({ id }) => !keeper.has(table, id)).map((cells) => [cells.id, cells])).values()];
    const said = t("site.log.preview", { file: file.name, fresh: fresh.length, known: rows.length - fresh.length, bad: rejected.length });
    const list = rejected.slice(0, SHOWN).map((bad) => h("li", {}, t("site.log.bad", { row: bad.row, column: bad.column, rule: bad.rule, value: bad.value.slice(0, 60) })));
    const add = () => {
      const kept = fresh.filter((cells) => keeper.keep(table, cells)).length;
      keeper.tell();
      answered(kept < fresh.length ? t("site.log.full", { kept, n: fresh.length }) : t("site.log.added", { n: kept }));
    };
    const go = fresh.length ? h("button", { type: "button", class: "primary", onclick: add }, t("site.log.add", { n: fresh.length })) : null;
    ask(h("p", {}, said), ...(list.length ? [h("ul", {}, ...list)] : []), h("div", { class: "log-files" }, go, cancel()));
  };

  const askToForget = () => {
    const go = () => {
      keeper.clear();
      location.reload(); // the panels of this page know routines and settings that are gone
    };
    ask(h("p", {}, t("site.log.delete_sure")), h("div", { class: "log-files" }, cancel(), h("button", { type: "button", class: "log-forget", onclick: go }, t("site.log.delete_yes"))));
  };

  const update = () => {
    const rows = new Map(keeper.tables.map(({ name }) => [name, keeper.rows(name)]));
    const kept = rows.get("holds") ?? [];
    const { holds, days, first, last } = counts(kept);
    const key = holds === 1 ? "site.log.one" : days === 1 ? "site.log.one_day" : "site.log.many";
    setText(status, holds ? t(key, { holds, days, first: dayInWords(first), last: dayInWords(last) }) : t("site.log.empty"));
    handIn.hidden = !standing(kept).length;
    const full = keeper.tables.filter(({ name }) => rows.get(name)?.length);
    const had = /** @type {HTMLElement | null} */ (files.querySelector(":focus"))?.textContent;
    files.replaceChildren(...full.map((table) =>
      h("button", { type: "button", class: "primary", onclick: () => download(table.file, csvOf(table, keeper.rows(table.name))) }, t("site.log.download", { file: table.file }))), take, ...(full.length ? [forget] : []));
    [...files.children].find((button) => button.textContent === had)?.focus();
  };
  keeper.watch(update);
  update();
  return h("section", { class: "site-panel", "aria-label": t("site.log.title") },
    h("p", { class: "panel-title" }, t("site.log.title")), status, files, chosen, asked, handIn, h("p", { class: "panel-note" }, t("site.log.note")));
}
