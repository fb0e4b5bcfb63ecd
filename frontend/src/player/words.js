// What the player says, from the strings and the session; every sentence is in hipbook/strings.
import { elapsedMs, heldMs, phaseInHand } from "../session.core.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../plan.core.js").Phase} Phase
 * @typedef {import("../common/translator.js").Translate} Translate
 */

/** 75 → "1:15". @param {number} seconds */
export function clockTime(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Digits of a countdown: 0 only when nothing is left. @param {number} ms */
export const countdown = (ms) => Math.ceil(Math.max(0, ms - 1) / 1000);

/** @param {Translate} t @param {Phase} phase */
const named = (t, phase) => ({ stretch: t(`stretch.${phase.stretch}.name`), side: t(`side.${phase.side}`) });

/** What to do in this phase, in one short sentence. @param {Translate} t @param {Phase} phase */
export function doLine(t, phase) {
  if (phase.kind === "rest") return t("player.do.rest");
  const other = phase.side === "left" ? "right" : "left";
  const sides = { side: t(`side.${phase.side}`), Side: t(`side.start.${phase.side}`), other: t(`side.${other}`) };
  return t(`stretch.${phase.stretch}.do.${phase.pose}`, sides);
}

/** @param {Translate} t @param {Session} session */
export function nextLine(t, session) {
  const next = session.plan.phases[session.index + 1];
  return next ? t("player.next", { what: t(`player.next.${next.kind}`, named(t, next)) }) : t("player.next_end");
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
 * What is said when the session has moved; "" when there is nothing to say.
 * @param {Translate} t
 * @param {Session} before
 * @param {Session} after
 */
export function announcement(t, before, after) {
  if (after.status === "finished") return before.status === "finished" ? "" : t("say.finished");
  if (after.status === "stopped") return before.status === "stopped" ? "" : t("say.stopped");
  if (after.status !== before.status && after.status === "leading_in") return t("say.leading_in");
  if (after.status !== before.status && after.status === "paused") return pauseLine(t, after);
  const begins = after.index !== before.index || before.status === "idle" || before.status === "leading_in";
  if (after.status !== "running" || !begins) return "";
  const phase = phaseInHand(after);
  const seconds = Math.round((phase.duration_s ?? 0) - elapsedMs(after, after.stampMs) / 1000);
  return t(`say.begin.${phase.kind}`, { ...named(t, phase), seconds });
}

/** Why it stands still, and what was held. @param {Translate} t @param {Session} session */
export function pauseLine(t, session) {
  if (session.cause === "asleep") return t("say.asleep", { held: Math.round(heldMs(session, session.stampMs) / 1000) });
  return t(session.cause === "no_view" ? "say.no_view" : "say.paused");
}
