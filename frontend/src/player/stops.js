// What stopped earlier holds, for the note on the third: what the log has, and what waits to be in it, each row once.

/**
 * Stopped holds that stand in the log: why, by the row's id.
 * @typedef {Record<string, string>} Stops
 */

/** The panels of a page are modules of their own: what one hears of the log, all know. @returns {Map<string, Stops>} */
const shared = () => (/** @type {any} */ (globalThis)[Symbol.for("hipbook.stops")] ??= new Map());

/** @param {{stops: Stops, workspaceId: string, waiting(): import("./rows.js").LogRow[]}} options  `waiting`: rows not known to be saved */
export function createStops({ stops, workspaceId, waiting }) {
  if (!shared().has(workspaceId)) shared().set(workspaceId, stops);
  return {
    /** What the log has by now. @param {Stops} now */
    hear: (now) => void shared().set(workspaceId, now),
    /** How many stand, by reason. */
    counts() {
      const rows = waiting().flatMap(({ table, row }) => (table === "holds" ? [row] : []));
      const stopped = rows.filter(({ outcome, reason }) => outcome === "stopped" && reason);
      const standing = { ...Object.fromEntries(stopped.map(({ id, reason }) => [id, String(reason)])), ...shared().get(workspaceId) };
      for (const { voids } of rows) delete standing[voids];
      /** @type {Record<string, number>} */
      const counts = {};
      for (const reason of Object.values(standing)) counts[reason] = (counts[reason] ?? 0) + 1;
      return counts;
    },
  };
}
