// The set-up panel: which routine, how long, how often, which sides; choices go to the engine at once.
import { h, setText } from "../common/dom.js";
import { createVerdictNote, foldedSafety } from "./checklist.js";
import { createCueSettings } from "./cue_settings.js";
import { checkField, numberField, selectField } from "./fields.js";
import { createItem } from "./item.js";
import { needsLine } from "./needs.js";
import { createOwnRoutines, createRoutinePicker } from "./routines.js";
import { clockTime } from "./words.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 * What outlasts a panel that is made anew: `folds`, which foldings are open; `heard`, what was said of own routines.
 * @typedef {{folds: Set<string>, heard: import("./post.js").RoutineNews | null}} Kept
 */

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{kept: Kept, onAsk(): void}} options  onAsk: the person wants the questions again
 */
export function createSetup(engine, t, { kept, onAsk }) {
  const { limits } = engine.catalog;
  const choices = engine.choices();
  const isRoutine = !engine.catalog.stretches.some(({ id }) => id === choices.routine);
  const total = h("p", { class: "hb-total", role: "status" });
  const start = h("button", { type: "button", class: "hb-primary", onclick: () => engine.start() }, t("player.start"));
  const entries = choices.items.map((item) => ({ item, out: false }));
  const items = entries.map((entry) => createItem(engine, t, entry, { isRoutine, alone: entries.length === 1, choose }));

  const times = /** @type {const} */ (["ready_s", "switch_s", "rest_s"]).map((name) =>
    numberField(t, t(`player.${name}`), choices[name], /** @type {any} */ (limits[name]), (value) => change({ [name]: value })),
  );
  const sides = [["left", t("player.first_side.left")], ["right", t("player.first_side.right")]];
  const firstSide = selectField(t("player.first_side"), choices.first_side, sides, (value) => change({ first_side: value }));
  const waits = checkField(t("player.wait_for_me"), choices.wait_for_me, (on) => change({ wait_for_me: on }));
  const cues = createCueSettings(t, {
    settings: engine.settings,
    sample: () => {
      engine.conductor.unlock();
      engine.conductor.sample(t("player.sample"));
    },
    speechAvailable: () => engine.conductor.speech.available(),
    vibrationAvailable: () => engine.conductor.vibration.available(),
    language: engine.languageChoice,
  });
  /** @param {string} name @param {any} details */
  const fold = (name, details) => {
    details.open = kept.folds.has(name);
    details.addEventListener("toggle", () => (details.open ? kept.folds.add(name) : kept.folds.delete(name)));
    return details;
  };
  const folded = (/** @type {string} */ title, /** @type {Node[]} */ ...inside) =>
    h("details", { class: "hb-more" }, h("summary", {}, title), ...inside);

  const { agreed } = engine.care.told();
  const changes = engine.changes();
  const verdict = changes.length
    ? createVerdictNote(t, {
        changes, verdict: engine.care.verdict(), agreed, onAgree: engine.care.agree,
        onTakeBack: engine.care.dayIsOver() ? engine.care.takeBack : null,
      }).element
    : null;
  const safety = foldedSafety(t);
  safety.append(h("button", { type: "button", onclick: onAsk }, t("player.ask_again")));
  const picker = engine.hasRoutines ? createRoutinePicker(engine, t) : null;
  const own = engine.data.saves ? createOwnRoutines(engine, t, kept) : null;
  const needs = h("p", { class: "hb-need" });
  const element = h("div", { class: "hb-setup" },
    verdict,
    picker?.element ?? null,
    ...items.map((item) => item.element), needs,
    h("div", { class: "hb-go" }, start, total),
    fold("more", folded(t("player.more"), h("div", { class: "hb-fields" }, firstSide, ...times), waits)),
    fold("cues", folded(t("player.cues"), cues.element)),
    own ? fold("own", folded(t("player.own"), own.element)) : null,
    fold("safety", safety));

  /** @param {Partial<import("../plan.core.js").Choices>} part */
  function change(part) {
    engine.choose({ ...engine.choices(), ...part });
  }

  /** Plan what is not left out; with everything left out there is nothing to plan. */
  function choose() {
    const chosen = entries.filter((entry) => !entry.out).map((entry) => entry.item);
    if (chosen.length) change({ items: chosen });
    else update();
  }

  const sum = () => {
    for (const item of items) item.update();
    const wrong = element.querySelector(":invalid") !== null || entries.every((entry) => entry.out);
    const time = wrong ? "–" : clockTime(engine.session().plan.total_s);
    const words = entries.length ? t(engine.choices().wait_for_me ? "player.total_waits" : "player.total", { time }) : t("player.nothing_today");
    setText(total, words);
    setText(needs, entries.length ? needsLine(engine, t, engine.choices().items) : "");
    picker?.update(time);
    start.disabled = wrong;
  };
  // Only the sum: a select that is set to what is in force before its change is heard cannot be changed.
  element.addEventListener("input", sum);
  const update = () => {
    cues.update();
    own?.update();
    sum();
  };
  // Voices are often known only a moment later.
  const close = engine.conductor.speech.onVoices(cues.update);
  update();
  return { element, update, close, focus: () => start.focus({ preventScroll: true }) };
}
