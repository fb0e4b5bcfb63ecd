// The player's mail: rows and words as in every panel, and the person's own routines.
import { createMail } from "./mail.js";

/**
 * @typedef {import("../plan.core.js").Choices} Choices
 * What became of a routine that was to be kept or deleted; `why` it was not.
 * @typedef {{what: "saved" | "deleted" | "refused", why?: import("./said.js").Said}} RoutineNews
 */

/**
 * @param {Omit<Parameters<typeof createMail>[0], "data" | "onReply"> & {data: import("./engine.js").PlayerData,
 *   onRoutines(saved: string | null): void}} options
 *   `onRoutines` hears which routine was saved, or null when one was deleted
 */
export function createPost({ onRoutines, ...options }) {
  let { routines } = options.data;
  /** @type {RoutineNews | null} */
  let routineNews = null;

  /** @param {any} message */
  const onReply = (message) => {
    if (message.kind === "routines") {
      ({ routines } = message);
      routineNews = { what: message.saved ? "saved" : "deleted" };
      onRoutines(message.saved ?? null);
    }
    if (message.kind === "not_saved_routine") routineNews = { what: "refused", why: message };
  };

  return {
    ...createMail({ ...options, onReply }),
    routines: () => routines,
    routineNews: () => routineNews,
    /** Throws when nobody can hear. @param {string} name @param {Choices} choices */
    saveRoutine: (name, choices) => options.port.send({ kind: "save_routine", name, choices }),
    /** @param {string} id */
    deleteRoutine: (id) => options.port.send({ kind: "delete_routine", id }),
  };
}
