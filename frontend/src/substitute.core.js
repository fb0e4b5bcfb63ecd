// Another form of a stretch for what is left of it: the phases that come in its place.
import { compilePlan } from "./plan.core.js";
import { phaseInHand, standingRows } from "./session.core.js";

/**
 * What is left is the repetition in hand and all later ones, on the side in hand and on those to come.
 * @param {import("./plan.core.js").Catalog} catalog
 * @param {import("./plan.core.js").Choices} choices  what the session was planned from
 * @param {import("./session.core.js").Session} session
 * @param {string} substitute  id of the other form
 * @returns {import("./plan.core.js").Phase[]}
 */
export function substitutePhases(catalog, choices, session, substitute) {
  const phase = phaseInHand(session);
  const left = session.plan.phases.slice(session.index).filter(({ stretch }) => stretch === phase.stretch);
  const sides = [...new Set(left.map(({ side }) => side))];
  const hold = left.find(({ row }) => row !== null);
  if (!hold) return [];
  const item = {
    stretch: substitute,
    sides: sides.length === 2 ? "both" : sides[0],
    hold_s: hold.duration_s ?? 0,
    repetitions: hold.of,
  };
  const { phases } = compilePlan(catalog, { ...choices, items: [item], first_side: sides[0] });
  const done = hold.repetition - 1;
  const isLeft = (/** @type {import("./plan.core.js").Phase} */ { side, repetition, kind, row }) =>
    side !== sides[0] || repetition > done + 1 || (repetition === done + 1 && row !== null) || ["ready", "wait"].includes(kind);
  return phases.filter(isLeft);
}

/**
 * Which side has held how much of what was planned, of all that stands. Repeats of one row add to what was held; what
 * was planned of it counts once, at its longest.
 * @param {import("./session.core.js").Session} session
 * @returns {Record<"left" | "right", {heldS: number, plannedS: number}>}
 */
export function heldBySide(session) {
  const sums = { left: { heldS: 0, plannedS: 0 }, right: { heldS: 0, plannedS: 0 } };
  /** @type {Map<number, number>} */
  const planned = new Map();
  for (const { row, side, heldMs, plannedS } of standingRows(session)) {
    const sum = sums[/** @type {"left" | "right"} */ (side)];
    const before = planned.get(row) ?? 0;
    const longest = Math.max(before, plannedS);
    planned.set(row, longest);
    sum.heldS += heldMs / 1000;
    sum.plannedS += longest - before;
  }
  return sums;
}
