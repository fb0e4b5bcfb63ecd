// One guided session as a pure state machine: reduce(session, event, nowMs) → session. No clock, no DOM, no words.

/**
 * @typedef {import("./plan.core.js").Plan} Plan
 * @typedef {import("./plan.core.js").Phase} Phase
 * @typedef {"idle" | "running" | "leading_in" | "paused" | "finished" | "stopped"} Status
 * @typedef {"person" | "asleep" | "no_view"} PauseCause
 *
 * A finished row, still without calendar or text: the row listener turns it into the log's columns.
 * @typedef {{row: number, phaseIndex: number, attempt: number, voidsAttempt: number | null, startedMs: number,
 *   endedMs: number, plannedS: number, heldMs: number, outcome: "done" | "skipped" | "stopped",
 *   reason: string}} FinishedRow
 *
 * `elapsedMs` was true at `stampMs`; while running, time since the stamp comes on top. `heldMs` is what earlier
 * phases of the row in hand have held. `seenMs` is when the session was last told the time.
 * @typedef {{schema: 1, id: string, plan: Plan, status: Status, cause: PauseCause | null, index: number,
 *   elapsedMs: number, stampMs: number, seenMs: number, startedMs: number, endedMs: number | null,
 *   rowStartedMs: number | null, heldMs: number, attempts: Record<number, number>,
 *   rows: FinishedRow[]}} Session
 *
 * @typedef {{type: "start"} | {type: "tick"} | {type: "pause", cause?: PauseCause} | {type: "resume"} |
 *   {type: "next"} | {type: "skip"} | {type: "back"} | {type: "stop", reason?: string}} SessionEvent
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
    attempts: {},
    rows: [],
  };
}

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
  const walked = { ...walk(session, now), seenMs: now };
  switch (event.type) {
    case "start":
      return walked.status === "idle" && walked.plan.phases.length ? begin(walked, now) : walked;
    case "tick":
      return walked;
    case "pause":
      return isGoing(walked) ? freeze(walked, now, event.cause ?? "person") : walked;
    case "resume":
      return walked.status === "paused" ? leadIn(walked, now) : walked;
    case "next":
      return isActive(walked) && durationMs(walked) === null ? enter(walked, walked.index + 1, now) : walked;
    case "skip":
      return isActive(walked) ? skip(walked, now) : walked;
    case "back":
      return isActive(walked) ? back(walked, now) : walked;
    case "stop":
      return isActive(walked) ? stop(walked, now, event.reason ?? "") : walked;
  }
}

/** @param {Session} session */
export const phaseInHand = (session) => session.plan.phases[session.index];

/** Running or leading in. @param {Session} session */
export const isGoing = (session) => session.status === "running" || session.status === "leading_in";

/** Begun and not ended. @param {Session} session */
export const isActive = (session) => isGoing(session) || session.status === "paused";

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
 * What the row in hand has held so far.
 * @param {Session} session
 * @param {number} nowMs
 */
export function heldMs(session, nowMs) {
  const phase = phaseInHand(session);
  return session.heldMs + (phase && addsToHeld(phase) ? elapsedMs(session, nowMs) : 0);
}

/**
 * Seconds planned for a row: its holds and pulls.
 * @param {Plan} plan
 * @param {number} row
 */
export function plannedS(plan, row) {
  const own = plan.phases.filter((phase) => phase.row === row && addsToHeld(phase));
  return own.reduce((sum, phase) => sum + (phase.duration_s ?? 0), 0);
}

/**
 * @param {Session} session
 * @returns {number | null}
 */
function durationMs(session) {
  const seconds = phaseInHand(session)?.duration_s;
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}

/** @param {Phase} phase */
const addsToHeld = (phase) => phase.kind === "hold" || phase.kind === "pull";

/**
 * Walk over everything that ended by now; a long silence pauses at the moment last seen instead.
 * @param {Session} session
 * @param {number} now
 * @returns {Session}
 */
function walk(session, now) {
  if (!isGoing(session)) return session;
  if (now - session.seenMs > ASLEEP_MS) return freeze(session, session.seenMs, "asleep");
  let current = session;
  if (current.status === "leading_in") {
    if (now < current.stampMs + LEAD_IN_MS) return current;
    current = afterLeadIn(current, current.stampMs + LEAD_IN_MS);
  }
  while (current.status === "running") {
    const duration = durationMs(current);
    const endMs = duration === null ? Infinity : current.stampMs + duration - current.elapsedMs;
    if (now < endMs) break;
    current = complete(current, endMs);
  }
  return current;
}

/** @param {Session} session @param {number} atMs @returns {Session} */
function afterLeadIn(session, atMs) {
  const rowBegins = session.rowStartedMs !== null && session.elapsedMs === 0 && session.heldMs === 0;
  return { ...session, status: "running", stampMs: atMs, rowStartedMs: rowBegins ? atMs : session.rowStartedMs };
}

/** @param {Session} session @param {number} now @returns {Session} */
function begin(session, now) {
  return enter({ ...session, status: "running", startedMs: now }, 0, now);
}

/** @param {Session} session @param {number} atMs @param {PauseCause} cause @returns {Session} */
function freeze(session, atMs, cause) {
  return { ...session, status: "paused", cause, elapsedMs: elapsedMs(session, atMs), stampMs: atMs };
}

/** @param {Session} session @param {number} now @returns {Session} */
function leadIn(session, now) {
  return { ...session, status: "leading_in", cause: null, stampMs: now };
}

/**
 * The phase in hand ran to its end.
 * @param {Session} session
 * @param {number} endMs
 * @returns {Session}
 */
function complete(session, endMs) {
  const phase = phaseInHand(session);
  const held = session.heldMs + (addsToHeld(phase) ? (durationMs(session) ?? 0) : 0);
  const next = session.plan.phases[session.index + 1];
  const rowEnds = phase.row !== null && next?.row !== phase.row;
  const kept = { ...session, heldMs: held };
  return enter(rowEnds ? withRow(kept, held, "done", "", endMs) : kept, session.index + 1, endMs);
}

/**
 * Move to a phase; past the last one the session is finished.
 * @param {Session} session
 * @param {number} index
 * @param {number} atMs
 * @returns {Session}
 */
function enter(session, index, atMs) {
  const from = session.plan.phases[session.index];
  const to = session.plan.phases[index];
  const base = { ...session, index, elapsedMs: 0, stampMs: atMs };
  if (!to) return { ...base, status: "finished", cause: null, endedMs: atMs, rowStartedMs: null, heldMs: 0 };
  const sameRow = to.row !== null && index > session.index && to.row === from?.row;
  if (sameRow) return base;
  return { ...base, heldMs: 0, rowStartedMs: to.row === null ? null : atMs };
}

/** @param {Session} session @param {number} now @returns {Session} */
function skip(session, now) {
  const row = phaseInHand(session).row;
  if (row === null) return enter(session, session.index + 1, now);
  const after = session.plan.phases.findIndex((phase, at) => at > session.index && phase.row !== row);
  const noted = withRow(session, heldMs(session, now), "skipped", "", now);
  return enter(noted, after === -1 ? session.plan.phases.length : after, now);
}

/**
 * To the beginning of the row in hand, or (within the first moments, or between rows) to the row before.
 * @param {Session} session
 * @param {number} now
 * @returns {Session}
 */
function back(session, now) {
  const { phases } = session.plan;
  const row = phaseInHand(session).row;
  const first = row === null ? session.index : phases.findIndex((phase) => phase.row === row);
  const wellInside = row !== null && (session.index > first || elapsedMs(session, now) > BACK_WINDOW_MS);
  const before = phases.slice(0, first).findLast((phase) => phase.row !== null)?.row;
  const target = wellInside || before === undefined ? first : phases.findIndex((phase) => phase.row === before);
  const going = isGoing(session);
  const moved = enter(session, target, now);
  return going ? leadIn({ ...moved, status: "paused" }, now) : moved;
}

/** @param {Session} session @param {number} now @param {string} reason @returns {Session} */
function stop(session, now, reason) {
  const inRow = phaseInHand(session).row !== null;
  const noted = inRow ? withRow(session, heldMs(session, now), "stopped", reason, now) : session;
  return { ...noted, status: "stopped", cause: null, endedMs: now, elapsedMs: elapsedMs(session, now), stampMs: now };
}

/**
 * Note the row in hand. After *back* it is a new attempt: held at least as long as the one before, it replaces
 * that one; held for less, both stand, for both were held; not held at all, there is nothing to note.
 * @param {Session} session
 * @param {number} held
 * @param {FinishedRow["outcome"]} outcome
 * @param {string} reason
 * @param {number} endedMs
 * @returns {Session}
 */
function withRow(session, held, outcome, reason, endedMs) {
  const row = /** @type {number} */ (phaseInHand(session).row);
  const attempt = (session.attempts[row] ?? 0) + 1;
  const voided = new Set(session.rows.filter((done) => done.row === row).map((done) => done.voidsAttempt));
  const before = session.rows.findLast((done) => done.row === row && !voided.has(done.attempt));
  if (before && held <= 0 && !reason) return session;
  const finished = {
    row,
    phaseIndex: session.plan.phases.findIndex((phase) => phase.row === row),
    attempt,
    voidsAttempt: before && Math.round(held) >= before.heldMs ? before.attempt : null,
    startedMs: session.rowStartedMs ?? endedMs,
    endedMs,
    plannedS: plannedS(session.plan, row),
    heldMs: Math.round(held),
    outcome,
    reason,
  };
  return { ...session, attempts: { ...session.attempts, [row]: attempt }, rows: [...session.rows, finished] };
}
