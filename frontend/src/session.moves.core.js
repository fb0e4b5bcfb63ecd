// How a session moves: over time by itself, and by what the person asks for.
import { correctRow, firstOfRow, noteRow, standingRows } from "./session.rows.core.js";
import {
  addsToHeld, ASLEEP_MS, BACK_WINDOW_MS, durationMs, elapsedMs, heldMs, isGoing, LEAD_IN_MS, phaseInHand,
} from "./session.state.core.js";

/**
 * @typedef {import("./session.state.core.js").Session} Session
 * @typedef {import("./session.state.core.js").PauseCause} PauseCause
 * @typedef {import("./plan.core.js").Phase} Phase
 */

/** Phases that can be made longer while they run; cycles have a rhythm of their own. */
const EXTENDABLE = ["ready", "switch", "rest", "hold"];
/** Phases in which one gets into another position. */
const CHANGES = ["ready", "switch", "wait"];

/**
 * Walk over everything that ended by now; a long silence pauses at the moment last seen instead.
 * @param {Session} session
 * @param {number} now
 * @returns {Session}
 */
export function walk(session, now) {
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

/** @param {Session} session @param {number} now @returns {Session} */
export const begin = (session, now) => enter({ ...session, status: "running", startedMs: now }, 0, now);

/** @param {Session} session @param {number} atMs @param {PauseCause} cause @returns {Session} */
export function freeze(session, atMs, cause) {
  return { ...session, status: "paused", cause, elapsedMs: elapsedMs(session, atMs), stampMs: atMs };
}

/** @param {Session} session @param {number} now @returns {Session} */
export function leadIn(session, now) {
  return { ...session, status: "leading_in", cause: null, stampMs: now };
}

/** On from a phase that waits for the person. @param {Session} session @param {number} now @returns {Session} */
export const next = (session, now) => (durationMs(session) === null ? enter(session, session.index + 1, now) : session);

/**
 * Over what is in hand: a lead-in, a whole row, or the phase between two rows.
 * @param {Session} session
 * @param {number} now
 * @returns {Session}
 */
export function skip(session, now) {
  const { row } = phaseInHand(session);
  const leadsIn = session.status === "leading_in";
  const ready = leadsIn ? afterLeadIn(session, now) : session;
  if (row === null) return enter(ready, session.index + 1, now);
  if (leadsIn) return ready;
  const after = session.plan.phases.findIndex((phase, at) => at > session.index && phase.row !== row);
  const noted = noteRow(session, { row, heldMs: heldMs(session, now), outcome: "skipped", atMs: now });
  return enter(noted, after === -1 ? session.plan.phases.length : after, now);
}

/**
 * To the beginning of the row in hand, or (within the first moments, or between rows) to the row before.
 * @param {Session} session
 * @param {number} now
 * @returns {Session}
 */
export function back(session, now) {
  const { phases } = session.plan;
  const { row } = phaseInHand(session);
  const first = row === null ? session.index : firstOfRow(session, row);
  const wellInside = row !== null && (session.index > first || elapsedMs(session, now) > BACK_WINDOW_MS);
  const before = phases.slice(0, first).findLast((phase) => phase.row !== null)?.row ?? null;
  return enterGently(session, wellInside || before === null ? first : firstOfRow(session, before), now);
}

/**
 * To any phase. What is jumped over was not held: its rows are skipped, unless they were noted before.
 * @param {Session} session
 * @param {number} index
 * @param {number} now
 * @returns {Session}
 */
export function jump(session, index, now) {
  const { phases } = session.plan;
  if (!phases[index] || index === session.index) return session;
  let noted = session;
  if (index > session.index) {
    const passed = new Set(phases.slice(session.index, index).map((phase) => phase.row));
    passed.delete(phases[index].row);
    for (const row of passed) {
      const inHand = row === phaseInHand(session).row;
      if (row === null || (!inHand && standingRows(noted).some((done) => done.row === row))) continue;
      const held = inHand ? heldMs(session, now) : 0;
      const from = inHand ? noted : { ...noted, rowStartedMs: null };
      noted = { ...noteRow(from, { row, heldMs: held, outcome: "skipped", atMs: now }), rowStartedMs: session.rowStartedMs };
    }
  }
  return enterGently(noted, index, now);
}

/**
 * More time for the phase in hand.
 * @param {Session} session
 * @param {number} seconds
 * @param {number} mostS  longest that the phase may become
 * @returns {Session}
 */
export function extend(session, seconds, mostS) {
  const phase = phaseInHand(session);
  if (phase.duration_s === null || !EXTENDABLE.includes(phase.kind)) return session;
  const duration_s = Math.max(phase.duration_s, Math.min(phase.duration_s + seconds, mostS));
  return withPhases(session, session.plan.phases.with(session.index, { ...phase, duration_s }));
}

/**
 * This stretch ends here: what was held is noted as stopped, the rest of it is left out, other phases may come in
 * its place, and the session waits, paused, before what comes next.
 * @param {Session} session
 * @param {string} reason
 * @param {Phase[]} instead
 * @param {number} now
 * @returns {Session}
 */
export function leave(session, reason, instead, now) {
  const { phases } = session.plan;
  const { stretch } = phaseInHand(session);
  const noted = stopRow(session, reason, now);
  const later = phases.slice(session.index + 1).filter((phase) => phase.stretch !== stretch);
  const lastRow = Math.max(0, ...phases.map((phase) => phase.row ?? 0));
  const fresh = instead.map((phase) => ({ ...phase, row: phase.row === null ? null : phase.row + lastRow }));
  const changed = withPhases(noted, [...phases.slice(0, session.index + 1), ...fresh, ...later]);
  const entered = enter({ ...changed, status: "running" }, session.index + 1, now);
  return entered.status === "running" ? freeze(entered, now, "person") : entered;
}

/** @param {Session} session @param {number} now @param {string} reason @returns {Session} */
export function stop(session, now, reason) {
  const inRow = phaseInHand(session).row !== null;
  const noted = inRow || reason ? stopRow(session, reason, now) : session;
  return { ...noted, status: "stopped", cause: null, endedMs: now, elapsedMs: elapsedMs(session, now), stampMs: now };
}

export { correctRow as correct };

/**
 * Note the row in hand as stopped; between rows it is the one to come that something was felt for.
 * @param {Session} session @param {string} reason @param {number} now @returns {Session}
 */
function stopRow(session, reason, now) {
  const phase = phaseInHand(session);
  const held = phase.row === null ? 0 : heldMs(session, now);
  const coming = session.plan.phases.slice(session.index).find(({ row, stretch }) => row !== null && stretch === phase.stretch);
  const row = phase.row ?? coming?.row ?? null;
  return row === null ? session : noteRow(session, { row, heldMs: held, outcome: "stopped", reason, atMs: now });
}

/** @param {Session} session @param {Phase[]} phases @returns {Session} */
function withPhases(session, phases) {
  const named = phases.map((phase, at) => ({ ...phase, id: `p${String(at + 1).padStart(3, "0")}` }));
  const total_s = named.reduce((sum, phase) => sum + (phase.duration_s ?? 0), 0);
  return { ...session, plan: { ...session.plan, phases: named, total_s } };
}

/** @param {Session} session @param {number} atMs @returns {Session} */
function afterLeadIn(session, atMs) {
  const rowBegins = session.rowStartedMs !== null && session.elapsedMs === 0 && session.heldMs === 0;
  return { ...session, status: "running", stampMs: atMs, rowStartedMs: rowBegins ? atMs : session.rowStartedMs };
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
  const rowEnds = phase.row !== null && session.plan.phases[session.index + 1]?.row !== phase.row;
  const kept = { ...session, heldMs: held };
  const row = /** @type {number} */ (phase.row);
  return enter(rowEnds ? noteRow(kept, { row, heldMs: held, outcome: "done", atMs: endMs }) : kept, session.index + 1, endMs);
}

/**
 * Move to a phase; past the last one the session is finished.
 * @param {Session} session
 * @param {number} index
 * @param {number} atMs
 * @returns {Session}
 */
function enter(session, index, atMs) {
  const from = phaseInHand(session);
  const to = session.plan.phases[index];
  const base = { ...session, index, elapsedMs: 0, stampMs: atMs };
  if (!to) return { ...base, status: "finished", cause: null, endedMs: atMs, rowStartedMs: null, heldMs: 0 };
  const sameRow = to.row !== null && index > session.index && to.row === from?.row;
  if (sameRow) return base;
  return { ...base, heldMs: 0, rowStartedMs: to.row === null ? null : atMs };
}

/**
 * Move to a phase with time to get into it: a lead-in for a hold, or, when it asks for another position, the change
 * that comes before it. What comes between two holds is itself such a time.
 * @param {Session} session
 * @param {number} index
 * @param {number} now
 * @returns {Session}
 */
function enterGently(session, index, now) {
  const from = phaseInHand(session);
  const to = session.plan.phases[index];
  const isNear = from.stretch === to.stretch && from.side === to.side;
  if (!isNear && to.row !== null && session.plan.phases[index - 1]?.row === null) {
    return enterGently(withChangeAt(session, index - 1), index - 1, now);
  }
  const moved = enter(session, index, now);
  if (!isGoing(session)) return moved;
  return to.row === null ? { ...moved, status: "running" } : leadIn(moved, now);
}

/**
 * The phase before a hold, as somebody needs it who comes from another position: a rest becomes what this stretch
 * begins with on this side, and who comes from another stretch does not only change sides.
 * @param {Session} session
 * @param {number} index
 * @returns {Session}
 */
function withChangeAt(session, index) {
  const { phases } = session.plan;
  const { stretch, side, repetition } = phases[index];
  const change = phases.slice(0, index + 1).findLast(
    (phase) => CHANGES.includes(phase.kind) && phase.stretch === stretch && phase.side === side);
  if (!change) return session;
  const kind = change.kind === "switch" && phaseInHand(session).stretch !== stretch ? "ready" : change.kind;
  return withPhases(session, phases.with(index, { ...change, kind, cue: `cue.${kind}`, repetition }));
}
