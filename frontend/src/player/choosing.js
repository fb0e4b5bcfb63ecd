// What is to be done: what the person wants, as far as the checklist and today allow it.
import { choicesOf, compilePlan } from "../plan.core.js";

/**
 * @typedef {import("../plan.core.js").Choices} Choices
 * @typedef {import("../plan.core.js").Plan} Plan
 */

/**
 * @param {{catalog: import("../plan.core.js").Catalog, choices: Choices, care: ReturnType<typeof import("./care.js").createCare>,
 *   routines(): {id: string, choices: Choices}[]}} options
 */
export function createChoosing({ catalog, choices, care, routines }) {
  let wanted = structuredClone(choices);
  let picked = care.apply(wanted).choices;
  return {
    choices: () => picked,
    /** What was taken out of what is wanted. */
    changes: () => care.apply(wanted).changes,
    /** The plan of it; empty when nothing is left to do. @returns {Plan} */
    plan: () => (picked.items.length ? compilePlan(catalog, picked) : { routine: picked.routine, phases: [], total_s: 0 }),
    /** Other times, sides or forms. Throws a RoutineError for what cannot be planned. @param {Choices} next */
    choose(next) {
      compilePlan(catalog, next);
      picked = next;
    },
    /** A ready-made routine, a stretch, or one of the person's own. @param {string} id */
    pick(id) {
      wanted = structuredClone(routines().find((own) => own.id === id)?.choices ?? choicesOf(catalog, id));
      picked = care.apply(wanted).choices;
    },
    /** What is chosen was saved, and has this id from now on. @param {string} id */
    named(id) {
      wanted = structuredClone(routines().find((own) => own.id === id)?.choices ?? wanted);
      picked = { ...picked, routine: id };
    },
    /** Another comes in the place of one of the person's own that was deleted; whether it was. */
    forget() {
      const ids = [...catalog.routines, ...catalog.stretches, ...routines()].map(({ id }) => id);
      if (ids.includes(picked.routine)) return false;
      this.pick(catalog.routines[0].id);
      return true;
    },
    /** Other answers were given. */
    again() {
      picked = care.apply(wanted).choices;
    },
  };
}
