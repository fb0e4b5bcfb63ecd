// What the player says and shows in words, from the strings and the session; every sentence is in hipbook/strings.
import { elapsedMs, heldMs, outcomeOf, phaseInHand, plannedS } from "../session.core.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../plan.core.js").Phase} Phase
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {{atMs: number, kind: string, of: string}} Cue
 */

/**
 * Whose sentences name a side. There is a whole sentence for each side, since languages inflect "left".
 */
const NAMES_SIDE = {
  begin: ["hold", "hold_on", "ready", "switch", "wait"],
  next: ["hold", "pull", "ready", "switch", "wait"],
  do: ["ready", "pull"],
};

/** With less than this left of a hold, its seconds would be over before they are said. */
const TOO_FEW_TO_SAY_S = 5;

/** 75 → "1:15". @param {number} seconds */
export function clockTime(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Digits of a countdown: 0 only when nothing is left. @param {number} ms */
export const countdown = (ms) => Math.ceil(Math.max(0, ms - 1) / 1000);

/** The end of a key, with its side where the sentence names one. @param {string[]} those @param {string} name @param {Phase} phase */
const sided = (those, name, phase) => (those.includes(name) ? `${name}.${phase.side}` : name);

/** @param {Translate} t @param {Phase} phase */
const stretchName = (t, phase) => t(`stretch.${phase.stretch}.name`);

/** What to do in this phase, in one short sentence. @param {Translate} t @param {Phase} phase */
export const doLine = (t, phase) =>
  phase.kind === "rest" ? t("player.do.rest") : t(`stretch.${phase.stretch}.do.${sided(NAMES_SIDE.do, phase.pose, phase)}`);

/** What comes after the phase in hand. @param {Translate} t @param {Session} session */
export function nextLine(t, session) {
  const next = session.plan.phases[session.index + 1];
  if (!next) return t("player.next.end");
  return t(`player.next.${sided(NAMES_SIDE.next, next.kind, next)}`, { stretch: stretchName(t, next) });
}

/** The phase in hand in one or two words; a pause and a lead-in go before it. @param {Translate} t @param {Session} session */
export function phaseWord(t, session) {
  const special = session.status === "paused" || session.status === "leading_in";
  return t(`phase.${special ? session.status : phaseInHand(session).kind}`);
}

/** Which of how many. @param {Translate} t @param {Phase} phase */
export const countLine = (t, phase) =>
  phase.cycles === null || phase.cycle === null
    ? t("player.repetition", { repetition: phase.repetition, of: phase.of })
    : t("player.cycle", { cycle: phase.cycle, cycles: phase.cycles });

/**
 * A hold of the plan, or a set: which it is, and what became of it, "" while it is still to come.
 * @param {Translate} t
 * @param {Session} session
 * @param {Phase} phase  its first, or any of it
 * @returns {{name: string, state: string}}
 */
export function stepLine(t, session, phase) {
  const row = /** @type {number} */ (phase.row);
  const values = { stretch: t(`stretch.${phase.stretch}.short`), repetition: phase.repetition, of: phase.of, seconds: plannedS(session.plan, row) };
  const outcome = outcomeOf(session, row);
  const state = row === phaseInHand(session)?.row ? t("player.step.now") : outcome ? t(`outcome.${outcome}`) : "";
  return { name: t(`player.step.${phase.side}`, values), state };
}

/** The figure in words. @param {Translate} t @param {Phase} phase */
export const figureLine = (t, phase) =>
  t(`player.figure.${phase.side}`, { stretch: stretchName(t, phase), feel: t(`stretch.${phase.stretch}.feel`) });

/**
 * The sentence of a cue, for speech and screen readers alike; "" when nothing is to be said.
 * @param {Translate} t
 * @param {Cue} cue
 * @param {Session} session  as it is when the cue is due; a phase that begins has begun
 */
export function sentence(t, cue, session) {
  switch (cue.kind) {
    case "begin":
      return cue.of === "end" ? "" : beginning(t, session, cue.atMs);
    case "half":
      return t("say.half");
    case "ten_left":
      return t("say.ten_left");
    case "pause":
      return t(`say.paused.${cue.of}`, { held: Math.round(heldMs(session, session.stampMs) / 1000) });
    case "lead_in":
      return t("say.leading_in");
    case "finish":
      return t("say.finished");
    case "stop":
      return t("say.stopped");
    default:
      return ""; // a count is heard as tones
  }
}

/** @param {Translate} t @param {Session} session @param {number} atMs */
function beginning(t, session, atMs) {
  const phase = phaseInHand(session);
  const seconds = Math.round((phase.duration_s ?? 0) - elapsedMs(session, atMs) / 1000);
  const name = phase.kind === "hold" && seconds < TOO_FEW_TO_SAY_S ? "hold_on" : phase.kind;
  const values = { seconds, stretch: stretchName(t, phase), do: doLine(t, phase), next: nextLine(t, session) };
  return t(`say.begin.${sided(NAMES_SIDE.begin, name, phase)}`, values);
}

/** Why it stands still, and what was held. @param {Translate} t @param {Session} session */
export const pauseLine = (t, session) =>
  sentence(t, { atMs: session.stampMs, kind: "pause", of: session.cause ?? "person" }, session);
