// Minutes held per week and side, as hipbook/progress/analysis.py counts them; a week begins on Monday.
import { standing } from "../log.core.js";

const DAY_MS = 86_400_000;

/** The Monday of a day's week. @param {string} day  such as 2026-03-29 */
export function mondayOf(day) {
  const at = new Date(`${day}T00:00:00Z`);
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {import("../log.core.js").Cells[]} holds
 * @returns {{monday: string, left: number, right: number}[]}  minutes [min]; weeks with none are left out, the last comes first
 */
export function weeklyMinutes(holds) {
  /** @type {Map<string, {monday: string, left: number, right: number}>} */
  const weeks = new Map();
  for (const { local_date: day, side, held_s: heldS } of standing(holds)) {
    if (!(Number(heldS) > 0)) continue;
    const monday = mondayOf(day);
    const week = weeks.get(monday) ?? { monday, left: 0, right: 0 };
    week[/** @type {"left" | "right"} */ (side)] += Number(heldS) / 60;
    weeks.set(monday, week);
  }
  return [...weeks.values()].sort((a, b) => (a.monday < b.monday ? 1 : -1));
}

/**
 * How much is in a log.
 * @param {import("../log.core.js").Cells[]} holds
 * @returns {{holds: number, days: number, first: string, last: string}}
 */
export function counts(holds) {
  const held = standing(holds).filter(({ held_s: heldS }) => Number(heldS) > 0);
  const days = [...new Set(held.map(({ local_date: day }) => day))].sort();
  return { holds: held.length, days: days.length, first: days[0] ?? "", last: days.at(-1) ?? "" };
}

/**
 * Why holds were stopped, by the row's id, as hipbook/progress/stops.py reads it.
 * @param {import("../log.core.js").Cells[]} holds
 */
export function standingStops(holds) {
  const stopped = standing(holds).filter(({ outcome, reason }) => outcome === "stopped" && reason);
  return Object.fromEntries(stopped.map(({ id, reason }) => [id, reason]));
}
