// The player's mail: rows and words as in every panel, what stopped earlier holds, and the person's own routines.
import { createMail } from "./mail.js";
import { createStops } from "./stops.js";

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
    if (message.stops) stops.hear(message.stops);
    if (message.kind === "routines") {
      ({ routines } = message);
      routineNews = { what: message.saved ? "saved" : "deleted" };
      onRoutines(message.saved ?? null);
    }
    if (message.kind === "not_saved_routine") routineNews = { what: "refused", why: message };
  };

  const { data, port } = options;
  const mail = createMail({ ...options, onReply });
  const stops = createStops({ stops: data.stops, workspaceId: data.workspace_id, waiting: mail.waiting });

  return {
    ...mail,
    /** Earlier stops by reason, as the log stands. */
    stops: stops.counts,
    /** The log may have changed since this panel was opened. */
    askForStops() {
      if (!data.saves) return;
      try {
        port.send({ kind: "stops" });
      } catch {
        // Without a kernel what was heard last counts.
      }
    },
    routines: () => routines,
    routineNews: () => routineNews,
    /** Throws when nobody can hear. @param {string} name @param {Choices} choices */
    saveRoutine: (name, choices) => port.send({ kind: "save_routine", name, choices }),
    /** @param {string} id */
    deleteRoutine: (id) => port.send({ kind: "delete_routine", id }),
  };
}
