// What may be felt in a stretch, and what each feeling asks of the session.
import { stretchOf } from "./plan.core.js";

/**
 * @typedef {import("./plan.core.js").Stretch} Stretch
 * @typedef {{key: string, action: string, reason: string, substitute: string | null, see: See}} Rule
 * Whose turn it is: somebody who knows the hip, or emergency help when one of its signs is there.
 * @typedef {"someone" | "emergency" | null} See
 * `leave`: this stretch ends, on both sides, and `substitute` comes in its place or nothing; `stop`: the session ends.
 * @typedef {{do: "resume", see: See} | {do: "leave", reason: string, substitute: string | null, see: See} |
 *   {do: "stop", reason: string, see: See}} Consequence
 */

/** From this stop for one reason on, it is time to see someone. */
const MANY_STOPS = 3;

/** What can be told of a stretch, in the order in which it is asked. @param {Stretch} stretch @returns {Rule[]} */
export const choicesFelt = (stretch) =>
  /** @type {Rule[]} */ (stretch.felt).map(({ key, action, reason, substitute, see }) => ({ key, action, reason, substitute, see }));

/**
 * What the session must do.
 * @param {Rule} rule
 * @param {{easedAlready?: boolean, mayDo?: (stretch: string) => boolean}} [circumstances]
 *   easedAlready: this hold was eased once; mayDo: whether the checklist leaves a stretch in
 * @returns {Consequence}
 */
export function afterFelt({ action, reason, substitute, see }, { easedAlready = false, mayDo = () => true } = {}) {
  if (action === "adjust" || (action === "ease" && !easedAlready)) return { do: "resume", see };
  if (action === "end_session") return { do: "stop", reason, see };
  return { do: "leave", reason, substitute: substitute && mayDo(substitute) ? substitute : null, see };
}

/**
 * What was felt in these rows that ends the session, and the day with it, as the log names it; "" for nothing.
 * @param {import("./plan.core.js").Catalog} catalog
 * @param {{stretch: string, reason: string}[]} rows
 */
export function endOfDay(catalog, rows) {
  const ends = rows.find(({ stretch, reason }) =>
    stretchOf(catalog, stretch).felt.some((rule) => rule.reason === reason && rule.action === "end_session"));
  return ends?.reason ?? "";
}

/** Whether this would be the third stop for a reason. @param {Record<string, number>} stops  earlier ones @param {string} reason */
export const thirdStop = (stops, reason) => (stops[reason] ?? 0) + 1 >= MANY_STOPS;
