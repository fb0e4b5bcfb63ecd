// Setting a hold right afterwards: it was let go early, or it hurt. The log keeps both rows; the later one counts.
import { h, uniqueId } from "../common/dom.js";
import { numberField, selectField } from "./fields.js";
import { keepBox } from "./hurts.js";

/** Why a hold was shorter than it was noted, as the log names it. */
const REASONS = ["let_go", "too_strong", "pinch_front_hip", "kneeling", "knee", "lower_back", "numb_tingling", "unwell", "other"];

/**
 * @param {import("./run.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 * @param {import("../session.core.js").FinishedRow} row
 */
export function createCorrection(engine, t, row) {
  const label = t(`player.correct.${row.side}`, { stretch: t(`stretch.${row.stretch}.short`), repetition: row.repetition });
  const id = uniqueId("correct");
  const mostS = Math.floor(row.heldMs / 1000);
  let heldS = mostS;
  let reason = "let_go";

  const button = h("button", {
    type: "button", class: "hb-small", "aria-expanded": "false", "aria-controls": id, "aria-label": label,
    onclick: () => show(form.parentElement.parentElement.hidden),
  }, t("player.correct"));
  const keep = h("button", {
    type: "button", class: "hb-primary",
    onclick: () => {
      if (form.querySelector(":invalid")) return;
      engine.dispatch({ type: "correct", serial: row.serial, heldMs: heldS * 1000, reason });
    },
  }, t("player.correct_save"));
  const cancel = h("button", { type: "button", onclick: () => show(false) }, t("player.correct_cancel"));
  const consent = h("div");
  // Letting go early says nothing that "stopped" does not.
  const askToKeep = () => consent.replaceChildren(...(reason === "let_go" ? []
    : [keepBox(t, engine.settings.get().keep_reasons, (on) => engine.settings.set({ keep_reasons: on }))]));
  const form = h("div", { id, class: "hb-form" },
    h("p", { class: "hb-hint" }, t("player.correct_about")),
    h("div", { class: "hb-fields" },
      numberField(t, t("player.correct_held"), heldS, { min: 0, max: mostS }, (value) => (heldS = value)),
      selectField(t("player.correct_why"), reason, REASONS.map((name) => [name, t(`reason.${name}`)]), (value) => {
        reason = value;
        askToKeep();
      })),
    consent,
    h("div", { class: "hb-go" }, keep, cancel));

  /** @param {boolean} on */
  function show(on) {
    form.parentElement.parentElement.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    askToKeep();
    (on ? form.querySelector("input") : button).focus({ preventScroll: true });
  }
  return { button, form };
}
