// What a guided session is, and what can be read from it. No clock, no DOM, no words.

/**
 * @typedef {import("./plan.core.js").Plan} Plan
 * @typedef {import("./plan.core.js").Phase} Phase
 * @typedef {"idle" | "running" | "leading_in" | "paused" | "finished" | "stopped"} Status
 * @typedef {"person" | "asleep" | "no_view" | "hurts" | "left"} PauseCause
 *
 * A finished row, still without calendar or text: the row listener turns it into the log's columns. `serial`
 * counts the rows of the session; `voids` is the serial of the row that this one replaces. What it was of stands in it:
 * its phases may leave the plan. `phaseIndex` is only where it stood, for the order.
 * @typedef {{serial: number, row: number, phaseIndex: number, stretch: string, side: string, repetition: number, voids: number | null, startedMs: number,
 *   endedMs: number, plannedS: number, heldMs: number, outcome: "done" | "skipped" | "stopped",
 *   reason: string}} FinishedRow
 *
 * `elapsedMs` was true at `stampMs`; while running, time since the stamp comes on top. `heldMs` is what earlier
 * phases of the row in hand have held. `seenMs` is when the session was last told the time.
 * @typedef {{schema: 1, id: string, plan: Plan, status: Status, cause: PauseCause | null, index: number,
 *   elapsedMs: number, stampMs: number, seenMs: number, startedMs: number, endedMs: number | null,
 *   rowStartedMs: number | null, heldMs: number, rows: FinishedRow[]}} Session
 */

/** After a pause, this long to get back into position. */
export const LEAD_IN_MS = 3000;
/** A longer silence than this means that the machine slept: nobody may claim to have been held meanwhile. */
export const ASLEEP_MS = 5000;
/** *Back* within this time of a beginning means the one before. */
export const BACK_WINDOW_MS = 2000;

/**
 * A session that has not begun.
 * @param {string} id  sortable in time, made where randomness is allowed
 * @param {Plan} plan
 * @returns {Session}
 */
export function newSession(id, plan) {
  return {
    schema: 1,
    id,
    plan,
    status: "idle",
    cause: null,
    index: 0,
    elapsedMs: 0,
    stampMs: 0,
    seenMs: 0,
    startedMs: 0,
    endedMs: null,
    rowStartedMs: null,
    heldMs: 0,
    rows: [],
  };
}

/** @param {Session} session */
export const phaseInHand = (session) => session.plan.phases[session.index];

/** Running or leading in. @param {Session} session */
export const isGoing = (session) => session.status === "running" || session.status === "leading_in";

/** Begun and not ended. @param {Session} session */
export const isActive = (session) => isGoing(session) || session.status === "paused";

/**
 * Length of the phase in hand; null when it waits for the person.
 * @param {Session} session
 * @returns {number | null}
 */
export function durationMs(session) {
  const seconds = phaseInHand(session)?.duration_s;
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}

/**
 * Time spent in the phase in hand.
 * @param {Session} session
 * @param {number} nowMs
 */
export function elapsedMs(session, nowMs) {
  const passed = session.status === "running" ? Math.max(0, nowMs - session.stampMs) : 0;
  return Math.min(session.elapsedMs + passed, durationMs(session) ?? Infinity);
}

/**
 * Time left in the phase in hand; null when it waits for the person.
 * @param {Session} session
 * @param {number} nowMs
 */
export function remainingMs(session, nowMs) {
  const duration = durationMs(session);
  return duration === null ? null : duration - elapsedMs(session, nowMs);
}

/**
 * Time left in the whole plan, waits not counted.
 * @param {Session} session
 * @param {number} nowMs
 */
export function totalRemainingMs(session, nowMs) {
  if (session.status === "finished" || session.status === "stopped") return 0;
  const later = session.plan.phases.slice(session.index + 1);
  return (remainingMs(session, nowMs) ?? 0) + later.reduce((sum, phase) => sum + (phase.duration_s ?? 0) * 1000, 0);
}

/**
 * Time left of the lead-in; 0 outside one.
 * @param {Session} session
 * @param {number} nowMs
 */
export const leadInMs = (session, nowMs) =>
  session.status === "leading_in" ? Math.max(0, LEAD_IN_MS - (nowMs - session.stampMs)) : 0;

/**
 * When the session moves by itself next; null when it waits for the person.
 * @param {Session} session
 * @param {number} nowMs
 */
export function nextMoveMs(session, nowMs) {
  if (session.status === "leading_in") return nowMs + leadInMs(session, nowMs);
  const left = session.status === "running" ? remainingMs(session, nowMs) : null;
  return left === null ? null : nowMs + left;
}

/** Only holds and pulls count as held. @param {Phase} phase */
export const addsToHeld = (phase) => phase.kind === "hold" || phase.kind === "pull";

/**
 * What the row in hand has held so far.
 * @param {Session} session
 * @param {number} nowMs
 */
export function heldMs(session, nowMs) {
  const phase = phaseInHand(session);
  return session.heldMs + (phase && addsToHeld(phase) ? elapsedMs(session, nowMs) : 0);
}
