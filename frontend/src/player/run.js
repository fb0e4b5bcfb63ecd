// The panel while a session runs: figure, digits, what comes next, and the few controls a busy hand needs.
import { isGoing, phaseInHand, totalRemainingMs } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { icon } from "./icons.js";
import { createFigureStage, createRing, createStrip } from "./stage.js";
import { createSteps } from "./steps.js";
import { clockTime, countdown, countLine, doLine, nextLine, pauseLine, phaseWord } from "./words.js";

/**
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const MORE_S = 10;
const CAN_BE_LONGER = ["ready", "switch", "rest", "hold"];

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{toggle(): void, isOn(): boolean}} full  the full screen
 * @param {() => void} toTop  brings the panel's top back into view
 */
export function createRun(engine, t, full, toTop) {
  const figure = createFigureStage(engine, t);
  const ring = createRing(engine, t);
  const strip = createStrip(engine, t);
  const steps = createSteps(engine, t, () => {
    focus();
    toTop();
  });
  const line = (/** @type {string} */ name) => h("p", { class: name });
  const [word, side, todo, stretch, count, next, total, why, awake] = [
    "hb-word", "hb-side", "hb-do", "hb-stretch", "hb-count", "hb-next", "hb-left", "hb-why", "hb-hint hb-awake",
  ].map(line);
  const button = (/** @type {"back" | "skip" | "stop" | "more_time" | "hurts" | "full"} */ name, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: name === "hurts" ? "hb-it-hurts" : null, onclick }, icon(name), h("span", {}, t(`player.${name}`)));

  const main = h("button", { type: "button", class: "hb-primary", onclick: () => toggle(engine) });
  const more = button("more_time", () => engine.extend(MORE_S));
  const screen = button("full", () => full.toggle());
  const hurts = button("hurts", () => engine.dispatch({ type: "pause", cause: "hurts" }));
  const controls = h("div", { class: "hb-controls" },
    h("div", {}, button("back", () => engine.dispatch({ type: "back" })), main, button("skip", () => engine.dispatch({ type: "skip" }))),
    h("div", {}, more, hurts, screen, button("stop", () => engine.dispatch({ type: "stop" }))));
  const element = h("div", { class: "hb-run" },
    h("div", { class: "hb-scene" }, figure.element,
      h("div", { class: "hb-watch" }, word, ring.element, h("div", { class: "hb-what" }, side, todo, stretch, count))),
    strip.element,
    h("div", { class: "hb-after" }, next, total), why, controls, h("p", { class: "hb-hint hb-letgo" }, t("player.full_letgo")), awake,
    steps.element);

  const update = () => {
    const session = engine.session();
    const phase = phaseInHand(session);
    if (!phase) return;
    element.dataset.look = session.status === "running" ? phase.kind : session.status;
    setText(word, phaseWord(t, session));
    setText(side, t(`player.side.${phase.side}`));
    setText(todo, doLine(t, phase));
    setText(stretch, t(`stretch.${phase.stretch}.name`));
    setText(count, phase.row === null ? "" : countLine(t, phase));
    setText(next, nextLine(t, session));
    setText(why, session.status === "paused" && session.cause !== "person" ? pauseLine(t, session) : "");
    const waits = phase.duration_s === null && session.status === "running";
    setText(main, t(waits ? "player.next_phase" : isGoing(session) ? "player.pause" : "player.resume"));
    // Not `disabled`: that would take the focus from it, and then no key would work.
    more.setAttribute("aria-disabled", String(phase.duration_s === null || !CAN_BE_LONGER.includes(phase.kind)));
    setText(screen.lastElementChild, t(full.isOn() ? "player.full_leave" : "player.full"));
    const wake = engine.wakeState();
    setText(awake, wake === "refused" || wake === "unsupported" ? t("player.screen_off") : "");
    steps.update();
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
  const focus = () => main.focus({ preventScroll: true });
  return { element, update, draw, focus };
}

/** What the main button and Space do. @param {Engine} engine */
export function toggle(engine) {
  const session = engine.session();
  if (session.status === "running" && phaseInHand(session).duration_s === null) engine.dispatch({ type: "next" });
  else engine.dispatch({ type: isGoing(session) ? "pause" : "resume" });
}
