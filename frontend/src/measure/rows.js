// A reading as a row of the log of measurements, and the row that undoes it.
import { isoWithOffset, localDate, newSessionId } from "../player/rows.js";

/** @typedef {import("../player/rows.js").LogRow} LogRow */

/**
 * @param {{test: string, side: string, trial: number, deg: number, inputs: Record<string, unknown>}} reading
 * @param {number} ms  when it was read
 * @returns {LogRow}
 */
export function readingRow({ test, side, trial, deg, inputs }, ms) {
  const row = {
    id: `${newSessionId(ms)}-m`,
    measured_at: isoWithOffset(ms),
    local_date: localDate(ms),
    person: "",
    rater: "",
    test,
    side,
    trial,
    quantity: "hip_extension",
    value_deg: deg,
    inputs: JSON.stringify(inputs),
    note: "",
    voids: "",
    schema: 1,
  };
  return { table: "measurements", row };
}

/** @param {string} id @param {number} ms @returns {LogRow} */
export function undoRow(id, ms) {
  const row = { id: `${id}.void`, measured_at: isoWithOffset(ms), local_date: localDate(ms), voids: id, schema: 1 };
  return { table: "measurements", row };
}
