// The panels before, during and after: safety note, run, finish.
import { isGoing, phaseInHand, totalRemainingMs } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { icon } from "./icons.js";
import { createFigureStage, createRing, createStrip } from "./stage.js";
import { clockTime, countdown, countLine, doLine, nextLine, pauseLine, phaseWord } from "./words.js";

/**
 * @typedef {import("./setup.js").Engine} Engine
 * @typedef {import("./words.js").Translate} Translate
 */

const SAFETY = ["ask_first", "stop", "floor", "urgent", "emergency", "education"];

/** The safety note as a list. @param {Translate} t */
const safetyList = (t) => h("ul", {}, ...SAFETY.map((key) => h("li", {}, t(`safety.${key}`))));

/** @param {Translate} t @param {() => void} onRead */
export function createSafety(t, onRead) {
  const button = h("button", { type: "button", class: "hb-primary", onclick: onRead }, t("safety.continue"));
  const element = h("div", { class: "hb-safety" }, h("h4", {}, t("safety.title")), safetyList(t), h("div", { class: "hb-go" }, button));
  return { element, update() {}, focus: () => button.focus({ preventScroll: true }) };
}

/** The safety note, folded, for those who have read it. @param {Translate} t */
export const foldedSafety = (t) =>
  h("details", { class: "hb-more" }, h("summary", {}, t("safety.title")), safetyList(t));

/** @param {Engine} engine @param {Translate} t */
export function createRun(engine, t) {
  const figure = createFigureStage(engine, t);
  const ring = createRing(engine, t);
  const strip = createStrip(engine);
  const line = (/** @type {string} */ name) => h("p", { class: name });
  const [word, side, todo, stretch, count, next, total, why] = [
    "hb-word", "hb-side", "hb-do", "hb-stretch", "hb-count", "hb-next", "hb-left", "hb-why",
  ].map(line);
  const send = (/** @type {import("../session.core.js").SessionEvent} */ event) => () => engine.dispatch(event);
  const main = h("button", { type: "button", class: "hb-primary", onclick: () => toggle(engine) });
  const button = (/** @type {"back" | "skip" | "stop"} */ type) =>
    h("button", { type: "button", onclick: send({ type }) }, icon(type), t(`player.${type}`));
  const controls = h("div", { class: "hb-controls" }, button("back"), main, button("skip"), button("stop"));
  const rules = h("ul", { class: "hb-rules" });
  const element = h("div", { class: "hb-run" },
    h("div", { class: "hb-scene" }, figure.element,
      h("div", { class: "hb-watch" }, word, ring.element, h("div", { class: "hb-what" }, side, todo, stretch, count))),
    strip.element,
    h("div", { class: "hb-after" }, next, total), why, controls,
    h("details", { class: "hb-more" }, h("summary", {}, t("player.stop_rules")), rules));
  let rulesOf = "";

  const update = () => {
    const session = engine.session();
    const phase = phaseInHand(session);
    if (!phase) return;
    const look = session.status === "running" ? phase.kind : session.status;
    element.dataset.look = look;
    setText(word, phaseWord(t, session));
    setText(side, t(`player.side.${phase.side}`));
    setText(todo, doLine(t, phase));
    setText(stretch, t(`stretch.${phase.stretch}.name`));
    setText(count, phase.row === null ? "" : countLine(t, phase));
    setText(next, nextLine(t, session));
    setText(why, session.status === "paused" && session.cause !== "person" ? pauseLine(t, session) : "");
    const waits = phase.duration_s === null && session.status === "running";
    setText(main, t(waits ? "player.next_phase" : isGoing(session) ? "player.pause" : "player.resume"));
    if (rulesOf !== phase.stretch) {
      rulesOf = phase.stretch;
      const felt = engine.catalog.stretches.find(({ id }) => id === phase.stretch)?.felt ?? [];
      rules.replaceChildren(...felt.map((rule) => h("li", {}, t(`felt.${rule.key}`))));
    }
  };
  /** @param {number} nowMs */
  const draw = (nowMs) => {
    const phase = phaseInHand(engine.session());
    if (!phase) return;
    figure.draw(phase, nowMs);
    ring.draw(nowMs);
    strip.draw(nowMs);
    setText(total, t("player.total_left", { time: clockTime(countdown(totalRemainingMs(engine.session(), nowMs))) }));
  };
  return { element, update, draw, focus: () => main.focus({ preventScroll: true }) };
}

/** What the main button and Space do. @param {Engine} engine */
export function toggle(engine) {
  const session = engine.session();
  if (session.status === "running" && phaseInHand(session).duration_s === null) engine.dispatch({ type: "next" });
  else engine.dispatch({ type: isGoing(session) ? "pause" : "resume" });
}

/** @param {Engine} engine @param {Translate} t */
export function createFinish(engine, t) {
  const title = h("h4", { tabindex: -1 });
  const body = h("div", { class: "hb-summary" });
  const again = h("button", { type: "button", class: "hb-primary", onclick: () => engine.again() }, t("player.again"));
  const element = h("div", { class: "hb-finish" }, title, body, h("div", { class: "hb-go" }, again));
  const update = () => {
    const session = engine.session();
    const rows = finalRows(session);
    const whole = rows.every((row) => row.outcome === "done");
    setText(title, t(session.status === "stopped" ? "player.stopped" : whole ? "player.finished" : "player.ended"));
    body.replaceChildren(rows.length ? summaryTable(t, session, rows) : h("p", {}, t("player.nothing_held")));
    if (rows.length && engine.saving().saves) body.append(h("p", {}, t("player.to_progress")));
  };
  return { element, update, focus: () => title.focus({ preventScroll: true }) };
}

/** The rows that no later one replaced. @param {import("../session.core.js").Session} session */
const finalRows = ({ rows }) =>
  rows.filter(({ row, attempt }) => !rows.some((later) => later.row === row && later.voidsAttempt === attempt));

/**
 * @param {Translate} t
 * @param {import("../session.core.js").Session} session
 * @param {import("../session.core.js").FinishedRow[]} rows
 */
function summaryTable(t, session, rows) {
  const columns = ["stretch", "side", "held", "planned", "outcome"];
  const head = columns.map((key) => h("th", { scope: "col" }, t(`player.summary.${key}`)));
  const lines = rows.map((row) => {
    const phase = session.plan.phases[row.phaseIndex];
    const cells = [t(`side.${phase.side}`), String(Math.round(row.heldMs / 100) / 10), String(row.plannedS), t(`outcome.${row.outcome}`)];
    return h("tr", {}, h("th", { scope: "row" }, t(`stretch.${phase.stretch}.short`)), ...cells.map((cell) => h("td", {}, cell)));
  });
  return h("table", {}, h("caption", {}, t("player.summary")), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines));
}
