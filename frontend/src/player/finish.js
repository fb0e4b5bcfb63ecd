// The panel after a session: held against planned for each side, how it felt, and a way to set any hold right.
import { endOfDay } from "../felt.core.js";
import { standingRows } from "../session.core.js";
import { heldBySide } from "../substitute.core.js";
import { h, setText, uniqueId } from "../common/dom.js";
import { createCorrection } from "./correction.js";
import { selectField } from "./fields.js";
import { emergencyBox } from "./hurts.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const NOTE_MAX = 2000;

/** Seconds as they are read: no more than one decimal. @param {Engine} engine @param {number} seconds */
const shortS = (engine, seconds) => seconds.toLocaleString(engine.language(), { maximumFractionDigits: 1, useGrouping: false });

/** @param {Engine} engine @param {Translate} t */
export function createFinish(engine, t) {
  const title = h("h4", { tabindex: -1 });
  const sides = h("dl", { class: "hb-held" });
  const summary = h("div", { class: "hb-summary" });
  const care = h("div", { class: "hb-last-word" });
  const feel = createFeel(engine, t);
  const where = h("p", { class: "hb-where" });
  const again = h("button", { type: "button", class: "hb-primary", onclick: () => engine.again() }, t("player.again"));
  const toSetup = h("button", { type: "button", onclick: () => engine.again() }, t("player.to_setup"));
  const element = h("div", { class: "hb-finish" }, title, care, sides, summary, feel, where, h("div", { class: "hb-go" }, again, toSetup));
  let drawn = -1;

  const update = () => {
    const session = engine.session();
    // A corrected row keeps its place.
    const rows = standingRows(session).sort((a, b) => a.phaseIndex - b.phaseIndex);
    const whole = rows.every((row) => row.outcome === "done");
    setText(title, t(session.status === "stopped" ? "player.stopped" : whole ? "player.finished" : "player.ended"));
    if (session.rows.length === drawn) return;
    drawn = session.rows.length;
    const reason = endOfDay(engine.catalog, session.rows);
    care.replaceChildren(...(reason ? [h("p", {}, t(`hurts.then.${reason}`)), emergencyBox(t, { key: reason })] : []));
    again.hidden = reason !== "";
    toSetup.hidden = !again.hidden;
    feel.hidden = !rows.length;
    const held = heldBySide(session);
    sides.replaceChildren(...(rows.length ? /** @type {const} */ (["left", "right"]) : []).filter((side) => held[side].plannedS > 0).map((side) =>
      h("div", {}, h("dt", {}, t(`player.side.${side}`)),
        h("dd", {}, t("player.held_of", { held: shortS(engine, held[side].heldS), planned: shortS(engine, held[side].plannedS) })))));
    const at = linesOf(summary).findIndex((line) => line.matches(":focus-within") || line.nextElementSibling?.matches(".hb-correct:focus-within"));
    summary.replaceChildren(rows.length ? summaryTable(engine, t, rows) : h("p", {}, t("player.nothing_held")));
    if (at >= 0) (linesOf(summary)[at]?.querySelector(".hb-small") ?? title).focus({ preventScroll: true });
    where.replaceChildren(...(rows.length && engine.data.saves ? whereLine(engine, t) : []));
  };
  return { element, update, focus: () => title.focus({ preventScroll: true }) };
}

/** What was held, a line each. @param {HTMLElement} summary @returns {any[]} */
const linesOf = (summary) => [...summary.querySelectorAll("tbody tr:not(.hb-correct)")];

/** @param {Engine} engine @param {Translate} t */
function whereLine(engine, t) {
  const link = h("a", { href: "05_my_progress.ipynb", target: "_blank", rel: "noopener" }, t("player.to_progress_link"));
  return [t("player.log_place"), " ", engine.data.place === "notebook" ? link : t("player.to_progress_command")];
}

/** Discomfort and a note; both may stay blank. @param {Engine} engine @param {Translate} t */
function createFeel(engine, t) {
  const options = [["", t("player.discomfort_blank")], ...Array.from({ length: 11 }, (_, n) => [String(n), t(n === 0 ? "player.discomfort_none" : n === 10 ? "player.discomfort_worst" : "player.discomfort_n", { n })])];
  const discomfort = selectField(t("player.discomfort"), "", options, () => setText(said, ""));
  const id = uniqueId("note");
  const note = h("textarea", { id, rows: 2, maxlength: NOTE_MAX, oninput: () => setText(said, "") });
  const said = h("p", { class: "hb-hint", role: "status" });
  const save = h("button", {
    type: "button",
    onclick: () => {
      const { value } = discomfort.querySelector("select");
      engine.feel({ discomfort: value === "" ? null : Number(value), note: note.value.trim() });
      setText(said, t("player.feel_kept"));
    },
  }, t("player.feel_save"));
  return h("fieldset", { class: "hb-item hb-feel" }, h("legend", {}, t("player.feel")),
    h("div", { class: "hb-fields" }, discomfort, h("div", { class: "hb-field" }, h("label", { for: id }, t("player.note")), note)),
    h("div", { class: "hb-go" }, save, said));
}

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {import("../session.core.js").FinishedRow[]} rows
 */
function summaryTable(engine, t, rows) {
  const head = ["stretch", "side", "held"].map((key) => h("th", { scope: "col" }, t(`player.summary.${key}`)));
  const lines = rows.flatMap((row) => {
    const held = t("player.summary.held_of", { held: shortS(engine, row.heldMs / 1000), planned: row.plannedS });
    // From 0 s, as it is shown, nothing can be taken back.
    const correction = Math.round(row.heldMs / 100) > 0 ? createCorrection(engine, t, row) : null;
    const line = h("tr", {}, h("th", { scope: "row" }, t(`stretch.${row.stretch}.short`)), h("td", {}, t(`side.${row.side}`)),
      h("td", {}, h("div", {}, h("span", {}, held, " ", h("span", { class: "hb-state" }, t(`outcome.${row.outcome}`))), correction?.button ?? null)));
    return correction ? [line, h("tr", { class: "hb-correct", hidden: true }, h("td", { colspan: head.length }, correction.form))] : [line];
  });
  return h("table", {}, h("caption", {}, t("player.summary")), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines));
}
