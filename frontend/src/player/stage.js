// The picture and the ring: what a person two metres away sees. Drawn once per animation frame while in view.
import { createFigure, frame } from "../figure.view.js";
import { blendPoses } from "../skeleton.core.js";
import { elapsedMs, leadInMs, LEAD_IN_MS, outcomeOf, phaseInHand, remainingMs } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { countdown, figureLine, stepLine } from "./words.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const MOVE_MS = 1100;
const WAIT_S = 5;
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
  svg.setAttribute("viewBox", "-93 -93 186 186");
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
 * The whole plan as a strip: a piece for each hold or set, and for each phase between two, as wide as it is long.
 * Holds and sets bear their names, with what became of them.
 * @param {Engine} engine
 * @param {Translate} t
 */
export function createStrip(engine, t) {
  const element = h("div", { class: "hb-strip", role: "group", "aria-label": t("player.strip") });
  const still = stillness();
  /** @type {import("../plan.core.js").Plan | null} */
  let plan = null;
  /** @type {{piece: HTMLElement, from: number, phases: import("../plan.core.js").Phase[]}[]} */
  let pieces = [];
  let told = "";

  /** @param {import("./engine.js").Session} session */
  const name = (session) => {
    for (const { piece, phases: [phase] } of pieces) {
      if (phase.row === null) continue;
      const line = stepLine(t, session, phase);
      const label = [line.name, line.state].filter(Boolean).join(": ");
      piece.title = label;
      piece.setAttribute("aria-label", label);
      piece.dataset.outcome = phase.row === phaseInHand(session)?.row ? "" : (outcomeOf(session, phase.row) ?? "");
    }
  };

  /** @param {number} nowMs */
  const draw = (nowMs) => {
    const session = engine.session();
    if (session.plan !== plan) {
      plan = session.plan;
      pieces = piecesOf(plan.phases);
      element.replaceChildren(...pieces.map(({ piece }) => piece));
      told = "";
    }
    const news = `${session.index} ${session.rows.length}`;
    if (news !== told) name(session);
    told = news;
    const elapsed = elapsedMs(session, nowMs);
    const done = still.matches ? inSteps(elapsed) : elapsed;
    for (const { piece, from, phases } of pieces) {
      const before = phases.slice(0, Math.max(0, session.index - from));
      const passed = lengthMs(before) + (phases[session.index - from]?.duration_s ? done : 0);
      const share = piece.dataset.outcome ? 1 : Math.min(1, passed / lengthMs(phases));
      /** @type {HTMLElement} */ (piece.firstElementChild).style.transform = `scaleX(${share})`;
    }
  };
  return { element, draw };
}

/** A wait has no length: it is drawn as a short one. @param {import("../plan.core.js").Phase[]} phases */
const lengthMs = (phases) => phases.reduce((sum, { duration_s }) => sum + (duration_s ?? WAIT_S) * 1000, 0);

/** @param {import("../plan.core.js").Phase[]} phases */
function piecesOf(phases) {
  const firsts = phases.flatMap(({ row }, at) => (row === null || phases[at - 1]?.row !== row ? [at] : []));
  return firsts.map((from, at) => {
    const own = phases.slice(from, firsts[at + 1]);
    const look = { "data-kind": own[0].kind, style: `flex:${lengthMs(own) / 1000} 0 0` };
    const role = own[0].row === null ? { "aria-hidden": "true" } : { role: "img" };
    return { piece: h("i", { ...look, ...role }, h("b")), from, phases: own };
  });
}
