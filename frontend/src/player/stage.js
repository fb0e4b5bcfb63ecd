// The picture and the ring: what a person two metres away sees. Drawn once per animation frame while in view.
import { createFigure, frame } from "../figure.view.js";
import { blendPoses } from "../skeleton.core.js";
import { elapsedMs, leadInMs, LEAD_IN_MS, phaseInHand, remainingMs } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { countdown, figureLine } from "./words.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const MOVE_MS = 1100;
const SVG = "http://www.w3.org/2000/svg";
const RING_R = 86;
const RING_LENGTH = 2 * Math.PI * RING_R;

/** Slow at both ends, as a body moves. @param {number} share */
const ease = (share) => share * share * (3 - 2 * share);

/** Whether nothing may move by itself: then pose, ring and strip go on in steps. */
const stillness = () => matchMedia("(prefers-reduced-motion: reduce)");
const inSteps = (/** @type {number} */ ms) => countdown(ms) * 1000;

/** @param {Engine} engine @param {Translate} t */
export function createFigureStage(engine, t) {
  const figure = createFigure(document, { label: "" });
  const element = h("div", { class: "hb-figure" }, figure.element);
  const still = stillness();
  /** @type {any} */
  let shown = null;
  /** @type {{key: string, from: any, to: any, sinceMs: number}} */
  let move = { key: "", from: null, to: null, sinceMs: 0 };

  /** @param {import("../plan.core.js").Phase} phase @param {number} nowMs */
  const draw = (phase, nowMs) => {
    const stretch = engine.catalog.stretches.find(({ id }) => id === phase.stretch);
    if (!stretch) return;
    const mirror = phase.side === "left";
    const poses = stretch.keyframes.map((keyframe) => keyframe.pose);
    const target = stretch.keyframes.find(({ name }) => name === phase.pose)?.pose ?? poses[0];
    const scene = `${phase.stretch} ${phase.side}`;
    const key = `${scene} ${phase.pose}`;
    if (key !== move.key) {
      const sameScene = move.key.startsWith(`${scene} `);
      if (!sameScene) {
        figure.element.setAttribute("viewBox", frame(/** @type {any[]} */ (poses), { mirror }));
        figure.element.setAttribute("aria-label", figureLine(t, phase));
      }
      move = { key, from: sameScene ? shown : target, to: target, sinceMs: nowMs };
    }
    const share = still.matches ? 1 : Math.min(1, (nowMs - move.sinceMs) / MOVE_MS);
    const pose = blendPoses(move.from, move.to, ease(share));
    const active = phase.pose === "hold" || phase.pose === "pull";
    figure.draw(pose, { mirror, sensation: active ? stretch.sensation : null, props: /** @type {any} */ (target).props ?? [] });
    shown = pose;
  };
  return { element, draw };
}

/** @param {Engine} engine @param {Translate} t */
export function createRing(engine, t) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-100 -100 200 200");
  svg.setAttribute("aria-hidden", "true");
  const circle = (/** @type {string} */ name) => {
    const element = document.createElementNS(SVG, "circle");
    element.setAttribute("class", name);
    element.setAttribute("r", String(RING_R));
    svg.append(element);
    return element;
  };
  circle("hb-ring-track");
  const arc = circle("hb-ring-arc");
  arc.setAttribute("stroke-dasharray", String(RING_LENGTH));
  const digits = h("div", { class: "hb-digits", role: "timer", "aria-live": "off", "aria-label": t("player.time_left") });
  const element = h("div", { class: "hb-ring" }, svg, digits);
  const still = stillness();

  /** @param {number} nowMs */
  const draw = (nowMs) => {
    const session = engine.session();
    const lead = leadInMs(session, nowMs);
    const left = lead || remainingMs(session, nowMs);
    const duration = lead ? LEAD_IN_MS : (phaseInHand(session)?.duration_s ?? 0) * 1000;
    const share = left === null || !duration ? 1 : (still.matches ? inSteps(left) : left) / duration;
    arc.style.strokeDashoffset = String(RING_LENGTH * (1 - share));
    // The end of a phase is noticed at the next tick; until then nobody should read a 0.
    const shown = left === null ? "…" : String(Math.max(1, countdown(left)));
    if (digits.textContent === shown) return;
    digits.textContent = shown;
    digits.dataset.digits = shown.length;
  };
  return { element, draw };
}

/**
 * The whole plan as a strip: one piece a phase, as wide as it is long.
 * @param {Engine} engine
 */
export function createStrip(engine) {
  const element = h("div", { class: "hb-strip", "aria-hidden": "true" });
  const still = stillness();
  /** @type {import("../plan.core.js").Plan | null} */
  let plan = null;
  /** @param {number} nowMs */
  const draw = (nowMs) => {
    const session = engine.session();
    if (session.plan !== plan) {
      plan = session.plan;
      element.replaceChildren(...plan.phases.map((phase) => h("i", { "data-kind": phase.kind, style: `flex:${phase.duration_s ?? 5} 0 0` }, h("b"))));
    }
    const elapsed = elapsedMs(session, nowMs);
    for (const [at, piece] of [...element.children].entries()) {
      const seconds = session.plan.phases[at].duration_s ?? Infinity;
      const share = at < session.index ? 1 : at > session.index ? 0 : (still.matches ? inSteps(elapsed) : elapsed) / (seconds * 1000);
      /** @type {HTMLElement} */ (piece.firstElementChild).style.transform = `scaleX(${share})`;
    }
  };
  return { element, draw };
}
