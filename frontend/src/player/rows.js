// Finished rows and ended sessions as the log's columns, on the person's own calendar.

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../session.core.js").FinishedRow} FinishedRow
 * @typedef {{table: "holds" | "sessions" | "measurements", row: Record<string, string | number>}} LogRow
 */

const two = (/** @type {number} */ value) => String(value).padStart(2, "0");

/**
 * The person's calendar day.
 * @param {number} ms
 */
export function localDate(ms) {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * ISO 8601 with the offset of the person's clock, to the second.
 * @param {number} ms
 */
export function isoWithOffset(ms) {
  const at = new Date(ms);
  const offset = -at.getTimezoneOffset();
  const sign = offset < 0 ? "-" : "+";
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${localDate(ms)}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}${zone}`;
}

/**
 * An id that sorts by time and that nobody else makes. `crypto.randomUUID` needs a secure page; this does not.
 * @param {number} ms
 */
export function newSessionId(ms) {
  const stamp = new Date(ms).toISOString().replace(/[-:]/g, "").replace(".", "");
  const random = crypto.getRandomValues(new Uint8Array(5));
  return `${stamp}-${[...random].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * @param {Session} session
 * @param {FinishedRow} finished
 * @param {boolean} keepReasons  whether the person agreed to keep why something was stopped
 * @returns {LogRow}
 */
export function holdRow(session, finished, keepReasons) {
  const row = {
    id: rowId(session, finished.serial),
    started_at: isoWithOffset(finished.startedMs),
    local_date: localDate(finished.startedMs),
    session_id: session.id,
    routine: session.plan.routine,
    stretch: finished.stretch,
    side: finished.side,
    repetition: finished.repetition,
    planned_s: finished.plannedS,
    held_s: Math.round(finished.heldMs / 100) / 10,
    outcome: finished.outcome,
    reason: keepReasons ? finished.reason : "",
    voids: finished.voids === null ? "" : rowId(session, finished.voids),
    schema: 1,
  };
  return { table: "holds", row };
}

/**
 * How a session ended; said again later, with how it felt, it replaces what was said before.
 * @param {Session} session
 * @param {{discomfort: number | null, note: string}} [feel]
 * @param {number} [version]  1, 2, … of this row
 * @returns {LogRow}
 */
export function sessionRow(session, feel = { discomfort: null, note: "" }, version = 1) {
  const endedMs = session.endedMs ?? session.seenMs;
  const row = {
    id: endId(session, version),
    session_id: session.id,
    ended_at: isoWithOffset(endedMs),
    local_date: localDate(endedMs),
    discomfort_0_10: feel.discomfort ?? "",
    note: feel.note,
    voids: version > 1 ? endId(session, version - 1) : "",
    schema: 1,
  };
  return { table: "sessions", row };
}

/** @param {Session} session @param {number} serial */
const rowId = (session, serial) => `${session.id}-${String(serial).padStart(3, "0")}`;

/** @param {Session} session @param {number} version */
const endId = (session, version) => `${session.id}-end${version > 1 ? `-${version}` : ""}`;
