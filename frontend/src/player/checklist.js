// Before the first stretch: the safety note, the checklist under it, and afterwards what the answers changed.
import { h, uniqueId } from "../common/dom.js";
import { createLanguage } from "./language.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("../precautions.core.js").Answer} Answer
 * @typedef {import("../precautions.core.js").Change} Change
 * @typedef {import("../precautions.core.js").Verdict} Verdict
 */

const SAFETY = ["ask_first", "stop", "floor", "urgent", "emergency", "education"];
/** What the checklist does not ask by itself. */
const BESIDE_CHECKLIST = ["stop", "floor", "education"];
const GROUPS = ["hips_knees", "body", "doctor_first"];

/** The whole safety note as a list. @param {Translate} t @param {string[]} [keys] */
export const safetyList = (t, keys = SAFETY) => h("ul", { class: "hb-note" }, ...keys.map((key) => h("li", {}, t(`safety.${key}`))));

/** The safety note, folded, for those who have read it. @param {Translate} t */
export const foldedSafety = (t) =>
  h("details", { class: "hb-more" }, h("summary", {}, t("safety.title")), safetyList(t));

/**
 * The first panel, in one step. Answers are handed on and kept nowhere.
 * @param {Translate} t
 * @param {{precautions: import("../precautions.core.js").Precautions, answers: string[], startTime?: string | null,
 *   needs?: string, language: import("./language.js").Languages, onDone(answers: string[], startNow: boolean): void}} options
 *   answers: boxes ticked to begin with; startTime: how long the routine takes that is ready to start, null for none;
 *   needs: what it needs
 */
export function createChecklist(t, { precautions, answers, startTime = null, needs = "", language, onDone }) {
  const title = h("h4", { tabindex: -1 }, t("safety.title"));
  const boxes = precautions.answers.map((answer) => createTick(t, answer, answers.includes(answer.key), () => update()));
  const ticked = () => boxes.filter(({ input }) => input.checked).map(({ answer }) => answer);
  const keys = () => ticked().map(({ key }) => key);
  const groups = GROUPS.map((group) =>
    h("fieldset", { class: "hb-group", "data-group": group }, h("legend", {}, t(`checklist.group.${group}`)),
      ...boxes.filter(({ answer }) => answer.group === group).map(({ element }) => element)));

  const result = h("div", { class: "hb-result", role: "status" });
  const read = h("button", { type: "button", class: "hb-primary", onclick: () => onDone(keys(), false) }, t("safety.continue"));
  const start = h("button", { type: "button", onclick: () => onDone([], true) }, t("checklist.start_now", { time: startTime ?? "" }));
  const go = h("div", { class: "hb-go" }, read, start);
  const need = h("p", { class: "hb-need" }, needs);
  const tongue = createLanguage(t, language);
  const element = h("div", { class: "hb-checklist" },
    h("div", { class: "hb-top" }, tongue.element, h("div", {}, title, safetyList(t, BESIDE_CHECKLIST))),
    h("h5", {}, t("checklist.title")), h("p", { class: "hb-hint" }, t("checklist.hint")),
    h("div", { class: "hb-groups" }, ...groups), result, need, go);

  let shown = "";
  const update = () => {
    tongue.update();
    const given = ticked();
    const urgent = given.filter(({ urgency }) => urgency !== null);
    go.hidden = urgent.length > 0;
    start.hidden = need.hidden = startTime === null || given.length > 0;
    // A status that is written again is read out again: only what is new is written.
    const show = urgent.length ? urgent.map(({ key }) => key).join() : String(given.length > 0);
    if (show === shown) return;
    shown = show;
    if (urgent.length) {
      result.replaceChildren(careBox(t, urgent));
      result.scrollIntoView({ block: "nearest" });
    } else result.replaceChildren(...(given.length ? [h("p", { class: "hb-hint" }, t("checklist.next"))] : []));
  };
  update();
  return { element, update, answers: keys, focus: () => title.focus({ preventScroll: true }) };
}

/**
 * In place of the checklist where another panel of the page shows it already.
 * @param {Translate} t
 * @param {() => void} onOpen
 */
export function createClosedChecklist(t, onOpen) {
  const open = h("button", { type: "button", onclick: onOpen }, t("checklist.open"));
  const element = h("div", { class: "hb-offer" }, h("p", {}, t("checklist.closed")), h("div", { class: "hb-go" }, open));
  return { element, update() {}, focus: () => open.focus({ preventScroll: true }) };
}

/**
 * One box with its sentence, and the signs that it stands for.
 * @param {Translate} t
 * @param {Answer} answer
 * @param {boolean} checked
 * @param {() => void} onChange
 */
function createTick(t, answer, checked, onChange) {
  const id = answer.signs.length ? uniqueId("signs") : null;
  const input = h("input", { type: "checkbox", onchange: onChange, "aria-describedby": id });
  input.checked = checked;
  const label = h("label", { class: "hb-tick" }, input, h("span", {}, t(`checklist.answer.${answer.key}`)));
  const list = id ? h("ul", { id, class: "hb-signs" }, ...answer.signs.map((sign) => h("li", {}, t(`checklist.sign.${sign}`)))) : null;
  return { answer, input, element: h("div", { class: "hb-answer" }, label, list) };
}

/** Where to go, the most urgent first. @param {Translate} t @param {Answer[]} urgent */
function careBox(t, urgent) {
  const emergencies = urgent.filter(({ urgency }) => urgency === "emergency");
  const first = emergencies.length ? emergencies : urgent;
  return h("div", { class: "hb-care" },
    h("p", { class: "hb-care-title" }, t(`checklist.care.title.${first[0].urgency}`)),
    ...first.map(({ key }) => h("p", {}, t(`checklist.care.${key}`))),
    h("p", { class: "hb-hint" }, t("checklist.care.end")));
}

/**
 * Above the set-up: what the answers took out, why, whom to ask, and the box that says that one has asked.
 * @param {Translate} t
 * @param {{changes: Change[], verdict: Verdict, agreed: string[], onAgree(stretch: string, on: boolean): void,
 *   onTakeBack: (() => void) | null}} options  onTakeBack: the day is over, and that was a mistake
 */
export function createVerdictNote(t, { changes, verdict, agreed, onAgree, onTakeBack }) {
  /** @type {Map<string, Change[]>} What is out for the same reasons is told in one go. */
  const alike = new Map();
  for (const change of changes) alike.set(change.answers.join(), [...(alike.get(change.answers.join()) ?? []), change]);
  const parts = [...alike.values()].map((group) => {
    const { answers, ask } = group[0];
    const reasons = [...answers.map((key) => t(`checklist.reason.${key}`)), ...ask.map((whom) => t(`checklist.ask.${whom}`))];
    return h("div", { class: "hb-change" }, h("p", {}, reasons.join(" ")), h("ul", {}, ...group.map((change) => changeLine(t, change, agreed, onAgree))));
  });
  const element = h("section", { class: "hb-verdict" }, h("h4", {}, t("checklist.note.title")), ...parts,
    verdict.nothing_left ? h("p", { class: "hb-nothing" }, t("checklist.note.nothing")) : null,
    onTakeBack ? h("div", { class: "hb-go" }, h("button", { type: "button", onclick: onTakeBack }, t("checklist.take_back"))) : null);
  element.hidden = changes.length === 0;
  return { element };
}

/**
 * @param {Translate} t
 * @param {Change} change
 * @param {string[]} agreed
 * @param {(stretch: string, on: boolean) => void} onAgree
 */
function changeLine(t, { stretch, what, by, askable }, agreed, onAgree) {
  const name = (/** @type {string | null} */ id) => (id ? t(`stretch.${id}.name`) : "");
  const id = uniqueId("change");
  const line = h("p", { id }, t(`checklist.${what}`, { stretch: name(stretch), other: name(by) }));
  if (!askable) return h("li", {}, line);
  const input = h("input", { type: "checkbox", "aria-describedby": id, "data-keep": `agree-${stretch}`, onchange: () => onAgree(stretch, input.checked) });
  input.checked = agreed.includes(stretch);
  return h("li", {}, line, h("label", { class: "hb-tick" }, input, h("span", {}, t("checklist.agree"))));
}
