// Rows of a session: what was held is noted, repeated, replaced and corrected, and never counted twice.
import { addsToHeld } from "./session.state.core.js";

/**
 * @typedef {import("./session.state.core.js").Session} Session
 * @typedef {import("./session.state.core.js").FinishedRow} FinishedRow
 */

/**
 * Seconds planned for a row: its holds and pulls.
 * @param {import("./plan.core.js").Plan} plan
 * @param {number} row
 */
export function plannedS(plan, row) {
  const own = plan.phases.filter((phase) => phase.row === row && addsToHeld(phase));
  return own.reduce((sum, phase) => sum + (phase.duration_s ?? 0), 0);
}

/** The first phase of a row. @param {Session} session @param {number} row */
export const firstOfRow = (session, row) => session.plan.phases.findIndex((phase) => phase.row === row);

/**
 * The rows that no later one replaced.
 * @param {Session} session
 * @returns {FinishedRow[]}
 */
export function standingRows({ rows }) {
  const voided = new Set(rows.map((row) => row.voids));
  return rows.filter((row) => !voided.has(row.serial));
}

/**
 * What became of a row, as far as it stands: one that was done stays done, even if a repeat was not.
 * @param {Session} session
 * @param {number} row
 * @returns {FinishedRow["outcome"] | null}  null when nothing was noted of it
 */
export function outcomeOf(session, row) {
  const outcomes = standingRows(session).filter((entry) => entry.row === row).map(({ outcome }) => outcome);
  return outcomes.includes("done") ? "done" : (outcomes.at(-1) ?? null);
}

/**
 * Note a row. When it was noted before, the new one replaces that only if it was held at least as long; held for
 * less, both stand, for both were held; not held at all and for no reason, there is nothing to note.
 * @param {Session} session
 * @param {{row: number, heldMs: number, outcome: FinishedRow["outcome"], reason?: string, atMs: number}} noted
 * @returns {Session}
 */
export function noteRow(session, { row, heldMs, outcome, reason = "", atMs }) {
  const before = standingRows(session).findLast((done) => done.row === row);
  if (before && heldMs <= 0 && !reason) return session;
  const held = Math.round(heldMs);
  const phaseIndex = firstOfRow(session, row);
  const { stretch, side, repetition } = session.plan.phases[phaseIndex];
  return withRow(session, {
    row,
    phaseIndex,
    stretch,
    side,
    repetition,
    voids: before && held >= before.heldMs ? before.serial : null,
    startedMs: session.rowStartedMs ?? atMs,
    endedMs: atMs,
    plannedS: plannedS(session.plan, row),
    heldMs: held,
    outcome,
    reason,
  });
}

/**
 * Correct a row that stands: it was let go early, or it hurt. The old row is replaced, not changed.
 * @param {Session} session
 * @param {{serial: number, heldMs: number, reason: string}} correction
 * @returns {Session}
 */
export function correctRow(session, { serial, heldMs, reason }) {
  const old = standingRows(session).find((row) => row.serial === serial);
  if (!old) return session;
  const held = Math.max(0, Math.min(Math.round(heldMs), old.heldMs));
  return withRow(session, { ...old, voids: serial, heldMs: held, outcome: "stopped", reason });
}

/** @param {Session} session @param {Omit<FinishedRow, "serial">} row @returns {Session} */
const withRow = (session, row) => ({
  ...session,
  rows: [...session.rows, { ...row, serial: session.rows.length + 1 }],
});
