// One guided session as a pure state machine: reduce(session, event, nowMs) → session. No clock, no DOM, no words.
import * as moves from "./session.moves.core.js";
import { isActive, isGoing } from "./session.state.core.js";

export * from "./session.state.core.js";
export { outcomeOf, plannedS, standingRows } from "./session.rows.core.js";

/**
 * @typedef {import("./session.state.core.js").Session} Session
 * @typedef {import("./session.state.core.js").PauseCause} PauseCause
 * @typedef {import("./session.state.core.js").FinishedRow} FinishedRow
 * @typedef {import("./session.state.core.js").Status} Status
 * @typedef {import("./plan.core.js").Phase} Phase
 *
 * @typedef {{type: "start"} | {type: "tick"} | {type: "pause", cause?: PauseCause} | {type: "resume"} |
 *   {type: "next"} | {type: "skip"} | {type: "back"} | {type: "jump", index: number} |
 *   {type: "extend", seconds: number, mostS: number} | {type: "stop", reason?: string} |
 *   {type: "leave", reason: string, instead?: Phase[]} |
 *   {type: "correct", serial: number, heldMs: number, reason: string}} SessionEvent
 */

/**
 * The session after an event. Time that passed is walked first, then the event is applied.
 * @param {Session} session
 * @param {SessionEvent} event
 * @param {number} nowMs
 * @returns {Session}
 */
export function reduce(session, event, nowMs) {
  // A clock that was set back must not take away what was held, nor add to it.
  const now = Math.max(nowMs, session.seenMs);
  const walked = { ...moves.walk(session, now), seenMs: now };
  if (event.type === "tick") return walked;
  if (event.type === "start") return walked.status === "idle" && walked.plan.phases.length ? moves.begin(walked, now) : walked;
  if (event.type === "correct") return moves.correct(walked, event);
  return isActive(walked) ? apply(walked, event, now) : walked;
}

/**
 * @param {Session} session
 * @param {SessionEvent} event
 * @param {number} now
 * @returns {Session}
 */
function apply(session, event, now) {
  switch (event.type) {
    case "pause":
      return isGoing(session) ? moves.freeze(session, now, event.cause ?? "person") : withCause(session, event.cause);
    case "resume":
      return session.status === "paused" ? moves.leadIn(session, now) : session;
    case "next":
      return moves.next(session, now);
    case "skip":
      return moves.skip(session, now);
    case "back":
      return moves.back(session, now);
    case "jump":
      return moves.jump(session, event.index, now);
    case "extend":
      return moves.extend(session, event.seconds, event.mostS);
    case "leave":
      return moves.leave(session, event.reason, event.instead ?? [], now);
    case "stop":
      return moves.stop(session, now, event.reason ?? "");
    default:
      return session;
  }
}

/**
 * Someone who has paused may still say that it hurts.
 * @param {Session} session @param {PauseCause} [cause] @returns {Session}
 */
const withCause = (session, cause) => (cause === "hurts" || cause === "person" ? { ...session, cause } : session);

/**
 * A session that was kept somewhere, as it may be taken up again: what passed since it was last seen does not count.
 * @param {Session} session
 * @returns {Session}
 */
export const restored = (session) => (isGoing(session) ? moves.freeze(session, session.seenMs, "left") : session);
